//! Before the manual form: whom it is for, what is needed, and how long it takes.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::address;
use crate::{
    domain::{loa::AgeLimits, manual::ManualPage},
    services::manual,
    vault::Token,
    web::{
        app::App,
        error::{WebError, WebResult},
        extract::Client,
        flash::see_other,
        frame::Frame,
        page::{self, Page as _},
        pairs::Pairs,
    },
};

/// The address of the first page.
pub const HERE: &str = "/manual-port-requests";
/// A secret of this many characters was not made up by a person.
const SECRET_LENGTH: usize = 43;

#[derive(Template)]
#[template(path = "manual/start.html")]
struct StartPage {
    frame: Frame,
    token: String,
    signed_in: bool,
    takes_toll_free: bool,
    /// For how many days a letter counts, and one with toll-free numbers.
    letter_days: (i64, i64),
}

/// GET /manual-port-requests
pub async fn show(app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let frame = page::frame(&app, &req);
    // Staff start no requests.
    let signed_in = page::person(&req).is_some_and(|person| !person.role.is_staff());
    StartPage {
        token: Token::new().reveal().to_owned(),
        signed_in,
        takes_toll_free: app.house.resp_org.is_some(),
        letter_days: (AgeLimits::of(false).longest(), AgeLimits::of(true).longest()),
        frame,
    }
    .ok()
}

/// POST /manual-port-requests
pub async fn begin(app: Data<App>, client: Client, pairs: Pairs) -> WebResult<HttpResponse> {
    let secret = match pairs.get("token") {
        token if is_secret(token) => Token::from_client(token),
        _ => Token::new(),
    };
    let (house, network, now, key) = (app.house.clone(), client.network(), app.clock.now(), secret.clone());
    app.store.write(move |conn| manual::start(conn, &house, &key, &network, now)).await?;
    Ok(see_other(&address(&secret, ManualPage::Details)))
}

/// The secret in an address; one that nobody can have been given leads nowhere.
pub fn secret(typed: &Path<String>) -> WebResult<Token> {
    if is_secret(typed) { Ok(Token::from_client(typed)) } else { Err(WebError::NotFound) }
}

/// Whether a text is written as the secrets of pages are.
fn is_secret(text: &str) -> bool {
    text.len() == SECRET_LENGTH && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
