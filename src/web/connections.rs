//! How many connections one client may hold, for how long, and how long what was sent may stay unread.

use std::{
    collections::HashMap,
    net::{IpAddr, Shutdown},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use actix_web::{
    HttpRequest,
    http::header::TRANSFER_ENCODING,
    rt::{net::TcpStream, spawn, time::sleep},
};
use socket2::{SockRef, Socket};

use super::extract::network_of;

/// Connections that one client may hold: an office behind one address opens six for each browser.
const MOST_OF_ONE: usize = 256;
/// How long somebody may leave unread what was sent to them.
const UNREAD: Duration = Duration::from_mins(1);

/// How long the answer to a body without an announced length has to arrive.
const LINGER: Duration = Duration::from_secs(10);

/// The connections that there are, by client.
#[derive(Debug)]
pub struct Connections {
    of_client: Mutex<HashMap<String, usize>>,
    /// They stand for all their visitors, whom they count themselves.
    proxies: Vec<IpAddr>,
}

/// The place of one connection, until that ends.
#[derive(Debug)]
pub struct Place {
    among: Arc<Connections>,
    client: String,
    /// Whether further requests may come on it: a proxy's, or that of somebody who is signed in.
    stays: AtomicBool,
    /// To end it from outside; none for a proxy's.
    socket: Option<Arc<Socket>>,
}

/// Whether the connection of a request waits for another one. Only the head of its first request has to come in time: a
/// stranger's connection would wait for the rest of a second one for ever.
pub fn stays(req: &HttpRequest, is_signed_in: bool) -> bool {
    let Some(place) = req.conn_data::<Place>() else { return false };
    let stays = place.stays.fetch_or(is_signed_in, Ordering::Relaxed) || is_signed_in;
    let Some(socket) = place.socket.as_ref().filter(|_| req.headers().contains_key(TRANSFER_ENCODING)) else {
        return stays;
    };
    // The server would read the rest of such a body for as long as its sender likes. Browsers announce a length.
    let socket = Arc::downgrade(socket);
    spawn(async move {
        sleep(LINGER).await;
        if let Some(socket) = socket.upgrade() {
            socket.shutdown(Shutdown::Both).ok();
        }
    });
    false
}

impl Connections {
    /// None yet.
    pub fn new(proxies: Vec<IpAddr>) -> Arc<Self> {
        Arc::new(Self { of_client: Mutex::default(), proxies })
    }

    /// Takes a connection in, or ends it. The connection has to keep its place.
    pub fn admit(self: &Arc<Self>, stream: &TcpStream) -> Option<Place> {
        let socket = SockRef::from(stream);
        // Both fail only for connections that are gone already.
        #[cfg(target_os = "linux")]
        socket.set_tcp_user_timeout(Some(UNREAD)).ok();
        let place = stream.peer_addr().ok().and_then(|peer| self.place_for(peer.ip())).and_then(|mut place| {
            if !place.stays.load(Ordering::Relaxed) {
                place.socket = Some(Arc::new(socket.try_clone().ok()?));
            }
            Some(place)
        });
        if place.is_none() {
            socket.shutdown(Shutdown::Both).ok();
        }
        place
    }

    fn place_for(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let (client, is_proxy) = (network_of(peer), self.proxies.contains(&peer.to_canonical()));
        let mut of_client = self.of_client.lock().unwrap_or_else(PoisonError::into_inner);
        let held = of_client.entry(client.clone()).or_default();
        if MOST_OF_ONE <= *held && !is_proxy {
            return None;
        }
        *held += 1;
        Some(Place { among: Arc::clone(self), client, stays: AtomicBool::new(is_proxy), socket: None })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut of_client = self.among.of_client.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = of_client.get_mut(&self.client) {
            *held -= 1;
            if *held == 0 {
                of_client.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(among: &Arc<Connections>, peer: &str, count: usize) -> Vec<Place> {
        (0..count).filter_map(|_| among.place_for(peer.parse().unwrap())).collect()
    }

    #[test]
    fn one_client_holds_so_many_and_others_come_in() {
        let among = Connections::new(Vec::new());
        let mut held = places(&among, "203.0.113.9", MOST_OF_ONE + 5);
        assert_eq!(held.len(), MOST_OF_ONE);
        assert_eq!(places(&among, "203.0.113.10", 1).len(), 1);
        held.pop();
        assert_eq!(places(&among, "203.0.113.9", 2).len(), 1, "a place was left");
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        let among = Connections::new(Vec::new());
        let _held = places(&among, "2001:db8:1:2::1", MOST_OF_ONE);
        assert!(places(&among, "2001:db8:1:2::ffff", 1).is_empty());
        assert_eq!(places(&among, "2001:db8:1:3::1", 1).len(), 1);
    }

    #[test]
    fn a_trusted_proxy_stands_for_many() {
        let among = Connections::new(vec!["192.0.2.1".parse().unwrap()]);
        assert_eq!(places(&among, "192.0.2.1", MOST_OF_ONE + 5).len(), MOST_OF_ONE + 5);
    }

    #[test]
    fn who_left_leaves_nothing_behind() {
        let among = Connections::new(Vec::new());
        drop(places(&among, "203.0.113.9", 3));
        assert!(among.of_client.lock().unwrap().is_empty());
    }
}
