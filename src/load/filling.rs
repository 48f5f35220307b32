//! A store while it is being filled: names are learnt in the order of the file, and what is new is shown now and then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::parse::Parsed;
use super::workers::Part;
use crate::chronology::{LayerIndex, Names};
use crate::formats::table::Flaws;
use crate::store::Progress;
use crate::store::columns::{Columns, News, Piece, Segment};
use crate::store::rows::Rows;

/// The shortest time between two states of the store.
const FRAME: Duration = Duration::from_millis(33);
/// Names are copied when they are learnt after they were shown. That may take one of so many parts of the time.
const SHARE: u32 = 8;

/// Fills a store.
pub(super) struct Filling {
    store: Arc<Columns>,
    names: Names,
    rows: Vec<Arc<dyn Rows>>,
    /// How many segments are shown.
    count: usize,
    /// Segments that are not shown yet.
    fresh: Vec<Arc<Segment>>,
    /// Segments that take the place of others, by their number.
    replaced: Vec<(usize, Arc<Segment>)>,
    /// How many rows were read of tables.
    pub read: u64,
    /// What was wrong with the table that is being read.
    pub flaws: Flaws,
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
            count: 0,
            fresh: news.segments,
            replaced: Vec::new(),
            read: 0,
            flaws: Flaws::default(),
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

    /// The number that the next segment gets.
    pub fn next(&self) -> usize {
        self.count + self.fresh.len()
    }

    /// Takes in what stands in the file in the place of an earlier segment.
    pub fn replace(&mut self, number: usize, piece: Piece) {
        self.replaced.push((number, Arc::new(piece.absorb(&mut self.names))));
    }

    /// Takes in what comes next in the file.
    pub fn take(&mut self, part: Part<Parsed>) {
        let first = self.fresh.is_empty();
        let begun = Instant::now();
        if part.rows > 0 {
            self.fresh.push(Arc::new(part.piece.piece.absorb(&mut self.names)));
        }
        if first {
            self.copying = begun.elapsed();
        }
        self.read += part.rows;
        self.flaws.join(part.piece.flaws);
    }

    /// Whether it is time to show what is new.
    pub fn is_due(&self) -> bool {
        !self.fresh.is_empty() && self.shown.elapsed() >= FRAME.max(self.copying * SHARE)
    }

    /// Shows what is new. `bytes`: how many were read, of how many; `None`: loading is over.
    pub fn show(&mut self, bytes: Option<(u64, Option<u64>)>) {
        self.count += self.fresh.len();
        let progress = bytes.map(|(bytes, total_bytes)| Progress {
            rows: self.read,
            bytes,
            total_bytes,
            elapsed: self.begun.elapsed(),
        });
        self.store.publish(News {
            names: Arc::new(self.names.clone()),
            rows: self.rows.clone(),
            segments: std::mem::take(&mut self.fresh),
            replaced: std::mem::take(&mut self.replaced),
            progress,
            problem: self.problem.clone(),
        });
        self.shown = Instant::now();
    }
}
