//! How long it takes to read and check a thousand pasted numbers.

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use portdesk::domain::{
    area_codes::{AreaCodes, Countries},
    business_days::Holidays,
    draft::{NumbersAnswers, Rules},
    number_list::NumberList,
    phone_number::NumberRules,
};

const COUNT: usize = 1_000;

fn rules() -> Rules<'static> {
    let numbers = NumberRules {
        area_codes: AreaCodes::built_in(),
        countries: Countries { canada: false },
        support: "support@example.com",
    };
    Rules {
        numbers,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a real day"),
        holidays: Holidays::built_in(),
        canadian_holidays: Holidays::canadian(),
        max_numbers: COUNT,
        toll_free: true,
        bill_max_age_days: 90,
        bill_warn_age_days: 30,
        min_business_days: 5,
    }
}

/// A thousand numbers, each on a line of its own, in four layouts.
fn pasted() -> String {
    let line = |at: usize| {
        let (exchange, last) = (220 + at % 80, 2_000 + at);
        match at % 4 {
            0 => format!("(212) {exchange}-{last}\n"),
            1 => format!("646-{exchange}-{last},\r\n"),
            2 => format!("+1 917 {exchange} {last}\n"),
            _ => format!("Desk {at}: 718.{exchange}.{last}\n"),
        }
    };
    (0..COUNT).map(line).collect()
}

fn parser(bench: &mut Criterion) {
    let (rules, text) = (rules(), pasted());
    let read = NumberList::parse(&text, &rules.numbers);
    assert_eq!((read.read.len(), read.problems.len()), (COUNT, 0), "the text holds what is measured");
    bench.bench_function("read 1,000 pasted numbers", |run| run.iter(|| NumberList::parse(&text, &rules.numbers)));

    let mut answers = NumbersAnswers::default();
    "Verizon".clone_into(&mut answers.losing_carrier);
    "7741-4471B".clone_into(&mut answers.account_number);
    "all".clone_into(&mut answers.scope);
    answers.landline = text;
    assert!(answers.check(&rules).0.is_some(), "the answers are good");
    bench.bench_function("check a step with 1,000 numbers", |run| run.iter(|| answers.check(&rules)));

    "212-664-2000 to 2999".clone_into(&mut answers.landline);
    answers.ranges_confirmed = true;
    assert!(answers.check(&rules).0.is_some_and(|step| step.numbers.len() == COUNT), "the range is good");
    bench.bench_function("check a step with a range of 1,000", |run| run.iter(|| answers.check(&rules)));
}

criterion_group!(benches, parser);
criterion_main!(benches);
