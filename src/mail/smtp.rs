//! Letters over SMTP, with a few open connections kept for the next letter.
//!
//! Built on lettre's connection rather than on its pooled transport: that one has no time limit on answers, and
//! when a send is given up half-way it puts the connection back, so that the next letter reads the answer to the
//! last one. It also hides in which phase a 5xx came, and a refused sign-in must not kill the letter.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lettre::Message;
use lettre::address::Envelope;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;

use super::post::SendError;
use super::smtp_address::{PostConfigError, Security, SmtpAddress};

/// How long one letter may take from connecting to the server's last answer.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long one address of the server may take to answer a connection.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// Open connections kept for the next letters.
const KEPT_CONNECTIONS: usize = 4;
/// How much of the server's own words is kept, in characters.
const SERVER_WORDS: usize = 300;

/// A mail server and the connections open to it; clones share the connections.
#[derive(Clone)]
pub struct SmtpPost {
    address: SmtpAddress,
    hello: ClientId,
    patience: Duration,
    idle: Arc<Mutex<Vec<AsyncSmtpConnection>>>,
}

impl SmtpPost {
    /// Reads `smtp://user:password@host:587?tls=required`, `smtps://host` or, for loopback, `smtp://localhost`.
    /// Opens no connection.
    ///
    /// # Errors
    /// [`PostConfigError`] names the setting and what to write instead.
    pub fn from_url(url: &str, ca_file: Option<&Path>) -> Result<Self, PostConfigError> {
        Ok(Self {
            address: SmtpAddress::parse(url, ca_file)?,
            hello: ClientId::default(),
            patience: PATIENCE,
            idle: Arc::default(),
        })
    }

    /// The same server with another limit on the time that one letter may take.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Sends one message. On a time-out the connection is dropped with the future, never reused.
    pub(super) async fn send(&self, message: &Message) -> Result<(), SendError> {
        let sending = self.deliver(message.envelope(), message.formatted());
        tokio::time::timeout(self.patience, sending).await.unwrap_or_else(|_elapsed| {
            let seconds = self.patience.as_secs_f32();
            Err(SendError::Temporary(format!("The mail server did not answer within {seconds} seconds.")))
        })
    }

    async fn deliver(&self, envelope: &Envelope, message: Vec<u8>) -> Result<(), SendError> {
        let mut connection = match self.live_connection().await {
            Some(connection) => connection,
            None => self.connect().await.map_err(|error| self.not_ready(&error))?,
        };
        connection.send(envelope, &message).await.map_err(|error| refused(envelope, &error))?;
        self.keep(connection);
        Ok(())
    }

    /// A kept connection that still answers; dead ones are dropped on the way.
    async fn live_connection(&self) -> Option<AsyncSmtpConnection> {
        while let Some(mut connection) = self.take_kept() {
            if connection.test_connected().await {
                return Some(connection);
            }
        }
        None
    }

    fn take_kept(&self) -> Option<AsyncSmtpConnection> {
        self.kept().pop()
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut kept = self.kept();
        if kept.len() < KEPT_CONNECTIONS {
            kept.push(connection);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, smtp::Error> {
        let implicit = match &self.address.security {
            Security::Implicit(tls) => Some(tls.clone()),
            _ => None,
        };
        let server = (self.address.host.as_str(), self.address.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT_PATIENCE), &self.hello, implicit, None).await?;
        if let Some(tls) = self.upgrade(&connection) {
            connection.starttls(tls, &self.hello).await?;
        }
        if let Some(credentials) = &self.address.credentials {
            sign_in(&mut connection, credentials).await?;
        }
        Ok(connection)
    }

    /// The TLS to start on a plain connection; a server that must offer it and does not fails in `starttls`.
    fn upgrade(&self, connection: &AsyncSmtpConnection) -> Option<TlsParameters> {
        match &self.address.security {
            Security::Required(tls) => Some(tls.clone()),
            Security::Opportunistic(tls) if connection.can_starttls() => Some(tls.clone()),
            _ => None,
        }
    }

    /// Whatever goes wrong before the letter is offered is about the server or its settings, so a later try may work.
    fn not_ready(&self, error: &smtp::Error) -> SendError {
        let SmtpAddress { host, port, .. } = &self.address;
        SendError::Temporary(format!("The mail server {host}:{port} is not ready: {}.", words(error)))
    }
}

impl fmt::Debug for SmtpPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpPost")
            .field("host", &self.address.host)
            .field("port", &self.address.port)
            .finish_non_exhaustive()
    }
}

async fn sign_in(connection: &mut AsyncSmtpConnection, credentials: &Credentials) -> Result<(), smtp::Error> {
    connection.auth(DEFAULT_MECHANISMS, credentials).await?;
    Ok(())
}

/// What the server's answer to the letter itself means.
fn refused(envelope: &Envelope, error: &smtp::Error) -> SendError {
    if error.is_permanent() {
        return SendError::Permanent(format!("The mail server refused the letter: {}.", words(error)));
    }
    if error.is_client() && !envelope.to().iter().all(|to| AsRef::<str>::as_ref(to).is_ascii()) {
        let sentence = "The mail server can't send to addresses with letters outside a–z.";
        return SendError::Permanent(sentence.to_owned());
    }
    if error.is_transient() {
        return SendError::Temporary(format!("The mail server put the letter off: {}.", words(error)));
    }
    SendError::Temporary(format!("The connection to the mail server broke: {}.", words(error)))
}

/// The error on one short line: code and server's words where there are any.
fn words(error: &smtp::Error) -> String {
    let text = match (error.status(), error.source()) {
        (Some(code), Some(answer)) => format!("{code} {answer}"),
        _ => error.to_string(),
    };
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_end_matches('.').chars().filter(|c| !c.is_control()).take(SERVER_WORDS).collect()
}
