//! Somebody who is asked to sign a letter, from the mail to the copies, each step with its secrets and a mistake.

use regex::Regex;

use super::{
    secrets::{Planted, SIGNER},
    token,
};
use crate::{
    harness::browser::Browser,
    letter::tools::{Picture, gray, qr_codes, words},
    sign::asked,
};

/// The requester takes both files too.
pub(super) fn owner_gets_copies(owner: &Browser, request: &str) {
    assert!(owner.get(&format!("{request}/loa/signed.pdf")).bytes.starts_with(b"%PDF"));
    owner.get(&format!("{request}/loa")).assert_has("Signed");
}

impl Planted {
    /// Somebody tries the link and the code of a letter that never was.
    pub(super) fn stranger(&mut self) {
        let (browser, token) = (self.program.browser(), "plantedsigningtokenplantedsigningtoken12345");
        assert_eq!(browser.get(&format!("/sign/{token}")).status, 404);
        assert_eq!(browser.post(&format!("/sign/{token}/open"), &[]).status, 404);
        assert_eq!(browser.post("/sign/r/LOA-7Q4M2-XKD9B/verification", &[("code", "plantedcode")]).status, 404);
        assert_eq!(browser.get("/verify/plantedverificationsecret").status, 404);
        for secret in [token, "plantedcode", "plantedverificationsecret"] {
            self.remember(secret);
        }
    }

    /// The signer goes all the way, and checks what came of it.
    pub(super) fn signer(&mut self) {
        let browser = self.program.browser().with_header("User-Agent", "planted-signing-browser/7");
        let link = token(&self.mail_to(SIGNER, "/sign/"), "/sign/").to_owned();
        self.remember(&link);
        assert_eq!(browser.get(&format!("/sign/{link}")).status, 200);
        assert_eq!(browser.post(&format!("/sign/{link}/fresh-link"), &[]).status, 303);
        let path = browser.post(&format!("/sign/{link}/open"), &[]).location.expect("the letter");
        self.remember(
            &browser.cookie(&format!("portdesk_signing_{}", path.replace("/sign/r/", ""))).expect("a cookie"),
        );
        self.prove(&browser, &path);

        let letter = asked::agree(&browser, &path, &browser.get(&path));
        assert!(browser.get(&format!("{path}/letter.pdf")).bytes.starts_with(b"%PDF"));
        assert_eq!(asked::sign(&browser, &path, &letter, &[("statement_1", "")]).status, 422);
        let typed = [("method", "type"), ("typed_name", "Dana Ruiz"), ("strokes", "")];
        assert_eq!(asked::sign(&browser, &path, &letter, &typed).status, 303);
        browser.get(&path).assert_has("Signed on");
        let signed = browser.get(&format!("{path}/signed.pdf")).bytes;
        assert!(browser.get(&format!("{path}/certificate.pdf")).bytes.starts_with(b"%PDF"));
        self.mail_to(SIGNER, "application/pdf");
        self.check(&signed);
        self.remember("planted-signing-browser");
    }

    /// Asks for a code, mistypes it, and types it.
    fn prove(&mut self, browser: &Browser, path: &str) {
        assert_eq!(browser.post(&format!("{path}/code"), &[]).status, 303);
        let mail = self.mail_to(SIGNER, "Your code: ");
        let code = Regex::new(r"Your code: (\d{3}) (\d{3})")
            .unwrap()
            .captures(&mail)
            .expect("a code")
            .extract::<2>()
            .1
            .concat();
        let wrong = code.chars().map(|digit| if digit == '7' { '3' } else { '7' }).collect::<String>();
        for (typed, status) in [(&wrong, 422), (&code, 303)] {
            assert_eq!(browser.post(&format!("{path}/verification"), &[("code", typed)]).status, status, "{typed}");
        }
        self.codes.extend([code, wrong]);
    }

    /// Whoever holds the letter follows its picture, types what is printed on it, and compares the file.
    fn check(&mut self, signed: &[u8]) {
        let (_folder, pages) = gray(signed);
        let found: Vec<String> = pages.iter().flat_map(|page| qr_codes(&Picture::open(page))).collect();
        let secret = token(&found[0], "/verify/");
        self.remember(secret);
        let browser = self.program.browser();
        browser.get(&format!("/verify/{secret}")).assert_has("This letter stands");
        let text = words(signed);
        let code =
            Regex::new(r"[Cc]heck code:? ([0-9A-Z]{4}-[0-9A-Z]{4})").unwrap().captures(&text).expect("a check code")[1]
                .to_owned();
        let id = Regex::new("LOA-[0-9A-Z]{5}-[0-9A-Z]{5}").unwrap().find(&text).expect("an LOA ID").as_str();
        for (code, told) in [(code.as_str(), "This letter stands"), ("ZZZZ-7777", "No such letter")] {
            browser.post("/verify", &[("loa-id", id), ("check-code", code)]).assert_has(told);
        }
        let file = [("file", "planted-letter.pdf", "application/pdf", signed)];
        browser.post_multipart("/verify/file", &[], &file).assert_has("This letter stands");
        for secret in [code.as_str(), &code.replace('-', ""), "ZZZZ-7777", "planted-letter.pdf"] {
            self.remember(secret);
        }
    }
}
