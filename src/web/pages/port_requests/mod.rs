//! Port requests: the wizard that makes them, and what becomes of them.

pub mod bill;
pub mod cancellation;
pub mod changes;
pub mod check;
pub mod confirmation;
pub mod contact;
pub mod deletion;
pub mod export;
mod filter;
pub mod list;
pub mod loa;
pub mod new;
pub mod numbers;
mod opening;
pub mod resume;
mod row;
pub mod saving;
pub mod sent;
pub mod show;
mod sid;
pub mod signer;
pub mod terms;
pub mod timeline;
