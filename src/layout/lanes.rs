//! A lane: events as points and bars along an axis, packed in rows so that none lies over another. What is too dense
//! becomes a count.

use std::collections::BTreeMap;

use super::axis::Axis;
use crate::when::{Bounds, Instant, Stretch, When};

/// How an event ends, as its date says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// At a time that is known, however exactly.
    #[default]
    Known,
    /// It goes on.
    Open,
    /// Nobody says.
    Unknown,
}

impl End {
    /// How a date ends.
    pub fn of(when: &When) -> Self {
        if when.has_open_end() {
            Self::Open
        } else if when.has_unknown_end() {
            Self::Unknown
        } else {
            Self::Known
        }
    }
}

/// When an event was, as far as a lane shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From its earliest start to its latest end.
    pub hull: Stretch,
    /// Whether it is one moment, which may lie anywhere in the hull.
    pub moment: bool,
    /// How it ends.
    pub end: End,
}

impl Span {
    /// A span that lies on no axis.
    pub const NOWHERE: Self = Self {
        hull: Stretch { s0: Instant::FUTURE, s1: Instant::FUTURE, e0: Instant::PAST, e1: Instant::PAST },
        moment: true,
        end: End::Known,
    };

    /// When an event with this date was; `None`: it is undated.
    pub fn of(when: Option<&When>, bounds: Option<&Bounds>) -> Option<Self> {
        let (when, bounds) = (when?, bounds?);
        Some(Self { hull: bounds.hull, moment: !when.is_interval(), end: End::of(when) })
    }

    /// Where it ends as far as it is drawn: one that goes on, until it was last known to.
    pub fn known_end(&self) -> Instant {
        match self.end {
            End::Known => self.hull.e1,
            End::Open | End::Unknown => self.hull.e0.max(self.hull.s1),
        }
    }
}

/// The signs of [`Ink`]: a moment; it may be going on, three shades; it goes on; from before; on; nobody knows.
pub const INKS: [&str; 8] = ["●", "░", "▒", "▓", "█", "◂", "▸", "?"];
/// The same where only ASCII is shown.
pub const INKS_ASCII: [&str; 8] = ["*", ".", ":", "=", "#", "<", ">", "?"];

/// What stands in a cell of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A moment.
    Point,
    /// It may have been going on then: the more the likelier, from 1 to 3 as the soft end nears.
    Soft(u8),
    /// It was going on then.
    Full,
    /// It began before, nobody says when.
    Back,
    /// It goes on.
    On,
    /// Nobody says when it ended.
    Unknown,
}

impl Ink {
    /// The place of its sign among [`INKS`].
    pub fn place(self) -> usize {
        match self {
            Self::Point => 0,
            Self::Soft(shade) => usize::from(shade.clamp(1, 3)),
            Self::Full => 4,
            Self::Back => 5,
            Self::On => 6,
            Self::Unknown => 7,
        }
    }
}

/// An event laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which of the spans.
    pub item: usize,
    /// Its row in the lane, from 0.
    pub row: usize,
    /// Its first cell.
    pub cell: u16,
    /// Its cells.
    pub inks: Vec<Ink>,
}

impl Mark {
    /// The cell behind its last one.
    pub fn end(&self) -> u16 {
        self.cell.saturating_add(u16::try_from(self.inks.len()).unwrap_or(u16::MAX))
    }

    /// In how many cells it may have been going on, or not.
    fn soft(&self) -> usize {
        self.inks.iter().filter(|ink| matches!(ink, Ink::Soft(_))).count()
    }
}

/// A lane laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// The events that have room.
    pub marks: Vec<Mark>,
    /// How many rows it has, the one of the counts included.
    pub rows: usize,
    /// Of the events that have none: how many begin in each cell, in order, each cell once. They stand in the last row.
    pub counts: Vec<(u16, u64)>,
}

/// Lays events out on an axis, in at most so many rows (at least one). Those beyond it are left out: the less exact
/// ones first, since one that may have been at any time in many cells would take the room of many.
pub fn lay(axis: &Axis, spans: &[Span], most: usize) -> Lane {
    lay_apart(axis, spans, most, 0)
}

/// The same with so many cells left free behind each event.
pub fn lay_apart(axis: &Axis, spans: &[Span], most: usize, apart: u16) -> Lane {
    let mut marks: Vec<Mark> =
        spans.iter().enumerate().filter_map(|(item, span)| mark(axis, item, span)).collect();
    // The long ones first, so that the short ones fill the room they leave.
    marks.sort_by_key(|mark| (mark.cell, std::cmp::Reverse(mark.inks.len()), mark.item));
    let most = most.max(1);
    let all = pack(marks.clone(), usize::MAX, apart);
    let rows = all.rows();
    if rows <= most {
        return Lane { marks: all.placed, rows: rows.max(1), counts: Vec::new() };
    }
    marks.sort_by_key(Mark::soft);
    let mut packed = pack(marks, most - 1, apart);
    packed.left.sort_by_key(|mark| mark.cell);
    let mut counts: Vec<(u16, u64)> = Vec::new();
    for mark in &packed.left {
        match counts.last_mut() {
            Some((cell, count)) if *cell == mark.cell => *count += 1,
            _ => counts.push((mark.cell, 1)),
        }
    }
    Lane { marks: packed.placed, rows: most, counts }
}

