use super::*;
use crate::domain::draft::FILES_FIELD;

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const DETAILS: [(&str, &str); 9] = [
    ("name", "Dana Ruiz"),
    ("email", "dana@northgate.example"),
    ("location_id", "NG-1"),
    ("account_type", "business"),
    ("legal_name", "Northgate Dental LLC"),
    ("street", "350 Old Post Road"),
    ("city", "Larchmont"),
    ("state", "NY"),
    ("postal_code", "10538"),
];

#[test]
fn one_legal_name_names_the_business_or_the_person() {
    let mut answers = ManualAnswers::default();
    answers.take_details(&pairs(&DETAILS));
    let contact = &answers.request.contact;
    assert_eq!((&*contact.business_name, &*contact.contact_name), ("Northgate Dental LLC", "Dana Ruiz"));
    let residential = DETAILS.map(|(name, value)| (name, if name == "account_type" { "residential" } else { value }));
    answers.take_details(&pairs(&residential));
    let contact = &answers.request.contact;
    assert_eq!((&*contact.business_name, &*contact.contact_name), ("", "Northgate Dental LLC"));
    assert_eq!(contact.authorized_email, "dana@northgate.example");
}

#[test]
fn a_page_gives_back_what_it_sent() {
    let mut answers = ManualAnswers::default();
    answers.take_details(&pairs(&DETAILS));
    let given = answers.pairs_of(ManualPage::Details);
    for pair in pairs(&DETAILS) {
        assert!(given.contains(&pair), "{pair:?}");
    }
    let mut again = ManualAnswers::default();
    again.take_details(&given);
    assert_eq!(again, answers);
}

#[test]
fn a_box_counts_with_the_words_beside_it() {
    let sent = pairs(&[
        ("manual_authority", "yes"),
        ("manual_authority-version", "2"),
        ("manual_impact-version", "1"),
        ("manual_keep_carrier", "yes"),
    ]);
    let consents = ConsentAnswers::from_pairs(&sent);
    assert_eq!(Consent::ALL.map(|consent| consents.version(consent)), [Some(2), None, None]);
}

#[test]
fn fields_have_names_of_their_own() {
    let names: Vec<String> = ManualPage::ALL
        .into_iter()
        .flat_map(|page| ManualAnswers::default().pairs_of(page))
        .map(|(name, _)| name)
        .collect();
    assert!(!names.contains(&FILES_FIELD.to_owned()) && !names.contains(&LETTER_FIELD.to_owned()));
}
