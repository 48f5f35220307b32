//! A date as far as its words went, and the EDTF that it makes.

use crate::when::instant::days_in_month;
use crate::when::{DateFault, Instant};

/// A date of which parts may still be missing: "1" in "1 to 5 October 2023".
#[derive(Clone, Debug, Default)]
pub(super) struct Loose {
    /// The byte at which it begins.
    pub(super) at: usize,
    /// The year, or what stands for it.
    pub(super) year: Option<Years>,
    /// Whether the era of the year was said.
    pub(super) era: bool,
    /// The month, or that it is some month.
    pub(super) month: Option<Field>,
    /// The day, or that it is some day.
    pub(super) day: Option<Field>,
    /// The code of a season, quarter, third or half.
    pub(super) season: Option<u8>,
    /// Which third of what is said.
    pub(super) part: Option<Part>,
    /// The time of day as EDTF writes it.
    pub(super) clock: Option<String>,
    /// The day of the week, 0 for Monday, and where it stands.
    pub(super) weekday: Option<(u8, usize)>,
    /// `~`
    pub(super) approximate: bool,
    /// `?`
    pub(super) uncertain: bool,
    /// How many digits of the year are significant.
    pub(super) significant: Option<i64>,
    /// It is whole as it is.
    pub(super) ready: Option<Piece>,
}

/// A month or a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    /// Its number.
    Number(u8),
    /// "Some day in".
    Some,
}

/// A year, or what is said in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Years {
    /// A year, by its astronomical number.
    One(i64),
    /// A year in another form: `Y-138E8`.
    Long(String),
    /// A decade, century or millennium: `201X`.
    Mask(String),
    /// A century or millennium before year 0, from its first to its last year.
    Before(i64, i64),
}

/// A third of a year, a month, a decade or a century. Early is January to April, the 1st to the 10th, the years
/// 0 to 3 of ten, 00 to 33 of a hundred; mid is May to August, 11th to 20th, 4 to 6, 34 to 66; late is the rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// Early, the beginning.
    Early,
    /// Mid, the middle.
    Mid,
    /// Late, the end.
    Late,
}

/// EDTF that a date makes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// A date that can stand anywhere.
    Item(String),
    /// One moment from one date to another; `end` is how it is written where a date is wanted, if it can be.
    Span { first: String, last: String, end: Option<String> },
}

impl Piece {
    /// The text of it alone.
    pub(super) fn alone(&self) -> String {
        match self {
            Self::Item(item) => item.clone(),
            Self::Span { first, last, .. } => format!("[{first}..{last}]"),
        }
    }
}

impl Loose {
    /// Whether a year is still missing.
    pub(super) fn lacks_year(&self) -> bool {
        self.year.is_none() && self.ready.is_none()
    }

    /// Whether it is a number of one or two digits and nothing else, so that it may be a day or a year.
    pub(super) fn bare_number(&self) -> Option<u8> {
        let alone = self.month.is_none() && self.season.is_none() && self.part.is_none() && self.lacks_year();
        match self.day {
            Some(Field::Number(number)) if alone => Some(number),
            _ => None,
        }
    }

    /// Takes what it lacks from a date beside it: "1 to 5 October 2023", "May 2010 to June".
    pub(super) fn fill_from(&mut self, other: &Self) {
        let weekday_alone = self.weekday.is_some() && self.day.is_none() && self.month.is_none();
        if self.ready.is_some() || other.ready.is_some() || weekday_alone {
            return;
        }
        if self.clock.is_some() && self.day.is_none() && self.month.is_none() {
            (self.day, self.month) = (other.day, other.month);
        }
        if let Some(number) = self.bare_number() {
            self.month = other.month;
            if let (None, None, Some(Years::One(year))) = (other.month, other.season, &other.year) {
                // "44 to 40 BCE": a number beside a year is a year of its era.
                let number = i64::from(number);
                self.year = Some(Years::One(if *year <= 0 { 1 - number } else { number }));
                self.day = None;
            }
        }
        if self.year.is_none() {
            self.year.clone_from(&other.year);
        }
        // The era said once, at the end: "44 to 40 BCE".
        if let (Some(Years::One(year)), Some(Years::One(later))) = (&self.year, &other.year)
            && !self.era
            && (1..=9999).contains(year)
            && *later <= 0
            && *year > later.saturating_neg()
        {
            self.year = Some(Years::One(1 - year));
        }
    }

