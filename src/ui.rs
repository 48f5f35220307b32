//! Drawing.
pub mod help;
