//! A letter on its way out as an RFC 5322 message.

use std::time::SystemTime;

use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};

use super::post::{self, NamedAddress, Outgoing, SendError};

/// Builds the message: plain and HTML as alternatives, with what is attached behind them, marked as written by a machine (RFC 3834) so that
/// out-of-office answers stay away.
pub(super) fn compose(outgoing: &Outgoing) -> Result<Message, SendError> {
    let auto_submitted =
        HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    Message::builder()
        .message_id(Some(bracketed(&outgoing.message_id)?))
        .date(SystemTime::from(outgoing.date))
        .from(ours(&outgoing.from)?)
        .reply_to(ours(&outgoing.reply_to)?)
        .to(reader(&outgoing.to)?)
        .subject(outgoing.subject.as_str())
        .raw_header(auto_submitted)
        .multipart(parts(outgoing)?)
        .map_err(|error| SendError::Permanent(not_put_together(&error)))
}

fn parts(outgoing: &Outgoing) -> Result<MultiPart, SendError> {
    let words = MultiPart::alternative_plain_html(outgoing.text.clone(), outgoing.html.clone());
    if outgoing.attachments.is_empty() {
        return Ok(words);
    }
    let mut whole = MultiPart::mixed().multipart(words);
    for attachment in &outgoing.attachments {
        whole = whole.singlepart(attached(attachment)?);
    }
    Ok(whole)
}

/// Base64 whatever the bytes are: as text, line ends would change on the way, and with them the hash.
fn attached(attachment: &post::Attachment) -> Result<SinglePart, SendError> {
    let pdf = ContentType::parse("application/pdf").map_err(|error| SendError::Permanent(not_put_together(&error)))?;
    let body = Body::new_with_encoding(attachment.bytes.clone(), ContentTransferEncoding::Base64)
        .map_err(|_unencoded| SendError::Permanent(not_put_together(&"an attachment is not bytes")))?;
    Ok(Attachment::new(attachment.name.clone()).body(body, pdf))
}

fn not_put_together(error: &impl std::fmt::Display) -> String {
    format!("The letter could not be put together: {error}.")
}

fn bracketed(id: &str) -> Result<String, SendError> {
    let plain = id.is_ascii() && !id.contains(|c: char| c.is_control() || c.is_whitespace() || "<>".contains(c));
    match id.split_once('@') {
        Some((left, right)) if plain && !left.is_empty() && !right.is_empty() => Ok(format!("<{id}>")),
        _ => Err(SendError::Permanent("The letter has no message id of the form left@right.".to_owned())),
    }
}

fn reader(address: &str) -> Result<Mailbox, SendError> {
    let address = address
        .parse()
        .map_err(|error| SendError::Permanent(format!("\"{address}\" is not a mail address: {error}.")))?;
    Ok(Mailbox::new(None, address))
}

/// One of our own addresses: a slip there is a setting to mend, and no reason to give up the letter.
fn ours(from: &NamedAddress) -> Result<Mailbox, SendError> {
    let address = from.address.parse().map_err(|error| {
        SendError::Temporary(format!("The desk's own address \"{}\" is not a mail address: {error}.", from.address))
    })?;
    let name = Some(from.name.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
    Ok(Mailbox::new(name, address))
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;
    use crate::mail::Subject;

    fn outgoing() -> Outgoing {
        Outgoing {
            message_id: "letter-7@desk.example".into(),
            to: "dana@example.com".into(),
            subject: Subject::new("Done: 3 numbers moved"),
            text: "It is done.".into(),
            html: "<p>It is done.</p>".into(),
            attachments: Vec::new(),
            from: NamedAddress { name: "Portdesk – Zürich, \"North\"".into(), address: "desk@desk.example".into() },
            reply_to: NamedAddress { name: String::new(), address: "help@desk.example".into() },
            date: Utc.with_ymd_and_hms(2026, 6, 9, 14, 5, 0).unwrap(),
        }
    }

    #[test]
    fn the_head_says_what_it_must() {
        let message = String::from_utf8(compose(&outgoing()).unwrap().formatted()).unwrap();
        for line in [
            "Message-ID: <letter-7@desk.example>\r\n",
            "Date: Tue, 09 Jun 2026 14:05:00 +0000\r\n",
            "Reply-To: help@desk.example\r\n",
            "To: dana@example.com\r\n",
            "Subject: Done: 3 numbers moved\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: multipart/alternative;",
        ] {
            assert!(message.contains(line), "{line:?} is missing in\n{message}");
        }
        assert!(!message.contains("List-Unsubscribe"));
        assert!(message.is_ascii(), "names and parts are encoded");
    }

    #[track_caller]
    fn check_refused(change: impl FnOnce(&mut Outgoing), temporary: bool) {
        let mut letter = outgoing();
        change(&mut letter);
        let error = compose(&letter).unwrap_err();
        assert_eq!(matches!(error, SendError::Temporary(_)), temporary, "{error}");
    }

    #[test]
    fn broken_heads_are_refused() {
        check_refused(|letter| letter.to = "nobody".into(), false);
        check_refused(|letter| letter.to = "a@example.com\r\nBcc: b@example.com".into(), false);
        check_refused(|letter| letter.message_id = "no-at-sign".into(), false);
        check_refused(|letter| letter.message_id = "a@b\r\nBcc: c@example.com".into(), false);
        check_refused(|letter| letter.from.address = "desk".into(), true);
        check_refused(|letter| letter.reply_to.address = String::new(), true);
    }
}
