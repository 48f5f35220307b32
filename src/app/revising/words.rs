//! Words of a document that the reader chooses: they become an event, or a further source of one.

use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::super::action::Action;
use super::super::prompt::PromptKind;
use super::super::{App, Focus, View};
use crate::chronology::Event;
use crate::layout::scroll::Place;
use crate::revise::{self, Cut};
use crate::store::Reading;
use crate::text::blocks::Blocks;
use crate::text::timex::clear;
use crate::when::{When, words};

/// The longest title that is made of words, in characters.
const TITLE: usize = 100;

/// Words that are chosen, by their bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The word at which they begin or end.
    anchor: Range<usize>,
    /// The word that moves.
    head: Range<usize>,
    /// Whether they have begun: before that a single word is gone to.
    begun: bool,
}

impl Chosen {
    /// The bytes of the words.
    pub fn range(&self) -> Range<usize> {
        self.anchor.start.min(self.head.start)..self.anchor.end.max(self.head.end)
    }
}

/// The words of an event that is being made.
#[derive(Clone, Debug)]
pub(super) struct Made {
    cut: Cut,
    event: Event,
    behind: Option<String>,
}

/// The words of a block, by their bytes in the whole text.
pub fn spoken(blocks: &Blocks, block: usize) -> Vec<Range<usize>> {
    let start = blocks.range(block).start;
    let words = blocks.block(block).unicode_word_indices();
    words.map(|(at, word)| start + at..start + at + word.len()).collect()
}

/// The first word that begins at a byte or behind it, or the last one that begins before it.
fn word_from(blocks: &Blocks, at: usize, forward: bool) -> Option<Range<usize>> {
    let block = blocks.at(at);
    if forward {
        (block..blocks.len())
            .find_map(|block| spoken(blocks, block).into_iter().find(|word| word.start >= at))
    } else {
        (0..=block).rev().find_map(|block| spoken(blocks, block).into_iter().rfind(|word| word.start < at))
    }
}

impl App {
    /// What is read, where its text is here.
    fn read_text(&mut self) -> Option<Arc<Reading>> {
        let held = self.source.held.clone().filter(|held| Some(held.document) == self.source.document);
        match held {
            _ if self.view != View::Source || self.focus != Focus::List => {
                self.say(self.told("words are chosen in the text of a document: {source} shows it"));
                None
            }
            Some(held) if held.found => Some(held),
            _ => {
                self.say("the text of this document is not here");
                None
            }
        }
    }

    /// Chooses words, beginning at the lit passage, else at what is on screen.
    pub(super) fn choose_words(&mut self) {
        if self.manuscript().is_none() {
            return;
        }
        let Some(held) = self.read_text() else { return };
        let on_screen = held.blocks.range(self.source.top.block).start;
        let passage =
            self.lit_passage().and_then(|at| held.passages.get(at)).map(|passage| passage.range.start);
        let (lines, ..) = self.source_lines();
        let shown = |at: &usize| {
            let (first, last) = (lines.first().map(|line| line.begins), lines.last().map(|line| line.begins));
            first.is_none_or(|first| *at >= first) && last.is_none_or(|last| *at <= last)
        };
        let at = passage.filter(shown).unwrap_or(lines.first().map_or(on_screen, |line| line.begins));
        let Some(word) = word_from(&held.blocks, at, true).or_else(|| word_from(&held.blocks, at, false))
        else {
            return self.say("there are no words here");
        };
        self.source.chosen = Some(Chosen { anchor: word.clone(), head: word, begun: false });
        self.say_chosen();
    }

    /// While words are chosen.
    pub(in super::super) fn update_words(&mut self, action: Action) {
        if self.update_everywhere(action) {
            return;
        }
        match action {
            Action::Close | Action::Leave => {
                self.source.chosen = None;
                self.say("no words are chosen");
            }
            Action::Words => {
                if let Some(chosen) = &mut self.source.chosen {
                    chosen.begun = !chosen.begun;
                    chosen.anchor = chosen.head.clone();
                }
                self.say_chosen();
            }
            Action::MakeEvent => self.make_event(),
            Action::Attach => self.attach(),
            _ => self.move_word(action),
        }
    }

    fn move_word(&mut self, action: Action) {
        let (Some(held), Some(chosen)) = (self.source.held.clone(), self.source.chosen.clone()) else {
            return;
        };
        let (blocks, word) = (&held.blocks, chosen.head.clone());
        let rows = isize::from(i16::try_from(self.source_parts().2.height).unwrap_or(i16::MAX)).max(2);
        let next = match action {
            Action::NextWord => word_from(blocks, word.start + 1, true),
            Action::PreviousWord => word_from(blocks, word.start, false),
            Action::Down => self.word_by_lines(&held, word.start, 1),
            Action::Up => self.word_by_lines(&held, word.start, -1),
            Action::PageDown => self.word_by_lines(&held, word.start, rows - 1),
            Action::PageUp => self.word_by_lines(&held, word.start, 1 - rows),
            Action::HalfDown => self.word_by_lines(&held, word.start, rows / 2),
            Action::HalfUp => self.word_by_lines(&held, word.start, -rows / 2),
            Action::First => word_from(blocks, 0, true),
            Action::Last => word_from(blocks, usize::MAX, false),
            _ => None,
        };
        let Some(word) = next else { return };
        let anchor = if chosen.begun { chosen.anchor } else { word.clone() };
        self.source.chosen = Some(Chosen { anchor, head: word.clone(), begun: chosen.begun });
        self.reveal_bytes(&held, &word);
        self.say_chosen();
    }

