//! What runs beside the pages: sending mail, and housekeeping.

use std::{collections::HashSet, time::Duration};

use actix_web::web::Data;
use chrono::NaiveDateTime;
use futures_util::{StreamExt as _, TryStreamExt as _};
use tokio::sync::{Notify, watch};

use crate::{
    config::Config,
    files,
    mail::{NamedAddress, Post},
    services::{
        cancel_request,
        deliver_mail::{self, Sender, Sources},
        loa::{clocks, sign},
        manual, old_drafts, sweep,
    },
    store::{self, StoreError},
    web::app::App,
};

/// Pause when no letter is due.
const IDLE: Duration = Duration::from_secs(2);
/// Pause after the database did not answer.
const TROUBLED: Duration = Duration::from_secs(10);
/// How often housekeeping runs.
const SWEEP: Duration = Duration::from_mins(1);
/// How many letters one round seals that could not be sealed when they were signed.
const SEALED_AT_ONCE: i64 = 20;
/// How often the object store is compared with the rows.
const SWEEP_FILES: Duration = Duration::from_hours(1);
/// Bytes that no row names are kept this long: their upload may be on its way.
const ORPHAN_AGE: chrono::Duration = chrono::Duration::days(1);

/// Whose name stands in the head of letters.
pub fn sender(config: &Config) -> Sender {
    let name = config.brand.name.clone();
    Sender {
        from: NamedAddress { name: name.clone(), address: config.mail_from.clone() },
        reply_to: NamedAddress { name, address: config.brand.support_email.clone() },
    }
}

/// Sends mail and keeps house until `stop` says so. A step that is under way is finished first.
pub async fn run(app: Data<App>, post: Post, sender: Sender, mut stop: watch::Receiver<bool>) {
    let mail = send_all(&app, &post, &sender, stop.clone());
    let house = keep_house(&app, stop.clone());
    let files = keep_files(&app, stop.clone());
    tokio::join!(mail, house, files);
    // All three end by the same signal.
    stop.mark_unchanged();
}

/// Waits, or says that it is time to end.
async fn pause(stop: &mut watch::Receiver<bool>, time: Duration) -> bool {
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => true,
        () = tokio::time::sleep(time) => false,
    }
}

/// Waits for mail that hurries, at most for this time, or says that it is time to end.
async fn pause_for_mail(stop: &mut watch::Receiver<bool>, hurries: &Notify, time: Duration) -> bool {
    tokio::select! {
        ended = pause(stop, time) => ended,
        () = hurries.notified() => false,
    }
}

async fn send_all(app: &App, post: &Post, sender: &Sender, mut stop: watch::Receiver<bool>) {
    let sources = Sources { store: &app.store, files: &app.files, house: &app.house, clock: &app.clock };
    loop {
        let ended = match deliver_mail::deliver_one(sources, post, sender).await {
            Ok(true) => pause(&mut stop, Duration::ZERO).await,
            Ok(false) => pause_for_mail(&mut stop, &app.mail_waits, IDLE).await,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                pause(&mut stop, TROUBLED).await
            }
        };
        if ended {
            return;
        }
    }
}

async fn keep_house(app: &App, mut stop: watch::Receiver<bool>) {
    loop {
        match sweep(app).await {
            Ok(0) => {}
            Ok(erased) => tracing::info!(erased, "erased the PINs of finished requests"),
            Err(error) => tracing::error!(%error, "housekeeping failed"),
        }
        if pause(&mut stop, SWEEP).await {
            return;
        }
    }
}

/// Removes what has run out. Gives how many requests had their secrets erased.
pub async fn sweep(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    app.store.write(move |conn| sweep::remove_expired(conn, now)).await?;
    cancel_unproven(app, now).await?;
    tend_drafts(app, now).await?;
    tend_letters(app, now).await?;
    let house = app.house.clone();
    let due = app.store.read(move |conn| sweep::due(conn, &house, now)).await?;
    let mut erased = 0;
    for id in due {
        let house = app.house.clone();
        match app.store.write(move |conn| sweep::erase(conn, &house, id, now)).await {
            Ok(()) => erased += 1,
            Err(error) => tracing::error!(request = id, %error, "secrets could not be erased"),
        }
    }
    Ok(erased)
}

