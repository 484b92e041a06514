//! Names and values as a form sends them, and back.

/// The value of a name; empty if the form did not send it. Of a repeated name the first counts.
pub(in crate::domain) fn value(pairs: &[(String, String)], name: &str) -> String {
    pairs.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Whether a box was ticked; browsers send "on" or the value of the box, and nothing for an open one.
pub(in crate::domain) fn ticked(pairs: &[(String, String)], name: &str) -> bool {
    matches!(value(pairs, name).as_str(), "yes" | "on" | "true" | "1")
}

/// A pair of a text field.
pub(in crate::domain) fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// A pair of a tick box, as an open one sends none.
pub(in crate::domain) fn tick(name: &str, ticked: bool) -> Option<(String, String)> {
    ticked.then(|| pair(name, "yes"))
}
