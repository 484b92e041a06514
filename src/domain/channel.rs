//! How a request reached the desk.

/// The door through which a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A signed-in customer wrote it.
    InApp,
    /// Somebody without an account wrote it, who is served by mail.
    Manual,
}

impl Channel {
    /// The word kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InApp => "in_app",
            Self::Manual => "manual",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::InApp, Self::Manual].into_iter().find(|channel| channel.code() == code)
    }
}
