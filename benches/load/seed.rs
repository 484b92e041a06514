//! Fills an empty desk for a load test: the demonstration, and as many requests more as the argument says.
//!
//! Reads the settings that the server reads. `seed 100000`

#[path = "../support/rows.rs"]
mod rows;

use actix_web::rt::System;
use portdesk::{
    clock::Clock,
    commands::setting_up,
    config::Config,
    demo::{self, SIGN_INS, Workshop},
    inspect::Inspector,
    services::passwords,
    store::{self, StoreError},
    worker,
};

fn main() {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).expect("how many requests, as a number");
    let config = Config::from_vars(&setting_up::vars()).expect("the settings are right");
    let post = setting_up::post(&config).expect("the post can be set up");
    let store = setting_up::store(&config, true).expect("the database opens");
    let inspector = Inspector::of_this_program().expect("the program has a path");
    let app = setting_up::app(&config, store, Clock::System, inspector).expect("the application starts");
    let workshop =
        Workshop { tools: &app.loa_tools(), incoming: &app.incoming, post: &post, sender: &worker::sender(&config) };
    let now = app.clock.now();
    let hash = passwords::hash(demo::PASSWORD, config.password_memory_kib);
    System::new().block_on(demo::build(&workshop, &hash, now)).expect("the demonstration can be built");
    let [(owner, _), ..] = SIGN_INS;
    let owner = app.store.read_now(|conn| store::users::by_email(conn, owner));
    let owner = owner.and_then(|user| user.ok_or(StoreError::NotFound)).expect("the demonstration has its owner");
    rows::add(&app.store, &owner, count, now);
    println!("{count} requests beside the demonstration's");
}
