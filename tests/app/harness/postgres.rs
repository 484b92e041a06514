//! A schema of its own for each test, in the database that `TEST_DATABASE_URL` names.

use std::fmt::Write as _;
use std::thread;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

/// The PostgreSQL database that the suite runs on, or nothing: then it runs on SQLite.
#[expect(clippy::disallowed_methods, reason = "tests/run hands the database to the tests by this variable")]
pub fn database_url() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok()
}

/// An empty schema; dropped with all that is in it when this value goes.
#[derive(Debug)]
pub struct Schema {
    database: String,
    name: String,
}

impl Schema {
    /// Makes a schema with a random name in the database at `database`.
    pub fn create(database: &str) -> Self {
        let mut random = [0; 8];
        getrandom::fill(&mut random).expect("the system has random bytes");
        let name = random.iter().fold("test_".to_owned(), |mut name, byte| {
            write!(name, "{byte:02x}").expect("text can grow");
            name
        });
        let schema = Self { database: database.to_owned(), name };
        schema.run(&format!("CREATE SCHEMA {}", schema.name)).expect("the test user may make schemas");
        schema
    }

    /// The address of the database that sees only this schema.
    pub fn url(&self) -> String {
        let joint = if self.database.contains('?') { '&' } else { '?' };
        format!("{}{joint}options=-csearch_path%3D{}", self.database, self.name)
    }

    fn run(&self, sql: &str) -> Result<(), Box<dyn std::error::Error>> {
        PgConnection::establish(&self.database)?.batch_execute(sql)?;
        Ok(())
    }
}

impl Drop for Schema {
    // A transaction that is still open would keep the tables; it is told of rather than waited for.
    fn drop(&mut self) {
        let dropped = self.run(&format!("SET lock_timeout = '10s'; DROP SCHEMA {} CASCADE", self.name));
        if !thread::panicking() {
            dropped.expect("nothing holds the schema of a test that has ended");
        }
    }
}

#[cfg(test)]
mod tests {
    use diesel::sql_types::Text;
    use diesel::{QueryableByName, RunQueryDsl, sql_query};

    use super::*;

    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = Text)]
        name: String,
    }

    fn current_schema(url: &str) -> String {
        let mut conn = PgConnection::establish(url).unwrap();
        let found: Name = sql_query("SELECT COALESCE(current_schema(), '') AS name").get_result(&mut conn).unwrap();
        found.name
    }

    // On SQLite there is nothing to ask; the run on PostgreSQL does.
    #[test]
    fn a_schema_is_there_until_its_test_ends() {
        let Some(database) = database_url() else { return };
        let schema = Schema::create(&database);
        let (url, name) = (schema.url(), schema.name.clone());
        assert_eq!(current_schema(&url), name);
        drop(schema);
        assert_eq!(current_schema(&url), "");
    }
}
