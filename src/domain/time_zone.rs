//! Time zones of North America, and dates and times in the words that people read.

use std::fmt;

use chrono::{LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone as _, Utc};
use chrono_tz::{OffsetName, Tz};

/// The zones that forms offer, west to east within a country, with the name and the places that people know them by.
const OFFERED: [(&str, &str); 30] = [
    ("America/New_York", "Eastern time (New York)"),
    ("America/Chicago", "Central time (Chicago)"),
    ("America/Denver", "Mountain time (Denver)"),
    ("America/Phoenix", "Mountain time, no daylight saving (Phoenix)"),
    ("America/Los_Angeles", "Pacific time (Los Angeles)"),
    ("America/Anchorage", "Alaska time (Anchorage)"),
    ("America/Adak", "Hawaii-Aleutian time (Adak)"),
    ("Pacific/Honolulu", "Hawaii time (Honolulu)"),
    ("America/Detroit", "Eastern time (Detroit)"),
    ("America/Indiana/Indianapolis", "Eastern time (Indianapolis)"),
    ("America/Kentucky/Louisville", "Eastern time (Louisville)"),
    ("America/Boise", "Mountain time (Boise)"),
    ("America/Menominee", "Central time (Menominee)"),
    ("America/North_Dakota/Center", "Central time (North Dakota)"),
    ("America/Puerto_Rico", "Atlantic time, no daylight saving (Puerto Rico)"),
    ("America/St_Thomas", "Atlantic time, no daylight saving (U.S. Virgin Islands)"),
    ("Pacific/Guam", "Chamorro time (Guam)"),
    ("Pacific/Saipan", "Chamorro time (Saipan)"),
    ("Pacific/Pago_Pago", "Samoa time (Pago Pago)"),
    ("America/St_Johns", "Newfoundland time (St. John's)"),
    ("America/Halifax", "Atlantic time (Halifax)"),
    ("America/Moncton", "Atlantic time (Moncton)"),
    ("America/Toronto", "Eastern time (Toronto)"),
    ("America/Winnipeg", "Central time (Winnipeg)"),
    ("America/Regina", "Central time, no daylight saving (Regina)"),
    ("America/Edmonton", "Mountain time (Edmonton)"),
    ("America/Vancouver", "Pacific time (Vancouver)"),
    ("America/Whitehorse", "Yukon time (Whitehorse)"),
    ("America/Iqaluit", "Eastern time (Iqaluit)"),
    ("UTC", "Coordinated universal time (UTC)"),
];

/// The zone of a location or a person, by its IANA name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeZone(Tz);

/// A moment on the clocks of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalTime {
    pub date: NaiveDate,
    pub time: NaiveTime,
    /// What the zone is called at that moment: EST or EDT; "UTC-3" where it has no letters.
    pub abbreviation: String,
}

impl Default for TimeZone {
    fn default() -> Self {
        Self::UTC
    }
}

impl TimeZone {
    /// The zone of everything that has none of its own.
    pub const UTC: Self = Self(Tz::UTC);

    /// Reads an IANA name.
    ///
    /// # Errors
    /// [`TimeZoneError`] for a name that the zone database does not have.
    pub fn parse(name: &str) -> Result<Self, TimeZoneError> {
        name.trim().parse().map(Self).map_err(|_unknown: chrono_tz::ParseError| TimeZoneError)
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The words that forms use for the zone; the IANA name if it is none of those offered.
    pub fn label(self) -> &'static str {
        OFFERED.into_iter().find(|(name, _)| *name == self.name()).map_or(self.name(), |(_, label)| label)
    }

    /// Names and labels for the select.
    pub fn options() -> Vec<(String, String)> {
        OFFERED.into_iter().map(|(name, label)| (name.to_owned(), label.to_owned())).collect()
    }

