//! The manual form: a port request without an account, over a draft that whoever bears its secret may go on with.

mod check;
pub mod confirm;
mod confirmation;
mod details;
mod documents;
mod numbers;
mod opening;
mod saving;
mod start;
mod top;

pub use check::{save as send, show as check};
pub use confirmation::{send_again, show as confirmation, take_back};
pub use details::show as details;
pub use documents::{save as save_documents, show as documents};
pub use numbers::show as numbers;
pub use saving::save;
pub use start::{HERE, begin, show as start};

use crate::{domain::manual::ManualPage, vault::Token};

/// The address of a page of the form.
pub fn address(secret: &Token, page: ManualPage) -> String {
    format!("{HERE}/{}/{}", secret.reveal(), page.segment())
}

/// The same for whoever comes from the last page and goes back there.
pub fn address_from_check(secret: &Token, page: ManualPage) -> String {
    let query = if page == ManualPage::Check { "" } else { "?from=check" };
    format!("{}{query}", address(secret, page))
}

/// Where a form that was sent is.
pub fn sent_address(secret: &Token) -> String {
    format!("{HERE}/{}/confirmation", secret.reveal())
}
