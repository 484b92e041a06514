//! The request that a decision is about: what its page shows above the form, and what becomes of the form.

use actix_web::{HttpResponse, http::StatusCode};
use chrono::NaiveDateTime;

use super::{overtaken, place::Place, visit::Visit};
use crate::{
    domain::{findings::Findings, moves::Mover, people::Reviewer, request_sid::RequestSid, stage::Stage},
    services::{
        house::House,
        queue,
        review::{self, ReviewError, Seen},
        secrets_in_text::Secrets,
    },
    store::{self, Conn, StoreError, history::Event, locations::Location, port_requests::PortRequest, submit_tokens},
    vault::Token,
    web::{
        error::{WebError, WebResult},
        flash,
        form::Form,
        frame::Notice,
        now,
        pairs::Pairs,
    },
};

/// A request in front of a reviewer who decides about it.
#[derive(Debug, Clone)]
pub struct Case {
    pub request: PortRequest,
    pub location: Location,
    pub place: Place,
    /// What stands above the form when it could not be accepted as the request is now.
    pub conflict: Option<String>,
    history: Vec<Event>,
}

/// Where a reviewer goes on after a decision, with what was done.
pub enum After {
    /// Back to the place in the queue; the request's SID stands before the words.
    Queue(String),
    /// Back to the request.
    Request(String),
}

/// What became of a form.
pub enum Decided {
    /// Written: the way on.
    Done(HttpResponse),
    /// Not written: the page again, with the form as it came and this status.
    Not(Box<Case>, Form, StatusCode),
}

impl After {
    fn words(&self) -> &str {
        match self {
            Self::Queue(done) | Self::Request(done) => done,
        }
    }
}

impl Case {
    /// Loads a request as it is now.
    pub async fn load(at: &Visit, sid: &str, place: Place) -> WebResult<Self> {
        let sid = RequestSid::parse(sid).ok_or(WebError::NotFound)?;
        let load = move |conn: &mut Conn| {
            let request = review::find(conn, &sid)?;
            let location = store::locations::find(conn, request.location_id)?;
            let history = store::history::of_request(conn, request.id, false)?;
            Ok::<_, StoreError>(Self { request, location, place, conflict: None, history })
        };
        Ok(at.app.store.read(load).await?)
    }

    /// What a check found, and which of these texts would give away a secret of the request.
    pub async fn without_secrets<T>(
        &self,
        at: &Visit,
        texts: Vec<(String, String)>,
        checked: Result<T, Findings>,
    ) -> WebResult<Result<T, Findings>> {
        let (house, request) = (at.app.house.clone(), self.request.clone());
        let read = move |conn: &mut Conn| {
            let secrets = Secrets::of_request(conn, &house, &request)?;
            let told = texts.into_iter().filter_map(|(field, text)| Some((field, secrets.in_text(&text)?)));
            Ok::<_, StoreError>(told.collect::<Vec<_>>())
        };
        let told = at.app.store.read(read).await?;
        if told.is_empty() {
            return Ok(checked);
        }
        let mut findings = checked.err().unwrap_or_default();
        for (field, leak) in told {
            findings.error(field, leak);
        }
        Ok(Err(findings))
    }

    /// Decides, unless the form was wrong or somebody was quicker.
    pub async fn decide<T: Send + 'static>(
        self,
        at: &Visit,
        pairs: &Pairs,
        checked: Result<T, Findings>,
        after: After,
        work: impl FnOnce(&mut Conn, &House, &Seen<'_>, &Reviewer, T, NaiveDateTime) -> Result<(), ReviewError>
        + Send
        + 'static,
    ) -> WebResult<Decided> {
        let (mark, version) = (mark(at, pairs), self.request.version);
        if !self.is_current(pairs) {
            return self.overtaken(at, pairs, after).await;
        }
        let answers = match checked {
            Ok(answers) => answers,
            Err(findings) => return Ok(self.not(pairs, findings, StatusCode::UNPROCESSABLE_ENTITY)),
        };
        let (house, by, sid, now) = (at.app.house.clone(), at.reviewer.clone(), self.request.sid.clone(), at.now);
        let done = after.words().to_owned();
        let write = move |conn: &mut Conn| {
            submit_tokens::once(conn, &mark, now, |conn| {
                work(conn, &house, &Seen { sid: &sid, version }, &by, answers, now).map(|()| done)
            })
        };
        match at.app.store.write(write).await {
            Ok(done) => self.done(at, after, &done).await,
            Err(ReviewError::Store(StoreError::Stale)) => {
                Self::load(at, self.request.sid.as_str(), self.place).await?.overtaken(at, pairs, after).await
            }
            Err(ReviewError::Store(error)) => Err(error.into()),
            Err(refused) => Ok(self.conflict(pairs, format!("{refused}."))),
        }
    }

