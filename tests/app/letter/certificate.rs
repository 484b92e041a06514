//! The certificate of a signed letter: what it tells, what it does with odd texts, and that it can be sealed.

use std::fs;

use portdesk::letter::{
    CertificateFacts, CertifiedChange, CertifiedConsent, CertifiedEvent, CertifiedRequester, CertifiedSeal,
    CertifiedSigner, ContentHash, Mark, Milestones, Moment, Strokes,
};
use portdesk::seal::{SealFacts, SealKey, verify};
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};

use super::samples::residential;
use super::tools::{
    PRESS, attached, check_structure, gray, info, ink_in_margins, metadata, pages, signed_whole, words,
};

const AGENT: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
    Version/18.1 Mobile/15E148 Safari/604.1";

/// A letter that was mailed, opened on a telephone and signed with a finger.
pub fn remote() -> CertificateFacts {
    let letter = residential(3);
    let hash = |text: &str| ContentHash::of(text.as_bytes()).to_string();
    CertificateFacts {
        loa_id: letter.loa_id.clone(),
        version: 2,
        request_sid: letter.request_sid.clone(),
        provider: letter.new_provider.name.clone(),
        numbers: 3,
        content_hash: letter.content_hash().unwrap(),
        unsigned_sha256: Some(hash("unsigned")),
        sealed_sha256: Some(hash("sealed")),
        requester: CertifiedRequester {
            name: "Sam Okafor".to_owned(),
            email: "sam@agency.example".to_owned(),
            typed_by: Some("Sam Okafor".to_owned()),
            typed_at: Some("Nov 20, 2026, 9:41 AM PST (2026-11-20 17:41:12 UTC)".to_owned()),
        },
        signer: CertifiedSigner {
            name: "Dana Ruiz".to_owned(),
            title: Some("Office manager".to_owned()),
            email: "dana.ruiz@example.com".to_owned(),
            verified: Some("By a six-digit code that was mailed to dana.ruiz@example.com and typed in".to_owned()),
        },
        consent: Some(CertifiedConsent {
            version: 1,
            sha256: hash("consent"),
            given_at: "Nov 20, 2026, 10:02 AM PST (2026-11-20 18:02:30 UTC)".to_owned(),
        }),
        mark: Mark::Drawn(Strokes::parse("100,300 150,120 200,90 240,200 300,150 380,260 450,100;600,80").unwrap()),
        milestones: milestones(),
        changes: vec![CertifiedChange {
            time: "2026-11-20 17:50:00 UTC".to_owned(),
            text: "Sam Okafor changed the signer's address from dana@exmaple.com. The links to it were ended."
                .to_owned(),
        }],
        events: (1..=40).map(event).collect(),
        chain_head: hash("event 40"),
        seal: CertifiedSeal {
            subject: "CN=Harbor Voice Inc.".to_owned(),
            fingerprint: hash("certificate"),
            level: "PAdES B-B".to_owned(),
            timestamp: Some("None: no timestamp authority is set".to_owned()),
        },
        verification_page: letter.verification.page.clone(),
        made_at: "2026-11-20T18:04:12".parse().unwrap(),
        event_log: format!("{{\"events\":{}}}", serde_json::json!([{ "kind": "signed", "agent": AGENT }])).into_bytes(),
    }
}

/// A letter that its requester signed, of which less is known.
pub fn by_requester() -> CertificateFacts {
    let mut facts = remote();
    facts.requester.typed_by = None;
    facts.requester.typed_at = None;
    facts.signer.title = None;
    facts.signer.verified = Some("Signed by the requester, who was signed in with a password".to_owned());
    facts.mark = Mark::Typed;
    facts.milestones = Milestones { signed: facts.milestones.signed, ..Milestones::default() };
    facts.changes = Vec::new();
    facts.seal.timestamp = None;
    facts
}

