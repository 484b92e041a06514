//! The manual port request: what somebody without an account types, and what the domain makes of it.
//!
//! Numbers, account, address and bill are asked for and checked as in the guided request ([`super::draft`]); what is
//! different is who writes, that the letter comes signed, and what they agree to.

mod consents;
mod page;
mod submitter;
#[cfg(test)]
mod tests;

pub use consents::{Consent, ConsentAnswers, NotConsented};
pub use page::ManualPage;
pub use submitter::{LocationLook, SubmitterAnswers, SubmitterError, SubmitterStep};

use chrono::NaiveDate;

use super::{
    contact::AccountType,
    draft::{Answers, BillAnswers, BillStep, ContactAnswers, ContactStep, FILES_FIELD, NumbersStep, Rules},
    findings::Findings,
    loa::{AgeLimits, UploadAnswers},
    number_to_port::NumberKind,
};

/// The name of the field for the signed letter.
pub const LETTER_FIELD: &str = "letter";

/// Everything that was typed into a manual request, good or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ManualAnswers {
    pub submitter: SubmitterAnswers,
    pub location_look: LocationLook,
    /// Numbers, account, address and bill, with what the pages remember beside them.
    pub request: Answers,
    /// The day that stands on the signed letter.
    pub signed: UploadAnswers,
    pub consents: ConsentAnswers,
    /// The address of the client that sent it.
    pub sent_from: String,
    /// Something was typed where people see no field: it came from a program.
    pub trapped: bool,
    /// It was opened again by the link that was mailed to its address.
    pub mailbox_proven: bool,
}

/// Which files were kept so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FilesKept {
    pub letter: bool,
    pub bills: usize,
}

/// A manual request without faults.
#[derive(Debug, Clone)]
pub struct ManualRequest {
    pub submitter: SubmitterStep,
    pub numbers: NumbersStep,
    pub contact: ContactStep,
    pub bill: BillStep,
    pub signed_on: NaiveDate,
}

/// Why the documents were not taken, beyond what each field says itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentsError {
    #[error("Select the signed letter of authorization")]
    NoLetter,
    #[error("Select a billing statement")]
    NoBill,
}

impl ManualAnswers {
    /// Reads the page about the submitter and the account, and names everybody as the guided request does.
    pub fn take_details(&mut self, pairs: &[(String, String)]) {
        self.submitter = SubmitterAnswers::from_pairs(pairs);
        self.request.contact = ContactAnswers::from_pairs(pairs);
        self.name_everybody();
    }

    /// Takes a day as the one on the signed letter.
    pub fn take_signed_on(&mut self, day: NaiveDate) {
        self.signed = UploadAnswers::of(day);
    }

    /// Takes the mailbox over from earlier answers.
    pub fn keep_mailbox(&mut self, earlier: &Self) {
        self.submitter.email.clone_from(&earlier.submitter.email);
        self.name_everybody();
    }

    /// The same with the destination.
    pub fn keep_destination(&mut self, earlier: &Self) {
        self.submitter.location_id.clone_from(&earlier.submitter.location_id);
        self.keep_mailbox(earlier);
    }

    /// Reads the page about the documents.
    pub fn take_documents(&mut self, pairs: &[(String, String)]) {
        self.signed = UploadAnswers::from_pairs(pairs);
        self.request.bill = BillAnswers::from_pairs(pairs);
    }

    /// The answers of a page as its form sends them.
    pub fn pairs_of(&self, page: ManualPage) -> Vec<(String, String)> {
        match page {
            ManualPage::Details => {
                let contact = self.request.contact.to_pairs();
                let asked = contact.into_iter().filter(|(name, _)| !NAMED_BY_SUBMITTER.contains(&name.as_str()));
                self.submitter.to_pairs().into_iter().chain(asked).collect()
            }
            ManualPage::Numbers => self.request.numbers.to_pairs(),
            ManualPage::Documents => [self.signed.to_pairs(), self.request.bill.to_pairs()].concat(),
            ManualPage::Check => self.consents.to_pairs(),
        }
    }

