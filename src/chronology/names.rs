//! Names that grow while a table is read: texts become actors, parties, places, documents and words.

use std::collections::HashMap as IdMap;
use std::sync::Arc;

use hashbrown::HashMap;

use super::resolve::Background;
use super::{
    Actor, ActorIndex, Catalogue, CataloguedActor, CataloguedDocument, Document, DocumentIndex, Entry, Event,
    Layer, LayerIndex, Party, PartyIndex, Place, PlaceIndex, Side, ids,
};
use crate::text::fold::fold;

/// The columns whose values are words, kept exactly as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum WordColumn {
    /// Kinds.
    Kind,
    /// Tags.
    Tag,
    /// Roles of actors.
    Role,
    /// Whose word sources give.
    Voice,
}

/// How many [`WordColumn`]s there are.
const WORD_COLUMNS: usize = 4;

/// All names that are known, and the texts that stand for them. What was met once keeps its meaning, and
/// the same texts met in the same order get the same ids. A copy shares everything until one of the two
/// learns a new name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    catalogue: Arc<Catalogue>,
    background: Arc<Background>,
    actors: Arc<Known>,
    parties: Arc<Known>,
    places: Arc<Known>,
    words: [Arc<Words>; WORD_COLUMNS],
}

/// What texts mean, as places in one list of the catalogue.
#[derive(Clone, Debug, Default)]
struct Known {
    /// Every text that was met, as it was written.
    by_text: HashMap<Box<str>, u32>,
    /// Folded names; of two that fold alike the first.
    by_name: HashMap<Box<str>, u32>,
    /// The next number to try for an id that was taken.
    numbers: HashMap<String, u64>,
}

/// A list of the catalogue with its index by id.
type Listed<'c, T, I> = (&'c mut Vec<T>, &'c mut IdMap<String, I>);

/// One list of the catalogue: where it is and what a new item of it looks like.
struct Shelf<T, I> {
    parts: fn(&mut Catalogue) -> Listed<'_, T, I>,
    index: fn(u32) -> I,
    item: fn(String, String) -> T,
}

const ACTORS: Shelf<CataloguedActor, ActorIndex> = Shelf {
    parts: |catalogue| (&mut catalogue.actors, &mut catalogue.actor_ids),
    index: ActorIndex,
    item: |id, name| CataloguedActor { actor: Actor { id, name, ..Actor::default() }, wholes: Vec::new() },
};

const PARTIES: Shelf<Party, PartyIndex> = Shelf {
    parts: |catalogue| (&mut catalogue.parties, &mut catalogue.party_ids),
    index: PartyIndex,
    item: |id, name| Party { id, name, ..Party::default() },
};

const PLACES: Shelf<Place, PlaceIndex> = Shelf {
    parts: |catalogue| (&mut catalogue.places, &mut catalogue.place_ids),
    index: PlaceIndex,
    item: |id, name| Place { id, name, ..Place::default() },
};

impl Known {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut by_name = HashMap::new();
        for (at, name) in names.enumerate().filter(|(_, name)| !name.is_empty()) {
            by_name.entry(fold(name).into_boxed_str()).or_insert(at as u32);
        }
        Self { by_name, ..Self::default() }
    }

    /// What a text means: what it meant before, else what has it as its id, else what is named so.
    fn find<I: Copy + Into<u32>>(&self, text: &str, ids: &IdMap<String, I>) -> Option<u32> {
        let met = self.by_text.get(text).copied();
        let by_id = || ids.get(text).map(|index| (*index).into());
        met.or_else(by_id).or_else(|| self.by_name.get(fold(text).as_str()).copied())
    }

    /// Remembers what a text means; one that means nothing yet becomes a new item of the catalogue.
    fn learn<T, I: Copy + Into<u32>>(
        &mut self,
        text: &str,
        found: Option<u32>,
        catalogue: &mut Arc<Catalogue>,
        list_of: &Shelf<T, I>,
    ) -> u32 {
        let index = found.unwrap_or_else(|| {
            let (list, ids) = (list_of.parts)(Arc::make_mut(catalogue));
            let id = self.id(text, ids);
            let index = list.len() as u32;
            ids.insert(id.clone(), (list_of.index)(index));
            list.push((list_of.item)(id, text.to_owned()));
            self.by_name.entry(fold(text).into_boxed_str()).or_insert(index);
            index
        });
        self.by_text.insert(text.into(), index);
        index
    }

    /// An id for a new name.
    fn id<I>(&mut self, name: &str, ids: &IdMap<String, I>) -> String {
        let slug = ids::slug(name);
        let id = if slug.is_empty() { name } else { &slug };
        if !ids.contains_key(id) {
            return id.to_owned();
        }
        let number = self.numbers.entry_ref(id).or_insert(2);
        ids::numbered(id, number, |id| ids.contains_key(id))
    }
}

/// Words by number.
#[derive(Clone, Debug, Default)]
struct Words {
    list: Vec<Arc<str>>,
    by_text: HashMap<Arc<str>, u32>,
}

