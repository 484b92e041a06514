//! Signing a letter of authorization: by a link from the mail and a code, or signed in as the one who made the request.

mod answers;
pub mod changed;
mod closed;
pub mod code;
pub mod consent;
pub mod correction;
pub mod decline;
pub mod done;
mod ended;
pub mod landing;
pub mod letter;
pub mod paper;
pub mod report;
pub mod step;
mod visit;
pub mod wrong_person;

use crate::domain::loa_id::LoaId;

/// The address of a letter for whoever sits before it.
fn path(loa_id: &LoaId) -> String {
    format!("/sign/r/{loa_id}")
}

/// "1 number", "1,200 numbers".
fn numbers(count: usize) -> String {
    let digits = count.to_string();
    let mut told = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at != 0 && (digits.len() - at).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    if count == 1 { "1 number".to_owned() } else { format!("{told} numbers") }
}
