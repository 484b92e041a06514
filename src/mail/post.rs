//! The ways a letter leaves: an SMTP server, a folder of `.eml` files, or memory in tests.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::compose::compose;
use super::{FolderPost, PostConfigError, SmtpPost, Subject};

/// A name and a mail address, as in the head of a letter: `Portdesk <desk@example.com>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAddress {
    /// May be empty; then the address stands alone.
    pub name: String,
    pub address: String,
}

/// How much may be attached to one letter, in bytes: many mailboxes take no more, and sending makes it a third larger.
const MOST_ATTACHED: u64 = 10 * 1024 * 1024;

/// Whether files of these sizes may go with one letter.
pub fn fits_into_a_letter(sizes: impl IntoIterator<Item = u64>) -> bool {
    sizes.into_iter().fold(0, u64::saturating_add) <= MOST_ATTACHED
}

/// A PDF that goes with a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file name, in ASCII.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Names the file and its size only: the bytes hold names and addresses.
impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attachment({}, {} bytes)", self.name, self.bytes.len())
    }
}

/// A letter at the moment of sending, with all that stands in its head.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// `left@right` without angle brackets, the same at each try, so that a mailbox can drop a second copy.
    pub message_id: String,
    /// The address of the one reader.
    pub to: String,
    pub subject: Subject,
    pub text: String,
    pub html: String,
    pub attachments: Vec<Attachment>,
    pub from: NamedAddress,
    /// Where answers go: the brand's support address.
    pub reply_to: NamedAddress,
    /// The time in the head, from the caller's clock.
    pub date: DateTime<Utc>,
}

/// Names the message id only: the parts hold names and private links.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// Why a letter did not leave. The sentence may repeat what the server said, addresses included: it is for the
/// desk's mail page and never for a log line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// A later try may work: the server is away, busy or badly set up.
    #[error("{0}")]
    Temporary(String),
    /// No later try helps: this letter or this address is refused.
    #[error("{0}")]
    Permanent(String),
}

/// How letters leave this house.
#[derive(Debug, Clone)]
pub enum Post {
    Smtp(SmtpPost),
    Folder(FolderPost),
    Memory(MemoryPost),
}

impl Post {
    /// SMTP when an address is set, otherwise the folder, so that the first run works without any setting.
    ///
    /// `ca_file` is a PEM file of the certificate authorities to trust instead of the system's.
    ///
    /// # Errors
    /// [`PostConfigError`] names the setting and what to write instead.
    pub fn from_config(smtp_url: Option<&str>, ca_file: Option<&Path>, folder: &Path) -> Result<Self, PostConfigError> {
        match (smtp_url, ca_file) {
            (Some(url), ca_file) => SmtpPost::from_url(url, ca_file).map(Self::Smtp),
            (None, Some(_)) => Err(PostConfigError::CaWithoutTls),
            (None, None) => Ok(Self::Folder(FolderPost::new(folder))),
        }
    }

    /// Sends one letter to its reader.
    ///
    /// # Errors
    /// [`SendError::Temporary`] when a later try may work, [`SendError::Permanent`] when it will not.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<(), SendError> {
        let message = compose(outgoing)?;
        match self {
            Self::Smtp(smtp) => smtp.send(&message).await,
            Self::Folder(folder) => folder.keep(outgoing, message.formatted()).await,
            Self::Memory(memory) => {
                memory.keep(outgoing);
                Ok(())
            }
        }
    }
}

/// Keeps letters in memory, for tests; clones share one mailbox.
#[derive(Debug, Clone, Default)]
pub struct MemoryPost(Arc<Mutex<Vec<Outgoing>>>);

impl MemoryPost {
    /// All letters so far, oldest first.
    pub fn letters(&self) -> Vec<Outgoing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Empties the mailbox and hands over what was in it, oldest first.
    pub fn take(&self) -> Vec<Outgoing> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, outgoing: &Outgoing) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(outgoing.clone());
    }
}
