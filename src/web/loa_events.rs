//! What happened to the letter of authorization, in the history of its request: the desk and the customer read the same.

/// The title of a line of history, if it is about the letter and reads the same for everybody.
pub fn title(event: &str) -> Option<&'static str> {
    Some(match event {
        "signed" => "Letter signed",
        "letter_sealed" => "Letter sealed",
        "correction_asked" => "Signer says that something is wrong",
        "wrong_signer" => "Signer is not the right person",
        "signature_reported" => "Signer does not know of the request",
        "paper_chosen" => "Signer wants to sign on paper",
        "loa_expired" => "Letter not signed in time",
        "signature_asked_again" => "Letter sent again to be signed",
        "signature_asked_by_desk" => "New signature asked for",
        "signer_changed" => "Signer changed",
        _ => return None,
    })
}
