//! The default holidays: the rules in `data/holidays.csv`, worked out year by year.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::is_weekend;

/// Whose holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Country {
    /// The 11 federal holidays and the day after Thanksgiving.
    UnitedStates,
    /// The ten federal holidays.
    Canada,
}

impl Country {
    const fn code(self) -> &'static str {
        match self {
            Self::UnitedStates => "US",
            Self::Canada => "CA",
        }
    }
}

/// The holidays of some years on the days they are observed.
///
/// In the US a fixed day that falls on a Saturday is observed on Friday, on a Sunday on Monday (5 U.S.C. 6103(b)), so that
/// New Year's Day can be observed in the year before. In Canada it moves to the next day that is free for it (Canada
/// Labour Code, s. 193).
pub fn in_years(country: Country, years: impl Iterator<Item = i32> + Clone) -> BTreeMap<NaiveDate, String> {
    let mut days = BTreeMap::new();
    for year in years {
        for (rule, name) in rules(country) {
            let Some(day) = day_of(&rule, year) else { continue };
            let is_fixed = rule.starts_with(|c: char| c.is_ascii_digit());
            let observed = match country {
                _ if !is_fixed => Some(day),
                Country::UnitedStates => nearest(day),
                Country::Canada => day.iter_days().find(|day| !is_weekend(*day) && !days.contains_key(day)),
            };
            if let Some(observed) = observed {
                days.insert(observed, name);
            }
        }
    }
    days
}

fn rules(country: Country) -> impl Iterator<Item = (String, String)> {
    let table = include_str!("../data/holidays.csv");
    let rows = csv::Reader::from_reader(table.as_bytes()).into_records().filter_map(Result::ok);
    let of_country = rows.filter(move |row| row.get(0) == Some(country.code()));
    of_country.filter_map(|row| Some((row.get(1)?.to_owned(), row.get(2)?.to_owned())))
}

/// The day of a rule: `07-04`, `mon#3-01` (the third Monday of January), `mon#last-05`, `mon<05-25` (the Monday before
/// May 25), `thu#4-11+1` (the day after the fourth Thursday of November), `easter-2`.
fn day_of(rule: &str, year: i32) -> Option<NaiveDate> {
    if let Some(before) = rule.strip_prefix("easter-") {
        return easter(year)?.checked_sub_days(Days::new(before.parse().ok()?));
    }
    if let Some((day, behind)) = rule.split_once('+') {
        return day_of(day, year)?.checked_add_days(Days::new(behind.parse().ok()?));
    }
    if let Some((weekday, limit)) = rule.split_once('<') {
        let weekday: Weekday = weekday.parse().ok()?;
        let limit = fixed(limit, year)?;
        return (1..=7).filter_map(|back| limit.checked_sub_days(Days::new(back))).find(|day| day.weekday() == weekday);
    }
    let Some((weekday, place)) = rule.split_once('#') else { return fixed(rule, year) };
    let (weekday, (nth, month)) = (weekday.parse().ok()?, place.split_once('-')?);
    let of_month = |nth| NaiveDate::from_weekday_of_month_opt(year, month.parse().ok()?, weekday, nth);
    match nth {
        "last" => of_month(5).or_else(|| of_month(4)),
        nth => of_month(nth.parse().ok()?),
    }
}

fn fixed(day: &str, year: i32) -> Option<NaiveDate> {
    let (month, day) = day.split_once('-')?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

fn nearest(day: NaiveDate) -> Option<NaiveDate> {
    match day.weekday() {
        Weekday::Sat => day.pred_opt(),
        Weekday::Sun => day.succ_opt(),
        _ => Some(day),
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let leap = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - leap + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * correction + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(country: Country, year: i32, expected: &[&str]) {
        let days = in_years(country, year - 1..=year + 1);
        let observed: Vec<String> = days.keys().filter(|day| day.year() == year).map(ToString::to_string).collect();
        assert_eq!(observed, expected);
    }

    #[test]
    fn every_line_of_the_table_is_a_day() {
        for (country, count) in [(Country::UnitedStates, 12), (Country::Canada, 10)] {
            assert_eq!(rules(country).count(), count);
            assert!(rules(country).all(|(rule, _)| day_of(&rule, 2026).is_some()));
        }
    }

    #[test]
    fn us_days_of_2026_are_those_of_the_government() {
        check(
            Country::UnitedStates,
            2026,
            &[
                "2026-01-01",
                "2026-01-19",
                "2026-02-16",
                "2026-05-25",
                "2026-06-19",
                "2026-07-03",
                "2026-09-07",
                "2026-10-12",
                "2026-11-11",
                "2026-11-26",
                "2026-11-27",
                "2026-12-25",
            ],
        );
    }

    #[test]
    fn canadian_days_move_behind_the_weekend_and_each_other() {
        check(
            Country::Canada,
            2026,
            &[
                "2026-01-01",
                "2026-04-03",
                "2026-05-18",
                "2026-07-01",
                "2026-09-07",
                "2026-09-30",
                "2026-10-12",
                "2026-11-11",
                "2026-12-25",
                "2026-12-28",
            ],
        );
        let days = in_years(Country::Canada, 2027..=2027);
        let at_christmas: Vec<String> = days.keys().rev().take(2).map(ToString::to_string).collect();
        assert_eq!(at_christmas, ["2027-12-28", "2027-12-27"]);
    }

    #[test]
    fn easter_is_when_it_is() {
        for (year, day) in [(2000, "2000-04-23"), (2024, "2024-03-31"), (2026, "2026-04-05"), (2038, "2038-04-25")] {
            assert_eq!(easter(year).map(|day| day.to_string()).as_deref(), Some(day));
        }
    }
}
