//! How old a signature is against what losing carriers take: a clock of its own beside that of the link.

use chrono::NaiveDate;

/// From how many days on a signature is warned about and refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeLimits {
    warn: i64,
    block: i64,
}

impl AgeLimits {
    /// The limits for a letter: warned about after 15 days and refused after 30 (AWS asks for 15, Bandwidth for 30); a
    /// toll-free letter is refused after 15 (Twilio).
    pub const fn of(toll_free: bool) -> Self {
        if toll_free { Self { warn: 15, block: 15 } } else { Self { warn: 15, block: 30 } }
    }

    /// The oldest that every carrier takes, in days.
    pub const fn freshest(self) -> i64 {
        self.warn
    }

    /// The oldest that a signature may be, in days.
    pub const fn longest(self) -> i64 {
        self.block
    }
}

/// The age of a signature on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureAge {
    /// Every carrier takes it.
    Fresh(i64),
    /// Some carriers want a newer one.
    Aging(i64),
    /// Carriers refuse it: it has to be signed again.
    TooOld(i64),
}

impl SignatureAge {
    /// The age of a letter that was signed on a day; the days are those of the location's calendar.
    pub fn on(signed_on: NaiveDate, today: NaiveDate, limits: AgeLimits) -> Self {
        let days = (today - signed_on).num_days().max(0);
        if limits.block < days {
            Self::TooOld(days)
        } else if limits.warn < days {
            Self::Aging(days)
        } else {
            Self::Fresh(days)
        }
    }

    /// The age in days.
    pub const fn days(self) -> i64 {
        match self {
            Self::Fresh(days) | Self::Aging(days) | Self::TooOld(days) => days,
        }
    }

    /// Whether the letter may go to the carrier.
    pub const fn is_accepted(self) -> bool {
        !matches!(self, Self::TooOld(_))
    }
}

/// Why the date on an uploaded letter was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UploadDateError {
    #[error("The letter was signed {days} days ago. It must be signed within the last {longest} days")]
    TooOld { days: i64, longest: i64 },
    #[error("The date the letter was signed must be today or earlier")]
    Future,
}

/// Checks the date that stands on an uploaded letter.
///
/// # Errors
/// [`UploadDateError`] for a day to come and for one that carriers refuse.
pub fn upload_date(signed_on: NaiveDate, today: NaiveDate, limits: AgeLimits) -> Result<SignatureAge, UploadDateError> {
    if today < signed_on {
        return Err(UploadDateError::Future);
    }
    match SignatureAge::on(signed_on, today, limits) {
        SignatureAge::TooOld(days) => Err(UploadDateError::TooOld { days, longest: limits.block }),
        age => Ok(age),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    #[track_caller]
    fn check(days: u64, toll_free: bool, accepted: bool, warned: bool) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let age = SignatureAge::on(today - Days::new(days), today, AgeLimits::of(toll_free));
        assert_eq!(
            (age.is_accepted(), matches!(age, SignatureAge::Aging(_))),
            (accepted, warned),
            "{days} {toll_free}"
        );
    }

    #[test]
    fn signatures_grow_old() {
        check(0, false, true, false);
        check(15, false, true, false);
        check(16, false, true, true);
        check(30, false, true, true);
        check(31, false, false, false);
        check(15, true, true, false);
        check(16, true, false, false);
    }

    #[test]
    fn an_uploaded_letter_says_how_old_it_is() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let told = |signed_on| upload_date(signed_on, today, AgeLimits::of(false)).map_err(|error| error.to_string());
        assert_eq!(
            told(today - Days::new(41)),
            Err("The letter was signed 41 days ago. It must be signed within the last 30 days".to_owned())
        );
        assert_eq!(told(today + Days::new(1)), Err(UploadDateError::Future.to_string()));
        assert_eq!(told(today), Ok(SignatureAge::Fresh(0)));
    }
}
