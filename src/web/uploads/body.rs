//! The body of an upload: read up to a limit, and to its end whatever becomes of it, so that the browser sees the page.

use std::{
    cell::RefCell,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    error::PayloadError,
    web::{Bytes, Payload},
};
use futures_util::{Stream, StreamExt as _};

/// What is taken from one body: as many files as a request may have, twice over.
const MOST_BYTES: u64 = 2 * 10 * 10 * 1024 * 1024;
/// How long a sender may say nothing.
pub const STALLED: Duration = Duration::from_mins(1);

/// A body that several readers share, one after another.
#[derive(Clone)]
pub struct Body(Rc<RefCell<Counted>>);

struct Counted {
    payload: Payload,
    size: u64,
}

impl Body {
    /// Nothing of it has been read yet.
    pub fn new(payload: Payload) -> Self {
        Self(Rc::new(RefCell::new(Counted { payload, size: 0 })))
    }

    /// Reads what is left: a browser that is still sending when the answer comes shows a broken connection instead.
    pub async fn drain(mut self) {
        while let Ok(Some(Ok(_))) = tokio::time::timeout(STALLED, self.next()).await {}
    }
}

impl Stream for Body {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut inner = self.0.borrow_mut();
        if MOST_BYTES < inner.size {
            return Poll::Ready(Some(Err(PayloadError::Overflow)));
        }
        let read = Pin::new(&mut inner.payload).poll_next(cx);
        if let Poll::Ready(Some(Ok(chunk))) = &read {
            inner.size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        }
        read
    }
}
