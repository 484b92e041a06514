//! What signers do in the demonstration: they open the link, prove the mailbox, agree, read and sign, or they do not.

use chrono::{Duration, NaiveDateTime};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::{DemoError, sketch::Sketch};
use crate::{
    domain::{
        loa::{ClientFacts, LoaMode, LoaState, SigningCode},
        loa_id::LoaId,
        people::Customer,
        request_sid::RequestSid,
    },
    services::loa::{
        answer::{self, Answer},
        codes, consent, landing, paper,
        seat::{self, Entrance, Seat},
        sign::{self, SignForm},
        tools::Tools,
        upload, waiting,
    },
    store::{self, StoreError, loa_files::LoaFileKind, loas::Loa},
    vault::{self, Token},
};

/// What the browsers of the demonstration say of themselves.
const BROWSERS: [&str; 3] = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
];
/// Signatures as people draw them with a finger.
const DRAWN: [&str; 2] = [
    "90,300 120,210 150,110 175,60 190,70 180,150 165,240 160,300 175,310 210,250 240,215 262,215 268,245 255,285 262,300 290,280 318,225 335,215 330,255 338,295 362,280 395,225 412,215 420,240 405,285 416,300 450,275 500,200 560,140;610,290 660,230 720,215 780,250 850,235 960,200",
    "110,120 105,200 98,300;112,125 190,95 260,110 270,160 220,200 130,205;215,205 290,290 330,305 370,270 395,235 415,240 405,290 425,300 455,250 470,235 480,285 510,290 560,225 640,205 720,230 840,215",
];

/// A browser of the demonstration, at an address that documentation may use (RFC 5737).
fn client(sketch: &Sketch) -> ClientFacts {
    ClientFacts {
        address: format!("198.51.100.{}", 10 + sketch.index),
        forwarded: String::new(),
        user_agent: BROWSERS.get(sketch.index % BROWSERS.len()).copied().unwrap_or_default().to_owned(),
    }
}

/// The letter that waits, if one does.
fn waiting_letter(tools: &Tools, sid: &RequestSid) -> Result<Option<Loa>, StoreError> {
    tools.store.read_now(|conn| {
        let request = store::port_requests::find(conn, sid)?;
        Ok(store::loas::newest(conn, request.id)?.filter(|loa| loa.state == LoaState::Pending))
    })
}

/// Signs the letter that waits; a request that goes on with the letter it has needs none.
pub async fn sign(
    tools: &Tools,
    sketch: &Sketch,
    customer: &Customer,
    sid: &RequestSid,
    at: NaiveDateTime,
) -> Result<(), DemoError> {
    let Some(loa) = waiting_letter(tools, sid)? else { return Ok(()) };
    let entrance = enter(tools, sketch, customer, &loa, at)?;
    let client = client(sketch);
    let seat = agree(tools, &loa.loa_id, &entrance, &client, at + Duration::seconds(95))?;
    tools.clock.move_to(at + Duration::seconds(240));
    let drawn = DRAWN.get(sketch.index % 3).copied();
    let form = SignForm {
        content_hash: seat.loa.content_hash.clone(),
        ticks: [true; 3],
        draws: drawn.is_some(),
        typed_name: seat.facts.signer.name.clone(),
        strokes: drawn.unwrap_or_default().to_owned(),
    };
    sign::sign(tools, &loa.loa_id, &entrance, &form, &client).await?;
    Ok(())
}

/// Opens the link and enters the code, or is signed in already.
fn enter(
    tools: &Tools,
    sketch: &Sketch,
    customer: &Customer,
    loa: &Loa,
    at: NaiveDateTime,
) -> Result<Entrance, DemoError> {
    if loa.mode == LoaMode::InPerson {
        return Ok(Entrance { cookie: None, customer: Some(customer.clone()) });
    }
    let (house, client) = (&tools.house, client(sketch));
    tools.store.write_now(|conn| {
        let token = Token::new();
        store::loa_links::add(conn, loa, &token, "demonstration", at)?;
        let opened = landing::open(conn, &token, &client, at)?;
        let (_, cookie) = opened.ok_or(StoreError::NotFound)?;
        let session = store::loa_links::session(conn, loa.id, &cookie, at)?;
        let code = SigningCode::from_random(vault::random());
        store::loa_codes::add(conn, loa.account_id, session.id, &codes::hash(house, session.id, &code), at)?;
        let entrance = Entrance { cookie: Some(cookie), customer: None };
        let seat = Seat::load(conn, house, &loa.loa_id, &entrance, at)?;
        codes::enter(conn, house, &seat, code.reveal(), &client, at + Duration::seconds(40))??;
        Ok(entrance)
    })
}

