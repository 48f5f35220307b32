use proptest::prelude::*;

use super::*;
use crate::chronology::{Actor, Participation, Source};

/// Comments in all places where people write them, and every form in which TOML has tables and lists.
const TEXT: &str = r#"# A chronology kept by hand.
title = "Letters"   # its name

[[documents]]
id = "news"
path = "news.txt"

[[actors]]
id = "ada"
name = "Ada"

# The first of all.
[[events]]
id = "a"   # never changed
date = "1843-06"  # as the catalogue has it
date_text = "in June"
date_basis = "read off the stamp"
title = "Ada writes"
actors = [{ id = "ada" }]  # alone
sources = [
  # from the archive
  { document = "news", quote = "Ada wrote.", start = 0, end = 10 },  # the first
  { document = "news", quote = "She did." }  # the second
]
review = "proposed"
confidence = 0.4

# The second.
[[events]]
id = "b"
title = "She is answered"
sources = [{ document = "news", quote = "An answer came." }]
review = "proposed"
confidence = 0.9

[events.fields]
sheets = "2"
# a comment in the fields

[[events.links]]
event = "a"
relation = "follows"

[[events]]
# An event without an id.
date = "1844"
title = """
A title
# that is no comment"""
review = "proposed"

[[events]]
id = "c"
title = "The last"
tags = [
  "kept", # since 1900
]

[[events.sources]]
document = "news"
quote = "The end."
# The end.
"#;

fn manuscript(text: &str) -> Manuscript {
    Manuscript::read(text).expect("a chronology")
}

fn event<'m>(manuscript: &'m Manuscript, id: &str) -> &'m Event {
    manuscript.event(id).expect("an event")
}

/// The lines of the second text that the first has not, and the other way round.
fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (lines(before), lines(after));
    let not_in = |lines: &[String], others: &[String]| {
        lines.iter().filter(|line| !others.contains(line)).cloned().collect::<Vec<_>>()
    };
    (not_in(&before, &after), not_in(&after, &before))
}

fn with(manuscript: &Manuscript, edit: &Edit) -> Manuscript {
    manuscript.with(edit).expect("it fits").0
}

#[test]
fn accepting_and_rejecting_changes_a_word() {
    let before = manuscript(TEXT);
    let after = with(&before, &accepted(event(&before, "a")));
    assert_eq!(after.text().replacen("\"accepted\"", "\"proposed\"", 1), TEXT);
    let after = with(&before, &rejected(event(&before, "c")));
    assert_eq!(difference(TEXT, after.text()), (vec![], vec!["review = \"rejected\"".to_owned()]));
    assert_eq!(event(&after, "c").review, Some(Review::Rejected));
    // Under the heading of its sources it would be theirs.
    assert!(after.text().find("review = \"rejected\"") < after.text().find("[[events.sources]]"));
}

#[test]
fn a_date_set_by_hand_is_no_longer_explained() {
    let before = manuscript(TEXT);
    let was = event(&before, "a");
    let now = Event { date: Some("1843-06-01".to_owned()), ..was.clone() };
    let after = with(&before, &set(was, &now, "date"));
    assert_eq!(
        difference(TEXT, after.text()),
        (
            vec![
                "date = \"1843-06\"  # as the catalogue has it".to_owned(),
                "date_basis = \"read off the stamp\"".to_owned()
            ],
            vec!["date = \"1843-06-01\"  # as the catalogue has it".to_owned()]
        )
    );
    // A key that was not there stands where it usually does.
    let was = event(&before, "b");
    let after = with(
        &before,
        &set(
            was,
            &Event { date: Some("1844".to_owned()), kind: Some("letter".to_owned()), ..was.clone() },
            "date",
        ),
    );
    assert!(
        after
            .text()
            .contains("id = \"b\"\ndate = \"1844\"\ntitle = \"She is answered\"\nkind = \"letter\"\nsources"),
        "{}",
        after.text()
    );
}

