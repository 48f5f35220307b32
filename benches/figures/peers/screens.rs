//! Programs on a screen: what to type, and what shows that the answer is there.

use super::Measure;

/// A program and its steps.
pub struct Script {
    /// Its name in the path.
    pub program: &'static str,
    /// What it is started with.
    pub arguments: &'static [&'static str],
    /// What is done once its first rows are on the screen.
    pub steps: &'static [Step],
}

/// One step. `{rows}`, `{actor}`, `{count}`, `{word}`, `{hit}` stand for what is known of the table.
pub struct Step {
    /// What it measures.
    pub measure: Measure,
    /// Keys, with a pause before the last ones, from which time counts; without any from the start.
    pub keys: &'static [&'static str],
    /// An expression that the screen answers to when it is done; numbers have no separators.
    pub shown: &'static str,
}

/// All that can be driven.
pub const SCREENS: [Script; 2] = [
    Script {
        program: "annals",
        arguments: &["{file}"],
        steps: &[
            Step { measure: Measure::AllRows, keys: &[], shown: r"\d of {rows}\s*$" },
            Step {
                measure: Measure::Filter,
                keys: &["f", "actor:\"{actor}", "\""],
                shown: r"\d of {count}\s*$",
            },
            Step {
                measure: Measure::Search,
                keys: &["\x07", "/", "\x1b[200~{word}\x1b[201~"],
                shown: "{hit}",
            },
        ],
    },
    Script {
        program: "csvlens",
        arguments: &["{file}"],
        steps: &[
            Step { measure: Measure::AllRows, keys: &[], shown: r"1/{rows}(\s|$)" },
            Step { measure: Measure::Filter, keys: &["&", "{actor}", "\r"], shown: r": 1/{count}\]" },
            Step { measure: Measure::Search, keys: &["&", "\r", "/", "{word}", "\r"], shown: "{hit}" },
        ],
    },
];
