//! The SMTP server process `tests/smtp_server.py` as a value: started, steered, and ended when dropped.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::authority::Authority;
use crate::harness::python::python;

/// A running server with its own folder of received letters.
pub struct Server {
    process: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    folder: tempfile::TempDir,
    pub port: u16,
}

impl Server {
    pub fn plain() -> Self {
        Self::start(&["--tls", "none"], None)
    }

    pub fn plain_with_sign_in(sign_in: &str) -> Self {
        Self::start(&["--tls", "none", "--sign-in", sign_in], None)
    }

    pub fn with_tls(kind: &str, authority: &Authority) -> Self {
        Self::start(&["--tls", kind], Some(authority))
    }

    pub fn with_tls_and_sign_in(kind: &str, authority: &Authority, sign_in: &str) -> Self {
        Self::start(&["--tls", kind, "--sign-in", sign_in], Some(authority))
    }

    fn start(options: &[&str], authority: Option<&Authority>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp_server.py");
        let mut command = Command::new(python());
        command.arg(script).arg("--folder").arg(folder.path()).args(options);
        if let Some(authority) = authority {
            command.arg("--cert").arg(authority.server_certificate()).arg("--key").arg(authority.server_key());
        }
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let commands = process.stdin.take().unwrap();
        let mut answers = BufReader::new(process.stdout.take().unwrap());
        let first = line(&mut answers);
        let port = first.strip_prefix("port ").expect("the server tells its port").parse().unwrap();
        Self { process, commands, answers, folder, port }
    }

    /// How the server answers from now on; the names are in `tests/smtp_server.py`.
    pub fn mode(&mut self, name: &str) {
        self.command(&format!("mode {name}"));
    }

    /// Cuts all connections and refuses new ones.
    pub fn down(&mut self) {
        self.command("down");
    }

    /// Takes connections again, on the same port.
    pub fn up(&mut self) {
        self.command("up");
    }

    fn command(&mut self, command: &str) {
        writeln!(self.commands, "{command}").unwrap();
        self.commands.flush().unwrap();
        assert_eq!(line(&mut self.answers), "done");
    }

    /// All letters received so far as they came over the wire, oldest first.
    pub fn received(&self) -> Vec<String> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        files.sort_by_key(|path| path.metadata().unwrap().modified().unwrap());
        files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn line(answers: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    answers.read_line(&mut line).unwrap();
    assert!(!line.is_empty(), "tests/smtp_server.py ended; its words are above");
    line.trim_end().to_owned()
}
