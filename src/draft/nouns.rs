//! Nouns for those who act, with what stands before them: "jihadist groups", "the company".

use super::lexicon::LEXICON;
use super::mention::{ALIKE, Found, Scanner};
use super::token::{Kind, Token};
use super::words::{FIRM, QUANTITY, RECALLED, VAGUE, is_function, is_modifier_of};

impl Scanner<'_, '_> {
    /// The last token of a noun for those who act that stands behind a name, with what stands between.
    pub(super) fn noun_after(&self, from: usize) -> Option<(usize, &'static str, String)> {
        let mut best = None;
        for at in from..from + 4 {
            let Some(token) = self.token(at).filter(|token| token.is_word()) else { break };
            let pair = self.token(at + 1).map(|next| format!("{}_{}", token.lower, next.lower));
            if let Some((kind, noun)) = pair.and_then(|pair| Some((self.dictionary.noun(&pair)?, pair))) {
                best = Some((at + 2, kind, noun));
                break;
            }
            if let Some(kind) = self.dictionary.noun(&token.lower) {
                best = Some((at + 1, kind, token.lower.clone()));
                // "Iraqi army officers"
                let more = self.token(at + 1).is_some_and(|next| self.dictionary.noun(&next.lower).is_some());
                if more {
                    continue;
                }
                break;
            }
            if !is_modifier_of(token) {
                break;
            }
        }
        best
    }

    /// A noun for those who act, with what stands before it, and where it begins.
    pub(super) fn noun(&mut self, at: usize, floor: usize) -> Option<(usize, Found)> {
        let (end, noun, kind) = self.nouns_from(at)?;
        // "the critic Jonas Meier"
        if (kind == "person" || kind == "people" && !noun.ends_with('s'))
            && self.token(end).is_some_and(Token::is_capital)
            && !self.is_time(end)
            && let Some((person, end)) = self.with_name(at, end, None)
        {
            return Some((at, Found { end, actor: Some(person), place: None }));
        }
        self.described(at, floor, end, &noun, kind)
    }

    /// Nouns side by side that name one who acts: the token behind them, the last of them, and its kind.
    fn nouns_from(&self, at: usize) -> Option<(usize, String, &'static str)> {
        let token = self.token(at).filter(|token| token.is_word())?;
        let pair = self.token(at + 1).map(|next| format!("{}_{}", token.lower, next.lower));
        let (mut end, mut noun, mut kind) =
            match pair.and_then(|pair| Some((self.dictionary.noun(&pair)?, pair))) {
                Some((kind, pair)) => (at + 2, pair, kind),
                None => (at + 1, token.lower.clone(), self.dictionary.noun(&token.lower)?),
            };
        // "the military mission"
        let adjective = noun == "military"
            && self.token(end).is_some_and(|next| {
                next.is_word()
                    && !is_function(&next.lower)
                    && !self.is_verb(end)
                    && self.dictionary.noun(&next.lower).is_none()
            });
        if adjective {
            return None;
        }
        // "jihadist groups": of several nouns side by side the last says who it is.
        while let Some(next) =
            self.token(end).filter(|next| next.is_word() && !next.is_capital() && end < at + 4)
        {
            let Some(more) = self.dictionary.noun(&next.lower) else { break };
            (end, noun, kind) = (end + 1, next.lower.clone(), more);
        }
        // "military and defence experts": one noun for those who act.
        if end == at + 1
            && self.token(end).is_some_and(|next| next.is("and"))
            && self
                .token(end + 1)
                .is_some_and(|next| is_modifier_of(next) && self.dictionary.noun(&next.lower).is_none())
            && let Some(last) =
                self.token(end + 2).filter(|last| last.lower.ends_with('s') && !noun.ends_with('s'))
            && let Some(more) = self.dictionary.noun(&last.lower)
        {
            (end, noun, kind) = (end + 3, last.lower.clone(), more);
        }
        Some((end, noun, kind))
    }

