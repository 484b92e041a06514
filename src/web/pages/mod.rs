//! One file a page, of the same path as its template and its test.

pub mod admin;
pub mod blank_loa;
pub mod dead_link;
pub mod desk;
pub mod documents;
pub mod first_admin;
pub mod health;
pub mod help;
pub mod home;
pub mod invitations;
pub mod locations;
pub mod manual;
pub mod parked;
pub mod password_resets;
pub mod phone_numbers;
pub mod port_requests;
pub mod profile;
pub mod sign;
pub mod sign_in;
pub mod sign_out;
pub mod signed_loa;
pub mod status;
pub mod verify;
