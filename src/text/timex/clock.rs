//! Times of day by the clock.

use super::lexicon::{Part, Word};
use super::scan::{Found, Scan};
use super::value::{Clock, Date, Field, Time, Value};

impl Scan<'_> {
    /// "5:30 p.m.", "15:00 GMT Saturday", "11 a.m.", "noon", with the day behind it where one stands there.
    pub(super) fn clock(&self, at: usize) -> Option<Found> {
        let (time, mut end) = self.middle(at).or_else(|| self.time(at))?;
        let comma = end + usize::from(self.mark(end, b','));
        let day = self
            .date(comma, true)
            .filter(|(date, ..)| matches!(date.field, Field::Day(_, Some(_))) && !self.breaks(comma));
        if let Some((date, after, grounds, basis)) = day {
            end = after;
            let mut clock = time;
            if let (Time::Clock(clock), Word::Zone(zone)) = (&mut clock, self.word(end)) {
                clock.zone = Some(zone);
                end += 1;
            }
            let date = Date { time: Some(clock), ..date };
            return Some(Found { grounds, basis, ..Found::explicit(at, end, Value::Date(date)) });
        }
        let here = self.context.here().filter(|here| here.day().is_some());
        let date = here.unwrap_or(Date::of(None, Field::Day(None, None)));
        let basis = format!("on the day of {}", self.context.here_in_words());
        let date = Date { time: Some(time), ..date };
        Some(Found {
            grounds: self.context.grounds(),
            basis,
            names: false,
            ..Found::explicit(at, end, Value::Date(date))
        })
    }

    /// "Mid-afternoon", "mid morning".
    fn middle(&self, at: usize) -> Option<(Time, usize)> {
        let part = at + 1 + usize::from(self.is_hyphen(at + 1));
        match (self.word(at), self.word(part)) {
            (Word::Mid, Word::Part(part_of_day)) => Some((Time::Part(part_of_day), part + 1)),
            _ => None,
        }
    }

    /// A time of day, and the token behind it.
    fn time(&self, at: usize) -> Option<(Time, usize)> {
        if let Word::Part(part @ (Part::Noon | Part::Midnight)) = self.word(at) {
            return Some((Time::Part(part), at + 1));
        }
        let (hour, digits) = self.number(at)?;
        if digits > 2
            || hour > 24
            || at > 0 && self.is_glued(at) && (self.mark(at - 1, b':') || self.mark(at - 1, b'$'))
        {
            return None;
        }
        let mut end = at + 1;
        let two = |sign: usize| {
            (self.mark(sign, b':') && self.is_glued(sign) && self.is_glued(sign + 1))
                .then(|| self.number(sign + 1))
                .flatten()
                .filter(|(value, digits)| *digits == 2 && *value < 60)
        };
        let minute = two(end).map(|(minute, _)| minute);
        end += if minute.is_some() { 2 } else { 0 };
        let second = minute.and_then(|_| two(end)).map(|(second, _)| second);
        end += if second.is_some() { 2 } else { 0 };
        let half = self.half_of_day(end);
        let mut hour = hour;
        if let Some((afternoon, after)) = half {
            if hour > 12 || hour == 0 {
                return None;
            }
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            end = after;
        } else if self.word(end) == Word::Other
            && self.is_said(end, &["o"])
            && self.mark(end + 1, b'\'')
            && self.word(end + 2) == Word::OClock
        {
            end += 3;
        } else if minute.is_none() || self.mark(end, b':') || hour == 24 && minute != Some(0) {
            return None;
        }
        let zone = match self.word(end) {
            Word::Zone(zone) => Some(zone),
            _ => None,
        };
        end += usize::from(zone.is_some());
        let small = |number: u32| u8::try_from(number).unwrap_or(0);
        let clock =
            Clock { hour: small(hour), minute: small(minute.unwrap_or(0)), second: second.map(small), zone };
        Some((Time::Clock(clock), end))
    }

    /// "a.m.", "pm": whether it is the afternoon, and the token behind it.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        match self.word(at) {
            Word::Am => return Some((false, at + 1)),
            Word::Pm => return Some((true, at + 1)),
            _ => {}
        }
        let afternoon = match self.word(at) {
            Word::A if self.is_said(at, &["a"]) => false,
            Word::P_ => true,
            _ => return None,
        };
        let dotted = self.mark(at + 1, b'.')
            && self.is_glued(at + 1)
            && self.word(at + 2) == Word::M_
            && self.is_glued(at + 2);
        dotted.then(|| (afternoon, at + 3 + usize::from(self.mark(at + 3, b'.') && self.is_glued(at + 3))))
    }
}
