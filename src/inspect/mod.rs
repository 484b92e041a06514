//! Looking inside uploaded files, in child processes with hard limits, so that no file can hang or crash the server.

pub mod child;
mod helper;
mod inspector;
mod pdf;
mod pdf_forms;
mod picture;
mod protocol;
mod render;
mod walk;

pub use inspector::{InspectError, Inspector, StrangerTurn};
pub use protocol::{Flaw, Inspection};

/// The most pages a document may have.
pub const MAX_PAGES: usize = 2_000;

/// The most pictures one file may hold: pages of a TIFF, frames of an animation.
pub const MAX_FRAMES: usize = 100;

/// The most pixels a picture may have, in millions; the largest camera phones of 2026 save 50 to 108.
pub const MAX_MEGAPIXELS: u64 = 120;

/// The longest side a picture may have, in pixels.
pub const MAX_SIDE: u32 = 50_000;
