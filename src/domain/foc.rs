//! The firm order commitment: the date and window that the losing carrier commits to.

use chrono::NaiveDateTime;

/// A window of time in which the numbers move, in UTC, with the zone in which people speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FocWindow {
    /// When the window opens (UTC).
    pub starts_at: NaiveDateTime,
    /// When the window closes (UTC).
    pub ends_at: NaiveDateTime,
    /// IANA name of the zone in which the window was agreed.
    pub zone: String,
}
