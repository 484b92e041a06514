//! What a reviewer does with a request: taking it, sending it to the losing carrier, noting the FOC, looking at secrets.

use chrono::NaiveDateTime;

use super::{
    house::House,
    loa::desk::{self, NotAuthorized},
    note::Note,
    notify::Told,
    send_request::CARRIER_TIME,
};
use crate::{
    domain::{
        foc::FocWindow,
        moves::{MoveRefused, Mover},
        people::Reviewer,
        rejection::RejectionError,
        request_sid::RequestSid,
        stage::Stage,
        time_zone,
    },
    mail::{Letter, letters},
    store::{
        self, Conn, StoreError,
        port_requests::{Changes, PortRequest},
    },
};

#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    #[error(transparent)]
    Move(#[from] MoveRefused),
    #[error(transparent)]
    Rejection(#[from] RejectionError),
    #[error(transparent)]
    Letter(#[from] NotAuthorized),
    #[error("The mailbox of its contact is not confirmed yet")]
    Unconfirmed,
    #[error("{number} is in request {sid}. One of the two has to end or leave the number out")]
    Held { number: String, sid: RequestSid },
    #[error("Select at least one number that moved")]
    NothingMoved,
    /// There is no current action of a carrier to describe.
    #[error("This request is {}, so there is nothing left to describe", .0.desk_label())]
    Ended(Stage),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A request as the reviewer saw it: everything they decide is decided on this version.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    pub sid: &'a RequestSid,
    pub version: i32,
}

/// Loads a request on the version that the reviewer saw.
pub fn load(conn: &mut Conn, seen: &Seen<'_>) -> Result<PortRequest, StoreError> {
    let request = find(conn, seen.sid)?;
    if request.version == seen.version { Ok(request) } else { Err(StoreError::Stale) }
}

/// [`load`], with nobody else changing the request or its letter until the transaction ends.
pub fn load_in_turn(conn: &mut Conn, seen: &Seen<'_>) -> Result<PortRequest, StoreError> {
    let request = find(conn, seen.sid)?;
    store::turns::of_request(conn, request.id)?;
    load(conn, seen)
}

/// Loads a request for the desk; drafts are not the desk's.
pub fn find(conn: &mut Conn, sid: &RequestSid) -> Result<PortRequest, StoreError> {
    let request = store::port_requests::find(conn, sid)?;
    if request.sent_at.is_some() { Ok(request) } else { Err(StoreError::NotFound) }
}

/// Takes a request, or gives it to a colleague, or to nobody.
pub fn assign(
    conn: &mut Conn,
    seen: &Seen<'_>,
    by: &Reviewer,
    to: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = load(conn, seen)?;
    let name = match to {
        Some(id) => {
            let colleague = store::users::find(conn, id)?;
            if !colleague.role.is_staff() || !colleague.is_active() {
                return Err(StoreError::NotFound.into());
            }
            colleague.name
        }
        None => "nobody".to_owned(),
    };
    store::port_requests::assign(conn, &request, to)?;
    Ok(Note::of_desk("assigned", &format!("Assigned to {name}")).write(conn, &request, &by.person, now)?)
}

/// Writes what the losing carrier is doing, as a second line that the customer reads.
pub fn describe(
    conn: &mut Conn,
    seen: &Seen<'_>,
    by: &Reviewer,
    text: &str,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    describe_with_order(conn, seen, by, text, None, now)
}

/// The same, and corrects the carrier's order number where the carrier has the order.
pub fn describe_with_order(
    conn: &mut Conn,
    seen: &Seen<'_>,
    by: &Reviewer,
    text: &str,
    order_number: Option<&str>,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = load(conn, seen)?;
    if request.stage.is_final() {
        return Err(ReviewError::Ended(request.stage));
    }
    let before = (request.current_action.as_str(), request.carrier_order_number.as_str());
    let order = order_number.filter(|_| request.stage.is_at_carrier()).unwrap_or(before.1);
    if before == (text, order) {
        return Ok(());
    }
    store::port_requests::set_current_action(conn, &request, text, order)?;
    if let Some(changed) = order_change(before.1, order) {
        Note::open("order_number_changed", &changed).write(conn, &request, &by.person, now)?;
    }
    let event = match (before.0, text) {
        (before, now) if before == now => return Ok(()),
        (_, "") => "description_removed",
        ("", _) => "described",
        _ => "description_changed",
    };
    Ok(Note::open(event, text).write(conn, &request, &by.person, now)?)
}

/// What the history says about another order number; the old one stays readable there.
fn order_change(before: &str, now: &str) -> Option<String> {
    match (before, now) {
        (before, now) if before == now => None,
        ("", now) => Some(format!("Carrier order number {now} added")),
        (before, "") => Some(format!("Carrier order number {before} taken away")),
        (before, now) => Some(format!("Carrier order number changed from {before} to {now}")),
    }
}

/// Sends a request to the losing carrier.
pub fn send_to_carrier(
    conn: &mut Conn,
    house: &House,
    seen: &Seen<'_>,
    by: &Reviewer,
    order_number: &str,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = load_in_turn(conn, seen)?;
    let to = request.stage.move_to(Stage::Submitted, Mover::Reviewer)?;
    // The table lets a carrier take its date back; that is another act than sending, and it is not built yet.
    if request.foc().is_some() {
        return Err(MoveRefused { from: request.stage, to }.into());
    }
    desk::authorized(conn, house, &request, now)??;
    if request.is_manual() {
        refuse_unfit(conn, &request, now)?;
    }
    let changes = Changes { carrier_order_number: Some(order_number.to_owned()), ..Changes::default() };
    store::port_requests::set_stage(conn, &request, to, &changes, now)?;
    store::numbers::set_open(conn, request.id, "submitted")?;
    let earlier = Some(request.carrier_order_number.as_str()).filter(|earlier| !earlier.is_empty());
    let other_order = earlier.and_then(|earlier| order_change(earlier, order_number)).unwrap_or_default();
    Note::open("sent_to_carrier", &other_order).moving_to(to).write(conn, &request, &by.person, now)?;
    let told = Told::load(conn, request.id)?;
    let sent_on = time_zone::day_with_year(house.zone(&told.location.time_zone).date(now));
    let facts = letters::SentToCarrier { request: told.facts(house), sent_on: &sent_on, carrier_time: CARRIER_TIME };
    let letter = letters::sent_to_carrier(&told.submitter.email, &facts);
    Ok(told.put(conn, &letter, now)?)
}

/// What the manual form did not tell a stranger: that the mailbox is nobody's yet, or that other requests hold numbers.
fn refuse_unfit(conn: &mut Conn, request: &PortRequest, now: NaiveDateTime) -> Result<(), ReviewError> {
    if request.confirmed_at.is_none() {
        return Err(ReviewError::Unconfirmed);
    }
    let open = store::numbers::open_of(conn, request.id)?;
    store::number_claims::claim_free(conn, request, &open, now)?;
    match store::number_claims::held_by_others(conn, request.id, &open)?.into_iter().next() {
        Some(held) => Err(ReviewError::Held { number: held.number, sid: held.sid }),
        None => Ok(()),
    }
}

/// Notes the date and window that the losing carrier committed to, for the first time or anew.
pub fn set_foc(
    conn: &mut Conn,
    house: &House,
    seen: &Seen<'_>,
    by: &Reviewer,
    foc: &FocWindow,
    now: NaiveDateTime,
) -> Result<(), ReviewError> {
    let request = load(conn, seen)?;
    let to = request.stage.move_to(Stage::FocScheduled, Mover::Reviewer)?;
    let changes = Changes { foc: Some(foc.clone()), ..Changes::default() };
    store::port_requests::set_stage(conn, &request, to, &changes, now)?;
    store::numbers::set_open(conn, request.id, "foc_scheduled")?;
    store::foc_windows::add(conn, &request, foc, by.person.id, now)?;
    // People read every date on the clocks of the place where the numbers ring.
    let zone = house.zone(&store::locations::find(conn, request.location_id)?.time_zone);
    let window = zone.window_with_year(foc.starts_at, foc.ends_at);
    let event = if request.foc().is_some() { "foc_changed" } else { "foc_set" };
    Note::open(event, &window).moving_to(to).write(conn, &request, &by.person, now)?;
    let told = Told::load(conn, request.id)?;
    let letter = foc_letter(&told, house, request.foc().as_ref(), &window);
    Ok(told.put(conn, &letter, now)?)
}

fn foc_letter(told: &Told, house: &House, old: Option<&FocWindow>, window: &str) -> Letter {
    let (to, request) = (&told.submitter.email, told.facts(house));
    let moving = usize::try_from(told.request.number_count - told.request.ported_count).unwrap_or(0);
    let Some(old) = old else {
        return letters::foc_confirmed(to, &letters::FocConfirmed { request, moving, window, calendar_url: None });
    };
    let zone = house.zone(&told.location.time_zone);
    let old_window = zone.window_with_year(old.starts_at, old.ends_at);
    let facts = letters::FocChanged { request, moving, window, old_window: &old_window, calendar_url: None };
    letters::foc_changed(to, &facts)
}

/// The secrets of a request, to be shown once.
#[derive(Clone, Default)]
pub struct Revealed {
    pub account_number: String,
    pub account_pin: Option<String>,
    /// Row id of the number, and its PIN or SSN digits.
    pub pins: Vec<(i64, String)>,
}

impl Revealed {
    /// What was looked at, for the history.
    fn told(&self) -> String {
        let account = self.account_pin.as_ref().map(|_| "the account PIN".to_owned());
        let numbers = match self.pins.len() {
            0 => None,
            1 => Some("the PIN of 1 number".to_owned()),
            count => Some(format!("the PINs of {count} numbers")),
        };
        match (account, numbers) {
            (None, None) => "Looked at the account number".to_owned(),
            (Some(one), None) | (None, Some(one)) => format!("Looked at the account number and {one}"),
            (Some(account), Some(numbers)) => format!("Looked at the account number, {account} and {numbers}"),
        }
    }
}

/// Opens the account number and PINs of a request for one response, and notes who looked.
pub fn reveal(
    conn: &mut Conn,
    house: &House,
    sid: &RequestSid,
    by: &Reviewer,
    now: NaiveDateTime,
) -> Result<Revealed, StoreError> {
    let request = find(conn, sid)?;
    let submission = store::submissions::newest(conn, request.id)?;
    let mut revealed = Revealed {
        account_number: submission.account_number(&house.vault)?,
        account_pin: submission.account_pin(&house.vault)?,
        pins: Vec::new(),
    };
    for number in store::numbers::of_request(conn, request.id)? {
        if let Some(pin) = number.pin(&house.vault)? {
            revealed.pins.push((number.id, pin));
        }
    }
    Note::of_desk("secrets_revealed", &revealed.told()).write(conn, &request, &by.person, now)?;
    Ok(revealed)
}
