//! The draft behind the manual form: beginning it, opening it by its secret, and its files.

use chrono::NaiveDateTime;

use super::{STARTS, UPLOADS, UPLOADS_A_DAY};
use crate::{
    domain::{
        account_number::AccountNumber,
        area_codes::Countries,
        draft::{Answers, Rules},
        loa::LoaState,
        manual::{FilesKept, LocationLook, ManualAnswers},
        phone_number::NumberRules,
        rejection::RejectionReason,
        stage::Stage,
    },
    services::{documents::Attached, house::House},
    store::{
        self, Conn, StoreError,
        documents::{Document, NewDocument},
        loas::Loa,
        locations::Location,
        manual_drafts::ManualDraft,
        manual_files::{ManualFile, ManualFileKind},
        port_requests::PortRequest,
        rejections::Reason,
    },
    vault::Token,
};

/// Why something about a manual draft was not done.
#[derive(Debug, thiserror::Error)]
pub enum ManualError {
    /// It was sent, so its answers do not change any more.
    #[error("This request was sent")]
    Sent(Box<ManualDraft>),
    /// A save in the background that would overwrite what another tab saved.
    #[error("This form was changed in another tab")]
    OtherTab,
    /// Too many tries, and the minutes until the next one.
    #[error("There were too many tries just now. Try again in {}", crate::services::people::minutes(*.0))]
    Throttled(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Everything that the pages of the form show.
#[derive(Debug, Clone)]
pub struct Opened {
    pub draft: ManualDraft,
    /// Where the numbers go, as far as the Location ID is known.
    pub location: Option<Location>,
    pub files: Vec<ManualFile>,
    /// The rejected request that it corrects.
    pub corrected: Option<Corrected>,
}

/// A rejected request under correction.
#[derive(Debug, Clone)]
pub struct Corrected {
    pub request: PortRequest,
    /// Its documents, without those that were taken out here.
    pub documents: Vec<Document>,
    pub reasons: Vec<Reason>,
    /// The signed letter that came with it, while it counts.
    pub letter: Option<Loa>,
}

impl Corrected {
    /// Whether its letter counts no more: one of the reasons asks for another one.
    pub fn has_refused_letter(&self) -> bool {
        let mut reasons = self.reasons.iter().filter_map(|reason| RejectionReason::find(&reason.slug));
        self.letter.is_some() && reasons.any(RejectionReason::needs_new_upload)
    }
}

impl Opened {
    /// The rules for these answers at a moment: those of the location once it is known, and US numbers only.
    pub fn rules<'a>(&self, house: &'a House, now: NaiveDateTime) -> Rules<'a> {
        let zone = self.location.as_ref().map_or("", |location| location.time_zone.as_str());
        let rules = house.rules_in(zone, now);
        Rules { numbers: NumberRules { countries: Countries { canada: false }, ..rules.numbers }, ..rules }
    }

    /// Whether a newly signed letter came with these answers.
    pub fn new_letter(&self) -> Option<&ManualFile> {
        self.files.iter().find(|file| file.is_letter())
    }

    /// The new bills.
    pub fn new_bills(&self) -> impl Iterator<Item = &ManualFile> {
        self.files.iter().filter(|file| !file.is_letter())
    }

    /// Which files there are so far, those of the corrected request among them.
    pub fn files_kept(&self) -> FilesKept {
        let corrected = self.corrected.as_ref();
        FilesKept {
            letter: self.new_letter().is_some() || corrected.is_some_and(|it| it.letter.is_some()),
            bills: self.new_bills().count() + corrected.map_or(0, |it| it.documents.len()),
        }
    }

    /// Whether a mailed link leads here: mails are forwarded, so what was typed before is not all shown again.
    pub fn is_by_link(&self) -> bool {
        self.corrected.is_some() || self.draft.answers.mailbox_proven
    }

    /// The account number of these answers as far as it is shown, where it stands as it was and is not shown in full.
    pub fn masked_account_number(&self, answers: &Answers) -> Option<String> {
        let is_kept = self.is_by_link() && answers.is_account_number_saved();
        let typed = &answers.numbers.account_number;
        // What cannot be read is not shown to the next reader either.
        let masked = || AccountNumber::parse(typed).map_or_else(|_| "••••".to_owned(), |number| number.masked());
        (is_kept && !typed.is_empty()).then(masked)
    }

    /// The answers as they are checked: without a new letter, the day is that of the one that there is.
    pub fn answers(&self) -> ManualAnswers {
        let mut answers = self.draft.answers.clone();
        if self.new_letter().is_none() {
            let letter = self.corrected.as_ref().and_then(|it| it.letter.as_ref());
            // What the sender said of it, whatever the desk read.
            if let Some(day) = letter.and_then(|loa| loa.told_on.or(loa.signed_on)) {
                answers.take_signed_on(day);
            }
        }
        answers
    }
}

