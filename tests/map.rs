//! The map as a reader uses it: keys, and what follows.

mod support;

use annals::app::mouse::Pointer;
use annals::app::{Focus, Options, View};
use annals::store::Count;
use support::{Browser, built_in, chronology};

const SIZE: (u16, u16) = (120, 40);

/// Places on both sides of the date line, two on one spot, one at a pole, one nowhere on earth and one without
/// coordinates.
const TOML: &str = r#"
[[places]]
id = "suva"
name = "Suva"
lat = -18.1
lon = 178.4
[[places]]
id = "harbour"
name = "Suva Harbour"
lat = -18.1
lon = 178.4
[[places]]
id = "apia"
name = "Apia"
lat = -13.8
lon = -171.8
[[places]]
id = "pole"
name = "The South Pole"
lat = -90.0
lon = 0.0
[[places]]
id = "somewhere"
name = "Somewhere"
[[places]]
id = "nowhere"
name = "Nowhere"
lat = 123.0
lon = 4.0
[[events]]
id = "one"
date = "2001"
title = "One"
places = ["suva", "apia"]
kind = "voyage"
[[events]]
id = "two"
date = "2002"
title = "Two"
places = ["apia"]
kind = "voyage"
[[events]]
id = "three"
date = "2003"
title = "Three"
places = ["harbour"]
[[events]]
id = "four"
date = "2004"
title = "Four"
places = ["somewhere", "nowhere"]
[[events]]
id = "five"
date = "2005"
title = "Five"
places = ["pole"]
[[events]]
id = "six"
date = "2006"
title = "Six has a place of its own"
lat = -20.0
lon = 175.0
"#;

fn open(size: (u16, u16)) -> Browser {
    let options = Options { mouse: true, ..Options::default() };
    let mut browser = Browser::of(chronology(TOML), options, size);
    browser.keys("5");
    browser
}

fn listed(browser: &Browser) -> Vec<(String, u64)> {
    let held = browser.app.map.held.as_deref().expect("counted");
    held.iter().map(|facet| (facet.label.clone(), facet.count.total())).collect()
}

fn chosen(browser: &Browser) -> &str {
    browser.app.chosen_place().map_or("", |place| place.label.as_str())
}

#[test]
fn places_are_listed_with_counts_and_those_without_coordinates_are_said_to_be() {
    let browser = open(SIZE);
    let all: Vec<(String, u64)> = [
        ("Apia", 2),
        ("Nowhere", 1),
        ("Somewhere", 1),
        ("Suva", 1),
        ("Suva Harbour", 1),
        ("The South Pole", 1),
    ]
    .map(|(name, count)| (name.to_owned(), count))
    .to_vec();
    assert_eq!(listed(&browser), all);
    let screen = browser.screen();
    assert_eq!(screen.matches("no coordinates").count(), 2, "{screen}");
    assert!(screen.contains("2 of 6 places without coordinates"), "{screen}");
    assert_eq!(browser.app.points().len(), 4);
}

#[test]
fn enter_filters_to_a_place_and_the_counts_are_those_of_the_filter() {
    let mut browser = open(SIZE);
    assert_eq!((browser.app.view, chosen(&browser)), (View::Map, "Suva"), "the place of the cursor");
    browser.keys("g enter");
    assert_eq!(browser.app.filter.to_string(), "place:apia");
    assert_eq!(listed(&browser), [("Apia".to_owned(), 2), ("Suva".to_owned(), 1)]);
    assert_eq!(browser.app.count.map(Count::total), Some(2));
    browser.keys("u f").typed("kind:voyage").keys("enter");
    assert_eq!(listed(&browser), [("Apia".to_owned(), 2), ("Suva".to_owned(), 1)]);
    browser.keys("u");
    assert_eq!(listed(&browser).len(), 6);
}

#[test]
fn places_across_the_date_line_and_on_one_spot_are_drawn() {
    let mut browser = open(SIZE);
    let screen = browser.screen();
    assert!(screen.contains("Suva +1"), "{screen}");
    browser.keys("f").typed("place:suva,apia").keys("enter");
    let (map, ..) = browser.app.map_parts();
    let view = browser.app.map_view();
    assert!(view.span < 50.0, "{view:?}");
    let cells: Vec<_> =
        browser.app.points().iter().map(|(_, point, _)| view.cell(*point, (map.width, map.height))).collect();
    assert!(cells.iter().all(Option::is_some), "{cells:?}");
}

#[test]
fn zooming_is_around_the_chosen_place_and_back() {
    let mut browser = open(SIZE);
    let (all, time) = (browser.app.map_view(), browser.app.strip.view);
    browser.keys("+ +");
    let near = browser.app.map_view();
    assert!(near.span < all.span && (near.centre.lon - 178.4).abs() < 0.01, "{near:?}");
    assert_eq!(browser.app.strip.view, time, "it is the map that is zoomed, not the time");
    browser.keys("-");
    assert!(browser.app.map_view().span > near.span);
    browser.keys("0");
    assert_eq!(browser.app.map_view(), all);
    for _ in 0..40 {
        browser.keys("+");
    }
    assert!(browser.said().contains("zoomed in all the way"), "{}", browser.said());
    for _ in 0..40 {
        browser.keys("-");
    }
    assert!(browser.said().contains("the whole world"), "{}", browser.said());
}

