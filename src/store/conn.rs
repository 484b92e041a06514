//! The two-database door: connections, migrations and transactions.

use diesel::{
    PgConnection, QueryResult, RunQueryDsl as _, SqliteConnection,
    connection::{AnsiTransactionManager, TransactionManager as _},
    r2d2::PooledConnection,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use tokio::sync::OwnedSemaphorePermit;

use super::{
    StoreError, StoreResult,
    pool::{Connections, Manager},
};

const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Readers of SQLite that run beside the one writer.
const SQLITE_READERS: u32 = 4;
/// Connections of one process to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 8;

/// A connection to either database; queries are written once for both.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Which database is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The database. Cheap to clone; all clones share the same connections.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    readers: Connections,
    writers: Connections,
}

impl Store {
    /// Opens the database that the address names; the file of SQLite is made when it is missing.
    pub fn open(url: &str) -> StoreResult<Self> {
        let manager = Manager::new(url)?;
        let engine = manager.engine;
        let (readers, writers) = match engine {
            // One writer: SQLite has one write lock, and waiting in line here is fairer than polling for it.
            Engine::Sqlite => (Connections::new(manager.clone(), SQLITE_READERS)?, Connections::new(manager, 1)?),
            Engine::Postgres => {
                let all = Connections::new(manager, POSTGRES_CONNECTIONS)?;
                (all.clone(), all)
            }
        };
        Ok(Self { engine, readers, writers })
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Runs the migrations that are missing.
    pub fn migrate(&self) -> StoreResult<()> {
        let mut conn = self.writers.get()?;
        let done = match &mut *conn {
            Conn::Sqlite(conn) => conn.run_pending_migrations(SQLITE_MIGRATIONS).map(|_| ()),
            Conn::Postgres(conn) => {
                // Two processes that start together take turns.
                diesel::sql_query("SELECT pg_advisory_lock(727367)").execute(conn)?;
                let done = conn.run_pending_migrations(POSTGRES_MIGRATIONS).map(|_| ());
                diesel::sql_query("SELECT pg_advisory_unlock(727367)").execute(conn)?;
                done
            }
        };
        done.map_err(|error| StoreError::Open(error.to_string()))
    }

    /// Undoes all migrations and runs them again: for the test that the way down is real.
    pub fn migrate_down_and_up(&self) -> StoreResult<()> {
        let mut conn = self.writers.get()?;
        let undone = match &mut *conn {
            Conn::Sqlite(conn) => conn.revert_all_migrations(SQLITE_MIGRATIONS).map(|_| ()),
            Conn::Postgres(conn) => conn.revert_all_migrations(POSTGRES_MIGRATIONS).map(|_| ()),
        };
        undone.map_err(|error| StoreError::Open(error.to_string()))?;
        drop(conn);
        self.migrate()
    }

    /// Runs `work` on the blocking pool with a connection that only reads.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (store, turn) = (self.clone(), self.readers.turn().await?);
        blocking(turn, move || store.read_now(work)).await
    }

    /// [`Store::read`] for one row found by a unique index, on this thread if SQLite has a connection to spare: that takes less
    /// time than to hand the work to another thread.
    pub async fn read_row<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match (self.engine, self.readers.turn_now()) {
            (Engine::Sqlite, Some(_turn)) => self.read_now(work),
            _ => self.read(work).await,
        }
    }

    /// Runs `work` on the blocking pool in one transaction that may write.
    ///
    /// SQLite gets its write lock at the beginning: a transaction that reads first and wants the lock later
    /// fails at once when another one has written meanwhile, whatever the busy timeout.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (store, turn) = (self.clone(), self.writers.turn().await?);
        blocking(turn, move || store.write_now(work)).await
    }

    /// [`Store::read`] on this thread: for subcommands and tests.
    pub fn read_now<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.readers.get()?;
        work(&mut conn)
    }

    /// [`Store::write`] on this thread: for subcommands and tests.
    pub fn write_now<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn: PooledConnection<Manager> = self.writers.get()?;
        let conn: &mut Conn = &mut conn;
        begin(conn).map_err(StoreError::from)?;
        let result = work(conn);
        match &result {
            Ok(_) => commit(conn).map_err(StoreError::from)?,
            // What went wrong first is what the caller must hear; a broken connection leaves the pool with its transaction.
            Err(_) => {
                if let Err(error) = rollback(conn) {
                    tracing::error!(%error, "a transaction was not rolled back");
                }
            }
        }
        result
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> StoreResult<()> {
        self.read(|conn| {
            diesel::sql_query("SELECT 1").execute(conn)?;
            Ok(())
        })
        .await
    }
}

async fn blocking<T, E>(
    turn: OwnedSemaphorePermit,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let in_turn = move || {
        let result = work();
        drop(turn);
        result
    };
    match tokio::task::spawn_blocking(in_turn).await {
        Ok(result) => result,
        // The connection is dropped with its transaction; the caller answers with a reference.
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(StoreError::Stopped.into()),
    }
}

fn begin(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE"),
        Conn::Postgres(conn) => AnsiTransactionManager::begin_transaction(conn),
    }
}

fn commit(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::commit_transaction(conn),
        Conn::Postgres(conn) => AnsiTransactionManager::commit_transaction(conn),
    }
}

fn rollback(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::rollback_transaction(conn),
        Conn::Postgres(conn) => AnsiTransactionManager::rollback_transaction(conn),
    }
}