/// Begins a draft under a secret that its page made: a second press of the button finds the first one's.
pub fn start(
    conn: &mut Conn,
    house: &House,
    secret: &Token,
    network: &str,
    now: NaiveDateTime,
) -> Result<(), ManualError> {
    match store::manual_drafts::find_in_turn(conn, &house.vault, secret) {
        Ok(_) => return Ok(()),
        Err(StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    let client = house.vault.keyed_hash(STARTS.scope, network);
    if let Err(minutes) = store::throttle::note_allowed(conn, STARTS, &client, now)? {
        return Err(ManualError::Throttled(minutes));
    }
    store::manual_drafts::add(conn, &house.vault, secret, &ManualAnswers::default(), None, now)?;
    Ok(())
}

/// Counts a file of a client, or gives the minutes to wait where there were too many.
pub fn count_upload(
    conn: &mut Conn,
    house: &House,
    network: &str,
    now: NaiveDateTime,
) -> Result<Result<(), i64>, StoreError> {
    for limit in [UPLOADS, UPLOADS_A_DAY] {
        let client = house.vault.keyed_hash(limit.scope, network);
        if let Err(minutes) = store::throttle::note_allowed(conn, limit, &client, now)? {
            return Ok(Err(minutes));
        }
    }
    Ok(Ok(()))
}

/// Opens a draft by its secret.
pub fn open(conn: &mut Conn, house: &House, secret: &Token) -> Result<Opened, ManualError> {
    let draft = store::manual_drafts::find(conn, &house.vault, secret)?;
    load(conn, draft)
}

/// [`open`], with nobody else changing the draft until the transaction ends.
pub(super) fn open_to_change(conn: &mut Conn, house: &House, secret: &Token) -> Result<Opened, ManualError> {
    // The request's turn comes before the draft's, for everybody.
    if let Some(request) = store::manual_drafts::corrects(conn, secret)? {
        store::turns::of_request(conn, request)?;
    }
    let draft = store::manual_drafts::find_in_turn(conn, &house.vault, secret)?;
    load(conn, draft)
}

fn load(conn: &mut Conn, draft: ManualDraft) -> Result<Opened, ManualError> {
    if draft.sent_at.is_some() {
        return Err(ManualError::Sent(Box::new(draft)));
    }
    let corrected = match draft.corrects {
        Some(request) => Some(corrected(conn, request, &draft)?),
        None => None,
    };
    // The destination of a correction is that of its request, whatever its ID is now.
    let location = match &corrected {
        Some(corrected) => Some(store::locations::find(conn, corrected.request.location_id)?),
        None => location(conn, &draft.answers)?,
    };
    Ok(Opened { location, files: store::manual_files::of_draft(conn, draft.id)?, corrected, draft })
}

/// The location that the answers name, if there is one.
pub(super) fn location(conn: &mut Conn, answers: &ManualAnswers) -> Result<Option<Location>, StoreError> {
    let looked_for = answers.submitter.read_location().filter(|_| answers.location_look == LocationLook::Done);
    let Some(id) = looked_for else { return Ok(None) };
    match store::locations::by_location_id(conn, &id) {
        // A closed account takes no requests, and nobody outside is told why.
        Ok(location) => Ok(store::accounts::find(conn, location.account_id)?.active.then_some(location)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn corrected(conn: &mut Conn, request: i64, draft: &ManualDraft) -> Result<Corrected, ManualError> {
    let request = store::port_requests::get(conn, request)?;
    if request.stage != Stage::Rejected {
        // It was canceled, or sent again from another browser.
        return Err(ManualError::Sent(Box::new(draft.clone())));
    }
    let mut documents = store::documents::sent_with(conn, request.id)?;
    documents.retain(|it| draft.answers.request.memory.files.holds(&it.public_id, true));
    let letter = store::loas::newest(conn, request.id)?.filter(|loa| loa.state == LoaState::Uploaded);
    Ok(Corrected { documents, reasons: store::rejections::of_attempt(conn, &request)?, letter, request })
}

/// Adds a stored PDF to a draft; another letter takes the place of the one before.
pub fn attach(
    conn: &mut Conn,
    house: &House,
    secret: &Token,
    kind: ManualFileKind,
    new: &NewDocument,
    most: usize,
    now: NaiveDateTime,
) -> Result<Attached, ManualError> {
    let mut opened = open_to_change(conn, house, secret)?;
    if kind == ManualFileKind::Letter {
        store::manual_files::remove_letter(conn, opened.draft.id)?;
        return add(conn, house, &mut opened.draft, kind, new, now);
    }
    if let Some(same) = opened.new_bills().find(|bill| bill.sha256 == new.sha256) {
        return Ok(Attached::Merged(same.file_name.clone()));
    }
    if most <= opened.files_kept().bills {
        return Ok(Attached::Full);
    }
    add(conn, house, &mut opened.draft, kind, new, now)
}

/// Notes that there is another file: whoever looked through the form before has not seen it.
fn add(
    conn: &mut Conn,
    house: &House,
    draft: &mut ManualDraft,
    kind: ManualFileKind,
    new: &NewDocument,
    now: NaiveDateTime,
) -> Result<Attached, ManualError> {
    store::manual_files::add(conn, draft.id, kind, new, now)?;
    draft.answers.request.memory.note_files_change(draft.version + 1);
    store::manual_drafts::save(conn, &house.vault, draft.id, &draft.answers, now)?;
    Ok(Attached::Added)
}
