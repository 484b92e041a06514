//! `portdesk migrate`: for installations that bring the database up to date in a step of its own.

use super::setting_up::{self, SetUpError};
use crate::config::Config;

/// Runs the migrations that are missing.
pub fn run() -> Result<(), SetUpError> {
    let config = Config::from_vars(&setting_up::vars())?;
    setting_up::store(&config, true)?;
    println!("The database is up to date");
    Ok(())
}
