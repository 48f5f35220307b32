use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use vt100::Parser;

use super::pen::Look;
use super::*;

fn emulator(buffer: &Buffer) -> Parser {
    let size = |cells| NonZeroU16::new(cells).unwrap();
    Parser::new(size(buffer.area.height), size(buffer.area.width), 0)
}

/// What a reader sees of each cell: the character with its look, or of a blank the little that shows.
fn seen(parser: &Parser) -> Vec<String> {
    let (rows, columns) = parser.screen().size();
    let places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    places
        .map(|(row, column)| {
            let cell = parser.screen().cell(row, column).unwrap();
            let blank = cell.contents().trim().is_empty() && !cell.is_wide_continuation();
            let background = (cell.bgcolor(), cell.underline(), cell.inverse());
            let ink = (cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
            match (cell.is_wide_continuation(), blank) {
                (true, _) => format!("{row},{column} covered"),
                (_, true) if cell.underline() || cell.inverse() => {
                    format!("{row},{column} {background:?} {ink:?}")
                }
                (_, true) => format!("{row},{column} {background:?}"),
                _ => format!("{row},{column} {:?} {background:?} {ink:?}", cell.contents()),
            }
        })
        .collect()
}

/// The same screen drawn with nothing spared: every cell is gone to, and looks are begun anew.
fn drawn_plainly(buffer: &Buffer) -> Vec<String> {
    let mut parser = emulator(buffer);
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let look = String::from_utf8(Look::PLAIN.change_to(Look::of(cell, true))).unwrap();
            let wide = cell.cell_width();
            let symbol = if x + wide > buffer.area.width { " " } else { cell.symbol() };
            parser.process(format!("\x1b[{};{}H\x1b[m{look}{symbol}", y + 1, x + 1).as_bytes());
            x += wide;
        }
    }
    seen(&parser)
}

/// Something that happens to a screen.
#[derive(Clone, Debug)]
enum Step {
    Write(u16, u16, String, Style),
    /// A part of the screen, by column, row, width and height, is moved down by some rows, or up.
    Move(Rect, i32),
    /// Every row gets a text of its own, for moves to be worth while.
    Fill(u32),
    Clear,
}

fn happen(buffer: &mut Buffer, step: &Step) {
    match step {
        Step::Write(x, y, text, style) => {
            buffer.set_string(x % buffer.area.width, y % buffer.area.height, text, *style);
        }
        Step::Move(part, by) => {
            let part = part.intersection(buffer.area);
            let before = buffer.clone();
            for place in part.positions() {
                let source = i32::from(place.y) - by;
                let kept = (i32::from(part.top())..i32::from(part.bottom())).contains(&source);
                buffer[place] = if kept {
                    before[(place.x, source as u16)].clone()
                } else {
                    ratatui::buffer::Cell::EMPTY
                };
            }
        }
        Step::Fill(seed) => {
            for y in 0..buffer.area.height {
                let text = format!("{:e}", f64::from(seed.wrapping_add(y.into())).sqrt()).repeat(3);
                buffer.set_string(0, y, text, Style::new());
            }
        }
        Step::Clear => buffer.reset(),
    }
}

fn style() -> impl Strategy<Value = Style> {
    let colour = prop_oneof![
        4 => Just(Color::Reset),
        1 => Just(Color::Red),
        1 => Just(Color::White),
        1 => Just(Color::Indexed(161)),
        1 => Just(Color::Rgb(1, 2, 3)),
    ];
    // The emulator knows no crossing out and no blinking.
    let modifier = prop_oneof![
        3 => Just(Modifier::empty()),
        1 => Just(Modifier::BOLD),
        1 => Just(Modifier::DIM),
        1 => Just(Modifier::DIM | Modifier::BOLD),
        1 => Just(Modifier::REVERSED),
        1 => Just(Modifier::UNDERLINED | Modifier::BOLD),
        1 => Just(Modifier::ITALIC),
    ];
    (colour.clone(), colour, modifier).prop_map(|(fg, bg, modifier)| {
        let others = Modifier::all().difference(modifier);
        Style::new().fg(fg).bg(bg).add_modifier(modifier).remove_modifier(others)
    })
}

