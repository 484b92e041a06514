//! The program as its operator meets it: settings, first start, log, end.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use crate::harness::program::{self, Program};

const EMAIL: &str = "planted-admin@example.com";
const PASSWORD: &str = "planted harbor lantern";
const OTHER_PASSWORD: &str = "planted copper meadow";

/// What stands behind `path` in a printed or mailed address.
#[track_caller]
fn token<'a>(text: &'a str, path: &str) -> &'a str {
    let behind = text.split_once(path).map(|(_, rest)| rest);
    let behind = behind.unwrap_or_else(|| panic!("there is no {path} in:\n{text}"));
    behind.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default()
}

/// Makes the first admin, with whom the browser is signed in afterwards.
fn make_admin(program: &Program) -> (crate::harness::browser::Browser, String) {
    let token = token(&program.hello, "/first-admin/").to_owned();
    let browser = program.browser();
    let fields = [("name", "Planted Admin"), ("email", EMAIL), ("password", PASSWORD), ("again", PASSWORD)];
    let made = browser.post(&format!("/first-admin/{token}"), &fields);
    assert_eq!((made.status, made.location.as_deref()), (303, Some("/desk")), "{made:?}");
    (browser, token)
}

#[test]
fn a_signal_ends_it_in_time_also_with_an_open_stream() {
    let program = Program::start(&[]);
    let (browser, _) = make_admin(&program);
    let session = browser.cookie("portdesk_session").expect("the admin is signed in");
    let host = program.base.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&host).expect("the program serves");
    let request = format!("GET /live HTTP/1.1\r\nHost: {host}\r\nCookie: portdesk_session={session}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("the program listens");
    let mut lines = BufReader::new(stream).lines();
    assert!(lines.any(|line| line.is_ok_and(|line| line == ": hello")), "the stream says hello");

    let (status, _, log) = program.terminate(Duration::from_secs(10));
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(lines.all(|line| line.is_ok_and(|line| !line.contains("event:"))), "the stream is closed in order");
}

#[test]
fn wrong_settings_are_all_named_and_nothing_starts() {
    let data = tempfile::tempdir().expect("a temporary folder can be made");
    let (mut command, _schema) = program::command(data.path());
    let wrong = [
        ("PORTDESK_LISTEN", "here"),
        ("PORTDESK_BASE_URL", "ftp://x"),
        ("PORTDESK_COUNTRIES", "MX"),
        ("PORTDESK_MAX_NUMBERS", "many"),
        ("PORTDESK_NO_SUCH_SETTING", "1"),
    ];
    let done = command.envs(wrong).output().expect("the program starts");
    assert_eq!(done.status.code(), Some(2));
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    for (name, _) in wrong {
        assert!(told.lines().any(|line| line.starts_with(name)), "{name} is not told:\n{told}");
    }
    assert_eq!(std::fs::read_dir(data.path()).map(Iterator::count).unwrap_or(0), 0, "nothing was made");
}

#[test]
fn the_first_start_prints_a_link_and_the_second_does_not() {
    let program = Program::start(&[]);
    let token = token(&program.hello, "/first-admin/").to_owned();
    assert_eq!(program.browser().get(&format!("/first-admin/{token}")).status, 200);
    make_admin(&program);
    assert_eq!(program.browser().get(&format!("/first-admin/{token}")).status, 404);
}

/// Waits for a mail to this address and gives its text; the worker looks every two seconds.
#[track_caller]
fn mail_to(program: &Program, address: &str, path: &str) -> String {
    let folder = program.data().join("mail");
    let limit = std::time::Instant::now() + Duration::from_secs(30);
    while std::time::Instant::now() < limit {
        let found = eml_files(&folder).into_iter().find(|text| text.contains(address) && text.contains(path));
        if let Some(text) = found {
            return text;
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
    panic!("no mail to {address} with {path}");
}

/// All letters, with the soft line breaks of quoted-printable taken out.
fn eml_files(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let files = entries.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok());
    files.map(|text| text.replace("=\r\n", "").replace("=3D", "=")).collect()
}

#[test]
fn no_secret_and_no_address_reaches_the_log() {
    let program = Program::start(&[("RUST_LOG", "debug")]);
    let (browser, first_admin) = make_admin(&program);
    let mut planted: Vec<String> = vec![EMAIL.into(), PASSWORD.into(), OTHER_PASSWORD.into(), first_admin];
    let mut remember = |secret: &str| planted.push(secret.to_owned());
    remember(&browser.cookie("portdesk_session").expect("the admin is signed in"));

    let wrong = [("email", EMAIL), ("password", OTHER_PASSWORD)];
    assert_eq!(program.browser().post("/sign-in", &wrong).status, 422);
    let right = [("email", EMAIL), ("password", PASSWORD)];
    assert_eq!(program.browser().post("/sign-in", &right).status, 303);

    assert_eq!(program.browser().post("/password-resets/new", &[("email", EMAIL)]).status, 303);
    let reset = mail_to(&program, EMAIL, "/password-resets/");
    let reset = token(&reset, "/password-resets/");
    remember(reset);
    let again = [("password", OTHER_PASSWORD), ("again", OTHER_PASSWORD)];
    let browser = program.browser();
    assert_eq!(browser.post(&format!("/password-resets/{reset}"), &again).status, 303);
    remember(&browser.cookie("portdesk_session").expect("the admin is signed in"));

    let account = browser.post("/admin/accounts/new", &[("name", "Planted Account")]).location.expect("an account");
    let account = account.rsplit('/').next().unwrap_or_default();
    let owner =
        [("email", "planted-owner@example.com"), ("name", "Planted Owner"), ("role", "owner"), ("account", account)];
    assert_eq!(browser.post("/admin/users/new", &owner).status, 303);
    remember("planted-owner@example.com");
    let invitation = mail_to(&program, "planted-owner@example.com", "/invitations/");
    let invitation = token(&invitation, "/invitations/");
    remember(invitation);
    let owner = program.browser();
    assert_eq!(owner.post(&format!("/invitations/{invitation}"), &again).status, 303);
    remember(&owner.cookie("portdesk_session").expect("the owner is signed in"));
    // Trouble is logged too, so make some.
    owner.post_body("/profile", "text/plain", PASSWORD.as_bytes());
    owner.get(&format!("/profile?name={PASSWORD}").replace(' ', "%20"));
    remember(&PASSWORD.replace(' ', "%20"));

    let (status, out, log) = program.terminate(Duration::from_secs(10));
    assert!(status.success(), "{log}");
    assert!(log.contains("DEBUG") && log.contains("/invitations/{token}"), "the log is on:\n{log}");
    // The way in that the operator is given is the one secret that is printed, and only there.
    let out: String = out.lines().filter(|line| !line.contains("/first-admin/")).collect();
    for secret in planted {
        assert!(8 < secret.len(), "{secret} is too short to look for");
        for (name, text) in [("standard output", &out), ("the log", &log)] {
            let at = text.lines().find(|line| line.contains(&secret));
            assert!(at.is_none(), "{secret} is in {name}: {}", at.unwrap_or_default());
        }
    }
}