    /// The first word on the line so many lines on from that of a byte.
    fn word_by_lines(&self, held: &Reading, at: usize, lines: isize) -> Option<Range<usize>> {
        let columns = usize::from(self.source_parts().2.width);
        let begins = self.with_page(|text, page, _| {
            let block = held.blocks.at(at);
            let line = page.block(block, columns).iter().rposition(|line| line.begins <= at).unwrap_or(0);
            let place = text.moved(Place { block, line }, lines);
            page.block(place.block, columns).get(place.line).map(|line| line.begins)
        });
        let begins = begins.flatten()?;
        let forward = lines > 0;
        let word = word_from(&held.blocks, begins, true);
        word.filter(|word| (word.start > at) == forward).or_else(|| word_from(&held.blocks, begins, forward))
    }

    fn say_chosen(&mut self) {
        let (Some(held), Some(chosen)) = (self.source.held.clone(), self.source.chosen.clone()) else {
            return;
        };
        let quote = held.blocks.text().get(chosen.range()).unwrap_or_default();
        let count = quote.unicode_words().count() as u64;
        let words = crate::formats::wording::counted(count, "word", "words");
        let how = if chosen.begun {
            "{make-event} event, {attach} further source, {words} anew"
        } else {
            "{next-word} on, {previous-word} back, {words} begins"
        };
        self.say(format!("{words}: {}; “{}”", self.told(how), one_line(quote)));
    }

    /// The chosen words as a passage of their document.
    fn cut(&mut self) -> Option<Cut> {
        let held = self.read_text()?;
        let Some(chosen) = self.source.chosen.clone() else {
            self.say(self.told("no words are chosen: {words} chooses some"));
            return None;
        };
        let range = chosen.range();
        let quote = held.blocks.text().get(range.clone())?.to_owned();
        let start = held.blocks.text().get(..range.start)?.chars().count() as u64;
        let at = Some((start, start + quote.chars().count() as u64));
        let document = self.info.catalogue.document(held.document).document.id.clone();
        Some(Cut { document, quote, at })
    }

    /// Asks for the title of an event that is made of the chosen words.
    pub(super) fn make_event(&mut self) {
        let Some(manuscript) = self.manuscript() else { return };
        let Some(cut) = self.cut() else { return };
        let known = manuscript.chronology().documents.iter().find(|document| document.id == cut.document);
        let published = known.and_then(|known| When::parse(known.published.as_deref()?).ok());
        let found = clear(&cut.quote, published.as_ref());
        let date = found.iter().find_map(|time| Some((time.range.clone(), time.when.clone()?)));
        let (date, date_text) = match &date {
            Some((range, when)) => (Some(when.to_string()), cut.quote.get(range.clone()).map(one_line)),
            None => (None, None),
        };
        let lit = self.lit().map(|row| row.entry.event.id.clone());
        let behind = lit.filter(|id| manuscript.event(id).is_some());
        let title: String = one_line(&cut.quote).chars().take(TITLE).collect();
        self.revising.made = Some(Made { cut, event: Event { date, date_text, ..Event::default() }, behind });
        self.prompt(PromptKind::NewEvent, title);
    }

    /// The title was typed: the event is made. Whether it is one.
    pub(in super::super) fn accept_event(&mut self, title: &str) -> bool {
        let (Some(manuscript), Some(made)) = (self.manuscript(), self.revising.made.clone()) else {
            return true;
        };
        let title = title.trim();
        if title.is_empty() {
            self.complain("an event has a title");
            return false;
        }
        let event = Event { title: title.to_owned(), ..made.event };
        let date = event.date.as_deref().and_then(|date| When::parse(date).ok());
        let (edit, id) = revise::added(&manuscript, event, &made.cut, made.behind.as_deref());
        self.revising.made = None;
        self.revising.go_on = Some(id);
        let said = match date {
            Some(when) => format!("new event, {}", words::write(&when, None)),
            None => "new event, undated".to_owned(),
        };
        if self.revise(edit) {
            self.say_of_revision(format!(
                "{said}: {}",
                self.told("{revise} changes it, {undo} takes it back")
            ));
        }
        true
    }

    /// Makes the chosen words a further source of the lit event.
    pub(super) fn attach(&mut self) {
        let Some(cut) = self.cut() else { return };
        let Some((_, event)) = self.lit_to_revise() else { return };
        match revise::attached(&event, &cut) {
            Some(edit) => drop(self.revise(edit)),
            None => self.say("these words are a source of this event already"),
        }
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_from_any_byte_on_over_all_blocks() {
        let blocks = Blocks::new(Arc::from("One, two.\n\n\u{201c}Three\u{201d} U.S. d\u{e9}j\u{e0}\n"));
        let text = |range: Range<usize>| blocks.text().get(range).unwrap_or_default().to_owned();
        let mut at = 0;
        let mut all = Vec::new();
        while let Some(word) = word_from(&blocks, at, true) {
            at = word.start + 1;
            all.push(text(word));
        }
        assert_eq!(all, ["One", "two", "Three", "U.S", "d\u{e9}j\u{e0}"]);
        let mut back = Vec::new();
        let mut at = usize::MAX;
        while let Some(word) = word_from(&blocks, at, false) {
            at = word.start;
            back.push(text(word));
        }
        back.reverse();
        assert_eq!(back, all);
        assert_eq!(word_from(&Blocks::new(Arc::from("")), 0, true), None);
        assert_eq!(one_line(" a\n b "), "a b");
    }
}
