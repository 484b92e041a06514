//! The desk's queue: saved views of all requests that were sent, with what a reviewer chooses by.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    domain::{request_sid::RequestSid, stage::Stage},
    store::{
        self, Conn, StoreError,
        loas::Loa,
        port_requests::{Key, ListFilter, ListedRequest, Order, PortRequest, Scope, Waiting},
    },
};

/// Requests on one page of the queue.
pub const PAGE: i64 = 50;

/// A saved view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// What waits for the desk, the longest first.
    #[default]
    ToDecide,
    /// What waits for its letter of authorization, the longest first.
    ToSign,
    /// What waits for a losing carrier, the longest first.
    AtCarrier,
    /// Everything, newest first.
    All,
}

impl View {
    /// Every view, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::ToDecide, Self::ToSign, Self::AtCarrier, Self::All];

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ToDecide => "to-decide",
            Self::ToSign => "to-sign",
            Self::AtCarrier => "at-carrier",
            Self::All => "all",
        }
    }

    /// Reads the word of an address; anything else is the first view.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.code() == code).unwrap_or_default()
    }

    /// What the tab is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ToDecide => "To decide",
            Self::ToSign => "Awaiting signature",
            Self::AtCarrier => "At carrier",
            Self::All => "All",
        }
    }

    /// What its rows tell beside how long they wait.
    pub const fn about(self) -> &'static str {
        match self {
            Self::ToSign => "Letter",
            Self::ToDecide | Self::AtCarrier | Self::All => "FOC",
        }
    }

    /// Which requests the view shows to somebody who looks for `q`.
    fn filter(self, q: &str) -> ListFilter {
        let stages = match self {
            Self::ToDecide => vec![Stage::InReview, Stage::CancelRequested],
            Self::ToSign => vec![Stage::AwaitingSignature],
            Self::AtCarrier => vec![Stage::Submitted, Stage::FocScheduled, Stage::PartiallyPorted],
            Self::All => Vec::new(),
        };
        let order = if self == Self::All { Order::Newest } else { Order::LongestWaiting };
        let mut terms = store::search::query_terms(q);
        if terms.is_empty() && !q.trim().is_empty() {
            // Signs alone are no word, so they find nothing.
            terms.push(q.to_owned());
        }
        ListFilter { scope: Scope::Desk, stages, waiting: Waiting::ForAnybody, location: None, terms, order }
    }
}

/// A line of the queue.
#[derive(Debug, Clone)]
pub struct Line {
    pub listed: ListedRequest,
    /// Name of the customer's account.
    pub account: String,
    pub assignee: Option<String>,
    /// When the oldest PIN was entered.
    pub oldest_pin: Option<NaiveDateTime>,
    pub bill_date: Option<NaiveDate>,
    /// A letter about it was given up.
    pub mail_failed: bool,
    /// While it waits for a signature: its newest letter of authorization.
    pub to_sign: Option<Loa>,
    /// The day on its uploaded letter is still to be recorded.
    pub to_compare: bool,
}

/// A page of a view.
#[derive(Debug, Clone)]
pub struct Page {
    pub lines: Vec<Line>,
    /// Counted from 1; the last one when there are not that many.
    pub page: i64,
    /// How many requests each view holds, in the order of the tabs; counted up to
    /// [`store::port_requests::MOST_COUNTED`] and one.
    pub counts: [i64; 4],
    /// Letters of the whole desk that were given up.
    pub dead_letters: i64,
}

impl Page {
    /// How many requests a view holds.
    pub fn count(&self, view: View) -> i64 {
        View::ALL.into_iter().zip(self.counts).find(|(known, _)| *known == view).map_or(0, |(_, count)| count)
    }
}

/// Shows a page of a view, or of what is found in it.
pub fn look(conn: &mut Conn, view: View, q: &str, page: i64) -> Result<Page, StoreError> {
    let mut counts = [0; 4];
    for (slot, view) in counts.iter_mut().zip(View::ALL) {
        *slot = store::port_requests::count(conn, &view.filter(q))?;
    }
    let mut shown = Page { lines: Vec::new(), page: 1, counts, dead_letters: store::outbox::count_dead(conn)? };
    let last = (shown.count(view).min(store::port_requests::MOST_COUNTED) - 1).max(0).div_euclid(PAGE) + 1;
    shown.page = page.clamp(1, last);
    let listed = store::port_requests::rows(conn, &view.filter(q), (shown.page - 1) * PAGE, PAGE)?;
    shown.lines = lines(conn, listed)?;
    Ok(shown)
}

