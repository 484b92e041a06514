//! How long a signer waits after pressing the button: the whole POST over HTTP on loopback, one client at a time, for a letter
//! with 10 numbers that is set, sealed, certified and stored. At most 150 ms at the 99th percentile on SQLite.
//!
//! Each letter is another one, made before the clock runs. The letter without a signature was not looked at as a PDF before,
//! so it is set here too. `PORTDESK_BENCH_LETTERS` says how many are signed; 500 unless told otherwise.

#[path = "support/ready.rs"]
mod ready;
#[path = "support/mod.rs"]
mod support;

use std::{
    net::TcpListener,
    sync::mpsc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use actix_web::{dev::ServerHandle, rt::System, web::Data};
use portdesk::{
    domain::people::Customer,
    web::{app::App, server},
};
use ready::Ready;
use support::Desk;
use ureq::Agent;

/// Letters that are signed before anything is measured.
const WARM: usize = 20;

fn main() {
    // `cargo test` runs benches once, to see that they work.
    let measures = std::env::args().any(|argument| argument == "--bench");
    let (warm, count) = if measures { (WARM, support::number("PORTDESK_BENCH_LETTERS", 500)) } else { (0, 1) };
    for desk in support::desks() {
        let mut times = sign(&desk, warm, count);
        times.sort_unstable();
        println!("signing, {}, {count} letters:", desk.name);
        for (name, share) in [("p50", 50), ("p99", 99), ("most", 100)] {
            println!("  {name:<5} {:>8.1} ms", at(&times, share).as_secs_f64() * 1_000.0);
        }
    }
}

/// The time that so many in a hundred do not exceed.
fn at(sorted: &[Duration], share: usize) -> Duration {
    let place = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().expect("something was measured")
}

/// Signs letters one after the other; gives how long each took but for the first ones.
fn sign(desk: &Desk, warm: usize, count: usize) -> Vec<Duration> {
    let customer = Customer::of(desk.user("owner@demo.test").person()).expect("the owner is a customer");
    let letters: Vec<Ready> = (0..warm + count).map(|serial| Ready::make(&desk.app, &customer, serial)).collect();
    let serving = Serving::start(&desk.app);
    let agent: Agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let times = letters.iter().map(|letter| press(&agent, &serving.base, letter)).skip(warm).collect();
    serving.stop();
    times
}

/// Presses the button of one letter and waits for the whole answer.
fn press(agent: &Agent, base: &str, letter: &Ready) -> Duration {
    let request = agent
        .post(format!("{base}{}/signature", letter.path))
        .header("Sec-Fetch-Site", "same-origin")
        .header("Cookie", &letter.cookie);
    let since = Instant::now();
    let mut answer = request.send_form(letter.form()).expect("the server answers");
    let body = answer.body_mut().read_to_string().expect("the answer is whole");
    let took = since.elapsed();
    let leads_to = answer.headers().get("location").and_then(|value| value.to_str().ok());
    assert_eq!((answer.status().as_u16(), leads_to), (303, Some(letter.path.as_str())), "{body}");
    took
}

/// A server on a free port.
struct Serving {
    base: String,
    handle: ServerHandle,
    thread: JoinHandle<()>,
}

impl Serving {
    fn start(app: &Data<App>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let base = format!("http://{}", listener.local_addr().expect("the listener has an address"));
        let (say, hear) = mpsc::channel();
        let app = app.clone();
        let thread = std::thread::spawn(move || {
            System::new().block_on(async move {
                let server = server::build(app.clone(), listener, 1).expect("the server builds");
                server::test_seal(app).await;
                say.send(server.handle()).expect("the bench waits for the server");
                server.await.expect("the server ends in order");
            });
        });
        Self { base, handle: hear.recv().expect("the server starts"), thread }
    }

    fn stop(self) {
        let stopping = self.handle.stop(false);
        System::new().block_on(stopping);
        self.thread.join().expect("the server ends in order");
    }
}
