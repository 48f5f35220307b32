//! From the texts of a piece to the names of all: the only step that has to go in the order of the file.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Bits;
use super::build::{Local, NO_ROLE, Piece};
use super::postings::{Column, Lists, OWN, Posting, Postings, in_role, role_of};
use super::segment::Segment;
use crate::chronology::{ActorIndex, Names, WordColumn};

impl Piece {
    /// Gives every text its meaning, learning names that are new, and adds the parties that follow from actors.
    /// Pieces that are absorbed in the order of the file give the same names however the file was cut.
    pub fn absorb(self, names: &mut Names) -> Segment {
        let mut keys: Vec<((Column, u64), usize)> = Vec::with_capacity(self.lists.len());
        // Roles stand before the actors that have them, so that theirs are known by then.
        let mut numbers: Vec<u64> = Vec::with_capacity(self.values.len());
        for (at, value) in self.values.iter().enumerate() {
            let number = self.number(value, &numbers, names);
            numbers.push(number);
            keys.push(((value.column, number), at));
        }
        let fixed = self.fixed.iter().zip(self.values.len()..);
        keys.extend(fixed.map(|(key, at)| (*key, at)));
        let derived = self.parties(&keys, names);
        let (mut values, mut lists) = (Vec::with_capacity(keys.len()), Lists::new(self.rows()));
        let firsts = self.lists.len();
        keys.extend(derived.keys().zip(firsts..).map(|(value, at)| ((Column::Party, *value), at)));
        keys.sort_unstable();
        for same in keys.chunk_by(|(a, _), (b, _)| a == b) {
            let Some(((column, value), at)) = same.first().copied() else { continue };
            values.push((column, value));
            match (same.len(), derived.get(&value).filter(|_| column == Column::Party)) {
                (1, None) => lists.push(self.lists.get(at)),
                (1, Some(bits)) => lists.push_bits(bits),
                (_, derived) => {
                    let mut bits = derived.cloned().unwrap_or_else(|| Bits::new(self.rows()));
                    for (_, at) in same {
                        self.lists.get(*at).add_to(&mut bits);
                    }
                    lists.push_bits(&bits);
                }
            }
        }
        Segment {
            layer: self.layer,
            times: self.times,
            offsets: self.offsets,
            hashes: self.hashes,
            postings: Postings::new(&values, lists),
            positions: self.positions,
            bytes: self.bytes,
            extent: self.extent,
            layer_order: OnceLock::new(),
        }
    }

    /// What a value is among all. `earlier` are the numbers of the values before it.
    fn number(&self, value: &Local, earlier: &[u64], names: &mut Names) -> u64 {
        let text = value.text.as_deref().unwrap_or_default();
        let word = |names: &mut Names, column| u64::from(names.word(column, text));
        match value.column {
            Column::Actor => {
                let role = earlier.get(value.role as usize).map_or(NO_ROLE, |role| *role as u32);
                in_role(role, names.actor(text).0)
            }
            Column::Party => in_role(OWN, names.party(text).0),
            Column::Place => u64::from(names.place(text).0),
            Column::Document => u64::from(names.document(self.layer, text).0),
            Column::Kind => word(names, WordColumn::Kind),
            Column::Tag => word(names, WordColumn::Tag),
            Column::Role => word(names, WordColumn::Role),
            Column::Voice => value.text.as_ref().map_or(0, |_| word(names, WordColumn::Voice) + 1),
            // Never met as texts.
            Column::Status | Column::Flag => 0,
        }
    }

    /// The parties that the actors stand on at the date of each row, in the actors' roles.
    fn parties(&self, keys: &[((Column, u64), usize)], names: &Names) -> BTreeMap<u64, Bits> {
        let mut parties = BTreeMap::new();
        for ((_, value), at) in keys.iter().filter(|((column, _), _)| *column == Column::Actor) {
            let (role, actor) = role_of(*value);
            for side in names.sides(ActorIndex(actor)) {
                let bits: &mut Bits =
                    parties.entry(in_role(role, side.party.0)).or_insert_with(|| Bits::new(self.rows()));
                let rows: Posting<'_> = self.lists.get(*at);
                match side.during {
                    None => rows.add_to(bits),
                    Some(_) => rows.each(|row| {
                        if side.holds_at(self.times.bounds(row).as_ref()) {
                            bits.insert(row);
                        }
                    }),
                }
            }
        }
        // A party whose time none of the rows is in.
        parties.retain(|_, bits| !bits.is_empty());
        parties
    }
}
