//! The lanes: what is in view, side by side for everybody who takes part, or by place, kind, tag or document.

mod contents;

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use super::action::Action;
use super::movement::moved;
use super::{App, Focus, View};
use crate::chronology::Catalogue;
use crate::formats::wording::instant_text;
use crate::layout::axis::Axis;
use crate::layout::screen::Area;
use crate::query::{Dimension, Filter};
use crate::store::{Histogram, Key, Reply, Request, Row, Slot};
use crate::when::{Instant, TimeRange};

pub use contents::Lane;

/// Up to so many events are drawn one by one; more are counted.
const MOST: usize = 2_000;
/// The share of the pane that names may take, in percent, and how wide they are at the most.
const NAMES: (u16, u16) = (30, 32);

/// A lane is by the dimension and the value that it is of; the value is empty for events that have none.
pub type LaneKey = (Dimension, String);

/// What is known of the time in view.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Held {
    /// Nothing yet.
    #[default]
    Nothing,
    /// Every event.
    Events(Vec<Row>),
    /// Too many for that: counts between edges by value.
    Counts(Dimension, Vec<Instant>, Vec<(String, Histogram)>),
}

/// Lanes laid out with these names and so many lines.
type Laid = (Arc<Catalogue>, usize, Rc<Vec<Lane>>);

/// The state of the lanes.
#[derive(Clone, Debug)]
pub struct Lanes {
    /// What makes a lane: actors under their parties, or the values of another dimension.
    pub by: Dimension,
    /// What is known.
    pub held: Held,
    /// The axis.
    pub axis: Axis,
    /// The lane that has the keys.
    pub lane: usize,
    /// The first line on screen.
    pub top: usize,
    /// Parties whose actors are rolled up.
    folded: HashSet<LaneKey>,
    /// Lanes with all their rows.
    opened: HashSet<LaneKey>,
    /// How they were laid out last, and for which names and how many lines, so that a key and the frame after it need
    /// it done once. Whoever changes what they are laid out from empties it.
    laid: RefCell<Option<Laid>>,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            by: Dimension::Actor,
            held: Held::default(),
            axis: Axis::default(),
            lane: 0,
            top: 0,
            folded: HashSet::new(),
            opened: HashSet::new(),
            laid: RefCell::default(),
        }
    }
}

impl Lanes {
    fn forget_laid(&mut self) {
        *self.laid.get_mut() = None;
    }
}

impl App {
    /// Shows another view. Cursor, filter and selection stay.
    pub(super) fn show(&mut self, view: View) {
        if self.options.linear && !view.is_text() {
            let how = "annals count --by tells it in numbers";
            return self.say(format!("the {} are a picture, which has no lines: {how}", view.name()));
        }
        self.view = view;
        self.focus = Focus::List;
        self.lay_lanes();
        self.ask_lanes();
        self.open_source();
        self.open_matrix();
        self.open_map();
        let height = self.list_height();
        self.rows.scroll_to_lit(height);
    }

    /// Where the names of the lanes stand, where their dates, and where the lanes.
    pub fn lane_parts(&self) -> (Area, Area, Area) {
        let area = self.areas().list;
        let (dates, body) = area.split_top(u16::from(area.height > 2));
        let names = (body.width * NAMES.0 / 100).min(NAMES.1);
        let x = body.x.saturating_add(names);
        let width = body.width.saturating_sub(names);
        let beside = |area: Area| Area { x, width, ..area };
        (Area { width: names, ..body }, beside(dates), beside(body))
    }

    /// The lanes as they are on the screen.
    pub fn laid_lanes(&self) -> Rc<Vec<Lane>> {
        let (names, height) = (&self.info.catalogue, usize::from(self.lane_parts().2.height));
        let mut laid = self.lanes.laid.borrow_mut();
        match &*laid {
            Some((of, room, lanes)) if Arc::ptr_eq(of, names) && *room == height => Rc::clone(lanes),
            _ => {
                let lanes = Rc::new(self.lanes.laid(names, height));
                *laid = Some((Arc::clone(names), height, Rc::clone(&lanes)));
                lanes
            }
        }
    }

    /// Lays the axis out on the width that there is.
    pub(super) fn lay_lanes(&mut self) {
        let axis = self.strip.axis_of(self.lane_parts().2.width);
        if self.view == View::Lanes && axis != self.lanes.axis {
            self.lanes.axis = axis;
            self.lanes.forget_laid();
            // Counts are by cell; events are laid out from their dates.
            if !matches!(self.lanes.held, Held::Events(_)) {
                self.ask_lanes();
            }
        }
    }

    /// Asks for what is in view.
    pub(super) fn ask_lanes(&mut self) {
        if self.view != View::Lanes {
            return self.forget(Slot::Lanes);
        }
        let edges = self.lanes.axis.edges();
        if edges.len() < 2 {
            return;
        }
        let window = self.strip.view.and_then(in_view).unwrap_or_default();
        let question = self.question_of(Arc::new(self.filter.and(&window)));
        let parties = !self.info.catalogue.parties.is_empty();
        let dimension =
            if self.lanes.by == Dimension::Actor && parties { Dimension::Party } else { self.lanes.by };
        self.ask(Slot::Lanes, Request::Lanes { question, edges, dimension, most: MOST });
    }

    pub(super) fn take_lanes(&mut self, reply: Reply) {
        self.lanes.held = match reply {
            Reply::Events(rows) => Held::Events(rows),
            Reply::Values { dimension, edges, values } => Held::Counts(dimension, edges, values),
            _ => return,
        };
        self.lanes.forget_laid();
        self.clamp_lanes();
    }

