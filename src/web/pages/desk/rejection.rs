//! Rejecting a request: coded reasons, each with the words that the customer reads.

use actix_web::{
    HttpResponse,
    web::{Path, Query},
};
use askama::Template;

use super::{
    case::{After, Case, Decided},
    place::Place,
    visit::Visit,
    words,
};
use crate::{
    domain::{
        channel::Channel,
        findings::Findings,
        rejection::{OTHER, Rejection, RejectionReason},
        stage::Stage,
    },
    mail::Letter,
    services::reject_request,
    web::{error::WebResult, form::Form, frame::Frame, page::Page as _, pairs::Pairs},
};

#[derive(Template)]
#[template(path = "desk/rejection.html")]
struct RejectionPage {
    frame: Frame,
    case: Case,
    form: Form,
    groups: Vec<ReasonGroup>,
    preview: Option<Preview>,
}

impl RejectionPage {
    fn can_reject(&self) -> bool {
        self.case.allows(Stage::Rejected)
    }
}

struct ReasonGroup {
    title: &'static str,
    hint: &'static str,
    reasons: Vec<ReasonRow>,
}

struct ReasonRow {
    reason: &'static RejectionReason,
    /// Id of its box; the first one of the form is plain, because errors lead to it.
    id: String,
    /// Field of its message.
    field: String,
}

/// The letter as the customer would get it.
struct Preview {
    to: String,
    subject: String,
    paragraphs: Vec<Vec<String>>,
}

/// GET /desk/port-requests/{sid}/rejection
pub async fn show(at: Visit, sid: Path<String>, place: Query<Place>) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, place.into_inner()).await?.open_for(Stage::Rejected)?;
    let texts = with_texts(Pairs::default(), case.request.channel);
    draw(&at, case, Form::unchecked(texts.into_vec()), None).ok()
}

/// POST /desk/port-requests/{sid}/rejection
pub async fn save(at: Visit, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let case = Case::load(&at, &sid, Place::of(&pairs)).await?;
    let pairs = with_texts(pairs, case.request.channel);
    let checked = case.without_secrets(&at, texts(&pairs), check(&pairs)).await?;
    let only_shown = pairs.get("do") == "preview" && case.is_current(&pairs) && case.allows(Stage::Rejected);
    if let Some(rejection) = checked.as_ref().ok().filter(|_| only_shown) {
        let preview = preview(&at, &case, rejection.clone()).await?;
        return draw(&at, case, Form::unchecked(pairs.into_vec()), Some(preview)).ok();
    }
    let after = After::Queue("rejected".to_owned());
    let decided = case
        .decide(&at, &pairs, checked, after, |conn, house, seen, by, rejection: Rejection, now| {
            reject_request::reject(conn, house, seen, by, &rejection, now)
        })
        .await?;
    match decided {
        Decided::Done(response) => Ok(response),
        Decided::Not(case, form, status) => draw(&at, *case, form, None).with_status(status),
    }
}

/// The pairs with the text of the library for each reason that has none yet.
fn with_texts(pairs: Pairs, channel: Channel) -> Pairs {
    let text = |reason: &RejectionReason| (Rejection::message_field(&reason.slug), reason.message_for(channel));
    let missing = RejectionReason::all().iter().map(text);
    let missing: Vec<_> = missing.filter(|(field, _)| !pairs.has(field)).collect();
    let mut all = pairs.into_vec();
    all.extend(missing);
    Pairs::new(all)
}

fn check(pairs: &Pairs) -> Result<Rejection, Findings> {
    let ticked: Vec<(&str, &str)> =
        pairs.all("reason").map(|slug| (slug, pairs.get(&Rejection::message_field(slug)))).collect();
    let (rejection, findings) = Rejection::read(ticked.into_iter(), pairs.get("carrier-words"));
    if findings.is_empty() { Ok(rejection) } else { Err(findings) }
}

/// Everything that the customer would read.
fn texts(pairs: &Pairs) -> Vec<(String, String)> {
    let messages = pairs.all("reason").map(Rejection::message_field);
    let fields: Vec<String> = messages.chain(["carrier-words".to_owned()]).collect();
    pairs.texts(fields.iter().map(String::as_str))
}

async fn preview(at: &Visit, case: &Case, rejection: Rejection) -> WebResult<Preview> {
    let (house, sid) = (at.app.house.clone(), case.request.sid.clone());
    let letter: Letter = at.app.store.read(move |conn| reject_request::preview(conn, &house, &sid, &rejection)).await?;
    Ok(Preview { to: letter.to, subject: letter.subject.to_string(), paragraphs: words::paragraphs(&letter.text) })
}

fn draw(at: &Visit, case: Case, form: Form, preview: Option<Preview>) -> RejectionPage {
    RejectionPage { frame: at.frame(form.has_errors()), groups: groups(), case, form, preview }
}

/// The reasons by where they are mended.
fn groups() -> Vec<ReasonGroup> {
    let at_step = |step: &'static str| {
        move |reason: &RejectionReason| reason.is_for_customer() && reason.step == step && reason.slug != OTHER
    };
    let desk_hint = "A rejection needs a reason of the customer’s besides. By themselves these stay with us or the \
                     carrier: describe the current action instead.";
    let mut groups = vec![
        group("Account and numbers", "", at_step("numbers")),
        group("Contact information", "", at_step("contact")),
        group("Bill", "", at_step("bill")),
        group("With the carrier", "", at_step("")),
        group("Ours or the carrier’s to settle", desk_hint, |reason| !reason.is_for_customer()),
        group("Anything else", "", |reason| reason.slug == OTHER),
    ];
    // Errors about all reasons lead to the first box.
    if let Some(first) = groups.first_mut().and_then(|group| group.reasons.first_mut()) {
        "reason".clone_into(&mut first.id);
    }
    groups
}

fn group(title: &'static str, hint: &'static str, belongs: impl Fn(&RejectionReason) -> bool) -> ReasonGroup {
    let row = |reason: &'static RejectionReason| ReasonRow {
        reason,
        id: format!("reason-{}", reason.slug),
        field: Rejection::message_field(&reason.slug),
    };
    ReasonGroup { title, hint, reasons: RejectionReason::all().iter().filter(|it| belongs(it)).map(row).collect() }
}
