//! The axis of a page, in plain numbers: where instants go, which lane an event's mark lies in, and which
//! dates are named below it.
//!
//! Between two borders (where some event begins or ends) the scale is linear. A stretch without borders takes
//! room by a power of its length, and no more than its share of the whole: six quiet years do not flatten the
//! busy month. Where the share cut it short, the axis shows a break.

use crate::when::{Civil, Instant, Stretch, words};

/// The part of the width that one quiet stretch takes at most.
const SHARE: f64 = 0.12;

/// By which power of its length a stretch takes room: 1 is a plain linear axis, 0 gives all the same.
const POWER: f64 = 0.4;

/// How often the shortening is repeated; it settles long before.
const ROUNDS: usize = 60;

/// Seconds of a mean Gregorian year.
const YEAR: f64 = 31_556_952.0;

/// Where instants go on a line from 0 to a width.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Instants in seconds, growing, with their places.
    knots: Vec<(f64, f64)>,
    /// From where to where the line is shortened.
    pub breaks: Vec<(f64, f64)>,
    width: f64,
}

impl Scale {
    /// A scale over all finite borders of the events; `None` where there are fewer than two.
    pub fn of(stretches: impl Iterator<Item = Stretch>, width: f64) -> Option<Self> {
        let stretches: Vec<Stretch> = stretches.collect();
        let known = |instants: [Instant; 2]| instants.into_iter().find(|instant| instant.is_finite());
        let first = stretches.iter().filter_map(|stretch| known([stretch.s0, stretch.e0])).min()?;
        let last = stretches.iter().filter_map(|stretch| known([stretch.e1, stretch.s1])).max()?;
        // What `~` allows beyond the earliest and the latest instants needs no room.
        let mut borders: Vec<f64> = stretches
            .iter()
            .flat_map(|stretch| [stretch.s0, stretch.s1, stretch.e0, stretch.e1])
            .filter(|instant| {
                instant.is_finite() && first.min(last) <= *instant && *instant <= last.max(first)
            })
            .map(seconds)
            .collect();
        borders.sort_by(f64::total_cmp);
        borders.dedup();
        let gaps: Vec<f64> = borders
            .iter()
            .zip(borders.iter().skip(1))
            .map(|(first, next)| (next - first).powf(POWER))
            .collect();
        let longest = longest_drawn(&gaps)?;
        let drawn: f64 = gaps.iter().map(|gap| gap.min(longest)).sum();
        let mut at = 0.0;
        let mut knots = vec![(*borders.first()?, 0.0)];
        let mut breaks = Vec::new();
        for (gap, border) in gaps.iter().zip(borders.iter().skip(1)) {
            let next = at + gap.min(longest) / drawn * width;
            if *gap > longest * 1.01 {
                breaks.push((at, next));
            }
            at = next;
            knots.push((*border, at));
        }
        Some(Self { knots, breaks, width })
    }

    /// Where an instant goes; what lies outside goes to the nearer end.
    pub fn place(&self, instant: Instant) -> f64 {
        let at = seconds(instant);
        let after = self.knots.partition_point(|(known, _)| *known <= at);
        match (after.checked_sub(1).and_then(|before| self.knots.get(before)), self.knots.get(after)) {
            (None, _) => 0.0,
            (_, None) => self.width,
            (Some((from, left)), Some((to, right))) => left + (at - from) / (to - from) * (right - left),
        }
    }

    /// The dates to name below the line, each at least `room` from its neighbours: coarse ones first, then
    /// finer ones where there is room left. None beyond the line's ends.
    pub fn ticks(&self, room: f64) -> Vec<Tick> {
        let (Some((first, _)), Some((last, _))) = (self.knots.first(), self.knots.last()) else {
            return Vec::new();
        };
        let mut ticks: Vec<Tick> = Vec::new();
        for step in Step::ALL {
            // A step that is far too fine for the whole line may still fit where the line is stretched, but
            // going through it must not take forever.
            if (last - first) / step.seconds() > 3_000.0 {
                continue;
            }
            for (instant, label) in step.between(*first, *last) {
                let place = self.place(instant);
                let free = |tick: &Tick| (tick.place - place).abs() >= room;
                if (*first..=*last).contains(&seconds(instant)) && ticks.iter().all(free) {
                    ticks.push(Tick { place, label, coarse: matches!(step, Step::Years(_)) });
                }
            }
        }
        ticks.sort_by(|a, b| a.place.total_cmp(&b.place));
        ticks
    }
}

/// The longest that a stretch is drawn, so that none takes more than its share: the fixed point of "share of
/// the sum of what is drawn". `None` where there is nothing to draw.
fn longest_drawn(gaps: &[f64]) -> Option<f64> {
    let whole: f64 = gaps.iter().sum();
    // With few stretches each may take more, or all would be alike.
    let share = SHARE.max(2.5 / gaps.len().max(1) as f64);
    let mut longest = whole;
    for _ in 0..ROUNDS {
        longest = share * gaps.iter().map(|gap| gap.min(longest)).sum::<f64>();
    }
    (longest > 0.0).then_some(longest)
}

/// A date named on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub place: f64,
    /// Its name.
    pub label: String,
    /// Whether it is the beginning of a year or more.
    pub coarse: bool,
}

/// A distance between named dates.
#[derive(Clone, Copy, Debug)]
enum Step {
    Years(i64),
    Months(i64),
    Days(u8),
}

