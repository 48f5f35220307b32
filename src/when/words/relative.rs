//! Dates that count from a day: "yesterday", "last August", "three weeks ago", "7 October".

use super::lexicon;
use super::loose::{Field, Loose, Piece, Years, day_text, year_text};
use super::reader::Reader;
use crate::when::{DateFault, Instant, Precision, When};

const DAY_NANOS: i128 = 86_400_000_000_000;

/// The day that relative words count from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// Its first instant.
    first: Instant,
    /// How exact it is: of a publication known to the month, no day can be counted.
    precision: Precision,
}

/// Which way a relative word looks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Last,
    This,
    Next,
}

/// A unit of the calendar that is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Span {
    Day,
    Week,
    Month,
    Year,
    Hour,
    Minute,
}

impl Anchor {
    /// The anchor a date makes; `None` where it has no earliest.
    pub(super) fn of(when: &When) -> Option<Self> {
        let first = when.span().first;
        first.is_finite().then(|| Self { first, precision: when.precision() })
    }

    fn year(self) -> i64 {
        self.first.civil().map_or(0, |civil| civil.year)
    }

    fn month(self) -> u8 {
        self.first.civil().map_or(1, |civil| civil.month)
    }

    fn midnight(self) -> Instant {
        self.first.start_of_day().unwrap_or(self.first)
    }
}

/// A fault for words that need a day to count from.
fn needs(at: usize, what: &str) -> DateFault {
    DateFault::at(at, format!("“{what}” counts from a day, and none is known here"))
        .hint("write the year, or say with --today which day it counts from")
}

impl Reader {
    /// The anchor, if it is exact enough.
    fn anchor_to(&self, at: usize, precision: Precision, what: &str) -> Result<Anchor, DateFault> {
        self.anchor.filter(|anchor| anchor.precision >= precision).ok_or_else(|| needs(at, what))
    }

    /// Reads a date in relative words; `None` where the next words are none.
    pub(super) fn relative(&mut self) -> Result<Option<Loose>, DateFault> {
        let (at, place) = (self.at(), self.place());
        let found = match self.named_day(at)? {
            Some(piece) => Some(piece),
            None => match self.ago(at)? {
                Some(piece) => Some(piece),
                None => self.last_or_next(at)?,
            },
        };
        if found.is_none() {
            self.return_to(place);
        }
        Ok(found.map(|piece| Loose { at, ready: Some(piece), ..Loose::default() }))
    }

    /// Today, yesterday, tomorrow, last night.
    fn named_day(&mut self, at: usize) -> Result<Option<Piece>, DateFault> {
        let days = if self.eat(&["last", "night"]) || self.eat_any(&["yesterday"]) {
            -1
        } else if self.eat_any(&["tomorrow"]) {
            1
        } else if self.eat_any(&["today", "tonight", "now"])
            || ["morning", "afternoon", "evening", "day"].iter().any(|part| self.eat(&["this", part]))
        {
            0
        } else {
            return Ok(None);
        };
        self.eat_any(&["morning", "afternoon", "evening", "night"]);
        let anchor = self.anchor_to(at, Precision::Day, "today")?;
        Ok(day_piece(anchor.midnight().plus_nanos(DAY_NANOS * days)))
    }

    /// "Three weeks ago", "13.8 billion years ago", "10,000 years ago".
    fn ago(&mut self, at: usize) -> Result<Option<Piece>, DateFault> {
        let Some((digits, zeros)) = self.quantity() else { return Ok(None) };
        let Some(span) = self.unit() else { return Ok(None) };
        if !self.eat_any(&["ago"]) {
            return Ok(None);
        }
        if span == Span::Year && zeros >= 6 {
            return Ok(Some(deep(&digits, zeros, true)));
        }
        let count = amount(&digits, zeros)
            .ok_or_else(|| DateFault::at(at, "only whole units can be counted back"))?;
        let precision = match span {
            Span::Year => Precision::Year,
            Span::Month => Precision::Month,
            Span::Day | Span::Week | Span::Hour | Span::Minute => Precision::Day,
        };
        let anchor = self.anchor_to(at, precision, "ago")?;
        back(anchor, count, span)
            .map(Some)
            .ok_or_else(|| DateFault::at(at, "that is further back than can be counted"))
    }

