//! The one place where passwords are hashed: a few at a time, because each hash takes a core and much memory.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::store::StoreError;

/// How long somebody waits for their turn before they are asked to come back.
const PATIENCE: Duration = Duration::from_secs(4);

/// When to come back after that, in seconds.
pub const COME_BACK_SECONDS: i64 = 5;

/// So many hashes at once in this process, and not one more.
#[derive(Debug, Clone)]
pub struct Hashers {
    free: Arc<Semaphore>,
    at_once: usize,
    patience: Duration,
}

/// Why nothing was hashed.
#[derive(Debug, thiserror::Error)]
pub enum HashersError {
    #[error("Too many people are signing in at this moment. Wait a few seconds, then try again")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Hashers {
    /// One hash for each core of this machine.
    pub fn of_this_machine() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, usize::from), PATIENCE)
    }

    fn new(at_once: usize, patience: Duration) -> Self {
        Self { free: Arc::new(Semaphore::new(at_once)), at_once, patience }
    }

    /// How many hashes may be under way together.
    pub fn at_once(&self) -> usize {
        self.at_once
    }

    /// Waits for a turn, and holds it until it is dropped. `Busy` when none came in time.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, HashersError> {
        let turn = tokio::time::timeout(self.patience, self.free.clone().acquire_owned());
        turn.await.ok().and_then(Result::ok).ok_or(HashersError::Busy)
    }

    /// Does slow work on the blocking pool when its turn comes.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashersError> {
        let turn = self.turn().await?;
        // The turn goes with the work: who hangs up while it runs does not make room for another.
        let work = move || {
            let done = work();
            drop(turn);
            done
        };
        Ok(actix_web::web::block(work).await.map_err(|_stopped| StoreError::Stopped)?)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    };

    use actix_web::rt::System;

    use super::*;

    #[test]
    fn no_more_work_than_turns_runs_at_once() {
        let hashers = Hashers::new(2, Duration::from_mins(1));
        let (running, most, pair) =
            (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(Barrier::new(2)));
        let one = || {
            let (running, most, pair) = (running.clone(), most.clone(), pair.clone());
            hashers.run(move || {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                // Two do meet, so that the most is two and not one.
                pair.wait();
                running.fetch_sub(1, Ordering::SeqCst);
            })
        };
        let done = System::new().block_on(futures_util::future::join_all((0..16).map(|_| one())));
        assert!(done.iter().all(Result::is_ok));
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn who_waits_too_long_is_asked_to_come_back() {
        let hashers = Hashers::new(1, Duration::from_millis(1));
        System::new().block_on(async {
            let held = hashers.turn().await.unwrap();
            assert!(matches!(hashers.run(|| ()).await, Err(HashersError::Busy)));
            drop(held);
            assert!(hashers.run(|| ()).await.is_ok());
        });
    }
}
