//! The letter of authorization as a PDF, judged by the tools that others open it with.

pub mod certificate;
mod facts;
mod fax;
mod layout;
mod loa_view;
mod paper;
mod press;
pub mod samples;
pub mod tools;
