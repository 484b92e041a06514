//! What tests stand on: a browser without a window, pages as it saw them, a database of their own.

pub mod browser;
pub mod page;
pub mod postgres;
