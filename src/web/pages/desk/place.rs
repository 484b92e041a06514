//! Where in the queue a reviewer came from: carried through every page, so that a decision leads back there.

use serde::Deserialize;

use crate::{services::queue::View, web::pairs::Pairs};

/// A view, what was looked for in it, and the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    view: String,
    q: String,
    page: String,
}

impl Place {
    /// The place that a form carried.
    pub fn of(pairs: &Pairs) -> Self {
        let text = |name| pairs.get(name).to_owned();
        Self { view: text("view"), q: text("q"), page: text("page") }
    }

    /// The view.
    pub fn view(&self) -> View {
        View::from_code(&self.view)
    }

    /// What was looked for; empty for the whole view.
    pub fn q(&self) -> &str {
        self.q.trim()
    }

    /// The page, counted from 1.
    pub fn page(&self) -> i64 {
        self.page.parse().ok().filter(|page| (1..=1_000).contains(page)).unwrap_or(1)
    }

    /// The same place with another view; it begins at its first page.
    pub fn in_view(&self, view: View) -> Self {
        Self { view: view.code().to_owned(), q: self.q.clone(), page: String::new() }
    }

    /// The same view on another page.
    pub fn on_page(&self, page: i64) -> Self {
        Self { page: page.to_string(), ..self.clone() }
    }

    /// The address of a page of the desk, with this place.
    pub fn href(&self, path: &str) -> String {
        self.href_with(path, &[])
    }

    /// The same with more parameters.
    pub fn href_with(&self, path: &str, more: &[(&str, &str)]) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("view", self.view().code());
        if !self.q().is_empty() {
            query.append_pair("q", self.q());
        }
        if 1 < self.page() {
            query.append_pair("page", &self.page().to_string());
        }
        query.extend_pairs(more);
        format!("{path}?{}", query.finish())
    }

    /// The address of the queue at this place.
    pub fn queue(&self) -> String {
        self.href("/desk")
    }

    /// What a form carries of the place.
    pub fn hidden(&self) -> Vec<(&'static str, String)> {
        vec![("view", self.view().code().to_owned()), ("q", self.q().to_owned()), ("page", self.page().to_string())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(view: &str, q: &str, page: &str) -> Place {
        Place { view: view.to_owned(), q: q.to_owned(), page: page.to_owned() }
    }

    #[test]
    fn an_address_says_no_more_than_it_must() {
        assert_eq!(Place::default().queue(), "/desk?view=to-decide");
        assert_eq!(place("all", " front desk & co ", "3").queue(), "/desk?view=all&q=front+desk+%26+co&page=3");
        assert_eq!(place("nonsense", "", "-2").queue(), "/desk?view=to-decide");
        assert_eq!(place("all", "x", "3").in_view(View::AtCarrier).queue(), "/desk?view=at-carrier&q=x");
    }
}
