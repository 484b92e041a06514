//! A new password, typed twice, as several pages ask for it.

use actix_web::web::Data;

use super::{app::App, error::WebResult, pairs::Pairs};
use crate::{
    domain::findings::Findings,
    services::passwords::{self, PasswordError},
    store::StoreError,
};

/// Checks the fields `password` and `again` and hashes, both on the blocking pool, because both are slow on purpose.
/// `about` holds words that must not carry the password: the person's name and address.
pub async fn chosen(app: &Data<App>, pairs: &Pairs, about: Vec<String>) -> WebResult<Result<String, PasswordError>> {
    let (password, again) = (pairs.get("password").to_owned(), pairs.get("again").to_owned());
    let memory = app.house.password_memory_kib;
    let work = move || {
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        passwords::check(&password, &again, &about)?;
        Ok(passwords::hash(&password, memory))
    };
    Ok(actix_web::web::block(work).await.map_err(|_stopped| StoreError::Stopped)?)
}

/// Notes what was wrong at the field that it is about.
pub fn note(findings: &mut Findings, error: &PasswordError) {
    let field = if *error == PasswordError::Different { "again" } else { "password" };
    findings.error(field, error);
}
