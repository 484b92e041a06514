//! How domain values that carry no serde of their own stand in the canonical JSON: as the text that people read.

macro_rules! as_text {
    ($name:ident, $type:ty, $text:ident => $parsed:expr) => {
        pub(super) mod $name {
            use serde::{Deserialize, Deserializer, Serializer, de::Error};

            pub fn serialize<S: Serializer>(value: &$type, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(value.as_str())
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$type, D::Error> {
                let $text = String::deserialize(from)?;
                // The text itself stays out of the error: it may be an account number.
                ($parsed).ok_or_else(|| D::Error::custom(concat!("not a ", stringify!($name))))
            }
        }
    };
}

as_text!(loa_id, crate::domain::loa_id::LoaId, text => crate::domain::loa_id::LoaId::parse(&text));
as_text!(request_sid, crate::domain::request_sid::RequestSid, text => crate::domain::request_sid::RequestSid::parse(&text));
as_text!(account_number, crate::domain::account_number::AccountNumber, text => crate::domain::account_number::AccountNumber::parse(&text).ok());
as_text!(resp_org_id, crate::domain::resp_org::RespOrgId, text => crate::domain::resp_org::RespOrgId::parse(&text).ok());
