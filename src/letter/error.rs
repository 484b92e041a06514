//! Why there is no letter.

use std::path::PathBuf;

use crate::domain::typed_text;

/// Why a letter could not be made. Only [`LetterError::CannotPrint`] is about something that a person can change.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    #[error("{}", cannot_print(*.0))]
    CannotPrint(char),
    #[error("the facts of the letter could not be written or read")]
    Data(#[source] serde_json::Error),
    #[error("the address of the verification page does not fit into a QR code")]
    QrCode(#[source] qrcode::types::QrError),
    #[error("the letter could not be set: {0}")]
    Typesetting(String),
    #[error("the font {0} is not part of this program")]
    FontMissing(&'static str),
    #[error("the fonts in {} could not be read", .folder.display())]
    FontFolder {
        folder: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("{} is not a font", .0.display())]
    NotAFont(PathBuf),
}

/// The sentence at a field whose text the letter's fonts do not have.
fn cannot_print(character: char) -> String {
    // What cannot be seen is named by its code.
    let shown = if character.is_control() || typed_text::is_unseen(character) {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    };
    format!(
        "The letter cannot print the character \"{shown}\". Write it in Latin letters, or upload a signed letter instead"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_cannot_be_seen_is_named_by_its_code() {
        let told = |character| LetterError::CannotPrint(character).to_string();
        assert!(told('\u{674e}').contains("\"\u{674e}\""));
        assert!(told('\u{202e}').contains("\"U+202E\""));
        assert!(told('\n').contains("\"U+000A\""));
    }
}
