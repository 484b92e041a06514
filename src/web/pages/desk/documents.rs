//! The documents of a request beside its data, the letter of authorization first: which one is shown, and how.

use super::place::Place;
use crate::{
    services::evidence::{Evidence, Letter},
    store::documents::Document,
    web::parts::Tab,
};

/// What stands for the letter of authorization where a document is wanted by its id.
pub(super) const LETTER: &str = "loa";

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
    /// Where it is shown by itself, and where it is downloaded.
    pub view: String,
    pub download: String,
}

/// The documents of a request with the wanted one shown, or else the first bill: that is what data is compared with.
/// `path` is the page that shows them.
pub fn documents(evidence: &Evidence, wanted: &str, place: &Place, path: &str) -> Documents {
    let letter = evidence.letter.as_ref().map(|letter| of_letter(letter, path));
    let mut all: Vec<Shown> = evidence.documents.iter().map(of_document).collect();
    all.extend(letter);
    let Some(current) = all.iter().find(|it| it.id == wanted).or(all.first()).cloned() else {
        return Documents::default();
    };
    let tab = |document: &Shown| Tab {
        href: format!("{}#documents", place.href_with(path, &[("doc", &document.id)])),
        label: document.file_name.clone(),
        count: None,
        current: document.id == current.id,
    };
    let tabs = if all.len() < 2 { Vec::new() } else { all.iter().map(tab).collect() };
    Documents { tabs, shown: Some(current) }
}

fn of_document(document: &Document) -> Shown {
    let look = match document.format.as_str() {
        "pdf" => "pdf",
        "heic" => "file",
        _ => "picture",
    };
    let pages = document.pages.map(|pages| if pages == 1 { ", 1 page".to_owned() } else { format!(", {pages} pages") });
    let address = format!("/documents/{}", document.public_id);
    Shown {
        id: document.public_id.clone(),
        file_name: document.file_name.clone(),
        about: format!("{}{}", document.format.to_uppercase(), pages.unwrap_or_default()),
        look,
        view: format!("{address}/view"),
        download: address,
    }
}

fn of_letter(letter: &Letter, path: &str) -> Shown {
    Shown {
        id: LETTER.to_owned(),
        file_name: format!("{}.pdf", letter.loa.loa_id),
        about: format!("Letter of authorization: {}", letter.loa.state.label()),
        look: "pdf",
        view: format!("{path}/loa/view"),
        download: format!("{path}/loa"),
    }
}
