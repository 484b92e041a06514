//! The fields of a location, read the same way when it is added and when it is edited.

use crate::{
    domain::{
        contact::{NameOf, parse_name},
        findings::Findings,
        location_id::{LocationId, LocationIdError},
        time_zone::TimeZone,
        typed_text,
    },
    store::locations::{Location, LocationFacts},
    vault,
    web::pairs::Pairs,
};

/// Longest reason why porting is off, in characters: it is read on a page, not kept as a record.
const LONGEST_REASON: usize = 300;

/// Reads the fields. Without a typed Location ID a new location gets a random one.
pub fn check(pairs: &Pairs, is_new: bool, findings: &mut Findings) -> Option<LocationFacts> {
    let name = findings.take("name", parse_name(NameOf::Location, pairs.get("name")));
    let location_id = match LocationId::parse(pairs.get("location_id")) {
        Err(LocationIdError::Missing) if is_new => Some(LocationId::from_random(vault::random())),
        parsed => findings.take("location_id", parsed),
    };
    let zone = findings.take("time_zone", TimeZone::parse(pairs.get("time_zone")));
    let reason = match pairs.get("porting") {
        "on" => Some(String::new()),
        "off" => reason(pairs.get("reason"), findings),
        _ => findings.take("porting", Err("Select whether numbers can be moved in")),
    };
    Some(LocationFacts {
        location_id: location_id?,
        name: name?,
        time_zone: zone?.name().to_owned(),
        porting_off_reason: reason?,
    })
}

fn reason(typed: &str, findings: &mut Findings) -> Option<String> {
    match typed_text::one_line(typed) {
        Ok(reason) if reason.is_empty() => findings.take("reason", Err("Enter the reason that people will read")),
        Ok(reason) if LONGEST_REASON < typed_text::length(&reason) => {
            findings.take("reason", Err(format!("Reason must be {LONGEST_REASON} characters or fewer")))
        }
        read => findings.take("reason", read),
    }
}

/// A stored location as answers of the form.
pub fn answers(location: &Location) -> Vec<(String, String)> {
    let porting = if location.porting_off_reason.is_empty() { "on" } else { "off" };
    [
        ("name", location.name.as_str()),
        ("location_id", &location.location_id),
        ("time_zone", &location.time_zone),
        ("porting", porting),
        ("reason", &location.porting_off_reason),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// The time zones on offer, and the one in the form if it is another.
pub fn zones(chosen: &str) -> Vec<(String, String)> {
    let mut zones = TimeZone::options();
    if let Ok(zone) = TimeZone::parse(chosen)
        && zones.iter().all(|(name, _)| name != zone.name())
    {
        zones.push((zone.name().to_owned(), zone.label().to_owned()));
    }
    zones
}