    /// What the clocks of the zone show at a moment in UTC.
    pub fn local(self, utc: NaiveDateTime) -> LocalTime {
        let moment = self.0.from_utc_datetime(&utc);
        let abbreviation = match moment.offset().abbreviation() {
            Some(letters) if letters.starts_with(|c: char| c.is_ascii_alphabetic()) => letters.to_owned(),
            _ => utc_offset(moment.offset().fix().local_minus_utc()),
        };
        let local = moment.naive_local();
        LocalTime { date: local.date(), time: local.time(), abbreviation }
    }

    /// The day of the zone's calendar at a moment in UTC: its "today".
    pub fn date(self, utc: NaiveDateTime) -> NaiveDate {
        self.local(utc).date
    }

    /// The moment in UTC at which the clocks of the zone show this; of an hour that comes twice, the first.
    ///
    /// # Errors
    /// [`DaylightGap`] when the clocks jump over it.
    pub fn to_utc(self, local: NaiveDateTime) -> Result<NaiveDateTime, DaylightGap> {
        match self.0.from_local_datetime(&local) {
            LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => {
                Ok(moment.with_timezone(&Utc).naive_utc())
            }
            LocalResult::None => Err(DaylightGap { time: clock(local.time()), date: month_and_day(local.date()) }),
        }
    }

    /// A moment in words: "Jun 9, 2026, 10:00 AM EDT".
    pub fn moment(self, utc: NaiveDateTime) -> String {
        let local = self.local(utc);
        format!("{}, {} {}", day_with_year(local.date), clock(local.time), local.abbreviation)
    }

    /// A window in words: "Tue, Jun 9, 10:00 AM–2:00 PM EDT"; over midnight both days are named.
    pub fn window(self, from_utc: NaiveDateTime, to_utc: NaiveDateTime) -> String {
        self.window_of(weekday_and_day, from_utc, to_utc)
    }

    /// The same for what is read years later, as letters are: "Tue, Jun 9, 2026, 10:00 AM–2:00 PM EDT".
    pub fn window_with_year(self, from_utc: NaiveDateTime, to_utc: NaiveDateTime) -> String {
        self.window_of(weekday_and_day_with_year, from_utc, to_utc)
    }

    fn window_of(self, day: fn(NaiveDate) -> String, from_utc: NaiveDateTime, to_utc: NaiveDateTime) -> String {
        let (from, to) = (self.local(from_utc), self.local(to_utc));
        let start = format!("{}, {}", day(from.date), clock(from.time));
        let changed =
            if from.abbreviation == to.abbreviation { String::new() } else { format!(" {}", from.abbreviation) };
        let end = if from.date == to.date { clock(to.time) } else { format!("{}, {}", day(to.date), clock(to.time)) };
        format!("{start}{changed}–{end} {}", to.abbreviation)
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A day in words: "Jun 9, 2026".
pub fn day_with_year(date: NaiveDate) -> String {
    date.format("%b %-d, %Y").to_string()
}

/// A day of this year in words: "Jun 9".
pub fn month_and_day(date: NaiveDate) -> String {
    date.format("%b %-d").to_string()
}

/// A day near today in words: "Tue, Jun 9".
pub fn weekday_and_day(date: NaiveDate) -> String {
    date.format("%a, %b %-d").to_string()
}

/// The same with its year: "Tue, Jun 9, 2026".
pub fn weekday_and_day_with_year(date: NaiveDate) -> String {
    date.format("%a, %b %-d, %Y").to_string()
}

/// A time of day in words: "10:00 AM".
pub fn clock(time: NaiveTime) -> String {
    time.format("%-I:%M %p").to_string()
}

/// The form sent no zone that the database knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Select a time zone")]
pub struct TimeZoneError;

/// A local time that the clocks jump over when daylight saving starts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{time} does not happen on {date} in this zone")]
pub struct DaylightGap {
    time: String,
    date: String,
}

fn utc_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::parse(name).unwrap()
    }

