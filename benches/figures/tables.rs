//! The goals for large tables, measured on the program as a reader has it.

use std::path::Path;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use crate::browser::{ANNALS, Browser, QUIET, counts_hits, event};
use crate::data::{RARE, Size, Table, UNIQUE};
use crate::limits;
use crate::process::{Process, run};
use crate::report::{Goal, Line, Report};
use crate::table::Unit;
use crate::views::{self, VIEWS};

const FIRST: Line = Line::milliseconds("G1 start to first rows on the screen", 0.95);
const KNOWN: Line = Line::milliseconds("G2 start to all rows indexed, in the browser", 0.95);
const COUNT: Line = Line::milliseconds("G2 annals count FILE, all of it", 0.95);
const READ: Line = Line::milliseconds("   limit: reading the file, 1 thread", 0.95);
const READ_ALL: Line = Line::milliseconds("   limit: reading the file, all cores", 0.95);
const LINES: Line = Line::milliseconds("   limit: reading and counting line feeds, all cores", 0.95);
const CAT: Line = Line::milliseconds("   cat FILE, where there is one", 0.95);
const COUNTED: Line = Line::milliseconds("G3 facet filter: key to the count on the screen", 0.99);
const FILTER: Line = Line::milliseconds("G3 facet filter: key to the last byte of all", 0.99);
const SEARCH: Line = Line::milliseconds("G4 search: key to all hits counted", 0.95);
const HIT: Line = Line::milliseconds("G4 search: key to the nearest hit on the screen", 0.95);
const FAR_HIT: Line = Line::milliseconds("G4 search: key to the only hit, at 90 %, on the screen", 0.95);
const CANCEL: Line = Line::milliseconds("G4 search: Esc to the last byte", 0.95);
const WASTE: Line = Line::milliseconds("G4 search: time on processors after Esc", 0.95);
const LITERAL: Line = Line::milliseconds("   limit: reading and finding the literal, all cores", 0.95);
const RG: Line = Line::milliseconds("   rg -c of the literal, where there is one", 0.95);
const ROW: Line = Line::milliseconds("G5 row key to its last byte", 0.99);
const PAGE: Line = Line::milliseconds("G5 page key to its last byte", 0.99);
const ZOOM: Line = Line::milliseconds("G5 zoom key to its last byte", 0.99);
const WHILE_LOADING: Line = Line::milliseconds("G5 row key to its event, while loading", 0.99);
const WHILE_SEARCHING: Line = Line::milliseconds("G5 row key to its event, while searching", 0.99);
const ROW_BYTES: Line = Line::of("G6 bytes for a row key", Unit::Bytes);
const PAGE_BYTES: Line = Line::of("G6 bytes for a page key", Unit::Bytes);
const IDLE_BYTES: Line = Line::of("G6 bytes in 2 s without a key", Unit::Bytes);
const IDLE_SHARE: Line = Line::of("G6 share of a processor in 2 s without a key, %", Unit::Percent);
const PEAK: Line = Line::of("G7 peak memory after loading", Unit::Mebibytes);
const PEAK_USED: Line = Line::of("G7 peak memory after all of this", Unit::Mebibytes);
const ANONYMOUS: Line = Line::of("G7 memory that is no file's, after loading", Unit::Mebibytes);
const PER_ROW: Line = Line::of("G7 bytes per row, against the smaller size", Unit::Bytes);
const AGAIN: Line = Line::milliseconds("G8 second opening: start to all rows indexed", 0.95);
const LINES_FIRST: Line = Line::milliseconds("G9 JSON Lines: start to first rows on the screen", 0.95);
const LINES_KNOWN: Line = Line::milliseconds("G9 JSON Lines: start to all rows indexed", 0.95);
const EXPORTS: [(&str, Line); 3] = [
    ("csv", Line::milliseconds("   annals export to CSV, with the index", 0.95)),
    ("jsonl", Line::milliseconds("   annals export to JSON Lines, with the index", 0.95)),
    ("md", Line::milliseconds("   annals export to Markdown, with the index", 0.95)),
];
const EXPORT_PEAK: Line = Line::of("   peak memory of an export", Unit::Mebibytes);
const COPY: Line = Line::milliseconds("   limit: copying the exported CSV to the disk, 1 thread", 0.95);
const GROWTH: [(Line, Line); 5] = [
    (Line::of("G10 rows indexed: times the smaller size", Unit::Ratio), KNOWN),
    (Line::of("G10 search: times the smaller size", Unit::Ratio), SEARCH),
    (Line::of("G10 facet filter: times the smaller size", Unit::Ratio), FILTER),
    (Line::of("G10 row key: times the smaller size", Unit::Ratio), ROW),
    (Line::of("G10 page key: times the smaller size", Unit::Ratio), PAGE),
];

