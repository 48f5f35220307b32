//! The words that expressions of time are made of, each with its class.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::words::WORDS;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Season,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

/// A season of the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
    Day,
}

/// What a word may be in an expression of time, or say about one beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Nothing.
    Other,
    /// January is 1.
    Month(u8),
    /// Monday is 1.
    Weekday(u8),
    Weekdays(u8),
    Season(Season),
    Seasons(Season),
    Unit(Unit),
    Units(Unit),
    /// "Daily".
    Often(Unit),
    Part(Part),
    Parts(Part),
    /// "First".
    Ord(u8),
    /// "Seven".
    Card(u8),
    /// "Hundred".
    Scale(u32),
    /// "Hundreds".
    Scales(u32),
    /// "Nineties": 90.
    Decade(u8),
    Dozen,
    Dozens,
    Couple,
    Few,
    Several,
    Many,
    Some,
    Half,
    The,
    A,
    This,
    That,
    These,
    Those,
    Own,
    Last,
    Next,
    Previous,
    Following,
    Coming,
    Same,
    Latest,
    Current,
    Comparable,
    Each,
    Every,
    Per,
    Of,
    In,
    On,
    At,
    By,
    Before,
    After,
    Since,
    Until,
    From,
    During,
    Between,
    Through,
    To,
    And,
    Or,
    Within,
    For,
    As,
    So,
    Ago,
    Earlier,
    Later,
    Hence,
    Previously,
    Early,
    Mid,
    Late,
    Beginning,
    Middle,
    End,
    Latter,
    Piece,
    About,
    Nearly,
    Over,
    Under,
    More,
    Less,
    Than,
    Least,
    Most,
    Up,
    No,
    Just,
    Only,
    Full,
    Old,
    Long,
    Today,
    Yesterday,
    Tomorrow,
    Tonight,
    Now,
    Currently,
    Recent,
    Recently,
    Past,
    Future,
    Former,
    Time,
    Period,
    Present,
    Fiscal,
    Ended,
    Bc,
    Ad,
    Circa,
    B_,
    C_,
    D_,
    E_,
    M_,
    P_,
    Am,
    Pm,
    OClock,
    /// A time zone: minutes east of Greenwich.
    Zone(i16),
    S,
    /// The ending of an ordinal number: st, nd, rd, th.
    Nth,
    T,
    Z,
    /// Says that what follows is yet to come.
    Will,
    /// A verb of the past.
    Did,
    /// A verb of saying, in the past.
    Said,
    /// A verb of the present.
    Does,
    Christmas,
    Easter,
    Thanksgiving,
    New,
    Eve,
    Holiday(Holiday),
    /// "Independence" and the like, before "Day".
    OfDay(Holiday),
    Good,
    Term,
    Trading,
    Once,
    Right,
    Modern,
    Sometime,
}

/// Days with names, each year on one date or found by a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    Christmas,
    ChristmasEve,
    NewYear,
    NewYearsEve,
    Easter,
    GoodFriday,
    EasterMonday,
    PalmSunday,
    AshWednesday,
    Thanksgiving,
    Independence,
    Halloween,
    Memorial,
    Labor,
    Valentine,
    Veterans,
    King,
    Presidents,
    Columbus,
    May,
    Bastille,
    Boxing,
    AllSaints,
    Patrick,
    AprilFools,
    Landing,
    Pentecost,
}

/// Every word with its class.
fn words() -> impl Iterator<Item = (&'static str, Word)> {
    WORDS.iter().flat_map(|(class, words)| words.split(' ').map(|word| (word, *class)))
}

/// The lexicon as it is looked up.
struct Table {
    words: HashMap<u128, Word>,
    /// For each first letter the lengths of the words that have it, a bit each: most words of a text are none of them.
    lengths: [u16; 32],
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut lengths = [0; 32];
    for (word, _) in words() {
        if let Some(slot) = lengths.get_mut(letter(word.as_bytes())) {
            *slot |= 1 << word.len();
        }
    }
    let words = words().map(|(word, class)| (packed(word.as_bytes()), class)).collect();
    Table { words, lengths }
});

/// The first letter of a word, 1 to 26.
fn letter(word: &[u8]) -> usize {
    word.first().map_or(0, |letter| usize::from(letter & 31))
}

/// A word of at most 16 letters as a number, whatever their case.
fn packed(word: &[u8]) -> u128 {
    word.iter().fold(0, |packed, letter| packed << 8 | u128::from(letter | 0x20))
}

/// The longest word of the lexicon, in bytes.
const LONGEST: usize = 13;

/// The class of a word of ASCII letters.
pub(super) fn class(word: &[u8]) -> Word {
    let table = &*TABLE;
    let lengths = table.lengths.get(letter(word)).copied().unwrap_or(0);
    let known = word.len() <= LONGEST && lengths & 1 << word.len() != 0;
    let class = if known { table.words.get(&packed(word)).copied() } else { None };
    class.unwrap_or_else(|| past(word))
}

/// Whether a word that is in no list looks like a verb of the past.
fn past(word: &[u8]) -> Word {
    if word.len() > 4 && word.ends_with(b"ed") { Word::Did } else { Word::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_stands_once() {
        assert_eq!(TABLE.words.len(), words().count());
        for (word, found) in words() {
            assert_eq!(class(word.as_bytes()), found, "{word}");
            assert_eq!(class(word.to_uppercase().as_bytes()), found, "{word}");
        }
        assert_eq!(words().map(|(word, _)| word.len()).max(), Some(LONGEST));
    }

    #[test]
    fn other_words_are_none() {
        assert_eq!(class(b"walked"), Word::Did);
        assert_eq!(class(b"red"), Word::Other);
        assert_eq!(class(b"acknowledgement"), Word::Other);
    }
}
