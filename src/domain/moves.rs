//! The one table of allowed moves between stages, and who may make them.

use super::stage::Stage;

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mover {
    /// The person who wrote the request, or the owner of its account.
    Requester,
    /// The authorized person who signs the letter of authorization.
    Signer,
    /// A reviewer or admin at the desk.
    Reviewer,
}

/// Why a move was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This request is {}, so it cannot become {}", from.desk_label(), to.desk_label())]
pub struct MoveRefused {
    pub from: Stage,
    pub to: Stage,
}

use Mover::{Requester, Reviewer, Signer};
use Stage::{
    AwaitingApproval, AwaitingSignature, CancelRequested, Canceled, Completed, Draft, FocScheduled, InReview,
    NeedsInfo, PartiallyPorted, Rejected, Submitted,
};

/// From, to, and who. What is not here is refused.
const MOVES: &[(Stage, &[Stage], &[Mover])] = &[
    (Draft, &[AwaitingApproval, AwaitingSignature, InReview], &[Requester]),
    (AwaitingApproval, &[AwaitingSignature, InReview, Canceled], &[Requester]),
    // A changed request waits for its signer again, or goes on with the letter that it has.
    (AwaitingSignature, &[AwaitingSignature], &[Requester, Reviewer]),
    (AwaitingSignature, &[InReview], &[Signer, Requester]),
    (AwaitingSignature, &[Canceled], &[Requester, Reviewer]),
    (InReview, &[AwaitingSignature, NeedsInfo, Submitted, Rejected], &[Reviewer]),
    (InReview, &[AwaitingSignature, InReview], &[Requester]),
    (InReview, &[Canceled], &[Requester, Reviewer]),
    (NeedsInfo, &[InReview, Canceled], &[Requester, Reviewer]),
    (NeedsInfo, &[Rejected], &[Reviewer]),
    (Submitted, &[FocScheduled, Rejected, Canceled], &[Reviewer]),
    (Submitted, &[CancelRequested], &[Requester]),
    (FocScheduled, &[FocScheduled, Submitted, PartiallyPorted, Completed, Rejected, Canceled], &[Reviewer]),
    (FocScheduled, &[CancelRequested], &[Requester]),
    (PartiallyPorted, &[PartiallyPorted, FocScheduled, Completed, Rejected, Canceled], &[Reviewer]),
    (Rejected, &[AwaitingSignature, InReview, Canceled], &[Requester]),
    (Rejected, &[Canceled], &[Reviewer]),
    (CancelRequested, &[Canceled, Submitted, FocScheduled], &[Reviewer]),
];

impl Stage {
    /// Moves on, if the table allows this mover to.
    pub fn move_to(self, to: Self, mover: Mover) -> Result<Self, MoveRefused> {
        if self.allows(to, mover) { Ok(to) } else { Err(MoveRefused { from: self, to }) }
    }

    /// Whether the table allows this mover to make this move.
    pub fn allows(self, to: Self, mover: Mover) -> bool {
        MOVES.iter().any(|(from, targets, movers)| *from == self && targets.contains(&to) && movers.contains(&mover))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_sent_returns_to_draft_and_what_ended_stays_ended() {
        for mover in [Requester, Signer, Reviewer] {
            for from in Stage::ALL {
                assert!(!from.allows(Draft, mover), "{from:?} must not become a draft again");
                if from.is_final() {
                    assert!(Stage::ALL.into_iter().all(|to| !from.allows(to, mover)), "{from:?} is final");
                }
            }
        }
    }

    #[test]
    fn requesters_cannot_move_what_the_carrier_has() {
        assert!(InReview.allows(Canceled, Requester));
        for stage in [Submitted, FocScheduled, PartiallyPorted] {
            assert!(!stage.allows(Canceled, Requester));
            assert!(!stage.allows(Completed, Requester));
        }
    }

    #[test]
    fn a_refused_move_says_where_the_request_is() {
        let refused = Completed.move_to(Rejected, Reviewer).unwrap_err();
        assert_eq!(refused.to_string(), "This request is Completed, so it cannot become Rejected");
    }

    #[test]
    fn every_stage_can_be_reached() {
        for to in Stage::ALL.into_iter().filter(|stage| *stage != Draft) {
            assert!(MOVES.iter().any(|(_, targets, _)| targets.contains(&to)), "{to:?}");
        }
    }
}