#[test]
fn the_place_of_the_cursor_has_the_keys_when_it_moves() {
    let mut browser = open(SIZE);
    browser.keys("t").typed("2005").keys("enter");
    assert_eq!((browser.lit(), chosen(&browser)), ("five", "The South Pole"));
    browser.keys("j k k");
    assert_eq!(browser.lit(), "five", "the list moves, the cursor stays");
    browser.keys("] ]");
    assert_eq!(chosen(&browser), "The South Pole", "past those without coordinates");
    browser.keys("t").typed("2006").keys("enter");
    assert!(browser.app.lit_point().is_some() && browser.screen().contains('▲'));
    browser.keys("l");
    assert_eq!(browser.app.focus, Focus::Event);
    browser.keys("esc 1");
    assert_eq!(browser.lit(), "six");
}

#[test]
fn a_click_chooses_a_place() {
    let mut browser = open(SIZE);
    let (map, list, _) = browser.app.map_parts();
    browser.app.mouse(Pointer::Press, (list.x + 1, list.y));
    assert_eq!(chosen(&browser), "Apia");
    let (x, y) = browser
        .app
        .map_view()
        .cell(browser.app.point_of("pole").expect("a place"), (map.width, map.height))
        .expect("shown");
    browser.app.mouse(Pointer::Press, (map.x + x, map.y + y));
    assert_eq!(chosen(&browser), "The South Pole");
}

#[test]
fn narrow_screens_have_the_list_and_ascii_has_only_ascii() {
    let browser = open((40, 12));
    assert!(browser.app.map_parts().0.is_empty());
    assert!(browser.screen().contains("Apia"), "{}", browser.screen());
    let options = Options { ascii: true, ..Options::default() };
    let mut browser = Browser::of(chronology(TOML), options, SIZE);
    let screen = browser.keys("5").screen();
    assert!(screen.is_ascii(), "{screen}");
}

#[test]
fn without_places_it_says_so() {
    let toml = "[[events]]\nid = \"a\"\ndate = \"2001\"\ntitle = \"A\"\n";
    let mut browser = Browser::of(chronology(toml), Options::default(), SIZE);
    browser.keys("5");
    assert!(browser.screen().contains("no place is named"), "{}", browser.screen());
    browser.keys("j k + - 0 enter ] [ g G");
    let mut browser = open(SIZE);
    browser.keys("f").typed("id:six").keys("enter");
    let screen = browser.screen();
    assert!(screen.contains("no place is named"), "{screen}");
    assert!(screen.contains("1 event with coordinates of its own"), "{screen}");
}

/// A table as of earthquakes: coordinates in every row, and no names of places but one.
const QUAKES: &str = r#"
[[places]]
id = "athens"
name = "Athens"
[[events]]
id = "a"
date = "2024-01-01"
title = "A"
lat = 37.5
lon = 137.2
[[events]]
id = "b"
date = "2024-01-02"
title = "B"
lat = 37.9
lon = 23.7
places = ["athens"]
[[events]]
id = "c"
date = "2024-01-03"
title = "C"
lat = 38.1
lon = 23.8
places = ["athens"]
[[events]]
id = "d"
date = "2024-01-04"
title = "D is nowhere on earth"
lat = 95.0
lon = 23.8
"#;

#[test]
fn events_are_where_they_say_themselves_and_so_are_places_that_nobody_else_says_it_of() {
    let mut browser = Browser::of(chronology(QUAKES), Options::default(), SIZE);
    browser.keys("5");
    let at = |browser: &Browser| {
        let points = browser.app.map.clusters().iter();
        points.map(|(point, count)| format!("{:.1} {:.1} {count}", point.lat, point.lon)).collect::<Vec<_>>()
    };
    assert_eq!(at(&browser), ["37.5 137.2 1", "37.9 23.7 1", "38.1 23.8 1"]);
    let view = browser.app.map_view();
    let (map, ..) = browser.app.map_parts();
    let cells =
        browser.app.map.clusters().iter().map(|(point, _)| view.cell(*point, (map.width, map.height)));
    assert!(cells.clone().all(|cell| cell.is_some()));
    let screen = browser.screen();
    assert!(screen.contains("Athens: 2 events, 37.9° N 23.7° E"), "{screen}");
    browser.keys("+ + +");
    assert_eq!(at(&browser).len(), 2, "only what is around Athens is asked for");
    browser.keys("0");
    assert_eq!(at(&browser).len(), 3);
    browser.keys("f").typed("id:a,d").keys("enter");
    assert_eq!(at(&browser), ["37.5 137.2 1"]);
    assert!(browser.screen().contains("1 event with coordinates of its own"), "{}", browser.screen());
    assert_eq!(browser.lit(), "a");
    browser.keys("j");
    assert_eq!(browser.lit(), "d", "where no place is named the keys go from event to event");
}

#[test]
fn the_places_of_the_built_in_chronology_are_on_the_map() {
    let mut browser = Browser::of(built_in(), Options::default(), SIZE);
    browser.keys("5");
    assert_eq!(browser.app.points().len(), browser.app.map.held.as_deref().map_or(0, <[_]>::len));
    assert!(browser.screen().contains("Baghdad"), "{}", browser.screen());
}
