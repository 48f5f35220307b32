//! Numbers in digits and words.

use super::lexicon::{Unit, Word};
use super::scan::Scan;

/// How many, in thousandths; `None`: some.
pub(super) type Amount = Option<u64>;

/// How many of a unit, and the token behind the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) amount: Amount,
    pub(super) end: usize,
    /// It is a range ("two to three"), of which this is the lower end.
    pub(super) range: bool,
    /// It is "a couple", "a dozen".
    pub(super) loose: bool,
}

/// The largest number that is read.
const MOST: u64 = 1_000_000_000_000;

impl Scan<'_> {
    /// A number in words: "twenty-four", "a hundred and thirty", "two thousand". The number and the token behind it.
    pub(super) fn words_number(&self, at: usize) -> Option<(u64, usize)> {
        let (mut total, mut group, mut next) = (0u64, 0u64, at);
        let mut any = false;
        if self.word(next) == Word::A && matches!(self.word(next + 1), Word::Scale(_)) {
            group = 1;
            next += 1;
        }
        loop {
            let joined = if any && self.is_hyphen(next) { next + 1 } else { next };
            let joined = if any && self.word(joined) == Word::And && Self::scaled(group, total) {
                joined + 1
            } else {
                joined
            };
            match self.word(joined) {
                Word::Card(number) => {
                    let number = u64::from(number);
                    let fits = match group % 100 {
                        0 => true,
                        tens => tens % 10 == 0 && tens >= 20 && number < 10,
                    };
                    if any && !fits {
                        break;
                    }
                    group += number;
                }
                Word::Scale(100) if any || group == 1 => group = group.max(1).checked_mul(100)?,
                Word::Scale(scale) if any || group == 1 => {
                    total = total.checked_add(group.max(1).checked_mul(u64::from(scale))?)?;
                    group = 0;
                }
                _ => break,
            }
            if total.max(group) > MOST {
                return None;
            }
            any = true;
            next = joined + 1;
        }
        any.then_some((total + group, next))
    }

    /// Whether "and" may go on with a number: after a hundred or thousand.
    const fn scaled(group: u64, total: u64) -> bool {
        (group >= 100 && group.is_multiple_of(100)) || (group == 0 && total > 0)
    }

    /// A number in digits, with thousands' commas, decimals or a fraction behind it, in thousandths.
    fn digits(&self, at: usize) -> Option<(u64, usize)> {
        let (value, digits) = self.number(at)?;
        let mut value = u64::from(value);
        let mut next = at + 1;
        while digits <= 3
            && self.mark(next, b',')
            && self.is_glued(next)
            && self.is_glued(next + 1)
            && let Some((group, 3)) = self.number(next + 1)
        {
            value = value.checked_mul(1000)?.checked_add(u64::from(group))?;
            next += 2;
        }
        let mut thousandths = value.checked_mul(1000).filter(|size| *size < MOST * 1000)?;
        if self.mark(next, b'.')
            && self.is_glued(next)
            && self.is_glued(next + 1)
            && !self.mark(next + 2, b'.')
        {
            if let Some((part, digits @ 1..=3)) = self.number(next + 1) {
                thousandths += u64::from(part) * 10u64.pow(3 - u32::from(digits));
                next += 2;
            }
        } else if let Some((part, end)) = self.fraction(next) {
            // "2 1/2"
            thousandths += part;
            next = end;
        } else if self.mark(next, b'/')
            && self.is_glued(next)
            && let Some((part, end)) = self.fraction(at)
        {
            (thousandths, next) = (part, end);
        }
        if let (Word::Scale(scale), true) = (self.word(next), value < 1000) {
            thousandths = thousandths.checked_mul(u64::from(scale))?;
            next += 1;
        }
        Some((thousandths, next))
    }

    /// "1/2", in thousandths.
    fn fraction(&self, at: usize) -> Option<(u64, usize)> {
        let ((over, 1), (under, 1)) = (self.number(at)?, self.number(at + 2)?) else { return None };
        let whole = self.mark(at + 1, b'/') && self.is_glued(at + 1) && self.is_glued(at + 2);
        (whole && over < under).then(|| (u64::from(over) * 1000 / u64::from(under), at + 3))
    }

    /// A number, in digits or words.
    fn plain(&self, at: usize) -> Option<(u64, usize)> {
        if self.number(at).is_some() {
            return self.digits(at);
        }
        let (number, end) = self.words_number(at)?;
        let thousandths = number.checked_mul(1000)?;
        // "Two and a half", "two and half".
        if self.word(end) == Word::And {
            let half = if self.word(end + 1) == Word::A { end + 2 } else { end + 1 };
            if self.word(half) == Word::Half {
                return Some((thousandths + 500, half + 1));
            }
        }
        Some((thousandths, end))
    }

    /// How many: a number, a range, "a", "a few", "several", "a couple of", "half a", "two dozen".
    pub(super) fn quantity(&self, at: usize) -> Option<Quantity> {
        let exact = |amount, end| Some(Quantity { amount: Some(amount), end, range: false, loose: false });
        let some = |end| Some(Quantity { amount: None, end, range: false, loose: false });
        let of = |end: usize| if self.word(end) == Word::Of { end + 1 } else { end };
        let article = self.word(at) == Word::A;
        let first = if article { at + 1 } else { at };
        match self.word(first) {
            Word::Few => return some(first + 1),
            Word::Several | Word::Many if !article => {
                let more = usize::from(self.word(first + 1) == Word::More);
                return some(first + 1 + more);
            }
            Word::Some if !article && self.quantity_of_some(first + 1) => return self.quantity(first + 1),
            Word::Couple => {
                return Some(Quantity { amount: Some(2000), end: of(first + 1), range: false, loose: true });
            }
            Word::Dozens | Word::Scales(_) if !article => return some(of(first + 1)),
            Word::Dozen => {
                return Some(Quantity { amount: Some(12_000), end: first + 1, range: false, loose: false });
            }
            Word::Half if !article => {
                let end = if self.word(first + 1) == Word::A { first + 2 } else { first + 1 };
                return exact(500, end);
            }
            Word::Half => return exact(500, first + 1),
            _ => {}
        }
        // "Another seven months", "a mere two years", "a three-year period".
        let mere = first + usize::from(self.word(first) == Word::Only);
        if article
            && (mere > first || self.is_said(at, &["another"]) || self.is_term(first))
            && let Some((amount, end)) = self.plain(mere)
        {
            return exact(amount, end);
        }
        if article && !matches!(self.word(first), Word::Scale(_)) {
            return exact(1000, first);
        }
        let (amount, end) = self.plain(at)?;
        if self.word(end) == Word::Dozen {
            return exact(amount.checked_mul(12)?, end + 1);
        }
        // "Two to three", "two or three", "3-4".
        let joins =
            matches!(self.word(end), Word::To | Word::Or) || (self.is_hyphen(end) && self.is_glued(end));
        if joins && let Some((upper, after)) = self.plain(end + 1).filter(|(upper, _)| *upper > amount) {
            let _ = upper;
            return Some(Quantity { amount: Some(amount), end: after, range: true, loose: false });
        }
        exact(amount, end)
    }

    /// "Three-year period", behind an article.
    fn is_term(&self, at: usize) -> bool {
        self.plain(at).is_some_and(|(_, end)| {
            self.is_hyphen(end)
                && self.unit(end + 1).is_some()
                && matches!(self.word(end + 2), Word::Period | Word::Term)
        })
    }

    /// "Some" before a number says only that it is not exact.
    fn quantity_of_some(&self, at: usize) -> bool {
        self.plain(at).is_some()
    }

    /// A unit, after a number: which, and whether it stands in the plural.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, bool)> {
        match self.word(at) {
            Word::Unit(unit) => Some((unit, false)),
            Word::Units(unit) => Some((unit, true)),
            Word::Ord(2) => Some((Unit::Second, false)),
            _ => None,
        }
    }

    /// An ordinal number: "first", "twenty-first", "3rd".
    pub(super) fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        match self.word(at) {
            Word::Ord(number) => return Some((u32::from(number), at + 1)),
            Word::Card(tens @ (20 | 30)) => {
                let next = if self.is_hyphen(at + 1) { at + 2 } else { at + 1 };
                if let Word::Ord(number @ 1..=9) = self.word(next) {
                    return Some((u32::from(tens + number), next + 1));
                }
            }
            _ => {}
        }
        let (number, _) = self.number(at)?;
        (self.word(at + 1) == Word::Nth && self.is_glued(at + 1)).then_some((number, at + 2))
    }
}
