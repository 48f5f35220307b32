//! Text: folded for comparison, made safe for a screen, and read for times and names that are known

pub mod address;
pub mod blocks;
pub mod fold;
pub(crate) mod forms;
pub mod fuzzy;
pub mod known;
pub mod nearest;
pub mod safe;
pub mod timex;
pub mod width;