/// Ctrl-G, which does what Esc does.
const CLOSE: &str = "\x07";
/// Presses of a key in each direction.
const PRESSES: usize = 60;
/// The largest table that is exported.
const MOST_EXPORTED: u64 = 1_000_000;
/// How long nothing is done, for what idleness costs.
const IDLE: Duration = Duration::from_secs(2);

/// Measures tables of these sizes, smallest first.
pub fn report(sizes: &[Size], runs: usize) -> std::io::Result<Report> {
    let mut report = Report::default();
    let mut smaller: Option<Size> = None;
    for size in sizes {
        eprintln!("measuring {} rows", size.rows);
        let table = Table::get(*size)?;
        let mut bench = Bench { table: &table, report: &mut report, runs: runs.min(10) };
        // Ten million take minutes: what goes on is said.
        eprintln!("  loading");
        bench.loading();
        eprintln!("  limits");
        bench.limits();
        eprintln!("  keys, filters, searches");
        bench.using();
        eprintln!("  opening again");
        bench.reopening();
        eprintln!("  exporting");
        bench.exporting();
        if let Some(smaller) = smaller {
            bench.growing(smaller);
        }
        smaller = Some(*size);
    }
    Ok(report)
}

/// One table being measured.
struct Bench<'a> {
    table: &'a Table,
    report: &'a mut Report,
    runs: usize,
}

