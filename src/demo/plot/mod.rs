//! When what happens to a request: its fate as steps in time, at hours when people work.

#[cfg(test)]
mod tests;

use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::{
    DemoError,
    calendar::{Calendar, time},
    sketch::{Asker, Fate, Sketch},
};
use crate::domain::{
    draft::Step,
    foc::FocWindow,
    time_zone::{DaylightGap, TimeZone},
};

/// One thing that somebody does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Start,
    /// Typing up to this step.
    Fill {
        until: Step,
        bill_date: NaiveDate,
    },
    Upload {
        bill_date: NaiveDate,
    },
    Send,
    /// Somebody without an account fills and sends the manual form, signed letter and all.
    SendManual {
        bill_date: NaiveDate,
    },
    /// They confirm the mailbox.
    Confirm,
    /// The signer opens the link and signs, if the letter waits.
    Sign,
    /// The signer says what is wrong.
    Correction(&'static str),
    /// Whoever asks uploads the letter that was signed on paper.
    UploadLetter,
    /// Time does what it does: reminders, and the end of links.
    Tend,
    /// Putting right what led to the rejection.
    Correct {
        bill_date: NaiveDate,
    },
    Take,
    LookAtSecrets,
    /// The desk records the day that stands on an uploaded letter.
    Compare,
    SendToCarrier,
    Describe(&'static str),
    SetFoc(FocWindow),
    Reject {
        slug: &'static str,
        carrier_words: &'static str,
    },
    /// Noting that all numbers moved, or only the first half.
    Complete {
        all: bool,
    },
    Cancel(&'static str),
}

type Steps = Vec<(NaiveDateTime, Act)>;

/// Everything that happens to a request up to now.
pub fn plot(sketch: &Sketch, calendar: &Calendar) -> Result<Steps, DemoError> {
    let zone = TimeZone::parse(sketch.office.zone()).unwrap_or_default();
    let mut plot = Plot { sketch, calendar, zone, steps: Vec::new() };
    plot.run()?;
    Ok(plot.steps)
}

struct Plot<'a> {
    sketch: &'a Sketch,
    calendar: &'a Calendar,
    zone: TimeZone,
    steps: Steps,
}

impl Plot<'_> {
    fn run(&mut self) -> Result<(), DaylightGap> {
        let ago = self.sketch.ago;
        match self.sketch.fate {
            Fate::Draft(until) => self.write(self.at(ago, 10)?, until),
            Fate::JustSent(minutes) => {
                let at = self.calendar.recent(minutes);
                self.ask(at);
                self.add(at + Duration::minutes(7), Act::Sign);
            }
            Fate::Unsigned => {
                let at = self.at(ago, 10)?;
                self.ask(at);
                for days in [2, 3, 4] {
                    self.add(self.calendar.in_days(at, days), Act::Tend);
                }
            }
            Fate::Mistaken(what) => {
                let at = self.at(ago, 10)?;
                self.ask(at);
                self.add(at + Duration::hours(3), Act::Correction(what));
            }
            Fate::Expired => {
                let at = self.at(ago, 10)?;
                self.ask(at);
                for days in [2, 5, 9, 13, 14] {
                    self.add(self.calendar.in_days(at, days), Act::Tend);
                }
            }
            Fate::SignedHere => {
                let at = self.at(ago, 10)?;
                self.ask(at);
                self.add(at + Duration::minutes(1), Act::Sign);
            }
            Fate::OnPaper => {
                let at = self.at(ago, 10)?;
                self.ask(at);
                self.add(at + Duration::minutes(4), Act::UploadLetter);
            }
            Fate::Unconfirmed(minutes) => {
                let at = self.calendar.recent(minutes);
                self.add(at, Act::SendManual { bill_date: self.bill_date(at) });
            }
            Fate::InReview => self.review(ago)?,
            Fate::Submitted(doing) => {
                self.carry(ago)?;
                if !doing.is_empty() {
                    self.add(self.at(ago.saturating_sub(2), 11)?, Act::Describe(doing));
                }
            }
            Fate::Scheduled(ahead) => self.schedule(ago, self.calendar.ahead(ahead))?,
            Fate::Rescheduled(ahead) => {
                self.schedule(ago, self.calendar.ahead(1))?;
                let foc = self.window(self.calendar.ahead(ahead))?;
                self.add(self.at(ago.saturating_sub(6), 13)?, Act::SetFoc(foc));
            }
            Fate::WindowOver => self.schedule(ago, self.calendar.past(0))?,
            Fate::PartlyMoved => self.finish(ago, false)?,
            Fate::Completed => self.finish(ago, true)?,
            Fate::Canceled(reason) => {
                self.send(self.at(ago, 10)?);
                self.add(self.at(ago.saturating_sub(1), 14)?, Act::Cancel(reason));
            }
            _ => self.run_into_rejection(ago)?,
        }
        Ok(())
    }

    /// What begins with a rejection, and what comes of it.
    fn run_into_rejection(&mut self, ago: usize) -> Result<(), DaylightGap> {
        match self.sketch.fate {
            Fate::Returned(slug) => self.reject(ago, slug, "")?,
            Fate::Refused(slug, words) => self.refuse(ago, slug, words)?,
            Fate::SentAgain(slug) => {
                self.reject(ago, slug, "")?;
                self.again(ago.saturating_sub(3))?;
            }
            Fate::SubmittedAgain(slug) => {
                self.refuse(ago, slug, "Rejected, see remarks")?;
                self.again(ago.saturating_sub(6))?;
                self.hand_over(ago.saturating_sub(7))?;
            }
            Fate::CompletedAgain(slug) => {
                self.refuse(ago, slug, "Does not match our record")?;
                self.again(ago.saturating_sub(6))?;
                self.hand_over(ago.saturating_sub(7))?;
                self.move_over(ago.saturating_sub(7), true)?;
            }
            Fate::GivenUp(slug, reason) => {
                self.reject(ago, slug, "")?;
                self.add(self.at(ago.saturating_sub(4), 15)?, Act::Cancel(reason));
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, at: NaiveDateTime, act: Act) {
        self.steps.push((at, act));
    }

    /// A time of a past business day in the office's zone; each request has minutes of its own.
    fn at(&self, ago: usize, hour: u32) -> Result<NaiveDateTime, DaylightGap> {
        let minute = u32::try_from(self.sketch.index * 17 % 55).unwrap_or(0);
        self.zone.to_utc(self.calendar.past(ago).and_time(time(hour, minute)))
    }

    /// Four hours from ten in the morning, on the clocks of the office.
    fn window(&self, day: NaiveDate) -> Result<FocWindow, DaylightGap> {
        Ok(FocWindow {
            starts_at: self.zone.to_utc(day.and_time(time(10, 0)))?,
            ends_at: self.zone.to_utc(day.and_time(time(14, 0)))?,
            zone: self.zone.name().to_owned(),
        })
    }

    fn bill_date(&self, sent: NaiveDateTime) -> NaiveDate {
        let old = i64::try_from(self.sketch.index % 17).unwrap_or(0) + 6;
        let too_old = self.sketch.fate.reason() == Some("bill-too-old");
        self.zone.date(sent) - Duration::days(if too_old { 84 } else { old })
    }

    fn write(&mut self, at: NaiveDateTime, until: Step) {
        let bill_date = self.bill_date(at);
        self.add(at, Act::Start);
        self.add(at + Duration::minutes(6), Act::Fill { until, bill_date });
        if Step::Bill < until {
            self.add(at + Duration::minutes(8), Act::Upload { bill_date });
        }
    }

    /// Sent; the signer has the link.
    fn ask(&mut self, at: NaiveDateTime) {
        if self.sketch.asker == Asker::Visitor {
            self.add(at - Duration::minutes(6), Act::SendManual { bill_date: self.bill_date(at) });
            return self.add(at, Act::Confirm);
        }
        self.write(at - Duration::minutes(9), Step::Check);
        self.add(at, Act::Send);
    }

    /// Sent, and signed within the hour.
    fn send(&mut self, at: NaiveDateTime) {
        self.ask(at);
        self.add(at + Duration::minutes(40), Act::Sign);
    }

    /// Sent, and taken by a reviewer unless that was only a day ago.
    fn review(&mut self, ago: usize) -> Result<(), DaylightGap> {
        self.send(self.at(ago, 10)?);
        if 1 < ago {
            self.add(self.at(ago - 1, 10)?, Act::Take);
        }
        Ok(())
    }

    fn carry(&mut self, ago: usize) -> Result<(), DaylightGap> {
        self.send(self.at(ago, 10)?);
        self.hand_over(ago.saturating_sub(1))
    }

    /// Checked and sent on by the desk, in the afternoon.
    fn hand_over(&mut self, ago: usize) -> Result<(), DaylightGap> {
        self.add(self.at(ago, 12)?, Act::Take);
        let sent_on = self.at(ago, 13)?;
        if self.sketch.asker == Asker::Visitor {
            self.add(sent_on - Duration::minutes(6), Act::Compare);
        }
        self.add(sent_on - Duration::minutes(4), Act::LookAtSecrets);
        self.add(sent_on, Act::SendToCarrier);
        Ok(())
    }

    fn schedule(&mut self, ago: usize, day: NaiveDate) -> Result<(), DaylightGap> {
        self.carry(ago)?;
        let foc = self.window(day)?;
        self.add(self.at(ago.saturating_sub(5), 11)?, Act::SetFoc(foc));
        Ok(())
    }

    fn finish(&mut self, ago: usize, all: bool) -> Result<(), DaylightGap> {
        self.carry(ago)?;
        self.move_over(ago.saturating_sub(1), all)
    }

    /// The losing carrier sets a date four business days after it got the request; five later the numbers move.
    fn move_over(&mut self, ago: usize, all: bool) -> Result<(), DaylightGap> {
        let day = ago.saturating_sub(9);
        let foc = self.window(self.calendar.past(day))?;
        self.add(self.at(ago.saturating_sub(4), 11)?, Act::SetFoc(foc));
        self.add(self.at(day, 15)?, Act::Complete { all });
        Ok(())
    }

    fn reject(&mut self, ago: usize, slug: &'static str, carrier_words: &'static str) -> Result<(), DaylightGap> {
        self.review(ago)?;
        self.add(self.at(ago.saturating_sub(1), 13)?, Act::Reject { slug, carrier_words });
        Ok(())
    }

    fn refuse(&mut self, ago: usize, slug: &'static str, carrier_words: &'static str) -> Result<(), DaylightGap> {
        self.carry(ago)?;
        self.add(self.at(ago.saturating_sub(4), 14)?, Act::Reject { slug, carrier_words });
        Ok(())
    }

    fn again(&mut self, ago: usize) -> Result<(), DaylightGap> {
        let at = self.at(ago, 11)?;
        let first = self.steps.first().map_or(at, |(first, _)| *first);
        let bill_date = self.bill_date(first);
        self.add(at - Duration::minutes(5), Act::Correct { bill_date });
        self.add(at, Act::Send);
        self.add(at + Duration::minutes(30), Act::Sign);
        Ok(())
    }
}
