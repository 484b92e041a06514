//! The reasons for a rejection as the help tells them: those of the desk's own table, by what has to be corrected.

use crate::domain::rejection::{OTHER, RejectionReason};

/// Reasons that are put right in one place.
pub struct Group {
    pub id: &'static str,
    pub title: &'static str,
    pub reasons: Vec<&'static RejectionReason>,
}

const GROUPS: [(&str, &str); 5] = [
    ("account", "Account number and PIN"),
    ("name-and-address", "Name and address"),
    ("numbers", "The numbers"),
    ("documents", "Bill and letter"),
    ("other", "Dates, orders and debts"),
];
/// The fields of the page of the numbers that are about the account.
const ACCOUNT_FIELDS: [&str; 6] =
    ["account_number", "numbers[].pin", "numbers[].ssn4", "carrier all", "btn", "reseller_name"];

/// What customers can act on, in groups.
pub fn of_customers(canada: bool) -> Vec<Group> {
    let theirs = RejectionReason::all().iter().filter(|reason| reason.is_for_customer() && reason.slug != OTHER);
    // Only Canadian carriers ask whom a customer pays.
    let told: Vec<_> = theirs.filter(|reason| canada || reason.fields != "reseller_name").collect();
    let group = |(id, title)| Group {
        id,
        title,
        reasons: told.iter().copied().filter(|reason| group_of(reason) == id).collect(),
    };
    GROUPS.into_iter().map(group).collect()
}

/// What the desk or the carrier settles.
pub fn of_others() -> Vec<&'static RejectionReason> {
    RejectionReason::all().iter().filter(|reason| !reason.is_for_customer()).collect()
}

fn group_of(reason: &RejectionReason) -> &'static str {
    match reason.step.as_str() {
        "bill" => "documents",
        "contact" if reason.fields != "desired_date" => "name-and-address",
        "numbers" if ACCOUNT_FIELDS.contains(&reason.fields.as_str()) => "account",
        "numbers" => "numbers",
        _ if reason.is_about_the_letter() => "documents",
        _ => "other",
    }
}
