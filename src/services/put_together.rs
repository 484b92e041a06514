//! A stored letter made ready to leave: with its private link or code, which rest in no table, and its attachments.

use chrono::NaiveDateTime;

use super::{
    deliver_mail::{Sender, Sources},
    loa::codes,
    manual,
};
use crate::{
    domain::loa::{LoaMode, LoaState, SigningCode},
    files::{DocumentKey, Files, FilesError},
    mail::{Attachment, Letter, LetterKind, Outgoing, SignerSecret, Subject, post::fits_into_a_letter},
    store::{
        self, StoreError,
        contact_links::ContactLink,
        links::LinkPurpose,
        loa_files::{LoaFile, LoaFileKind},
        loas::Loa,
        outbox::QueuedLetter,
    },
    vault::{self, Token},
};

/// Why a letter was not made ready.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsent {
    /// It asks for a signature that nobody waits for any more.
    #[error("nobody waits for this letter any more")]
    Moot,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("An attachment cannot be read: {0}")]
    Files(#[from] FilesError),
}

/// Makes a letter ready for this try.
pub(super) async fn put_together(
    sources: Sources<'_>,
    sender: &Sender,
    queued: QueuedLetter,
    now: NaiveDateTime,
) -> Result<Outgoing, Unsent> {
    let domain = sender.from.address.rsplit('@').next().unwrap_or("localhost");
    let message_id = format!("{}@{domain}", queued.message_id);
    let letter = Letter {
        kind: LetterKind::from_code(&queued.kind).ok_or_else(|| StoreError::Corrupt(queued.kind.clone()))?,
        to: queued.to_address,
        subject: Subject::new(&queued.subject),
        text: queued.body_text,
        html: queued.body_html,
    };
    let purpose = queued.link_purpose.as_deref().and_then(LinkPurpose::from_code);
    let contact_link = queued.link_purpose.as_deref().and_then(ContactLink::from_code);
    let (letter, attachments) = match (queued.loa, purpose) {
        (Some(loa), _) => {
            let loa = sources.store.read(move |conn| store::loas::get(conn, loa)).await?;
            let files = if queued.with_loa { attachments(sources, &loa).await? } else { Vec::new() };
            (with_secret_of(sources, letter, loa, queued.loa_session, now).await?, files)
        }
        (None, Some(purpose)) => (with_link(sources, letter, purpose, queued.user_id, now).await?, Vec::new()),
        (None, None) => match contact_link {
            Some(link) => {
                let about = (queued.manual_draft, queued.port_request_id);
                (with_contact_link(sources, letter, link, about, now).await?, Vec::new())
            }
            None => (letter, Vec::new()),
        },
    };
    Ok(Outgoing {
        message_id,
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        attachments,
        from: sender.from.clone(),
        reply_to: sender.reply_to.clone(),
        date: now.and_utc(),
    })
}

/// Makes the token of a letter that carries a private link: no usable token rests in the table.
async fn with_link(
    sources: Sources<'_>,
    letter: Letter,
    purpose: LinkPurpose,
    user: Option<i64>,
    now: NaiveDateTime,
) -> Result<Letter, Unsent> {
    // Without a person there is no link, and the mark in its place is nothing to read.
    let user = user.ok_or_else(|| StoreError::Corrupt("its private link is for nobody".to_owned()))?;
    let token = Token::new();
    let url = format!("{}{}{}", sources.house.base_url, purpose.path(), token.reveal());
    sources.store.write(move |conn| store::links::add(conn, purpose, Some(user), &token, now)).await?;
    Ok(letter.with_private_link(&url))
}

