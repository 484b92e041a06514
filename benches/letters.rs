//! How long it takes to set a letter: at most 15 ms with 10 numbers and 400 ms with 1,000.

#[path = "../tests/app/letter/samples.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the samples are those of the tests, which use more of them")]
mod samples;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use portdesk::letter::{LetterFacts, Press};

fn letters(criterion: &mut Criterion) {
    let press = Press::new(None).expect("the fonts are part of the program");
    for count in [10, 1_000] {
        let mut serial = 0;
        // Each letter is another one, so that nothing is remembered of the last but what letters share.
        let mut next = || -> LetterFacts {
            serial += 1;
            let mut facts = samples::business(count);
            facts.attempt = serial;
            facts.customer.contact_name = format!("Dana Ruiz {serial}");
            facts.signer.name.clone_from(&facts.customer.contact_name);
            facts
        };
        criterion.bench_function(&format!("letter with {count} numbers"), |bencher| {
            bencher.iter_batched(&mut next, |facts| press.letter(&facts, None), BatchSize::SmallInput);
        });
    }
}

criterion_group!(benches, letters);
criterion_main!(benches);
