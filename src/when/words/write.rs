//! The one writer of dates for people, in full and for narrow columns.

use edtf_core::{Date, Qualifier, TimeShift};

use super::lexicon::{month_name, month_short, ordinal_ending, ordinal_name, season_name};
use super::year::{ages_before, heading_year, is_long, year_words};
use crate::when::edtf::{Clock, End, Form, Item, Member, Moment, is_blank, year_of};
use crate::when::instant::days_in_month;
use crate::when::{Precision, When};

/// How much room there is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In full.
    Full,
    /// For a column of about 24 letters.
    Short,
}

/// What a date is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It stands alone.
    Alone,
    /// It is one end of something, so that it can be no span itself.
    End,
}

/// A date in words.
pub(super) fn form(form: &Form, style: Style, as_of: Option<&When>) -> String {
    match form {
        Form::Single(item) => item_words(item, style, Role::Alone),
        Form::Interval { start, end } => interval(start, end, style, as_of),
        Form::Set { all, members } => set(*all, members, style),
    }
}

fn interval(start: &End, end: &End, style: Style, as_of: Option<&When>) -> String {
    let full = style == Style::Full;
    let from = end_words(start, style);
    let to = end_words(end, style);
    match (start, end) {
        (_, End::Open) => {
            let as_of =
                as_of.filter(|_| full).map(|day| format!(", as of {}", form(day.form(), style, None)));
            format!("since {from}{}", as_of.unwrap_or_default())
        }
        (_, End::Unknown) if full => format!("from {from}, end unknown"),
        (_, End::Unknown) => format!("{from} – ?"),
        (End::Open, _) => format!("until {to}"),
        (End::Unknown, _) if full => format!("until {to}, start unknown"),
        (End::Unknown, _) => format!("? – {to}"),
        (End::On(a), End::On(b)) => {
            let joint = if full { " to " } else { " – " };
            let joined = join(a, b, joint, style);
            if full { format!("from {joined}") } else { joined }
        }
        _ if full => format!("from {from} to {to}"),
        _ => format!("{from} – {to}"),
    }
}

fn end_words(end: &End, style: Style) -> String {
    let words = end.item().map(|item| item_words(item, style, Role::End)).unwrap_or_default();
    match end {
        End::On(_) | End::Open | End::Unknown => words,
        End::OnOrBefore(_) => format!("on or before {words}"),
        End::OnOrAfter(_) => format!("on or after {words}"),
    }
}

fn set(all: bool, members: &[Member], style: Style) -> String {
    if let [member] = members {
        return match member {
            Member::On(item) => item_words(item, style, Role::Alone),
            Member::Range(a, b) if !all => span(a, b, style),
            Member::OnOrBefore(item) if !all => format!("by {}", item_words(item, style, Role::End)),
            Member::OnOrAfter(item) if !all => format!("on or after {}", item_words(item, style, Role::End)),
            Member::Range(..) | Member::OnOrBefore(_) | Member::OnOrAfter(_) => {
                member_words(member, all, style)
            }
        };
    }
    let said: Vec<String> = members.iter().map(|member| member_words(member, all, style)).collect();
    let last = said.last().map(String::as_str).unwrap_or_default();
    let others = said.get(..said.len().saturating_sub(1)).unwrap_or_default().join(", ");
    format!("{others} {} {last}", if all { "and" } else { "or" })
}

fn member_words(member: &Member, all: bool, style: Style) -> String {
    // A third of a year alone would be read as one moment from its first month to its last.
    let words = |item: &Item| {
        item_words(item, style, if item.precision() == Precision::Season { Role::Alone } else { Role::End })
    };
    let every = |item: &Item| format!("every {} ", unit_name(item.precision()));
    match member {
        Member::On(item) => words(item),
        Member::Range(a, b) if all => format!("{}from {}", every(a), join(a, b, " to ", style)),
        Member::Range(a, b) => join(a, b, " to ", style),
        Member::OnOrBefore(item) if all => format!("{}until {}", every(item), words(item)),
        Member::OnOrBefore(item) => format!("{} or earlier", words(item)),
        Member::OnOrAfter(item) if all => format!("{}from {} on", every(item), words(item)),
        Member::OnOrAfter(item) => format!("{} or later", words(item)),
    }
}

