//! Where customers of well-known carriers find their account number and PIN.

use std::sync::LazyLock;

/// What a carrier calls its account number and PIN. Facts of the trade, from the carriers' own help pages; where sources
/// differ on how long a PIN lasts, the shorter time stands here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierGuide {
    pub kind: ServiceKind,
    pub carrier: String,
    /// Where the account number is, without a full stop.
    pub account_number: String,
    /// What the PIN is called and where it comes from, without a full stop.
    pub pin: String,
    /// How long the PIN works; empty where it does not run out.
    pub lasts: String,
    /// What has to be turned off before the number can leave; empty where there is nothing.
    pub lock: String,
}

/// What kind of service a carrier sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceKind {
    Wireless,
    Voip,
    Landline,
}

static GUIDES: LazyLock<Vec<CarrierGuide>> = LazyLock::new(|| {
    let mut table = csv::Reader::from_reader(include_bytes!("data/carrier-guides.csv").as_slice());
    table.records().filter_map(Result::ok).filter_map(|row| read(&row)).collect()
});

fn read(row: &csv::StringRecord) -> Option<CarrierGuide> {
    let text = |column: usize| row.get(column).map(|cell| cell.trim().to_owned());
    let kind = match row.get(0)? {
        "wireless" => ServiceKind::Wireless,
        "voip" => ServiceKind::Voip,
        "landline" => ServiceKind::Landline,
        _ => return None,
    };
    Some(CarrierGuide {
        kind,
        carrier: text(1)?,
        account_number: text(2)?,
        pin: text(3)?,
        lasts: text(4)?,
        lock: text(5)?,
    })
}

impl CarrierGuide {
    /// The guides for one kind of service, in the order of the table.
    pub fn of(kind: ServiceKind) -> impl Iterator<Item = &'static Self> {
        GUIDES.iter().filter(move |guide| guide.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("data/carrier-guides.csv").lines().skip(1).count();
        assert_eq!(GUIDES.len(), rows);
        for guide in GUIDES.iter() {
            for words in [&guide.carrier, &guide.account_number, &guide.pin] {
                assert!(!words.is_empty() && !words.ends_with('.'), "{guide:?}");
            }
        }
        assert_eq!(CarrierGuide::of(ServiceKind::Landline).count(), 1);
    }
}
