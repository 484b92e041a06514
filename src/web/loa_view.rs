//! The letter of authorization as HTML, for the pages on which people read it before they sign.

use askama::Template;

use crate::letter::Sheet;

/// A letter to be read on a page. Pages of their own import `parts/loa.html` and call `sheet` with theirs.
#[derive(Debug, Template)]
#[template(source = "{% import \"parts/loa.html\" as loa %}{{ loa::sheet(sheet) }}", ext = "html")]
pub struct LoaView {
    pub sheet: Sheet,
}
