//! One file a page, of the same path as its template and its test.

pub mod documents;
pub mod health;
pub mod home;
pub mod parked;
pub mod port_requests;
pub mod sign_in;
pub mod sign_out;
