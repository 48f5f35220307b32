//! The command line: which words it takes. What they do is in [`commands`](crate::commands).

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::formats::table::{Mapping, map_option};
use crate::formats::{FORMATS, VIEWS};
use crate::query::Dimension;

/// Chronologies in the terminal: events that say when, who, where, and on whose word.
///
/// A SOURCE is a file, or `-` for standard input; without one it is the chronology that is built in. Several are
/// opened as layers of one.
#[derive(Clone, Debug, Parser)]
#[command(name = "annals", version, max_term_width = 100, after_help = EXAMPLES)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Cli {
    /// What to do; nothing: open the browser.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What the browser opens.
    #[command(flatten)]
    pub open: Open,
    /// Colours and marks.
    #[command(flatten)]
    pub show: Show,
}

/// What `annals --help` ends with.
const EXAMPLES: &str = "\
Examples:
  annals                                 browse the built-in chronology
  annals mine.toml other.json            browse two chronologies as layers
  annals | cat                           print the listing
  annals export --filter 'party:iran-aligned since:2023-10' --format md
  annals export mine.toml --format csv --format ics -o talks
  annals count --by year
  annals check mine.toml
  annals dates article.txt --published 2024-01-27";

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Write the events that match to a file, in one format or several
    Export(Export),
    /// Count events, by what they have in common or by when they begin
    Count(Count),
    /// List everything that is wrong in a chronology
    Check(Check),
    /// List every expression of time in texts, with what it says and why
    Dates(Dates),
    /// Propose a chronology of an article: its events, dated, with their actors and their words
    Draft(Draft),
    /// Print a script that makes a shell complete annals' words
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// What is read.
#[derive(Args, Clone, Debug, Default)]
pub struct Input {
    /// Files to open, or - for standard input [default: the built-in chronology]
    #[arg(value_name = "SOURCE", value_hint = ValueHint::FilePath)]
    pub sources: Vec<OsString>,
    /// The format of what is read [default: by the ending, then by how it begins]
    #[arg(long, value_name = "FORMAT", value_parser = readable())]
    pub from: Option<String>,
    /// Read a table's column as a key of events, as in date=Zeitpunkt; a column is a name or a number from 1
    #[arg(long = "map", value_name = "KEY=COLUMN", value_parser = map_option)]
    pub mappings: Vec<Mapping>,
    /// Neither use nor keep an index of large tables, which makes the second opening of one immediate
    #[arg(long)]
    pub no_cache: bool,
}

/// Which events, in which order.
#[derive(Args, Clone, Debug, Default)]
pub struct Choice {
    /// Only events that this query matches
    #[arg(long, value_name = "Q", allow_hyphen_values = true)]
    pub filter: Option<String>,
    /// The day that words like "last August" count from
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub today: Option<String>,
    /// Newest first; undated events are still last
    #[arg(long)]
    pub reverse: bool,
}

/// How it looks.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Show {
    /// When to use colours in the browser; what is printed or written has none [default: auto]
    #[arg(long, value_name = "WHEN", global = true)]
    pub color: Option<Color>,
    /// What the browser's colours are chosen for [default: the terminal's background]
    #[arg(long, value_name = "NAME", global = true)]
    pub theme: Option<Theme>,
    /// Use only ASCII for lines and marks
    #[arg(long, global = true)]
    pub ascii: bool,
}

/// What colours are chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// The background that the terminal says it has
    Auto,
    /// A dark background
    Dark,
    /// A light background
    Light,
    /// White on black
    HighContrast,
    /// No colours
    Mono,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// `annals`
#[derive(Args, Clone, Debug, Default)]
pub struct Open {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// Which events.
    #[command(flatten)]
    pub choice: Choice,
    /// Where to start in the browser
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// The view to start with in the browser [default: timeline]
    #[arg(long, value_name = "NAME")]
    pub view: Option<View>,
    /// Do not read the configuration
    #[arg(long)]
    pub no_config: bool,
    /// How the browser goes about it.
    #[command(flatten)]
    pub manner: Manner,
    /// What to print instead.
    #[command(flatten)]
    pub print: Print,
}

