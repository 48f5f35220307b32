//! How far an export has come, and how far loading has: a bar with its share, the speed and the time left; for a pipe, which does not say how
//! much it holds, what has come and the speed.

use ratatui::style::Style;
use ratatui::text::Span;

use super::style::Styles;
use crate::app::App;
use crate::app::effect::Writing;
use crate::formats::wording::counted;
use crate::store::Progress;
use crate::text::width::width;

/// How long the bar is, in its two forms.
const BARS: [usize; 2] = [20, 10];

/// The widest form that fits into so many columns, with a space before and behind it; nothing when nothing is being read.
pub fn spans(app: &App, columns: usize, styles: &Styles) -> Vec<Span<'static>> {
    let Some(progress) = app.info.progress.filter(|_| app.info.loading) else { return Vec::new() };
    let forms = match progress.share() {
        Some(share) => of_a_file(&progress, share, styles),
        None => of_a_pipe(&progress),
    };
    let fits = |form: &(String, String)| 2 + width(&form.0) + width(&form.1) <= columns;
    let Some((bar, words)) = forms.into_iter().find(fits) else { return Vec::new() };
    vec![Span::styled(format!(" {bar}"), Style::new()), Span::styled(format!("{words} "), styles.dim())]
}

/// "writing 1,204,000 events (28 %)": the share of all that is to be done.
pub fn writing(app: &App, writing: &Writing) -> String {
    let Writing { file, events, share } = writing;
    let how = app.told("{close} stops it");
    if *events == 0 {
        return format!("writing; {how}");
    }
    format!("writing {} ({share} %); {how}: {file}", counted(*events, "event", "events"))
}

/// Bar and words, the widest form first.
fn of_a_file(progress: &Progress, share: u8, styles: &Styles) -> Vec<(String, String)> {
    let speed = speed(progress).map(|speed| format!("  {speed}")).unwrap_or_default();
    let left =
        progress.seconds_left().map(|seconds| format!("  {} left", short(seconds))).unwrap_or_default();
    let bar = |length: usize| {
        let full = length * usize::from(share) / 100;
        let [done, open] = styles.glyphs.progress;
        done.repeat(full) + &open.repeat(length.saturating_sub(full))
    };
    let [long, brief] = BARS;
    vec![
        (bar(long), format!(" {share} %{speed}{left}")),
        (bar(brief), format!(" {share} %{left}")),
        (String::new(), format!("{share} %")),
    ]
}

fn of_a_pipe(progress: &Progress) -> Vec<(String, String)> {
    let read = counted(progress.rows, "event", "events");
    let speed = speed(progress).map(|speed| format!("  {speed}")).unwrap_or_default();
    let form = |words: String| (String::new(), words);
    vec![form(format!("reading: {read}{speed}")), form(format!("reading{speed}")), form("reading".to_owned())]
}

fn speed(progress: &Progress) -> Option<String> {
    progress.rows_per_second().map(|rate| format!("{}/s", counted(rate, "event", "events")))
}

/// A length of time, no finer than needed: "12 s", "3 min", "2 h".
fn short(seconds: u64) -> String {
    match seconds {
        0..=99 => format!("{seconds} s"),
        100..=5999 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3600)),
    }
}
