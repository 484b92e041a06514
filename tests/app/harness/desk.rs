//! A real server on a free port with a database, files and a mailbox of its own, and a clock that stands still.

use std::{
    net::TcpListener,
    path::PathBuf,
    sync::{Arc, mpsc},
    thread::JoinHandle,
};

use actix_web::{dev::ServerHandle, rt::System, web::Data};
use chrono::{NaiveDate, NaiveDateTime};
use portdesk::{
    clock::Clock,
    config::{Config, Vars},
    inspect::Inspector,
    mail::{MemoryPost, Outgoing, Post},
    services::{
        deliver_mail::{self, Sources},
        house::House,
    },
    store::{self, Conn, Store, StoreError, users::User},
    vault::Token,
    web::{app::App, server},
    worker,
};
use tempfile::TempDir;

pub use super::people::PASSWORD;
use super::{
    browser::Browser,
    people::People,
    postgres::{self, Schema},
    seal_key,
};

/// A desk that serves until it is dropped. Dropping it fails the test when a letter was put but never delivered.
pub struct Desk {
    pub app: Data<App>,
    pub config: Config,
    pub base: String,
    /// The mailbox of everybody.
    pub post: MemoryPost,
    pub people: People,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
    // Dropped last, in this order: the schema goes when nobody uses it any more.
    _schema: Option<Schema>,
    _folder: TempDir,
}

/// When every test begins, unless it moves the clock: a Saturday, 15:00 UTC.
pub fn beginning() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 21).and_then(|day| day.and_hms_opt(15, 0, 0)).expect("a real time")
}

impl Desk {
    /// A desk with the default settings.
    pub fn open() -> Self {
        Self::open_with(&[])
    }

    /// A desk with some settings of its own.
    pub fn open_with(settings: &[(&str, &str)]) -> Self {
        let folder = temp_folder();
        let schema = postgres::database_url().map(|url| Schema::create(&url));
        let mut vars: Vars = Vars::from([
            ("PORTDESK_DATA_DIR".to_owned(), folder.path().display().to_string()),
            ("PORTDESK_PASSWORD_MEMORY_KIB".to_owned(), "64".to_owned()),
            ("PORTDESK_RESP_ORG".to_owned(), "HBV01 Harbor Voice Inc.".to_owned()),
            ("PORTDESK_SECRET_KEY".to_owned(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned()),
        ]);
        vars.insert("PORTDESK_SEAL_KEY_FILE".to_owned(), seal_key::copy_to(folder.path()).display().to_string());
        if let Some(schema) = &schema {
            vars.insert("DATABASE_URL".to_owned(), schema.url());
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let base = format!("http://{}", listener.local_addr().expect("the listener has an address"));
        vars.insert("PORTDESK_BASE_URL".to_owned(), base.clone());
        vars.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = Config::from_vars(&vars).expect("the settings of tests are right");
        let store = Store::open(&config.database_url).expect("the database opens");
        store.migrate().expect("the migrations run");
        let clock = Clock::set_to(beginning());
        let house = Arc::new(
            House::new(&config, config.secret_key.clone().expect("tests set a key")).expect("the fonts are there"),
        );
        let program = PathBuf::from(env!("CARGO_BIN_EXE_portdesk"));
        let app = App::new(&config, store, house, clock, Inspector::new(program, 2)).expect("the application starts");
        let app = Data::new(app);
        let people = People::populate(&app);
        let (handle, thread) = serve(&app, listener);
        Self {
            app,
            config,
            base,
            post: MemoryPost::default(),
            people,
            handle,
            thread: Some(thread),
            _schema: schema,
            _folder: folder,
        }
    }

    /// The time of the desk.
    pub fn now(&self) -> NaiveDateTime {
        self.app.clock.now()
    }

    /// A browser that is not signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// A browser in which this user is signed in; the session is written directly, because hashing is slow.
    pub fn browser_of(&self, user: &User) -> Browser {
        let token = Token::new();
        let now = self.now();
        self.write(|conn| store::sessions::begin(conn, user, &token, now));
        let browser = self.browser();
        browser.set_cookie(&format!("portdesk_session={}; Path=/", token.reveal()));
        browser
    }

    /// The owner's browser.
    pub fn owner(&self) -> Browser {
        self.browser_of(&self.people.owner)
    }

    /// The manager's browser.
    pub fn manager(&self) -> Browser {
        self.browser_of(&self.people.manager)
    }

    /// The browser of the owner of another account.
    pub fn foreign_owner(&self) -> Browser {
        self.browser_of(&self.people.foreign_owner)
    }

    /// The reviewer's browser.
    pub fn reviewer(&self) -> Browser {
        self.browser_of(&self.people.reviewer)
    }

    /// The admin's browser.
    pub fn admin(&self) -> Browser {
        self.browser_of(&self.people.admin)
    }

    /// Works in one transaction of the desk's database.
    #[track_caller]
    pub fn write<T, E>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> T
    where
        E: From<StoreError> + std::fmt::Debug,
    {
        self.app.store.write_now(work).expect("the test's own work on the database succeeds")
    }

    /// Reads the desk's database.
    #[track_caller]
    pub fn read<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> T {
        self.app.store.read_now(work).expect("the test's own look at the database succeeds")
    }

    /// What the mail worker works with.
    pub fn sources(&self) -> Sources<'_> {
        let app = &self.app;
        Sources { store: &app.store, files: &app.files, house: &app.house, clock: &app.clock }
    }

    /// Delivers every letter that is due, and gives what arrived since the last time.
    pub fn deliver(&self) -> Vec<Outgoing> {
        let post = Post::Memory(self.post.clone());
        let sender = worker::sender(&self.config);
        System::new().block_on(async {
            while deliver_mail::deliver_one(self.sources(), &post, &sender).await.expect("the outbox answers") {}
        });
        self.post.take()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.app.live.stop();
        let stopping = self.handle.stop(false);
        System::new().block_on(stopping);
        let ended = self.thread.take().map(JoinHandle::join);
        if std::thread::panicking() {
            return;
        }
        assert!(ended.is_some_and(|ended| ended.is_ok()), "the server panicked");
        let waiting = self.read(|conn| store::outbox::list(conn, Some("queued"), 0, 10));
        let waiting: Vec<_> = waiting.into_iter().map(|letter| (letter.kind, letter.to_address)).collect();
        assert!(waiting.is_empty(), "letters that no test read: {waiting:?}");
    }
}

fn temp_folder() -> TempDir {
    // Where memory can be a folder, syncing to it costs nothing.
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a temporary folder can be made")
}

fn serve(app: &Data<App>, listener: TcpListener) -> (ServerHandle, JoinHandle<()>) {
    let (say, hear) = mpsc::channel();
    let app = app.clone();
    let thread = std::thread::spawn(move || {
        System::new().block_on(async move {
            let server = server::build(app.clone(), listener, 1).expect("the server builds");
            server::start_live(&app);
            server::test_seal(app.clone()).await;
            say.send(server.handle()).expect("the test waits for the server");
            server.await.expect("the server ends in order");
        });
    });
    (hear.recv().expect("the server starts"), thread)
}
