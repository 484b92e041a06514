//! The rules of the house that no compiler knows: directions, words, budgets, twins.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Captures;

use crate::harness::sources::{
    files_under, folders_in, lines_matching, lines_matching_after, read, regex, room_of, root, without_comments,
};

/// Rooms, lowest first: a file may name only rooms below its own.
const ROOMS: [&str; 5] = ["domain", "mail", "store", "services", "web"];
/// Rooms beside the stairs, each with what it may not name.
const SIDE_ROOMS: [(&str, &[&str]); 7] = [
    ("clock", &["domain", "mail", "store", "services", "web", "inspect", "files", "vault", "config", "worker"]),
    ("config", &["mail", "store", "services", "web", "worker"]),
    ("inspect", &["mail", "store", "services", "web", "worker"]),
    ("files", &["mail", "store", "services", "web", "worker"]),
    ("seal", &["domain", "mail", "store", "services", "web", "inspect", "files", "clock", "config", "worker"]),
    ("vault", &["mail", "store", "services", "web", "worker"]),
    // Below services, which call it; of all rooms it knows only domain.
    (
        "letter",
        &["mail", "store", "services", "web", "inspect", "files", "seal", "vault", "clock", "config", "worker", "demo"],
    ),
];
/// What only domain must do without; it gets everything as an argument.
const NOT_FOR_DOMAIN: [&str; 8] = ["inspect", "files", "seal", "vault", "clock", "config", "worker", "letter"];
/// Crates that one room keeps to itself.
const KEPT_CRATES: [(&str, &str); 8] = [
    ("diesel", "store"),
    ("object_store", "files"),
    ("lettre", "mail"),
    ("askama", "web"),
    ("typst", "letter"),
    ("qrcode", "letter"),
    ("reqwest", "seal"),
    ("aws_lc_rs", "seal"),
];

const KILOBYTE: u64 = 1024;

#[test]
fn imports_point_downwards() {
    let mut wrong = Vec::new();
    for (floor, room) in ROOMS.iter().enumerate() {
        let above = ROOMS[floor + 1..].iter().chain(["worker"].iter());
        let banned: Vec<&str> = match *room {
            "domain" => above.chain(&NOT_FOR_DOMAIN).copied().collect(),
            _ => above.copied().collect(),
        };
        wrong.extend(files_naming(room, &banned));
    }
    for (room, banned) in SIDE_ROOMS {
        wrong.extend(files_naming(room, banned));
    }
    assert_none(&wrong);
}

#[test]
fn a_grouped_import_is_read_too() {
    let code =
        "use crate::{clock::Clock, store::{self, conn::Conn}};\nfn f() { crate::web::routes(); }\n// crate::mail\n";
    assert_eq!(named_rooms(code), ["clock", "store", "web"]);
}

#[test]
fn each_room_keeps_its_crates_to_itself() {
    let mut wrong = Vec::new();
    for file in files_under("src", &["rs"]) {
        let room = room_of(&file);
        let code = without_comments(&read(&file));
        for (name, owner) in KEPT_CRATES {
            // Letters are templates too, and a mail address among the settings is read as the mail room reads it.
            let is_shared = matches!((name, room.as_str()), ("askama", "mail") | ("lettre", "config"));
            if room != owner
                && !is_shared
                && regex(&format!(r"\b{name}(_migrations|_web|_assets|_layout|_pdf)?::")).is_match(&code)
            {
                wrong.push(format!("{}: {name} belongs to {owner}", file.display()));
            }
        }
        if room == "domain" && regex(r"\b(actix_\w+|tokio|tracing|std::fs|std::env)::").is_match(&code) {
            wrong.push(format!("{}: domain does without web, files and log", file.display()));
        }
        if room != "clock" && regex(r"\b(Utc|Local|SystemTime)::now\b").is_match(&code) {
            wrong.push(format!("{}: only clock reads the time", file.display()));
        }
    }
    assert_none(&wrong);
}

