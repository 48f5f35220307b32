//! Tables of invented events, the same on every machine and in every run.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{Days, NaiveDate};

use crate::data::{FREQUENT, RARE, UNIQUE};

/// One row in so many has the rare word.
const RARE_EVERY: u64 = 10_007;
/// How many words, actors and places there are.
const WORDS: usize = 5_000;
const ACTORS: usize = 300;
const PLACES: usize = 700;

const HEADER: &str = "id,date,end,title,summary,actors,parties,place,lat,lon,kind,source,url\n";

/// The words that hold sentences together; nearly every second word is one of these.
const COMMON: [&str; 16] = [
    "the", "of", "and", "to", "in", "after", "near", "with", "for", "by", "from", "on", "as", "over",
    "against", "its",
];
const KINDS: [&str; 16] = [
    "attack",
    "talks",
    "statement",
    "protest",
    "election",
    "arrest",
    "summit",
    "trial",
    "strike",
    "flood",
    "truce",
    "vote",
    "raid",
    "release",
    "sanction",
    "exercise",
];
const PARTIES: [&str; 10] = [
    "River Pact",
    "Upland Union",
    "Harbour Party",
    "Old Guard",
    "Council of Five",
    "Free Cities",
    "Plains Assembly",
    "Third Way",
    "Eastern Command",
    "Observers",
];
const SOURCES: [&str; 8] = [
    "Evening Ledger",
    "Coast Radio",
    "Wire Nine",
    "The Almanac",
    "Public Record",
    "Valley Times",
    "Signal Desk",
    "Town Crier",
];

/// Numbers that look random: Marsaglia's xorshift with 64 bits, multiplied.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32
    }

    /// A number below a bound of at most 32 bits.
    fn below(&mut self, bound: usize) -> usize {
        ((self.roll() * bound as u64) >> 32) as usize
    }

    /// The same, with small numbers much more often than large ones.
    fn low(&mut self, bound: usize) -> usize {
        self.below(bound).min(self.below(bound)).min(self.below(bound))
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn word(&mut self, syllables: usize) -> String {
        const ONSETS: &[u8] = b"bcdfghjklmnprstvwz";
        const VOWELS: &[u8] = b"aeiou";
        const CODAS: &[u8] = b"lmnrst";
        let mut word = String::new();
        for _ in 0..syllables {
            word.push(char::from(self.of(ONSETS)));
            word.push(char::from(self.of(VOWELS)));
            if self.one_in(3) {
                word.push(char::from(self.of(CODAS)));
            }
        }
        word
    }

    fn name(&mut self, syllables: usize) -> String {
        capital(&self.word(syllables))
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// What the rows are made of.
struct World {
    words: Vec<String>,
    actors: Vec<String>,
    places: Vec<(String, i32, i32)>,
    days: Vec<String>,
}

impl World {
    fn new() -> Self {
        let mut dice = Dice(0x00A1_1A15);
        let first = NaiveDate::from_ymd_opt(1985, 1, 1).expect("a date");
        let days = (0..14_600).map_while(|day| first.checked_add_days(Days::new(day)));
        Self {
            words: (0..WORDS).map(|rank| dice.word(2 + rank % 2)).collect(),
            actors: (0..ACTORS).map(|_| format!("{} {}", dice.name(2), dice.name(3))).collect(),
            places: (0..PLACES)
                .map(|_| (dice.name(3), dice.below(1_200_000) as i32, dice.below(3_000_000) as i32))
                .collect(),
            days: days.map(|day| day.to_string()).collect(),
        }
    }
}

/// One row's cells.
#[derive(Default)]
struct Row<'a> {
    number: u64,
    date: String,
    end: &'a str,
    title: String,
    summary: String,
    actors: Vec<&'a str>,
    parties: Vec<&'a str>,
    place: &'a str,
    degrees: [String; 2],
    kind: &'a str,
    source: &'a str,
    url: String,
}

/// Writes a table twice, as CSV and as JSON Lines; each appears under its name only when it is whole.
pub fn write(rows: u64, csv: &Path, jsonl: &Path) -> io::Result<()> {
    let unfinished = [csv.with_extension("unfinished-csv"), jsonl.with_extension("unfinished-jsonl")];
    let create = |file: &Path| Ok::<_, io::Error>(BufWriter::with_capacity(1 << 20, File::create(file)?));
    let (mut table, mut lines) = (create(&unfinished[0])?, create(&unfinished[1])?);
    let world = World::new();
    let mut dice = Dice(0x5EED_0001);
    table.write_all(HEADER.as_bytes())?;
    for number in 0..rows {
        let row = row(number, rows, &world, &mut dice);
        write_csv(&mut table, &row)?;
        write_json(&mut lines, &row)?;
    }
    for (writer, (from, to)) in [table, lines].into_iter().zip(unfinished.iter().zip([csv, jsonl])) {
        writer.into_inner()?.sync_all()?;
        fs::rename(from, to)?;
    }
    Ok(())
}

fn row<'a>(number: u64, rows: u64, world: &'a World, dice: &mut Dice) -> Row<'a> {
    // The days go up with the rows, but for a few that are reported late.
    let day = (number * (world.days.len() as u64 - 100) / rows) as usize;
    let day = day.saturating_sub(dice.below(4));
    let (date, end) = dates(day, world, dice);
    let title = title(world, dice);
    let place = dice.low(PLACES);
    let (place, north, east) = &world.places[place];
    let degrees = [north - 300_000, east - 1_500_000].map(|degree| {
        let degree = degree + dice.below(1_000) as i32;
        let sign = if degree < 0 { "-" } else { "" };
        format!("{sign}{}.{:04}", degree.abs() / 10_000, degree.abs() % 10_000)
    });
    let slug: String = title.chars().filter(|char| char.is_ascii_alphabetic() || *char == ' ').collect();
    let slug: Vec<&str> = slug.split_whitespace().take(2).collect();
    let month = world.days[day].get(..7).unwrap_or_default().replace('-', "/");
    Row {
        number,
        date,
        end,
        summary: summary(number, rows, world, dice),
        actors: actors(world, dice),
        parties: some(1 + dice.below(3), || dice.of(&PARTIES)),
        place,
        degrees,
        kind: dice.of(&KINDS),
        source: dice.of(&SOURCES),
        url: format!("https://archive.example/{month}/{}-{number}", slug.join("-").to_lowercase()),
        title,
    }
}

