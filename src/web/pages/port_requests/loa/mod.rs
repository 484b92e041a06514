//! The letter of authorization of a request that was sent: where it is, and everything that gets it signed.

pub mod actions;
pub mod files;
pub mod show;
pub mod signer;
pub mod upload;
pub mod words;
