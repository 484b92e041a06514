//! Where a port request stands: the internal stage, and the word that the customer reads.

/// The internal stage of a port request. What customers read is [`CustomerStatus`], computed from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Being written by the requester.
    Draft,
    /// A manager's request that the account owner has to approve first.
    AwaitingApproval,
    /// The letter of authorization is out for signature.
    AwaitingSignature,
    /// Our desk checks it against the bill.
    InReview,
    /// Our desk asked the requester something.
    NeedsInfo,
    /// The losing carrier has the order.
    Submitted,
    /// The losing carrier gave a firm order commitment.
    FocScheduled,
    /// Some numbers moved, others are still with the losing carrier.
    PartiallyPorted,
    /// Refused by the losing carrier or by our desk; the requester has to correct it.
    Rejected,
    /// The requester wants to stop an order that the losing carrier already has.
    CancelRequested,
    /// Every number moved.
    Completed,
    /// Stopped for good.
    Canceled,
}

impl Stage {
    /// Every stage, in the order of a request's life.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::AwaitingApproval,
        Self::AwaitingSignature,
        Self::InReview,
        Self::NeedsInfo,
        Self::Submitted,
        Self::FocScheduled,
        Self::PartiallyPorted,
        Self::Rejected,
        Self::CancelRequested,
        Self::Completed,
        Self::Canceled,
    ];

    /// The word kept in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingApproval => "awaiting_approval",
            Self::AwaitingSignature => "awaiting_signature",
            Self::InReview => "in_review",
            Self::NeedsInfo => "needs_info",
            Self::Submitted => "submitted",
            Self::FocScheduled => "foc_scheduled",
            Self::PartiallyPorted => "partially_ported",
            Self::Rejected => "rejected",
            Self::CancelRequested => "cancel_requested",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// What reviewers read on the desk.
    pub fn desk_label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::AwaitingApproval => "Awaiting approval",
            Self::AwaitingSignature => "Awaiting signature",
            Self::InReview => "To decide",
            Self::NeedsInfo => "Waiting on customer",
            Self::Submitted => "Sent to carrier",
            Self::FocScheduled => "FOC set",
            Self::PartiallyPorted => "Partly moved",
            Self::Rejected => "Rejected",
            Self::CancelRequested => "Cancel requested",
            Self::Completed => "Completed",
            Self::Canceled => "Canceled",
        }
    }

    /// The word that customers read (decision P4).
    pub fn customer_status(self) -> CustomerStatus {
        match self {
            Self::Draft => CustomerStatus::Draft,
            Self::AwaitingApproval | Self::AwaitingSignature | Self::InReview | Self::NeedsInfo => {
                CustomerStatus::InReview
            }
            Self::Submitted | Self::FocScheduled | Self::PartiallyPorted | Self::CancelRequested => {
                CustomerStatus::InProgress
            }
            Self::Completed => CustomerStatus::Completed,
            Self::Rejected => CustomerStatus::Rejected,
            Self::Canceled => CustomerStatus::Canceled,
        }
    }

    /// Whether nothing more can happen to the request.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Canceled)
    }

    /// Whether the losing carrier works on the order.
    pub fn is_at_carrier(self) -> bool {
        matches!(self, Self::Submitted | Self::FocScheduled | Self::PartiallyPorted)
    }

    /// Whether the requester may change the answers in the wizard: until the losing carrier has them, and after a refusal.
    pub fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::AwaitingSignature | Self::InReview | Self::Rejected)
    }

    /// Whether the desk or the signer has what was sent, so that a change is sent to them.
    pub fn is_changeable(self) -> bool {
        matches!(self, Self::AwaitingSignature | Self::InReview)
    }

    /// Whether the request holds its numbers, so that no other request may be sent with them.
    pub fn holds_numbers(self) -> bool {
        !matches!(self, Self::Draft | Self::Completed | Self::Canceled)
    }

    /// Whether the request may wait here for its requester: always, or while its letter of authorization does.
    pub fn may_need_requester(self) -> bool {
        matches!(self, Self::Draft | Self::AwaitingSignature | Self::NeedsInfo | Self::Rejected)
    }
}

/// The words that customers read: the four of the trade, and our Draft and Canceled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomerStatus {
    Draft,
    InReview,
    InProgress,
    Completed,
    Rejected,
    Canceled,
}

impl CustomerStatus {
    /// Every status, in the order of the filter.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::InReview, Self::InProgress, Self::Completed, Self::Rejected, Self::Canceled];

    /// The word as shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "In Review",
            Self::InProgress => "In Progress",
            Self::Completed => "Completed",
            Self::Rejected => "Rejected",
            Self::Canceled => "Canceled",
        }
    }

    /// The word in addresses and style sheets.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
            Self::Canceled => "canceled",
        }
    }

    /// Reads the word of an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The stages that carry this word.
    pub fn stages(self) -> Vec<Stage> {
        Stage::ALL.into_iter().filter(|stage| stage.customer_status() == self).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_read_back_from_its_code() {
        for stage in Stage::ALL {
            assert_eq!(Stage::from_code(stage.code()), Some(stage));
        }
    }

    #[test]
    fn customers_read_the_four_words_of_the_trade_and_two_of_ours() {
        let labels: Vec<_> = CustomerStatus::ALL.into_iter().map(CustomerStatus::label).collect();
        assert_eq!(labels, ["Draft", "In Review", "In Progress", "Completed", "Rejected", "Canceled"]);
        let stages: usize = CustomerStatus::ALL.into_iter().map(|status| status.stages().len()).sum();
        assert_eq!(stages, Stage::ALL.len());
    }
}
