//! When a letter that could not be sent is tried again, and when it counts as dead.

use chrono::Duration;

/// Minutes to wait after the first, second, … failure. Together a little over three days, so that a mail server
/// that is down over a weekend costs no letter (RFC 5321, 4.5.4.1 asks for days, not hours).
const WAITS_IN_MINUTES: [i64; 13] = [1, 2, 5, 15, 60, 120, 240, 480, 720, 720, 720, 720, 720];

/// How long to wait when `attempts` tries have failed; `None` when the letter is dead and a person has to look.
pub fn next_try(attempts: u32) -> Option<Duration> {
    let Some(failures_before) = attempts.checked_sub(1) else {
        return Some(Duration::zero());
    };
    let place = usize::try_from(failures_before).ok()?;
    WAITS_IN_MINUTES.get(place).copied().map(Duration::minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(attempts: u32, minutes: Option<i64>) {
        assert_eq!(next_try(attempts).map(|wait| wait.num_minutes()), minutes, "after {attempts} tries");
    }

    #[test]
    fn waits_grow_and_end() {
        check(0, Some(0));
        check(1, Some(1));
        check(2, Some(2));
        check(3, Some(5));
        check(4, Some(15));
        check(5, Some(60));
        check(9, Some(720));
        check(13, Some(720));
        check(14, None);
        check(u32::MAX, None);
    }

    #[test]
    fn a_weekend_without_a_mail_server_costs_no_letter() {
        let total: Duration = (1..).map_while(next_try).sum();
        assert!(Duration::hours(72) < total, "gives up after {total}");
    }
}
