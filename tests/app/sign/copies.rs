//! What stands in the two files of a signed letter, and in which of them: the letter goes to carriers.

use data_encoding::{HEXLOWER, HEXUPPER};
use memchr::memmem::find;
use portdesk::{
    domain::draft::WirelessAnswer,
    services::draft::{self, DraftError},
    store::StoreError,
};
use regex::bytes::Regex;

use super::asked::Asked;
use crate::{
    harness::{
        desk::Desk,
        seed::{self, Seed},
    },
    letter::tools::{unpacked, words},
};

const AGENT: &str = "PlantedAgent/7.31 (Telephone; whole flow)";
const ADDRESS: &str = "203.0.113.77";
const PINS: [&str; 2] = ["plantedpin01", "plantedpin02"];
/// Numbers that PDFs are full of have no zero in front.
const SSN: &str = "0729";

/// A signer with a browser and an address that are known, of a request with every kind of secret.
fn asked(desk: &Desk) -> Asked<'_> {
    let (customer, now) = (desk.people.manager(), desk.now());
    let wireless = [("646-664-0187", PINS[1])];
    let seed = Seed { account_pin: PINS[0], wireless: &wireless, ..Seed::default() };
    let sid = seed::draft(desk, &customer, seed);
    desk.write(|conn| {
        let ssn = WirelessAnswer { number: "646-664-0188".to_owned(), pin: SSN.to_owned(), kind: "ssn".to_owned() };
        draft::change(conn, &desk.app.house, &customer, &sid, now, |_, _, answers| {
            answers.numbers.wireless.push(ssn);
            Ok(())
        })
        .map_err(|error: DraftError| StoreError::Corrupt(error.to_string()))
    });
    let asked = Asked::of_draft(desk, &customer, sid);
    let browser = asked.browser.with_header("User-Agent", AGENT).with_header("X-Forwarded-For", ADDRESS);
    Asked { browser, ..asked }
}

/// Everything that can be read in a file: as it is, unpacked, and as text without spaces.
fn readings(pdf: &[u8]) -> [Vec<u8>; 3] {
    [pdf.to_vec(), unpacked(pdf), words(pdf).replace(' ', "").into_bytes()]
}

/// Whether a text stands in a file, in any of the ways in which PDFs write texts.
fn holds(pdf: &[u8], text: &str) -> bool {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut ways = vec![text.as_bytes().to_vec(), text.replace(' ', "").into_bytes(), wide.clone()];
    for bytes in [text.as_bytes(), &wide] {
        ways.extend([HEXLOWER.encode(bytes).into_bytes(), HEXUPPER.encode(bytes).into_bytes()]);
    }
    readings(pdf).iter().any(|reading| ways.iter().any(|way| find(reading, way).is_some()))
}

/// Whether a few digits stand in a file as a word of their own; hashes have them inside by chance.
fn holds_digits(pdf: &[u8], digits: &str) -> bool {
    let alone = Regex::new(&format!("(?-u)(^|[^0-9A-Za-z.]){digits}($|[^0-9A-Za-z])")).unwrap();
    [pdf.to_vec(), unpacked(pdf), words(pdf).into_bytes()].iter().any(|reading| alone.is_match(reading))
}

#[test]
fn the_signed_letter_tells_carriers_nothing_of_the_browser_and_no_secret() {
    let desk = Desk::open_with(&[("PORTDESK_TRUSTED_PROXIES", "127.0.0.1")]);
    let asked = asked(&desk);
    let (letter, certificate) = asked.finish();
    for (what, text) in [("browser", AGENT), ("browser", "PlantedAgent"), ("address", ADDRESS)] {
        assert!(!holds(&letter, text), "the letter holds the {what}: {text}");
        assert!(holds(&certificate, text), "the certificate does not hold the {what}: {text}");
    }
    for pin in PINS {
        assert!(!holds(&letter, pin) && !holds(&certificate, pin), "{pin} stands in a file");
    }
    for file in [&letter, &certificate] {
        assert!(!holds_digits(file, SSN), "the digits of the SSN stand in a file");
    }
    // The same looks find what the letter does say.
    assert!(holds(&letter, "7741-4471B") && holds(&letter, asked.loa.loa_id.as_str()));
    assert!(holds_digits(&letter, "0187") && holds_digits(&letter, "0188"));
    assert!(!holds(&letter, asked.token.reveal()) && !holds(&certificate, asked.token.reveal()));
}
