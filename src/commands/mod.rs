//! The subcommands.

mod add_admin;
mod demo;
mod migrate;
mod rotate_seal_key;
mod serve;
pub mod setting_up;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use setting_up::SetUpError;

/// Exit status when the settings are wrong.
const WRONG_SETTINGS: u8 = 2;

/// A self-hosted desk for moving phone numbers from one carrier to another. Settings are read from the environment;
/// the README lists them.
#[derive(Parser)]
#[command(name = "portdesk")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and send mail (the default)
    Serve(serve::Options),
    /// Try the product: serve a desk with sample requests from a folder of its own
    Demo(demo::Options),
    /// Send mail and keep house, without serving pages
    Work,
    /// Bring the database up to date and end
    Migrate,
    /// Print a one-time link for making an admin
    AddAdmin(add_admin::Options),
    /// Make a new key for sealing letters; what the old one sealed still verifies
    RotateSealKey,
    /// Check the seal of a PDF, without database and without the private key
    Verify(verify::Options),
}

/// Runs what the command line says.
pub fn run() -> ExitCode {
    let command = Arguments::parse().command.unwrap_or(Command::Serve(serve::Options::default()));
    setting_up::start_log();
    let done = match command {
        Command::Serve(options) => serve::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::Work => serve::work(),
        Command::Migrate => migrate::run(),
        Command::AddAdmin(options) => add_admin::run(&options),
        Command::RotateSealKey => rotate_seal_key::run(),
        Command::Verify(options) => verify::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            if matches!(error, SetUpError::Settings(_)) { ExitCode::from(WRONG_SETTINGS) } else { ExitCode::FAILURE }
        }
    }
}
