//! What a written selection needs: which names, under which ids, so that it reads as a whole by itself.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Loss, Selection, WriteOptions};
use crate::chronology::{
    Actor, ActorIndex, Catalogue, Document, DocumentIndex, Entry, Event, LayerIndex, Link, Party, PartyIndex,
    Place, PlaceIndex, ids,
};

/// The layers that events of each id are in.
type Layers = BTreeMap<String, BTreeSet<LayerIndex>>;

/// The names and ids of a selection. Made by going through the events once; writing them is the second time.
pub(crate) struct Plan<'a> {
    catalogue: &'a Catalogue,
    /// Whether events were left out.
    filtered: bool,
    parties: BTreeSet<PartyIndex>,
    actors: BTreeSet<ActorIndex>,
    places: BTreeSet<PlaceIndex>,
    documents: BTreeSet<DocumentIndex>,
    /// Documents by the id they are written under; one that is the same in several layers has one id.
    document_ids: BTreeMap<DocumentIndex, (String, bool)>,
    /// The events that are written.
    events: HashSet<(LayerIndex, String)>,
    /// Events that go by another id than their own, since an earlier layer has the same.
    renamed: BTreeMap<(LayerIndex, String), String>,
    folder: Option<&'a Path>,
    dropped: AtomicU64,
}

impl<'a> Plan<'a> {
    /// Goes through the events once for all names that they need.
    ///
    /// # Errors
    /// Those of the store that the events come from.
    pub fn new(selection: &'a Selection<'a>, options: &'a WriteOptions) -> io::Result<Self> {
        let catalogue = selection.catalogue;
        let mut plan = Self::bare(selection, options);
        let mut layers = Layers::new();
        selection.events.for_each(&mut |entry, _| {
            plan.need(entry);
            plan.note(entry, &mut layers);
            Ok(())
        })?;
        if !selection.filtered {
            plan.parties = (0..catalogue.parties.len()).map(|at| PartyIndex(at as u32)).collect();
            plan.actors = (0..catalogue.actors.len()).map(|at| ActorIndex(at as u32)).collect();
            plan.places = (0..catalogue.places.len()).map(|at| PlaceIndex(at as u32)).collect();
        }
        plan.take_all_documents();
        plan.close();
        plan.rename(layers);
        plan.name_documents();
        Ok(plan)
    }

    /// For formats that write events and none of the names behind their ids: whether the events have to be gone
    /// through for it, as [`Plan::of_events`] does. `linked`: some of them have links.
    pub fn looks(selection: &Selection<'_>, linked: bool) -> bool {
        selection.catalogue.layers.len() > 1 || (selection.filtered && linked)
    }

    /// The ids that such formats write. Most events keep theirs, and need not be known before.
    ///
    /// # Errors
    /// Those of the store that the events come from.
    pub fn of_events(
        selection: &'a Selection<'a>,
        options: &'a WriteOptions,
        linked: bool,
    ) -> io::Result<Self> {
        let mut plan = Self::bare(selection, options);
        if Self::looks(selection, linked) {
            let mut layers = Layers::new();
            selection.events.for_each(&mut |entry, _| {
                plan.documents.extend(entry.documents.iter().copied());
                plan.note(entry, &mut layers);
                Ok(())
            })?;
            plan.take_all_documents();
            plan.rename(layers);
            plan.name_documents();
        }
        Ok(plan)
    }

    fn bare(selection: &'a Selection<'a>, options: &'a WriteOptions) -> Self {
        Self {
            catalogue: selection.catalogue,
            filtered: selection.filtered,
            parties: BTreeSet::new(),
            actors: BTreeSet::new(),
            places: BTreeSet::new(),
            documents: BTreeSet::new(),
            document_ids: BTreeMap::new(),
            events: HashSet::new(),
            renamed: BTreeMap::new(),
            folder: options.folder.as_deref(),
            dropped: AtomicU64::new(0),
        }
    }

    /// Where nothing is left out all documents are written.
    fn take_all_documents(&mut self) {
        if !self.filtered {
            self.documents = (0..self.catalogue.documents.len()).map(|at| DocumentIndex(at as u32)).collect();
        }
    }

    fn note(&mut self, entry: &Entry, layers: &mut Layers) {
        self.events.insert((entry.layer, entry.event.id.clone()));
        layers.entry(entry.event.id.clone()).or_default().insert(entry.layer);
    }

    fn need(&mut self, entry: &Entry) {
        let catalogue = self.catalogue;
        self.actors.extend(entry.cast.iter().map(|cast| cast.actor));
        let voices = entry.event.sources.iter().filter_map(|source| source.according_to.as_deref());
        self.actors.extend(voices.filter_map(|id| catalogue.actor_by_id(id)));
        self.parties.extend(entry.parties.iter().copied());
        self.places.extend(entry.places.iter().copied());
        self.documents.extend(entry.documents.iter().copied());
    }