/// How the browser goes about it.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Manner {
    /// Show files as they are now, whatever becomes of them: by default what is added to them is shown, and files
    /// that are edited are read again
    #[arg(long)]
    pub no_watch: bool,
    /// Begin anew, not where you were the last time
    #[arg(long)]
    pub fresh: bool,
    /// Say everything in lines, one below the other, for screen readers and terminals without a screen
    #[arg(long)]
    pub linear: bool,
}

/// What is printed of the configuration, instead of opening anything.
#[derive(Args, Clone, Copy, Debug, Default)]
#[group(multiple = false)]
pub struct Print {
    /// Print a configuration with every key and its default, all commented out, and end
    #[arg(long)]
    pub print_config: bool,
    /// Print what each key does where, as it is configured, and end
    #[arg(long)]
    pub print_keys: bool,
    /// Print where the configuration and other files of annals are, and end
    #[arg(long)]
    pub print_paths: bool,
}

/// What the browser's middle pane can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// Events one below the other
    Timeline,
    /// Who did what in parallel
    Lanes,
    /// What the documents say
    Source,
    /// Who or what against when, in numbers
    Matrix,
    /// Where it happened
    Map,
}

/// `annals export`
#[derive(Args, Clone, Debug, Default)]
pub struct Export {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// Which events.
    #[command(flatten)]
    pub choice: Choice,
    /// The format to write; several: repeat it, with -o [default: by FILE's ending]
    #[arg(long = "format", value_name = "F", value_parser = writable())]
    pub formats: Vec<String>,
    /// Draw the events as this view does, as txt or svg, rather than write them out
    #[arg(long, value_name = "VIEW", value_parser = drawable())]
    pub view: Option<String>,
    /// What the lanes or rows of a view are by [default: of lanes actors under their parties, of the matrix parties]
    #[arg(long, value_name = "WHAT", value_parser = dimensions(), requires = "view")]
    pub by: Option<Dimension>,
    /// Columns of a listing or of a view in txt, from 20 on [default: 80, of a view 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub width: Option<u16>,
    /// The file to write, replaced at once or not at all; several formats: NAME becomes NAME.csv, NAME.ics
    /// [default: standard output]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Write your marks and notes with the events: a mark as the tag `marked`, a note behind that of the event
    #[arg(long)]
    pub notes: bool,
    /// CSV: write cells that a spreadsheet may run as formulas as they are
    #[arg(long)]
    pub raw: bool,
    /// CSV: begin with a byte order mark, which some spreadsheets need
    #[arg(long)]
    pub bom: bool,
}

/// `annals count`
#[derive(Args, Clone, Debug, Default)]
pub struct Count {
    /// What is read.
    #[command(flatten)]
    pub input: Input,
    /// Which events.
    #[command(flatten)]
    pub choice: Choice,
    /// What to count by; dates count where an event begins, in UTC, and no finer than is known
    #[arg(long, value_name = "WHAT")]
    pub by: Option<By>,
    /// How to print it
    #[arg(long, default_value = "table")]
    pub format: CountFormat,
}

/// What events are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Who acts, with the wholes they are part of
    Actor,
    /// The side they stand on
    Party,
    /// talks, attack, statement, ...
    Kind,
    /// Where
    Place,
    /// The year an event begins in
    Year,
    /// The month an event begins in
    Month,
    /// The day an event begins on
    Day,
}

impl By {
    /// The dimension, where it is not a date.
    pub const fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Actor => Some(Dimension::Actor),
            Self::Party => Some(Dimension::Party),
            Self::Kind => Some(Dimension::Kind),
            Self::Place => Some(Dimension::Place),
            Self::Year | Self::Month | Self::Day => None,
        }
    }
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CountFormat {
    /// Aligned columns
    #[default]
    Table,
    /// One JSON object a line
    Jsonl,
}

