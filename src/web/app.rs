//! What every handler can reach.

use std::{
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use actix_web::web::Bytes;

use tokio::sync::{Mutex, Notify};

use super::{brand::BrandAssets, hashers::Hashers, live::Live};
use crate::{
    clock::Clock,
    config::Config,
    files::Files,
    inspect::Inspector,
    letter::Press,
    seal::{SealSettings, Sealer, TIMESTAMP_LIMIT},
    services::{house::House, loa::tools::Tools},
    store::Store,
};

/// The running application. One per process, shared by all workers.
pub struct App {
    pub store: Store,
    pub house: Arc<House>,
    pub clock: Clock,
    pub files: Files,
    pub inspector: Inspector,
    /// What signed letters are sealed with, and how sealed letters are checked.
    pub sealer: Arc<Sealer>,
    /// Everything that hashes a password goes through here.
    pub hashers: Hashers,
    pub live: Live,
    /// The letter to fill in on paper, which is always the same; set when it is first asked for.
    pub blank_letter: OnceLock<Bytes>,
    /// Held by whoever reads the area codes anew.
    pub area_codes_turn: Mutex<()>,
    /// Rung when a letter was put that somebody waits for, such as a code.
    pub mail_waits: Notify,
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
        printable(config, &house.press)?;
        let files = Files::open(&config.files_url, &config.files_options.iter().cloned().collect())?;
        let sealer = Arc::new(Sealer::open(seal_settings(config), clock.now()));
        Ok(Self {
            store,
            house,
            clock,
            files,
            inspector,
            sealer,
            hashers: Hashers::of_this_machine(),
            live: Live::default(),
            blank_letter: OnceLock::new(),
            area_codes_turn: Mutex::new(()),
            mail_waits: Notify::new(),
            brand: BrandAssets::of(&config.brand)?,
            mail_folder: config.smtp_url.is_none().then(|| config.data_dir.join("mail")),
            incoming,
            secure: config.is_https(),
            trusted_proxies: config.trusted_proxies.iter().map(IpAddr::to_canonical).collect(),
            origin: config.base_url.clone(),
        })
    }

    /// Has the mail worker of this process look at once; another process looks within seconds.
    pub fn hurry_mail(&self) {
        self.mail_waits.notify_one();
    }
}

impl App {
    /// What making and sealing letters of authorization needs.
    pub fn loa_tools(&self) -> Tools {
        Tools {
            store: self.store.clone(),
            house: Arc::clone(&self.house),
            files: self.files.clone(),
            press: Arc::clone(&self.house.press),
            sealer: Arc::clone(&self.sealer),
            clock: self.clock.clone(),
        }
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

fn seal_settings(config: &Config) -> SealSettings {
    SealSettings {
        key_file: config.seal_key_file.clone(),
        must_exist: config.is_postgres(),
        name: config.brand.name.clone(),
        timestamp_urls: config.timestamp_urls.clone(),
        timestamp_limit: TIMESTAMP_LIMIT,
    }
}