impl Names {
    /// Starts with what the layers that were read whole know.
    pub fn of(catalogue: Catalogue) -> Self {
        let actors = Known::of(catalogue.actors.iter().map(|known| known.actor.name.as_str()));
        let parties = Known::of(catalogue.parties.iter().map(|party| party.name.as_str()));
        let places = Known::of(catalogue.places.iter().map(|place| place.name.as_str()));
        Self {
            background: Arc::new(Background::new(&catalogue)),
            catalogue: Arc::new(catalogue),
            actors: Arc::new(actors),
            parties: Arc::new(parties),
            places: Arc::new(places),
            words: Default::default(),
        }
    }

    /// Everything that is known by name.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// Adds a layer; its name is made unique.
    pub fn layer(&mut self, mut layer: Layer) -> LayerIndex {
        let layers = &mut Arc::make_mut(&mut self.catalogue).layers;
        let index = LayerIndex(layers.len() as u32);
        layer.name = ids::numbered(&layer.name, &mut 1, |name| layers.iter().any(|layer| layer.name == name));
        layers.push(layer);
        index
    }

    /// The actor that a text stands for, a new one where it is new.
    pub fn actor(&mut self, text: &str) -> ActorIndex {
        ActorIndex(self.actors.by_text.get(text).copied().unwrap_or_else(|| {
            let found = self.actors.find(text, &self.catalogue.actor_ids);
            Arc::make_mut(&mut self.actors).learn(text, found, &mut self.catalogue, &ACTORS)
        }))
    }

    /// The party that a text stands for, a new one where it is new.
    pub fn party(&mut self, text: &str) -> PartyIndex {
        PartyIndex(self.parties.by_text.get(text).copied().unwrap_or_else(|| {
            let found = self.parties.find(text, &self.catalogue.party_ids);
            Arc::make_mut(&mut self.parties).learn(text, found, &mut self.catalogue, &PARTIES)
        }))
    }

    /// The place that a text stands for, a new one where it is new.
    pub fn place(&mut self, text: &str) -> PlaceIndex {
        PlaceIndex(self.places.by_text.get(text).copied().unwrap_or_else(|| {
            let found = self.places.find(text, &self.catalogue.place_ids);
            Arc::make_mut(&mut self.places).learn(text, found, &mut self.catalogue, &PLACES)
        }))
    }

    /// The document of a layer with this id, a new one of which nothing else is known where it is new.
    pub fn document(&mut self, layer: LayerIndex, id: &str) -> DocumentIndex {
        self.catalogue.document_by_id(layer, id).unwrap_or_else(|| {
            let catalogue = Arc::make_mut(&mut self.catalogue);
            let index = DocumentIndex(catalogue.documents.len() as u32);
            let document = Document { id: id.to_owned(), ..Document::default() };
            catalogue.documents.push(CataloguedDocument { layer, document, text: None });
            catalogue.document_ids.insert((layer, id.to_owned()), index);
            index
        })
    }

    /// The number of a word in its column, a new one where it is new.
    pub fn word(&mut self, column: WordColumn, text: &str) -> u32 {
        self.find_word(column, text).unwrap_or_else(|| {
            let words = Arc::make_mut(&mut self.words[column as usize]);
            let (number, text) = (words.list.len() as u32, Arc::<str>::from(text));
            words.list.push(Arc::clone(&text));
            words.by_text.insert(text, number);
            number
        })
    }

    /// The actor that a text stands for.
    pub fn find_actor(&self, text: &str) -> Option<ActorIndex> {
        self.actors.find(text, &self.catalogue.actor_ids).map(ActorIndex)
    }

    /// The party that a text stands for.
    pub fn find_party(&self, text: &str) -> Option<PartyIndex> {
        self.parties.find(text, &self.catalogue.party_ids).map(PartyIndex)
    }

    /// The place that a text stands for.
    pub fn find_place(&self, text: &str) -> Option<PlaceIndex> {
        self.places.find(text, &self.catalogue.place_ids).map(PlaceIndex)
    }

    /// The number of a word, exactly as written, in its column.
    pub fn find_word(&self, column: WordColumn, text: &str) -> Option<u32> {
        self.words[column as usize].by_text.get(text).copied()
    }

    /// All words of a column, by number.
    pub fn words(&self, column: WordColumn) -> &[Arc<str>] {
        &self.words[column as usize].list
    }

    /// The parties that an actor stands on, each with when.
    pub fn sides(&self, actor: ActorIndex) -> &[Side] {
        self.background.sides.of(actor)
    }

    /// An event whose actors, parties and places are texts as they were read, with ids in their stead and
    /// everything that follows. What no name is known for is left out of the entry.
    pub fn entry(&self, layer: LayerIndex, mut event: Event) -> Entry {
        let catalogue = &*self.catalogue;
        for part in &mut event.actors {
            if let Some(actor) = self.find_actor(&part.id) {
                part.id.clone_from(&catalogue.actor(actor).actor.id);
            }
        }
        for text in &mut event.parties {
            if let Some(party) = self.find_party(text) {
                text.clone_from(&catalogue.party(party).id);
            }
        }
        for text in &mut event.places {
            if let Some(place) = self.find_place(text) {
                text.clone_from(&catalogue.place(place).id);
            }
        }
        if event.id.is_empty() {
            event.id = ids::event_id(&event);
        }
        self.background.entry(catalogue, layer, event)
    }
}

#[cfg(test)]
mod tests;
