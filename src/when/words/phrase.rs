//! Dates put together in words: "from … to", "between … and", "since", "by", "or".

use super::compose::{
    Element, between, end_text, first_of, last_of, member, neighbour, next_year, resolve, short_year,
};
use super::lexer::Token;
use super::loose::Loose;
use super::reader::Reader;
use crate::when::DateFault;

/// Words for an end that is open.
const OPEN: [&str; 5] = ["present", "now", "ongoing", "open", "date"];

/// The end of an interval.
enum Until {
    Date(Loose),
    OnOrAfter(Loose),
    Open,
    Unknown,
}

impl Reader {
    /// Reads the whole text as EDTF.
    pub(super) fn phrase(&mut self) -> Result<String, DateFault> {
        self.no_date()?;
        self.cut_as_of()?;
        let text = self.prefixed()?;
        if self.is_done() { Ok(text) } else { Err(self.unexpected()) }
    }

    /// Words for there being no date.
    fn no_date(&self) -> Result<(), DateFault> {
        let words: Vec<&str> = (0..self.left()).filter_map(|ahead| self.word(ahead)).collect();
        let none =
            ["undated", "nd", "no date", "unknown", "date unknown", "unknown date", "none", "sine anno"];
        if self.left() == 0 || (words.len() == self.left() && none.contains(&words.join(" ").as_str())) {
            return Err(DateFault::at(0, "this says that there is no date").hint("leave the date out"));
        }
        Ok(())
    }

    /// Leaves out ", as of 27 January 2024": how long an open end is vouched for is known from the source.
    fn cut_as_of(&mut self) -> Result<(), DateFault> {
        let found =
            (1..self.left()).find(|at| self.word(*at) == Some("as") && self.word(at + 1) == Some("of"));
        let Some(found) = found else { return Ok(()) };
        let place = self.place();
        self.skip(found + 2);
        self.date()?;
        if !self.is_done() {
            return Err(self.unexpected());
        }
        self.return_to(place);
        let comma = self.token(found.saturating_sub(1)) == Some(&Token::Mark(','));
        self.cut(found.saturating_sub(usize::from(comma)));
        Ok(())
    }

    /// A date whose missing parts are put in from the anchor.
    fn date(&mut self) -> Result<Loose, DateFault> {
        let mut loose = self.loose()?;
        self.complete(&mut loose)?;
        Ok(loose)
    }

    fn prefixed(&mut self) -> Result<String, DateFault> {
        if self.eat_any(&["between", "betw"]) {
            let mut a = self.loose()?;
            if !self.eat_any(&["and"]) && !self.eat_token(&Token::Dash) {
                return Err(self.unexpected());
            }
            let mut b = self.loose()?;
            self.pair(&mut a, &mut b)?;
            return between(&a, &b);
        }
        if self.eat_any(&["from"]) || self.ends_in_words() {
            return self.from();
        }
        if self.eat_any(&["since"]) || self.eat(&["ever", "since"]) {
            let start = self.start()?;
            return Ok(format!("{start}/.."));
        }
        if self.eat_any(&["until", "till"]) || self.eat(&["up", "to"]) || self.eat_any(&["through"]) {
            return self.until();
        }
        let by: [&[&str]; 6] = [
            &["by"],
            &["no", "later", "than"],
            &["not", "later", "than"],
            &["not", "after"],
            &["on", "or", "before"],
            &["in", "or", "before"],
        ];
        if by.iter().any(|words| self.eat(words)) {
            return Ok(format!("[..{}]", last_of(&self.date()?)?));
        }
        let on_or_after: [&[&str]; 5] = [
            &["on", "or", "after"],
            &["in", "or", "after"],
            &["no", "earlier", "than"],
            &["not", "earlier", "than"],
            &["not", "before"],
        ];
        if on_or_after.iter().any(|words| self.eat(words)) {
            return Ok(format!("[{}..]", first_of(&self.date()?)?));
        }
        if self.eat_any(&["before"]) || self.eat(&["prior", "to"]) || self.eat(&["earlier", "than"]) {
            let date = self.date()?;
            let (span, precision) = resolve(&date)?;
            let last = neighbour(&date, span.first.prev(), precision)?;
            return Ok(format!("[..{last}{}]", date.sign()));
        }
        if self.eat_any(&["after"]) || self.eat(&["later", "than"]) {
            let date = self.date()?;
            let (span, precision) = resolve(&date)?;
            let first = neighbour(&date, span.last.next(), precision)?;
            return Ok(format!("[{first}{}..]", date.sign()));
        }
        self.list()
    }

