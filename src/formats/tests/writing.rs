use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::super::testing::{sample, written};
use super::super::{Collector, Events, Fault, Loss, Selection, WriteOptions, by_name, json, jsonl, toml};
use super::read;
use crate::check::{DocumentText, check};
use crate::chronology::{Chronology, Document, Entry, Layer, LayerInput, Resolved, ids, resolve};
use crate::when::Certainty;

/// Some of the entries.
struct Chosen<'a>(&'a Resolved, &'a dyn Fn(&Entry) -> bool);

impl Events for Chosen<'_> {
    fn for_each(&self, each: &mut dyn FnMut(&Entry, Certainty) -> io::Result<()>) -> io::Result<()> {
        let Self(resolved, wanted) = self;
        resolved
            .entries
            .iter()
            .filter(|entry| wanted(entry))
            .try_for_each(|entry| each(entry, Certainty::Certain))
    }
}

/// What a format makes of the wanted entries, with the losses.
fn export(
    format: &str,
    resolved: &Resolved,
    filtered: bool,
    wanted: &dyn Fn(&Entry) -> bool,
    options: &WriteOptions,
) -> (String, Vec<Loss>) {
    let selection = Selection {
        title: "T",
        summary: "",
        described: None,
        filtered,
        catalogue: &resolved.catalogue,
        events: &Chosen(resolved, wanted),
    };
    let mut bytes = Vec::new();
    let write = by_name(format).and_then(|format| format.write).unwrap();
    let losses = write(&selection, &mut bytes, options).unwrap();
    (String::from_utf8(bytes).unwrap(), losses)
}

fn from_toml(text: &str) -> Chronology {
    let read = read("toml", text.as_bytes());
    assert_eq!(read.faults, []);
    read.chronology
}

fn layer(name: &str, origin: &str, text: &str) -> LayerInput {
    let layer = Layer { name: name.into(), origin: origin.into(), ..Layer::default() };
    LayerInput { layer, chronology: from_toml(text), ..LayerInput::default() }
}

/// The keys that a reader did not know; it found nothing else wrong.
fn unknown(read: &Collector) -> Vec<&str> {
    read.faults
        .iter()
        .map(|fault| fault.message.split(" is not a key of ").next().unwrap_or_default())
        .collect()
}

#[test]
fn the_sample_as_toml() {
    let (text, losses) = written(toml::write, &WriteOptions::default());
    insta::assert_snapshot!(format!("{text}\n---\n{losses}"));
}

#[test]
fn the_sample_as_json() {
    let (text, losses) = written(json::write, &WriteOptions::default());
    insta::assert_snapshot!(format!("{text}\n---\n{losses}"));
}

#[test]
fn the_sample_as_json_lines() {
    let (text, losses) = written(jsonl::write, &WriteOptions::default());
    insta::assert_snapshot!(format!("{text}\n---\n{losses}"));
}

#[test]
fn what_is_written_reads_back_to_the_same_events() {
    let resolved = sample();
    for format in ["toml", "json"] {
        let (text, _) = export(format, &resolved, false, &|_| true, &WriteOptions::default());
        let read = read(format, text.as_bytes());
        assert_eq!(unknown(&read), ["oddity"]);
        let chronology = read.chronology;
        let again = resolve(vec![LayerInput {
            layer: Layer {
                name: "sample".into(),
                title: resolved.catalogue.layers[0].title.clone(),
                ..Layer::default()
            },
            chronology,
            ..LayerInput::default()
        }]);
        assert_eq!(again.entries, resolved.entries, "{format}");
        assert_eq!(again.catalogue, resolved.catalogue, "{format}");
    }
}

