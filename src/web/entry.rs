//! The way in: the cookie of a new session, and which people this browser has let in before.

use actix_web::{HttpRequest, HttpResponse, cookie::time::Duration, http::header};

use super::{
    app::App,
    cookies,
    error::{WebError, WebResult},
    flash,
    frame::Notice,
};
use crate::{
    services::sign_in::{Browser, MARK, mark},
    store::users::User,
    vault::Token,
};

/// How long a browser is remembered: browsers keep no cookie longer than 400 days.
const REMEMBERED: Duration = Duration::days(400);
/// How many people one browser remembers.
const MOST_PEOPLE: usize = 8;

/// The browser of a request, as seen from a user.
pub fn browser(app: &App, req: &HttpRequest, user: &User) -> Browser {
    let own = mark(&app.house, user.id);
    let agent = req.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Browser { known: marks(app, req).contains(&own) || user.last_seen_at.is_none(), device: device(agent) }
}

/// Redirects a person who has just proved who they are, with the cookie of their session.
pub fn enter(
    app: &App,
    req: &HttpRequest,
    (user, session): (&User, &Token),
    to: &str,
    notice: Option<&Notice>,
) -> WebResult<HttpResponse> {
    let mut response = match notice {
        Some(notice) => flash::see_other_with(app, to, notice)?,
        None => flash::see_other(to),
    };
    let mut known = marks(app, req);
    let own = mark(&app.house, user.id);
    known.retain(|mark| *mark != own);
    known.insert(0, own);
    known.truncate(MOST_PEOPLE);
    for cookie in [
        cookies::make(app, cookies::SESSION, session.reveal(), None),
        cookies::make(app, cookies::PEOPLE, &known.join("."), Some(REMEMBERED)),
    ] {
        response.add_cookie(&cookie).map_err(WebError::internal)?;
    }
    Ok(response)
}

/// The marks of those whom this browser let in before, or what somebody wrote into the cookie.
pub fn marks(app: &App, req: &HttpRequest) -> Vec<String> {
    let cookie = cookies::read(app, req, cookies::PEOPLE).unwrap_or_default();
    cookie.split('.').filter(|mark| mark.len() == MARK).take(MOST_PEOPLE).map(str::to_owned).collect()
}

/// What a browser calls itself, in words.
fn device(agent: &str) -> String {
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    // Nearly every browser also names those that came before it, so the order matters.
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "a browser that does not say its name".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(agent: &str, words: &str) {
        assert_eq!(device(agent), words);
    }

    #[test]
    fn browsers_are_told_in_words() {
        check("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Windows");
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge on Windows",
        );
        check(
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        );
        check("curl/8", "a browser that does not say its name");
    }
}
