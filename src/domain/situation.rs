//! What is happening now, in a sentence, and whose move it is: computed from the stage, never stored.

use super::{
    estimates::TEXTS_LAG,
    signing::Signing,
    stage::{CustomerStatus, Stage},
};

/// Who has to act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The requester.
    You,
    /// Our desk.
    Us,
    /// The losing carrier.
    Carrier,
    /// Whoever signs the letter of authorization.
    Signer,
    /// Whoever sent the manual form, as everybody else reads it.
    Contact,
    /// Nobody: it is over.
    Nobody,
}

/// The one link that unblocks a request, if its requester can do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextAction {
    pub label: &'static str,
    /// What follows `/port-requests/{sid}`.
    pub path: &'static str,
}

/// The facts from which the sentence is made; times are in words already.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    pub losing_carrier: &'a str,
    /// The next unfinished step of a draft, like "Contact information".
    pub next_step: &'a str,
    /// The day on which the losing carrier got the order.
    pub sent_to_carrier_on: &'a str,
    /// The agreed window with its zone.
    pub foc: &'a str,
    /// Whether the window has begun and not ended.
    pub moving_now: bool,
    /// Whether the window has ended.
    pub window_passed: bool,
    pub number_count: i32,
    pub ported_count: i32,
    /// Whether every number of the account moves, so that the account may be closed afterwards.
    pub leaves_carrier: bool,
    /// The day of the last change of stage.
    pub since: &'a str,
    /// Why it was rejected or canceled.
    pub reason: &'a str,
    /// While the letter of authorization is out for signature: that letter.
    pub letter: Option<Signing<'a>>,
}

/// What a request's list row and Now card say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    pub status: CustomerStatus,
    pub sentence: String,
    pub turn: Turn,
    pub action: Option<NextAction>,
}

impl Situation {
    /// Says what is happening.
    pub fn of(stage: Stage, facts: &Facts<'_>) -> Self {
        let waiting = facts.letter.as_ref().filter(|_| stage == Stage::AwaitingSignature);
        let (mut turn, action) = waiting.map_or_else(|| next(stage), Signing::next);
        if stage == Stage::FocScheduled && facts.window_passed {
            turn = Turn::Us;
        }
        let sentence = waiting.map_or_else(|| sentence(stage, facts), Signing::sentence);
        Self { status: stage.customer_status(), sentence, turn, action }
    }

    /// The same for everybody but whoever sent the manual form: what is asked for there is not theirs to do.
    #[must_use]
    pub fn of_a_contact(self) -> Self {
        let turn = if self.turn == Turn::You { Turn::Contact } else { self.turn };
        Self { turn, action: None, ..self }
    }

    /// The same while the mailbox is not proven: whoever sent the manual form is asked for that, whatever is checked
    /// meanwhile. `contact` is their name, where somebody else reads it.
    #[must_use]
    pub fn before_the_mailbox(self, contact: Option<&str>, losing_carrier: &str) -> Self {
        let told = contact.map(|name| {
            format!(
                "{name} has to confirm their email address. We check the details meanwhile; nothing goes to \
                 {losing_carrier} before that."
            )
        });
        Self { turn: Turn::You, sentence: told.unwrap_or(self.sentence), ..self }
    }

    /// "Waiting for you", "Waiting for us" and so on; the losing carrier, the signer and the contact by name.
    pub fn whose_move(&self, losing_carrier: &str, signer: &str, contact: &str) -> String {
        match self.turn {
            Turn::Signer => format!("Waiting for {signer}"),
            Turn::Contact => format!("Waiting for {contact}"),
            Turn::You => "Waiting for you".to_owned(),
            Turn::Us => "Waiting for us".to_owned(),
            Turn::Carrier if losing_carrier.is_empty() => "Waiting for your current carrier".to_owned(),
            Turn::Carrier => format!("Waiting for {losing_carrier}"),
            Turn::Nobody if self.status == CustomerStatus::Completed => "All numbers moved".to_owned(),
            Turn::Nobody => "Nothing left to do".to_owned(),
        }
    }
}

fn next(stage: Stage) -> (Turn, Option<NextAction>) {
    match stage {
        Stage::Draft => (Turn::You, Some(NextAction { label: "Continue", path: "/continue" })),
        Stage::NeedsInfo => (Turn::You, None),
        Stage::Rejected => (Turn::You, Some(NextAction { label: "Fix and resubmit", path: "/fix" })),
        Stage::AwaitingApproval | Stage::AwaitingSignature | Stage::InReview => (Turn::Us, None),
        Stage::Submitted | Stage::FocScheduled | Stage::PartiallyPorted | Stage::CancelRequested => {
            (Turn::Carrier, None)
        }
        // Test calls and the old contract wait for nobody here: the desk does not learn of them.
        Stage::Completed | Stage::Canceled => (Turn::Nobody, None),
    }
}