#[test]
fn an_event_without_an_id_keeps_what_it_is_called_by() {
    let before = manuscript(TEXT);
    let id = before.chronology().events[2].id.clone();
    assert!(id.starts_with("x-"));
    let after = with(&before, &accepted(event(&before, &id)));
    assert_eq!(event(&after, &id).review, Some(Review::Accepted));
    assert!(after.text().contains(&format!("id = \"{id}\"")));
    assert!(after.text().contains("# that is no comment"));
}

#[test]
fn a_further_source_stands_behind_the_others() {
    let before = manuscript(TEXT);
    let cut =
        Cut { document: "news".to_owned(), quote: "“Again” \\ \u{202e}".to_owned(), at: Some((3, 9)) };
    for id in ["a", "b", "c"] {
        let edit = attached(event(&before, id), &cut).expect("new");
        let after = with(&before, &edit);
        let sources = &event(&after, id).sources;
        assert_eq!(sources.last().map(|source| source.quote.clone()), Some(Some(cut.quote.clone())));
        assert_eq!(&sources[..sources.len() - 1], &event(&before, id).sources[..]);
        assert_eq!(attached(event(&after, id), &cut), None, "{id}");
        for comment in ["# the first", "# the second", "# from the archive", "# a comment in the fields"] {
            assert!(after.text().contains(comment), "{id}: {}", after.text());
        }
        let back = with(&after, &edit.inverse());
        assert_eq!(event(&back, id), event(&before, id));
    }
}

#[test]
fn two_are_made_of_one_and_one_of_two() {
    let before = manuscript(TEXT);
    let (edit, id) = split(&before, event(&before, "a"));
    let after = with(&before, &edit);
    assert_eq!((id.as_str(), after.chronology().events[1].id.as_str()), ("a-2", "a-2"));
    assert_eq!(event(&after, "a").sources.len(), 1);
    assert_eq!(event(&after, "a-2").sources[0].quote.as_deref(), Some("She did."));
    assert!(after.text().contains("# the first") && after.text().contains("# The second."));

    let joined = joined(&after, event(&after, "c"), event(&after, "a"));
    let one = with(&after, &joined);
    assert!(one.event("a").is_none());
    let quotes: Vec<Option<&str>> =
        event(&one, "c").sources.iter().map(|source| source.quote.as_deref()).collect();
    assert_eq!(quotes, [Some("The end."), Some("Ada wrote.")]);
    assert_eq!(
        (event(&one, "c").date.as_deref(), event(&one, "b").links[0].event.as_str()),
        (Some("1843-06"), "c")
    );
    assert!(one.text().contains("# The first of all.") && one.text().contains("  # from the archive"));
    assert_eq!(one.event("a-2"), after.event("a-2"));
}

#[test]
fn new_actors_become_actors_of_the_chronology() {
    let before = manuscript(TEXT);
    let part = |id: &str, role: Option<&str>| Participation {
        id: id.to_owned(),
        role: role.map(str::to_owned),
        ..Participation::default()
    };
    let new = Actor { id: "society".to_owned(), name: "The Society".to_owned(), ..Actor::default() };
    let parts = vec![part("ada", None), part("society", Some("addressee"))];
    let edit = actors(event(&before, "a"), parts.clone(), &[new]);
    let after = with(&before, &edit);
    assert_eq!(event(&after, "a").actors, parts);
    assert!(
        after
            .text()
            .contains("actors = [{ id = \"ada\" }, { id = \"society\", role = \"addressee\" }]  # alone")
    );
    assert!(
        after.text().contains(
            "name = \"Ada\"\n\n[[actors]]\nid = \"society\"\nname = \"The Society\"\n\n# The first"
        )
    );
    assert_eq!(after.with(&edit).map(|_| ()), Err(Unfit::Taken("actor", "society".to_owned())));
}

