//! The area codes of the North American Numbering Plan (country code 1): which are in use, where and for what.

mod country;

use std::sync::LazyLock;

pub use self::country::Country;

static BUILT_IN: LazyLock<AreaCodes> = LazyLock::new(|| {
    AreaCodes::from_csv(include_str!("../data/nanp-area-codes.csv")).expect("the table in the source is read by a test")
});

/// What an area code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AreaCode {
    /// Numbers of a place, landline and wireless alike.
    Local(Country),
    /// The called party pays; the digits do not tell the country.
    TollFree,
    /// The caller pays extra (900); cannot be moved.
    Premium,
    /// Personal and other numbers without a place (5XX, 6XX); cannot be moved.
    Personal,
}

impl AreaCode {
    /// Reads the words of the table: a kind, and the country of local numbers.
    pub fn from_codes(kind: &str, country: &str) -> Option<Self> {
        match kind {
            "geographic" => Country::from_code(country).map(Self::Local),
            "toll_free" => Some(Self::TollFree),
            "premium" => Some(Self::Premium),
            "personal" => Some(Self::Personal),
            _ => None,
        }
    }

    /// The word of the table for the kind.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Local(_) => "geographic",
            Self::TollFree => "toll_free",
            Self::Premium => "premium",
            Self::Personal => "personal",
        }
    }

    /// The country of local numbers; the digits of all others do not tell it.
    pub fn country(self) -> Option<Country> {
        match self {
            Self::Local(country) => Some(country),
            Self::TollFree | Self::Premium | Self::Personal => None,
        }
    }

    /// What numbers with the code are, in a few words.
    pub fn label(self) -> String {
        match self {
            Self::Local(country) => format!("Local numbers, {}", country.name()),
            Self::TollFree => "Toll-free numbers".to_owned(),
            Self::Premium => "Pay-per-call numbers, which cannot be moved".to_owned(),
            Self::Personal => "Numbers without a place, which cannot be moved".to_owned(),
        }
    }
}

/// Whether the numbering plan keeps a code for toll-free numbers, also when none has been given out yet.
pub fn is_kept_for_toll_free(code: &str) -> bool {
    code == "822" || code.strip_prefix("88").is_some_and(|last| last.len() == 1)
}

/// The countries that a form takes numbers from. The United States and its territories are always among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Countries {
    pub canada: bool,
}

impl Countries {
    /// Whether the form takes local numbers of this country.
    pub fn allow(self, country: Country) -> bool {
        match country {
            Country::Us | Country::Territory(_) => true,
            Country::Canada => self.canada,
            Country::Other(_) => false,
        }
    }
}

/// A line of an area code table that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line} of the area codes must read like 212,US,geographic")]
pub struct AreaCodesError {
    /// Counted from 1, the heading included.
    pub line: usize,
}

/// The table of area codes: the hard rule for what is a number (`domain.md` 5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaCodes {
    // By the code as a number, 0 to 999.
    codes: Vec<Option<AreaCode>>,
}

impl AreaCodes {
    /// The table that the program comes with, out of the metadata of libphonenumber 9.0.43 and three newer codes.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads lines of `area_code,country,kind`; the kinds are `geographic`, `toll_free`, `premium` and `personal`.
    pub fn from_csv(text: &str) -> Result<Self, AreaCodesError> {
        Self { codes: vec![None; 1000] }.and_csv(text)
    }

    /// Adds lines in the form of [`AreaCodes::from_csv`]; a code that is there already takes the new meaning.
    pub fn and_csv(mut self, text: &str) -> Result<Self, AreaCodesError> {
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with("area_code") {
                continue;
            }
            let (slot, area_code) = read_line(line)
                .and_then(|(code, area_code)| Some((self.codes.get_mut(code)?, area_code)))
                .ok_or(AreaCodesError { line: index + 1 })?;
            *slot = Some(area_code);
        }
        Ok(self)
    }

    /// The same table with one code more.
    #[must_use]
    pub fn with(mut self, code: &str, area_code: AreaCode) -> Self {
        if let Some(slot) = index_of(code).and_then(|code| self.codes.get_mut(code)) {
            *slot = Some(area_code);
        }
        self
    }

    /// What three digits mean as an area code, if they are in use.
    pub fn find(&self, code: &str) -> Option<AreaCode> {
        self.codes.get(index_of(code)?).copied().flatten()
    }
}

fn index_of(code: &str) -> Option<usize> {
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| code.parse().ok()).flatten()
}

fn read_line(line: &str) -> Option<(usize, AreaCode)> {
    let mut cells = line.split(',').map(str::trim);
    let (code, country, kind) = (cells.next()?, cells.next()?, cells.next()?);
    Some((index_of(code)?, AreaCode::from_codes(kind, country)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: Option<AreaCode>) {
        assert_eq!(AreaCodes::built_in().find(code), expected, "{code}");
    }

    #[test]
    fn knows_what_an_area_code_is_for() {
        check("212", Some(AreaCode::Local(Country::Us)));
        check("472", Some(AreaCode::Local(Country::Us)));
        check("821", Some(AreaCode::Local(Country::Us)));
        check("416", Some(AreaCode::Local(Country::Canada)));
        check("787", Some(AreaCode::Local(Country::Territory("Puerto Rico"))));
        check("242", Some(AreaCode::Local(Country::Other("the Bahamas"))));
        check("833", Some(AreaCode::TollFree));
        check("900", Some(AreaCode::Premium));
        check("500", Some(AreaCode::Personal));
    }

    #[test]
    fn finds_nothing_for_codes_out_of_use_and_for_what_is_no_code() {
        for code in ["222", "555", "822", "999", "", "21", "2120", "+12", "２１２"] {
            check(code, None);
        }
    }

    #[test]
    fn reads_every_line_of_the_built_in_table() {
        let lines = include_str!("../data/nanp-area-codes.csv").lines().count() - 1;
        assert_eq!(AreaCodes::built_in().codes.iter().flatten().count(), lines);
    }

    #[test]
    fn takes_new_codes_and_names_a_line_that_it_cannot_read() {
        let codes = AreaCodes::built_in().clone().and_csv("area_code,country,kind\n222,US,geographic\n").unwrap();
        assert_eq!(codes.find("222"), Some(AreaCode::Local(Country::Us)));
        for text in ["222", "22,US,geographic", "222,XX,geographic", "222,US,lunar"] {
            let text = format!("area_code,country,kind\n{text}");
            assert_eq!(AreaCodes::from_csv(&text).unwrap_err(), AreaCodesError { line: 2 });
        }
    }

    #[test]
    fn every_country_reads_its_own_code() {
        for country in Country::all() {
            assert_eq!(Country::from_code(country.code()), Some(country));
            let area_code = AreaCode::Local(country);
            assert_eq!(AreaCode::from_codes(area_code.kind(), country.code()), Some(area_code));
        }
        let codes = AreaCodes::built_in().clone().with("822", AreaCode::TollFree);
        assert_eq!(codes.find("822"), Some(AreaCode::TollFree));
        assert!(is_kept_for_toll_free("880") && !is_kept_for_toll_free("870") && !is_kept_for_toll_free("88"));
    }

    #[test]
    fn allows_territories_always_and_canada_by_setting() {
        let (us, both) = (Countries::default(), Countries { canada: true });
        assert!(us.allow(Country::Us) && us.allow(Country::Territory("Guam")) && both.allow(Country::Canada));
        assert!(!us.allow(Country::Canada) && !both.allow(Country::Other("Jamaica")));
    }
}