/// Agrees to sign electronically and looks at the letter.
fn agree(
    tools: &Tools,
    loa_id: &LoaId,
    entrance: &Entrance,
    client: &ClientFacts,
    at: NaiveDateTime,
) -> Result<Seat, DemoError> {
    let house = &tools.house;
    let seat = tools.store.write_now(|conn| {
        let seat = Seat::load(conn, house, loa_id, entrance, at)?;
        consent::agree(conn, house, &seat, seat.consent_version, client, at)?;
        let seat = Seat::load(conn, house, loa_id, entrance, at)?;
        seat::note_view(conn, &seat, client, at)?;
        Ok::<_, StoreError>(seat)
    })?;
    Ok(seat)
}

/// Opens the link and declines.
pub fn decline(
    tools: &Tools,
    sketch: &Sketch,
    customer: &Customer,
    sid: &RequestSid,
    answer: &Answer,
    at: NaiveDateTime,
) -> Result<(), DemoError> {
    let Some(loa) = waiting_letter(tools, sid)? else { return Ok(()) };
    let entrance = enter(tools, sketch, customer, &loa, at)?;
    tools.store.write_now(|conn| {
        let seat = Seat::load(conn, &tools.house, &loa.loa_id, &entrance, at)?;
        answer::give(conn, &tools.house, &seat, answer, &client(sketch), at + Duration::seconds(120))
    })?;
    Ok(())
}

/// Uploads the letter, signed on paper a day before.
pub async fn upload(tools: &Tools, customer: &Customer, sid: &RequestSid, at: NaiveDateTime) -> Result<(), DemoError> {
    let Some(loa) = waiting_letter(tools, sid)? else { return Ok(()) };
    let unsigned = paper::unsigned(tools, &loa).await?;
    let scan = signed_by_hand(&paper::bytes(tools, &unsigned).await?)?;
    let file = tools.keep(loa.account_id, LoaFileKind::Uploaded, scan).await?;
    let signed_on = tools.house.desk_zone.date(at) - Duration::days(1);
    tools.store.write_now(|conn| {
        let newest = waiting::newest(conn, customer, sid)?.loa.ok_or(StoreError::NotFound)?;
        upload::take(conn, &tools.house, customer, sid, &upload::Scan { letter: newest.id, file, signed_on }, at)
    })?;
    Ok(())
}

/// The letter with ink on it, as a scanner would give it back.
pub fn signed_by_hand(letter: &[u8]) -> Result<Vec<u8>, lopdf::Error> {
    const INK: &[u8] =
        b"q 1 0 0 RG 0.1 0.15 0.5 RG 1.6 w 1 J 96 118 m 110 150 118 154 112 122 c 120 104 132 140 140 124 c \
        150 106 160 142 170 122 c 190 112 214 130 246 126 c S Q";
    let mut document = Document::load_mem(letter)?;
    let ink = document.add_object(Stream::new(Dictionary::new(), INK.to_vec()));
    let Some(page) = document.get_pages().values().next().copied() else {
        return Err(lopdf::Error::PageNumberNotFound(1));
    };
    let mut contents: Vec<Object> = document.get_page_contents(page).into_iter().map(Object::Reference).collect();
    contents.push(ink.into());
    document.get_object_mut(page)?.as_dict_mut()?.set("Contents", Object::Array(contents));
    document.trailer.set("Info", dictionary! { "Producer" => Object::string_literal("Office scanner") });
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}
