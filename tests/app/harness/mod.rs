//! What tests stand on: a browser without a window, pages as it saw them, a database of their own, the house as text.

pub mod browser;
pub mod page;
pub mod postgres;
pub mod sources;
