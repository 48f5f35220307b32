//! The map: coasts in dots, places sized by how many events were there, their names; beside it the list of places.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Map, MapResolution};

use super::counts::{events, number};
use super::style::Styles;
use super::{at, rect, write};
use crate::app::{App, Focus};
use crate::formats::wording::degrees;
use crate::layout::map::{Spot, View, names};
use crate::layout::matrix::shade;
use crate::layout::screen::Area;
use crate::store::Slot;
use crate::text::safe::safe_line;
use crate::text::width::{cut, pad, width};

/// The longest name on the map, in columns.
const NAME: usize = 24;

/// Draws the map and the list; gives where the cursor stands.
pub fn render(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let (map, list, foot) = app.map_parts();
    if !map.is_empty() {
        let view = app.map_view();
        coasts(map, buffer, &view, styles);
        places(map, buffer, (app, &view), styles);
        if list.x > map.x {
            for row in 0..list.height {
                super::put(
                    buffer,
                    list.x.saturating_sub(1),
                    list.y.saturating_add(row),
                    styles.glyphs.rule,
                    styles,
                );
            }
        }
    }
    let said = about(app);
    write(
        foot,
        0,
        Line::styled(cut(&said, usize::from(foot.width), styles.glyphs.cut), styles.bold()),
        buffer,
    );
    self::list(list, buffer, app, styles)
}

/// The coasts. Where the view goes over the date line they are drawn from both sides.
fn coasts(area: Area, buffer: &mut Buffer, view: &View, styles: &Styles) {
    let marker = if styles.glyphs.cut == "~" { Marker::Custom('.') } else { Marker::Braille };
    let (west, east) = view.longitudes();
    let (south, north) = view.latitudes((area.width, area.height));
    for turn in [-360.0, 0.0, 360.0] {
        if west + turn > 180.0 || east + turn < -180.0 {
            continue;
        }
        let mut drawn = Buffer::empty(rect(area));
        let canvas = Canvas::default()
            .marker(marker)
            .x_bounds([west + turn, east + turn])
            .y_bounds([south, north])
            .paint(|context| context.draw(&Map { resolution: MapResolution::High, ..Map::default() }));
        canvas.render(rect(area), &mut drawn);
        for y in area.y..area.y.saturating_add(area.height) {
            for x in area.x..area.x.saturating_add(area.width) {
                let Some(symbol) = drawn.cell((x, y)).map(|cell| cell.symbol().to_owned()) else { continue };
                if let Some(cell) = buffer.cell_mut((x, y)).filter(|_| symbol != " ") {
                    let both = together(cell.symbol(), &symbol);
                    cell.set_symbol(&both).set_style(styles.dim());
                }
            }
        }
    }
}

/// Two patterns of dots as one.
fn together(one: &str, other: &str) -> String {
    let dots = |text: &str| {
        let char = text.chars().next().filter(|char| ('\u{2800}'..='\u{28FF}').contains(char));
        char.map(|char| u32::from(char) - 0x2800)
    };
    let both = dots(one).zip(dots(other)).and_then(|(one, other)| char::from_u32(0x2800 + (one | other)));
    both.map_or_else(|| other.to_owned(), String::from)
}

/// The places with their names, the ones that matter most first.
fn places(area: Area, buffer: &mut Buffer, (app, view): (&App, &View), styles: &Styles) {
    let size = (area.width, area.height);
    let lit = app.lit_places();
    let mut spots = view.spots(&app.points(), size);
    let has_keys = |spot: &Spot| spot.items.contains(&app.map.place);
    let is_lit = |spot: &Spot| spot.items.iter().any(|item| lit.contains(item));
    spots.sort_by_key(|spot| (!has_keys(spot), !is_lit(spot), std::cmp::Reverse(spot.count)));
    let most = spots.iter().map(|spot| spot.count).max().unwrap_or(0);
    let labels: Vec<String> = spots.iter().map(|spot| name(app, spot, styles)).collect();
    let widths = labels.iter().map(|label| u16::try_from(width(label)).unwrap_or(u16::MAX));
    let placed = names(&spots, &widths.collect::<Vec<u16>>(), size);
    let mut put = |(x, y): (u16, u16), text: &str, style: Style| {
        // No wider than the text: a line has its style up to its end.
        let part = Area {
            x: area.x.saturating_add(x),
            y: area.y.saturating_add(y),
            width: u16::try_from(width(text)).unwrap_or(u16::MAX).min(area.width.saturating_sub(x)),
            height: u16::from(y < area.height),
        };
        // What was there of the coast is not styled any more.
        for column in 0..part.width {
            if let Some(cell) = buffer.cell_mut((part.x.saturating_add(column), part.y)) {
                cell.reset();
            }
        }
        write(part, 0, Line::styled(text.to_owned(), style), buffer);
    };
    // Events that say themselves where they were lie below the places.
    let clusters: Vec<_> =
        app.map.clusters().iter().enumerate().map(|(at, (point, count))| (at, *point, *count)).collect();
    let dots = view.spots(&clusters, size);
    let densest = dots.iter().map(|dot| dot.count).max().unwrap_or(0);
    for dot in &dots {
        let many = shade(dot.count, densest).saturating_sub(1);
        put(dot.cell, styles.glyphs.places.get(many).copied().unwrap_or_default(), Style::new());
    }
    if let Some(cell) = app.lit_point().and_then(|point| view.cell(point, size)) {
        put(cell, styles.glyphs.cursor, styles.bold());
    }
    for ((spot, label), place) in spots.iter().zip(&labels).zip(placed) {
        let style = match (has_keys(spot), is_lit(spot)) {
            (true, _) => styles.lit(),
            (false, true) => styles.faintly_lit(),
            _ => styles.bold(),
        };
        let size = shade(spot.count, most).saturating_sub(1);
        put(spot.cell, styles.glyphs.places.get(size).copied().unwrap_or_default(), style);
        if let Some(place) = place {
            let style = if has_keys(spot) || is_lit(spot) { styles.bold() } else { Style::new() };
            put(place, label, style);
        }
    }
}

