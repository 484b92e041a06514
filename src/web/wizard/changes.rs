//! Whether what was sent is being changed, and what becomes of changes that were not sent.

use crate::domain::{draft::Memory, stage::Stage};

/// What there is to say about changes of the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    No,
    Possible,
    /// Begun, and not sent.
    Begun,
    /// Begun, and the request has gone on without them.
    Late,
    /// The request was refused before they were sent: they stand beside the correction.
    Aside,
    /// The same, and the correction goes on with them.
    InUse,
}

impl Changes {
    /// See [`Changes::Begun`].
    pub fn is_begun(self) -> bool {
        self == Self::Begun
    }

    /// See [`Changes::Late`].
    pub fn is_late(self) -> bool {
        self == Self::Late
    }

    /// See [`Changes::Aside`].
    pub fn is_aside(self) -> bool {
        self == Self::Aside
    }

    /// See [`Changes::InUse`].
    pub fn is_in_use(self) -> bool {
        self == Self::InUse
    }

    /// What is so in a stage.
    pub fn of(stage: Stage, memory: &Memory) -> Self {
        let is_begun = memory.sent.is_some();
        match stage {
            Stage::Draft | Stage::Completed | Stage::Canceled => Self::No,
            Stage::Rejected if memory.set_aside.as_ref().is_some_and(|aside| aside.changes_in_use) => Self::InUse,
            Stage::Rejected if is_begun || memory.set_aside.is_some() => Self::Aside,
            Stage::Rejected => Self::No,
            _ if stage.is_changeable() => {
                if is_begun {
                    Self::Begun
                } else {
                    Self::Possible
                }
            }
            _ => {
                if is_begun {
                    Self::Late
                } else {
                    Self::No
                }
            }
        }
    }
}
