//! The colours of the style sheet: the agreed values, and that every pair which is read together can be read.

use std::collections::BTreeMap;

use portdesk::domain::color::Color;

use crate::harness::sources::{read, regex, root};

/// Token, light, dark.
const TOKENS: [(&str, &str, &str); 20] = [
    ("--bg", "#F6F4EF", "#11181C"),
    ("--surface", "#FFFFFF", "#192227"),
    ("--sunken", "#ECE8E0", "#0C1215"),
    ("--ink", "#18232A", "#EDE9E2"),
    ("--ink-2", "#475660", "#BAC4C9"),
    ("--ink-3", "#5A6770", "#9AA7AE"),
    ("--field", "#76818A", "#7E8C94"),
    ("--line", "#D8D2C7", "#324047"),
    ("--accent", "#0B5A6F", "#72C7D9"),
    ("--accent-hover", "#08404F", "#9AD9E6"),
    ("--on-accent", "#FFFFFF", "#06222A"),
    ("--accent-soft", "#DCECEF", "#153840"),
    ("--danger", "#A3241C", "#FF8A7E"),
    ("--danger-soft", "#FBE1DD", "#431714"),
    ("--on-danger", "#FFFFFF", "#2A0906"),
    ("--ok", "#1F6B3B", "#86D6A0"),
    ("--warn", "#8A5A00", "#F0C062"),
    ("--focus", "#5B3CC4", "#B7A6FF"),
    ("--ok-soft", "#DCEFE0", "#12321E"),
    ("--warn-soft", "#FBEFD0", "#3A2D0C"),
];
/// Status, then ground, text and border in light, then in dark.
const TAGS: [(&str, [&str; 3], [&str; 3]); 6] = [
    ("draft", ["#ECE8E0", "#475660", "#8A8578"], ["#2A3236", "#C9D1D5", "#7E8C94"]),
    ("in-review", ["#FBEFD0", "#6B4700", "#A87A1C"], ["#3A2D0C", "#F6D27E", "#B68A2E"]),
    ("in-progress", ["#DCE8FA", "#1B4480", "#5B84C4"], ["#16294A", "#A9C8FA", "#5B84C4"]),
    ("completed", ["#DCEFE0", "#1C5A32", "#4F9467"], ["#12321E", "#9BDDB1", "#4F9467"]),
    ("rejected", ["#FBE1DD", "#8F1D17", "#C9544B"], ["#431714", "#FFB4AA", "#D5655B"]),
    // Whatever has no look of its own is shown as canceled.
    ("canceled", ["#E6E8EA", "#45525B", "#77828A"], ["#262E33", "#B9C3C9", "#828D95"]),
];
/// Text and the ground that it stands on.
const READ: [(&str, &str); 21] = [
    ("--ink", "--bg"),
    ("--ink", "--surface"),
    ("--ink", "--sunken"),
    ("--ink", "--accent-soft"),
    ("--ink-2", "--bg"),
    ("--ink-2", "--surface"),
    ("--ink-2", "--sunken"),
    ("--ink-3", "--bg"),
    ("--ink-3", "--surface"),
    ("--ink-3", "--sunken"),
    ("--accent", "--bg"),
    ("--accent", "--surface"),
    ("--accent", "--sunken"),
    ("--on-accent", "--accent"),
    ("--on-accent", "--accent-hover"),
    ("--danger", "--surface"),
    ("--danger", "--danger-soft"),
    ("--on-danger", "--danger"),
    ("--ok", "--surface"),
    ("--warn", "--surface"),
    ("--focus", "--bg"),
];

type Pair = (String, String);

/// The colours of a rule, each for light and dark; one that is the same in both is there twice.
fn colours_of(rule: &str) -> BTreeMap<String, Pair> {
    let declared = regex(r"(--[a-z0-9-]+):(?:light-dark\((#[0-9A-F]+),\s*(#[0-9A-F]+)\)|(#[0-9A-F]+))");
    let both = |found: regex::Captures<'_>| {
        let of = |at: usize| found.get(at).map(|text| whole(text.as_str()));
        let light = of(2).or_else(|| of(4)).unwrap();
        (found[1].to_owned(), (light.clone(), of(3).unwrap_or(light)))
    };
    declared.captures_iter(rule).map(both).collect()
}

/// #FFF is short for #FFFFFF.
fn whole(colour: &str) -> String {
    if colour.len() == 4 {
        colour.chars().flat_map(|c| vec![c; if c == '#' { 1 } else { 2 }]).collect()
    } else {
        colour.to_owned()
    }
}

fn rule(selector: &str) -> BTreeMap<String, Pair> {
    let css = read(&root().join("static/desk.css"));
    let found =
        regex(&format!(r"(?ms)^{}\{{(.*?)\}}", regex::escape(selector))).captures(&css).map(|it| it[1].to_owned());
    colours_of(&found.unwrap_or_else(|| panic!("no rule for {selector}")))
}

fn pair(light: &str, dark: &str) -> Pair {
    (light.to_owned(), dark.to_owned())
}

#[test]
fn the_tokens_have_the_agreed_values() {
    let tokens = rule(":root");
    for (name, light, dark) in TOKENS {
        assert_eq!(tokens.get(name), Some(&pair(light, dark)), "{name}");
    }
    assert_eq!(tokens.get("--mast"), Some(&pair("#0F2B36", "#0F2B36")));
    assert_eq!(tokens.len(), TOKENS.len() + 1, "a colour that nobody agreed to: {tokens:?}");
}

#[test]
fn each_status_has_its_agreed_look() {
    for (status, light, dark) in TAGS {
        let tag = if status == "canceled" { rule(".tag") } else { rule(&format!(".tag.{status}")) };
        for (at, part) in ["--t-bg", "--t-ink", "--t-edge"].into_iter().enumerate() {
            assert_eq!(tag.get(part), Some(&pair(light[at], dark[at])), "{part} of {status}");
        }
    }
}

#[track_caller]
fn check(least: f64, (one, other): (&str, &str), what: &str) {
    let ratio = Color::parse(one).unwrap().contrast(Color::parse(other).unwrap());
    assert!(least <= ratio, "{what}: {one} and {other} have {ratio:.2}, less than {least}");
}

#[test]
fn what_is_read_together_stands_out() {
    let tokens = rule(":root");
    for (text, ground) in READ {
        let ((light, dark), (light_ground, dark_ground)) = (&tokens[text], &tokens[ground]);
        check(4.5, (light, light_ground), &format!("{text} on {ground} in light"));
        check(4.5, (dark, dark_ground), &format!("{text} on {ground} in dark"));
    }
    for ground in ["--bg", "--surface", "--sunken"] {
        check(3.0, (&tokens["--field"].0, &tokens[ground].0), ground);
        check(3.0, (&tokens["--field"].1, &tokens[ground].1), ground);
    }
    for (status, light, dark) in TAGS {
        check(4.5, (light[1], light[0]), status);
        check(4.5, (dark[1], dark[0]), status);
        check(3.0, (light[2], &tokens["--surface"].0), status);
        check(3.0, (dark[2], &tokens["--surface"].1), status);
    }
}
