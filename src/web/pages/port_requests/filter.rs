//! The filters of the list of port requests: read from the address, written back into every link of the page.

use crate::{
    domain::{
        people::Customer,
        stage::{CustomerStatus, Stage},
    },
    store::{
        self,
        locations::Location,
        port_requests::{ListFilter, Order, Scope, Waiting},
    },
    web::{error::WebResult, form::Form, pairs::Pairs, parts::Chip},
};

/// Longest text that is looked for, in characters.
const LONGEST: usize = 200;
/// The choice beside the statuses that finds what the person has to do something about, and its word in addresses.
const NEEDS_YOU: (&str, &str) = ("needs-you", "Needs you");
/// A row id that no location has.
const NOWHERE: i64 = 0;

/// What the address asks for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Name, SID or number, as typed.
    pub q: String,
    pub statuses: Vec<CustomerStatus>,
    /// Also what the person has to do something about, whatever its status.
    pub needs_you: bool,
    /// Location ID; empty for all.
    pub location: String,
    /// Counted from 1.
    pub page: i64,
}

impl Filter {
    /// Reads the query of an address; what it does not know it leaves out.
    pub fn read(query: &str) -> WebResult<Self> {
        let pairs = Pairs::decode(query.as_bytes())?;
        let asked = |status: &CustomerStatus| pairs.all("status").any(|code| code == status.code());
        Ok(Self {
            q: pairs.trimmed("q").chars().take(LONGEST).collect(),
            statuses: CustomerStatus::ALL.into_iter().filter(asked).collect(),
            needs_you: pairs.all("status").any(|code| code == NEEDS_YOU.0),
            location: pairs.trimmed("location").chars().take(LONGEST).collect(),
            page: pairs.get("page").parse().unwrap_or(1).max(1),
        })
    }

    /// Whether the whole list is asked for.
    pub fn is_open(&self) -> bool {
        self.q.is_empty() && !self.narrows_stages() && self.location.is_empty()
    }

    fn narrows_stages(&self) -> bool {
        self.needs_you || !self.statuses.is_empty()
    }

    /// How many filters are in force.
    pub fn count(&self) -> usize {
        let others = [!self.q.is_empty(), self.needs_you, !self.location.is_empty()];
        self.statuses.len() + others.into_iter().filter(|is_set| *is_set).count()
    }

    /// The list with these filters, at a path.
    pub fn href(&self, path: &str) -> String {
        let pairs = self.answers();
        let query = serde_urlencoded::to_string(&pairs).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// A page of the list with these filters.
    pub fn href_of_page(&self, page: i64) -> String {
        let href = self.href("/port-requests");
        let joint = if href.contains('?') { '&' } else { '?' };
        if page <= 1 { href } else { format!("{href}{joint}page={page}") }
    }

    /// The form that shows these filters.
    pub fn form(&self) -> Form {
        Form::unchecked(self.answers())
    }

    fn answers(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q".to_owned(), self.q.clone()));
        }
        if self.needs_you {
            pairs.push(("status".to_owned(), NEEDS_YOU.0.to_owned()));
        }
        pairs.extend(self.statuses.iter().map(|status| ("status".to_owned(), status.code().to_owned())));
        if !self.location.is_empty() {
            pairs.push(("location".to_owned(), self.location.clone()));
        }
        pairs
    }

    /// Each filter in force, with the address of the list without it.
    pub fn chips(&self, location: Option<&Location>) -> Vec<Chip> {
        let mut chips = Vec::new();
        let mut chip = |label: String, without: Self| {
            chips.push(Chip { label, href: without.href("/port-requests") });
        };
        if !self.q.is_empty() {
            chip(format!("“{}”", self.q), Self { q: String::new(), ..self.clone() });
        }
        if self.needs_you {
            chip(NEEDS_YOU.1.to_owned(), Self { needs_you: false, ..self.clone() });
        }
        for status in &self.statuses {
            let others = self.statuses.iter().filter(|other| *other != status).copied().collect();
            chip(format!("Status: {}", status.label()), Self { statuses: others, ..self.clone() });
        }
        if !self.location.is_empty() {
            let name = location.map_or(&self.location, |location| &location.name);
            chip(format!("Location: {name}"), Self { location: String::new(), ..self.clone() });
        }
        chips
    }

    /// What the store looks for. A text without a word and a location that the customer is not in find nothing.
    pub fn for_store(&self, customer: &Customer, location: Option<&Location>) -> ListFilter {
        let mut terms = store::search::query_terms(&self.q);
        if terms.is_empty() && !self.q.is_empty() {
            terms.push(self.q.clone());
        }
        let location = location.map_or(NOWHERE, |location| location.id);
        ListFilter {
            scope: Scope::of(customer),
            stages: Stage::ALL.into_iter().filter(|stage| self.statuses.contains(&stage.customer_status())).collect(),
            waiting: self.waiting(),
            location: (!self.location.is_empty()).then_some(location),
            terms,
            order: Order::Newest,
        }
    }

    fn waiting(&self) -> Waiting {
        match (self.needs_you, self.statuses.is_empty()) {
            (false, _) => Waiting::ForAnybody,
            (true, true) => Waiting::ForAccount,
            (true, false) => Waiting::AlsoForAccount,
        }
    }
}

/// What the form offers to choose, by their words in addresses.
pub fn statuses() -> Vec<(String, String)> {
    let of_requests = CustomerStatus::ALL.map(|it| (it.code(), it.label()));
    let all = [NEEDS_YOU].into_iter().chain(of_requests);
    all.map(|(code, label)| (code.to_owned(), label.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_back() {
        let filter = Filter::read("q=Front+desk&status=rejected&status=nonsense&status=draft&page=3").unwrap();
        assert_eq!(filter.href("/port-requests"), "/port-requests?q=Front+desk&status=draft&status=rejected");
        assert_eq!(filter.href_of_page(4), "/port-requests?q=Front+desk&status=draft&status=rejected&page=4");
        assert_eq!(filter.count(), 3);
        assert_eq!(Filter::read("page=-2").unwrap().page, 1);
        assert_eq!(Filter::read("").unwrap().href_of_page(1), "/port-requests");
    }

    #[test]
    fn each_chip_takes_its_own_filter_away() {
        let filter = Filter::read("q=a%26b&status=rejected&status=draft&location=NG").unwrap();
        let chips: Vec<(String, String)> = filter.chips(None).into_iter().map(|chip| (chip.label, chip.href)).collect();
        let expected = [
            ("“a&b”", "/port-requests?status=draft&status=rejected&location=NG"),
            ("Status: Draft", "/port-requests?q=a%26b&status=rejected&location=NG"),
            ("Status: Rejected", "/port-requests?q=a%26b&status=draft&location=NG"),
            ("Location: NG", "/port-requests?q=a%26b&status=draft&status=rejected"),
        ];
        assert_eq!(chips, expected.map(|(label, href)| (label.to_owned(), href.to_owned())));
    }
}
