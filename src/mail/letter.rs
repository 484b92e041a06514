//! A letter as a value: who gets it, its subject and its two equal parts, before any transport.

use std::fmt;

use askama::filters::{Escaper, Html};

/// What stands in a stored letter where the private address goes.
///
/// A token rests in no table: the worker makes it when it sends and calls [`Letter::with_private_link`].
pub const PRIVATE_LINK_MARKER: &str = "[private link]";

/// What stands in a stored letter where the code goes that proves a mailbox; see [`Letter::with_private_code`].
pub const PRIVATE_CODE_MARKER: &str = "[private code]";

/// The subject line of a letter; it holds no line break by construction, so nothing can be added to the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    /// Makes one line of `text`: every run of white space and control characters becomes one space.
    pub fn new(text: &str) -> Self {
        let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        Self(words.collect::<Vec<_>>().join(" "))
    }

    /// The line as people read it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which letter it is; the code rests in the outbox, the label stands on the desk's mail page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterKind {
    DraftSaved,
    RequestReceived,
    LoaRequest,
    LoaReminder,
    LoaCode,
    LoaReplaced,
    LoaWithdrawn,
    LoaSigned,
    LoaSignedCopy,
    LoaAnswered,
    LoaExpired,
    SentToCarrier,
    FocConfirmed,
    FocChanged,
    Completed,
    PartiallyCompleted,
    Rejected,
    Canceled,
    Invitation,
    PasswordReset,
    NewSignIn,
    SealProblem,
    ConfirmMailbox,
    NewStatusLink,
}

impl LetterKind {
    /// Every kind, in the order in which a request meets them.
    pub const ALL: [Self; 24] = [
        Self::DraftSaved,
        Self::RequestReceived,
        Self::LoaRequest,
        Self::LoaReminder,
        Self::LoaCode,
        Self::LoaReplaced,
        Self::LoaWithdrawn,
        Self::LoaSigned,
        Self::LoaSignedCopy,
        Self::LoaAnswered,
        Self::LoaExpired,
        Self::SentToCarrier,
        Self::FocConfirmed,
        Self::FocChanged,
        Self::Completed,
        Self::PartiallyCompleted,
        Self::Rejected,
        Self::Canceled,
        Self::Invitation,
        Self::PasswordReset,
        Self::NewSignIn,
        Self::SealProblem,
        Self::ConfirmMailbox,
        Self::NewStatusLink,
    ];

    /// How the kind lies in a column.
    pub fn code(self) -> &'static str {
        match self {
            Self::DraftSaved => "draft_saved",
            Self::RequestReceived => "request_received",
            Self::LoaRequest => "loa_request",
            Self::LoaReminder => "loa_reminder",
            Self::LoaCode => "loa_code",
            Self::LoaReplaced => "loa_replaced",
            Self::LoaWithdrawn => "loa_withdrawn",
            Self::LoaSigned => "loa_signed",
            Self::LoaSignedCopy => "loa_signed_copy",
            Self::LoaAnswered => "loa_answered",
            Self::LoaExpired => "loa_expired",
            Self::SentToCarrier => "sent_to_carrier",
            Self::FocConfirmed => "foc_confirmed",
            Self::FocChanged => "foc_changed",
            Self::Completed => "completed",
            Self::PartiallyCompleted => "partially_completed",
            Self::Rejected => "rejected",
            Self::Canceled => "canceled",
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::NewSignIn => "new_sign_in",
            Self::SealProblem => "seal_problem",
            Self::ConfirmMailbox => "confirm_mailbox",
            Self::NewStatusLink => "new_status_link",
        }
    }

    /// The kind of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What is made for the signer when such a letter is sent. By the kind and not by the text, into which people may
    /// write a marker.
    pub fn signer_secret(self) -> Option<SignerSecret> {
        match self {
            Self::LoaRequest | Self::LoaReminder => Some(SignerSecret::Link),
            Self::LoaCode => Some(SignerSecret::Code),
            _ => None,
        }
    }

    /// What the desk calls the letter.
    pub fn label(self) -> &'static str {
        match self {
            Self::DraftSaved => "Draft saved",
            Self::RequestReceived => "Request received",
            Self::LoaRequest => "Signature asked for",
            Self::LoaReminder => "Signature reminder",
            Self::LoaCode => "Signing code",
            Self::LoaReplaced => "Letter to sign replaced",
            Self::LoaWithdrawn => "Signature not needed",
            Self::LoaSigned => "Signed, to the signer",
            Self::LoaSignedCopy => "Signed, to the requester",
            Self::LoaAnswered => "Signer answered",
            Self::LoaExpired => "Signing link expired",
            Self::SentToCarrier => "Sent to carrier",
            Self::FocConfirmed => "Move date confirmed",
            Self::FocChanged => "Move date changed",
            Self::Completed => "Completed",
            Self::PartiallyCompleted => "Moved in part",
            Self::Rejected => "Rejected",
            Self::Canceled => "Canceled",
            Self::Invitation => "Invitation",
            Self::PasswordReset => "Password reset",
            Self::NewSignIn => "New sign-in",
            Self::SealProblem => "Seal failed",
            Self::ConfirmMailbox => "Mailbox to confirm",
            Self::NewStatusLink => "New status link",
        }
    }
}

