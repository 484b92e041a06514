//! Whole pages, from the request to the last byte of HTML, without a network: guard, session, queries, template.

#[path = "support/mod.rs"]
mod support;

use actix_web::{
    App,
    http::StatusCode,
    middleware::from_fn,
    rt::System,
    test::{TestRequest, call_service, init_service, read_body},
};
use criterion::{Criterion, criterion_group, criterion_main};
use portdesk::{
    demo,
    domain::request_sid::RequestSid,
    store::{
        self,
        port_requests::{ListFilter, Order, Scope, Waiting},
        search,
        users::User,
    },
    vault::Token,
    web::{guard, routes},
};
use support::Desk;

fn pages(bench: &mut Criterion) {
    for desk in support::desks() {
        run(bench, &desk);
    }
}

fn run(bench: &mut Criterion, desk: &Desk) {
    let mut group = bench.benchmark_group(&desk.name);
    let [owner, reviewer] = ["owner@demo.test", "reviewer@demo.test"].map(|email| cookie(desk, &desk.user(email)));
    let sid = sid_of(desk, demo::MAIN_OFFICE);
    let system = System::new();
    let service = system.block_on(init_service(
        App::new().app_data(desk.app.clone()).wrap(from_fn(guard::around)).configure(routes::mount),
    ));
    let addresses = [
        ("sign-in page", "/sign-in".to_owned(), ""),
        ("list of 25 requests", "/port-requests".to_owned(), owner.as_str()),
        ("one request", format!("/port-requests/{sid}"), owner.as_str()),
        ("the desk's queue", "/desk".to_owned(), reviewer.as_str()),
        ("one request at the desk", format!("/desk/port-requests/{sid}"), reviewer.as_str()),
    ];
    for (name, address, cookie) in &addresses {
        group.bench_function(*name, |run| {
            run.iter(|| {
                system.block_on(async {
                    let request = TestRequest::get().uri(address).insert_header(("cookie", *cookie)).to_request();
                    let response = call_service(&service, request).await;
                    assert_eq!(response.status(), StatusCode::OK, "{address}");
                    read_body(response).await
                })
            });
        });
    }
}

/// The cookie of a fresh session.
fn cookie(desk: &Desk, user: &User) -> String {
    let (token, now) = (Token::new(), desk.app.clock.now());
    let begun = desk.app.store.write_now(|conn| store::sessions::begin(conn, user, &token, now));
    begun.expect("a session can begin");
    format!("portdesk_session={}", token.reveal())
}

fn sid_of(desk: &Desk, name: &str) -> RequestSid {
    let filter = ListFilter {
        scope: Scope::Desk,
        stages: Vec::new(),
        waiting: Waiting::ForAnybody,
        location: None,
        terms: search::query_terms(name),
        order: Order::Newest,
    };
    let found = desk.app.store.read_now(|conn| store::port_requests::list(conn, &filter, 0, 1));
    let (found, _) = found.expect("the database answers");
    found.first().map(|listed| listed.request.sid.clone()).expect("the demonstration has it")
}

criterion_group!(benches, pages);
criterion_main!(benches);
