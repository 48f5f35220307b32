//! Steps from a date: so many units on or back, the next month or season of a name.

use super::calendar::Day;
use super::lexicon::{Season, Unit};
use super::relative::Way;
use super::resolve::begins;
use super::scan::Scan;
use super::value::{Date, Field};

/// The date so many units from another, no finer than both of them.
pub(super) fn moved(anchor: Date, unit: Unit, count: i64) -> Option<Date> {
    let year = anchor.year?;
    let (months, years) = match unit {
        Unit::Month => (count, 0),
        Unit::Quarter => (count.checked_mul(3)?, 0),
        Unit::Year => (0, count),
        Unit::Decade => (0, count.checked_mul(10)?),
        Unit::Century => (0, count.checked_mul(100)?),
        Unit::Millennium => (0, count.checked_mul(1000)?),
        Unit::Day | Unit::Week | Unit::Weekend | Unit::Fortnight => {
            let days = match unit {
                Unit::Day => 1,
                Unit::Fortnight => 14,
                _ => 7,
            };
            return match anchor.day() {
                Some(day) => day.plus_days(count.checked_mul(days)?).map(Date::from),
                None if unit == Unit::Day => {
                    Some(Date::of(Some(year), Field::Day(anchor.month_number(), None)))
                }
                None => Some(Date::of(Some(year), Field::Week(None))),
            };
        }
        Unit::Hour | Unit::Minute | Unit::Second => {
            return anchor.day().filter(|_| count.abs() < 24 || unit != Unit::Hour).map(Date::from);
        }
        Unit::Season => return None,
    };
    if months != 0 {
        let Some(month) = anchor.month_number() else {
            return Some(Date::of(Some(year), Field::Month(None)));
        };
        let day = Day::new(year, month, 1)?.plus_months(months)?;
        return Some(Date::month(Some(day.year), day.month));
    }
    let moved = i64::from(year).checked_add(years)?;
    let moved = i32::try_from(moved).ok().filter(|year| (-9_998..=9_999).contains(year))?;
    if unit == Unit::Year
        && count.abs() == 1
        && let Some(month) = anchor.month_number().filter(|_| matches!(anchor.field, Field::Month(_)))
    {
        return Some(Date::month(Some(moved), month));
    }
    Some(Date::year(moved))
}

impl Scan<'_> {
    /// The day, week, month, … that lies so many of them after a date.
    pub(super) fn unit_from(anchor: Date, unit: Unit, step: i64) -> Option<Date> {
        let year = i64::from(anchor.year?).checked_add(if unit == Unit::Year { step } else { 0 })?;
        let year = i32::try_from(year).ok()?;
        let month = anchor.month_number();
        match unit {
            Unit::Year => Some(Date::year(year)),
            Unit::Month => {
                let day = Day::new(year, month?, 1)?.plus_months(step)?;
                Some(Date::month(Some(day.year), day.month))
            }
            Unit::Day => match anchor.day() {
                Some(day) => day.plus_days(step).map(Date::from),
                None => Some(Date::of(Some(year), Field::Day(month, None))),
            },
            Unit::Week | Unit::Weekend => {
                let (year, week) = match (anchor.day(), anchor.field) {
                    (Some(day), _) => day.plus_days(7 * step)?.week()?,
                    (None, Field::Week(Some(week))) => {
                        Day::monday(year, week)?.plus_days(7 * step)?.week()?
                    }
                    _ => return Some(Date::of(Some(year), Field::Week(None))),
                };
                Some(Date::of(
                    Some(year),
                    if unit == Unit::Week { Field::Week(Some(week)) } else { Field::Weekend(week) },
                ))
            }
            Unit::Decade => Some(Date::of(
                None,
                Field::Decade(u16::try_from(i64::from(year.div_euclid(10)) + step).ok()?),
            )),
            Unit::Century => Some(Date::of(
                None,
                Field::Century(u8::try_from(i64::from(year.div_euclid(100)) + step).ok()?, false),
            )),
            _ => None,
        }
    }

    pub(super) fn month_turned(way: Way, month: u8, anchor: Date) -> Option<Date> {
        let (year, here) = (anchor.year?, anchor.month_number().unwrap_or(1));
        let year = match way {
            // "Last February" in March is that of the year before.
            Way::Before if month + 1 >= here => year - 1,
            Way::After if month <= here => year + 1,
            _ => year,
        };
        Some(Date::month(Some(year), month))
    }

    pub(super) fn season_turned(way: Way, season: Season, anchor: Date) -> Option<Date> {
        let (year, here) = (anchor.year?, first_month(&anchor).unwrap_or(1));
        let year = match way {
            Way::Before if here < begins(season) + 3 => year - 1,
            Way::After if here >= begins(season) => year + 1,
            Way::Same if season == Season::Winter && here <= 3 => year - 1,
            _ => year,
        };
        Some(Date::of(Some(year), Field::Season(season)))
    }
}

/// The month that a date begins with, as far as it is known.
const fn first_month(date: &Date) -> Option<u8> {
    match date.field {
        Field::Season(season) => Some(begins(season)),
        Field::Quarter(Some(quarter)) => Some(quarter * 3 - 2),
        _ => date.month_number(),
    }
}
