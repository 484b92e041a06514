//! Building and stopping the server.

use std::net::TcpListener;

use actix_web::{
    App as ActixApp, HttpServer,
    dev::Server,
    middleware::from_fn,
    rt::net::TcpStream,
    web::{Data, PathConfig, QueryConfig},
};

use super::{app::App, area_codes, connections::Connections, error::WebError, guard, live, routes};

/// How long requests in flight may take at the end, in seconds; the whole program ends within 10.
const GRACE_SECONDS: u64 = 8;

/// Builds the server on a listener. It answers until its handle is stopped; the caller handles signals.
pub fn build(app: Data<App>, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
    let connections = Connections::new(app.trusted_proxies.clone());
    let server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(app.clone())
            .app_data(PathConfig::default().error_handler(|_, _| WebError::NotFound.into()))
            .app_data(QueryConfig::default().error_handler(|_, _| WebError::NotFound.into()))
            .wrap(from_fn(guard::around))
            .wrap(tracing_actix_web::TracingLogger::<super::log::Spans>::new())
            .configure(routes::mount)
    })
    .on_connect(move |io, kept| {
        let Some(stream) = io.downcast_ref::<TcpStream>() else {
            tracing::error!("a connection of another kind is not counted");
            return;
        };
        if let Some(place) = connections.admit(stream) {
            kept.insert(place);
        }
    })
    .workers(workers)
    .shutdown_timeout(GRACE_SECONDS)
    .disable_signals()
    .listen(listener)?
    .run();
    Ok(server)
}

/// Tests the seal, once per process: before that the process is not ready. What is wrong goes to the log.
pub async fn test_seal(app: Data<App>) {
    let tested = actix_web::web::block(move || app.sealer.self_test(app.clock.now())).await;
    if let Err(error) = tested {
        tracing::error!(%error, "the seal was not tested");
    }
}

/// Starts what runs beside the pages: the poll that feeds live status, and the one that learns of new area codes.
pub fn start_live(app: &Data<App>) {
    actix_web::rt::spawn(live::poll(app.clone()));
    actix_web::rt::spawn(area_codes::keep_up(app.clone()));
}
