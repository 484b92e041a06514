//! A row of the list of port requests.

use chrono::NaiveDateTime;

use crate::{
    domain::{
        people::Person,
        situation::Turn,
        stage::{CustomerStatus, Stage},
    },
    services::house::House,
    store::{loas::Loa, port_requests::ListedRequest},
    web::now::{self, Clocks, Now},
};

/// Longest sentence that a row shows, in characters; the request's own page shows it whole.
const LONGEST: usize = 180;

/// What a row shows.
#[derive(Debug, Clone)]
pub struct Row {
    pub href: String,
    pub name: String,
    /// Drafts have no Request SID that counts yet.
    pub sid: Option<String>,
    /// For example "12 numbers", and the location where there are several.
    pub about: String,
    /// Code of the status.
    pub status: &'static str,
    /// "Waiting for you", where the status alone sounds as if others had to do something, or the other way round.
    pub whose_move: Option<String>,
    pub sentence: String,
    pub note: Option<String>,
    pub own_window: Option<String>,
    /// Address and words of the one link that goes on, where there is more to do than to look at it.
    pub link: Option<(String, &'static str)>,
    pub submitter: String,
    pub created: String,
    pub created_at: String,
    /// What live status finds the row by.
    pub key: String,
}

impl Row {
    /// The row of a request with its newest letter, for a person to read.
    pub fn of(
        house: &House,
        (listed, letter): (&ListedRequest, Option<&Loa>),
        reader: &Person,
        now: NaiveDateTime,
        with_location: bool,
    ) -> Self {
        let request = &listed.request;
        let href = format!("/port-requests/{}", request.sid);
        let said = Now::of(house, (request, &listed.submitter), letter, &listed.time_zone, reader, now);
        let link = said.action.as_ref().map(|action| (format!("{href}{}", action.path), action.label));
        let is_unlike = match said.turn {
            Turn::You => said.status == CustomerStatus::InReview,
            Turn::Contact => true,
            _ => false,
        };
        let mut about = now::numbers(request.number_count);
        if with_location {
            about = format!("{about} · {}", listed.location);
        }
        Self {
            name: now::title_of(request),
            sid: (request.stage != Stage::Draft).then(|| request.sid.to_string()),
            about,
            status: said.status.code(),
            whose_move: is_unlike.then(|| said.whose_move.clone()),
            sentence: shortened(&said.sentence),
            note: said.note.as_deref().map(shortened),
            own_window: said.own_window,
            link,
            submitter: now::submitter(request, &listed.submitter),
            created: Clocks::of(house, &listed.time_zone, reader).day(request.created_at),
            created_at: now::machine_time(request.created_at),
            key: format!("row-{}", request.sid),
            href,
        }
    }
}

/// A sentence that fits into a row, cut between words.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        assert_eq!(shortened("Short."), "Short.");
        let long = shortened(&"word ".repeat(60));
        assert!(long.ends_with("word…") && long.chars().count() <= LONGEST + 1, "{long}");
        assert_eq!(shortened(&"x".repeat(300)).chars().count(), LONGEST + 1);
    }
}