fn unit_name(precision: Precision) -> &'static str {
    match precision {
        Precision::Years | Precision::Year => "year",
        Precision::Season => "season",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Hour => "hour",
        Precision::Minute => "minute",
        Precision::Second | Precision::Fraction => "second",
    }
}

/// One moment from a to b: by a name for it, or "between a and b".
fn span(a: &Item, b: &Item, style: Style) -> String {
    if let Some(name) = span_name(a, b, style) {
        return name;
    }
    match style {
        Style::Full => format!("between {}", join(a, b, " and ", style)),
        Style::Short => join(a, b, "..", style),
    }
}

/// "Late 2017", "mid-October 2023", "the 2nd century BCE".
fn span_name(a: &Item, b: &Item, style: Style) -> Option<String> {
    let ((year, month, day), (last_year, last_month, last_day)) = (plain(a)?, plain(b)?);
    let Some(month) = month else { return ages_before(year, last_year) };
    if year != last_year {
        return None;
    }
    let name = heading_year(year);
    let Some(day) = day else {
        return match (month, last_month?) {
            (1, 4) => Some(format!("early {name}")),
            (5, 8) => Some(format!("mid-{name}")),
            (9, 12) => Some(format!("late {name}")),
            _ => None,
        };
    };
    let last = days_in_month(year, month)?;
    let name = format!("{} {name}", month_words(month, style));
    match (day, last_day?) {
        _ if last_month != Some(month) => None,
        (1, 10) => Some(format!("early {name}")),
        (11, 20) => Some(format!("mid-{name}")),
        (21, end) if end == last => Some(format!("late {name}")),
        _ => None,
    }
}

/// Two dates with a word between them; what they share is said once: "1 to 5 October 2023".
fn join(a: &Item, b: &Item, joint: &str, style: Style) -> String {
    let to = item_words(b, style, Role::End);
    let shortened = || {
        let ((year, month, day), (last_year, last_month, last_day)) = (plain(a)?, plain(b)?);
        let month = month.filter(|_| year == last_year)?;
        match (day, last_day) {
            (None, None) if last_month.is_some() => Some(month_words(month, style).to_owned()),
            (Some(day), Some(_)) if last_month == Some(month) => Some(day.to_string()),
            (Some(day), Some(_)) => Some(format!("{day} {}", month_words(month, style))),
            _ => None,
        }
    };
    let from = shortened().unwrap_or_else(|| item_words(a, style, Role::End));
    // "1–5 Oct", but "2014 – late 2017".
    let tight = joint == " – " && from.bytes().all(|byte| byte.is_ascii_digit()) && from.len() < 3;
    format!("{from}{}{to}", if tight { "–" } else { joint })
}

/// Year, month and day of a date without masks, qualifiers or times.
fn plain(item: &Item) -> Option<(i64, Option<u8>, Option<u8>)> {
    let Item::Date(date) = item else { return None };
    let marked = date.is_uncertain() || date.is_approximate() || date.has_unspecified();
    let month = date.month.map(|month| month.value().filter(|month| *month <= 12));
    if marked || date.year.significant_digits.is_some() || month == Some(None) {
        return None;
    }
    Some((year_of(date)?, month.flatten(), date.day.and_then(edtf_core::DateField::value)))
}

fn month_words(month: u8, style: Style) -> &'static str {
    match style {
        Style::Full => month_name(month),
        Style::Short => month_short(month),
    }
}

