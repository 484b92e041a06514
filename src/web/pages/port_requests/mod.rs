//! Port requests as their customers see them.

pub mod cancellation;
pub mod deletion;
pub mod export;
mod filter;
pub mod list;
mod row;
mod sent;
pub mod show;
mod sid;
mod timeline;
