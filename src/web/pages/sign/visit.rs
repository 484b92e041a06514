//! One look of somebody at a page of signing: the browser, the moment, and what the browser brings to a letter.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, web::Data};
use chrono::NaiveDateTime;

use super::{closed, own_page, path};
use crate::{
    domain::{loa::ClientFacts, loa_id::LoaId, people::Customer},
    services::loa::seat::{Entrance, Phase, Seat, Signatory},
    store::{self, StoreError},
    vault::Token,
    web::{
        app::App,
        cookies,
        error::{WebError, WebResult},
        extract::Client,
        flash::see_other,
        frame::Frame,
        page,
    },
};

/// Who looks from where, and when. Nobody has to be signed in.
pub struct Visit {
    pub app: Data<App>,
    pub req: HttpRequest,
    pub client: ClientFacts,
    /// Under what tries of this browser are counted.
    pub network: String,
    pub now: NaiveDateTime,
}

impl FromRequest for Visit {
    type Error = WebError;
    type Future = Ready<WebResult<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let app = req.app_data::<Data<App>>().cloned().expect("the server is built with its application");
        let client = ClientFacts::from_request(req, payload).into_inner();
        let network = Client::from_request(req, payload).into_inner();
        ready(client.and_then(|client| {
            let (network, now) = (network?.network(), app.clock.now());
            Ok(Self { app, req: req.clone(), client, network, now })
        }))
    }
}

impl Visit {
    /// The frame of a page; `errors` says whether its form was wrong.
    pub fn frame(&self, errors: bool) -> Frame {
        Frame { errors, ..page::frame(&self.app, &self.req) }
    }

    /// What this browser brings to a letter.
    pub fn entrance(&self, loa_id: &LoaId) -> Entrance {
        let cookie = cookies::read(&self.app, &self.req, &cookies::signing(loa_id));
        Entrance {
            cookie: cookie.map(|cookie| Token::from_client(&cookie)),
            customer: page::person(&self.req).and_then(Customer::of),
        }
    }

    /// The letter of an address, or the page of everybody to whom it does not open.
    pub async fn seat(&self, loa_id: &str) -> WebResult<Result<Seat, HttpResponse>> {
        let Some(loa_id) = LoaId::parse(loa_id) else { return closed::answer(self).map(Err) };
        let (house, entrance, now) = (self.app.house.clone(), self.entrance(&loa_id), self.now);
        match self.app.store.read(move |conn| Seat::load(conn, &house, &loa_id, &entrance, now)).await {
            Ok(seat) => {
                self.note_presence(&seat).await?;
                Ok(Ok(seat))
            }
            Err(StoreError::NotFound) => closed::answer(self).map(Err),
            Err(error) => Err(error.into()),
        }
    }

    /// Notes that a signer's browser is there still, so that reading a long letter is no idleness.
    async fn note_presence(&self, seat: &Seat) -> WebResult<()> {
        match &seat.who {
            Signatory::Mailbox(session) if session.is_to_be_noted(self.now) => {
                let (session, now) = (session.id, self.now);
                Ok(self.app.store.write(move |conn| store::loa_links::seen(conn, session, now)).await?)
            }
            Signatory::Mailbox(_) | Signatory::SignedIn(_) => Ok(()),
        }
    }

    /// The same while it waits for a signer who proved who they are; everybody else is led to its page.
    pub async fn waiting(&self, loa_id: &str) -> WebResult<Result<Seat, HttpResponse>> {
        let seat = match self.seat(loa_id).await? {
            Ok(seat) => seat,
            Err(closed) => return Ok(Err(closed)),
        };
        match seat.phase(self.now) {
            Phase::Consent | Phase::Letter => Ok(Ok(seat)),
            Phase::Code | Phase::Ended(_) => Ok(Err(see_other(&path(&seat.loa.loa_id)))),
        }
    }

    /// The same for somebody who was asked by mail. Whoever signs the letter of their own request does everything else on
    /// the page of that: nobody has to be told what they say here.
    pub async fn asked(&self, loa_id: &str) -> WebResult<Result<Seat, HttpResponse>> {
        let seat = self.waiting(loa_id).await?;
        Ok(match seat.as_ref().ok().and_then(own_page) {
            Some(own) => Err(see_other(&own)),
            None => seat,
        })
    }
}
