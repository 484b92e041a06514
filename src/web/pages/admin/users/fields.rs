//! The fields of a user, read the same way when one is invited and when one is edited.

use crate::{
    domain::{
        contact::{NameOf, parse_name},
        findings::Findings,
        people::Role,
    },
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
