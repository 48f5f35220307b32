//! From an article to an exported chronology, as a reader goes there.

use std::fs;
use std::path::Path;

use super::browser::{ANNALS, printed};
use super::session::{Session, Settings};

const ARTICLE: &str = "\
Flood at Halden

Published: 2024-03-09

The police closed the bridge at Halden on 4 March 2024. Mayor Ines Roth declared an emergency on 5 March 2024. The \
army evacuated 300 people from the town on Wednesday.

“The dam will be repaired by summer,” Roth told reporters on Friday. The council rejected her plan a day later.
";

/// The columns of the pane with the lit event, and how many they are; its title stands at its top.
const PANE: (u16, u16) = (85, 35);

fn start(folder: &Path, arguments: &[&str]) -> Session {
    let (state, data) = (folder.join("state"), folder.join("data"));
    let environment =
        [("XDG_STATE_HOME", state.to_str().unwrap()), ("XDG_DATA_HOME", data.to_str().unwrap())];
    Session::start(
        ANNALS,
        arguments,
        &Settings { environment: &environment, directory: folder, size: (120, 40) },
    )
}

/// Goes to the first event whose words are found, from the first one on.
fn go_to(session: &Session, words: &str, title: &str) {
    session.send("g");
    session.send(format!("/{words}\r"));
    session.wait_for(title, |screen| screen.rows(PANE.0, PANE.1).any(|line| line.trim().starts_with(title)));
}

#[test]
fn from_an_article_to_an_exported_chronology() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("halden.txt"), ARTICLE).unwrap();
    let session = start(folder.path(), &["draft", "halden.txt", "--review"]);
    session.wait_for_text("events to review");
    // Each event is shown beside its passage.
    session.wait_for_text(" of 6, ");
    session.wait_for_text("0 of 6 reviewed");

    // One is accepted as it is, one gets another date, one is rejected.
    go_to(&session, "emergency", "Mayor Ines Roth declared an");
    session.send("r");
    session.wait_for_text("1 of 6 reviewed");
    go_to(&session, "council", "The council rejected her plan");
    session.send("ed\x1510 March 2024");
    session.wait_for_text("2024-03-10  ");
    session.send("\r");
    session.wait_for_text("date: 10 March 2024 (2024-03-10)");
    session.send("r");
    session.wait_for_text("2 of 6 reviewed");
    go_to(&session, "closed", "The police closed the bridge");
    session.send("x");
    session.wait_for_text("3 of 6 reviewed");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().filter_map(Result::ok).filter(|it| it.path().is_file()).count(),
        1
    );

    // It is in no file yet: the first time it is saved a name is asked for.
    session.send("\x13");
    session.wait_for_text("save as");
    session.send("\x15flood.toml\r");
    session.wait_for_text("saved to flood.toml");

    // What is exported is a range of it.
    session.send("1");
    go_to(&session, "emergency", "Mayor Ines Roth declared an");
    session.send("v");
    go_to(&session, "council", "The council rejected her plan");
    session.send("v");
    session.wait_for_text("4 selected");
    session.send("w");
    session.wait_for_text("4 events selected");
    session.send("\t\x15picked.md");
    session.wait_for_text("file  picked.md");
    session.send("\r");
    session.wait_for_text("wrote 4 events");
    session.send("q");
    session.end().assert_clean(0);

    let exported = fs::read_to_string(folder.path().join("picked.md")).unwrap();
    for (date, title) in [
        ("2024-03-05", "Mayor Ines Roth declared an emergency"),
        ("2024-03-06", "The army evacuated 300 people"),
        ("2024-03-10", "The council rejected her plan"),
    ] {
        assert!(exported.contains(date) && exported.contains(title), "{title}: {exported}");
    }
    assert!(!exported.contains("The police closed the bridge at Halden\n"), "{exported}");

    // The file is a chronology like any other, with the words of each event where they stand.
    printed(folder.path(), &["check", "flood.toml"]);
    let events = printed(folder.path(), &["export", "flood.toml", "--format", "jsonl"]);
    let event = |title: &str| {
        let line = events.lines().find(|line| line.contains(title)).expect(title);
        serde_json::from_str::<serde_json::Value>(line).unwrap()
    };
    let council = event("The council rejected her plan");
    assert_eq!(council["review"], "accepted");
    let source = &council["sources"][0];
    let (start, end) = (source["start"].as_u64().unwrap() as usize, source["end"].as_u64().unwrap() as usize);
    let quote: String = ARTICLE.chars().skip(start).take(end - start).collect();
    assert_eq!(source["quote"], quote.as_str());
    assert_eq!(event("The police closed the bridge")["review"], "rejected");
    assert_eq!(event("The army evacuated")["review"], "proposed");
}
