//! Every refusal names its field or file, and nothing that was typed or uploaded is lost.

use super::walk::{CONSENTS, DETAILS, DOCUMENTS, Form, bill_pdf, changed, letter_pdf, numbers};
use crate::{
    harness::{desk::Desk, page::Page, sources::regex},
    port_requests::walk::sample,
};

/// Posts a page and gives the page that it leads to, which has to be the same.
#[track_caller]
fn refused(form: &Form, page: &str, fields: &[(&str, &str)]) -> Page {
    let answer = form.post(page, fields);
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some(&*format!("{}?check=1", form.at(page)))));
    let shown = answer.follow();
    assert!(shown.title().starts_with("Error: "), "{shown:?}");
    shown
}

#[track_caller]
fn names(page: &Page, field: &str, sentence: &str) {
    page.assert_has(sentence);
    assert!(page.body.contains(&format!("href=\"#{field}\"")), "the summary leads to {field}: {page:?}");
    let of_date = field.rsplit_once('-').filter(|(_, part)| ["month", "day", "year"].contains(part));
    let told = of_date.map_or(field, |(date, _)| date);
    assert!(page.body.contains(&format!("id=\"{told}-error\"")), "{field} says it: {page:?}");
}

#[test]
fn every_field_about_the_account_holder_is_told_what_is_wrong() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    let empty = refused(&form, "details", &[]);
    for (field, sentence) in [
        ("name", "Enter your name"),
        ("email", "Enter your email address"),
        ("location_id", "Enter the Location ID"),
        ("legal_name", "Enter the name on the account"),
        ("street", "Enter the street address"),
        ("state", "Select the state"),
        ("postal_code", "Enter the ZIP code"),
    ] {
        names(&empty, field, sentence);
    }
    for (field, typed, sentence) in [
        ("email", "dana", "Enter an email address in the correct format, like name@example.com"),
        ("location_id", "NORTHGATE-9", "We do not know that Location ID. Check each character"),
        ("location_id", "n g", "Location ID can have only letters, digits, _ and -"),
        ("legal_name", "???", "must have at least one letter or digit"),
        ("street", "PO Box 12", "A PO Box cannot be the service address. Enter where the phone service is"),
        ("postal_code", "1234", "ZIP code must be 5 or 9 digits"),
    ] {
        let page = refused(&form, "details", &changed(DETAILS, &[(field, typed)]));
        names(&page, field, sentence);
        assert_eq!(page.value(field).as_deref(), Some(typed), "as it was typed");
        let others = DETAILS.iter().filter(|(name, _)| *name != field && !["account_type", "state"].contains(name));
        for (name, value) in others {
            assert_eq!(page.value(name).as_deref(), Some(*value), "{name} after a wrong {field}");
        }
    }
    form.pass("details", DETAILS, "numbers");
}

#[test]
fn every_field_about_the_numbers_is_told_what_is_wrong() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    for (field, typed, sentence) in [
        ("landline", "+15551234567", "555"),
        ("landline", "212 664", "212 664"),
        ("landline", "(416) 664-0142", "416"),
        ("account_number", "", "Enter the account number"),
        ("wireless-0-pin", "", "Enter a PIN for (646) 664-0187"),
        ("wireless-0-number", "", "Enter wireless number 1"),
        ("wireless-0-number", "1 800 356 9377", "(800) 356-9377"),
    ] {
        // No field of the page stands for a PIN that was saved before.
        let page = refused(&form, "numbers", &changed(&numbers(), &[(field, typed), ("kept", "")]));
        names(&page, field, sentence);
        assert_eq!(page.value("losing_carrier").as_deref(), Some("Verizon"));
        if field != "landline" {
            page.assert_has("(212) 664-0142, 1-800-356-9377");
        }
    }
    let page = refused(&form, "numbers", &changed(&numbers(), &[("scope", "-")]));
    names(&page, "scope", "Select whether you are moving every number");
    form.pass("numbers", &numbers(), "documents");
}

