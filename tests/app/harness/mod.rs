//! What tests stand on: a desk that serves, a browser without a window, pages as it saw them, the house as text.

pub mod browser;
pub mod desk;
pub mod loa;
pub mod page;
pub mod people;
pub mod postgres;
pub mod program;
pub mod python;
pub mod seal_key;
pub mod seed;
pub mod sources;
