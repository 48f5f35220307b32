//! One date in words.

use super::ages::{BEFORE_ERA, IN_ERA, part_code};
use super::lexer::{Ending, Number, Token};
use super::lexicon;
use super::loose::{Field, Loose, Part, Piece, Years};
use super::reader::Reader;
use crate::when::{DateFault, Instant};

/// Words that add nothing.
const FILLERS: [&str; 16] = [
    "the",
    "in",
    "on",
    "during",
    "of",
    "at",
    "dated",
    "year",
    "month",
    "day",
    "sometime",
    "exactly",
    "morning",
    "afternoon",
    "evening",
    "night",
];

impl Reader {
    /// Reads one date, of which parts may be missing.
    pub(super) fn loose(&mut self) -> Result<Loose, DateFault> {
        let at = self.at();
        let mut marks = Loose { at, ..Loose::default() };
        self.marks_before(&mut marks);
        let mut loose = match self.relative()? {
            Some(loose) => loose,
            None => self.calendar(at)?,
        };
        self.clock_after(&mut loose)?;
        self.marks_after(&mut loose)?;
        loose.at = at;
        loose.approximate |= marks.approximate;
        loose.uncertain |= marks.uncertain;
        Self::check_weekday(&loose)?;
        Ok(loose)
    }

    /// "About", "possibly", and words that add nothing.
    fn marks_before(&mut self, loose: &mut Loose) {
        loop {
            if self.eat_any(&["about", "around", "circa", "ca", "c", "approximately", "approx", "roughly"])
                || self.eat(&["some", "time", "around"])
                || self.eat_token(&Token::Mark('~'))
            {
                loose.approximate = true;
            } else if self.eat_any(&["possibly", "perhaps", "maybe", "probably", "presumably"]) {
                loose.uncertain = true;
            } else if !self.eat(&["some", "time"]) && !self.eat_any(&FILLERS) {
                return;
            }
        }
    }

    /// "(?)", "approx.", "(3 significant digits)".
    fn marks_after(&mut self, loose: &mut Loose) -> Result<(), DateFault> {
        loop {
            let place = self.place();
            let open = self.eat_token(&Token::Mark('('));
            if self.eat_token(&Token::Mark('?')) || self.eat_any(&["uncertain", "maybe", "possibly"]) {
                loose.uncertain = true;
            } else if self.eat_any(&["approx", "approximately", "approximate", "circa"])
                || self.eat(&["or", "so"])
                || self.eat_token(&Token::Mark('~'))
            {
                loose.approximate = true;
            } else if self.eat_token(&Token::Mark('%')) {
                loose.uncertain = true;
                loose.approximate = true;
            } else if let (true, Some(number), Some("significant")) = (open, self.number(0), self.word(1)) {
                self.skip(2);
                self.eat_any(&["digit", "digits"]);
                loose.significant = Some(number.value);
            } else {
                self.return_to(place);
                return Ok(());
            }
            if open && !self.eat_token(&Token::Mark(')')) {
                return Err(self.unexpected());
            }
        }
    }

    /// A date by the calendar.
    fn calendar(&mut self, at: usize) -> Result<Loose, DateFault> {
        let mut loose = Loose { at, ..Loose::default() };
        if let Some(clock) = self.clock()? {
            loose.clock = Some(clock);
            self.eat_token(&Token::Mark(','));
            self.eat_any(&["on"]);
        }
        if let Some(Token::Date(date)) = self.token(0) {
            loose.ready = Some(Piece::Item(date.clone()));
            self.skip(1);
            return Ok(loose);
        }
        if let Some(weekday) = self.word(0).and_then(lexicon::weekday) {
            loose.weekday = Some((weekday, self.at()));
            self.skip(1);
            let place = self.place();
            self.eat_token(&Token::Mark(','));
            self.eat_any(&["the"]);
            let more =
                self.number(0).is_some() || self.word(0).is_some_and(|word| lexicon::month(word).is_some());
            if !more {
                self.return_to(place);
                return Ok(loose);
            }
        }
        self.some_unit(&mut loose);
        self.part(&mut loose);
        self.eat_any(&["the"]);
        let found = self.part_of_year(&mut loose)
            || self.ordinal_unit(&mut loose)
            || self.day_or_year(&mut loose)?
            || self.month_first(&mut loose);
        let unknown = self.eat(&["an", "unknown", "year"]) || self.eat(&["unknown", "year"]);
        if unknown {
            loose.year = Some(Years::Mask("XXXX".to_owned()));
        }
        let bare_time = loose.clock.is_some() || loose.weekday.is_some();
        if found || unknown || bare_time { Ok(loose) } else { Err(self.unexpected()) }
    }

