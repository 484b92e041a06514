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

use crate::{
    domain::{grouped::grouped, loa_id::LoaId},
    services::loa::seat::Seat,
};

/// The address of a letter for whoever sits before it.
fn path(loa_id: &LoaId) -> String {
    format!("/sign/r/{loa_id}")
}

/// Where whoever signs their own letter does everything but signing: the page of the letter of their request.
fn own_page(seat: &Seat) -> Option<String> {
    seat.is_in_person().then(|| format!("/port-requests/{}/loa", seat.request.sid))
}

/// "1 number", "1,200 numbers".
fn numbers(count: usize) -> String {
    if count == 1 { "1 number".to_owned() } else { format!("{} numbers", grouped(count)) }
}