    /// The form came too late, unless it is the second half of a double click.
    async fn overtaken(self, at: &Visit, pairs: &Pairs, after: After) -> WebResult<Decided> {
        let mark = Token::from_client(&mark(at, pairs));
        let known = at.app.store.read(move |conn| submit_tokens::result_of(conn, &mark)).await?;
        if let Some(done) = known.filter(|_| self.is_next_after(pairs)) {
            return self.done(at, after, &done).await;
        }
        let told = overtaken::sentence(&self.history, &at.reviewer, &at.app.house.brand.name, at.now);
        Ok(self.conflict(pairs, told))
    }

    fn conflict(self, pairs: &Pairs, told: String) -> Decided {
        Self { conflict: Some(told), ..self }.not(pairs, Findings::default(), StatusCode::CONFLICT)
    }

    fn not(self, pairs: &Pairs, findings: Findings, status: StatusCode) -> Decided {
        Decided::Not(Box::new(self), Form::new(pairs.as_slice().to_vec(), findings), status)
    }

    async fn done(&self, at: &Visit, after: After, done: &str) -> WebResult<Decided> {
        Ok(Decided::Done(match after {
            After::Queue(_) => self.to_queue(at, done).await?,
            After::Request(_) => flash::see_other_with(&at.app, &self.href(), &Notice::ok(done))?,
        }))
    }

    /// Back to the place in the queue, with what was done and the request to go on with.
    async fn to_queue(&self, at: &Visit, done: &str) -> WebResult<HttpResponse> {
        let (place, decided) = (self.place.clone(), self.request.clone());
        let reviewer = at.reviewer.person.id;
        let next = move |conn: &mut Conn| queue::next(conn, place.view(), place.q(), &decided, reviewer);
        let told = format!("{done}.");
        let notice = match at.app.store.read(next).await? {
            None => Notice::ok(told),
            Some(next) => {
                let href = self.place.href(&format!("/desk/port-requests/{next}"));
                Notice::ok(format!("{told} Next:")).with_link(href, next.as_str())
            }
        };
        let notice = notice.about(self.href(), self.request.sid.as_str());
        flash::see_other_with(&at.app, &self.place.queue(), &notice)
    }

    /// The address of the request's page.
    pub fn href(&self) -> String {
        self.place.href(&self.path())
    }

    /// The address of a page below the request's, without the place: forms carry that themselves.
    pub fn path_of(&self, below: &str) -> String {
        format!("{}/{below}", self.path())
    }

    fn path(&self) -> String {
        format!("/desk/port-requests/{}", self.request.sid)
    }

    /// What the request is called, as its account reads it.
    pub fn name(&self) -> String {
        now::title_of(&self.request)
    }

    /// The losing carrier as it stands in sentences.
    pub fn carrier(&self) -> &str {
        if self.request.losing_carrier.is_empty() { "the carrier" } else { &self.request.losing_carrier }
    }

    /// Whether a form was read from the request as it is now.
    pub fn is_current(&self, pairs: &Pairs) -> bool {
        pairs.get("version").parse() == Ok(self.request.version)
    }

    /// Whether nothing but one change lies between a form and the request as it is now.
    fn is_next_after(&self, pairs: &Pairs) -> bool {
        pairs.get("version").parse() == Ok(self.request.version - 1)
    }

    /// Whether a reviewer may move the request there.
    pub fn allows(&self, to: Stage) -> bool {
        self.request.stage.allows(to, Mover::Reviewer)
    }

    /// The request when the move is allowed; a page that only leads to a refusal is not shown.
    pub fn open_for(self, to: Stage) -> WebResult<Self> {
        match self.request.stage.move_to(to, Mover::Reviewer) {
            Ok(_) => Ok(self),
            Err(refused) => Err(WebError::Conflict(format!("{refused}."))),
        }
    }
}

/// By what a form is known again: whose it is, the move, the version that was read, and every word that was written.
fn mark(at: &Visit, pairs: &Pairs) -> String {
    let written = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs.as_slice()).finish();
    let form = format!("{} {} {written}", at.reviewer.person.id, at.req.path());
    at.app.house.vault.keyed_hash("desk_form", &form)
}
