//! The body of an upload: read up to a limit, and to its end whatever becomes of it, so that the browser sees the page.

use std::{
    cell::RefCell,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use actix_web::{
    error::PayloadError,
    web::{Bytes, Payload},
};
use futures_util::{Stream, StreamExt as _};

use crate::web::arriving::Arriving;

/// What is taken from one body: as many files as a request may have, twice over.
const MOST_BYTES: u64 = 2 * 10 * 10 * 1024 * 1024;

/// A body that several readers share, one after another.
#[derive(Clone)]
pub struct Body(Rc<RefCell<Arriving>>);

impl Body {
    /// Nothing of it has been read yet.
    pub fn new(payload: Payload) -> Self {
        Self(Rc::new(RefCell::new(Arriving::new(payload.into_inner()))))
    }

    /// Reads what is left: a browser that is still sending when the answer comes shows a broken connection instead.
    pub async fn drain(mut self) {
        while let Some(Ok(_)) = self.next().await {}
    }
}

impl Stream for Body {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut arriving = self.0.borrow_mut();
        if MOST_BYTES < arriving.size() {
            return Poll::Ready(Some(Err(PayloadError::Overflow)));
        }
        Pin::new(&mut *arriving).poll_next(cx)
    }
}
