//! The map: where events were. The list of places has the keys; the cursor stays on its event.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::action::Action;
use super::movement::moved;
use super::{App, View};
use crate::chronology::{PlaceIndex, Position};
use crate::layout::map::{self as layout, Point};
use crate::layout::screen::Area;
use crate::query::{Choice, Dimension, Filter};
use crate::store::{Clusters, Facet, Request, Section, Slot};

/// So many places are told of, those with most events.
const MOST_PLACES: usize = 2_000;
/// From this size on the list stands beside the map; from this height on below it.
const BESIDE: (u16, u16) = (64, 6);
const BELOW: u16 = 12;

/// From how many degrees of a map one point stands for the others when all are to be fitted into it.
const BIN: f64 = 1.0;

/// The state of the map.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// The places with how many events of the filter were there, the most first; `None`: not yet counted.
    pub held: Option<Vec<Facet>>,
    /// The place that has the keys.
    pub place: usize,
    /// The first place on screen.
    pub top: usize,
    /// Where the events were that say it themselves, with how many they are; not yet known: none.
    clusters: Vec<(Point, u64)>,
    /// Where places are that the catalogue does not say it of, by an event that names them.
    found: HashMap<PlaceIndex, Point>,
    /// How many events say themselves where they were.
    pub told: u64,
    /// Of all clusters, wherever they are, those that a view has to hold for holding all.
    outermost: Vec<Point>,
    /// What the reader zoomed to; `None`: all places.
    zoomed: Option<layout::View>,
    /// Whether the lit event's place gets the keys once places are known.
    follow: bool,
}

impl Map {
    /// Forgets where events were.
    pub(super) fn clear_points(&mut self) {
        (self.clusters, self.outermost, self.told) = (Vec::new(), Vec::new(), 0);
        self.found.clear();
    }

    /// Where the events were that say it themselves, those near each other together, and how many they are.
    pub fn clusters(&self) -> &[(Point, u64)] {
        &self.clusters
    }
}

/// The point of degrees that were held to be on earth.
fn point_at(position: Position) -> Option<Point> {
    let (lat, lon) = position.degrees();
    Point::new(lat, lon)
}

/// Of some points those that a view has to hold for holding all of them: the first and the last in each degree of
/// longitude, the first and the last of all from south to north.
fn outermost(points: &[(Point, u64)]) -> Vec<Point> {
    let mut bins: BTreeMap<i64, [Point; 2]> = BTreeMap::new();
    for (point, _) in points {
        let [west, east] = bins.entry((point.lon / BIN).floor() as i64).or_insert([*point; 2]);
        if point.lon < west.lon {
            *west = *point;
        } else if point.lon > east.lon {
            *east = *point;
        }
    }
    let by_lat = |one: &&(Point, u64), other: &&(Point, u64)| one.0.lat.total_cmp(&other.0.lat);
    let ends = [points.iter().min_by(by_lat), points.iter().max_by(by_lat)];
    bins.into_values().flatten().chain(ends.into_iter().flatten().map(|(point, _)| *point)).collect()
}

impl App {
    /// Where the map is, where the list of places, and where what is said of the one that has the keys.
    pub fn map_parts(&self) -> (Area, Area, Area) {
        let (rest, foot) = {
            let area = self.areas().list;
            area.split_top(area.height.saturating_sub(u16::from(area.height > 4)))
        };
        if rest.width >= BESIDE.0 && rest.height >= BESIDE.1 {
            let list = (rest.width / 4).clamp(22, 40);
            let width = rest.width.saturating_sub(list).saturating_sub(1);
            let x = rest.x.saturating_add(width).saturating_add(1);
            return (Area { width, ..rest }, Area { x, width: list, ..rest }, foot);
        }
        if rest.height >= BELOW {
            let (map, list) = rest.split_top(rest.height * 2 / 3);
            return (map, list, foot);
        }
        (Area::default(), rest, foot)
    }

