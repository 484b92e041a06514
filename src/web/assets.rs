//! Style sheet, script and icon: compiled in, served under their digest, cached for ever.

use std::sync::LazyLock;

use actix_web::{HttpResponse, http::header, web::Path};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::error::{WebError, WebResult};

struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    digest: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        asset("desk.css", "text/css; charset=utf-8", include_bytes!("../../static/desk.css")),
        asset("desk.js", "text/javascript; charset=utf-8", include_bytes!("../../static/desk.js")),
        asset("desk.svg", "image/svg+xml", include_bytes!("../../static/icons/desk.svg")),
    ]
});

fn asset(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> Asset {
    let digest: String = HEXLOWER.encode(&Sha256::digest(bytes)).chars().take(16).collect();
    Asset { name, media_type, bytes, digest }
}

/// The address of a file, with its digest.
pub fn address(name: &str) -> String {
    let digest = ASSETS.iter().find(|asset| asset.name == name).map_or("none", |asset| asset.digest.as_str());
    format!("/static/{digest}/{name}")
}

/// GET /static/{digest}/{file}
pub async fn show(path: Path<(String, String)>) -> WebResult<HttpResponse> {
    let (digest, name) = path.into_inner();
    let asset = ASSETS.iter().find(|it| it.name == name && it.digest == digest).ok_or(WebError::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, asset.media_type))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.bytes))
}
