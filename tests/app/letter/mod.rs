//! The letter of authorization as a PDF, judged by the tools that others open it with.

mod certificate;
mod facts;
mod fax;
mod layout;
mod paper;
mod press;
mod samples;
pub mod tools;
