//! Keeps the area codes of this process as the database has them: at once after a change here, and soon after one in
//! another process.

use std::time::Duration;

use actix_web::web::Data;

use super::app::App;
use crate::{services::area_codes, store::StoreError};

/// How often they are read. A number with a new code is taken everywhere within a minute.
const LOOK: Duration = Duration::from_secs(20);

/// Reads them now. One after the other: what an earlier look found must not replace what a later one has learned.
pub async fn refresh(app: &App) -> Result<(), StoreError> {
    let _turn = app.area_codes_turn.lock().await;
    let codes = app.store.read(area_codes::in_force).await?;
    app.house.learn_area_codes(codes);
    Ok(())
}

/// Reads them again and again, for as long as the server runs.
pub async fn keep_up(app: Data<App>) {
    loop {
        if let Err(error) = refresh(&app).await {
            tracing::warn!(%error, "the area codes cannot be read");
        }
        if app.live.stops_within(LOOK).await {
            return;
        }
    }
}