    /// Whether it is "2014 to present", "2014 – unknown".
    fn ends_in_words(&self) -> bool {
        let end = self.left().saturating_sub(1);
        let joint = end.checked_sub(1).is_some_and(|at| {
            self.token(at) == Some(&Token::Dash) || matches!(self.word(at), Some("to" | "until" | "till"))
        });
        joint
            && self.word(0) != Some("until")
            && self.word(end).is_some_and(|word| OPEN.contains(&word) || word == "unknown")
    }

    /// After "from".
    fn from(&mut self) -> Result<String, DateFault> {
        let before = self.eat(&["on", "or", "before"]);
        let mut a = self.loose()?;
        let to = self.eat_any(&["to", "until", "till", "through"]) || self.eat_token(&Token::Dash);
        if !to {
            self.complete(&mut a)?;
            let start = format!("{}{}", if before { ".." } else { "" }, end_text(&a)?);
            if self.eat_any(&["on", "onwards", "onward"]) || self.is_done() {
                return Ok(format!("{start}/.."));
            }
            self.eat_token(&Token::Mark(','));
            if self.eat(&["end", "unknown"]) || self.eat(&["end", "not", "known"]) {
                return Ok(format!("{start}/"));
            }
            return if self.eat(&["end", "open"]) {
                Ok(format!("{start}/.."))
            } else {
                Err(self.unexpected())
            };
        }
        let mut end = self.until_end()?;
        match &mut end {
            Until::Date(b) | Until::OnOrAfter(b) => self.pair(&mut a, b)?,
            Until::Open | Until::Unknown => self.complete(&mut a)?,
        }
        let start = end_text(&a)?;
        let end = match end {
            Until::Date(b) => end_text(&b)?,
            Until::OnOrAfter(b) => format!("{}..", end_text(&b)?),
            Until::Open => "..".to_owned(),
            Until::Unknown => String::new(),
        };
        Ok(format!("{}{start}/{end}", if before { ".." } else { "" }))
    }

    fn start(&mut self) -> Result<String, DateFault> {
        let before = self.eat(&["on", "or", "before"]);
        let text = end_text(&self.date()?)?;
        Ok(if before { format!("..{text}") } else { text })
    }

    fn until(&mut self) -> Result<String, DateFault> {
        let end = match self.until_end()? {
            Until::Date(mut date) => {
                self.complete(&mut date)?;
                end_text(&date)?
            }
            Until::OnOrAfter(mut date) => {
                self.complete(&mut date)?;
                format!("{}..", end_text(&date)?)
            }
            Until::Open | Until::Unknown => {
                return Err(DateFault::at(self.at(), "neither its start nor its end is said"));
            }
        };
        let place = self.place();
        self.eat_token(&Token::Mark(','));
        if self.eat(&["start", "unknown"]) || self.eat(&["start", "not", "known"]) {
            return Ok(format!("/{end}"));
        }
        self.return_to(place);
        Ok(format!("../{end}"))
    }

    fn until_end(&mut self) -> Result<Until, DateFault> {
        self.eat_any(&["the"]);
        if self.eat_any(&OPEN) {
            return Ok(Until::Open);
        }
        if self.word(0) == Some("unknown") && self.word(1) != Some("year") {
            self.skip(1);
            return Ok(Until::Unknown);
        }
        if self.eat(&["on", "or", "after"]) {
            return self.loose().map(Until::OnOrAfter);
        }
        self.loose().map(Until::Date)
    }

    /// Puts into each of two dates what the other says.
    fn pair(&mut self, a: &mut Loose, b: &mut Loose) -> Result<(), DateFault> {
        short_year(a, b);
        a.fill_from(b);
        if b.lacks_year() && b.bare_number().is_none() {
            b.fill_from(a);
            next_year(a, b);
        } else if b.day.is_some() && b.month.is_none() && b.season.is_none() {
            b.month = a.month;
            b.year = b.year.take().or_else(|| a.year.clone());
        }
        self.complete(b)?;
        a.fill_from(b);
        self.complete(a)
    }

