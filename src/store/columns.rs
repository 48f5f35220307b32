//! Events as columns: what filters, counts and the order need, without their texts.
//!
//! | file | owns |
//! |---|---|
//! | `bits` | sets of rows |
//! | `times` | the dates of a segment, and which rows are in a window of time |
//! | `shape` | what a date allows, as seen from where it starts |
//! | `dates` | gathering dates as rows are read |
//! | `offsets` | where rows stand in their layer |
//! | `postings` | which rows have a value |
//! | `segment` | all of that for some rows of a layer |
//! | `build` | from facts to columns of texts, on any thread |
//! | `absorb` | from texts to names that all segments share, in the order of the file |

mod absorb;
mod bits;
mod build;
mod dates;
mod offsets;
mod postings;
mod segment;
mod shape;
mod times;

pub use bits::{Bits, Ranked};
pub use build::{Builder, Piece};
pub use postings::{Column, OWN, Posting, in_role, role_of};
pub use segment::{MOST_ROWS, Segment, place, tie};
pub use times::Within;

#[cfg(test)]
mod tests;
