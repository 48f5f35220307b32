//! A reader's own actors, from TOML.

use toml_edit::{Document, Item, Value};

use super::dictionary::Actors;

/// The keys of an actor.
const KEYS: [&str; 4] = ["name", "aliases", "kind", "party"];

/// What is wrong, with its line and column, from 1.
type Fault = (usize, usize, String);

impl Actors {
    /// Reads actors: a list of tables `[[actors]]`, each with a `name` and perhaps `aliases`, `kind` and `party` (a
    /// name). The names and aliases are found in texts as they are written.
    ///
    /// # Errors
    /// Line and column, from 1, and what is wrong there: no TOML, a key that is not known, a value of another type.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let at = |byte: usize, what: String| place(text, byte, what);
        let document = Document::parse(text).map_err(|error| {
            at(
                error.span().map_or(0, |span| span.start),
                format!("not TOML: {}", error.message().replace('\n', ", ")),
            )
        })?;
        let mut actors = Self::default();
        for (key, item) in document.as_table() {
            let Item::ArrayOfTables(tables) = item else {
                let byte =
                    document.as_table().key(key).and_then(toml_edit::Key::span).map_or(0, |span| span.start);
                return Err(at(byte, format!("{key} is not known here: only tables under [[actors]] are")));
            };
            if key != "actors" {
                let byte = tables.iter().find_map(toml_edit::Table::span).map_or(0, |span| span.start);
                return Err(at(byte, format!("[[{key}]] is not known here: only [[actors]] is")));
            }
            for table in tables {
                let text_of = |key: &str| match table.get(key) {
                    None => Ok(None),
                    Some(item) => match item.as_str() {
                        Some(text) => Ok(Some(text.to_owned())),
                        None => Err(at(
                            item.span().map_or(0, |span| span.start),
                            format!("{key} should be a text"),
                        )),
                    },
                };
                if let Some((key, _)) = table.iter().find(|(key, _)| !KEYS.contains(key)) {
                    let byte = table.key(key).and_then(toml_edit::Key::span).map_or(0, |span| span.start);
                    return Err(at(
                        byte,
                        format!("{key} is no key of an actor: they are {}", KEYS.join(", ")),
                    ));
                }
                let start = table.span().map_or(0, |span| span.start);
                let name = text_of("name")?.filter(|name| !name.trim().is_empty());
                let name = name.ok_or_else(|| at(start, "this actor has no name".to_owned()))?;
                let (kind, party) = (text_of("kind")?, text_of("party")?);
                let mut written = vec![name.clone()];
                if let Some(item) = table.get("aliases") {
                    let byte = item.span().map_or(0, |span| span.start);
                    let wrong = || at(byte, "aliases should be a list of texts".to_owned());
                    for alias in item.as_array().ok_or_else(wrong)? {
                        let Value::String(alias) = alias else { return Err(wrong()) };
                        written.push(alias.value().clone());
                    }
                }
                for alias in &written {
                    actors.add(alias, &name, kind.as_deref(), party.as_deref());
                }
            }
        }
        Ok(actors)
    }
}

fn place(text: &str, byte: usize, what: String) -> Fault {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_has_its_place() {
        let fault = |text: &str| Actors::read(text).expect_err("a fault");
        assert_eq!(
            fault("[[actors]]\nname = \"A\"\ncolour = 1\n"),
            (3, 1, "colour is no key of an actor: they are name, aliases, kind, party".to_owned())
        );
        assert_eq!(fault("[[actors]]\nkind = \"state\"\n").2, "this actor has no name");
        assert_eq!(fault("[[actors]]\nname = 3\n"), (2, 8, "name should be a text".to_owned()));
        assert_eq!(
            fault("[[actors]]\nname = \"A\"\naliases = \"B\"\n").2,
            "aliases should be a list of texts"
        );
        assert!(fault("[[people]]\nname = \"A\"\n").2.contains("[[people]]"));
        assert!(fault("actors = 3\n").2.contains("[[actors]]"));
        assert!(fault("[[actors\n").2.starts_with("not TOML"));
    }
}
