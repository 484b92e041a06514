//! A page as a browser received it, with the questions that tests ask of it.

use std::fmt;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use ureq::http::HeaderMap;

use super::browser::Browser;

/// One answer of the server.
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// All headers.
    pub headers: HeaderMap,
    /// The body as text; bytes that are not UTF-8 read as U+FFFD.
    pub body: String,
    /// The body as it came, for documents.
    pub bytes: Vec<u8>,
    browser: Browser,
}

static INVISIBLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?is)<!--.*?-->|<(head|script|style|template|svg)\b.*?</(head|script|style|template|svg)\s*>")
});
static INLINE_TAG: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?is)</?(a|abbr|b|bdi|bdo|cite|code|em|i|kbd|mark|small|span|strong|sub|sup|time|wbr)\b[^>]*>")
});
static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)<[^>]*>"));
static TITLE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?is)<title>(.*?)</title>"));
static INPUT: LazyLock<Regex> = LazyLock::new(|| regex(r"(?is)<input\b([^>]*)>"));
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?s)([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#));
static ENTITY: LazyLock<Regex> = LazyLock::new(|| regex(r"&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is written here")
}

impl Page {
    pub(super) fn new(browser: Browser, status: u16, headers: HeaderMap, bytes: Vec<u8>) -> Self {
        let location = headers.get("location").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Self { status, location, headers, body, bytes, browser }
    }

    /// Goes where this redirect leads, in the same browser.
    #[track_caller]
    pub fn follow(&self) -> Page {
        let to = self.location.as_deref().unwrap_or_else(|| panic!("there is no redirect to follow: {self:?}"));
        self.browser.get(to)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// What a person reads: no tags, no head, entities resolved, white space folded.
    pub fn text(&self) -> String {
        let visible = INVISIBLE.replace_all(&self.body, " ");
        let joined = INLINE_TAG.replace_all(&visible, "");
        let bare = TAG.replace_all(&joined, " ");
        folded(&decoded(&bare))
    }

    /// Whether a person reads these words on the page.
    pub fn has(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Fails, and shows the page, when a person does not read these words on it.
    #[track_caller]
    pub fn assert_has(&self, words: &str) {
        assert!(self.has(words), "there is no \"{words}\" on this page: {self:?}");
    }

    /// Fails, and shows the page, when these words are anywhere in it, markup included.
    #[track_caller]
    pub fn assert_lacks(&self, words: &str) {
        assert!(!self.has(words) && !self.body.contains(words), "there is \"{words}\" on this page: {self:?}");
    }

    /// The title of the page.
    pub fn title(&self) -> String {
        let title = TITLE.captures(&self.body).and_then(|found| found.get(1));
        title.map(|title| folded(&decoded(title.as_str()))).unwrap_or_default()
    }

    /// The value of the first hidden input of this name.
    pub fn hidden(&self, name: &str) -> Option<String> {
        self.inputs().find(|input| input.is("type", "hidden") && input.is("name", name)).map(|input| input.value())
    }

    /// The value of the first input of this name, of whatever type, as the page was sent.
    pub fn value(&self, name: &str) -> Option<String> {
        self.inputs().find(|input| input.is("name", name)).map(|input| input.value())
    }

    fn inputs(&self) -> impl Iterator<Item = Attributes> {
        INPUT.captures_iter(&self.body).map(|input| Attributes::read(&input[1]))
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.status)?;
        if let Some(to) = &self.location {
            write!(f, "to {to} ")?;
        }
        write!(f, "\"{}\"\n{}", self.title(), self.text())
    }
}

struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn read(text: &str) -> Self {
        let value = |found: &Captures<'_>| (2..=4).find_map(|at| found.get(at)).map(|value| decoded(value.as_str()));
        let pairs =
            ATTRIBUTE.captures_iter(text).map(|found| (found[1].to_lowercase(), value(&found).unwrap_or_default()));
        Self(pairs.collect())
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.find(name) == Some(value)
    }

    fn value(&self) -> String {
        self.find("value").unwrap_or_default().to_owned()
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decoded(text: &str) -> String {
    ENTITY
        .replace_all(text, |found: &Captures<'_>| entity(&found[1]).unwrap_or_else(|| found[0].to_owned()))
        .into_owned()
}

fn entity(name: &str) -> Option<String> {
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => return named_entity(name).map(str::to_owned),
    };
    char::from_u32(code).map(String::from)
}

fn named_entity(name: &str) -> Option<&'static str> {
    match name {
        "amp" => Some("&"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        "nbsp" => Some("\u{a0}"),
        "ndash" => Some("–"),
        "hellip" => Some("…"),
        "middot" => Some("·"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Page {
        Page::new(Browser::new("http://127.0.0.1:1"), 200, HeaderMap::new(), body.as_bytes().to_vec())
    }

    #[test]
    fn reads_what_a_person_reads() {
        let page = page(
            "<head><title>A &#38; B\n – Portdesk</title><style>p{}</style></head><body><p><span>Error: </span>Enter\n the&nbsp;PIN</p><p>P<b>R</b>-7</p><script>no()</script><!-- nor this --></body>",
        );
        assert_eq!(page.text(), "Error: Enter the PIN PR-7");
        assert_eq!(page.title(), "A & B – Portdesk");
        assert!(page.has("Enter the PIN") && !page.has("no()"));
        page.assert_has("PR-7");
        page.assert_lacks("PR-8");
    }

    #[test]
    fn finds_the_values_of_inputs() {
        let page = page(
            r#"<input name="token" value="seen"><input type="hidden" name="token" value="a&#34;b"><input type=hidden name=empty>"#,
        );
        assert_eq!(page.hidden("token").as_deref(), Some("a\"b"));
        assert_eq!(page.hidden("empty").as_deref(), Some(""));
        assert_eq!(page.hidden("none"), None);
        assert_eq!(page.value("token").as_deref(), Some("seen"));
        assert_eq!(page.header("content-type"), None);
        assert!(page.bytes.starts_with(b"<input"));
    }
}
