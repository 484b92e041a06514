//! Forms with files: each file is counted, judged and kept as it arrives, so that a wrong field never costs one.

mod body;
mod field;
mod owner;
mod single;
mod small;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{
    HttpResponse,
    http::header::HeaderMap,
    web::{Data, Payload},
};
use futures_util::StreamExt as _;

use self::{
    body::Body,
    field::{Spooled, file_name, skip, spool},
    owner::attach,
};
pub use self::{
    owner::Owner,
    single::{Kept, One, receive_one},
    small::{SmallFile, receive_small},
};
use super::{
    app::App,
    error::{WebError, WebResult},
    pairs::{self, Pairs},
};
use crate::{
    domain::{
        document::{Door, FileName, Refusal},
        draft::{FILES_FIELD, RefusedFile},
        manual::LETTER_FIELD,
    },
    files::{DocumentKey, Received, judge},
    services::{documents::Attached, draft::DraftError, files_told::FilesTold, manual::ManualError, people},
    store::StoreError,
};

/// Most parts of one form.
const MOST_PARTS: usize = 20_000;
/// Most sentences about single files of one form: one less than a field shows, for the count of the others.
const MOST_TOLD: usize = 9;

/// A form with what became of its files.
pub struct Form {
    pub pairs: Pairs,
    pub told: FilesTold,
}

impl Form {
    fn of(reading: Reading, most: usize, whole: bool) -> Self {
        let mut told = FilesTold { whole, ..reading.told };
        if 0 < reading.untold {
            let why = Refusal::More { count: reading.untold, max: most }.to_string();
            told.refused.push(RefusedFile { field: FILES_FIELD.to_owned(), name: String::new(), why });
        }
        Self { pairs: Pairs::new(reading.pairs), told }
    }
}

/// Where the files of a form go.
pub struct Destination<'a> {
    pub app: &'a Data<App>,
    pub owner: Owner,
    pub door: Door,
}

/// Reads a body that nobody wants.
pub async fn drain(payload: Payload) {
    Body::new(payload).drain().await;
}

/// Lets an upload go on to its handler, or reads its body to the end first: a browser that still sends shows no answer.
pub async fn admitted<T>(
    admitted: WebResult<Result<T, HttpResponse>>,
    payload: Payload,
) -> WebResult<Result<(T, Payload), HttpResponse>> {
    match admitted {
        Ok(Ok(who)) => Ok(Ok((who, payload))),
        Ok(Err(elsewhere)) => {
            drain(payload).await;
            Ok(Err(elsewhere))
        }
        Err(error) => {
            drain(payload).await;
            Err(error)
        }
    }
}

/// Receives a form with files. Files that arrived whole are kept whatever happens to the others.
pub async fn receive(to: &Destination<'_>, headers: &HeaderMap, payload: Payload) -> Result<Form, ReceiveError> {
    let body = Body::new(payload);
    let read = read(to, Multipart::new(headers, body.clone())).await;
    body.drain().await;
    read
}

async fn read(to: &Destination<'_>, mut parts: Multipart) -> Result<Form, ReceiveError> {
    let mut reading = Reading::default();
    for _ in 0..MOST_PARTS {
        let Some(mut field) = next_field(&mut parts).await? else {
            return Ok(Form::of(reading, to.door.max_files, true));
        };
        let name = field.name().unwrap_or_default().to_owned();
        let goes_on = match file_name(&field) {
            Some(file) => reading.file(to, &mut field, &name, &file).await?,
            None => reading.text(&mut field, name).await?,
        };
        if !goes_on {
            return Ok(Form::of(reading, to.door.max_files, false));
        }
    }
    Err(WebError::TooLarge("This form has too many fields. Go back, shorten what you typed and send it again. What was saved before is safe.".to_owned())
        .into())
}

/// Why a form with files has no answer of its own.
#[derive(Debug)]
pub enum ReceiveError {
    Web(WebError),
    Draft(DraftError),
    Manual(ManualError),
}

impl From<ManualError> for ReceiveError {
    fn from(error: ManualError) -> Self {
        Self::Manual(error)
    }
}

impl From<StoreError> for ReceiveError {
    fn from(error: StoreError) -> Self {
        Self::Web(error.into())
    }
}

impl From<WebError> for ReceiveError {
    fn from(error: WebError) -> Self {
        Self::Web(error)
    }
}

impl From<DraftError> for ReceiveError {
    fn from(error: DraftError) -> Self {
        Self::Draft(error)
    }
}

impl From<ReceiveError> for WebError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Web(error) => error,
            ReceiveError::Draft(error) => error.into(),
            ReceiveError::Manual(error) => error.into(),
        }
    }
}

async fn next_field(parts: &mut Multipart) -> WebResult<Option<Field>> {
    match parts.next().await {
        None => Ok(None),
        Some(Ok(field)) => Ok(Some(field)),
        Some(Err(MultipartError::ContentTypeIncompatible)) => Err(WebError::UnsupportedMediaType),
        Some(Err(_)) => Err(cut()),
    }
}