/// The name of a spot: of its first place, and how many more there are.
fn name(app: &App, spot: &Spot, styles: &Styles) -> String {
    let held = app.map.held.as_deref().unwrap_or_default();
    let chosen = spot.items.iter().find(|item| **item == app.map.place).or(spot.items.first());
    let label = chosen.and_then(|item| held.get(*item)).map_or("", |facet| facet.label.as_str());
    let more = if spot.items.len() > 1 { format!(" +{}", spot.items.len() - 1) } else { String::new() };
    format!("{}{more}", cut(&safe_line(label), NAME, styles.glyphs.cut))
}

/// The list of places; gives where the cursor stands.
fn list(area: Area, buffer: &mut Buffer, app: &App, styles: &Styles) -> Option<Position> {
    let Some(held) = app.map.held.as_deref().filter(|held| !held.is_empty()) else {
        let why = if app.map.held.is_some() { "no place is named" } else { "counting ..." };
        write(area, 0, Line::styled(why, styles.dim()), buffer);
        return at(area, 0, 0);
    };
    let lit = app.lit_places();
    let more = app.info.loading || app.is_partial(Slot::Places);
    let mut cursor = None;
    let rows = held.iter().enumerate().skip(app.map.top).take(usize::from(area.height));
    for (row, (place, facet)) in rows.enumerate() {
        let chosen = place == app.map.place;
        let style = match (chosen, app.focus == Focus::List && app.overlay.is_none()) {
            (true, true) => styles.lit(),
            (true, false) => styles.faintly_lit(),
            _ => Style::new(),
        };
        let here = if lit.contains(&place) { styles.glyphs.here } else { " " };
        let count = number(facet.count.total(), more);
        let without = if app.point_of(&facet.value).is_none() { " no coordinates" } else { "" };
        let room = usize::from(area.width).saturating_sub(width(&count) + width(without) + 2);
        let line = Line::from(vec![
            Span::styled(pad(&safe_line(&facet.label), room, styles.glyphs.cut), style),
            Span::styled(without, styles.dim()),
            Span::styled(format!(" {count}"), style),
            Span::styled(here, styles.bold()),
        ]);
        write(area, row, line, buffer);
        if chosen {
            cursor = at(area, row, 0);
        }
    }
    cursor
}

/// What is said of the place that has the keys: "Baghdad: 7 events, 33.3° N 44.4° E; 3 of 12 places have no
/// coordinates".
fn about(app: &App) -> String {
    let more = app.info.loading || app.is_partial(Slot::Places) || app.is_partial(Slot::Clusters);
    let told = if app.map.told == 0 {
        String::new()
    } else {
        let whose = if app.map.told == 1 { "its" } else { "their" };
        format!("{} with coordinates of {whose} own", events(app.map.told, more))
    };
    let Some(place) = app.chosen_place() else { return told };
    let count = events(place.count.total(), more);
    let at = match app.point_of(&place.value) {
        Some(point) => degrees((point.lat, point.lon), app.options.ascii),
        None => "no coordinates".to_owned(),
    };
    let held = app.map.held.as_deref().unwrap_or_default();
    let without = held.iter().filter(|facet| app.point_of(&facet.value).is_none()).count();
    let without = match without {
        0 => String::new(),
        without => format!("; {without} of {} places without coordinates", held.len()),
    };
    safe_line(&format!("{}: {count}, {at}{without}", place.label)).into_owned()
}
