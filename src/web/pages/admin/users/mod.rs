//! Users: the list, inviting one, one user, and ending or giving back access.

pub mod access;
pub mod fields;
pub mod list;
pub mod location_choice;
pub mod new;
pub mod one;
