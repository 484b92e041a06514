//! The whole suite that needs no browser, as one binary. On PostgreSQL instead of SQLite with `TEST_DATABASE_URL`.

mod documents;
mod documents_judged;
mod harness;
mod mail;
mod port_requests;
mod smtp;
mod store;
mod tidy;
