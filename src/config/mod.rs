//! Settings: every one read once, checked, and every mistake told at once.

mod reader;
mod settings;

use std::{collections::BTreeMap, fmt, net::SocketAddr, path::PathBuf};

use url::Url;

use self::reader::Reader;
pub use self::settings::SETTINGS;
use crate::{
    domain::color::Color,
    letter::{NewProvider, RespOrg},
    vault::Vault,
};

/// How people see the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    pub name: String,
    pub support_email: String,
    /// Colour of links and buttons, if it is not the default.
    pub accent: Option<Color>,
    /// SVG or PNG file that stands in the masthead instead of our own mark.
    pub logo_file: Option<PathBuf>,
}

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Config {
    pub database_url: String,
    pub listen: SocketAddr,
    /// Without a slash at the end.
    pub base_url: String,
    pub data_dir: PathBuf,
    pub smtp_url: Option<String>,
    pub smtp_ca_file: Option<PathBuf>,
    pub mail_from: String,
    pub files_url: String,
    /// Settings named `AWS_*`, for the object store.
    pub files_options: Vec<(String, String)>,
    pub secret_key: Option<Vault>,
    pub seal_key_file: PathBuf,
    pub timestamp_urls: Vec<Url>,
    pub canada: bool,
    pub brand: Brand,
    /// Whom letters of authorization name as the new provider and agent.
    pub provider: NewProvider,
    pub resp_org: Option<RespOrg>,
    /// Fonts beside those of the program.
    pub fonts_dir: Option<PathBuf>,
    pub desk_time_zone: chrono_tz::Tz,
    pub trusted_proxies: Vec<std::net::IpAddr>,
    pub max_numbers: usize,
    /// Whether manual requests come before the desk before their mailbox is confirmed.
    pub takes_unconfirmed: bool,
    pub erase_secrets_days: i64,
    pub password_memory_kib: u32,
}

/// Every mistake in the settings, one sentence each, beginning with the setting's name.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigErrors(pub Vec<String>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

/// The settings as given by the environment.
pub type Vars = BTreeMap<String, String>;

impl Config {
    /// Reads and checks every setting.
    ///
    /// # Errors
    /// All mistakes together, also names that begin with `PORTDESK_` and are not settings.
    pub fn from_vars(vars: &Vars) -> Result<Self, ConfigErrors> {
        let mut reader = Reader::new(vars, unknown_names(vars));
        let config = read(&mut reader);
        let mistakes = reader.into_mistakes();
        if mistakes.is_empty() { Ok(config) } else { Err(ConfigErrors(mistakes)) }
    }

    /// Where the seal key lies, for a command that needs no other setting.
    pub fn seal_key_file_of(vars: &Vars) -> PathBuf {
        let mut reader = Reader::new(vars, Vec::new());
        let data_dir = reader.data_dir();
        reader.seal_key_file(&data_dir, false)
    }

    /// Whether the database is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        is_postgres(&self.database_url)
    }

    /// Whether people reach the product over TLS.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

