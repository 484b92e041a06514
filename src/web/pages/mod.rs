//! One file a page, of the same path as its template and its test.

pub mod health;
pub mod home;
pub mod locations;
pub mod parked;
pub mod phone_numbers;
pub mod port_requests;
pub mod sign_in;
pub mod sign_out;
