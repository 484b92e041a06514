//! Getting in and out: sign-in, sessions, private links, profile, and forms that arrive too late.

mod first_admin;
mod hashing;
mod invitations;
mod origin;
mod parked;
mod password_resets;
mod profile;
mod sessions;
mod sign_in;
