//! Names that carriers compare word for word: kept as typed, never cut.

use crate::domain::typed_text::{self, Unprintable};

/// Carriers' order systems cut names at this length (Bandwidth documents 25), so a longer one deserves a look.
const CARRIERS_KEEP: usize = 25;

/// Whose name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOf {
    /// The person allowed to make changes on the account.
    AccountHolder,
    /// Who signs the letter of authorization.
    Signer,
    /// The business as the bill shows it.
    Business,
    /// The carrier that the numbers leave.
    Carrier,
    /// The company that the person pays, where that is not the carrier.
    Reseller,
    /// What the requester calls the request.
    Request,
    /// The city of the service address.
    City,
    /// A user of this desk.
    User,
    /// An account of this desk.
    Account,
    /// A location of an account.
    Location,
}

impl NameOf {
    const fn longest(self) -> usize {
        match self {
            Self::AccountHolder | Self::Signer => 200,
            Self::Business
            | Self::Carrier
            | Self::Reseller
            | Self::City
            | Self::User
            | Self::Account
            | Self::Location => 100,
            Self::Request => 80,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::AccountHolder => "Contact name",
            Self::Signer => "Signer’s name",
            Self::Business => "Business name",
            Self::Carrier => "Carrier name",
            Self::Reseller => "Name of the reseller",
            Self::Request | Self::User => "Name",
            Self::City => "City",
            Self::Account => "Account name",
            Self::Location => "Location name",
        }
    }

    const fn instruction(self) -> &'static str {
        match self {
            Self::AccountHolder => "Enter the contact name",
            Self::Signer => "Enter the signer’s name",
            Self::Business => "Enter the business name as the bill shows it",
            Self::Carrier => "Enter your current carrier",
            Self::Reseller => "Enter the reseller as the bill shows it",
            Self::Request => "Enter a name",
            Self::City => "Enter the city",
            Self::User => "Enter the name",
            Self::Account => "Enter the account name",
            Self::Location => "Enter the location name",
        }
    }
}

/// Reads a name: what nobody sees is taken out, the rest stays as typed, in every script.
///
/// # Errors
/// [`NameError`] if it is empty, too long, cannot be printed or has neither letter nor digit.
pub fn parse_name(of: NameOf, text: &str) -> Result<String, NameError> {
    let name = typed_text::one_line(text)?;
    if name.is_empty() {
        return Err(NameError::Missing(of.instruction()));
    }
    if of.longest() < typed_text::length(&name) {
        return Err(NameError::TooLong { title: of.title(), longest: of.longest() });
    }
    if !name.contains(char::is_alphanumeric) {
        return Err(NameError::NothingToRead(of.title()));
    }
    Ok(name)
}

/// What a name that was taken is asked about once.
pub fn name_warning(name: &str) -> Option<NameWarning> {
    (CARRIERS_KEEP < typed_text::length(name)).then_some(NameWarning::Long)
}

/// Why a typed name was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("{0}")]
    Missing(&'static str),
    #[error("{title} must be {longest} characters or fewer")]
    TooLong { title: &'static str, longest: usize },
    #[error("{0} must have at least one letter or digit")]
    NothingToRead(&'static str),
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
}

/// What a name is asked about once; the second submit passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameWarning {
    #[error(
        "Some carriers keep only the first 25 characters of a name. If the bill shows all of it, leave it and continue"
    )]
    Long,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(of: NameOf, typed: &str, read: Result<&str, &str>) {
        let told = parse_name(of, typed).map_err(|error| error.to_string());
        assert_eq!(told, read.map(str::to_owned).map_err(str::to_owned), "{typed:?}");
    }

    #[test]
    fn keeps_names_as_the_bill_shows_them() {
        check(NameOf::Business, "Kline, Webb & Osei P.C.", Ok("Kline, Webb & Osei P.C."));
        check(NameOf::AccountHolder, "Null", Ok("Null"));
        check(NameOf::AccountHolder, "\u{674e}\u{5c0f}\u{9f99}", Ok("\u{674e}\u{5c0f}\u{9f99}"));
        check(NameOf::AccountHolder, "Dana \u{202e}Ruiz\u{200b} ", Ok("Dana Ruiz"));
    }

    #[test]
    fn names_each_field_in_its_own_words() {
        check(NameOf::AccountHolder, " ", Err("Enter the contact name"));
        check(NameOf::Business, "", Err("Enter the business name as the bill shows it"));
        check(NameOf::Carrier, "", Err("Enter your current carrier"));
        check(NameOf::City, "", Err("Enter the city"));
        check(NameOf::Request, &"n".repeat(81), Err("Name must be 80 characters or fewer"));
        check(NameOf::AccountHolder, &"n".repeat(201), Err("Contact name must be 200 characters or fewer"));
        check(NameOf::AccountHolder, "!!!", Err("Contact name must have at least one letter or digit"));
        check(NameOf::Business, "A\u{7}B", Err("There is a character here that cannot be printed. Type it again"));
    }

    #[test]
    fn asks_about_names_that_carriers_cut() {
        assert_eq!(name_warning(&"n".repeat(25)), None);
        assert_eq!(name_warning(&"n".repeat(26)), Some(NameWarning::Long));
    }
}
