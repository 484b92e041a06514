use super::*;
use crate::demo::requests;

#[test]
fn every_request_goes_forward_in_time_and_ends_before_now() {
    // Monday morning, Sunday, mid-week, and the night in which the clocks go back.
    for now in ["2026-11-16T14:20:00", "2026-11-22T17:00:00", "2026-09-02T21:45:00", "2026-11-01T05:30:00"] {
        let now: NaiveDateTime = now.parse().unwrap();
        let calendar = Calendar::new(TimeZone::parse("America/New_York").unwrap(), now);
        for sketch in requests::all() {
            let steps = plot(&sketch, &calendar).unwrap();
            assert!(steps.is_sorted_by_key(|(at, _)| *at), "{}: {steps:#?}", sketch.name);
            assert!(steps.iter().all(|(at, _)| *at <= now), "{} at {now}: {steps:#?}", sketch.name);
        }
    }
}
