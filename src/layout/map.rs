//! A map: degrees on cells. East and west meet at the date line, and a degree of longitude is as much narrower as it is
//! in the middle of what is shown.

/// A point on earth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Degrees north, -90 to 90.
    pub lat: f64,
    /// Degrees east, -180 (inclusive) to 180.
    pub lon: f64,
}

/// What is shown: around a point, so many degrees across.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The middle.
    pub centre: Point,
    /// Degrees of longitude from the left to the right edge, up to 360.
    pub span: f64,
    /// Degrees of latitude that are shown at the least, however low the screen.
    least: f64,
}

/// A place on a cell of the screen, or several on one.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Column and row.
    pub cell: (u16, u16),
    /// Which of the places, in their order.
    pub items: Vec<usize>,
    /// Their counts together.
    pub count: u64,
}

/// The narrowest view, and the narrowest that places are fitted into, in degrees of longitude.
const NARROWEST: (f64, f64) = (0.05, 48.0);
/// The room around places that are fitted in, as a share of their extent.
const MARGIN: f64 = 0.25;

impl Point {
    /// A point by degrees north and east; `None` where these are no place on earth.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let valid = lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 360.0;
        valid.then(|| Self { lat, lon: turned(lon) })
    }
}

/// A longitude from -180 (inclusive) to 180.
fn turned(lon: f64) -> f64 {
    let turned = (lon + 180.0).rem_euclid(360.0) - 180.0;
    // The remainder of what is just below nothing may be rounded up to the whole circle.
    if turned >= 180.0 { -180.0 } else { turned }
}

/// The shortest stretch of longitudes with all of these in it: its western end, and its length.
fn stretch(points: &[Point]) -> Option<(f64, f64)> {
    let mut lons: Vec<f64> = points.iter().map(|point| point.lon).collect();
    lons.sort_by(f64::total_cmp);
    let (first, last) = (*lons.first()?, *lons.last()?);
    // The widest gap between neighbours is left out; that between the last and the first goes over the date line.
    let over = (first + 360.0 - last, first);
    let between = lons.windows(2).filter_map(|pair| Some((pair.get(1)? - pair.first()?, *pair.get(1)?)));
    let (gap, west) = between.fold(over, |widest, gap| if gap.0 > widest.0 { gap } else { widest });
    Some((west, (360.0 - gap).max(0.0)))
}

impl Default for View {
    fn default() -> Self {
        Self { centre: Point::default(), span: 360.0, least: 160.0 }
    }
}

impl View {
    /// The view that shows all points with some room around them; without any, the whole world.
    pub fn fit(points: &[Point], size: (u16, u16)) -> Self {
        let Some((west, length)) = stretch(points) else { return Self::default() };
        let (south, north) =
            points.iter().fold((90.0f64, -90.0f64), |(s, n), point| (s.min(point.lat), n.max(point.lat)));
        let centre = Point { lat: f64::midpoint(south, north), lon: turned(west + length / 2.0) };
        let height = ((north - south) * (1.0 + MARGIN)).max(1.0);
        let across = height / Self::rows_by_columns(centre, size);
        let span = (length * (1.0 + MARGIN)).max(across).clamp(NARROWEST.1, 360.0);
        Self { centre, span, least: height.min(180.0) }
    }

    /// How many degrees of latitude a screen of this size shows for each of longitude, with shapes as they are.
    fn rows_by_columns(centre: Point, (width, height): (u16, u16)) -> f64 {
        // A cell is about twice as high as it is wide.
        let cells = 2.0 * f64::from(height.max(1)) / f64::from(width.max(1));
        cells * centre.lat.to_radians().cos().max(0.2)
    }

    /// Degrees of latitude from the upper to the lower edge.
    fn height(&self, size: (u16, u16)) -> f64 {
        (self.span * Self::rows_by_columns(self.centre, size)).max(self.least)
    }

