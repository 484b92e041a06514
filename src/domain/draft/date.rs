//! Dates typed in three fields: month (number or name), day and year.

use chrono::NaiveDate;

use crate::domain::typed_text;

/// Which date a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum DateOf {
    Bill,
    Preferred,
    Foc,
    /// On which a letter was signed that is uploaded.
    Signed,
}

impl DateOf {
    /// What the names of the three fields begin with.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Bill => "bill",
            Self::Preferred => "preferred",
            Self::Foc => "foc",
            Self::Signed => "signed",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Bill => "Date on the bill",
            Self::Preferred => "Preferred date",
            Self::Foc => "Date",
            Self::Signed => "Date the letter was signed",
        }
    }

    const fn instruction(self) -> &'static str {
        match self {
            Self::Bill => "Enter the date on the bill",
            Self::Preferred => "Enter the preferred date",
            Self::Foc => "Enter the date",
            Self::Signed => "Enter the date the letter was signed",
        }
    }

    /// The name of one of the three fields; findings about the whole date stand at the first, the month.
    pub(in crate::domain) fn field(self, part: DatePart) -> String {
        format!("{}-{}", self.prefix(), part.name())
    }
}

/// One of the three fields of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum DatePart {
    Month,
    Day,
    Year,
}

impl DatePart {
    const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Day => "day",
            Self::Year => "year",
        }
    }
}

/// Why three fields are no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::domain) enum DateError {
    #[error("{}", .0.instruction())]
    Missing(DateOf),
    #[error("{} must include a {}", .0.title(), .1.name())]
    PartMissing(DateOf, DatePart),
    #[error("{} must have a year of 4 digits, like 2026", .0.title())]
    ShortYear(DateOf),
    #[error("{} must be in 2000 or later. Check the year", .0.title())]
    LongAgo(DateOf),
    #[error("{} must be a real date", .0.title())]
    NotReal(DateOf),
}

impl DateError {
    /// The part of the date at which the sentence stands.
    pub(in crate::domain) const fn part(self) -> DatePart {
        match self {
            Self::Missing(_) | Self::NotReal(_) => DatePart::Month,
            Self::PartMissing(_, part) => part,
            Self::ShortYear(_) | Self::LongAgo(_) => DatePart::Year,
        }
    }
}

/// Reads a date; month names and their first three letters are taken in any case.
///
/// # Errors
/// [`DateError`] says which part is missing or that there is no such day.
pub(in crate::domain) fn parse(of: DateOf, [month, day, year]: [&str; 3]) -> Result<NaiveDate, DateError> {
    let [month, day, year] =
        [month, day, year].map(|part| typed_text::code_line(part).unwrap_or_else(|_| "?".to_owned()));
    if month.is_empty() && day.is_empty() && year.is_empty() {
        return Err(DateError::Missing(of));
    }
    let parts = [(DatePart::Month, &month), (DatePart::Day, &day), (DatePart::Year, &year)];
    if let Some((part, _)) = parts.into_iter().find(|(_, text)| text.is_empty()) {
        return Err(DateError::PartMissing(of, part));
    }
    let number = |text: &str, digits: usize| {
        let plain = text.len() <= digits && text.chars().all(|c| c.is_ascii_digit());
        if plain { text.parse::<u32>().ok() } else { None }
    };
    let year_number = number(&year, 4).ok_or(DateError::NotReal(of))?;
    if year.len() < 4 {
        return Err(DateError::ShortYear(of));
    }
    if year_number < 2000 {
        return Err(DateError::LongAgo(of));
    }
    let month = number(&month, 2).or_else(|| month_by_name(&month));
    let date = month.zip(number(&day, 2)).zip(i32::try_from(year_number).ok());
    date.and_then(|((month, day), year)| NaiveDate::from_ymd_opt(year, month, day)).ok_or(DateError::NotReal(of))
}

/// The number of a month by its English name or the beginning of it, from three letters on.
fn month_by_name(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let typed = text.trim_end_matches('.').to_lowercase();
    let found = MONTHS.iter().position(|month| 3 <= typed.len() && month.starts_with(&typed))?;
    u32::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: [&str; 3], read: Result<&str, &str>) {
        let told = parse(DateOf::Bill, typed).map(|date| date.to_string()).map_err(|error| error.to_string());
        assert_eq!(told, read.map(str::to_owned).map_err(str::to_owned), "{typed:?}");
    }

    #[test]
    fn months_are_numbers_or_names() {
        check(["4", "29", "2026"], Ok("2026-04-29"));
        check([" 04 ", "9", "2026"], Ok("2026-04-09"));
        check(["Apr", "29", "2026"], Ok("2026-04-29"));
        check(["sept.", "30", "2026"], Ok("2026-09-30"));
        check(["DECEMBER", "1", "2026"], Ok("2026-12-01"));
        check(["\u{ff14}", "29", "2026"], Ok("2026-04-29"));
    }

    #[test]
    fn says_what_is_missing_or_not_real() {
        const NOT_REAL: Result<&str, &str> = Err("Date on the bill must be a real date");
        check(["", " ", ""], Err("Enter the date on the bill"));
        check(["4", "", "2026"], Err("Date on the bill must include a day"));
        check(["", "4", "2026"], Err("Date on the bill must include a month"));
        check(["4", "4", ""], Err("Date on the bill must include a year"));
        check(["4", "4", "26"], Err("Date on the bill must have a year of 4 digits, like 2026"));
        check(["2", "29", "2026"], NOT_REAL);
        check(["13", "1", "2026"], NOT_REAL);
        check(["Ju", "1", "2026"], NOT_REAL);
        check(["+4", "1", "2026"], NOT_REAL);
        check(["4", "1", "20260"], NOT_REAL);
        check(["4", "1\n2", "2026"], NOT_REAL);
    }
}
