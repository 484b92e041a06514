//! Choosing a manager's locations: boxes to tick while there are few, their Location IDs when there are many.

use crate::{
    domain::{findings::Findings, location_id::LocationId, people::Role},
    store::{self, Conn, StoreResult, locations::Location},
    web::pairs::Pairs,
};

/// So many locations are offered as boxes.
const OFFERED: usize = 50;

/// How a form asks for the locations of an account, and what was answered.
#[derive(Default)]
pub struct LocationChoice {
    /// Row id and name of each; nothing where Location IDs are typed.
    pub boxes: Vec<(String, String)>,
    pub is_typed: bool,
    chosen: Vec<i64>,
    /// What was typed and is no Location ID of the account.
    unknown: Vec<String>,
}

impl LocationChoice {
    /// What there is to choose from in an account, and which of it a form names.
    pub fn load(conn: &mut Conn, account: i64, pairs: &Pairs) -> StoreResult<Self> {
        let most = i64::try_from(OFFERED + 1).unwrap_or(i64::MAX);
        let first = store::location_list::first_of_account(conn, account, most)?;
        let is_typed = OFFERED < first.len();
        let ticked: Vec<i64> = pairs.all("locations").filter_map(|id| id.parse().ok()).collect();
        let ticked = store::locations::of_account(conn, account, &ticked)?;
        let typed: Vec<&str> = pairs.all("location_ids").flat_map(ids).collect();
        let keys: Vec<LocationId> = typed.iter().filter_map(|id| LocationId::parse(id).ok()).collect();
        let named = store::locations::of_account_named(conn, account, &keys)?;
        let is_known = |id: &str| named.iter().any(|location| location.location_id.eq_ignore_ascii_case(id));
        let unknown = typed.into_iter().filter(|id| !is_known(id)).map(str::to_owned).collect();
        let chosen = ticked.iter().chain(&named).map(|location| location.id).collect();
        Ok(Self { boxes: if is_typed { Vec::new() } else { boxes(&first) }, is_typed, chosen, unknown })
    }

    /// Whether the account has a location to choose.
    pub fn is_offered(&self) -> bool {
        self.is_typed || !self.boxes.is_empty()
    }

    /// The answers that name these locations.
    pub fn answers(&self, locations: &[Location]) -> Vec<(String, String)> {
        if self.is_typed {
            let ids: Vec<&str> = locations.iter().map(|location| location.location_id.as_str()).collect();
            return vec![("location_ids".to_owned(), ids.join("\n"))];
        }
        locations.iter().map(|location| ("locations".to_owned(), location.id.to_string())).collect()
    }

    /// Reads a manager's locations, of those that the account has; no other role has any.
    pub fn read(&self, role: Option<Role>, findings: &mut Findings) -> Option<Vec<i64>> {
        if role.is_some_and(|role| role != Role::Manager) {
            return Some(Vec::new());
        }
        let field = if self.is_typed { "location_ids" } else { "locations" };
        if !self.unknown.is_empty() {
            let told = format!("The account has no location with the ID {}", self.unknown.join(", "));
            return findings.take(field, Err(told));
        }
        let is_missing = role.is_some() && self.chosen.is_empty() && self.is_offered();
        let told = "Select the locations that this manager sends requests for";
        let told =
            if self.is_typed { "Enter the IDs of the locations that this manager sends requests for" } else { told };
        findings.take(field, if is_missing { Err(told) } else { Ok(self.chosen.clone()) })
    }
}

/// The Location IDs in a text, whatever stands between them.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|id| !id.is_empty())
}

fn boxes(known: &[Location]) -> Vec<(String, String)> {
    known
        .iter()
        .map(|location| (location.id.to_string(), format!("{} ({})", location.name, location.location_id)))
        .collect()
}
