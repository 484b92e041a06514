//! Cookies: the session, a notice for the next page, and the token of a form that waits for sign-in.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

use super::app::App;
use crate::domain::loa_id::LoaId;

/// Name of the session's cookie without the prefix that TLS adds.
pub const SESSION: &str = "portdesk_session";
/// Name of the cookie that carries a notice to the next page.
pub const NOTICE: &str = "portdesk_notice";
/// Name of the cookie that remembers whom this browser has let in.
pub const PEOPLE: &str = "portdesk_people";
/// Name of the cookie that finds a parked form.
pub const PARKED: &str = "portdesk_parked";
/// What the names of cookies of signers begin with.
const SIGNING: &str = "portdesk_signing_";

/// Name of the cookie of a browser in which the link to this letter was opened.
pub fn signing(loa_id: &LoaId) -> String {
    format!("{SIGNING}{loa_id}")
}

/// The name as browsers see it: `__Host-` binds a cookie to this host and to TLS.
fn full_name(app: &App, name: &str) -> String {
    if app.secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// A cookie that lasts as long as the browser's session, or for some time.
pub fn make(app: &App, name: &str, value: &str, lasts: Option<Duration>) -> Cookie<'static> {
    let mut cookie = Cookie::build(full_name(app, name), value.to_owned())
        .path("/")
        .http_only(true)
        .secure(app.secure)
        .same_site(SameSite::Lax)
        .finish();
    if let Some(lasts) = lasts {
        cookie.set_max_age(lasts);
    }
    cookie
}

/// A cookie for the browser's session that no other site can make a browser send.
pub fn make_strict(app: &App, name: &str, value: &str) -> Cookie<'static> {
    let mut cookie = make(app, name, value, None);
    cookie.set_same_site(SameSite::Strict);
    cookie
}

/// A cookie that removes the one of this name.
pub fn removal(app: &App, name: &str) -> Cookie<'static> {
    let mut cookie = make(app, name, "", None);
    cookie.make_removal();
    cookie
}

/// The value of a cookie.
pub fn read(app: &App, req: &HttpRequest, name: &str) -> Option<String> {
    req.cookie(&full_name(app, name)).map(|cookie| cookie.value().to_owned())
}
