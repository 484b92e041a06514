//! `portdesk verify`: checks the seal of a PDF with nothing but certificates, on any machine.

use std::path::PathBuf;

use super::setting_up::{self, SetUpError};
use crate::{
    config::Config,
    seal::{KeyFiles, SealReport, read_certificates},
};

/// Arguments of the subcommand.
#[derive(clap::Args)]
pub struct Options {
    /// The PDF to check
    file: PathBuf,
    /// PEM file with certificates whose seal counts; without it, those that are kept beside the seal key
    #[arg(long, value_name = "PEM")]
    certificate: Vec<PathBuf>,
}

/// Prints one line for each thing that was checked.
pub fn run(options: &Options) -> Result<(), SetUpError> {
    let file = std::fs::read(&options.file);
    let file = file.map_err(|error| told(format!("{} cannot be read: {error}", options.file.display())))?;
    let mut trusted = Vec::new();
    for path in &options.certificate {
        trusted.extend(read_certificates(path).map_err(|error| told(error.to_string()))?);
    }
    if options.certificate.is_empty() {
        let files = KeyFiles::beside(&Config::seal_key_file_of(&setting_up::vars()));
        let (kept, wrong) = files.certificates();
        for error in wrong {
            eprintln!("{error}");
        }
        if kept.is_empty() {
            let folder = files.certificates_folder();
            let way = "name one with --certificate, or set PORTDESK_DATA_DIR";
            return Err(told(format!("There is no certificate in {}: {way}", folder.display())));
        }
        trusted = kept;
    }
    let report = SealReport::of(&file, &trusted);
    for (good, line) in &report.lines {
        println!("{}  {line}", if *good { "yes" } else { "NO " });
    }
    if report.is_good() { Ok(()) } else { Err(told(format!("{} is not good", options.file.display()))) }
}

fn told(text: String) -> SetUpError {
    SetUpError::Told(text)
}
