//! Turning the first page of a TIFF, which browsers do not show, into a PNG.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Write},
    path::Path,
};

use image::{DynamicImage, ImageFormat, ImageReader};

use super::{child::Trouble, picture, protocol::Inspection};

/// The longest side of a rendered page, in pixels; a page scanned at 300 dpi stays as it is.
const MAX_RENDERED_SIDE: u32 = 4_000;

pub(super) fn first_page(path: &Path, target: &Path) -> Result<Inspection, Trouble> {
    let mut reader = ImageReader::with_format(BufReader::new(File::open(path)?), ImageFormat::Tiff);
    reader.limits(picture::limits());
    let page = reader.decode().map_err(|error| picture::flaw(&error))?;
    let page = if MAX_RENDERED_SIDE < page.width().max(page.height()) {
        page.thumbnail(MAX_RENDERED_SIDE, MAX_RENDERED_SIDE)
    } else {
        page
    };
    let page = eight_bits(page);
    let mut file = BufWriter::new(File::create(target)?);
    page.write_to(&mut file, ImageFormat::Png).map_err(|error| picture::flaw(&error))?;
    file.flush()?;
    Ok(Inspection { pages: None, width: Some(page.width()), height: Some(page.height()) })
}

/// PNG has no floating-point pixels, and 16 bits would only double the answer.
fn eight_bits(page: DynamicImage) -> DynamicImage {
    match (page.color().has_color(), page.color().has_alpha()) {
        (false, false) => page.into_luma8().into(),
        (false, true) => page.into_luma_alpha8().into(),
        (true, false) => page.into_rgb8().into(),
        (true, true) => page.into_rgba8().into(),
    }
}
