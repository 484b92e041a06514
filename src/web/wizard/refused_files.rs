//! What a page with file fields says of files that were not kept, checked or not.

use crate::domain::{
    draft::RefusedFile,
    findings::{Finding, Findings},
};

/// Puts the sentences about refused files where that of their field stood, which says less than they do; `order` is how
/// the fields follow each other on the page.
pub fn with_refused(found: &Findings, refused: &[RefusedFile], order: &[&str]) -> Findings {
    let is_told = |field: &str| refused.iter().any(|it| it.field == field);
    let mut errors: Vec<Finding> = found.errors.iter().filter(|it| !is_told(&it.field)).cloned().collect();
    errors.extend(refused.iter().map(|it| Finding { field: it.field.clone(), text: it.why.clone() }));
    let place = |it: &Finding| order.iter().position(|first| it.field.starts_with(first)).unwrap_or(order.len());
    errors.sort_by_key(place);
    Findings { errors, warnings: found.warnings.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_files_stand_at_their_field_in_the_order_of_the_page() {
        let refused =
            |field: &str, why: &str| RefusedFile { field: field.to_owned(), name: String::new(), why: why.to_owned() };
        let mut found = Findings::default();
        found.error("proof", "Select what you give us");
        found.error("file", "Select a bill");
        found.error("bill-month", "Enter the date");
        found.warn("bill-day", "Old");
        let told = with_refused(
            &found,
            &[refused("file", "a"), refused("file", "b"), refused("letter", "c")],
            &["letter", "proof", "file", "bill"],
        );
        let texts: Vec<&str> = told.errors.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["c", "Select what you give us", "a", "b", "Enter the date"]);
        assert_eq!(told.warnings, found.warnings);
        assert_eq!(with_refused(&found, &[], &["file", "proof"]).errors.first(), found.errors.get(1));
    }
}
