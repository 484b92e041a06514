//! What stands around the form of a page: the way back, what was saved when, why it was refused, another tab.

use super::{HERE, address, address_from_check, confirmation, opening::Shown};
use crate::{
    domain::{
        manual::{ManualAnswers, ManualPage},
        rejection::RejectionReason,
    },
    services::manual::{self, Opened},
    web::{
        app::App,
        wizard::{self, Difference, Wanted},
    },
};

/// Everything that every page of the form shows around its fields.
pub struct Top {
    pub title: &'static str,
    /// Its place in "Step 2 of 4".
    pub step: u32,
    pub action: String,
    pub back: String,
    pub saved: String,
    pub version: i32,
    pub from: &'static str,
    /// The SID of the request that it corrects.
    pub corrects: Option<String>,
    /// "48 hours": how long it waits for whoever fills it.
    pub kept_for: String,
    /// Whether its mailbox is proven, and stays.
    pub proven: bool,
    /// Whether what stands as it was refused is marked at its fields alone: nobody has tried to go on yet.
    pub only_marks: bool,
    /// Why that was refused, each with the page on which it is put right.
    pub reasons: Vec<Reason>,
    pub differences: Vec<Difference>,
}

/// Why a request was refused.
pub struct Reason {
    pub message: String,
    pub carrier_words: String,
    pub page: Option<(String, &'static str)>,
}

impl Top {
    /// What stands around a page.
    pub fn new(app: &App, shown: &Shown, page: ManualPage, wanted: &Wanted) -> Self {
        let draft = &shown.opened.draft;
        let zone = shown.opened.location.as_ref().map_or("", |location| location.time_zone.as_str());
        let corrected = shown.opened.corrected.as_ref();
        Self {
            title: page.label(),
            step: u32::from(page.number()),
            action: address(&shown.secret, page),
            back: way_back(shown, page, wanted.from()),
            saved: wizard::saved_at(app.house.zone(zone), draft.saved_at, shown.now, draft.version),
            version: draft.version,
            from: wanted.from(),
            corrects: corrected.map(|it| it.request.sid.to_string()),
            kept_for: kept_for(draft.sid.is_some()),
            proven: draft.answers.mailbox_proven,
            only_marks: corrected.is_some() && !wanted.answers_files(),
            reasons: reasons(shown, page),
            differences: if wanted.shows_other_tab() { differences(&shown.opened, page) } else { Vec::new() },
        }
    }
}

fn kept_for(was_sent: bool) -> String {
    if was_sent {
        return confirmation::kept_for();
    }
    format!("{} hours", manual::UNSENT_FOR.num_hours())
}

fn way_back(shown: &Shown, page: ManualPage, from: &str) -> String {
    match page.previous() {
        _ if from == "check" => address(&shown.secret, ManualPage::Check),
        Some(previous) => address(&shown.secret, previous),
        None => HERE.to_owned(),
    }
}

fn reasons(shown: &Shown, here: ManualPage) -> Vec<Reason> {
    let reasons = shown.opened.corrected.iter().flat_map(|it| &it.reasons).filter(|it| it.is_for_customer());
    let reason = |reason: &crate::store::rejections::Reason| {
        let known = RejectionReason::find(&reason.slug);
        let page = known.and_then(|known| {
            let is_about = |page: &ManualPage| page.step().segment() == known.step;
            let letter = known.needs_new_upload().then_some(ManualPage::Documents);
            letter.or_else(|| ManualPage::ALL.into_iter().find(is_about))
        });
        Reason {
            message: reason.message.clone(),
            carrier_words: reason.carrier_words.clone(),
            page: page.filter(|page| *page != here).map(|page| (address_from_check(&shown.secret, page), page.label())),
        }
    };
    reasons.map(reason).collect()
}

/// The saved answers with what another tab typed on one page in their place.
fn with_other_tab(opened: &Opened, page: ManualPage) -> ManualAnswers {
    let saved = &opened.answers();
    let mut shown = saved.clone();
    let Some(other) = saved.request.memory.other_tab_of(page.step()) else { return shown };
    match page {
        ManualPage::Details => shown.take_details(&other.pairs),
        ManualPage::Numbers => {
            shown.request.take_numbers(&other.pairs, &saved.request, opened.is_by_link());
        }
        ManualPage::Documents => shown.take_documents(&other.pairs),
        ManualPage::Check => {}
    }
    shown
}

/// The answers to show: the saved ones, or what another tab typed on this page.
pub fn shown_answers(shown: &Shown, page: ManualPage, wanted: &Wanted) -> ManualAnswers {
    if wanted.shows_other_tab() { with_other_tab(&shown.opened, page) } else { shown.opened.answers() }
}

fn differences(opened: &Opened, page: ManualPage) -> Vec<Difference> {
    let saved = &opened.draft.answers;
    if saved.request.memory.other_tab_of(page.step()).is_none() {
        return Vec::new();
    }
    let shown = |answers: &ManualAnswers| {
        let mut pairs = answers.pairs_of(page);
        if let Some(masked) = opened.masked_account_number(&answers.request)
            && let Some((_, value)) = pairs.iter_mut().find(|(name, _)| name == "account_number")
        {
            *value = masked;
        }
        pairs
    };
    // The guided request has another field of this name.
    let label = |name: &str| match name {
        "name" if page == ManualPage::Details => "Contact name".to_owned(),
        name => wizard::label(name),
    };
    wizard::difference_of(shown(saved), shown(&with_other_tab(opened, page)), label)
}
