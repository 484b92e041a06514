//! References that people read out and type: ten characters of Crockford's base 32 behind a prefix (decision P6).

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters stand behind the prefix, in two groups of five.
const LENGTH: usize = 10;

/// Makes a reference out of random bytes; each byte gives one character.
pub(super) fn from_random(prefix: &str, bytes: [u8; LENGTH]) -> String {
    written_out(prefix, &characters(&bytes))
}

/// Characters of the alphabet out of random bytes, one each.
pub(super) fn characters(bytes: &[u8]) -> String {
    bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).copied().map(char::from)).collect()
}

/// Reads a reference as people type it: any case, spaces or dashes anywhere, O for 0, I and L for 1, prefix optional.
pub(super) fn parse(prefix: &str, text: &str) -> Option<String> {
    // As it is shown and stored, which is how most of them come.
    if is_written_out(prefix, text) {
        return Some(text.to_owned());
    }
    let kept = kept(text);
    let body = match kept.strip_prefix(prefix) {
        Some(rest) if rest.chars().count() == LENGTH => rest,
        _ => &kept,
    };
    let characters = meant(body)?;
    (characters.len() == LENGTH).then(|| written_out(prefix, &characters))
}

/// The characters of the alphabet that somebody means who types these.
pub(super) fn meant(typed: &str) -> Option<String> {
    kept(typed).chars().map(crockford).collect()
}

fn kept(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase()
}

fn written_out(prefix: &str, characters: &str) -> String {
    let (first, second) = characters.split_at_checked(LENGTH / 2).unwrap_or((characters, ""));
    format!("{prefix}-{first}-{second}")
}

fn is_written_out(prefix: &str, text: &str) -> bool {
    let body = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
    let Some((first, second)) = body.and_then(|body| body.split_once('-')) else { return false };
    let is_group = |group: &str| group.len() == LENGTH / 2 && group.bytes().all(|byte| ALPHABET.contains(&byte));
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

/// A type for the references behind one prefix.
macro_rules! reference {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Makes one out of random bytes; each byte gives one character.
            pub fn from_random(bytes: [u8; 10]) -> Self {
                Self($crate::domain::reference::from_random($prefix, bytes))
            }

            /// Reads one as people type it: any case, spaces or dashes anywhere, O for 0, I and L for 1, prefix optional.
            pub fn parse(text: &str) -> Option<Self> {
                $crate::domain::reference::parse($prefix, text).map(Self)
            }

            /// As shown and stored.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(super) use reference;
