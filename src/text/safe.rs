//! Making text from files safe for a terminal, in one place.
//!
//! Nothing is dropped in silence: a control character becomes its picture (`␛`), a character that nobody
//! sees or that turns the direction of writing a badge (`<U+202E>`).

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::char::is_combining_mark;

/// How many combining marks one letter may carry; the longest that languages need is about four.
const MOST_MARKS: usize = 8;
/// How many times emoji may be joined into one.
const MOST_JOINS: usize = 8;

/// The text with control, bidirectional and invisible characters made visible, on one line: line breaks and
/// tabs are spaces.
pub fn safe_line(text: &str) -> Cow<'_, str> {
    make_safe(text, Breaks::AsSpaces)
}

/// The same, with line breaks (all as `\n`) and tabs kept.
pub fn safe_text(text: &str) -> Cow<'_, str> {
    make_safe(text, Breaks::Kept)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    AsSpaces,
    Kept,
}

fn make_safe(text: &str, breaks: Breaks) -> Cow<'_, str> {
    let kept = |c| breaks == Breaks::Kept && matches!(c, '\n' | '\t');
    if text.chars().all(|c| kept(c) || !needs_a_look(c)) {
        return Cow::Borrowed(text);
    }
    let mut writer = Writer { out: String::with_capacity(text.len() + 16), marks: 0, joins: 0, before: None };
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | '\t' if breaks == Breaks::Kept => writer.plain(c),
            '\u{2028}' | '\u{2029}' if breaks == Breaks::Kept => writer.plain('\n'),
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' if breaks == Breaks::AsSpaces => writer.plain(' '),
            c => writer.write(c, rest.peek().copied()),
        }
    }
    writer.end_of_marks();
    if writer.out == text { Cow::Borrowed(text) } else { Cow::Owned(writer.out) }
}

/// Whether a character is unsafe, or may be, depending on its neighbours.
fn needs_a_look(c: char) -> bool {
    !matches!(c, ' '..='~')
        && (c.is_control() || is_hidden(c) || is_joiner(c) || is_variation(c) || is_combining_mark(c))
}

struct Writer {
    out: String,
    /// Marks since the last letter.
    marks: usize,
    /// Joiners since the last character that was not joined to the one before.
    joins: usize,
    /// The last character as written in the text.
    before: Option<char>,
}

impl Writer {
    fn write(&mut self, c: char, after: Option<char>) {
        match c {
            '\0'..='\u{1F}' => self.plain(picture(c)),
            '\u{7F}' => self.plain('\u{2421}'),
            c if c.is_control() || is_hidden(c) => self.badge(c),
            c if is_joiner(c) => self.joiner(c, after),
            c if is_variation(c) => match self.before {
                // One selector may choose the form of what stands before it; a row of them hides data.
                Some(before) if takes_variation(before) => self.attach(c),
                _ => self.badge(c),
            },
            c if is_combining_mark(c) => {
                self.marks += 1;
                if self.marks <= MOST_MARKS {
                    self.out.push(c);
                }
                self.before = Some(c);
            }
            c => self.plain(c),
        }
    }

    fn plain(&mut self, c: char) {
        self.end_of_marks();
        if !self.before.is_some_and(|before| is_joiner(before) || is_variation(before)) {
            self.joins = 0;
        }
        self.attach(c);
    }

    fn attach(&mut self, c: char) {
        self.out.push(c);
        self.before = Some(c);
    }

    fn joiner(&mut self, c: char, after: Option<char>) {
        self.joins += 1;
        let legitimate = match (self.before, after) {
            (Some(before), Some(after)) => {
                (joins_letters(before) && joins_letters(after))
                    || (c == '\u{200D}' && is_emoji(before) && is_emoji(after) && !is_variation(after))
            }
            _ => false,
        };
        if legitimate && self.joins <= MOST_JOINS {
            self.end_of_marks();
            self.attach(c);
        } else {
            self.badge(c);
        }
    }

    fn badge(&mut self, c: char) {
        self.end_of_marks();
        self.joins = 0;
        let _ = write!(self.out, "<U+{:04X}>", u32::from(c));
        self.before = Some('>');
    }

    /// Says how many marks were left out of the run that ends here.
    fn end_of_marks(&mut self) {
        if let Some(more @ 1..) = self.marks.checked_sub(MOST_MARKS) {
            let _ = write!(self.out, "<+{more} marks>");
        }
        self.marks = 0;
    }
}

/// The picture of a C0 control character.
fn picture(c: char) -> char {
    char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}')
}

/// Characters that cannot be seen, or that turn the direction of what follows.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
}

/// Zero width joiner and non-joiner.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

