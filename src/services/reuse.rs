//! What an earlier request to the same losing carrier holds already: its contact, and its bill while that is recent.

use chrono::NaiveDateTime;

use super::{documents, draft::OpenDraft, house::House};
use crate::{
    domain::{
        document::Door,
        draft::{Answers, BillAnswers, ContactAnswers, Step},
        people::Customer,
        request_sid::RequestSid,
    },
    store::{self, Conn, StoreError, documents::NewDocument, port_requests::PortRequest},
    vault,
};

/// The request from which a page that is still empty can be filled.
pub fn offered(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    page: Step,
    now: NaiveDateTime,
) -> Result<Option<RequestSid>, StoreError> {
    let answers = &open.draft.answers;
    let is_untouched = match page {
        Step::Contact => answers.contact == ContactAnswers::default(),
        Step::Bill => open.documents.is_empty() && answers.bill == BillAnswers::default(),
        _ => false,
    };
    if !is_untouched {
        return Ok(None);
    }
    let Some(earlier) = earlier(conn, customer, open)? else { return Ok(None) };
    let has_it = page == Step::Contact || bill_of(conn, house, open, &earlier, now)?.is_some();
    Ok(has_it.then_some(earlier.sid))
}

/// The newest request to the carrier of this one.
fn earlier(conn: &mut Conn, customer: &Customer, open: &OpenDraft) -> Result<Option<PortRequest>, StoreError> {
    let carrier = open.request.losing_carrier.as_str();
    if carrier.is_empty() {
        return Ok(None);
    }
    let found = store::port_requests::newest_from(conn, customer, carrier)?;
    Ok(found.filter(|found| found.id != open.request.id))
}

/// Fills what is empty on the contact page. The preferred date is the old request's own.
pub fn contact(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &mut Answers,
) -> Result<(), StoreError> {
    let Some(earlier) = earlier(conn, customer, open)? else { return Ok(()) };
    let known = store::drafts::find(conn, &house.vault, earlier.id)?.answers.as_sent().contact.clone();
    let mut pairs = answers.contact.to_pairs();
    fill(&mut pairs, known.to_pairs().into_iter().filter(|(name, _)| !name.starts_with("preferred-")));
    answers.contact = ContactAnswers::from_pairs(&pairs);
    Ok(())
}

/// Adds the files of the earlier bill, and fills what is empty about it.
pub fn bill(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    open: &OpenDraft,
    answers: &mut Answers,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let Some(earlier) = earlier(conn, customer, open)? else { return Ok(()) };
    let Some(known) = bill_of(conn, house, open, &earlier, now)? else { return Ok(()) };
    let mut pairs = answers.bill.to_pairs();
    fill(&mut pairs, known.to_pairs());
    answers.bill = BillAnswers::from_pairs(&pairs);
    let room = Door::IN_APP.max_files.saturating_sub(open.documents.len());
    let is_new = |sha256: &str| open.documents.iter().all(|there| there.sha256 != sha256);
    let files = store::documents::sent_with(conn, earlier.id)?;
    for file in files.into_iter().filter(|file| is_new(&file.sha256)).take(room) {
        let new = NewDocument {
            public_id: data_encoding::HEXLOWER.encode(&vault::random::<16>()),
            kind: String::new(),
            file_name: file.file_name,
            format: file.format,
            size: file.size,
            sha256: file.sha256,
            pages: file.pages,
            width: file.width,
            height: file.height,
            // The same bytes: they stay as long as one row names them.
            object_key: file.object_key,
            uploaded_by: Some(customer.person.id),
        };
        documents::add(conn, &open.request, answers, &new, now)?;
    }
    Ok(())
}

/// What was answered about the bill of an earlier request, if it has files and would be taken today.
fn bill_of(
    conn: &mut Conn,
    house: &House,
    open: &OpenDraft,
    earlier: &PortRequest,
    now: NaiveDateTime,
) -> Result<Option<BillAnswers>, StoreError> {
    if store::documents::sent_with(conn, earlier.id)?.is_empty() {
        return Ok(None);
    }
    let known = store::drafts::find(conn, &house.vault, earlier.id)?.answers.as_sent().bill.clone();
    let is_taken = known.check(&open.rules(house, now)).0.is_some();
    Ok(is_taken.then_some(known))
}

fn fill(pairs: &mut [(String, String)], from: impl IntoIterator<Item = (String, String)>) {
    for (name, known) in from {
        if let Some((_, value)) = pairs.iter_mut().find(|(other, value)| *other == name && value.trim().is_empty()) {
            *value = known;
        }
    }
}
