//! The help pages: public, short, and with every figure taken from where the product itself takes it.

pub mod contents;
mod figures;
mod reasons;
pub mod topic;
mod topics;

/// Where people without an account send a request on a form; nothing while no page is there. Every help page that speaks
/// of the manual form takes its link from here.
const MANUAL_FORM: Option<&str> = None;
