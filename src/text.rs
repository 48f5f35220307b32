//! Text: folded for comparison, and made safe for a screen.

pub mod fold;
pub mod safe;
pub mod width;
