//! Years, decades, centuries and eras; and the numbers that look like years and count things.

use super::Mode;
use super::dates::{Read, is_year, written};
use super::lexicon::{Unit, Word};
use super::scan::Scan;
use super::token::Kind;
use super::value::{Date, Field};

impl Scan<'_> {
    /// "18th century", "the nineteenth century BC".
    pub(super) fn century(&self, at: usize) -> Option<Read> {
        let (number, end) = self.ordinal(at)?;
        let end = end + usize::from(self.is_hyphen(end));
        let number = u8::try_from(number).ok().filter(|number| (1..=30).contains(number))?;
        if self.word(end) != Word::Unit(Unit::Century) {
            return None;
        }
        let (before, end) = self.era(end + 1).unwrap_or((false, end + 1));
        Some(written(Date::of(None, Field::Century(number - 1, before)), end))
    }

    /// An era behind a year or century: "BC", "B.C.", "AD", "BCE". Whether it is the one before Christ.
    pub(super) fn era(&self, at: usize) -> Option<(bool, usize)> {
        let letter =
            |offset: usize, word: Word| self.word(at + offset) == word && self.is_capital(at + offset);
        match self.word(at) {
            Word::Bc if self.is_capital(at) => Some((true, at + 1)),
            Word::Ad if self.is_capital(at) => Some((false, at + 1)),
            Word::B_ if letter(0, Word::B_) && self.mark(at + 1, b'.') && letter(2, Word::C_) => {
                let e = self.mark(at + 3, b'.') && letter(4, Word::E_);
                let end = at + if e { 5 } else { 3 };
                Some((
                    true,
                    end + usize::from(
                        self.mark(end, b'.') && !(self.ends_sentence(end) && self.breaks(end + 1)),
                    ),
                ))
            }
            Word::A if self.said(at) == "A" && self.mark(at + 1, b'.') && letter(2, Word::D_) => {
                Some((false, at + 3 + usize::from(self.mark(at + 3, b'.'))))
            }
            _ => None,
        }
    }

    /// "264 BC", "AD 43".
    pub(super) fn era_year(&self, at: usize) -> Option<(i32, usize)> {
        if let Some((year, digits)) = self.number(at).filter(|(year, digits)| *digits <= 5 && *year > 0) {
            // "264 to 241 BC": the era stands once, behind the other year.
            let joined = (matches!(self.word(at + 1), Word::To | Word::And) || self.is_hyphen(at + 1))
                && self.number(at + 2).is_some_and(|(other, _)| other < year);
            let (before, end) = match self.era(at + 1) {
                None if joined => (self.era(at + 3).filter(|(before, _)| *before)?.0, at + 1),
                era => era?,
            };
            let year = i32::try_from(year).ok()?;
            let _ = digits;
            return Some((if before { 1 - year } else { year }, end));
        }
        let (false, next) = self.era(at)? else { return None };
        let (year, digits) = self.number(next)?;
        (digits <= 4 && year > 0).then_some((i32::try_from(year).ok()?, next + 1))
    }

    /// "1990s", "the '80s", "the nineties".
    pub(super) fn decade(&self, at: usize, the: bool) -> Option<Read> {
        if let Word::Decade(tens) = self.word(at) {
            return (the || self.stage_before(at))
                .then(|| written(Date::of(None, Field::Decade(190 + u16::from(tens / 10))), at + 1));
        }
        let quoted = self.mark(at, b'\'');
        let first = at + usize::from(quoted);
        let (number, digits) = self.number(first)?;
        let owner = usize::from(self.mark(first + 1, b'\'') && self.is_glued(first + 1));
        let s = first + 1 + owner;
        if self.word(s) != Word::S || !self.is_glued(s) || number % 10 != 0 {
            return None;
        }
        let code = match digits {
            4 if is_year(number, 4) => number / 10,
            2 if quoted || the => 190 + number / 10,
            _ => return None,
        };
        Some(written(Date::of(None, Field::Decade(u16::try_from(code).ok()?)), s + 1))
    }

    fn stage_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            self.is_hyphen(before) || matches!(self.word(before), Word::Early | Word::Late | Word::Mid)
        })
    }

    /// A year: "1939", "the year 1914", "264 BC", "nineteen seventy-nine".
    pub(super) fn year(&self, at: usize, led: bool) -> Option<Read> {
        let named = self.word(at) == Word::Unit(Unit::Year)
            || self.word(at) == Word::Units(Unit::Year) && self.number(at + 1).is_some();
        let at = at + usize::from(named);
        let circa = usize::from(self.word(at) == Word::Circa);
        let at = at + circa + usize::from(circa > 0 && self.mark(at + 1, b'.'));
        if let Some((year, end)) = self.era_year(at) {
            return Some(written(Date::year(year), end));
        }
        if let Some(year) = self.spoken_year(at, named || led) {
            return Some(year);
        }
        let (year, digits) = self.number(at)?;
        let year = i32::try_from(year).ok()?;
        let clear = named || led || circa > 0 || self.leads(at);
        if self.context.ancient
            && self.context.mode == Mode::Narrative
            && matches!(digits, 2..=3)
            && clear
            && self.unit(at + 1).is_none()
            && !self.counts(at)
            && !self.counts_things(at)
        {
            return Some(written(Date::year(1 - year), at + 1));
        }
        if !is_year(year.unsigned_abs(), digits) || self.counts(at) {
            return None;
        }
        let glued_word = at > 0 && self.is_glued(at) && matches!(self.token(at - 1)?.kind, Kind::Word(_));
        let tail = self.is_glued(at + 1) && matches!(self.token(at + 1)?.kind, Kind::Word(_));
        if glued_word || tail || self.unit(at + 1).is_some_and(|(unit, many)| many || unit != Unit::Quarter) {
            return None;
        }
        // A round number before something counted is no year: "1500 people".
        let placed = matches!(
            self.word_before(at),
            Word::In | Word::By | Word::Since | Word::Until | Word::During | Word::The | Word::Own
        );
        let counts = self.counts_units(at) || self.counts_things(at) && !placed;
        (named || circa > 0 || !counts).then(|| written(Date::year(year), at + 1))
    }

    /// Whether a number counts what follows: a glued sign, a thousands' comma.
    pub(super) fn counts(&self, at: usize) -> bool {
        let end = at + 1;
        self.is_glued(end)
            && (self.mark(end, b'%')
                || self.mark(end, b':') && self.number(end + 1).is_some() && self.is_glued(end + 1))
            || (self.mark(end, b',') || self.mark(end, b'.'))
                && self.is_glued(end)
                && self.is_glued(end + 1)
                && self.number(end + 1).is_some()
            || at > 0
                && self.is_glued(at)
                && (self.mark(at - 1, b'$') || self.mark(at - 1, b'#') || self.mark(at - 1, b'.'))
    }

    /// Whether a number stands before a word in the plural, so that it counts it.
    fn counts_things(&self, at: usize) -> bool {
        let end = at + 1;
        let said = self.said(end);
        self.word(end) == Word::Other
            && !self.is_capital(end)
            && said.len() > 3
            && said.ends_with('s')
            && !said.ends_with("ss")
            && !self.is_glued(end)
            || self.counts_units(at)
    }

    /// Whether a number stands before what is always counted: units, people, money.
    fn counts_units(&self, at: usize) -> bool {
        let end = at + 1;
        matches!(self.word(end), Word::Units(_) | Word::Scale(_) | Word::Scales(_))
            || self.is_said(
                end,
                &[
                    "people", "men", "women", "feet", "metres", "meters", "miles", "km", "yards", "acres",
                    "dead", "euros", "dollars", "percent",
                ],
            )
    }

    /// "Nineteen seventy-nine", "two thousand and one".
    pub(super) fn spoken_year(&self, at: usize, led: bool) -> Option<Read> {
        if let Word::Card(century @ 17..=20) = self.word(at) {
            let next = at + 1 + usize::from(self.is_hyphen(at + 1));
            if let (Word::Card(_), Some((tens @ 10..=99, end))) = (self.word(next), self.words_number(next))
                && self.unit(end).is_none()
                && century < 20
            {
                return Some(written(Date::year(i32::from(century) * 100 + i32::try_from(tens).ok()?), end));
            }
        }
        if self.word(at) == Word::Card(2) && self.word(at + 1) == Word::Scale(1000) && (led || self.leads(at))
        {
            let (year, end) = self.words_number(at)?;
            let plain =
                self.unit(end).is_none() && !self.counts_things(end - 1) && self.word(end) != Word::Other;
            return (plain && year < 2100)
                .then_some(())
                .and_then(|()| Some(written(Date::year(i32::try_from(year).ok()?), end)));
        }
        None
    }
}
