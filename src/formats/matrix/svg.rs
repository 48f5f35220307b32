//! The matrix as a picture (SVG 1.1) for an article: shades with their numbers.

use std::io::{self, Write};

use maud::{Markup, html};

use super::super::drawing::{COLUMNS, WIDTH, colour, head, paragraph, picture, words};
use super::super::{Loss, Selection, WriteOptions};
use super::{Chart, Row};
use crate::layout::matrix::{shade, shaded, short};
use crate::text::width::cut;
use crate::when::periods::Period;

/// Where the columns begin and end, and the height of a row, in the picture's own units.
const LEFT: u32 = 250;
const RIGHT: u32 = WIDTH - 70;
const ROW: u32 = 18;
/// So many columns have room.
const MOST: usize = 24;
/// What a folded gap takes, and a column at the most.
const GAP: u32 = 12;
const WIDEST: u32 = 64;
/// Shades of grey from nothing to the most, with the ink that can be read on each.
const SHADES: [(&str, &str); 5] = [
    ("#fff", "#767676"),
    ("#ececec", "#1a1a1a"),
    ("#cfcfcf", "#1a1a1a"),
    ("#9a9a9a", "#000"),
    ("#3d3d3d", "#fff"),
];

/// Writes the picture.
///
/// # Errors
/// Those of `out` and of the events.
pub fn write(
    selection: &Selection<'_>,
    out: &mut dyn Write,
    options: &WriteOptions,
) -> io::Result<Vec<Loss>> {
    let chart = Chart::of(selection, options, MOST)?;
    let sheet = Sheet::new(&chart);
    let (top, head) = head(&chart.title, &chart.described);
    let mut y = top + 42;
    let rows: Vec<Markup> = chart.rows.iter().map(|row| sheet.row(row, &mut y, true)).collect();
    let end = y;
    y += 4;
    let sums = sheet.row(&chart.totals, &mut y, false);
    let (y, legend) = sheet.legend(y + 24);
    let content = html! {
        (head)
        @if chart.periods.is_empty() {
            (words(16, top + 20, "", "nothing has a dated beginning: there are no periods"))
        } @else {
            (sheet.dates(top + 20))
            @for row in &rows { (row) }
            (sums)
            (sheet.gaps(top + 42, end))
            (legend)
        }
    };
    picture(&chart.title, y, &content, out)?;
    Ok(chart.losses())
}

struct Sheet<'a> {
    chart: &'a Chart,
    /// Where each column begins.
    columns: Vec<u32>,
    width: u32,
    most: u64,
}

impl<'a> Sheet<'a> {
    fn new(chart: &'a Chart) -> Self {
        let gaps: Vec<bool> = (0..chart.periods.len()).map(|period| chart.has_gap_before(period)).collect();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let folded = number(gaps.iter().filter(|gap| **gap).count()).saturating_mul(GAP);
        let room = (RIGHT - LEFT).saturating_sub(folded);
        let width = (room / number(chart.periods.len()).max(1)).clamp(1, WIDEST);
        let mut columns = Vec::new();
        let mut x = LEFT;
        for gap in gaps {
            x += if gap { GAP } else { 0 };
            columns.push(x);
            x += width;
        }
        Self { chart, columns, width, most: chart.most() }
    }

    /// What the columns are: what neighbours share above what each is.
    fn dates(&self, y: u32) -> Markup {
        let mut before = String::new();
        let mut free_from = 0;
        let mut label = |(x, period): (&u32, &Period)| {
            let (shared, own) = period.label();
            // A letter of this size is seldom wider than six units.
            let told = shared != before && *x >= free_from;
            if told {
                free_from = x + 6 * u32::try_from(shared.chars().count()).unwrap_or(0);
            }
            before.clone_from(&shared);
            html! {
                @if told { (words(*x, y, "small faint", &shared)) }
                text x=(x + self.width / 2) y=(y + 14) class="small" text-anchor="middle" { (own) }
            }
        };
        let labels: Vec<Markup> = self.columns.iter().zip(&self.chart.periods).map(&mut label).collect();
        html! { (words(16, y + 14, "small faint", &self.chart.corner())) @for label in labels { (label) } }
    }

    /// A row; the height behind it goes into `y`.
    fn row(&self, row: &Row, y: &mut u32, shaded: bool) -> Markup {
        let top = *y;
        *y = top.saturating_add(ROW);
        let cells = self.columns.iter().zip(&row.counts).map(|(x, count)| {
            let (paper, ink) = SHADES.get(if shaded { shade(*count, self.most) } else { 0 }).copied().unwrap_or(("#fff", "#000"));
            let ink = if shaded || *count == 0 { ink } else { "#000" };
            let text = if *count == 0 { "·".to_owned() } else { short(*count, 5) };
            html! {
                @if shaded {
                    rect x=(x) y=(top) width=(self.width) height=(ROW) fill=(paper) stroke="#fff" {}
                }
                text x=(x + self.width / 2) y=(top + 13) text-anchor="middle" style=(format!("fill:{ink}")) { (text) }
                "\n"
            }
        });
        let cells: Vec<Markup> = cells.collect();
        html! {
            @if row.party.is_some() { rect x="16" y=(top + 4) width="10" height="10" fill=(colour(row.party)) {} }
            (words(if row.party.is_some() { 32 } else { 16 }, top + 13, if shaded { "" } else { "party" },
                &cut(&self.chart.name(row), 34, "…")))
            @for cell in cells { (cell) }
            text x=(self.end()) y=(top + 13) text-anchor="end" class="party" { (short(row.total(), 7)) }
        }
    }

    /// Where the totals end, some way behind the last column.
    fn end(&self) -> u32 {
        self.columns.last().map_or(RIGHT, |last| last + self.width + 54)
    }

    /// Periods that are left out.
    fn gaps(&self, top: u32, bottom: u32) -> Markup {
        let gaps = self.columns.iter().enumerate().filter(|(at, _)| self.chart.has_gap_before(*at));
        html! {
            @for (_, x) in gaps {
                path d=(format!("M{} {top}V{bottom}M{} {top}V{bottom}", x - 9, x - 4)) stroke="#888"
                    stroke-dasharray="2 3" fill="none" {}
            }
        }
    }

    /// What the shades are and the numbers count; gives the height behind it.
    fn legend(&self, y: u32) -> (u32, Markup) {
        let levels: Vec<(usize, String)> =
            (1..SHADES.len()).filter_map(|level| Some((level, self.level(level)?))).collect();
        let (end, explained) = paragraph(y + 24, 15, COLUMNS, "faint", &self.chart.explained());
        let place = |at: usize| 16 + u32::try_from(at).unwrap_or(0) * 110;
        let content = html! {
            @for (at, (level, text)) in levels.iter().enumerate() {
                rect x=(place(at)) y=(y - 9) width="14" height="10" stroke="#888"
                    fill=(SHADES.get(*level).map_or("#fff", |(paper, _)| paper)) {}
                (words(place(at) + 20, y, "", text))
            }
            (explained)
        };
        (end, content)
    }

    /// Which counts have a shade: "3 to 5".
    fn level(&self, level: usize) -> Option<String> {
        let (first, last) = shaded(level, self.most)?;
        Some(if first == last { first.to_string() } else { format!("{first} to {last}") })
    }
}
