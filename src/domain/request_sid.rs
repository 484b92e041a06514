//! The Request SID: how people name a port request. It is a reference, never a key.

use std::fmt;

/// `PR-` and ten Crockford base-32 characters in two groups, like `PR-7Q4M2-XKD9B` (decision P6).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestSid(String);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl RequestSid {
    /// Makes a SID out of random bytes; each byte gives one character.
    pub fn from_random(bytes: [u8; 10]) -> Self {
        let characters: Vec<char> =
            bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).copied().map(char::from)).collect();
        Self::from_characters(&characters)
    }

    /// Reads a SID as people type it: any case, spaces or dashes anywhere, O for 0, I and L for 1, prefix optional.
    pub fn parse(text: &str) -> Option<Self> {
        // As it is shown and stored, which is how most of them come.
        if is_written_out(text) {
            return Some(Self(text.to_owned()));
        }
        let kept: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase();
        let body = match kept.strip_prefix("PR") {
            Some(rest) if rest.chars().count() == 10 => rest,
            _ => &kept,
        };
        let characters = body.chars().map(crockford).collect::<Option<Vec<char>>>()?;
        (characters.len() == 10).then(|| Self::from_characters(&characters))
    }

    /// The SID as shown and stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn from_characters(characters: &[char]) -> Self {
        let mut text = String::from("PR-");
        for (index, character) in characters.iter().enumerate() {
            if index == 5 {
                text.push('-');
            }
            text.push(*character);
        }
        Self(text)
    }
}

fn is_written_out(text: &str) -> bool {
    let Some((first, second)) = text.strip_prefix("PR-").and_then(|body| body.split_once('-')) else { return false };
    let is_group = |group: &str| group.len() == 5 && group.bytes().all(|byte| ALPHABET.contains(&byte));
    is_group(first) && is_group(second)
}

fn crockford(typed: char) -> Option<char> {
    let meant = match typed {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().map(|byte| char::from(*byte)).find(|known| *known == meant)
}

impl fmt::Display for RequestSid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Option<&str>) {
        assert_eq!(RequestSid::parse(typed).as_ref().map(RequestSid::as_str), expected);
    }

    #[test]
    fn reads_sids_as_people_type_them() {
        check("PR-7Q4M2-XKD9B", Some("PR-7Q4M2-XKD9B"));
        check("pr 7q4m2 xkd9b", Some("PR-7Q4M2-XKD9B"));
        check("7q4m2xkd9b", Some("PR-7Q4M2-XKD9B"));
        check("PR-OQ4M2-XKDLB", Some("PR-0Q4M2-XKD1B"));
        check("PR12345678", Some("PR-PR123-45678"));
        check("PR-7Q4M2-XKD9", None);
        check("PR-7Q4M2-XKD9U", None);
        check("", None);
        check("Ünïcödé-text", None);
    }

    #[test]
    fn random_bytes_give_sids_that_are_read_back() {
        let sid = RequestSid::from_random([0, 31, 32, 63, 255, 7, 8, 9, 10, 11]);
        assert_eq!(RequestSid::parse(sid.as_str()), Some(sid));
    }
}