    /// Where a place is: by itself, or by an event that names it; `None`: nobody says, or it is nowhere on earth.
    pub fn point_of(&self, place: &str) -> Option<Point> {
        let index = self.info.catalogue.place_by_id(place)?;
        let known = self.info.catalogue.place(index).position().and_then(point_at);
        known.or_else(|| self.map.found.get(&index).copied())
    }

    /// The places that are somewhere, by their number in the list.
    pub fn points(&self) -> Vec<(usize, Point, u64)> {
        let held = self.map.held.as_deref().unwrap_or_default().iter().enumerate();
        let point =
            |(at, facet): (usize, &Facet)| Some((at, self.point_of(&facet.value)?, facet.count.total()));
        held.filter_map(point).collect()
    }

    /// Where the lit event was by itself, beside its places.
    pub fn lit_point(&self) -> Option<Point> {
        self.lit()?.entry.event.position().and_then(point_at)
    }

    /// The numbers of the lit event's places, in the order in which it names them.
    pub fn lit_places(&self) -> Vec<usize> {
        let (Some(held), Some(row)) = (self.map.held.as_deref(), self.lit()) else { return Vec::new() };
        let of_event = row.entry.places.iter().map(|place| &self.info.catalogue.place(*place).id);
        of_event.filter_map(|id| held.iter().position(|facet| facet.value == *id)).collect()
    }

    /// What is shown of the earth.
    pub fn map_view(&self) -> layout::View {
        let area = self.map_parts().0;
        self.map.zoomed.unwrap_or_else(|| {
            let places = self.points().into_iter().map(|(_, point, _)| point);
            let all: Vec<Point> =
                places.chain(self.map.outermost.iter().copied()).chain(self.lit_point()).collect();
            layout::View::fit(&all, (area.width, area.height))
        })
    }

    /// Opens the map, or forgets what it asked for.
    pub(super) fn open_map(&mut self) {
        self.map.follow = true;
        self.ask_map();
    }

    pub(super) fn ask_map(&mut self) {
        self.ask_places();
        self.ask_clusters();
    }

    pub(super) fn ask_clusters(&mut self) {
        if self.view != View::Map {
            return self.forget(Slot::Clusters);
        }
        let within = self.map.zoomed.map(|view| {
            let area = self.map_parts().0;
            let [latitudes, longitudes] = view.around((area.width, area.height));
            Section { latitudes, longitudes }
        });
        self.ask(Slot::Clusters, Request::Clusters { question: self.question(), within });
    }

    pub(super) fn take_clusters(&mut self, clusters: &Clusters) {
        let points = clusters.clusters.iter();
        self.map.clusters =
            points.filter_map(|it| Some((point_at(it.position)?, it.count.total()))).collect();
        let found = clusters.places.iter().filter_map(|(place, at)| Some((*place, point_at(*at)?)));
        self.map.found = found.collect();
        self.map.told = clusters.count.total();
        if self.map.zoomed.is_none() {
            self.map.outermost = outermost(&self.map.clusters);
        }
    }

    pub(super) fn ask_places(&mut self) {
        if self.view != View::Map {
            return self.forget(Slot::Places);
        }
        let question = self.question_of(Arc::new(self.filter.counting(Dimension::Place)));
        let (dimension, n) = (Dimension::Place, MOST_PLACES);
        self.ask(Slot::Places, Request::Facets { question, dimension, prefix: String::new(), n });
    }

    pub(super) fn take_places(&mut self, mut places: Vec<Facet>) {
        places.retain(|place| place.count.total() > 0);
        let before = self.chosen_place().map(|place| place.value.clone());
        let same = places.iter().position(|place| Some(&place.value) == before.as_ref());
        self.map.held = Some(places);
        self.map.place = same.or_else(|| self.lit_places().first().copied()).unwrap_or(0);
        if std::mem::take(&mut self.map.follow) {
            self.go_to_lit_place();
        }
        self.clamp_map();
    }

