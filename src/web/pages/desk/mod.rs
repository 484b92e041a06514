//! The desk: the queue, one request with its evidence, a page for each decision, and the mail that was sent.

mod agreed;
pub mod assignment;
pub mod cancellation;
mod case;
pub mod completion;
pub mod current_action;
mod documents;
mod facts;
pub mod foc;
mod history;
pub mod letter;
pub mod loa;
pub mod mail;
mod overtaken;
mod place;
pub mod port_request;
pub mod queue;
pub mod rejection;
pub mod reveal;
mod stops;
pub mod submission;
mod visit;
mod words;
