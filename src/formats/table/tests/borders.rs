use proptest::prelude::*;

use super::super::cells::{Found, Marks, State, split, unquote};
use super::FlawKind::{Bytes, Quote, Width};
use super::*;

/// The rows as our own splitting has them.
fn ours(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let marks = Marks { delimiter, quoted: true };
    let (mut rest, mut cells, mut rows) = (bytes, Vec::new(), Vec::new());
    while !rest.is_empty() {
        let (text, length) = match split(rest, marks, true, &mut cells) {
            Found::Whole { text, length } => (text, length),
            Found::Open { .. } => (rest.len(), rest.len()),
        };
        if text > 0 {
            let row = cells.iter().map(|cell| {
                let raw = String::from_utf8_lossy(&rest[cell.start as usize..cell.end as usize]);
                let mut text = String::new();
                if cell.state == State::Quoted {
                    unquote(&raw, &mut text);
                } else {
                    text.push_str(&raw);
                }
                text
            });
            rows.push(row.collect());
        }
        rest = &rest[length..];
    }
    rows
}

/// The rows as the `csv` crate has them.
fn theirs(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let rows = reader.byte_records().map(|row| row.expect("no row is wrong"));
    rows.map(|row| row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()).collect()
}

#[test]
fn odd_rows_are_those_of_an_independent_parser() {
    for text in [
        "a,b\n1,2\n",
        "a,b\r\n1,2",
        "a,b\r1,2\r\r3,4",
        "\n\na,b\n\n\n1,2\n",
        "a\n\"\"\n",
        "\"a\"\"b\",c\n",
        "\"a\nb\",c\n",
        "\"a\"b,c\n",
        "a\"b\",c\n",
        "\"a\"\"\"b\"c\",d\n",
        "\"a\r\nb\"\r\n",
        "a,\n,b\n,\n",
        "\"open\n1,2\n",
        "\"open\"\"",
        "\"a\"",
        "\"",
        "\"\"",
        ",",
        "a,\"",
        " \"a\",b\n",
        "a\0b,c\n",
        "\"a\"\r",
        "a,b\n\r\nc,d",
    ] {
        assert_eq!(ours(text.as_bytes(), b','), theirs(text.as_bytes(), b','), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn rows_are_those_of_an_independent_parser(text in "([a,;\"\n\r]|\"\"|,\"|\r\n){0,24}") {
        prop_assert_eq!(ours(text.as_bytes(), b','), theirs(text.as_bytes(), b','));
        prop_assert_eq!(ours(text.as_bytes(), b';'), theirs(text.as_bytes(), b';'));
    }

    #[test]
    fn what_is_quoted_is_read_back(rows in prop::collection::vec(prop::collection::vec(".{0,6}|[\"\n\r,a]{0,6}", 2..5), 1..6)) {
        let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        prop_assert_eq!(ours(&bytes, b','), rows);
    }

    #[test]
    fn records_do_not_depend_on_how_they_are_read(
        text in "([a-c0-9,\"\n\r]|\"x\"|,|\n){0,80}",
        piece in 1usize..9,
    ) {
        let bytes = format!("date,title\n{text}").into_bytes();
        let whole = table(&bytes, None, &[]);
        whole.check(&bytes);
        let rest = &bytes[whole.layout.first() as usize..];
        let mut reader = whole.layout.reader(Pieces(rest, piece), whole.layout.first());
        let mut facts = Vec::new();
        while reader.next(|found| facts.push(Owned::of(found))).unwrap() {}
        prop_assert_eq!(facts, whole.facts);
    }
}

/// A stream that gives a few bytes at a time.
struct Pieces<'b>(&'b [u8], usize);

impl std::io::Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(buffer.len());
        let (now, rest) = self.0.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.0 = rest;
        Ok(count)
    }
}

#[test]
fn a_row_of_many_mebibytes_is_read_and_a_longer_one_is_counted() {
    let long = "x".repeat(super::super::LONGEST_RECORD - 20);
    let longer = "y\n".repeat(super::super::LONGEST_RECORD);
    let text = format!("date,title\n2001,\"{long}\"\n2002,\"{longer}\"\n2003,after\n");
    let table = table(text.as_bytes(), None, &[]);
    assert_eq!(table.dates(), ["2001", "2003"]);
    assert_eq!(table.event(0).title.len(), long.len());
    let at = text.find("2002").unwrap() as u64;
    assert_eq!(table.flaws[0], [(FlawKind::Length, at)]);
}

#[test]
fn a_border_is_guessed_where_rows_fit() {
    let text = "date,title,summary\n2001,a,\"one\n2002,two\n\"\n2003,b,c\n2004,d,e\n";
    let layout = Layout::detect(text.as_bytes(), None, &[]).unwrap();
    let (_, block) = text.split_at(text.find("one").unwrap());
    let guess = layout.guess_start(block.as_bytes()).unwrap();
    assert!(block.split_at(guess).1.starts_with("2003"), "{guess}");
    assert_eq!(layout.guess_start(b"no end"), None);
    assert_eq!(layout.guess_start(b"a\nno row fits"), Some(2));
}

#[test]
fn what_is_wrong_with_rows_is_told() {
    let bytes = b"date,title\n2001\n2002,a,b,c\n2003,\xff\n2004,\"open\n";
    let table = table(bytes, None, &[]);
    table.check(bytes);
    assert_eq!(table.flaws[0], [(Width, 11), (Width, 16), (Bytes, 27), (Quote, 34)]);
    assert_eq!(table.flaws[0], table.flaws[1]);
    assert_eq!(table.event(1).fields["column 3"], "b");
    assert_eq!(table.event(1).fields["column 4"], "c");
    assert_eq!(table.event(2).title, "\u{fffd}");
    assert_eq!(table.event(3).title, "open\n");
}
