//! Name, time zone and theme of the person who is signed in (ux.md C20).

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    domain::{
        contact::{NameOf, parse_name},
        findings::Findings,
        people::Person,
        time_zone::TimeZone,
    },
    services::people,
    web::{
        app::App,
        error::WebResult,
        extract::SignedIn,
        flash::see_other_with,
        form::Form,
        frame::{Frame, Notice},
        page::{self, Page as _},
        pairs::Pairs,
    },
};

#[derive(Template)]
#[template(path = "profile/show.html")]
struct ProfilePage {
    frame: Frame,
    form: Form,
    email: String,
    role: &'static str,
    role_means: &'static str,
    zones: Vec<(String, String)>,
    themes: Vec<(String, String)>,
}

fn page(app: &App, req: &HttpRequest, person: &Person, form: Form) -> ProfilePage {
    let mut frame = page::frame(app, req);
    frame.errors = form.has_errors();
    let zones = zones(form.value("time_zone"));
    let themes = [("system", "System"), ("light", "Light"), ("dark", "Dark")];
    ProfilePage {
        frame,
        form,
        email: person.email.clone(),
        role: person.role.label(),
        role_means: person.role.explanation(),
        zones,
        themes: themes.map(|(code, label)| (code.to_owned(), label.to_owned())).to_vec(),
    }
}

/// The zones on offer, and the chosen one if it is another.
fn zones(chosen: &str) -> Vec<(String, String)> {
    let mut zones = TimeZone::options();
    if let Ok(zone) = TimeZone::parse(chosen)
        && zones.iter().all(|(name, _)| name != zone.name())
    {
        zones.push((zone.name().to_owned(), zone.label().to_owned()));
    }
    zones
}

/// GET /profile
pub async fn show(who: SignedIn, app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    let answers = [
        ("name", who.person.name.clone()),
        ("time_zone", who.person.time_zone.clone().unwrap_or_default()),
        ("theme", who.person.theme.clone()),
    ];
    let form = Form::unchecked(answers.map(|(name, value)| (name.to_owned(), value)).to_vec());
    page(&app, &req, &who.person, form).ok()
}

/// POST /profile
pub async fn save(who: SignedIn, app: Data<App>, req: HttpRequest, pairs: Pairs) -> WebResult<HttpResponse> {
    let mut findings = Findings::default();
    let name = match pairs.trimmed("name") {
        "" => findings.take("name", Err("Enter your name")),
        typed => findings.take("name", parse_name(NameOf::User, typed)),
    };
    let zone = match pairs.trimmed("time_zone") {
        "" => Some(None),
        typed => findings.take("time_zone", TimeZone::parse(typed)).map(Some),
    };
    let theme = match pairs.get("theme") {
        theme @ ("system" | "light" | "dark") => Some(theme.to_owned()),
        _ => findings.take("theme", Err("Select a theme")),
    };
    let (Some(name), Some(zone), Some(theme)) = (name, zone, theme) else {
        return page(&app, &req, &who.person, Form::new(pairs.into_vec(), findings)).unprocessable();
    };
    app.store.write(move |conn| people::set_profile(conn, &who.person, &name, zone, &theme)).await?;
    see_other_with(&app, "/profile", &Notice::ok("Saved"))
}
