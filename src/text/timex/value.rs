//! What an expression of time says, as numbers; and its value in TIMEX3 (ISO-TimeML, ISO 24617-1).

use std::fmt;

use super::calendar::Day;
use super::lexicon::{Part, Season, Unit};

/// What an expression of time says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    /// A date, or a time of day on one.
    Date(Date),
    /// How long.
    Duration(Duration),
    /// How often.
    Often(Often),
    /// Before now, now, or after it, no more is said.
    Vague(Vague),
}

/// When, no more exactly than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vague {
    Past,
    Present,
    Future,
}

/// A date of which parts may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// Astronomical: 0 is 1 BCE.
    pub(super) year: Option<i32>,
    /// The finest that is named below it.
    pub(super) field: Field,
    /// The time of day.
    pub(super) time: Option<Time>,
}

/// The part of a year, or the run of years, that a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// So many centuries lie before it in its era; whether that is before Christ.
    Century(u8, bool),
    /// So many decades lie before it.
    Decade(u16),
    Year,
    Half(u8),
    /// Which one; `None`: one of them.
    Quarter(Option<u8>),
    Season(Season),
    Month(Option<u8>),
    Week(Option<u8>),
    Weekend(u8),
    /// Month and day.
    Day(Option<u8>, Option<u8>),
    /// A Monday (1), no more is known.
    Weekday(u8),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Part(Part),
    Clock(Clock),
}

/// A time by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// 0 to 24.
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
    /// Minutes east of Greenwich.
    pub(super) zone: Option<i16>,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Duration {
    /// How many, in thousandths; `None`: some.
    pub(super) amount: Option<u64>,
    pub(super) unit: Unit,
}

/// What comes again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Often {
    Unit(Unit),
    Month(u8),
    Season(Season),
    /// A weekday, perhaps at a part of it.
    Weekday(u8, Option<Part>),
    Part(Part),
    /// So long after each other.
    Every(Duration),
}

impl Date {
    /// A year.
    pub(super) const fn year(year: i32) -> Self {
        Self { year: Some(year), field: Field::Year, time: None }
    }

    /// A month of a year that may be unknown.
    pub(super) const fn month(year: Option<i32>, month: u8) -> Self {
        Self { year, field: Field::Month(Some(month)), time: None }
    }

    /// A part of a year.
    pub(super) const fn of(year: Option<i32>, field: Field) -> Self {
        Self { year, field, time: None }
    }

    /// The month, where it is in one.
    pub(super) const fn month_number(&self) -> Option<u8> {
        match self.field {
            Field::Month(month) | Field::Day(month, _) => month,
            _ => None,
        }
    }

    /// The day, where it is on one.
    pub(super) fn day(&self) -> Option<Day> {
        match (self.year, self.field) {
            (Some(year), Field::Day(Some(month), Some(day))) => Day::new(year, month, day),
            _ => None,
        }
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self { year: Some(day.year), field: Field::Day(Some(day.month), Some(day.day)), time: None }
    }
}

impl Value {
    /// Whether it is a time of day.
    pub(super) const fn is_time(&self) -> bool {
        matches!(self, Self::Date(Date { time: Some(_), .. }))
    }
}

/// Two digits, or two that are unknown.
struct Two(Option<u8>);

impl fmt::Display for Two {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "{number:02}"),
            None => f.write_str("XX"),
        }
    }
}

impl Season {
    const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }
}

impl Part {
    const fn code(self) -> &'static str {
        match self {
            Self::Morning => "TMO",
            Self::Noon => "T12:00",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
            Self::Midnight => "T24:00",
            Self::Day => "TDT",
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Field::Century(code, before) => write!(f, "{}{code:02}", if before { "BC" } else { "" })?,
            Field::Decade(code) => write!(f, "{code:03}")?,
            _ => match self.year {
                Some(year @ 1..) => write!(f, "{year:04}")?,
                Some(year) => write!(f, "BC{:04}", 1 - i64::from(year))?,
                None => f.write_str("XXXX")?,
            },
        }
        match self.field {
            Field::Century(..) | Field::Decade(_) | Field::Year => {}
            Field::Half(half) => write!(f, "-H{half}")?,
            Field::Quarter(Some(quarter)) => write!(f, "-Q{quarter}")?,
            Field::Quarter(None) => f.write_str("-QX")?,
            Field::Season(season) => write!(f, "-{}", season.code())?,
            Field::Month(month) => write!(f, "-{}", Two(month))?,
            Field::Week(week) => write!(f, "-W{}", Two(week))?,
            Field::Weekend(week) => write!(f, "-W{week:02}-WE")?,
            Field::Day(month, day) => write!(f, "-{}-{}", Two(month), Two(day))?,
            Field::Weekday(day) => write!(f, "-WXX-{day}")?,
        }
        match self.time {
            None => Ok(()),
            Some(Time::Part(part)) => f.write_str(part.code()),
            Some(Time::Clock(clock)) => write!(f, "{clock}"),
        }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        // The zone is left to the date in EDTF: values in TIMEX3 are mostly compared without.
        Ok(())
    }
}

impl Duration {
    /// So many whole units.
    pub(super) fn whole(count: u64, unit: Unit) -> Self {
        Self { amount: count.checked_mul(1000), unit }
    }

