//! E-mail addresses that mail can be sent to, and the slips of the keyboard in them.

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::LazyLock;

use crate::domain::typed_text;

/// Longest address that mail systems carry (RFC 5321, 4.5.3.1.3, without the brackets).
const MAX_LENGTH: usize = 254;
/// Longest part before the at sign (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL: usize = 64;
/// Longest part between two dots of a domain (RFC 1035, 2.3.4).
const MAX_LABEL: usize = 63;

/// The domains that most people's addresses end in, one a line; other domains near one of them are asked about.
static COMMON_DOMAINS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../data/mail-domains.txt").lines().filter(|line| !line.is_empty()).collect());

/// An address to send mail to: case before the at sign is kept, the domain is lower case and in ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads one address as typed.
    ///
    /// Taken are dot-atoms at a domain with a dot; domains in other scripts become their ASCII form. Refused are quoted local
    /// parts, IP addresses, underscores in the domain, display names and anything that could reach into a mail header.
    ///
    /// # Errors
    /// [`EmailError`] says whether it is missing or in another format.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = typed_text::one_line(text).map_err(|typed_text::Unprintable| EmailError::Format)?;
        if text.is_empty() {
            return Err(EmailError::Missing);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::Format)?;
        if !is_dot_atom(local) {
            return Err(EmailError::Format);
        }
        let domain = ascii_domain(domain).ok_or(EmailError::Format)?;
        let address = format!("{local}@{domain}");
        if MAX_LENGTH < address.len() {
            return Err(EmailError::TooLong);
        }
        Ok(Self(address))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in lower case, to compare and to look up with.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The address for pages that strangers may see: "d•••@example.com".
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let first: String = local.chars().take(1).collect();
        format!("{first}•••@{domain}")
    }

    /// The address that was likely meant, if the domain is one slip away from a common one.
    pub fn did_you_mean(&self) -> Option<String> {
        let (local, domain) = self.0.rsplit_once('@')?;
        if COMMON_DOMAINS.contains(&domain) {
            return None;
        }
        // Short domains have too many honest neighbours for one letter to mean a slip.
        let near = COMMON_DOMAINS.iter().find(|common| 7 < common.len() && is_one_slip(domain, common))?;
        Some(format!("{local}@{near}"))
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a typed address was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    #[error("Enter an email address")]
    Missing,
    #[error("Enter an email address in the correct format, like name@example.com")]
    Format,
    #[error("Email address must be 254 characters or fewer")]
    TooLong,
}

/// Whether a local part is made of atoms and single dots (RFC 5322, 3.2.3).
fn is_dot_atom(local: &str) -> bool {
    let atom = |part: &str| !part.is_empty() && part.chars().all(is_atom_character);
    local.len() <= MAX_LOCAL && local.split('.').all(atom)
}

fn is_atom_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c)
}

/// A domain in lower-case ASCII, or nothing if no mail could be sent to it.
fn ascii_domain(typed: &str) -> Option<String> {
    let typed = typed.strip_suffix('.').unwrap_or(typed);
    let domain = match url::Host::parse(typed).ok()? {
        url::Host::Domain(domain) => domain,
        url::Host::Ipv4(_) | url::Host::Ipv6(_) => return None,
    };
    let label = |part: &str| {
        let letters = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (1..=MAX_LABEL).contains(&part.len()) && letters && !part.starts_with('-') && !part.ends_with('-')
    };
    let last = domain.rsplit('.').next()?;
    let named = 2 <= last.len() && last.contains(|c: char| c.is_ascii_alphabetic());
    let is_ip = domain.parse::<Ipv4Addr>().is_ok();
    (domain.contains('.') && domain.split('.').all(label) && named && !is_ip).then_some(domain)
}

/// Whether two different texts are one missing, added, wrong or swapped letter apart.
fn is_one_slip(typed: &str, meant: &str) -> bool {
    let prefix = typed.bytes().zip(meant.bytes()).take_while(|(a, b)| a == b).count();
    let typed: Vec<u8> = typed.bytes().skip(prefix).collect();
    let meant: Vec<u8> = meant.bytes().skip(prefix).collect();
    match (typed.as_slice(), meant.as_slice()) {
        ([_, rest @ ..], other) | (other, [_, rest @ ..]) if rest == other => true,
        ([a, b, typed @ ..], [c, d, meant @ ..]) if (a, b) == (d, c) => typed == meant,
        ([_, typed @ ..], [_, meant @ ..]) => typed == meant,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMAT: &str = "Enter an email address in the correct format, like name@example.com";

    #[track_caller]
    fn check(typed: &str, read: Result<&str, &str>) {
        let told = EmailAddress::parse(typed).map(|address| address.to_string()).map_err(|error| error.to_string());
        assert_eq!(told, read.map(str::to_owned).map_err(str::to_owned), "{typed:?}");
    }

    #[track_caller]
    fn check_meant(typed: &str, meant: Option<&str>) {
        assert_eq!(EmailAddress::parse(typed).unwrap().did_you_mean().as_deref(), meant, "{typed}");
    }

    #[test]
    fn reads_addresses() {
        check(" USER@EXAMPLE.COM ", Ok("USER@example.com"));
        check("user@b\u{fc}cher.example", Ok("user@xn--bcher-kva.example"));
        check("user@example.com.", Ok("user@example.com"));
        check("o'hara+port@example.co.uk", Ok("o'hara+port@example.co.uk"));
    }

    #[test]
    fn refuses_what_mail_cannot_reach() {
        check("", Err("Enter an email address"));
        for typed in [
            "plain",
            "@example.com",
            "a@",
            "a@b@c.com",
            "user@localhost",
            "user@exam_ple.com",
            "user@192.0.2.1",
            "user@[192.0.2.1]",
            "user@[::1]",
            "user@3221225985",
            "Dana <dana@example.com>",
            "\"a b\"@example.com",
            ".a@example.com",
            "a..b@example.com",
            "a@-b.com",
            "a@b..com",
            "a@example.com,b@example.com",
            "a@example.c",
            "user@example.com\r\nBcc: x@example.org",
            "us\u{0}er@example.com",
            "\u{7528}@example.com",
            "a@exa mple.com",
        ] {
            check(typed, Err(FORMAT));
        }
        let long = format!("a@{}example.com", "abcdefghij.".repeat(24));
        assert!(EmailAddress::parse(&long).is_err());
    }

    #[test]
    fn asks_about_slips_in_common_domains() {
        check_meant("dana@gmial.com", Some("dana@gmail.com"));
        check_meant("dana@gmail.con", Some("dana@gmail.com"));
        check_meant("dana@gmail.co", Some("dana@gmail.com"));
        check_meant("dana@gnail.com", Some("dana@gmail.com"));
        check_meant("dana@yahooo.com", Some("dana@yahoo.com"));
        check_meant("dana@hotmial.com", Some("dana@hotmail.com"));
        check_meant("dana@outlok.com", Some("dana@outlook.com"));
        check_meant("dana@comcast.com", None);
        for honest in ["a@gmail.com", "a@mail.com", "a@ymail.com", "a@email.com", "a@example.com", "a@mac.com"] {
            check_meant(honest, None);
        }
    }

    #[test]
    fn masks_for_strangers() {
        assert_eq!(EmailAddress::parse("dana@example.com").unwrap().masked(), "d•••@example.com");
        assert_eq!(EmailAddress::parse("Dana@Example.com").unwrap().key(), "dana@example.com");
    }
}
