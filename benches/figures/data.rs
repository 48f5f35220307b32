//! The tables that are measured, and what an independent reader finds in them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::generate;

/// An actor of about every 25th row.
pub const FREQUENT: &str = "Halden Marovic";
/// A word of one row in ten thousand.
pub const RARE: &str = "quorvax";
/// A word of one row, at nine tenths of the table.
pub const UNIQUE: &str = "xylothrene";

/// How many of the first rows are remembered.
const FIRST: usize = 200;
/// So many of their titles make a first screen.
const ENOUGH: usize = 5;

/// How many rows a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    /// As it is named in the files' names and as an argument.
    pub name: &'static str,
    /// How many rows.
    pub rows: u64,
}

/// All sizes.
pub const SIZES: [Size; 4] = [
    Size { name: "10k", rows: 10_000 },
    Size { name: "100k", rows: 100_000 },
    Size { name: "1m", rows: 1_000_000 },
    Size { name: "10m", rows: 10_000_000 },
];

/// One table.
pub struct Table {
    /// How large it is.
    pub size: Size,
    /// As CSV.
    pub csv: PathBuf,
    /// The same as JSON Lines.
    pub jsonl: PathBuf,
    // The beginnings of the titles of its first rows.
    first: Vec<String>,
    /// The beginning of the title of the row with the unique word.
    pub unique: String,
    /// How many rows have the rare word.
    pub rare: u64,
    /// Actors and in how many rows they are, the most frequent first.
    pub actors: Vec<(String, u64)>,
    /// Kinds and in how many rows they are, the most frequent first.
    pub kinds: Vec<(String, u64)>,
}

impl Table {
    /// Finds a table, or makes it; reads it once with another reader than the program's.
    pub fn get(size: Size) -> io::Result<Self> {
        let ready = env::var_os("ANNALS_BENCH_DIR").map(PathBuf::from);
        let folder = ready.clone().unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables-1"));
        let [csv, jsonl] =
            ["csv", "jsonl"].map(|ending| folder.join(format!("events-{}.{ending}", size.name)));
        if ready.is_none() && !(csv.exists() && jsonl.exists()) {
            eprintln!("making {} rows in {}", size.rows, folder.display());
            fs::create_dir_all(&folder)?;
            generate::write(size.rows, &csv, &jsonl)?;
        }
        let mut table = Self {
            size,
            csv,
            jsonl,
            first: Vec::new(),
            unique: String::new(),
            rare: 0,
            actors: Vec::new(),
            kinds: Vec::new(),
        };
        table.survey()?;
        Ok(table)
    }

    fn survey(&mut self) -> io::Result<()> {
        let mut reader = csv::Reader::from_path(&self.csv)?;
        let column: HashMap<String, usize> =
            reader.headers()?.iter().enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
        let [title, summary, actors, kind] = ["title", "summary", "actors", "kind"]
            .map(|name| column.get(name).copied().unwrap_or(usize::MAX));
        let (mut by_actor, mut by_kind) = (HashMap::new(), HashMap::new());
        let mut row = csv::StringRecord::new();
        let mut rows = 0;
        while reader.read_record(&mut row)? {
            rows += 1;
            let cell = |column: usize| row.get(column).unwrap_or_default();
            let beginning = || cell(title).chars().take(20).collect::<String>();
            if self.first.len() < FIRST {
                self.first.push(beginning());
            }
            if cell(summary).contains(RARE) {
                self.rare += 1;
            }
            if cell(summary).contains(UNIQUE) {
                self.unique = beginning();
            }
            for actor in cell(actors).split(';') {
                tally(&mut by_actor, actor);
            }
            tally(&mut by_kind, cell(kind));
        }
        if rows != self.size.rows {
            return Err(io::Error::other(format!("{} has {rows} rows", self.csv.display())));
        }
        self.actors = ranked(by_actor);
        self.kinds = ranked(by_kind);
        Ok(())
    }

    /// Whether a screen shows the beginning of the table.
    pub fn is_begun_on(&self, screen: &str) -> bool {
        self.first.iter().filter(|title| screen.contains(title.as_str())).count() >= ENOUGH
    }

    /// How many rows the frequent actor is in.
    pub fn frequent(&self) -> u64 {
        self.actors.iter().find(|(name, _)| name == FREQUENT).map_or(0, |(_, rows)| *rows)
    }
}

fn tally(counts: &mut HashMap<String, u64>, value: &str) {
    if let Some(count) = counts.get_mut(value) {
        *count += 1;
    } else {
        counts.insert(value.to_owned(), 1);
    }
}

fn ranked(counts: HashMap<String, u64>) -> Vec<(String, u64)> {
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|(a, less), (b, more)| more.cmp(less).then_with(|| a.cmp(b)));
    ranked
}
