//! Accounts: the list, adding one, and one account.

pub mod list;
pub mod new;
pub mod one;
