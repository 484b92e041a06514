//! HTTP and HTML: the only room that knows actix. It opens transactions and decides nothing about porting.

pub mod app;
pub mod assets;
pub mod brand;
pub mod cookies;
pub mod entry;
pub mod error;
pub mod error_page;
pub mod extract;
pub mod flash;
pub mod form;
pub mod frame;
pub mod guard;
pub mod hashers;
pub mod live;
pub mod log;
pub mod new_password;
pub mod now;
pub mod page;
pub mod pages;
pub mod pairs;
pub mod parked;
pub mod parts;
pub mod routes;
pub mod server;
pub mod uploads;
pub mod wizard;
