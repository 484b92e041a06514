//! The unfinished letter: who is asked since when, what they said, and every way to get it signed.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{
    super::sid,
    words::{self, LetterLine},
};
use crate::{
    domain::{
        loa::{EndReason, LoaMode, LoaState},
        people::Customer,
        stage::Stage,
    },
    services::loa::waiting::{self, Newest},
    store::{self, Conn, StoreError, loa_files::LoaFile, loas::Loa},
    web::{
        app::App,
        error::WebResult,
        frame::Frame,
        now::{self, Clocks},
        page::{self, Page as _},
    },
};

#[derive(Template)]
#[template(path = "port_requests/loa/show.html")]
struct LetterPage {
    frame: Frame,
    name: String,
    href: String,
    /// Whether the request has not been sent.
    is_draft: bool,
    /// Nothing while there is no letter.
    letter: Option<Shown>,
    /// Newest first.
    earlier: Vec<LetterLine>,
}

/// The newest letter, and what can be done about it.
struct Shown {
    line: LetterLine,
    sentence: String,
    facts: Vec<(&'static str, String)>,
    /// What the signer said, in their words.
    said: Option<String>,
    /// Whom a signer named who is not the right person.
    proposed: Option<String>,
    wants_paper: bool,
    waits: bool,
    /// Whether the letter that was uploaded can still be another file.
    can_replace: bool,
    first: First,
    again: Again,
}

/// How the same signer can be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Again {
    Not,
    Send,
    /// The links can be given more time, too.
    SendOrExtend,
}

/// What the requester does best now.
#[derive(Clone, PartialEq, Eq)]
enum First {
    /// Whoever reads this signs.
    Sign,
    /// The letter comes back on paper.
    Upload,
    /// The details are put right, as the signer asks.
    Correct,
    /// The signer is asked once more.
    SendAgain,
    /// Another signer is asked: whom this one named, if anybody.
    ChangeSigner(Option<String>),
}

struct Loaded {
    newest: Newest,
    /// With their PDFs.
    earlier: Vec<(Loa, Vec<LoaFile>)>,
    /// Those of the newest one.
    files: Vec<LoaFile>,
}

/// GET /port-requests/{sid}/loa
pub async fn show(
    customer: Customer,
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
) -> WebResult<HttpResponse> {
    let sid = match sid::of_page(&req, &typed)? {
        Ok(sid) => sid,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let who = customer.clone();
    let loaded = app.store.read(move |conn| load(conn, &who, &sid)).await?;
    let newest = &loaded.newest;
    let clocks = Clocks::of(&app.house, &newest.location.time_zone, &customer.person);
    let mut frame = page::frame(&app, &req);
    frame.place = Some(newest.location.name.clone());
    LetterPage {
        frame,
        name: now::title_of(&newest.request),
        href: format!("/port-requests/{}", newest.request.sid),
        is_draft: newest.request.stage == Stage::Draft,
        letter: newest.loa.as_ref().map(|loa| shown(&app, &customer, &loaded, loa, clocks)),
        earlier: loaded.earlier.iter().map(|(loa, files)| words::ended(loa, files, clocks)).collect(),
    }
    .ok()
}

fn load(
    conn: &mut Conn,
    customer: &Customer,
    sid: &crate::domain::request_sid::RequestSid,
) -> Result<Loaded, StoreError> {
    let newest = waiting::newest(conn, customer, sid)?;
    let all = store::loas::of_request(conn, newest.request.id)?;
    let mut with_files = Vec::with_capacity(all.len());
    for loa in all {
        let files = store::loa_files::of_loa(conn, loa.id)?;
        with_files.push((loa, files));
    }
    let mut letters = with_files.into_iter();
    let files = letters.next().map(|(_, files)| files).unwrap_or_default();
    Ok(Loaded { newest, earlier: letters.collect(), files })
}

fn shown(app: &App, customer: &Customer, loaded: &Loaded, loa: &Loa, clocks: Clocks) -> Shown {
    let Newest { request, location, .. } = &loaded.newest;
    let (house, now) = (&app.house, app.clock.now());
    let href = format!("/port-requests/{}", request.sid);
    let waits = request.stage == Stage::AwaitingSignature && !loa.state.is_signed();
    let is_remote = waits && loa.mode == LoaMode::Remote;
    let is_pending = waits && loa.state == LoaState::Pending && now < loa.expires_at;
    let wants_paper = loa.state == LoaState::Pending && loa.paper_chosen_at.is_some();
    let mut line = words::newest(house, loa, (location, request.stage), &href, clocks, now);
    if loa.state == LoaState::Superseded {
        line = words::ended(loa, &loaded.files, clocks);
    }
    let sentence = now::situation(house, request, Some(loa), &location.time_zone, now).sentence;
    Shown {
        sentence: if request.stage == Stage::AwaitingSignature { sentence } else { format!("{}.", line.when) },
        facts: facts(loa, clocks),
        said: line.words.clone(),
        proposed: (!loa.proposed_email.is_empty()).then(|| format!("{} ({})", loa.proposed_name, loa.proposed_email)),
        wants_paper,
        waits,
        can_replace: loa.state == LoaState::Uploaded && loaded.newest.may_upload().is_some(),
        first: first(customer, loa, is_pending, wants_paper),
        again: match loa.state {
            LoaState::Pending if is_remote && is_pending => Again::SendOrExtend,
            LoaState::Pending | LoaState::Expired if is_remote => Again::Send,
            _ => Again::Not,
        },
        line,
    }
}

fn first(customer: &Customer, loa: &Loa, is_pending: bool, wants_paper: bool) -> First {
    let is_own = is_pending && loa.mode == LoaMode::InPerson && loa.requested_by == customer.person.id;
    match EndReason::from_code(&loa.end_reason) {
        _ if is_own => First::Sign,
        _ if wants_paper || (loa.mode == LoaMode::Paper && loa.state == LoaState::Pending) => First::Upload,
        Some(EndReason::Correction) => First::Correct,
        Some(EndReason::WrongPerson) if !loa.proposed_name.is_empty() => {
            First::ChangeSigner(Some(loa.proposed_name.clone()))
        }
        _ if loa.mode == LoaMode::Remote && matches!(loa.state, LoaState::Pending | LoaState::Expired) => {
            First::SendAgain
        }
        _ => First::ChangeSigner(None),
    }
}

/// What is known for sure about a letter.
fn facts(loa: &Loa, clocks: Clocks) -> Vec<(&'static str, String)> {
    let mut facts = vec![("LOA ID", loa.loa_id.to_string()), ("Signer", loa.signer_name.clone())];
    if loa.mode == LoaMode::Remote {
        facts.push(("Email address", loa.signer_email.clone()));
        facts.push(("Asked", clocks.moment(loa.asked_at)));
    }
    if loa.state == LoaState::Pending {
        facts.push(("Can be signed until", clocks.moment(loa.expires_at)));
    }
    if loa.mode == LoaMode::Remote && loa.state == LoaState::Pending {
        let next = loa.next_reminder_at.map(|at| format!(", the next on {}", clocks.day(at))).unwrap_or_default();
        facts.push(("Reminders so far", format!("{}{next}", loa.reminders)));
    }
    if let Some(opened) = loa.opened_at {
        facts.push(("Opened", clocks.moment(opened)));
    }
    let ended = loa.ended_at.filter(|_| EndReason::from_code(&loa.end_reason).is_some());
    if let Some(ended) = ended {
        facts.push(("Ended", clocks.moment(ended)));
    }
    facts
}
