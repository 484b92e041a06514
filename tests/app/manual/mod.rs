//! The manual form and the status of what was sent by it: the door for people without an account.

mod again;
mod at_once;
mod consents;
mod correction;
mod following;
mod limits;
mod mailbox;
mod owner;
mod refusals;
mod reopening;
mod retention;
mod samples;
mod strangers;
mod tracker;
pub mod walk;
mod whole_way;