fn is_variation(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a variation selector may follow: something visible that is no letter of an alphabet without such
/// forms.
fn takes_variation(c: char) -> bool {
    is_emoji(c)
        || matches!(c, '0'..='9' | '#' | '*' | '\u{1800}'..='\u{18AF}' | '\u{2E80}'..='\u{2FDF}')
        || matches!(c, '\u{3000}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
        || matches!(c, '\u{1000}'..='\u{109F}' | '\u{A840}'..='\u{A87F}' | '\u{20000}'..='\u{3FFFF}')
}

/// Scripts whose letters change form beside each other, so that joiners are part of the spelling: Arabic and
/// its relatives, the scripts of India and South-East Asia, Mongolian, Adlam.
fn joins_letters(c: char) -> bool {
    (c.is_alphabetic() || is_combining_mark(c))
        && matches!(c,
            '\u{600}'..='\u{DFF}' | '\u{F00}'..='\u{109F}' | '\u{1700}'..='\u{18AF}'
            | '\u{1A20}'..='\u{1AAD}' | '\u{1B00}'..='\u{1C4F}' | '\u{A800}'..='\u{A8FF}'
            | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{10FFF}'
            | '\u{11000}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}')
}

/// The blocks that emoji and their modifiers come from.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{20E3}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{FE0F}'
        | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_nobody_sees_is_shown() {
        for (raw, safe) in [
            ("plain", "plain"),
            ("a\u{1B}[31mb", "a␛[31mb"),
            ("a\0b\u{7}c\u{7F}", "a␀b␇c␡"),
            ("\u{9B}31m", "<U+009B>31m"),
            ("one\ttwo", "one two"),
            ("one\r\ntwo\nthree\rfour", "one two three four"),
            ("a\u{2028}b", "a b"),
            ("abc\u{202E}def", "abc<U+202E>def"),
            ("\u{2066}x\u{2069}", "<U+2066>x<U+2069>"),
            ("zero\u{200B}width", "zero<U+200B>width"),
            ("\u{FEFF}bom", "<U+FEFF>bom"),
            ("tag\u{E0041}", "tag<U+E0041>"),
            ("hy\u{AD}phen", "hy<U+00AD>phen"),
            // Joiners between letters that join are spelling; elsewhere they hide.
            ("می‌شود", "می‌شود"),
            ("क्‍ष", "क्‍ष"),
            ("pay\u{200C}pal", "pay<U+200C>pal"),
            ("\u{200D}", "<U+200D>"),
            ("👩‍🚀", "👩‍🚀"),
            ("👩🏽‍❤️‍👨", "👩🏽‍❤️‍👨"),
            ("a\u{FE0F}", "a<U+FE0F>"),
            ("❤\u{FE0F}\u{FE0E}", "❤\u{FE0F}\u{FE0E}"),
            ("❤\u{FE01}\u{FE02}\u{FE03}", "❤\u{FE01}<U+FE02><U+FE03>"),
            ("cafe\u{301}", "cafe\u{301}"),
        ] {
            assert_eq!(safe_line(raw), safe, "{raw:?}");
        }
    }

    #[test]
    fn a_heap_of_marks_is_capped_and_said() {
        let heap = format!("a{}b", "\u{301}".repeat(20));
        assert_eq!(safe_line(&heap), format!("a{}<+12 marks>b", "\u{301}".repeat(8)));
        let last = format!("a{}", "\u{301}".repeat(9));
        assert_eq!(safe_line(&last), format!("a{}<+1 marks>", "\u{301}".repeat(8)));
    }

    #[test]
    fn a_chain_of_emoji_is_capped() {
        let chain = format!("👩{}", "\u{200D}👩".repeat(20));
        assert!(safe_line(&chain).contains("<U+200D>"));
    }

    #[test]
    fn line_breaks_and_tabs_are_kept_in_texts() {
        assert_eq!(safe_text("a\r\nb\tc\nd\u{2029}e\rf\u{1B}"), "a\nb\tc\nd\ne␍f␛");
        assert!(matches!(safe_text("a\n\tb"), Cow::Borrowed(_)));
    }

    #[test]
    fn clean_text_is_borrowed() {
        for text in ["", "plain ASCII", "Arabic العراق", "中文", "naïve", "cafe\u{301}", "👩‍🚀"]
        {
            assert!(matches!(safe_line(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    fn hostile() -> impl Strategy<Value = String> {
        let picked = prop::sample::select(vec![
            '\u{1B}',
            '\u{9B}',
            '\u{9D}',
            '\r',
            '\n',
            '\t',
            '\0',
            '\u{7F}',
            '\u{85}',
            '\u{200D}',
            '\u{200C}',
            '\u{202E}',
            '\u{2028}',
            '\u{FE0F}',
            '\u{E0041}',
            '\u{301}',
            'a',
            'ب',
            'क',
            '👩',
            '❤',
        ]);
        prop::collection::vec(prop_oneof![3 => picked, 1 => any::<char>()], 0..60)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn no_control_character_is_left(text in hostile()) {
            let line = safe_line(&text);
            prop_assert!(!line.chars().any(|c| c.is_control() || is_hidden(c)), "{line:?}");
            let kept = safe_text(&text);
            prop_assert!(!kept.chars().any(|c| is_hidden(c) || (c.is_control() && c != '\n' && c != '\t')));
        }

        #[test]
        fn safe_text_is_a_fixed_point(text in hostile()) {
            let once = safe_line(&text).into_owned();
            prop_assert_eq!(safe_line(&once), once.clone());
        }
    }
}
