//! Warnings stop a form once; sent again unchanged, it passes.

use std::collections::{HashMap, HashSet};

use super::Answers;
use crate::domain::findings::{Finding, Findings};

impl Answers {
    /// The warnings that the person has not seen yet; a step without errors and without these is done.
    pub fn unseen_warnings(&self, findings: &Findings) -> Vec<Finding> {
        let shown: HashSet<&String> = self.shown_warnings.iter().collect();
        findings.warnings.iter().filter(|warning| !shown.contains(&key(warning))).cloned().collect()
    }

    /// Notes that the person sees these warnings with the answer of this submit.
    pub fn note_shown(&mut self, findings: &Findings) {
        let unseen: Vec<String> = self.unseen_warnings(findings).iter().map(key).collect();
        self.shown_warnings.extend(unseen);
    }

    /// Takes over which warnings were shown before, but for fields whose answer has changed since: those are asked about
    /// again, and so are ranges that were confirmed before they changed. Call it when a form comes in, after
    /// [`Self::keep_saved_secrets`] and before [`Self::unseen_warnings`].
    pub fn carry_shown_warnings(&mut self, earlier: &Self) {
        let (now, before) = (self.to_pairs(), earlier.to_pairs());
        let (now, before) = (by_name(&now), by_name(&before));
        let unchanged = |shown: &&String| {
            let field = shown.split(':').next().unwrap_or_default();
            answers_of(&now, field) == answers_of(&before, field)
        };
        self.shown_warnings = earlier.shown_warnings.iter().filter(unchanged).cloned().collect();
        // A tick that confirmed other ranges confirms nothing about these.
        if earlier.numbers.ranges_confirmed && self.numbers.ranges() != earlier.numbers.ranges() {
            self.numbers.ranges_confirmed = false;
        }
    }

    /// The answers of all steps.
    fn to_pairs(&self) -> Vec<(String, String)> {
        let steps = [
            self.terms.to_pairs(),
            self.numbers.to_pairs(),
            self.contact.to_pairs(),
            self.bill.to_pairs(),
            self.signer.to_pairs(),
        ];
        steps.into_iter().flatten().collect()
    }
}

/// What a warning is known by: its field and sentence. No warning repeats a secret.
fn key(warning: &Finding) -> String {
    format!("{}: {}", warning.field, warning.text)
}

/// The answers that a warning at this field is about: the field, of a date all three.
fn answers_of<'a>(answers: &HashMap<&str, &'a str>, field: &str) -> [Option<&'a str>; 3] {
    let Some(prefix) = field.strip_suffix("-month") else { return [answers.get(field).copied(), None, None] };
    [field, &format!("{prefix}-day"), &format!("{prefix}-year")].map(|field| answers.get(field).copied())
}

/// No name stands twice among the answers.
fn by_name(pairs: &[(String, String)]) -> HashMap<&str, &str> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(field: &str, text: &str) -> Findings {
        let mut findings = Findings::default();
        findings.warn(field, text);
        findings
    }

    #[test]
    fn a_warning_passes_when_it_is_sent_again_unchanged() {
        let mut first = Answers::default();
        first.contact.street = "One Harbor Way".to_owned();
        let warning = found("street", "Street address has no number");
        assert_eq!(first.unseen_warnings(&warning).len(), 1);
        first.note_shown(&warning);
        first.note_shown(&warning);
        assert_eq!(first.shown_warnings.len(), 1);

        let mut second = Answers { contact: first.contact.clone(), ..Answers::default() };
        second.carry_shown_warnings(&first);
        assert!(second.unseen_warnings(&warning).is_empty());

        second.contact.street = "Two Harbor Way".to_owned();
        second.carry_shown_warnings(&first);
        assert_eq!(second.unseen_warnings(&warning).len(), 1);
    }

    #[test]
    fn changed_ranges_are_confirmed_anew() {
        let typed = |landline: &str| {
            let mut answers = Answers::default();
            answers.numbers.landline = landline.to_owned();
            answers.numbers.ranges_confirmed = true;
            answers
        };
        let first = typed("212-664-0100 to 0119");
        let still_confirmed = |landline: &str| {
            let mut second = typed(landline);
            second.carry_shown_warnings(&first);
            second.numbers.ranges_confirmed
        };
        assert!(still_confirmed("(212) 664-0100 to 0119, 646-664-0187"));
        assert!(!still_confirmed("212-664-0100 to 0199"));
    }

    #[test]
    fn of_a_date_every_part_counts() {
        let mut first = Answers::default();
        first.bill.bill_day = "4".to_owned();
        let warning = found("bill-month", "This bill is old");
        first.note_shown(&warning);
        let mut second = Answers::default();
        second.bill.bill_day = "5".to_owned();
        second.carry_shown_warnings(&first);
        assert_eq!(second.unseen_warnings(&warning).len(), 1);
    }
}
