//! What an installation sets of the look: its accent colour and its logo, as files beside our own.

use std::io;

use actix_web::web::Bytes;

use super::assets::Asset;
use crate::{config::Brand, domain::color::Color};

/// The brand's own files.
#[derive(Default)]
pub struct BrandAssets {
    pub assets: Vec<Asset>,
    /// Address of the style sheet that sets the accent colour.
    pub css: Option<String>,
    /// Address of the logo.
    pub logo: Option<String>,
}

impl BrandAssets {
    /// Reads the logo and writes the style sheet.
    pub fn of(brand: &Brand) -> io::Result<Self> {
        let mut made = Self::default();
        if let Some(accent) = brand.accent {
            let asset = Asset::new("brand.css", "text/css; charset=utf-8", Bytes::from(style(accent)));
            made.css = Some(asset.address());
            made.assets.push(asset);
        }
        if let Some(path) = &brand.logo_file {
            let is_svg = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("svg"));
            let (name, media_type) = if is_svg { ("logo.svg", "image/svg+xml") } else { ("logo.png", "image/png") };
            let asset = Asset::new(name, media_type, Bytes::from(std::fs::read(path)?));
            made.logo = Some(asset.address());
            made.assets.push(asset);
        }
        Ok(made)
    }
}

fn style(accent: Color) -> String {
    let dark = accent.for_dark();
    format!(
        ":root{{--accent:light-dark({accent},{dark});--accent-hover:light-dark({},{})}}\n",
        accent.darker(),
        dark.lighter()
    )
}
