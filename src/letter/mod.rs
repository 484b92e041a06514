//! The letter of authorization: what it says, who it is for, and its PDF.
//!
//! [`LetterFacts`] is everything that a letter prints; its canonical JSON and the hash of that are what a person signs.
//! [`Sheet`] puts the facts into words, once for the PDF and for the page on which people read the letter. [`Press`] sets
//! a sheet with Typst; values reach the templates in `templates/letter` as data and never as source. A signed letter gets a certificate beside it: [`CertificateFacts`] tell
//! how it was signed.

mod blank;
mod certificate;
mod certificate_sheet;
mod content_hash;
mod difference;
mod error;
mod facts;
mod fonts;
mod press;
mod printable;
mod qr;
mod sheet;
mod signature;
mod statements;
mod strokes;
mod wire;
mod world;

pub use certificate::{
    CertificateFacts, CertifiedChange, CertifiedConsent, CertifiedEvent, CertifiedRequester, CertifiedSeal,
    CertifiedSigner, Milestones, Moment,
};
pub use content_hash::ContentHash;
pub use difference::{Change, Difference};
pub use error::LetterError;
pub use facts::{
    CurrentService, Customer, LetterFacts, LetterNumber, NewProvider, PartialPort, PrintedAddress, RespOrg, Signer,
    Verification,
};
pub use press::Press;
pub use printable::{Place, Unprintable};
pub use sheet::{Attachment, Note, NumberGroup, Numbers, Row, Section, Sheet};
pub use signature::{Mark, Proof, Signature, SignatureError};
pub use statements::{Names, Statements, StatementsVersion};
pub use strokes::{Strokes, StrokesError};
