//! The queries behind the most used pages, on SQLite and, with `TEST_DATABASE_URL`, on PostgreSQL.
//! `PORTDESK_BENCH_ROWS` says how many requests there are beside the demonstration's; 1,000 unless told otherwise.

#[path = "support/mod.rs"]
mod support;

use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime};
use portdesk::{
    demo,
    domain::stage::Stage,
    store::{
        self, Conn, StoreError,
        port_requests::{ListFilter, Order, Scope, Waiting},
        search,
    },
};
use support::Desk;

/// Rows of a page.
const PAGE: i64 = 25;

fn queries(bench: &mut Criterion) {
    for desk in support::desks() {
        run(bench, &desk);
    }
}

fn run(bench: &mut Criterion, desk: &Desk) {
    let mut group = bench.benchmark_group(&desk.name);
    let owner = desk.user("owner@demo.test");
    let account = owner.account_id.expect("an owner has an account");
    let all = filter(Scope::Account(account), &[], Order::Newest);
    list(&mut group, desk, "newest of an account", &all, 0);
    list(&mut group, desk, "newest of an account, page 20", &all, 19 * PAGE);
    list(&mut group, desk, "of one person", &filter(Scope::Submitter(owner.id), &[], Order::Newest), 0);
    let queue = filter(Scope::Desk, &[Stage::InReview], Order::LongestWaiting);
    list(&mut group, desk, "the desk's queue", &queue, 0);
    list(&mut group, desk, "everything at the desk", &filter(Scope::Desk, &[], Order::Newest), 0);
    for typed in ["branch", "branch 77", "212 200 0077", "front desk", "nothing like it"] {
        let terms = search::query_terms(typed);
        list(&mut group, desk, &format!("search for {typed}"), &ListFilter { terms, ..all.clone() }, 0);
    }
    one_request(&mut group, desk, account);
    group.finish();
}

fn filter(scope: Scope, stages: &[Stage], order: Order) -> ListFilter {
    ListFilter {
        scope,
        stages: stages.to_vec(),
        waiting: Waiting::ForAnybody,
        location: None,
        terms: Vec::new(),
        order,
    }
}

fn list(group: &mut BenchmarkGroup<'_, WallTime>, desk: &Desk, name: &str, filter: &ListFilter, offset: i64) {
    let page = |conn: &mut Conn| store::port_requests::list(conn, filter, offset, PAGE);
    group.bench_function(name, |run| {
        run.iter(|| desk.app.store.read_now(page).expect("the database answers"));
    });
}

/// What the page of one request reads.
fn one_request(group: &mut BenchmarkGroup<'_, WallTime>, desk: &Desk, account: i64) {
    let terms = search::query_terms(demo::MAIN_OFFICE);
    let by_name = ListFilter { terms, ..filter(Scope::Account(account), &[], Order::Newest) };
    let found = desk.app.store.read_now(|conn| store::port_requests::list(conn, &by_name, 0, 1));
    let (found, _) = found.expect("the database answers");
    let sid = found.first().map(|listed| listed.request.sid.clone()).expect("the demonstration has it");
    let read = |conn: &mut Conn| -> Result<usize, StoreError> {
        let request = store::port_requests::find(conn, &sid)?;
        store::submissions::newest(conn, request.id)?;
        let numbers = store::numbers::of_request(conn, request.id)?;
        let documents = store::documents::of_request(conn, request.id)?;
        let history = store::history::of_request(conn, request.id, true)?;
        Ok(numbers.len() + documents.len() + history.len())
    };
    group.bench_function("all of one request", |run| {
        run.iter(|| desk.app.store.read_now(read).expect("the database answers"));
    });
}

criterion_group!(benches, queries);
criterion_main!(benches);