/// Makes the link of somebody without an account: to confirm the mailbox of a manual draft, or to the status of a request.
async fn with_contact_link(
    sources: Sources<'_>,
    letter: Letter,
    link: ContactLink,
    (draft, request): (Option<i64>, Option<i64>),
    now: NaiveDateTime,
) -> Result<Letter, Unsent> {
    let token = Token::new();
    let url = format!("{}{}{}", sources.house.base_url, link.path(), token.reveal());
    let house = sources.house.clone();
    let to = letter.to.clone();
    let add = move |conn: &mut store::Conn| match link {
        ContactLink::Confirmation => {
            // It was given up or confirmed while the mail server was away.
            let Some(draft) = draft else { return Ok(false) };
            if !manual::waits_for_mailbox(conn, &house, draft, &to)? {
                return Ok(false);
            }
            let mailbox = store::contact_links::mailbox(&house.vault, &to);
            store::contact_links::add_confirmation(conn, draft, &token, &mailbox, now).map(|()| true)
        }
        ContactLink::Status => {
            let request =
                request.ok_or_else(|| StoreError::Corrupt("its private link is for no request".to_owned()))?;
            store::contact_links::add_status(conn, request, &token, now).map(|()| true)
        }
    };
    if sources.store.write(add).await? { Ok(letter.with_private_link(&url)) } else { Err(Unsent::Moot) }
}

/// Makes the signer's link or code, if the letter waits for one: a new one for every try.
async fn with_secret_of(
    sources: Sources<'_>,
    letter: Letter,
    loa: Loa,
    session: Option<i64>,
    now: NaiveDateTime,
) -> Result<Letter, Unsent> {
    let Some(secret) = letter.kind.signer_secret() else { return Ok(letter) };
    // It was signed or withdrawn while the mail server was away. Whoever signed gets at the copies by a code, too.
    let opens = match secret {
        SignerSecret::Link => loa.state == LoaState::Pending && loa.mode == LoaMode::Remote,
        SignerSecret::Code => matches!(loa.state, LoaState::Pending | LoaState::Signed | LoaState::Sealed),
    };
    if !opens {
        return Err(Unsent::Moot);
    }
    match secret {
        SignerSecret::Link => {
            let token = Token::new();
            let url = format!("{}/sign/{}", sources.house.base_url, token.reveal());
            let reason = letter.kind.code();
            sources.store.write(move |conn| store::loa_links::add(conn, &loa, &token, reason, now)).await?;
            Ok(letter.with_private_link(&url))
        }
        SignerSecret::Code => {
            let session = session.ok_or_else(|| StoreError::Corrupt("its code is for no browser".to_owned()))?;
            let code = SigningCode::from_random(vault::random());
            let hash = codes::hash(sources.house, session, &code);
            let account = loa.account_id;
            sources.store.write(move |conn| store::loa_codes::add(conn, account, session, &hash, now)).await?;
            Ok(letter.with_private_code(&in_two_groups(code.reveal())))
        }
    }
}

/// "482 913", as people read digits aloud.
fn in_two_groups(code: &str) -> String {
    code.split_at_checked(3).map_or_else(|| code.to_owned(), |(first, second)| format!("{first} {second}"))
}

/// The signed letter and its certificate; nothing where they are too large together, which the letter then says.
async fn attachments(sources: Sources<'_>, loa: &Loa) -> Result<Vec<Attachment>, Unsent> {
    let id = loa.id;
    let find = move |conn: &mut store::Conn| {
        let signed = store::loa_files::find(conn, id, LoaFileKind::Signed)?;
        let certificate = store::loa_files::find(conn, id, LoaFileKind::Certificate)?;
        Ok::<_, StoreError>((signed, certificate))
    };
    let (signed, certificate) = sources.store.read(find).await?;
    let sizes = [&signed, &certificate].map(|file| u64::try_from(file.size).unwrap_or(u64::MAX));
    if !fits_into_a_letter(sizes) {
        return Ok(Vec::new());
    }
    let attachment = async |file: &LoaFile| {
        Ok::<_, Unsent>(Attachment {
            name: file.download_name(&loa.loa_id),
            bytes: bytes_of(sources.files, file).await?,
        })
    };
    Ok(vec![attachment(&signed).await?, attachment(&certificate).await?])
}

async fn bytes_of(files: &Files, file: &LoaFile) -> Result<Vec<u8>, Unsent> {
    let unreadable = || StoreError::Corrupt("the place of an attachment".to_owned());
    let key = DocumentKey::from_stored(&file.object_key).ok_or_else(unreadable)?;
    Ok(files.read_whole(&key).await?.to_vec())
}
