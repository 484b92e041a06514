//! Plays the scenes in the order of time: each calls the service that a page would call, then its letters are delivered.

use std::collections::HashMap;

use chrono::{Duration, NaiveDateTime};

use super::{
    DemoError, Workshop,
    answers::{self, Manner},
    bill::Bill,
    manual,
    people::People,
    plot::Act,
    signing,
    sketch::Sketch,
};
use crate::{
    clock::Clock,
    domain::{
        document::Door, draft::Step, findings::Findings, people::Customer, rejection::RejectionReason,
        request_sid::RequestSid,
    },
    files::{DocumentKey, Incoming},
    services::{
        cancel_request, complete_port,
        deliver_mail::{self, Sources},
        documents, draft,
        loa::{self, answer::Answer, clocks, tools::Tools},
        reject_request::{self, Chosen, Rejection},
        review::{self, Seen},
        send_request::{self, SendError},
    },
    store::{self, Conn, StoreError, documents::NewDocument},
    vault::Token,
};

/// How long the post takes.
const POST: Duration = Duration::seconds(8);
/// Where the people of the demonstration sit; documentation addresses (RFC 5737).
const CLIENT: &str = "203.0.113.24";

/// One act at its time.
pub struct Scene<'a> {
    pub at: NaiveDateTime,
    pub sketch: &'a Sketch,
    pub act: Act,
}

