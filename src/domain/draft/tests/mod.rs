//! Every sentence of the pages "Terms" to "Billing statement": what is typed, where it stands, what it says.

mod contact_and_bill;
mod numbers;

use proptest::prelude::*;

use super::*;
use crate::domain::area_codes::{AreaCodes, Countries};
use crate::domain::findings::Finding;
use crate::domain::number_to_port::NumberKind;

fn rules(canada: bool) -> Rules<'static> {
    let countries = Countries { canada };
    Rules {
        numbers: NumberRules { area_codes: AreaCodes::built_in(), countries, support: "help@example.com" },
        today: "2026-11-21".parse().unwrap(),
        holidays: Holidays::built_in(),
        canadian_holidays: Holidays::canadian(),
        max_numbers: 1_000,
        toll_free: true,
        bill_max_age_days: 90,
        bill_warn_age_days: 30,
        min_business_days: 5,
    }
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A whole request without a fault, changed at the named fields.
fn with(changed: &[(&str, &str)]) -> Answers {
    let base = [
        ("rates", "yes"),
        ("keep_active", "yes"),
        ("texts", "yes"),
        ("termination", "yes"),
        ("name", "Front desk lines"),
        ("losing_carrier", "Verizon"),
        ("account_number", "942561837-00001"),
        ("landline", "(212) 664-0142, 1-800-356-9377"),
        ("wireless-0-number", "646 664 0187"),
        ("wireless-0-pin", "8841"),
        ("scope", "all"),
        ("account_type", "business"),
        ("business_name", "Northgate Dental, LLC"),
        ("contact_name", "Dana Ruiz"),
        ("authorized_email", "dana@northgate.example"),
        ("street", "350 Old Post Road"),
        ("city", "New York"),
        ("state", "NY"),
        ("postal_code", "10001"),
        ("proof", "bill"),
        ("bill-month", "11"),
        ("bill-day", "2"),
        ("bill-year", "2026"),
    ];
    let kept = base.iter().filter(|(name, _)| changed.iter().all(|(new, _)| new != name));
    let sent = pairs(&kept.chain(changed).copied().collect::<Vec<_>>());
    Answers {
        terms: TermsAnswers::from_pairs(&sent),
        numbers: NumbersAnswers::from_pairs(&sent),
        contact: ContactAnswers::from_pairs(&sent),
        bill: BillAnswers::from_pairs(&sent),
        ..Answers::default()
    }
}

fn told(findings: &[Finding]) -> Vec<(&str, &str)> {
    findings.iter().map(|finding| (finding.field.as_str(), finding.text.as_str())).collect()
}

#[track_caller]
fn check(changed: &[(&str, &str)], errors: &[(&str, &str)]) {
    check_with(&rules(false), changed, errors, &[]);
}

#[track_caller]
fn check_warning(changed: &[(&str, &str)], warnings: &[(&str, &str)]) {
    check_with(&rules(false), changed, &[], warnings);
}

#[track_caller]
fn check_with(rules: &Rules, changed: &[(&str, &str)], errors: &[(&str, &str)], warnings: &[(&str, &str)]) {
    let mut answers = with(changed);
    answers.numbers.forget_full_ssn();
    let findings = answers.check(Step::Check, rules, 1);
    assert_eq!(told(&findings.errors), errors, "errors of {changed:?}");
    assert_eq!(told(&findings.warnings), warnings, "warnings of {changed:?}");
    let forbidden = ["valid", "please", "sorry", "oops", "forbidden", "required field"];
    for finding in findings.errors.iter().chain(&findings.warnings) {
        let text = finding.text.to_lowercase();
        assert!(!forbidden.iter().any(|word| text.contains(word)), "{text}");
    }
}

#[test]
fn a_whole_request_passes() {
    check(&[], &[]);
    let (step, _) = with(&[]).numbers.check(&rules(false));
    let kinds: Vec<NumberKind> = step.unwrap().numbers.iter().map(|number| number.kind).collect();
    assert_eq!(kinds, [NumberKind::Landline, NumberKind::TollFree, NumberKind::Wireless]);
    assert!(with(&[]).contact.check(&rules(false)).0.is_some());
    assert!(with(&[]).check_bill(&rules(false), 1).0.is_some());
}

#[test]
fn each_term_has_its_own_sentence() {
    check(&[("rates", "")], &[("rates", "Tick the box to confirm you accept the porting rates")]);
    check(&[("keep_active", "")], &[("keep_active", "Tick the box to confirm you will keep the numbers active")]);
    let texts = "Tick the box to confirm you understand texts may not work for up to 3 days";
    check(&[("texts", "")], &[("texts", texts)]);
    let fee = "Tick the box to confirm you understand there may be a termination fee";
    check(&[("termination", "")], &[("termination", fee)]);
}

