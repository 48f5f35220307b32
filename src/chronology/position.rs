//! Where on earth an event was.

use super::{Event, Place};

/// A point on earth, to the millionth of a degree (about a tenth of a metre).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Millionths of degrees north, from -90,000,000 to 90,000,000.
    lat: i32,
    /// Millionths of degrees east, from -180,000,000 (inclusive) to 180,000,000.
    lon: i32,
}

/// How many parts a degree has.
const PARTS: f64 = 1_000_000.0;

/// A half of the circle, in parts.
const HALF: i64 = 180_000_000;

impl Position {
    /// A point by degrees north and east; `None` where these are no place on earth. Longitudes up to 360 are taken.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let valid = lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 360.0;
        valid.then(|| Self {
            lat: (lat * PARTS).round() as i32,
            lon: (((lon * PARTS).round() as i64 + HALF).rem_euclid(2 * HALF) - HALF) as i32,
        })
    }

    /// The point by its parts of degrees; `None` where these are no place on earth.
    pub fn from_parts((lat, lon): (i32, i32)) -> Option<Self> {
        let valid = i64::from(lat).abs() * 2 <= HALF && (-HALF..HALF).contains(&i64::from(lon));
        valid.then_some(Self { lat, lon })
    }

    /// Millionths of degrees north and east.
    pub const fn parts(self) -> (i32, i32) {
        (self.lat, self.lon)
    }

    /// Degrees north and east.
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.lat) / PARTS, f64::from(self.lon) / PARTS)
    }
}

impl Event {
    /// Where it says itself that it was; `None`: it does not say, or that is nowhere on earth.
    pub fn position(&self) -> Option<Position> {
        self.lat.zip(self.lon).and_then(|(lat, lon)| Position::new(lat, lon))
    }
}

impl Place {
    /// Where it is; `None`: nobody says, or that is nowhere on earth.
    pub fn position(&self) -> Option<Position> {
        self.lat.zip(self.lon).and_then(|(lat, lon)| Position::new(lat, lon))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn degrees_come_back() {
        let athens = Position::new(37.983_81, 23.727_539).unwrap();
        assert_eq!((athens.parts(), athens.degrees()), ((37_983_810, 23_727_539), (37.983_81, 23.727_539)));
        assert_eq!(Position::new(0.0, 190.0), Position::new(0.0, -170.0));
        assert_eq!(Position::new(0.0, 180.0), Position::new(0.0, -180.0));
    }

    #[test]
    fn what_is_no_place_on_earth_is_none() {
        for (lat, lon) in [(90.1, 0.0), (f64::NAN, 0.0), (0.0, f64::INFINITY), (0.0, 361.0)] {
            assert_eq!(Position::new(lat, lon), None);
        }
        assert_eq!(Position::from_parts((90_000_001, 0)), None);
        assert_eq!(Position::from_parts((0, 180_000_000)), None);
        assert_eq!(Position::from_parts((i32::MIN, i32::MIN)), None);
    }

    proptest! {
        #[test]
        fn every_position_is_one_by_its_parts(lat in -90.0f64..=90.0, lon in -360.0f64..=360.0) {
            let position = Position::new(lat, lon).unwrap();
            prop_assert_eq!(Position::from_parts(position.parts()), Some(position));
        }
    }
}
