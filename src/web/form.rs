//! What a form shows: the answers that were sent or saved, and what their check found.

use std::collections::HashSet;

use super::by_name::ByName;
use crate::domain::findings::{Finding, Findings};

/// How many findings of one field the summary lists before it counts the rest.
const LISTED: usize = 10;

/// One line of a summary above a form, with the field that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryLine {
    /// Id of the control that the line leads to.
    pub target: String,
    /// The sentence that the person reads, the same as beside the field.
    pub text: String,
}

/// Answers of a form under their field names, and the findings about them.
///
/// It has no `Debug`, because answers can hold PINs.
#[derive(Clone, Default)]
pub struct Form {
    answers: Vec<(String, String)>,
    findings: Findings,
    answered: ByName,
    errors: ByName,
    warnings: ByName,
}

impl Form {
    /// A form with answers and with what their check found.
    pub fn new(answers: Vec<(String, String)>, findings: Findings) -> Self {
        let of = |findings: &[Finding]| ByName::of(findings.iter().map(|finding| finding.field.as_str()));
        let answered = ByName::of(answers.iter().map(|(name, _)| name.as_str()));
        let (errors, warnings) = (of(&findings.errors), of(&findings.warnings));
        Self { answers, findings, answered, errors, warnings }
    }

    /// A form with answers that have not been checked yet.
    pub fn unchecked(answers: Vec<(String, String)>) -> Self {
        Self::new(answers, Findings::default())
    }

    /// The same with nothing in a field, which keeps what was found about it.
    #[must_use]
    pub fn blank(mut self, name: &str) -> Self {
        for (_, value) in self.answers.iter_mut().filter(|(known, _)| known == name) {
            value.clear();
        }
        self
    }

    /// What was answered in a field; nothing reads as the empty text.
    pub fn value(&self, name: &str) -> &str {
        self.answered.find(&self.answers, name).next().map_or("", |(_, value)| value.as_str())
    }

    /// Whether a choice was made; several boxes may share one name.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.answered.find(&self.answers, name).any(|(_, answer)| answer == value)
    }

    /// Whether a single box is ticked, in any of the ways that a tick is written.
    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.value(name), "yes" | "on" | "true" | "1")
    }

    /// The first error of a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.find(&self.findings.errors, name).next().map(|finding| finding.text.as_str())
    }

    /// All errors of a field, in their order, as many as the summary lists.
    pub fn errors_of(&self, name: &str) -> Vec<&str> {
        texts_of(self.errors.find(&self.findings.errors, name))
    }

    /// The first warning of a field.
    pub fn warning(&self, name: &str) -> Option<&str> {
        self.warnings.find(&self.findings.warnings, name).next().map(|finding| finding.text.as_str())
    }

    /// All warnings of a field, in their order, as many as the summary lists.
    pub fn warnings_of(&self, name: &str) -> Vec<&str> {
        texts_of(self.warnings.find(&self.findings.warnings, name))
    }

    /// The errors of a date: of the whole, of its month, day and year.
    pub fn date_errors(&self, prefix: &str) -> Vec<&str> {
        texts_of(self.findings.errors.iter().filter(|finding| is_of_date(&finding.field, prefix)))
    }

    /// The warnings of a date: of the whole, of its month, day and year.
    pub fn date_warnings(&self, prefix: &str) -> Vec<&str> {
        texts_of(self.findings.warnings.iter().filter(|finding| is_of_date(&finding.field, prefix)))
    }

    /// Whether a part of a date (`month`, `day`, `year`) is at fault, by itself or with the whole date.
    pub fn date_part_is_bad(&self, prefix: &str, part: &str) -> bool {
        self.whole_date_is_bad(prefix) || self.error(&format!("{prefix}-{part}")).is_some()
    }

    // What is found about a whole date stands at its month; only a month that alone is missing is at fault by itself.
    fn whole_date_is_bad(&self, prefix: &str) -> bool {
        let is_typed = |part: &str| !self.value(&format!("{prefix}-{part}")).trim().is_empty();
        let of_month = self.error(&format!("{prefix}-month")).is_some();
        let is_month_alone = !is_typed("month") && (is_typed("day") || is_typed("year"));
        self.error(prefix).is_some() || of_month && !is_month_alone
    }

    /// Whether something stops the form.
    pub fn has_errors(&self) -> bool {
        !self.findings.errors.is_empty()
    }

    /// Whether something stops the form once.
    pub fn has_warnings(&self) -> bool {
        !self.findings.warnings.is_empty()
    }

    /// All errors, in the order of the form.
    pub fn summary(&self) -> &[Finding] {
        &self.findings.errors
    }

    /// All warnings, in the order of the form.
    pub fn warnings(&self) -> &[Finding] {
        &self.findings.warnings
    }

    /// "There is a problem" or "There are 3 problems".
    pub fn summary_title(&self) -> String {
        match self.findings.errors.len() {
            0 | 1 => "There is a problem".to_owned(),
            many => format!("There are {many} problems"),
        }
    }

    /// The errors as the summary lists them: at most ten of each field, then how many more there are.
    pub fn summary_lines(&self) -> Vec<SummaryLine> {
        self.lines(&self.findings.errors, &self.errors)
    }

    /// The warnings as the summary lists them, like [`Form::summary_lines`].
    pub fn warning_lines(&self) -> Vec<SummaryLine> {
        self.lines(&self.findings.warnings, &self.warnings)
    }

    /// Ids of the texts that describe a control: its error, its warning and its hint, if it has them.
    pub fn described_by(&self, name: &str, hint: &str) -> String {
        let mut ids = Vec::new();
        if self.error(name).is_some() {
            ids.push(format!("{name}-error"));
        }
        if self.warning(name).is_some() {
            ids.push(format!("{name}-warning"));
        }
        if !hint.is_empty() {
            ids.push(format!("{name}-hint"));
        }
        ids.join(" ")
    }

    /// Ids of the texts that describe a whole date.
    pub fn date_described_by(&self, prefix: &str, hint: &str) -> String {
        let mut ids = Vec::new();
        if !self.date_errors(prefix).is_empty() {
            ids.push(format!("{prefix}-error"));
        }
        if !self.date_warnings(prefix).is_empty() {
            ids.push(format!("{prefix}-warning"));
        }
        if !hint.is_empty() {
            ids.push(format!("{prefix}-hint"));
        }
        ids.join(" ")
    }

    fn lines(&self, findings: &[Finding], by_field: &ByName) -> Vec<SummaryLine> {
        let mut lines = Vec::new();
        let mut fields = HashSet::new();
        for finding in findings {
            if !fields.insert(finding.field.as_str()) {
                continue;
            }
            let of_field = by_field.find(findings, &finding.field);
            let target = self.target(&finding.field);
            for listed in of_field.clone().take(LISTED) {
                lines.push(SummaryLine { target: target.clone(), text: listed.text.clone() });
            }
            let more = of_field.count().saturating_sub(LISTED);
            if 0 < more {
                lines.push(SummaryLine { target, text: format!("and {more} more, listed below") });
            }
        }
        lines
    }

    // A finding about a whole date leads to its month, because only a control can take the focus.
    fn target(&self, field: &str) -> String {
        let month = format!("{field}-month");
        if !self.answered.has(field) && self.answered.has(&month) { month } else { field.to_owned() }
    }
}

