//! The countries that share country code 1.

/// The United States' own territories: the rules of the FCC hold there, so they count as the United States.
const TERRITORIES: [(&str, &str); 5] = [
    ("AS", "American Samoa"),
    ("GU", "Guam"),
    ("MP", "Northern Mariana Islands"),
    ("PR", "Puerto Rico"),
    ("VI", "US Virgin Islands"),
];

/// The other countries that share country code 1, named so that they fit after "in".
const OTHERS: [(&str, &str); 18] = [
    ("AG", "Antigua and Barbuda"),
    ("AI", "Anguilla"),
    ("BB", "Barbados"),
    ("BM", "Bermuda"),
    ("BS", "the Bahamas"),
    ("DM", "Dominica"),
    ("DO", "the Dominican Republic"),
    ("GD", "Grenada"),
    ("JM", "Jamaica"),
    ("KN", "Saint Kitts and Nevis"),
    ("KY", "the Cayman Islands"),
    ("LC", "Saint Lucia"),
    ("MS", "Montserrat"),
    ("SX", "Sint Maarten"),
    ("TC", "the Turks and Caicos Islands"),
    ("TT", "Trinidad and Tobago"),
    ("VC", "Saint Vincent and the Grenadines"),
    ("VG", "the British Virgin Islands"),
];

/// Where a local number belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Country {
    /// The fifty states and the District of Columbia.
    Us,
    /// A territory of the United States, by name.
    Territory(&'static str),
    Canada,
    /// Another country of the numbering plan, by name as it stands after "in".
    Other(&'static str),
}

impl Country {
    /// Reads a two-letter ISO 3166 code of a country in the numbering plan.
    pub fn from_code(code: &str) -> Option<Self> {
        let named = |table: &[(&str, &'static str)]| table.iter().find(|(key, _)| *key == code).map(|(_, name)| *name);
        match code {
            "US" => Some(Self::Us),
            "CA" => Some(Self::Canada),
            _ => named(&TERRITORIES).map(Self::Territory).or_else(|| named(&OTHERS).map(Self::Other)),
        }
    }

    /// The two-letter ISO 3166 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Us => "US",
            Self::Canada => "CA",
            Self::Territory(name) | Self::Other(name) => {
                let named = TERRITORIES.iter().chain(&OTHERS).find(|(_, known)| *known == name);
                named.map_or("", |(code, _)| *code)
            }
        }
    }

    /// The name as it stands in a list of countries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Us => "United States",
            Self::Canada => "Canada",
            Self::Territory(name) | Self::Other(name) => name.strip_prefix("the ").unwrap_or(name),
        }
    }

    /// Every country of the numbering plan, as they stand in a list to choose from.
    pub fn all() -> Vec<Self> {
        let territories = TERRITORIES.iter().map(|(_, name)| Self::Territory(name));
        let others = OTHERS.iter().map(|(_, name)| Self::Other(name));
        [Self::Us, Self::Canada].into_iter().chain(territories).chain(others).collect()
    }

    /// What a local number from here is called. Never says wireless or landline: digits cannot tell.
    pub fn local_label(self) -> &'static str {
        match self {
            Self::Us => "US local",
            Self::Canada => "Canadian local",
            Self::Territory(name) | Self::Other(name) => name,
        }
    }
}
