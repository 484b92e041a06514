//! What the check of a form found, in the order of the form.

use std::fmt::Display;

/// One sentence about one field.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// Name (and id) of the field that the sentence is about.
    pub field: String,
    /// The sentence that the person reads.
    pub text: String,
}

/// Errors stop a form; warnings stop it once and pass when it is sent again unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub errors: Vec<Finding>,
    pub warnings: Vec<Finding>,
}

impl Findings {
    /// Notes an error at a field.
    pub fn error(&mut self, field: impl Into<String>, text: impl Display) {
        self.errors.push(Finding { field: field.into(), text: text.to_string() });
    }

    /// Notes an error at a field that stands on the page before those whose names begin with `next`.
    pub fn error_before(&mut self, next: &str, field: impl Into<String>, text: impl Display) {
        let at = self.errors.iter().position(|error| error.field.starts_with(next)).unwrap_or(self.errors.len());
        self.errors.insert(at, Finding { field: field.into(), text: text.to_string() });
    }

    /// Notes a warning at a field.
    pub fn warn(&mut self, field: impl Into<String>, text: impl Display) {
        self.warnings.push(Finding { field: field.into(), text: text.to_string() });
    }

    /// Hands on a value that was parsed, or keeps the sentence that says why it was not.
    pub fn take<T, E: Display>(&mut self, field: impl Into<String>, parsed: Result<T, E>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(error) => {
                self.error(field, error);
                None
            }
        }
    }

    /// Whether nothing stops the form for good.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// Appends the findings of a later part of the form.
    pub fn merge(&mut self, later: Self) {
        self.errors.extend(later.errors);
        self.warnings.extend(later.warnings);
    }

    /// The error of a field, if it has one.
    pub fn error_of(&self, field: &str) -> Option<&str> {
        text_of(&self.errors, field)
    }

    /// The warning of a field, if it has one.
    pub fn warning_of(&self, field: &str) -> Option<&str> {
        text_of(&self.warnings, field)
    }
}

fn text_of<'a>(findings: &'a [Finding], field: &str) -> Option<&'a str> {
    findings.iter().find(|finding| finding.field == field).map(|finding| finding.text.as_str())
}
