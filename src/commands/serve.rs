//! `portdesk serve` and `portdesk work`: everything that runs until it is told to stop.

use std::{net::TcpListener, time::Duration};

use actix_web::{rt::System, web::Data};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use super::setting_up::{self, SetUpError};
use crate::{
    clock::Clock,
    config::Config,
    inspect::Inspector,
    mail::Post,
    services::links,
    web::{app::App, server},
    worker,
};

/// The longest that ending may take; whatever still runs then is left.
const LAST_MOMENT: Duration = Duration::from_secs(9);

/// Arguments of `serve`.
#[derive(clap::Args, Default)]
pub struct Options {
    /// Do not bring the database up to date first
    #[arg(long)]
    no_migrate: bool,
    /// Do not send mail or keep house; another process runs `portdesk work`
    #[arg(long)]
    no_worker: bool,
}

/// Serves pages, and sends mail unless told not to.
pub fn run(options: &Options) -> Result<(), SetUpError> {
    let config = Config::from_vars(&setting_up::vars())?;
    let post = setting_up::post(&config)?;
    let listener = setting_up::listen(&config)?;
    let store = setting_up::store(&config, !options.no_migrate)?;
    let app = setting_up::app(&config, store, Clock::System, Inspector::of_this_program()?)?;
    print_first_admin_link(&app)?;
    serve(listener, &config, &app, (!options.no_worker).then_some(post))
}

/// Sends mail and keeps house, without pages.
pub fn work() -> Result<(), SetUpError> {
    let config = Config::from_vars(&setting_up::vars())?;
    let post = setting_up::post(&config)?;
    let store = setting_up::store(&config, true)?;
    let app = setting_up::app(&config, store, Clock::System, Inspector::of_this_program()?)?;
    System::new().block_on(async {
        actix_web::rt::spawn(server::test_seal(app.clone()));
        let (stop, stopped) = watch::channel(false);
        let working = actix_web::rt::spawn(worker::run(app, post, worker::sender(&config), stopped));
        wait_for_signal().await?;
        stop.send_replace(true);
        tokio::time::timeout(LAST_MOMENT, working).await.ok();
        Ok(())
    })
}

/// Serves on this listener until a signal comes.
pub fn serve(listener: TcpListener, config: &Config, app: &Data<App>, post: Option<Post>) -> Result<(), SetUpError> {
    println!("Listening on http://{}", listener.local_addr()?);
    allow_open_files();
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    System::new().block_on(async {
        let server = server::build(app.clone(), listener, workers)?;
        let handle = server.handle();
        let serving = actix_web::rt::spawn(server);
        server::start_live(app);
        actix_web::rt::spawn(server::test_seal(app.clone()));
        let (stop, stopped) = watch::channel(false);
        let working =
            post.map(|post| actix_web::rt::spawn(worker::run(app.clone(), post, worker::sender(config), stopped)));
        wait_for_signal().await?;
        tracing::info!("stopping: requests in flight are finished");
        app.live.stop();
        stop.send_replace(true);
        let ending = async {
            handle.stop(true).await;
            if let Some(working) = working {
                working.await.ok();
            }
            serving.await.ok();
        };
        tokio::time::timeout(LAST_MOMENT, ending).await.ok();
        Ok(())
    })
}

/// Every visitor takes an open file, and with the usual 1,024 a few hundred who dawdle would turn the others away.
fn allow_open_files() {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(allowed) => tracing::debug!(allowed, "open files"),
        Err(error) => tracing::warn!(%error, "the limit of open files stays as it is"),
    }
}

async fn wait_for_signal() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

fn print_first_admin_link(app: &App) -> Result<(), SetUpError> {
    let now = app.clock.now();
    let link = app.store.write_now(|conn| links::first_admin_link(conn, &app.house, now))?;
    if let Some(link) = link {
        println!("There is no admin yet. Make the first one here, within a day:\n{link}");
    }
    Ok(())
}
