//! What the people of the demonstration type into the wizard, slips included.

use chrono::{Datelike as _, NaiveDate};

use super::{
    people::OWNER,
    sketch::{Fate, Sketch},
};
use crate::domain::{
    draft::{Answers, BillAnswers, ContactAnswers, NumbersAnswers, Rules, Step, TermsAnswers, WirelessAnswer},
    loa::{SignerAnswers, WhoSigns},
    phone_number::PhoneNumber,
};

/// A block of at least this many numbers is typed as a range.
const AS_RANGE: usize = 20;

/// How somebody answers.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// The first step that is left open.
    pub until: Step,
    /// Whether the slip that led to a rejection is put right.
    pub corrected: bool,
    pub bill_date: NaiveDate,
}

/// The answers to a request, with the warnings on the way seen.
pub fn type_in(sketch: &Sketch, manner: Manner, rules: &Rules<'_>) -> Answers {
    let mut answers = Answers::default();
    for step in Step::ALL.into_iter().filter(|step| *step < manner.until) {
        match step {
            Step::Terms => {
                answers.terms = TermsAnswers { rates: true, keep_active: true, texts: true, termination: true };
            }
            Step::Numbers => answers.numbers = numbers(sketch, manner.corrected),
            Step::Contact => answers.contact = contact(sketch, manner.corrected, rules),
            Step::Bill => answers.bill = bill(manner.bill_date),
            Step::Check => {}
        }
        answers.signer = signer(sketch);
        let findings = answers.check(step, rules, 1);
        answers.note_shown(&findings);
    }
    // Whoever is at the numbers has typed what stands first on the page.
    if manner.until == Step::Numbers {
        sketch.name.clone_into(&mut answers.numbers.name);
        sketch.carrier.clone_into(&mut answers.numbers.losing_carrier);
    }
    answers
}

fn slips(sketch: &Sketch, corrected: bool, slug: &str) -> bool {
    !corrected && sketch.fate.reason() == Some(slug)
}

fn numbers(sketch: &Sketch, corrected: bool) -> NumbersAnswers {
    let account = sketch.account_number();
    let account_number = if slips(sketch, corrected, "account-number-mismatch") {
        account.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned() + "77120"
    } else {
        account
    };
    let some_stay = sketch.index % 5 == 3;
    let landlines = sketch.landlines();
    let mut answers = NumbersAnswers::default();
    sketch.name.clone_into(&mut answers.name);
    sketch.carrier.clone_into(&mut answers.losing_carrier);
    answers.account_number = account_number;
    if sketch.wireless == 0 && sketch.index.is_multiple_of(2) {
        answers.account_pin = pin(sketch, 9);
    }
    answers.btn = written(0, &sketch.billing_number());
    answers.ranges_confirmed = AS_RANGE <= landlines.len();
    answers.landline = pasted(sketch, &landlines);
    answers.wireless = wireless(sketch, corrected);
    if some_stay { "some" } else { "all" }.clone_into(&mut answers.scope);
    if some_stay {
        answers.staying = sketch.staying().iter().map(|digits| written(0, digits)).collect::<Vec<_>>().join(", ");
    }
    answers
}

/// As people paste: one number a line, in the layout that their list happens to have; a large block as a range.
fn pasted(sketch: &Sketch, landlines: &[String]) -> String {
    if AS_RANGE <= landlines.len()
        && let (Some(first), Some(last)) = (landlines.first(), landlines.last())
    {
        return format!("{} to {}", written(0, first), written(0, last));
    }
    let all = landlines.iter().cloned().chain(sketch.toll_free());
    all.map(|digits| written(sketch.index, &digits)).collect::<Vec<_>>().join("\n")
}

fn written(layout: usize, digits: &str) -> String {
    let Some(number) = PhoneNumber::from_stored(&format!("+1{digits}")) else { return digits.to_owned() };
    let national = number.national();
    match layout % 4 {
        0 => national,
        1 => national.replace(['(', ')'], "").replace(' ', "-"),
        2 => number.as_str().to_owned(),
        _ => national.replace(['(', ')'], "").replace([' ', '-'], "."),
    }
}

fn wireless(sketch: &Sketch, corrected: bool) -> Vec<WirelessAnswer> {
    let by_ssn = sketch.holder.business.is_none();
    let later = usize::from(corrected) * 50;
    let row = |(at, digits): (usize, String)| WirelessAnswer {
        number: written(0, &digits),
        pin: if by_ssn { format!("{}", 4_310 + sketch.index) } else { pin(sketch, at + later) },
        kind: if by_ssn { "ssn" } else { "pin" }.to_owned(),
    };
    sketch.wireless().into_iter().enumerate().map(row).collect()
}

/// Six digits that no carrier would give and nobody would guess to be a pattern.
fn pin(sketch: &Sketch, salt: usize) -> String {
    format!("{:06}", 104_729 + (sketch.index * 7_907 + salt * 1_013) % 790_000)
}

fn contact(sketch: &Sketch, corrected: bool, rules: &Rules<'_>) -> ContactAnswers {
    let holder = sketch.holder;
    let business = holder.business.unwrap_or_default();
    let short = business.split(',').next().unwrap_or_default();
    let street = if slips(sketch, corrected, "service-address-mismatch") { "18 Old Mill Road" } else { holder.street };
    let wrong_zip = slips(sketch, corrected, "postal-code-mismatch");
    let wrong_name = slips(sketch, corrected, "business-name-mismatch");
    // Somebody who hurries leaves the date open.
    let date = (sketch.index % 3 == 1).then(|| rules.holidays.after(rules.today, rules.min_business_days + 3));
    let part = |part: Option<u32>| part.map(|part| part.to_string()).unwrap_or_default();
    ContactAnswers {
        account_type: if business.is_empty() { "residential" } else { "business" }.to_owned(),
        business_name: if wrong_name { short } else { business }.to_owned(),
        contact_name: holder.contact.to_owned(),
        authorized_email: holder.email.to_owned(),
        street: street.to_owned(),
        unit: holder.unit.to_owned(),
        city: holder.city.to_owned(),
        state: holder.state.to_owned(),
        postal_code: if wrong_zip { "10118" } else { holder.postal_code }.to_owned(),
        preferred_month: part(date.map(|date| date.month())),
        preferred_day: part(date.map(|date| date.day())),
        preferred_year: date.map(|date| date.year().to_string()).unwrap_or_default(),
    }
}

/// Whoever is offered, but where the table says otherwise.
fn signer(sketch: &Sketch) -> SignerAnswers {
    let who = match sketch.fate {
        Fate::SignedHere => WhoSigns::Me,
        Fate::OnPaper => WhoSigns::Paper,
        _ => return SignerAnswers::default(),
    };
    let (name, title) = if who == WhoSigns::Me { (OWNER, "Owner") } else { (sketch.holder.contact, "") };
    SignerAnswers {
        who: who.code().to_owned(),
        signer_name: name.to_owned(),
        signer_title: title.to_owned(),
        ..SignerAnswers::default()
    }
}

fn bill(date: NaiveDate) -> BillAnswers {
    BillAnswers {
        proof: "bill".to_owned(),
        bill_month: date.month().to_string(),
        bill_day: date.day().to_string(),
        bill_year: date.year().to_string(),
    }
}
