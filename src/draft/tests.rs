//! Whole drafts: what holds for any text, and what single sentences tell.

use proptest::prelude::*;

use super::*;
use crate::chronology::{Event, Review, Status};

fn drafted(text: &str, published: Option<&str>) -> Chronology {
    let document =
        Document { id: "a".into(), published: published.map(str::to_owned), ..Document::default() };
    draft(&[Article { document, text: text.to_owned() }], &Actors::default())
}

/// What a text tells, published on Saturday, 27 January 2024: date, kind, and actors with their roles.
fn told(text: &str) -> Vec<String> {
    drafted(text, Some("2024-01-27")).events.iter().map(line).collect()
}

fn line(event: &Event) -> String {
    let part = |part: &crate::chronology::Participation| {
        format!("{}@{}", part.id, part.role.as_deref().unwrap_or_default())
    };
    let actors: Vec<String> =
        event.actors.iter().filter(|part| part.role.as_deref() != Some("mentioned")).map(part).collect();
    let (date, kind) = (event.date.as_deref().unwrap_or("undated"), event.kind.as_deref().unwrap_or("-"));
    format!("{date} {kind} {}", actors.join(" ")).trim_end().to_owned()
}

#[test]
fn who_attacked_whom() {
    assert_eq!(
        told("Rebels attacked the Iraqi army on 3 March 2021."),
        ["2021-03-03 attack rebels@attacker iraqi-army@target"]
    );
    assert_eq!(
        told("The Iraqi army was attacked by rebels in 2021."),
        ["2021 attack iraqi-army@target rebels@attacker"]
    );
    assert_eq!(
        told("France and Spain held talks with Italy on Thursday."),
        ["2024-01-25 talks france@participant spain@participant italy@participant"]
    );
}

#[test]
fn a_statement_and_what_is_said_are_two_events() {
    let events =
        drafted("“The river will rise again,” Mayor Ann Berg said on Friday.", Some("2024-01-27")).events;
    assert_eq!(line(&events[0]), "2024-01-26 statement ann-berg@speaker");
    let said =
        drafted("Mayor Ann Berg said on Friday that the army had arrested three rebels.", Some("2024-01-27"));
    let arrest = said.events.iter().find(|event| event.kind.as_deref() == Some("arrest")).expect("an arrest");
    assert_eq!(arrest.date.as_deref(), Some("[..2024-01-26]"));
    assert_eq!(arrest.sources[0].according_to.as_deref(), Some("ann-berg"));
    let statement =
        said.events.iter().find(|event| event.kind.as_deref() == Some("statement")).expect("a statement");
    assert_eq!(statement.links[0].event, arrest.id);
}

#[test]
fn what_has_no_time_is_undated_and_what_is_inferred_says_so() {
    let events = drafted("The court convicted Ann Berg.", None).events;
    assert_eq!(events[0].date, None);
    assert!(events[0].confidence.is_some_and(|sure| sure < 0.4));
    let text = "The police arrested Ann Berg on 3 March 2021. The court convicted Ann Berg.";
    let events = drafted(text, None).events;
    assert_eq!(events[1].date.as_deref(), Some("2021-03-03?"));
    assert!(events[1].date_basis.as_deref().is_some_and(|basis| basis.starts_with("inferred")));
}

#[test]
fn what_may_be_or_was_not_is_no_event() {
    for text in [
        "Rebels could attack the army in 2025.",
        "Rebels did not attack the army in 2021.",
        "If rebels attack the army, it will retreat.",
    ] {
        let attacks = drafted(text, Some("2024-01-27"))
            .events
            .into_iter()
            .filter(|event| event.kind.as_deref() == Some("attack"));
        assert_eq!(attacks.count(), 0, "{text}");
    }
}

#[test]
fn names_of_one_are_joined() {
    let text = "Prime Minister Anna de Berg met Islamic State leaders in 2014. Berg left in 2015. ISIS attacked Iraq in 2016.";
    let chronology = drafted(text, None);
    let named = |id: &str| chronology.actors.iter().find(|actor| actor.id == id);
    assert!(named("anna-de-berg").is_some() && named("berg").is_none());
    assert!(named("islamic-state").is_some() && named("isis").is_none());
}

#[test]
fn a_war_dates_what_goes_on_since() {
    let text = "The war between Israel and Hamas began in October. Since the war began, rebels have attacked the army.";
    let events = drafted(text, Some("2024-01-27")).events;
    assert!(events.iter().any(|event| event.date.as_deref() == Some("2023-10/..") && event.status == Some(Status::Ongoing)), "{events:?}");
}

#[test]
fn own_actors_are_known() {
    let actors = Actors::read("[[actors]]\nname = \"The Lantern Guild\"\naliases = [\"the Guild\", \"Lanterns\"]\nkind = \"armed group\"\nparty = \"Rebels\"\n").expect("actors");
    let document = Document { id: "a".into(), ..Document::default() };
    let text = "Lanterns attacked the army in 2014.".to_owned();
    let chronology = draft(&[Article { document, text }], &actors);
    let guild = chronology.actors.iter().find(|actor| actor.name == "The Lantern Guild").expect("known");
    assert_eq!(guild.kind.as_deref(), Some("armed group"));
    assert_eq!(chronology.parties.len(), 1);
    assert_eq!(guild.party.as_ref(), Some(&chronology.parties[0].id));
}

#[test]
fn a_text_said_many_times_over_tells_as_much_each_time() {
    let text = "Rebels attacked the Iraqi army in Halden on 3 March 2021. It retreated.\n\n";
    let once = drafted(text, None);
    let often = drafted(&text.repeat(200), None);
    assert_eq!(often.events.len(), once.events.len() * 200);
    assert_eq!(often.actors.len(), once.actors.len());
    assert_eq!(often.places.len(), once.places.len());
    let ids: HashSet<&str> = often.events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids.len(), often.events.len());
}

/// What has to hold of any draft.
fn holds(text: &str, chronology: &Chronology) -> Result<(), TestCaseError> {
    let chars: Vec<char> = text.chars().collect();
    for event in &chronology.events {
        prop_assert_eq!(event.review, Some(Review::Proposed));
        prop_assert!(event.confidence.is_some_and(|sure| (0.0..=1.0).contains(&sure)));
        if let Some(date) = &event.date {
            prop_assert!(When::parse(date).is_ok(), "{}", date);
        }
        for part in &event.actors {
            prop_assert!(chronology.actors.iter().any(|actor| actor.id == part.id));
        }
        for source in &event.sources {
            let (start, end) = (source.start.unwrap_or(0) as usize, source.end.unwrap_or(0) as usize);
            let there: String = chars.get(start..end).unwrap_or_default().iter().collect();
            prop_assert_eq!(Some(there), source.quote.clone());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        holds(&text, &drafted(&text, Some("2024-01-27")))?;
    }

    #[test]
    fn any_row_of_words_is_read(words in prop::collection::vec(prop::sample::select(vec![
        "Iraq", "U.S.", "the", "army", "attacked", "said", "that", "since", "until", "October", "2014", ",", ".", "“", "”",
        "\"", "and", "war", "began", "will", "be", "held", "talks", "with", "after", "ten", "years", "it", "he", "’s", "\n",
        "\n\n", "IS", "al-Sudani", "Prime", "Minister", "was", "by", "Daesh", "U.S.-led", "coalition", "to", "late", "—", "İ", "e\u{301}",
    ]), 0..60)) {
        let text = words.join(" ");
        holds(&text, &drafted(&text, Some("2024-01-27")))?;
        holds(&text, &drafted(&text, None))?;
    }
}