fn texts_of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<&'a str> {
    findings.take(LISTED).map(|finding| finding.text.as_str()).collect()
}

fn is_of_date(field: &str, prefix: &str) -> bool {
    let Some(rest) = field.strip_prefix(prefix) else { return false };
    matches!(rest, "" | "-month" | "-day" | "-year")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(answers: &[(&str, &str)], errors: &[(&str, &str)]) -> Form {
        let mut findings = Findings::default();
        for (field, text) in errors {
            findings.error(*field, text);
        }
        Form::new(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(), findings)
    }

    #[test]
    fn an_answer_is_found_by_its_name() {
        let form = form(&[("scope", "all"), ("reason", "pin"), ("reason", "zip"), ("rates", "yes")], &[]);
        assert_eq!(form.value("scope"), "all");
        assert_eq!(form.value("missing"), "");
        assert!(form.is("reason", "zip"));
        assert!(!form.is("reason", "name"));
        assert!(form.ticked("rates"));
        assert!(!form.ticked("texts"));
    }

    #[test]
    fn the_summary_counts_what_it_does_not_list() {
        let errors: Vec<(&str, &str)> = (0..24).map(|_| ("landline", "Add the area code")).collect();
        let form = form(&[("landline", "")], &errors);
        let lines = form.summary_lines();
        assert_eq!(lines.len(), 11);
        assert_eq!(lines[10].text, "and 14 more, listed below");
        assert_eq!(form.errors_of("landline").len(), 10);
        assert_eq!(form.summary_title(), "There are 24 problems");
    }

    #[test]
    fn a_finding_about_a_date_leads_to_its_month() {
        let form =
            form(&[("bill-month", "2"), ("bill-day", "30")], &[("bill", "Date on the bill must be a real date")]);
        assert_eq!(form.summary_lines()[0].target, "bill-month");
        assert!(form.date_part_is_bad("bill", "day"));
        assert_eq!(form.date_described_by("bill", "a hint"), "bill-error bill-hint");
    }

    #[test]
    fn only_the_part_of_a_date_at_fault_is_marked() {
        let form = form(&[], &[("bill-year", "Enter the year")]);
        assert!(form.date_part_is_bad("bill", "year"));
        assert!(!form.date_part_is_bad("bill", "month"));
        assert_eq!(form.date_errors("bill"), ["Enter the year"]);
        assert!(form.date_errors("billing").is_empty());
        let form = self::form(&[("bill-month", ""), ("bill-day", "3")], &[("bill-month", "Enter the month")]);
        assert!(form.date_part_is_bad("bill", "month"));
        assert!(!form.date_part_is_bad("bill", "day"));
    }

    #[test]
    fn a_date_that_is_missing_or_too_old_is_marked_as_a_whole() {
        for answers in [[("bill-month", ""), ("bill-year", "")], [("bill-month", "2"), ("bill-year", "2019")]] {
            let form = form(&answers, &[("bill-month", "It must be newer")]);
            assert!(["month", "day", "year"].iter().all(|part| form.date_part_is_bad("bill", part)));
        }
    }
}
