//! Times and counts in the words of the desk.

use chrono::{NaiveDateTime, SecondsFormat};

use crate::domain::time_zone::TimeZone;

/// A moment for people and for machines.
#[derive(Debug, Clone)]
pub struct Moment {
    /// "Jun 9, 2026, 10:00 AM EDT".
    pub text: String,
    /// The same in RFC 3339.
    pub datetime: String,
}

impl Moment {
    /// A moment (UTC) on the clocks of a zone.
    pub fn new(zone: TimeZone, at: NaiveDateTime) -> Self {
        Self { text: zone.moment(at), datetime: at.and_utc().to_rfc3339_opts(SecondsFormat::Secs, true) }
    }
}

/// How long something has lasted: "6 hours", "3 days".
pub fn span(from: NaiveDateTime, to: NaiveDateTime) -> String {
    let minutes = (to - from).num_minutes();
    match minutes {
        ..1 => "less than a minute".to_owned(),
        1..60 => counted(minutes, "minute"),
        60..2_880 => counted(minutes / 60, "hour"),
        _ => counted(minutes / 1_440, "day"),
    }
}

/// How long ago something was: "1 minute ago", "just now".
pub fn ago(then: NaiveDateTime, now: NaiveDateTime) -> String {
    if (now - then).num_minutes() < 1 { "just now".to_owned() } else { format!("{} ago", span(then, now)) }
}

/// A day and a time on two lines, for narrow columns: "Tue, Dec 1," and "10:00 AM–2:00 PM EST".
pub fn two_lines(moment: &str) -> (String, String) {
    let Some((at, comma)) = moment.match_indices(", ").nth(1) else { return (moment.to_owned(), String::new()) };
    let (day, time) = moment.split_at(at + comma.len());
    (day.trim_end().to_owned(), time.to_owned())
}

/// "1 number", "12 numbers".
pub fn counted(count: i64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A count on a tab: "999+" for more.
pub fn capped(count: i64) -> String {
    if 999 < count { "999+".to_owned() } else { count.to_string() }
}

/// The paragraphs of a text, each as its lines.
pub fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines() {
        match paragraphs.last_mut() {
            Some(last) if !line.trim().is_empty() => last.push(line.to_owned()),
            _ => paragraphs.push(Vec::new()),
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_one_unit() {
        let start: NaiveDateTime = "2026-06-09T12:00:00".parse().unwrap();
        for (minutes, told) in [(0, "less than a minute"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour")] {
            assert_eq!(span(start, start + chrono::Duration::minutes(minutes)), told);
        }
        assert_eq!(span(start, start + chrono::Duration::hours(47)), "47 hours");
        assert_eq!(span(start, start + chrono::Duration::hours(48)), "2 days");
        assert_eq!(ago(start, start), "just now");
    }

    #[test]
    fn days_and_times_part_at_the_second_comma() {
        let parted = |text| two_lines(text);
        assert_eq!(parted("Nov 16, 2026, 1:18 PM EST"), ("Nov 16, 2026,".to_owned(), "1:18 PM EST".to_owned()));
        assert_eq!(parted("Tue, Dec 1, 10:00 AM–2:00 PM EST").1, "10:00 AM–2:00 PM EST");
        assert_eq!(parted("soon").0, "soon");
    }

    #[test]
    fn a_text_is_taken_apart_at_its_empty_lines() {
        assert_eq!(paragraphs("\na\nb\n\n \nc\n"), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(capped(1_000), "999+");
    }
}