#[derive(Default)]
struct Packed {
    placed: Vec<Mark>,
    left: Vec<Mark>,
}

impl Packed {
    fn rows(&self) -> usize {
        self.placed.iter().map(|mark| mark.row + 1).max().unwrap_or(0)
    }
}

/// Puts each mark into the first row with room for it, of at most so many.
fn pack(marks: Vec<Mark>, most: usize, apart: u16) -> Packed {
    let mut packed = Packed::default();
    // What is taken in each row: ends by beginnings.
    let mut rows: Vec<BTreeMap<u16, u16>> = Vec::new();
    for mut mark in marks {
        let free = |taken: &BTreeMap<u16, u16>| {
            let before = taken.range(..mark.end().saturating_add(apart)).next_back();
            before.is_none_or(|(_, end)| *end <= mark.cell)
        };
        let row = match rows.iter().position(free) {
            Some(row) => row,
            None if rows.len() < most => {
                rows.push(BTreeMap::new());
                rows.len() - 1
            }
            None => {
                packed.left.push(mark);
                continue;
            }
        };
        if let Some(taken) = rows.get_mut(row) {
            taken.insert(mark.cell, mark.end().saturating_add(apart));
        }
        mark.row = row;
        packed.placed.push(mark);
    }
    packed
}

/// The cells of an event; `None`: it lies outside the axis.
fn mark(axis: &Axis, item: usize, span: &Span) -> Option<Mark> {
    let shown = axis.range()?;
    let Stretch { s0, s1, e0, e1 } = span.hull;
    if e1 < shown.first || s0 > shown.last {
        return None;
    }
    let (first, last) = (axis.cell(s0)?, axis.cell(span.known_end())?.max(axis.cell(s0)?));
    let mut inks: Vec<Ink> = if span.moment {
        moment(first, last)
    } else {
        // An approximate date may have its latest start behind its earliest end.
        let core = (axis.cell(s1)?, axis.cell(e0)?);
        (first..=last).map(|cell| lasting(cell, core, (first, last))).collect()
    };
    if s0 == Instant::PAST
        && let Some(ink) = inks.first_mut()
    {
        *ink = Ink::Back;
    }
    let sign = match span.end {
        End::Known => None,
        End::Open => Some(Ink::On),
        End::Unknown => Some(Ink::Unknown),
    };
    if let Some(sign) = sign {
        // In the place of the last cell where there is no room behind it.
        if last >= axis.width().saturating_sub(1) {
            inks.pop();
        }
        inks.push(sign);
    }
    Some(Mark { item, row: 0, cell: first, inks })
}

/// A moment: a point, or all the cells that it may be in.
fn moment(first: u16, last: u16) -> Vec<Ink> {
    match usize::from(last.saturating_sub(first)) + 1 {
        1 => vec![Ink::Point],
        cells => vec![Ink::Soft(1); cells],
    }
}

