//! What needs a database but no page: migrations, transactions, leases, sessions.

use chrono::Duration;
use diesel::{RunQueryDsl as _, sql_query};
use portdesk::{
    domain::stage::Stage,
    store::{self, StoreError, throttle::Limit},
};

use crate::harness::{
    desk::Desk,
    seed::{self, Seed},
};

#[test]
fn the_way_down_and_up_again_is_real() {
    let desk = Desk::open();
    desk.app.store.migrate_down_and_up().expect("every migration can be undone and run again");
    assert!(desk.read(store::accounts::all).is_empty());
}

#[test]
fn the_database_knows_the_stages_that_wait_for_an_account() {
    let desk = Desk::open();
    let sid = seed::draft(&desk, &desk.people.owner(), Seed::default());
    for stage in Stage::ALL {
        let code = stage.code();
        let needing = desk.write(|conn| {
            let moved = format!("UPDATE port_requests SET stage = '{code}', needs_letter = TRUE WHERE sid = '{sid}'");
            sql_query(moved).execute(conn)?;
            let found = format!("UPDATE port_requests SET stage = stage WHERE sid = '{sid}' AND needs_account");
            sql_query(found).execute(conn).map_err(StoreError::from)
        });
        assert_eq!(needing == 1, stage.may_need_requester(), "{code}");
    }
}

#[test]
fn a_failed_transaction_leaves_nothing() {
    let desk = Desk::open();
    let before = desk.read(store::accounts::all).len();
    let now = desk.now();
    let failed: Result<(), StoreError> = desk.app.store.write_now(|conn| {
        store::accounts::add(conn, "Never", now)?;
        Err(StoreError::Stale)
    });
    assert!(matches!(failed, Err(StoreError::Stale)));
    assert_eq!(desk.read(store::accounts::all).len(), before);
}

#[test]
fn many_writers_at_once_all_get_their_turn() {
    let desk = Desk::open();
    let before = desk.read(store::accounts::all).len();
    let now = desk.now();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let store = &desk.app.store;
            scope.spawn(move || {
                for turn in 0..25 {
                    let name = format!("{writer}-{turn}");
                    store
                        .write_now(|conn| {
                            store::accounts::all(conn)?;
                            store::accounts::add(conn, &name, now)
                        })
                        .expect("a writer waits for its turn instead of failing");
                }
            });
        }
    });
    assert_eq!(desk.read(store::accounts::all).len(), before + 200);
}

#[test]
fn tries_are_counted_for_as_long_as_the_limit_looks_back() {
    let desk = Desk::open();
    let limit = Limit { scope: "test", tries: 2, within: Duration::minutes(10) };
    let start = desk.now();
    let count = |after| {
        let at = start + Duration::minutes(after);
        desk.write(|conn| store::throttle::note_allowed(conn, limit, "who", at))
    };
    let first = count(0).expect("the first try is allowed");
    count(4).expect("the second try is allowed");
    assert_eq!(count(4), Err(6));
    desk.write(|conn| store::throttle::take_back(conn, first));
    count(5).expect("a try that was taken back does not count");
    assert_eq!(count(5), Err(9));
    count(15).expect("after ten minutes the first does not count any more");
    desk.write(|conn| store::throttle::forget(conn, "test", "who"));
    count(15).expect("all is forgotten");
}
