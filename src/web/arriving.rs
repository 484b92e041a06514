//! The body of a request while it arrives: as slow as people's connections are, and no slower, so that nobody holds ours.

use std::{
    future::Future as _,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{dev::Payload, error::PayloadError, web::Bytes};
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep};

/// How long a sender may say nothing, and how long all pauses together may be, whatever they send.
const PATIENCE: Duration = Duration::from_mins(1);
/// For each second's worth of these bytes all pauses together may be a second longer: any phone connection sends more.
const BYTES_A_SECOND: u64 = 4 * 1024;

/// A body that ends with an error when its sender has been waited for too long. Time in which nobody reads it does not count.
pub struct Arriving {
    payload: Payload,
    size: u64,
    waited: Duration,
    waiting: Option<Waiting>,
}

struct Waiting {
    since: Instant,
    end: Pin<Box<Sleep>>,
}

impl Arriving {
    /// Nothing of it has been read yet.
    pub fn new(payload: Payload) -> Self {
        Self { payload, size: 0, waited: Duration::ZERO, waiting: None }
    }

    /// Bytes that have arrived so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    fn has_kept_us(&mut self, cx: &mut Context<'_>) -> bool {
        let left = (PATIENCE + Duration::from_secs(self.size / BYTES_A_SECOND)).saturating_sub(self.waited);
        // What was sent at once buys no silence.
        let left = left.min(PATIENCE);
        let begin = || Waiting { since: Instant::now(), end: Box::pin(sleep(left)) };
        self.waiting.get_or_insert_with(begin).end.as_mut().poll(cx).is_ready()
    }
}

impl Stream for Arriving {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Poll::Ready(read) = Pin::new(&mut self.payload).poll_next(cx) else {
            return if self.has_kept_us(cx) {
                Poll::Ready(Some(Err(PayloadError::Incomplete(Some(io::ErrorKind::TimedOut.into())))))
            } else {
                Poll::Pending
            };
        };
        if let Some(waiting) = self.waiting.take() {
            self.waited += waiting.since.elapsed();
        }
        if let Some(Ok(chunk)) = &read {
            self.size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        }
        Poll::Ready(read)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{StreamExt as _, stream};

    use super::*;

    /// A body in chunks of so many bytes, each after a pause; and after how many seconds it ended how.
    async fn read(chunks: usize, bytes: usize, pause: u64) -> (u64, Result<u64, PayloadError>) {
        let chunks = stream::iter(0..chunks).then(move |_| async move {
            sleep(Duration::from_secs(pause)).await;
            Ok(Bytes::from(vec![b'a'; bytes]))
        });
        let mut body = Arriving::new(Payload::from(chunks.boxed_local()));
        let begun = Instant::now();
        while let Some(chunk) = body.next().await {
            if let Err(error) = chunk {
                return (begun.elapsed().as_secs(), Err(error));
            }
        }
        (begun.elapsed().as_secs(), Ok(body.size()))
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_connection_is_waited_for() {
        assert!(matches!(read(600, 8 * 1024, 2).await, (1_200, Ok(4_915_200))));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_sends_nothing_is_left_after_a_minute() {
        assert!(matches!(read(1, 1, 3_600).await, (60, Err(PayloadError::Incomplete(Some(_))))));
    }

    #[tokio::test(start_paused = true)]
    async fn much_at_once_buys_no_silence() {
        let much = stream::once(async { Ok(Bytes::from(vec![b'a'; 4 * 1024 * 1024])) });
        let mut body = Arriving::new(Payload::from(much.chain(stream::pending()).boxed_local()));
        assert!(matches!(body.next().await, Some(Ok(_))));
        let begun = Instant::now();
        assert!(matches!(body.next().await, Some(Err(_))));
        assert_eq!(begun.elapsed().as_secs(), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn single_bytes_keep_nobody() {
        assert!(matches!(read(1_000, 1, 10).await, (60, Err(PayloadError::Incomplete(Some(_))))));
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_nobody_reads_does_not_count() {
        let chunk = || async { Ok(Bytes::from_static(b"a")) };
        let mut body = Arriving::new(Payload::from(stream::iter(0..3).then(move |_| chunk()).boxed_local()));
        for _ in 0..3 {
            sleep(Duration::from_mins(5)).await;
            assert!(matches!(body.next().await, Some(Ok(_))));
        }
        assert!(body.next().await.is_none());
    }
}
