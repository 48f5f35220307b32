//! `annals`, a terminal browser for chronologies.
//!
//! Data flows one way: readers ([`formats`]) fill a [`store`], the store answers requests, the browser's
//! state ([`app`]) turns inputs into requests and effects, and [`ui`] draws that state.
//!
//! | module | owns | must not know |
//! |---|---|---|
//! | [`when`] | instants, EDTF, bounds and certainty, dates in words | anything else here |
//! | [`text`] | folding for comparison, making hostile text safe, cutting by width | anything else here |
//! | [`chronology`] | the document model, ids, parties at a date | files, screens |
//! | [`query`] | the language: text to filter, filter to text, what a filter says in words | stores, files, screens |
//! | [`store`] | the `Store` trait, the in-memory store, the worker | formats, files, screens |
//! | [`formats`] | one file a format, reader and writer together, one registry | stores, files, screens, the clock |
//! | [`revise`] | what a reader changes in a chronology, and its text with that changed | stores, files, screens |
//! | [`mod@check`] | everything wrong in a chronology, with its place | stores, files, screens |
//! | [`draft`] | from the text of an article to a proposed chronology | stores, files, screens |
//! | [`layout`] | where things go, in plain numbers | ratatui, stores, files |
//! | [`keymap`] | which key does what, where | the terminal |
//! | [`app`] | all state of the browser | terminal, clock, files |
//! | [`ui`] | drawing that state | anything that changes it |
//! | [`term`] | the real terminal | what is shown |
//! | [`config`] | the reader's configuration, from its text | files, stores |
//! | [`fsio`] | files of ours, replaced whole or not at all | what is written |
//! | [`failure`] | how a failure is said on the command line | screens |
//! | [`threads`] | which threads go first | anything else here |
//! | [`load`] | tables read by several threads into the store, while it is used | commands, screens |
//! | [`sources`], [`cli`], [`commands`], [`run`] | wiring | - |

pub mod app;
pub mod check;
pub mod chronology;
pub mod cli;
pub mod commands;
pub mod config;
pub mod draft;
pub mod failure;
pub mod formats;
pub mod fsio;
pub mod keep;
pub mod keymap;
pub mod layout;
pub mod load;
pub mod notebook;
pub mod query;
pub mod revise;
pub mod run;
pub mod sources;
pub mod store;
pub mod term;
pub mod text;
pub mod threads;
pub mod ui;
pub mod when;
