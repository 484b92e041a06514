//! The fields of a user, read the same way when one is invited and when one is edited.

use crate::{
    domain::{
        contact::{NameOf, parse_name},
        findings::Findings,
        people::Role,
    },
    store::locations::Location,
    web::pairs::Pairs,
};

/// The state of a user in a word.
pub fn state_label(state: &str) -> &'static str {
    match state {
        "active" => "Active",
        "invited" => "Invited",
        _ => "Deactivated",
    }
}

/// Reads the name.
pub fn name(pairs: &Pairs, findings: &mut Findings) -> Option<String> {
    findings.take("name", parse_name(NameOf::User, pairs.get("name")))
}

/// Reads the role, one of those that the form offered.
pub fn role(pairs: &Pairs, offered: &[Role], findings: &mut Findings) -> Option<Role> {
    let role = Role::from_code(pairs.get("role")).filter(|role| offered.contains(role));
    findings.take("role", role.ok_or("Select the role"))
}

/// Reads a manager's locations, of those that the account has; no other role has any.
pub fn locations(pairs: &Pairs, role: Option<Role>, known: &[Location], findings: &mut Findings) -> Option<Vec<i64>> {
    if role.is_some_and(|role| role != Role::Manager) {
        return Some(Vec::new());
    }
    let ticked: Vec<i64> = pairs.all("locations").filter_map(|id| id.parse().ok()).collect();
    let chosen: Vec<i64> = known.iter().map(|location| location.id).filter(|id| ticked.contains(id)).collect();
    let is_missing = role.is_some() && chosen.is_empty() && !known.is_empty();
    let told = "Select the locations that this manager sends requests for";
    findings.take("locations", if is_missing { Err(told) } else { Ok(chosen) })
}

/// The locations of an account as boxes to tick.
pub fn boxes(known: &[Location]) -> Vec<(String, String)> {
    known
        .iter()
        .map(|location| (location.id.to_string(), format!("{} ({})", location.name, location.location_id)))
        .collect()
}