#[derive(Default)]
struct Reading {
    pairs: Vec<(String, String)>,
    told: FilesTold,
    /// Bytes of text so far.
    text: usize,
    /// Files so far, those apart in which nothing was chosen.
    files: usize,
    /// Files that were not kept and have no sentence of their own.
    untold: usize,
}

impl Reading {
    /// Reads a text field. Says whether to go on.
    async fn text(&mut self, field: &mut Field, name: String) -> WebResult<bool> {
        let room = pairs::MOST_BYTES.saturating_sub(self.text);
        let Ok(read) = field.bytes(room).await else {
            return Err(WebError::TooLarge(
                "This form is larger than 512 KB. Go back, shorten what you typed and send it again. What was saved before is safe.".to_owned(),
            ));
        };
        let bytes = read.map_err(|_cut| cut())?;
        self.text += bytes.len() + name.len();
        let value = String::from_utf8(bytes.to_vec()).map_err(|_hidden| {
            WebError::BadRequest(
                "The form holds characters that are no text. Go back, type it anew and send it again.".to_owned(),
            )
        })?;
        self.pairs.push((pairs::refuse_nul(name)?, pairs::refuse_nul(value)?));
        Ok(true)
    }

    /// Receives a file and keeps it if it may be kept. Says whether to go on.
    async fn file(
        &mut self,
        to: &Destination<'_>,
        part: &mut Field,
        asked_for: &str,
        sent_name: &str,
    ) -> Result<bool, ReceiveError> {
        let file = Named { field: to.owner.field(asked_for), name: FileName::clean(sent_name) };
        // Looking inside files is dear: of what nobody could want to send, only the bytes are read.
        if 2 * to.door.max_files <= self.files {
            self.untold += usize::from(!sent_name.is_empty());
            return Ok(skip(part).await);
        }
        let (received, whole) = match spool(to, part).await {
            Spooled::Whole(received) => (received, true),
            Spooled::Cut(Some(received)) if to.door.max_bytes < received.size() => (received, false),
            Spooled::Cut(_) => return Ok(self.not_uploaded(&file, false)),
            // The fields behind the file are none the worse for it.
            Spooled::NoRoom => return Ok(self.not_uploaded(&file, skip(part).await)),
        };
        // A file field in which nothing was chosen.
        if sent_name.is_empty() && received.size() == 0 {
            return Ok(true);
        }
        self.files += 1;
        self.told.names.push(file.name.to_string());
        self.keep(to, &received, file).await?;
        Ok(whole)
    }

    fn not_uploaded(&mut self, file: &Named, goes_on: bool) -> bool {
        self.files += 1;
        self.told.names.push(file.name.to_string());
        self.refuse(file, &Refusal::NotUploaded(file.name.clone()));
        goes_on
    }

    fn refuse(&mut self, file: &Named, why: &impl ToString) {
        if self.told.refused.len() < MOST_TOLD {
            self.told.refused.push(RefusedFile {
                field: file.field.to_owned(),
                name: file.name.to_string(),
                why: why.to_string(),
            });
        } else {
            self.untold += 1;
        }
    }

    async fn keep(&mut self, to: &Destination<'_>, received: &Received, file: Named) -> Result<(), ReceiveError> {
        let name = file.name.clone();
        if let Err(minutes) = to.owner.count_file(to.app).await? {
            self.refuse(&file, &Refusal::TooOften { name, wait: people::minutes(minutes) });
            return Ok(());
        }
        let turn = to.owner.turn(to.app).await;
        let judged = judge(received, name.clone(), &to.door, &to.app.inspector).await;
        drop(turn);
        let judged = match judged {
            Ok(judged) => judged,
            Err(refusal) => {
                self.refuse(&file, &refusal);
                return Ok(());
            }
        };
        let key = DocumentKey::random(to.owner.account()).map_err(WebError::internal)?;
        if let Err(error) = to.app.files.keep(&key, received).await {
            tracing::error!(%error, "an uploaded file could not be kept");
            self.refuse(&file, &Refusal::NotUploaded(name));
            return Ok(());
        }
        let attached = attach(to, judged, &key, file.field).await;
        if !matches!(attached, Ok(Attached::Added)) && to.app.files.delete(&key).await.is_err() {
            tracing::warn!("a file that was not attached stays until the sweep");
        }
        match attached? {
            Attached::Added => {}
            Attached::Full => {
                let refusal = Refusal::TooManyFiles { max: to.door.max_files };
                self.refuse(&file, &format!("\"{name}\" was left out. {refusal}"));
                return Ok(());
            }
            Attached::Merged(same) if same == name.as_str() => {
                self.told.notices.push(format!("“{name}” was there already, so it is kept once"));
            }
            Attached::Merged(same) => {
                self.told.notices.push(format!("“{name}” is the same file as “{same}”, so it is kept once"));
            }
        }
        self.told.letter_kept |= file.field == LETTER_FIELD;
        Ok(())
    }
}

/// A file by its name, and the field that it came for.
struct Named {
    field: &'static str,
    name: FileName,
}

fn cut() -> WebError {
    WebError::BadRequest("The form did not arrive whole. Go back and send it again.".to_owned())
}
