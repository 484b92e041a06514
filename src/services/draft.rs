//! The wizard's draft: starting it, saving it, and changing what was sent.

use chrono::NaiveDateTime;

pub use super::draft_changes::{begin_change, discard_change};
use super::{draft_findings, house::House};
use crate::{
    domain::{
        acknowledgements::Acknowledgement,
        channel::Channel,
        draft::{Answers, Rules, Step, wireless_field},
        number_list::NumberList,
        people::Customer,
        phone_number::PhoneNumber,
        request_sid::RequestSid,
        stage::Stage,
    },
    store::{
        self, Conn, StoreError,
        acknowledgements::Acceptance,
        documents::Document,
        drafts::Draft,
        history::{Actor, NewEvent},
        locations::Location,
        port_requests::{DraftNote, NewDraft, PortRequest},
        rejections::Reason,
    },
    vault::{self, Token},
};

#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    #[error("Porting is off for {location}: {reason}")]
    PortingOff { location: String, reason: String },
    /// The owner ended this manager's right to send for the location.
    #[error("You can no longer send requests for {0}. Ask the owner of your account")]
    NoMember(String),
    /// Everything that the corrected request names has moved.
    #[error("All of these numbers have moved already. Add those that still have to move")]
    NothingLeft,
    /// The request was sent, so its answers do not change any more.
    #[error("This request was sent")]
    Sent(Box<PortRequest>),
    /// A save in the background that would overwrite what another tab saved.
    #[error("This draft was changed in another tab")]
    OtherTab,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Everything that the wizard's pages show.
#[derive(Debug, Clone)]
pub struct OpenDraft {
    pub request: PortRequest,
    pub location: Location,
    pub draft: Draft,
    pub documents: Vec<Document>,
    /// Why the last attempt was refused; empty for a first attempt.
    pub reasons: Vec<Reason>,
    /// Addresses that reported its letter as unknown: they get no other mail about it.
    pub reported: Vec<String>,
}

impl OpenDraft {
    /// The rules for these answers at a moment.
    pub fn rules<'a>(&self, house: &'a House, now: NaiveDateTime) -> Rules<'a> {
        house.rules_in(&self.location.time_zone, now)
    }
}

/// Starts a draft for a location. The token makes a double click one draft.
pub fn start(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    location: &Location,
    token: &Token,
    now: NaiveDateTime,
) -> Result<RequestSid, DraftError> {
    if let Some(sid) = store::submit_tokens::result_of(conn, token)?.and_then(|sid| RequestSid::parse(&sid)) {
        return Ok(sid);
    }
    refuse_porting_off(location)?;
    let sid = RequestSid::from_random(vault::random());
    store::submit_tokens::use_up(conn, token, sid.as_str(), now)?;
    let new = NewDraft {
        account_id: customer.account_id,
        location_id: location.id,
        sid: sid.clone(),
        channel: Channel::InApp,
        submitted_by: customer.person.id,
    };
    let id = store::port_requests::add_draft(conn, &new, now)?;
    store::drafts::add(conn, &house.vault, customer.account_id, id, &Answers::default(), now)?;
    let event = NewEvent {
        account_id: customer.account_id,
        port_request_id: id,
        actor: &Actor::person(&customer.person),
        event: "started",
        from_stage: None,
        to_stage: Some(Stage::Draft),
        note: "",
        visible: true,
    };
    store::history::add(conn, &event, now)?;
    Ok(sid)
}

fn refuse_porting_off(location: &Location) -> Result<(), DraftError> {
    let reason = location.porting_off_reason.clone();
    if reason.is_empty() { Ok(()) } else { Err(DraftError::PortingOff { location: location.name.clone(), reason }) }
}

/// Whether this customer may send for the location now, whatever was so when the draft was begun.
pub fn may_send(conn: &mut Conn, customer: &Customer, location: &Location) -> Result<(), DraftError> {
    refuse_porting_off(location)?;
    let may = customer.is_owner() || store::locations::is_member(conn, location.id, customer.person.id)?;
    if may { Ok(()) } else { Err(DraftError::NoMember(location.name.clone())) }
}

/// Opens a draft, a rejected request whose answers may be corrected, or one whose requester began to change it.
pub fn open(conn: &mut Conn, house: &House, customer: &Customer, sid: &RequestSid) -> Result<OpenDraft, DraftError> {
    let request = store::port_requests::find_visible(conn, customer, sid)?;
    if !request.stage.is_editable() || request.is_manual() {
        return Err(DraftError::Sent(Box::new(request)));
    }
    let mut draft = store::drafts::find(conn, &house.vault, request.id)?;
    if request.stage.is_changeable() && draft.answers.memory.sent.is_none() {
        return Err(DraftError::Sent(Box::new(request)));
    }
    if request.stage == Stage::Rejected {
        draft.answers = draft.answers.to_correct();
    }
    let location = store::locations::find(conn, request.location_id)?;
    let documents = documents(conn, &request, &draft.answers)?;
    let reasons = store::rejections::of_attempt(conn, &request)?;
    // Nobody is asked to sign before it is sent.
    let reported = if request.sent_at.is_some() { store::loas::reported_by(conn, request.id)? } else { Vec::new() };
    Ok(OpenDraft { request, location, draft, documents, reasons, reported })
}

