//! A store while it is being filled: names are learnt in the order of the file, and what is new is shown now and then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::parse::Parsed;
use super::workers::Part;
use crate::chronology::{LayerIndex, Names};
use crate::formats::table::Flaws;
use crate::store::Progress;
use crate::store::columns::{Columns, News, Segment, is_kept};
use crate::store::rows::Rows;

/// The shortest time between two states of the store.
const FRAME: Duration = Duration::from_millis(33);
/// Names are copied when they are learnt after they were shown. That may take one of so many parts of the time.
const SHARE: u32 = 8;

/// A part of a table that was taken in: a segment, where it has rows.
#[derive(Debug)]
pub(super) struct Taken {
    /// Where its first record begins in the file.
    pub begin: u64,
    /// Where what follows its last record begins.
    pub end: u64,
    /// How many rows it has.
    pub rows: u64,
    /// What was wrong with its records.
    pub flaws: Flaws,
}

/// Fills a store.
pub(super) struct Filling {
    store: Arc<Columns>,
    names: Names,
    rows: Vec<Arc<dyn Rows>>,
    /// Segments that are not shown yet.
    fresh: Vec<Arc<Segment>>,
    /// What was shown and counts no more: of these layers, what stands from an offset on.
    withdrawn: Vec<(LayerIndex, u64)>,
    /// How many rows were read of tables.
    pub read: u64,
    /// The parts of the table that is being read, in order.
    pub taken: Vec<Taken>,
    /// What is wrong with the source, for as long as it is.
    pub problem: Option<String>,
    begun: Instant,
    shown: Instant,
    /// How long the names took to be copied.
    copying: Duration,
}

impl Filling {
    /// Begins with what stands in memory.
    pub fn new(store: Arc<Columns>, news: News) -> Self {
        let now = Instant::now();
        Self {
            store,
            names: Names::clone(&news.names),
            rows: news.rows,
            fresh: news.segments,
            withdrawn: Vec::new(),
            read: 0,
            taken: Vec::new(),
            problem: None,
            begun: now,
            shown: now,
            copying: Duration::ZERO,
        }
    }

    /// The rows of a layer are read from there.
    pub fn set_rows(&mut self, layer: LayerIndex, rows: Arc<dyn Rows>) {
        if let Some(known) = self.rows.get_mut(layer.0 as usize) {
            *known = rows;
        }
    }

    /// What stands in a layer from a place on counts no more: it is read again.
    pub fn withdraw(&mut self, layer: LayerIndex, from: u64) {
        let place = (layer, from);
        self.fresh.retain(|segment| is_kept(segment, &[place]));
        self.withdrawn.push(place);
    }

    /// Takes in what comes next in the file.
    pub fn take(&mut self, part: Part<Parsed>) {
        let first = self.fresh.is_empty();
        let begun = Instant::now();
        let Part { begin, end, rows, piece: Parsed { piece, flaws }, .. } = part;
        if rows > 0 {
            self.fresh.push(Arc::new(piece.absorb(&mut self.names)));
        }
        if first {
            self.copying = begun.elapsed();
        }
        self.read += rows;
        self.taken.push(Taken { begin, end, rows, flaws });
    }

    /// Begins to count anew how much was read in which time.
    pub fn begin_again(&mut self) {
        (self.read, self.begun) = (0, Instant::now());
    }

    /// Whether it is time to show what is new.
    pub fn is_due(&self) -> bool {
        !self.fresh.is_empty() && self.shown.elapsed() >= FRAME.max(self.copying * SHARE)
    }

    /// Shows what is new. `bytes`: how many were read, of how many; `None`: loading is over.
    pub fn show(&mut self, bytes: Option<(u64, Option<u64>)>) {
        let progress = bytes.map(|(bytes, total_bytes)| Progress {
            rows: self.read,
            bytes,
            total_bytes,
            elapsed: self.begun.elapsed(),
        });
        self.store.publish(News {
            names: Arc::new(self.names.clone()),
            rows: self.rows.clone(),
            withdrawn: std::mem::take(&mut self.withdrawn),
            segments: std::mem::take(&mut self.fresh),
            progress,
            problem: self.problem.clone(),
        });
        self.shown = Instant::now();
    }
}
