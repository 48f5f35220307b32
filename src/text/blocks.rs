//! A long text in blocks, so that only what is on screen is wrapped: its lines, those that are very long in parts.

use std::ops::Range;
use std::sync::Arc;

/// How long a block is at the most, in bytes; a line without a place to break it may be a character longer.
const LONGEST: usize = 2_000;

/// A text with where its blocks lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    text: Arc<str>,
    starts: Vec<Start>,
}

/// Where a block begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start {
    byte: usize,
    /// In Unicode scalar values.
    chars: u64,
}

impl Blocks {
    /// Divides a text. Takes time in proportion to its length.
    pub fn new(text: Arc<str>) -> Self {
        let mut starts = Vec::new();
        let (mut byte, mut chars) = (0, 0);
        for line in text.split_inclusive('\n') {
            let mut rest = line;
            while !rest.is_empty() {
                let (block, after) = rest.split_at(first_part(rest));
                starts.push(Start { byte, chars });
                byte += block.len();
                chars += block.chars().count() as u64;
                rest = after;
            }
        }
        if starts.is_empty() {
            starts.push(Start { byte: 0, chars: 0 });
        }
        Self { text, starts }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many blocks there are; at least one, unless it is [`Blocks::default`].
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is no block.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The bytes of a block, without the line break at its end; empty where there is no such block.
    pub fn range(&self, block: usize) -> Range<usize> {
        let Some(start) = self.starts.get(block).map(|start| start.byte) else { return 0..0 };
        let end = self.starts.get(block + 1).map_or(self.text.len(), |next| next.byte);
        let whole = self.text.get(start..end).unwrap_or_default();
        start..start + whole.trim_end_matches(['\n', '\r']).len()
    }

    /// The text of a block.
    pub fn block(&self, block: usize) -> &str {
        self.text.get(self.range(block)).unwrap_or_default()
    }

    /// The block in which a byte lies.
    pub fn at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| start.byte <= byte).saturating_sub(1)
    }

    /// The byte at which a character begins, by its number from 0; the end of the text is one behind the last.
    pub fn byte(&self, char: u64) -> Option<usize> {
        let block = self.starts.partition_point(|start| start.chars <= char).checked_sub(1)?;
        let start = self.starts.get(block)?;
        let inside = usize::try_from(char - start.chars).ok()?;
        let rest = self.text.get(start.byte..)?;
        let found = rest.char_indices().map(|(byte, _)| byte).chain([rest.len()]).nth(inside)?;
        Some(start.byte + found)
    }
}

/// How much of a line is its first block: all, or up to the end of a sentence, of a word, or of a character.
fn first_part(line: &str) -> usize {
    if line.len() <= LONGEST {
        return line.len();
    }
    let most = (LONGEST..line.len()).find(|at| line.is_char_boundary(*at)).unwrap_or(line.len());
    let head = line.get(..most).unwrap_or(line);
    let sentence = head.rfind(". ").map(|at| at + 2).filter(|end| *end > LONGEST / 2);
    let word = || {
        head.rfind(char::is_whitespace)
            .and_then(|at| head.get(at..)?.chars().next().map(|c| at + c.len_utf8()))
    };
    sentence.or_else(word).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_blocks_and_long_ones_are_divided() {
        let blocks = Blocks::new(Arc::from("one\r\n\ntwo"));
        let all: Vec<&str> = (0..blocks.len()).map(|block| blocks.block(block)).collect();
        assert_eq!(all, ["one", "", "two"]);
        assert_eq!(blocks.at(5), 1);
        assert_eq!((blocks.byte(6), blocks.byte(9), blocks.byte(10)), (Some(6), Some(9), None));
        let long = Blocks::new(Arc::from("A sentence. ".repeat(400)));
        assert!(long.len() > 2 && (0..long.len()).all(|block| long.block(block).ends_with(". ")));
        assert_eq!(Blocks::new(Arc::from("")).len(), 1);
        assert!(Blocks::new(Arc::from("é".repeat(5_000))).len() > 4);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_character_is_found(text in "([a-zé日\n. ]{0,30}){0,6}", repeat in 1usize..60) {
            let text = text.repeat(repeat);
            let blocks = Blocks::new(Arc::from(text.as_str()));
            let mut end = 0;
            for block in 0..blocks.len() {
                let range = blocks.range(block);
                prop_assert!(text.get(end..range.start).is_some_and(|between| between.trim_matches(['\n', '\r']).is_empty()));
                prop_assert!(range.len() <= LONGEST + 4);
                prop_assert!(range.is_empty() || blocks.at(range.start) == block);
                end = range.end;
            }
            prop_assert!(text.get(end..).is_some_and(|rest| rest.trim_matches(['\n', '\r']).is_empty()));
            for (char, (byte, _)) in text.char_indices().enumerate().step_by(7) {
                prop_assert_eq!(blocks.byte(char as u64), Some(byte));
            }
        }
    }
}