fn step() -> impl Strategy<Value = Step> {
    let place = || (0..40_u16, 0..12_u16);
    let text = prop_oneof!["[a-z]{1,40}", "[a-c ]{1,40}", " {1,40}", "[a 日本é●]{1,20}", "(e\u{301}|x){1,9}"];
    prop_oneof![
        6 => (place(), text, style()).prop_map(|((x, y), text, style)| Step::Write(x, y, text, style)),
        3 => (place(), place(), -5..=5_i32)
            .prop_map(|((x, y), (width, height), by)| Step::Move(Rect::new(x, y, width + 1, height + 1), by)),
        // Most of the screen is moved.
        3 => (0..3_u16, -3..=3_i32).prop_map(|(y, by)| Step::Move(Rect::new(0, y, 30, 12), by)),
        2 => any::<u32>().prop_map(Step::Fill),
        1 => Just(Step::Clear),
    ]
}

/// Every sequence in the bytes, by its last letter.
fn sequences(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let last = |part: &str| part.chars().find(char::is_ascii_alphabetic).unwrap_or('?');
    text.split('\x1b').skip(1).map(|part| last(part.strip_prefix('[').unwrap_or("?"))).collect()
}

proptest! {
    #[test]
    fn whatever_happens_the_screen_is_right(
        (columns, rows) in prop_oneof![(1..40_u16, 1..12_u16), Just((39, 12))],
        frames in prop::collection::vec(prop::collection::vec(step(), 0..5), 1..6),
    ) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let mut parser = emulator(&buffer);
        let mut shown = Grid::of(&buffer, true);
        for steps in frames {
            for step in &steps {
                happen(&mut buffer, step);
            }
            let wanted = Grid::of(&buffer, true);
            let strokes = changes(&shown, &wanted);
            parser.process(&strokes.bytes);
            prop_assert_eq!(seen(&parser), drawn_plainly(&buffer), "{}", strokes.bytes.escape_ascii());
            prop_assert_eq!(parser.screen().attributes_formatted(), "\x1b[m");
            if let Some((column, row)) = strokes.at.filter(|_| !strokes.bytes.is_empty()) {
                prop_assert_eq!(parser.screen().cursor_position(), (row as u16, column as u16));
            }
            let sent = sequences(&strokes.bytes);
            prop_assert!(strokes.bytes.iter().all(|byte| *byte >= b' ' || *byte == 0x1b));
            prop_assert!(sent.chars().all(|letter| "ABCDHKXmrLM".contains(letter)), "{}", sent);
            prop_assert!(changes(&wanted, &wanted).bytes.is_empty());
            shown = wanted;
        }
    }

    #[test]
    fn the_cursor_comes_to_where_it_is_sent(from in (0..40_usize, 0..12_usize), to in (0..40_usize, 0..12_usize)) {
        let mut parser = emulator(&Buffer::empty(Rect::new(0, 0, 40, 12)));
        parser.process(&moved(None, from));
        parser.process(&moved(Some(from), to));
        prop_assert_eq!(parser.screen().cursor_position(), (to.1 as u16, to.0 as u16));
        prop_assert!(moved(Some(from), to).len() <= moved(None, to).len());
    }
}

/// A list with a pane beside it, scrolled to an item.
fn list(first: usize) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 30));
    for y in 1..29_u16 {
        let item = first + usize::from(y);
        let words: Vec<String> = (1..9).map(|n| format!("{:x}", (item * 7919 + n) * 104_729 * n)).collect();
        buffer.set_stringn(0, y, words.join(" "), 79, Style::new());
        buffer.set_string(80, y, format!("pane {y} 日本 {}", "beside it ".repeat(2)), Style::new());
    }
    buffer
}

#[test]
fn a_scrolled_list_is_moved_by_the_terminal() {
    let (one, two) = (list(100), list(103));
    for (before, after, letter) in [(&one, &two, 'M'), (&two, &one, 'L')] {
        let (from, to) = (Grid::of(before, true), Grid::of(after, true));
        let rows: Vec<&[Spot]> = from.rows().collect();
        let redrawn = drawn(Brush::new(&to), &rows, &to).bytes;
        let strokes = changes(&from, &to);
        assert!(sequences(&strokes.bytes).contains(letter), "{}", strokes.bytes.escape_ascii());
        assert!(strokes.bytes.len() * 3 < redrawn.len(), "{} of {}", strokes.bytes.len(), redrawn.len());
        let mut parser = emulator(before);
        parser.process(&changes(&from.emptied(), &from).bytes);
        parser.process(&strokes.bytes);
        assert_eq!(seen(&parser), drawn_plainly(after));
    }
}

