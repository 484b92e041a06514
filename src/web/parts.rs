//! What the parts that several pages share are filled with: tabs, chips, pages, steps and history.

/// A tab or a saved view: a link with an optional count.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Address of the view.
    pub href: String,
    /// Words of the tab.
    pub label: String,
    /// How many it holds, in words that fit ("12", "999+").
    pub count: Option<String>,
    /// Whether it is the view shown.
    pub current: bool,
}

/// A filter in force, with the address of the same list without it.
#[derive(Debug, Clone)]
pub struct Chip {
    /// What the filter says, for example "Status: Rejected".
    pub label: String,
    /// Address without this filter.
    pub href: String,
}

/// Where a list stands.
#[derive(Debug, Clone)]
pub struct Pager {
    /// For example "26–50 of 112".
    pub text: String,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
}

/// A step on a request's way, for the list of five.
#[derive(Debug, Clone)]
pub struct ProgressStep {
    /// For example "With carrier".
    pub label: String,
    /// When it was reached, is due or was stopped, in words.
    pub when: Option<String>,
    /// `done`, `current`, `todo` or `stopped`.
    pub state: String,
}

/// An entry of a history, newest first.
#[derive(Debug, Clone)]
pub struct HistoryEntry {
    /// What happened, in a few words.
    pub title: String,
    /// When, in words with the zone, for example "Jun 9, 2026, 10:42 AM EDT".
    pub when: String,
    /// The same moment for machines (RFC 3339).
    pub datetime: String,
    /// Who did it.
    pub by: Option<String>,
    /// More about it.
    pub detail: Option<String>,
}
