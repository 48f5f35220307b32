//! How well the draft of an article fits what a reader made of it: the events that were found with their date and main
//! actors, those missed, and those drafted that are wrong.
//!
//! `cargo run --example draft_eval -- ARTICLE GOLD [PUBLISHED]` compares an article with a chronology in TOML, or with
//! a list of expected events as in `tests/data/draft` (`.events`); without arguments, the built-in one.

use std::path::Path;

use annals::chronology::Document;
use annals::draft::{Actors, Article, draft};
use annals::text::timex::published;

#[path = "../tests/support/score.rs"]
mod score;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| {
        std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let (article, known, day) = match arguments.as_slice() {
        [article, known, rest @ ..] => (article.as_str(), known.as_str(), rest.first().cloned()),
        _ => (
            "seeds/000_c36e707fd56555f2.txt",
            "assets/iraq-coalition-talks.toml",
            Some("2024-01-27".to_owned()),
        ),
    };
    let text = read(article);
    let made = read(known);
    let listed = Path::new(known).extension().is_some_and(|ending| ending == "events");
    let gold = if listed { score::expected(&made, &text) } else { score::chronology(&made) };
    let day = day.or_else(|| published(&text).map(|(day, _)| day.as_edtf().to_owned()));
    let document = Document { id: "article".to_owned(), published: day, ..Document::default() };
    let drafted = draft(&[Article { document, text }], &Actors::default());
    print!("{}", score::report(&gold, &drafted));
}