    /// Twice as near, or twice as far, around a point. Whether anything changed comes with it.
    pub fn zoomed(&self, around: Point, inwards: bool) -> (Self, bool) {
        let factor = if inwards { 0.5 } else { 2.0 };
        let span = (self.span * factor).clamp(NARROWEST.0, 360.0);
        let view = Self { centre: around, span, least: (self.least * factor).min(160.0) };
        (view, (span - self.span).abs() > f64::EPSILON)
    }

    /// Degrees from the left to the right edge: the left one from -180 on.
    pub fn longitudes(&self) -> (f64, f64) {
        let west = self.centre.lon - self.span / 2.0;
        (west, west + self.span)
    }

    /// Degrees from the lower to the upper edge; beyond the poles there is nothing.
    pub fn latitudes(&self, size: (u16, u16)) -> (f64, f64) {
        let half = self.height(size) / 2.0;
        (self.centre.lat - half, self.centre.lat + half)
    }

    /// What is shown and as much again around it: degrees of latitude and of longitude, from the lower to the higher.
    pub fn around(&self, size: (u16, u16)) -> [(f64, f64); 2] {
        let (south, north) = self.latitudes(size);
        let (west, east) = self.longitudes();
        let margin = |low: f64, high: f64, most: f64| {
            let more = ((high - low) / 2.0).min((most - (high - low)).max(0.0) / 2.0);
            (low - more, high + more)
        };
        [margin(south, north, 360.0), margin(west, east, 360.0)]
    }

    /// The cell of a point; `None`: it is not on the screen.
    pub fn cell(&self, point: Point, size: (u16, u16)) -> Option<(u16, u16)> {
        let east = turned(point.lon - self.centre.lon) / self.span + 0.5;
        let (south, north) = self.latitudes(size);
        let down = (north - point.lat) / (north - south);
        Some((at(east, size.0)?, at(down, size.1)?))
    }

    /// The places on the screen, those on one cell together, in the order of the cells' first places.
    pub fn spots(&self, places: &[(usize, Point, u64)], size: (u16, u16)) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        let mut known = std::collections::HashMap::new();
        for (item, point, count) in places {
            let Some(cell) = self.cell(*point, size) else { continue };
            let place = *known.entry(cell).or_insert(spots.len());
            match spots.get_mut(place) {
                Some(spot) => {
                    spot.items.push(*item);
                    spot.count = spot.count.saturating_add(*count);
                }
                None => spots.push(Spot { cell, items: vec![*item], count: *count }),
            }
        }
        spots
    }
}

/// The cell of a share of so many; the edge itself belongs to the last one.
fn at(share: f64, cells: u16) -> Option<u16> {
    let within = cells > 0 && (0.0..=1.0).contains(&share);
    within.then(|| ((share * f64::from(cells)) as u16).min(cells.saturating_sub(1)))
}

