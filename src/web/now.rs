//! What is happening with a request now: the facts of its situation, put into words for whoever reads it.

use chrono::{NaiveDateTime, SecondsFormat};

use crate::{
    domain::{
        draft::Step,
        loa::EndReason,
        people::{Person, Role},
        signing::Signing,
        situation::{Facts, NextAction, Situation, Turn},
        stage::{CustomerStatus, Stage},
        time_zone::{self, LocalTime, TimeZone},
    },
    services::house::House,
    store::{loas::Loa, port_requests::PortRequest},
};

/// The situation of a request at a moment, with its newest letter; times are told in the zone of its location.
pub fn situation(
    house: &House,
    request: &PortRequest,
    letter: Option<&Loa>,
    location_zone: &str,
    now: NaiveDateTime,
) -> Situation {
    let zone = house.zone(location_zone);
    let asked_on = letter.map(|loa| time_zone::weekday_and_day(zone.date(loa.asked_at))).unwrap_or_default();
    let until = letter.map(|loa| time_zone::month_and_day(zone.date(loa.expires_at))).unwrap_or_default();
    let signing = letter.map(|loa| Signing {
        state: loa.state,
        mode: loa.mode,
        ended: EndReason::from_code(&loa.end_reason),
        signer: &loa.signer_name,
        asked_on: &asked_on,
        until: &until,
        is_past: loa.expires_at <= now,
        paper_chosen: loa.paper_chosen_at.is_some(),
    });
    let day = |at: NaiveDateTime| time_zone::day_with_year(zone.date(at));
    let foc = request.foc();
    let window = foc.as_ref().map(|foc| zone.window(foc.starts_at, foc.ends_at)).unwrap_or_default();
    let facts = Facts {
        losing_carrier: &request.losing_carrier,
        next_step: Step::from_segment(&request.next_step).map_or("", Step::label),
        sent_to_carrier_on: &request.sent_to_carrier_at.map(day).unwrap_or_default(),
        foc: &window,
        moving_now: foc.as_ref().is_some_and(|foc| foc.starts_at <= now && now < foc.ends_at),
        window_passed: foc.as_ref().is_some_and(|foc| foc.ends_at <= now),
        number_count: request.number_count,
        ported_count: request.ported_count,
        leaves_carrier: request.leaves_carrier(),
        since: &day(request.stage_since),
        reason: &request.current_reason,
        letter: signing,
    };
    Situation::of(request.stage, &facts)
}

/// What a list row and a Now card show.
#[derive(Debug, Clone)]
pub struct Now {
    pub status: CustomerStatus,
    pub turn: Turn,
    pub sentence: String,
    /// "Waiting for Verizon".
    pub whose_move: String,
    /// The desk's own words about what the losing carrier is doing.
    pub note: Option<String>,
    /// The agreed window on the clocks of the reader, if theirs show another time: "7:00 AM–11:00 AM your time".
    pub own_window: Option<String>,
    pub action: Option<NextAction>,
    /// Whether the old service has to stay on, of whoever reads it, and the sentence does not say so.
    pub keep_service: bool,
}

impl Now {
    /// What is happening with a request of this submitter, for a person to read.
    pub fn of(
        house: &House,
        (request, name): (&PortRequest, &str),
        letter: Option<&Loa>,
        location_zone: &str,
        reader: &Person,
        now: NaiveDateTime,
    ) -> Self {
        let mut situation = situation(house, request, letter, location_zone, now);
        let is_anothers = request.is_manual() && reader.role != Role::Contact;
        if request.is_manual() && request.confirmed_at.is_none() && request.stage == Stage::InReview {
            situation = situation.before_the_mailbox(is_anothers.then_some(name), &request.losing_carrier);
        }
        if is_anothers {
            situation = situation.of_a_contact();
        }
        // Only where the sentence names the window.
        let is_due = request.stage == Stage::FocScheduled;
        let own_window = request
            .foc()
            .filter(|_| is_due)
            .and_then(|foc| Clocks::of(house, location_zone, reader).own_window(foc.starts_at, foc.ends_at));
        Self {
            status: situation.status,
            turn: situation.turn,
            whose_move: situation.whose_move(
                &request.losing_carrier,
                letter.map_or("the signer", |loa| &loa.signer_name),
                &submitter(request, name),
            ),
            sentence: situation.sentence,
            note: Some(request.current_action.clone()).filter(|note| !note.is_empty()),
            own_window,
            action: situation.action,
            keep_service: !is_anothers && keeps_service(request.stage),
        }
    }
}

/// Whether to keep the old service on is worth a line of its own: until the numbers moved.
fn keeps_service(stage: Stage) -> bool {
    !stage.is_final() && !matches!(stage, Stage::Draft | Stage::FocScheduled)
}

