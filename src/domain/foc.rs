//! The firm order commitment: the date and window that the losing carrier commits to.

use std::sync::LazyLock;

use chrono::{Duration, NaiveDateTime, NaiveTime};
use regex::Regex;

use super::{
    business_days::{Holidays, is_weekend},
    draft::date::{self, DateError, DateOf},
    findings::Findings,
    time_zone::{DaylightGap, TimeZone},
    typed_text,
};

/// Losing carriers seldom move a date that is nearer than this (Telnyx: 48 hours).
pub const TOO_LATE_TO_MOVE: Duration = Duration::hours(48);

/// A window of time in which the numbers move, in UTC, with the zone in which people speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FocWindow {
    /// When the window opens (UTC).
    pub starts_at: NaiveDateTime,
    /// When the window closes (UTC).
    pub ends_at: NaiveDateTime,
    /// IANA name of the zone in which the window was agreed.
    pub zone: String,
}

/// What the form of a window sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FocAnswers {
    pub month: String,
    pub day: String,
    pub year: String,
    pub from: String,
    pub to: String,
    /// IANA name.
    pub zone: String,
}

/// One end of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Start,
    End,
}

impl End {
    const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Start => "Start",
            Self::End => "End",
        }
    }
}

/// Why a window was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FocError {
    #[error("Date must be today or later")]
    Past,
    #[error("Enter the {} time", .0.word())]
    NoTime(End),
    #[error("{} time must be a time of day, like 10, 10am, 10:00 or 22:00", .0.title())]
    NotATime(End),
    #[error("End time must be after start time")]
    EndsFirst,
    #[error(transparent)]
    Gap(#[from] DaylightGap),
}

/// What a window that was taken is asked about once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FocWarning {
    #[error(
        "The FOC that you are replacing is less than 48 hours away. Ask the carrier first: few move a date this late"
    )]
    TooLateToMove,
}

/// Why carriers seldom move numbers on a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayOff {
    #[error("That is a {0}. Few carriers move numbers on a weekend: check the date with the carrier")]
    Weekend(String),
    #[error("That is a holiday: {0}. Few carriers move numbers then: check the date with the carrier")]
    Holiday(String),
}

impl DayOff {
    /// Looks at the day on which a window opens, on the clocks of its zone.
    pub fn of(window: &FocWindow, zone: TimeZone, holidays: &Holidays) -> Option<Self> {
        let day = zone.date(window.starts_at);
        if is_weekend(day) {
            return Some(Self::Weekend(day.format("%A").to_string()));
        }
        holidays.name_of(day).map(|name| Self::Holiday(name.to_owned()))
    }
}

impl FocAnswers {
    /// A window as the form shows it again.
    pub fn of(window: &FocWindow, zone: TimeZone) -> Self {
        let (from, to) = (zone.local(window.starts_at), zone.local(window.ends_at));
        Self {
            month: from.date.format("%-m").to_string(),
            day: from.date.format("%-d").to_string(),
            year: from.date.format("%Y").to_string(),
            from: from.time.format("%-I:%M %p").to_string(),
            to: to.time.format("%-I:%M %p").to_string(),
            zone: zone.name().to_owned(),
        }
    }

    /// Checks the answers at a moment. `replaced` is the window that was agreed so far.
    pub fn check(&self, now: NaiveDateTime, replaced: Option<&FocWindow>) -> (Option<FocWindow>, Findings) {
        let mut findings = Findings::default();
        let day = date::parse(DateOf::Foc, [&self.month, &self.day, &self.year])
            .map_err(|error| findings.error(DateOf::Foc.field(DateError::part(error)), error))
            .ok();
        let from = findings.take("from", parse_time(End::Start, &self.from));
        let to = findings.take("to", parse_time(End::End, &self.to));
        let zone = findings.take("zone", TimeZone::parse(&self.zone));
        let (Some(day), Some(from), Some(to), Some(zone)) = (day, from, to, zone) else { return (None, findings) };
        if day < zone.date(now) {
            findings.error("foc-month", FocError::Past);
        }
        if to <= from {
            findings.error("to", FocError::EndsFirst);
        }
        let starts_at = findings.take("from", zone.to_utc(day.and_time(from)));
        let ends_at = findings.take("to", zone.to_utc(day.and_time(to)));
        if replaced.is_some_and(|old| old.starts_at < now + TOO_LATE_TO_MOVE && now < old.ends_at) {
            findings.warn("foc-month", FocWarning::TooLateToMove);
        }
        let window = starts_at.zip(ends_at).filter(|_| findings.is_empty());
        (window.map(|(starts_at, ends_at)| FocWindow { starts_at, ends_at, zone: zone.name().to_owned() }), findings)
    }
}

