//! Answers that tell nothing by the time they take.

use std::{future::Future, time::Duration};

use futures_util::future;
use tokio::time::sleep;

/// What such an answer takes: longer than looking something up and writing a mail, too short for anybody to notice.
const TAKES: Duration = Duration::from_millis(100);

/// Does the work, and answers no sooner than [`TAKES`] after.
pub async fn uniform<T>(work: impl Future<Output = T>) -> T {
    future::join(work, sleep(TAKES)).await.0
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn much_work_and_none_take_the_same() {
        for work in [0, 1, 40, 99] {
            let begun = Instant::now();
            uniform(sleep(Duration::from_millis(work))).await;
            assert_eq!(begun.elapsed(), TAKES, "{work} ms");
        }
    }
}
