//! Years in words, and what stands for one: eras, decades, centuries, seasons and other parts of a year.

use super::lexer::{Ending, Number, Token};
use super::lexicon;
use super::loose::{Loose, Piece, Years};
use super::reader::Reader;
use super::relative::deep;
use crate::when::DateFault;

/// After a year: it is before our era.
pub(super) const BEFORE_ERA: [&str; 3] = ["bce", "bc", "b"];
/// After a year, or before it: it is in our era.
pub(super) const IN_ERA: [&str; 3] = ["ce", "ad", "a"];

impl Reader {
    /// A season, a quarter, a half or a third of a year.
    pub(super) fn part_of_year(&mut self, loose: &mut Loose) -> bool {
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
            // "The last third": a time before today would be "last spring".
            "last" => match self.word(1) {
                Some("quarter") => Some(36),
                Some("third") => Some(39),
                Some("half") => Some(41),
                _ => None,
            },
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
        self.winter_end(loose);
        true
    }

    /// "Winter 2014–15" is one season.
    pub(super) fn winter_end(&mut self, loose: &Loose) {
        let (Some(24 | 28 | 30), Some(Years::One(year))) = (loose.season, &loose.year) else { return };
        let next = year + 1;
        let says_next = |number: Number| match number.digits {
            2 => number.value == next % 100,
            _ => number.value == next,
        };
        if self.token(0) == Some(&Token::Dash) && self.number(1).is_some_and(says_next) {
            self.skip(2);
        }
    }

    /// "20th century", "2nd millennium BCE".
    pub(super) fn ordinal_unit(&mut self, loose: &mut Loose) -> bool {
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

    /// "13.8 billion BCE".
    pub(super) fn millions(&mut self, loose: &mut Loose) -> bool {
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
    pub(super) fn decade(&mut self, number: Number, loose: &mut Loose) -> Result<(), DateFault> {
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

    /// A year with its era, or what stands for one: a decade, a century, "some year".
    pub(super) fn year_after(&mut self, loose: &mut Loose) -> bool {
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
        loose.era = before || in_era || era_first;
        true
    }
}

/// The code of the nth quarter, half or third.
pub(super) fn part_code(number: i64, unit: &str) -> Option<u8> {
    let (base, count) = match unit {
        "quarter" => (33, 4),
        "third" => (37, 3),
        "half" => (40, 2),
        _ => return None,
    };
    u8::try_from(number).ok().filter(|number| (1..=count).contains(number)).map(|number| base + number - 1)
}