    /// How many whole units, where they are counted and whole.
    pub(super) fn count(&self) -> Option<i64> {
        let amount = self.amount.filter(|amount| amount.is_multiple_of(1000))?;
        i64::try_from(amount / 1000).ok()
    }

    /// The letters of its unit, by what the number is multiplied, and what the half of it is.
    const fn letters(self) -> (&'static str, &'static str, u64, Option<&'static str>) {
        match self.unit {
            Unit::Second => ("PT", "S", 1, None),
            Unit::Minute => ("PT", "M", 1, Some("30S")),
            Unit::Hour => ("PT", "H", 1, Some("30M")),
            Unit::Day => ("P", "D", 1, None),
            Unit::Weekend => ("P", "WE", 1, None),
            Unit::Week => ("P", "W", 1, None),
            Unit::Fortnight => ("P", "W", 2, None),
            Unit::Month => ("P", "M", 1, None),
            Unit::Season => ("P", "M", 3, None),
            Unit::Quarter => ("P", "Q", 1, None),
            Unit::Year => ("P", "Y", 1, Some("6M")),
            Unit::Decade => match self.amount {
                Some(2_000..) => ("P", "Y", 10, None),
                _ => ("P", "DE", 1, None),
            },
            Unit::Century => ("P", "CE", 1, None),
            Unit::Millennium => ("P", "ML", 1, None),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after, times, half) = self.letters();
        let Some(amount) = self.amount.and_then(|amount| amount.checked_mul(times)) else {
            return write!(f, "{before}X{after}");
        };
        let (whole, rest) = (amount / 1000, amount % 1000);
        match half {
            _ if rest == 0 => write!(f, "{before}{whole}{after}"),
            Some(half) if rest == 500 && whole > 0 => write!(f, "{before}{whole}{after}{half}"),
            Some(half) if rest == 500 => write!(f, "{before}{half}"),
            _ => {
                let rest = format!("{rest:03}");
                write!(f, "{before}{whole}.{}{after}", rest.trim_end_matches('0'))
            }
        }
    }
}

impl fmt::Display for Often {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit(Unit::Day) => f.write_str("XXXX-XX-XX"),
            Self::Unit(Unit::Week) => f.write_str("XXXX-WXX"),
            Self::Unit(Unit::Weekend) => f.write_str("XXXX-WXX-WE"),
            Self::Unit(Unit::Month) => f.write_str("XXXX-XX"),
            Self::Unit(Unit::Quarter) => f.write_str("XXXX-QX"),
            Self::Unit(Unit::Year) => f.write_str("XXXX"),
            Self::Unit(unit) => write!(f, "{}", Duration::whole(1, *unit)),
            Self::Month(month) => write!(f, "XXXX-{month:02}"),
            Self::Season(season) => write!(f, "XXXX-{}", season.code()),
            Self::Weekday(day, part) => {
                write!(f, "XXXX-WXX-{day}{}", part.map_or("", Part::code))
            }
            Self::Part(part) => write!(f, "XXXX-XX-XX{}", part.code()),
            Self::Every(duration) => write!(f, "{duration}"),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::Duration(duration) => write!(f, "{duration}"),
            Self::Often(often) => write!(f, "{often}"),
            Self::Vague(Vague::Past) => f.write_str("PAST_REF"),
            Self::Vague(Vague::Present) => f.write_str("PRESENT_REF"),
            Self::Vague(Vague::Future) => f.write_str("FUTURE_REF"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_in_the_standard() {
        for (thousandths, unit, said) in [
            (Some(2_000), Unit::Year, "P2Y"),
            (Some(2_500), Unit::Year, "P2Y6M"),
            (Some(500), Unit::Hour, "PT30M"),
            (Some(1_500), Unit::Minute, "PT1M30S"),
            (Some(22_800), Unit::Year, "P22.8Y"),
            (Some(24_000), Unit::Hour, "PT24H"),
            (Some(2_000), Unit::Decade, "P20Y"),
            (Some(1_000), Unit::Decade, "P1DE"),
            (Some(1_000), Unit::Fortnight, "P2W"),
            (None, Unit::Day, "PXD"),
            (None, Unit::Hour, "PTXH"),
        ] {
            assert_eq!(Duration { amount: thousandths, unit }.to_string(), said);
        }
    }

    #[test]
    fn dates_are_written_as_in_the_standard() {
        for (year, field, said) in [
            (Some(1939), Field::Year, "1939"),
            (Some(-478), Field::Year, "BC0479"),
            (None, Field::Month(Some(8)), "XXXX-08"),
            (Some(1998), Field::Week(Some(8)), "1998-W08"),
            (Some(1989), Field::Quarter(Some(3)), "1989-Q3"),
            (None, Field::Century(18, false), "18"),
            (None, Field::Century(8, true), "BC08"),
            (None, Field::Decade(197), "197"),
            (Some(2012), Field::Day(None, None), "2012-XX-XX"),
            (None, Field::Weekday(4), "XXXX-WXX-4"),
        ] {
            assert_eq!(Date::of(year, field).to_string(), said);
        }
    }
}
