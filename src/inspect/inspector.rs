//! The server's side: a few long-lived children, handed one file at a time and replaced when one dies or hangs.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit},
    time::timeout,
};

use super::{
    helper::{Helper, this_program},
    protocol::{Answer, Flaw, Inspection, Request},
};
use crate::domain::document::FileFormat;

/// How long judging one file may take by the clock on the wall.
const INSPECT_TIME: Duration = Duration::from_secs(5);
/// How long rendering one page may take by the clock on the wall.
const RENDER_TIME: Duration = Duration::from_secs(15);

/// How long a page to be rendered may wait for those before it.
const PATIENCE: Duration = Duration::from_secs(10);

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
    /// Apart from `slots`: whoever looks at one slow page again and again holds up no file on its way in.
    rendering: Semaphore,
    /// Of `slots`, those that files of people without an account may take.
    strangers: Semaphore,
    /// Of each stranger's network one file is in the line for those; its others wait behind it.
    lines: Mutex<HashMap<String, Weak<Semaphore>>>,
    patience: Duration,
    idle: Mutex<Vec<Helper>>,
}

/// A stranger's turn to have a file judged, until it is dropped.
#[derive(Debug)]
pub struct StrangerTurn<'a> {
    _slot: SemaphorePermit<'a>,
    _in_line: OwnedSemaphorePermit,
}

impl Inspector {
    /// An inspector whose children are this very program.
    pub fn of_this_program() -> io::Result<Self> {
        // Two at least, so that one slow file does not hold up all others.
        let children = std::thread::available_parallelism().map_or(2, |count| count.get().clamp(2, 8));
        Ok(Self::new(this_program()?, children))
    }

    /// An inspector that starts `program inspect-document` up to `children` times at once for judging, and once more for
    /// rendering.
    pub fn new(program: PathBuf, children: usize) -> Self {
        Self {
            program,
            slots: Semaphore::new(children),
            rendering: Semaphore::new(1),
            strangers: Semaphore::new(children.saturating_sub(1).max(1)),
            lines: Mutex::default(),
            patience: PATIENCE,
            idle: Mutex::new(Vec::new()),
        }
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

    /// Waits until the file of somebody without an account may be judged: one slot is always left for people who have one,
    /// and whoever sends many files waits for them alone.
    pub async fn turn_of_stranger(&self, network: &str) -> StrangerTurn<'_> {
        let in_line = self.line(network).acquire_owned().await.expect("the semaphore is never closed");
        let slot = self.strangers.acquire().await.expect("the semaphore is never closed");
        StrangerTurn { _slot: slot, _in_line: in_line }
    }

    fn line(&self, network: &str) -> Arc<Semaphore> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|_, line| line.strong_count() != 0);
        lines.get(network).and_then(Weak::upgrade).unwrap_or_else(|| {
            let line = Arc::new(Semaphore::new(1));
            lines.insert(network.to_owned(), Arc::downgrade(&line));
            line
        })
    }

    /// Judges the file at `path`, whose first bytes are of `format`.
    pub async fn inspect(&self, path: &Path, format: FileFormat) -> Result<Inspection, InspectError> {
        let _slot = self.slots.acquire().await.expect("the semaphore is never closed");
        // A child stands in another folder.
        self.ask(&Request::Inspect { format, path: std::path::absolute(path)? }, INSPECT_TIME).await
    }

    /// Writes the first page of the TIFF at `path` as PNG into `target`, at most 4,000 pixels a side. `Unavailable` when
    /// its turn does not come in time.
    pub async fn render_png(&self, path: &Path, target: &Path) -> Result<Inspection, InspectError> {
        let turn = timeout(self.patience, self.rendering.acquire()).await;
        let _slot = turn.map_err(io::Error::from)?.expect("the semaphore is never closed");
        let (path, target) = (std::path::absolute(path)?, std::path::absolute(target)?);
        self.ask(&Request::RenderPng { path, target }, RENDER_TIME).await
    }

    async fn ask(&self, request: &Request, limit: Duration) -> Result<Inspection, InspectError> {
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

#[cfg(test)]
mod tests {
    use std::{fs, future::Future, os::unix::fs::PermissionsExt as _, pin::pin};

    use futures_util::{future::poll_fn, poll};
    use tempfile::TempDir;

    use super::*;

    /// A child that never ends with rendering.
    const STUCK: &str = r#"#!/bin/sh
echo ready
while read -r line; do
    case "$line" in *render_png*) read -r never ;; *) echo '{"fine":{"pages":1,"width":null,"height":null}}' ;; esac
done
"#;

    fn stuck(folder: &TempDir) -> Inspector {
        let program = folder.path().join("program");
        fs::write(&program, STUCK).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        Inspector::new(program, 1)
    }

    /// Goes on with the work until it waits for a child that was started.
    async fn begin(inspector: &Inspector, work: &mut (impl Future<Output = Result<Inspection, InspectError>> + Unpin)) {
        while inspector.rendering.available_permits() != 0 {
            assert!(poll!(&mut *work).is_pending());
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_page_that_is_looked_at_holds_up_no_file_on_its_way_in() {
        let folder = tempfile::tempdir().unwrap();
        let inspector = stuck(&folder);
        let (page, picture) = (folder.path().join("page.tif"), folder.path().join("page.png"));
        let mut rendering = pin!(inspector.render_png(&page, &picture));
        begin(&inspector, &mut rendering).await;
        let mut judged = pin!(inspector.inspect(&page, FileFormat::Tiff));
        let seen = poll_fn(|context| {
            assert!(rendering.as_mut().poll(context).is_pending(), "rendering does not end");
            judged.as_mut().poll(context)
        });
        assert_eq!(seen.await.unwrap().pages, Some(1));
    }

    #[tokio::test]
    async fn many_files_of_one_stranger_hold_up_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let inspector = Inspector::new(folder.path().join("none"), 2);
        let first = inspector.turn_of_stranger("203.0.113.9").await;
        assert_eq!(inspector.slots.available_permits(), 2, "customers do not wait for it");
        let mut more: Vec<_> = (0..5).map(|_| Box::pin(inspector.turn_of_stranger("203.0.113.9"))).collect();
        let mut other = Box::pin(inspector.turn_of_stranger("203.0.113.10"));
        for turn in &mut more {
            assert!(poll!(turn).is_pending());
        }
        assert!(poll!(&mut other).is_pending(), "there is one slot for strangers");
        drop(first);
        assert!(poll!(&mut more[0]).is_pending(), "its turn is behind the other's");
        assert!(poll!(&mut other).is_ready());
        drop((more, other));
        assert_eq!(inspector.line("somebody").available_permits(), 1);
        assert_eq!(inspector.lines.lock().unwrap().len(), 1, "who left leaves nothing behind");
    }

    #[tokio::test]
    async fn whoever_waits_too_long_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let inspector = Inspector { patience: Duration::ZERO, ..stuck(&folder) };
        let _held = inspector.rendering.acquire().await.unwrap();
        let told = inspector.render_png(folder.path(), folder.path()).await;
        assert!(matches!(told, Err(InspectError::Unavailable(_))), "{told:?}");
    }
}