async fn cancel_unproven(app: &App, now: NaiveDateTime) -> Result<(), StoreError> {
    for id in app.store.read(move |conn| manual::unproven(conn, now)).await? {
        let house = app.house.clone();
        if let Err(error) = app.store.write(move |conn| cancel_request::cancel_unproven(conn, &house, id, now)).await {
            tracing::error!(request = id, %error, "a request that nobody confirmed could not be canceled");
        }
    }
    Ok(())
}

async fn tend_drafts(app: &App, now: NaiveDateTime) -> Result<(), StoreError> {
    for id in app.store.read(move |conn| old_drafts::due(conn, now)).await? {
        let house = app.house.clone();
        if let Err(error) = app.store.write(move |conn| old_drafts::tend(conn, &house, id, now)).await {
            tracing::error!(request = id, %error, "a draft that waits could not be looked after");
        }
    }
    Ok(())
}

/// Reminds signers, ends letters that nobody signed, and seals those whose seal failed.
pub async fn tend_letters(app: &App, now: NaiveDateTime) -> Result<(), StoreError> {
    for id in app.store.read(move |conn| clocks::due(conn, now)).await? {
        let house = app.house.clone();
        match app.store.write(move |conn| clocks::tend(conn, &house, id, now)).await {
            // Another worker was quicker, or the signer.
            Ok(()) | Err(StoreError::Stale) => {}
            Err(error) => tracing::error!(loa = id, %error, "a letter that waits could not be looked after"),
        }
    }
    let tools = app.loa_tools();
    for id in app.store.read(move |conn| store::loas::to_seal(conn, now, SEALED_AT_ONCE)).await? {
        if let Err(error) = sign::seal_later(&tools, id).await {
            tracing::error!(loa = id, %error, "a signed letter still could not be sealed");
        }
    }
    Ok(())
}

async fn keep_files(app: &App, mut stop: watch::Receiver<bool>) {
    loop {
        match sweep_files(app).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "removed files that no document names"),
            Err(error) => tracing::error!(error, "the files could not be compared with the documents"),
        }
        if pause(&mut stop, SWEEP_FILES).await {
            return;
        }
    }
}

/// Removes bytes older than a day that no document names: what was received and never kept, and what is kept for
/// nothing. Gives how many files that were.
pub async fn sweep_files(app: &App) -> Result<usize, String> {
    let before = (app.clock.now() - ORPHAN_AGE).and_utc();
    let told = |error: files::FilesError| error.to_string();
    let spooled = files::remove_stale(&app.incoming, before).await.map_err(|error| error.to_string())?;
    let mut removed = spooled + app.files.remove_unfinished(before).await.map_err(told)?;
    let mut old = std::pin::pin!(app.files.list_older_than(before).chunks(500));
    while let Some(some) = old.next().await {
        let some = futures_util::stream::iter(some).try_collect::<Vec<_>>().await.map_err(told)?;
        let keys: Vec<String> = some.iter().map(|key| key.as_str().to_owned()).collect();
        let kept = app.store.read(move |conn| {
            // In this order: what leaves the first while somebody looks is in one of the others by then.
            let mut kept = store::manual_files::kept_keys(conn, &keys)?;
            kept.extend(store::documents::kept_keys(conn, &keys)?);
            kept.extend(store::loa_files::kept_keys(conn, &keys)?);
            Ok(kept)
        });
        let kept = kept.await;
        let kept: HashSet<String> = kept.map_err(|error: StoreError| error.to_string())?.into_iter().collect();
        for key in some.iter().filter(|key| !kept.contains(key.as_str())) {
            app.files.delete(key).await.map_err(told)?;
            removed += 1;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longer than any test may take: only the bell ends the pause in time.
    const NEVER: Duration = Duration::from_hours(1);

    #[tokio::test]
    async fn mail_that_hurries_ends_the_pause_even_when_it_came_before() {
        let (_say, mut stop) = watch::channel(false);
        let hurries = Notify::new();
        hurries.notify_one();
        let ended = tokio::time::timeout(Duration::from_secs(20), pause_for_mail(&mut stop, &hurries, NEVER)).await;
        assert_eq!(ended.ok(), Some(false), "the worker goes on at once");
        let (ended, ()) = tokio::join!(pause_for_mail(&mut stop, &hurries, NEVER), async { hurries.notify_one() });
        assert!(!ended, "it was rung while it waited");
    }
}
