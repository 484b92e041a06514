//! References that people read out and type: ten characters of Crockford's base 32 behind a prefix (decision P6).

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters stand behind the prefix, in two groups of five.
const LENGTH: usize = 10;

/// Makes a reference out of random bytes; each byte gives one character.
pub(super) fn from_random(prefix: &str, bytes: [u8; LENGTH]) -> String {
    let characters: Vec<char> =
        bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).copied().map(char::from)).collect();
    written_out(prefix, &characters)
}

/// Reads a reference as people type it: any case, spaces or dashes anywhere, O for 0, I and L for 1, prefix optional.
pub(super) fn parse(prefix: &str, text: &str) -> Option<String> {
    // As it is shown and stored, which is how most of them come.
    if is_written_out(prefix, text) {
        return Some(text.to_owned());
    }
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase();
    let body = match kept.strip_prefix(prefix) {
        Some(rest) if rest.chars().count() == LENGTH => rest,
        _ => &kept,
    };
    let characters = body.chars().map(crockford).collect::<Option<Vec<char>>>()?;
    (characters.len() == LENGTH).then(|| written_out(prefix, &characters))
}

fn written_out(prefix: &str, characters: &[char]) -> String {
    let mut text = format!("{prefix}-");
    for (index, character) in characters.iter().enumerate() {
        if index == LENGTH / 2 {
            text.push('-');
        }
        text.push(*character);
    }
    text
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
