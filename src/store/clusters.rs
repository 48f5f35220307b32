//! Events near each other together, for the map.

use std::collections::HashMap;

use super::Count;
use crate::chronology::{PlaceIndex, Position};
use crate::when::Certainty;

/// So many clusters there are at the most: about as many as a large screen has cells.
pub const MOST: usize = 10_000;

/// A section of the earth, from a western to an eastern meridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section {
    /// Degrees north of its southern and its northern edge.
    pub latitudes: (f64, f64),
    /// Degrees east of its western and its eastern edge; the second is the larger one, and may be above 180.
    pub longitudes: (f64, f64),
}

impl Section {
    /// Whether a point is in it.
    pub fn contains(&self, position: Position) -> bool {
        let (lat, lon) = position.degrees();
        let (west, east) = self.longitudes;
        (self.latitudes.0..=self.latitudes.1).contains(&lat) && (lon - west).rem_euclid(360.0) <= east - west
    }
}

/// Events near each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The middle of where they were.
    pub position: Position,
    /// How many they are.
    pub count: Count,
}

/// Where events were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    /// From south to north.
    pub clusters: Vec<Cluster>,
    /// Of the places that the catalogue does not say it of, where the first of the events was that name them and say
    /// where they were.
    pub places: HashMap<PlaceIndex, Position>,
    /// How many events say themselves where they were, in this section or not.
    pub count: Count,
}

/// How many events there are in a cell, and their degrees together.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    count: Count,
    parts: (i64, i64),
}

/// Gathers positions. Where there are too many clusters, cells become twice as wide, so that what comes out does not
/// depend on the order in which positions came.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    /// Cells are two to the power of this many parts of a degree wide.
    shift: u32,
    cells: hashbrown::HashMap<(i32, i32), Sum>,
}

impl Gathering {
    /// Adds an event.
    pub(super) fn add(&mut self, position: Position, certainty: Certainty) {
        let (lat, lon) = position.parts();
        let sum = self.cells.entry((lat >> self.shift, lon >> self.shift)).or_default();
        sum.count.add(certainty);
        sum.parts = (sum.parts.0 + i64::from(lat), sum.parts.1 + i64::from(lon));
        self.coarsen();
    }

    /// Adds what another one gathered.
    pub(super) fn join(&mut self, mut other: Self) {
        if other.shift > self.shift {
            std::mem::swap(self, &mut other);
        }
        let by = self.shift - other.shift;
        for (cell, sum) in other.cells {
            self.put((cell.0 >> by, cell.1 >> by), sum);
        }
        self.coarsen();
    }

    fn put(&mut self, cell: (i32, i32), more: Sum) {
        let sum = self.cells.entry(cell).or_default();
        sum.count += more.count;
        sum.parts = (sum.parts.0 + more.parts.0, sum.parts.1 + more.parts.1);
    }

    fn coarsen(&mut self) {
        while self.cells.len() > MOST {
            self.shift += 1;
            for ((lat, lon), sum) in std::mem::take(&mut self.cells) {
                self.put((lat >> 1, lon >> 1), sum);
            }
        }
    }

    /// The clusters, from south to north.
    pub(super) fn finish(self) -> Vec<Cluster> {
        let clusters = self.cells.into_iter().filter_map(|(cell, Sum { count, parts })| {
            let all = i64::try_from(count.total()).ok().filter(|all| *all > 0)?;
            let middle = ((parts.0 / all) as i32, (parts.1 / all) as i32);
            Some((cell, Cluster { position: Position::from_parts(middle)?, count }))
        });
        let mut clusters: Vec<_> = clusters.collect();
        clusters.sort_unstable_by_key(|(cell, _)| *cell);
        clusters.into_iter().map(|(_, cluster)| cluster).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    fn gathered(positions: &[Position]) -> Gathering {
        let mut gathering = Gathering::default();
        for position in positions {
            gathering.add(*position, Certainty::Certain);
        }
        gathering
    }

    #[test]
    fn what_is_at_one_point_is_one_cluster() {
        let clusters = gathered(&[at(37.5, 137.2), at(-30.1, -71.5), at(37.5, 137.2)]).finish();
        let counts: Vec<_> = clusters.iter().map(|it| (it.position, it.count.certain)).collect();
        assert_eq!(counts, [(at(-30.1, -71.5), 1), (at(37.5, 137.2), 2)]);
    }

    #[test]
    fn too_many_points_are_taken_together_where_they_were() {
        let positions: Vec<Position> =
            (0..40_000).map(|step| at(-40.0 + f64::from(step) * 0.002, f64::from(step % 100))).collect();
        let clusters = gathered(&positions).finish();
        assert!((1_000..=MOST).contains(&clusters.len()), "{}", clusters.len());
        assert_eq!(clusters.iter().map(|it| it.count.total()).sum::<u64>(), 40_000);
        assert!(clusters.iter().all(|it| (-40.0..=40.0).contains(&it.position.degrees().0)));
    }

    #[test]
    fn a_section_may_go_over_the_date_line() {
        let section = Section { latitudes: (-20.0, 0.0), longitudes: (170.0, 200.0) };
        assert!(section.contains(at(-17.0, 178.0)) && section.contains(at(-14.0, -171.0)));
        assert!(!section.contains(at(-17.0, 160.0)) && !section.contains(at(5.0, 178.0)));
        let world = Section { latitudes: (-90.0, 90.0), longitudes: (-180.0, 180.0) };
        assert!(world.contains(at(90.0, -180.0)) && world.contains(at(-90.0, 179.9)));
    }

    proptest! {
        #[test]
        fn neither_order_nor_parts_matter(
            mut points in proptest::collection::vec((-90.0f64..=90.0, -180.0f64..180.0), 0..200),
            copies in 1usize..80,
            cut in 0usize..200,
        ) {
            // Many points near these.
            let near = |&(lat, lon): &(f64, f64)| {
                (0..copies).map(move |n| (lat * 0.999 + n as f64 * 1e-3, lon + n as f64 * 1e-5))
            };
            points = points.iter().flat_map(near).collect();
            let positions: Vec<Position> =
                points.iter().filter_map(|(lat, lon)| Position::new(*lat, *lon)).collect();
            let whole = gathered(&positions).finish();
            let backwards: Vec<Position> = positions.iter().rev().copied().collect();
            prop_assert_eq!(&gathered(&backwards).finish(), &whole);
            let (one, other) = positions.split_at(cut.min(positions.len()));
            let mut joined = gathered(one);
            joined.join(gathered(other));
            prop_assert_eq!(&joined.finish(), &whole);
        }
    }
}
