//! The program as its operator meets it: settings, first start, log, end.

mod contact;
mod secrets;
mod signer;

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    time::Duration,
};

use crate::harness::{
    browser::Browser,
    program::{self, Program},
};

const EMAIL: &str = "planted-admin@example.com";
const PASSWORD: &str = "planted harbor lantern";

/// What stands behind `path` in a printed or mailed address.
#[track_caller]
fn token<'a>(text: &'a str, path: &str) -> &'a str {
    let behind = text.split_once(path).map(|(_, rest)| rest);
    let behind = behind.unwrap_or_else(|| panic!("there is no {path} in:\n{text}"));
    behind.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default()
}

/// Makes the first admin, with whom the browser is signed in afterwards.
fn make_admin(program: &Program) -> (Browser, String) {
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
    assert_eq!(std::fs::read_dir(data.path()).map_or(0, Iterator::count), 0, "nothing was made");
}

#[test]
fn a_taken_address_is_told_by_the_name_of_its_setting() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("the listener has an address").to_string();
    for arguments in [&[][..], &["demo"]] {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let (mut command, _schema) = program::command(data.path());
        let done = command.args(arguments).env("PORTDESK_LISTEN", &address).output().expect("the program starts");
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{told}");
        assert!(told.starts_with("PORTDESK_LISTEN: "), "{told}");
        assert!(told.contains(&address) && told.contains("set another address and port"), "{told}");
        assert!(done.stdout.is_empty(), "no link is printed that nobody can open");
        assert_eq!(std::fs::read_dir(data.path()).map_or(0, Iterator::count), 0, "nothing was made");
    }
}

#[test]
fn a_data_folder_that_cannot_be_written_is_told_by_the_name_of_its_setting() {
    let place = tempfile::tempdir().expect("a temporary folder can be made");
    let file = place.path().join("file");
    std::fs::write(&file, "not a folder").expect("the file is written");
    // Root writes everywhere, but neither into a file nor among the processes.
    for folder in [file.join("data"), Path::new("/proc/portdesk").to_owned()] {
        for arguments in [&[][..], &["work"], &["demo"]] {
            let (mut command, _schema) = program::command(&folder);
            let done = command.args(arguments).output().expect("the program starts");
            let told = String::from_utf8_lossy(&done.stderr).into_owned();
            assert_eq!(done.status.code(), Some(2), "{told}");
            assert!(told.starts_with("PORTDESK_DATA_DIR: "), "{told}");
            assert!(told.contains(&folder.display().to_string()), "{told}");
        }
    }
}

#[test]
fn the_first_start_prints_a_link_and_the_second_does_not() {
    let program = Program::start(&[]);
    let token = token(&program.hello, "/first-admin/").to_owned();
    assert_eq!(program.browser().get(&format!("/first-admin/{token}")).status, 200);
    make_admin(&program);
    assert_eq!(program.browser().get(&format!("/first-admin/{token}")).status, 404);
}
