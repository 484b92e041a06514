//! The desk through its front door: what reviewers see and do, and that nobody else gets in.

mod assignment;
mod cancellation;
mod completion;
mod current_action;
mod doors;
mod foc;
mod letter;
mod letter_day;
mod loa;
mod mail;
mod moved_before;
mod overtaken;
mod port_request;
mod queue;
mod rejection;
mod reveal;
mod secrets_in_text;
mod submission;

use portdesk::{domain::request_sid::RequestSid, store::history::Event};

use crate::harness::{browser::Browser, desk::Desk, page::Page};

/// The address of a request's page, or of one below it.
pub fn path(sid: &RequestSid, below: &str) -> String {
    format!("/desk/port-requests/{sid}{below}")
}

/// Opens the page of a decision and sends its form with these fields, as a browser would.
#[track_caller]
pub fn decide(browser: &Browser, sid: &RequestSid, below: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(&format!("{}?view=at-carrier&q=&page=1", path(sid, below)));
    assert_eq!(page.status, 200, "{page:?}");
    send(browser, &page, &path(sid, below), fields)
}

/// Sends the form of a page that was read before.
#[track_caller]
pub fn send(browser: &Browser, read: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let carried: Vec<(&str, String)> = ["version", "view", "q", "page", "seen"]
        .into_iter()
        .filter_map(|name| Some((name, read.hidden(name)?)))
        .collect();
    let mut all: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend_from_slice(fields);
    browser.post(path, &all)
}

/// The newest line of a request's history.
pub fn newest_line(desk: &Desk, sid: &RequestSid) -> Event {
    history(desk, sid).remove(0)
}

/// The history of a request, newest first.
pub fn history(desk: &Desk, sid: &RequestSid) -> Vec<Event> {
    let id = crate::harness::seed::request(desk, sid).id;
    desk.read(|conn| portdesk::store::history::of_request(conn, id, false))
}
