//! Fuzzing of the readers of texts, for times and for events: `cargo test --test fuzz -- --ignored`, for a minute or for as many seconds as
//! `ANNALS_FUZZ_SECONDS` says.

use std::time::{Duration, Instant};

use annals::chronology::Document;
use annals::draft::{Actors, Article, draft};
use annals::text::timex::{Mode, Options, published, timex};
use annals::when::When;

/// Words and marks of expressions of time, and what they are easily mistaken for.
const PARTS: &[&str] = &[
    "January",
    "Oct.",
    "May",
    "march",
    "Sunday",
    "Sun",
    "the",
    "a",
    "an",
    "of",
    "in",
    "on",
    "at",
    "by",
    "early",
    "mid",
    "late",
    "end",
    "beginning",
    "first",
    "second",
    "twenty-first",
    "quarter",
    "half",
    "two",
    "twenty",
    "hundred",
    "thousand",
    "dozen",
    "few",
    "several",
    "couple",
    "day",
    "days",
    "week",
    "month",
    "years",
    "decade",
    "century",
    "spring",
    "fall",
    "winter",
    "morning",
    "night",
    "noon",
    "ago",
    "earlier",
    "later",
    "before",
    "after",
    "since",
    "last",
    "next",
    "this",
    "that",
    "same",
    "every",
    "daily",
    "now",
    "today",
    "recently",
    "future",
    "past",
    "fiscal",
    "BC",
    "B.C.",
    "AD",
    "a.m.",
    "p.m.",
    "GMT",
    "EST",
    "Christmas",
    "Easter",
    "New",
    "Year's",
    "Eve",
    "D-Day",
    "1914",
    "1915",
    "2024",
    "99",
    "31",
    "7",
    "0",
    "00",
    "4294967296",
    "99999999999999999999",
    "-",
    "–",
    "—",
    "/",
    ".",
    ",",
    ":",
    "'",
    "’",
    "s",
    "th",
    "1/2",
    "5:30",
    "(",
    ")",
    "\n",
    "\n\n",
    " ",
    " ",
    " ",
    "will",
    "said",
    "was",
    "ü",
    "日",
    "\u{0}",
    "\u{202e}",
    "\u{a0}",
    "e\u{301}",
    "🕰",
    "ended",
    "year-ago",
    "period",
    "or",
    "so",
    "more",
    "than",
    "least",
    "no",
];

/// Words and marks that events are told with.
const TOLD: &[&str] = &[
    "Iraq",
    "U.S.",
    "U.S.-led",
    "IS",
    "General",
    "Prime",
    "Minister",
    "Ann",
    "Berg",
    "al-Sudani",
    "Halden",
    "army",
    "rebels",
    "coalition",
    "company",
    "police",
    "people",
    "attacked",
    "was",
    "were",
    "hit",
    "found",
    "said",
    "says",
    "that",
    "who",
    "which",
    "will",
    "would",
    "has",
    "had",
    "been",
    "to",
    "began",
    "held",
    "talks",
    "war",
    "strike",
    "agreement",
    "with",
    "against",
    "by",
    "and",
    "but",
    "until",
    "since",
    "when",
    "while",
    "not",
    "never",
    "never-",
    "she",
    "he",
    "it",
    "they",
    "this",
    "both",
    "’s",
    "'s",
    "“",
    "”",
    "\"",
    "(",
    ")",
    ",",
    ".",
    ":",
    ";",
    "—",
    "\n",
    "\n\n",
    "\r\n",
    "…",
    "2014",
    "3 March 2021",
    "Thursday",
    "İ",
    "ß",
    "e\u{301}",
    "\u{202e}",
    "\u{0}",
    "👩‍👧",
];

/// A generator of the kind of xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).expect("a small number")).expect("a small number")
    }

    fn text(&mut self) -> String {
        let length = self.below(60);
        if self.below(8) == 0 {
            let bytes: Vec<u8> =
                (0..length).map(|_| u8::try_from(self.below(256)).expect("a byte")).collect();
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        let mut text = String::new();
        let told = self.below(2) == 0;
        for _ in 0..length {
            let words = if told && self.below(4) > 0 { TOLD } else { PARTS };
            text += words[self.below(words.len())];
            if self.below(3) > 0 {
                text.push(' ');
            }
        }
        text
    }
}

#[track_caller]
fn holds(text: &str, options: &Options) {
    let _ = published(text);
    let mut end = 0;
    for it in timex(text, options).expressions {
        assert!(it.range.start >= end && it.range.end > it.range.start, "{text:?}: {it:?}");
        assert!(text.get(it.range.clone()).is_some(), "{text:?}: {it:?}");
        if let Some(when) = it.when {
            assert_eq!(When::parse(when.as_edtf()).ok(), Some(when), "{text:?}");
        }
        end = it.range.end;
    }
}

/// What is drafted has its passages in the text, at character borders, and dates that are dates.
#[track_caller]
fn tells(text: &str, published: Option<&When>) {
    let document = Document {
        id: "text".to_owned(),
        published: published.map(|day| day.as_edtf().to_owned()),
        ..Document::default()
    };
    let drafted = draft(&[Article { document, text: text.to_owned() }], &Actors::default());
    let chars: Vec<char> = text.chars().collect();
    for event in &drafted.events {
        assert!(event.date.as_ref().is_none_or(|date| When::parse(date).is_ok()), "{text:?}: {event:?}");
        for source in &event.sources {
            let place = |at: Option<u64>| usize::try_from(at.expect("a place")).expect("a place in memory");
            let words: String =
                chars.get(place(source.start)..place(source.end)).expect("inside the text").iter().collect();
            assert_eq!(Some(&words), source.quote.as_ref(), "{text:?}");
        }
    }
}

fn run(random: &mut Random) {
    let text = random.text();
    let days = [
        "2024-01-27",
        "2024-02-29",
        "0001-01-01",
        "9999-12-31",
        "-0043-03-15",
        "2024",
        "2024-05",
        "1999-12-31",
    ];
    let published = When::parse(days[random.below(days.len())]).ok().filter(|_| !random.0.is_multiple_of(5));
    let mode = [None, Some(Mode::News), Some(Mode::Narrative)][random.below(3)];
    tells(&text, published.as_ref());
    holds(&text, &Options { published, mode });
}

#[test]
fn texts_of_all_sorts_are_read() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..3_000 {
        run(&mut random);
    }
}

#[test]
#[ignore = "takes as long as it is told to"]
fn for_as_long_as_it_is_told_to() {
    let seconds =
        std::env::var("ANNALS_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let (begin, mut texts) = (Instant::now(), 0u64);
    let seed = std::env::var("ANNALS_FUZZ_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(0x1234_5678_9abc_def1);
    let mut random = Random(seed);
    while begin.elapsed() < Duration::from_secs(seconds) {
        for _ in 0..100 {
            run(&mut random);
        }
        texts += 100;
    }
    println!("{texts} texts, begun with {seed}");
}
