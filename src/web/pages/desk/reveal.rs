//! Looking at the account number and PINs of a request: for one response, by somebody who has just given their password.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::Path,
};

use super::{place::Place, port_request, visit::Visit};
use crate::{
    domain::{findings::Findings, request_sid::RequestSid},
    services::{
        review::{self, Revealed},
        sign_in::{self, Asker, SignInError},
    },
    store::{Conn, sessions::Session},
    web::{
        error::{WebError, WebResult},
        extract::SignedIn,
        page::Page as _,
        pages::sign_in::{Refused as Unproved, prove},
        pairs::Pairs,
    },
};

/// POST /desk/port-requests/{sid}/reveal
pub async fn save(at: Visit, who: SignedIn, sid: Path<String>, pairs: Pairs) -> WebResult<HttpResponse> {
    let known = RequestSid::parse(&sid).ok_or(WebError::NotFound)?;
    // Whatever the password is: a request that the desk does not have is not found.
    let evidence = port_request::load(&at, &sid).await?;
    let place = Place::of(&pairs);
    match look(&at, who.session, &known, pairs.get("password")).await {
        Ok(revealed) => {
            let evidence = port_request::load(&at, &sid).await?;
            let mut page = port_request::draw(&at, place, pairs.get("doc"), evidence, Some(&revealed));
            // This response is the only one with the secrets: it must not be replaced or kept.
            page.frame.live = None;
            let mut response = page.ok()?;
            response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
            Ok(response)
        }
        Err(Refused::Error(error)) => Err(error),
        Err(Refused::Asked(told, status)) => {
            let mut findings = Findings::default();
            findings.error("password", told);
            port_request::draw(&at, place, pairs.get("doc"), evidence, None).refused(findings).with_status(status)
        }
    }
}

/// Why nothing is shown.
enum Refused {
    /// The password is asked for, with this sentence.
    Asked(String, StatusCode),
    Error(WebError),
}

impl<E: Into<WebError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Opens the secrets, if the password was given a moment ago or now.
async fn look(at: &Visit, session: Session, sid: &RequestSid, password: &str) -> Result<Revealed, Refused> {
    let proof = if sign_in::is_fresh(&session, at.now) {
        None
    } else if password.is_empty() {
        let told = "Enter your password to see the account number and PINs".to_owned();
        return Err(Refused::Asked(told, StatusCode::UNPROCESSABLE_ENTITY));
    } else {
        // Counted like a try of signing in, so that a borrowed session cannot guess.
        let asker = Asker::Session(session.id);
        match prove(&at.app, at.reviewer.person.email.clone(), password.to_owned(), asker).await {
            Ok(proof) => Some(proof),
            Err(Unproved::Hashers(error)) => return Err(error.into()),
            Err(Unproved::SignIn(SignInError::Store(error))) => return Err(error.into()),
            Err(Unproved::SignIn(SignInError::Wrong)) => {
                let told = "That is not your password".to_owned();
                return Err(Refused::Asked(told, StatusCode::UNPROCESSABLE_ENTITY));
            }
            Err(told) => return Err(Refused::Asked(told.to_string(), StatusCode::TOO_MANY_REQUESTS)),
        }
    };
    let (house, by, sid, now) = (at.app.house.clone(), at.reviewer.clone(), sid.clone(), at.now);
    let write = move |conn: &mut Conn| {
        if let Some((attempt, user)) = proof {
            attempt.forgive(conn)?;
            sign_in::note_proof(conn, &session, &user, now)?;
        }
        review::reveal(conn, &house, &sid, &by, now)
    };
    Ok(at.app.store.write(write).await?)
}
