//! Choosing an account: out of a list while there are few, by its name when there are many.

use crate::store::{self, Conn, StoreError, StoreResult, accounts::Account};

/// So many accounts are offered in a list.
const OFFERED: i64 = 100;

/// How a form asks for an account.
pub struct AccountChoice {
    /// Row id and name of each; nothing where the name is typed.
    pub options: Vec<(String, String)>,
    pub is_typed: bool,
}

/// What a form may have instead of an account.
#[derive(Debug, thiserror::Error)]
pub enum AccountChoiceError {
    #[error("Select the account")]
    Missing,
    #[error("No account has that name. Type it as the list of accounts shows it")]
    Unknown,
    #[error("Several accounts have that name. Open the right one under Accounts and begin there")]
    Several,
}

impl AccountChoice {
    /// What there is to choose from.
    pub fn load(conn: &mut Conn) -> StoreResult<Self> {
        let first = store::accounts::first(conn, OFFERED + 1)?;
        let is_typed = OFFERED < i64::try_from(first.len()).unwrap_or(i64::MAX);
        let options = first.into_iter().map(|account| (account.id.to_string(), account.name));
        Ok(Self { options: if is_typed { Vec::new() } else { options.collect() }, is_typed })
    }

    /// The account that an answer means: the row id that lists and links carry, or a name.
    pub fn find(conn: &mut Conn, answer: &str) -> StoreResult<Result<Account, AccountChoiceError>> {
        let answer = answer.trim();
        if answer.is_empty() {
            return Ok(Err(AccountChoiceError::Missing));
        }
        if let Ok(id) = answer.parse() {
            match store::accounts::find(conn, id) {
                Err(StoreError::NotFound) => {}
                found => return found.map(Ok),
            }
        }
        let mut named = store::accounts::named(conn, answer)?.into_iter();
        Ok(match (named.next(), named.next()) {
            (Some(only), None) => Ok(only),
            (Some(_), Some(_)) => Err(AccountChoiceError::Several),
            (None, _) => Err(AccountChoiceError::Unknown),
        })
    }

    /// [`AccountChoice::find`] in the words of the way in which the form asks.
    pub fn choose(conn: &mut Conn, answer: &str) -> StoreResult<Result<Account, AccountChoiceError>> {
        let is_typed = Self::load(conn)?.is_typed;
        let found = Self::find(conn, answer)?;
        Ok(found.map_err(|error| if is_typed { error } else { AccountChoiceError::Missing }))
    }

    /// The answer as the form shows it: where names are typed, the name of the account that a link named by its row.
    pub fn shown(&self, conn: &mut Conn, answer: &str) -> StoreResult<String> {
        if !self.is_typed {
            return Ok(answer.to_owned());
        }
        let Ok(account) = Self::find(conn, answer)? else { return Ok(answer.to_owned()) };
        let is_alone = store::accounts::named(conn, &account.name)?.len() == 1;
        Ok(if is_alone { account.name } else { account.id.to_string() })
    }
}
