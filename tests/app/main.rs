//! The whole suite that needs no browser, as one binary. On PostgreSQL instead of SQLite with `TEST_DATABASE_URL`.

mod admin;
mod brand;
mod demo;
mod desk;
mod documents;
mod documents_judged;
mod harness;
mod health;
mod housekeeping;
mod mail;
mod outbox;
mod people;
mod port_requests;
mod schema;
mod smtp;
mod store;
mod tidy;