impl Bench<'_> {
    fn add(&mut self, line: Line, goal: Goal, figures: Vec<f64>) {
        self.report.add(line, self.table.size, goal, figures);
    }

    /// G1, G2 and G9: from the start to the first rows and to the last one.
    fn loading(&mut self) {
        let (rows, table) = (self.table.size.rows, self.table);
        let starts = if rows < 1_000_000 { self.runs * 2 } else { self.runs };
        let firsts = |file: &Path| (0..starts).map(|_| Browser::open(file).first_rows(table)).collect();
        let loads =
            |file: &Path| (0..self.runs.min(5)).map(|_| Browser::open(file).all_known(rows)).collect();
        let (first, known) = (firsts(&table.csv), loads(&table.csv));
        let (lines_first, lines_known) = (firsts(&table.jsonl), loads(&table.jsonl));
        self.add(FIRST, Goal::High(40.0), first);
        self.add(KNOWN, Goal::None, known);
        self.add(LINES_FIRST, Goal::High(40.0), lines_first);
        let goal = if rows == 1_000_000 { Goal::Median(700.0) } else { Goal::None };
        self.add(LINES_KNOWN, goal, lines_known);
        let file = table.csv.display().to_string();
        let counts = (0..self.runs.min(5)).filter_map(|_| {
            let cache = tempfile::tempdir().ok()?;
            let run = run(ANNALS, &["count", &file], &[("XDG_CACHE_HOME", cache.path().as_os_str())])?;
            assert_eq!(run.output.trim(), rows.to_string(), "annals count {file}");
            Some(run.time)
        });
        let counts = counts.collect();
        self.add(COUNT, Goal::None, counts);
    }

    /// What bounds all of this, and two programs that nearly everybody has.
    fn limits(&mut self) {
        let runs = self.runs.min(5);
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let csv = self.table.csv.as_path();
        self.add(READ, Goal::None, limits::reading(csv, 1, runs));
        self.add(READ_ALL, Goal::None, limits::reading(csv, cores, runs));
        self.add(LINES, Goal::None, limits::lines(csv, cores, runs));
        self.add(LITERAL, Goal::None, limits::literal(csv, UNIQUE, cores, runs));
        let file = csv.display().to_string();
        let times = |command: &[&str]| {
            let (program, arguments) = command.split_first().expect("a command");
            (0..runs).filter_map(|_| run(program, arguments, &[])).map(|run| run.time).collect()
        };
        self.add(CAT, Goal::None, times(&["sh", "-c", "cat \"$0\" > /dev/null", &file]));
        self.add(RG, Goal::None, times(&["rg", "-c", UNIQUE, &file]));
    }

    /// G3 to G7, in one browser.
    fn using(&mut self) {
        let (rows, table) = (self.table.size.rows, self.table);
        let mut browser = Browser::open(&table.csv);
        browser.first_rows(table);
        let live =
            presses_until(&mut browser, |browser| browser.status().is_some_and(|status| status.is(rows)));
        self.add(WHILE_LOADING, Goal::High(16.0), live);
        browser.all_known(rows);
        browser.settle();
        let process = browser.terminal.process();
        self.memory(process);
        self.keys(&mut browser);
        self.views(&mut browser);
        self.idleness(&mut browser);
        self.filters(&mut browser);
        self.searches(&mut browser);
        self.add(PEAK_USED, Goal::Median(allowance(self.table.size)), process.peak().into_iter().collect());
    }

    fn memory(&mut self, process: Process) {
        let size = self.table.size;
        self.add(PEAK, Goal::Median(allowance(size)), process.peak().into_iter().collect());
        self.add(ANONYMOUS, Goal::Median(allowance(size)), process.anonymous().into_iter().collect());
    }

    fn keys(&mut self, browser: &mut Browser) {
        browser.press("g");
        let pairs = [
            (ROW, Goal::Both(2.5, 10.0), Some((ROW_BYTES, 1000.0)), ["j", "k"]),
            (PAGE, Goal::Both(2.5, 10.0), Some((PAGE_BYTES, 11_000.0)), ["\x1b[6~", "\x1b[5~"]),
            (ZOOM, Goal::Median(5.0), None, ["+", "-"]),
        ];
        for (line, goal, bytes, keys) in pairs {
            let mut figures = Vec::new();
            for key in keys {
                // Zooming comes to an end; the other keys go on.
                let presses = if line.name == ZOOM.name { PRESSES / 6 } else { PRESSES };
                figures.extend((0..presses).map(|_| browser.press(key)));
            }
            let (times, sizes) = figures.into_iter().unzip();
            self.add(line, goal, times);
            if let Some((line, most)) = bytes {
                self.add(line, Goal::Median(most), sizes);
            }
        }
        browser.press("0");
    }

    /// Keys in each of the views.
    fn views(&mut self, browser: &mut Browser) {
        for view in VIEWS {
            let (shown, times, bytes) = views::presses(browser, view, PRESSES / 6);
            self.add(view.shown, Goal::None, vec![shown]);
            self.add(view.time, Goal::None, times);
            self.add(view.bytes, Goal::None, bytes);
        }
        browser.press("1");
        browser.press("g");
    }

    fn idleness(&mut self, browser: &mut Browser) {
        browser.terminal.send("");
        let before = browser.terminal.process().busy();
        let _ = browser.terminal.within(IDLE, |_| false);
        let busy = browser.terminal.process().busy() - before;
        self.add(IDLE_BYTES, Goal::Median(0.0), vec![browser.terminal.bytes() as f64]);
        self.add(IDLE_SHARE, Goal::Median(0.2), vec![busy / IDLE.as_secs_f64() / 10.0]);
    }

    /// G3: the last character of a filter that is otherwise typed.
    fn filters(&mut self, browser: &mut Browser) {
        let actors =
            self.table.actors.iter().take(30).map(|(name, rows)| (format!("actor:\"{name}\""), *rows));
        let kinds = self.table.kinds.iter().map(|(name, rows)| (format!("kind:\"{name}\""), *rows));
        let filters: Vec<(String, u64)> = actors.chain(kinds).collect();
        let mut counted = Vec::new();
        let times = filters.iter().map(|(filter, rows)| {
            let (typed, last) = filter.split_at(filter.len() - 1);
            browser.press("f");
            browser.press(typed);
            browser.terminal.send(last);
            counted.push(browser.all_known(*rows));
            let time = browser.terminal.until_quiet(QUIET);
            browser.press(CLOSE);
            time
        });
        let times = times.collect();
        self.add(COUNTED, Goal::None, counted);
        let most = if self.table.size.rows > 1_000_000 { 33.0 } else { 16.0 };
        self.add(FILTER, Goal::High(most), times);
    }

    /// G4 and what moves meanwhile: words pasted into the search, each for the first time.
    fn searches(&mut self, browser: &mut Browser) {
        let runs = self.runs.min(3);
        let (mut near, mut far, mut counted) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..runs {
            let mut fresh = Browser::open(&self.table.csv);
            fresh.all_known(self.table.size.rows);
            fresh.settle();
            let (seen, all) = search(&mut fresh, UNIQUE, &self.table.unique, 1);
            far.push(seen);
            counted.push(all);
            let (seen, all) = search(&mut fresh, RARE, RARE, self.table.rare);
            near.push(seen);
            counted.push(all);
        }
        let rg = self.report.median(RG, self.table.size);
        self.add(HIT, Goal::Median(50.0), near);
        self.add(FAR_HIT, Goal::None, far);
        self.add(SEARCH, rg.map_or(Goal::None, Goal::Median), counted);
        let (mut cancel, mut waste) = (Vec::new(), Vec::new());
        for run in 0..runs {
            browser.press("/");
            browser.terminal.send(pasted(&rare_pattern(run)));
            let _ = browser.terminal.within(Duration::from_millis(40), |_| false);
            let before = browser.terminal.process().busy();
            cancel.push(browser.press(CLOSE).0);
            browser.settle();
            waste.push(browser.terminal.process().busy() - before);
        }
        self.add(CANCEL, Goal::High(50.0), cancel);
        self.add(WASTE, Goal::None, waste);
        browser.press("/");
        browser.terminal.send(format!("{}\r", pasted(&rare_pattern(runs))));
        let live = presses_until(browser, |browser| counts_hits(browser.terminal.screen(), 0));
        self.add(WHILE_SEARCHING, Goal::High(16.0), live);
        browser.press(CLOSE);
    }

    /// G8: with what the first opening left in the cache.
    fn reopening(&mut self) {
        let rows = self.table.size.rows;
        let cache = Rc::new(tempfile::tempdir().expect("a folder"));
        let again = |_| {
            let mut browser = Browser::reopen(&self.table.csv, &cache);
            let time = browser.all_known(rows);
            browser.settle();
            browser.press("q");
            time
        };
        let times = (0..=self.runs.min(5)).map(again).skip(1).collect();
        self.add(AGAIN, Goal::Median(100.0), times);
    }

    /// All rows written to a file, and the same bytes copied; not of the largest table, for which that takes long and
    /// many times its room.
    fn exporting(&mut self) {
        if self.table.size.rows > MOST_EXPORTED {
            return;
        }
        let folder =
            tempfile::tempdir_in(self.table.csv.parent().unwrap_or(Path::new("."))).expect("a folder");
        let cache = [("XDG_CACHE_HOME", folder.path().as_os_str())];
        let (file, runs) = (self.table.csv.display().to_string(), self.runs.min(3));
        let out = |ending: &str| folder.path().join(format!("out.{ending}")).display().to_string();
        // Leaves the index.
        let _ = run(ANNALS, &["count", &file], &cache);
        let mut peaks = Vec::new();
        for (ending, line) in EXPORTS {
            let export = |_| run(ANNALS, &["export", &file, "-o", &out(ending)], &cache);
            let exports: Vec<_> = (0..runs).filter_map(export).collect();
            peaks.extend(exports.iter().map(|export| export.peak));
            // Five microseconds a row.
            let goal =
                if ending == "md" { Goal::None } else { Goal::Median(self.table.size.rows as f64 * 0.005) };
            self.add(line, goal, exports.iter().map(|export| export.time).collect());
        }
        self.add(EXPORT_PEAK, Goal::Median(allowance(self.table.size)), peaks);
        let (from, to) = (format!("if={}", out("csv")), format!("of={}", out("copy")));
        let copy = |_| run("dd", &[&from, &to, "bs=1M", "conv=fsync"], &[]);
        self.add(COPY, Goal::None, (0..runs).filter_map(copy).map(|run| run.time).collect());
    }

    /// G10, and the memory that each row more takes.
    fn growing(&mut self, smaller: Size) {
        let size = self.table.size;
        for (line, of) in GROWTH {
            if let (Some(more), Some(less)) = (self.report.median(of, size), self.report.median(of, smaller))
            {
                let flat = of.name == ROW.name || of.name == PAGE.name;
                let most = if flat { 1.3 } else { 1.1 * (size.rows / smaller.rows) as f64 };
                self.add(line, Goal::Median(most), vec![more / less]);
            }
        }
        if let (Some(more), Some(less)) = (self.report.median(PEAK, size), self.report.median(PEAK, smaller))
        {
            let bytes = (more - less) * 1_048_576.0 / (size.rows - smaller.rows) as f64;
            self.add(PER_ROW, Goal::Median(60.0), vec![bytes]);
        }
    }
}

