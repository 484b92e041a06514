//! Reading settings one by one, each with the sentence that says what would be right.

use std::{fmt, net::SocketAddr, path::PathBuf};

use url::Url;

use super::{Vars, is_postgres};
use crate::{
    domain::{color::Color, resp_org::RespOrgId, typed_text},
    letter::RespOrg,
    vault::Vault,
};

/// Longest line that a letter prints of a setting.
const LONGEST_LINE: usize = 200;

/// Reads one setting after the other and remembers what was wrong.
pub(super) struct Reader<'a> {
    vars: &'a Vars,
    mistakes: Vec<String>,
}

impl<'a> Reader<'a> {
    /// A reader of these settings, with mistakes that are known already.
    pub(super) fn new(vars: &'a Vars, mistakes: Vec<String>) -> Self {
        Self { vars, mistakes }
    }

    /// Every mistake that was found.
    pub(super) fn into_mistakes(self) -> Vec<String> {
        self.mistakes
    }

    pub(super) fn optional(&self, name: &str) -> Option<String> {
        self.vars.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    pub(super) fn text(&self, name: &str, default: &str) -> String {
        self.optional(name).unwrap_or_else(|| default.to_owned())
    }

    fn mistake(&mut self, name: &str, told: &str) {
        self.mistakes.push(format!("{name} {told}"));
    }

    pub(super) fn parsed<T: std::str::FromStr>(&mut self, name: &str, default: &str, told: &str) -> Option<T> {
        let parsed = self.text(name, default).parse().ok();
        if parsed.is_none() {
            self.mistake(name, told);
        }
        parsed
    }

    pub(super) fn number<T>(&mut self, name: &str, default: T, least: T, most: T) -> T
    where
        T: std::str::FromStr + PartialOrd + Copy + fmt::Display,
    {
        let told = format!("must be a whole number from {least} to {most}");
        match self.parsed::<T>(name, &default.to_string(), &told) {
            Some(value) if least <= value && value <= most => value,
            Some(_) => {
                self.mistake(name, &told);
                default
            }
            None => default,
        }
    }

    pub(super) fn base_url(&mut self, listen: SocketAddr) -> String {
        let text = self.text("PORTDESK_BASE_URL", &format!("http://{listen}"));
        let good = Url::parse(&text).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/" && url.query().is_none()
        });
        if !good {
            self.mistake(
                "PORTDESK_BASE_URL",
                "must be http:// or https:// and a host, without a path, like https://port.example.com",
            );
        }
        text.trim_end_matches('/').to_owned()
    }

    pub(super) fn database_url(&mut self, data_dir: &std::path::Path) -> String {
        let default = format!("sqlite://{}", data_dir.join("portdesk.sqlite3").display());
        let url = self.text("DATABASE_URL", &default);
        if !is_postgres(&url) && !url.starts_with("sqlite://") {
            self.mistake("DATABASE_URL", "must begin with sqlite:// or postgres://");
        }
        url
    }

    pub(super) fn secret_key(&mut self, must_be_set: bool) -> Option<Vault> {
        let Some(text) = self.optional("PORTDESK_SECRET_KEY") else {
            if must_be_set {
                self.mistake(
                    "PORTDESK_SECRET_KEY",
                    "must be set with PostgreSQL, because each process would make its own; make one with `openssl rand -base64 32`",
                );
            }
            return None;
        };
        let vault = Vault::from_setting(&text);
        vault.map_err(|error| self.mistakes.push(format!("PORTDESK_SECRET_KEY: {error}"))).ok()
    }

    pub(super) fn data_dir(&self) -> PathBuf {
        PathBuf::from(self.text("PORTDESK_DATA_DIR", "./data"))
    }

    pub(super) fn seal_key_file(&mut self, data_dir: &std::path::Path, must_be_set: bool) -> PathBuf {
        let given = self.optional("PORTDESK_SEAL_KEY_FILE");
        if given.is_none() && must_be_set {
            self.mistake(
                "PORTDESK_SEAL_KEY_FILE",
                "must be set with PostgreSQL, because each machine would make its own; make the file once with `portdesk rotate-seal-key`",
            );
        }
        given.map_or_else(|| data_dir.join("seal.pem"), PathBuf::from)
    }

    pub(super) fn timestamp_urls(&mut self) -> Vec<Url> {
        let text = self.text("PORTDESK_TIMESTAMP_URLS", "");
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let is_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        let urls: Option<Vec<Url>> = parts.iter().map(|part| Url::parse(part).ok().filter(is_web)).collect();
        match urls {
            Some(urls) if urls.len() <= 2 => urls,
            _ => {
                self.mistake(
                    "PORTDESK_TIMESTAMP_URLS",
                    "must be one or two http:// or https:// addresses with a comma between them",
                );
                Vec::new()
            }
        }
    }

    pub(super) fn address(&mut self, name: &str, default: &str) -> String {
        let text = self.text(name, default);
        if text.parse::<lettre::Address>().is_err() && default != text {
            self.mistake(name, "must be a mail address, like desk@example.com");
        }
        text
    }

    /// A line that letters print.
    pub(super) fn line(&mut self, name: &str) -> Option<String> {
        let line = typed_text::one_line(&self.optional(name)?).ok();
        let line = line.filter(|line| !line.is_empty() && typed_text::length(line) <= LONGEST_LINE);
        if line.is_none() {
            self.mistake(name, &format!("must be one line of at most {LONGEST_LINE} characters"));
        }
        line
    }

    /// Whether manual requests come before the desk before their mailbox is confirmed.
    pub(super) fn takes_unconfirmed(&mut self) -> bool {
        match self.text("PORTDESK_MANUAL_REQUESTS", "confirmed").as_str() {
            "confirmed" => false,
            "at-once" => true,
            _ => {
                self.mistake("PORTDESK_MANUAL_REQUESTS", "must be confirmed or at-once");
                false
            }
        }
    }

    /// Who takes over toll-free numbers.
    pub(super) fn resp_org(&mut self) -> Option<RespOrg> {
        let text = self.line("PORTDESK_RESP_ORG")?;
        let (id, company) = text.split_once(' ').unwrap_or((&text, ""));
        let company = company.trim().to_owned();
        let id = RespOrgId::parse(id).ok().filter(|_| !company.is_empty());
        if id.is_none() {
            self.mistake(
                "PORTDESK_RESP_ORG",
                "must be a RespOrg ID of 5 letters or digits and the company's name, like ABC01 Example Inc.",
            );
        }
        Some(RespOrg { id: id?, company })
    }

    pub(super) fn accent(&mut self) -> Option<Color> {
        let parsed = Color::parse_accent(&self.optional("PORTDESK_BRAND_ACCENT")?);
        parsed.map_err(|error| self.mistake("PORTDESK_BRAND_ACCENT", &error.to_string())).ok()
    }

    pub(super) fn logo_file(&mut self) -> Option<PathBuf> {
        let path = PathBuf::from(self.optional("PORTDESK_BRAND_LOGO_FILE")?);
        let is_picture =
            path.extension().is_some_and(|it| it.eq_ignore_ascii_case("svg") || it.eq_ignore_ascii_case("png"));
        if !is_picture || !path.is_file() {
            self.mistake("PORTDESK_BRAND_LOGO_FILE", "must be an SVG or PNG file that is there");
        }
        Some(path)
    }

    pub(super) fn countries(&mut self) -> bool {
        match self.text("PORTDESK_COUNTRIES", "US").to_uppercase().replace(' ', "").as_str() {
            "US" => false,
            "US,CA" | "CA,US" => true,
            _ => {
                self.mistake("PORTDESK_COUNTRIES", "must be US or US,CA");
                false
            }
        }
    }

    pub(super) fn proxies(&mut self) -> Vec<std::net::IpAddr> {
        let text = self.text("PORTDESK_TRUSTED_PROXIES", "");
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let parsed: Result<Vec<_>, _> = parts.map(str::parse).collect();
        parsed.unwrap_or_else(|_| {
            self.mistake(
                "PORTDESK_TRUSTED_PROXIES",
                "must be IP addresses with commas between them, like 10.0.0.1,10.0.0.2",
            );
            Vec::new()
        })
    }

    pub(super) fn aws_options(&self) -> Vec<(String, String)> {
        let named = self.vars.iter().filter(|(name, _)| name.starts_with("AWS_"));
        named.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}
