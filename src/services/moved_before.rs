//! Numbers that moved here with an earlier request: told to whoever may know of it, and nothing is stopped.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use super::{draft, house::House};
use crate::{
    domain::{
        draft::Answers, findings::Findings, people::Customer, phone_number::PhoneNumber, request_sid::RequestSid,
    },
    store::{self, Conn, StoreError, numbers::MovedIn},
};

/// An earlier request with which some of these numbers moved here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub sid: RequestSid,
    /// In the order in which they were asked about.
    pub numbers: Vec<PhoneNumber>,
    /// When the first of them moved.
    pub moved_at: Option<NaiveDateTime>,
    account_id: i64,
    submitted_by: i64,
}

impl Earlier {
    /// "(585) 730-1234", "(585) 730-1234 and 2 more numbers".
    pub fn named(&self) -> String {
        let first = self.numbers.first().map(PhoneNumber::national).unwrap_or_default();
        match self.numbers.len() {
            ..=1 => first,
            2 => format!("{first} and 1 more number"),
            several => format!("{first} and {} more numbers", several - 1),
        }
    }

    /// Whether this customer may see the earlier request.
    pub fn is_visible(&self, customer: &Customer) -> bool {
        self.account_id == customer.account_id && (customer.is_owner() || self.submitted_by == customer.person.id)
    }
}

/// The earlier requests with which numbers moved here; those of `request` itself do not count.
pub fn of_numbers(conn: &mut Conn, request: i64, numbers: &[PhoneNumber]) -> Result<Vec<Earlier>, StoreError> {
    let moved = store::numbers::moved_with_others(conn, request, numbers)?;
    let mut by_number: HashMap<String, Vec<MovedIn>> = HashMap::new();
    for one in moved {
        by_number.entry(one.e164.clone()).or_default().push(one);
    }
    let mut earlier: Vec<Earlier> = Vec::new();
    for number in numbers {
        // What was typed twice is told once.
        for MovedIn { sid, account_id, submitted_by, ported_at, .. } in
            by_number.remove(number.as_str()).unwrap_or_default()
        {
            match earlier.iter_mut().find(|it| it.sid == sid) {
                Some(same) => same.numbers.push(number.clone()),
                None => earlier.push(Earlier {
                    sid,
                    numbers: vec![number.clone()],
                    moved_at: ported_at,
                    account_id,
                    submitted_by,
                }),
            }
        }
    }
    Ok(earlier)
}

/// Asks a customer once about numbers that moved here with a request that they may see.
pub fn warn(
    conn: &mut Conn,
    house: &House,
    customer: &Customer,
    request: i64,
    answers: &Answers,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let typed = draft::fields_of_numbers(house, answers);
    let numbers: Vec<PhoneNumber> = typed.iter().map(|(_, number)| number.clone()).collect();
    for earlier in of_numbers(conn, request, &numbers)?.iter().filter(|it| it.is_visible(customer)) {
        let field = typed.iter().find(|(_, number)| earlier.numbers.contains(number)).map(|(field, _)| field);
        let told = MovedBefore { numbers: earlier.named(), sid: earlier.sid.clone() };
        findings.warn(field.cloned().unwrap_or_default(), told);
    }
    Ok(())
}

#[derive(Debug, Clone, thiserror::Error)]
#[error("{numbers} moved here already, with request {sid}. Leave out what does not have to move again")]
struct MovedBefore {
    numbers: String,
    sid: RequestSid,
}
