//! What may be meant by a query that is being typed.

use std::ops::Range;

use super::ast::Pattern;
use super::field::{FIELDS, Field, Has, Is, NameField, ROLES};
use super::{Dimension, names};
use crate::chronology::{Catalogue, Status};
use crate::text::fold::fold;

/// How many completions there are at most.
const MOST: usize = 50;

/// A proposal for completing a query at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes to replace.
    pub replace: Range<usize>,
    /// What with.
    pub insert: String,
    /// What it means, for the list.
    pub label: String,
}

/// Completions of fields and names at byte `cursor` of a query, best first. `values` are those that the catalogue
/// does not name, such as the kinds and tags that events have.
pub fn complete(
    text: &str,
    cursor: usize,
    catalogue: &Catalogue,
    values: &[(Dimension, String)],
) -> Vec<Completion> {
    let Some(fragment) = Fragment::at(text, cursor) else { return Vec::new() };
    let mut proposals = Proposals { typed: fold(fragment.typed), found: Vec::new() };
    let names = Names { catalogue, values };
    match fragment.field {
        None => {
            let typed = proposals.typed.clone();
            for field in FIELDS.iter().filter(|field| field.name.starts_with(&typed)) {
                proposals.offer(field.name.to_owned(), field.doc.to_owned(), [field.name]);
            }
            // Without a letter there are too many names to choose from.
            if !proposals.typed.is_empty() {
                for dimension in [Dimension::Actor, Dimension::Party, Dimension::Place, Dimension::Kind] {
                    names.offer(dimension, true, &mut proposals);
                }
            }
        }
        Some(word) => match Field::read(word) {
            Some(Field::Name(field)) if fragment.is_role && field.takes_role() => proposals.words(ROLES),
            Some(Field::Name(NameField::Of(dimension))) => names.offer(dimension, false, &mut proposals),
            Some(Field::Name(NameField::By)) => {
                names.offer(Dimension::Actor, false, &mut proposals);
                proposals.offer("none".to_owned(), "the document’s own voice".to_owned(), ["none"]);
            }
            Some(Field::Name(NameField::Role)) => proposals.words(ROLES),
            Some(Field::Is) => {
                let words: Vec<&str> =
                    ["certain"].into_iter().chain(Is::ALL.iter().map(|is| is.word())).collect();
                proposals.words(&words);
            }
            Some(Field::Has) => proposals.words(&Has::ALL.iter().map(|has| has.word()).collect::<Vec<_>>()),
            Some(Field::Name(NameField::Id) | Field::Time(_)) | None => {}
        },
    }
    proposals.best(&fragment.replace)
}

/// The part of a query that the cursor stands in.
struct Fragment<'t> {
    /// What stands before the colon.
    field: Option<&'t str>,
    /// Whether it stands behind `@`.
    is_role: bool,
    /// What was typed of it.
    typed: &'t str,
    replace: Range<usize>,
}

impl<'t> Fragment<'t> {
    /// Reads the query up to the cursor, as far as is needed to know what it stands in. `None`: in a regular
    /// expression, or no place in the text.
    fn at(text: &'t str, cursor: usize) -> Option<Self> {
        let (before, after) = text.split_at_checked(cursor)?;
        let (mut start, mut part, mut colon, mut is_role) = (0, 0, None, false);
        let mut inside = None;
        let mut chars = before.char_indices();
        while let Some((at, c)) = chars.next() {
            let next = at + c.len_utf8();
            match (inside, c) {
                (Some(_), '\\') => {
                    chars.next();
                }
                (Some(end), c) => inside = Some(end).filter(|end| *end != c),
                (None, c) if c.is_whitespace() || c == ')' => {
                    (start, part, colon, is_role) = (next, next, None, false);
                }
                (None, '(' | '-') if at == start => (start, part) = (next, next),
                (None, '/') if at == start => inside = Some('/'),
                (None, '"')
                    if before.get(part..at).is_some_and(|s| s.chars().all(|c| matches!(c, '=' | '*'))) =>
                {
                    inside = Some('"');
                }
                (None, ':') if colon.is_none() => (colon, part) = (Some(at), next),
                (None, ',' | '@') if colon.is_some() => (part, is_role) = (next, c == '@'),
                _ => {}
            }
        }
        if inside == Some('/') {
            return None;
        }
        let in_quotes = inside == Some('"');
        let more = match after.find(|c: char| c.is_whitespace() || matches!(c, ')' | ',' | '@')) {
            _ if in_quotes => usize::from(after.starts_with('"')),
            Some(end) => end,
            None => after.len(),
        };
        let written = before.get(part..)?;
        let typed = written.trim_start_matches(['=', '*', '"']);
        // `=` stays in front of what is inserted.
        let from = part + usize::from(written.starts_with('='));
        let field = colon.and_then(|colon| before.get(start..colon));
        Some(Self { field, is_role, typed, replace: from..cursor + more })
    }
}

/// The names of the catalogue, and values beside it.
struct Names<'c> {
    catalogue: &'c Catalogue,
    values: &'c [(Dimension, String)],
}

