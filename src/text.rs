//! Text: folded for comparison, and made safe for a screen.

pub mod fold;
pub(crate) mod forms;
pub mod nearest;
pub mod safe;
pub mod width;
