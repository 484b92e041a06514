//! What every subcommand needs before it can begin: settings, log, keys, database.

use std::{
    io::{self, IsTerminal as _},
    net::{SocketAddr, TcpListener},
    os::unix::fs::DirBuilderExt as _,
    path::Path,
    sync::Arc,
};

use actix_web::web::Data;
use tracing_subscriber::EnvFilter;

use crate::{
    clock::Clock,
    config::{Config, ConfigErrors, Vars},
    inspect::Inspector,
    letter::LetterError,
    mail::{Post, PostConfigError},
    services::house::House,
    store::{Store, StoreError},
    vault::{Vault, VaultError},
    web::app::{App, StartError},
};

/// Why a subcommand could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    #[error("{0}")]
    Settings(String),
    #[error(transparent)]
    Key(#[from] VaultError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("PORTDESK_FONTS_DIR: {0}")]
    Fonts(#[from] LetterError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Told(String),
}

impl From<ConfigErrors> for SetUpError {
    fn from(errors: ConfigErrors) -> Self {
        Self::Settings(errors.to_string())
    }
}

impl From<PostConfigError> for SetUpError {
    fn from(error: PostConfigError) -> Self {
        Self::Settings(error.to_string())
    }
}

/// Reads the environment, once.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
pub fn vars() -> Vars {
    std::env::vars().collect()
}

/// Writes the log to standard error; `RUST_LOG` says how much.
pub fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call in one process, as tests make, keeps the first log.
    log.with_ansi(std::io::stderr().is_terminal()).try_init().ok();
}

/// The key that seals secrets: from the settings, or made in the data folder.
pub fn vault(config: &Config) -> Result<Vault, VaultError> {
    match &config.secret_key {
        Some(vault) => Ok(vault.clone()),
        None => Vault::from_file(&config.data_dir.join("secret.key")),
    }
}

/// Checks what can be checked without opening anything, so that all mistakes are told before anything is made.
pub fn post(config: &Config) -> Result<Post, SetUpError> {
    let folder = config.data_dir.join("mail");
    Ok(Post::from_config(config.smtp_url.as_deref(), config.smtp_ca_file.as_deref(), &folder)?)
}

/// Listens on the address of the settings.
pub fn listen(config: &Config) -> Result<TcpListener, SetUpError> {
    TcpListener::bind(config.listen).map_err(|error| SetUpError::Settings(cannot_listen(config.listen, &error)))
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "PORTDESK_LISTEN: another program listens on {address} already. End it, or set another address and port"
        ),
        _ => format!("PORTDESK_LISTEN: this program cannot listen on {address}: {error}. Set another address and port"),
    }
}

/// Makes the data folder when it is missing, for this user alone, and makes sure that files can be written there.
pub fn data_folder(folder: &Path) -> Result<(), SetUpError> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    let written = made.and_then(|()| tempfile::tempfile_in(folder));
    let told = |error| {
        let folder = folder.display();
        let told = "Set another folder, or let the user that runs portdesk write there";
        SetUpError::Settings(format!("PORTDESK_DATA_DIR: nothing can be written to {folder}: {error}. {told}"))
    };
    written.map(|_file| ()).map_err(told)
}

/// Opens the database, bringing it up to date unless told not to.
pub fn store(config: &Config, migrate: bool) -> Result<Store, SetUpError> {
    if !config.is_postgres() {
        data_folder(&config.data_dir)?;
    }
    let store = Store::open(&config.database_url)?;
    if migrate {
        store.migrate()?;
    }
    Ok(store)
}

/// Puts the application together.
pub fn app(config: &Config, store: Store, clock: Clock, inspector: Inspector) -> Result<Data<App>, SetUpError> {
    data_folder(&config.data_dir)?;
    let house = Arc::new(House::new(config, vault(config)?)?);
    let app = App::new(config, store, house, clock, inspector).map_err(|error| match error {
        StartError::Folder(_) => SetUpError::Start(error),
        // The others name the setting that is to be changed.
        named => SetUpError::Settings(named.to_string()),
    })?;
    Ok(Data::new(app))
}