#[test]
fn templates_escape_everything() {
    let unescaped = regex(r#"\|\s*safe\b|\{%-?\s*autoescape|\|\s*e(scape)?\(\s*"none""#);
    assert_none(&lines_matching(&files_under("templates", &["html", "txt"]), &unescaped));
}

#[test]
fn pages_hold_no_script_and_style_of_their_own() {
    let inline = regex(
        r"(?i)\s(style|on(blur|change|click|focus|input|key\w+|load|submit))\s*=|<style\b|<script\b[^>]*>\s*[^<\s]",
    );
    let mut pages = files_under("templates", &["html"]);
    pages.retain(|page| !page.starts_with(root().join("templates/mail")));
    assert_none(&lines_matching(&pages, &inline));
}

#[test]
fn a_form_names_its_address() {
    // A form that was sent on after signing in is answered under another address. Whoever holds a private link is not
    // signed in, and its token is not written into pages.
    let nameless = regex(r#"<form\b[^>]*method="post"[^>]*>"#);
    let mut pages = files_under("templates", &["html"]);
    pages.retain(|page| {
        ["first_admin.html", "invitations.html", "password_resets/one.html"].iter().all(|it| !page.ends_with(it))
    });
    assert_none(&lines_matching_after(&pages, &nameless, |line| {
        regex(r#"<form\b[^>]*\saction="[^>]*>"#).replace_all(line, "").into_owned()
    }));
}

#[test]
fn errors_tell_what_to_do_and_do_not_scold() {
    let scolding = regex(r"(?i)\b(valid|invalid|please|sorry|oops|forbidden|required field)\b");
    let templates = lines_matching_after(&files_under("templates", &["html", "txt", "typ"]), &scolding, |line| {
        line.replace("aria-invalid", "")
    });
    let mut wrong = templates;
    for file in files_under("src", &["rs"]) {
        for attribute in regex(r"(?s)#\[error\((.*?)\)\]\s*\n").captures_iter(&read(&file)) {
            if scolding.is_match(&attribute[1]) {
                wrong.push(format!("{}: {}", file.display(), &attribute[1]));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn one_word_for_one_thing() {
    // Left: what must not be written. Right: the trade's word, as everybody here writes it.
    let words = [
        (r"\bIn review\b|\bIn-Review\b|\bin Review\b", "In Review"),
        (r"\bIn progress\b|\bIn-Progress\b|\bin Progress\b", "In Progress"),
        (r"(?i)\bcancell(ed|ing)\b", "canceled, canceling"),
        (r"(?i)\blosing (provider|vendor|operator)\b", "losing carrier"),
        (r"(?i)\bletter of (authority|authorisation|agency)\b", "letter of authorization"),
        (r"(?i)\bfirm order (confirmation|completion)\b", "firm order commitment"),
        (r"(?i)\bbilled telephone number\b", "billing telephone number"),
        (r"\bLocation Id\b|\blocation Id\b", "Location ID"),
        (r"\bRequest Sid\b|\brequest Sid\b", "Request SID"),
        (r"(?i)\bcustomer services record\b", "customer service record"),
    ];
    let files: Vec<PathBuf> = [files_under("src", &["rs"]), files_under("templates", &["html", "txt", "typ"])].concat();
    let wrong: Vec<String> = words
        .iter()
        .flat_map(|(pattern, word)| {
            lines_matching(&files, &regex(pattern)).into_iter().map(move |line| format!("{line} (write \"{word}\")"))
        })
        .collect();
    assert_none(&wrong);
}

#[test]
fn nothing_is_left_unfinished() {
    let unfinished = regex(r"(?i)\blorem ipsum\b|//! Being written\.|\b(todo|unimplemented)!\(");
    let marks = regex(r"\b(TODO|FIXME|HACK)\b");
    let mut files = files_under("src", &["rs"]);
    files.extend(files_under("templates", &["html", "txt", "typ"]));
    files.extend(files_under("static", &["css", "js"]));
    files.extend(files_under("migrations", &["sql"]));
    assert_none(&[lines_matching(&files, &unfinished), lines_matching(&files, &marks)].concat());
}

#[test]
fn every_test_runs_and_waits_for_a_state() {
    let lazy = regex(
        r"#\[ignore|thread::sleep|time::sleep\(|(test|describe|it)\.(only|skip|fixme)\(|waitForTimeout|networkidle|retries: [1-9]",
    );
    let mut files = files_under("tests", &["rs", "ts"]);
    files.retain(|file| !file.ends_with("tidy.rs"));
    assert_none(&lines_matching(&files, &lazy));
}

#[test]
fn style_and_script_stay_small() {
    let weigh = |extension| {
        files_under("static", &[extension]).iter().map(|file| fs::metadata(file).unwrap().len()).sum::<u64>()
    };
    let (css, js) = (weigh("css"), weigh("js"));
    assert!(0 < css && css <= 25 * KILOBYTE, "style sheets weigh {css} bytes");
    assert!(js <= 20 * KILOBYTE, "scripts weigh {js} bytes");
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let elsewhere = regex(
        r#"(?i)\b(src|srcset|action|poster)\s*=\s*"?(https?:)?//|<link\b[^>]*href\s*=\s*"?(https?:)?//|url\(\s*['"]?(https?:)?//|@import|@font-face"#,
    );
    let mut files = files_under("templates", &["html"]);
    files.extend(files_under("static", &["css", "js", "svg"]));
    assert_none(&lines_matching(&files, &elsewhere));
}

#[test]
fn migrations_are_twins() {
    let (sqlite, postgres) = (folders_in("migrations/sqlite"), folders_in("migrations/postgres"));
    assert!(!sqlite.is_empty(), "there are no migrations");
    assert_eq!(sqlite, postgres, "both databases have the same migrations");
    let mut wrong = Vec::new();
    for folder in &sqlite {
        let twins = ["sqlite", "postgres"].map(|engine| root().join("migrations").join(engine).join(folder));
        let [here, there] = twins.clone().map(|twin| tables(&twin, "up.sql", "CREATE"));
        if here != there {
            wrong.push(format!("{folder}: the tables are {here:?} on SQLite and {there:?} on PostgreSQL"));
        }
        for twin in twins {
            let (mut made, mut dropped) = (tables(&twin, "up.sql", "CREATE"), tables(&twin, "down.sql", "DROP"));
            made.sort();
            dropped.sort();
            if made != dropped || sql(&twin, "down.sql").is_empty() {
                wrong.push(format!("{}: up makes {made:?}, down drops {dropped:?}", twin.display()));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn the_readme_tells_every_setting() {
    let row = regex(r"(?m)^\| *`([A-Z][A-Z0-9_]*)` *\| *(.*?) *\| *(.*?) *\|$");
    let readme = read(&root().join("README.md"));
    let told: Vec<String> =
        row.captures_iter(&readme).map(|row| format!("| `{}` | {} | {} |", &row[1], &row[2], &row[3])).collect();
    let known = portdesk::config::SETTINGS
        .iter()
        .map(|(name, default, meaning)| format!("| `{name}` | {default} | {meaning} |"));
    let known: Vec<String> = known.collect();
    assert!(told == known, "the table of settings in README.md should read:\n{}", known.join("\n"));
}

#[test]
fn the_lock_of_the_walks_names_no_registry() {
    let lock = read(&root().join("tests/browser/package-lock.json"));
    assert!(
        !lock.contains("\"resolved\"") && !lock.contains("http"),
        "where packages come from is the machine's own setting"
    );
}

#[track_caller]
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} to put right:\n{}", wrong.len(), wrong.join("\n"));
}

fn files_naming(room: &str, banned: &[&str]) -> Vec<String> {
    let files = files_under("src", &["rs"]).into_iter().filter(|file| room_of(file) == room);
    files
        .flat_map(|file| {
            let named = named_rooms(&read(&file));
            named
                .into_iter()
                .filter(|named| banned.contains(&named.as_str()))
                .map(move |named| format!("{} names crate::{named}", file.display()))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The rooms that code names, by `crate::room` or inside `crate::{..}`.
fn named_rooms(code: &str) -> Vec<String> {
    let code = without_comments(code);
    let mut rooms = Vec::new();
    for found in regex(r"\bcrate::(\w+|\{)").captures_iter(&code) {
        match &found[1] {
            "{" => rooms.extend(first_steps(behind(&code, &found))),
            room => rooms.push(room.to_owned()),
        }
    }
    rooms
}

fn behind<'a>(code: &'a str, found: &Captures<'_>) -> &'a str {
    found.get(0).and_then(|whole| code.get(whole.end()..)).unwrap_or_default()
}

/// The first step of each path in a group, read from behind its opening brace to the closing one.
fn first_steps(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut flat = String::new();
    for letter in group.chars() {
        match letter {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => flat.push(letter),
            _ => {}
        }
    }
    flat.split(',')
        .filter_map(|path| path.trim().split("::").next().map(str::to_owned))
        .filter(|step| !step.is_empty())
        .collect()
}

fn sql(folder: &Path, file: &str) -> String {
    regex(r"(?m)--.*$").replace_all(&read(&folder.join(file)), "").trim().to_owned()
}

fn tables(folder: &Path, file: &str, verb: &str) -> Vec<String> {
    let table = regex(&format!(r"(?i)\b{verb} TABLE (?:IF (?:NOT )?EXISTS )?(\w+)"));
    table.captures_iter(&sql(folder, file)).map(|found| found[1].to_owned()).collect()
}
