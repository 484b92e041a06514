//! The only room that knows Diesel: domain values in, domain values out, no transaction of its own.

pub mod accounts;
pub mod acknowledgements;
pub mod area_codes;
pub mod columns;
mod conn;
pub mod contact_links;
pub mod documents;
pub mod drafts;
pub mod foc_windows;
pub mod history;
pub mod links;
mod loa_changes;
pub mod loa_codes;
pub mod loa_events;
pub mod loa_files;
pub mod loa_links;
pub mod loas;
pub mod location_counts;
pub mod location_list;
pub mod locations;
pub mod manual_drafts;
pub mod manual_files;
pub mod name_search;
pub mod number_claims;
pub mod numbers;
pub mod outbox;
pub mod parked_posts;
mod pool;
pub mod port_requests;
pub mod rejections;
mod request_ends;
pub mod request_list;
mod request_notes;
mod request_search;
mod request_walk;
pub mod schema;
pub mod search;
pub mod sessions;
pub mod submissions;
pub mod submit_tokens;
pub mod throttle;
pub mod turns;
pub mod user_list;
pub mod users;

pub use conn::{Conn, Engine, Store};

/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such row, or it belongs to somebody else.
    #[error("not found")]
    NotFound,
    /// Somebody changed the row since it was read.
    #[error("changed meanwhile")]
    Stale,
    /// A row with this unique value exists.
    #[error("taken already")]
    Taken,
    /// No connection could be had.
    #[error("the database does not answer")]
    Pool(#[source] diesel::r2d2::PoolError),
    /// Too many others wanted one first.
    #[error("the database is busy")]
    Busy,
    /// The connection broke off.
    #[error("the database went away")]
    Away(#[source] diesel::result::Error),
    /// The thread pool is shutting down.
    #[error("the work was stopped")]
    Stopped,
    /// A stored value that this version cannot read.
    #[error("stored value cannot be read: {0}")]
    Corrupt(String),
    #[error("database error")]
    Database(#[source] diesel::result::Error),
    #[error("the database cannot be opened: {0}")]
    Open(String),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match error {
            Error::NotFound => Self::NotFound,
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Taken,
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _) => {
                Self::Away(error)
            }
            other => Self::Database(other),
        }
    }
}

/// Shorthand of this room.
pub type StoreResult<T> = Result<T, StoreError>;
