//! The first run without a mail server: letters are files.

use chrono::{TimeZone, Utc};
use portdesk::mail::{MemoryPost, NamedAddress, Outgoing, Post};

use super::seed::{REQUEST, letter};
use portdesk::mail::LetterKind;

fn outgoing() -> Outgoing {
    let letter = letter(LetterKind::FocConfirmed, REQUEST);
    Outgoing {
        message_id: "letter-7/../x@desk.example".into(),
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        attachments: Vec::new(),
        from: NamedAddress { name: "Portdesk".into(), address: "desk@portdesk.example".into() },
        reply_to: NamedAddress { name: String::new(), address: "help@portdesk.example".into() },
        date: Utc.with_ymd_and_hms(2026, 6, 3, 14, 5, 0).unwrap(),
    }
}

fn send(post: &Post) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(post.send(&outgoing())).unwrap();
}

#[test]
fn a_letter_becomes_one_file_in_the_folder() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("mail");

    send(&Post::from_config(None, None, &folder).unwrap());

    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(files[0].file_name(), "20260603T140500Z-letter-7_.._x@desk.example.eml");
    let eml = std::fs::read_to_string(files[0].path()).unwrap();
    assert!(eml.contains("Auto-Submitted: auto-generated"), "{eml}");
}

#[test]
fn a_letter_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    send(&Post::from_config(None, None, folder.path()).unwrap());
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "it may hold a private link");
}

#[test]
fn a_folder_that_can_not_be_written_is_told() {
    let data = tempfile::tempdir().unwrap();
    let in_the_way = data.path().join("mail");
    std::fs::write(&in_the_way, "a file").unwrap();
    let post = Post::from_config(None, None, &in_the_way).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(post.send(&outgoing())).unwrap_err();
    assert!(error.to_string().starts_with("The mail folder can't be written"), "{error}");
}

#[test]
fn memory_keeps_letters_in_order() {
    let memory = MemoryPost::default();
    send(&Post::Memory(memory.clone()));
    assert_eq!(memory.letters(), [outgoing()]);
    assert_eq!(memory.take().len(), 1);
    assert!(memory.letters().is_empty());
}