/// The parts of a date that are marked as wrong.
fn outlined(page: &Page, date: &str) -> Vec<String> {
    let input = regex(&format!(r#"<input[^>]* id="{date}-(\w+)"[^>]*aria-invalid="true""#));
    input.captures_iter(&page.body).map(|found| found[1].to_owned()).collect()
}

#[test]
fn the_day_on_the_letter_and_the_bill_have_to_be_of_use() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &numbers(), "documents");
    let nothing = form.upload(&[], &[]).follow();
    names(&nothing, "letter", "Select the signed letter of authorization");
    names(&nothing, "file", "Select a billing statement");
    names(&nothing, "proof", "Select what you can give us");
    let files = [("letter", "letter.pdf", &*letter_pdf()), ("file", "bill.pdf", &*bill_pdf())];
    // The files stay whatever else is wrong.
    let wrong = form.upload(&changed(DOCUMENTS, &[("signed-day", "")]), &files).follow();
    names(&wrong, "signed-day", "Date the letter was signed must include a day");
    assert_eq!(outlined(&wrong, "signed"), ["day"], "only the part that is missing");
    let kept = |with: &[(&str, &str)], field: &str, sentence: &str| {
        let page = form.upload(&changed(DOCUMENTS, with), &[]).follow();
        names(&page, field, sentence);
        page.assert_has("letter.pdf");
        page.assert_has("bill.pdf");
        page.assert_lacks("id=\"letter-error\"");
        let date = field.trim_end_matches("-month");
        assert_eq!(outlined(&page, date), ["month", "day", "year"], "{sentence} is about the whole date");
    };
    // 16 days old, and a toll-free number moves.
    kept(&[("signed-day", "5")], "signed-month", "15");
    kept(&[("signed-month", "10"), ("signed-day", "1")], "signed-month", "15");
    kept(&[("signed-month", "12")], "signed-month", "The date the letter was signed must be today or earlier");
    kept(&[("bill-month", "7")], "bill-month", "It must be no more than 90 days old");
    kept(&[("bill-year", "2027")], "bill-month", "Date on the bill must be in the past");
    form.pass("documents", DOCUMENTS, "check");
}

#[test]
fn every_open_box_is_named() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.fill();
    let page = refused(&form, "check", &[]);
    for (field, sentence) in [
        ("manual_authority", "Tick the box to confirm you can move these numbers"),
        ("manual_impact", "Tick the box to confirm you expect a short service impact"),
        ("manual_keep_carrier", "Tick the box to confirm you will keep your carrier active"),
    ] {
        names(&page, field, sentence);
    }
    // A box counts with the words beside it.
    let old = changed(CONSENTS, &[("manual_impact-version", "7")]);
    let page = refused(&form, "check", &old);
    names(&page, "manual_impact", "Tick the box to confirm you expect a short service impact");
    page.assert_lacks("id=\"manual_authority-error\"");
    assert!(desk.deliver().is_empty(), "nothing was sent");
    form.pass("check", CONSENTS, "confirmation");
    desk.deliver();
}

#[test]
fn what_is_left_open_is_named_on_the_last_page_and_sends_nothing() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.get("check").assert_has("3 steps left before you can send");
    form.pass("details", DETAILS, "numbers");
    let page = refused(&form, "check", CONSENTS);
    page.assert_has("Enter at least one number here or in wireless numbers");
    page.assert_has("Select the signed letter of authorization");
    assert!(desk.deliver().is_empty());
}

#[test]
fn each_wrong_file_has_its_own_sentence_and_the_others_are_kept() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &numbers(), "documents");
    let large = [&bill_pdf()[..], &vec![b' '; 4 * 1024 * 1024]].concat();
    let (word, empty, locked) = (sample("hostile/hc94e9ba.bin"), Vec::new(), sample("docs/db37a360.pdf"));
    let files: [(&str, &str, &[u8]); 6] = [
        ("letter", "letter.docx", &word),
        ("file", "bill.docx", &word),
        ("file", "large.pdf", &large),
        ("file", "empty.pdf", &empty),
        ("file", "locked.pdf", &locked),
        ("file", "good.pdf", &bill_pdf()),
    ];
    let page = form.upload(DOCUMENTS, &files).follow();
    names(&page, "letter", "\"letter.docx\" must be a PDF");
    for sentence in [
        "\"bill.docx\" must be a PDF",
        "\"large.pdf\" is 4.1 MB. It must be 4 MB or smaller",
        "\"empty.pdf\" is empty",
        "\"locked.pdf\" needs a password to open. Save it without one and try again",
    ] {
        names(&page, "file", sentence);
    }
    page.assert_has("good.pdf");
    assert_eq!(page.value("signed-day").as_deref(), Some("20"), "what was typed is there");
    // The letter comes, and the refused ones are not asked for again.
    let next = form.upload(DOCUMENTS, &[("letter", "letter.pdf", &letter_pdf())]);
    form.leads(&next, "check");
    form.get("check").assert_has("good.pdf");
    form.get("check").assert_lacks("large.pdf");
}

