//! What every handler can reach.

use std::{net::IpAddr, path::PathBuf, sync::Arc};

use super::{brand::BrandAssets, hashers::Hashers, live::Live};
use crate::{clock::Clock, config::Config, files::Files, inspect::Inspector, services::house::House, store::Store};

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
        let files = Files::open(&config.files_url, &config.files_options.iter().cloned().collect())?;
        Ok(Self {
            store,
            house,
            clock,
            files,
            inspector,
            hashers: Hashers::of_this_machine(),
            live: Live::default(),
            brand: BrandAssets::of(&config.brand)?,
            mail_folder: config.smtp_url.is_none().then(|| config.data_dir.join("mail")),
            incoming,
            secure: config.is_https(),
            trusted_proxies: config.trusted_proxies.clone(),
            origin: config.base_url.clone(),
        })
    }
}
