//! A timestamp authority on this machine: `openssl ts` behind a little HTTP, and authorities that do not do their work.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use data_encoding::HEXLOWER;
use tempfile::TempDir;

/// How an authority answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Well,
    /// It takes no SHA-256.
    Refuse,
    Garbage,
    /// A good token for other bytes.
    OtherImprint,
    /// A good token for the same bytes, made for somebody else's question.
    OtherNonce,
    /// A token with a changed signature.
    Forged,
    /// Status 500.
    Broken,
    /// More than anybody wants to read.
    Endless,
    /// It listens and says nothing.
    Silent,
}

/// An authority that answers until the test ends.
pub struct Authority {
    pub url: String,
    folder: Arc<TempDir>,
}

const SETTINGS: &str = "
[req]
distinguished_name = name
x509_extensions = usage
prompt = no
[name]
CN = Test Time Authority
[usage]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
[tsa]
default_tsa = authority
[authority]
serial = serial
signer_cert = authority.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = DIGESTS
accuracy = millisecs:500
clock_precision_digits = 3
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
";

impl Authority {
    /// With a P-256 key.
    pub fn new(way: Way) -> Self {
        Self::with_key(way, &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
    }

    /// With a key that these arguments make.
    pub fn with_key(way: Way, key: &[&str]) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let digests = if way == Way::Refuse { "sha512" } else { "sha256, sha512" };
        fs::write(folder.path().join("settings"), SETTINGS.replace("DIGESTS", digests)).unwrap();
        let made = ["req", "-x509", "-config", "settings", "-nodes", "-keyout", "key.pem", "-out", "authority.pem"];
        openssl(folder.path(), &[&made[..], &["-days", "3650"], key].concat());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://somebody:secret@{}/tsr", listener.local_addr().unwrap());
        let inside = folder.clone();
        std::thread::spawn(move || {
            let mut silent = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let question = question(&mut stream);
                if way == Way::Silent {
                    silent.push(stream);
                    continue;
                }
                // A client that has read enough goes away.
                stream.write_all(&answer(inside.path(), way, &question)).ok();
            }
        });
        Self { url, folder }
    }

    /// Its certificate.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let done = Command::new("openssl").current_dir(folder).args(arguments).output();
    let done = done.unwrap_or_else(|error| panic!("openssl: {error}. tests/run installs it."));
    assert!(done.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn question(stream: &mut TcpStream) -> Vec<u8> {
    let mut reader = BufReader::new(stream);
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    body
}

fn answer(folder: &Path, way: Way, question: &[u8]) -> Vec<u8> {
    let at = question.windows(2).position(|two| two == [0x04, 0x20]).expect("the question names a SHA-256") + 2;
    let hash = HEXLOWER.encode(&question[at..at + 32]);
    fs::write(folder.join("question"), question).unwrap();
    let asked =
        |hash: &str| openssl(folder, &["ts", "-query", "-digest", hash, "-sha256", "-cert", "-out", "question"]);
    match way {
        Way::OtherImprint => asked(&"ab".repeat(32)),
        Way::OtherNonce => asked(&hash),
        _ => {}
    }
    let made =
        ["ts", "-reply", "-config", "settings", "-section", "authority", "-queryfile", "question", "-out", "answer"];
    openssl(folder, &made);
    let mut body = fs::read(folder.join("answer")).unwrap();
    match way {
        Way::Garbage => body = b"<html>Welcome</html>".to_vec(),
        Way::Endless => body = vec![0x30; 1_000_000],
        Way::Forged => *body.last_mut().unwrap() ^= 1,
        _ => {}
    }
    let status = if way == Way::Broken { "500 Broken" } else { "200 OK" };
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    [head.as_bytes(), &body].concat()
}
