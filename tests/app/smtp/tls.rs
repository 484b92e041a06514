//! STARTTLS and implicit TLS with a private authority.

use std::path::Path;

use portdesk::mail::Post;

use super::authority::Authority;
use super::server::Server;
use super::{Sender, assert_temporary};

fn sender(url: &str, ca_file: Option<&Path>) -> Sender {
    Sender::new(Post::from_config(Some(url), ca_file, Path::new("unused")).unwrap())
}

#[test]
fn starttls_protects_the_letter_and_the_password() {
    let authority = Authority::for_server("IP:127.0.0.1");
    let server = Server::with_tls_and_sign_in("starttls", &authority, "desk@example.com:a+b&c");
    let url = format!("smtp://desk%40example.com:a+b&c@127.0.0.1:{}?tls=required", server.port);

    let sender = sender(&url, Some(&authority.ca_file()));
    sender.send("one").unwrap();
    sender.send("two").unwrap();

    for eml in server.received() {
        assert!(eml.starts_with("X-Tls: yes\r\nX-Signed-In: yes\r\n"), "{eml}");
    }
    assert_eq!(server.received().len(), 2);
}

#[test]
fn implicit_tls_protects_the_letter() {
    let authority = Authority::for_server("DNS:localhost");
    let server = Server::with_tls("implicit", &authority);
    let url = format!("smtps://localhost:{}", server.port);

    sender(&url, Some(&authority.ca_file())).send("one").unwrap();

    assert!(server.received()[0].starts_with("X-Tls: yes"));
}

#[test]
fn opportunistic_tls_is_used_where_offered() {
    let authority = Authority::for_server("IP:127.0.0.1");
    let offers = Server::with_tls("starttls", &authority);
    let plain = Server::plain();
    for (server, tls) in [(offers, "X-Tls: yes"), (plain, "X-Tls: no")] {
        let url = format!("smtp://127.0.0.1:{}?tls=opportunistic", server.port);
        sender(&url, Some(&authority.ca_file())).send("one").unwrap();
        assert!(server.received()[0].starts_with(tls), "{tls}");
    }
}

#[test]
fn required_tls_sends_nothing_to_a_server_without_it() {
    let server = Server::plain();
    let url = format!("smtp://127.0.0.1:{}?tls=required", server.port);
    assert_temporary(sender(&url, None).send("one"), "STARTTLS is not supported");
    assert!(server.received().is_empty());
}

#[test]
fn a_server_of_an_unknown_authority_gets_nothing() {
    let authority = Authority::for_server("IP:127.0.0.1");
    let stranger = Authority::for_server("IP:127.0.0.1");
    let server = Server::with_tls("implicit", &authority);
    let url = format!("smtps://127.0.0.1:{}", server.port);
    assert_temporary(sender(&url, Some(&stranger.ca_file())).send("one"), "is not ready");
    assert_temporary(sender(&url, None).send("one"), "is not ready");
    assert!(server.received().is_empty());
}

#[test]
fn a_certificate_for_another_name_gets_nothing() {
    let authority = Authority::for_server("DNS:elsewhere.example");
    let server = Server::with_tls("starttls", &authority);
    let url = format!("smtp://127.0.0.1:{}?tls=required", server.port);
    assert_temporary(sender(&url, Some(&authority.ca_file())).send("one"), "is not ready");
    assert!(server.received().is_empty());
}
