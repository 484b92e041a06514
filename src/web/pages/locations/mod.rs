//! Locations as their customers see them.

pub mod edit;
pub mod list;
pub mod managers;
pub mod show;
