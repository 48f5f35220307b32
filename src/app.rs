//! All state of the browser.

pub mod action;
