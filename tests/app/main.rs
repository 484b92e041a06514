//! The whole suite that needs no browser, as one binary. On PostgreSQL instead of SQLite with `TEST_DATABASE_URL`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets what it does not expect has to fail, in its helpers too"
)]

mod access;
mod admin;
mod blank_loa;
mod brand;
mod connections;
mod demo;
mod desk;
mod documents;
mod documents_judged;
mod error_page;
mod forms;
mod harness;
mod health;
mod help;
mod housekeeping;
mod letter;
mod loa_mails;
mod locations;
mod mail;
mod manual;
mod outbox;
mod people;
mod phone_numbers;
mod port_requests;
mod program;
mod schema;
mod seal;
mod sign;
mod smtp;
mod store;
mod tidy;
mod tokens;
mod verify;
