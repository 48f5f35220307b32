//! What an expression of time says, as a date in EDTF.

use super::Modifier;
use super::calendar::Day;
use super::lexicon::Season;
use super::value::{Clock, Date, Field, Time, Vague, Value};
use crate::when::When;

/// The date that a value says; `None` where it says none: how long, how often, long ago, or a year that is not known.
pub(super) fn when(value: &Value, modifier: Option<Modifier>, published: Option<Day>) -> Option<When> {
    let text = match value {
        Value::Date(date) => dated(date, modifier)?,
        Value::Vague(Vague::Present) => format!("{}~", day(published?)),
        Value::Vague(_) | Value::Duration(_) | Value::Often(_) => return None,
    };
    When::parse(&text).ok()
}

fn dated(date: &Date, modifier: Option<Modifier>) -> Option<String> {
    let third = match modifier {
        Some(Modifier::Start) => Some(0),
        Some(Modifier::Mid) => Some(1),
        Some(Modifier::End) => Some(2),
        _ => None,
    };
    if let Some(text) = third.and_then(|third| part_of(date, third)) {
        return Some(text);
    }
    let text = whole(date)?;
    Some(match modifier {
        Some(Modifier::Approx | Modifier::LessThan | Modifier::MoreThan) if !text.contains('[') => {
            text.split('/').map(|end| format!("{end}~")).collect::<Vec<_>>().join("/")
        }
        Some(Modifier::Before | Modifier::OnOrBefore) if !text.contains(['[', '/']) => format!("../{text}"),
        Some(Modifier::After | Modifier::OnOrAfter) if !text.contains(['[', '/']) => format!("{text}/.."),
        _ => text,
    })
}

/// A year as EDTF writes it.
fn year(year: i32) -> String {
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}", year.unsigned_abs())
}

fn day(day: Day) -> String {
    format!("{}-{:02}-{:02}", year(day.year), day.month, day.day)
}

/// The years of a century or decade, first and last.
fn years(field: Field) -> Option<(i32, i32)> {
    match field {
        Field::Century(code, false) => Some((i32::from(code) * 100, i32::from(code) * 100 + 99)),
        Field::Century(code, true) => Some((-99 - i32::from(code) * 100, -i32::from(code) * 100)),
        Field::Decade(code) => Some((i32::from(code) * 10, i32::from(code) * 10 + 9)),
        _ => None,
    }
}

fn whole(date: &Date) -> Option<String> {
    match date.field {
        Field::Century(code, false) => return Some(format!("{code:02}XX")),
        Field::Century(_, true) => {
            let (first, last) = years(date.field)?;
            return Some(format!("[{}..{}]", year(first), year(last)));
        }
        Field::Decade(code) => return Some(format!("{code:03}X")),
        _ => {}
    }
    let number = date.year?;
    let name = year(number);
    let season = |code: u8| Some(format!("{name}-{code}"));
    match date.field {
        Field::Year | Field::Week(None) | Field::Quarter(None) | Field::Weekday(_) => Some(name),
        Field::Half(half) => season(39 + half),
        Field::Quarter(Some(quarter)) => season(32 + quarter),
        Field::Season(Season::Spring) => season(21),
        Field::Season(Season::Summer) => season(22),
        Field::Season(Season::Autumn) => season(23),
        Field::Season(Season::Winter) => season(24),
        Field::Month(Some(month)) => Some(format!("{name}-{month:02}")),
        Field::Month(None) => Some(format!("{name}-XX")),
        Field::Week(Some(week)) => days(Day::monday(number, week)?, 6),
        Field::Weekend(week) => days(Day::monday(number, week)?.plus_days(5)?, 1),
        Field::Day(Some(month), Some(on)) => {
            let text = format!("{name}-{month:02}-{on:02}");
            match date.time {
                Some(Time::Clock(time)) => clock(Day::new(number, month, on)?, time),
                _ => Some(text),
            }
        }
        Field::Day(Some(month), None) => Some(format!("{name}-{month:02}-XX")),
        Field::Day(None, _) => Some(format!("{name}-XX-XX")),
        Field::Century(..) | Field::Decade(_) => None,
    }
}

/// So many days from one on, at some moment of them.
fn days(first: Day, more: i64) -> Option<String> {
    Some(format!("[{}..{}]", day(first), day(first.plus_days(more)?)))
}

