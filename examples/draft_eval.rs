//! Compares what `annals draft` finds in an article with a chronology of it that was made by hand: which events are
//! found with their date and their main actors, which are missed, and which drafted ones fit none.
//!
//! `cargo run --example draft_eval [ARTICLE CHRONOLOGY PUBLISHED]`; without words, the built-in ones.

use std::{env, fs, process};

use annals::chronology::Document;
use annals::draft::{Actors, Article, draft};

#[path = "../tests/support/score.rs"]
mod score;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let (article, chronology, published) = match words.as_slice() {
        [] => ("seeds/000_c36e707fd56555f2.txt", "assets/iraq-coalition-talks.toml", "2024-01-27"),
        [article, chronology, published] => (article.as_str(), chronology.as_str(), published.as_str()),
        _ => {
            eprintln!("usage: draft_eval [ARTICLE CHRONOLOGY PUBLISHED]");
            process::exit(2);
        }
    };
    let text = read(article);
    let gold = score::chronology(&read(chronology));
    let document = Document { published: Some(published.to_owned()), ..Document::default() };
    let drafted = draft(&[Article { document, text }], &Actors::default());
    print!("{}", score::report(&gold, &drafted));
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| {
        eprintln!("{path}: {error}");
        process::exit(1);
    })
}