#[test]
fn empty_pages_say_all_in_page_order() {
    let empty = Answers::default();
    let fields = |step| -> Vec<String> {
        empty.check(step, &rules(false), 0).errors.into_iter().map(|finding| finding.field).collect()
    };
    assert_eq!(fields(Step::Terms), ["rates", "keep_active", "texts", "termination"]);
    assert_eq!(fields(Step::Numbers), ["losing_carrier", "account_number", "landline", "scope"]);
    assert_eq!(
        fields(Step::Contact),
        ["account_type", "contact_name", "authorized_email", "street", "city", "state", "postal_code"]
    );
    assert_eq!(fields(Step::Bill), ["proof", FILES_FIELD, "bill-month"]);
    assert_eq!(fields(Step::Check).len(), 18);
}

#[test]
fn resumes_at_the_first_page_that_is_not_done() {
    let first = |changed: &[(&str, &str)], documents| with(changed).first_unfinished_step(&rules(false), documents);
    assert_eq!(Answers::default().first_unfinished_step(&rules(false), 0), Step::Terms);
    assert_eq!(first(&[("scope", "")], 1), Step::Numbers);
    assert_eq!(first(&[("city", "")], 1), Step::Contact);
    assert_eq!(first(&[], 0), Step::Bill);
    assert_eq!(first(&[], 1), Step::Check);

    let mut warned = with(&[("street", "One Harbor Way")]);
    assert_eq!(warned.first_unfinished_step(&rules(false), 1), Step::Contact);
    warned.note_shown(&warned.check(Step::Contact, &rules(false), 1));
    assert_eq!(warned.first_unfinished_step(&rules(false), 1), Step::Check);
}

#[test]
fn steps_know_their_neighbours() {
    for step in Step::ALL {
        assert_eq!(Step::from_segment(step.segment()), Some(step));
        assert_eq!(step.next().and_then(Step::previous).unwrap_or(step), step);
    }
    assert_eq!((Step::Terms.previous(), Step::Check.next()), (None, None));
}

#[test]
fn a_draft_survives_storage() {
    let mut answers = with(&[("wireless-1-pin", "123456789")]);
    answers.numbers.forget_full_ssn();
    let stored = serde_json::to_string(&answers).unwrap();
    assert!(!stored.contains("123456789"));
    assert_eq!(serde_json::from_str::<Answers>(&stored).unwrap(), answers);
    assert_eq!(serde_json::from_str::<Answers>("{}").unwrap(), Answers::default());
}

/// Names that the forms know, with a few that they do not.
fn any_name() -> impl Strategy<Value = String> {
    let known: Vec<String> = with(&[("wireless-1-kind", "ssn"), ("one_pin", "yes")])
        .numbers
        .to_pairs()
        .into_iter()
        .chain(with(&[("texts", "yes")]).terms.to_pairs())
        .chain(with(&[]).contact.to_pairs())
        .chain(with(&[]).bill.to_pairs())
        .map(|(name, _)| name)
        .collect();
    prop_oneof![9 => prop::sample::select(known), 1 => "wireless-[0-9]{1,3}-(number|pin|kind)", 1 => ".{0,12}"]
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "[0-9 ()+.,-]{0,30}",
        "(yes|on|all|some|ssn|pin|business|bill|NY|ON|Dec|2026|12)",
        "\\PC{0,20}"
    ]
}

proptest! {
    #[test]
    fn answers_go_out_as_they_came_in(sent in prop::collection::vec((any_name(), any_value()), 0..40)) {
        let terms = TermsAnswers::from_pairs(&sent);
        prop_assert_eq!(TermsAnswers::from_pairs(&terms.to_pairs()), terms);
        let numbers = NumbersAnswers::from_pairs(&sent);
        prop_assert!(NumbersAnswers::from_pairs(&numbers.to_pairs()) == numbers);
        let contact = ContactAnswers::from_pairs(&sent);
        prop_assert_eq!(ContactAnswers::from_pairs(&contact.to_pairs()), contact);
        let bill = BillAnswers::from_pairs(&sent);
        prop_assert_eq!(BillAnswers::from_pairs(&bill.to_pairs()), bill);
    }

    #[test]
    fn whatever_is_sent_is_answered(sent in prop::collection::vec((any_name(), any_value()), 0..40), canada: bool) {
        let mut answers = Answers {
            terms: TermsAnswers::from_pairs(&sent),
            numbers: NumbersAnswers::from_pairs(&sent),
            contact: ContactAnswers::from_pairs(&sent),
            bill: BillAnswers::from_pairs(&sent),
            ..Answers::default()
        };
        answers.numbers.forget_full_ssn();
        let rules = rules(canada);
        let findings = answers.check(Step::Check, &rules, sent.len());
        answers.note_shown(&findings);
        prop_assert!(answers.unseen_warnings(&findings).is_empty());
        let (step, found) = answers.numbers.check(&rules);
        prop_assert_eq!(step.is_some(), found.is_empty());
        for number in step.into_iter().flat_map(|step| step.numbers) {
            prop_assert_eq!(number.pin.is_some(), number.kind == NumberKind::Wireless);
            prop_assert!(answers.numbers.clone().move_to_wireless(number.number.as_str()).is_none_or(|_| true));
        }
        let (step, found) = answers.contact.check(&rules);
        prop_assert_eq!(step.is_some(), found.is_empty());
    }
}