#[test]
fn an_edit_that_does_not_fit_is_refused() {
    let before = manuscript(TEXT);
    let edit = accepted(event(&before, "a"));
    let elsewhere = manuscript(&TEXT.replacen("review = \"proposed\"", "review = \"rejected\"", 1));
    assert_eq!(
        elsewhere.with(&edit).map(|_| ()),
        Err(Unfit::Other { id: "a".to_owned(), key: "review".to_owned() })
    );
    let gone = manuscript("title = \"Empty\"\n");
    assert_eq!(gone.with(&edit).map(|_| ()), Err(Unfit::Gone("event", "a".to_owned())));
    let twice = manuscript(&TEXT.replace("id = \"b\"", "id = \"a\""));
    assert_eq!(twice.with(&edit).map(|_| ()), Err(Unfit::Twice("a".to_owned())));
    assert!(matches!(Manuscript::read("[[events"), Err(Unfit::Unreadable(_))));
    // On a text that was changed elsewhere the same edits are made.
    let moved = manuscript(&format!("# first\n{}", TEXT.replace("Ada writes", "Ada wrote")));
    let (after, steps) = moved.with_all(&[edit]).expect("it fits");
    assert_eq!((event(&after, "a").title.as_str(), steps.len()), ("Ada wrote", 1));
    assert_eq!(event(&after, "a").review, Some(Review::Accepted));
}

#[test]
fn other_forms_are_changed_as_they_are_written() {
    for (text, wanted) in [
        ("events = [{ id = \"a\" }]\n", "events = [{ id = \"a\", review = \"accepted\" }]\n"),
        (
            "events = [\n  { id = \"a\" }, # one\n]",
            "events = [\n  { id = \"a\", review = \"accepted\" }, # one\n]",
        ),
        ("[[events]]\r\nid = \"a\"\r\n", "[[events]]\r\nid = \"a\"\r\nreview = \"accepted\"\r\n"),
        ("[[events]]\nid = \"a\"", "[[events]]\nid = \"a\"\nreview = \"accepted\""),
        (
            "  [[events]]\n  id = \"a\"\n  fields.a = \"1\"\n",
            "  [[events]]\n  id = \"a\"\n  fields.a = \"1\"\n  review = \"accepted\"\n",
        ),
        ("[[events]] # head\n[events.fields]\nx = \"1\"\n", ""),
    ] {
        let before = manuscript(text);
        let after = with(&before, &accepted(&before.chronology().events[0]));
        assert_eq!(after.chronology().events[0].review, Some(Review::Accepted), "{text}");
        assert!(wanted.is_empty() || &**after.text() == wanted, "{text}: {}", after.text());
    }
    let cut = Cut { document: "d".to_owned(), quote: "q".to_owned(), at: None };
    for text in [
        "",
        "title = \"x\"",
        "title = \"x\"\r\n",
        "events = []\n",
        "events = [\n]\n",
        "[[actors]]\nid = \"a\"\n",
    ] {
        let before = manuscript(text);
        let new = Event { title: "New: one".to_owned(), ..Event::default() };
        let (edit, id) = added(&before, new, &cut, None);
        let after = with(&before, &edit);
        assert_eq!(
            (id.as_str(), after.chronology().events.len()),
            ("new-one", 1),
            "{text}: {}",
            after.text()
        );
        assert_eq!(with(&after, &edit.inverse()).chronology(), before.chronology(), "{text}");
    }
}

#[test]
fn the_most_doubtful_comes_first() {
    let before = manuscript(TEXT);
    let ids: Vec<&str> = doubtful_first(before.chronology()).iter().map(|event| event.id.as_str()).collect();
    assert_eq!(&ids[..2], ["a", "b"]);
    assert_eq!((ids.len(), progress(before.chronology())), (3, Progress { reviewed: 0, of: 3 }));
    let after = with(&before, &rejected(event(&before, "a")));
    assert_eq!(progress(after.chronology()), Progress { reviewed: 1, of: 3 });
}

/// What a reader may do: which of the edits, and to which event.
fn deeds() -> impl Strategy<Value = Vec<(u8, usize, String)>> {
    prop::collection::vec((0..9_u8, 0..8_usize, "[a-z \"'\\\\#\n\u{e9}=\\[\\]{}]{0,12}"), 1..14)
}

