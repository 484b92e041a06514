//! What people without an account do in the demonstration: they fill the manual form, send it and confirm the mailbox.

use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::{
    DemoError, Workshop,
    answers::{self, Manner},
    bill::Bill,
    people::People,
    play::{Pdf, keep_pdf},
    signing,
    sketch::Sketch,
};
use crate::{
    domain::{
        document::Door,
        draft::Step,
        manual::{Consent, ConsentAnswers, ManualAnswers, ManualPage},
        request_sid::RequestSid,
    },
    services::{
        house::House,
        loa::tools::Tools,
        manual::{self, ManualError, Outcome, Pressed},
    },
    store::{self, Conn, StoreError, manual_files::ManualFileKind},
    vault::Token,
};

/// Fills the form and sends it, with a letter that was signed the day before.
pub async fn send(
    workshop: &Workshop<'_>,
    tools: &Tools,
    people: &People,
    sketch: &Sketch,
    bill_date: NaiveDate,
    at: NaiveDateTime,
) -> Result<RequestSid, DemoError> {
    let (house, secret) = (&*tools.house, Token::new());
    let location = people.location(sketch.office)?;
    let letter = signing::signed_by_hand(&house.press.blank(&house.provider()).map_err(unfinished(sketch))?)
        .map_err(unfinished(sketch))?;
    let letter = Pdf { name: "LOA signed.pdf".to_owned(), bytes: &letter, pages: 1 };
    let letter = keep_pdf(workshop, 0, &Door::MANUAL, letter).await?;
    let bill = Bill::of(sketch, bill_date);
    let (bytes, pages) = bill.pdf()?;
    let pdf = Pdf { name: bill.file_name(), bytes: &bytes, pages };
    let bill = keep_pdf(workshop, 0, &Door::MANUAL, pdf).await?;
    let signed_on = house.zone(&location.time_zone).date(at - Duration::days(1));
    tools.store.write_now(|conn| {
        // Each from a network of its own.
        manual::start(conn, house, &secret, &format!("198.51.100.{}", sketch.index), at)?;
        manual::attach(conn, house, &secret, ManualFileKind::Letter, &letter, Door::MANUAL.max_files, at)?;
        manual::attach(conn, house, &secret, ManualFileKind::Bill, &bill, Door::MANUAL.max_files, at)?;
        let draft = store::manual_drafts::find(conn, &house.vault, &secret)?;
        let mut answers = filled(sketch, bill_date, house, at);
        location.location_id.clone_into(&mut answers.submitter.location_id);
        answers.take_signed_on(signed_on);
        store::manual_drafts::save(conn, &house.vault, draft.id, &answers, at)?;
        let opened = manual::open(conn, house, &secret)?;
        for page in [ManualPage::Details, ManualPage::Numbers, ManualPage::Documents] {
            let findings = manual::of_page(conn, house, &opened, page, at)?;
            answers.request.note_shown(&findings);
        }
        store::manual_drafts::save(conn, &house.vault, draft.id, &answers, at)?;
        let mut consents = ConsentAnswers::default();
        for (consent, version, _) in manual::consent_texts(conn, at)? {
            match consent {
                Consent::Authority => consents.authority = Some(version),
                Consent::Impact => consents.impact = Some(version),
                Consent::KeepCarrier => consents.keep_carrier = Some(version),
            }
        }
        let pressed = Pressed { consents, seen: None, address: CLIENT, network: CLIENT };
        match manual::submit(conn, house, &secret, &pressed, at)? {
            Outcome::Sent => {}
            outcome => return Err(DemoError::Unfinished(sketch.name, format!("{outcome:?}"))),
        }
        match manual::open(conn, house, &secret) {
            Err(ManualError::Sent(draft)) => Ok(draft.sid.ok_or(StoreError::NotFound)?),
            _ => Err(StoreError::NotFound.into()),
        }
    })
}

/// From where the form was sent, an address of TEST-NET-2 (RFC 5737).
const CLIENT: &str = "198.51.100.7";

/// Confirms the mailbox of a request that was sent.
pub fn confirm(conn: &mut Conn, house: &House, sid: &RequestSid, at: NaiveDateTime) -> Result<(), StoreError> {
    let draft = store::manual_drafts::unconfirmed(conn, &house.vault, sid)?.ok_or(StoreError::NotFound)?;
    let token = Token::new();
    let mailbox = store::contact_links::mailbox(&house.vault, &draft.answers.submitter.email);
    store::contact_links::add_confirmation(conn, draft.id, &token, &mailbox, at)?;
    manual::confirm(conn, house, &token, at).map(drop)
}

/// What they type: as in the guided request, but for who writes.
fn filled(sketch: &Sketch, bill_date: NaiveDate, house: &House, at: NaiveDateTime) -> ManualAnswers {
    let manner = Manner { until: Step::Check, corrected: false, bill_date };
    let rules = house.rules_in(sketch.office.zone(), at);
    let mut request = answers::type_in(sketch, manner, &rules);
    request.numbers.name.clear();
    request.shown_warnings.clear();
    let mut answers = ManualAnswers { request, ..ManualAnswers::default() };
    let contact = &answers.request.contact;
    answers.submitter.name.clone_from(&contact.contact_name);
    answers.submitter.email.clone_from(&contact.authorized_email);
    let is_business = !contact.business_name.is_empty();
    answers.submitter.legal_name =
        if is_business { contact.business_name.clone() } else { contact.contact_name.clone() };
    answers
}

fn unfinished<E: std::fmt::Display>(sketch: &Sketch) -> impl FnOnce(E) -> DemoError + use<E> {
    let name = sketch.name;
    move |error| DemoError::Unfinished(name, error.to_string())
}
