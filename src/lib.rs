//! Portdesk: a self-hosted desk for moving phone numbers from one carrier to another.
//!
//! A customer writes a port request in five steps; the desk checks it, carries it to the losing carrier, notes the date
//! that the carrier commits to, and notes which numbers moved. Everybody is told by mail, and pages show where it is.
//!
//! # Rooms
//!
//! Code lives in rooms, and imports point one way only:
//!
//! ```text
//! domain <- mail <- store <- services <- web <- worker
//!        <- letter <--------          <- demo
//! ```
//!
//! - [`domain`]: what porting is: numbers, accounts, addresses, answers and their errors, stages and the moves between
//!   them. It knows no files, no database, no web and no clock; today is an argument.
//! - [`mail`]: letters as values, and the ways they leave: a mail server, a folder, or memory in tests.
//! - [`letter`]: the letter of authorization: its facts, its words and its PDF, and the certificate of how it was signed. It
//!   knows Typst and nothing but [`domain`].
//! - [`store`]: the only room that knows Diesel. Functions take a connection and domain values and give domain values; none
//!   opens a transaction.
//! - [`services`]: one file for each thing that people do. A service runs inside one transaction: it loads, asks the
//!   domain, saves, writes history and puts letters into the outbox.
//! - [`web`]: HTTP and HTML. It opens the transaction, calls one service and decides nothing about porting.
//! - [`worker`]: sends what is in the outbox and removes what has run out.
//! - [`demo`]: sample data, made by calling the services under a clock that is moved.
//!
//! Beside them: [`files`] keeps the bytes of documents, [`inspect`] looks inside uploaded files in child processes with hard
//! limits, [`vault`] seals secrets, [`seal`] signs finished letters so that nobody can change them unseen, [`clock`] tells
//! the time, [`config`] reads the settings, and [`commands`] puts all of it together for each subcommand.
//!
//! # What always holds
//!
//! Tests in `tests/app/tidy.rs` keep those that a test can see.
//!
//! 1. Imports point in the direction above.
//! 2. No HTML is escaped by hand, and `|safe` does not occur in a template.
//! 3. Handlers send no mail. No transaction is open while the network is used.
//! 4. A stage changes only through `Stage::move_to`, and is saved only on the version that was read.
//! 5. A change of stage, its line of history and its letter are one transaction.
//! 6. Who may do something is an argument's type: services for the desk take a `Reviewer` or `Admin`, and those are made
//!    only from a live session; people without an account are a `Contact`, made only from a mailed link. Another account's
//!    request is "not found".
//! 7. No PIN, SSN digit, account number or token is printed by `Debug` or `Display` or written to the log. Secrets of requests
//!    are sealed, tokens are stored as hashes, and looking at a PIN leaves a line of history.
//! 8. Every page works without script; script saves steps.
//! 9. Every query is one text for SQLite and PostgreSQL, unless it stands in a `match conn` with the reason above it.
//! 10. The only clock is [`clock::Clock`], and only [`config`] knows the settings.
//! 11. Uploaded files are never opened in the server's own process.
//! 12. A letter is signed for the facts that were shown: the signature names their hash, a changed fact ends the letter, and
//!     what happened to it is a chain of events that the database refuses to change.
//!
//! # Where to begin reading
//!
//! [`domain::stage`] and [`domain::moves`] say what can become of a request; [`domain::draft`] what is asked and how answers
//! are checked. [`services::send_request`] is the model of a service, `web/pages/sign_in.rs` the model of a page,
//! `web/routes.rs` the table of all addresses, and `store/port_requests.rs` the model of a table's queries.
//! [`services::loa`] is the letter of authorization from the first request to sign to the seal, [`services::manual`] the way
//! of a request without an account.
//! `demo/plot.rs` tells the whole life of a request in one file.

pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod domain;
pub mod files;
pub mod inspect;
pub mod letter;
pub mod mail;
pub mod seal;
pub mod services;
pub mod store;
pub mod vault;
pub mod web;
pub mod worker;
