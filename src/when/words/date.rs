//! One date in words.

use super::lexer::{Ending, Number, Token};
use super::lexicon;
use super::loose::{Field, Loose, Part, Piece, Years};
use super::reader::Reader;
use super::relative::deep;
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

const BEFORE_ERA: [&str; 3] = ["bce", "bc", "b"];
const IN_ERA: [&str; 3] = ["ce", "ad", "a"];

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

    /// A season, a quarter, a half or a third of a year.
    fn part_of_year(&mut self, loose: &mut Loose) -> bool {
        let place = self.place();
        let base = if self.eat_any(&["northern"]) {
            25
        } else if self.eat_any(&["southern"]) {
            29
        } else {
            21
        };
        let word = self.word(0).unwrap_or_default().to_owned();
        let code = match word.as_str() {
            "first" | "second" | "third" | "fourth" => {
                lexicon::ordinal(&word).zip(self.word(1)).and_then(|(number, unit)| part_code(number, unit))
            }
            _ => None,
        };
        let ordinal = self.number(0).filter(|number| number.ending == Ending::Ordinal);
        let code = code
            .or_else(|| ordinal.zip(self.word(1)).and_then(|(number, unit)| part_code(number.value, unit)));
        if let Some(season) = lexicon::season(&word) {
            loose.season = Some(base + season);
            self.skip(1);
        } else if let Some(code) = code {
            loose.season = Some(code);
            self.skip(2);
        } else if let (true, Some(number)) = (matches!(word.as_str(), "q" | "h"), self.number(1)) {
            let Some(code) = part_code(number.value, if word == "q" { "quarter" } else { "half" }) else {
                return false;
            };
            loose.season = Some(code);
            self.skip(2);
        } else {
            self.return_to(place);
            return false;
        }
        self.eat_any(&["in", "of"]);
        self.year_after(loose);
        true
    }

    /// "20th century", "2nd millennium BCE".
    fn ordinal_unit(&mut self, loose: &mut Loose) -> bool {
        let number = match (self.number(0), self.word(0)) {
            (Some(number), _) if number.ending == Ending::Ordinal => number.value,
            (_, Some(word)) => match lexicon::ordinal(word) {
                Some(number) => number,
                None => return false,
            },
            _ => return false,
        };
        let dash = usize::from(self.token(1) == Some(&Token::Dash));
        let years = match self.word(1 + dash) {
            Some("century" | "centuries") => 100,
            Some("millennium") => 1000,
            _ => return false,
        };
        let limit = 10_000 / years;
        if !(1..=limit).contains(&number) {
            return false;
        }
        self.skip(2 + dash);
        loose.year = Some(if self.eat_any(&BEFORE_ERA) {
            Years::Before(1 - years * number, -years * (number - 1))
        } else {
            self.eat_any(&IN_ERA);
            let mask =
                if years == 100 { format!("{:02}XX", number - 1) } else { format!("{}XXX", number - 1) };
            Years::Mask(mask)
        });
        true
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

    /// "13.8 billion BCE".
    fn millions(&mut self, loose: &mut Loose) -> bool {
        let digits = match self.token(0) {
            Some(Token::Decimal(digits)) => digits.clone(),
            Some(Token::Number(number)) => number.value.to_string(),
            _ => return false,
        };
        let (Some(zeros), Some(era)) = (self.word(1).and_then(lexicon::zeros), self.word(2)) else {
            return false;
        };
        let before = BEFORE_ERA.contains(&era);
        if zeros < 6 || !(before || IN_ERA.contains(&era)) {
            return false;
        }
        self.skip(3);
        if let Piece::Item(text) = deep(&digits, zeros, false) {
            loose.year = Some(Years::Long(if before { text } else { text.replacen("Y-", "Y", 1) }));
        }
        true
    }

    /// "The 2010s"; "the 1900s" may be ten years or a hundred.
    fn decade(&mut self, number: Number, loose: &mut Loose) -> Result<(), DateFault> {
        let at = self.at();
        if number.digits != 4 || number.value % 10 != 0 {
            return Err(DateFault::at(at, "which decade is meant is not clear").hint("the 1990s, or 199X"));
        }
        self.skip(1);
        let which = [self.token(0), self.token(2)];
        let said =
            if which == [Some(&Token::Mark('(')), Some(&Token::Mark(')'))] { self.word(1) } else { None };
        let (decade, century) = (number.value / 10, number.value / 100);
        let mask = match said {
            Some("decade") => format!("{decade:03}X"),
            Some("century") => format!("{century:02}XX"),
            _ if number.value % 100 == 0 => {
                return Err(DateFault::at(
                    at,
                    format!("the {}s may be ten years or a hundred", number.value),
                )
                .hint(format!("{decade:03}X for the decade, {century:02}XX for the century")));
            }
            _ => format!("{decade:03}X"),
        };
        if said.is_some() {
            self.skip(3);
        }
        loose.year = Some(Years::Mask(mask));
        Ok(())
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

    /// A year with its era, or what stands for one: a decade, a century, "some year".
    fn year_after(&mut self, loose: &mut Loose) -> bool {
        let place = self.place();
        self.eat_any(&["in", "of"]);
        self.eat_any(&["the", "an"]);
        if self.eat(&["unknown", "year"]) || self.eat(&["some", "year"]) {
            loose.year = Some(Years::Mask("XXXX".to_owned()));
            return true;
        }
        if self.millions(loose) || self.ordinal_unit(loose) {
            return true;
        }
        if let Some(number) = self.number(0).filter(|number| number.ending == Ending::Plural)
            && self.decade(number, loose).is_ok()
        {
            return true;
        }
        // "AD 33".
        let era_first = self.eat_any(&["ad"]);
        let Some(number) = self.number(0).filter(|number| number.ending == Ending::None) else {
            self.return_to(place);
            return false;
        };
        let before = self.word(1).is_some_and(|word| BEFORE_ERA.contains(&word));
        let in_era = self.word(1).is_some_and(|word| IN_ERA.contains(&word));
        if !(3..=4).contains(&number.digits) && !before && !in_era && !era_first {
            self.return_to(place);
            return false;
        }
        self.skip(1 + usize::from(before || in_era));
        loose.year = Some(Years::One(if before { 1 - number.value } else { number.value }));
        true
    }

    /// A time of day with its offset, as EDTF writes it.
    fn clock(&mut self) -> Result<Option<String>, DateFault> {
        let half = |word: Option<&str>| match word {
            Some("am") => Some(0),
            Some("pm") => Some(12),
            _ => None,
        };
        let time = match (self.token(0), self.word(0)) {
            (Some(Token::Time(time)), _) => {
                let time = time.clone();
                let at = self.at();
                self.skip(1);
                match half(self.word(0)) {
                    Some(hours) => {
                        self.skip(1);
                        Some(
                            twelve_hours(&time, hours)
                                .ok_or_else(|| DateFault::at(at, "there is no such time"))?,
                        )
                    }
                    None => Some(time),
                }
            }
            (_, Some("noon" | "midday")) => Some(self.fixed_time("12:00")),
            (_, Some("midnight")) => Some(self.fixed_time("00:00")),
            (Some(Token::Number(number)), _) => {
                let (number, at) = (*number, self.at());
                match (self.word(1), half(self.word(1))) {
                    (Some("h"), _) if number.value < 24 => {
                        self.skip(2);
                        Some(format!("{:02}", number.value))
                    }
                    (_, Some(hours)) => {
                        self.skip(2);
                        let time = twelve_hours(&format!("{:02}", number.value), hours);
                        Some(time.ok_or_else(|| DateFault::at(at, "there is no such time"))?)
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        let Some(time) = time else { return Ok(None) };
        let shift = match (self.token(0), self.word(0)) {
            (Some(Token::Shift(shift)), _) => shift.clone(),
            (_, Some("utc" | "gmt" | "z")) => "Z".to_owned(),
            _ => return Ok(Some(time)),
        };
        self.skip(1);
        Ok(Some(format!("{time}{shift}")))
    }

    fn fixed_time(&mut self, time: &str) -> String {
        self.skip(1);
        time.to_owned()
    }

    /// A time of day after its date.
    fn clock_after(&mut self, loose: &mut Loose) -> Result<(), DateFault> {
        let place = self.place();
        self.eat_token(&Token::Mark(','));
        self.eat_any(&["at"]);
        let after = if loose.clock.is_none() { self.clock()? } else { None };
        if after.is_none() {
            self.return_to(place);
        }
        let Some(clock) = after.or_else(|| loose.clock.clone()) else { return Ok(()) };
        loose.clock = Some(clock.clone());
        if let Some(Piece::Item(date)) = &loose.ready {
            let bare = date.trim_end_matches(['?', '~', '%']);
            let signs = date.strip_prefix(bare).unwrap_or_default();
            loose.ready = Some(Piece::Item(format!("{bare}T{clock}{signs}")));
        }
        Ok(())
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

/// The code of the nth quarter, half or third.
fn part_code(number: i64, unit: &str) -> Option<u8> {
    let (base, count) = match unit {
        "quarter" => (33, 4),
        "third" => (37, 3),
        "half" => (40, 2),
        _ => return None,
    };
    u8::try_from(number).ok().filter(|number| (1..=count).contains(number)).map(|number| base + number - 1)
}

/// A time by the twelve-hour clock: 12 am is midnight, 12 pm noon.
fn twelve_hours(time: &str, add: u8) -> Option<String> {
    let (hour, rest) = time.split_at_checked(2)?;
    let hour = hour.parse::<u8>().ok().filter(|hour| (1..=12).contains(hour))?;
    Some(format!("{:02}{rest}", hour % 12 + add))
}
