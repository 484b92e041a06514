//! The parts of a form with files, one after another: text is read, files are counted, judged and kept.

use actix_multipart::Field;

use super::{
    Destination, Form, ReceiveError, cut,
    field::{Spooled, skip, spool},
    owner::attach,
};
use crate::{
    domain::{
        document::{FileName, Refusal},
        draft::{FILES_FIELD, RefusedFile},
        manual::LETTER_FIELD,
    },
    files::{DocumentKey, Received, judge},
    services::{documents::Attached, files_told::FilesTold, people},
    web::{
        error::{WebError, WebResult},
        pairs::{self, Pairs},
    },
};

/// Most sentences about single files of one form: one less than a field shows, for the count of the others.
const MOST_TOLD: usize = 9;

/// A form on its way in, as far as it has come.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) pairs: Vec<(String, String)>,
    told: FilesTold,
    /// Bytes of text so far.
    text: usize,
    /// Files so far, those apart in which nothing was chosen.
    files: usize,
    /// Files that were not kept and have no sentence of their own.
    untold: usize,
}

impl Reading {
    /// What has come; `whole` tells whether it came to its end.
    pub(super) fn form(self, most: usize, whole: bool) -> Form {
        let mut told = FilesTold { whole, ..self.told };
        if 0 < self.untold {
            let why = Refusal::More { count: self.untold, max: most }.to_string();
            told.refused.push(RefusedFile { field: FILES_FIELD.to_owned(), name: String::new(), why });
        }
        Form { pairs: Pairs::new(self.pairs), told }
    }

    /// Reads a text field. Says whether to go on.
    pub(super) async fn text(&mut self, field: &mut Field, name: String) -> WebResult<bool> {
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
    pub(super) async fn file(
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
        self.tell(&file, attached?, to.door.max_files);
        Ok(())
    }

    fn tell(&mut self, file: &Named, attached: Attached, most: usize) {
        let name = &file.name;
        match attached {
            Attached::Full => {
                let refusal = Refusal::TooManyFiles { max: most };
                return self.refuse(file, &format!("\"{name}\" was left out. {refusal}"));
            }
            Attached::Added => {}
            Attached::Merged(same) if same == name.as_str() => {
                self.told.notices.push(format!("“{name}” was there already, so it is kept once"));
            }
            Attached::Merged(same) => {
                self.told.notices.push(format!("“{name}” is the same file as “{same}”, so it is kept once"));
            }
        }
        self.told.letter_kept |= file.field == LETTER_FIELD;
    }
}

/// A file by its name, and the field that it came for.
struct Named {
    field: &'static str,
    name: FileName,
}