/// Where names of so many columns stand beside their spots, in this order: to the right, else to the left, where
/// neither a spot nor another name is.
pub fn names(spots: &[Spot], widths: &[u16], size: (u16, u16)) -> Vec<Option<(u16, u16)>> {
    let mut taken: std::collections::HashSet<(u16, u16)> = spots.iter().map(|spot| spot.cell).collect();
    let mut placed = Vec::with_capacity(spots.len());
    for (spot, width) in spots.iter().zip(widths) {
        let (x, y) = spot.cell;
        let right = x.checked_add(2).filter(|first| first.saturating_add(*width) <= size.0);
        let left = x.checked_sub(width.saturating_add(1));
        let free = |first: &u16| {
            (first.saturating_sub(1)..first.saturating_add(*width))
                .all(|x| x == spot.cell.0 || !taken.contains(&(x, y)))
        };
        let place = [right, left].into_iter().flatten().find(free).filter(|_| *width > 0);
        if let Some(first) = place {
            taken.extend((first..first.saturating_add(*width)).map(|x| (x, y)));
        }
        placed.push(place.map(|first| (first, y)));
    }
    placed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZE: (u16, u16) = (80, 20);

    fn point(lat: f64, lon: f64) -> Point {
        Point::new(lat, lon).unwrap()
    }

    #[test]
    fn the_whole_world_is_on_the_map() {
        let view = View::default();
        assert_eq!(view.cell(point(0.0, 0.0), SIZE), Some((40, 10)));
        assert_eq!(view.cell(point(0.0, -180.0), SIZE), Some((0, 10)));
        assert_eq!(view.cell(point(0.0, 179.9), SIZE), Some((79, 10)));
        assert!(view.cell(point(90.0, 0.0), SIZE).is_some() && view.cell(point(-90.0, 0.0), SIZE).is_some());
    }

    #[test]
    fn one_place_is_in_the_middle() {
        let view = View::fit(&[point(32.0, 44.5)], SIZE);
        assert_eq!((view.cell(point(32.0, 44.5), SIZE), view.span), (Some((40, 10)), 48.0));
        let (there, changed) = view.zoomed(point(32.0, 44.5), true);
        assert_eq!((there.span, changed), (24.0, true));
        assert!(!View::default().zoomed(Point::default(), false).1, "there is nothing beyond the world");
    }

    #[test]
    fn places_on_both_sides_of_the_date_line_are_near_each_other() {
        let places = [point(-17.0, 178.0), point(-14.0, -171.0)];
        let view = View::fit(&places, SIZE);
        assert!(view.span < 50.0, "{view:?}");
        let [fiji, samoa] = places.map(|place| view.cell(place, SIZE).unwrap());
        assert!(fiji.0 < samoa.0 && fiji.1 > samoa.1, "{fiji:?} {samoa:?}");
    }

    #[test]
    fn poles_are_places() {
        let places = [point(90.0, 0.0), point(-90.0, 0.0)];
        for size in [SIZE, (200, 5), (10, 40)] {
            let view = View::fit(&places, size);
            assert!(places.iter().all(|place| view.cell(*place, size).is_some()), "{size:?} {view:?}");
        }
        assert_eq!(View::fit(&places[..1], SIZE).cell(places[0], SIZE), Some((40, 10)));
    }

    #[test]
    fn places_on_one_spot_are_together() {
        let places = [(3, point(33.3, 44.4), 5), (7, point(33.3, 44.4), 2), (9, point(-33.0, 151.0), 1)];
        let spots = View::default().spots(&places, SIZE);
        assert_eq!(spots.len(), 2);
        assert_eq!((spots[0].items.as_slice(), spots[0].count), ([3, 7].as_slice(), 7));
    }

    #[test]
    fn what_is_no_place_on_earth_is_none() {
        for (lat, lon) in [(91.0, 0.0), (f64::NAN, 0.0), (0.0, f64::INFINITY), (0.0, 400.0)] {
            assert_eq!(Point::new(lat, lon), None);
        }
        assert_eq!(Point::new(0.0, 190.0), Point::new(0.0, -170.0));
    }

    #[test]
    fn names_stand_beside_their_spots_and_not_over_others() {
        let spot = |x, y| Spot { cell: (x, y), items: vec![0], count: 1 };
        let spots = [spot(2, 0), spot(6, 0), spot(19, 0), spot(2, 1)];
        assert_eq!(names(&spots, &[4, 4, 4, 4], (20, 2)), [None, Some((8, 0)), Some((14, 0)), Some((4, 1))]);
    }

    proptest! {
        #[test]
        fn all_places_fit_and_cells_are_on_the_screen(
            places in proptest::collection::vec((-90.0f64..=90.0, -180.0f64..180.0), 1..20),
            (width, height) in (1u16..220, 1u16..60),
        ) {
            let points: Vec<Point> = places.iter().map(|(lat, lon)| point(*lat, *lon)).collect();
            let view = View::fit(&points, (width, height));
            for point in points {
                let cell = view.cell(point, (width, height));
                prop_assert!(cell.is_some_and(|(x, y)| x < width && y < height), "{point:?} in {view:?}");
            }
        }

        #[test]
        fn zooming_in_keeps_the_place_on_the_screen(lat in -90.0f64..=90.0, lon in -180.0f64..180.0, times in 1usize..20) {
            let place = point(lat, lon);
            let mut view = View::default();
            for _ in 0..times {
                view = view.zoomed(place, true).0;
                prop_assert!(view.cell(place, SIZE).is_some());
            }
        }
    }
}