fn item_words(item: &Item, style: Style, role: Role) -> String {
    match item {
        Item::Moment(moment) => qualify(moment_words(moment, style), moment.qualifier, style),
        Item::Date(date) => {
            let marked = item.is_uncertain() || item.is_approximate();
            let role = if marked { Role::End } else { role };
            let words = date_words(date, style, role).unwrap_or_else(|| unmarked(date).to_string());
            match common_qualifier(date) {
                Ok(qualifier) if style == Style::Short => {
                    // There is no room for how many digits are significant.
                    let approximate = qualifier.approximate || date.year.significant_digits.is_some();
                    qualify(words, Qualifier { approximate, ..qualifier }, style)
                }
                Ok(qualifier) => qualify(words, qualifier, style),
                Err(all) if style == Style::Short => qualify(words, all, style),
                Err(_) => format!("{words} ({})", marks(date)),
            }
        }
    }
}

/// The qualifier that all components share; else all that there are, together.
fn common_qualifier(date: &Date) -> Result<Qualifier, Qualifier> {
    let first = date.year.qualifier;
    let rest = [date.month, date.day];
    if rest.iter().flatten().all(|field| field.qualifier == first) {
        Ok(first)
    } else {
        Err(Qualifier { uncertain: date.is_uncertain(), approximate: date.is_approximate() })
    }
}

fn qualify(words: String, qualifier: Qualifier, style: Style) -> String {
    match (qualifier.uncertain, qualifier.approximate, style) {
        (false, false, _) => words,
        (true, false, Style::Full) => format!("possibly {words}"),
        (false, true, Style::Full) => format!("about {words}"),
        (true, true, Style::Full) => format!("possibly about {words}"),
        (true, false, Style::Short) => format!("{words}?"),
        (false, true, Style::Short) => format!("c. {words}"),
        (true, true, Style::Short) => format!("c. {words}?"),
    }
}

