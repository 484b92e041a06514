//! What the verification page says about a letter, in words.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, HeaderName, HeaderValue},
};

use super::VerifyPage;
use crate::{
    domain::{loa::ClientFacts, time_zone},
    services::loa::verify::{Standing, Told},
    store::loas::Loa,
    web::{app::App, form::Form, frame::Frame, page},
};

/// How many endings of numbers are shown at once.
const ENDINGS: usize = 60;

/// What was found.
pub struct Answer {
    /// `ok`, `warn` or `danger`.
    pub kind: &'static str,
    pub title: &'static str,
    pub text: String,
    pub rows: Vec<(&'static str, String)>,
    /// What the check of a file found, line by line.
    pub checks: Vec<(bool, String)>,
}

impl Answer {
    /// Nobody knows of such a letter, or the check code is another one: both look the same.
    pub fn unknown() -> Self {
        Self {
            kind: "danger",
            title: "No such letter",
            text: "We made no letter with this LOA ID and check code. Compare both with the letter, letter by letter."
                .to_owned(),
            rows: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// Nothing was looked up: this network has asked too often.
    pub fn too_many(minutes: i64) -> Self {
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        let text = format!("Nothing was looked up. Wait {minutes} {unit}, then try again.");
        Self { kind: "warn", title: "There were too many tries", text, rows: Vec::new(), checks: Vec::new() }
    }

    /// What is told about a letter.
    pub fn of(app: &App, told: &Told) -> Self {
        let (kind, title, text) = words(told.standing);
        let mut rows = vec![
            ("LOA ID", told.loa_id.to_string()),
            ("Version", told.version.to_string()),
            ("Authorized company", told.provider.clone()),
            ("Numbers", told.number_count.to_string()),
            ("They end in", endings(told)),
            ("Signer", told.signer.clone()),
            ("Content hash", told.content_hash.clone()),
        ];
        match (told.signed_at, told.signed_on) {
            (Some(at), Some(on)) if told.on_paper => {
                rows.insert(2, ("Uploaded", app.house.desk_zone.moment(at)));
                rows.insert(2, ("Date on the letter", time_zone::day_with_year(on)));
            }
            (Some(at), _) if told.standing != Standing::Void => {
                rows.insert(2, ("Signed", app.house.desk_zone.moment(at)));
            }
            _ => {}
        }
        rows.extend(told.sha256.iter().map(|sha| ("SHA-256 of the signed PDF", sha.clone())));
        rows.extend(told.sealed_by.iter().map(|by| ("Sealed by the certificate", by.clone())));
        Self { kind, title, text: text.to_owned(), rows, checks: Vec::new() }
    }
}

fn words(standing: Standing) -> (&'static str, &'static str, &'static str) {
    match standing {
        Standing::Valid => ("ok", "This letter stands", "It was signed and sealed here, and nothing has replaced it."),
        Standing::Uploaded => (
            "ok",
            "This letter stands",
            "It was signed on paper and uploaded. It was not signed electronically here, so only its paper proves who signed.",
        ),
        Standing::Unsigned => {
            ("warn", "Nobody has signed this letter yet", "Without a signature it authorizes nothing.")
        }
        Standing::Unsealed => (
            "warn",
            "This letter is signed, and its seal is being made",
            "Look again in a few minutes: until then the PDF proves nothing.",
        ),
        Standing::Canceled => (
            "danger",
            "This letter does not count any more",
            "It was signed, and the request to move the numbers was canceled since.",
        ),
        Standing::Superseded => (
            "warn",
            "A newer letter has replaced this one",
            "It was signed once. The request to move the numbers goes on with the newer letter only.",
        ),
        Standing::Void => {
            ("danger", "This letter does not count", "It was withdrawn, declined, or not signed in time.")
        }
    }
}

fn endings(told: &Told) -> String {
    let shown: Vec<String> = told.endings.iter().take(ENDINGS).map(|ending| format!("••{ending}")).collect();
    let more = told.endings.len().saturating_sub(ENDINGS);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// The page with or without an answer.
pub(super) fn page(app: &App, req: &HttpRequest, form: Form, answer: Option<Answer>) -> VerifyPage {
    let frame = page::frame(app, req);
    VerifyPage {
        brand: frame.brand.name.clone(),
        frame: Frame { errors: form.has_errors(), ..frame },
        form,
        answer,
        fingerprints: app.sealer.fingerprints().iter().map(ToString::to_string).collect(),
    }
}

/// Search engines and shared caches have no business with these pages.
pub(super) fn keep_private(response: &mut HttpResponse) {
    let robots = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(robots, HeaderValue::from_static("noindex, nofollow"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// Writes into the letter's chain that somebody looked it up; a visitor is answered all the same if that fails.
pub(super) async fn note(app: &App, loa: &Loa, client: ClientFacts) {
    let (id, now) = (loa.id, app.clock.now());
    let noted = app.store.write(move |conn| crate::services::loa::verify::note(conn, id, &client, now)).await;
    if let Err(error) = noted {
        tracing::error!(loa = id, %error, "a look at the verification page was not recorded");
    }
}
