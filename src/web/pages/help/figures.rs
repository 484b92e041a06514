//! The figures that help pages quote, each from the rule that counts with it.

use chrono::{Months, NaiveDateTime};

use crate::{
    domain::{
        business_days::Holidays,
        document::{Door, FileSize},
        estimates,
        foc::TOO_LATE_TO_MOVE,
        grouped::grouped,
        loa::AgeLimits,
        pin::TRANSFER_PIN_LENGTH,
        time_zone,
    },
    services::{
        house::House,
        loa::plan::LINK_DAYS,
        send_request::{CARRIER_TIME, REVIEW_TIME},
    },
};

/// What may come through a door for files.
pub struct Uploads {
    /// For example "10 MB".
    pub size: FileSize,
    pub formats: String,
    pub count: usize,
}

impl Uploads {
    fn of(door: &Door) -> Self {
        Self { size: FileSize(door.max_bytes), formats: door.format_names(), count: door.max_files }
    }
}

/// All figures.
pub struct Figures {
    pub large_move: u32,
    pub small_time: &'static str,
    pub large_time: &'static str,
    pub texts_lag: &'static str,
    pub leaving_time: &'static str,
    pub review_time: &'static str,
    pub carrier_time: &'static str,
    pub bill_days: i64,
    /// What many carriers want instead.
    pub bill_better_days: i64,
    pub letter_days: i64,
    pub letter_better_days: i64,
    pub toll_free_letter_days: i64,
    pub link_days: i64,
    pub pin_least: usize,
    pub pin_most: usize,
    /// Days after the end of a request until its PINs are erased.
    pub erased_days: i64,
    pub in_app: Uploads,
    pub manual: Uploads,
    pub letter: Uploads,
    /// Business days ahead that a preferred date has to be.
    pub earliest_days: u32,
    /// Hours before the move in which it can hardly be changed.
    pub late_hours: i64,
    pub most_numbers: String,
    /// Whether numbers in Canada can be moved.
    pub canada: bool,
    /// Whether toll-free numbers can be moved.
    pub toll_free: bool,
    /// The holidays of the next 12 months.
    pub holidays: Vec<String>,
}

impl Figures {
    /// The figures of this installation at a moment.
    pub fn of(house: &House, now: NaiveDateTime) -> Self {
        let today = house.desk_zone.date(now);
        let rules = house.rules(today);
        let (letters, toll_free_letters) = (AgeLimits::of(false), AgeLimits::of(true));
        let end = today + Months::new(12);
        let ahead = Holidays::built_in().days().filter(|(day, _)| today <= *day && *day < end);
        Self {
            large_move: estimates::LARGE_MOVE,
            small_time: estimates::SMALL_MOVE_TIME,
            large_time: estimates::LARGE_MOVE_TIME,
            texts_lag: estimates::TEXTS_LAG,
            leaving_time: estimates::LEAVING_TIME,
            review_time: REVIEW_TIME,
            carrier_time: CARRIER_TIME,
            bill_days: rules.bill_max_age_days,
            bill_better_days: rules.bill_warn_age_days,
            letter_days: letters.longest(),
            letter_better_days: letters.freshest(),
            toll_free_letter_days: toll_free_letters.longest(),
            link_days: LINK_DAYS,
            pin_least: *TRANSFER_PIN_LENGTH.start(),
            pin_most: *TRANSFER_PIN_LENGTH.end(),
            erased_days: house.erase_secrets_days,
            in_app: Uploads::of(&Door::IN_APP),
            manual: Uploads::of(&Door::MANUAL),
            letter: Uploads::of(&Door::LETTER),
            earliest_days: rules.min_business_days,
            late_hours: TOO_LATE_TO_MOVE.num_hours(),
            most_numbers: grouped(rules.max_numbers),
            canada: house.countries.canada,
            toll_free: rules.toll_free,
            holidays: ahead
                .map(|(day, name)| format!("{}: {name}", time_zone::weekday_and_day_with_year(day)))
                .collect(),
        }
    }
}
