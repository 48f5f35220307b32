use super::{faults, read};
use crate::chronology::Stance;

#[test]
fn a_small_chronology_is_read() {
    let text = r#"
title = "Small"
colour = "red"

[[actors]]
id = "a"
name = "A"
memberships = [{ party = "p", during = 2014 }]

[[events]]
date = 2017
title = "Talks"
actors = [{ id = "a", role = "speaker" }]
fields = { fatalities = 3, share = 3.50, sure = true }
sources = [{ document = "d", quote = "q", start = 0, end = 1, stance = "denies", date = 2024-01-27 }]

[[events]]
date = 2024-01-27T10:00:00Z
"#;
    let read = read("toml", text.as_bytes());
    let chronology = &read.chronology;
    assert_eq!(chronology.title, "Small");
    assert_eq!(chronology.extra["colour"], "red");
    assert_eq!(chronology.actors[0].memberships[0].during.as_deref(), Some("2014"));
    let event = &chronology.events[0];
    assert_eq!(event.date.as_deref(), Some("2017"));
    assert_eq!(event.fields["fatalities"], "3");
    assert_eq!(event.fields["share"], "3.50");
    assert_eq!(event.fields["sure"], "true");
    assert_eq!(event.sources[0].stance, Some(Stance::Denies));
    assert_eq!(event.sources[0].date.as_deref(), Some("2024-01-27"));
    assert_eq!(chronology.events[1].date.as_deref(), Some("2024-01-27T10:00:00Z"));
    assert_eq!((read.positions.events[1].line, read.positions.events[1].column), (17, 1));
    let said: Vec<String> = read.faults.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["3:1: warning: colour is not a key of a chronology; it is kept as it is"]);
}

#[test]
fn a_wrong_value_loses_only_itself() {
    let text = "[[events]]\ntitle = \"one\"\nlat = \"north\"\nstatus = \"ocurred\"\nactors = [\"iraq\", { id = \"iran\" }]\n\n[[events]]\ntitle = [\"two\"]\nplaces = [3, true]\ntag = \"x\"\n";
    insta::assert_snapshot!(faults("toml", text).join("\n"));
    let events = read("toml", text.as_bytes()).chronology.events;
    assert_eq!(events[0].title, "one");
    assert_eq!(events[0].actors[0].id, "iran");
    assert_eq!(events[1].places, ["3"]);
    assert_eq!(events[1].extra["tag"], "x");
}

/// Every text with its faults below it.
fn report(format: &str, texts: &[&str]) -> String {
    let one = |text: &&str| {
        format!(
            "{text:?}
  {}",
            faults(format, text).join(
                "
  "
            )
        )
    };
    texts.iter().map(one).collect::<Vec<_>>().join(
        "
",
    )
}

#[test]
fn json_is_strict() {
    insta::assert_snapshot!(report(
        "json",
        &[
            r#"{"title": "a", "title": "b", "events": [], "events": []}"#,
            "{\"title\": \"a\",}",
            "{ // no\n}",
            "{\n  \"title\": 'a' }",
            "{\"a\": 1} {\"a\": 2}",
            "{\"title\": \"\\ud800\"}",
            "{\"events\": [{} {}]}",
            "[]",
            "",
            "{\"events\": {}}",
            "{\"events\": [{\"sources\": [{\"start\": -1, \"end\": 1.5}]}]}",
        ]
    ));
}

#[test]
fn toml_faults_point() {
    insta::assert_snapshot!(report(
        "toml",
        &[
            "title = \"a\"\ntitle = \"b\"\n",
            "title = \"بغداد\" x\n",
            "[[events]]\ntitle = \"a\nb\"\n",
            "[events]\ntitle = \"a\"\n",
            "[[evnts]]\ntitle = \"a\"\n",
        ]
    ));
}

#[test]
fn bad_bytes_are_pointed_at() {
    for format in ["toml", "json", "jsonl"] {
        let read = read(format, b"\n\xc3(");
        assert_eq!(read.faults.len(), 1);
        assert_eq!((read.faults[0].line, read.faults[0].column), (2, 1), "{format}");
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let toml = read("toml", b"\xef\xbb\xbftitle = \"a\"\r\n[[events]]\r\ntitle = \"b\"\r\n");
    assert_eq!(toml.chronology.title, "a");
    assert_eq!((toml.positions.events[0].line, toml.positions.events[0].offset), (2, 16));
    assert_eq!(read("json", b"\xef\xbb\xbf{\"title\": \"a\"}").chronology.title, "a");
    let lines = read("jsonl", b"\xef\xbb\xbf{\"title\": \"a\"}\r\n{\"title\": \"b\"}\r\n");
    assert_eq!(lines.chronology.events.len(), 2);
    assert_eq!(lines.positions.events[1].offset, 19);
    assert!(lines.faults.is_empty());
}

#[test]
fn depth_bombs_are_refused() {
    let deep = 100_000;
    let bombs = [
        ("json", format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
        ("json", "{\"a\":".repeat(deep)),
        ("json", format!("{}1{}", "{\"a\":".repeat(150), "}".repeat(150))),
        ("jsonl", format!("{}1{}", "{\"title\":".repeat(150), "}".repeat(150))),
        ("toml", format!("a = {}{}", "[".repeat(deep), "]".repeat(deep))),
        ("toml", format!("a = {}", "{a=".repeat(deep))),
        ("toml", format!("[{}a]", "a.".repeat(2000))),
        ("toml", format!("{}a = 1", "a.".repeat(70))),
    ];
    for (format, bomb) in &bombs {
        let read = read(format, bomb.as_bytes());
        let start: String = bomb.chars().take(12).collect();
        if *format == "toml" && start.starts_with("a.a") {
            assert_eq!(read.faults.len(), 1, "unknown, but not too deep");
        } else {
            assert!(
                read.faults.iter().any(|fault| fault.severity == super::super::Severity::Error),
                "{start}"
            );
        }
    }
}

#[test]
fn lines_may_hold_names() {
    let text = r#"{"id":"e1","title":"Talks","actors":["Iraq",{"id":"us","name":"United States","role":"speaker"}],"parties":["The Coalition"],"places":["Baghdad"],"date":"2024","earliest":"2024-01-01T00:00:00Z","latest":"2024-12-31T23:59:59Z","when":"2024"}

{"title":"More","actors":[{"name":"United States"},"us","iraq"],"places":["baghdad"],"sources":[{"document":"d","document_title":"T","publisher":"P","published":"2024","quote":"q","according_to":"us","according_to_name":"United States"}],"colour":"red"}
[]
"#;
    let read = read("jsonl", text.as_bytes());
    let actors: Vec<(&str, &str)> =
        read.chronology.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect();
    assert_eq!(actors, [("iraq", "Iraq"), ("us", "United States")]);
    let of = |event: usize| -> Vec<&str> {
        read.chronology.events[event].actors.iter().map(|part| part.id.as_str()).collect()
    };
    assert_eq!(of(0), ["iraq", "us"]);
    assert_eq!(of(1), ["us", "us", "iraq"]);
    assert_eq!(read.chronology.events[0].parties, ["the-coalition"]);
    assert_eq!(read.chronology.parties[0].name, "The Coalition");
    assert_eq!(read.chronology.places.len(), 1);
    assert_eq!(read.chronology.documents[0].title, "T");
    assert_eq!(read.chronology.documents[0].published.as_deref(), Some("2024"));
    assert!(read.chronology.events[0].extra.is_empty());
    assert_eq!(read.chronology.events[1].extra.len(), 1);
    let said: Vec<String> = read.faults.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(said.join("\n"));
}