#[test]
fn a_change_of_one_cell_is_no_more_than_that() {
    let bytes = |before: &str, after: &str| {
        let grid = |text: &str| Grid::of(&Buffer::with_lines([text, "second row"]), true);
        String::from_utf8(changes(&grid(before), &grid(after)).bytes).unwrap()
    };
    assert_eq!(bytes("one of 12 events", "one of 13 events"), "\x1b[1;9H3");
    assert_eq!(bytes("1 2 3 4 5 6 7 8 9", "1 3 3 5 5 6 7 9 9"), "\x1b[1;3H3 3 5\x1b[7C9");
    assert_eq!(bytes("a short row   ", "              "), "\x1b[H\x1b[K");
}

#[test]
fn nothing_that_a_terminal_obeys_is_sent() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
    for (x, symbol) in ["\x1b", "a\x1b[2J", "\u{9b}", "\n", "\u{200b}", ""].into_iter().enumerate() {
        buffer[(x as u16, 0)].set_symbol(symbol);
    }
    buffer[(8, 0)].set_symbol("日");
    let grid = Grid::of(&buffer, true);
    assert_eq!(grid, grid.emptied());
}

#[test]
fn without_colours_none_is_sent() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
    buffer.set_string(
        0,
        0,
        "abcd",
        Style::new().fg(Color::Red).bg(Color::Indexed(7)).add_modifier(Modifier::BOLD),
    );
    let bytes = changes(&Grid::blank(4, 1), &Grid::of(&buffer, false)).bytes;
    assert_eq!(String::from_utf8(bytes).unwrap(), "\x1b[H\x1b[1mabcd\x1b[m");
}

/// A screen of a row with hyperlinks.
fn linked(text: &str, links: &[(std::ops::Range<u16>, &str)], known: &mut std::rc::Rc<Vec<String>>) -> Grid {
    let link = |(columns, address): &(std::ops::Range<u16>, &str)| Hyperlink {
        row: 0,
        columns: columns.clone(),
        address: (*address).to_owned(),
    };
    let links: Vec<Hyperlink> = links.iter().map(link).collect();
    Grid::of(&Buffer::with_lines([text]), true).linked(&links, known)
}

#[test]
fn hyperlinks_begin_and_end_where_they_should() {
    let mut known = std::rc::Rc::default();
    let plain = linked("see there and here", &[], &mut known);
    let one =
        linked("see there and here", &[(4..9, "https://a.org/"), (14..99, "https://b.org/")], &mut known);
    let bytes = |from: &Grid, to: &Grid| String::from_utf8(changes(from, to).bytes).unwrap();
    assert_eq!(
        bytes(&plain.emptied(), &one),
        "\x1b[Hsee \x1b]8;id=1;https://a.org/\x1b\\there\x1b[C\x1b]8;;\x1b\\and \
         \x1b]8;id=2;https://b.org/\x1b\\here\x1b]8;;\x1b\\"
    );
    assert_eq!(bytes(&one, &one), "");
    // A link keeps its number from frame to frame; where one ends the text is drawn again without it.
    let other = linked("see there and here", &[(14..18, "https://b.org/")], &mut known);
    assert_eq!(bytes(&one, &other), "\x1b[1;5Hthere");
    assert!(bytes(&other, &plain).ends_with("here"));
}

#[test]
fn an_address_that_a_terminal_might_obey_is_no_hyperlink() {
    let mut known = std::rc::Rc::default();
    for address in ["https://a.org/\x1b\\\x1b[2J", "https://a.org/\u{9c}", "https://a.org/ b"] {
        let grid = linked("text", &[(0..4, address)], &mut known);
        assert_eq!(String::from_utf8(changes(&grid.emptied(), &grid).bytes).unwrap(), "\x1b[Htext");
    }
    // Nor does one reach beyond the screen.
    let link = Hyperlink { row: 7, columns: 0..9, address: "https://a.org/".to_owned() };
    let grid = Grid::of(&Buffer::with_lines(["text"]), true).linked(&[link], &mut known);
    assert_eq!(String::from_utf8(changes(&grid.emptied(), &grid).bytes).unwrap(), "\x1b[Htext");
}
