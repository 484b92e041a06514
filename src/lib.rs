//! Portdesk: a self-hosted desk for moving phone numbers from one carrier to another.

pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod domain;
pub mod files;
pub mod inspect;
pub mod mail;
pub mod services;
pub mod store;
pub mod vault;
pub mod web;
pub mod worker;
