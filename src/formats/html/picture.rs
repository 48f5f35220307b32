//! The axis as a picture (SVG). It is hidden from screen readers, since the list says all that it shows.

use maud::{Markup, html};

use super::axis::{Scale, Tick, lanes};
use super::{Mark, Outline, colour, line};
use crate::when::Stretch;

/// The width of the picture and of the axis in it, in its own units (CSS pixels at full width).
const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 16.0;
const INNER: f64 = WIDTH - MARGIN - 34.0;

/// The height of a lane, and of what stands in it.
const LANE: f64 = 14.0;
const BAR: f64 = 8.0;

/// The space for a named date below the axis.
const TICK_ROOM: f64 = 54.0;

/// More events than this are drawn as columns of how many begin where.
const MOST_MARKS: usize = 300;

/// How many columns those are.
const COLUMNS: usize = 160;

/// The picture; nothing where fewer than two dates are known.
pub fn figure(outline: &Outline) -> Markup {
    let stretches = outline.marks.iter().filter_map(|mark| mark.stretch);
    let Some(scale) = Scale::of(stretches, INNER) else { return html! {} };
    let (height, content) =
        if outline.marks.len() > MOST_MARKS { columns(outline, &scale) } else { marks(outline, &scale) };
    let ticks = scale.ticks(TICK_ROOM);
    html! {
        figure.axis aria-hidden="true" {
            svg viewBox=(format!("0 0 {WIDTH} {}", height + 26.0)) role="presentation" focusable="false" {
                @for tick in &ticks { (tick_line(tick, height)) }
                (content)
                line.base x1=(0) y1=(height) x2=(WIDTH) y2=(height) {}
                @for (from, to) in &scale.breaks {
                    @let middle = MARGIN + (from + to) / 2.0;
                    path.break d=(format!(
                        "M{:.1} {:.1}l4 -10M{:.1} {:.1}l4 -10", middle - 5.0, height + 5.0, middle + 1.0, height + 5.0
                    )) {}
                }
            }
            figcaption {
                "Faint: when it may have been; solid: when it certainly was. Busy times have more room than quiet ones."
            }
        }
    }
}

/// A named date: a hair line through the picture, and its name below.
fn tick_line(tick: &Tick, height: f64) -> Markup {
    let x = format!("{:.1}", MARGIN + tick.place);
    let class = if tick.coarse { "tick coarse" } else { "tick" };
    html! {
        g class=(class) {
            line x1=(x) y1="0" x2=(x) y2=(height + 4.0) {}
            text x=(x) y=(height + 18.0) text-anchor="middle" { (tick.label) }
        }
    }
}

/// Every event as a mark with its number, in lanes. Gives the height too.
fn marks(outline: &Outline, scale: &Scale) -> (f64, Markup) {
    let drawn: Vec<(&Mark, Stretch)> =
        outline.marks.iter().filter_map(|mark| mark.stretch.map(|stretch| (mark, stretch))).collect();
    let spans: Vec<(f64, f64)> = drawn
        .iter()
        .map(|(mark, stretch)| {
            let digits = mark.number.to_string().len() as f64;
            (
                scale.place(stretch.s0) - 5.0,
                scale.place(stretch.e1).max(scale.place(stretch.s0) + 6.0) + 7.0 * digits,
            )
        })
        .collect();
    let lanes = lanes(&spans, 5.0);
    let height = lanes.iter().max().map_or(0.0, |most| (*most as f64 + 1.0) * LANE) + 6.0;
    let content = html! {
        @for ((mark, stretch), lane) in drawn.iter().zip(&lanes) {
            (draw_mark(mark, *stretch, scale, height - 8.0 - (*lane as f64 + 0.5) * LANE))
        }
    };
    (height, content)
}

/// One event: faint where it may have been going on, solid where it certainly was, a dot where both are too
/// short to see.
fn draw_mark(mark: &Mark, stretch: Stretch, scale: &Scale, middle: f64) -> Markup {
    let [s0, s1, e0, e1] =
        [stretch.s0, stretch.s1, stretch.e0, stretch.e1].map(|instant| MARGIN + scale.place(instant));
    let top = format!("{:.1}", middle - BAR / 2.0);
    let bar = |class: &str, from: f64, to: f64| {
        html! {
            rect class=(class) x=(format!("{from:.1}")) y=(top) width=(format!("{:.1}", (to - from).max(1.0)))
                height=(BAR) rx=(BAR / 2.0) {}
        }
    };
    let short = e1 - s0 < BAR;
    html! {
        g class={ "mark " (colour(mark.party)) } {
            title { (mark.number) " " (line(&mark.title)) }
            @if short {
                circle class="sure" cx=(format!("{:.1}", f64::midpoint(s0, e1))) cy=(format!("{middle:.1}")) r=(BAR / 2.0) {}
            } @else {
                (bar("maybe", s0, e1))
                @if s1 < e0 { (bar("sure", s1, e0)) }
                @if !stretch.s0.is_finite() {
                    path.maybe d=(format!("M{:.1} {:.1}l-7 {BAR}l7 {BAR}z", s0 + 1.0, middle - BAR)) {}
                }
                @if !stretch.e1.is_finite() {
                    path.maybe d=(format!("M{:.1} {:.1}l7 {BAR}l-7 {BAR}z", e1 - 1.0, middle - BAR)) {}
                }
            }
            text x=(format!("{:.1}", if short { f64::midpoint(s0, e1) + BAR / 2.0 } else { e1 } + if stretch.e1.is_finite() { 3.0 } else { 8.0 }))
                y=(format!("{:.1}", middle + 3.6)) { (mark.number) }
        }
    }
}

/// How many events begin where, as columns. Gives the height too.
fn columns(outline: &Outline, scale: &Scale) -> (f64, Markup) {
    let height = 120.0;
    let wide = (INNER) / COLUMNS as f64;
    let mut counts = vec![0_u64; COLUMNS];
    for stretch in outline.marks.iter().filter_map(|mark| mark.stretch) {
        let column = (scale.place(stretch.s0) / wide) as usize;
        if let Some(count) = counts.get_mut(column.min(COLUMNS - 1)) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let content = html! {
        @for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            // By the root, so that one busy column does not flatten the rest.
            @let tall = (*count as f64 / most).sqrt() * (height - 10.0);
            rect.column x=(format!("{:.1}", MARGIN + place as f64 * wide)) y=(format!("{:.1}", height - tall))
                width=(format!("{:.1}", wide - 1.0)) height=(format!("{tall:.1}")) {}
        }
    };
    (height, content)
}
