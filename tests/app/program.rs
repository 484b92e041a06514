//! The program as its operator meets it: settings, first start, log, end.

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
const OWNER: &str = "planted-owner@example.com";
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

/// A program that is used while its log says as much as it can, and every secret that was given to it.
struct Planted {
    program: Program,
    secrets: Vec<String>,
}

impl Planted {
    fn remember(&mut self, secret: &str) {
        assert!(8 < secret.len(), "{secret} is too short to look for");
        self.secrets.push(secret.to_owned());
    }

    fn remember_session(&mut self, browser: &Browser) {
        self.remember(&browser.cookie("portdesk_session").expect("somebody is signed in"));
    }

    /// The first admin makes a mistake, signs in, and forgets the password.
    fn admin(&mut self) -> Browser {
        let (browser, link) = make_admin(&self.program);
        self.remember(&link);
        self.remember_session(&browser);
        for (password, status) in [(OTHER_PASSWORD, 422), (PASSWORD, 303)] {
            let fields = [("email", EMAIL), ("password", password)];
            assert_eq!(self.program.browser().post("/sign-in", &fields).status, status);
        }
        assert_eq!(self.program.browser().post("/password-resets/new", &[("email", EMAIL)]).status, 303);
        self.choose_password(EMAIL, "/password-resets/")
    }

    /// The owner of a new account with a location accepts the invitation.
    fn owner(&mut self, admin: &Browser) -> Browser {
        let account = admin.post("/admin/accounts/new", &[("name", "Planted")]).location.expect("an account");
        let account = ("account", account.rsplit('/').next().unwrap_or_default());
        let location =
            [account, ("name", "Planted"), ("location_id", "PLANTED"), ("time_zone", "UTC"), ("porting", "on")];
        assert_eq!(admin.post("/admin/locations/new", &location).status, 303);
        let owner = [account, ("email", OWNER), ("name", "Planted Owner"), ("role", "owner")];
        assert_eq!(admin.post("/admin/users/new", &owner).status, 303);
        self.choose_password(OWNER, "/invitations/")
    }

    fn choose_password(&mut self, email: &str, path: &str) -> Browser {
        let mail = mail_to(&self.program, email, path);
        let token = token(&mail, path);
        self.remember(token);
        let browser = self.program.browser();
        let twice = [("password", OTHER_PASSWORD), ("again", OTHER_PASSWORD)];
        assert_eq!(browser.post(&format!("{path}{token}"), &twice).status, 303);
        self.remember_session(&browser);
        browser
    }

    /// The owner types an account number, numbers and PINs.
    fn request(&mut self, owner: &Browser) {
        let terms = owner.post("/port-requests/new", &[("location", "PLANTED")]).location.expect("a draft");
        let agreed = [
            ("rates", "yes"),
            ("keep_active", "yes"),
            ("texts", "yes"),
            ("termination", "yes"),
            ("wording", "keep_active:1 rates:1 rates_details:1 termination:1 texts:1"),
        ];
        assert_eq!(owner.post(&terms, &agreed).status, 303);
        let answers = [
            ("losing_carrier", "Verizon"),
            ("account_number", "PLANTED-7741"),
            ("account_pin", "plantedpin01"),
            ("wireless-0-number", "646-555-0187"),
            ("wireless-0-pin", "plantedpin02"),
            ("wireless-0-kind", "pin"),
            ("do", "save"),
        ];
        let numbers = terms.replace("/terms", "/numbers");
        assert_eq!(owner.post(&numbers, &answers).status, 303);
        assert_eq!(owner.get(&numbers).value("account_number").as_deref(), Some("PLANTED-7741"), "the form was kept");
        for secret in ["PLANTED-7741", "plantedpin01", "plantedpin02", "646-555-0187", "+16465550187"] {
            self.remember(secret);
        }
    }

    /// Trouble is logged too, so make some.
    fn trouble(&mut self, owner: &Browser) {
        let encoded = PASSWORD.replace(' ', "%20");
        owner.post_body("/profile", "text/plain", PASSWORD.as_bytes());
        owner.get(&format!("/profile?name={encoded}"));
        owner.get(&format!("/no-such-page/{encoded}"));
        self.remember(&encoded);
    }

    /// Somebody tries the link and the code of a letter.
    fn signer(&mut self) {
        let (browser, token) = (self.program.browser(), "plantedsigningtokenplantedsigningtoken12345");
        assert_eq!(browser.get(&format!("/sign/{token}")).status, 404);
        assert_eq!(browser.post(&format!("/sign/{token}/open"), &[]).status, 404);
        assert_eq!(browser.post("/sign/r/LOA-7Q4M2-XKD9B/verification", &[("code", "plantedcode")]).status, 404);
        self.remember(token);
        self.remember("plantedcode");
    }
}

#[test]
fn no_secret_and_no_address_reaches_the_log() {
    let secrets = [EMAIL, OWNER, PASSWORD, OTHER_PASSWORD].map(str::to_owned).to_vec();
    let mut planted = Planted { program: Program::start(&[("RUST_LOG", "debug")]), secrets };
    let admin = planted.admin();
    let owner = planted.owner(&admin);
    planted.request(&owner);
    planted.trouble(&owner);
    planted.signer();

    let (status, out, log) = planted.program.terminate(Duration::from_secs(10));
    assert!(status.success(), "{log}");
    assert!(
        log.contains("DEBUG") && log.contains("/invitations/{token}") && log.contains("/sign/{token}"),
        "the log is on:\n{log}"
    );
    // The way in that the operator is given is the one secret that is printed, and only there.
    let out: String = out.lines().filter(|line| !line.contains("/first-admin/")).collect();
    for secret in planted.secrets {
        for (name, text) in [("standard output", &out), ("the log", &log)] {
            let at = text.lines().find(|line| line.contains(&secret));
            assert!(at.is_none(), "{secret} is in {name}: {}", at.unwrap_or_default());
        }
    }
}
