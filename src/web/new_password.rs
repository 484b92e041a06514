//! A new password, typed twice, as several pages ask for it.

use super::{
    app::App,
    error::{WebError, WebResult},
    pairs::Pairs,
};
use crate::{
    domain::findings::Findings,
    services::passwords::{self, PasswordError},
};

/// Checks the fields `password` and `again`, and notes everything that is wrong at the field that it is about. Gives
/// the password when nothing is. `about` holds words that must not carry it: the person's name and address.
pub async fn checked(
    app: &App,
    pairs: &Pairs,
    about: Vec<String>,
    findings: &mut Findings,
) -> WebResult<Option<String>> {
    let (password, again) = (pairs.get("password").to_owned(), pairs.get("again").to_owned());
    let work = move || {
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        passwords::check(&password, &again, &about).map(|()| password)
    };
    match app.hashers.run(work).await? {
        Ok(password) => Ok(Some(password)),
        Err(wrong) => {
            for error in wrong {
                let field = if error == PasswordError::Different { "again" } else { "password" };
                findings.error(field, error);
            }
            Ok(None)
        }
    }
}

/// The hash of a password, once nothing else stands against it: this is the costly part.
pub async fn hash(app: &App, password: String) -> WebResult<String> {
    let memory = app.house.password_memory_kib;
    app.hashers.run(move || passwords::hash(&password, memory)).await.map_err(WebError::from)
}
