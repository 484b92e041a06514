//! What a letter of authorization waits for, in a sentence, and whose move it is.

use super::{
    loa::{EndReason, LoaMode, LoaState},
    situation::{NextAction, Turn},
};

/// The newest letter of a request; times are in words already.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    pub state: LoaState,
    pub mode: LoaMode,
    /// Why it ended, if it did.
    pub ended: Option<EndReason>,
    pub signer: &'a str,
    /// The day on which the signer was asked.
    pub asked_on: &'a str,
    /// The last day on which the link opens.
    pub until: &'a str,
    /// Whether that day has passed and nobody has noted it yet.
    pub is_past: bool,
    /// Whether the signer, who was asked by mail, chose paper.
    pub paper_chosen: bool,
}

const UPLOAD: NextAction = NextAction { label: "Upload the signed letter", path: "/loa/upload" };
const FINISH: NextAction = NextAction { label: "Finish letter of authorization", path: "/loa" };

impl Signing<'_> {
    /// Whether the link has ended unsigned.
    fn is_expired(&self) -> bool {
        self.state == LoaState::Expired || (self.state == LoaState::Pending && self.is_past)
    }

    /// What is happening.
    pub fn sentence(&self) -> String {
        let Self { signer, asked_on, until, .. } = self;
        if self.is_expired() {
            return format!("{signer} did not sign the letter in time: it could be signed until {until}.");
        }
        match (self.state, self.mode) {
            (LoaState::Pending, LoaMode::Remote) if self.paper_chosen => {
                format!("{signer} wants to sign on paper. Upload the letter once it is signed, until {until}.")
            }
            (LoaState::Pending, LoaMode::Remote) => {
                format!("Waiting for {signer} to sign, sent {asked_on}. The link ends {until}.")
            }
            (LoaState::Pending, LoaMode::InPerson) => {
                format!("The letter of authorization is ready for {signer} to sign here, until {until}.")
            }
            (LoaState::Pending, LoaMode::Paper) => {
                "Upload the letter of authorization that is signed on paper.".to_owned()
            }
            (LoaState::Signed, _) => format!("{signer} signed the letter. We are putting our seal on it."),
            (LoaState::Sealed | LoaState::Uploaded, _) => {
                "The letter is signed. We check your details next.".to_owned()
            }
            _ => self.end(),
        }
    }

    fn end(&self) -> String {
        let signer = self.signer;
        match self.ended {
            Some(EndReason::Declined) => format!("{signer} declined to sign the letter."),
            Some(EndReason::Correction) => format!("{signer} says that something in the letter is wrong."),
            Some(EndReason::WrongPerson) => format!("{signer} is not the right person to sign the letter."),
            Some(EndReason::Reported) => {
                format!("Whoever got the letter for {signer} does not know of this request. Check the email address.")
            }
            _ => "The letter of authorization no longer counts. A new one has to be signed.".to_owned(),
        }
    }

    /// Who has to act, and the one link that goes on.
    pub fn next(&self) -> (Turn, Option<NextAction>) {
        if self.is_expired() {
            return (Turn::You, Some(FINISH));
        }
        match (self.state, self.mode) {
            (LoaState::Pending, LoaMode::Remote) if self.paper_chosen => (Turn::You, Some(UPLOAD)),
            (LoaState::Pending, LoaMode::Remote) => {
                (Turn::Signer, Some(NextAction { label: "Send again or change signer", path: "/loa" }))
            }
            (LoaState::Pending, LoaMode::InPerson) => {
                (Turn::You, Some(NextAction { label: "Sign the letter", path: "/loa/signing" }))
            }
            (LoaState::Pending, LoaMode::Paper) => (Turn::You, Some(UPLOAD)),
            (LoaState::Signed | LoaState::Sealed | LoaState::Uploaded, _) => (Turn::Us, None),
            _ => (Turn::You, Some(FINISH)),
        }
    }

    /// Whether the requester has to do something before the letter can be signed.
    pub fn needs_requester(&self) -> bool {
        self.next().0 == Turn::You
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(state: LoaState, mode: LoaMode, ended: Option<EndReason>) -> Signing<'static> {
        let (asked_on, until) = ("Tue, Nov 24", "Dec 8");
        Signing { state, mode, ended, signer: "Dana Ruiz", asked_on, until, is_past: false, paper_chosen: false }
    }

    #[test]
    fn a_letter_that_waits_says_for_whom_and_until_when() {
        let waits = letter(LoaState::Pending, LoaMode::Remote, None);
        assert_eq!(waits.sentence(), "Waiting for Dana Ruiz to sign, sent Tue, Nov 24. The link ends Dec 8.");
        assert_eq!(waits.next().0, Turn::Signer);
        let late = Signing { is_past: true, ..waits };
        assert_eq!(late.sentence(), letter(LoaState::Expired, LoaMode::Remote, None).sentence());
        assert_eq!(late.next(), (Turn::You, Some(FINISH)));
    }

    #[test]
    fn whatever_ended_unsigned_is_the_requesters_to_finish() {
        for ended in EndReason::ALL {
            let ended = letter(LoaState::Declined, LoaMode::Remote, Some(ended));
            assert_eq!(ended.next(), (Turn::You, Some(FINISH)), "{ended:?}");
        }
    }

    #[test]
    fn a_seal_that_is_owed_is_ours() {
        assert_eq!(letter(LoaState::Signed, LoaMode::Remote, None).next(), (Turn::Us, None));
    }
}
