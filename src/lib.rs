//! `annals`, a terminal browser for chronologies.
//!
//! Data flows one way: readers ([`formats`]) fill a [`store`], the store answers requests, the browser's
//! state ([`app`]) turns inputs into requests and effects, and [`ui`] draws that state.
//!
//! | module | owns | must not know |
//! |---|---|---|
//! | [`when`] | instants, EDTF, bounds and certainty, dates in words | anything else here |
//! | [`chronology`] | the document model, ids, parties at a date, validation | files, screens |
//! | [`query`] | the language: text to filter, filter to text, what a filter says in words | stores, screens |
//! | [`store`] | the `Store` trait, the in-memory store, the worker | formats, screens |
//! | [`formats`] | one file a format, reader and writer together, one registry | stores, screens |
//! | [`text`] | folding for comparison, making hostile text safe | screens |
//! | [`layout`] | where things go, in plain numbers | ratatui, stores, files |
//! | [`app`] | all state of the browser | terminal, clock, files |
//! | [`ui`] | drawing that state | anything that changes it |
//! | [`term`] | the real terminal | the app |

pub mod app;
pub mod check;
pub mod chronology;
pub mod cli;
pub mod commands;
pub mod formats;
pub mod fsio;
pub mod keymap;
pub mod layout;
pub mod query;
pub mod run;
pub mod sources;
pub mod store;
pub mod term;
pub mod text;
pub mod ui;
pub mod when;
