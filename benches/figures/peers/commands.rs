//! Commands that answer and end.

use super::Measure;

/// One command.
pub struct Command {
    /// What it is called in the report.
    pub name: &'static str,
    /// What it measures.
    pub measure: Measure,
    /// The program and its arguments, with `{file}` and the like for what is known of the table.
    pub words: &'static [&'static str],
    /// What its answer holds.
    pub answer: &'static str,
    /// Whether it is run once beforehand, uncounted, so that it finds what it left.
    pub again: bool,
}

const fn command(
    name: &'static str,
    measure: Measure,
    words: &'static [&'static str],
    answer: &'static str,
) -> Command {
    Command { name, measure, words, answer, again: false }
}

const fn again(measure: Measure, words: &'static [&'static str], answer: &'static str) -> Command {
    Command { name: "annals, its index in the cache", measure, words, answer, again: true }
}

/// A question to `duckdb` by way of its Python module; time includes what starting Python takes.
macro_rules! duckdb {
    ($question:expr) => {
        &[
            "python3",
            "-c",
            concat!("import duckdb\nprint(duckdb.sql(\"\"\"", $question, "\"\"\").fetchall())"),
        ]
    };
}

/// All commands.
pub const COMMANDS: [Command; 23] = [
    command("annals", Measure::CountRows, &["annals", "count", "{file}"], "{rows}"),
    again(Measure::CountRows, &["annals", "count", "{file}"], "{rows}"),
    command("cat > /dev/null", Measure::CountRows, &["sh", "-c", "cat \"$0\" > /dev/null", "{file}"], ""),
    command("wc -l", Measure::CountRows, &["wc", "-l", "{file}"], ""),
    command("xan count", Measure::CountRows, &["xan", "count", "{file}"], "{rows}"),
    command("zsv count", Measure::CountRows, &["zsv", "count", "{file}"], "{rows}"),
    command("duckdb", Measure::CountRows, duckdb!("select count(*) from read_csv('{file}')"), "{rows}"),
    command("annals", Measure::CountActor, ACTOR, "{count}"),
    again(Measure::CountActor, ACTOR, "{count}"),
    command("rg -c", Measure::CountActor, &["rg", "-c", "{actor}", "{file}"], "{count}"),
    command(
        "xan search | xan count",
        Measure::CountActor,
        &["sh", "-c", XAN, "actors", "{actor}", "{file}"],
        "{count}",
    ),
    command(
        "duckdb",
        Measure::CountActor,
        duckdb!(
            "select count(*) from read_csv('{file}') where list_contains(string_split(actors, ';'), '{actor}')"
        ),
        "{count}",
    ),
    command("annals", Measure::CountWord, &["annals", "count", "--filter", "{word}", "{file}"], "1"),
    again(Measure::CountWord, &["annals", "count", "--filter", "{word}", "{file}"], "1"),
    command("rg -c", Measure::CountWord, &["rg", "-c", "{word}", "{file}"], "1"),
    command(
        "xan search | xan count",
        Measure::CountWord,
        &["sh", "-c", XAN, "summary", "{word}", "{file}"],
        "1",
    ),
    command(
        "duckdb",
        Measure::CountWord,
        duckdb!("select count(*) from read_csv('{file}') where contains(summary, '{word}')"),
        "1",
    ),
    command("annals", Measure::CountMonths, MONTHS, "20"),
    again(Measure::CountMonths, MONTHS, "20"),
    command(
        "duckdb",
        Measure::CountMonths,
        duckdb!(
            "select date[:7] as month, count(*) from read_csv('{file}', types={'date': 'VARCHAR'}) \
             where list_contains(string_split(actors, ';'), '{actor}') group by month order by month"
        ),
        "20",
    ),
    command("annals", Measure::CountLines, LINES, "{count}"),
    again(Measure::CountLines, LINES, "{count}"),
    command(
        "duckdb",
        Measure::CountLines,
        duckdb!("select count(*) from read_json('{lines}') where list_contains(actors, '{actor}')"),
        "{count}",
    ),
];

const XAN: &str = r#"xan search -s "$0" "$1" "$2" | xan count"#;
const FILTER: &str = "actor:\"{actor}\"";
const ACTOR: &[&str] = &["annals", "count", "--filter", FILTER, "{file}"];
const MONTHS: &[&str] = &["annals", "count", "--by", "month", "--filter", FILTER, "{file}"];
const LINES: &[&str] = &["annals", "count", "--filter", FILTER, "{lines}"];