/// The files that would be sent with these answers: once a request was sent, files are added and taken out by sending again.
pub fn documents(conn: &mut Conn, request: &PortRequest, answers: &Answers) -> Result<Vec<Document>, StoreError> {
    let mut documents = store::documents::of_request(conn, request.id)?;
    if request.stage != Stage::Draft {
        documents.retain(|document| answers.memory.files.holds(&document.public_id, document.sent_at.is_some()));
    }
    Ok(documents)
}

/// [`open`], with nobody else changing the draft until the transaction ends.
pub fn open_to_change(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
) -> Result<OpenDraft, DraftError> {
    let request = store::port_requests::find_visible(conn, customer, sid)?;
    store::drafts::lock(conn, request.id)?;
    open(conn, house, customer, sid)
}

/// Changes the answers of a draft in the transaction in which they are read, and keeps lists in step.
pub fn change<T>(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    sid: &RequestSid,
    now: NaiveDateTime,
    change: impl FnOnce(&mut Conn, &OpenDraft, &mut Answers) -> Result<T, DraftError>,
) -> Result<T, DraftError> {
    let open = open_to_change(conn, house, customer, sid)?;
    let mut answers = open.draft.answers.clone();
    let outcome = change(conn, &open, &mut answers)?;
    store::drafts::save(conn, &house.vault, open.request.id, &answers, now)?;
    if open.request.stage == Stage::Draft {
        let next_step = draft_findings::next_step(conn, house, &open, &answers, now)?;
        note_for_lists(conn, house, &open.request, &answers, next_step)?;
    }
    Ok(outcome)
}

fn note_for_lists(
    conn: &mut Conn,
    house: &House,
    request: &PortRequest,
    answers: &Answers,
    next_step: Step,
) -> Result<(), StoreError> {
    let name = short(&answers.numbers.name);
    let carrier = short(&answers.numbers.losing_carrier);
    let numbers = numbers_so_far(house, answers);
    let count = i32::try_from(numbers.len()).unwrap_or(i32::MAX);
    let unchanged = request.name == name && request.losing_carrier == carrier && request.number_count == count;
    let note = DraftNote { name: &name, losing_carrier: &carrier, number_count: count, next_step };
    store::port_requests::note_draft(conn, request.id, &note)?;
    if !unchanged {
        let terms = store::search::terms(&request.sid, &[&name, &carrier], &numbers);
        store::search::replace(conn, request, &terms)?;
    }
    Ok(())
}

/// What lists show of a text that was typed.
fn short(typed: &str) -> String {
    typed.trim().chars().filter(|c| !c.is_control()).take(80).collect()
}

/// The numbers that can be read out of answers that may still be wrong, as many as a request may have.
pub fn numbers_so_far(house: &House, answers: &Answers) -> Vec<PhoneNumber> {
    let mut numbers: Vec<PhoneNumber> =
        fields_of_numbers(house, answers).into_iter().map(|(_, number)| number).collect();
    numbers.sort();
    numbers.dedup();
    numbers.truncate(house.max_numbers);
    numbers
}

/// The numbers that can be read out of answers, each with the field in which it was typed.
pub fn fields_of_numbers(house: &House, answers: &Answers) -> Vec<(String, PhoneNumber)> {
    let rules = house.number_rules();
    let list = NumberList::parse(&answers.numbers.landline, &rules).read;
    let rows = answers.numbers.wireless.iter().enumerate();
    let wireless = rows
        .filter_map(|(at, row)| Some((wireless_field(at, "number"), PhoneNumber::parse(&row.number, &rules).ok()?)));
    list.into_iter().map(|read| ("landline".to_owned(), read.number)).chain(wireless).collect()
}

/// Notes which versions of the terms were accepted.
pub fn accept_terms(
    conn: &mut Conn,
    customer: &Customer,
    request: &PortRequest,
    client: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    for text in store::acknowledgements::current_texts(conn, now)? {
        if Acknowledgement::from_slug(&text.slug).is_none() {
            continue;
        }
        let acceptance = Acceptance {
            account_id: request.account_id,
            port_request_id: request.id,
            attempt: request.attempt,
            slug: &text.slug,
            text_version: text.version,
            accepted_by: customer.person.id,
            client_address: client,
        };
        store::acknowledgements::accept_once(conn, &acceptance, now)?;
    }
    Ok(())
}
