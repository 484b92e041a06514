//! The server's side: a few long-lived children, handed one file at a time and replaced when one dies or hangs.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::Semaphore, time::timeout};

use super::{
    helper::{Helper, this_program},
    protocol::{Answer, Flaw, Inspection, Request},
};
use crate::domain::document::FileFormat;

/// How long judging one file may take by the clock on the wall.
const INSPECT_TIME: Duration = Duration::from_secs(5);
/// How long rendering one page may take by the clock on the wall.
const RENDER_TIME: Duration = Duration::from_secs(15);

/// Why a file got no answer.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The file is at fault.
    #[error("the file is refused: {0}")]
    Refused(#[from] Flaw),
    /// The machine is at fault: no process could be started, or it could not read the file.
    #[error("files cannot be inspected: {0}")]
    Unavailable(#[from] io::Error),
}

/// Judges files in child processes of this program. Share one per process.
#[derive(Debug)]
pub struct Inspector {
    program: PathBuf,
    slots: Semaphore,
    idle: Mutex<Vec<Helper>>,
}

impl Inspector {
    /// An inspector whose children are this very program.
    pub fn of_this_program() -> io::Result<Self> {
        // Two at least, so that one slow file does not hold up all others.
        let children = std::thread::available_parallelism().map_or(2, |count| count.get().clamp(2, 8));
        Ok(Self::new(this_program()?, children))
    }

    /// An inspector that starts `program inspect-document` up to `children` times at once.
    pub fn new(program: PathBuf, children: usize) -> Self {
        Self { program, slots: Semaphore::new(children), idle: Mutex::new(Vec::new()) }
    }

    /// Whether children can be started. Leaves one running for the first file.
    pub async fn ready(&self) -> io::Result<()> {
        let _slot = self.slots.acquire().await.expect("the semaphore is never closed");
        let helper = match self.take_idle() {
            Some(helper) => helper,
            None => Helper::start(&self.program).await?,
        };
        self.put_back(helper);
        Ok(())
    }

    /// Judges the file at `path`, whose first bytes are of `format`.
    pub async fn inspect(&self, path: &Path, format: FileFormat) -> Result<Inspection, InspectError> {
        // A child stands in another folder.
        self.ask(&Request::Inspect { format, path: std::path::absolute(path)? }, INSPECT_TIME).await
    }

    /// Writes the first page of the TIFF at `path` as PNG into `target`, at most 4,000 pixels a side.
    pub async fn render_png(&self, path: &Path, target: &Path) -> Result<Inspection, InspectError> {
        let (path, target) = (std::path::absolute(path)?, std::path::absolute(target)?);
        self.ask(&Request::RenderPng { path, target }, RENDER_TIME).await
    }

    async fn ask(&self, request: &Request, limit: Duration) -> Result<Inspection, InspectError> {
        let _slot = self.slots.acquire().await.expect("the semaphore is never closed");
        if let Some(helper) = self.take_idle()
            && let Some(answer) = self.ask_one(helper, request, limit).await?
        {
            return understand(answer);
        }
        // A used child may have died of something else than this file: only a fresh one's death counts.
        let fresh = Helper::start(&self.program).await?;
        match self.ask_one(fresh, request, limit).await? {
            Some(answer) => understand(answer),
            None => Err(Flaw::TooComplex.into()),
        }
    }

    /// `None` when the child died of something else than time; a child that takes too long is ended.
    async fn ask_one(&self, mut helper: Helper, request: &Request, limit: Duration) -> Result<Option<Answer>, Flaw> {
        match timeout(limit, helper.ask(request)).await {
            Ok(Ok(answer)) => {
                if !helper.is_worn() {
                    self.put_back(helper);
                }
                Ok(Some(answer))
            }
            Ok(Err(_)) if helper.ran_out_of_time().await => Err(Flaw::TooComplex),
            Ok(Err(_)) => Ok(None),
            Err(_) => Err(Flaw::TooComplex),
        }
    }

    fn put_back(&self, helper: Helper) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(helper);
    }

    fn take_idle(&self) -> Option<Helper> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

fn understand(answer: Answer) -> Result<Inspection, InspectError> {
    match answer {
        Answer::Fine(inspection) => Ok(inspection),
        Answer::Flawed(flaw) => Err(flaw.into()),
        Answer::Failed(reason) => Err(io::Error::other(reason).into()),
    }
}
