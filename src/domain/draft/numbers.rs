//! Step 2, what the form sent: carrier, account, numbers and PINs, exactly as typed.

use std::collections::BTreeMap;
use std::fmt;

use super::pairs::{pair, tick, ticked, value};

/// What the form of the account and numbers sent. `Debug` shows no secret.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NumbersAnswers {
    pub name: String,
    pub losing_carrier: String,
    pub account_number: String,
    pub account_pin: String,
    pub btn: String,
    /// Whom the person pays: `carrier`, `reseller` or nothing.
    pub payee: String,
    /// The reseller, if it is one.
    pub reseller: String,
    /// Landline, voice-over-IP and toll-free numbers, pasted in any form; never rewritten but by the person's own moves.
    pub landline: String,
    pub ranges_confirmed: bool,
    pub wireless: Vec<WirelessAnswer>,
    pub one_pin: bool,
    pub shared_pin: String,
    /// `pin` or `ssn`, as of each wireless row.
    pub shared_kind: String,
    /// `all`, `some`, `unknown` or nothing.
    pub scope: String,
    pub new_btn: String,
    /// The numbers that stay, pasted in any form.
    pub staying: String,
    /// Fields whose answer was a full SSN and was dropped before it was stored.
    pub(super) forgotten: Vec<String>,
}

/// One row of the wireless numbers. `Debug` shows no secret.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct WirelessAnswer {
    pub number: String,
    pub pin: String,
    /// `pin` or `ssn`.
    pub kind: String,
}

impl WirelessAnswer {
    /// Whether the person typed nothing into the row; such a row is left out.
    pub fn is_empty(&self) -> bool {
        self.number.trim().is_empty() && self.pin.trim().is_empty()
    }
}

impl NumbersAnswers {
    /// Reads what the form sent; gaps between the row numbers are closed.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let of = |name| value(pairs, name);
        Self {
            name: of("name"),
            losing_carrier: of("losing_carrier"),
            account_number: of("account_number"),
            account_pin: of("account_pin"),
            btn: of("btn"),
            payee: of("payee"),
            reseller: of("reseller"),
            landline: of("landline"),
            ranges_confirmed: ticked(pairs, "ranges_confirmed"),
            wireless: rows(pairs),
            one_pin: ticked(pairs, "one_pin"),
            shared_pin: of("shared_pin"),
            shared_kind: of("shared_kind"),
            scope: of("scope"),
            new_btn: of("new_btn"),
            staying: of("staying"),
            forgotten: Vec::new(),
        }
    }

    /// The answers as a form sends them, in the order of the page.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut pairs = vec![
            pair("name", &self.name),
            pair("losing_carrier", &self.losing_carrier),
            pair("account_number", &self.account_number),
            pair("account_pin", &self.account_pin),
            pair("btn", &self.btn),
            pair("payee", &self.payee),
            pair("reseller", &self.reseller),
            pair("landline", &self.landline),
        ];
        pairs.extend(tick("ranges_confirmed", self.ranges_confirmed));
        for (at, row) in self.wireless.iter().enumerate() {
            pairs.push(pair(&wireless_field(at, "number"), &row.number));
            pairs.push(pair(&wireless_field(at, "pin"), &row.pin));
            pairs.push(pair(&wireless_field(at, "kind"), &row.kind));
        }
        pairs.extend(tick("one_pin", self.one_pin));
        pairs.push(pair("shared_pin", &self.shared_pin));
        pairs.push(pair("shared_kind", &self.shared_kind));
        pairs.push(pair("scope", &self.scope));
        pairs.push(pair("new_btn", &self.new_btn));
        pairs.push(pair("staying", &self.staying));
        pairs
    }

    /// Adds an empty wireless row at the end and hands back its place.
    pub fn add_row(&mut self) -> usize {
        self.wireless.push(WirelessAnswer { kind: "pin".to_owned(), ..WirelessAnswer::default() });
        self.wireless.len() - 1
    }

    /// Takes a wireless row out, counted from 0; nothing if there is none.
    pub fn remove_row(&mut self, at: usize) -> Option<WirelessAnswer> {
        (at < self.wireless.len()).then(|| self.wireless.remove(at))
    }

    /// Puts a row that was removed back where it was, or at the end.
    pub fn insert_row(&mut self, at: usize, row: WirelessAnswer) {
        self.wireless.insert(at.min(self.wireless.len()), row);
    }
}

