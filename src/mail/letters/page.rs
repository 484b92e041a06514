//! The frame of a letter: what the layout of both parts shows around the words of one letter.

use super::{BrandFacts, PortRequestFacts};
use crate::mail::Subject;

/// What the layout needs, ready to show.
pub(super) struct Page<'a> {
    pub brand: BrandFacts<'a>,
    /// The request whose lines stand at the foot; account letters have none.
    pub request: Option<PortRequestFacts<'a>>,
    /// The customer's word for where the request is.
    pub status: &'static str,
    pub subject: Subject,
    pub heading: String,
    /// The one main link; a letter after which there is nothing to do has none.
    pub button: Option<Button>,
}

/// A link that everybody sees.
pub(super) struct Button {
    /// The words on it.
    pub action: String,
    /// Where it leads.
    pub url: String,
}

impl Button {
    pub(super) fn new(action: &str, url: String) -> Self {
        Self { action: action.to_owned(), url }
    }
}

impl<'a> Page<'a> {
    /// A letter about a request; its button opens the request's page. The SID is added to `subject`.
    pub(super) fn of_request(
        request: PortRequestFacts<'a>,
        status: &'static str,
        subject: &str,
        heading: impl Into<String>,
    ) -> Self {
        Self {
            brand: request.brand,
            request: Some(request),
            status,
            subject: Subject::new(&format!("{subject} ({})", request.sid)),
            heading: heading.into(),
            button: Some(Button::new("Open your request", request.url())),
        }
    }

    /// A letter that is not about a request of its reader's: the heading says what the subject says.
    pub(super) fn plain(brand: BrandFacts<'a>, subject: &str, button: Option<Button>) -> Self {
        Self { brand, request: None, status: "", subject: Subject::new(subject), heading: subject.to_owned(), button }
    }

    /// The same letter with another heading.
    pub(super) fn headed(self, heading: &str) -> Self {
        Self { heading: heading.to_owned(), ..self }
    }

    /// The same letter with another button.
    pub(super) fn leading_to(self, action: &str, url: String) -> Self {
        Self { button: Some(Button::new(action, url)), ..self }
    }
}

/// Renders the two templates of one letter, `mail/NAME.txt` and `mail/NAME.html`, over the same facts.
macro_rules! letter {
    ($kind:expr, $to:expr, $page:expr, $facts:expr, $Facts:ident, $text:literal, $html:literal) => {{
        #[derive(askama::Template)]
        #[template(path = $text)]
        struct Text<'a> {
            page: &'a $crate::mail::letters::page::Page<'a>,
            letter: &'a $Facts<'a>,
        }
        #[derive(askama::Template)]
        #[template(path = $html)]
        struct Html<'a> {
            page: &'a $crate::mail::letters::page::Page<'a>,
            letter: &'a $Facts<'a>,
        }
        let page = $page;
        let why = "the templates of letters write to a string and use no filter that fails";
        $crate::mail::Letter {
            kind: $kind,
            to: $to.to_owned(),
            text: askama::Template::render(&Text { page: &page, letter: $facts }).expect(why),
            html: askama::Template::render(&Html { page: &page, letter: $facts }).expect(why),
            subject: page.subject,
        }
    }};
}
pub(super) use letter;
