//! The admin's pages: accounts, locations, users.

mod accounts;
mod area_codes;
mod locations;
mod users;