/// Everything as long and as strange as it may come.
pub fn odd() -> CertificateFacts {
    let mut facts = remote();
    let long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(6).trim().to_owned();
    facts.signer.name.clone_from(&long);
    facts.signer.title = Some("W".repeat(200));
    "海港 #read(\"/etc/passwd\") *b* <a> \u{202e}evil".clone_into(&mut facts.requester.name);
    facts.provider = long;
    facts.mark = Mark::Typed;
    for moment in [&mut facts.milestones.first_opened, &mut facts.milestones.signed].into_iter().flatten() {
        moment.user_agent = Some("x".repeat(500));
        moment.browser = Some("Safari 18 🙂".to_owned());
    }
    facts.milestones.viewed.as_mut().unwrap().user_agent = Some(AGENT.repeat(20));
    facts.events[3].kind = "W".repeat(300);
    facts.events[4].actor = "a@b.example".repeat(30);
    facts
}

fn milestones() -> Milestones {
    let at = |clock: &str, utc: &str, person: bool| {
        Some(Moment {
            time: format!("Nov 20, 2026, {clock} PST (2026-11-20 {utc} UTC)"),
            ip: person.then(|| "2001:db8:85a3::8a2e:370:7334".to_owned()),
            browser: person.then(|| "Safari 18 on iPhone".to_owned()),
            user_agent: person.then(|| AGENT.to_owned()),
        })
    };
    Milestones {
        sent: at("9:51 AM", "17:51:40", false),
        first_opened: at("10:01 AM", "18:01:02", true),
        consented: at("10:02 AM", "18:02:30", true),
        viewed: at("10:02 AM", "18:02:31", true),
        signed: at("10:04 AM", "18:04:09", true),
    }
}

fn event(sequence: u64) -> CertifiedEvent {
    CertifiedEvent {
        sequence,
        time: format!("2026-11-20 18:{:02}:09 UTC", sequence % 60),
        kind: "Code mailed to dana.ruiz@example.com".to_owned(),
        actor: "Dana Ruiz, dana.ruiz@example.com".to_owned(),
        hash: ContentHash::of(format!("event {sequence}").as_bytes()).to_string(),
    }
}

pub const HEADINGS: [&str; 11] = [
    "What was signed",
    "Who asked for the signature",
    "Who signed",
    "Consent to sign electronically",
    "Signature",
    "The steps",
    "Changes on the way",
    "All events",
    "Seal",
    "How to check this without us",
    "What this does not prove",
];

#[test]
fn letters_signed_by_mail_and_by_their_requester_have_the_same_headings() {
    for facts in [remote(), by_requester()] {
        let pages = pages(&PRESS.certificate(&facts).unwrap());
        for (index, page) in pages.iter().enumerate() {
            assert!(page.contains(&format!("Page {} of {}", index + 1, pages.len())), "{page}");
            assert!(page.contains("Certificate of Electronic Signature LOA-7Q4M2-XKD9B"), "{page}");
        }
        let lines: Vec<&str> = pages.iter().flat_map(|page| page.lines()).collect();
        let found: Vec<&str> = lines.into_iter().filter(|line| HEADINGS.contains(&line.trim())).collect();
        assert_eq!(found, HEADINGS);
    }
}

