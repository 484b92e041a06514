//! Business days and holidays: what carriers and the desk count in.

mod holidays;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use holidays::{Country, in_years};

/// The years that the built-in table covers.
const BUILT_IN_YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A table of days on which carriers do not work, each with its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays {
    days: BTreeMap<NaiveDate, String>,
}

impl Holidays {
    /// The default table: the 11 US federal holidays on their observed days and the day after Thanksgiving.
    pub fn built_in() -> &'static Self {
        static TABLE: LazyLock<Holidays> =
            LazyLock::new(|| Holidays { days: in_years(Country::UnitedStates, BUILT_IN_YEARS) });
        &TABLE
    }

    /// The default table for addresses in Canada: its ten federal holidays on their observed days.
    pub fn canadian() -> &'static Self {
        static TABLE: LazyLock<Holidays> =
            LazyLock::new(|| Holidays { days: in_years(Country::Canada, BUILT_IN_YEARS) });
        &TABLE
    }

    /// The name of the holiday that a day is, if it is one.
    pub fn name_of(&self, day: NaiveDate) -> Option<&str> {
        self.days.get(&day).map(String::as_str)
    }

    /// All days of the table in order.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.days.iter().map(|(day, name)| (*day, name.as_str()))
    }

    /// Whether a day counts: Monday to Friday and not in the table.
    pub fn is_business_day(&self, day: NaiveDate) -> bool {
        !is_weekend(day) && !self.days.contains_key(&day)
    }

    /// The day that is this many business days after another; the first itself is not counted.
    ///
    /// With zero it is the day itself. Ends at the last day that a date can hold.
    pub fn after(&self, day: NaiveDate, business_days: u32) -> NaiveDate {
        let following = day.iter_days().skip(1).filter(|day| self.is_business_day(*day));
        let steps = usize::try_from(business_days).unwrap_or(usize::MAX);
        match steps.checked_sub(1) {
            None => day,
            Some(skipped) => following.into_iter().nth(skipped).unwrap_or(NaiveDate::MAX),
        }
    }

    /// How many business days lie between two days, the later one counted and the earlier one not; zero if it is not later.
    pub fn between(&self, earlier: NaiveDate, later: NaiveDate) -> u32 {
        let counted = earlier.iter_days().skip(1).take_while(|day| *day <= later);
        u32::try_from(counted.filter(|day| self.is_business_day(*day)).count()).unwrap_or(u32::MAX)
    }

    /// Day 0 of something received at a local time: that day before 13:00 on a business day, else the next business day.
    ///
    /// 13:00 is the carriers' cut-off for local service requests (47 CFR 52.35).
    pub fn day_zero(&self, received: NaiveDateTime) -> NaiveDate {
        let cut_off = NaiveTime::from_hms_opt(13, 0, 0).expect("13:00 is a time of day");
        let day = received.date();
        if self.is_business_day(day) && received.time() < cut_off {
            return day;
        }
        self.after(day, 1)
    }
}

impl FromIterator<(NaiveDate, String)> for Holidays {
    fn from_iter<I: IntoIterator<Item = (NaiveDate, String)>>(days: I) -> Self {
        Self { days: days.into_iter().collect() }
    }
}

/// Whether a day is a Saturday or Sunday.
pub fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(from: &str, business_days: u32, to: &str) {
        let table = Holidays::built_in();
        assert_eq!(table.after(day(from), business_days), day(to), "{business_days} after {from}");
        assert_eq!(table.between(day(from), day(to)), business_days, "{from} to {to}");
    }

    #[test]
    fn counts_over_holidays() {
        check("2026-11-20", 10, "2026-12-08");
        check("2026-11-20", 4, "2026-11-30");
        check("2026-07-02", 4, "2026-07-09");
        check("2026-12-22", 10, "2027-01-07");
        check("2026-06-01", 0, "2026-06-01");
    }

    #[test]
    fn a_saturday_new_year_is_observed_in_the_old_year() {
        assert_eq!(Holidays::built_in().name_of(day("2027-12-31")), Some("New Year's Day"));
        assert_eq!(Holidays::built_in().name_of(day("2022-12-26")), Some("Christmas Day"));
    }

    #[test]
    fn afternoons_and_weekends_start_on_the_next_business_day() {
        let zero = |text: &str| Holidays::built_in().day_zero(text.parse().unwrap()).to_string();
        assert_eq!(zero("2026-06-01T12:59:59"), "2026-06-01");
        assert_eq!(zero("2026-06-01T13:00:00"), "2026-06-02");
        assert_eq!(zero("2026-06-06T09:00:00"), "2026-06-08");
        assert_eq!(zero("2026-07-02T15:00:00"), "2026-07-06");
    }

    #[test]
    fn a_table_of_ones_own_replaces_the_default() {
        let own: Holidays = [(day("2026-06-02"), "Porting holiday".to_owned())].into_iter().collect();
        assert_eq!(own.after(day("2026-06-01"), 1), day("2026-06-03"));
        assert_eq!(own.name_of(day("2026-06-02")), Some("Porting holiday"));
        assert_eq!(own.after(day("2026-06-30"), 3), day("2026-07-03"));
        assert_eq!(own.days().count(), 1);
    }

    #[test]
    fn the_end_of_time_is_an_end() {
        assert_eq!(Holidays::built_in().after(NaiveDate::MAX, 3), NaiveDate::MAX);
    }
}
