//! Port requests through the customers' front door: the wizard from "Before you start" to the confirmation, and what
//! becomes of what was sent.

mod bill;
mod cancellation;
mod changes;
mod check;
mod contact;
mod deletion;
mod export;
mod letter_facts;
mod list;
mod live;
mod loa;
mod loa_again;
mod loa_note;
mod loa_upload;
mod new;
mod numbers;
mod resume;
mod reuse;
mod samples;
mod sentences;
mod show;
mod signer;
mod tabs;
mod terms;
mod unsent_changes;
mod waiting;
pub mod walk;