#[test]
fn every_fact_is_printed() {
    let facts = remote();
    let text = words(&PRESS.certificate(&facts).unwrap());
    let bare = text.replace(' ', "");
    let hashes = [
        facts.content_hash.to_string(),
        facts.unsigned_sha256.clone().unwrap(),
        facts.sealed_sha256.clone().unwrap(),
        facts.consent.as_ref().unwrap().sha256.clone(),
        facts.chain_head.clone(),
        facts.seal.fingerprint.clone(),
        AGENT.replace(' ', ""),
    ];
    for hash in hashes {
        assert!(bare.contains(&hash), "{hash}: {text}");
    }
    for said in [
        "PR-2HX8C-0VT5R",
        "Version of the letter 2",
        "New provider Harbor Voice Inc.",
        "Numbers listed 3",
        "Name Sam Okafor Email sam@agency.example Signer's address typed by Sam Okafor",
        "9:41 AM PST",
        "Name Dana Ruiz Title Office manager Email dana.ruiz@example.com",
        "By a six-digit code that was mailed to dana.ruiz@example.com",
        "Given at Nov 20, 2026, 10:02 AM PST",
        "Method Drawn by hand on a screen",
        "Safari 18 on iPhone",
        "changed the signer's address from dana@exmaple.com.",
        "40 2026-11-20 18:40:09 UTC Code mailed",
        "CN=Harbor Voice Inc.",
        "PAdES B-B",
        "None: no timestamp authority is set",
        "desk.harborvoice.example/verify",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for at in 1..=40 {
        let hash: String = event(at).hash.chars().take(16).collect();
        assert!(text.contains(&hash), "event {at}: {text}");
    }
}

#[test]
fn what_nobody_recorded_is_told_as_such() {
    let mut facts = by_requester();
    let told = |facts: &CertificateFacts| words(&PRESS.certificate(facts).unwrap()).matches("Not recorded").count();
    let before = told(&facts);
    let text = words(&PRESS.certificate(&facts).unwrap());
    assert!(text.contains("typed by Not recorded") && text.contains("Timestamp Not recorded"), "{text}");
    assert!(text.contains("Changes on the way None recorded."), "{text}");
    facts.unsigned_sha256 = None;
    facts.consent = None;
    facts.signer.verified = Some(" ".to_owned());
    assert_eq!(told(&facts), before + 5);
}

#[test]
fn odd_texts_are_printed_as_they_are_within_the_page() {
    let pdf = PRESS.certificate(&odd()).unwrap();
    let bare = words(&pdf).replace(' ', "");
    assert!(bare.contains("??#read(\"/etc/passwd\")*b*<a>?evil"), "{bare}");
    assert!(bare.contains("Safari18?"), "{bare}");
    assert!(bare.contains(&"x".repeat(500)) && bare.contains(&"W".repeat(300)), "{bare}");
    assert!(bare.contains("characters;allofthemareinevents.json"), "{bare}");
    let (_folder, pictures) = gray(&pdf);
    assert!(pictures.iter().all(|picture| !ink_in_margins(picture)), "nothing stands in the margins");
}

#[test]
fn a_certificate_is_sealed_and_its_events_are_taken_out_again() {
    let mut facts = remote();
    // Texts that would confuse a seal that looked for them in the wrong place.
    let hostile = format!("/ByteRange [0 1 2 3] 0 9999999999 9999999999 9999999999 {}", "0".repeat(20_000));
    facts.milestones.signed.as_mut().unwrap().user_agent = Some(hostile.clone());
    facts.event_log = serde_json::to_vec(&[hostile]).unwrap();
    let pdf = PRESS.certificate(&facts).unwrap();
    assert!(pdf == PRESS.certificate(&facts).unwrap(), "equal certificates are equal bytes");
    let key = SealKey::make("Harbor Voice Inc.", facts.made_at).unwrap();
    let seal =
        SealFacts { name: "Harbor Voice Inc.", reason: "Certificate of Electronic Signature", at: facts.made_at };
    let sealed = key.seal(&pdf, &seal).unwrap();
    assert_eq!(verify(&sealed, &[key.certificate().clone()]), Ok(key.fingerprint()));
    for file in [&pdf, &sealed] {
        check_structure(file);
        assert_eq!(info(file, "Tagged"), "yes");
        let about = metadata(file);
        for standard in ["<pdfaid:part>3<", "<pdfaid:conformance>B<", "<pdfuaid:part>1<"] {
            assert!(about.contains(standard), "{standard}: {about}");
        }
        let folder = attached(file);
        assert_eq!(fs::read(folder.path().join("events.json")).unwrap(), facts.event_log);
    }
    assert!(signed_whole(&sealed));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn no_browser_keeps_a_letter_from_its_certificate(agent in any::<String>(), bytes in any::<Vec<u8>>()) {
        let mut facts = by_requester();
        facts.events.clear();
        facts.signer.name = String::from_utf8_lossy(&bytes).into_owned();
        facts.milestones.signed.as_mut().unwrap().user_agent = Some(agent);
        let made = PRESS.certificate(&facts);
        prop_assert!(made.is_ok(), "{:?}", made.err());
    }
}
