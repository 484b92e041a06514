//! Pages as responses, and the frame around them.

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;

use super::{
    app::App,
    assets, cookies,
    error::WebResult,
    flash,
    frame::{Frame, NavItem, Viewer},
};
use crate::domain::people::{Person, Role};

/// A template that can be answered with.
pub trait Page: Template + Sized {
    /// The page with status 200.
    fn ok(self) -> WebResult<HttpResponse> {
        self.with_status(StatusCode::OK)
    }

    /// The page of a form that was wrong, with status 422.
    fn unprocessable(self) -> WebResult<HttpResponse> {
        self.with_status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The page with any status.
    fn with_status(self, status: StatusCode) -> WebResult<HttpResponse> {
        let html = self.render()?;
        Ok(HttpResponse::build(status).insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8")).body(html))
    }
}

impl<T: Template> Page for T {}

/// Tells when to come back, in seconds.
pub fn retry_after(mut response: HttpResponse, seconds: i64) -> HttpResponse {
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    response
}

/// Who is signed in.
pub fn person(req: &HttpRequest) -> Option<Person> {
    req.extensions().get::<Person>().cloned()
}

/// The frame of a page: who is signed in, where they can go, and what the last action did.
pub fn frame(app: &App, req: &HttpRequest) -> Frame {
    let person = person(req);
    let nav = person.as_ref().map(|person| nav(person.role, req.path())).unwrap_or_default();
    Frame {
        brand: app.house.brand.clone(),
        theme: person.as_ref().map_or_else(|| "system".to_owned(), |person| person.theme.clone()),
        viewer: person.map(|person| Viewer {
            name: person.name,
            email: person.email,
            role_label: person.role.label().to_owned(),
        }),
        nav,
        place: None,
        notice: flash::read(app, req),
        css: assets::address("desk.css"),
        brand_css: app.brand.css.clone(),
        logo: app.brand.logo.clone(),
        js: assets::address("desk.js"),
        icon: assets::address("desk.svg"),
        live: None,
        errors: false,
    }
}

/// Takes the notice's cookie away once a page has shown it.
pub fn clear_notice(app: &App, req: &HttpRequest, response: &mut HttpResponse) {
    if cookies::read(app, req, cookies::NOTICE).is_some() && response.status().is_success() {
        // A cookie that cannot be written only means that the notice is shown once more.
        if response.add_cookie(&cookies::removal(app, cookies::NOTICE)).is_err() {
            tracing::warn!("the notice's cookie could not be removed");
        }
    }
}

fn nav(role: Role, path: &str) -> Vec<NavItem> {
    let item = |href: &str, label: &str| {
        let below = path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        NavItem { href: href.to_owned(), label: label.to_owned(), current: below }
    };
    match role {
        Role::Owner | Role::Manager => {
            let mut numbers = item("/phone-numbers", "Phone numbers");
            numbers.current |= path.starts_with("/port-requests");
            vec![numbers, item("/locations", "Locations")]
        }
        Role::Reviewer => vec![queue(path), item("/desk/mail", "Mail")],
        Role::Admin => vec![
            queue(path),
            item("/desk/mail", "Mail"),
            item("/admin/accounts", "Accounts"),
            item("/admin/locations", "Locations"),
            item("/admin/users", "Users"),
            item("/admin/area-codes", "Area codes"),
        ],
        Role::Contact => Vec::new(),
    }
}

fn queue(path: &str) -> NavItem {
    let current = path.starts_with("/desk") && !path.starts_with("/desk/mail");
    NavItem { href: "/desk".to_owned(), label: "Queue".to_owned(), current }
}