    /// The EDTF it makes, where its year is known.
    pub(super) fn piece(&self) -> Result<Piece, DateFault> {
        let fault = |message: &str| DateFault::at(self.at, message);
        if let Some(ready) = &self.ready {
            return self.mark(ready.clone());
        }
        let years = self.year.as_ref().ok_or_else(|| fault("the year is missing"))?;
        if let Some(part) = self.part {
            let piece = self.part_of(years, part)?;
            return self.mark(piece);
        }
        let year = match years {
            Years::One(year) => year_text(*year),
            Years::Long(text) | Years::Mask(text) => text.clone(),
            Years::Before(first, last) => {
                if self.month.is_some() || self.day.is_some() || self.season.is_some() {
                    return Err(fault("a day or month of a whole century before year 0 cannot be written"));
                }
                let digits = if last - first > 99 { 1 } else { 2 };
                let end = Some(format!("{}S{digits}", year_text(*first)));
                return self.mark(Piece::Span { first: year_text(*first), last: year_text(*last), end });
            }
        };
        let year = match self.significant {
            Some(digits) => format!("{year}S{digits}"),
            None => year,
        };
        let field = |field: Field| match field {
            Field::Number(number) => format!("-{number:02}"),
            Field::Some => "-XX".to_owned(),
        };
        let month = self.season.map(Field::Number).or(self.month);
        let month =
            month.or_else(|| self.day.filter(|day| *day == Field::Some)).map(field).unwrap_or_default();
        if month.is_empty() && self.day.is_some() {
            return Err(fault("the month of this day is missing"));
        }
        let day = self.day.map(field).unwrap_or_default();
        let clock = self.clock.as_ref().map(|clock| format!("T{clock}")).unwrap_or_default();
        if !clock.is_empty() && day.is_empty() {
            return Err(fault("a time of day needs a whole date"));
        }
        self.mark(Piece::Item(format!("{year}{month}{day}{clock}")))
    }

    /// A third of what is said.
    fn part_of(&self, years: &Years, part: Part) -> Result<Piece, DateFault> {
        if self.day.is_some() || self.season.is_some() {
            return Err(DateFault::at(
                self.at,
                "only years, months, decades and centuries have an early or late part",
            ));
        }
        let index = part as u8;
        match (years, self.month) {
            (Years::One(year), None) => {
                let name = year_text(*year);
                let (first, last, code) = (1 + 4 * index, 4 + 4 * index, 37 + index);
                let (first, last) = (format!("{name}-{first:02}"), format!("{name}-{last:02}"));
                Ok(Piece::Span { first, last, end: Some(format!("{name}-{code}")) })
            }
            (Years::One(year), Some(Field::Number(month))) => {
                let name = format!("{}-{month:02}", year_text(*year));
                let days = days_in_month(*year, month).unwrap_or(31);
                let last = if part == Part::Late { days } else { 10 + 10 * index };
                let (first, last) = (format!("{name}-{:02}", 1 + 10 * index), format!("{name}-{last:02}"));
                Ok(Piece::Span { first, last, end: Some(format!("{name}-{index}X")) })
            }
            (Years::Mask(_) | Years::Before(..), None) => {
                let (first, last) = self.years_part(years, part)?;
                Ok(Piece::Span { first: year_text(first), last: year_text(last), end: None })
            }
            _ => Err(DateFault::at(
                self.at,
                "only years, months, decades and centuries have an early or late part",
            )),
        }
    }

    /// The years of a third of a decade, century or millennium.
    fn years_part(&self, years: &Years, part: Part) -> Result<(i64, i64), DateFault> {
        let (first, last) = match years {
            Years::Before(first, last) => (*first, *last),
            Years::Mask(mask) => {
                let with = |digit: &str| mask.replace('X', digit).parse::<i64>().ok();
                with("0").zip(with("9")).ok_or_else(|| DateFault::at(self.at, "these years have no parts"))?
            }
            Years::One(_) | Years::Long(_) => {
                return Err(DateFault::at(self.at, "these years have no parts"));
            }
        };
        let size = last - first + 1;
        let (one, two) = ((size + 2) / 3, (2 * size + 2) / 3);
        Ok(match part {
            Part::Early => (first, first + one - 1),
            Part::Mid => (first + one, first + two - 1),
            Part::Late => (first + two, last),
        })
    }

    /// The sign of what its source doubts: `~`, `?`, `%` or nothing.
    pub(super) fn sign(&self) -> &'static str {
        let written = match &self.ready {
            Some(Piece::Item(text)) => text.as_str(),
            _ => "",
        };
        sign(self.uncertain || ends_in(written, '?'), self.approximate || ends_in(written, '~'))
    }

    /// Puts `~`, `?` or `%` behind it. A span has no place for them but as a mask or a third of a year.
    fn mark(&self, piece: Piece) -> Result<Piece, DateFault> {
        if !self.approximate && !self.uncertain {
            return Ok(piece);
        }
        let text = match piece {
            Piece::Item(text) | Piece::Span { end: Some(text), .. } => text,
            Piece::Span { first, last, end: None } => {
                return Err(DateFault::at(
                    self.at,
                    "this stretch of time has no place for “about” or “possibly”",
                )
                .hint(format!("leave the word out: [{first}..{last}]")));
            }
        };
        let bare = text.trim_end_matches(['?', '~', '%']);
        let sign = sign(self.uncertain || ends_in(&text, '?'), self.approximate || ends_in(&text, '~'));
        Ok(Piece::Item(format!("{bare}{sign}")))
    }
}

/// Whether a date ends in a sign, or in the one for both.
fn ends_in(text: &str, sign: char) -> bool {
    text.ends_with([sign, '%'])
}

fn sign(uncertain: bool, approximate: bool) -> &'static str {
    match (uncertain, approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    }
}

/// A year as EDTF writes it.
pub(super) fn year_text(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    match year.unsigned_abs() {
        size @ 0..=9999 => format!("{sign}{size:04}"),
        size => format!("Y{sign}{size}"),
    }
}

/// An instant's day as EDTF writes it; beyond the range of civil dates its year.
pub(super) fn day_text(instant: Instant) -> Option<String> {
    let civil = instant.civil()?;
    Some(format!("{}-{:02}-{:02}", year_text(civil.year), civil.month, civil.day))
}
