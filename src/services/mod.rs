//! One file for each thing that people do. A service runs inside one transaction of `Store::write`: it loads, asks the
//! domain, saves, writes history and puts mail.

pub mod accounts;
pub mod agreement;
pub mod area_codes;
pub mod cancel_request;
pub mod complete_port;
pub mod delete_draft;
pub mod deliver_mail;
pub mod documents;
pub mod draft;
pub mod draft_findings;
pub mod evidence;
pub mod house;
pub mod invitations;
pub mod links;
pub mod loa;
pub mod locations;
mod note;
mod notify;
pub mod old_drafts;
pub mod passwords;
pub mod people;
mod put_together;
pub mod queue;
pub mod refused_before;
pub mod reject_request;
pub mod resend_mail;
pub mod reuse;
pub mod review;
pub mod save_page;
pub mod secrets_in_text;
pub mod send_request;
pub mod sent_facts;
pub mod sign_in;
pub mod sweep;
pub mod terms;
