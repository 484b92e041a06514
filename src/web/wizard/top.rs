//! What stands around the form of a page: the way back, what was saved when, why an attempt was refused, another tab.

use chrono::NaiveDateTime;

use super::{Changes, Opened, Wanted, address, labels, saving};
use crate::{
    domain::{
        draft::{Answers, BillAnswers, ContactAnswers, Step, TermsAnswers},
        rejection::RejectionReason,
        stage::Stage,
        time_zone::{self, TimeZone},
    },
    services::save_page,
    store::{locations::Location, port_requests::PortRequest},
    web::{app::App, form::Form},
};

/// Everything that every page of the wizard shows around its fields.
pub struct Top {
    pub sid: String,
    /// What the page is called.
    pub title: &'static str,
    /// The request's name, or its location.
    pub about: String,
    /// Its place in "Step 2 of 5".
    pub step: u32,
    /// Where the form is posted to.
    pub action: String,
    /// The page before.
    pub back: String,
    /// "Saved 10:42 AM", or nothing before the first save.
    pub saved: String,
    /// The version of the draft that the page shows.
    pub version: i32,
    /// Where saving leads back to.
    pub from: &'static str,
    /// Whether it was never sent.
    pub deletable: bool,
    /// Whether it was sent already, and what is changed here counts once that is sent too.
    pub changes: bool,
    /// In a refused request: what becomes of changes that were not sent before that.
    pub unsent: Changes,
    /// Why the last attempt was refused.
    pub reasons: Vec<ReasonShown>,
    /// Reasons that the customer can do nothing about, in the words for them.
    pub ours: Vec<String>,
    /// What differs between this tab and what another one saved; empty when nothing does.
    pub differences: Vec<Difference>,
}

/// Why an attempt was refused, as the customer reads it.
pub struct ReasonShown {
    pub title: String,
    pub message: String,
    /// The losing carrier's own words, if any.
    pub carrier_words: String,
    /// The page on which it is corrected, with its name, where something is to be typed anew on another page.
    pub page: Option<(String, &'static str)>,
    /// Whether it is corrected on this page.
    pub is_here: bool,
}

/// A field that two tabs answered differently.
pub struct Difference {
    pub label: String,
    pub saved: String,
    pub typed: String,
}

impl Top {
    /// What stands around a page.
    pub fn new(app: &App, opened: &Opened, page: Step, wanted: &Wanted) -> Self {
        let open = &opened.open;
        let zone = app.house.zone(&open.location.time_zone);
        Self {
            sid: open.request.sid.to_string(),
            title: page.label(),
            about: about(&open.request, &open.location),
            step: u32::from(page.number()),
            action: address(&open.request.sid, page),
            back: saving::way_back(&open.request.sid, page, wanted.from()),
            saved: saved_at(zone, open.draft.saved_at, opened.now, open.draft.version),
            version: open.draft.version,
            from: wanted.from(),
            changes: super::is_change(&open.request),
            deletable: open.request.stage == Stage::Draft,
            unsent: Changes::of(open.request.stage, &open.draft.answers.memory),
            reasons: reasons(opened, page),
            ours: ours(opened),
            differences: if wanted.shows_other_tab() { differences(&open.draft.answers, page) } else { Vec::new() },
        }
    }

    /// The address of the request.
    pub fn request_href(&self) -> String {
        format!("/port-requests/{}", self.sid)
    }

    /// Whether the request goes out again after it was refused.
    pub fn resubmits(&self) -> bool {
        !self.reasons.is_empty()
    }
}

/// The name of a request, or its location while it has none.
pub fn about(request: &PortRequest, location: &Location) -> String {
    if request.name.is_empty() { location.name.clone() } else { request.name.clone() }
}

/// The saved answers with what another tab typed on one page in their place.
pub fn with_other_tab(saved: &Answers, page: Step, pairs: &[(String, String)]) -> Answers {
    let mut shown = saved.clone();
    match page {
        Step::Terms => shown.terms = TermsAnswers::from_pairs(pairs),
        Step::Numbers => shown.take_numbers(pairs, saved, false),
        Step::Contact => shown.contact = ContactAnswers::from_pairs(pairs),
        Step::Bill => shown.bill = BillAnswers::from_pairs(pairs),
        Step::Check => {}
    }
    shown
}

/// "Saved 10:42 AM", or nothing before the first save.
pub fn saved_at(zone: TimeZone, saved: NaiveDateTime, now: NaiveDateTime, version: i32) -> String {
    if version <= 1 {
        return String::new();
    }
    let local = zone.local(saved);
    if local.date == zone.date(now) {
        return format!("Saved {}", time_zone::clock(local.time));
    }
    format!("Saved {}", zone.moment(saved))
}

fn reasons(opened: &Opened, here: Step) -> Vec<ReasonShown> {
    let theirs = opened.open.reasons.iter().filter(|reason| reason.is_for_customer());
    let shown = theirs.map(|reason| {
        let known = RejectionReason::find(&reason.slug);
        let page = known.and_then(|known| Step::from_segment(&known.step));
        ReasonShown {
            title: known.map(|known| known.title.clone()).unwrap_or_default(),
            message: reason.message.clone(),
            carrier_words: reason.carrier_words.clone(),
            is_here: page == Some(here),
            page: page
                .filter(|page| *page != here)
                .map(|page| (format!("{}?from=fix", address(&opened.open.request.sid, page)), page.label())),
        }
    });
    shown.collect()
}

fn ours(opened: &Opened) -> Vec<String> {
    let ours = opened.open.reasons.iter().filter(|reason| !reason.is_for_customer());
    ours.map(|reason| reason.message.clone()).collect()
}

fn differences(saved: &Answers, page: Step) -> Vec<Difference> {
    let Some(other) = saved.memory.other_tab_of(page) else { return Vec::new() };
    let typed = with_other_tab(saved, page, &other.pairs);
    difference_of(save_page::page_pairs(saved, page), save_page::page_pairs(&typed, page), labels::label)
}

/// What two tabs answered differently, in the order of the page and by the labels of its fields; PINs are not shown.
pub fn difference_of(
    saved: Vec<(String, String)>,
    typed: Vec<(String, String)>,
    label: impl Fn(&str) -> String,
) -> Vec<Difference> {
    let mut names: Vec<String> = Vec::new();
    let all: Vec<String> = saved.iter().chain(&typed).map(|(name, _)| name.clone()).collect();
    let (there, here) = (Form::unchecked(saved), Form::unchecked(typed));
    for name in all {
        if !names.contains(&name) && there.value(&name) != here.value(&name) {
            names.push(name);
        }
    }
    let shown = |form: &Form, name: &str| match labels::is_secret(name) {
        true if form.value(name).is_empty() => "Nothing".to_owned(),
        true => "A PIN".to_owned(),
        false => labels::answer(name, form.value(name)),
    };
    names
        .iter()
        .map(|name| Difference { label: label(name), saved: shown(&there, name), typed: shown(&here, name) })
        .collect()
}
