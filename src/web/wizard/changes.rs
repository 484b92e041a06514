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
        let aside = memory.set_aside.as_ref();
        match stage {
            Stage::Rejected if aside.is_some_and(|aside| aside.changes_in_use) => Self::InUse,
            Stage::Rejected if is_begun || aside.is_some() => Self::Aside,
            Stage::Draft | Stage::Rejected | Stage::Completed | Stage::Canceled => Self::No,
            _ => match (stage.is_changeable(), is_begun) {
                (true, true) => Self::Begun,
                (true, false) => Self::Possible,
                (false, true) => Self::Late,
                (false, false) => Self::No,
            },
        }
    }
}
