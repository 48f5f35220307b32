//! The lanes as a picture (SVG 1.1) for an article: text that stays text, and nothing said by colour alone.

use std::io::{self, Write};

use maud::{Markup, html};

use super::super::drawing::{WIDTH, colour, head, picture, words};
use super::super::{Loss, Selection, WriteOptions};
use super::{Chart, Lane, plain};
use crate::chronology::PartyIndex;
use crate::layout::axis::Axis;
use crate::layout::lanes::{self, Ink, Mark};
use crate::layout::ticks::ticks;
use crate::text::width::cut;

/// Widths in the picture's own units: of a cell of the axis, and where the axis begins.
const CELL: u32 = 6;
const LEFT: u32 = 216;
const CELLS: u16 = 126;
/// Heights: of a row, and of what stands in it.
const ROW: u32 = 15;
const BAR: u32 = 9;
/// So many events have numbers, and are listed below.
const LISTED: usize = 150;
/// Writes the picture.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    let chart = Chart::of(selection, options)?;
    let axis = chart.axis(CELLS);
    let mut pen = Pen { chart: &chart, axis: &axis, gradients: 0, counted: 0 };
    let (top, head) = head(&chart.title, &chart.described);
    let (bottom, lanes) = pen.lanes(top + 22);
    let (legend_end, legend) = legend(&chart, bottom + 24);
    let (height, list) = list(&chart, legend_end + 12);
    let content = html! {
        (head)
        (pen.time(top + 16, bottom))
        (lanes)
        (pen.gaps(top + 22, bottom))
        (legend)
        (list)
    };
    picture(&chart.title, height, &content, out)?;
    Ok(chart.losses(pen.counted))
}

fn place(cell: u16) -> u32 {
    LEFT + u32::from(cell) * CELL
}

struct Pen<'a> {
    chart: &'a Chart<'a>,
    axis: &'a Axis,
    gradients: usize,
    counted: u64,
}

