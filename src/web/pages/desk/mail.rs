//! Every e-mail that the desk sent, waits to send, or could not send.

use actix_web::{HttpResponse, web::Query};
use askama::Template;
use serde::Deserialize;

use super::{
    visit::Visit,
    words::{self, Moment},
};
use crate::{
    domain::people::Role,
    mail::LetterKind,
    services::resend_mail,
    store::{self, Conn, StoreError, outbox::QueuedLetter, port_requests::MOST_COUNTED},
    web::{
        error::WebResult,
        frame::Frame,
        page::Page as _,
        parts::{Pager, Tab},
    },
};

/// Letters on one page.
const PAGE: i64 = 50;
/// Words of the address, words of the tab, and the state as stored.
const STATES: [(&str, &str, Option<&str>); 4] = [
    ("", "All", None),
    ("queued", "Queued", Some("queued")),
    ("sent", "Sent", Some("sent")),
    ("failed", "Failed", Some("dead")),
];
/// What it means that a state has no letters, in the order of the tabs.
const EMPTY: [&str; 4] = ["No email yet", "Nothing is waiting to go out", "Nothing sent yet", "Nothing failed"];

#[derive(Template)]
#[template(path = "desk/mail.html")]
struct MailPage {
    frame: Frame,
    tabs: Vec<Tab>,
    letters: Vec<LetterRow>,
    pager: Option<Pager>,
    /// Whether no mail server is set.
    is_to_files: bool,
    folder: Option<String>,
    state: String,
    empty: &'static str,
}

/// A letter as lists and its own page show it.
pub(super) struct LetterRow {
    pub id: i64,
    pub subject: String,
    pub kind: &'static str,
    pub to: String,
    pub at: Moment,
    pub look: &'static str,
    pub state: &'static str,
    /// Why it is not sent, how often it was tried and when it is tried next.
    pub detail: String,
    pub can_be_sent_again: bool,
}

/// Which letters are looked at.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Wanted {
    state: String,
    page: String,
}

/// GET /desk/mail
pub async fn show(at: Visit, wanted: Query<Wanted>) -> WebResult<HttpResponse> {
    let (code, _, state) = STATES.into_iter().find(|(code, ..)| *code == wanted.state).unwrap_or(STATES[0]);
    let asked = wanted.page.parse::<i64>().unwrap_or(1);
    let look = move |conn: &mut Conn| {
        let mut counts = Vec::new();
        for (_, _, state) in STATES {
            counts.push(store::outbox::count(conn, state)?);
        }
        let count = STATES.iter().zip(&counts).find(|((known, ..), _)| *known == code).map_or(0, |(_, count)| *count);
        let last = (count.min(MOST_COUNTED) - 1).max(0).div_euclid(PAGE) + 1;
        let page = asked.clamp(1, last);
        let letters = store::outbox::list(conn, state, (page - 1) * PAGE, PAGE)?;
        Ok::<_, StoreError>((counts, count, page, letters))
    };
    let (counts, count, page, letters) = at.app.store.read(look).await?;
    MailPage {
        frame: at.frame(false),
        tabs: STATES.iter().zip(&counts).map(|(of, count)| tab(*of, code, *count)).collect(),
        letters: letters.iter().map(|letter| row(&at, letter)).collect(),
        pager: (PAGE < count).then(|| pager(code, page, count)),
        is_to_files: at.app.mail_folder.is_some(),
        folder: folder(&at),
        state: code.to_owned(),
        empty: STATES.iter().zip(EMPTY).find(|((known, ..), _)| *known == code).map_or("", |(_, empty)| empty),
    }
    .ok()
}

fn href(code: &str, page: i64) -> String {
    let mut parts = Vec::new();
    if !code.is_empty() {
        parts.push(format!("state={code}"));
    }
    if 1 < page {
        parts.push(format!("page={page}"));
    }
    if parts.is_empty() { "/desk/mail".to_owned() } else { format!("/desk/mail?{}", parts.join("&")) }
}

fn tab((code, label, _): (&str, &str, Option<&str>), shown: &str, count: i64) -> Tab {
    Tab { href: href(code, 1), label: label.to_owned(), count: Some(words::capped(count)), current: code == shown }
}

fn pager(code: &str, page: i64, count: i64) -> Pager {
    let all = if MOST_COUNTED < count { "1,000+".to_owned() } else { count.to_string() };
    Pager {
        text: format!("{}–{} of {all}", (page - 1) * PAGE + 1, (page * PAGE).min(count)),
        previous: (1 < page).then(|| href(code, page - 1)),
        next: (page * PAGE < count.min(MOST_COUNTED)).then(|| href(code, page + 1)),
    }
}

/// Where mail goes while no mail server is set; only admins look into the folders of the server.
pub(super) fn folder(at: &Visit) -> Option<String> {
    let folder = at.app.mail_folder.as_ref().filter(|_| at.reviewer.person.role == Role::Admin);
    folder.map(|folder| folder.display().to_string())
}

/// A letter in the words of the desk.
pub(super) fn row(at: &Visit, letter: &QueuedLetter) -> LetterRow {
    let (look, state) = match letter.state.as_str() {
        "sent" => ("completed", "Sent"),
        "dead" => ("rejected", "Failed"),
        "dropped" => ("canceled", "Not sent"),
        _ => ("in-review", "Queued"),
    };
    LetterRow {
        id: letter.id,
        subject: letter.subject.clone(),
        kind: LetterKind::from_code(&letter.kind).map_or("", LetterKind::label),
        to: letter.to_address.clone(),
        at: at.moment(letter.created_at),
        look,
        state,
        detail: detail(at, letter),
        can_be_sent_again: resend_mail::refusal(letter).is_none(),
    }
}

fn detail(at: &Visit, letter: &QueuedLetter) -> String {
    let tried = words::counted(i64::from(letter.attempts), "try").replace("trys", "tries");
    match letter.state.as_str() {
        "sent" => letter.sent_at.map(|sent| at.moment(sent).text).unwrap_or_default(),
        "dead" => format!("{} Given up after {tried}.", letter.last_error),
        "dropped" => "Nobody waited for it any more when its turn came.".to_owned(),
        _ if at.now < letter.next_try_at && letter.attempts == 0 => {
            format!("Goes out on {}.", at.moment(letter.next_try_at).text)
        }
        _ if letter.attempts == 0 => "Goes out in a moment.".to_owned(),
        _ => {
            let next = at.moment(letter.next_try_at).text;
            format!("{} After {tried} so far, the next one is on {next}.", letter.last_error)
        }
    }
}
