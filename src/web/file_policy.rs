//! What a file that somebody gave us may do in a browser: nothing, or show itself.

/// A file to download runs nothing and stands in no frame.
pub const DOWNLOAD_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// A document in a frame of ours may show itself, and that is all.
pub const VIEW_POLICY: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'";