impl Step {
    const ALL: [Self; 19] = [
        Self::Years(1_000_000_000),
        Self::Years(100_000_000),
        Self::Years(10_000_000),
        Self::Years(1_000_000),
        Self::Years(100_000),
        Self::Years(10_000),
        Self::Years(1_000),
        Self::Years(500),
        Self::Years(100),
        Self::Years(50),
        Self::Years(10),
        Self::Years(5),
        Self::Years(1),
        Self::Months(6),
        Self::Months(3),
        Self::Months(1),
        Self::Days(14),
        Self::Days(7),
        Self::Days(1),
    ];

    fn seconds(self) -> f64 {
        match self {
            Self::Years(years) => years as f64 * YEAR,
            Self::Months(months) => months as f64 * YEAR / 12.0,
            Self::Days(days) => f64::from(days) * 86_400.0,
        }
    }

    /// The dates of this step between two instants, with their names.
    fn between(self, first: f64, last: f64) -> Vec<(Instant, String)> {
        let civil = |secs: f64| Instant { secs: secs as i64, nanos: 0 }.civil();
        let (Some(from), Some(to)) = (civil(first), civil(last)) else { return Vec::new() };
        let mut dates = Vec::new();
        let mut add = |year: i64, month: u8, day: u8, label: String| {
            if let Some(instant) = Instant::midnight(year, month, day) {
                dates.push((instant, label));
            }
        };
        match self {
            Self::Years(step) => {
                let mut year = from.year.div_euclid(step) * step;
                while year <= to.year {
                    // Round years before ours are one off astronomically: 100 BCE is -99.
                    let round = if year <= 0 && step > 1 { year + 1 } else { year };
                    add(round, 1, 1, words::heading_year(round));
                    year += step;
                }
            }
            Self::Months(step) => {
                let end = to.year * 12 + i64::from(to.month) - 1;
                let mut month = (from.year * 12 + i64::from(from.month) - 1).div_euclid(step) * step;
                while month <= end {
                    let (year, index) = (month.div_euclid(12), month.rem_euclid(12));
                    let label = words::month_short(index as u8 + 1);
                    add(year, index as u8 + 1, 1, label.to_owned());
                    month += step;
                }
            }
            Self::Days(step) => {
                let mut day = first.div_euclid(86_400.0) * 86_400.0;
                while day <= last {
                    // Counted within the month, without a stub at its end.
                    let named = |at: &Civil| (at.day - 1).is_multiple_of(step) && (step == 1 || at.day < 28);
                    if let Some(at) = civil(day).filter(named) {
                        let month = words::month_short(at.month);
                        add(at.year, at.month, at.day, format!("{} {month}", at.day));
                    }
                    day += 86_400.0;
                }
            }
        }
        dates
    }
}

/// An instant as a number of seconds; good enough for a drawing.
fn seconds(instant: Instant) -> f64 {
    instant.secs as f64 + f64::from(instant.nanos) / 1e9
}

/// Puts things that take from `left` to `right` into lanes so that no two of a lane touch, each into the first
/// lane that is free. Gives the lanes in the order of the things.
pub fn lanes(spans: &[(f64, f64)], distance: f64) -> Vec<usize> {
    let mut ends: Vec<f64> = Vec::new();
    let mut lanes = Vec::with_capacity(spans.len());
    for (left, right) in spans {
        let free = ends.iter().position(|end| end + distance <= *left);
        let lane = free.unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = *right,
            None => ends.push(*right),
        }
        lanes.push(lane);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i64, month: u8, day: u8) -> Instant {
        Instant::midnight(year, month, day).expect("a day of the calendar")
    }

    fn point(at: Instant) -> Stretch {
        Stretch { s0: at, s1: at, e0: at, e1: at }
    }

    #[test]
    fn a_quiet_stretch_is_shortened_and_order_kept() {
        let mut days = vec![day(2014, 1, 1)];
        days.extend((1..=28).map(|number| day(2024, 1, number)));
        let scale = Scale::of(days.iter().copied().map(point), 1000.0).expect("there are borders");
        assert_eq!(scale.breaks.len(), 1);
        let places: Vec<f64> = days.iter().map(|at| scale.place(*at)).collect();
        assert!(places.is_sorted());
        assert!((119.0..121.0).contains(&places[1]), "the ten years take their share: {}", places[1]);
        assert!((places[28] - 1000.0).abs() < 0.01);
        assert!(scale.place(Instant::PAST).abs() < 0.01);
        assert!((scale.place(Instant::FUTURE) - 1000.0).abs() < 0.01);
    }

    #[test]
    fn named_dates_keep_their_distance() {
        let days = [day(2014, 6, 1), day(2017, 9, 1), day(2023, 10, 7), day(2024, 1, 27)];
        let scale = Scale::of(days.into_iter().map(point), 1000.0).expect("there are borders");
        let ticks = scale.ticks(50.0);
        assert!(ticks.len() >= 6, "{ticks:?}");
        for (one, next) in ticks.iter().zip(ticks.iter().skip(1)) {
            assert!(next.place - one.place >= 50.0, "{one:?} {next:?}");
        }
        assert!(ticks.iter().any(|tick| tick.label == "2015"));
    }

    #[test]
    fn one_instant_makes_no_scale() {
        assert!(Scale::of(std::iter::once(point(day(2024, 1, 1))), 1000.0).is_none());
        assert!(Scale::of(std::iter::empty(), 1000.0).is_none());
    }

    #[test]
    fn lanes_keep_things_apart() {
        assert_eq!(lanes(&[(0.0, 10.0), (5.0, 8.0), (9.0, 12.0), (13.0, 14.0)], 1.0), [0, 1, 1, 0]);
    }
}
