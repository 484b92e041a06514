//! Why something typed is not a telephone number that can be moved, one sentence for each reason.

/// A refusal; its text is what the person reads. `typed` is what was typed, cut to a readable length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberError {
    #[error("Enter a phone number")]
    Empty,
    #[error("{typed} is not a phone number")]
    NotANumber { typed: String },
    #[error("{typed} has a hidden character in it. Type the number again")]
    HiddenCharacter { typed: String },
    #[error("Add the area code to {typed}")]
    AreaCodeMissing { typed: String },
    #[error("{typed} has {}; a US number has 10{}", count_of(*digits), hint_of(*digits))]
    Length { typed: String, digits: usize },
    #[error("{typed} has {} after the 1; a US number has 10", count_of(*digits))]
    LengthAfterOne { typed: String, digits: usize },
    #[error("{typed} makes {} with its letters; a US number has 10", count_of(*digits))]
    LengthWithLetters { typed: String, digits: usize },
    #[error("{typed} is not laid out like a US number. Write the area code first, then the other seven digits")]
    OddlyGrouped { typed: String },
    #[error("{typed} has the letter {letter} where a digit belongs{}", offer_of(*letter))]
    LetterInside { typed: String, letter: char },
    #[error("Check {typed}: an area code cannot start with {first}")]
    AreaCodeStart { typed: String, first: char },
    #[error("Check {typed}: {code} is a service code, not an area code")]
    ServiceAreaCode { typed: String, code: String },
    #[error("Check {typed}: {code} is not an area code in use{help}")]
    UnknownAreaCode { typed: String, code: String, help: WriteTo },
    #[error("Check {typed}: the three digits after the area code cannot start with {first}")]
    ExchangeStart { typed: String, first: char },
    #[error("Check {typed}: {code} after the area code is a service code, not a phone number")]
    ServiceExchange { typed: String, code: String },
    #[error("{typed} is a pay-per-call number; {code} numbers cannot be moved")]
    PayPerCall { typed: String, code: String },
    #[error("{typed} is a number without a place; {code} numbers cannot be moved")]
    Personal { typed: String, code: String },
    #[error("{typed} is directory assistance; 555-1212 numbers cannot be moved")]
    DirectoryAssistance { typed: String },
    #[error("{typed} is Canadian; this form takes US numbers{help}")]
    Canadian { typed: String, help: WriteTo },
    #[error("{typed} is in {place}, not the United States{}{help}", if *canada { " or Canada" } else { "" })]
    OtherCountry { typed: String, place: String, canada: bool, help: WriteTo },
    #[error("{typed} is outside the US{}{help}", if *canada { " and Canada" } else { "" })]
    Abroad { typed: String, canada: bool, help: WriteTo },
    #[error("{typed} lacks the 1 after the plus. If it is a US number, write {offer}")]
    OneMissing { typed: String, offer: String },
    #[error("Write each number of {typed} in full, with a comma between them")]
    Shortened { typed: String },
    #[error("The range {typed} runs backwards. Put the lower number first")]
    RangeBackwards { typed: String },
    #[error("The range {typed} has {count} numbers. The most in one range is {most}")]
    RangeTooLong { typed: String, count: String, most: String },
    #[error("The numbers of {typed} are in two area codes. Put a comma between two numbers that are not a range")]
    RangeAcross { typed: String },
    #[error("The ranges up to {typed} have more than {most} numbers. Send the rest in another request")]
    RangesTooLong { typed: String, most: String },
    #[error("Leave out {typed}: extensions do not move")]
    Extension { typed: String },
    #[error("Enter one phone number here. You entered {typed}")]
    MoreThanOne { typed: String },
    #[error("Leave only the number here. {words} is not part of it")]
    Words { words: String },
}

/// Whom to write to about a number that the form does not take; nothing when nobody is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteTo(pub String);

impl std::fmt::Display for WriteTo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.trim().is_empty() {
            return Ok(());
        }
        write!(f, ". Write to {}", self.0.trim())
    }
}

fn count_of(digits: usize) -> String {
    if digits == 1 { "1 digit".to_owned() } else { format!("{digits} digits") }
}

/// Two numbers that stuck together are the likely reason for so many digits.
fn hint_of(digits: usize) -> &'static str {
    if digits < 20 { "" } else { ". Put a comma between two numbers" }
}

fn offer_of(letter: char) -> String {
    let digit = match letter {
        'O' | 'o' => "0 if you mean zero",
        'l' | 'I' | 'i' => "1 if you mean one",
        'S' | 's' => "5 if you mean five",
        'B' => "8 if you mean eight",
        _ => return String::new(),
    };
    format!(". Write {digit}")
}