fn sentence(stage: Stage, facts: &Facts<'_>) -> String {
    let carrier = if facts.losing_carrier.is_empty() { "your current carrier" } else { facts.losing_carrier };
    match stage {
        Stage::Draft if facts.next_step.is_empty() => "Not sent yet.".to_owned(),
        Stage::Draft => format!("Not sent yet. Next: {}.", facts.next_step),
        Stage::AwaitingApproval => "Waiting for approval of this request.".to_owned(),
        Stage::AwaitingSignature | Stage::InReview => {
            "We are checking your details against your bill. Usually within 1 business day.".to_owned()
        }
        Stage::NeedsInfo => "We have a question about this request.".to_owned(),
        Stage::Submitted => format!(
            "Sent to {carrier} on {}. Carriers usually answer in 3 to 7 business days.",
            facts.sent_to_carrier_on
        ),
        Stage::FocScheduled if facts.window_passed => format!(
            "The move was due {}. We are checking with {carrier} which numbers moved. Keep your old service on.",
            facts.foc
        ),
        Stage::FocScheduled if facts.moving_now => format!(
            "Moving now: {}. Expect a short interruption; texts can lag up to {TEXTS_LAG}. Keep your old service on.",
            facts.foc
        ),
        Stage::FocScheduled => {
            format!("{} confirmed the move: {}. Keep your old service on.", capitalized(carrier), facts.foc)
        }
        Stage::PartiallyPorted => format!(
            "{} of {} numbers moved. {} still with {carrier}.",
            facts.ported_count,
            facts.number_count,
            facts.number_count - facts.ported_count
        ),
        Stage::Rejected => or_else(facts.reason, "This request was refused. See what to correct."),
        Stage::CancelRequested => format!("Cancel requested. We are asking {carrier} to stop the move."),
        Stage::Completed if facts.leaves_carrier => {
            format!("Moved on {}. Test calls and texts, then close your account with {carrier}.", facts.since)
        }
        Stage::Completed => format!(
            "Moved on {}. Test calls and texts. Keep your account with {carrier} for the numbers that stay.",
            facts.since
        ),
        Stage::Canceled => {
            let reason = or_else(facts.reason, "");
            format!("Canceled on {}. {reason}", facts.since).trim_end().to_owned()
        }
    }
}

fn or_else(text: &str, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_says_something_and_whose_move_it_is() {
        for stage in Stage::ALL {
            let situation = Situation::of(stage, &Facts::default());
            assert!(!situation.sentence.is_empty(), "{stage:?}");
            assert_eq!(stage.is_final(), situation.turn == Turn::Nobody, "{stage:?}");
        }
    }

    #[test]
    fn no_sentence_speaks_of_signing_while_nobody_can_sign() {
        for stage in Stage::ALL {
            assert!(!Situation::of(stage, &Facts::default()).sentence.contains("sign"), "{stage:?}");
        }
    }

    #[test]
    fn an_account_with_numbers_that_stay_is_kept() {
        let facts = Facts { losing_carrier: "Verizon", since: "Jun 9, 2026", ..Facts::default() };
        let sentence =
            |leaves_carrier| Situation::of(Stage::Completed, &Facts { leaves_carrier, ..facts.clone() }).sentence;
        assert_eq!(sentence(true), "Moved on Jun 9, 2026. Test calls and texts, then close your account with Verizon.");
        assert_eq!(
            sentence(false),
            "Moved on Jun 9, 2026. Test calls and texts. Keep your account with Verizon for the numbers that stay."
        );
    }

    #[test]
    fn the_agreed_window_is_said_with_its_zone() {
        let facts = Facts { losing_carrier: "Verizon", foc: "Tue, Jun 9, 10:00 AM–2:00 PM EDT", ..Facts::default() };
        let situation = Situation::of(Stage::FocScheduled, &facts);
        assert_eq!(
            situation.sentence,
            "Verizon confirmed the move: Tue, Jun 9, 10:00 AM–2:00 PM EDT. Keep your old service on."
        );
        assert_eq!(situation.whose_move("Verizon", "", ""), "Waiting for Verizon");
    }

    #[test]
    fn a_window_that_has_passed_is_ours_to_ask_about() {
        let facts = Facts { foc: "Tue, Jun 9, 10:00 AM–2:00 PM EDT", window_passed: true, ..Facts::default() };
        let situation = Situation::of(Stage::FocScheduled, &facts);
        assert_eq!(
            situation.sentence,
            "The move was due Tue, Jun 9, 10:00 AM–2:00 PM EDT. We are checking with your current carrier which \
             numbers moved. Keep your old service on."
        );
        assert_eq!(situation.turn, Turn::Us);
    }
}
