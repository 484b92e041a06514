//! What people call the fields of the wizard, and the answers that forms send as codes.

use crate::domain::{
    acknowledgements::Acknowledgement, contact::AccountType, draft::ProofKind, number_to_port::PortScope, pin::PinKind,
};

const LABELS: [(&str, &str); 38] = [
    ("name", "Port request name"),
    ("losing_carrier", "Current carrier"),
    ("account_number", "Account number"),
    ("account_pin", "Account PIN or passcode"),
    ("btn", "Billing phone number"),
    ("payee", "Whom you pay"),
    ("reseller", "Name of the reseller"),
    ("landline", "Landline, VoIP or toll-free numbers"),
    ("ranges_confirmed", "Ranges confirmed"),
    ("one_pin", "One PIN for all wireless numbers"),
    ("shared_pin", "PIN for all wireless numbers"),
    ("shared_kind", "Kind of PIN for all wireless numbers"),
    ("scope", "Moving every number"),
    ("new_btn", "Billing phone number after the move"),
    ("staying", "Numbers that stay"),
    ("account_type", "Account type"),
    ("business_name", "Business legal name"),
    ("contact_name", "Contact name"),
    ("authorized_email", "Authorized email"),
    ("street", "Street address"),
    ("unit", "Apartment, suite or floor"),
    ("city", "City"),
    ("state", "State"),
    ("postal_code", "ZIP code"),
    ("preferred-month", "Month of the preferred date"),
    ("preferred-day", "Day of the preferred date"),
    ("preferred-year", "Year of the preferred date"),
    ("proof", "What you give us"),
    ("bill-month", "Month on the bill"),
    ("bill-day", "Day on the bill"),
    ("bill-year", "Year on the bill"),
    ("file", "Documents"),
    ("email", "Email"),
    ("location_id", "Location ID"),
    ("legal_name", "Legal name"),
    ("signed-month", "Month on the letter"),
    ("signed-day", "Day on the letter"),
    ("signed-year", "Year on the letter"),
];

/// What people call a field.
pub fn label(field: &str) -> String {
    if let Some((_, label)) = LABELS.into_iter().find(|(name, _)| *name == field) {
        return label.to_owned();
    }
    if let Some(term) = Acknowledgement::from_slug(field) {
        return term.default_text().to_owned();
    }
    let row = field.strip_prefix("wireless-").and_then(|rest| rest.split_once('-'));
    let Some((Ok(at), part)) = row.map(|(at, part)| (at.parse::<usize>(), part)) else { return field.to_owned() };
    match part {
        "pin" => format!("PIN of wireless number {}", at + 1),
        "kind" => format!("Kind of PIN of wireless number {}", at + 1),
        _ => format!("Wireless number {}", at + 1),
    }
}

/// Whether a field holds a PIN, which is never shown beside another.
pub fn is_secret(field: &str) -> bool {
    matches!(field, "account_pin" | "shared_pin") || (field.starts_with("wireless-") && field.ends_with("-pin"))
}

/// An answer in words.
pub fn answer(field: &str, value: &str) -> String {
    let words = match field {
        _ if value.trim().is_empty() => Some("Nothing"),
        "scope" => PortScope::from_code(value).map(PortScope::label),
        "account_type" => AccountType::from_code(value).map(AccountType::label),
        "proof" => ProofKind::from_code(value).map(ProofKind::label),
        "payee" if value == "reseller" => Some("A reseller"),
        "payee" => Some("The current carrier"),
        "one_pin" | "ranges_confirmed" => Some("Yes"),
        _ if Acknowledgement::from_slug(field).is_some() => Some("Ticked"),
        _ if field.ends_with("kind") => PinKind::from_code(value).map(PinKind::label),
        _ => None,
    };
    words.map_or_else(|| value.to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_words() {
        assert_eq!(label("wireless-0-pin"), "PIN of wireless number 1");
        assert_eq!(label("wireless-12-number"), "Wireless number 13");
        assert!(label("rates").starts_with("I accept the porting rates: "));
        assert_eq!(label("street"), "Street address");
        assert!(is_secret("wireless-0-pin") && is_secret("shared_pin") && !is_secret("wireless-0-kind"));
    }

    #[test]
    fn codes_read_as_on_the_page() {
        assert_eq!(answer("scope", "some"), "No, some stay");
        assert_eq!(answer("wireless-0-kind", "ssn"), "Last 4 of SSN");
        assert_eq!(answer("street", " "), "Nothing");
        assert_eq!(answer("street", "350 Old Post Road"), "350 Old Post Road");
    }
}
