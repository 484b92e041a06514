//! Who signs the letter: what the form of it asks and how the answers are checked.

use crate::domain::contact::{AccountType, EmailAddress, EmailError, NameOf, parse_name};
use crate::domain::draft::ContactStep;
use crate::domain::findings::Findings;
use crate::domain::loa::WhoSigns;
use crate::domain::typed_text;

/// Longest title and longest note, in characters.
const LONGEST_TITLE: usize = 100;
const LONGEST_NOTE: usize = 500;
/// Providers whose addresses say nothing about a business.
const FREE_MAIL: [&str; 12] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "msn.com",
    "aol.com",
    "icloud.com",
    "me.com",
    "proton.me",
    "gmx.com",
];

/// What the form sent; empty until somebody changes who is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SignerAnswers {
    pub who: String,
    pub signer_name: String,
    pub signer_email: String,
    pub signer_title: String,
    pub signer_note: String,
}

/// The person who makes the request.
#[derive(Debug, Clone, Copy)]
pub struct Requester<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

/// Who signs and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerStep {
    pub who: WhoSigns,
    pub name: String,
    pub email: EmailAddress,
    pub title: Option<String>,
    /// A few words of the requester to the signer.
    pub note: Option<String>,
}

/// Why the signer was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    #[error("Select who will sign")]
    NobodyChosen,
    #[error("Enter the signer’s name")]
    NoName,
    #[error("Enter the signer’s email address")]
    NoEmail,
    #[error("That is your own address. Choose I will sign it now, or enter theirs")]
    OwnAddress,
    #[error("Enter your title: you sign in your own name, and the account’s contact is {0}")]
    NoTitle(String),
    /// Whoever has this address wants no more mail about the request.
    #[error(
        "{0} reported this request as unknown, so no email goes there. Ask at another address, or have it signed in another way"
    )]
    Reported(String),
    #[error("{0} must be {1} characters or fewer")]
    TooLong(&'static str, usize),
}

/// What a signer is asked about once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignerWarning {
    #[error("This is a private mailbox. Carriers trust an address of the business more; if it is right, leave it")]
    FreeMail,
    #[error("This looks like your own mailbox. The signer needs one that only they read; if it is right, leave it")]
    SameMailbox,
    #[error(
        "The letter names {0} as the authorized person. The carrier may refuse another signer; if they may sign, leave it"
    )]
    OtherPerson(String),
}

