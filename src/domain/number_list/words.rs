//! Words that people write around telephone numbers.

const EXTENSION: [&str; 8] = ["ext", "extn", "exten", "extension", "x", "xt", "xtn", "poste"];

const JOINERS: [&str; 3] = ["and", "plus", "or"];

const RANGE: [&str; 4] = ["to", "thru", "through", "until"];

const LABELS: [&str; 44] = [
    "a",
    "at",
    "billing",
    "business",
    "c",
    "call",
    "cell",
    "cellphone",
    "customer",
    "desk",
    "dear",
    "direct",
    "fax",
    "free",
    "front",
    "h",
    "hello",
    "hi",
    "home",
    "landline",
    "line",
    "main",
    "mobile",
    "name",
    "no",
    "number",
    "numbers",
    "o",
    "office",
    "p",
    "phone",
    "phones",
    "reception",
    "regards",
    "sales",
    "support",
    "t",
    "tel",
    "telephone",
    "text",
    "thanks",
    "toll",
    "tollfree",
    "work",
];

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// "ext", "x" and their like, before the digits of an extension.
pub(super) fn is_extension(word: &str) -> bool {
    is_one_of(&EXTENSION, word)
}

/// Words that only join two entries.
pub(super) fn is_joiner(word: &str) -> bool {
    is_one_of(&JOINERS, word)
}

/// Words between the first and the last number of a range.
pub(super) fn is_range(word: &str) -> bool {
    is_one_of(&RANGE, word)
}

/// Words that name a line, a column or open a letter, and so are no failed number.
pub(super) fn is_label(word: &str) -> bool {
    is_one_of(&LABELS, word)
}

/// Letters that are read as digits when nobody looks closely: they are not letters of a word beside digits.
pub(super) fn is_lookalike(word: &str) -> bool {
    word.chars().count() < 3 && word.chars().all(|letter| "OolIi".contains(letter))
}

/// The key of a telephone on which a letter stands.
pub(super) fn key_of(letter: char) -> Option<char> {
    Some(match letter.to_ascii_uppercase() {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        _ => return None,
    })
}
