//! The only clock of the house. Everything else is told what time it is.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Duration, NaiveDateTime, Timelike as _};

/// Gives the time in UTC, cut to microseconds, because PostgreSQL keeps no more.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved: for tests and for making the demo.
    Set(Arc<Mutex<NaiveDateTime>>),
}

impl Clock {
    /// A clock that stands at `at` (UTC).
    pub fn set_to(at: NaiveDateTime) -> Self {
        Self::Set(Arc::new(Mutex::new(at)))
    }

    /// The time in UTC.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    pub fn now(&self) -> NaiveDateTime {
        let now = match self {
            Self::System => chrono::Utc::now().naive_utc(),
            Self::Set(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.with_nanosecond(now.nanosecond() / 1_000 * 1_000).unwrap_or(now)
    }

    /// Moves a set clock forward; the machine's clock goes by itself.
    pub fn advance(&self, by: Duration) {
        if let Self::Set(at) = self {
            let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
            *at += by;
        }
    }

    /// Sets a set clock; the machine's clock goes by itself.
    pub fn move_to(&self, to: NaiveDateTime) {
        if let Self::Set(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }
}
