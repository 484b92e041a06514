//! The days of the demonstration: business days counted back from now, and forward for what is still to come.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::{
    business_days::Holidays,
    time_zone::{DaylightGap, TimeZone},
};

/// How many business days are looked back: a little over ten weeks.
const REACH: usize = 56;
/// The hour, in the desk's zone, at which a day is over on every coast.
const OVER: u32 = 19;
/// The first hour of a working day.
const OPENS: u32 = 9;

/// Business days around a moment.
pub struct Calendar {
    /// Days that are over, newest first.
    past: Vec<NaiveDate>,
    today: NaiveDate,
    /// The newest moment at which somebody may have worked (UTC).
    newest: NaiveDateTime,
}

impl Calendar {
    /// The calendar as it is at `now` (UTC).
    pub fn new(desk: TimeZone, now: NaiveDateTime) -> Self {
        let local = desk.local(now);
        let holidays = Holidays::built_in();
        let over = time(OVER, 0) <= local.time;
        let days = std::iter::successors(Some(local.date), NaiveDate::pred_opt).skip(usize::from(!over));
        let past: Vec<NaiveDate> = days.filter(|day| holidays.is_business_day(*day)).take(REACH).collect();
        let working = !over && time(OPENS, 0) <= local.time && holidays.is_business_day(local.date);
        let closing = past.first().and_then(|day| desk.to_utc(day.and_time(time(OVER, 0))).ok());
        let newest = if working { now } else { closing.unwrap_or(now) };
        Self { past, today: local.date, newest }
    }

    /// The business day that is so many before the newest one that is over.
    pub fn past(&self, business_days: usize) -> NaiveDate {
        self.past.get(business_days).or(self.past.last()).copied().unwrap_or(self.today)
    }

    /// The business day that is so many after today.
    pub fn ahead(&self, business_days: u32) -> NaiveDate {
        Holidays::built_in().after(self.today, business_days.max(1))
    }

    /// A moment of a working day that lies so many minutes back: of today, or else of the newest day that is over.
    pub fn recent(&self, minutes: i64) -> NaiveDateTime {
        self.newest - Duration::minutes(minutes)
    }

    /// So many days and a minute later, and never after now.
    pub fn in_days(&self, at: NaiveDateTime, days: i64) -> NaiveDateTime {
        (at + Duration::days(days) + Duration::minutes(1)).min(self.newest.max(at))
    }

    /// When the desk was opened: in the morning of the first day.
    pub fn opening(&self, desk: TimeZone) -> Result<NaiveDateTime, DaylightGap> {
        desk.to_utc(self.past(REACH - 1).and_time(time(8, 5)))
    }
}

/// A time of day; hours and minutes beyond their range are cut.
pub fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour.min(23), minute.min(59), 0).expect("the hour and minute are in range")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Calendar {
        // UTC, so that the text is what the clock shows.
        Calendar::new(TimeZone::UTC, text.parse().unwrap())
    }

    #[track_caller]
    fn check(now: &str, newest_day: &str, newest: &str) {
        let calendar = at(now);
        assert_eq!(calendar.past(0).to_string(), newest_day, "{now}");
        assert_eq!(calendar.recent(0), newest.parse().unwrap(), "{now}");
    }

    #[test]
    fn nothing_happens_at_night_on_weekends_and_in_the_future() {
        check("2026-11-18T10:30:00", "2026-11-17", "2026-11-18T10:30:00");
        check("2026-11-18T19:30:00", "2026-11-18", "2026-11-18T19:00:00");
        check("2026-11-18T03:30:00", "2026-11-17", "2026-11-17T19:00:00");
        check("2026-11-22T12:00:00", "2026-11-20", "2026-11-20T19:00:00");
        check("2026-11-26T12:00:00", "2026-11-25", "2026-11-25T19:00:00");
    }

    #[test]
    fn days_are_counted_in_business_days() {
        let calendar = at("2026-11-18T10:30:00");
        assert_eq!(calendar.past(2).to_string(), "2026-11-13");
        assert_eq!(calendar.ahead(6).to_string(), "2026-11-30");
        assert_eq!(calendar.past(1_000), calendar.past(REACH - 1));
    }
}
