//! Who is signed in, as arguments of handlers: a handler that takes an `Admin` cannot be called by anyone else.

use std::{
    future::{Ready, ready},
    net::{IpAddr, SocketAddr},
};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, web::Data};

use super::{
    app::App,
    error::{WebError, WebResult},
};
use crate::{
    domain::{
        loa::ClientFacts,
        people::{Admin, Customer, Person, Reviewer},
    },
    store::sessions::Session,
};

/// Anybody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub person: Person,
    pub session: Session,
}

fn session(req: &HttpRequest) -> WebResult<Session> {
    req.extensions().get::<Session>().cloned().ok_or(WebError::SignInFirst)
}

macro_rules! from_session {
    ($type:ty, $person:ident => $made:expr) => {
        impl FromRequest for $type {
            type Error = WebError;
            type Future = Ready<WebResult<Self>>;

            fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
                ready(session(req).and_then(|session| {
                    let $person = session.person;
                    $made
                }))
            }
        }
    };
}

// To a customer the desk does not exist; a reviewer may know that there are admin pages.
from_session!(Customer, person => Customer::of(person).ok_or(WebError::NotFound));
from_session!(Reviewer, person => Reviewer::of(person).ok_or(WebError::NotFound));
from_session!(Admin, person => {
    let refusal = if person.role.is_staff() { WebError::NotAdmin } else { WebError::NotFound };
    Admin::of(person).ok_or(refusal)
});

impl FromRequest for SignedIn {
    type Error = WebError;
    type Future = Ready<WebResult<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(session(req).map(|session| Self { person: session.person.clone(), session }))
    }
}

/// The address of the client: the last one that a trusted proxy names, or the peer's.
#[derive(Debug, Clone)]
pub struct Client(pub String);

impl Client {
    /// Under what tries of this client are counted: whoever has one address of IPv6 has the whole /64 around it.
    pub fn network(&self) -> String {
        self.0.parse().map_or_else(|_| self.0.clone(), network_of)
    }
}

/// Under what the tries of an address are counted.
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [first, second, third, fourth, ..] = address.segments();
            format!("{first:x}:{second:x}:{third:x}:{fourth:x}::/64")
        }
    }
}

impl FromRequest for Client {
    type Error = WebError;
    type Future = Ready<WebResult<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(client(req))))
    }
}

fn client(req: &HttpRequest) -> String {
    // A listener on all addresses sees those of IPv4 as IPv6.
    let Some(peer) = req.peer_addr().map(|peer| peer.ip().to_canonical()) else { return "unknown".to_owned() };
    let trusted = req.app_data::<Data<App>>().map(|app| app.trusted_proxies.as_slice()).unwrap_or_default();
    if !trusted.contains(&peer) {
        return peer.to_string();
    }
    let forwarded: Vec<&str> = req
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    // From the right, hop by hop; behind the first one that cannot be read everything may be invented.
    let hops = forwarded.into_iter().rev().map_while(|hop| address(hop.trim()));
    let mut believed = peer;
    for hop in hops {
        believed = hop;
        if !trusted.contains(&hop) {
            break;
        }
    }
    believed.to_string()
}

/// Longest header that is kept as evidence, in characters.
const LONGEST_KEPT: usize = 500;

impl FromRequest for ClientFacts {
    type Error = WebError;
    type Future = Ready<WebResult<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = |name: &str| {
            let values = req.headers().get_all(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
            values.collect::<Vec<_>>().join(", ").chars().take(LONGEST_KEPT).collect()
        };
        let (forwarded, user_agent) = (text("x-forwarded-for"), text("user-agent"));
        ready(Ok(Self { address: client(req), forwarded, user_agent }))
    }
}

/// An address with or without a port, as proxies write it.
fn address(hop: &str) -> Option<IpAddr> {
    let address = hop.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|it| it.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}