    /// A date, or several with "or" or "and" between them.
    fn list(&mut self) -> Result<String, DateFault> {
        self.eat_any(&["either", "both"]);
        let mut elements = vec![self.element()?];
        let (mut or, mut and) = (false, false);
        loop {
            let comma = self.eat_token(&Token::Mark(','));
            let (this_or, this_and) = (self.eat_any(&["or"]), self.eat_any(&["and"]));
            or |= this_or;
            and |= this_and;
            if !comma && !this_or && !this_and {
                break;
            }
            elements.push(self.element()?);
        }
        if elements.len() == 1 {
            return match elements.pop() {
                Some(element) => self.single(element),
                None => Err(self.unexpected()),
            };
        }
        if or == and {
            return Err(DateFault::at(0, "several dates need either “or” or “and” between them")
                .hint("“2014 or 2015” for one of them, “2014 and 2015” for all"));
        }
        self.fill(&mut elements)?;
        let said: Result<Vec<String>, DateFault> =
            elements.iter().map(|element| member(element, and)).collect();
        let said = said?.join(",");
        Ok(if and { format!("{{{said}}}") } else { format!("[{said}]") })
    }

    /// Dates of a list take what they lack from the one after them.
    fn fill(&mut self, elements: &mut [Element]) -> Result<(), DateFault> {
        let mut after: Option<Loose> = None;
        for element in elements.iter_mut().rev() {
            match element {
                Element::One(date) | Element::OrEarlier(date) | Element::OrLater(date) => {
                    if let Some(after) = &after {
                        date.fill_from(after);
                    }
                    self.complete(date)?;
                    after = Some(date.clone());
                }
                Element::Range(a, b) => {
                    if let Some(after) = &after {
                        b.fill_from(after);
                    }
                    self.pair(a, b)?;
                    after = Some(a.clone());
                }
                Element::Every(a, b) => match (a, b) {
                    (Some(a), Some(b)) => self.pair(a, b)?,
                    (Some(date), None) | (None, Some(date)) => self.complete(date)?,
                    (None, None) => {}
                },
            }
        }
        Ok(())
    }

    /// A list of one.
    fn single(&mut self, mut element: Element) -> Result<String, DateFault> {
        self.fill(std::slice::from_mut(&mut element))?;
        match &element {
            Element::One(date) => Ok(date.piece()?.alone()),
            Element::Range(a, b) => Ok(format!("{}/{}", end_text(a)?, end_text(b)?)),
            Element::Every(..) => member(&element, true).map(|text| format!("{{{text}}}")),
            Element::OrEarlier(_) | Element::OrLater(_) => {
                member(&element, false).map(|text| format!("[{text}]"))
            }
        }
    }

    fn element(&mut self) -> Result<Element, DateFault> {
        if self.eat_any(&["every", "each"]) {
            self.skip(usize::from(self.word(0).is_some_and(|word| !matches!(word, "from" | "until" | "of"))));
            if self.eat_any(&["until"]) {
                return Ok(Element::Every(None, Some(self.loose()?)));
            }
            self.eat_any(&["from", "of"]);
            let first = self.loose()?;
            if self.eat_any(&["on"]) {
                return Ok(Element::Every(Some(first), None));
            }
            if !self.eat_any(&["to", "until", "through"]) && !self.eat_token(&Token::Dash) {
                return Err(self.unexpected());
            }
            return Ok(Element::Every(Some(first), Some(self.loose()?)));
        }
        let first = self.loose()?;
        if self.eat_any(&["to", "until", "till", "through"]) || self.eat_token(&Token::Dash) {
            let place = self.place();
            return Ok(match self.until_end()? {
                Until::Date(last) => Element::Range(first, last),
                Until::OnOrAfter(_) | Until::Open | Until::Unknown => {
                    self.return_to(place);
                    return Err(self
                        .unexpected()
                        .hint("write “since …” for what goes on, “from …, end unknown” for what has ended"));
                }
            });
        }
        for (earlier, word) in [(true, "earlier"), (true, "before"), (false, "later"), (false, "after")] {
            if self.eat(&["or", word]) {
                return Ok(if earlier { Element::OrEarlier(first) } else { Element::OrLater(first) });
            }
        }
        Ok(Element::One(first))
    }
}
