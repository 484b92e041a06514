//! Sample bills of losing carriers: what a reviewer compares a request with.

use chrono::{Duration, NaiveDate};

use super::{
    sheet::{self, Face, Sheet},
    sketch::Sketch,
};
use crate::domain::{phone_number::PhoneNumber, time_zone::day_with_year};

/// Where the left and right margins are, in points.
const MARGINS: [i64; 2] = [54, 558];
/// The baseline of the first row of a table on a first and on a further page.
const TOP: [i64; 2] = [496, 690];
/// Below this there are no more rows.
const BOTTOM: i64 = 130;
/// From row to row.
const ROW: i64 = 15;

/// A bill as the losing carrier wrote it: it shows what is true, whatever was typed into the request.
#[derive(Debug, Clone)]
pub struct Bill {
    carrier: &'static str,
    date: NaiveDate,
    account_number: String,
    billing_number: String,
    /// Owner and service address.
    address: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
struct Line {
    number: String,
    plan: &'static str,
    cents: usize,
}

impl Bill {
    /// The bill of a date for the account that a request moves.
    pub fn of(sketch: &Sketch, date: NaiveDate) -> Self {
        let holder = sketch.holder;
        let town = format!("{}, {} {}", holder.city, holder.state, holder.postal_code);
        let address = [holder.business.unwrap_or_default(), holder.contact, holder.street, holder.unit, &town];
        let line = |plan, cents| move |digits: String| Line { number: shown(&digits), plan, cents };
        let landlines = sketch.landlines().into_iter().map(line("Business voice line", 2_650));
        let wireless = sketch.wireless().into_iter().map(line("Mobile, unlimited talk", 4_200));
        let toll_free = sketch.toll_free().into_iter().map(line("Toll-free number", 1_875));
        Self {
            carrier: sketch.carrier,
            date,
            account_number: sketch.account_number(),
            billing_number: shown(&sketch.billing_number()),
            address: address.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect(),
            lines: landlines.chain(wireless).chain(toll_free).collect(),
        }
    }

    /// What the file is called.
    pub fn file_name(&self) -> String {
        format!("{} bill {}.pdf", self.carrier, self.date.format("%Y-%m"))
    }

    /// The bytes of the PDF and how many pages it has.
    pub fn pdf(&self) -> Result<(Vec<u8>, i32), lopdf::Error> {
        let mut sheets = Vec::new();
        let (mut sheet, [mut y, next]) = (self.first_sheet(), TOP);
        table_head(&mut sheet, y);
        for line in &self.lines {
            y -= ROW;
            if y < BOTTOM {
                foot(&mut sheet);
                sheets.push(std::mem::take(&mut sheet));
                y = next;
                self.further_head(&mut sheet);
                table_head(&mut sheet, y);
                y -= ROW;
            }
            sheet.text(60, y, 10, Face::Plain, &line.number);
            sheet.text(220, y, 10, Face::Plain, line.plan);
            sheet.amount(552, y, 10, Face::Plain, line.cents);
        }
        self.totals(&mut sheet, y - 12);
        foot(&mut sheet);
        sheets.push(sheet);
        let pages = i32::try_from(sheets.len()).unwrap_or(i32::MAX);
        Ok((sheet::write(&self.file_name(), sheets)?, pages))
    }

    fn first_sheet(&self) -> Sheet {
        let mut sheet = Sheet::default();
        let [left, right] = MARGINS;
        sheet.text(left, 724, 22, Face::Bold, self.carrier);
        sheet.text(410, 728, 12, Face::Plain, "Monthly statement");
        sheet.rule(left, right, 708);
        sheet.text(left, 682, 9, Face::Bold, "Account owner and service address");
        for (y, part) in (1..).map(|at| 682 - at * 15).zip(&self.address) {
            sheet.text(left, y, 11, Face::Plain, part);
        }
        sheet.shade([330, 588, right - 330, 108]);
        let facts = [
            ("Account number", self.account_number.clone()),
            ("Statement date", day_with_year(self.date)),
            ("Billing telephone number", self.billing_number.clone()),
            ("Payment due", day_with_year(self.date + Duration::days(21))),
        ];
        for (y, (label, fact)) in (0..).map(|at| 676 - at * 25).zip(&facts) {
            sheet.text(342, y, 9, Face::Plain, label);
            sheet.text(456, y, 10, Face::Bold, fact);
        }
        sheet.text(left, 548, 14, Face::Bold, "Your numbers this month");
        let count = self.lines.len();
        let told = if count == 1 { "1 number".to_owned() } else { format!("{count} numbers") };
        sheet.text(left, 530, 10, Face::Plain, &format!("{told} on account {}", self.account_number));
        sheet
    }

    fn further_head(&self, sheet: &mut Sheet) {
        let [left, right] = MARGINS;
        sheet.text(left, 736, 12, Face::Bold, self.carrier);
        let told = format!("Account {}, statement of {}", self.account_number, day_with_year(self.date));
        sheet.text(260, 736, 10, Face::Plain, &told);
        sheet.rule(left, right, 724);
    }

    fn totals(&self, sheet: &mut Sheet, y: i64) {
        let service: usize = self.lines.iter().map(|line| line.cents).sum();
        let taxes = service * 83 / 1_000;
        let [left, right] = MARGINS;
        sheet.rule(left, right, y + 4);
        let sums = [
            ("Service charges", Face::Plain, service),
            ("Taxes and fees", Face::Plain, taxes),
            ("Total due", Face::Bold, service + taxes),
        ];
        for (y, (label, face, cents)) in (1..).map(|at| y + 4 - at * ROW).zip(sums) {
            sheet.text(380, y, 10, face, label);
            sheet.amount(552, y, 10, face, cents);
        }
    }
}

fn table_head(sheet: &mut Sheet, y: i64) {
    let [left, right] = MARGINS;
    sheet.shade([left, y - 4, right - left, 15]);
    sheet.text(60, y, 9, Face::Bold, "Number");
    sheet.text(220, y, 9, Face::Bold, "Plan");
    sheet.text(512, y, 9, Face::Bold, "Charge");
}

/// Says what the paper is, so that nobody takes it for more.
fn foot(sheet: &mut Sheet) {
    let [left, right] = MARGINS;
    sheet.rule(left, right, 62);
    sheet.text(
        left,
        48,
        8,
        Face::Plain,
        "A sample made for a demonstration. No carrier issued it, and nobody owes it.",
    );
}

fn shown(digits: &str) -> String {
    PhoneNumber::from_stored(&format!("+1{digits}")).map_or_else(|| digits.to_owned(), |number| number.national())
}
