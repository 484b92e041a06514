//! Port requests: the wizard that makes them, and what becomes of them.

pub mod bill;
pub mod check;
pub mod confirmation;
pub mod contact;
pub mod new;
pub mod numbers;
pub mod resume;
pub mod terms;