/// `annals check`
#[derive(Args, Clone, Debug, Default)]
pub struct Check {
    /// Files to check, or - for standard input
    #[arg(value_name = "SOURCE", required = true, value_hint = ValueHint::FilePath)]
    pub sources: Vec<OsString>,
    /// The format of what is read [default: by the ending, then by how it begins]
    #[arg(long, value_name = "FORMAT", value_parser = readable())]
    pub from: Option<String>,
    /// Read a table's column as a key of events, as in date=Zeitpunkt; a column is a name or a number from 1
    #[arg(long = "map", value_name = "KEY=COLUMN", value_parser = map_option)]
    pub mappings: Vec<Mapping>,
    /// Write offsets of quotes and hashes of documents where they are missing or wrong; nothing else changes
    #[arg(long)]
    pub fix: bool,
    /// Exit with 1 for warnings too
    #[arg(long)]
    pub strict: bool,
}

/// `annals dates`
#[derive(Args, Clone, Debug, Default)]
pub struct Dates {
    /// Texts to read, in English, or - for standard input
    #[arg(value_name = "TEXT", required = true, value_hint = ValueHint::FilePath)]
    pub texts: Vec<OsString>,
    /// The day of publication, which words like "Thursday" count from [default: what the text says of itself]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub published: Option<String>,
    /// Read as news, where dates count from the publication [default: decided from the text]
    #[arg(long)]
    pub news: bool,
    /// Read as a history, where dates count from the ones named before
    #[arg(long, conflicts_with = "news")]
    pub narrative: bool,
    /// How to print it
    #[arg(long, default_value = "table")]
    pub format: CountFormat,
}

/// `annals draft`
#[derive(Args, Clone, Debug, Default)]
#[command(after_help = DRAFT_EXAMPLES)]
pub struct Draft {
    /// Articles in plain text, or - for standard input
    #[arg(value_name = "TEXT", required = true, value_hint = ValueHint::FilePath)]
    pub texts: Vec<OsString>,
    /// When they were published: what "Thursday" and "last August" count from [default: as the text says]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub published: Option<String>,
    /// The file to write, which must not be there yet [default: standard output]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Add what is proposed to this chronology in TOML, whose actors and places it reuses; the result goes to -o or
    /// to standard output, and FILE itself changes only where -o names it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub into: Option<PathBuf>,
    /// Actors to know by name: TOML with a table named actors for each, of name, aliases, kind, party
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub actors: Option<PathBuf>,
    /// Open what is proposed in the browser, beside its passages; without -o it asks for a name when it is saved
    #[arg(long)]
    pub review: bool,
}

/// What `annals draft --help` ends with.
const DRAFT_EXAMPLES: &str = "\
Examples:
  annals draft article.txt --published 2024-01-27 -o draft.toml
  annals draft one.txt two.txt --into mine.toml -o new.toml
  pdftotext report.pdf - | annals draft - --published 2024-01-27";

/// The names of the formats that can be read.
fn readable() -> PossibleValuesParser {
    FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.name).collect::<Vec<_>>().into()
}

/// The names of the formats that can be written.
fn writable() -> PossibleValuesParser {
    let mut names: Vec<&str> =
        FORMATS.iter().filter(|format| format.write.is_some()).map(|format| format.name).collect();
    let drawn = VIEWS.iter().flat_map(|view| view.formats).map(|format| format.name);
    for name in drawn {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.into()
}

/// What the lanes or rows of a view are by.
fn dimensions() -> impl TypedValueParser<Value = Dimension> {
    let of = |name: &str| Dimension::SHARED.iter().copied().find(|dimension| dimension.field() == name);
    let names: Vec<&str> = Dimension::SHARED.iter().map(|dimension| dimension.field()).collect();
    PossibleValuesParser::from(names).map(move |name| of(&name).unwrap_or(Dimension::Actor))
}

/// The views that can be written.
fn drawable() -> PossibleValuesParser {
    VIEWS.iter().map(|view| view.name).collect::<Vec<_>>().into()
}
