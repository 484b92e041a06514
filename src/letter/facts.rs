//! Everything that a letter prints, and nothing else: there is no place for a PIN or for digits of an SSN.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::content_hash::ContentHash;
use super::error::LetterError;
use super::statements::StatementsVersion;
use super::wire;
use crate::domain::account_number::AccountNumber;
use crate::domain::address::ServiceAddress;
use crate::domain::contact::AccountType;
use crate::domain::loa_id::LoaId;
use crate::domain::number_to_port::NumberKind;
use crate::domain::phone_number::PhoneNumber;
use crate::domain::request_sid::RequestSid;
use crate::domain::resp_org::RespOrgId;

/// The facts of one letter. The order of fields, here and below, is the order of the canonical JSON and so part of every
/// content hash: it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterFacts {
    #[serde(with = "wire::loa_id")]
    pub loa_id: LoaId,
    #[serde(with = "wire::request_sid")]
    pub request_sid: RequestSid,
    /// The how many-th time the request goes to the losing carrier; the first is 1.
    pub attempt: u32,
    /// The day on which the letter was made, in the location's zone.
    pub generated_on: NaiveDate,
    pub new_provider: NewProvider,
    pub customer: Customer,
    pub current_service: CurrentService,
    pub numbers: Vec<LetterNumber>,
    /// Set when numbers of the account stay behind.
    pub partial_port: Option<PartialPort>,
    /// Printed when a toll-free number moves.
    pub resp_org: Option<RespOrg>,
    pub signer: Signer,
    pub statements: StatementsVersion,
    pub verification: Verification,
}

/// Who takes the numbers over and is named as agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewProvider {
    /// The legal name.
    pub name: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: String,
}

/// The owner of the account as the losing carrier knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    pub account_type: AccountType,
    /// The legal name of a business; a residential account has none.
    pub business_name: Option<String>,
    /// The account holder, or the authorized person of a business.
    pub contact_name: String,
    /// The name on the bill, if it is another.
    pub billing_name: Option<String>,
    pub service_address: PrintedAddress,
    /// Where the bill goes, if it is another place.
    pub billing_address: Option<PrintedAddress>,
}

/// An address as the bill shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedAddress {
    pub street: String,
    pub unit: Option<String>,
    pub city: String,
    /// Two letters.
    pub state: String,
    pub postal_code: String,
    pub canadian: bool,
}

/// The service that the numbers leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurrentService {
    /// The losing carrier as the bill names it.
    pub carrier: String,
    /// The company that the customer pays, where that is not the carrier; Canadian carriers ask for it.
    pub reseller: Option<String>,
    #[serde(with = "wire::account_number")]
    pub account_number: AccountNumber,
    /// The billing telephone number.
    pub btn: Option<PhoneNumber>,
}

/// One number that moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterNumber {
    pub number: PhoneNumber,
    pub kind: NumberKind,
}

/// What becomes of an account of which some numbers stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartialPort {
    /// The billing telephone number of what stays; without one the carrier keeps the current.
    pub new_btn: Option<PhoneNumber>,
    /// The numbers that stay, as far as they were told.
    pub staying: Vec<PhoneNumber>,
}

/// Who will manage the toll-free numbers in the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RespOrg {
    #[serde(with = "wire::resp_org_id")]
    pub id: RespOrgId,
    pub company: String,
}

/// The authorized person who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    pub name: String,
    /// What they are in the business.
    pub title: Option<String>,
    pub email: String,
    pub phone: Option<String>,
}

/// How whoever holds the letter finds out whether it still stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// The short address that people type.
    pub page: String,
    /// What they type there beside the LOA id.
    pub check_code: String,
    /// The address with a secret of its own that the QR code holds.
    pub qr_address: String,
}

impl LetterFacts {
    /// The facts as JSON with every field, in the one order and without spaces: what is stored, hashed and signed.
    ///
    /// # Errors
    /// [`LetterError::Data`] if the facts cannot be written, which no value of theirs causes.
    pub fn canonical_json(&self) -> Result<Vec<u8>, LetterError> {
        serde_json::to_vec(self).map_err(LetterError::Data)
    }

    /// Reads facts that were stored, so that a letter can be set again.
    ///
    /// # Errors
    /// [`LetterError::Data`] for anything that [`LetterFacts::canonical_json`] does not write.
    pub fn from_canonical_json(json: &[u8]) -> Result<Self, LetterError> {
        serde_json::from_slice(json).map_err(LetterError::Data)
    }

    /// The SHA-256 of the canonical JSON.
    ///
    /// # Errors
    /// As [`LetterFacts::canonical_json`].
    pub fn content_hash(&self) -> Result<ContentHash, LetterError> {
        self.canonical_json().map(|json| ContentHash::of(&json))
    }

    /// Whether a signature on the other letter authorizes just what this one asks for: same parties, account, numbers and
    /// signer. Ids, dates and the wording of the statements may differ.
    pub fn authorizes_the_same(&self, other: &Self) -> bool {
        self.new_provider == other.new_provider
            && self.customer == other.customer
            && self.current_service == other.current_service
            && self.numbers == other.numbers
            && self.partial_port == other.partial_port
            && self.resp_org == other.resp_org
            && self.signer == other.signer
    }

    /// Whether a number of this kind moves.
    pub fn moves(&self, kind: NumberKind) -> bool {
        self.numbers.iter().any(|number| number.kind == kind)
    }
}

impl From<&ServiceAddress> for PrintedAddress {
    fn from(address: &ServiceAddress) -> Self {
        Self {
            street: address.street.clone(),
            unit: address.unit.clone(),
            city: address.city.clone(),
            state: address.state.code().to_owned(),
            postal_code: address.postal_code.as_str().to_owned(),
            canadian: address.state.is_canadian(),
        }
    }
}

impl fmt::Debug for Verification {
    // The check code and the address in the QR code open the status page, so they stay out of the log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verification({})", self.page)
    }
}