    /// One legal name is asked for: that of the business, or of the person whose account it is. Who writes is the contact of
    /// a business, and gets the mails.
    fn name_everybody(&mut self) {
        let contact = &mut self.request.contact;
        let legal_name = self.submitter.legal_name.clone();
        if AccountType::from_code(&contact.account_type) == Some(AccountType::Business) {
            contact.business_name = legal_name;
            contact.contact_name.clone_from(&self.submitter.name);
        } else {
            contact.business_name.clear();
            contact.contact_name = legal_name;
        }
        contact.authorized_email.clone_from(&self.submitter.email);
    }

    /// What is to say about a page, but for what only the desk's books know; the last page checks all.
    pub fn check(&self, page: ManualPage, rules: &Rules, files: FilesKept) -> Findings {
        match page {
            ManualPage::Details => self.check_details(rules).1,
            ManualPage::Numbers => self.request.numbers.check(rules).1,
            ManualPage::Documents => self.check_documents(rules, files).1,
            ManualPage::Check => {
                let mut findings = Findings::default();
                for page in [ManualPage::Details, ManualPage::Numbers, ManualPage::Documents] {
                    findings.merge(self.check(page, rules, files));
                }
                findings
            }
        }
    }

    /// The request if nothing stops it.
    pub fn checked(&self, rules: &Rules, files: FilesKept) -> Option<ManualRequest> {
        let (submitter, contact) = self.check_details(rules).0?;
        let numbers = self.request.numbers.check(rules).0?;
        let (signed_on, bill) = self.check_documents(rules, files).0?;
        Some(ManualRequest { submitter, numbers, contact, bill, signed_on })
    }

    fn check_details(&self, rules: &Rules) -> (Option<(SubmitterStep, ContactStep)>, Findings) {
        let (submitter, mut findings) = self.submitter.check();
        let (contact, found) = self.request.contact.check(rules);
        let is_business = AccountType::from_code(&self.request.contact.account_type) == Some(AccountType::Business);
        // The names are the submitter's fields; what was said about those is not said twice.
        let field_of = |field: &str| match field {
            "business_name" => Some("legal_name".to_owned()),
            "contact_name" => (!is_business).then(|| "legal_name".to_owned()),
            "authorized_email" => None,
            other => Some(other.to_owned()),
        };
        for error in found.errors {
            if let Some(field) = field_of(&error.field) {
                let text = if field == "legal_name" && self.submitter.legal_name.trim().is_empty() {
                    SubmitterError::NoLegalName.to_string()
                } else {
                    error.text
                };
                findings.error(field, text);
            }
        }
        for warning in found.warnings {
            // The address is asked about where it is typed, so the sentence stays.
            let field =
                if warning.field == "authorized_email" { Some("email".to_owned()) } else { field_of(&warning.field) };
            if let Some(field) = field {
                findings.warn(field, warning.text);
            }
        }
        (submitter.zip(contact).filter(|_| findings.is_empty()), findings)
    }

    fn check_documents(&self, rules: &Rules, files: FilesKept) -> (Option<(NaiveDate, BillStep)>, Findings) {
        let mut findings = Findings::default();
        if !files.letter {
            findings.error(LETTER_FIELD, DocumentsError::NoLetter);
        }
        let (signed_on, found) = self.signed.check(rules.today, AgeLimits::of(self.moves_toll_free(rules)));
        findings.merge(found);
        let (bill, found) = self.request.bill.check_for(rules, &self.request.numbers.losing_carrier);
        let (proof, date) = found.errors.into_iter().partition::<Vec<_>, _>(|finding| finding.field == "proof");
        findings.errors.extend(proof);
        if files.bills == 0 {
            findings.error(FILES_FIELD, DocumentsError::NoBill);
        }
        findings.errors.extend(date);
        findings.warnings.extend(found.warnings);
        (signed_on.zip(bill).filter(|_| findings.is_empty()), findings)
    }

    /// Letters for toll-free numbers age faster.
    pub fn moves_toll_free(&self, rules: &Rules) -> bool {
        let numbers = self.request.numbers.check(rules).0;
        numbers.is_some_and(|step| step.numbers.iter().any(|it| it.kind == NumberKind::TollFree))
    }
}

/// Fields of the guided request's contact that the submitter's answers fill.
const NAMED_BY_SUBMITTER: [&str; 3] = ["business_name", "contact_name", "authorized_email"];
