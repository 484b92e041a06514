//! Style sheet, script and icon: compiled in, served under their digest, cached for ever.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    http::header,
    web::{Bytes, Data, Path},
};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{
    app::App,
    error::{WebError, WebResult},
};

/// A file that never changes under its address.
pub struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: Bytes,
    digest: String,
}

impl Asset {
    /// A file of this name, under the digest of its bytes.
    pub fn new(name: &'static str, media_type: &'static str, bytes: Bytes) -> Self {
        let digest: String = HEXLOWER.encode(&Sha256::digest(&bytes)).chars().take(16).collect();
        Self { name, media_type, bytes, digest }
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("/static/{}/{}", self.digest, self.name)
    }
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        asset("desk.css", "text/css; charset=utf-8", include_bytes!("../../static/desk.css")),
        asset("desk.js", "text/javascript; charset=utf-8", include_bytes!("../../static/desk.js")),
        asset("desk.svg", "image/svg+xml", include_bytes!("../../static/icons/desk.svg")),
    ]
});

fn asset(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> Asset {
    Asset::new(name, media_type, Bytes::from_static(bytes))
}

/// The address of a file, with its digest.
pub fn address(name: &str) -> String {
    ASSETS.iter().find(|asset| asset.name == name).map(Asset::address).unwrap_or_default()
}

/// GET /static/{digest}/{file}
pub async fn show(app: Data<App>, path: Path<(String, String)>) -> WebResult<HttpResponse> {
    let (digest, name) = path.into_inner();
    let mut known = ASSETS.iter().chain(&app.brand.assets);
    let asset = known.find(|it| it.name == name && it.digest == digest).ok_or(WebError::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, asset.media_type))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.bytes.clone()))
}
