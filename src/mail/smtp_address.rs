//! The SMTP address of the settings, read strictly: what would send mail unprotected is refused by name.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};
use url::{Host, Url};

/// Why the mail settings can't be used. Never repeats the address, which holds a password.
#[derive(Debug, thiserror::Error)]
pub enum PostConfigError {
    #[error("PORTDESK_SMTP_URL is not an address like smtp://user:password@mail.example.com:587?tls=required.")]
    NotAnAddress,
    #[error("PORTDESK_SMTP_URL starts with {0}://. Use smtp:// or smtps://.")]
    Scheme(String),
    #[error("PORTDESK_SMTP_URL names no mail server. Write it as smtp://mail.example.com:587?tls=required.")]
    NoHost,
    #[error("PORTDESK_SMTP_URL has tls={0}. It can be tls=required or tls=opportunistic, with smtp:// only.")]
    Tls(String),
    #[error("PORTDESK_SMTP_URL has the option {0}. The only option is tls.")]
    Option(String),
    #[error(
        "PORTDESK_SMTP_URL would send mail to {0} unprotected. Add ?tls=required or use smtps://; \
         only localhost may go without."
    )]
    PlainToOtherHost(String),
    #[error("PORTDESK_SMTP_URL would send its password to {0} unprotected when TLS is not offered. Use tls=required.")]
    PasswordUnprotected(String),
    #[error("PORTDESK_SMTP_URL has only one of user name and password. Write both, as user:password@, or none.")]
    HalfSignIn,
    #[error("PORTDESK_SMTP_CA_FILE is set, but PORTDESK_SMTP_URL does not use TLS. Remove it, or use TLS.")]
    CaWithoutTls,
    #[error("PORTDESK_SMTP_CA_FILE {} can't be read: {error}.", path.display())]
    CaUnreadable { path: PathBuf, error: std::io::Error },
    #[error("PORTDESK_SMTP_CA_FILE {} holds no certificate in PEM form that can be used.", path.display())]
    CaWithoutCertificate { path: PathBuf },
    #[error("TLS for the mail server can't be set up: {0}.")]
    TlsSetUp(lettre::transport::smtp::Error),
}

/// How the line to the server is protected.
#[derive(Clone)]
pub(super) enum Security {
    /// Not at all; loopback only.
    Plain,
    /// STARTTLS when the server offers it.
    Opportunistic(TlsParameters),
    /// STARTTLS or nothing.
    Required(TlsParameters),
    /// TLS from the first byte.
    Implicit(TlsParameters),
}

/// A mail server and how to talk to it.
#[derive(Clone)]
pub(super) struct SmtpAddress {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub credentials: Option<Credentials>,
}

impl SmtpAddress {
    pub(super) fn parse(text: &str, ca_file: Option<&Path>) -> Result<Self, PostConfigError> {
        let Ok(url) = Url::parse(text.trim()) else {
            return Err(PostConfigError::NotAnAddress);
        };
        let implicit = match url.scheme() {
            "smtp" => false,
            "smtps" => true,
            other => return Err(PostConfigError::Scheme(other.to_owned())),
        };
        let host = host(&url)?;
        let tls = tls_option(&url)?;
        let credentials = credentials(&url)?;
        let parameters = || tls_parameters(&host, ca_file);
        let (security, usual_port) = match (implicit, tls.as_deref()) {
            (true, None) => (Security::Implicit(parameters()?), 465),
            (false, Some("required")) => (Security::Required(parameters()?), 587),
            (false, Some("opportunistic")) => (Security::Opportunistic(parameters()?), 587),
            (false, None) if !is_loopback(&host) => return Err(PostConfigError::PlainToOtherHost(host)),
            (false, None) if ca_file.is_some() => return Err(PostConfigError::CaWithoutTls),
            (false, None) => (Security::Plain, 25),
            (_, Some(other)) => return Err(PostConfigError::Tls(other.to_owned())),
        };
        if matches!(security, Security::Opportunistic(_)) && credentials.is_some() && !is_loopback(&host) {
            return Err(PostConfigError::PasswordUnprotected(host));
        }
        Ok(Self { port: url.port().unwrap_or(usual_port), host, security, credentials })
    }
}

fn host(url: &Url) -> Result<String, PostConfigError> {
    let host = match url.host() {
        Some(Host::Domain(name)) => name.to_owned(),
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Ipv6(address)) => address.to_string(),
        None => String::new(),
    };
    if host.is_empty() { Err(PostConfigError::NoHost) } else { Ok(host) }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn tls_option(url: &Url) -> Result<Option<String>, PostConfigError> {
    let mut tls = None;
    for (name, value) in url.query_pairs() {
        if name != "tls" {
            return Err(PostConfigError::Option(name.into_owned()));
        }
        tls = Some(value.into_owned());
    }
    Ok(tls)
}

