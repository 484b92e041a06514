//! Everything that can end a request without its page.

use std::error::Error;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};

use crate::store::StoreError;

/// Shorthand of this room.
pub type WebResult<T> = Result<T, WebError>;

/// Why there is no page. `web::guard` turns it into the styled page, which needs the request.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    #[error("Page not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("Sign in first")]
    SignInFirst,
    /// A reviewer on an admin's page: the one case in which the page may be known to exist.
    #[error("You do not have access to this page")]
    NotAdmin,
    /// The request came from another site.
    #[error("This form was sent from another site, so it was not accepted")]
    OtherOrigin,
    /// Somebody was quicker, or the move is not allowed any more.
    #[error("{0}")]
    Conflict(String),
    /// More bytes than are taken.
    #[error("{0}")]
    TooLarge(String),
    /// Bytes that cannot be read as text.
    #[error("{0}")]
    BadRequest(String),
    /// Not a form.
    #[error("The request was not sent as a form")]
    UnsupportedMediaType,
    /// Too many tries, with the minutes until the next one is allowed.
    #[error("{told}")]
    TooMany { told: String, minutes: i64 },
    /// Every core hashes a password, and the wait for a turn was too long.
    #[error("Too many people are signing in at this moment")]
    Busy,
    /// Database or files are away.
    #[error("The service is not available right now")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// Our mistake.
    #[error("There is a problem with the service")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl WebError {
    /// Our mistake, with its cause for the log.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::SEE_OTHER,
            Self::NotAdmin | Self::OtherOrigin => StatusCode::FORBIDDEN,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale => Self::Conflict(
                "Somebody changed this while you looked at it. Reload the page and decide again.".to_owned(),
            ),
            // Two people, or two clicks, wanted the same at the same moment.
            StoreError::Taken => {
                Self::Conflict("Somebody else took this in the same moment. Reload the page and try again.".to_owned())
            }
            StoreError::Pool(_) | StoreError::Busy | StoreError::Away(_) | StoreError::Stopped => {
                Self::Unavailable(Box::new(error))
            }
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<super::hashers::HashersError> for WebError {
    fn from(error: super::hashers::HashersError) -> Self {
        match error {
            super::hashers::HashersError::Busy => Self::Busy,
            super::hashers::HashersError::Store(error) => error.into(),
        }
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<crate::services::draft::DraftError> for WebError {
    fn from(error: crate::services::draft::DraftError) -> Self {
        use crate::services::draft::DraftError;
        match error {
            DraftError::Store(error) => error.into(),
            DraftError::Sent(_)
            | DraftError::OtherTab
            | DraftError::NoMember(_)
            | DraftError::NothingLeft
            | DraftError::PortingOff { .. } => Self::Conflict(format!("{error}.")),
        }
    }
}

impl From<crate::services::manual::ManualError> for WebError {
    fn from(error: crate::services::manual::ManualError) -> Self {
        use crate::services::manual::ManualError;
        match error {
            ManualError::Throttled(minutes) => Self::TooMany { told: format!("{error}."), minutes },
            ManualError::Store(error) => error.into(),
            // The page at this address says where it is.
            error @ (ManualError::Sent(_) | ManualError::OtherTab) => Self::Conflict(error.to_string()),
        }
    }
}

impl From<crate::services::review::ReviewError> for WebError {
    fn from(error: crate::services::review::ReviewError) -> Self {
        use crate::services::review::ReviewError;
        match error {
            ReviewError::Store(error) => error.into(),
            refused => Self::Conflict(format!("{refused}.")),
        }
    }
}

impl From<crate::services::people::PeopleError> for WebError {
    fn from(error: crate::services::people::PeopleError) -> Self {
        use crate::services::people::PeopleError;
        match error {
            PeopleError::Store(error) => error.into(),
            PeopleError::TooManyLetters(minutes) => Self::TooMany { told: format!("{error}."), minutes },
            told => Self::Conflict(format!("{told}.")),
        }
    }
}

impl From<crate::services::loa::tools::PaperError> for WebError {
    fn from(error: crate::services::loa::tools::PaperError) -> Self {
        use crate::services::loa::tools::PaperError;
        match error {
            PaperError::Store(error) => error.into(),
            PaperError::Files(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

impl From<crate::services::loa::landing::LinkError> for WebError {
    fn from(error: crate::services::loa::landing::LinkError) -> Self {
        use crate::services::loa::landing::LinkError;
        match error {
            LinkError::Unknown => Self::NotFound,
            LinkError::TooMany(minutes) => Self::TooMany { told: format!("{error}."), minutes },
            LinkError::Store(error) => error.into(),
        }
    }
}

impl From<crate::files::FilesError> for WebError {
    fn from(error: crate::files::FilesError) -> Self {
        match error {
            crate::files::FilesError::Missing => Self::internal(error),
            other => Self::Unavailable(Box::new(other)),
        }
    }
}
