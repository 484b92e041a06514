//! Connections to one database, made when they are wanted, and the turns of those who want one.

use std::{path::Path, sync::Arc, time::Duration};

use diesel::{
    Connection as _, PgConnection, QueryResult, RunQueryDsl as _, SqliteConnection,
    r2d2::{ManageConnection, Pool, PooledConnection},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    StoreError, StoreResult,
    conn::{Conn, Engine},
};

/// How long a caller waits for a connection, and a writer for SQLite's write lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections of one kind, and the turns of those who want one: they wait as tasks, so that no thread stands idle for each.
#[derive(Clone)]
pub(super) struct Connections {
    pool: Pool<Manager>,
    turns: Arc<Semaphore>,
}

impl Connections {
    pub(super) fn new(manager: Manager, size: u32) -> StoreResult<Self> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            .build(manager)
            .map_err(|error| StoreError::Open(error.to_string()))?;
        let turns = usize::try_from(size).unwrap_or(1);
        Ok(Self { pool, turns: Arc::new(Semaphore::new(turns)) })
    }

    /// Waits until there should be a connection to get.
    pub(super) async fn turn(&self) -> StoreResult<OwnedSemaphorePermit> {
        match tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_closed)) => Err(StoreError::Stopped),
            Err(_elapsed) => Err(StoreError::Busy),
        }
    }

    /// A turn, if nobody has to be waited for.
    pub(super) fn turn_now(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.turns).try_acquire_owned().ok()
    }

    pub(super) fn get(&self) -> StoreResult<PooledConnection<Manager>> {
        self.pool.get().map_err(StoreError::Pool)
    }
}

/// Opens connections. Chosen by the address alone: a typo never makes a new empty SQLite file.
#[derive(Debug, Clone)]
pub(super) struct Manager {
    pub(super) engine: Engine,
    url: String,
}

impl Manager {
    pub(super) fn new(url: &str) -> StoreResult<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self { engine: Engine::Postgres, url: url.to_owned() });
        }
        let path = url.strip_prefix("sqlite://").ok_or_else(|| StoreError::Open(format!("unknown address {url}")))?;
        if let Some(folder) = Path::new(path).parent() {
            private_folder(folder).map_err(|error| StoreError::Open(error.to_string()))?;
        }
        Ok(Self { engine: Engine::Sqlite, url: path.to_owned() })
    }
}

/// Makes a folder that only this user may enter: the database holds names and addresses. One that is there stays as it is.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        let told = diesel::r2d2::Error::ConnectionError;
        match self.engine {
            Engine::Sqlite => {
                let mut conn = SqliteConnection::establish(&self.url).map_err(told)?;
                prepare_sqlite(&mut conn).map_err(diesel::r2d2::Error::QueryError)?;
                Ok(Conn::Sqlite(conn))
            }
            Engine::Postgres => Ok(Conn::Postgres(PgConnection::establish(&self.url).map_err(told)?)),
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        match conn {
            // A file does not go away as a server does.
            Conn::Sqlite(_) => Ok(()),
            Conn::Postgres(conn) => {
                diesel::sql_query("SELECT 1").execute(conn).map(|_| ()).map_err(diesel::r2d2::Error::QueryError)
            }
        }
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || diesel::r2d2::R2D2Connection::is_broken(conn)
    }
}

fn prepare_sqlite(conn: &mut SqliteConnection) -> QueryResult<()> {
    use diesel::connection::SimpleConnection as _;
    let patience = PATIENCE.as_millis();
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = {patience};
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -4000;"
    ))
}
