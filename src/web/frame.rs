//! What every page carries around its own content: brand, person, navigation, notice and theme.

use crate::config::Brand;

/// The person who is signed in.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Full name.
    pub name: String,
    /// Address that they sign in with.
    pub email: String,
    /// What they may do, in a word, for example "Owner".
    pub role_label: String,
}

/// A link of the masthead.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Address of the page.
    pub href: String,
    /// Words of the link.
    pub label: String,
    /// Whether the page shown is this one or below it.
    pub current: bool,
}

/// What the last action did, said once above the page.
#[derive(Debug, Clone)]
pub struct Notice {
    /// `ok`, `info`, `warn` or `danger`.
    pub kind: String,
    /// The sentence.
    pub text: String,
    /// Address that takes the action back when it is posted to.
    pub undo: Option<String>,
    /// Where to go on: address and words of the link behind the sentence.
    pub link: Option<(String, String)>,
    /// What the sentence begins with: address and words of a link.
    pub about: Option<(String, String)>,
}

impl Notice {
    /// Something went well.
    pub fn ok(text: impl Into<String>) -> Self {
        Self { kind: "ok".to_owned(), text: text.into(), undo: None, link: None, about: None }
    }

    /// Something to know.
    pub fn info(text: impl Into<String>) -> Self {
        Self { kind: "info".to_owned(), ..Self::ok(text) }
    }

    /// Something to look at before going on.
    pub fn warn(text: impl Into<String>) -> Self {
        Self { kind: "warn".to_owned(), ..Self::ok(text) }
    }

    /// Something did not go well.
    pub fn danger(text: impl Into<String>) -> Self {
        Self { kind: "danger".to_owned(), ..Self::ok(text) }
    }

    /// The same notice with a way to take the action back.
    #[must_use]
    pub fn with_undo(mut self, action: impl Into<String>) -> Self {
        self.undo = Some(action.into());
        self
    }

    /// The same notice with a link behind the sentence.
    #[must_use]
    pub fn with_link(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.link = Some((href.into(), label.into()));
        self
    }

    /// The same notice with a link that the sentence begins with.
    #[must_use]
    pub fn about(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.about = Some((href.into(), label.into()));
        self
    }
}

/// Everything that `layout.html` needs.
#[derive(Debug, Clone)]
pub struct Frame {
    pub brand: Brand,
    /// Nobody on public pages and before sign-in.
    pub viewer: Option<Viewer>,
    pub nav: Vec<NavItem>,
    /// Name of the location or the part of the desk that the page is about.
    pub place: Option<String>,
    pub notice: Option<Notice>,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Address of the stylesheet, with its digest.
    pub css: String,
    /// Address of the brand's own stylesheet, if it sets an accent colour.
    pub brand_css: Option<String>,
    /// Address of the brand's logo, if it has one.
    pub logo: Option<String>,
    /// Address of the script, with its digest.
    pub js: String,
    /// Address of the icon of the browser's tab.
    pub icon: String,
    /// Address of the event stream of the page.
    pub live: Option<String>,
    /// Whether the page shows errors; its title then starts with "Error: ".
    pub errors: bool,
}
