//! What an EDTF text says, part by part, and how it is written.

use std::fmt::{Display, Formatter, Result};

use edtf_core::{Date, DateField, YearKind};

use super::{Moment, Precision};

/// A date as written: a single one, an interval, or a set.
#[derive(Clone, Debug)]
pub(in crate::when) enum Form {
    /// One date.
    Single(Item),
    /// From one date to another.
    Interval {
        /// When it begins.
        start: End,
        /// When it ends.
        end: End,
    },
    /// Several dates.
    Set {
        /// All of them (`{…}`) rather than one of them (`[…]`).
        all: bool,
        /// The members as written.
        members: Vec<Member>,
    },
}

/// A date, or a date with a time of day.
#[derive(Clone, Copy, Debug)]
pub(in crate::when) enum Item {
    /// A date, with whatever masks and qualifiers it carries.
    Date(Date),
    /// A day with a time of day.
    Moment(Moment),
}

/// One side of an interval.
#[derive(Clone, Copy, Debug)]
pub(in crate::when) enum End {
    /// A date.
    On(Item),
    /// `..`: without end.
    Open,
    /// Nothing: there is one, and nobody knows it.
    Unknown,
    /// `..a` at the start: on or before a date.
    OnOrBefore(Item),
    /// `b..` at the end: on or after a date.
    OnOrAfter(Item),
}

/// A member of a set.
#[derive(Clone, Copy, Debug)]
pub(in crate::when) enum Member {
    /// A date.
    On(Item),
    /// `a..b`: every date of that precision from a to b.
    Range(Item, Item),
    /// `..a`: a date or an earlier one.
    OnOrBefore(Item),
    /// `b..`: a date or a later one.
    OnOrAfter(Item),
}

impl Form {
    /// Its dates in the order written.
    pub(in crate::when) fn items(&self) -> impl Iterator<Item = &Item> {
        let (ends, members): (Vec<&End>, &[Member]) = match self {
            Self::Single(_) => (Vec::new(), &[]),
            Self::Interval { start, end } => (vec![start, end], &[]),
            Self::Set { members, .. } => (Vec::new(), members),
        };
        let single = if let Self::Single(item) = self { Some(item) } else { None };
        single
            .into_iter()
            .chain(ends.into_iter().filter_map(End::item))
            .chain(members.iter().flat_map(|member| member.items().into_iter().flatten()))
    }

    /// Whether the way it is put together is vague, whatever its parts are.
    pub(super) fn is_vague(&self) -> bool {
        match self {
            Self::Single(_) => false,
            Self::Interval { start, end } => [start, end]
                .iter()
                .any(|end| matches!(end, End::Unknown | End::OnOrBefore(_) | End::OnOrAfter(_))),
            Self::Set { all, members } => {
                !all || members.iter().any(|it| matches!(it, Member::OnOrBefore(_) | Member::OnOrAfter(_)))
            }
        }
    }
}

impl Item {
    /// The finest unit it names.
    pub(in crate::when) fn precision(&self) -> Precision {
        match self {
            Self::Date(date) => date_precision(date),
            Self::Moment(moment) => moment.clock.precision(),
        }
    }

    /// Whether its source doubts it (`?`, `%`), in whichever component.
    pub(in crate::when) fn is_uncertain(&self) -> bool {
        match self {
            Self::Date(date) => date.is_uncertain(),
            Self::Moment(moment) => moment.qualifier.uncertain,
        }
    }

    /// Whether it is an estimate (`~`, `%`), in whichever component.
    pub(in crate::when) fn is_approximate(&self) -> bool {
        match self {
            Self::Date(date) => date.is_approximate(),
            Self::Moment(moment) => moment.qualifier.approximate,
        }
    }

    /// Whether it is qualified, masked, or known to some digits only.
    pub(super) fn is_vague(&self) -> bool {
        self.is_uncertain() || self.is_approximate() || self.has_gaps()
    }

    /// Whether digits of it are not given.
    pub(super) fn has_gaps(&self) -> bool {
        match self {
            Self::Date(date) => date.has_unspecified() || date.year.significant_digits.is_some(),
            Self::Moment(_) => false,
        }
    }
}

fn date_precision(date: &Date) -> Precision {
    if date.day.is_some() {
        return Precision::Day;
    }
    match date.month {
        Some(month) if month.value().is_some_and(|code| code > 20) => Precision::Season,
        Some(_) => Precision::Month,
        None if date.year.significant_digits.is_some() || date.year.has_unspecified() => Precision::Years,
        None => Precision::Year,
    }
}

impl End {
    /// The date it names, if it does.
    pub(in crate::when) fn item(&self) -> Option<&Item> {
        match self {
            Self::On(item) | Self::OnOrBefore(item) | Self::OnOrAfter(item) => Some(item),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl Member {
    /// The one or two dates it names.
    pub(in crate::when) fn items(&self) -> [Option<&Item>; 2] {
        match self {
            Self::On(item) | Self::OnOrBefore(item) | Self::OnOrAfter(item) => [Some(item), None],
            Self::Range(first, last) => [Some(first), Some(last)],
        }
    }
}

impl Display for Form {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Single(item) => item.fmt(f),
            Self::Interval { start, end } => write!(f, "{start}/{end}"),
            Self::Set { all, members } => {
                f.write_str(if *all { "{" } else { "[" })?;
                for (index, member) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    member.fmt(f)?;
                }
                f.write_str(if *all { "}" } else { "]" })
            }
        }
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Moment(moment) => moment.fmt(f),
        }
    }
}

impl Display for End {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::On(item) => item.fmt(f),
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
            Self::OnOrBefore(item) => write!(f, "..{item}"),
            Self::OnOrAfter(item) => write!(f, "{item}.."),
        }
    }
}

impl Display for Member {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::On(item) => item.fmt(f),
            Self::Range(first, last) => write!(f, "{first}..{last}"),
            Self::OnOrBefore(item) => write!(f, "..{item}"),
            Self::OnOrAfter(item) => write!(f, "{item}.."),
        }
    }
}

/// The year of a date in which every digit is given.
pub(in crate::when) fn year_of(date: &Date) -> Option<i64> {
    date.year.value()
}

/// The four digits of a year in the common form, and whether it is before year 0.
pub(in crate::when) fn year_digits(date: &Date) -> Option<(bool, [Option<u8>; 4])> {
    match date.year.kind {
        YearKind::Standard { negative, digits } => Some((negative, digits)),
        YearKind::Big { .. } | YearKind::Exponential { .. } => None,
    }
}

/// Whether no digit of a month or day is given.
pub(in crate::when) fn is_blank(field: DateField) -> bool {
    field.digits == [None, None]
}
