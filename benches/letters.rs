//! How long it takes to set a letter: at most 15 ms with 10 numbers and 400 ms with 1,000; and how much memory 200 letters in a
//! row leave behind: less than 50 MB.

#[path = "../tests/app/letter/samples.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the samples are those of the tests, which use more of them")]
mod samples;

use std::fs;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use portdesk::letter::{LetterFacts, Press};

/// Another letter each time, so that nothing is remembered of the last but what letters share.
fn letter(count: usize, serial: &mut u32) -> LetterFacts {
    *serial += 1;
    let mut facts = samples::business(count);
    facts.attempt = *serial;
    facts.customer.contact_name = format!("Dana Ruiz {serial}");
    facts.signer.name.clone_from(&facts.customer.contact_name);
    facts
}

/// Before anything else has filled the memory: what the process holds before and after 200 letters.
fn memory(_: &mut Criterion) {
    let press = Press::new(None).expect("the fonts are part of the program");
    let mut serial = 0;
    let mut print = |letters: u32| {
        for _ in 0..letters {
            press.letter(&letter(10, &mut serial), None).expect("the sample is a letter");
        }
    };
    print(10);
    let before = resident_kilobytes();
    print(200);
    let after = resident_kilobytes();
    let grown = after.saturating_sub(before);
    println!("memory: {before} KB before and {after} KB after 200 letters with 10 numbers, {grown} KB more");
}

/// What the system says that this process holds in memory.
fn resident_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("this system tells of its processes");
    let told = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    told.and_then(|kilobytes| kilobytes.trim().parse().ok()).expect("the memory is told in kB")
}

fn letters(criterion: &mut Criterion) {
    let press = Press::new(None).expect("the fonts are part of the program");
    for count in [10, 1_000] {
        let mut serial = 0;
        let mut next = || letter(count, &mut serial);
        criterion.bench_function(&format!("letter with {count} numbers"), |bencher| {
            bencher.iter_batched(&mut next, |facts| press.letter(&facts, None), BatchSize::SmallInput);
        });
    }
}

criterion_group!(benches, memory, letters);
criterion_main!(benches);
