//! The child's side: sets its own limits, then judges one file per line until its input ends.

use std::{
    io::{self, BufRead, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use rlimit::Resource;

use super::{
    pdf, picture,
    protocol::{Answer, Flaw, Inspection, READY, Request},
    render,
};
use crate::domain::document::FileFormat;

/// Address space of a child, in bytes.
const MAX_MEMORY: u64 = 512 * 1024 * 1024;
/// The largest file a child may write (a rendered page), in bytes.
const MAX_WRITTEN: u64 = 64 * 1024 * 1024;
const MAX_OPEN_FILES: u64 = 32;
/// Processor time for judging one file, in seconds.
const INSPECT_SECONDS: u64 = 2;
/// Processor time for rendering one page, in seconds.
const RENDER_SECONDS: u64 = 10;

/// Why a file got no [`Inspection`].
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error(transparent)]
    Flaw(#[from] Flaw),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Runs a child until its standard input ends. Ends with a failure when a limit cannot be set.
pub fn run() -> ExitCode {
    // A parser that panics has met a damaged file; nobody reads the child's messages.
    std::panic::set_hook(Box::new(|_| {}));
    match limit_everything().and_then(|()| serve(io::stdin().lock(), io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn limit_everything() -> io::Result<()> {
    limit(Resource::CORE, 0)?;
    limit(Resource::NOFILE, MAX_OPEN_FILES)?;
    limit(Resource::FSIZE, MAX_WRITTEN)?;
    limit(Resource::AS, MAX_MEMORY)
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    if !resource.is_supported() {
        return Ok(());
    }
    let (_, hard) = resource.get()?;
    resource.set(most.min(hard), most.min(hard))
}

fn serve(questions: impl BufRead, mut answers: impl Write) -> io::Result<()> {
    writeln!(answers, "{READY}")?;
    answers.flush()?;
    for line in questions.lines() {
        let answer = match serde_json::from_str(&line?) {
            Ok(request) => answer(&request)?,
            Err(error) => Answer::Failed(error.to_string()),
        };
        serde_json::to_writer(&mut answers, &answer)?;
        answers.write_all(b"\n")?;
        answers.flush()?;
    }
    Ok(())
}

fn answer(request: &Request) -> io::Result<Answer> {
    let seconds = if matches!(request, Request::Inspect { .. }) { INSPECT_SECONDS } else { RENDER_SECONDS };
    allow_processor_time(seconds)?;
    Ok(match catch_unwind(AssertUnwindSafe(|| work(request))) {
        Ok(Ok(inspection)) => Answer::Fine(inspection),
        Ok(Err(Trouble::Flaw(flaw))) => Answer::Flawed(flaw),
        Ok(Err(Trouble::Io(error))) => Answer::Failed(error.to_string()),
        Err(_) => Answer::Flawed(Flaw::Damaged),
    })
}

fn work(request: &Request) -> Result<Inspection, Trouble> {
    match request {
        Request::Inspect { format: FileFormat::Pdf, path } => {
            pdf::inspect(&std::fs::read(path)?).map_err(Trouble::Flaw)
        }
        Request::Inspect { format, path } => picture::inspect(*format, path),
        Request::RenderPng { path, target } => render::first_page(path, target),
    }
}

/// Moves the soft limit ahead of the time already used; passing it ends the process (SIGXCPU).
/// The kernel counts whole seconds, so one is added.
fn allow_processor_time(seconds: u64) -> io::Result<()> {
    if !Resource::CPU.is_supported() {
        return Ok(());
    }
    let Some(used) = used_seconds() else { return Ok(()) };
    let (_, hard) = Resource::CPU.get()?;
    Resource::CPU.set((used + seconds + 1).min(hard), hard)
}

/// Processor seconds of this process; `None` where the system does not tell, then only the parent's clock counts.
fn used_seconds() -> Option<u64> {
    /// `USER_HZ`, which Linux promises to programs on all its usual machines (proc(5)).
    const TICKS: u64 = 100;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_ascii_whitespace().skip(11);
    let user: u64 = times.next()?.parse().ok()?;
    let system: u64 = times.next()?.parse().ok()?;
    Some((user + system) / TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_answered_and_the_next_line_is_read() {
        let mut answers = Vec::new();
        serve("nonsense\n{}\n".as_bytes(), &mut answers).unwrap();
        let answers = String::from_utf8(answers).unwrap();
        assert_eq!(answers.lines().count(), 3);
        assert!(answers.lines().skip(1).all(|line| line.starts_with("{\"failed\":")));
    }
}
