//! Counts as people write them.

/// A count with a comma for the thousands: 1,204.
pub fn grouped(count: impl std::fmt::Display) -> String {
    let digits = count.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if 0 < index && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}