    /// The place that has the keys.
    pub fn chosen_place(&self) -> Option<&Facet> {
        self.map.held.as_deref()?.get(self.map.place)
    }

    /// The lit event's first place gets the keys, unless one of its places has them.
    fn go_to_lit_place(&mut self) {
        let places = self.lit_places();
        if !places.contains(&self.map.place) {
            self.map.place = places.first().copied().unwrap_or(self.map.place);
        }
    }

    /// The place follows the cursor.
    pub(super) fn follow_on_map(&mut self) {
        if self.view != View::Map {
            return;
        }
        if self.awaits(Slot::Places) {
            self.map.follow = true;
            return;
        }
        self.go_to_lit_place();
        self.clamp_map();
    }

    pub(super) fn clamp_map(&mut self) {
        let places = self.map.held.as_ref().map_or(0, Vec::len);
        let height = usize::from(self.map_parts().1.height).max(1);
        let map = &mut self.map;
        map.place = map.place.min(places.saturating_sub(1));
        map.top = map.top.min(map.place).max((map.place + 1).saturating_sub(height));
    }

    /// Moves from place to place; where no place is named, from event to event.
    pub(super) fn move_in_map(&mut self, action: Action) {
        if self.map.held.as_ref().is_some_and(Vec::is_empty) && action != Action::Open {
            return self.move_in_list(action);
        }
        let page = usize::from(self.map_parts().1.height).max(1);
        let last = self.map.held.as_ref().map_or(0, Vec::len).saturating_sub(1);
        match action {
            Action::Open => return self.filter_to_place(),
            Action::NextHeading => self.map.place = self.next_mapped(true),
            Action::PreviousHeading => self.map.place = self.next_mapped(false),
            _ => self.map.place = moved(self.map.place, last, page, action),
        }
        self.clamp_map();
    }

    /// The next place that is on the map.
    fn next_mapped(&self, forward: bool) -> usize {
        let mut points = self.points().into_iter().map(|(at, ..)| at);
        let here = self.map.place;
        if forward { points.find(|at| *at > here) } else { points.rfind(|at| *at < here) }.unwrap_or(here)
    }

    fn filter_to_place(&mut self) {
        let Some(place) = self.chosen_place().cloned() else { return self.say("there is no place here") };
        let chosen = Filter::default().with_choice(Dimension::Place, &place.value, Choice::Only);
        self.change_filter(format!("place: {}", place.label), self.filter.and(&chosen));
    }

    /// Zooms the map around the place that has the keys; where it is nowhere, around the middle.
    pub(super) fn zoom_map(&mut self, inwards: bool) {
        let view = self.map_view();
        let chosen = self.chosen_place().and_then(|place| self.point_of(&place.value));
        let point = chosen.or_else(|| self.lit_point());
        let (zoomed, changed) = view.zoomed(point.unwrap_or(view.centre), inwards);
        if changed {
            self.map.zoomed = Some(zoomed);
            self.ask_clusters();
        } else {
            self.say(if inwards { "it is zoomed in all the way" } else { "the whole world is shown" });
        }
    }

    /// Shows all places.
    pub(super) fn fit_map(&mut self) {
        self.map.zoomed = None;
        self.ask_clusters();
    }

    /// The place at a column and row of the screen gets the keys.
    pub(super) fn click_map(&mut self, at: (u16, u16)) {
        let (map, list, _) = self.map_parts();
        if list.contains(at) {
            self.map.place = self.map.top + usize::from(at.1.saturating_sub(list.y));
        } else if map.contains(at) {
            let cell = (at.0.saturating_sub(map.x), at.1.saturating_sub(map.y));
            let spots = self.map_view().spots(&self.points(), (map.width, map.height));
            let spot = spots.iter().find(|spot| spot.cell == cell);
            self.map.place = spot.and_then(|spot| spot.items.first()).copied().unwrap_or(self.map.place);
        }
        self.clamp_map();
    }
}
