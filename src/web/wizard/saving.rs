//! What a POST of a page does, and where it leads: always a redirect, so that reload and Back post nothing again.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{address, from_code, is_change, summary};
use crate::{
    domain::{draft::Step, people::Customer, request_sid::RequestSid},
    services::{
        draft::DraftError,
        files_told::FilesTold,
        save_page::{self, Action, Posted, Saved},
    },
    store,
    web::{
        app::App,
        error::WebResult,
        extract::Client,
        flash::{see_other, see_other_with},
        frame::Notice,
        pages::help,
        pairs::Pairs,
    },
};

/// Saves a page and says where to go on.
pub async fn save(
    app: &Data<App>,
    req: &HttpRequest,
    customer: Customer,
    sid: RequestSid,
    page: Step,
    client: Client,
    pairs: Pairs,
) -> WebResult<HttpResponse> {
    save_with_files(app, req, customer, sid, page, client, pairs, None).await
}

/// [`save`], with what became of the files that came along.
#[expect(clippy::too_many_arguments, reason = "what a request consists of; a struct for it would be used once")]
pub async fn save_with_files(
    app: &Data<App>,
    req: &HttpRequest,
    customer: Customer,
    sid: RequestSid,
    page: Step,
    client: Client,
    pairs: Pairs,
    files: Option<FilesTold>,
) -> WebResult<HttpResponse> {
    let action = action(pairs.get("do"));
    let from = from_code(pairs.get("from"));
    let help = pairs.get("do").strip_prefix("help:").and_then(help::address);
    let in_background = is_background(req);
    let posted =
        Posted { page, action: action.clone(), pairs: pairs.into_vec(), client: client.0, in_background, files };
    let (house, now, wanted) = (app.house.clone(), app.clock.now(), sid.clone());
    let who = customer.clone();
    let saved = app.store.write(move |conn| save_page::save(conn, &house, &customer, &wanted, &posted, now)).await;
    match saved {
        Ok(Saved::Kept) if action == Action::Later => match help {
            Some(to) => Ok(see_other(&to)),
            None => later(app, who, &sid).await,
        },
        Ok(saved) => go_on(app, &sid, page, from, &action, saved),
        // The page at this address says that it was sent; the script must not take that for a save.
        Err(DraftError::Sent(_)) if !in_background => Ok(see_other(&address(&sid, page))),
        Err(error) => Err(error.into()),
    }
}

/// Where a person goes who comes back later: to the list, or to the request whose changes wait.
pub async fn later(app: &Data<App>, customer: Customer, sid: &RequestSid) -> WebResult<HttpResponse> {
    let wanted = sid.clone();
    let request = app.store.read(move |conn| store::port_requests::find_visible(conn, &customer, &wanted)).await?;
    if is_change(&request) {
        let kept = Notice::ok("Your changes are saved. They count once you send them.");
        return see_other_with(app, &format!("/port-requests/{sid}"), &kept);
    }
    see_other_with(app, "/port-requests", &Notice::ok("Draft saved. Continue when you are ready."))
}

/// Whether the script posted this by itself.
pub fn is_background(req: &HttpRequest) -> bool {
    req.headers().contains_key("x-background")
}

/// The page before: where the person came from, or the step before.
pub fn way_back(sid: &RequestSid, page: Step, from: &str) -> String {
    match page.previous() {
        _ if from == "check" => address(sid, Step::Check),
        Some(previous) => address(sid, previous),
        None => "/port-requests".to_owned(),
    }
}

/// Which button was pressed, by the value that it sends.
pub fn action(pressed: &str) -> Action {
    let (name, of) = pressed.split_once(':').unwrap_or((pressed, ""));
    match name {
        "save" => Action::Save,
        "check" => Action::CheckNumbers,
        "later" | "help" => Action::Later,
        "back" => Action::Back,
        "add-row" => Action::AddRow,
        // A place that is no number is a row that is not there.
        "remove-row" => Action::RemoveRow(of.parse().unwrap_or(usize::MAX)),
        "undo-row" => Action::UndoRow,
        "wireless" => Action::ToWireless(of.to_owned()),
        "upload" => Action::Upload,
        "reuse" => Action::Reuse,
        "remove-file" => Action::RemoveFile(of.to_owned()),
        _ => Action::Continue,
    }
}

fn go_on(
    app: &App,
    sid: &RequestSid,
    page: Step,
    from: &str,
    action: &Action,
    saved: Saved,
) -> WebResult<HttpResponse> {
    let at = |query: &str, fragment: &str| address_with(&address(sid, page), query, from, fragment);
    let here = |query: &str, fragment: &str| see_other(&at(query, fragment));
    Ok(match saved {
        Saved::Accepted => see_other(&after(sid, page, from)),
        Saved::ToFix => here("check=1", ""),
        Saved::FilesRefused => here("files=1", ""),
        Saved::OtherTab => here("changed=1", ""),
        Saved::Row(at) => here(&format!("row={at}"), ""),
        Saved::RowRemoved => here("removed=1", ""),
        Saved::FileRemoved(name) => {
            return see_other_with(app, &at("files=1", ""), &Notice::ok(format!("{name} removed")));
        }
        Saved::Reworded => {
            let told = "A term was put into other words since you opened the page. Read it again, then tick it";
            return see_other_with(app, &at("check=1", ""), &Notice::info(told));
        }
        Saved::Kept => match action {
            Action::Back => see_other(&way_back(sid, page, from)),
            Action::CheckNumbers => here("echo=1", "#echo"),
            Action::Upload => here("files=1", ""),
            _ => here("", ""),
        },
    })
}

/// A page's address with what it is to show, and where saving there leads back to.
pub fn address_with(page: &str, query: &str, from: &str, fragment: &str) -> String {
    let from = if from.is_empty() { String::new() } else { format!("from={from}") };
    let parts: Vec<&str> = [query, &from].into_iter().filter(|part| !part.is_empty()).collect();
    let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
    format!("{page}{query}{fragment}")
}

/// Where an accepted page leads.
fn after(sid: &RequestSid, page: Step, from: &str) -> String {
    match (from, page.next()) {
        ("fix", _) => format!("/port-requests/{sid}/fix?after={}", page.segment()),
        ("check", _) => format!("{}#{}", address(sid, Step::Check), summary::card_of(page)),
        (_, None) => address(sid, Step::Check),
        (_, Some(next)) => address(sid, next),
    }
}