    /// A count: digits as written, and the zeros that "million" adds.
    fn quantity(&mut self) -> Option<(String, u32)> {
        let digits = match (self.token(0), self.word(0)) {
            (Some(super::lexer::Token::Decimal(digits)), _) => digits.clone(),
            (Some(super::lexer::Token::Number(number)), _) => number.value.to_string(),
            (_, Some(word)) => lexicon::number(word)?.to_string(),
            _ => return None,
        };
        self.skip(1);
        let zeros = self.word(0).and_then(lexicon::zeros);
        self.skip(usize::from(zeros.is_some()));
        Some((digits, zeros.unwrap_or(0)))
    }

    fn unit(&mut self) -> Option<Span> {
        let span = match self.word(0)? {
            "day" | "days" => Span::Day,
            "week" | "weeks" => Span::Week,
            "month" | "months" => Span::Month,
            "year" | "years" => Span::Year,
            "hour" | "hours" => Span::Hour,
            "minute" | "minutes" => Span::Minute,
            _ => return None,
        };
        self.skip(1);
        Some(span)
    }

    /// "Last August", "next week", "this year", "last Saturday".
    fn last_or_next(&mut self, at: usize) -> Result<Option<Piece>, DateFault> {
        let way = match self.word(0) {
            Some("last" | "past" | "previous") => Way::Last,
            Some("this" | "current") => Way::This,
            Some("next" | "coming") => Way::Next,
            _ => return Ok(None),
        };
        self.skip(1);
        let Some(word) = self.word(0).map(str::to_owned) else { return Ok(None) };
        if let Some(month) = lexicon::month(&word) {
            self.skip(1);
            let anchor = self.anchor_to(at, Precision::Month, &word)?;
            let year = year_by(way, anchor.year(), month.cmp(&anchor.month()));
            return Ok(Some(Piece::Item(format!("{}-{month:02}", year_text(year)))));
        }
        if let Some(weekday) = lexicon::weekday(&word) {
            self.skip(1);
            let anchor = self.anchor_to(at, Precision::Day, &word)?;
            return Ok(weekday_piece(anchor, way, weekday));
        }
        if let Some(season) = lexicon::season(&word) {
            self.skip(1);
            let anchor = self.anchor_to(at, Precision::Month, &word)?;
            return Ok(Some(season_piece(anchor, way, 21 + season)));
        }
        if self.eat_any(&["weekend"]) {
            let anchor = self.anchor_to(at, Precision::Day, "weekend")?;
            return Ok(week(anchor, way, 5));
        }
        let Some(span) = self.unit() else { return Ok(None) };
        let step = match way {
            Way::Last => -1,
            Way::This => 0,
            Way::Next => 1,
        };
        Ok(match span {
            Span::Year => {
                let anchor = self.anchor_to(at, Precision::Year, "year")?;
                Some(Piece::Item(year_text(anchor.year() + step)))
            }
            Span::Month => {
                let anchor = self.anchor_to(at, Precision::Month, "month")?;
                anchor.first.plus_months(step).and_then(month_text).map(Piece::Item)
            }
            Span::Week => week(self.anchor_to(at, Precision::Day, "week")?, way, 0),
            Span::Day | Span::Hour | Span::Minute => None,
        })
    }

