//! What texts come to mean.

use proptest::prelude::*;

use super::*;
use crate::chronology::{Chronology, LayerInput, Participation, resolve};

/// A layer read whole, with an actor that stands on a party until 2022.
fn known() -> Names {
    let text = |text: &str| text.to_owned();
    let actor = |id: &str, name: &str| Actor { id: text(id), name: text(name), ..Actor::default() };
    let member = crate::chronology::Membership {
        party: text("north"),
        during: Some(text("../2022")),
        ..crate::chronology::Membership::default()
    };
    let chronology = Chronology {
        parties: vec![Party { id: text("north"), name: text("The North"), ..Party::default() }],
        actors: vec![
            Actor { memberships: vec![member], ..actor("iq", "Iraq") },
            actor("us", "United States"),
            actor("x", ""),
        ],
        places: vec![Place { id: text("bgw"), name: text("Baghdad"), ..Place::default() }],
        ..Chronology::default()
    };
    Names::of(resolve(vec![LayerInput { chronology, ..LayerInput::default() }]).catalogue)
}

#[test]
fn a_text_means_what_has_it_as_its_id_or_is_named_so() {
    let mut names = known();
    let before = Arc::clone(names.catalogue());
    for text in ["iq", "Iraq", "IRAQ", "iraq"] {
        assert_eq!(names.find_actor(text), Some(ActorIndex(0)), "{text}");
        assert_eq!(names.actor(text), ActorIndex(0), "{text}");
    }
    assert_eq!(names.party("the-north"), PartyIndex(0));
    assert_eq!(names.place("Bághdad"), PlaceIndex(0));
    assert!(Arc::ptr_eq(&before, names.catalogue()), "nothing was learnt");
    // An actor without a name is not meant by a text without letters.
    assert_eq!(names.find_actor(""), None);
}

#[test]
fn a_new_text_becomes_an_item_with_an_id_of_its_own() {
    let mut names = known();
    let texts = ["Médecins Sans Frontières", "us!", "US?", "us…", "???"];
    let new: Vec<ActorIndex> = texts.iter().map(|text| names.actor(text)).collect();
    assert_eq!(new, [3, 4, 5, 6, 7].map(ActorIndex));
    let ids: Vec<&str> = new.iter().map(|actor| &*names.catalogue().actor(*actor).actor.id).collect();
    assert_eq!(ids, ["medecins-sans-frontieres", "us-2", "us-3", "us-4", "???"]);
    for (text, actor) in texts.iter().zip(&new) {
        assert_eq!(names.find_actor(text), Some(*actor));
        assert_eq!(&names.catalogue().actor(*actor).actor.name, text);
    }
    assert_eq!(names.actor("medecins sans frontieres"), new[0]);
}

#[test]
fn what_was_met_keeps_its_meaning() {
    let mut names = Names::default();
    let first = names.actor("A.B");
    assert_eq!(names.actor("ab"), first, "they fold alike");
    // Its id is the very text that already means another.
    let second = names.actor("ab!");
    assert_eq!(names.catalogue().actor(second).actor.id, "ab");
    assert_eq!(names.actor("ab"), first);
    assert_eq!(names.find_actor("ab"), Some(first));
}

#[test]
fn many_names_of_one_slug_are_numbered_in_one_go() {
    let mut names = Names::default();
    let text = |number: u32| format!("z {}", format!("{number:b}").replace('0', "?").replace('1', "!"));
    let new: Vec<PlaceIndex> = (0..3000).map(|number| names.place(&text(number))).collect();
    let last = names.catalogue().place(*new.last().expect("some")).id.clone();
    assert_eq!(last, "z-3000");
}

#[test]
fn a_copy_learns_nothing_from_the_other() {
    let mut names = known();
    let copy = names.clone();
    assert!(Arc::ptr_eq(copy.catalogue(), names.catalogue()));
    let actor = names.actor("Somebody New");
    let word = names.word(WordColumn::Kind, "talks");
    assert_eq!((copy.find_actor("Somebody New"), copy.find_word(WordColumn::Kind, "talks")), (None, None));
    assert_eq!(copy.catalogue().actors.len(), 3);
    assert_eq!(names.find_actor("Somebody New"), Some(actor));
    assert_eq!(names.words(WordColumn::Kind).get(word as usize).map(|word| &**word), Some("talks"));
    assert_eq!(names.find_word(WordColumn::Tag, "talks"), None);
}

#[test]
fn layers_and_documents_are_added() {
    let mut names = known();
    let same = || Layer { name: "layer".to_owned(), ..Layer::default() };
    let (first, second) = (names.layer(same()), names.layer(same()));
    assert_eq!((first, second), (LayerIndex(1), LayerIndex(2)));
    assert_eq!(names.catalogue().layer(second).name, "layer-2");
    let document = names.document(first, "d");
    assert_eq!(names.document(first, "d"), document);
    assert_ne!(names.document(second, "d"), document);
    assert_eq!(names.catalogue().document(document).layer, first);
}

#[test]
fn an_event_with_names_is_the_one_with_ids() {
    let mut names = known();
    let layer = names.layer(Layer::default());
    let event = |actors: &[&str], party: &str, place: &str| Event {
        date: Some("2021-05".to_owned()),
        actors: (actors.iter())
            .map(|id| Participation { id: (*id).to_owned(), ..Participation::default() })
            .collect(),
        parties: vec![party.to_owned()],
        places: vec![place.to_owned()],
        ..Event::default()
    };
    names.actor("Somebody New");
    names.place("Nowhere");
    let entry = names.entry(layer, event(&["IRAQ", "Somebody New"], "The North", "Nowhere"));
    assert_eq!(entry, names.entry(layer, event(&["iq", "somebody-new"], "north", "nowhere")));
    assert_eq!(entry.event.id, ids::event_id(&event(&["iq", "somebody-new"], "north", "nowhere")));
    assert_eq!(entry.cast.iter().map(|cast| cast.actor.0).collect::<Vec<_>>(), [0, 3]);
    // By its membership at that date, and because the event names it.
    assert_eq!(entry.cast[0].parties, [PartyIndex(0)]);
    assert_eq!(entry.parties, [PartyIndex(0)]);
    assert_eq!(entry.places, [PlaceIndex(1)]);
    let in_2023 = Event { date: Some("2023".to_owned()), ..event(&["iq"], "unknown", "unknown") };
    let entry = names.entry(layer, in_2023);
    assert_eq!((entry.parties, entry.places), (Vec::new(), Vec::new()));
}

proptest! {
    #[test]
    fn the_same_texts_give_the_same_ids(texts in proptest::collection::vec("[aAbB!. -]{0,4}", 0..40)) {
        let (mut names, mut again) = (Names::default(), Names::default());
        let first: Vec<ActorIndex> = texts.iter().map(|text| names.actor(text)).collect();
        for (text, actor) in texts.iter().zip(&first) {
            prop_assert_eq!(names.find_actor(text), Some(*actor), "a text keeps its meaning");
            prop_assert_eq!(again.clone().actor(text), again.actor(text));
        }
        prop_assert_eq!(names.catalogue(), again.catalogue());
        let ids: std::collections::BTreeSet<&str> =
            names.catalogue().actors.iter().map(|known| &*known.actor.id).collect();
        prop_assert_eq!(ids.len(), names.catalogue().actors.len(), "no id twice");
    }
}
