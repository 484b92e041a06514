//! States, territories and provinces where a phone can be in service, with the postal codes that belong to them.

use std::fmt;
use std::sync::LazyLock;

/// A state, district or territory of the US, or a province or territory of Canada.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct State(&'static Row);

#[derive(PartialEq, Eq)]
struct Row {
    canadian: bool,
    code: &'static str,
    name: &'static str,
    /// Ranges of the first three digits of ZIP codes (USPS L002), or first letters of Canadian postal codes.
    postal: &'static str,
}

/// The table in `data/states.csv`, in the order of the file.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("../data/states.csv").lines().skip(1);
    lines.filter_map(row_of).collect()
});

impl State {
    /// Reads a code or a full name, in any case, if it is on offer.
    ///
    /// # Errors
    /// [`StateError`] in the words of the form that offers Canada or does not.
    pub fn parse(text: &str, canada: bool) -> Result<Self, StateError> {
        let typed = text.trim();
        let found = offered(canada)
            .find(|state| typed.eq_ignore_ascii_case(state.code()) || typed.eq_ignore_ascii_case(state.name()));
        found.ok_or(if canada { StateError::MissingOrProvince } else { StateError::Missing })
    }

    /// A state out of the database.
    pub fn from_stored(code: &str) -> Option<Self> {
        offered(true).find(|state| state.code() == code)
    }

    /// The two letters, for example NY.
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// The full name.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether it is a province or territory of Canada.
    pub fn is_canadian(self) -> bool {
        self.0.canadian
    }

    /// Whether a postal code begins as those of this state do.
    pub(super) fn has_postal_code(self, code: &str) -> bool {
        let lead: String = code.chars().take(if self.is_canadian() { 1 } else { 3 }).collect();
        self.0.postal.split(' ').any(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            (first..=last).contains(&lead.as_str())
        })
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "State({})", self.code())
    }
}

/// Codes and labels ("NY – New York") for the select, in order of the codes, provinces after the states.
pub fn state_options(canada: bool) -> Vec<(String, String)> {
    let mut states: Vec<State> = offered(canada).collect();
    states.sort_by_key(|state| (state.is_canadian(), state.code()));
    states.iter().map(|state| (state.code().to_owned(), format!("{} – {}", state.code(), state.name()))).collect()
}

/// Why a state was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    #[error("Select the state")]
    Missing,
    #[error("Select the state or province")]
    MissingOrProvince,
}

fn offered(canada: bool) -> impl Iterator<Item = State> {
    ROWS.iter().filter(move |row| canada || !row.canadian).map(State)
}

fn row_of(line: &'static str) -> Option<Row> {
    let mut cells = line.split(',');
    let canadian = cells.next()? == "CA";
    Some(Row { canadian, code: cells.next()?, name: cells.next()?, postal: cells.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, canada: bool, read: Result<&str, &str>) {
        let told = State::parse(typed, canada).map(State::code).map_err(|error| error.to_string());
        assert_eq!(told, read.map_err(str::to_owned), "{typed:?}");
    }

    #[test]
    fn reads_codes_and_names_of_what_is_on_offer() {
        check("NY", false, Ok("NY"));
        check(" ny ", false, Ok("NY"));
        check("Puerto Rico", false, Ok("PR"));
        check("BC", true, Ok("BC"));
        check("BC", false, Err("Select the state"));
        check("", true, Err("Select the state or province"));
        check("FM", true, Err("Select the state or province"));
        check("AE", false, Err("Select the state"));
    }

    #[test]
    fn offers_all_states_territories_and_provinces() {
        assert_eq!(state_options(false).len(), 56);
        assert_eq!(state_options(true).len(), 69);
        assert!(state_options(false).contains(&("NY".to_owned(), "NY – New York".to_owned())));
        for (code, _) in state_options(true) {
            assert_eq!(State::from_stored(&code).map(State::code), Some(code.as_str()));
        }
    }

    #[test]
    fn knows_which_postal_codes_are_its_own() {
        let has = |state: &str, code: &str| State::from_stored(state).unwrap().has_postal_code(code);
        assert!(has("NY", "10001") && has("NY", "06390") && has("NY", "00501"));
        assert!(!has("NY", "07030"));
        assert!(has("PR", "00901") && has("AK", "99950") && has("GU", "96910"));
        assert!(has("ON", "K1A 0B1") && !has("ON", "V5K 0A1"));
    }
}
