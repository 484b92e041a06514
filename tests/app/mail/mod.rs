//! Letters as people read them, and the folder that stands in for a server.

#![expect(clippy::unwrap_used, reason = "a test that can't be set up has to fail")]

mod folder;
mod letters;
mod loa_letters;
mod loa_seed;
mod same_facts;
mod seed;