/// Which components are doubted: "year and month approximate, day uncertain".
fn marks(date: &Date) -> String {
    let fields = [
        ("year", Some(date.year.qualifier)),
        ("month", date.month.map(|month| month.qualifier)),
        ("day", date.day.map(|day| day.qualifier)),
    ];
    let of = |uncertain: bool, approximate: bool, what: &str| {
        let wanted = Some(Qualifier { uncertain, approximate });
        let names: Vec<&str> = fields.iter().filter(|(_, it)| *it == wanted).map(|(name, _)| *name).collect();
        (!names.is_empty()).then(|| format!("{} {what}", names.join(" and ")))
    };
    let said = [
        of(false, true, "approximate"),
        of(true, false, "uncertain"),
        of(true, true, "uncertain and approximate"),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The date without its qualifiers.
fn unmarked(date: &Date) -> Date {
    let mut bare = *date;
    bare.year.qualifier = Qualifier::default();
    for field in [&mut bare.month, &mut bare.day].into_iter().flatten() {
        field.qualifier = Qualifier::default();
    }
    bare
}

/// A date without its qualifiers; `None` where only EDTF can say it.
fn date_words(date: &Date, style: Style, role: Role) -> Option<String> {
    let year = year_words(date, style)?;
    let Some(month) = date.month.filter(|_| !is_long(date)) else { return Some(year) };
    let known = year_of(date).is_some();
    let in_year = if known { format!(" {year}") } else { of_year(&year) };
    if let Some(code) = month.value().filter(|code| *code > 12) {
        return year_of(date).map(|year| part_of_year(code, year, role));
    }
    let Some(day) = date.day else {
        return match month.value() {
            Some(month) => Some(format!("{}{in_year}", month_words(month, style))),
            None if is_blank(month) => Some(format!("some month{}", within(&year, known))),
            None => months_between(date, &year, style, role).filter(|_| known),
        };
    };
    match (month.value(), day.value()) {
        (Some(month), Some(day)) => Some(format!("{day} {}{in_year}", month_words(month, style))),
        (Some(month), None) if is_blank(day) => {
            Some(format!("some day in {}{in_year}", month_words(month, style)))
        }
        (Some(month), None) => days_between(date, month, style, role).filter(|_| known),
        (None, None) if is_blank(month) && is_blank(day) => Some(format!("some day{}", within(&year, known))),
        (None, Some(day)) if is_blank(month) => {
            Some(format!("the {day}{} of some month{}", ordinal_ending(i64::from(day)), within(&year, known)))
        }
        (None, _) => None,
    }
}

/// " in the 1560s", " of an unknown year".
fn of_year(year: &str) -> String {
    if year.starts_with("an ") { format!(" of {year}") } else { format!(" in {year}") }
}

fn within(year: &str, known: bool) -> String {
    if known { format!(" in {year}") } else { of_year(year) }
}

/// A season, quarter, third or half of a year by its code.
fn part_of_year(code: u8, year: i64, role: Role) -> String {
    let name = heading_year(year);
    match code {
        21..=32 => season_words(code, year),
        33..=36 => format!("Q{} {name}", code - 32),
        37..=39 if role == Role::End => match code {
            37 => format!("early {name}"),
            38 => format!("mid-{name}"),
            _ => format!("late {name}"),
        },
        39 => format!("last third of {name}"),
        37 | 38 => format!("{} third of {name}", ordinal_name(code - 36)),
        _ => format!("{} half of {name}", ordinal_name(code.saturating_sub(39))),
    }
}

/// A season; one that runs into the next year says so: "winter 2001–02".
fn season_words(code: u8, year: i64) -> String {
    let (side, place) = match code {
        21..=24 => ("", code - 21),
        25..=28 => ("northern ", code - 25),
        _ => ("southern ", code.saturating_sub(29)),
    };
    let name = season_name(place);
    let runs_over = matches!(code, 24 | 28 | 30) && (1000..9999).contains(&year);
    let next = match (year + 1) % 100 {
        _ if !runs_over => String::new(),
        0 => format!("–{}", year + 1),
        next => format!("–{next:02}"),
    };
    format!("{side}{name} {}{next}", heading_year(year))
}

/// Months whose number is known in part, `2023-1X`.
fn months_between(date: &Date, year: &str, style: Style, role: Role) -> Option<String> {
    let (first, last) = match date.month?.digits {
        [Some(0), None] => (1, 9),
        [Some(1), None] => (10, 12),
        _ => return None,
    };
    if style == Style::Short {
        return Some(format!("{}..{} {year}", month_short(first), month_short(last)));
    }
    (role == Role::Alone).then(|| format!("between {} and {} {year}", month_name(first), month_name(last)))
}

/// Days whose number is known in part, `2023-10-1X`: by their third of the month where they are an end.
fn days_between(date: &Date, month: u8, style: Style, role: Role) -> Option<String> {
    let year = year_of(date)?;
    let name = format!("{} {}", month_words(month, style), heading_year(year));
    let ([Some(tens), None], days) = (date.day?.digits, days_in_month(year, month)?) else { return None };
    if role == Role::End || style == Style::Short {
        return match tens {
            0 => Some(format!("early {name}")),
            1 => Some(format!("mid-{name}")),
            2 => Some(format!("late {name}")),
            _ => None,
        };
    }
    let (first, last) = ((tens * 10).max(1), (tens * 10 + 9).min(days));
    if first == last { None } else { Some(format!("between {first} and {last} {name}")) }
}

fn moment_words(moment: &Moment, style: Style) -> String {
    let day = date_words(&moment.date, style, Role::End).unwrap_or_else(|| moment.date.to_string());
    let joint = if style == Style::Full { "," } else { "" };
    format!("{day}{joint} {}", clock_words(&moment.clock, style))
}

fn clock_words(clock: &Clock, style: Style) -> String {
    let bare = Clock { shift: None, ..*clock };
    let time = if clock.minute.is_none() { format!("{}h", clock.hour) } else { bare.to_string() };
    let zone = match (clock.shift, style) {
        (None, _) => String::new(),
        (Some(TimeShift::Utc), Style::Full) => " UTC".to_owned(),
        (Some(TimeShift::Utc), Style::Short) => "Z".to_owned(),
        (Some(_), _) => {
            let written = clock.to_string();
            let sign =
                written.rfind(['+', '-']).and_then(|at| written.get(at..)).unwrap_or_default().to_owned();
            if style == Style::Full { format!(" UTC{sign}") } else { sign }
        }
    };
    format!("{time}{zone}")
}
