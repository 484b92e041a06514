//! Who is there when a test begins.

use chrono::NaiveDateTime;
use portdesk::{
    domain::{
        location_id::LocationId,
        people::{Admin, Customer, Reviewer, Role},
    },
    store::{
        self, Conn, StoreError,
        locations::{Location, LocationFacts},
        users::{NewUser, User},
    },
    web::app::App,
};

/// The password of everybody in a test.
pub const PASSWORD: &str = "harbor lantern mosaic";

/// Who is there from the start: an account with a location, a second one that is foreign to it, and the desk.
pub struct People {
    pub account: i64,
    pub location: Location,
    pub owner: User,
    pub manager: User,
    pub foreign_account: i64,
    pub foreign_location: Location,
    pub foreign_owner: User,
    pub reviewer: User,
    pub admin: User,
}

impl People {
    pub fn owner(&self) -> Customer {
        Customer::of(self.owner.person()).expect("the owner is a customer")
    }

    pub fn manager(&self) -> Customer {
        Customer::of(self.manager.person()).expect("the manager is a customer")
    }

    pub fn foreign_owner(&self) -> Customer {
        Customer::of(self.foreign_owner.person()).expect("the foreign owner is a customer")
    }

    pub fn reviewer(&self) -> Reviewer {
        Reviewer::of(self.reviewer.person()).expect("the reviewer is staff")
    }

    pub fn admin(&self) -> Admin {
        Admin::of(self.admin.person()).expect("the admin is one")
    }

    /// Makes them.
    pub fn populate(app: &App) -> Self {
        let now = app.clock.now();
        let hash = portdesk::services::passwords::hash(PASSWORD, 64);
        let made = app.store.write_now(|conn| {
            let account = store::accounts::add(conn, "Northgate Dental Group", now)?;
            let foreign_account = store::accounts::add(conn, "Harbor Motors", now)?;
            let user = |conn: &mut Conn, account_id, email, name, role| {
                let id = store::users::add(conn, &NewUser { account_id, email, name, role }, now)?;
                store::users::set_password(conn, id, &hash)?;
                store::users::find(conn, id)
            };
            let location = add_location(conn, account, "NORTHGATE", "Northgate Dental", now)?;
            let foreign_location = add_location(conn, foreign_account, "HARBOR", "Harbor Motors", now)?;
            let owner = user(conn, Some(account), "owner@example.com", "Olive Owner", Role::Owner)?;
            let manager = user(conn, Some(account), "manager@example.com", "Max Manager", Role::Manager)?;
            store::locations::add_member(conn, &location, manager.id)?;
            let foreign_owner = user(conn, Some(foreign_account), "foreign@example.com", "Fay Foreign", Role::Owner)?;
            let reviewer = user(conn, None, "reviewer@example.com", "Rae Reviewer", Role::Reviewer)?;
            let admin = user(conn, None, "admin@example.com", "Ada Admin", Role::Admin)?;
            Ok::<_, StoreError>(Self {
                account,
                location,
                owner,
                manager,
                foreign_account,
                foreign_location,
                foreign_owner,
                reviewer,
                admin,
            })
        });
        made.expect("the people of a test can be made")
    }
}

fn add_location(
    conn: &mut Conn,
    account: i64,
    id: &str,
    name: &str,
    now: NaiveDateTime,
) -> Result<Location, StoreError> {
    let facts = LocationFacts {
        location_id: LocationId::parse(id).expect("tests use good ids"),
        name: name.to_owned(),
        time_zone: "America/New_York".to_owned(),
        porting_off_reason: String::new(),
    };
    let id = store::locations::add(conn, account, &facts, now)?;
    store::locations::find(conn, id)
}
