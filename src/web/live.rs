//! Live status: one poll per process of the history, told to every open page as server-sent events.

use std::{collections::VecDeque, time::Duration};

use actix_web::{
    HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use futures_util::stream;
use tokio::{
    sync::{broadcast, watch},
    time::Instant,
};

use super::{app::App, error::WebResult, extract::SignedIn};
use crate::{
    domain::people::{Person, Role},
    store::{self, Engine, StoreError, history::Change},
};

/// How often the history is read. A change is on the page within 3 s.
const POLL: Duration = Duration::from_secs(1);
/// How often a quiet stream says that it is alive, so that proxies keep it open.
const ALIVE: Duration = Duration::from_secs(20);
/// Lines that a slow reader may be behind before it is told to look anew.
const BACKLOG: usize = 1_024;
/// How many of the newest line numbers are looked at again on PostgreSQL, which shows lines in the order of their commits
/// and not of their numbers. SQLite has one writer at a time, so there nothing appears behind the newest line.
const LOOK_BACK: i64 = 200;

/// Tells open pages what changed.
pub struct Live {
    changes: broadcast::Sender<Change>,
    stop: watch::Sender<bool>,
}

impl Default for Live {
    fn default() -> Self {
        Self { changes: broadcast::Sender::new(BACKLOG), stop: watch::Sender::new(false) }
    }
}

impl Live {
    /// Ends every stream and the poll: the server is going down.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits so long, or until the server goes down, and says which it was.
    pub async fn stops_within(&self, time: Duration) -> bool {
        let mut stop = self.stop.subscribe();
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => true,
            () = tokio::time::sleep(time) => false,
        }
    }
}

/// Reads the history until the server goes down. A database that is away is asked again later.
pub async fn poll(app: Data<App>) {
    let mut seen = Seen::default();
    loop {
        if let Err(error) = step(&app, &mut seen).await {
            tracing::warn!(%error, "live status cannot read the history");
        }
        if app.live.stops_within(POLL).await {
            return;
        }
    }
}

/// Which lines were told already.
#[derive(Default)]
struct Seen {
    newest: Option<i64>,
    told: VecDeque<i64>,
}

async fn step(app: &App, seen: &mut Seen) -> Result<(), StoreError> {
    let Some(newest) = seen.newest else {
        seen.newest = Some(app.store.read(store::history::newest).await?);
        return Ok(());
    };
    let look_back = if app.store.engine() == Engine::Sqlite { 0 } else { LOOK_BACK };
    let changes = app.store.read(move |conn| store::history::since(conn, newest - look_back)).await?;
    let first = seen.told.is_empty();
    for change in changes {
        if seen.told.contains(&change.id) {
            continue;
        }
        seen.told.push_back(change.id);
        seen.newest = seen.newest.max(Some(change.id));
        // What was there before this process looked for the first time is no news.
        if !(first && change.id <= newest) {
            // Without a reader there is nobody to tell.
            app.live.changes.send(change).ok();
        }
    }
    while usize::try_from(LOOK_BACK).unwrap_or(0) * 2 < seen.told.len() {
        seen.told.pop_front();
    }
    Ok(())
}

/// GET /live
pub async fn show(who: SignedIn, app: Data<App>) -> WebResult<HttpResponse> {
    let reader = Reader {
        changes: app.live.changes.subscribe(),
        stop: app.live.stop.subscribe(),
        who,
        look: Instant::now() + ALIVE,
    };
    let events = stream::unfold((reader, true), move |(mut reader, first)| {
        let app = app.clone();
        async move {
            if *reader.stop.borrow() {
                return None;
            }
            let line = if first { hello() } else { reader.next_line(&app).await? };
            Some((Ok::<_, actix_web::Error>(line), (reader, false)))
        }
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events))
}

fn hello() -> Bytes {
    Bytes::from_static(b"retry: 3000\n: hello\n\n")
}

/// One open stream.
struct Reader {
    changes: broadcast::Receiver<Change>,
    stop: watch::Receiver<bool>,
    who: SignedIn,
    /// When it is asked next whether the reader is still signed in, however much there is to tell until then.
    look: Instant,
}

impl Reader {
    async fn next_line(&mut self, app: &App) -> Option<Bytes> {
        loop {
            tokio::select! {
                // In this order: a desk where much happens must not put the look off.
                biased;
                _ = self.stop.wait_for(|stop| *stop) => return None,
                () = tokio::time::sleep_until(self.look) => {
                    self.look = Instant::now() + ALIVE;
                    return still_signed_in(app, &self.who).await.then(|| Bytes::from_static(b": alive\n\n"));
                }
                change = self.changes.recv() => match change {
                    Ok(change) if concerns(&self.who.person, &change) => {
                        return Some(Bytes::from(format!("event: change\ndata: {}\n\n", change.sid)));
                    }
                    Ok(_) => {}
                    Err(broadcast::error::RecvError::Lagged(_)) => {
                        return Some(Bytes::from_static(b"event: change\ndata: many\n\n"));
                    }
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
            }
        }
    }
}

/// Whoever was signed out or deactivated meanwhile hears no more.
async fn still_signed_in(app: &App, who: &SignedIn) -> bool {
    let (session, now) = (who.session.id, app.clock.now());
    let lasts = app.store.read(move |conn| store::sessions::still_lasts(conn, session, now)).await;
    lasts.unwrap_or_else(|error: StoreError| {
        tracing::warn!(%error, "live status cannot look the session up");
        false
    })
}

fn concerns(person: &Person, change: &Change) -> bool {
    match person.role {
        Role::Reviewer | Role::Admin => true,
        Role::Owner => change.visible && person.account_id == Some(change.account_id),
        Role::Manager => change.visible && person.id == change.submitted_by,
        Role::Contact => false,
    }
}
