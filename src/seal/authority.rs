//! Asking timestamp authorities (RFC 3161, over HTTP) for a token about a signature. No answer is waited for long, and none is
//! needed: a letter without a timestamp is as good a letter.

use std::time::Duration;

use chrono::NaiveDateTime;
use der::{
    Any, Decode as _, Encode as _, Sequence,
    asn1::{BitString, OctetString, Uint},
    oid::db::rfc5912,
};
use reqwest::{Client, redirect::Policy};
use sha2::{Digest as _, Sha256};
use url::Url;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::token::{Imprint, Token, TokenFault};
use crate::vault;

/// The longest answer that is read; tokens take 3 to 6 KiB.
const LONGEST_ANSWER: usize = 64 * 1024;

/// What became of the timestamp of a sealed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timestamp {
    /// No authority is set.
    NotAsked,
    Made {
        /// UTC, as the authority says.
        at: NaiveDateTime,
        /// The subject of the authority's certificate.
        authority: String,
    },
    /// No authority gave one; the reasons, one for each.
    Failed { why: String },
}

/// A question (`TimeStampReq`).
#[derive(Sequence)]
struct Question {
    version: u8,
    imprint: Imprint,
    nonce: Uint,
    certificate_wanted: bool,
}

/// An answer (`TimeStampResp`).
#[derive(Sequence)]
struct Answer {
    status: Status,
    #[asn1(optional = "true")]
    token: Option<Any>,
}

/// How the question was taken (`PKIStatusInfo`).
#[derive(Sequence)]
struct Status {
    granted: u8,
    #[asn1(optional = "true")]
    text: Option<Vec<String>>,
    #[asn1(optional = "true")]
    failure: Option<BitString>,
}

/// Why an authority gave no token that can be used.
#[derive(Debug, thiserror::Error)]
enum AuthorityFault {
    #[error("no answer within {0:?}")]
    Late(Duration),
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    #[error("it answered with status {0}")]
    Http(u16),
    #[error("its answer is too long")]
    Long,
    #[error("its answer is not a timestamp answer")]
    Unreadable,
    #[error("it refused with status {0}{1}")]
    Refused(u8, String),
    #[error("{0}")]
    Token(#[from] TokenFault),
}

impl From<der::Error> for AuthorityFault {
    fn from(_malformed: der::Error) -> Self {
        Self::Unreadable
    }
}

impl From<reqwest::Error> for AuthorityFault {
    fn from(error: reqwest::Error) -> Self {
        // The address may hold a password. What lies below says most: "Connection refused".
        let error = error.without_url();
        let mut cause: &dyn std::error::Error = &error;
        while let Some(below) = cause.source() {
            cause = below;
        }
        Self::Unreachable(cause.to_string())
    }
}

/// The authorities that are asked, one after the other, and how long each may take.
pub(super) struct Authorities {
    urls: Vec<Url>,
    limit: Duration,
}

impl Authorities {
    pub(super) fn new(urls: Vec<Url>, limit: Duration) -> Self {
        Self { urls, limit }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.urls.is_empty()
    }

    /// Asks for a token about these bytes until one authority gives it.
    ///
    /// # Errors
    /// What was wrong with each.
    pub(super) async fn stamp(&self, bytes: &[u8]) -> Result<(Any, Token), String> {
        let mut reasons = Vec::new();
        for url in &self.urls {
            match self.ask(url, bytes).await {
                Ok(found) => return Ok(found),
                Err(fault) => reasons.push(format!("{}: {fault}", place(url))),
            }
        }
        Err(reasons.join("; "))
    }

    async fn ask(&self, url: &Url, bytes: &[u8]) -> Result<(Any, Token), AuthorityFault> {
        let nonce = Uint::new(&vault::random::<16>())?;
        let algorithm = AlgorithmIdentifierOwned { oid: rfc5912::ID_SHA_256, parameters: Some(Any::null()) };
        let imprint = Imprint { algorithm, hash: OctetString::new(Sha256::digest(bytes).to_vec())? };
        let question = Question { version: 1, imprint, nonce: nonce.clone(), certificate_wanted: true }.to_der()?;
        let answer = tokio::time::timeout(self.limit, fetch(url, question)).await;
        let answer = answer.map_err(|_elapsed| AuthorityFault::Late(self.limit))??;
        let token = token_of(&answer)?;
        let read = Token::read(&token, bytes)?;
        if read.nonce != Some(nonce) {
            return Err(TokenFault::OtherNonce.into());
        }
        Ok((token, read))
    }
}

/// How logs and people are told which authority: without what may be secret.
fn place(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}

async fn fetch(url: &Url, question: Vec<u8>) -> Result<Vec<u8>, AuthorityFault> {
    // One client for each question: connections belong to the thread that opened them, and questions are rare.
    let client = Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0).build()?;
    let question = client.post(url.clone()).header("Content-Type", "application/timestamp-query").body(question);
    let mut answer = question.send().await?;
    if answer.status().as_u16() != 200 {
        return Err(AuthorityFault::Http(answer.status().as_u16()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if LONGEST_ANSWER < bytes.len() + chunk.len() {
            return Err(AuthorityFault::Long);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The token in an answer that grants one (status 0, or 1 with changes).
fn token_of(answer: &[u8]) -> Result<Any, AuthorityFault> {
    let Answer { status, token } = Answer::from_der(answer)?;
    if 1 < status.granted {
        let told = status.text.unwrap_or_default().join(", ");
        let told = if told.is_empty() { told } else { format!(": {told}") };
        return Err(AuthorityFault::Refused(status.granted, told));
    }
    token.ok_or(AuthorityFault::Unreadable)
}
