//! The program: serve, demo, work, migrate, add-admin, rotate-seal-key, verify; and the hidden child that looks inside uploaded files.

use std::process::ExitCode;

use portdesk::{commands, inspect};

fn main() -> ExitCode {
    // Before anything else: the child lives under hard limits and needs neither runtime nor log.
    if std::env::args_os().nth(1).is_some_and(|command| command == "inspect-document") {
        return inspect::child::run();
    }
    commands::run()
}