    /// Puts in what a date lacks: the last "7 October", "October", "spring" or "Thursday" up to the anchor, and the
    /// anchor's day to a time.
    pub(super) fn complete(&self, loose: &mut Loose) -> Result<(), DateFault> {
        if !loose.lacks_year() {
            return Ok(());
        }
        if let (Some((weekday, at)), None, None) = (loose.weekday, loose.month, loose.day) {
            let anchor = self.anchor_to(at, Precision::Day, lexicon::weekday_name(weekday))?;
            let days =
                (i64::from(anchor.midnight().weekday().unwrap_or(0)) - i64::from(weekday)).rem_euclid(7);
            set_day(loose, anchor.midnight().plus_nanos(DAY_NANOS * -i128::from(days)));
            loose.weekday = None;
            return Ok(());
        }
        if let Some(season) = loose.season {
            let anchor = self.anchor_to(loose.at, Precision::Month, "a season without its year")?;
            let last = |year: &i64| first_of(season, *year).is_some_and(|first| first <= anchor.first);
            let year = [anchor.year(), anchor.year() - 1].into_iter().find(last).unwrap_or(anchor.year());
            loose.year = Some(Years::One(year));
            return Ok(());
        }
        match (loose.month, loose.day) {
            (Some(Field::Number(month)), day) => {
                let precision = if day.is_some() { Precision::Day } else { Precision::Month };
                let anchor = self.anchor_to(loose.at, precision, "a month without its year")?;
                let day = if let Some(Field::Number(day)) = day { day } else { 1 };
                // 29 February was last in a leap year.
                let on =
                    |year: &i64| Instant::midnight(*year, month, day).is_some_and(|at| at <= anchor.first);
                let year = (0..=8).map(|back| anchor.year() - back).find(on).unwrap_or(anchor.year());
                loose.year = Some(Years::One(year));
            }
            (None, None) if loose.clock.is_some() => {
                let anchor = self.anchor_to(loose.at, Precision::Day, "a time without its day")?;
                set_day(loose, anchor.midnight());
            }
            (None, Some(Field::Number(day))) => {
                return Err(DateFault::at(loose.at, format!("{day} alone is no date"))
                    .hint("write the month too, or a year with four digits"));
            }
            _ => return Err(DateFault::at(loose.at, "the year is missing")),
        }
        Ok(())
    }
}

fn set_day(loose: &mut Loose, midnight: Instant) {
    if let Some(civil) = midnight.civil() {
        loose.year = Some(Years::One(civil.year));
        loose.month = Some(Field::Number(civil.month));
        loose.day = Some(Field::Number(civil.day));
    }
}

fn first_of(season: u8, year: i64) -> Option<Instant> {
    When::parse(&format!("{}-{season}", year_text(year))).ok().map(|when| when.span().first)
}

fn day_piece(midnight: Instant) -> Option<Piece> {
    day_text(midnight).map(Piece::Item)
}

fn month_text(instant: Instant) -> Option<String> {
    let civil = instant.civil()?;
    Some(format!("{}-{:02}", year_text(civil.year), civil.month))
}

/// The year of the last, this or next one of something that comes once a year, by where it stands in the year
/// as compared with the anchor.
fn year_by(way: Way, year: i64, place: std::cmp::Ordering) -> i64 {
    match way {
        Way::Last => year - i64::from(place.is_ge()),
        Way::This => year,
        Way::Next => year + i64::from(place.is_le()),
    }
}

/// The last Saturday before the day, the next one after it, or the one in its week.
fn weekday_piece(anchor: Anchor, way: Way, weekday: u8) -> Option<Piece> {
    let today = i64::from(anchor.midnight().weekday()?);
    let ahead = i64::from(weekday) - today;
    let days = match way {
        Way::Last => ahead.rem_euclid(7) - 7,
        Way::This => ahead,
        Way::Next => (ahead - 1).rem_euclid(7) + 1,
    };
    day_piece(anchor.midnight().plus_nanos(DAY_NANOS * i128::from(days)))
}

/// The last season that was over, the next that has not begun, or this year's.
fn season_piece(anchor: Anchor, way: Way, season: u8) -> Piece {
    let year = anchor.year();
    let span = |year: i64| When::parse(&format!("{}-{season}", year_text(year))).ok().map(|when| when.span());
    let fits = |year: &i64| match (way, span(*year)) {
        (Way::Last, Some(span)) => span.last < anchor.first,
        (Way::Next, Some(span)) => span.first > anchor.first,
        _ => true,
    };
    let years = if way == Way::Next { [year, year + 1, year + 2] } else { [year, year - 1, year - 2] };
    let year = years.into_iter().find(fits).unwrap_or(year);
    Piece::Item(format!("{}-{season}", year_text(year)))
}

