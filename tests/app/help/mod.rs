//! The help pages: for everybody, with links that lead somewhere and figures that are the rules' own.

mod links;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use portdesk::domain::{
    carrier_guides::{CarrierGuide, ServiceKind},
    rejection::RejectionReason,
    stage::Stage,
};
use regex::escape;

use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self, Seed},
    sources::regex,
};

const CONTENTS: &str = "/help";

/// All that a pattern finds in a text, by its first group.
fn found(pattern: &str, text: &str) -> Vec<String> {
    regex(pattern).captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The addresses of the help pages, as the contents page lists them.
fn topics(desk: &Desk) -> Vec<String> {
    let page = desk.browser().get(CONTENTS);
    assert_eq!(page.status, 200);
    found(r#"<dt><p><a href="(/help/[a-z-]+)""#, &page.body)
}

/// Every help page of a desk by its address, the contents among them.
fn pages(desk: &Desk) -> BTreeMap<String, Page> {
    let visitor = desk.browser();
    let all = topics(desk).into_iter().chain([CONTENTS.to_owned()]);
    all.map(|address| (address.clone(), visitor.get(&address))).collect()
}

/// Where a page can be jumped to.
fn ids(page: &Page) -> BTreeSet<String> {
    found(r#"\sid="([^"]+)""#, &page.body).into_iter().collect()
}

#[test]
fn everybody_reads_every_page() {
    let desk = Desk::open();
    let topics = topics(&desk);
    assert_eq!(topics.len(), 10);
    for visitor in [desk.browser(), desk.owner(), desk.manager(), desk.reviewer(), desk.admin()] {
        for address in &topics {
            let page = visitor.get(address);
            assert_eq!(page.status, 200, "{address}");
            assert!(page.title().ends_with(" – Help – Portdesk"), "{}", page.title());
            page.assert_has("support@localhost");
            assert!(page.body.contains(r#"<a href="/help">All help pages</a>"#), "{address} leads back");
        }
    }
    for unknown in ["/help/nothing", "/help/Porting", "/help/porting/more"] {
        let page = desk.browser().get(unknown);
        assert_eq!((page.status, page.title()), (404, "Page not found – Portdesk".to_owned()), "{unknown}");
    }
}

#[test]
fn after_the_port_is_told_when_the_numbers_have_moved() {
    let desk = Desk::open();
    let sid = seed::in_stage(&desk, &desk.people.owner(), Seed::default(), Stage::Completed);
    let page = desk.owner().get(&format!("/port-requests/{sid}"));
    assert!(page.body.contains(r#"href="/help/after-the-port""#), "{page:?}");
}

/// Numbers in a text that stand before these words, as "90" in "90 days old".
fn figures(text: &str, before: &str) -> BTreeSet<String> {
    found(&format!("([0-9.,]+) {}", escape(before)), text).into_iter().collect()
}

#[test]
fn figures_are_those_of_the_settings() {
    let desk = Desk::open_with(&[
        ("PORTDESK_MAX_NUMBERS", "2345"),
        ("PORTDESK_ERASE_SECRETS_DAYS", "77"),
        ("PORTDESK_SUPPORT_EMAIL", "porting@harborvoice.example"),
        ("PORTDESK_BRAND_NAME", "Harbor Line"),
    ]);
    let pages = pages(&desk);
    let page = |slug: &str| &pages[&format!("/help/{slug}")];
    page("what-you-need").assert_has("up to 2,345 in one request");
    page("questions").assert_has("up to 2,345 in one request");
    page("account-number-and-pin").assert_has("erased 77 days after");
    pages[CONTENTS].assert_has("move your phone numbers to Harbor Line");
    for page in pages.values() {
        page.assert_has("porting@harborvoice.example");
        page.assert_lacks("Portdesk");
    }
}

#[test]
fn figures_are_those_of_the_rules() {
    let desk = Desk::open();
    let pages = pages(&desk);
    let all: String = pages.values().map(Page::text).collect::<Vec<_>>().join("\n");
    let set = |figures: &[&str]| figures.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<String>>();
    assert_eq!(figures(&all, "days old"), set(&["90", "30", "15"]));
    assert_eq!(figures(&all, "MB"), set(&["10", "4"]));
    assert_eq!(figures(&all, "business days ahead"), set(&["5"]));
    assert_eq!(figures(&all, "hours before"), set(&["48"]));
    for told in [
        "Fewer than 50 numbers: about 2 to 4 weeks.",
        "50 numbers or more, or a complicated move: about 6 to 8 weeks.",
        "up to 3 days",
        "4 to 15 letters or digits",
        "works for 14 days",
        "PDF, JPG, PNG, HEIC, WebP, TIFF or GIF",
        "Thu, Nov 26, 2026: Thanksgiving Day",
    ] {
        assert!(all.contains(told), "no page says \"{told}\"");
    }
    // The same rules as the forms tell them.
    let owner = desk.owner();
    let before = owner.get("/port-requests/new");
    before.assert_has("fewer than 50 numbers takes about 2 to 4 weeks, 50 or more about 6 to 8 weeks");
    before.assert_has("A bill no more than 90 days old");
    let sid = seed::draft(&desk, &desk.people.owner(), Seed::default());
    let bill = owner.get(&format!("/port-requests/{sid}/bill"));
    bill.assert_has("10 MB");
    bill.assert_has("no more than 90 days old");
    owner.get(&format!("/port-requests/{sid}/terms")).assert_has("up to 3 days");
}

#[test]
fn every_reason_that_a_customer_can_act_on_is_explained() {
    let desk = Desk::open_with(&[("PORTDESK_COUNTRIES", "US,CA")]);
    let page = desk.browser().get("/help/rejected");
    let text = page.text();
    for reason in RejectionReason::all().iter().filter(|reason| reason.slug != "other") {
        assert!(page.body.contains(&format!(r#"<div id="{}">"#, reason.slug)), "{}", reason.slug);
        assert_eq!(text.matches(&format!("{} {}.", reason.title, reason.what_to_do)).count(), 1, "{}", reason.slug);
    }
    let here = Desk::open();
    here.browser().get("/help/rejected").assert_lacks("Canada");
}

#[test]
fn canada_and_toll_free_are_told_of_where_they_can_be_moved() {
    let (plain, both) = (
        Desk::open_with(&[("PORTDESK_COUNTRIES", "US"), ("PORTDESK_RESP_ORG", "")]),
        Desk::open_with(&[("PORTDESK_COUNTRIES", "US,CA"), ("PORTDESK_RESP_ORG", "HLV01 Harbor Voice Inc.")]),
    );
    let which = |desk: &Desk| desk.browser().get("/help/questions");
    which(&plain).assert_has("Local numbers of the United States: landline, VoIP and wireless.");
    which(&both)
        .assert_has("Local and toll-free numbers of the United States and Canada: landline, VoIP and wireless.");
    let pin = |desk: &Desk| desk.browser().get("/help/account-number-and-pin");
    pin(&plain).assert_has("does not move toll-free numbers by itself");
    pin(&plain).assert_lacks("id=\"canada\"");
    pin(&both).assert_has("about 90 minutes");
}

#[test]
fn every_carrier_of_the_table_is_on_the_page_of_pins() {
    let page = Desk::open().browser().get("/help/account-number-and-pin");
    for kind in [ServiceKind::Wireless, ServiceKind::Voip, ServiceKind::Landline] {
        for guide in CarrierGuide::of(kind) {
            page.assert_has(&format!(
                "{} Account number: {}. PIN: {}.",
                guide.carrier, guide.account_number, guide.pin
            ));
        }
    }
}