/// A cell of what lasts: full between the latest start and the earliest end, softer towards the outer ends.
fn lasting(cell: u16, (core_first, core_last): (u16, u16), (first, last): (u16, u16)) -> Ink {
    let soft = |inside: u16, length: u16| {
        let share = u32::from(inside) * 3 / u32::from(length.max(1));
        Ink::Soft(u8::try_from(share).unwrap_or(2).min(2) + 1)
    };
    if cell < core_first && cell <= core_last.max(core_first) {
        soft(cell - first, core_first - first)
    } else if cell > core_last {
        soft(last - cell, last.saturating_sub(core_last))
    } else {
        Ink::Full
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::axis::Plan;
    use crate::when::TimeRange;

    /// The years 2000 to 2010 on so many cells.
    fn axis(cells: u16) -> Axis {
        let range = TimeRange {
            first: Instant::midnight(2000, 1, 1).unwrap(),
            last: Instant::midnight(2010, 1, 1).unwrap(),
        };
        Plan::new(range).axis(cells)
    }

    fn span(date: &str) -> Span {
        let when = When::parse(date).unwrap();
        Span { hull: when.bounds(None).hull, moment: !when.is_interval(), end: End::of(&when) }
    }

    /// The rows of a lane as text.
    fn drawn(dates: &[&str], most: usize) -> Vec<String> {
        let axis = axis(20);
        let lane = lay(&axis, &dates.iter().map(|date| span(date)).collect::<Vec<_>>(), most);
        let mut rows = vec![vec![' '; 21]; lane.rows];
        for mark in &lane.marks {
            for (at, ink) in mark.inks.iter().enumerate() {
                rows[mark.row][usize::from(mark.cell) + at] = match ink {
                    Ink::Point => '●',
                    Ink::Soft(shade) => ['░', '▒', '▓'][usize::from(*shade) - 1],
                    Ink::Full => '█',
                    Ink::Back => '◂',
                    Ink::On => '▸',
                    Ink::Unknown => '?',
                };
            }
        }
        for (cell, count) in &lane.counts {
            rows[lane.rows - 1][usize::from(*cell)] = char::from(b'0' + *count as u8);
        }
        rows.into_iter().map(|row| row.into_iter().collect::<String>().trim_end().to_owned()).collect()
    }

    #[test]
    fn points_and_bars_have_the_edges_that_their_dates_have() {
        assert_eq!(drawn(&["2005-01-02"], 1), ["          ●"]);
        assert_eq!(drawn(&["2004"], 1), ["       ░░░░"]);
        assert_eq!(drawn(&["[2002-02..2005-10]"], 1), ["    ░░░░░░░░"]);
        assert_eq!(drawn(&["2002-01-02/2004-01-02"], 1), ["    █████"]);
        assert_eq!(drawn(&["2001/2007"], 1), ["  ░▒██████████▒░"]);
        assert_eq!(drawn(&["2003-02-01/.."], 1), ["      █████████████▸"]);
        assert_eq!(drawn(&["2003-02-01/"], 1), ["      █?"]);
    }

    #[test]
    fn what_reaches_beyond_the_axis_is_cut() {
        assert_eq!(drawn(&["1990-02-01/2001-02-01"], 1), ["███"]);
        assert_eq!(drawn(&["[..2001-02-01]"], 1), ["◂░░"]);
        assert_eq!(drawn(&["1980-01-01", "2031"], 2), [""]);
        assert_eq!(drawn(&["2009-12-30/.."], 1), ["                   ▸"]);
    }

    #[test]
    fn what_overlaps_is_packed_and_what_has_no_room_is_counted() {
        let dates = ["2002-01-02/2004-01-02", "2003-02-01", "2003-02-02", "2008-02-01"];
        assert_eq!(drawn(&dates, 3), ["    █████       ●", "      ●", "      ●"]);
        assert_eq!(drawn(&dates, 2), ["    █████       ●", "      2"]);
        assert_eq!(drawn(&dates, 1), ["    1 2         1"]);
    }

    #[test]
    fn where_room_is_short_exact_events_have_it() {
        let dates = ["[2001-02..2009-10]", "2003-02-01", "2003-02-02", "2008-02-01", "2001/2007"];
        assert_eq!(drawn(&dates, 3), ["      ●         ●", "      ●", "  2"]);
        assert_eq!(drawn(&dates, 2), ["      ●         ●", "  2   1"]);
    }

    proptest! {
        #[test]
        fn every_event_on_the_axis_is_drawn_or_counted_once(
            starts in proptest::collection::vec((0i64..4_000, 0i64..900, any::<bool>()), 0..40),
            (cells, most) in (1u16..120, 0usize..6),
        ) {
            let axis = axis(cells);
            let at = |day: i64| Instant { secs: 946_684_800 + (day - 100) * 86_400, nanos: 0 };
            let spans: Vec<Span> = starts
                .iter()
                .map(|(day, length, moment)| {
                    let (first, last) = (at(*day), at(day + length));
                    let hull = if *moment {
                        Stretch::moment(first, last)
                    } else {
                        Stretch { s0: first, s1: at(day + length / 4), e0: at(day + length / 2), e1: last }
                    };
                    Span { hull, moment: *moment, end: End::Known }
                })
                .collect();
            let lane = lay(&axis, &spans, most);
            let range = axis.range().unwrap();
            let shown = spans.iter().filter(|span| span.hull.e1 >= range.first && span.hull.s0 <= range.last);
            let counted: u64 = lane.counts.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(lane.marks.len() as u64 + counted, shown.count() as u64);
            prop_assert!(lane.rows <= most.max(1));
            prop_assert!(lane.counts.is_sorted_by(|one, other| one.0 < other.0));
            for (at, mark) in lane.marks.iter().enumerate() {
                prop_assert!(mark.end() <= axis.width().max(1));
                for other in lane.marks.iter().skip(at + 1).filter(|other| other.row == mark.row) {
                    prop_assert!(other.cell >= mark.end() || mark.cell >= other.end());
                }
            }
        }
    }
}
