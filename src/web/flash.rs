//! A notice that the next page shows once: it travels in a cookie that only we can write.

use actix_web::{HttpRequest, HttpResponse, cookie::time::Duration, http::header};
use data_encoding::BASE64URL_NOPAD;

use super::{
    app::App,
    cookies,
    error::{WebError, WebResult},
    frame::Notice,
};

/// Redirects after a POST.
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// Redirects after a POST, with a notice for the next page.
pub fn see_other_with(app: &App, to: &str, notice: &Notice) -> WebResult<HttpResponse> {
    let mut response = see_other(to);
    let undo = notice.undo.as_deref().unwrap_or_default();
    let of = |link: &Option<(String, String)>| link.clone().unwrap_or_default();
    let ((href, label), (about, name)) = (of(&notice.link), of(&notice.about));
    let lines = format!("{}\n{}\n{undo}\n{href}\n{label}\n{about}\n{name}", notice.kind, notice.text);
    let text = BASE64URL_NOPAD.encode(lines.as_bytes());
    let signed = format!("{text}.{}", app.house.vault.keyed_hash(cookies::NOTICE, &text));
    response
        .add_cookie(&cookies::make(app, cookies::NOTICE, &signed, Some(Duration::minutes(5))))
        .map_err(WebError::internal)?;
    Ok(response)
}

/// The notice that the last page left, if it is ours.
pub fn read(app: &App, req: &HttpRequest) -> Option<Notice> {
    let cookie = cookies::read(app, req, cookies::NOTICE)?;
    let (text, hash) = cookie.split_once('.')?;
    if app.house.vault.keyed_hash(cookies::NOTICE, text) != hash {
        return None;
    }
    let plain = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
    let mut lines = plain.splitn(7, '\n').map(str::to_owned);
    let (kind, text, undo) = (lines.next()?, lines.next()?, lines.next()?);
    let link = lines.next().zip(lines.next()).filter(|(href, _)| !href.is_empty());
    let about = lines.next().zip(lines.next()).filter(|(href, _)| !href.is_empty());
    Some(Notice { kind, text, undo: Some(undo).filter(|undo| !undo.is_empty()), link, about })
}
