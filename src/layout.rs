//! Where things go, in plain numbers.

pub mod axis;
pub mod ladder;
pub mod lanes;
pub mod map;
pub mod matrix;
pub mod screen;
pub mod scroll;
pub mod ticks;