fn read(reader: &mut Reader) -> Config {
    let data_dir = reader.data_dir();
    let listen =
        reader.parsed("PORTDESK_LISTEN", "127.0.0.1:8080", "must be an address and a port, like 127.0.0.1:8080");
    let listen: SocketAddr = listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
    let base_url = reader.base_url(listen);
    let host = Url::parse(&base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let mail_host =
        host.filter(|host| host.contains(|c: char| c.is_ascii_alphabetic())).unwrap_or_else(|| "localhost".to_owned());
    let database_url = reader.database_url(&data_dir);
    let is_postgres = is_postgres(&database_url);
    let secret_key = reader.secret_key(is_postgres);
    let brand = Brand {
        name: reader.text("PORTDESK_BRAND_NAME", "Portdesk"),
        support_email: reader.address("PORTDESK_SUPPORT_EMAIL", &format!("support@{mail_host}")),
        accent: reader.accent(),
        logo_file: reader.logo_file(),
    };
    Config {
        database_url,
        listen,
        base_url,
        smtp_url: reader.optional("PORTDESK_SMTP_URL"),
        smtp_ca_file: reader.optional("PORTDESK_SMTP_CA_FILE").map(PathBuf::from),
        mail_from: reader.address("PORTDESK_MAIL_FROM", &format!("portdesk@{mail_host}")),
        files_url: reader.text("PORTDESK_FILES_URL", &data_dir.join("files").display().to_string()),
        files_options: reader.aws_options(),
        seal_key_file: reader.seal_key_file(&data_dir, is_postgres),
        timestamp_urls: reader.timestamp_urls(),
        data_dir,
        secret_key,
        canada: reader.countries(),
        provider: NewProvider {
            name: reader.line("PORTDESK_PROVIDER_NAME").unwrap_or_else(|| brand.name.clone()),
            address: reader.line("PORTDESK_PROVIDER_ADDRESS"),
            phone: reader.line("PORTDESK_PROVIDER_PHONE"),
            email: brand.support_email.clone(),
        },
        brand,
        resp_org: reader.resp_org(),
        fonts_dir: reader.optional("PORTDESK_FONTS_DIR").map(PathBuf::from),
        desk_time_zone: reader
            .parsed("PORTDESK_DESK_TIME_ZONE", "America/New_York", "must be a time zone name, like America/Chicago")
            .unwrap_or(chrono_tz::America::New_York),
        trusted_proxies: reader.proxies(),
        max_numbers: reader.number("PORTDESK_MAX_NUMBERS", 1_000, 1, 10_000),
        takes_unconfirmed: reader.takes_unconfirmed(),
        erase_secrets_days: reader.number("PORTDESK_ERASE_SECRETS_DAYS", 30, 0, 3_650),
        password_memory_kib: reader.number("PORTDESK_PASSWORD_MEMORY_KIB", 19_456, 64, 1_048_576),
    }
}

fn unknown_names(vars: &Vars) -> Vec<String> {
    vars.keys()
        .filter(|name| name.starts_with("PORTDESK_") && !name.starts_with("PORTDESK_TEST_"))
        .filter(|name| SETTINGS.iter().all(|(known, _, _)| known != name))
        .map(|name| format!("{name} is not a setting; the README lists them all"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vars(pairs: &[(&str, &str)]) -> Vars {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_empty_environment_is_enough() {
        let config = Config::from_vars(&Vars::new()).unwrap();
        assert_eq!(config.database_url, "sqlite://./data/portdesk.sqlite3");
        assert_eq!(config.base_url, "http://127.0.0.1:8080");
        assert!(!config.is_postgres());
    }

    #[test]
    fn all_mistakes_are_told_at_once_by_name() {
        let wrong = vars(&[
            ("DATABASE_URL", "mysql://x"),
            ("PORTDESK_LISTEN", "here"),
            ("PORTDESK_BASE_URL", "ftp://x"),
            ("PORTDESK_COUNTRIES", "MX"),
            ("PORTDESK_MANUAL_REQUESTS", "maybe"),
            ("PORTDESK_MAX_NUMBERS", "0"),
            ("PORTDESK_SECRET_KEY", "short"),
            ("PORTDESK_TIMESTAMP_URLS", "http://one.example,ldap://two.example"),
            ("PORTDESK_TRUSTED_PROXIES", "proxy"),
            ("PORTDESK_DESK_TIME_ZONE", "Mars"),
            ("PORTDESK_MAIL_FROM", "nobody"),
            ("PORTDESK_BRAND_ACCENT", "#FFFF00"),
            ("PORTDESK_BRAND_LOGO_FILE", "/nowhere/logo.gif"),
            ("PORTDESK_PROVIDER_NAME", "Harbor\nVoice"),
            ("PORTDESK_RESP_ORG", "HBV01"),
            ("PORTDESK_LISTENS", "typo"),
        ]);
        let ConfigErrors(mistakes) = Config::from_vars(&wrong).unwrap_err();
        for name in wrong.keys() {
            assert!(mistakes.iter().any(|mistake| mistake.starts_with(name.as_str())), "{name}: {mistakes:#?}");
        }
    }

    #[test]
    fn letters_name_the_brand_unless_the_company_has_another_name() {
        let config = Config::from_vars(&vars(&[("PORTDESK_BRAND_NAME", "Harbor Line")])).unwrap();
        assert_eq!((config.provider.name.as_str(), config.resp_org), ("Harbor Line", None));
        let named =
            vars(&[("PORTDESK_PROVIDER_NAME", "Harbor Voice Inc."), ("PORTDESK_RESP_ORG", "hbv01  Harbor Inc.")]);
        let config = Config::from_vars(&named).unwrap();
        assert_eq!(config.provider.name, "Harbor Voice Inc.");
        let resp_org = config.resp_org.unwrap();
        assert_eq!((resp_org.id.as_str(), resp_org.company.as_str()), ("HBV01", "Harbor Inc."));
    }

    #[test]
    fn postgres_demands_keys() {
        let error = Config::from_vars(&vars(&[("DATABASE_URL", "postgres://x/y")])).unwrap_err();
        assert!(error.to_string().contains("PORTDESK_SECRET_KEY must be set"));
        assert!(error.to_string().contains("PORTDESK_SEAL_KEY_FILE must be set"));
    }

    #[test]
    fn one_or_two_addresses_may_give_timestamps() {
        let given =
            |text| Config::from_vars(&vars(&[("PORTDESK_TIMESTAMP_URLS", text)])).map(|it| it.timestamp_urls.len());
        assert_eq!(given("http://one.example/tsr, https://two.example"), Ok(2));
        for wrong in ["one.example", "ftp://one.example", "http://1,http://2,http://3"] {
            assert!(given(wrong).is_err_and(|told| told.to_string().starts_with("PORTDESK_TIMESTAMP_URLS must be")));
        }
    }
}
