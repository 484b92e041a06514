//! When a signer is reminded: on days 2, 5 and 9 and on the day before the end, on weekdays in working hours.

use chrono::{Days, Duration, NaiveDateTime, NaiveTime};

use crate::domain::{business_days::is_weekend, time_zone::TimeZone};

/// Days after the signer was asked.
const AFTER_DAYS: [i64; 3] = [2, 5, 9];
/// Working hours begin and end here, on the clocks of the location.
const OPENS: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
const CLOSES: NaiveTime = NaiveTime::from_hms_opt(17, 0, 0).unwrap();

/// When the signer is reminded next, if at all: slots that have passed are left out, so that missed ones become one.
pub fn next_reminder(
    asked_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    zone: TimeZone,
    now: NaiveDateTime,
) -> Option<NaiveDateTime> {
    let last = expires_at - Duration::days(1);
    let slots = AFTER_DAYS.into_iter().map(|days| asked_at + Duration::days(days)).filter(|slot| *slot < last);
    let mut moments = slots.map(|slot| working_time(slot, zone)).chain([working_time_before(last, zone)]);
    moments.find(|moment| now < *moment && *moment < expires_at)
}

/// The first moment from `utc` on at which people work.
fn working_time(utc: NaiveDateTime, zone: TimeZone) -> NaiveDateTime {
    let local = zone.local(utc);
    let mut day = local.date;
    if CLOSES <= local.time {
        day = day + Days::new(1);
    }
    while is_weekend(day) {
        day = day + Days::new(1);
    }
    if day == local.date && OPENS <= local.time {
        return utc;
    }
    zone.to_utc(day.and_time(OPENS)).unwrap_or(utc)
}

/// The last reminder would come too late on the next working day, so it comes on the one before.
fn working_time_before(utc: NaiveDateTime, zone: TimeZone) -> NaiveDateTime {
    let local = zone.local(utc);
    let mut day = local.date;
    let mut time = local.time.clamp(OPENS, CLOSES);
    while is_weekend(day) {
        day = day - Days::new(1);
        time = OPENS;
    }
    zone.to_utc(day.and_time(time)).unwrap_or(utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    /// Every reminder of a letter, if each is sent in time.
    fn all(asked: &str, days: i64) -> Vec<String> {
        let zone = TimeZone::parse("America/New_York").unwrap();
        let (asked, mut now) = (time(asked), time(asked));
        let mut all = Vec::new();
        while let Some(next) = next_reminder(asked, asked + Duration::days(days), zone, now) {
            all.push(zone.local(next).date.format("%a %d ").to_string() + &zone.local(next).time.to_string());
            now = next;
        }
        all
    }

    #[test]
    fn four_reminders_in_two_weeks_on_working_days() {
        // A Monday, 10 AM in New York: day 5 is a Saturday, the day before the end a Sunday.
        let told = all("2026-11-02T15:00:00", 14);
        assert_eq!(told, ["Wed 04 10:00:00", "Mon 09 09:00:00", "Wed 11 10:00:00", "Fri 13 09:00:00"]);
    }

    #[test]
    fn nobody_is_reminded_at_night() {
        let told = all("2026-11-03T04:00:00", 14);
        assert_eq!(told.first().map(String::as_str), Some("Thu 05 09:00:00"));
    }

    #[test]
    fn missed_reminders_become_one() {
        let zone = TimeZone::parse("America/New_York").unwrap();
        let asked = time("2026-11-02T15:00:00");
        let now = time("2026-11-10T15:00:00");
        assert_eq!(next_reminder(asked, asked + Duration::days(14), zone, now), Some(time("2026-11-11T15:00:00")));
    }

    #[test]
    fn a_short_time_to_sign_has_few() {
        assert_eq!(all("2026-11-02T15:00:00", 3), ["Wed 04 10:00:00"]);
        assert_eq!(all("2026-11-02T15:00:00", 1), Vec::<String>::new());
    }
}
