//! Many requests at once, written by SQL: for lists, counts and search. They have no answers and no documents.

use chrono::NaiveDateTime;
use diesel::RunQueryDsl as _;
use portdesk::{
    domain::location_id::LocationId,
    store::{self, Conn, Engine, Store, StoreError, users::User},
};

/// Rows of one transaction.
const STEP: usize = 10_000;

/// Ten digits of a row's number.
const NUMBER: &str = "CAST(2122000000 + i AS TEXT)";
/// The two groups of a row's Request SID: digits only, so that no other request has it.
const GROUPS: [&str; 2] =
    ["substr(CAST(100000 + i / 100000 % 100000 AS TEXT), 2, 5)", "substr(CAST(100000 + i % 100000 AS TEXT), 2, 5)"];
/// Most requests of an old desk are over.
const STAGE: &str = "CASE WHEN i % 100 < 2 THEN 'in_review' WHEN i % 100 < 5 THEN 'submitted' \
    WHEN i % 100 < 8 THEN 'foc_scheduled' WHEN i % 100 < 10 THEN 'rejected' WHEN i % 100 < 12 THEN 'draft' \
    WHEN i % 100 < 14 THEN 'canceled' ELSE 'completed' END";

/// Adds `count` requests of the owner, one a minute back from `now` (UTC).
pub fn add(store: &Store, owner: &User, count: usize, now: NaiveDateTime) {
    let account = owner.account_id.expect("an owner has an account");
    let place = LocationId::parse(portdesk::demo::MAIN_LOCATION).expect("the demonstration's Location ID");
    let location =
        store.read_now(|conn| store::locations::by_location_id(conn, &place)).expect("the location is there");
    for first in (1..=count).step_by(STEP) {
        let last = (first + STEP - 1).min(count);
        let batch = Batch { first, last, account, location: location.id, owner: owner.id, engine: store.engine(), now };
        store.write_now(|conn| batch.write(conn)).expect("the rows can be written");
    }
    let analyzed = store.write_now(|conn| {
        diesel::sql_query("ANALYZE").execute(conn)?;
        Ok::<_, StoreError>(())
    });
    analyzed.expect("the database can count its rows");
}

struct Batch {
    first: usize,
    last: usize,
    account: i64,
    location: i64,
    owner: i64,
    engine: Engine,
    now: NaiveDateTime,
}

impl Batch {
    fn write(&self, conn: &mut Conn) -> Result<(), StoreError> {
        let Self { account, location, owner, .. } = self;
        let (sid, at) = (sid(), self.moment());
        self.run(conn, &format!(
            "INSERT INTO port_requests (account_id, location_id, sid, channel, stage, stage_since, name, losing_carrier, \
             number_count, submitted_by, created_at, sent_at) \
             SELECT {account}, {location}, {sid}, 'in_app', {STAGE}, {at}, 'Branch ' || i, 'Verizon', 1, {owner}, {at}, {at} FROM n"
        ))?;
        self.run(conn, &format!(
            "INSERT INTO port_numbers (account_id, port_request_id, submitted_by, position, e164, kind, state) \
             SELECT {account}, p.id, {owner}, 0, '+1' || {NUMBER}, 'landline', \
             CASE p.stage WHEN 'completed' THEN 'ported' ELSE 'pending' END FROM n JOIN port_requests p ON p.sid = {sid}"
        ))?;
        self.run(conn, &format!(
            "INSERT INTO history (account_id, port_request_id, happened_at, actor_id, actor_name, actor_side, event, to_stage, visible) \
             SELECT {account}, p.id, {at}, {owner}, 'Dana Whitfield', 'customer', 'started', 'draft', TRUE \
             FROM n JOIN port_requests p ON p.sid = {sid}"
        ))?;
        let [one, two] = GROUPS;
        let terms = [
            "'branch'".to_owned(),
            "'verizon'".to_owned(),
            "CAST(i AS TEXT)".to_owned(),
            format!("'pr' || {one} || {two}"),
            NUMBER.to_owned(),
            format!("substr({NUMBER}, 4, 7)"),
            format!("substr({NUMBER}, 7, 4)"),
        ];
        for term in terms {
            self.run(
                conn,
                &format!(
                    "INSERT INTO search_terms (account_id, port_request_id, term) \
                 SELECT {account}, p.id, {term} FROM n JOIN port_requests p ON p.sid = {sid}"
                ),
            )?;
        }
        Ok(())
    }

    /// Runs a statement that selects from `n(i)`, the numbers of this batch.
    fn run(&self, conn: &mut Conn, sql: &str) -> Result<(), StoreError> {
        let Self { first, last, .. } = self;
        let numbers =
            format!("WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) ");
        diesel::sql_query(numbers + sql).execute(conn)?;
        Ok(())
    }

    fn moment(&self) -> String {
        let now = self.now.format("%Y-%m-%d %H:%M:%S");
        match self.engine {
            Engine::Sqlite => format!("datetime('{now}', '-' || i || ' minutes')"),
            Engine::Postgres => format!("TIMESTAMP '{now}' - i * INTERVAL '1 minute'"),
        }
    }
}

fn sid() -> String {
    let [one, two] = GROUPS;
    format!("('PR-' || {one} || '-' || {two})")
}
