//! `portdesk rotate-seal-key`: a new key for sealing letters. Nothing is deleted.

use super::setting_up::{self, SetUpError};
use crate::{clock::Clock, config::Config, seal::KeyFiles};

/// Makes the key and says what to do next.
pub fn run() -> Result<(), SetUpError> {
    let config = Config::from_vars(&setting_up::vars())?;
    let files = KeyFiles::beside(&config.seal_key_file);
    let rotated = files.rotate(&config.brand.name, Clock::System.now());
    let rotated = rotated.map_err(|error| SetUpError::Told(format!("{error}. Nothing was changed")))?;
    println!("The new seal key is {}", config.seal_key_file.display());
    println!("Its certificate's SHA-256 fingerprint is {}", rotated.fingerprint);
    if let Some(retired) = rotated.retired {
        println!("The old key is kept as {}", retired.display());
    }
    println!("Every certificate is kept in {}", files.certificates_folder().display());
    println!("Restart the server now: until then it seals with the old key");
    Ok(())
}
