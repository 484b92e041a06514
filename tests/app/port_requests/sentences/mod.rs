//! Every sentence of the wizard: what is typed, where it stands, what it says; over HTTP, a table for each page.

mod bill;
mod contact;
mod numbers;
mod terms;

use super::walk::{Draft, NUMBERS, bill_pdf, changed, escaped};
use crate::harness::desk::Desk;

/// What differs from answers that pass, the field, the sentence.
type Row = (&'static [(&'static str, &'static str)], &'static str, &'static str);

/// Each row stops the page with its sentence in the summary and at its field, and a reload shows the same.
#[track_caller]
fn check_errors(page: &str, base: &[(&str, &str)], rows: &[Row]) {
    let desk = Desk::open();
    let mut wrong = Vec::new();
    for (with, field, sentence) in rows {
        let draft = Draft::start(&desk);
        if page == "bill" {
            draft.pass("numbers", NUMBERS, "contact");
            if *sentence != "Select a bill" {
                draft.upload(&[("do", "upload")], &[("bill.pdf", &bill_pdf())]);
            }
        }
        let answer = draft.post(page, &changed(base, with));
        if answer.location.as_deref() != Some(draft.at(&format!("{page}?check=1")).as_str()) {
            wrong.push(format!("{page} {with:?} led to {:?}", answer.location));
            continue;
        }
        let shown = answer.follow();
        let in_summary = shown.body.contains(&format!("<a href=\"#{field}\">{}</a>", escaped(sentence)));
        let at_field = shown.body.contains(&format!("id=\"{field}\"")) && shown.text().matches(sentence).count() >= 2;
        if !in_summary || !at_field || !shown.title().starts_with("Error: ") {
            wrong.push(format!("{page} {with:?}: {sentence}\n{shown:?}"));
        }
        if shown.body != draft.get(&format!("{page}?check=1")).body {
            wrong.push(format!("{page} {with:?}: a reload shows something else"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n\n"));
}

/// Each row stops the page once and passes when it is sent again.
#[track_caller]
fn check_warnings(page: &str, base: &[(&str, &str)], rows: &[Row]) {
    let desk = Desk::open();
    let mut wrong = Vec::new();
    for (with, field, sentence) in rows {
        let draft = Draft::start(&desk);
        if page == "bill" {
            draft.upload(&[("do", "upload")], &[("bill.pdf", &bill_pdf())]);
        }
        let fields = changed(base, with);
        let first = draft.post(page, &fields);
        if first.location.as_deref() != Some(draft.at(&format!("{page}?check=1")).as_str()) {
            wrong.push(format!("{page} {with:?} led to {:?}", first.location));
            continue;
        }
        let shown = first.follow();
        if !shown.body.contains(&format!("<a href=\"#{field}\">{}</a>", escaped(sentence)))
            || shown.body.contains("id=\"errors\"")
        {
            wrong.push(format!("{page} {with:?}: {sentence}\n{shown:?}"));
        }
        let second = draft.post(page, &fields);
        if second.location.as_deref().is_some_and(|to| to.contains("check=1")) {
            wrong.push(format!("{page} {with:?} does not pass the second time"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n\n"));
}
