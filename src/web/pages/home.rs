//! The start page of each role.

use actix_web::HttpResponse;

use crate::{
    domain::people::{Person, Role},
    web::{extract::SignedIn, flash::see_other},
};

/// GET /
pub async fn show(who: SignedIn) -> HttpResponse {
    see_other(path_of(&who.person))
}

/// Where a person lands after signing in.
pub fn path_of(person: &Person) -> &'static str {
    match person.role {
        Role::Owner | Role::Manager | Role::Contact => "/port-requests",
        Role::Reviewer | Role::Admin => "/desk",
    }
}
