//! How long it takes to seal a letter of 30 KB: at most 5 ms.

#[path = "../tests/app/letter/samples.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the tests use more of the samples")]
mod samples;

use criterion::{Criterion, criterion_group, criterion_main};
use portdesk::{
    letter::Press,
    seal::{SealFacts, SealKey, verify},
};

fn seal(criterion: &mut Criterion) {
    let press = Press::new(None).expect("the fonts are part of the program");
    let letter = press.letter(&samples::business(10), None).expect("the sample is a letter");
    let at = "2026-11-22T08:00:00".parse().expect("a real time");
    let key = SealKey::make("Portdesk", at).expect("a key can be made");
    let facts = SealFacts { name: "Portdesk", reason: "Letter of Authorization", at };
    let sealed = key.seal(&letter, &facts).expect("the letter can be sealed");
    let size = letter.len() / 1_000;
    criterion.bench_function(&format!("seal of {size} KB"), |bencher| bencher.iter(|| key.seal(&letter, &facts)));
    let trusted = [key.certificate().clone()];
    criterion.bench_function(&format!("check of {size} KB"), |bencher| bencher.iter(|| verify(&sealed, &trusted)));
}

criterion_group!(benches, seal);
criterion_main!(benches);