/// A date, exact to the year, the month, the day or the minute, or with an end, in the same cell or its own.
fn dates<'a>(day: usize, world: &'a World, dice: &mut Dice) -> (String, &'a str) {
    let date = world.days[day].as_str();
    let end = &world.days[day + 1 + dice.below(60)];
    match dice.below(100) {
        0..2 => (date.get(..4).unwrap_or_default().to_owned(), ""),
        2..7 => (date.get(..7).unwrap_or_default().to_owned(), ""),
        7..17 => (format!("{date}T{:02}:{:02}", dice.below(24), dice.below(60)), ""),
        17 => (format!("{date}/{end}"), ""),
        18 => (date.to_owned(), end),
        _ => (date.to_owned(), ""),
    }
}

fn title(world: &World, dice: &mut Dice) -> String {
    let mut title = sentence(8 + dice.below(6), world, dice);
    if dice.one_in(8) {
        title.push_str(", it is said");
    }
    if dice.one_in(12) {
        title = format!("“{title}”, or \"so to say\"");
    }
    title
}

fn summary(number: u64, rows: u64, world: &World, dice: &mut Dice) -> String {
    let mut summary = String::new();
    for part in 0..3 {
        if part > 0 {
            summary.push_str(", ");
        }
        summary.push_str(&sentence(9 + dice.below(8), world, dice));
        for (word, here) in [(RARE, number % RARE_EVERY == 17), (UNIQUE, number == rows / 10 * 9)] {
            if part == 1 && here {
                summary.push(' ');
                summary.push_str(word);
            }
        }
    }
    summary.push('.');
    summary
}

fn sentence(words: usize, world: &World, dice: &mut Dice) -> String {
    let mut sentence = capital(&world.words[dice.low(WORDS)]);
    for _ in 1..words {
        sentence.push(' ');
        let common = dice.below(5) < 2;
        sentence.push_str(if common { dice.of(&COMMON) } else { &world.words[dice.low(WORDS)] });
    }
    sentence
}

fn actors<'a>(world: &'a World, dice: &mut Dice) -> Vec<&'a str> {
    let count = 1 + dice.below(4);
    let mut actors = some(count, || world.actors[dice.low(ACTORS)].as_str());
    if dice.one_in(25) {
        actors[count / 2] = FREQUENT;
    }
    actors
}

/// So many different values.
fn some<'a>(count: usize, mut value: impl FnMut() -> &'a str) -> Vec<&'a str> {
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let next = value();
        if !all.contains(&next) {
            all.push(next);
        }
    }
    all
}

fn write_csv(out: &mut impl Write, row: &Row<'_>) -> io::Result<()> {
    let Row { date, end, place, kind, source, url, degrees: [north, east], .. } = row;
    let (title, summary) = (quoted(&row.title), quoted(&row.summary));
    let (actors, parties) = (row.actors.join(";"), row.parties.join(";"));
    write!(out, "E{:08},{date},{end},{title},{summary},{actors},{parties},", row.number)?;
    writeln!(out, "{place},{north},{east},{kind},{source},{url}")
}

/// A cell, in quotes where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn write_json(out: &mut impl Write, row: &Row<'_>) -> io::Result<()> {
    let string = |text: &str| format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""));
    let array = |all: &[&str]| all.iter().map(|text| string(text)).collect::<Vec<_>>().join(",");
    let Row { date, place, kind, source, url, degrees: [north, east], .. } = row;
    write!(out, r#"{{"id":"E{:08}","date":"{date}","#, row.number)?;
    if !row.end.is_empty() {
        write!(out, r#""end":"{}","#, row.end)?;
    }
    write!(out, r#""title":{},"summary":{},"#, string(&row.title), string(&row.summary))?;
    write!(out, r#""actors":[{}],"parties":[{}],"#, array(&row.actors), array(&row.parties))?;
    write!(out, r#""place":"{place}","lat":{north},"lon":{east},"kind":"{kind}","#)?;
    writeln!(out, r#""source":"{source}","url":"{url}"}}"#)
}
