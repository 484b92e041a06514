//! The help pages: public, short, and with every figure taken from where the product itself takes it.

pub mod contents;
mod figures;
mod reasons;
pub mod topic;
mod topics;

use topics::Topic;

use crate::web::app::App;

/// The address of a page or of a heading of it, from `documents` or `documents#bill`; nothing if there is no such page.
pub fn address(target: &str) -> Option<String> {
    let (slug, heading) = target.split_once('#').unwrap_or((target, ""));
    let is_heading = heading.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let path = Topic::from_slug(slug).filter(|_| is_heading)?.path();
    Some(if heading.is_empty() { path } else { format!("{path}#{heading}") })
}

/// Where people without an account send a request on a form; nothing while no page is there. Every help page that speaks
/// of the manual form takes its link from here.
const MANUAL_FORM: Option<&str> = Some("/manual-port-requests");

/// What a printed page tells of when it was printed: whoever reads help may have no clocks of their own with us.
fn printed_at(app: &App) -> String {
    app.house.desk_zone.moment(app.clock.now())
}
