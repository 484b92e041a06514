//! Letters about a person's own account: invitation, password reset, new sign-in.

use super::BrandFacts;
use super::page::{Button, Page, letter};
use crate::mail::{Letter, LetterKind, PRIVATE_LINK_MARKER};

/// E19: somebody is invited.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    pub brand: BrandFacts<'a>,
    /// Who invites; `None` for the first admin of a new desk.
    pub invited_by: Option<&'a str>,
    /// The account to work in; staff have none.
    pub account: Option<&'a str>,
    /// The role with its article, "a manager", "an owner".
    pub role: &'a str,
    /// What the role may do, one sentence.
    pub role_means: &'a str,
    /// Until when the link works, in words with zone.
    pub expires: &'a str,
}

/// Invites a person to choose a password; the link is private.
pub fn invitation(to: &str, facts: &Invitation<'_>) -> Letter {
    let subject = format!("You are invited to {}", facts.brand.brand);
    letter!(
        LetterKind::Invitation,
        to,
        of_account(facts.brand, &subject, "Accept the invitation", PRIVATE_LINK_MARKER),
        facts,
        Invitation,
        "mail/invitation.txt",
        "mail/invitation.html"
    )
}

/// E19: somebody asked for a new password.
#[derive(Debug, Clone, Copy)]
pub struct PasswordReset<'a> {
    pub brand: BrandFacts<'a>,
    /// When it was asked, in words with zone.
    pub asked_at: &'a str,
    /// Until when the link works, in words with zone.
    pub expires: &'a str,
}

/// Gives the way to a new password; the link is private.
pub fn password_reset(to: &str, facts: &PasswordReset<'_>) -> Letter {
    let subject = format!("Reset your password for {}", facts.brand.brand);
    letter!(
        LetterKind::PasswordReset,
        to,
        of_account(facts.brand, &subject, "Choose a new password", PRIVATE_LINK_MARKER),
        facts,
        PasswordReset,
        "mail/password_reset.txt",
        "mail/password_reset.html"
    )
}

/// E19: a sign-in from a browser not seen before.
#[derive(Debug, Clone, Copy)]
pub struct NewSignIn<'a> {
    pub brand: BrandFacts<'a>,
    /// When, in words with zone.
    pub at: &'a str,
    /// What it was, "Firefox on Windows".
    pub device: &'a str,
    /// The whole address where the password is changed.
    pub security_url: &'a str,
}

/// Tells a person of a sign-in that may not be theirs.
pub fn new_sign_in(to: &str, facts: &NewSignIn<'_>) -> Letter {
    let subject = format!("New sign-in to {}", facts.brand.brand);
    letter!(
        LetterKind::NewSignIn,
        to,
        of_account(facts.brand, &subject, "Change your password", facts.security_url),
        facts,
        NewSignIn,
        "mail/new_sign_in.txt",
        "mail/new_sign_in.html"
    )
}

/// A letter about an account: the subject is the heading too.
fn of_account<'a>(brand: BrandFacts<'a>, subject: &str, action: &str, url: &str) -> Page<'a> {
    Page::plain(brand, subject, Some(Button::new(action, url.to_owned())))
}
