//! A help page.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Uri, header::REFERER},
    web::{Data, Path},
};
use askama::Template;

use super::{
    figures::Figures,
    reasons::{self, Group},
    topics::Topic,
};
use crate::{
    domain::{
        carrier_guides::{CarrierGuide, ServiceKind},
        draft::Step,
        manual::ManualPage,
        rejection::RejectionReason,
    },
    web::{
        app::App,
        error::{WebError, WebResult},
        frame::Frame,
        page::{self, Page as _},
    },
};

#[derive(Template)]
#[template(path = "help/topic.html")]
struct TopicPage {
    frame: Frame,
    printed_at: String,
    topic: Topic,
    topics: [Topic; 10],
    /// The page of a form from which the reader came.
    form: Option<String>,
    fig: Figures,
    /// Where the manual form is.
    manual_form: Option<&'static str>,
    wireless: Vec<&'static CarrierGuide>,
    voip: Vec<&'static CarrierGuide>,
    landline: Vec<&'static CarrierGuide>,
    /// What customers can act on.
    reasons: Vec<Group>,
    /// What we or the carrier settle.
    our_reasons: Vec<&'static RejectionReason>,
}

/// GET /help/{page}
pub async fn show(app: Data<App>, req: HttpRequest, typed: Path<String>) -> WebResult<HttpResponse> {
    let topic = Topic::from_slug(&typed).ok_or(WebError::NotFound)?;
    let guides = |kind| CarrierGuide::of(kind).collect();
    TopicPage {
        frame: page::frame(&app, &req),
        printed_at: super::printed_at(&app),
        topic,
        topics: Topic::ALL,
        form: form_before(&req),
        fig: Figures::of(&app.house, app.clock.now()),
        wireless: guides(ServiceKind::Wireless),
        voip: guides(ServiceKind::Voip),
        landline: guides(ServiceKind::Landline),
        reasons: reasons::of_customers(app.house.countries.canada),
        our_reasons: reasons::of_others(),
        manual_form: super::MANUAL_FORM,
    }
    .ok()
}

/// The page of a form from which somebody came, so that they find the way back. Only its path counts, so it is ours.
fn form_before(req: &HttpRequest) -> Option<String> {
    let before: Uri = req.headers().get(REFERER)?.to_str().ok()?.parse().ok()?;
    let (form, page) = before.path().rsplit_once('/')?;
    let is_page_of_form = match form.strip_prefix("/manual-port-requests/") {
        Some(_) => ManualPage::from_segment(page).is_some(),
        None => form.starts_with("/port-requests/") && Step::from_segment(page).is_some(),
    };
    is_page_of_form.then(|| before.path().to_owned())
}