    /// "Some day in", "some month of", "the 25th of some month in".
    fn some_unit(&mut self, loose: &mut Loose) {
        for word in ["some", "one", "unknown"] {
            if self.word(0) != Some(word) {
                continue;
            }
            match self.word(1) {
                Some("day") => loose.day = Some(Field::Some),
                Some("month") => loose.month = Some(Field::Some),
                Some("year") => {}
                _ => return,
            }
            self.skip(2);
            self.eat_any(&["in", "of"]);
            self.eat_any(&["the"]);
        }
    }

    /// "Early", "mid-", "the end of".
    fn part(&mut self, loose: &mut Loose) {
        let part = match self.word(0) {
            Some("early" | "beginning" | "start") => Part::Early,
            Some("mid" | "middle") => Part::Mid,
            Some("late" | "end") => Part::Late,
            _ => return,
        };
        loose.part = Some(part);
        self.skip(1);
        self.eat_token(&Token::Dash);
        self.eat_any(&["in", "of"]);
        self.eat_any(&["the"]);
    }

    /// What begins with a number: a year, a decade, a day.
    fn day_or_year(&mut self, loose: &mut Loose) -> Result<bool, DateFault> {
        if self.millions(loose) {
            return Ok(true);
        }
        if self.word(0) == Some("ad") {
            return Ok(self.year_after(loose));
        }
        let Some(number) = self.number(0) else { return Ok(false) };
        if number.ending == Ending::Plural {
            self.decade(number, loose)?;
            return Ok(true);
        }
        let of = usize::from(self.word(1) == Some("of"));
        if let Some(month) = self.word(1 + of).and_then(lexicon::month) {
            loose.day = Some(Field::Number(self.day(number)?));
            loose.month = Some(Field::Number(month));
            self.skip(2 + of);
            self.year_after(loose);
            return Ok(true);
        }
        if of == 1 && self.word(2) == Some("some") && self.word(3) == Some("month") {
            loose.day = Some(Field::Number(self.day(number)?));
            loose.month = Some(Field::Some);
            self.skip(4);
            self.year_after(loose);
            return Ok(true);
        }
        if self.year_after(loose) {
            // "2023 Q2".
            if let (Some("q"), Some(quarter)) = (self.word(0), self.number(1)) {
                loose.season = part_code(quarter.value, "quarter");
                self.skip(2);
            }
            return Ok(true);
        }
        if number.digits > 2 {
            return Ok(false);
        }
        loose.day = Some(Field::Number(u8::try_from(number.value).unwrap_or(0)));
        self.skip(1);
        // "October 2 to 5, 2023".
        if self.token(0) == Some(&Token::Mark(',')) && self.number(1).is_some_and(|year| year.digits == 4) {
            self.skip(1);
            self.year_after(loose);
        }
        Ok(true)
    }

    fn day(&self, number: Number) -> Result<u8, DateFault> {
        u8::try_from(number.value)
            .ok()
            .filter(|day| (1..=31).contains(day))
            .ok_or_else(|| DateFault::at(self.at(), format!("there is no day {}", number.value)))
    }

    /// What begins with a month: "October 2023", "October 7, 2023".
    fn month_first(&mut self, loose: &mut Loose) -> bool {
        let Some(month) = self.word(0).and_then(lexicon::month) else { return false };
        loose.month = Some(Field::Number(month));
        self.skip(1);
        let day = self.number(0).filter(|day| day.digits <= 2 && (1..=31).contains(&day.value));
        let era = self.word(1).is_some_and(|word| BEFORE_ERA.contains(&word) || IN_ERA.contains(&word));
        if let Some(day) = day.filter(|_| !era && loose.day.is_none()) {
            loose.day = u8::try_from(day.value).ok().map(Field::Number);
            self.skip(1);
            let comma = self.token(0) == Some(&Token::Mark(','));
            let year_follows = self.number(1).is_some_and(|year| year.digits >= 3);
            self.skip(usize::from(comma && year_follows));
        }
        let place = self.place();
        self.eat_any(&["of", "in"]);
        if !self.year_after(loose) {
            self.return_to(place);
        }
        true
    }

    /// A day of the week that does not belong to its date is a fault of the source, not to be passed over.
    fn check_weekday(loose: &Loose) -> Result<(), DateFault> {
        let (Some((weekday, at)), Some(Years::One(year))) = (loose.weekday, &loose.year) else {
            return Ok(());
        };
        let (Some(Field::Number(month)), Some(Field::Number(day))) = (loose.month, loose.day) else {
            return Ok(());
        };
        let real = Instant::midnight(*year, month, day).and_then(Instant::weekday);
        match real.filter(|real| *real != weekday) {
            None => Ok(()),
            Some(real) => {
                Err(DateFault::at(at, format!("that day was no {}", lexicon::weekday_name(weekday)))
                    .hint(format!("it was a {}", lexicon::weekday_name(real))))
            }
        }
    }
}
