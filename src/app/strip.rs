//! The overview strip: an axis, planned once and zoomed, with the density of what is shown and of the hits.

use crate::layout::axis::{Axis, MOST_ROUNDS, Plan};
use crate::layout::ladder;
use crate::store::{Count, Histogram};
use crate::when::{Instant, TimeRange};

/// How far events may lie beyond an axis before it is planned anew, in percent of its length: each new plan moves
/// everything on it.
const BEYOND: i128 = 5;

/// What the strip needs next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The axis is being planned: counts of everything are needed.
    Planning,
    /// The axis stands: counts of what is shown are needed.
    Laid,
}

/// The strip's state.
#[derive(Clone, Debug)]
pub struct Strip {
    /// The stretch the reader zoomed to; `None`: all.
    pub view: Option<TimeRange>,
    /// The axis.
    pub axis: Axis,
    /// Events shown, by cell.
    pub density: Vec<Count>,
    /// Hits, by cell.
    pub hits: Vec<u64>,
    stage: Stage,
    plan: Option<Plan>,
    /// What it was planned for.
    planned: Option<TimeRange>,
    /// The axis that stands once its counts have come: until then the one before is shown with its own.
    next: Option<Axis>,
    rounds: u8,
    width: u16,
}

impl Default for Strip {
    fn default() -> Self {
        Self {
            view: None,
            axis: Axis::default(),
            density: Vec::new(),
            hits: Vec::new(),
            stage: Stage::Planning,
            plan: None,
            planned: None,
            next: None,
            rounds: 0,
            width: 0,
        }
    }
}

impl Strip {
    /// Begins to plan the axis for what is in view.
    pub fn begin(&mut self, extent: Option<TimeRange>, width: u16) {
        self.width = width;
        self.rounds = 0;
        self.stage = Stage::Planning;
        self.plan = self.view.map(Plan::asked).or(extent.map(Plan::new));
        self.planned = self.view.or(extent);
        self.next = None;
        if self.plan.is_none() {
            self.axis = Axis::default();
        }
    }

    /// Whether a stretch has grown beyond the axis that stands by more than a little.
    pub fn falls_short(&self, extent: Option<TimeRange>) -> bool {
        let (Some(planned), Some(extent)) = (self.planned, extent) else { return extent.is_some() };
        if self.stage == Stage::Planning {
            return false;
        }
        let length = |first: Instant, last: Instant| i128::from(last.secs) - i128::from(first.secs);
        let beyond = length(extent.first, planned.first).max(length(planned.last, extent.last));
        beyond * 100 > length(planned.first, planned.last) * BEYOND
    }

    /// Lays the same plan out on another width.
    pub fn resize(&mut self, width: u16) {
        self.width = width;
        if let (Stage::Laid, Some(plan)) = (self.stage, &self.plan) {
            self.axis = plan.axis(width);
            self.next = None;
        }
    }

    /// The axis laid out on another width; empty where nothing is dated.
    pub fn axis_of(&self, width: u16) -> Axis {
        self.plan.as_ref().map(|plan| plan.axis(width)).unwrap_or_default()
    }

    /// What it needs next.
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// The edges to count between; empty where nothing is dated.
    pub fn edges(&self) -> Vec<Instant> {
        match (&self.plan, self.stage) {
            (None, _) => Vec::new(),
            (Some(plan), Stage::Planning) => plan.edges(),
            (Some(_), Stage::Laid) => self.next.as_ref().unwrap_or(&self.axis).edges(),
        }
    }

    /// Takes the counts asked for. Whether more are needed.
    pub fn take(&mut self, edges: &[Instant], histogram: &Histogram) -> bool {
        match self.stage {
            Stage::Planning => {
                let counts: Vec<u64> = histogram.buckets.iter().copied().map(Count::total).collect();
                let better = self.plan.as_ref().and_then(|plan| plan.next(edges, &counts));
                self.rounds = self.rounds.saturating_add(1);
                if let Some(plan) = better.filter(|_| self.rounds < MOST_ROUNDS) {
                    self.plan = Some(plan);
                } else {
                    self.next = self.plan.as_ref().map(|plan| plan.axis(self.width));
                    self.stage = Stage::Laid;
                }
                true
            }
            Stage::Laid => {
                if let Some(next) = self.next.take().filter(|next| *next != self.axis) {
                    self.axis = next;
                    self.hits.clear();
                }
                self.density = self.densities(edges, histogram);
                false
            }
        }
    }

    /// Takes the counts of the hits.
    pub fn take_hits(&mut self, edges: &[Instant], histogram: &Histogram) {
        if edges != self.axis.edges() {
            return;
        }
        self.hits = self.densities(edges, histogram).into_iter().map(Count::total).collect();
    }

    /// Sorts buckets into cells; what starts beyond an end goes to that end where all is shown.
    fn densities(&self, edges: &[Instant], histogram: &Histogram) -> Vec<Count> {
        let mut densities = vec![Count::default(); usize::from(self.axis.width())];
        let last = self.axis.width().saturating_sub(1);
        let mut put = |cell: Option<u16>, count: Count| {
            if let Some(slot) = cell.and_then(|cell| densities.get_mut(usize::from(cell.min(last)))) {
                slot.certain += count.certain;
                slot.possible += count.possible;
            }
        };
        for (edge, count) in edges.iter().zip(&histogram.buckets) {
            put(self.axis.cell_from(*edge), *count);
        }
        if self.view.is_none() {
            put(Some(0), histogram.unbounded);
            put(Some(0), histogram.before);
            put(Some(last), histogram.after);
        }
        densities
    }

    /// Zooms by one rung of the ladder around an instant: in, or out; it comes to stand at the share (cells of so
    /// many) of what is in view then. Whether anything changed.
    pub fn zoom(
        &mut self,
        centre: Instant,
        (cell, of): (u16, u16),
        inwards: bool,
        extent: Option<TimeRange>,
    ) -> bool {
        let (Some(shown), Some(extent)) = (self.view.or(extent), extent) else { return false };
        if !inwards && self.view.is_none() {
            return false;
        }
        let centre = if centre.is_finite() { centre } else { shown.first };
        // Of the whole, what is folded away does not count: the first step in is one that is seen.
        let now = match self.view {
            None if self.axis.shown() > 0 => self.axis.shown(),
            _ => shown.last.nanos_since(shown.first),
        };
        let length = match ladder::inwards(now).filter(|_| inwards) {
            Some(shorter) => shorter,
            None if inwards => return false,
            None => ladder::outwards(now),
        };
        let before = length * i128::from(cell) / i128::from(of.max(1));
        let first = centre.plus_nanos(-before).max(extent.first);
        let last = first.plus_nanos(length).min(extent.last);
        let first = last.plus_nanos(-length).max(extent.first);
        let all = first <= extent.first && last >= extent.last;
        let view = if all { None } else { Some(TimeRange { first, last }) };
        let changed = view != self.view;
        self.view = view;
        changed
    }

    /// Moves the view so that an instant is in it. Whether it had to.
    pub fn follow(&mut self, instant: Instant) -> bool {
        let Some(view) = self.view else { return false };
        if !instant.is_finite() || (view.first <= instant && instant <= view.last) {
            return false;
        }
        let length = view.last.nanos_since(view.first);
        let first = instant.plus_nanos(-length / 2);
        self.view = Some(TimeRange { first, last: first.plus_nanos(length) });
        true
    }
}