/// Reads a time of day as people type it: 10, 10am, 10:00, 22:00, 10:30 p.m.
///
/// # Errors
/// [`FocError`] when there is none or it is no time.
pub fn parse_time(end: End, text: &str) -> Result<NaiveTime, FocError> {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^([0-9]{1,2})(?::([0-9]{2}))? ?(?:([ap])\.? ?m?\.?)?$")
            .expect("the pattern is a constant that a test compiles")
    });
    let typed = typed_text::code_line(text).map_err(|_unprintable| FocError::NotATime(end))?;
    if typed.is_empty() {
        return Err(FocError::NoTime(end));
    }
    let parts = TIME.captures(&typed).ok_or(FocError::NotATime(end))?;
    let number = |group: usize| parts.get(group).and_then(|digits| digits.as_str().parse::<u32>().ok());
    let (hour, minute) = (number(1).unwrap_or(99), number(2).unwrap_or(0));
    let half = parts.get(3).map(|letter| letter.as_str().to_ascii_lowercase());
    let hour = match half.as_deref() {
        None => Some(hour),
        Some(_) if !(1..=12).contains(&hour) => None,
        Some("p") => Some(hour % 12 + 12),
        Some(_) => Some(hour % 12),
    };
    hour.and_then(|hour| NaiveTime::from_hms_opt(hour, minute, 0)).ok_or(FocError::NotATime(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn answers(date: [&str; 3], from: &str, to: &str, zone: &str) -> FocAnswers {
        let [month, day, year] = date.map(str::to_owned);
        FocAnswers { month, day, year, from: from.to_owned(), to: to.to_owned(), zone: zone.to_owned() }
    }

    #[track_caller]
    fn check(answers: &FocAnswers, errors: &[(&str, &str)]) {
        let (window, findings) = answers.check(utc("2026-02-20T03:00:00"), None);
        let told: Vec<_> = findings.errors.iter().map(|it| (it.field.as_str(), it.text.as_str())).collect();
        assert_eq!(told, errors);
        assert_eq!(window.is_some(), errors.is_empty());
    }

    const NEW_YORK: &str = "America/New_York";

    #[track_caller]
    fn check_time(typed: &str, read: Option<(u32, u32)>) {
        let expected = read.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
        assert_eq!(parse_time(End::Start, typed).ok(), expected, "{typed:?}");
    }

    #[test]
    fn times_come_in_many_forms() {
        for typed in ["10", "10am", "10:00", "10 AM", "10:00 a.m.", " 10A ", "１０:00"] {
            check_time(typed, Some((10, 0)));
        }
        check_time("22:00", Some((22, 0)));
        check_time("10:30pm", Some((22, 30)));
        check_time("12 am", Some((0, 0)));
        check_time("12:15 p.m.", Some((12, 15)));
        check_time("0:05", Some((0, 5)));
        for typed in ["", "24:00", "13pm", "0am", "10:60", "10:5", "ten", "10-11", "1000", "10:00:00"] {
            check_time(typed, None);
        }
    }

    #[test]
    fn says_what_is_missing() {
        let nothing = [
            ("foc-month", "Enter the date"),
            ("from", "Enter the start time"),
            ("to", "Enter the end time"),
            ("zone", "Select a time zone"),
        ];
        check(&FocAnswers::default(), &nothing);
        let shape = "Start time must be a time of day, like 10, 10am, 10:00 or 22:00";
        check(&answers(["3", "9", "2026"], "soon", "2pm", NEW_YORK), &[("from", shape)]);
        check(&answers(["3", "", "2026"], "10", "14", NEW_YORK), &[("foc-day", "Date must include a day")]);
    }

    #[test]
    fn today_is_the_day_in_the_zone() {
        // It is the evening of February 19 in New York and 3 AM on the 20th in UTC.
        check(&answers(["2", "19", "2026"], "10", "2pm", NEW_YORK), &[]);
        check(&answers(["2", "19", "2026"], "10", "2pm", "UTC"), &[("foc-month", "Date must be today or later")]);
        check(&answers(["2", "20", "2026"], "10", "2", NEW_YORK), &[("to", "End time must be after start time")]);
        check(&answers(["2", "20", "2026"], "10", "10am", NEW_YORK), &[("to", "End time must be after start time")]);
    }

    #[test]
    fn hours_that_the_clocks_jump_over_are_refused() {
        let gap = "2:30 AM does not happen on Mar 8 in this zone";
        check(&answers(["3", "8", "2026"], "2:30 am", "6am", NEW_YORK), &[("from", gap)]);
        check(&answers(["3", "8", "2026"], "2:30 am", "6am", "America/Phoenix"), &[]);
    }

    #[test]
    fn windows_are_kept_in_utc() {
        let (window, _) = answers(["6", "9", "2026"], "10", "2pm", NEW_YORK).check(utc("2026-06-01T12:00:00"), None);
        let window = window.unwrap();
        assert_eq!((window.starts_at, window.ends_at), (utc("2026-06-09T14:00:00"), utc("2026-06-09T18:00:00")));
        let again = FocAnswers::of(&window, TimeZone::parse(NEW_YORK).unwrap());
        assert_eq!(again, answers(["6", "9", "2026"], "10:00 AM", "2:00 PM", NEW_YORK));
    }

    #[test]
    fn moving_a_near_window_is_asked_about() {
        let old = FocWindow {
            starts_at: utc("2026-06-03T11:00:00"),
            ends_at: utc("2026-06-03T15:00:00"),
            zone: NEW_YORK.to_owned(),
        };
        let warns = |now: &str| {
            let (_, findings) = answers(["6", "9", "2026"], "10", "14", NEW_YORK).check(utc(now), Some(&old));
            !findings.warnings.is_empty()
        };
        assert!(warns("2026-06-01T12:00:00") && warns("2026-06-03T12:00:00"));
        assert!(!warns("2026-06-01T10:00:00"), "48 hours and more are enough");
        assert!(!warns("2026-06-03T16:00:00"), "a window that was missed has to be replaced");
    }
}
