//! The letter to fill in by hand, for those who sign on paper.

use super::facts::NewProvider;
use super::sheet::{Numbers, ON_FIRST_PAGE, Row, Section, Sheet, TITLE, provider_lines};
use super::statements::{Names, StatementsVersion};
use crate::domain::contact::AccountType;
use crate::domain::number_to_port::NumberKind;

impl Sheet {
    /// A letter to this provider with a space for everything that only the customer knows.
    pub fn blank(provider: &NewProvider) -> Self {
        let texts = StatementsVersion::CURRENT.texts();
        let names = Names { provider: &provider.name, carrier: "my current carrier" };
        Self {
            title: TITLE,
            provider: provider.name.clone(),
            provider_lines: provider_lines(provider),
            references: Vec::new(),
            sections: [customer(), current_service()],
            numbers: Numbers {
                heading: "Numbers to transfer".to_owned(),
                summary: Some(
                    "More than 15 numbers: write \"see attached\", the first and the last number here, and add a list."
                        .to_owned(),
                ),
                groups: Vec::new(),
                spaces: ON_FIRST_PAGE,
            },
            notes: Vec::new(),
            statements_lead: texts.lead,
            statements: texts.list(names, false, false),
            signer: ["Printed name", "Title", "Email", "Phone"].map(Row::empty).into(),
            attachments: Vec::new(),
        }
    }
}

fn customer() -> Section {
    let mut rows = vec![choice("Account type", AccountType::ALL.map(AccountType::label))];
    rows.extend(
        ["Business name, if any", "Account holder", "Service street", "Apartment, suite", "City, state", "ZIP code"]
            .map(Row::empty),
    );
    Section { heading: "Customer, as the current carrier has it", rows }
}

fn current_service() -> Section {
    let mut rows: Vec<Row> =
        ["Current carrier", "Reseller, if any", "Account number", "Billing telephone number"].map(Row::empty).into();
    rows.push(choice("Type of service", NumberKind::ALL.map(NumberKind::label)));
    rows.push(choice("All numbers move", ["Yes", "No, some stay"]));
    rows.push(Row::empty("New billing number"));
    Section { heading: "Current service", rows }
}

fn choice<const COUNT: usize>(label: &'static str, choices: [&'static str; COUNT]) -> Row {
    Row { label, lines: Vec::new(), choices: choices.into() }
}