/// The clocks of a place, and those of the reader where they chose some.
#[derive(Debug, Clone, Copy)]
pub struct Clocks {
    place: TimeZone,
    own: Option<TimeZone>,
}

impl Clocks {
    /// The clocks of a zone, for a reader.
    pub fn of(house: &House, zone: &str, reader: &Person) -> Self {
        let own = reader.time_zone.as_deref().and_then(|name| TimeZone::parse(name).ok());
        Self { place: house.zone(zone), own }
    }

    /// A moment: "Jun 9, 2026, 10:00 AM EDT", and "(7:00 AM your time)" behind it where the reader's clocks differ.
    pub fn moment(self, at: NaiveDateTime) -> String {
        let there = self.place.moment(at);
        match self.own_local(at) {
            Some(own) => format!("{there} ({} your time)", beside(&own, &self.place.local(at))),
            None => there,
        }
    }

    /// A day of the place: "Jun 9, 2026".
    pub fn day(self, at: NaiveDateTime) -> String {
        time_zone::day_with_year(self.place.date(at))
    }

    /// A window on the reader's clocks, where they differ: "7:00 AM–11:00 AM your time".
    pub fn own_window(self, from: NaiveDateTime, to: NaiveDateTime) -> Option<String> {
        let (own_from, own_to) = (self.own_local(from)?, self.own.map(|own| own.local(to))?);
        let start = beside(&own_from, &self.place.local(from));
        let end = if own_from.date == own_to.date {
            time_zone::clock(own_to.time)
        } else {
            format!("{}, {}", time_zone::weekday_and_day(own_to.date), time_zone::clock(own_to.time))
        };
        Some(format!("{start}–{end} your time"))
    }

    /// The reader's time, unless their clocks show the same as those of the place.
    fn own_local(self, at: NaiveDateTime) -> Option<LocalTime> {
        let (own, place) = (self.own?.local(at), self.place.local(at));
        ((own.date, own.time) != (place.date, place.time)).then_some(own)
    }
}

/// A time of the reader beside that of the place: the day is told where it is another.
fn beside(own: &LocalTime, place: &LocalTime) -> String {
    let clock = time_zone::clock(own.time);
    if own.date == place.date { clock } else { format!("{}, {clock}", time_zone::weekday_and_day(own.date)) }
}

/// A moment for machines (RFC 3339).
pub fn machine_time(at: NaiveDateTime) -> String {
    at.and_utc().to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// What a request is called where it has no name of its own: "12 numbers from Verizon".
pub fn title_of(request: &PortRequest) -> String {
    if !request.name.is_empty() {
        return request.name.clone();
    }
    match (request.number_count, request.losing_carrier.as_str()) {
        (0, "") => "Request without a name".to_owned(),
        (0, carrier) => format!("Numbers from {carrier}"),
        (count, "") => numbers(count),
        (count, carrier) => format!("{} from {carrier}", numbers(count)),
    }
}

/// "1 number", "12 numbers".
pub fn numbers(count: i32) -> String {
    match count {
        1 => "1 number".to_owned(),
        count => format!("{count} numbers"),
    }
}

/// Who sent a request, as its account reads it.
pub fn submitter(request: &PortRequest, name: &str) -> String {
    if request.is_manual() { format!("{name}, manual form") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clocks(place: &str, own: &str) -> Clocks {
        Clocks { place: TimeZone::parse(place).unwrap(), own: TimeZone::parse(own).ok() }
    }

    fn utc(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check_window(place: &str, own: &str, expected: Option<&str>) {
        let window = clocks(place, own).own_window(utc("2026-06-09T14:00:00"), utc("2026-06-09T18:00:00"));
        assert_eq!(window.as_deref(), expected);
    }

    #[test]
    fn a_window_is_told_again_where_the_readers_clocks_differ() {
        check_window("America/New_York", "America/Los_Angeles", Some("7:00 AM–11:00 AM your time"));
        check_window("America/New_York", "Pacific/Guam", Some("Wed, Jun 10, 12:00 AM–4:00 AM your time"));
        check_window("America/New_York", "America/Toronto", None);
        check_window("America/New_York", "", None);
    }

    #[test]
    fn a_moment_names_the_readers_time_behind_it() {
        let at = utc("2026-11-01T05:30:00");
        assert_eq!(clocks("America/New_York", "").moment(at), "Nov 1, 2026, 1:30 AM EDT");
        assert_eq!(
            clocks("America/New_York", "America/Chicago").moment(at),
            "Nov 1, 2026, 1:30 AM EDT (12:30 AM your time)"
        );
        assert_eq!(
            clocks("America/New_York", "America/Los_Angeles").moment(at),
            "Nov 1, 2026, 1:30 AM EDT (Sat, Oct 31, 10:30 PM your time)"
        );
    }
}