    /// Adds the wholes that actors are part of, and the parties that all of them name.
    fn close(&mut self) {
        let catalogue = self.catalogue;
        let wholes = self.actors.iter().flat_map(|actor| catalogue.actor(*actor).wholes.iter().copied());
        let wholes: Vec<ActorIndex> = wholes.collect();
        self.actors.extend(wholes);
        for actor in &self.actors {
            let actor = &catalogue.actor(*actor).actor;
            let sides = actor.memberships.iter().map(|membership| &membership.party).chain(&actor.party);
            self.parties.extend(sides.filter_map(|id| catalogue.party_by_id(id)));
        }
    }

    /// An id that several layers use stays with the first of them; in the others the layer's name stands in
    /// front of it.
    fn rename(&mut self, layers: Layers) {
        let mut taken: HashSet<String> = layers.keys().cloned().collect();
        for (id, layers) in layers {
            for layer in layers.into_iter().skip(1) {
                let name = &self.catalogue.layer(layer).name;
                let new = ids::unique(&format!("{name}-{id}"), &mut taken);
                self.renamed.insert((layer, id.clone()), new);
            }
        }
    }

    fn name_documents(&mut self) {
        let catalogue = self.catalogue;
        let mut taken = HashSet::new();
        let mut known: BTreeMap<(&str, &str), String> = BTreeMap::new();
        for index in &self.documents {
            let document = catalogue.document(*index);
            let id = &document.document.id;
            let hash = document.document.sha256.as_deref();
            let key = hash.map(|hash| (id.as_str(), hash));
            let named = match key.and_then(|key| known.get(&key)) {
                Some(same) => (same.clone(), false),
                None if taken.insert(id.clone()) => (id.clone(), true),
                // Repeated within its own layer: written as it is, since nothing can name it anyway.
                None if catalogue.document_by_id(document.layer, id) != Some(*index) => (id.clone(), true),
                None => {
                    let name = &catalogue.layer(document.layer).name;
                    (ids::unique(&format!("{name}-{id}"), &mut taken), true)
                }
            };
            if let Some(key) = key {
                known.entry(key).or_insert_with(|| named.0.clone());
            }
            self.document_ids.insert(*index, named);
        }
    }

    /// The parties to write.
    pub fn parties(&self) -> impl Iterator<Item = Party> {
        self.parties.iter().map(|at| self.catalogue.party(*at).clone())
    }

    /// The actors to write, with ids that are written too.
    pub fn actors(&self) -> impl Iterator<Item = Actor> {
        self.actors.iter().map(|at| {
            let mut actor = self.catalogue.actor(*at).actor.clone();
            actor.party.iter_mut().for_each(|id| self.name_party(id));
            actor.memberships.iter_mut().for_each(|membership| self.name_party(&mut membership.party));
            actor.part_of.iter_mut().for_each(|id| self.name_actor(id));
            actor
        })
    }

