//! A private certificate authority and a server certificate, made afresh by the openssl command.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Lives in a folder of its own that goes with it.
pub struct Authority {
    folder: tempfile::TempDir,
}

impl Authority {
    /// An authority with one certificate for `name`, written as openssl does: `IP:127.0.0.1` or `DNS:localhost`.
    pub fn for_server(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let openssl = |line: &str| openssl(folder.path(), line);
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        openssl(&format!("req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=Test-authority"));
        openssl(&format!("req -new {key} -keyout server.key -out server.csr -subj /CN=mail.test"));
        let extensions = format!("subjectAltName={name}\nbasicConstraints=critical,CA:FALSE\n");
        std::fs::write(folder.path().join("server.ext"), extensions).unwrap();
        openssl(
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext \
             -out server.pem",
        );
        Self { folder }
    }

    /// What `PORTDESK_SMTP_CA_FILE` names.
    pub fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    pub fn server_certificate(&self) -> PathBuf {
        self.folder.path().join("server.pem")
    }

    pub fn server_key(&self) -> PathBuf {
        self.folder.path().join("server.key")
    }
}

fn openssl(folder: &Path, line: &str) {
    let done = Command::new("openssl").args(line.split_whitespace()).current_dir(folder).output();
    let output = done.expect("the TLS tests need the openssl command: apt-get install openssl");
    assert!(output.status.success(), "openssl {line}: {}", String::from_utf8_lossy(&output.stderr));
}