#[test]
fn json_lines_read_back_to_the_same_dates_and_names() {
    let resolved = sample();
    let (text, _) = export("jsonl", &resolved, false, &|_| true, &WriteOptions::default());
    let read = read("jsonl", text.as_bytes());
    assert_eq!(unknown(&read), ["oddity"]);
    assert_eq!(read.chronology.events.len(), resolved.entries.len());
    let input = LayerInput { chronology: read.chronology, ..LayerInput::default() };
    let again = resolve(vec![input]);
    for (new, old) in again.entries.iter().zip(&resolved.entries) {
        assert_eq!((&new.event.id, &new.when, &new.bounds), (&old.event.id, &old.when, &old.bounds));
        let names = |resolved: &Resolved, entry: &Entry| -> Vec<String> {
            entry.cast.iter().map(|cast| resolved.catalogue.actor(cast.actor).actor.name.clone()).collect()
        };
        assert_eq!(names(&again, new), names(&resolved, old));
    }
}

#[test]
fn a_filtered_chronology_keeps_what_its_events_need() {
    let text = r#"
note = "kept"
[[documents]]
id = "used"
[[documents]]
id = "unused"
[[parties]]
id = "p"
name = "P"
[[parties]]
id = "q"
name = "Q"
[[actors]]
id = "part"
name = "Part"
part_of = "whole"
[[actors]]
id = "whole"
name = "Whole"
memberships = [{ party = "p", during = "2001" }]
[[actors]]
id = "voice"
name = "Voice"
[[actors]]
id = "other"
name = "Other"
party = "q"
[[places]]
id = "here"
name = "Here"
[[places]]
id = "there"
name = "There"
[[events]]
id = "a"
title = "A"
actors = [{ id = "part" }]
places = ["here"]
links = [{ event = "b" }, { event = "c" }]
sources = [{ document = "used", according_to = "voice" }]
[[events]]
id = "b"
title = "B"
[[events]]
id = "c"
title = "C"
actors = [{ id = "other" }]
places = ["there"]
sources = [{ document = "unused" }]
"#;
    let read_text = read("toml", text.as_bytes());
    assert_eq!(read_text.faults.len(), 1, "the note is not known");
    let input = LayerInput { chronology: read_text.chronology, ..LayerInput::default() };
    let resolved = resolve(vec![input]);
    let (json, losses) =
        export("json", &resolved, true, &|entry| entry.event.id != "c", &WriteOptions::default());
    assert_eq!(losses, [Loss { count: 1, what: "links to events left out were dropped".into() }]);
    let kept = read("json", json.as_bytes()).chronology;
    assert_eq!(kept.documents.iter().map(|item| &item.id).collect::<Vec<_>>(), ["used"]);
    assert_eq!(kept.parties.iter().map(|item| &item.id).collect::<Vec<_>>(), ["p"]);
    assert_eq!(kept.actors.iter().map(|item| &item.id).collect::<Vec<_>>(), ["part", "whole", "voice"]);
    assert_eq!(kept.places.iter().map(|item| &item.id).collect::<Vec<_>>(), ["here"]);
    assert_eq!(kept.events[0].links.len(), 1);
    assert_eq!(kept.extra["note"], "kept");
    let found = |_: &Document| DocumentText::Elsewhere;
    let faults = check(json.as_bytes(), by_name("json").unwrap(), &found);
    assert_eq!(
        faults.iter().map(Fault::to_string).collect::<Vec<_>>(),
        ["3:3: warning: note is not a key of a chronology; it is kept as it is"]
    );
}

