//! The seal on finished letters: a signature inside the PDF (`PAdES` B-B, or B-T with a timestamp) that any reader of PDFs can
//! check, and our own check of it, which asks for more.
//!
//! A sealed file carries exactly one signature, over every byte but the signature itself, by a key that belongs to this
//! installation. What it proves: that the file is, byte for byte, what was sealed here. Who signed a letter is proved by the
//! events around it and not by the seal.
//!
//! A timestamp stands beside the signature and not under it: it can be taken out or replaced by another good one without
//! breaking the seal. That a file is the very one that was sealed is told by its SHA-256.

mod authority;
mod certificate;
mod cms;
mod folder;
mod key;
mod pdf;
mod report;
mod sealer;
mod token;
mod verify;

pub use authority::Timestamp;
pub use certificate::Fingerprint;
pub use folder::{KeyFiles, Rotated, read_certificates};
pub use key::{SealKey, SealKeyError};
pub use pdf::{SealError, SealFacts};
pub use report::{SealReport, Seen};
pub use sealer::{NotReady, SealSettings, Sealed, Sealer, TIMESTAMP_LIMIT};
pub use verify::{Fault, verify};

#[cfg(test)]
mod tests;
