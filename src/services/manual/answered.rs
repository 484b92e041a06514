//! The answers of a manual request that was sent, so that its contact can correct them.

use crate::{
    domain::{
        contact::AccountType,
        draft::FilesChanged,
        loa::UploadAnswers,
        manual::{ManualAnswers, SubmitterAnswers},
    },
    services::house::House,
    store::{self, Conn, StoreError, port_requests::PortRequest},
};

/// What the contact sent, as the form shows it; nothing is agreed to yet.
pub fn of_request(conn: &mut Conn, house: &House, request: &PortRequest) -> Result<ManualAnswers, StoreError> {
    let mut answers = store::drafts::find(conn, &house.vault, request.id)?.answers;
    answers.memory.files = FilesChanged::default();
    let contact = store::users::find(conn, request.submitted_by)?;
    let location = store::locations::find(conn, request.location_id)?;
    let is_business = AccountType::from_code(&answers.contact.account_type) == Some(AccountType::Business);
    let legal_name =
        if is_business { answers.contact.business_name.clone() } else { answers.contact.contact_name.clone() };
    let signed = store::loas::newest(conn, request.id)?.and_then(|loa| loa.told_on.or(loa.signed_on));
    Ok(ManualAnswers {
        submitter: SubmitterAnswers {
            name: contact.name,
            email: contact.email,
            location_id: location.location_id,
            legal_name,
        },
        request: answers,
        signed: signed.map(UploadAnswers::of).unwrap_or_default(),
        ..ManualAnswers::default()
    })
}
