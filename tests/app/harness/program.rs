//! The program itself, started as an operator starts it.

use std::{
    io::{BufRead as _, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use tempfile::TempDir;

use super::{
    browser::Browser,
    postgres::{self, Schema},
    seal_key,
};

/// The longest that a test waits for the program to say or do something.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running `portdesk` with a data folder of its own. Killed when the test ends without ending it.
pub struct Program {
    pub base: String,
    /// Everything that it wrote to standard output before it listened.
    pub hello: String,
    child: Child,
    out: Said,
    err: Said,
    readers: Vec<JoinHandle<()>>,
    _folder: TempDir,
    _schema: Option<Schema>,
}

/// What came over a stream so far.
type Said = Arc<Mutex<String>>;

/// The program with no environment but what a test sets.
pub fn command(data: &Path) -> (Command, Option<Schema>) {
    let schema = postgres::database_url().map(|url| Schema::create(&url));
    let mut command = Command::new(env!("CARGO_BIN_EXE_portdesk"));
    command.env_clear().env("PORTDESK_DATA_DIR", data).env("PORTDESK_LISTEN", "127.0.0.1:0");
    command.env("PORTDESK_PASSWORD_MEMORY_KIB", "64");
    if let Some(schema) = &schema {
        command.env("DATABASE_URL", schema.url());
        command.env("PORTDESK_SEAL_KEY_FILE", seal_key::shared());
        command.env("PORTDESK_SECRET_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    }
    (command, schema)
}

impl Program {
    /// Starts the server and waits until it listens.
    pub fn start(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (mut command, schema) = command(folder.path());
        command.envs(settings.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let said = (Said::default(), Said::default());
        let (say, hear) = mpsc::channel();
        let out = child.stdout.take().expect("standard output is piped");
        let err = child.stderr.take().expect("standard error is piped");
        let readers = vec![listen(out, said.0.clone(), Some(say)), listen(err, said.1.clone(), None)];
        let base = hear.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("it does not listen: {}", text(&said.1)));
        let hello = text(&said.0);
        Self { base, hello, child, out: said.0, err: said.1, readers, _folder: folder, _schema: schema }
    }

    /// A browser that is not signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// Asks it to end, as a service manager does, and waits at most so long. Gives what it wrote to standard output and
    /// standard error.
    pub fn terminate(mut self, within: Duration) -> (ExitStatus, String, String) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.is_ok_and(|asked| asked.success()), "the program could not be asked to end");
        // Both streams close when the program ends.
        let (say, hear) = mpsc::channel();
        let readers = std::mem::take(&mut self.readers);
        std::thread::spawn(move || {
            let ended = readers.into_iter().map(JoinHandle::join).filter_map(Result::ok).count();
            say.send(ended).ok();
        });
        hear.recv_timeout(within).expect("the program ends in time");
        let status = self.child.wait().expect("the program has ended");
        (status, text(&self.out), text(&self.err))
    }
}

fn text(said: &Said) -> String {
    said.lock().expect("nobody panics while writing down").clone()
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn listen(stream: impl Read + Send + 'static, said: Said, ready: Option<mpsc::Sender<String>>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut said = said.lock().expect("nobody panics while writing down");
            said.push_str(&line);
            said.push('\n');
            if let (Some(base), Some(ready)) = (line.strip_prefix("Listening on "), &ready) {
                ready.send(base.to_owned()).ok();
            }
        }
    })
}
