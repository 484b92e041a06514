//! A letter of authorization as a thing with a life: its states, its clocks, its signer and what happened to it.
//!
//! What a letter says is in the room [`crate::letter`].

mod age;
mod check_code;
mod code;
mod event;
mod reminders;
mod signer;
mod state;
mod upload;
mod who_signs;

pub use age::{AgeLimits, SignatureAge, UploadDateError, upload_date};
pub use check_code::CheckCode;
pub use code::SigningCode;
pub use event::{ActorSide, Chain, ClientFacts, EventActor, EventBody, EventKind};
pub use reminders::next_reminder;
pub use signer::{Requester, SignerAnswers, SignerError, SignerStep, SignerWarning};
pub use state::{EndReason, LoaMode, LoaState};
pub use upload::{UploadAnswers, UploadWarning};
pub use who_signs::WhoSigns;
