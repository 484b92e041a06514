//! Headings and links: each heading can be linked, and each link leads somewhere.

use std::collections::BTreeSet;

use portdesk::{domain::stage::Stage, web::routes};

use super::{CONTENTS, found, ids, pages};
use crate::harness::{
    desk::Desk,
    page::Page,
    seed::{self, Seed},
    sources::{files_under, read, regex},
};

#[test]
fn headings_have_one_order_and_a_list_that_leads_to_each() {
    for (address, page) in pages(&Desk::open()) {
        let main = page.body.split("<main").nth(1).unwrap();
        assert_eq!(found("<(h1)", main).len(), 1, "{address}");
        assert_eq!(found("<(h[3-6])", main), [""; 0], "{address}: one level below the title is enough");
        let article = main.split("<aside").next().unwrap();
        let headings = found(r#"<h2 id="([^"]+)""#, article);
        assert_eq!(headings.len(), found("<(h2)", article).len(), "{address}: every heading can be linked");
        if address == CONTENTS {
            continue;
        }
        let listed =
            article.split(r#"<section aria-label="On this page">"#).nth(1).unwrap().split("</section>").next().unwrap();
        let listed = found(r##"href="#([^"]+)""##, listed);
        let told: Vec<String> = headings.into_iter().filter(|id| id != "contact").collect();
        assert_eq!(listed, told, "{address}: the list has every heading, in order");
        let words: Vec<String> = found(r##"<li><a href="#[^"]+">([^<]+)</a>"##, article);
        let titles: Vec<String> = found(r#"<h2 id="[^"]+">([^<]+)</h2>"#, article);
        let titles: Vec<String> = titles.into_iter().filter(|title| title != "Ask us").collect();
        assert_eq!(words, titles, "{address}: the list says what the headings say");
    }
}

/// The pattern of a route as the table writes it.
fn is_route(path: &str) -> bool {
    let fits = |pattern: &str| {
        let (mut left, mut right) = (pattern.split('/'), path.split('/'));
        loop {
            match (left.next(), right.next()) {
                (None, None) => return true,
                (Some(one), Some(other)) if one == other || one.starts_with('{') => {}
                _ => return false,
            }
        }
    };
    routes::TABLE.iter().any(|(method, pattern)| *method == "get" && fits(pattern))
}

#[test]
fn every_link_of_the_help_leads_somewhere() {
    let desk = Desk::open_with(&[("PORTDESK_COUNTRIES", "US,CA")]);
    let pages = pages(&desk);
    let mut checked = 0;
    for (address, page) in &pages {
        for link in found(r#"<a [^>]*href="([^"]+)""#, &page.body) {
            let (path, anchor) = link.split_once('#').map_or((link.as_str(), None), |(path, at)| (path, Some(at)));
            if path.starts_with("mailto:support@localhost") {
                continue;
            }
            let path = if path.is_empty() { address.as_str() } else { path };
            assert!(is_route(path), "{address} links to {link}");
            if let Some(anchor) = anchor {
                let there = pages.get(path).unwrap_or(page);
                assert!(ids(there).contains(anchor), "{address} links to {link}");
            }
            if path.starts_with("/help/") {
                assert!(pages.contains_key(path), "{address} links to {link}");
            }
            checked += 1;
        }
    }
    assert!(100 < checked, "{checked} links");
}

#[test]
fn every_link_into_the_help_leads_to_a_page_and_a_heading_of_it() {
    let pages = pages(&Desk::open());
    let links = [r#"href="(/help/[^"{]+)""#, r#"help = "([a-z][^"]*)""#, r#"more\("([a-z][^"]*)""#];
    let mut targets = BTreeSet::new();
    for file in files_under("templates", &["html", "txt"]) {
        let text = read(&file);
        for target in links.iter().flat_map(|pattern| found(pattern, &text)) {
            let target = target.strip_prefix("/help/").unwrap_or(&target).to_owned();
            let (slug, anchor) = target.split_once('#').map_or((target.as_str(), None), |(slug, at)| (slug, Some(at)));
            let page = pages.get(&format!("/help/{slug}"));
            let page = page.unwrap_or_else(|| panic!("{} links to {target}", file.display()));
            assert!(anchor.is_none_or(|anchor| ids(page).contains(anchor)), "{} links to {target}", file.display());
            targets.insert(target);
        }
    }
    assert!(15 < targets.len(), "{targets:?}");
}

#[test]
fn help_stands_where_the_question_arises() {
    let desk = Desk::open();
    let links = |page: &Page| {
        found(r#"(?:href="/help/?|value="help:)([^"]*)""#, &page.body).into_iter().collect::<BTreeSet<_>>()
    };
    let check = |page: &Page, wanted: &[&str]| {
        let there = links(page);
        assert!(wanted.iter().all(|it| there.contains(*it)), "{there:?} of {page:?}");
        let main = page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        let leaving = regex(r#"<a [^>]*href="/help[^>]*target="#);
        assert!(!leaving.is_match(main), "help opens in the same tab");
    };
    check(&desk.browser().get("/sign-in"), &[""]);
    let (owner, person) = (desk.owner(), desk.people.owner());
    check(&owner.get("/port-requests/new"), &["", "account-number-and-pin", "documents"]);
    let sid = seed::draft(&desk, &person, Seed::default());
    let step = |name: &str| owner.get(&format!("/port-requests/{sid}/{name}"));
    check(
        &step("numbers"),
        &[
            "account-number-and-pin#account-number",
            "account-number-and-pin#landline",
            "account-number-and-pin#wireless",
        ],
    );
    check(&step("contact"), &["what-you-need#service-address", "dates"]);
    check(&step("bill"), &["documents"]);
    let request = |stage| {
        let sid = seed::in_stage(&desk, &person, Seed::default(), stage);
        let page = owner.get(&format!("/port-requests/{sid}"));
        seed::request(&desk, &sid);
        (sid, page)
    };
    let (sent, _) = request(Stage::InReview);
    check(&owner.get(&format!("/port-requests/{sent}/confirmation")), &["after-the-port"]);
    seed::cancel(&desk, &person, &sent);
    let (rejected, page) = request(Stage::Rejected);
    check(&page, &["rejected"]);
    let fix = owner.get(&format!("/port-requests/{rejected}/fix")).follow();
    check(&fix, &["rejected"]);
}

#[test]
fn the_manual_form_is_linked_only_when_it_is_there() {
    let desk = Desk::open();
    let linked = pages(&desk).values().any(|page| page.body.contains("/manual-port-requests"));
    assert_eq!(linked, is_route("/manual-port-requests"), "src/web/pages/help/mod.rs says where it is");
}

#[test]
fn the_way_to_the_help_saves_the_draft_and_leads_nowhere_else() {
    let desk = Desk::open();
    let owner = desk.owner();
    let sid = seed::draft(&desk, &desk.people.owner(), Seed::default());
    let numbers = format!("/port-requests/{sid}/numbers");
    let send = |target: &str, name: &str| {
        let version = owner.get(&numbers).hidden("version").unwrap();
        let to = format!("help:{target}");
        let fields =
            [("do", to.as_str()), ("version", version.as_str()), ("name", name), ("account_pin", "blue horse")];
        owner.post(&numbers, &fields).location.unwrap()
    };
    assert_eq!(send("account-number-and-pin#pin", "Reception"), "/help/account-number-and-pin#pin");
    let page = owner.get(&numbers);
    assert_eq!(page.value("name").as_deref(), Some("Reception"));
    page.assert_has("Leave blank to keep it.");
    page.assert_lacks("blue horse");
    for (at, astray) in ["", "nothing", "//example.com", "documents#/../x", "../desk"].into_iter().enumerate() {
        assert_eq!(send(astray, &format!("Name {at}")), "/port-requests", "{astray}");
        assert_eq!(owner.get(&numbers).value("name"), Some(format!("Name {at}")));
    }
}

#[test]
fn whoever_came_from_a_form_finds_the_way_back_to_it() {
    let desk = Desk::open();
    let page = "/help/account-number-and-pin";
    let read = |from: &str| desk.browser().with_header("Referer", from).get(page);
    let form = format!("/manual-port-requests/{}/numbers", "s".repeat(43));
    let shown = read(&format!("{}{form}?from=check", desk.base));
    assert!(shown.body.contains(&format!("<a href=\"{form}\">Back to the form</a>")), "{shown:?}");
    for elsewhere in [
        "https://example.com/",
        "/desk",
        "not an address",
        "https://example.com//port-requests/x",
        "/port-requests/PR-7Q4M2-XKD9B",
    ] {
        read(elsewhere).assert_lacks("Back to the form");
    }
}