    /// Keeps the lane and what is on screen within what there is.
    fn clamp_lanes(&mut self) {
        let lanes = self.laid_lanes();
        self.lanes.lane = self.lanes.lane.min(lanes.len().saturating_sub(1));
        let height = usize::from(self.lane_parts().2.height).max(1);
        let before: usize = lanes.iter().take(self.lanes.lane).map(|lane| lane.laid.rows).sum();
        let rows = lanes.get(self.lanes.lane).map_or(1, |lane| lane.laid.rows);
        let all: usize = lanes.iter().map(|lane| lane.laid.rows).sum();
        self.lanes.top =
            self.lanes.top.min(before).max((before + rows).saturating_sub(height)).min(all.saturating_sub(1));
    }

    pub(super) fn move_in_lanes(&mut self, action: Action) {
        let lanes = self.laid_lanes();
        let last = lanes.len().saturating_sub(1);
        let height = usize::from(self.lane_parts().2.height).max(1);
        match action {
            Action::Later => self.along_lane(lanes.get(self.lanes.lane), true),
            Action::Earlier => self.along_lane(lanes.get(self.lanes.lane), false),
            Action::LanesBy => self.next_dimension(),
            Action::NextHeading => self.lanes.lane = next_group(&lanes, self.lanes.lane, true),
            Action::PreviousHeading => self.lanes.lane = next_group(&lanes, self.lanes.lane, false),
            Action::Open => self.open_lane(lanes.get(self.lanes.lane)),
            _ => self.lanes.lane = moved(self.lanes.lane, last, height, action),
        }
        self.clamp_lanes();
    }

    /// To the nearest event of a lane after the cursor, or before it.
    fn along_lane(&mut self, lane: Option<&Lane>, later: bool) {
        let Some(lane) = lane else { return };
        let here = self.lit().map_or(self.cursor.key, |row| row.key);
        if let Held::Events(rows) = &self.lanes.held {
            let keys = lane.events.iter().filter_map(|event| rows.get(*event)).map(|row| row.key);
            let beyond = keys.filter(|key| !key.undated && if later { *key > here } else { *key < here });
            let nearest = if later { beyond.min() } else { beyond.max() };
            return match nearest {
                Some(key) => self.go_to(key),
                None => self.say(format!(
                    "{} has no {} event in view",
                    lane.label,
                    if later { "later" } else { "earlier" }
                )),
            };
        }
        let at = self.lanes.axis.cell(here.start).unwrap_or(0);
        let cells = lane.laid.counts.iter().map(|(cell, _)| *cell);
        let cell =
            if later { cells.filter(|cell| *cell > at).min() } else { cells.filter(|cell| *cell < at).max() };
        match cell.and_then(|cell| self.lanes.axis.instant(cell)) {
            Some(start) => self.go_to(Key { undated: false, start, end: Instant::PAST, tie: 0 }),
            None => self.say(format!("{} has none further on in view", lane.label)),
        }
    }

    /// Folds or unfolds a party; shows all rows of another lane, or no more than the usual ones; reads the event where
    /// there is nothing to open.
    fn open_lane(&mut self, lane: Option<&Lane>) {
        let Some(lane) = lane else { return };
        let toggle = |set: &mut HashSet<LaneKey>| {
            if !set.remove(&lane.key) {
                set.insert(lane.key.clone());
            }
        };
        if lane.open.is_some() {
            toggle(&mut self.lanes.folded);
        } else if !lane.laid.counts.is_empty() && lane.events.is_empty() {
            self.say(
                self.told("there are too many to show one by one: {zoom-in} zooms in, {filter} filters"),
            );
        } else if !lane.laid.counts.is_empty() || self.lanes.opened.contains(&lane.key) {
            toggle(&mut self.lanes.opened);
        } else {
            self.focus_in();
        }
        self.lanes.forget_laid();
    }

    /// Lanes by something else.
    fn next_dimension(&mut self) {
        const ORDER: [Dimension; 5] =
            [Dimension::Actor, Dimension::Place, Dimension::Kind, Dimension::Tag, Dimension::Document];
        let at = ORDER.iter().position(|by| *by == self.lanes.by).unwrap_or(0);
        self.lanes.by = ORDER.get((at + 1) % ORDER.len()).copied().unwrap_or(Dimension::Actor);
        (self.lanes.lane, self.lanes.top) = (0, 0);
        self.lanes.forget_laid();
        if !matches!(self.lanes.held, Held::Events(_)) {
            self.ask_lanes();
        }
        self.say(format!("lanes by {}", self.lanes.by.field()));
    }
}

/// The next lane that stands under no other, or the one before.
fn next_group(lanes: &[Lane], at: usize, forward: bool) -> usize {
    let is_group = |lane: &Lane| !lane.nested;
    if forward {
        let behind = lanes.iter().skip(at + 1).position(is_group);
        behind.map_or(lanes.len().saturating_sub(1), |offset| at + 1 + offset)
    } else {
        lanes.iter().take(at).rposition(is_group).unwrap_or(0)
    }
}

/// What goes on in a stretch of time.
fn in_view(range: TimeRange) -> Option<Filter> {
    let text = format!("in:{}/{}", instant_text(range.first, false), instant_text(range.last, true));
    Filter::parse(&text, None).ok()
}
