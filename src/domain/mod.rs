//! What porting is: values, rules and sentences, without web, database, files or a clock of their own.

pub mod account_number;
pub mod acknowledgements;
pub mod address;
pub mod area_codes;
pub mod business_days;
pub mod color;
pub mod contact;
pub mod document;
pub mod draft;
pub mod findings;
pub mod foc;
pub mod loa_id;
pub mod location_id;
pub mod moves;
pub mod number_list;
pub mod number_to_port;
pub mod people;
pub mod phone_number;
pub mod pin;
mod reference;
pub mod rejection;
pub mod request_sid;
pub mod resp_org;
pub mod situation;
pub mod stage;
pub mod time_zone;
pub mod typed_text;
