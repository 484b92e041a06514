//! What people choose for themselves.

pub mod password;
pub mod show;
