//! A help page.

use actix_web::{
    HttpRequest, HttpResponse,
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