    /// The places to write.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.places.iter().map(|at| self.catalogue.place(*at).clone())
    }

    /// The documents to write, with paths that hold from where they are written to.
    pub fn documents(&self) -> impl Iterator<Item = Document> {
        self.document_ids.iter().filter(|(_, (_, first))| *first).map(|(at, (id, _))| {
            let known = self.catalogue.document(*at);
            let origin = &self.catalogue.layer(known.layer).origin;
            let mut document = known.document.clone();
            document.id.clone_from(id);
            if let (Some(path), Some(folder)) = (&mut document.path, self.folder)
                && let Some(moved) = relocate(path, origin, folder)
            {
                *path = moved;
            }
            document
        })
    }

    /// An event as it is written: under ids that are written too, without links to events left out.
    pub fn event(&self, entry: &Entry) -> Event {
        let mut event = entry.event.clone();
        event.actors.iter_mut().for_each(|part| self.name_actor(&mut part.id));
        event.parties.iter_mut().for_each(|id| self.name_party(id));
        for id in &mut event.places {
            if let Some(known) = self.known_place(id) {
                id.clone_from(known);
            }
        }
        for source in &mut event.sources {
            source.according_to.iter_mut().for_each(|id| self.name_actor(id));
            if let Some(id) = &mut source.document
                && let Some(named) = self.known_document(entry.layer, id)
            {
                id.clone_from(named);
            }
        }
        event.links.retain(|link| self.keeps_link(entry.layer, link));
        let new = |id: &str| self.renamed.get(&(entry.layer, id.to_owned()));
        for link in &mut event.links {
            if let Some(id) = new(&link.event) {
                link.event.clone_from(id);
            }
        }
        if let Some(id) = new(&event.id) {
            event.id.clone_from(id);
        }
        event
    }

    /// Whether a link is written: not to an event that is left out, which is counted.
    pub fn keeps_link(&self, layer: LayerIndex, link: &Link) -> bool {
        let kept = !self.filtered || self.events.contains(&(layer, link.event.clone()));
        if !kept {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        kept
    }

    /// The id that an event of a layer is written with: its own, or with the layer's name in front where an
    /// earlier layer has the same.
    pub fn event_id<'b>(&'b self, layer: LayerIndex, id: &'b str) -> &'b str {
        if self.renamed.is_empty() {
            return id;
        }
        self.renamed.get(&(layer, id.to_owned())).map_or(id, String::as_str)
    }

    /// What was lost, once all events were written.
    pub fn losses(&self) -> Vec<Loss> {
        let dropped = self.dropped.load(Ordering::Relaxed);
        let what = "links to events left out were dropped".to_owned();
        if dropped == 0 { Vec::new() } else { vec![Loss { count: dropped, what }] }
    }

    fn name_actor(&self, id: &mut String) {
        if let Some(known) = self.known_actor(id) {
            id.clone_from(known);
        }
    }

    fn name_party(&self, id: &mut String) {
        if let Some(party) = self.catalogue.party_by_id(id) {
            id.clone_from(&self.catalogue.party(party).id);
        }
    }

    fn known_actor(&self, id: &str) -> Option<&'a String> {
        self.catalogue.actor_by_id(id).map(|actor| &self.catalogue.actor(actor).actor.id)
    }

    fn known_place(&self, id: &str) -> Option<&'a String> {
        self.catalogue.place_by_id(id).map(|place| &self.catalogue.place(place).id)
    }

    fn known_document(&self, layer: LayerIndex, id: &str) -> Option<&String> {
        let index = self.catalogue.document_by_id(layer, id)?;
        self.document_ids.get(&index).map(|(name, _)| name)
    }

    /// The id that an actor is written with.
    pub fn actor_id<'b>(&'b self, id: &'b str) -> &'b str {
        self.known_actor(id).map_or(id, String::as_str)
    }

    /// The id that a place is written with.
    pub fn place_id<'b>(&'b self, id: &'b str) -> &'b str {
        self.known_place(id).map_or(id, String::as_str)
    }

    /// The id that a document of a layer is written with.
    pub fn document_id<'b>(&'b self, layer: LayerIndex, id: &'b str) -> &'b str {
        self.known_document(layer, id).map_or(id, String::as_str)
    }
}

/// A path that is relative to the file `origin`, made relative to `folder`. `None` where it stays as it is: an
/// absolute one, one of the built-in chronology or of standard input, or where only the system could tell.
fn relocate(path: &str, origin: &str, folder: &Path) -> Option<String> {
    if origin.is_empty() || origin == "-" || Path::new(path).is_absolute() {
        return None;
    }
    let from = plain(&Path::new(origin).parent()?.join(path))?;
    let folder = plain(folder)?;
    if from.is_absolute() != folder.is_absolute() {
        return None;
    }
    let same = from.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let above: Vec<Component<'_>> = folder.components().skip(same).collect();
    if above.contains(&Component::ParentDir) {
        return None;
    }
    let mut moved: PathBuf = above.iter().map(|_| Component::ParentDir).collect();
    moved.extend(from.components().skip(same));
    moved.to_str().map(str::to_owned)
}

/// A path without `.` and without `..` that can be taken back.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match plain.components().next_back() {
                Some(Component::Normal(_)) => {
                    plain.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => return None,
                _ => plain.push(".."),
            },
            other => plain.push(other),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(path: &str, origin: &str, folder: &str) -> Option<String> {
        relocate(path, origin, Path::new(folder))
    }

    #[test]
    fn paths_are_relative_to_the_file_that_is_written() {
        assert_eq!(moved("a.txt", "data/x.toml", "data").as_deref(), Some("a.txt"));
        assert_eq!(moved("../seeds/a.txt", "assets/x.toml", "").as_deref(), Some("seeds/a.txt"));
        assert_eq!(moved("a.txt", "x.toml", "out/deep").as_deref(), Some("../../a.txt"));
        assert_eq!(moved("a.txt", "/data/x.toml", "/out").as_deref(), Some("../data/a.txt"));
        assert_eq!(moved("a.txt", "../x.toml", ".").as_deref(), Some("../a.txt"));
        assert_eq!(moved("a.txt", "../x.toml", "../out").as_deref(), Some("../a.txt"));
    }

    #[test]
    fn paths_that_cannot_be_moved_stay() {
        assert_eq!(moved("/a.txt", "data/x.toml", "out"), None);
        assert_eq!(moved("a.txt", "", "out"), None);
        assert_eq!(moved("a.txt", "-", "out"), None);
        assert_eq!(moved("a.txt", "x.toml", "../out"), None);
        assert_eq!(moved("a.txt", "x.toml", "/out"), None);
    }
}
