//! Judging a picture by its header and structure, without decoding its pixels.

use std::{
    fs::File,
    io::{BufReader, Seek},
    path::Path,
};

use image::{ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, error::LimitErrorKind};

use super::{
    MAX_FRAMES, MAX_MEGAPIXELS, MAX_SIDE,
    child::Trouble,
    protocol::{Flaw, Inspection},
    walk,
};
use crate::domain::document::FileFormat;

pub(super) fn inspect(format: FileFormat, path: &Path) -> Result<Inspection, Trouble> {
    let mut file = BufReader::new(File::open(path)?);
    let pages = structure(format, &mut file)?;
    file.rewind()?;
    let size = match decoder_format(format) {
        Some(decoder) => size(file, decoder)?,
        None => None,
    };
    Ok(Inspection { pages, width: size.map(|(width, _)| width), height: size.map(|(_, height)| height) })
}

/// Walks the file's blocks. Answers the pages of a TIFF.
fn structure(format: FileFormat, file: &mut BufReader<File>) -> Result<Option<u32>, Flaw> {
    let frames = match format {
        FileFormat::Pdf => return Err(Flaw::Damaged),
        FileFormat::Jpeg => return walk::jpeg(file).map(|()| None),
        FileFormat::Heic => return walk::heic(file).map(|()| None),
        FileFormat::Tiff => return walk::tiff(file, MAX_FRAMES).map(|pages| u32::try_from(pages).ok()),
        FileFormat::Gif => walk::gif(file, MAX_FRAMES)?,
        FileFormat::Png => walk::png(file)?,
        FileFormat::WebP => walk::webp(file, MAX_FRAMES)?,
    };
    if MAX_FRAMES < frames { Err(Flaw::Animation) } else { Ok(None) }
}

/// HEIC has no decoder here: it is kept for download.
fn decoder_format(format: FileFormat) -> Option<ImageFormat> {
    match format {
        FileFormat::Jpeg => Some(ImageFormat::Jpeg),
        FileFormat::Png => Some(ImageFormat::Png),
        FileFormat::WebP => Some(ImageFormat::WebP),
        FileFormat::Tiff => Some(ImageFormat::Tiff),
        FileFormat::Gif => Some(ImageFormat::Gif),
        FileFormat::Pdf | FileFormat::Heic => None,
    }
}

/// Width and height by the header; `None` for a TIFF of a sort that only other programs open.
fn size(file: BufReader<File>, format: ImageFormat) -> Result<Option<(u32, u32)>, Flaw> {
    let mut reader = ImageReader::with_format(file, format);
    reader.limits(limits());
    let (width, height) = match reader.into_decoder() {
        Ok(decoder) => decoder.dimensions(),
        Err(ImageError::Unsupported(_)) if format == ImageFormat::Tiff => return Ok(None),
        Err(error) => return Err(flaw(&error)),
    };
    if width == 0 || height == 0 {
        return Err(Flaw::Damaged);
    }
    if MAX_MEGAPIXELS * 1_000_000 < u64::from(width) * u64::from(height) {
        return Err(Flaw::TooManyPixels);
    }
    Ok(Some((width, height)))
}

/// Limits for every decoder: sides in pixels, buffers of 256 MiB.
pub(super) fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(256 * 1024 * 1024);
    limits
}

pub(super) fn flaw(error: &ImageError) -> Flaw {
    match error {
        ImageError::Limits(limit) if limit.kind() == LimitErrorKind::DimensionError => Flaw::TooManyPixels,
        ImageError::Limits(_) => Flaw::TooComplex,
        _ => Flaw::Damaged,
    }
}