fn clock(on: Day, time: Clock) -> Option<String> {
    // The end of a day is the beginning of the next.
    let (on, hour) = if time.hour == 24 { (on.plus_days(1)?, 0) } else { (on, time.hour) };
    let seconds = time.second.map(|second| format!(":{second:02}")).unwrap_or_default();
    let zone = match time.zone {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(zone) => {
            let (sign, size) = (if zone < 0 { '-' } else { '+' }, zone.unsigned_abs());
            format!("{sign}{:02}:{:02}", size / 60, size % 60)
        }
    };
    Some(format!("{}T{hour:02}:{:02}{seconds}{zone}", day(on), time.minute))
}

/// One moment in a third of a year, month, decade or century: the same thirds as in the words for dates.
fn part_of(date: &Date, third: u8) -> Option<String> {
    if let Some((first, last)) = years(date.field) {
        let size = last - first + 1;
        let edges = [0, (size + 2) / 3, (2 * size + 2) / 3, size];
        let at = usize::from(third);
        let (from, to) = (first + edges.get(at)?, first + edges.get(at + 1)? - 1);
        return Some(format!("[{}..{}]", year(from), year(to)));
    }
    let number = date.year?;
    let name = year(number);
    match date.field {
        Field::Year => Some(format!("[{name}-{:02}..{name}-{:02}]", 1 + 4 * third, 4 + 4 * third)),
        Field::Month(Some(month)) => {
            let last = if third == 2 { Day::last_of_month(number, month)?.day } else { 10 + 10 * third };
            Some(format!("[{name}-{month:02}-{:02}..{name}-{month:02}-{last:02}]", 1 + 10 * third))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::timex::lexicon::Part;

    fn said(date: Date, modifier: Option<Modifier>) -> Option<String> {
        when(&Value::Date(date), modifier, None).map(|when| when.to_string())
    }

    #[test]
    fn each_value_has_its_date() {
        let of = |year, field| said(Date::of(Some(year), field), None).unwrap_or_default();
        assert_eq!(of(1939, Field::Year), "1939");
        assert_eq!(of(-478, Field::Year), "-0478");
        assert_eq!(of(1989, Field::Quarter(Some(3))), "1989-35");
        assert_eq!(of(2008, Field::Half(2)), "2008-41");
        assert_eq!(of(2013, Field::Week(Some(11))), "[2013-03-11..2013-03-17]");
        assert_eq!(of(2013, Field::Weekend(11)), "[2013-03-16..2013-03-17]");
        assert_eq!(of(2013, Field::Season(Season::Winter)), "2013-24");
        assert_eq!(of(2013, Field::Day(Some(3), None)), "2013-03-XX");
        assert_eq!(of(2013, Field::Century(18, false)), "18XX");
        assert_eq!(of(2013, Field::Century(8, true)), "[-0899..-0800]");
        assert_eq!(of(2013, Field::Decade(197)), "197X");
    }

    #[test]
    fn modifiers_are_kept() {
        let late = Some(Modifier::End);
        assert_eq!(said(Date::year(2017), late).as_deref(), Some("[2017-09..2017-12]"));
        let october = Date::month(Some(2023), 10);
        assert_eq!(said(october, Some(Modifier::Mid)).as_deref(), Some("[2023-10-11..2023-10-20]"));
        let decade = Date::of(None, Field::Decade(197));
        assert_eq!(said(decade, late).as_deref(), Some("[1977..1979]"));
        assert_eq!(said(Date::year(1995), Some(Modifier::Approx)).as_deref(), Some("1995~"));
        assert_eq!(said(Date::year(1994), Some(Modifier::OnOrAfter)).as_deref(), Some("1994/.."));
    }

    #[test]
    fn times_of_day_are_kept_where_they_are_exact() {
        let day = Date::from(Day::new(1989, 11, 6).expect("a day"));
        let clock = Clock { hour: 17, minute: 30, second: None, zone: Some(-300) };
        let at = |time| said(Date { time: Some(time), ..day }, None);
        assert_eq!(at(Time::Clock(clock)).as_deref(), Some("1989-11-06T17:30-05:00"));
        assert_eq!(
            at(Time::Clock(Clock { hour: 24, minute: 0, zone: None, ..clock })).as_deref(),
            Some("1989-11-07T00:00")
        );
        assert_eq!(at(Time::Part(Part::Night)).as_deref(), Some("1989-11-06"));
    }

    #[test]
    fn what_has_no_year_has_no_date() {
        assert_eq!(said(Date::month(None, 8), None), None);
    }
}