#[test]
fn what_was_wrong_with_files_that_the_script_sent_is_told_when_the_page_is_saved() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &numbers(), "documents");
    let script = form.browser.with_header("X-Background", "upload");
    let send = |field: &str, name: &str, bytes: &[u8]| {
        let files = [(field, name, "application/pdf", bytes)];
        script.post_multipart(&form.at("documents"), &changed(DOCUMENTS, &[("do", "upload")]), &files);
    };
    send("letter", "note.txt", b"a note");
    send("file", "picture.jpg", b"a picture");
    // The page is saved as it is typed meanwhile.
    let save = changed(DOCUMENTS, &[("do", "save")]);
    form.browser.with_header("X-Background", "save").post_multipart(&form.at("documents"), &save, &[]);
    let page = form.upload(DOCUMENTS, &[]).follow();
    names(&page, "letter", "\"note.txt\" must be a PDF");
    names(&page, "file", "\"picture.jpg\" must be a PDF");
    page.assert_lacks("Select the signed letter");
    // A good letter answers for the wrong one, and a bill for what else was tried.
    send("letter", "letter.pdf", &letter_pdf());
    let page = form.get("documents?files=1");
    page.assert_lacks("note.txt");
    names(&page, "file", "\"picture.jpg\" must be a PDF");
    send("file", "bill.pdf", &bill_pdf());
    form.leads(&form.upload(DOCUMENTS, &[]), "check");
}

#[test]
fn ten_bills_are_kept_and_the_eleventh_is_named() {
    let desk = Desk::open();
    let form = Form::start(&desk);
    form.pass("details", DETAILS, "numbers");
    form.pass("numbers", &numbers(), "documents");
    let bills: Vec<(String, Vec<u8>)> =
        (1..=11).map(|at| (format!("bill-{at}.pdf"), [&bill_pdf()[..], &vec![b'\n'; at + 5]].concat())).collect();
    let letter = letter_pdf();
    let mut files: Vec<(&str, &str, &[u8])> = vec![("letter", "letter.pdf", &letter)];
    files.extend(bills.iter().map(|(name, bytes)| ("file", name.as_str(), bytes.as_slice())));
    let page = form.upload(DOCUMENTS, &files).follow();
    names(&page, "file", "You can add up to 10 files");
    for name in ["letter.pdf", "bill-1.pdf", "bill-10.pdf"] {
        page.assert_has(&format!("Remove {name}"));
    }
    page.assert_lacks("Remove bill-11.pdf");
    // The same file twice is one.
    let id = page.body.split("remove-file:").nth(2).and_then(|rest| rest.split('"').next()).expect("a bill").to_owned();
    let removed = form.post("documents", &changed(DOCUMENTS, &[("do", &format!("remove-file:{id}"))]));
    removed.follow().assert_lacks("Remove bill-1.pdf");
    let again = form.upload(&changed(DOCUMENTS, &[("do", "upload")]), &[("file", "again.pdf", &bills[1].1)]).follow();
    again.assert_lacks("Remove again.pdf");
    // Another letter takes the place of the first.
    form.upload(&changed(DOCUMENTS, &[("do", "upload")]), &[("letter", "newer.pdf", &letter)]);
    let page = form.get("documents");
    page.assert_has("Remove newer.pdf");
    page.assert_lacks("Remove letter.pdf");
}