fn credentials(url: &Url) -> Result<Option<Credentials>, PostConfigError> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() => Ok(Some(Credentials::new(decoded(user), decoded(password)))),
        _ => Err(PostConfigError::HalfSignIn),
    }
}

/// Undoes percent encoding; the form decoder does, once the two signs that it reads otherwise are encoded too.
fn decoded(text: &str) -> String {
    let encoded = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(encoded.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}

/// With a file, exactly its authorities are trusted; without, the system's.
fn tls_parameters(host: &str, ca_file: Option<&Path>) -> Result<TlsParameters, PostConfigError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = ca_file {
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(authorities(path)?);
    }
    builder.build_rustls().map_err(PostConfigError::TlsSetUp)
}

fn authorities(path: &Path) -> Result<Certificate, PostConfigError> {
    let pem = std::fs::read(path).map_err(|error| PostConfigError::CaUnreadable { path: path.to_path_buf(), error })?;
    // An empty list of certificates reads as "fine" and would then trust nobody.
    let has_one = String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----");
    match Certificate::from_pem(&pem) {
        Ok(certificate) if has_one => Ok(certificate),
        _ => Err(PostConfigError::CaWithoutCertificate { path: path.to_path_buf() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = match SmtpAddress::parse(text, None) {
            Ok(address) => {
                let security = match address.security {
                    Security::Plain => "plain",
                    Security::Opportunistic(_) => "opportunistic",
                    Security::Required(_) => "required",
                    Security::Implicit(_) => "implicit",
                };
                let signs_in = if address.credentials.is_some() { " signs in" } else { "" };
                format!("{} {} {security}{signs_in}", address.host, address.port)
            }
            Err(error) => error.to_string(),
        };
        assert!(read.contains(expected), "{text}: {read}");
        assert!(!read.contains("s3cret"), "{read}");
    }

    #[test]
    fn reads_addresses() {
        check("smtp://localhost", "localhost 25 plain");
        check("smtp://LOCALHOST:2525", "2525 plain");
        check("smtp://127.0.0.1:25", "127.0.0.1 25 plain");
        check("smtp://[::1]:25", "::1 25 plain");
        check("smtp://u:s3cret@localhost", "localhost 25 plain signs in");
        check("smtp://mail.example.com?tls=required", "mail.example.com 587 required");
        check("smtp://u:s3cret@mail.example.com:2587?tls=required", "mail.example.com 2587 required signs in");
        check("smtp://mail.example.com?tls=opportunistic", "mail.example.com 587 opportunistic");
        check("smtps://u%40example.com:s3cret@mail.example.com", "mail.example.com 465 implicit signs in");
    }

    #[test]
    fn refuses_by_name_what_is_unsafe_or_a_slip() {
        check("", "is not an address like");
        check("mail.example.com", "is not an address like");
        check("mail.example.com:587", "starts with mail.example.com://");
        check("http://mail.example.com", "starts with http://");
        check("smtp://", "names no mail server");
        check("smtp://u:s3cret@mail.example.com", "mail.example.com unprotected");
        check("smtp://localhost.example.com:25", "localhost.example.com unprotected");
        check("smtp://10.0.0.1", "10.0.0.1 unprotected");
        check("smtp://u:s3cret@mail.example.com?tls=opportunistic", "its password to mail.example.com");
        check("smtp://mail.example.com?tls=yes", "tls=yes");
        check("smtps://mail.example.com?tls=required", "with smtp:// only");
        check("smtp://mail.example.com?tls=required&timeout=5", "the option timeout");
        check("smtp://u@mail.example.com?tls=required", "only one of user name and password");
        check("smtp://:s3cret@mail.example.com?tls=required", "only one of user name and password");
    }

    #[test]
    fn passwords_are_decoded_as_typed() {
        assert_eq!(decoded("a%40b%20c+d&e=f%2F%C3%BC"), "a@b c+d&e=f/ü");
        assert_eq!(decoded(""), "");
    }

    #[test]
    fn a_ca_file_must_hold_certificates_and_be_of_use() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        let parse = |url| SmtpAddress::parse(url, Some(&file)).err().unwrap().to_string();
        assert!(parse("smtps://mail.example.com").contains("can't be read"));
        std::fs::write(&file, "no certificate").unwrap();
        assert!(parse("smtps://mail.example.com").contains("holds no certificate"));
        assert!(parse("smtp://localhost").contains("does not use TLS"));
    }
}