    /// A noun with what stands before it: somebody who was named before, somebody new, or nobody in particular.
    fn described(
        &mut self,
        at: usize,
        floor: usize,
        end: usize,
        noun: &str,
        kind: &'static str,
    ) -> Option<(usize, Found)> {
        let mut start = at;
        while start > floor.max(self.inside.start)
            && start + 2 > at
            && self.token(start - 1).is_some_and(is_modifier_of)
            && !start.checked_sub(2).and_then(|at| self.token(at)).is_some_and(|before| before.is("to"))
        {
            start -= 1;
        }
        let article =
            start.checked_sub(1).and_then(|at| self.token(at)).map(|t| t.lower.clone()).unwrap_or_default();
        let counted = self.is_counted(start);
        let bare = start == at && end == at + 1 && !counted;
        let some = matches!(article.as_str(), "a" | "an") && !matches!(kind, "person" | "armed group");
        let recalled = RECALLED.has(noun) && bare && !some || ALIKE.contains(&noun);
        let described =
            matches!(article.as_str(), "a" | "an") && self.token(end).is_some_and(|next| next.is("of"));
        if described {
            return None;
        }
        let others = article == "other" && matches!(noun, "countries" | "groups" | "parties" | "companies");
        let start = if others { start - 1 } else { start };
        let words = self.written(start..end);
        let known = if kind == "person" { self.cast.titled(&words) } else { None };
        let known = known.or_else(|| recalled.then(|| self.recall(noun, kind)).flatten());
        let recalled = known.is_some();
        let actor = match known {
            Some(known) => known,
            None if bare
                && !others
                && (VAGUE.has(noun) || some && !RECALLED.has(noun) || article == "no") =>
            {
                return None;
            }
            None => {
                let name = capitalised(&words, start == self.inside.start);
                let by = if ALIKE.contains(&noun) { noun.to_owned() } else { format!("|{words}") };
                self.cast.member(&by, &name, Some(kind))
            }
        };
        let end = self.complement(end, noun);
        if ALIKE.contains(&noun) {
            let written = self.written(start..end);
            self.cast.also(actor, &written);
        }
        let nameless = |member: &&mut super::cast::Member| member.head.is_empty() && !recalled;
        if let Some(member) = self.cast.members.get_mut(actor).filter(nameless) {
            noun.clone_into(&mut member.head);
        }
        Some((start, Found { end, actor: Some(actor), place: None }))
    }

    /// Whether a number stands before a noun: "eleven people", "thousands of people".
    fn is_counted(&self, start: usize) -> bool {
        let before = |back: usize| start.checked_sub(back).and_then(|at| self.token(at));
        before(1).is_some_and(|word| {
            word.kind == Kind::Number
                || word.is_any(&[
                    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
                    "twelve",
                ])
        }) || before(1).is_some_and(|word| word.is("of"))
            && before(2).is_some_and(|word| word.is_in(&QUANTITY))
    }

    /// Where a noun ends with what it is against: "coalition against Islamic State".
    fn complement(&self, end: usize, noun: &str) -> usize {
        let against = self.token(end).is_some_and(|token| token.is("against"));
        if against && (ALIKE.contains(&noun) || noun == "alliance") {
            return self.known(end + 1).map_or(end, |(_, end)| end);
        }
        end
    }

    /// Whom a noun by itself means: the one that was named last with it, or that is of its kind.
    fn recall(&self, noun: &str, kind: &str) -> Option<usize> {
        let since =
            if kind == "organisation" || kind == "office" { 0 } else { self.sentence.saturating_sub(6) };
        let headed = self.cast.last_with_head(noun, since);
        let firm = self.cast.firm.filter(|_| FIRM.has(noun));
        let seen = |at: Option<usize>| at.and_then(|at| self.cast.members.get(at)).map(|member| member.seen);
        // One with a name before one that is only called a company, unless that was named since.
        if seen(firm) >= seen(headed) { firm.or(headed) } else { headed }
    }

    /// Whether a verb stands here.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| LEXICON.verb(&token.lower).is_some() || token.lower.ends_with("ed"))
    }
}

/// Words as the name of somebody; the first word of a sentence has a capital that says nothing.
fn capitalised(words: &str, first: bool) -> String {
    let mut name = if first { words.to_lowercase() } else { words.to_owned() };
    if let Some(letter) = name.chars().next() {
        let upper: String = letter.to_uppercase().collect();
        name.replace_range(..letter.len_utf8(), &upper);
    }
    name.replace('_', " ")
}
