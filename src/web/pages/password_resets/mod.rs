//! A forgotten password: asking for a link, and choosing a new password behind it.

pub mod new;
pub mod one;
