//! Where things go, in plain numbers.

pub mod axis;
pub mod screen;
pub mod ticks;
