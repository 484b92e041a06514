//! One look of a reviewer at the desk: who, when and in which time zone they read.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use chrono::NaiveDateTime;

use super::words::Moment;
use crate::{
    domain::{foc::FocWindow, people::Reviewer, time_zone::TimeZone},
    services::sign_in,
    web::{
        app::App,
        error::{WebError, WebResult},
        extract::SignedIn,
        frame::Frame,
        page,
    },
};

/// Who looks, and when. Handlers that take it are for reviewers only.
pub struct Visit {
    pub reviewer: Reviewer,
    pub app: Data<App>,
    pub req: HttpRequest,
    pub now: NaiveDateTime,
    /// Whether the reviewer gave their password a moment ago.
    pub is_fresh: bool,
    /// The reviewer's own zone, or the desk's.
    pub zone: TimeZone,
}

impl FromRequest for Visit {
    type Error = WebError;
    type Future = Ready<WebResult<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let app = req.app_data::<Data<App>>().cloned().expect("the server is built with its application");
        let visit = |SignedIn { person, session }: SignedIn| {
            let reviewer = Reviewer::of(person).ok_or(WebError::NotFound)?;
            let (zone, now) = (reviewer.person.time_zone.as_deref().unwrap_or_default(), app.clock.now());
            let (zone, is_fresh) = (app.house.zone(zone), sign_in::is_fresh(&session, now));
            Ok(Self { zone, now, is_fresh, reviewer, app, req: req.clone() })
        };
        ready(SignedIn::from_request(req, payload).into_inner().and_then(visit))
    }
}

impl Visit {
    /// The frame of a page; `errors` says whether its form was wrong.
    pub fn frame(&self, errors: bool) -> Frame {
        Frame { errors, ..page::frame(&self.app, &self.req) }
    }

    /// The frame of a page that shows the status as it changes.
    pub fn live_frame(&self) -> Frame {
        Frame { live: Some("/live".to_owned()), ..self.frame(false) }
    }

    /// A moment as the reviewer's own clock shows it.
    pub fn moment(&self, at: NaiveDateTime) -> Moment {
        Moment::new(self.zone, at)
    }

    /// A window in the zone in which it was agreed.
    pub fn window(&self, foc: &FocWindow) -> String {
        self.app.house.zone(&foc.zone).window(foc.starts_at, foc.ends_at)
    }

    /// The same window on the reviewer's own clock, where that shows something else.
    pub fn own_window(&self, foc: &FocWindow) -> Option<String> {
        let own = self.zone.window(foc.starts_at, foc.ends_at);
        (own != self.window(foc)).then_some(own)
    }
}
