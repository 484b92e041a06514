//! The letter of authorization: made when a request is sent, signed by the right person, sealed, and proved.
//!
//! `make` says what a letter prints, `plan` whether one is needed and what becomes of the one before, `seat` is whoever sits before one to sign it, `sign` signs and
//! `sealing` seals, `answer` is everything else that a signer can say, `waiting` and `upload` are what the requester can do meanwhile, `clocks` what time
//! does. Every one of them records what happened in the chain of the letter.

pub mod answer;
pub mod certificate;
pub mod clocks;
pub mod codes;
pub mod consent;
pub mod desk;
pub mod landing;
pub mod letters;
pub mod mail_limits;
pub mod mailed;
pub mod make;
pub mod paper;
pub mod plan;
pub mod preview;
pub mod record;
pub mod sealing;
pub mod seat;
pub mod sign;
pub mod stored_signature;
pub mod tools;
pub mod upload;
pub mod verify;
pub mod waiting;