impl SignerAnswers {
    /// What a form sent; other names in it are left alone.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs.iter().find(|(known, _)| known == name).map_or_else(String::new, |(_, value)| value.clone())
        };
        Self {
            who: value("who"),
            signer_name: value("signer_name"),
            signer_email: value("signer_email"),
            signer_title: value("signer_title"),
            signer_note: value("signer_note"),
        }
    }

    /// The answers as their form sends them.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let pairs = [
            ("who", &self.who),
            ("signer_name", &self.signer_name),
            ("signer_email", &self.signer_email),
            ("signer_title", &self.signer_title),
            ("signer_note", &self.signer_note),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value.clone())).into()
    }

    /// What is offered while nothing was chosen: the authorized person by mail, or the requester if it is they.
    #[must_use]
    pub fn or_offered(&self, contact: &ContactStep, requester: Requester<'_>) -> Self {
        self.or_offered_as(&contact.contact_name, contact.authorized_email.as_str(), requester)
    }

    /// The same for an authorized person whose details were not checked yet.
    #[must_use]
    pub fn or_offered_as(&self, name: &str, email: &str, requester: Requester<'_>) -> Self {
        if !self.who.is_empty() {
            return self.clone();
        }
        let own = same_address(email.trim(), requester.email);
        Self {
            who: if own { WhoSigns::Me } else { WhoSigns::SomeoneElse }.code().to_owned(),
            signer_name: name.trim().to_owned(),
            signer_email: email.trim().to_owned(),
            signer_title: self.signer_title.clone(),
            signer_note: self.signer_note.clone(),
        }
    }

    /// The note to the signer, once nothing stands against it.
    pub fn note(&self) -> Option<String> {
        line(&self.signer_note, "signer_note", "Note", LONGEST_NOTE, &mut Findings::default())
    }

    /// The signer if nothing stands against them, and all that is to say in the order of the form.
    pub fn check(&self, contact: &ContactStep, requester: Requester<'_>) -> (Option<SignerStep>, Findings) {
        let answers = self.or_offered(contact, requester);
        let mut findings = Findings::default();
        let Some(who) = WhoSigns::from_code(&answers.who) else {
            findings.error("who", SignerError::NobodyChosen);
            return (None, findings);
        };
        // Who signs here signs in the name of the account that they are signed in to, and in no other.
        let name = match who {
            WhoSigns::Me => findings.take("who", parse_name(NameOf::Signer, requester.name)),
            WhoSigns::SomeoneElse | WhoSigns::Paper => answers.name(contact, &mut findings),
        };
        let email = match who {
            WhoSigns::SomeoneElse => answers.their_email(contact, requester, &mut findings),
            WhoSigns::Me => findings.take("who", EmailAddress::parse(requester.email)),
            WhoSigns::Paper => Some(contact.authorized_email.clone()),
        };
        let title = answers.title(who, name.as_deref(), contact, &mut findings);
        let note = line(&answers.signer_note, "signer_note", "Note", LONGEST_NOTE, &mut findings);
        if !findings.is_empty() {
            return (None, findings);
        }
        let step = name.zip(email).map(|(name, email)| SignerStep { who, name, email, title, note });
        (step, findings)
    }

    fn name(&self, contact: &ContactStep, findings: &mut Findings) -> Option<String> {
        if typed_text::is_blank(&self.signer_name) {
            findings.error("signer_name", SignerError::NoName);
            return None;
        }
        let name = findings.take("signer_name", parse_name(NameOf::Signer, &self.signer_name))?;
        if name != contact.contact_name && self.who == WhoSigns::SomeoneElse.code() {
            findings.warn("signer_name", SignerWarning::OtherPerson(contact.contact_name.clone()));
        }
        Some(name)
    }

    fn their_email(
        &self,
        contact: &ContactStep,
        requester: Requester<'_>,
        findings: &mut Findings,
    ) -> Option<EmailAddress> {
        let email = match EmailAddress::parse(&self.signer_email) {
            Ok(email) => email,
            Err(EmailError::Missing) => {
                findings.error("signer_email", SignerError::NoEmail);
                return None;
            }
            Err(error) => {
                findings.error("signer_email", error);
                return None;
            }
        };
        if same_address(email.as_str(), requester.email) {
            findings.error("signer_email", SignerError::OwnAddress);
            return None;
        }
        if mailbox(email.as_str()) == mailbox(requester.email) {
            findings.warn("signer_email", SignerWarning::SameMailbox);
        } else if contact.account_type == AccountType::Business && is_free_mail(&email) {
            findings.warn("signer_email", SignerWarning::FreeMail);
        }
        Some(email)
    }

    fn title(
        &self,
        who: WhoSigns,
        name: Option<&str>,
        contact: &ContactStep,
        findings: &mut Findings,
    ) -> Option<String> {
        let title = line(&self.signer_title, "signer_title", "Title", LONGEST_TITLE, findings);
        let is_named = name.is_none_or(|name| name == contact.contact_name);
        if who == WhoSigns::Me && title.is_none() && !is_named {
            findings.error("signer_title", SignerError::NoTitle(contact.contact_name.clone()));
        }
        title
    }
}

/// One optional line.
fn line(typed: &str, field: &str, title: &'static str, longest: usize, findings: &mut Findings) -> Option<String> {
    let text = findings.take(field, typed_text::one_line(typed))?;
    if longest < typed_text::length(&text) {
        findings.error(field, SignerError::TooLong(title, longest));
        return None;
    }
    Some(text).filter(|text| !text.is_empty())
}

fn same_address(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The address without what stands behind a plus sign.
fn mailbox(address: &str) -> String {
    let address = address.to_ascii_lowercase();
    let Some((local, domain)) = address.rsplit_once('@') else { return address };
    let local = local.split('+').next().unwrap_or(local);
    format!("{local}@{domain}")
}

fn is_free_mail(email: &EmailAddress) -> bool {
    email.as_str().rsplit_once('@').is_some_and(|(_, domain)| FREE_MAIL.contains(&domain))
}