/// The name of a field in a wireless row, counted from 0: `wireless-0-pin`.
pub fn wireless_field(at: usize, part: &str) -> String {
    format!("wireless-{at}-{part}")
}

/// All rows that were sent, in the order of their numbers.
fn rows(pairs: &[(String, String)]) -> Vec<WirelessAnswer> {
    let mut rows: BTreeMap<u64, [Option<&str>; 3]> = BTreeMap::new();
    for (name, value) in pairs {
        let Some((at, part)) = name.strip_prefix("wireless-").and_then(|rest| rest.split_once('-')) else { continue };
        let plain = !at.is_empty() && at.chars().all(|c| c.is_ascii_digit());
        let Some(at) = plain.then(|| at.parse().ok()).flatten() else { continue };
        let parts = ["number", "pin", "kind"];
        let Some(place) = parts.iter().position(|known| *known == part) else { continue };
        if let Some(slot) = rows.entry(at).or_default().get_mut(place) {
            slot.get_or_insert(value);
        }
    }
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let rows = rows.into_values();
    rows.map(|[number, pin, kind]| WirelessAnswer { number: owned(number), pin: owned(pin), kind: owned(kind) })
        .collect()
}

impl fmt::Debug for NumbersAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NumbersAnswers")
            .field("name", &self.name)
            .field("losing_carrier", &self.losing_carrier)
            .field("landline", &self.landline)
            .field("wireless", &self.wireless)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for WirelessAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WirelessAnswer").field("number", &self.number).field("kind", &self.kind).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(name, value)| pair(name, value)).collect()
    }

    #[test]
    fn rows_keep_their_order_and_close_gaps() {
        let sent = pairs(&[
            ("wireless-10-number", "c"),
            ("wireless-2-number", "b"),
            ("wireless-2-pin", "1"),
            ("wireless-2-pin", "2"),
            ("wireless-0-kind", "ssn"),
            ("wireless-x-pin", "no"),
            ("wireless--pin", "no"),
            ("wireless-+1-pin", "no"),
            ("wireless-99999999999999999999999-pin", "no"),
            ("wireless-1-size", "no"),
        ]);
        let rows = NumbersAnswers::from_pairs(&sent).wireless;
        let told: Vec<_> = rows.iter().map(|row| (&*row.number, &*row.pin, &*row.kind)).collect();
        assert_eq!(told, [("", "", "ssn"), ("b", "1", ""), ("c", "", "")]);
    }

    #[test]
    fn rows_come_and_go() {
        let mut answers = NumbersAnswers::default();
        assert_eq!(answers.add_row(), 0);
        assert_eq!(answers.add_row(), 1);
        answers.wireless[1].number = "646 555 0187".to_owned();
        assert!(answers.remove_row(2).is_none());
        assert!(answers.remove_row(0).unwrap().is_empty());
        let row = answers.remove_row(0).unwrap();
        answers.insert_row(5, row.clone());
        assert_eq!(answers.wireless, [row]);
    }

    #[test]
    fn debug_prints_no_secret() {
        let answers = NumbersAnswers {
            account_number: "RW-448190-Q".to_owned(),
            account_pin: "7731".to_owned(),
            shared_pin: "8841".to_owned(),
            wireless: vec![WirelessAnswer { pin: "9952".to_owned(), ..WirelessAnswer::default() }],
            ..NumbersAnswers::default()
        };
        let printed = format!("{answers:?}");
        for secret in ["RW-448190-Q", "7731", "8841", "9952"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}