impl Pen<'_> {
    /// The dates above the lanes, each with a hair line through them.
    fn time(&self, y: u32, bottom: u32) -> Markup {
        html! {
            @for tick in ticks(self.axis) {
                line x1=(place(tick.cell)) y1=(y + 4) x2=(place(tick.cell)) y2=(bottom) stroke="#ddd" {}
                (words(place(tick.cell), y, "small", &tick.label))
            }
        }
    }

    /// Folded stretches, through bars too.
    fn gaps(&self, top: u32, bottom: u32) -> Markup {
        html! {
            @for gap in self.axis.gaps() {
                rect x=(place(gap)) y=(top) width=(CELL) height=(bottom - top) fill="#fff" {}
                path d=(format!("M{} {top}V{bottom}M{} {top}V{bottom}", place(gap), place(gap) + CELL))
                    stroke="#888" stroke-dasharray="2 3" fill="none" {}
            }
        }
    }

    /// All lanes from a height on; gives the height behind them.
    fn lanes(&mut self, mut y: u32) -> (u32, Markup) {
        let chart = self.chart;
        if chart.plan.is_none() {
            return (y + ROW, words(16, y + 11, "", "nothing is dated: there are no lanes"));
        }
        let mut drawn = Vec::new();
        for lane in &chart.lanes {
            let laid = chart.laid(lane, self.axis, self.apart());
            let rows = u32::try_from(laid.rows).unwrap_or(u32::MAX);
            drawn.push(self.lane(lane, &laid, y));
            y = y.saturating_add(rows.saturating_mul(ROW)).saturating_add(3);
        }
        let content = html! { @for lane in drawn { (lane) } };
        (y, content)
    }

    /// How many cells the number of an event takes.
    fn apart(&self) -> u16 {
        match self.chart.items.len() {
            0..=9 => 2,
            10..=99 => 3,
            100..=LISTED => 4,
            _ => 0,
        }
    }

    fn lane(&mut self, lane: &Lane, laid: &lanes::Lane, y: u32) -> Markup {
        let (indent, class) = if lane.nested { (14, "") } else { (0, "party") };
        let name = cut(&self.chart.name(lane), if lane.nested { 28 } else { 27 }, "…");
        let colour = colour(lane.party);
        self.counted += laid.counts.iter().map(|(_, count)| count).sum::<u64>();
        let last = y + (u32::try_from(laid.rows).unwrap_or(1).saturating_sub(1)).saturating_mul(ROW);
        let marks: Vec<Markup> = laid.marks.iter().map(|mark| self.mark(lane, mark, y, colour)).collect();
        html! {
            line x1="16" y1=(y.saturating_sub(2)) x2=(WIDTH - 16) y2=(y.saturating_sub(2)) stroke="#e8e8e8" {}
            (words(16 + indent, y + 10, class, &name))
            text x=(LEFT - 8) y=(y + 10) class="small faint" text-anchor="end" { (lane.total) }
            @for mark in marks { (mark) }
            @for (cell, count) in &laid.counts { (words(place(*cell), last + 10, "small", &count.to_string())) }
        }
    }

    /// An event: a disc for a moment, a dashed frame for one that lies somewhere in it, a bar with soft ends for what
    /// lasts; arrows and a question mark for ends that are open or unknown.
    fn mark(&mut self, lane: &Lane, mark: &Mark, y: u32, colour: &str) -> Markup {
        let Some((number, item)) =
            lane.events.get(mark.item).and_then(|event| Some((event + 1, self.chart.items.get(*event)?)))
        else {
            return html! {};
        };
        let y = y + u32::try_from(mark.row).unwrap_or(0).saturating_mul(ROW);
        let (top, middle) = (y + 3, y + 3 + BAR / 2);
        let signs = |ink: &&Ink| matches!(ink, Ink::On | Ink::Unknown | Ink::Back);
        let (back, end) = (mark.inks.first() == Some(&Ink::Back), mark.inks.last().filter(signs));
        let from = place(mark.cell) + if back { CELL } else { 0 };
        let to = place(mark.end()).saturating_sub(if end.is_some() { CELL } else { 0 }).max(from);
        html! {
            g {
                title { (number) ". " (item.date) ": " (item.title) }
                @if back { path d=(format!("M{} {top}v{BAR}l-{CELL} -{}z", from, BAR / 2)) fill=(colour) {} }
                @if mark.inks == [Ink::Point] {
                    circle cx=(from + CELL / 2) cy=(middle) r="4" fill=(colour) {}
                } @else if to > from {
                    (self.body(mark, (from, to, top), colour))
                }
                @match end {
                    Some(Ink::On) => path d=(format!("M{to} {top}v{BAR}l{CELL} -{}z", BAR / 2)) fill=(colour) {},
                    Some(Ink::Unknown) => (words(to, top + BAR, "party", "?")),
                    _ => "",
                }
                @if self.chart.items.len() <= LISTED {
                    (words(place(mark.end()) + 2, top + 8, "small", &number.to_string()))
                }
            }
        }
    }

    fn body(&mut self, mark: &Mark, (from, to, top): (u32, u32, u32), colour: &str) -> Markup {
        let soft = |ink: &&Ink| matches!(ink, Ink::Soft(_) | Ink::Back);
        let all = mark.inks.len().max(1);
        let (before, behind) = (
            mark.inks.iter().take_while(soft).count(),
            mark.inks
                .iter()
                .rev()
                .skip_while(|ink| matches!(ink, Ink::On | Ink::Unknown))
                .take_while(soft)
                .count(),
        );
        if mark.inks.iter().all(|ink| !matches!(ink, Ink::Full)) {
            return html! {
                rect x=(from) y=(top) width=(to - from) height=(BAR) rx="2" fill=(colour) fill-opacity="0.2"
                    stroke=(colour) stroke-dasharray="2 2" {}
            };
        }
        let share = |cells: usize| format!("{}%", cells * 100 / all);
        self.gradients += 1;
        let id = format!("soft{}", self.gradients);
        let stop = |offset: String, opacity: &str| {
            html! { stop offset=(offset) stop-color=(colour) stop-opacity=(opacity) {} }
        };
        html! {
            @if before + behind > 0 {
                linearGradient id=(id) {
                    @if before > 0 { (stop(share(0), "0.1")) }
                    (stop(share(before), "1"))
                    (stop(share(all.saturating_sub(behind)), "1"))
                    @if behind > 0 { (stop(share(all), "0.1")) }
                }
                rect x=(from) y=(top) width=(to - from) height=(BAR) fill=(format!("url(#{id})")) {}
                path d=(format!("M{from} {}H{to}", top + BAR)) stroke=(colour) stroke-width="0.5" {}
            } @else {
                rect x=(from) y=(top) width=(to - from) height=(BAR) fill=(colour) {}
            }
        }
    }
}

