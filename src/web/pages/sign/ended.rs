//! What a link or a letter says that cannot be signed any more: why, who asked, and what to do now.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use super::visit::Visit;
use crate::{
    domain::{
        loa::{EndReason, LoaState},
        time_zone::TimeZone,
    },
    services::loa::{
        landing::{Landing, LinkState},
        seat::Seat,
    },
    store::loas::Loa,
    web::{error::WebResult, flash::see_other, frame::Frame, page::Page as _},
};

/// A page that leads nowhere but to a new link or to the copies.
#[derive(Template)]
#[template(path = "sign/ended.html")]
pub struct EndedPage {
    frame: Frame,
    title: String,
    lead: String,
    /// Where to post for a new link, and what the button says.
    fresh: Option<(String, &'static str)>,
    /// Where to post to get at the copies.
    open: Option<String>,
}

/// The page of a link that does not open its letter to be signed.
pub fn of_link(at: &Visit, landing: &Landing, token: &str) -> EndedPage {
    let (title, lead) = words(&landing.loa, landing.state, &landing.requester, landing.zone);
    let fresh = match landing.state {
        LinkState::Expired => Some("Ask for a new link"),
        LinkState::Replaced | LinkState::Withdrawn(EndReason::Edited | EndReason::TooOld) => {
            Some("Send me the newest link")
        }
        _ => None,
    };
    let has_copies = landing.state == LinkState::Signed && landing.loa.state != LoaState::Uploaded;
    EndedPage {
        frame: at.frame(false),
        title,
        lead,
        fresh: fresh.map(|label| (format!("/sign/{token}/fresh-link"), label)),
        open: has_copies.then(|| format!("/sign/{token}/open")),
    }
}

/// The page of a letter that ended while somebody sat before it; their own request tells its maker how.
pub fn answer(at: &Visit, seat: &Seat, status: StatusCode) -> WebResult<HttpResponse> {
    if let Some(own) = super::own_page(seat) {
        return Ok(see_other(&own));
    }
    let state = LinkState::of(&seat.loa, false, at.now);
    let (title, lead) = words(&seat.loa, state, &seat.requester.name, seat.zone);
    EndedPage { frame: at.frame(false), title, lead, fresh: None, open: None }.with_status(status)
}

fn words(loa: &Loa, state: LinkState, requester: &str, zone: TimeZone) -> (String, String) {
    let told = |title: &str, lead: String| (title.to_owned(), lead);
    match state {
        LinkState::Open | LinkState::Replaced => told(
            "A newer link was sent",
            format!(
                "Open the newest email about this letter; this link does not open any more. {requester} asked for the signature."
            ),
        ),
        LinkState::Expired => told(
            "This link expired",
            format!(
                "It expired on {}. Nobody signed in time, and nothing was moved. Ask {requester} for a new one.",
                zone.moment(loa.expires_at)
            ),
        ),
        LinkState::Signed if loa.state == LoaState::Uploaded => told(
            "This letter was signed on paper",
            format!("{requester} uploaded the signed letter. There is nothing left to do here."),
        ),
        LinkState::Signed => {
            let at = loa.signed_at.map(|at| format!(" on {}", zone.moment(at))).unwrap_or_default();
            told("This letter is already signed", format!("It was signed{at}. Open it to get the copies."))
        }
        LinkState::Declined => declined(loa, requester),
        LinkState::Withdrawn(reason) => withdrawn(reason, requester),
    }
}

fn declined(loa: &Loa, requester: &str) -> (String, String) {
    let (title, lead) = match EndReason::from_code(&loa.end_reason) {
        Some(EndReason::Correction) => (
            "A correction was asked for",
            format!(
                "{requester} was told what is wrong in the letter. When it is corrected, the signer gets a new email."
            ),
        ),
        Some(EndReason::WrongPerson) => {
            ("Another person is to sign", format!("{requester} was told, and decides who is asked next."))
        }
        Some(EndReason::Reported) => (
            "This request was reported",
            format!(
                "The letter was withdrawn, {requester} was told, and no more email about it is sent to this address."
            ),
        ),
        _ => ("Signing was declined", format!("{requester} was told. No number is moved by this letter.")),
    };
    (title.to_owned(), lead)
}

fn withdrawn(reason: EndReason, requester: &str) -> (String, String) {
    let (title, lead) = match reason {
        EndReason::Edited => (
            "The details changed",
            format!(
                "{requester} changed what the letter says, so this one does not count any more. The new letter has an email and a link of its own."
            ),
        ),
        EndReason::Canceled => {
            ("The move was canceled", format!("{requester} canceled it, so no signature is needed."))
        }
        EndReason::TooOld => (
            "The signature on this letter is too old",
            "The carrier wants a newer one, so there is a new letter with an email and a link of its own.".to_owned(),
        ),
        _ => (
            "This letter was withdrawn",
            format!("{requester} asked for the signature in another way, or asked somebody else."),
        ),
    };
    (title.to_owned(), lead)
}
