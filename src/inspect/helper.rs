//! One running child, as the server holds it.

use std::{
    io,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

use super::protocol::{Answer, COMMAND, READY, Request};

/// A child is replaced after this many files, so that nothing one file left behind lasts.
const MAX_FILES: u32 = 200;
/// A child is replaced after this many bytes, so that the memory a large file took is given back.
const MAX_BYTES: u64 = 32 * 1024 * 1024;
/// The longest line a child may answer, in bytes.
const MAX_LINE: u64 = 4096;
/// How long a child may take to start.
const START: Duration = Duration::from_secs(10);
/// How long the system may take to say how a child died.
const END: Duration = Duration::from_secs(1);

/// A child and the pipes to it. Dropping it ends the process.
#[derive(Debug)]
pub(super) struct Helper {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    files: u32,
    bytes: u64,
}

impl Helper {
    /// Starts `program` as a child and waits until its limits are set.
    pub(super) async fn start(program: &Path) -> io::Result<Self> {
        let mut process = Command::new(program)
            .arg(COMMAND)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(questions), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("the child has no pipes"));
        };
        let mut helper = Self { process, questions, answers: BufReader::new(answers), files: 0, bytes: 0 };
        match timeout(START, helper.line()).await {
            Ok(Ok(line)) if line.trim_end() == READY => Ok(helper),
            Ok(Ok(line)) => Err(io::Error::other(format!("the child answered {line:?}"))),
            Ok(Err(error)) => Err(error),
            Err(elapsed) => Err(elapsed.into()),
        }
    }

    /// Asks for one file. An error means that the child is gone or talks nonsense.
    pub(super) async fn ask(&mut self, request: &Request) -> io::Result<Answer> {
        self.files += 1;
        self.bytes = self.bytes.saturating_add(size(request).await);
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        self.questions.write_all(&line).await?;
        self.questions.flush().await?;
        Ok(serde_json::from_str(&self.line().await?)?)
    }

    /// Whether it has done enough.
    pub(super) fn is_worn(&self) -> bool {
        MAX_FILES <= self.files || MAX_BYTES <= self.bytes
    }

    /// Whether it died because it used up its processor time. Waits until it is gone.
    pub(super) async fn ran_out_of_time(mut self) -> bool {
        /// `SIGXCPU` on Linux and macOS.
        const TIME_UP: i32 = 24;
        // Without its pipes a child ends by itself; one that does not is ended when dropped.
        drop((self.questions, self.answers));
        match timeout(END, self.process.wait()).await {
            Ok(Ok(status)) => status.signal() == Some(TIME_UP),
            _ => false,
        }
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        (&mut self.answers).take(MAX_LINE).read_line(&mut line).await?;
        if line.ends_with('\n') { Ok(line) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

async fn size(request: &Request) -> u64 {
    let (Request::Inspect { path, .. } | Request::RenderPng { path, .. }) = request;
    tokio::fs::metadata(path).await.map_or(0, |data| data.len())
}

/// The path by which this program starts itself again, also after its file was replaced by a newer version.
pub(super) fn this_program() -> io::Result<PathBuf> {
    let linux = PathBuf::from("/proc/self/exe");
    if linux.exists() { Ok(linux) } else { std::env::current_exe() }
}