/// Plays all scenes; the letters are delivered soon after each.
pub async fn play(
    workshop: &Workshop<'_>,
    people: &People,
    scenes: &[Scene<'_>],
    now: NaiveDateTime,
) -> Result<(), DemoError> {
    let clock = Clock::set_to(now);
    let tools = Tools { clock: clock.clone(), ..workshop.tools.clone() };
    let mut sids = HashMap::new();
    for scene in scenes {
        clock.move_to(scene.at);
        let customer = people.asker(scene.sketch.asker);
        if let Act::SendManual { bill_date } = scene.act {
            let sid = manual::send(workshop, &tools, people, scene.sketch, bill_date, scene.at).await?;
            sids.insert(scene.sketch.index, sid);
            deliver_after(workshop, &tools, scene.at, now).await?;
            continue;
        }
        let document = match scene.act {
            Act::Upload { bill_date } => Some(keep(workshop, customer, &Bill::of(scene.sketch, bill_date)).await?),
            _ => None,
        };
        let stage = Stage { workshop, people, scene, customer, document };
        let sid = sids.get(&scene.sketch.index).cloned();
        let sid = tools.store.write_now(|conn| stage.perform(conn, sid))?;
        sign(&tools, scene, customer, &sid).await?;
        sids.insert(scene.sketch.index, sid);
        deliver_after(workshop, &tools, scene.at, now).await?;
    }
    Ok(())
}

async fn deliver_after(
    workshop: &Workshop<'_>,
    tools: &Tools,
    at: NaiveDateTime,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    tools.clock.move_to((at + POST).max(tools.clock.now()).min(now));
    deliver(workshop, tools).await
}

/// What signers and time do; everything else is done in the transaction before.
async fn sign(tools: &Tools, scene: &Scene<'_>, customer: &Customer, sid: &RequestSid) -> Result<(), DemoError> {
    let Scene { at, sketch, act } = scene;
    match act {
        Act::Sign => signing::sign(tools, sketch, customer, sid, *at).await,
        Act::Correction(what) => {
            let answer = Answer::Correction { what: (*what).to_owned() };
            signing::decline(tools, sketch, customer, sid, &answer, *at)
        }
        Act::UploadLetter => signing::upload(tools, customer, sid, *at).await,
        Act::Tend => {
            for loa in tools.store.read_now(|conn| clocks::due(conn, *at))? {
                tools.store.write_now(|conn| clocks::tend(conn, &tools.house, loa, *at))?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn deliver(workshop: &Workshop<'_>, tools: &Tools) -> Result<(), StoreError> {
    let Tools { store, house, files, clock, .. } = tools;
    let sources = Sources { store, files, house, clock };
    while deliver_mail::deliver_one(sources, workshop.post, workshop.sender).await? {}
    Ok(())
}

/// Takes a bill in as an upload is taken in.
async fn keep(workshop: &Workshop<'_>, customer: &Customer, bill: &Bill) -> Result<NewDocument, DemoError> {
    let (bytes, pages) = bill.pdf()?;
    let pdf = Pdf { name: bill.file_name(), bytes: &bytes, pages };
    let kept = keep_pdf(workshop, customer.account_id, &Door::IN_APP, pdf).await?;
    Ok(NewDocument { kind: "bill".to_owned(), uploaded_by: Some(customer.person.id), ..kept })
}

/// A PDF that somebody sends.
pub struct Pdf<'a> {
    pub name: String,
    pub bytes: &'a [u8],
    pub pages: i32,
}

/// Takes a PDF in as an upload is taken in.
pub async fn keep_pdf(
    workshop: &Workshop<'_>,
    account: i64,
    door: &Door,
    pdf: Pdf<'_>,
) -> Result<NewDocument, DemoError> {
    let mut incoming = Incoming::begin(workshop.incoming, door).await?;
    incoming.push(pdf.bytes).await?;
    let received = incoming.finish().await?;
    let key = DocumentKey::random(account)?;
    workshop.tools.files.keep(&key, &received).await?;
    Ok(NewDocument {
        public_id: Token::new().reveal().to_owned(),
        kind: String::new(),
        file_name: pdf.name,
        format: received.format().map_or("pdf", |format| format.code()).to_owned(),
        size: i64::try_from(received.size()).unwrap_or(i64::MAX),
        sha256: received.sha256_hex().to_owned(),
        pages: Some(pdf.pages),
        width: None,
        height: None,
        object_key: key.as_str().to_owned(),
        uploaded_by: None,
    })
}

/// What is needed to perform one scene in one transaction.
struct Stage<'a> {
    workshop: &'a Workshop<'a>,
    people: &'a People,
    scene: &'a Scene<'a>,
    customer: &'a Customer,
    document: Option<NewDocument>,
}

impl Stage<'_> {
    fn perform(&self, conn: &mut Conn, sid: Option<RequestSid>) -> Result<RequestSid, DemoError> {
        let (house, now) = (&*self.workshop.tools.house, self.scene.at);
        let Some(sid) = sid else {
            let location = self.people.location(self.scene.sketch.office)?;
            return Ok(draft::start(conn, house, self.customer, location, &Token::new(), now)?);
        };
        match &self.scene.act {
            Act::Start | Act::Sign | Act::Correction(_) | Act::UploadLetter | Act::Tend | Act::SendManual { .. } => {}
            Act::Confirm => manual::confirm(conn, house, &sid, now)?,
            Act::Fill { until, bill_date } => {
                let manner = Manner { until: *until, corrected: false, bill_date: *bill_date };
                self.fill(conn, &sid, manner)?;
            }
            Act::Upload { .. } => self.attach(conn, &sid)?,
            Act::Correct { bill_date } => {
                let manner = Manner { until: Step::Check, corrected: true, bill_date: *bill_date };
                self.fill(conn, &sid, manner)?;
            }
            Act::Send => send_request::send(conn, house, self.customer, &sid, now).map_err(|error| self.told(error))?,
            Act::Cancel(reason) => cancel_request::cancel(conn, house, self.customer, &sid, reason, now)?,
            _ => self.decide(conn, &sid)?,
        }
        Ok(sid)
    }

    fn fill(&self, conn: &mut Conn, sid: &RequestSid, manner: Manner) -> Result<(), DemoError> {
        let (house, now) = (&*self.workshop.tools.house, self.scene.at);
        draft::change(conn, house, self.customer, sid, now, |conn, open, answers| {
            let rules = open.rules(house, now);
            *answers = answers::type_in(self.scene.sketch, manner, &rules);
            if Step::Terms < manner.until {
                draft::accept_terms(conn, self.customer, &open.request, CLIENT, now)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    fn attach(&self, conn: &mut Conn, sid: &RequestSid) -> Result<(), DemoError> {
        let Some(document) = &self.document else { return Ok(()) };
        let (house, most) = (&*self.workshop.tools.house, Door::IN_APP.max_files);
        documents::attach(conn, house, self.customer, sid, document, most, self.scene.at)?;
        Ok(())
    }

    /// What the desk does.
    fn decide(&self, conn: &mut Conn, sid: &RequestSid) -> Result<(), DemoError> {
        let (house, now) = (&*self.workshop.tools.house, self.scene.at);
        let by = self.people.reviewer(self.scene.sketch.index);
        let request = review::find(conn, sid)?;
        let seen = Seen { sid, version: request.version };
        match &self.scene.act {
            Act::Take => review::assign(conn, &seen, by, Some(by.person.id), now)?,
            Act::LookAtSecrets => {
                review::reveal(conn, house, sid, by, now)?;
            }
            Act::Compare => {
                let letter = store::loas::newest(conn, request.id)?.ok_or(StoreError::NotFound)?;
                let day = letter.signed_on.ok_or(StoreError::NotFound)?;
                loa::desk::compare(conn, by, &seen, day, now)?;
            }
            Act::SendToCarrier => {
                let order = format!("ORD-{}", 4_410_000 + self.scene.sketch.index * 373);
                review::send_to_carrier(conn, house, &seen, by, &order, now)?;
            }
            Act::Describe(doing) => review::describe(conn, &seen, by, doing, now)?,
            Act::SetFoc(foc) => review::set_foc(conn, house, &seen, by, foc, now)?,
            Act::Reject { slug, carrier_words } => {
                let reason = RejectionReason::find(slug).ok_or(StoreError::NotFound)?;
                let chosen = vec![Chosen { reason, message: reason.message() }];
                let rejection = Rejection { chosen, carrier_words: (*carrier_words).to_owned() };
                reject_request::reject(conn, house, &seen, by, &rejection, now)?;
            }
            Act::Complete { all } => {
                let numbers = store::numbers::of_request(conn, request.id)?;
                let count = if *all { numbers.len() } else { numbers.len() / 2 };
                let moved: Vec<i64> = numbers.iter().take(count).map(|number| number.id).collect();
                complete_port::complete(conn, house, &seen, by, &moved, now)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Names what stops a request from being sent: the table of requests is wrong then.
    fn told(&self, error: SendError) -> DemoError {
        let SendError::Unfinished(steps) = error else { return error.into() };
        let errors = |findings: Findings| findings.errors.into_iter().map(|it| format!("{}: {}", it.field, it.text));
        let told: Vec<String> = steps.into_iter().flat_map(|(_, findings)| errors(findings)).collect();
        DemoError::Unfinished(self.scene.sketch.name, told.join("; "))
    }
}