/// The edit, and the event as it has to be then.
fn deed(manuscript: &Manuscript, (what, which, text): &(u8, usize, String)) -> Option<Edit> {
    let events = &manuscript.chronology().events;
    let event = events.get(which % events.len().max(1))?;
    let text = text.clone();
    Some(match what {
        0 => accepted(event),
        1 => rejected(event),
        2 => set(event, &Event { title: text, ..event.clone() }, "title"),
        3 => set(event, &Event { kind: Some(text).filter(|kind| !kind.is_empty()), ..event.clone() }, "kind"),
        4 => set(
            event,
            &Event { date: Some("2014/2017".to_owned()).filter(|_| text.len() > 3), ..event.clone() },
            "date",
        ),
        5 => attached(event, &Cut { document: "news".to_owned(), quote: text, at: Some((1, 2)) })?,
        6 => split(manuscript, event).0,
        7 => {
            let other = events.iter().find(|other| other.id != event.id)?;
            joined(manuscript, event, other)
        }
        _ => {
            let new = Event { title: text, sources: vec![Source::default()], ..Event::default() };
            let cut = Cut { document: "news".to_owned(), quote: "q".to_owned(), at: None };
            added(manuscript, new, &cut, Some(&event.id)).0
        }
    })
}

/// Makes an edit on the events themselves, without a text.
fn model(events: &mut Vec<Event>, edit: &Edit) {
    for change in &edit.changes {
        match change {
            Change::Set { id, keys, .. } => {
                let place = events.iter().position(|event| event.id == *id).expect("it is there");
                let mut map = object(&events[place]);
                for (key, swap) in keys {
                    map.insert(key.clone(), swap.now.clone());
                }
                map.retain(|_, value| !value.is_null());
                events[place] = serde_json::from_value(Value::Object(map)).expect("an event");
            }
            Change::Add { item, behind, .. } => {
                let behind = events.iter().position(|event| Some(&event.id) == behind.as_ref());
                let event = serde_json::from_value(Value::Object(item.clone())).expect("an event");
                events.insert(behind.map_or(events.len(), |place| place + 1), event);
            }
            Change::Remove { item, .. } => events.retain(|event| event.id != id_of(item)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_text_says_what_was_done_and_undoing_all_gives_it_back(deeds in deeds(), crlf: bool) {
        let text = if crlf { TEXT.replace('\n', "\r\n") } else { TEXT.to_owned() };
        let first = manuscript(&text);
        let (mut now, mut steps) = (first.clone(), Steps::new());
        let mut events = first.chronology().events.clone();
        for what in &deeds {
            let Some(edit) = deed(&now, what) else { continue };
            let (next, step) = now.with(&edit).expect("it fits");
            model(&mut events, &edit);
            prop_assert_eq!(&manuscript(next.text()), &next);
            let undone = next.moved(&[Arc::new(step.clone())], &[]).expect("read");
            prop_assert_eq!(&undone, &now);
            prop_assert_eq!(&undone.moved(&[], &[Arc::new(step.clone())]).expect("read"), &next);
            steps.push(Arc::new(step));
            now = next;
        }
        prop_assert_eq!(&now.chronology().events, &events);
        prop_assert_eq!(crlf, !now.text().replace("\r\n", "").contains('\n') && crlf);
        // Comments that have lines of their own are all there.
        for comment in ["# The first of all.", "# from the archive", "# a comment in the fields", "# An event without an id.", "# The second."] {
            prop_assert!(now.text().contains(comment), "{}", now.text());
        }
        let back = now.moved(&steps, &[]).expect("read");
        prop_assert_eq!(&**back.text(), &*text);
        let on = back.moved(&[], &steps).expect("read");
        prop_assert_eq!(&on, &now);
        // The edits alone, in a journal and on the text as it was read anew, say the same.
        let edits = edits_between(&[], &steps);
        let written = serde_json::to_string(&edits).expect("written");
        let edits: Vec<Edit> = serde_json::from_str(&written).expect("read");
        let (again, _) = manuscript(&text).with_all(&edits).expect("they fit");
        prop_assert_eq!(&**again.text(), &**now.text());
    }
}
