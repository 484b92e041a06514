//! Live status: what open pages are told.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    time::Duration,
};

use portdesk::{domain::stage::Stage, store::users::User, vault::Token};

use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

/// An open stream of events; reading fails the test when nothing comes for ten seconds.
struct Stream(BufReader<TcpStream>);

impl Stream {
    /// Opens the stream of a user and waits until the server has greeted.
    fn open(desk: &Desk, user: &User) -> Self {
        let token = Token::new();
        let now = desk.now();
        desk.write(|conn| portdesk::store::sessions::begin(conn, user, &token, now));
        let address = desk.base.trim_start_matches("http://");
        let mut socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let cookie = format!("portdesk_session={}", token.reveal());
        write!(socket, "GET /live HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n").unwrap();
        let mut stream = Self(BufReader::new(socket));
        stream.wait_for(": hello");
        stream
    }

    /// Reads until a line begins like this, and gives all that came.
    #[track_caller]
    fn wait_for(&mut self, beginning: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).expect("the server writes within the time");
            assert_ne!(read, 0, "the stream ended after {lines:?}");
            lines.push(line.trim_end().to_owned());
            if line.starts_with(beginning) {
                return lines;
            }
        }
    }
}

#[test]
fn a_change_is_told_to_everybody_whom_it_concerns_and_to_nobody_else() {
    let desk = Desk::open();
    let people = &desk.people;
    let managers = seed::sent_request(&desk, &people.manager(), Seed::default());
    let owners = seed::sent_request(&desk, &people.owner(), Seed::default());
    let mut owner = Stream::open(&desk, &people.owner);
    let mut manager = Stream::open(&desk, &people.manager);
    let mut foreign = Stream::open(&desk, &people.foreign_owner);

    seed::send_to_carrier(&desk, &owners);
    seed::send_to_carrier(&desk, &managers);
    // What is told last ends the reading; everything before it was told to this person, too.
    let managers_last = seed::draft(&desk, &people.manager(), Seed::default());
    let foreigns_last = seed::draft(&desk, &people.foreign_owner(), Seed::default());

    owner.wait_for(&format!("data: {owners}"));
    owner.wait_for(&format!("data: {managers_last}"));
    let told = manager.wait_for(&format!("data: {managers_last}"));
    assert!(told.contains(&format!("data: {managers}")), "{told:?}");
    assert!(!told.contains(&format!("data: {owners}")), "a manager hears of their own requests alone: {told:?}");
    let told = foreign.wait_for(&format!("data: {foreigns_last}"));
    for others in [owners, managers, managers_last] {
        assert!(!told.contains(&format!("data: {others}")), "nobody hears of another account: {told:?}");
    }
}

#[test]
fn the_parts_that_change_are_marked_on_both_pages() {
    let desk = Desk::open();
    let sid = seed::sent_request(&desk, &desk.people.owner(), Seed::default());
    let mut stream = Stream::open(&desk, &desk.people.owner);
    let browser = desk.owner();
    let before = browser.get(&format!("/port-requests/{sid}"));
    seed::send_to_carrier(&desk, &sid);
    stream.wait_for("event: change");
    let after = browser.get(&format!("/port-requests/{sid}"));
    for part in ["tag", "now", "progress", "numbers", "history", "ways"] {
        let mark = format!("data-live-part=\"{part}\"");
        assert!(before.body.contains(&mark) && after.body.contains(&mark), "{part}");
    }
    after.assert_has("Waiting for Verizon");
    let list = browser.get("/port-requests");
    for part in ["list", "rows", &format!("row-{sid}")] {
        assert!(list.body.contains(&format!("data-live-part=\"{part}\"")), "{part}");
    }
    assert_eq!(seed::request(&desk, &sid).stage, Stage::Submitted);
}
