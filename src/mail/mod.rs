//! Letters as values, and the ways they leave the house: an SMTP server, a folder, memory.

mod compose;
mod folder;
pub mod letter;
pub mod letters;
pub mod post;
pub mod retry;
mod smtp;
mod smtp_address;

pub use folder::FolderPost;
pub use letter::{Letter, LetterKind, PRIVATE_CODE_MARKER, PRIVATE_LINK_MARKER, SignerSecret, Subject};
pub use post::{Attachment, MemoryPost, NamedAddress, Outgoing, Post, SendError};
pub use smtp::SmtpPost;
pub use smtp_address::PostConfigError;
