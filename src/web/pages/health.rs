//! For machines: whether the process lives, and whether database and files answer.

use actix_web::{HttpResponse, web::Data};

use crate::web::{
    app::App,
    error::{WebError, WebResult},
};

/// GET /healthz
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// GET /readyz
pub async fn ready(app: Data<App>) -> WebResult<HttpResponse> {
    app.store.ready().await?;
    app.files.ready().await?;
    app.sealer.current(app.clock.now()).map_err(|error| WebError::Unavailable(error.reason.into()))?;
    app.inspector.ready().await.map_err(|error| WebError::Unavailable(Box::new(error)))?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