/// A week from Monday to Sunday, from its day `from` on.
fn week(anchor: Anchor, way: Way, from: i64) -> Option<Piece> {
    let today = i64::from(anchor.midnight().weekday()?);
    let weeks = match way {
        Way::Last => -7,
        Way::This => 0,
        Way::Next => 7,
    };
    let monday = anchor.midnight().plus_nanos(DAY_NANOS * i128::from(weeks - today));
    let day = |days: i64| day_text(monday.plus_nanos(DAY_NANOS * i128::from(days)));
    Some(Piece::Span { first: day(from)?, last: day(6)?, end: None })
}

/// A whole number of units, if it is one.
fn amount(digits: &str, zeros: u32) -> Option<i64> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let zeros = zeros.checked_sub(u32::try_from(decimals.len()).ok()?)?;
    format!("{whole}{decimals}").parse::<i64>().ok()?.checked_mul(10_i64.checked_pow(zeros)?)
}

/// So many units back. A count of years or months has that precision; thousands of years ago are known to their
/// first digits only, and a round number of weeks or more is an estimate.
fn back(anchor: Anchor, count: i64, span: Span) -> Option<Piece> {
    let text = match span {
        Span::Day => {
            return day_piece(anchor.midnight().plus_nanos(DAY_NANOS.checked_mul(-i128::from(count))?));
        }
        Span::Week => {
            let days = DAY_NANOS.checked_mul(7)?.checked_mul(-i128::from(count))?;
            format!("{}~", day_text(anchor.midnight().plus_nanos(days))?)
        }
        Span::Month => {
            format!("{}~", month_text(anchor.first.start_of_month()?.plus_months(count.checked_neg()?)?)?)
        }
        Span::Year => {
            let year = anchor.year().checked_sub(count)?;
            let round = count.checked_ilog10().filter(|_| count >= 1000 && count % 1000 == 0);
            match round {
                Some(_) => format!("{}S{}~", year_text(year), significant(count, year)?),
                None => format!("{}~", year_text(year)),
            }
        }
        // Of a publication whose hour is not known: about that day.
        Span::Hour | Span::Minute if anchor.precision < Precision::Minute => {
            format!("{}~", day_text(anchor.midnight())?)
        }
        Span::Hour | Span::Minute => {
            let unit = if span == Span::Hour { 3_600_000_000_000 } else { 60_000_000_000 };
            let at = anchor.first.plus_nanos(i128::from(count).checked_mul(-unit)?);
            let civil = at.civil()?;
            format!("{}T{:02}:{:02}~", day_text(at)?, civil.hour, civil.minute)
        }
    };
    Some(Piece::Item(text))
}

/// How many digits of a year are left when a round count of years is taken from it.
fn significant(count: i64, year: i64) -> Option<u32> {
    let zeros = count.to_string().bytes().rev().take_while(|byte| *byte == b'0').count();
    let digits = year.unsigned_abs().checked_ilog10()?.max(3) + 1;
    Some(digits.saturating_sub(u32::try_from(zeros).ok()?).max(1))
}

/// Millions of years, as a year known to the digits that were said: "13.8 billion years ago" is `Y-138E8S3~`.
pub(super) fn deep(digits: &str, zeros: u32, ago: bool) -> Piece {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = decimals.trim_end_matches('0');
    let all = format!("{whole}{decimals}");
    let all = all.trim_start_matches('0');
    let kept = all.trim_end_matches('0');
    let dropped = all.len() - kept.len();
    let power = usize::try_from(zeros).unwrap_or(0) + dropped;
    let power = power.saturating_sub(decimals.len());
    let known = if ago { format!("S{}~", kept.len()) } else { String::new() };
    let kept = if kept.is_empty() { "0" } else { kept };
    Piece::Item(format!("Y-{kept}E{power}{known}"))
}
