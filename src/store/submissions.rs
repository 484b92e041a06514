//! The facts of each attempt, as they were sent.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Conn, StoreError, StoreResult, port_requests::PortRequest, schema::submissions};
use crate::{domain::phone_number::PhoneNumber, vault::Vault};

/// The facts that were sent, ready to be shown; the secrets stay sealed until they are asked for.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = submissions)]
pub struct Submission {
    pub id: i64,
    pub port_request_id: i64,
    pub attempt: i32,
    pub sent_at: NaiveDateTime,
    pub losing_carrier: String,
    account_number: Vec<u8>,
    /// Empty once it was erased, so that it still shows that there was one.
    account_pin: Option<Vec<u8>>,
    pub btn: Option<String>,
    /// The company that the customer pays, where that is not the carrier.
    pub reseller: Option<String>,
    /// `all`, `some` or `unknown`.
    pub scope: String,
    pub new_btn: Option<String>,
    staying: String,
    pub account_type: String,
    pub business_name: Option<String>,
    pub contact_name: String,
    pub authorized_email: String,
    pub street: String,
    pub unit: Option<String>,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub preferred_date: Option<NaiveDate>,
    pub proof: String,
    pub bill_date: NaiveDate,
}

impl Submission {
    /// The account number with the losing carrier.
    pub fn account_number(&self, vault: &Vault) -> StoreResult<String> {
        open(vault, &number_place(self.port_request_id, self.attempt), &self.account_number)
    }

    /// The numbers that stay, as far as they were told.
    pub fn staying(&self) -> Vec<PhoneNumber> {
        self.staying.split(' ').filter_map(PhoneNumber::from_stored).collect()
    }

    /// Whether a PIN of the account was sent, erased or not.
    pub fn had_account_pin(&self) -> bool {
        self.account_pin.is_some()
    }

    /// Whether the PIN of the account is stored.
    pub fn has_account_pin(&self) -> bool {
        self.account_pin.as_ref().is_some_and(|sealed| !sealed.is_empty())
    }

    /// The PIN of the account, where the losing carrier uses one.
    pub fn account_pin(&self, vault: &Vault) -> StoreResult<Option<String>> {
        let place = pin_place(self.port_request_id, self.attempt);
        let stored = self.account_pin.as_deref().filter(|sealed| !sealed.is_empty());
        stored.map(|sealed| open(vault, &place, sealed)).transpose()
    }
}

/// The facts of an attempt that is being sent.
#[derive(Debug, Clone)]
pub struct NewSubmission<'a> {
    pub attempt: i32,
    pub sent_by: i64,
    pub losing_carrier: &'a str,
    pub account_number: &'a str,
    pub account_pin: Option<&'a str>,
    pub btn: Option<&'a str>,
    pub reseller: Option<&'a str>,
    pub scope: &'a str,
    pub new_btn: Option<&'a str>,
    pub staying: &'a [PhoneNumber],
    pub account_type: &'a str,
    pub business_name: Option<&'a str>,
    pub contact_name: &'a str,
    pub authorized_email: &'a str,
    pub street: &'a str,
    pub unit: Option<&'a str>,
    pub city: &'a str,
    pub state: &'a str,
    pub postal_code: &'a str,
    pub preferred_date: Option<NaiveDate>,
    pub proof: &'a str,
    pub bill_date: NaiveDate,
}

fn number_place(request: i64, attempt: i32) -> String {
    format!("submissions.account_number:{request}:{attempt}")
}

fn pin_place(request: i64, attempt: i32) -> String {
    format!("submissions.account_pin:{request}:{attempt}")
}

fn open(vault: &Vault, place: &str, sealed: &[u8]) -> StoreResult<String> {
    let plain = vault.open(place, sealed).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    String::from_utf8(plain).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Stores the facts of an attempt. `Taken` when this attempt was sent already.
pub fn add(
    conn: &mut Conn,
    vault: &Vault,
    request: &PortRequest,
    new: &NewSubmission<'_>,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let number = vault.seal(&number_place(request.id, new.attempt), new.account_number.as_bytes());
    let staying: Vec<&str> = new.staying.iter().map(PhoneNumber::as_str).collect();
    let pin = new.account_pin.map(|pin| vault.seal(&pin_place(request.id, new.attempt), pin.as_bytes()));
    diesel::insert_into(submissions::table)
        .values((
            (
                submissions::account_id.eq(request.account_id),
                submissions::port_request_id.eq(request.id),
                submissions::attempt.eq(new.attempt),
                submissions::sent_by.eq(new.sent_by),
                submissions::sent_at.eq(now),
                submissions::losing_carrier.eq(new.losing_carrier),
                submissions::account_number.eq(number),
                submissions::account_pin.eq(pin),
                submissions::btn.eq(new.btn),
                submissions::reseller.eq(new.reseller),
                submissions::scope.eq(new.scope),
                submissions::new_btn.eq(new.new_btn),
                submissions::staying.eq(staying.join(" ")),
            ),
            (
                submissions::account_type.eq(new.account_type),
                submissions::business_name.eq(new.business_name),
                submissions::contact_name.eq(new.contact_name),
                submissions::authorized_email.eq(new.authorized_email),
                submissions::street.eq(new.street),
                submissions::unit.eq(new.unit),
                submissions::city.eq(new.city),
                submissions::state.eq(new.state),
                submissions::postal_code.eq(new.postal_code),
                submissions::preferred_date.eq(new.preferred_date),
                submissions::proof.eq(new.proof),
                submissions::bill_date.eq(new.bill_date),
            ),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes the facts of an attempt away, so that changed ones can stand in their place.
pub fn remove(conn: &mut Conn, port_request: i64, attempt: i32) -> StoreResult<()> {
    let of_attempt = submissions::table
        .filter(submissions::port_request_id.eq(port_request))
        .filter(submissions::attempt.eq(attempt));
    diesel::delete(of_attempt).execute(conn)?;
    Ok(())
}

/// The facts of the newest attempt.
pub fn newest(conn: &mut Conn, port_request: i64) -> StoreResult<Submission> {
    Ok(submissions::table
        .filter(submissions::port_request_id.eq(port_request))
        .order(submissions::attempt.desc())
        .select(Submission::as_select())
        .first(conn)?)
}

/// The facts of every attempt, oldest first.
pub fn of_request(conn: &mut Conn, port_request: i64) -> StoreResult<Vec<Submission>> {
    Ok(submissions::table
        .filter(submissions::port_request_id.eq(port_request))
        .order(submissions::attempt.asc())
        .select(Submission::as_select())
        .load(conn)?)
}

/// The date of the newest bill of each of these requests.
pub fn bill_dates(conn: &mut Conn, port_requests: &[i64]) -> StoreResult<Vec<(i64, NaiveDate)>> {
    // In the order of attempts: for a request that comes twice, the last pair counts.
    Ok(submissions::table
        .filter(submissions::port_request_id.eq_any(port_requests.to_vec()))
        .order(submissions::attempt.asc())
        .select((submissions::port_request_id, submissions::bill_date))
        .load(conn)?)
}

/// Erases the account PINs of every attempt of a request.
pub fn erase_pins(conn: &mut Conn, port_request: i64) -> StoreResult<()> {
    let with_pin = submissions::table
        .filter(submissions::port_request_id.eq(port_request))
        .filter(submissions::account_pin.is_not_null());
    diesel::update(with_pin).set(submissions::account_pin.eq(Some(Vec::new()))).execute(conn)?;
    Ok(())
}