#[test]
fn layers_become_one_chronology() {
    let first = r#"
[[documents]]
id = "d"
path = "one.txt"
[[documents]]
id = "same"
sha256 = "00"
[[actors]]
id = "iraq"
name = "Iraq"
[[events]]
id = "e"
title = "First"
actors = [{ id = "iraq" }]
sources = [{ document = "d" }, { document = "same" }]
"#;
    let second = r#"
[[documents]]
id = "d"
path = "two.txt"
[[documents]]
id = "same"
sha256 = "00"
[[parties]]
id = "p"
name = "P"
[[actors]]
id = "iq"
name = "Iraq"
party = "p"
[[actors]]
id = "office"
name = "Office"
part_of = "iq"
[[events]]
id = "e"
title = "Second"
actors = [{ id = "iq" }]
links = [{ event = "f" }]
sources = [{ document = "d", according_to = "iq" }, { document = "same" }]
[[events]]
id = "f"
title = "Third"
links = [{ event = "e" }]
"#;
    let resolved = resolve(vec![layer("one", "a/one.toml", first), layer("two", "b/two.toml", second)]);
    let options = WriteOptions { folder: Some(PathBuf::from("out")), ..WriteOptions::default() };
    for format in ["toml", "json"] {
        let (text, losses) = export(format, &resolved, false, &|_| true, &options);
        assert_eq!(losses, []);
        let found = |_: &Document| DocumentText::Elsewhere;
        assert_eq!(check(text.as_bytes(), by_name(format).unwrap(), &found), [], "{text}");
        let chronology = read(format, text.as_bytes()).chronology;
        let ids: Vec<&str> = chronology.events.iter().map(|event| event.id.as_str()).collect();
        assert_eq!(ids, ["e", "two-e", "f"]);
        assert_eq!(chronology.events[1].actors[0].id, "iraq");
        assert_eq!(chronology.events[1].sources[0].according_to.as_deref(), Some("iraq"));
        assert_eq!(chronology.events[1].sources[0].document.as_deref(), Some("two-d"));
        assert_eq!(chronology.events[2].links[0].event, "two-e");
        assert_eq!(chronology.actors[1].part_of.as_deref(), Some("iraq"));
        let documents: Vec<(&str, Option<&str>)> =
            chronology.documents.iter().map(|item| (item.id.as_str(), item.path.as_deref())).collect();
        assert_eq!(documents, [("d", Some("../a/one.txt")), ("same", None), ("two-d", Some("../b/two.txt"))]);
    }
    let (lines, _) = export("jsonl", &resolved, false, &|_| true, &options);
    assert!(
        lines.lines().nth(1).is_some_and(|line| line.starts_with(r#"{"id":"two-e","layer":"two","#)),
        "{lines}"
    );
}

#[test]
fn the_built_in_chronology_is_written_without_a_fault() {
    let article = include_str!("../../../seeds/000_c36e707fd56555f2.txt");
    let found = |_: &Document| DocumentText::Found {
        text: Arc::from(article),
        sha256: ids::sha256(article.as_bytes()),
    };
    let chronology = from_toml(include_str!("../../../assets/iraq-coalition-talks.toml"));
    let resolved = resolve(vec![LayerInput { chronology: chronology.clone(), ..LayerInput::default() }]);
    for format in ["toml", "json"] {
        for filtered in [false, true] {
            let wanted = |entry: &Entry| !filtered || !entry.parties.is_empty();
            let (text, _) = export(format, &resolved, filtered, &wanted, &WriteOptions::default());
            assert_eq!(check(text.as_bytes(), by_name(format).unwrap(), &found), [], "{format}");
            if !filtered {
                let Chronology { documents, parties, actors, places, events, .. } =
                    read(format, text.as_bytes()).chronology;
                assert_eq!(events, chronology.events);
                assert_eq!(
                    (documents, parties, actors, places),
                    (
                        chronology.documents.clone(),
                        chronology.parties.clone(),
                        chronology.actors.clone(),
                        chronology.places.clone()
                    )
                );
            }
        }
    }
}

#[test]
fn toml_says_what_it_cannot_hold() {
    let text = r#"{"x": null, "y": [null, 1], "z": 18446744073709551615, "events": []}"#;
    let chronology = read("json", text.as_bytes()).chronology;
    let resolved = resolve(vec![LayerInput { chronology, ..LayerInput::default() }]);
    let (written, losses) = export("toml", &resolved, false, &|_| true, &WriteOptions::default());
    assert_eq!(written, "title = \"T\"\ny = [1]\nz = \"18446744073709551615\"\n");
    assert_eq!(losses.iter().map(|loss| loss.count).collect::<Vec<_>>(), [2, 1]);
}
