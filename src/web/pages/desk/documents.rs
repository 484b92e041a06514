//! The documents of a request beside its data: which one is shown, and how.

use super::place::Place;
use crate::{store::documents::Document, web::parts::Tab};

/// The documents, one of them shown.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// Empty when there is only one.
    pub tabs: Vec<Tab>,
    pub shown: Option<Shown>,
}

/// A document as it stands on the page.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: String,
    pub file_name: String,
    /// "PDF, 3 pages", in words.
    pub about: String,
    /// `pdf`, `picture`, or `file` for what browsers do not show.
    pub look: &'static str,
}

/// The documents of a request with the wanted one shown, or else the first. `path` is the page that shows them.
pub fn documents(documents: &[Document], wanted: &str, place: &Place, path: &str) -> Documents {
    let Some(current) = documents.iter().find(|it| it.public_id == wanted).or(documents.first()) else {
        return Documents::default();
    };
    let tab = |document: &Document| Tab {
        href: format!("{}#documents", place.href_with(path, &[("doc", &document.public_id)])),
        label: document.file_name.clone(),
        count: None,
        current: document.id == current.id,
    };
    let tabs = if documents.len() < 2 { Vec::new() } else { documents.iter().map(tab).collect() };
    Documents { tabs, shown: Some(shown(current)) }
}

fn shown(document: &Document) -> Shown {
    let look = match document.format.as_str() {
        "pdf" => "pdf",
        "heic" => "file",
        _ => "picture",
    };
    let pages = document.pages.map(|pages| if pages == 1 { ", 1 page".to_owned() } else { format!(", {pages} pages") });
    Shown {
        id: document.public_id.clone(),
        file_name: document.file_name.clone(),
        about: format!("{}{}", document.format.to_uppercase(), pages.unwrap_or_default()),
        look,
    }
}
