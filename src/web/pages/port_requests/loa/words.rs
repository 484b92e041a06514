//! A letter in the words of its requester: how it stands, since when, and how old its signature is.

use chrono::NaiveDateTime;

use crate::{
    domain::{
        loa::{AgeLimits, EndReason, LoaMode, LoaState, SignatureAge},
        stage::Stage,
        time_zone,
    },
    services::{
        house::House,
        loa::{paper, plan},
    },
    store::{loa_files::LoaFile, loas::Loa, locations::Location},
    web::{now::Clocks, pages::signed_loa},
};

/// A letter as a page shows it.
#[derive(Debug, Clone)]
pub struct LetterLine {
    pub loa_id: String,
    pub signer: String,
    /// Look of the tag, and its word.
    pub look: &'static str,
    pub state: &'static str,
    /// "Signed on Nov 24, 2026" and the like.
    pub when: String,
    /// In the words of whoever ended it.
    pub words: Option<String>,
    /// "Signed 12 days ago; carriers take it for 30 days", while that matters.
    pub age: Option<String>,
    /// Addresses of its PDFs with their names.
    pub files: Vec<(String, &'static str)>,
}

/// The newest letter of a request, with its PDFs and its age.
pub fn newest(
    house: &House,
    loa: &Loa,
    (location, stage): (&Location, Stage),
    href: &str,
    clocks: Clocks,
    now: NaiveDateTime,
) -> LetterLine {
    let matters = !stage.is_at_carrier() && !stage.is_final() && loa.state.is_signed();
    let age = matters.then(|| plan::age(house, loa, location, now)).flatten();
    let file = |(name, label): (&str, &'static str)| (format!("{href}/loa/{name}"), label);
    LetterLine {
        age: age.map(|age| age_in_words(age, AgeLimits::of(loa.toll_free))),
        files: files(house, loa).into_iter().map(file).collect(),
        ..line(loa, clocks)
    }
}

/// A letter that counts no longer, with its PDFs if somebody signed it.
pub fn ended(loa: &Loa, files: &[LoaFile], clocks: Clocks) -> LetterLine {
    LetterLine { files: signed_loa::links(loa, files), ..line(loa, clocks) }
}

fn line(loa: &Loa, clocks: Clocks) -> LetterLine {
    LetterLine {
        loa_id: loa.loa_id.to_string(),
        signer: loa.signer_name.clone(),
        look: look(loa.state),
        state: state(loa),
        when: when(loa, clocks),
        words: Some(loa.end_note.clone()).filter(|note| !note.is_empty()),
        age: None,
        files: Vec::new(),
    }
}

/// The word for where a letter stands; a signer who does not sign may have said other things than no.
fn state(loa: &Loa) -> &'static str {
    match EndReason::from_code(&loa.end_reason) {
        Some(EndReason::Correction) => "Correction asked",
        Some(EndReason::WrongPerson) => "Not the right person",
        Some(EndReason::Reported) => "Reported",
        _ => loa.state.label(),
    }
}

fn look(state: LoaState) -> &'static str {
    match state {
        LoaState::Pending | LoaState::Signed => "in-review",
        LoaState::Sealed | LoaState::Uploaded => "completed",
        LoaState::Declined | LoaState::Expired => "rejected",
        LoaState::Voided | LoaState::Superseded => "canceled",
    }
}

/// The PDFs that a letter has for its owner.
pub fn files(house: &House, loa: &Loa) -> Vec<(&'static str, &'static str)> {
    match loa.state {
        LoaState::Sealed => vec![("signed.pdf", "Signed letter"), ("certificate.pdf", "Certificate of signing")],
        LoaState::Uploaded => vec![("uploaded.pdf", "Uploaded letter")],
        LoaState::Pending if paper::is_printable(house, loa).unwrap_or_default() => {
            vec![("letter.pdf", "Unsigned letter")]
        }
        _ => Vec::new(),
    }
}

fn when(loa: &Loa, clocks: Clocks) -> String {
    let signed = loa.signed_on.map(time_zone::day_with_year).unwrap_or_default();
    let ended = loa.ended_at.map(|at| clocks.day(at)).unwrap_or_default();
    match loa.state {
        LoaState::Pending if loa.mode == LoaMode::Remote => {
            format!("Asked on {}, until {}", clocks.day(loa.asked_at), clocks.day(loa.expires_at))
        }
        LoaState::Pending => format!("Made on {}, until {}", clocks.day(loa.created_at), clocks.day(loa.expires_at)),
        LoaState::Signed | LoaState::Sealed => format!("Signed on {signed}"),
        LoaState::Uploaded => {
            let uploaded = loa.signed_at.map(|at| clocks.day(at)).unwrap_or_default();
            format!("Signed on {signed}, uploaded on {uploaded}. Uploaded, not e-signed here")
        }
        _ => format!("{} on {ended}", reason(loa)),
    }
}

fn reason(loa: &Loa) -> &'static str {
    match EndReason::from_code(&loa.end_reason) {
        Some(EndReason::Declined) => "Declined by the signer",
        Some(EndReason::Correction) => "Sent back with a correction",
        Some(EndReason::WrongPerson) => "Sent back by the wrong person",
        Some(EndReason::Reported) => "Reported as unknown",
        Some(EndReason::Edited) => "Replaced because the details changed,",
        Some(EndReason::Replaced) => "Replaced by another way to sign",
        Some(EndReason::Canceled) => "Withdrawn with the request",
        Some(EndReason::Expired) => "Ended unsigned",
        Some(EndReason::TooOld) => "Replaced because the signature was too old,",
        None => "Ended",
    }
}

/// How old a signature is.
pub fn age_in_words(age: SignatureAge, limits: AgeLimits) -> String {
    let longest = limits.longest();
    let signed = match age.days() {
        0 => "Signed today".to_owned(),
        1 => "Signed 1 day ago".to_owned(),
        days => format!("Signed {days} days ago"),
    };
    match age {
        SignatureAge::Fresh(_) => format!("{signed}; carriers take it for {longest} days"),
        SignatureAge::Aging(_) => {
            format!("{signed}; some carriers want a newer one, and none takes it after {longest} days")
        }
        SignatureAge::TooOld(_) => format!("{signed}; carriers take {longest} days, so it has to be signed again"),
    }
}
