//! What the server and its children say to each other: one line of JSON each way per file.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::domain::document::FileFormat;

/// The hidden command that starts a child.
pub(super) const COMMAND: &str = "inspect-document";

/// The line a child writes once its limits are set.
pub(super) const READY: &str = "ready";

/// What a child is asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verb")]
pub(super) enum Request {
    /// Judge the file.
    Inspect { format: FileFormat, path: PathBuf },
    /// Write the first page of the TIFF at `path` as PNG into `target`.
    RenderPng { path: PathBuf, target: PathBuf },
}

/// What a child answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    /// The file opens.
    Fine(Inspection),
    /// The file is refused.
    Flawed(Flaw),
    /// The child could not read or write; nothing is known about the file.
    Failed(String),
}

/// What is known about a file that opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Pages of a PDF or TIFF.
    pub pages: Option<u32>,
    /// Width of a picture in pixels.
    pub width: Option<u32>,
    /// Height of a picture in pixels.
    pub height: Option<u32>,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// It needs a password.
    #[error("it needs a password")]
    Locked,
    /// It cannot be read.
    #[error("it is damaged")]
    Damaged,
    /// More pixels than [`MAX_MEGAPIXELS`](super::MAX_MEGAPIXELS) or a side longer than [`MAX_SIDE`](super::MAX_SIDE).
    #[error("it has too many pixels")]
    TooManyPixels,
    /// More pages than [`MAX_PAGES`](super::MAX_PAGES), or [`MAX_FRAMES`](super::MAX_FRAMES) for a TIFF.
    #[error("it has too many pages")]
    TooManyPages,
    /// More frames than [`MAX_FRAMES`](super::MAX_FRAMES).
    #[error("it is an animation")]
    Animation,
    /// It takes more time or memory than one file may have.
    #[error("it is too complex")]
    TooComplex,
}
