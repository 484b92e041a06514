//! One span and one line for each request: its reference, method, route and status. Nobody's name, no token, no typed text:
//! the route is the pattern, because real addresses carry private links.

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
};
use tracing::{Span, field::Empty};
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// Builds the span of a request.
pub struct Spans;

impl RootSpanBuilder for Spans {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let reference = reference(request.request());
        let route = request.match_pattern().unwrap_or_else(|| "unknown".to_owned());
        tracing::info_span!("request", reference, method = %request.method(), route, status = Empty)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        if let Ok(response) = outcome {
            span.record("status", response.status().as_u16());
            let is_routine = super::guard::is_bare(response.request().path());
            span.in_scope(|| if is_routine { tracing::debug!("answered") } else { tracing::info!("answered") });
        }
    }
}

/// What stands in the log and on the error page, so that one finds the other.
pub fn reference(req: &HttpRequest) -> String {
    let id = req.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    id.chars().filter(char::is_ascii_hexdigit).take(12).collect()
}
