//! The seal on finished letters: a signature inside the PDF (`PAdES` B-B) that any reader of PDFs can check, and our own check
//! of it, which asks for more.
//!
//! A sealed file carries exactly one signature, over every byte but the signature itself, by a key that belongs to this
//! installation. What it proves: that the file is, byte for byte, what was sealed here. Who signed a letter is proved by the
//! events around it and not by the seal.

mod certificate;
mod cms;
mod key;
mod pdf;
mod verify;

pub use certificate::Fingerprint;
pub use key::{SealKey, SealKeyError};
pub use pdf::{SealError, SealFacts};
pub use verify::{Fault, verify};

#[cfg(test)]
mod tests;
