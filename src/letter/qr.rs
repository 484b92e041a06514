//! The QR code of the verification page.

use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};

use super::error::LetterError;

/// The address as an image. Medium correction: a stronger one has smaller squares, of which a fax loses more.
///
/// # Errors
/// [`LetterError::QrCode`] for an address of thousands of characters.
pub(super) fn svg(address: &str) -> Result<String, LetterError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(LetterError::QrCode)?;
    Ok(code.render::<Color>().quiet_zone(false).build())
}
