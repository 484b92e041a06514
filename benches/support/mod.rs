//! What benches stand on: the demonstration's desk with as many rows more as asked, on either database.

pub mod rows;

use std::{path::PathBuf, sync::Arc};

use actix_web::{rt::System, web::Data};
use data_encoding::HEXLOWER;
use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};
use portdesk::{
    clock::Clock,
    config::{Config, Vars},
    demo::{self, Workshop},
    inspect::Inspector,
    mail::{MemoryPost, Post},
    seal::KeyFiles,
    services::{house::House, passwords},
    store::{self, Store, users::User},
    vault,
    web::app::App,
    worker,
};
use tempfile::TempDir;

/// A desk that is not served.
pub struct Desk {
    /// Which database, and how many rows.
    pub name: String,
    pub app: Data<App>,
    _schema: Option<Schema>,
    _folder: TempDir,
}

/// A desk on SQLite and, with `TEST_DATABASE_URL`, one on PostgreSQL; each with the demonstration and, in its first account,
/// as many rows more as `PORTDESK_BENCH_ROWS` says, or 1,000.
pub fn desks() -> Vec<Desk> {
    let rows = number("PORTDESK_BENCH_ROWS", 1_000);
    let postgres = variable("TEST_DATABASE_URL").map(|url| Desk::open("PostgreSQL", Some(Schema::create(url)), rows));
    [Desk::open("SQLite", None, rows)].into_iter().chain(postgres).collect()
}

/// What whoever runs the benches says by this variable.
pub fn number(name: &str, otherwise: usize) -> usize {
    variable(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[expect(clippy::disallowed_methods, reason = "benches have no settings; whoever runs them says how much and where")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Desk {
    fn open(engine: &str, schema: Option<Schema>, rows: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut vars = Vars::from([
            ("PORTDESK_DATA_DIR".to_owned(), folder.path().display().to_string()),
            ("PORTDESK_SECRET_KEY".to_owned(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned()),
            ("PORTDESK_RESP_ORG".to_owned(), demo::RESP_ORG.to_owned()),
        ]);
        let key = folder.path().join("seal.pem");
        KeyFiles::beside(&key).read_or_make("Portdesk", Clock::System.now()).expect("a seal key can be made");
        vars.insert("PORTDESK_SEAL_KEY_FILE".to_owned(), key.display().to_string());
        if let Some(schema) = &schema {
            vars.insert("DATABASE_URL".to_owned(), schema.url());
        }
        let config = Config::from_vars(&vars).expect("the settings of benches are right");
        let store = Store::open(&config.database_url).expect("the database opens");
        store.migrate().expect("the migrations run");
        let house = Arc::new(
            House::new(&config, config.secret_key.clone().expect("benches set a key")).expect("the fonts are there"),
        );
        // Nothing is uploaded, so the inspector never starts its program.
        let inspector = Inspector::new(PathBuf::from("unused"), 1);
        let app = App::new(&config, store, house, Clock::System, inspector).expect("the application starts");
        let app = Data::new(app);
        fill(&app, &config);
        let desk = Self { name: format!("{engine}, {rows} rows"), app, _schema: schema, _folder: folder };
        rows::add(&desk.app.store, &desk.user("owner@demo.test"), rows, desk.app.clock.now());
        desk
    }

    /// One of the demonstration's people.
    pub fn user(&self, email: &str) -> User {
        let found = self.app.store.read_now(|conn| store::users::by_email(conn, email));
        found.expect("the database answers").expect("the demonstration has its people")
    }
}

/// A schema that goes when the desk does.
struct Schema {
    database: String,
    name: String,
}

impl Schema {
    fn create(database: String) -> Self {
        let schema = Self { database, name: format!("bench_{}", HEXLOWER.encode(&vault::random::<8>())) };
        schema.run(&format!("CREATE SCHEMA {}", schema.name));
        schema
    }

    fn url(&self) -> String {
        let joint = if self.database.contains('?') { '&' } else { '?' };
        format!("{}{joint}options=-csearch_path%3D{}", self.database, self.name)
    }

    fn run(&self, sql: &str) {
        let mut conn = PgConnection::establish(&self.database).expect("PostgreSQL answers");
        conn.batch_execute(sql).expect("the user may make and drop schemas");
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.run(&format!("DROP SCHEMA {} CASCADE", self.name));
    }
}

fn fill(app: &Data<App>, config: &Config) {
    let workshop = Workshop {
        tools: &app.loa_tools(),
        incoming: &app.incoming,
        post: &Post::Memory(MemoryPost::default()),
        sender: &worker::sender(config),
    };
    let hash = passwords::hash(demo::PASSWORD, 64);
    let built = System::new().block_on(demo::build(&workshop, &hash, app.clock.now()));
    built.expect("the demonstration can be built");
}
