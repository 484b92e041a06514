//! The whole suite that needs no browser, as one binary. On PostgreSQL instead of SQLite with `TEST_DATABASE_URL`.

mod admin;
mod brand;
mod demo;
mod documents_judged;
mod harness;
mod health;
mod housekeeping;
mod locations;
mod mail;
mod outbox;
mod people;
mod phone_numbers;
mod port_requests;
mod schema;
mod smtp;
mod store;
mod tidy;
