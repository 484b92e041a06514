//! What every handler can reach.

use std::{
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use actix_web::web::Bytes;

use super::{brand::BrandAssets, hashers::Hashers, live::Live};
use crate::{
    clock::Clock,
    config::Config,
    files::Files,
    inspect::Inspector,
    letter::{LetterError, Press},
    services::house::House,
    store::Store,
};

/// The running application. One per process, shared by all workers.
pub struct App {
    pub store: Store,
    pub house: Arc<House>,
    pub clock: Clock,
    pub files: Files,
    pub inspector: Inspector,
    /// Everything that hashes a password goes through here.
    pub hashers: Hashers,
    pub live: Live,
    /// Sets letters of authorization.
    pub press: Arc<Press>,
    /// The letter to fill in on paper, which is always the same; set when it is first asked for.
    pub blank_letter: OnceLock<Bytes>,
    /// The look that this installation sets.
    pub brand: BrandAssets,
    /// Where mail goes while no mail server is set.
    pub mail_folder: Option<PathBuf>,
    /// Folder for files that are being received.
    pub incoming: PathBuf,
    /// Whether cookies go over TLS only.
    pub secure: bool,
    pub trusted_proxies: Vec<IpAddr>,
    /// Origin of the base URL, for the same-origin check.
    pub origin: String,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("PORTDESK_FILES_URL: {0}")]
    Files(#[from] crate::files::FilesError),
    #[error("the data folder cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    #[error("PORTDESK_FONTS_DIR: {0}")]
    Fonts(#[from] LetterError),
    #[error(
        "{setting}: letters of authorization cannot print the character \"{character}\". Write it in Latin letters, or put a font that has it into the folder PORTDESK_FONTS_DIR"
    )]
    CannotPrint { setting: &'static str, character: char },
}

impl App {
    /// Puts the application together; nothing is listening yet.
    pub fn new(
        config: &Config,
        store: Store,
        house: Arc<House>,
        clock: Clock,
        inspector: Inspector,
    ) -> Result<Self, StartError> {
        let incoming = config.data_dir.join("incoming");
        std::fs::create_dir_all(&incoming)?;
        let press = Press::new(config.fonts_dir.as_deref())?;
        printable(config, &press)?;
        let files = Files::open(&config.files_url, &config.files_options.iter().cloned().collect())?;
        Ok(Self {
            store,
            house,
            clock,
            files,
            inspector,
            hashers: Hashers::of_this_machine(),
            live: Live::default(),
            press: Arc::new(press),
            blank_letter: OnceLock::new(),
            brand: BrandAssets::of(&config.brand)?,
            mail_folder: config.smtp_url.is_none().then(|| config.data_dir.join("mail")),
            incoming,
            secure: config.is_https(),
            trusted_proxies: config.trusted_proxies.clone(),
            origin: config.base_url.clone(),
        })
    }
}

/// Makes sure that letters can print who we are: found now, not when the first customer is to sign.
fn printable(config: &Config, press: &Press) -> Result<(), StartError> {
    let provider = &config.provider;
    let printed = [
        ("PORTDESK_PROVIDER_NAME", Some(&provider.name)),
        ("PORTDESK_PROVIDER_ADDRESS", provider.address.as_ref()),
        ("PORTDESK_PROVIDER_PHONE", provider.phone.as_ref()),
        ("PORTDESK_SUPPORT_EMAIL", Some(&provider.email)),
        ("PORTDESK_RESP_ORG", config.resp_org.as_ref().map(|resp_org| &resp_org.company)),
    ];
    for (setting, text) in printed {
        if let Some(character) = text.and_then(|text| press.cannot_print(text)) {
            return Err(StartError::CannotPrint { setting, character });
        }
    }
    Ok(())
}
