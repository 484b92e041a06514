//! The contents page of the help.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::topics::Topic;
use crate::web::{
    app::App,
    error::WebResult,
    frame::Frame,
    page::{self, Page as _},
};

#[derive(Template)]
#[template(path = "help/contents.html")]
struct ContentsPage {
    frame: Frame,
    printed_at: String,
    topics: [Topic; 10],
}

/// GET /help
pub async fn show(app: Data<App>, req: HttpRequest) -> WebResult<HttpResponse> {
    ContentsPage { frame: page::frame(&app, &req), printed_at: super::printed_at(&app), topics: Topic::ALL }.ok()
}
