//! Signing a letter: what its links, its code, its pages and its signature do, and for whom.

mod answers;
pub mod asked;
mod at_once;
mod changed;
mod code;
mod copies;
mod dead_links;
mod done;
mod in_person;
mod judged;
mod landing;
mod letter;
mod limits;
mod races;
mod replaced;
pub mod secrets;
mod unsealed;
mod untouched;
mod whose_move;
