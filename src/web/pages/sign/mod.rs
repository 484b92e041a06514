//! Signing a letter of authorization: by a link from the mail and a code, or signed in as the one who made the request.

pub mod answers;
pub mod changed;
mod closed;
pub mod code;
pub mod consent;
pub mod done;
mod ended;
pub mod kept;
pub mod landing;
pub mod letter;
pub mod paper;
pub mod report;
pub mod step;
mod visit;

use crate::domain::{grouped::grouped, loa_id::LoaId};

/// The address of a letter for whoever sits before it.
fn path(loa_id: &LoaId) -> String {
    format!("/sign/r/{loa_id}")
}

/// "1 number", "1,200 numbers".
fn numbers(count: usize) -> String {
    if count == 1 { "1 number".to_owned() } else { format!("{} numbers", grouped(count)) }
}
