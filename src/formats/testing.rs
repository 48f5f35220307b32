//! What the tests of the writers share: a made-up chronology, and writing it.

use std::io;

use super::{Events, Loss, Selection, WriteFn, WriteOptions};
use crate::chronology::{Chronology, Entry, Layer, LayerInput, Resolved, resolve};
use crate::when::Certainty;

/// The made-up chronology: fuzzy, ancient, open, undated, contested and hostile events.
pub fn sample() -> Resolved {
    let chronology: Chronology = toml_edit::de::from_str(include_str!("../../tests/data/sample.toml"))
        .expect("the sample is good TOML");
    let layer = Layer { name: "sample".to_owned(), title: chronology.title.clone(), ..Layer::default() };
    let mut resolved = resolve(vec![LayerInput { layer, chronology, ..LayerInput::default() }]);
    resolved.entries.sort_by_key(|entry| {
        let order = entry.bounds.as_ref().map(crate::when::Bounds::order);
        (order.is_none(), order)
    });
    resolved
}

/// All entries in their order; `toll` only possibly.
pub struct All<'a>(pub &'a Resolved);

impl Events for All<'_> {
    fn for_each(&self, each: &mut dyn FnMut(&Entry, Certainty) -> io::Result<()>) -> io::Result<()> {
        for entry in &self.0.entries {
            let possible = entry.event.id == "toll";
            each(entry, if possible { Certainty::Possible } else { Certainty::Certain })?;
        }
        Ok(())
    }
}

/// The sample as a format writes it, with the losses as lines.
pub fn written(write: WriteFn, options: &WriteOptions) -> (String, String) {
    let resolved = sample();
    let (title, summary) = ("The Halden canal dispute", "How the towns came to share a canal.\n\nMade up.");
    let selection = Selection {
        title,
        summary,
        described: Some("in: 44 BCE to 2019"),
        filtered: true,
        catalogue: &resolved.catalogue,
        events: &All(&resolved),
    };
    let mut bytes = Vec::new();
    let losses = write(&selection, &mut bytes, options).expect("memory takes everything");
    let mut again = Vec::new();
    write(&selection, &mut again, options).expect("memory takes everything");
    assert_eq!(bytes, again, "writing twice gives the same bytes");
    let losses: Vec<String> = losses.iter().map(|Loss { count, what }| format!("{count} {what}")).collect();
    (String::from_utf8(bytes).expect("writers write UTF-8"), losses.join("\n"))
}
