//! Events as columns: what filters, counts and the order need, without their texts.
//!
//! | file | owns |
//! |---|---|
//! | `bits` | sets of rows |
//! | `times` | the dates of a segment, and which rows are in a window of time |
//! | `shape` | what a date allows, as seen from where it starts |
//! | `dates` | gathering dates as rows are read |
//! | `offsets` | where rows stand in their layer |
//! | `positions` | where rows say themselves that they were |
//! | `postings` | which rows have a value |
//! | `segment` | all of that for some rows of a layer |
//! | `build` | from facts to columns of texts, on any thread |
//! | `image` | what was built as bytes, for an index that is kept |
//! | `absorb` | from texts to names that all segments share, in the order of the file |
//! | `state` | what a store of columns holds, and how it grows |
//! | `answers` | the columns as a store |
//! | `plan` | a filter as values of the columns |
//! | `evaluate` | a plan on all rows of a segment at once |
//! | `hits` | which rows of a segment a filter is true of |
//! | `leaf` | what is known of a test that rows have to be read for |
//! | `cache` | the last filters and texts with what was found for them |
//! | `asked` | one question at work, segment by segment |
//! | `spans` | keys as stretches of the order |
//! | `walk` | from hit to hit in the order, over all segments |
//! | `read` | pages and scans: rows read again |
//! | `count` | counts and histograms, from ranks |
//! | `values` | the values of a dimension with their rows |
//! | `tally` | how many hits have each value |
//! | `clusters` | hits near each other, for the map |
//! | `find` | one event by its id |

mod absorb;
mod answers;
mod asked;
mod bits;
mod build;
mod cache;
mod clusters;
mod count;
mod dates;
mod evaluate;
mod find;
mod hits;
mod image;
mod leaf;
mod offsets;
mod plan;
mod positions;
mod postings;
mod read;
mod segment;
mod shape;
mod spans;
mod state;
mod tally;
mod times;
mod values;
mod walk;

pub use bits::{Bits, Ranked};
pub use build::{Builder, Piece};
pub use image::IMAGE_VERSION;
pub use postings::{Column, OWN, Posting, in_role, role_of};
pub use segment::{MOST_ROWS, Segment, place, tie};
pub use state::{Columns, News, is_kept};
pub use times::Within;

#[cfg(test)]
mod tests;
