//! One file of a form: its name, and its bytes on their way to the folder for incoming files.

use std::path::Path;

use actix_multipart::Field;
use actix_web::http::header::CONTENT_DISPOSITION;
use futures_util::StreamExt as _;

use super::Destination;
use crate::{
    domain::document::Door,
    files::{Incoming, Received},
};

/// What came of receiving one file.
pub(super) enum Spooled {
    Whole(Received),
    /// The body broke off, with what had come of the file.
    Cut(Option<Received>),
    /// The folder for incoming files took it not.
    NoRoom,
}

/// Writes a file to the folder for incoming files; beyond the door's limit its bytes are only counted, up to its end.
pub(super) async fn spool(to: &Destination<'_>, field: &mut Field) -> Spooled {
    spool_in(&to.app.incoming, &to.door, field).await
}

/// The same for a file that goes nowhere from there.
pub(super) async fn spool_in(folder: &Path, door: &Door, field: &mut Field) -> Spooled {
    let Ok(mut incoming) = Incoming::begin(folder, door).await.inspect_err(log_disk) else {
        return Spooled::NoRoom;
    };
    let whole = loop {
        match field.next().await {
            Some(Ok(chunk)) => {
                if incoming.push(&chunk).await.inspect_err(log_disk).is_err() {
                    return Spooled::NoRoom;
                }
            }
            None => break true,
            Some(Err(_)) => break false,
        }
    };
    match incoming.finish().await.inspect_err(log_disk) {
        Ok(received) if whole => Spooled::Whole(received),
        Ok(received) => Spooled::Cut(Some(received)),
        Err(_) if whole => Spooled::NoRoom,
        Err(_) => Spooled::Cut(None),
    }
}

/// Reads a field to its end. Says whether it had one.
pub(super) async fn skip(field: &mut Field) -> bool {
    loop {
        match field.next().await {
            Some(Ok(_)) => {}
            None => return true,
            Some(Err(_)) => return false,
        }
    }
}

/// The name of a file as browsers write it: raw, but for quotes and line ends, which are escaped with `%`. A backslash
/// in it is a backslash, which the standard reader of the header takes for an escape.
pub(super) fn file_name(field: &Field) -> Option<String> {
    let disposition = field.content_disposition()?;
    let header = String::from_utf8_lossy(field.headers().get(CONTENT_DISPOSITION)?.as_bytes());
    let raw = header.split_once("filename=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(name, _)| name);
    let extended = || disposition.get_filename_ext().map(|name| String::from_utf8_lossy(&name.value).into_owned());
    let read = raw.map(str::to_owned).or_else(|| disposition.get_filename().map(str::to_owned)).or_else(extended)?;
    Some(read.replace("%22", "\"").replace("%0D", "").replace("%0A", ""))
}

fn log_disk(error: &std::io::Error) {
    tracing::error!(%error, "the folder for incoming files cannot be used");
}
