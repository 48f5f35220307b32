//! Time: instants, dates as exact as their source (EDTF), their bounds, and what can be said of them.

pub mod periods;
pub mod words;

mod bounds;
mod edtf;
mod instant;
mod plain;

pub use bounds::{Bounds, Certainty, Stretch, Stretches, TimeRange};
pub use edtf::{DateFault, Precision, When};
pub use instant::{Civil, Instant};
pub use plain::Plain;

#[cfg(test)]
mod tests;
