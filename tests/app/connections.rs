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
    socket.into()
}

/// Whether a question is answered on a connection, which stays open.
fn is_answered(connection: &mut TcpStream) -> bool {
    let asked = connection.write_all(b"GET /healthz HTTP/1.1\r\nHost: desk\r\n\r\n");
    let mut first = [0];
    asked.is_ok() && connection.read(&mut first).is_ok_and(|read| read == 1)
}

#[test]
fn one_client_holds_so_many_connections_and_others_come_in() {
    let desk = Desk::open();
    let mut held: Vec<TcpStream> = (0..300).map(|_| connect(&desk, [127, 0, 0, 9])).collect();
    let answered = held.iter_mut().map(is_answered).filter(|answered| *answered).count();
    assert_eq!(answered, 256);
    assert!(is_answered(&mut connect(&desk, [127, 0, 0, 10])), "somebody else");
}
