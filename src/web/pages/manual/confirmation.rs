//! What stands at the end of the manual form: the Request SID, and where the link went that confirms the mailbox.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{sent_address, start};
use crate::{
    domain::manual::ManualPage,
    services::manual::{self, ManualError, SentForm, Standing},
    store::Conn,
    web::{
        app::App,
        error::WebResult,
        flash::{see_other, see_other_with},
        frame::{Frame, Notice},
        page::{self, Page as _},
    },
};

#[derive(Template)]
#[template(path = "manual/confirmation.html")]
struct ConfirmationPage {
    frame: Frame,
    sent: SentForm,
    again: String,
    change: String,
    /// "7 days".
    within: String,
    most_asked: i64,
}

/// GET /manual-port-requests/{secret}/confirmation
pub async fn show(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let secret = start::secret(&typed)?;
    let (house, key) = (app.house.clone(), secret.clone());
    let look = move |conn: &mut Conn| match manual::open(conn, &house, &key) {
        Err(ManualError::Sent(draft)) => Ok(Some(SentForm::load(conn, &draft)?)),
        opened => opened.map(|_| None),
    };
    match app.store.read(look).await {
        Ok(None) => Ok(see_other(&super::address(&secret, ManualPage::Check))),
        Ok(Some(sent)) => match sent {
            Some(sent) => ConfirmationPage {
                frame: page::frame(&app, &req),
                sent,
                again: format!("{}/again", sent_address(&secret)),
                change: format!("{}/change", sent_address(&secret)),
                within: kept_for(),
                most_asked: manual::MOST_ASKED,
            }
            .ok(),
            // A correction whose request went on without it.
            None => GonePage { frame: page::frame(&app, &req) }.ok(),
        },
        Err(error) => Err(error.into()),
    }
}

/// "7 days": how long a form waits that was sent once.
pub(super) fn kept_for() -> String {
    format!("{} days", manual::CONFIRM_WITHIN.num_days())
}

#[derive(Template)]
#[template(path = "manual/gone.html")]
struct GonePage {
    frame: Frame,
}

/// POST /manual-port-requests/{secret}/confirmation/change
pub async fn take_back(app: Data<App>, typed: Path<String>) -> WebResult<HttpResponse> {
    let secret = start::secret(&typed)?;
    let (house, key, now) = (app.house.clone(), secret.clone(), app.clock.now());
    if app.store.write(move |conn| manual::take_back(conn, &house, &key, now)).await? {
        let told = format!("The form is open again and not sent. Send it within {}.", kept_for());
        let to = format!("{}?from=check#email", super::address(&secret, ManualPage::Details));
        return see_other_with(&app, &to, &Notice::info(told));
    }
    see_other_with(&app, &sent_address(&secret), &Notice::info("This request is with us already."))
}

/// POST /manual-port-requests/{secret}/confirmation/again
pub async fn send_again(app: Data<App>, typed: Path<String>) -> WebResult<HttpResponse> {
    let secret = start::secret(&typed)?;
    let (house, key, now) = (app.house.clone(), secret.clone(), app.clock.now());
    let told = match app.store.write(move |conn| manual::send_again(conn, &house, &key, now)).await {
        Ok(true) => Notice::ok(format!(
            "The link is on its way again; a mailbox that had {} in the last hour gets it later. Look in the spam folder, too.",
            manual::MOST_ASKED
        )),
        Ok(false) => Notice::info("There is nothing to confirm here."),
        Err(error @ ManualError::Throttled(_)) => Notice::warn(error.to_string()),
        Err(error) => return Err(error.into()),
    };
    app.hurry_mail();
    see_other_with(&app, &sent_address(&secret), &told)
}