fn lines(conn: &mut Conn, listed: Vec<ListedRequest>) -> Result<Vec<Line>, StoreError> {
    let ids: Vec<i64> = listed.iter().map(|it| it.request.id).collect();
    let reviewers: Vec<i64> = listed.iter().filter_map(|it| it.request.assigned_to).collect();
    let names: HashMap<_, _> = store::users::names(conn, &reviewers)?.into_iter().collect();
    let accounts: Vec<i64> = listed.iter().map(|it| it.request.account_id).collect();
    let accounts: HashMap<_, _> = store::accounts::names(conn, &accounts)?.into_iter().collect();
    let pins: HashMap<_, _> = store::numbers::oldest_pins(conn, &ids)?.into_iter().collect();
    let bills: HashMap<_, _> = store::submissions::bill_dates(conn, &ids)?.into_iter().collect();
    let unsigned = listed.iter().map(|it| &it.request).filter(|request| request.stage == Stage::AwaitingSignature);
    let letters = store::loas::newest_of(conn, &unsigned.map(|request| request.id).collect::<Vec<_>>())?;
    let in_review = listed.iter().map(|it| &it.request).filter(|request| request.stage == Stage::InReview);
    let uncompared = store::loas::uncompared(conn, &in_review.map(|request| request.id).collect::<Vec<_>>())?;
    let dead = store::outbox::with_dead(conn, &ids)?;
    let line = |listed: ListedRequest| Line {
        account: accounts.get(&listed.request.account_id).cloned().unwrap_or_default(),
        assignee: listed.request.assigned_to.and_then(|id| names.get(&id).cloned()),
        oldest_pin: pins.get(&listed.request.id).copied(),
        bill_date: bills.get(&listed.request.id).copied(),
        mail_failed: dead.contains(&listed.request.id),
        to_compare: uncompared.contains(&listed.request.id),
        to_sign: letters.iter().find(|loa| loa.port_request_id == listed.request.id).cloned(),
        listed,
    };
    Ok(listed.into_iter().map(line).collect())
}

/// The one request that was meant: by its whole SID, or by a whole number that only it holds.
pub fn jump(conn: &mut Conn, q: &str) -> Result<Option<RequestSid>, StoreError> {
    let terms = store::search::query_terms(q);
    let [term] = terms.as_slice() else { return Ok(None) };
    let is_number = term.len() == 10 && term.chars().all(|c| c.is_ascii_digit());
    if RequestSid::parse(term).is_none() {
        return Ok(None);
    }
    let found = store::port_requests::rows(conn, &View::All.filter(q), 0, 2)?;
    let sid = match found.as_slice() {
        [only] => &only.request.sid,
        _ => return Ok(None),
    };
    Ok((is_number || RequestSid::parse(term).as_ref() == Some(sid)).then(|| sid.clone()))
}

/// The request to go on with after one that was decided: the one behind the place where it stood, or else the first;
/// those of nobody and of the reviewer before those of colleagues.
pub fn next(
    conn: &mut Conn,
    view: View,
    q: &str,
    decided: &PortRequest,
    reviewer: i64,
) -> Result<Option<RequestSid>, StoreError> {
    let filter = view.filter(q);
    let stood = Key::of(decided, filter.order);
    let mut others = store::port_requests::list_after(conn, &filter, Some(stood), PAGE)?;
    others.extend(store::port_requests::list_after(conn, &filter, None, PAGE)?);
    let mut others: Vec<PortRequest> = others.into_iter().map(|it| it.request).collect();
    others.retain(|it| it.id != decided.id);
    let is_free = |it: &&PortRequest| it.assigned_to.is_none_or(|assignee| assignee == reviewer);
    Ok(others.iter().find(is_free).or_else(|| others.first()).map(|it| it.sid.clone()))
}
