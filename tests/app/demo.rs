//! The demonstration: what it holds, and that it is kept between runs.

use std::{
    collections::{BTreeMap, HashSet},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};

use actix_web::rt::System;
use chrono::{Duration, Timelike as _};
use portdesk::{
    clock::Clock,
    config::{Config, Vars},
    demo::{self, Workshop},
    domain::{stage::Stage, time_zone::TimeZone},
    files::{DocumentKey, Files},
    inspect::Inspector,
    mail::Post,
    services::{house::House, passwords},
    store::{
        self, Conn, Store, StoreError,
        port_requests::{ListFilter, ListedRequest, Order, PortRequest, Scope, Waiting},
    },
    web::app::App,
    worker,
};
use tempfile::TempDir;

use crate::harness::{
    browser::Browser,
    desk::beginning,
    postgres::{self, Schema},
    seal_key,
};

/// The stages that a request can be in today.
const REACHED: [Stage; 9] = [
    Stage::Draft,
    Stage::AwaitingSignature,
    Stage::InReview,
    Stage::Submitted,
    Stage::FocScheduled,
    Stage::PartiallyPorted,
    Stage::Rejected,
    Stage::Completed,
    Stage::Canceled,
];

/// A demonstration as the library builds it.
struct Built {
    store: Store,
    files: Files,
    folder: TempDir,
    _schema: Option<Schema>,
}

