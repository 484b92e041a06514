//! The accounts, locations and people of the demonstration.

use chrono::{Duration, NaiveDateTime};

use super::{
    DemoError, MAIN_LOCATION, OTHER_OWNER, SIGN_INS,
    sketch::{Asker, Office},
};
use crate::{
    domain::{
        acknowledgements::Acknowledgement,
        location_id::LocationId,
        people::{Admin, Customer, Reviewer, Role},
    },
    services::{self, house::House},
    store::{
        self, Conn, StoreError,
        locations::{Location, LocationFacts},
        users::{NewUser, User},
    },
};

/// The owner of the first account.
pub const OWNER: &str = "Dana Whitfield";

/// Everybody who acts, and where numbers go.
pub struct People {
    owner: Customer,
    manager: Customer,
    colleague: Customer,
    other: Customer,
    reviewers: [Reviewer; 2],
    locations: Vec<(Office, Location)>,
}

impl People {
    /// The person behind a role of the table.
    pub fn asker(&self, asker: Asker) -> &Customer {
        match asker {
            // A visitor is nobody of the table; the owner of the place stands for them.
            Asker::Owner | Asker::Visitor => &self.owner,
            Asker::Manager => &self.manager,
            Asker::Colleague => &self.colleague,
            Asker::Other => &self.other,
        }
    }

    /// The reviewer who has a request of the table.
    pub fn reviewer(&self, index: usize) -> &Reviewer {
        let [first, second] = &self.reviewers;
        if index % 3 == 2 { second } else { first }
    }

    /// The location of an office.
    pub fn location(&self, office: Office) -> Result<&Location, StoreError> {
        self.locations.iter().find(|(known, _)| *known == office).map(|(_, found)| found).ok_or(StoreError::NotFound)
    }
}

/// Makes accounts, locations, people and the porting terms, as of the moment when the desk was opened.
pub fn settle(conn: &mut Conn, house: &House, hash: &str, at: NaiveDateTime) -> Result<People, DemoError> {
    put_terms(conn, at)?;
    let [owner, manager, reviewer, admin] = SIGN_INS.map(|(email, _)| email);
    let mut desk = Settling { conn, house, hash, admin: None, at };
    desk.first_admin(admin)?;
    let reviewers = [
        staff(desk.person(None, reviewer, "Riley Chen", Role::Reviewer)?)?,
        staff(desk.person(None, "sam@demo.test", "Sam Okafor", Role::Reviewer)?)?,
    ];
    let home = store::accounts::add(desk.conn, "Harbor & Pine Office Services", at)?;
    let away = store::accounts::add(desk.conn, "Bluebird Property Group", at)?;
    let locations = desk.locations(home, away)?;
    let owner = customer(desk.person(Some(home), owner, OWNER, Role::Owner)?)?;
    let manager = customer(desk.person(Some(home), manager, "Marcus Bell", Role::Manager)?)?;
    let colleague = customer(desk.person(Some(home), "priya@demo.test", "Priya Natarajan", Role::Manager)?)?;
    let other = customer(desk.person(Some(away), OTHER_OWNER, "Nora Lindqvist", Role::Owner)?)?;
    // Somebody who reads times in a zone of their own, so that pages show both.
    let Customer { person, .. } = &manager;
    store::users::set_profile(desk.conn, person.id, &person.name, Some(Office::Denver.zone()), "system")?;
    desk.former(home)?;
    let people = People { owner, manager, colleague, other, reviewers, locations };
    for (office, member) in
        [(Office::NewYork, &people.manager), (Office::Denver, &people.manager), (Office::Seattle, &people.colleague)]
    {
        store::locations::add_member(conn, people.location(office)?, member.person.id)?;
    }
    Ok(people)
}

/// The texts that people agree to, unless the installation brings its own.
fn put_terms(conn: &mut Conn, at: NaiveDateTime) -> Result<(), StoreError> {
    if !store::acknowledgements::current_texts(conn, at)?.is_empty() {
        return Ok(());
    }
    for term in Acknowledgement::ALL {
        store::acknowledgements::add_text(conn, term.slug(), 1, term.default_text(), at)?;
    }
    Ok(())
}

struct Settling<'a> {
    conn: &'a mut Conn,
    house: &'a House,
    hash: &'a str,
    admin: Option<Admin>,
    at: NaiveDateTime,
}

impl Settling<'_> {
    fn admin(&self) -> Result<Admin, StoreError> {
        self.admin.clone().ok_or(StoreError::NotFound)
    }

    /// The first admin is invited by nobody.
    fn first_admin(&mut self, email: &str) -> Result<(), DemoError> {
        let new = NewUser { account_id: None, email, name: "Alex Morgan", role: Role::Admin };
        let id = store::users::add(self.conn, &new, self.at)?;
        store::users::set_password(self.conn, id, self.hash)?;
        self.admin = Admin::of(store::users::find(self.conn, id)?.person());
        Ok(())
    }

    /// Somebody who was invited and has chosen the password.
    fn person(&mut self, account_id: Option<i64>, email: &str, name: &str, role: Role) -> Result<User, DemoError> {
        let new = NewUser { account_id, email, name, role };
        let admin = self.admin()?;
        let id = services::invitations::invite(self.conn, self.house, &admin, &new, self.at)?;
        store::users::set_password(self.conn, id, self.hash)?;
        store::users::seen(self.conn, id, self.at + Duration::minutes(20))?;
        Ok(store::users::find(self.conn, id)?)
    }

    /// Somebody who has left.
    fn former(&mut self, account: i64) -> Result<(), DemoError> {
        let user = self.person(Some(account), "lena@demo.test", "Lena Fischer", Role::Manager)?;
        let admin = self.admin()?;
        services::people::set_active(self.conn, &admin, user.id, false, self.at)?;
        Ok(())
    }

    fn locations(&mut self, home: i64, away: i64) -> Result<Vec<(Office, Location)>, DemoError> {
        let offices = [
            (Office::NewYork, home, MAIN_LOCATION, "Main office, New York"),
            (Office::Denver, home, "HP-DENVER", "Denver"),
            (Office::Seattle, home, "HP-SEATTLE", "Seattle"),
            (Office::Austin, home, "HP-AUSTIN", "Austin"),
            (Office::Chicago, away, "BLUEBIRD-CHICAGO", "Bluebird, Chicago"),
        ];
        let mut made = Vec::new();
        for (office, account, id, name) in offices {
            made.push((office, self.location(account, id, name, office.zone(), "")?));
        }
        let reason = "The office closes soon, so no numbers are moved here any more";
        self.location(home, "HP-BOSTON", "Boston (closing)", "America/New_York", reason)?;
        Ok(made)
    }

    fn location(&mut self, account: i64, id: &str, name: &str, zone: &str, off: &str) -> Result<Location, DemoError> {
        let facts = LocationFacts {
            location_id: LocationId::parse(id).expect("the demonstration's Location IDs are made of letters and -"),
            name: name.to_owned(),
            time_zone: zone.to_owned(),
            porting_off_reason: off.to_owned(),
        };
        let admin = self.admin()?;
        let row = services::locations::add(self.conn, &admin, account, &facts, self.at)?;
        Ok(store::locations::find(self.conn, row)?)
    }
}

fn customer(user: User) -> Result<Customer, StoreError> {
    Customer::of(user.person()).ok_or(StoreError::NotFound)
}

fn staff(user: User) -> Result<Reviewer, StoreError> {
    Reviewer::of(user.person()).ok_or(StoreError::NotFound)
}
