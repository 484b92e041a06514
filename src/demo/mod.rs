//! The demonstration: a desk with believable requests in every stage, made by calling the services under a moved clock.

mod answers;
mod bill;
mod calendar;
mod cast;
mod manual;
mod people;
mod play;
mod plot;
mod requests;
mod sheet;
mod signing;
mod sketch;

use std::path::Path;

use chrono::NaiveDateTime;

use crate::{
    domain::time_zone::DaylightGap,
    files::FilesError,
    mail::Post,
    seal::NotReady,
    services::{
        cancel_request::CancelError,
        deliver_mail::Sender,
        draft::DraftError,
        loa::{
            codes::CodeError,
            landing::LinkError,
            sign::SignError,
            tools::{PaperError, Tools},
            waiting::WaitingError,
        },
        locations::LocationError,
        manual::ManualError,
        people::PeopleError,
        review::ReviewError,
        send_request::SendError,
    },
    store::StoreError,
};

/// The password of everybody in the demonstration. It is easy on purpose: nothing here is worth guarding.
pub const PASSWORD: &str = "portdesk-demo";

/// Who takes over the toll-free numbers of the sample requests, as the setting says it.
pub const RESP_ORG: &str = "PDK01 Portdesk Demo";

/// The people to sign in as, and what each can see.
pub const SIGN_INS: [(&str, &str); 4] = [
    ("owner@demo.test", "every request of the account, its locations and managers"),
    ("manager@demo.test", "only the requests that this manager made"),
    ("reviewer@demo.test", "the desk: checking requests and carrying them through the carriers"),
    ("admin@demo.test", "the desk, and accounts, locations, users and mail"),
];

/// The owner of the second account, whom the first account's people never see; same password.
pub const OTHER_OWNER: &str = "owner@bluebird.test";

/// The Location ID of the first account's main office.
pub const MAIN_LOCATION: &str = "DEMO-LOCATION";

/// Requests that stay the same from build to build, by name: tests of pages may rely on them.
pub const NOTABLE: [(&str, &str); 16] = [
    (FRONT_DESK, "rejected by the losing carrier: the PINs are wrong"),
    (MAIN_OFFICE, "with a firm order commitment in a few days"),
    (SECOND_SITE, "a draft that waits at the contact step"),
    (CALL_CENTER, "120 numbers out of a range, in review"),
    (LONG_NAME, "79 characters with accents and markup, in review"),
    (CLINIC, "rejected by the desk: the service address on the bill is another"),
    (WAREHOUSE, "sent again after a rejection: attempt 2, in review"),
    (SHOWROOM, "partly moved"),
    (HELP_LINE, "completed, with toll-free numbers"),
    (OLD_FAX, "canceled by its owner"),
    (SALES_TEAM, "sent to the losing carrier, which checks its record"),
    (WAITING_ROOMS, "waiting for the signer, who was reminded once"),
    (BILLING_LINE, "the signer says that something in the letter is wrong"),
    (HARBOR_KIOSK, "nobody signed before the link ended"),
    (FIELD_OFFICES, "signed by its owner, in review"),
    (PHARMACY, "a letter signed on paper and uploaded, in review"),
];

/// See [`NOTABLE`].
pub const FRONT_DESK: &str = "Front desk lines";
/// See [`NOTABLE`].
pub const MAIN_OFFICE: &str = "Main office move";
/// See [`NOTABLE`].
pub const SECOND_SITE: &str = "Second site";
/// See [`NOTABLE`].
pub const CALL_CENTER: &str = "Call center block";
/// See [`NOTABLE`].
pub const LONG_NAME: &str = "Zoë & Søren’s <b>Café</b> “Crème brûlée” – naïve façade, 3 Straßen & more lines";
/// See [`NOTABLE`].
pub const CLINIC: &str = "Clinic reception";
/// See [`NOTABLE`].
pub const WAREHOUSE: &str = "Warehouse phones";
/// See [`NOTABLE`].
pub const SHOWROOM: &str = "Showroom and workshop";
/// See [`NOTABLE`].
pub const HELP_LINE: &str = "Customer help line";
/// See [`NOTABLE`].
pub const OLD_FAX: &str = "Old fax numbers";
/// See [`NOTABLE`].
pub const SALES_TEAM: &str = "Sales team mobiles";

/// See [`NOTABLE`].
pub const WAITING_ROOMS: &str = "Waiting rooms";
/// See [`NOTABLE`].
pub const BILLING_LINE: &str = "Billing line";
/// See [`NOTABLE`].
pub const HARBOR_KIOSK: &str = "Harbor kiosk";
/// See [`NOTABLE`].
pub const FIELD_OFFICES: &str = "Field offices";
/// See [`NOTABLE`].
pub const PHARMACY: &str = "Pharmacy counter";

/// Where the demonstration is built.
pub struct Workshop<'a> {
    /// Their clock is not heeded: the demonstration moves one of its own.
    pub tools: &'a Tools,
    /// Folder for files that are being received; it exists.
    pub incoming: &'a Path,
    pub post: &'a Post,
    pub sender: &'a Sender,
}

/// Why the demonstration could not be built.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("{0}: {1}")]
    Unfinished(&'static str, String),
    #[error(transparent)]
    Manual(#[from] ManualError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    #[error("no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    #[error(transparent)]
    Pdf(#[from] lopdf::Error),
    #[error(transparent)]
    Time(#[from] DaylightGap),
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Send(#[from] SendError),
    #[error(transparent)]
    Review(#[from] ReviewError),
    #[error(transparent)]
    Cancel(#[from] CancelError),
    #[error(transparent)]
    People(#[from] PeopleError),
    #[error(transparent)]
    Location(#[from] LocationError),
    #[error(transparent)]
    Link(#[from] LinkError),
    #[error(transparent)]
    Code(#[from] CodeError),
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error(transparent)]
    Waiting(#[from] WaitingError),
    #[error(transparent)]
    Paper(#[from] PaperError),
    #[error(transparent)]
    Seal(#[from] NotReady),
}

/// Fills an empty desk with what happened there in the ten weeks before `now` (UTC), in the order of time: people,
/// requests, bills, decisions and the letters about them. `password_hash` is everybody's.
pub async fn build(workshop: &Workshop<'_>, password_hash: &str, now: NaiveDateTime) -> Result<(), DemoError> {
    let house = &workshop.tools.house;
    workshop.tools.sealer.self_test(now)?;
    let calendar = calendar::Calendar::new(house.desk_zone, now);
    let opened = calendar.opening(house.desk_zone)?;
    let people = workshop.tools.store.write_now(|conn| people::settle(conn, house, password_hash, opened))?;
    let sketches = requests::all();
    let mut scenes = Vec::new();
    for sketch in &sketches {
        for (at, act) in plot::plot(sketch, &calendar)? {
            scenes.push(play::Scene { at, sketch, act });
        }
    }
    // Steps of one request that fall on the same minute keep their order.
    scenes.sort_by_key(|scene| scene.at);
    play::play(workshop, &people, &scenes, now).await
}
