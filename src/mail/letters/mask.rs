//! Hides what must never be mailed in the sentences that people type: reasons of a rejection or of a cancel.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A word for a secret, a few filling words, and what follows; `for` is no filler, so that "the PIN for (646)
/// 555-0187" keeps its number.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?ix)
        \b( pin | passcode | password | ssn | social\ security | last\ (?:4|four) | account | acct )\b
        ( (?: [\s:\#=."'“‘(]* \b(?: is | was | are | code | number | num | no | digits | of | the | my | our | your | ssn )\b )*
          [\s:\#=."'“‘(]* )
        ( [a-z0-9][a-z0-9./\#-]{2,} )"#,
    )
    .expect("a constant pattern, compiled by the tests")
});

/// A whole Social Security number in its usual form.
static WHOLE_SSN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b\d{3}[- ]\d{2}[- ]\d{4}\b").expect("a constant pattern, compiled by the tests"));

/// The text with PINs, Social Security digits and account numbers replaced by dots, where it names them as such.
pub(super) fn mask(text: &str) -> String {
    let text = WHOLE_SSN.replace_all(text, "••••");
    let hide = |found: &Captures<'_>| {
        let [word, filler, secret] = [1, 2, 3].map(|group| found.get(group).map_or("", |part| part.as_str()));
        if secret.contains(|c: char| c.is_ascii_digit()) {
            format!("{word}{filler}••••")
        } else {
            format!("{word}{filler}{secret}")
        }
    };
    NAMED.replace_all(&text, hide).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(mask(text), shown);
    }

    #[test]
    fn named_secrets_are_hidden() {
        check("Verizon says PIN 4321 is wrong.", "Verizon says PIN •••• is wrong.");
        check("my pin is: 87a4", "my pin is: ••••");
        check("The PIN number is \"4321\".", "The PIN number is \"••••\".");
        check("SSN 123-45-6789", "SSN ••••");
        check("It is 123-45-6789", "It is ••••");
        check("last 4 of the SSN is 6789", "last 4 of the SSN is ••••");
        check("last four: 6789", "last four: ••••");
        check("Account number 9988-77/B is closed", "Account number •••• is closed");
        check("account #9988776655", "account #••••");
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "Verizon refused the PIN for (646) 555-0187",
            "Verizon says account number ••••B is not the one on this account.",
            "Ask for a new transfer PIN. Some stop working after 10 days.",
            "The bill is 95 days old.",
            "(646) 555-0187 is not on account ••••B.",
            "Copy the account number for porting.",
            "A PIN has 4 to 15 digits.",
        ] {
            check(text, text);
        }
    }
}
