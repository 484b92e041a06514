//! Locations: the list, adding one, and one location.

pub mod fields;
pub mod list;
pub mod new;
pub mod one;
