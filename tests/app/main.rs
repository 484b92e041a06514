//! All tests that need more than one module; the modules mirror the pages.

mod mail;
mod smtp;
