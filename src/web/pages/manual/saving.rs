//! What a POST of a page does, and where it leads: always a redirect, so that reload and Back post nothing again.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{HERE, address, start};
use crate::{
    domain::manual::ManualPage,
    services::{
        files_told::FilesTold,
        manual::{self, ManualError},
        save_page::{Action, Posted, Saved},
    },
    vault::Token,
    web::{
        app::App,
        error::{WebError, WebResult},
        extract::Client,
        flash::{see_other, see_other_with},
        frame::Notice,
        pages::help,
        pairs::Pairs,
        wizard,
    },
};

/// POST /manual-port-requests/{secret}/details and numbers
pub async fn save(
    app: Data<App>,
    req: HttpRequest,
    typed: Path<String>,
    client: Client,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    let page = req.path().rsplit('/').next().and_then(ManualPage::from_segment).ok_or(WebError::NotFound)?;
    save_page(&app, &req, &start::secret(&typed)?, page, &client, pairs, None).await
}

/// Saves a page, with what became of the files that came along.
pub async fn save_page(
    app: &Data<App>,
    req: &HttpRequest,
    secret: &Token,
    page: ManualPage,
    client: &Client,
    pairs: Pairs,
    files: Option<FilesTold>,
) -> WebResult<HttpResponse> {
    let action = wizard::action(pairs.get("do"));
    let from = wizard::from_code(pairs.get("from"));
    let help = pairs.get("do").strip_prefix("help:").and_then(help::address);
    let in_background = wizard::is_background(req);
    let posted = Posted {
        page: page.step(),
        action: action.clone(),
        pairs: pairs.into_vec(),
        client: client.0.clone(),
        in_background,
        files,
    };
    let (house, now, key, network) = (app.house.clone(), app.clock.now(), secret.clone(), client.network());
    let saved = app.store.write(move |conn| manual::save(conn, &house, &key, page, &posted, &network, now)).await;
    match saved {
        Ok(Saved::Kept) if help.is_some() => Ok(see_other(&help.unwrap_or_default())),
        Ok(saved) => go_on(app, secret, page, from, &action, saved),
        // The page at this address says that it was sent; the script must not take that for a save.
        Err(ManualError::Sent(_)) if !in_background => Ok(see_other(&address(secret, page))),
        Err(error) => Err(error.into()),
    }
}

fn go_on(
    app: &App,
    secret: &Token,
    page: ManualPage,
    from: &str,
    action: &Action,
    saved: Saved,
) -> WebResult<HttpResponse> {
    let at = |query: &str, fragment: &str| wizard::address_with(&address(secret, page), query, from, fragment);
    let here = |query: &str, fragment: &str| see_other(&at(query, fragment));
    Ok(match saved {
        Saved::Accepted => match (from, page.next()) {
            ("", Some(next)) => see_other(&address(secret, next)),
            _ => see_other(&address(secret, ManualPage::Check)),
        },
        Saved::ToFix | Saved::Reworded => here("check=1", ""),
        Saved::FilesRefused => here("files=1", ""),
        Saved::OtherTab => here("changed=1", ""),
        Saved::Row(row) => here(&format!("row={row}"), ""),
        Saved::RowRemoved => here("removed=1", ""),
        Saved::FileRemoved(name) => {
            return see_other_with(app, &at("files=1", ""), &Notice::ok(format!("{name} removed")));
        }
        Saved::Kept => match (action, page.previous()) {
            (Action::Back, _) if from == "check" => see_other(&address(secret, ManualPage::Check)),
            (Action::Back, Some(previous)) => see_other(&address(secret, previous)),
            (Action::Back, None) => see_other(HERE),
            (Action::CheckNumbers, _) => here("echo=1", "#echo"),
            (Action::Upload, _) => here("files=1", ""),
            (Action::Later, _) => {
                return see_other_with(
                    app,
                    &at("", ""),
                    &Notice::ok("Saved. Keep the address of this page to come back."),
                );
            }
            _ => here("", ""),
        },
    })
}
