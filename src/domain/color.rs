//! Colours and how well they read on each other, by the formulas of WCAG 2.2.

use std::fmt;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

/// Contrast that running text needs (WCAG 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;
const WHITE: Color = Color { red: 255, green: 255, blue: 255 };
/// The page in the light theme, the darker of its two grounds.
const LIGHT_GROUND: Color = Color { red: 0xEC, green: 0xE8, blue: 0xE0 };
/// The sheet in the dark theme, the lighter of its two grounds.
const DARK_GROUND: Color = Color { red: 0x19, green: 0x22, blue: 0x27 };

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccentError {
    #[error("must be a colour like #0B5A6F")]
    Format,
    #[error("is too light: links and buttons in it could not be read; choose a darker colour")]
    TooLight,
}

impl Color {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    /// Reads an accent colour: white text must read on it, and it must read as text on the page.
    pub fn parse_accent(text: &str) -> Result<Self, AccentError> {
        let color = Self::parse(text).ok_or(AccentError::Format)?;
        let reads = TEXT_CONTRAST <= color.contrast(WHITE) && TEXT_CONTRAST <= color.contrast(LIGHT_GROUND);
        if reads { Ok(color) } else { Err(AccentError::TooLight) }
    }

    /// The same hue for the dark theme: as much lighter as it takes to be read on the dark sheet.
    #[must_use]
    pub fn for_dark(self) -> Self {
        let mut color = self;
        while color.contrast(DARK_GROUND) < TEXT_CONTRAST + 2.0 && color != WHITE {
            color = color.toward(WHITE);
        }
        color
    }

    /// A shade nearer to black, for hovering.
    #[must_use]
    pub fn darker(self) -> Self {
        let mixed = |part: u8| part - part / 4;
        Self { red: mixed(self.red), green: mixed(self.green), blue: mixed(self.blue) }
    }

    /// A shade nearer to white, for hovering in the dark theme.
    #[must_use]
    pub fn lighter(self) -> Self {
        self.toward(WHITE).toward(WHITE)
    }

    fn toward(self, other: Self) -> Self {
        let mixed = |from: u8, to: u8| from + to.saturating_sub(from).div_ceil(16);
        Self {
            red: mixed(self.red, other.red),
            green: mixed(self.green, other.green),
            blue: mixed(self.blue, other.blue),
        }
    }

    /// Contrast of two colours, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, AccentError>) {
        assert_eq!(Color::parse_accent(text).map(|color| color.to_string()), expected.map(str::to_owned));
    }

    #[test]
    fn an_accent_is_a_colour_that_can_be_read() {
        check("#0b5a6f", Ok("#0B5A6F"));
        check(" #7A1F5C ", Ok("#7A1F5C"));
        check("petrol", Err(AccentError::Format));
        check("#12345", Err(AccentError::Format));
        check("#ééé", Err(AccentError::Format));
        check("#72C7D9", Err(AccentError::TooLight));
    }

    #[test]
    fn contrast_is_that_of_the_published_tokens() {
        let petrol = Color::parse("#0B5A6F").unwrap();
        assert!((petrol.contrast(WHITE) - 7.76).abs() < 0.01);
        assert!((WHITE.contrast(Color::parse("#000000").unwrap()) - 21.0).abs() < 0.001);
    }

    #[test]
    fn every_accent_has_a_dark_twin_that_can_be_read() {
        for text in ["#000000", "#0B5A6F", "#7A1F5C", "#0000AA", "#004400"] {
            let dark = Color::parse_accent(text).unwrap().for_dark();
            assert!(TEXT_CONTRAST <= dark.contrast(DARK_GROUND), "{text} {dark}");
        }
    }
}