/// Searches for a word; gives the milliseconds until the hit that shows itself so, and until all were counted.
fn search(browser: &mut Browser, word: &str, shown: &str, hits: u64) -> (f64, f64) {
    browser.press("g");
    browser.press("/");
    browser.terminal.send(format!("{}\r", pasted(word)));
    let seen = browser.terminal.until("the hit", |screen| event(screen).contains(shown));
    let all = browser.terminal.until("the hits", |screen| counts_hits(screen, hits));
    (seen, all)
}

/// An expression that is in no row, and takes long to find nowhere; another one for each number.
fn rare_pattern(number: usize) -> String {
    format!("/(q|z)[^ ]*x[^ ]*q[0-9]{number}/")
}

/// The MiB that a table may take: 60 bytes for each row, and 30 MB.
fn allowance(size: Size) -> f64 {
    (size.rows as f64 * 60.0 + 30e6) / 1_048_576.0
}

/// A text as a terminal sends what is pasted.
fn pasted(text: &str) -> String {
    format!("\x1b[200~{text}\x1b[201~")
}

/// Presses the row key again and again until something is so; gives the milliseconds until the row's event was shown.
fn presses_until(browser: &mut Browser, done: impl Fn(&Browser) -> bool) -> Vec<f64> {
    let mut times = Vec::new();
    while !done(browser) {
        let before = browser.event();
        browser.terminal.send("j");
        times.push(browser.terminal.until("another event", |screen| event(screen) != before));
    }
    times
}