/// Parties with their letters, and what the signs mean. Gives the height behind it.
fn legend(chart: &Chart<'_>, mut y: u32) -> (u32, Markup) {
    let mut shown: Vec<PartyIndex> = chart.lanes.iter().filter_map(|lane| lane.party).collect();
    shown.sort_unstable();
    shown.dedup();
    let parties: Vec<Markup> = (0..)
        .zip(&shown)
        .map(|(at, party)| {
            let (x, y) = (16 + at % 3 * 320, y + at / 3 * 16);
            let named = chart.catalogue.party(*party);
            let name = if named.name.is_empty() { &named.id } else { &named.name };
            let letter = chart.letters.of(*party).unwrap_or_default();
            html! {
                rect x=(x) y=(y - 9) width="10" height="10" fill=(colour(Some(*party))) {}
                (words(x + 16, y, "", &format!("{letter} {}", cut(&plain(name), 42, "…"))))
            }
        })
        .collect();
    y += u32::try_from(shown.len().div_ceil(3)).unwrap_or(0) * 16 + 4;
    let sign = |at: u32| (16 + at % 3 * 320, y + at / 3 * 16);
    let ink = "#444";
    let text = |at: u32, text: &str| words(sign(at).0 + 34, sign(at).1, "", text);
    let (soft_x, soft_y) = sign(2);
    let (on_x, on_y) = sign(3);
    let content = html! {
        @for party in parties { (party) }
        circle cx=(sign(0).0 + 14) cy=(y - 4) r="4" fill=(ink) {} (text(0, "a moment"))
        rect x=(sign(1).0) y=(y - 9) width="28" height=(BAR) rx="2" fill=(ink) fill-opacity="0.2" stroke=(ink)
            stroke-dasharray="2 2" {}
        (text(1, "at some time in there"))
        linearGradient id="soft0" {
            stop offset="0%" stop-color=(ink) stop-opacity="0.1" {}
            stop offset="40%" stop-color=(ink) {}
            stop offset="60%" stop-color=(ink) {}
            stop offset="100%" stop-color=(ink) stop-opacity="0.1" {}
        }
        rect x=(soft_x) y=(soft_y - 9) width="28" height=(BAR) fill="url(#soft0)" {}
        (text(2, "lasts; faint where it is not certain"))
        path d=(format!("M{on_x} {}h20v-2l8 6l-8 6v-2h-20z", on_y - 9)) fill=(ink) {}
        (text(3, "goes on (to the left: began before)"))
        (words(sign(4).0 + 10, sign(4).1, "party", "?")) (text(4, "nobody says when it ended"))
        path d=(format!("M{} {}v11M{} {}v11", sign(5).0 + 10, sign(5).1 - 10, sign(5).0 + 16, sign(5).1 - 10))
            stroke="#888" stroke-dasharray="2 3" {}
        (text(5, "empty time is left out"))
    };
    (y + 32, content)
}

/// The events by their numbers. Gives the height of all.
fn list(chart: &Chart<'_>, mut y: u32) -> (u32, Markup) {
    if chart.items.len() > LISTED {
        return (y + 8, html! {});
    }
    let lines: Vec<Markup> = (1..)
        .zip(&chart.items)
        .map(|(number, item)| {
            let number: usize = number;
            y += 15;
            html! {
                text x="40" y=(y) text-anchor="end" class="small" { (number) }
                (words(48, y, "faint", &cut(&item.date, 28, "…")))
                (words(LEFT, y, "", &cut(&item.title, 125, "…")))
            }
        })
        .collect();
    (y + 20, html! { @for line in lines { (line) } })
}
