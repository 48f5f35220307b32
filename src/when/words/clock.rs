//! Times of day in words.

use super::lexer::Token;
use super::loose::{Loose, Piece};
use super::reader::Reader;
use crate::when::DateFault;

impl Reader {
    /// A time of day with its offset, as EDTF writes it.
    pub(super) fn clock(&mut self) -> Result<Option<String>, DateFault> {
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

    pub(super) fn fixed_time(&mut self, time: &str) -> String {
        self.skip(1);
        time.to_owned()
    }

    /// A time of day after its date.
    pub(super) fn clock_after(&mut self, loose: &mut Loose) -> Result<(), DateFault> {
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
}

/// A time by the twelve-hour clock: 12 am is midnight, 12 pm noon.
fn twelve_hours(time: &str, add: u8) -> Option<String> {
    let (hour, rest) = time.split_at_checked(2)?;
    let hour = hour.parse::<u8>().ok().filter(|hour| (1..=12).contains(hour))?;
    Some(format!("{:02}{rest}", hour % 12 + add))
}
