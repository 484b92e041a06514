//! Port requests as their customers see them.

mod cancellation;
mod deletion;
mod export;
mod list;
mod live;
mod show;