impl Names<'_> {
    /// Offers the names of a dimension, with or without its field.
    fn offer(&self, dimension: Dimension, with_field: bool, proposals: &mut Proposals) {
        let insert = |value: &str| {
            let field = if with_field { format!("{}:", dimension.field()) } else { String::new() };
            format!("{field}{}", Pattern::Exactly(value.to_owned()))
        };
        for (id, name, all) in names::listed(dimension, self.catalogue) {
            proposals.offer(insert(id), name.to_owned(), all);
        }
        if dimension == Dimension::Status {
            for status in Status::ALL {
                proposals.offer(insert(status.word()), status.word().to_owned(), [status.word()]);
            }
        }
        for (_, value) in self.values.iter().filter(|(other, _)| *other == dimension) {
            proposals.offer(insert(value), value.clone(), [value.as_str()]);
        }
    }
}

/// What fits so far, with how well.
struct Proposals {
    /// What was typed, folded.
    typed: String,
    found: Vec<(u8, String, String)>,
}

impl Proposals {
    fn words(&mut self, words: &[&str]) {
        for word in words {
            self.offer((*word).to_owned(), (*word).to_owned(), [*word]);
        }
    }

    /// Takes a proposal where one of its names begins with what was typed, has a word that does, or has it
    /// anywhere: in that order of worth.
    fn offer<'n>(&mut self, insert: String, label: String, names: impl IntoIterator<Item = &'n str>) {
        let worth = |name: &str| {
            let name = fold(name);
            let at = name.find(&self.typed)?;
            let after_letter = name.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
            Some(if at == 0 { 0 } else { 1 + u8::from(after_letter) })
        };
        if let Some(worth) = names.into_iter().filter_map(worth).min() {
            self.found.push((worth, insert, label));
        }
    }

    fn best(mut self, replace: &Range<usize>) -> Vec<Completion> {
        self.found.sort_by_key(|(worth, ..)| *worth);
        let best = self.found.into_iter().take(MOST);
        best.map(|(_, insert, label)| Completion { replace: replace.clone(), insert, label }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chronology::{Actor, CataloguedActor, Party};

    fn catalogue() -> Catalogue {
        let actor = |id: &str, name: &str, alias: &str| {
            let aliases = vec![alias.to_owned()];
            let actor = Actor { id: id.into(), name: name.into(), aliases, ..Actor::default() };
            CataloguedActor { actor, wholes: Vec::new() }
        };
        let actors = vec![
            actor("iran", "Iran", "Tehran"),
            actor("iraq", "Iraq", "Baghdad"),
            actor("sudani", "Mohammed Shia al-Sudani", "Sudani, M."),
        ];
        let party =
            Party { id: "iran-aligned".into(), name: "Iran-aligned groups".into(), ..Party::default() };
        Catalogue { actors, parties: vec![party], ..Catalogue::default() }
    }

    /// The query after each completion; `|` is the cursor.
    fn completed(query: &str) -> Vec<String> {
        let cursor = query.find('|').unwrap();
        let text = query.replacen('|', "", 1);
        let kinds = [(Dimension::Kind, "talks".to_owned())];
        let all = complete(&text, cursor, &catalogue(), &kinds);
        let applied = all.into_iter().map(|completion| {
            let mut text = text.clone();
            text.replace_range(completion.replace, &completion.insert);
            text
        });
        applied.collect()
    }

    #[test]
    fn completes_where_the_cursor_stands() {
        assert_eq!(completed("pa|"), ["party:"]);
        assert_eq!(completed("kind:talks -acto|"), ["kind:talks -actor:"]);
        assert_eq!(completed("(ac|"), ["(actor:"]);
        assert_eq!(completed("ira|"), ["actor:iran", "actor:iraq", "party:iran-aligned"]);
        assert_eq!(completed("actor:ira|"), ["actor:iran", "actor:iraq"]);
        assert_eq!(completed("actor:iran,bagh|"), ["actor:iran,iraq"]);
        assert_eq!(completed("actor:=teh|"), ["actor:=iran"]);
        assert_eq!(completed("actor:\"mohammed sh|"), ["actor:sudani"]);
        assert_eq!(completed("actor:suda| kind:talks"), ["actor:sudani kind:talks"]);
        assert_eq!(completed("actor:su|dan kind:talks"), ["actor:sudani kind:talks"]);
        assert_eq!(completed("party:iran-aligned@att|"), ["party:iran-aligned@attacker"]);
        assert_eq!(completed("kind:t|"), ["kind:talks"]);
        assert_eq!(completed("status:dis|"), ["status:disputed"]);
        assert_eq!(completed("is:cer|"), ["is:certain"]);
        assert_eq!(completed("has:qu|"), ["has:quote"]);
        assert_eq!(completed("by:no|"), ["by:none"]);
    }

    #[test]
    fn offers_all_there_is_where_nothing_is_typed() {
        assert_eq!(completed("|").len(), FIELDS.len());
        assert_eq!(completed("actor:|").len(), 3);
        assert_eq!(completed("role:|").len(), ROLES.len());
    }

    #[test]
    fn offers_nothing_where_nothing_can_be_meant() {
        for query in ["/attack|", "since:20|", "nonsense:x|", "id:|"] {
            assert!(completed(query).is_empty(), "{query}");
        }
        assert!(complete("é", 1, &catalogue(), &[]).is_empty(), "inside a character");
        assert!(complete("a", 9, &catalogue(), &[]).is_empty(), "behind the end");
    }
}