    #[track_caller]
    fn check_window(name: &str, from: &str, to: &str, words: &str) {
        assert_eq!(zone(name).window(utc(from), utc(to)), words);
    }

    #[test]
    fn windows_are_told_in_the_zone() {
        let new_york = "America/New_York";
        check_window(new_york, "2026-06-09T14:00:00", "2026-06-09T18:00:00", "Tue, Jun 9, 10:00 AM–2:00 PM EDT");
        check_window(new_york, "2026-12-01T15:00:00", "2026-12-01T17:30:00", "Tue, Dec 1, 10:00 AM–12:30 PM EST");
        check_window(
            "America/Phoenix",
            "2026-06-09T14:00:00",
            "2026-06-09T18:00:00",
            "Tue, Jun 9, 7:00 AM–11:00 AM MST",
        );
        check_window(
            new_york,
            "2026-06-10T02:00:00",
            "2026-06-10T06:00:00",
            "Tue, Jun 9, 10:00 PM–Wed, Jun 10, 2:00 AM EDT",
        );
        check_window(new_york, "2026-11-01T05:00:00", "2026-11-01T09:00:00", "Sun, Nov 1, 1:00 AM EDT–4:00 AM EST");
    }

    #[test]
    fn a_window_for_years_names_its_year() {
        let window = |from, to| zone("America/New_York").window_with_year(utc(from), utc(to));
        assert_eq!(window("2026-06-09T14:00:00", "2026-06-09T18:00:00"), "Tue, Jun 9, 2026, 10:00 AM–2:00 PM EDT");
        assert_eq!(
            window("2027-01-01T03:00:00", "2027-01-01T07:00:00"),
            "Thu, Dec 31, 2026, 10:00 PM–Fri, Jan 1, 2027, 2:00 AM EST"
        );
    }

    #[test]
    fn moments_and_days_are_told_in_words() {
        assert_eq!(zone("America/Chicago").moment(utc("2026-06-10T03:05:00")), "Jun 9, 2026, 10:05 PM CDT");
        assert_eq!(zone("America/Chicago").date(utc("2026-06-10T03:05:00")).to_string(), "2026-06-09");
        assert_eq!(zone("America/Sao_Paulo").local(utc("2026-06-10T03:05:00")).abbreviation, "UTC-3");
        assert_eq!(zone("Asia/Kathmandu").local(utc("2026-06-10T03:05:00")).abbreviation, "UTC+5:45");
        assert_eq!(day_with_year(utc("2026-06-09T00:00:00").date()), "Jun 9, 2026");
        assert_eq!(clock(utc("2026-06-09T00:00:00").time()), "12:00 AM");
    }

    #[test]
    fn times_that_the_clocks_jump_over_are_refused() {
        let new_york = zone("America/New_York");
        let gap = new_york.to_utc(utc("2026-03-08T02:30:00")).unwrap_err();
        assert_eq!(gap.to_string(), "2:30 AM does not happen on Mar 8 in this zone");
        assert_eq!(new_york.to_utc(utc("2026-03-08T03:00:00")), Ok(utc("2026-03-08T07:00:00")));
        assert_eq!(zone("America/Phoenix").to_utc(utc("2026-03-08T02:30:00")), Ok(utc("2026-03-08T09:30:00")));
        assert_eq!(new_york.to_utc(utc("2026-11-01T01:30:00")), Ok(utc("2026-11-01T05:30:00")));
    }

    #[test]
    fn every_zone_on_offer_is_in_the_database_and_has_letters() {
        for (name, label) in TimeZone::options() {
            assert_eq!(zone(&name).name(), name);
            assert_eq!(zone(&name).label(), label);
            assert!(!zone(&name).local(utc("2026-06-10T03:05:00")).abbreviation.contains("UTC+"), "{name}");
        }
        assert_eq!(TimeZone::parse("Mars/Base").unwrap_err().to_string(), "Select a time zone");
    }
}
