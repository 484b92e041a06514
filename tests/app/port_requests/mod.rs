//! The wizard through its front door, from "Before you start" to the confirmation.

mod bill;
mod check;
mod contact;
mod new;
mod numbers;
mod resume;
mod samples;
mod sentences;
mod tabs;
mod terms;
pub mod walk;