/// What a letter to a signer carries that is made when it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignerSecret {
    /// The link to the letter of authorization, in the place of [`PRIVATE_LINK_MARKER`].
    Link,
    /// The code that proves the mailbox, in the place of [`PRIVATE_CODE_MARKER`].
    Code,
}

/// A letter ready to be put into the outbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    pub kind: LetterKind,
    /// The address of the one reader.
    pub to: String,
    pub subject: Subject,
    /// The plain part; it says what the HTML part says, word for word.
    pub text: String,
    /// The HTML part: a whole page with its own styles, without pictures.
    pub html: String,
}

impl Letter {
    /// Whether the letter waits for its private address.
    pub fn needs_private_link(&self) -> bool {
        self.text.contains(PRIVATE_LINK_MARKER)
    }

    /// Whether the letter waits for its code.
    pub fn needs_private_code(&self) -> bool {
        self.text.contains(PRIVATE_CODE_MARKER)
    }

    /// The letter with `url` where the marker stands, written rightly for each part; for the moment of sending only.
    #[must_use]
    pub fn with_private_link(&self, url: &str) -> Self {
        self.with(PRIVATE_LINK_MARKER, url)
    }

    /// The letter with `code` where the marker stands; for the moment of sending only.
    #[must_use]
    pub fn with_private_code(&self, code: &str) -> Self {
        self.with(PRIVATE_CODE_MARKER, code)
    }

    fn with(&self, marker: &str, secret: &str) -> Self {
        let mut escaped = String::with_capacity(secret.len());
        Html.write_escaped_str(&mut escaped, secret).expect("writing to a string does not fail");
        Self { text: self.text.replace(marker, secret), html: self.html.replace(marker, &escaped), ..self.clone() }
    }
}

/// Names the kind only: a letter holds names, addresses and, on its way out, a private link or code.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("kind", &self.kind).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_subject(text: &str, line: &str) {
        assert_eq!(Subject::new(text).as_str(), line);
    }

    #[test]
    fn a_subject_is_one_line() {
        check_subject("Done: 3 numbers moved", "Done: 3 numbers moved");
        check_subject("Front\r\nBcc: all@example.com", "Front Bcc: all@example.com");
        check_subject("  a\t\u{2028}b\u{0}c \n", "a b c");
        check_subject("", "");
    }

    #[test]
    fn codes_lead_back_to_their_kind() {
        for kind in LetterKind::ALL {
            assert_eq!(LetterKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(LetterKind::from_code("newsletter"), None);
    }

    #[test]
    fn the_private_link_is_written_rightly_in_each_part() {
        let letter = Letter {
            kind: LetterKind::Invitation,
            to: "lee@example.com".into(),
            subject: Subject::new("You are invited"),
            text: format!("Open\n{PRIVATE_LINK_MARKER}"),
            html: format!("<a href=\"{PRIVATE_LINK_MARKER}\">{PRIVATE_LINK_MARKER}</a>"),
        };
        assert!(letter.needs_private_link());

        let sent = letter.with_private_link("https://desk.example/join?a=1&b=\"2\"");

        assert!(!sent.needs_private_link());
        assert_eq!(sent.text, "Open\nhttps://desk.example/join?a=1&b=\"2\"");
        let escaped = "https://desk.example/join?a=1&#38;b=&#34;2&#34;";
        assert_eq!(sent.html, format!("<a href=\"{escaped}\">{escaped}</a>"));
        assert!(!format!("{sent:?}").contains("join"), "the log would hold the link");
    }
}
