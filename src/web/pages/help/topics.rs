//! The one table of help pages.

/// A help page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Porting,
    WhatYouNeed,
    AccountAndPin,
    Documents,
    Ways,
    Dates,
    Rejected,
    AfterThePort,
    MovingOn,
    Questions,
}

impl Topic {
    /// All pages in the order in which they are read.
    pub const ALL: [Self; 10] = [
        Self::Porting,
        Self::WhatYouNeed,
        Self::AccountAndPin,
        Self::Documents,
        Self::Ways,
        Self::Dates,
        Self::Rejected,
        Self::AfterThePort,
        Self::MovingOn,
        Self::Questions,
    ];

    /// The last part of the page's address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Porting => "porting",
            Self::WhatYouNeed => "what-you-need",
            Self::AccountAndPin => "account-number-and-pin",
            Self::Documents => "documents",
            Self::Ways => "in-app-or-manual",
            Self::Dates => "dates",
            Self::Rejected => "rejected",
            Self::AfterThePort => "after-the-port",
            Self::MovingOn => "moving-on",
            Self::Questions => "questions",
        }
    }

    /// The page of an address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.slug() == slug)
    }

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Porting => "What porting is and how long it takes",
            Self::WhatYouNeed => "What to have ready",
            Self::AccountAndPin => "Find your account number and PIN",
            Self::Documents => "Documents that we accept",
            Self::Ways => "In the app or by the manual form",
            Self::Dates => "The date of the move",
            Self::Rejected => "When a request was rejected",
            Self::AfterThePort => "After the port",
            Self::MovingOn => "Between locations, or to another carrier",
            Self::Questions => "Questions and answers",
        }
    }

    /// The page in one sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Porting => "Your number stays the same; the company that carries it changes.",
            Self::WhatYouNeed => "With these at hand, a request seldom comes back.",
            Self::AccountAndPin => "A wrong PIN is what holds a move up most often. Here is where the right one is.",
            Self::Documents => "Your carrier lets a number go when it is clear whose it is. These papers show it.",
            Self::Ways => "There are two ways to send a request. Both end with your number here.",
            Self::Dates => "You can ask for a day; your carrier decides.",
            Self::Rejected => {
                "Most rejections are one detail that differs. Correct it and send the same request again."
            }
            Self::AfterThePort => "A few checks, so that calls and texts arrive before you close the old account.",
            Self::MovingOn => "A number that is here can go to another location, and it can leave again.",
            Self::Questions => "Short answers to what people ask most.",
        }
    }

    /// Its address.
    pub fn path(self) -> String {
        format!("/help/{}", self.slug())
    }

    /// The page that is read after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().skip_while(|topic| *topic != self).nth(1)
    }
}
