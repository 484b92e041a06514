//! Making a request of an account out of a manual draft, and out of its correction.

use chrono::NaiveDateTime;

use super::draft::Opened;
use crate::{
    domain::{
        channel::Channel,
        draft::{Answers, FilesChanged},
        loa::{SignerStep, WhoSigns},
        manual::{Consent, ManualRequest},
        moves::Mover,
        people::Person,
        request_sid::RequestSid,
        stage::Stage,
    },
    services::{
        house::House,
        loa::{
            make, plan,
            upload::{self, Scan},
        },
        note::Note,
        send_request::{self, Checked},
        sent_facts,
    },
    store::{
        self, Conn, StoreError,
        acknowledgements::Acceptance,
        loa_files::NewLoaFile,
        locations::Location,
        port_requests::{Changes, NewDraft, PortRequest},
    },
};

/// What was checked, as the guided request hands it on. The letter is signed already, by whom it names.
pub(super) fn whole(request: &ManualRequest) -> Checked {
    Checked {
        numbers: request.numbers.clone(),
        contact: request.contact.clone(),
        bill: request.bill,
        signer: SignerStep {
            who: WhoSigns::Paper,
            name: request.contact.contact_name.clone(),
            email: request.contact.authorized_email.clone(),
            title: None,
            note: None,
        },
    }
}

/// Puts a manual draft that was sent under `sid` before the desk. Gives the row of the request, about which nobody is
/// mailed before the mailbox is proven: the address may be mistyped.
pub(super) fn enter(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    location: &Location,
    sid: &RequestSid,
    request: &ManualRequest,
    now: NaiveDateTime,
) -> Result<i64, StoreError> {
    let (name, email) = (request.submitter.name.as_str(), request.submitter.email.as_str());
    let contact = store::users::add_contact(conn, location.account_id, sid, name, email, now)?;
    let contact = store::users::find(conn, contact)?.person();
    let new = NewDraft {
        account_id: location.account_id,
        location_id: location.id,
        sid: sid.clone(),
        channel: Channel::Manual,
        submitted_by: contact.id,
    };
    let id = store::port_requests::add_draft(conn, &new, now)?;
    store::drafts::add(conn, &house.vault, location.account_id, id, &Answers::default(), now)?;
    let stored = store::port_requests::get(conn, id)?;
    accept(conn, &stored, opened, contact.id, now)?;
    let filing = Filing { request: stored, location, contact, opened, checked: request, event: "sent" };
    filing.file(conn, house, now)?;
    Ok(id)
}

/// Sends a corrected request again, under the same SID.
pub(super) fn resubmit(
    conn: &mut Conn,
    house: &House,
    opened: &Opened,
    request: &PortRequest,
    checked: &ManualRequest,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let location = store::locations::find(conn, request.location_id)?;
    let (name, email) = (checked.submitter.name.as_str(), checked.submitter.email.as_str());
    store::users::update_contact(conn, request.submitted_by, name, email)?;
    let contact = store::users::find(conn, request.submitted_by)?.person();
    accept(conn, request, opened, contact.id, now)?;
    let request = store::port_requests::get(conn, request.id)?;
    let filing = Filing { request, location: &location, contact, opened, checked, event: "resubmitted" };
    filing.file(conn, house, now)?;
    send_request::put_letter(conn, house, &filing.request, None, now)
}

/// Notes what was agreed to with an attempt: at the moment of sending, which is before the mailbox is proven.
fn accept(
    conn: &mut Conn,
    request: &PortRequest,
    opened: &Opened,
    contact: i64,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let (answers, sent_at) = (&opened.draft.answers, opened.draft.sent_at.unwrap_or(now));
    for consent in Consent::ALL {
        let Some(text_version) = answers.consents.version(consent) else { continue };
        let acceptance = Acceptance {
            account_id: request.account_id,
            port_request_id: request.id,
            attempt: send_request::next_attempt(request),
            slug: consent.slug(),
            text_version,
            accepted_by: contact,
            client_address: &answers.sent_from,
        };
        store::acknowledgements::accept(conn, &acceptance, sent_at)?;
    }
    Ok(())
}

/// An attempt on its way to the desk.
struct Filing<'a> {
    request: PortRequest,
    location: &'a Location,
    contact: Person,
    opened: &'a Opened,
    checked: &'a ManualRequest,
    event: &'static str,
}

impl Filing<'_> {
    fn file(&self, conn: &mut Conn, house: &House, now: NaiveDateTime) -> Result<(), StoreError> {
        let (request, checked) = (&self.request, whole(self.checked));
        let attempt = send_request::next_attempt(request);
        let letter = self.opened.new_letter();
        let draft = make::draft(house, request, self.location, &checked, attempt, now);
        let plan = plan::plan(conn, house, request, self.location, draft, letter.is_some(), now)?;
        let to = request.stage.move_to(Stage::InReview, Mover::Requester).map_err(|_refused| StoreError::Stale)?;
        store::port_requests::set_stage(conn, request, to, &Changes::default(), now)?;
        let mut answers = send_request::kept_answers(&self.opened.draft.answers.request, now);
        answers.memory.files = FilesChanged::default();
        let numbers = send_request::to_port(&checked, &answers, now);
        store::numbers::replace(conn, &house.vault, request, &numbers)?;
        self.add_documents(conn, now)?;
        sent_facts::write(conn, house, &self.contact, request, &checked, attempt, now)?;
        store::drafts::save(conn, &house.vault, request.id, &answers, now)?;
        Note::open(self.event, "").moving_to(to).write(conn, request, &self.contact, now)?;
        let loa = plan::carry_out(conn, house, request, self.location, &self.contact, plan, now)?;
        if let Some(file) = letter {
            let file = NewLoaFile::uploaded(file.object_key.clone(), file.size, file.sha256.clone());
            let scan = Scan { letter: loa.id, file, signed_on: self.checked.signed_on };
            upload::put(conn, house, &loa, &self.contact, &scan, now)?;
        }
        Ok(())
    }

    fn add_documents(&self, conn: &mut Conn, now: NaiveDateTime) -> Result<(), StoreError> {
        let kept = self.opened.corrected.iter().flat_map(|it| &it.documents);
        let mut files: Vec<String> = kept.map(|document| document.public_id.clone()).collect();
        for bill in self.opened.new_bills() {
            store::documents::add(conn, &self.request, &bill.as_document(), now)?;
            files.push(bill.public_id.clone());
        }
        store::documents::note_sent(conn, self.request.id, &files, now)
    }
}
