//! The admin's pages: accounts, locations, users.

mod accounts;
mod locations;
mod users;