fn build() -> Built {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let schema = postgres::database_url().map(|url| Schema::create(&url));
    let mut vars = Vars::from([
        ("PORTDESK_DATA_DIR".to_owned(), folder.path().display().to_string()),
        ("PORTDESK_SECRET_KEY".to_owned(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned()),
        ("PORTDESK_RESP_ORG".to_owned(), demo::RESP_ORG.to_owned()),
    ]);
    if let Some(schema) = &schema {
        vars.insert("DATABASE_URL".to_owned(), schema.url());
        vars.insert("PORTDESK_SEAL_KEY_FILE".to_owned(), seal_key::shared().display().to_string());
    }
    let config = Config::from_vars(&vars).expect("the settings are right");
    let store = Store::open(&config.database_url).expect("the database opens");
    store.migrate().expect("the migrations run");
    let house = House::new(&config, config.secret_key.clone().expect("the key is set")).expect("the fonts are there");
    let files = Files::open(&config.files_url, &BTreeMap::new()).expect("the folder can be used");
    let post = Post::from_config(None, None, &folder.path().join("mail")).expect("a folder takes mail");
    let sender = worker::sender(&config);
    let clock = Clock::set_to(beginning());
    let inspector = Inspector::new(PathBuf::from(env!("CARGO_BIN_EXE_portdesk")), 1);
    let app = App::new(&config, store.clone(), Arc::new(house), clock, inspector).expect("the application starts");
    let workshop = Workshop { tools: &app.loa_tools(), incoming: folder.path(), post: &post, sender: &sender };
    let hash = passwords::hash(demo::PASSWORD, 64);
    System::new().block_on(demo::build(&workshop, &hash, beginning())).expect("the demonstration is built");
    Built { store, files, folder, _schema: schema }
}

impl Built {
    #[track_caller]
    fn read<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> T {
        self.store.read_now(work).expect("the database answers")
    }

    fn accounts(&self) -> Vec<i64> {
        self.read(store::accounts::all).into_iter().map(|account| account.id).collect()
    }

    fn requests(&self) -> Vec<ListedRequest> {
        let of_account = |account: &i64| {
            let scope = Scope::Account(*account);
            let (stages, waiting, terms) = (Vec::new(), Waiting::ForAnybody, Vec::new());
            let filter = ListFilter { scope, stages, waiting, location: None, terms, order: Order::Newest };
            self.read(|conn| store::port_requests::list(conn, &filter, 0, 500)).0
        };
        self.accounts().iter().flat_map(of_account).collect()
    }

    fn find(&self, name: &str) -> PortRequest {
        let found: Vec<_> = self.requests().into_iter().filter(|listed| listed.request.name == name).collect();
        assert_eq!(found.len(), 1, "{name}");
        found.into_iter().next().expect("it was counted").request
    }

    fn bill_text(&self, request: &PortRequest) -> String {
        let documents = self.read(|conn| store::documents::of_request(conn, request.id));
        let [document] = &documents[..] else { panic!("{} has {} bills", request.name, documents.len()) };
        let key = DocumentKey::from_stored(&document.object_key).expect("the key is stored whole");
        let copy = System::new().block_on(self.files.copy_out(&key, self.folder.path())).expect("the bill is kept");
        let pdf = lopdf::Document::load(copy.path()).expect("the bill is a PDF");
        let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
        assert_eq!(i32::try_from(pages.len()).ok(), document.pages, "{}", request.name);
        pdf.extract_text(&pages).expect("the bill has text")
    }
}

#[test]
fn every_stage_is_there_with_its_history_bills_and_letters() {
    let built = build();
    let requests = built.requests();
    assert!(60 <= requests.len(), "{} requests", requests.len());
    for stage in REACHED {
        let count = requests.iter().filter(|listed| listed.request.stage == stage).count();
        assert!(3 <= count, "{stage:?}: {count}");
    }
    assert!(requests.iter().any(|listed| listed.request.attempt == 2 && listed.request.stage == Stage::InReview));

    for ListedRequest { request, .. } in &requests {
        let lines = built.read(|conn| store::history::of_request(conn, request.id, false));
        let newest_move = lines.iter().find(|line| line.to_stage.is_some()).unwrap();
        assert_eq!(newest_move.to_stage, Some(request.stage), "{}", request.name);
        assert!(lines.is_sorted_by(|newer, older| older.happened_at <= newer.happened_at), "{}", request.name);
        assert!(lines.iter().all(|line| line.happened_at <= beginning()), "{}", request.name);
        if request.sent_at.is_some() {
            let text = built.bill_text(request);
            assert!(text.contains(&request.losing_carrier) && text.contains("Account number"), "{text}");
            let letters = built.read(|conn| store::outbox::of_request(conn, request.id));
            assert!(!letters.is_empty() && letters.iter().all(|letter| letter.state == "sent"), "{}", request.name);
        }
    }
    everybody_can_sign_in(&built);
    notable_requests_are_as_told(&built);
    times_are_those_of_working_days(&built);
}

fn everybody_can_sign_in(built: &Built) {
    let everybody = demo::SIGN_INS.iter().map(|(email, _)| *email).chain([demo::OTHER_OWNER]);
    for email in everybody {
        let user = built.read(|conn| store::users::by_email(conn, email)).expect("the user is there");
        assert!(user.is_active() && passwords::verify(demo::PASSWORD, user.password_hash.as_deref(), 64), "{email}");
    }
}

fn notable_requests_are_as_told(built: &Built) {
    for (name, _) in demo::NOTABLE {
        built.find(name);
    }
    let front_desk = built.find(demo::FRONT_DESK);
    let reasons = built.read(|conn| store::rejections::of_request(conn, front_desk.id));
    assert_eq!(
        reasons.iter().map(|reason| (&*reason.slug, &*reason.source)).collect::<Vec<_>>(),
        [("pin-invalid", "carrier")]
    );
    assert_eq!(built.find(demo::CALL_CENTER).number_count, 120);
    assert!(beginning() < built.find(demo::MAIN_OFFICE).foc().expect("it has a date").starts_at);
    let showroom = built.find(demo::SHOWROOM);
    assert!(0 < showroom.ported_count && showroom.ported_count < showroom.number_count);

    // The bill shows the address that the carrier has; the request another one.
    let clinic = built.find(demo::CLINIC);
    let sent = built.read(|conn| store::submissions::newest(conn, clinic.id));
    let bill = built.bill_text(&clinic);
    assert!(!bill.contains(&sent.street) && bill.contains(&sent.city), "{} {bill}", sent.street);
    let main_office = built.find(demo::MAIN_OFFICE);
    let sent = built.read(|conn| store::submissions::newest(conn, main_office.id));
    let bill = built.bill_text(&main_office);
    assert!(bill.contains(&sent.street) && bill.contains(sent.business_name.as_deref().expect("a business")), "{bill}");
}

fn times_are_those_of_working_days(built: &Built) {
    for listed in built.requests() {
        let zone = TimeZone::parse(&listed.time_zone).expect("a known zone");
        let sent = listed.request.sent_at.map(|at| zone.local(at));
        if let Some(sent) = sent {
            let hour = sent.time.hour();
            assert!((9..19).contains(&hour), "{} was sent at {sent:?}", listed.request.name);
        }
        if let Some(foc) = listed.request.foc() {
            let from = zone.local(foc.starts_at);
            assert_eq!(from.time.format("%H:%M").to_string(), "10:00", "{}", listed.request.name);
            assert_eq!(foc.ends_at - foc.starts_at, Duration::hours(4));
        }
    }
}

/// `portdesk demo` in a folder; ended when dropped.
struct Program {
    child: Child,
    base: String,
}

impl Program {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_portdesk"))
            .arg("demo")
            .args(arguments)
            .env("PORTDESK_LISTEN", "127.0.0.1:0")
            .env("PORTDESK_DATA_DIR", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
        let base = lines.find_map(|line| line.strip_prefix("Listening on ").map(str::to_owned));
        Self { child, base: base.expect("the demonstration says where it listens") }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

fn sids(folder: &Path) -> HashSet<String> {
    let store =
        Store::open(&format!("sqlite://{}", folder.join("portdesk.sqlite3").display())).expect("the database opens");
    let all = |conn: &mut store::Conn| -> Result<_, StoreError> {
        let newest = store::history::newest(conn)?;
        let lines = store::history::since(conn, newest - 900)?;
        Ok(lines.into_iter().map(|line| line.sid.as_str().to_owned()).collect())
    };
    store.read_now(all).expect("the database answers")
}

#[test]
fn the_program_builds_once_keeps_and_builds_anew_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let first = Program::start(folder.path(), &[]);
    let browser = Browser::new(&first.base);
    let page = browser.get("/sign-in");
    assert_eq!(page.status, 200);
    let (email, _) = demo::SIGN_INS[0];
    let answer = browser.post("/sign-in", &[("email", email), ("password", demo::PASSWORD)]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    drop(first);
    let built = sids(folder.path());
    assert!(60 <= built.len());

    drop(Program::start(folder.path(), &[]));
    assert_eq!(sids(folder.path()), built, "a second run keeps what is there");

    drop(Program::start(folder.path(), &["--fresh"]));
    assert!(sids(folder.path()).is_disjoint(&built), "--fresh builds anew");
}
