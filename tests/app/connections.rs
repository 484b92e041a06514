//! One client does not hold the whole door.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
};

use crate::harness::desk::Desk;

/// Connects from one of this machine's addresses.
fn connect(desk: &Desk, from: [u8; 4]) -> TcpStream {
    let to: SocketAddr = desk.base.strip_prefix("http://").and_then(|to| to.parse().ok()).expect("an address");
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from((from, 0)).into()).expect("an address of this machine");
    socket.connect(&to.into()).expect("the server listens");

    socket.set_read_timeout(Some(std::time::Duration::from_secs(20))).expect("a timeout");
    socket.into()
}

/// The answer to a question on a connection, as much of it as comes at once; nothing where the connection has ended.
fn ask(connection: &mut TcpStream, cookie: &str) -> String {
    let question = format!("GET /profile HTTP/1.1\r\nHost: desk\r\nCookie: {cookie}\r\n\r\n");
    let mut answer = [0; 16 * 1024];
    match connection.write_all(question.as_bytes()).and_then(|()| connection.read(&mut answer)) {
        Ok(read) => String::from_utf8_lossy(&answer[..read]).to_lowercase(),
        Err(_) => String::new(),
    }
}

/// What still comes on a connection, to its end.
fn rest(connection: &mut TcpStream) -> std::io::Result<usize> {
    connection.read_to_end(&mut Vec::new())
}

/// The cookie of somebody who is signed in.
fn signed_in(desk: &Desk) -> String {
    let value = desk.reviewer().cookie("portdesk_session").expect("a reviewer has a session");
    format!("portdesk_session={value}")
}

#[test]
fn one_client_holds_so_many_connections_and_others_come_in() {
    let desk = Desk::open();
    let cookie = signed_in(&desk);
    let mut held: Vec<TcpStream> = (0..300).map(|_| connect(&desk, [127, 0, 0, 9])).collect();
    let answered = held.iter_mut().map(|it| ask(it, &cookie)).filter(|answer| answer.contains("200 ok")).count();
    assert_eq!(answered, 256);
    assert!(ask(&mut connect(&desk, [127, 0, 0, 10]), "").contains("303 see other"), "somebody else");
}

#[test]
fn a_stranger_asks_once_on_a_connection_and_whoever_is_signed_in_again() {
    let desk = Desk::open();
    let mut stranger = connect(&desk, [127, 0, 0, 9]);
    assert!(ask(&mut stranger, "").contains("connection: close"));
    assert!(rest(&mut stranger).is_ok(), "it ends, and half a second head is waited for by nobody");
    let (mut known, cookie) = (connect(&desk, [127, 0, 0, 9]), signed_in(&desk));
    for _ in 0..2 {
        let answer = ask(&mut known, &cookie);
        assert!(answer.contains("200 ok") && !answer.contains("connection: close"), "{answer}");
    }
}

#[test]
fn a_body_without_end_is_not_waited_for() {
    let desk = Desk::open();
    let head = |path: &str, method: &str| {
        let kind = "Content-Type: application/x-www-form-urlencoded";
        format!("{method} {path} HTTP/1.1\r\nHost: desk\r\n{kind}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")
    };
    for (path, method) in [("/healthz", "GET"), ("/help", "GET"), ("/nothing", "POST")] {
        let mut connection = connect(&desk, [127, 0, 0, 9]);
        connection.write_all(head(path, method).as_bytes()).expect("it is open");
        assert!(rest(&mut connection).is_ok(), "{method} {path} is answered, and the connection ends");
    }
}
