//! The values of single keys.

use super::found;
use crate::app::View;
use crate::app::columns::Column;
use crate::formats::tree::{Kind, Node};
use crate::term::ColorChoice;
use crate::text::nearest::nearest;
use crate::ui::style::Theme;

/// What a key can be set to.
pub(super) trait Value: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// What it would have to be.
    fn read(node: &Node) -> Result<Self, String>;
}

/// One of several words.
fn word<T: Copy>(node: &Node, words: &[(&str, T)]) -> Result<T, String> {
    let text = if let Kind::Text(text) = &node.kind { text } else { "" };
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
        return Ok(*value);
    }
    let names: Vec<String> = words.iter().map(|(word, _)| format!("{word:?}")).collect();
    let near = nearest(text, words.iter().map(|(word, _)| *word));
    let near = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    Err(format!("{} is none of {}{near}", found(&node.kind, node.what()), names.join(", ")))
}

impl Value for bool {
    fn read(node: &Node) -> Result<Self, String> {
        match node.kind {
            Kind::Bool(truth) => Ok(truth),
            _ => Err(format!("{} is neither true nor false", found(&node.kind, node.what()))),
        }
    }
}

/// True, false, or "auto".
impl Value for Option<bool> {
    fn read(node: &Node) -> Result<Self, String> {
        match &node.kind {
            Kind::Bool(truth) => Ok(Some(*truth)),
            Kind::Text(text) if text == "auto" => Ok(None),
            other => Err(format!("{} is none of true, false, \"auto\"", found(other, node.what()))),
        }
    }
}

impl Value for Option<Theme> {
    fn read(node: &Node) -> Result<Self, String> {
        let named = Theme::NAMED.map(|(name, theme)| (name, Some(theme)));
        word(node, &[[("auto", None)].as_slice(), &named].concat())
    }
}

impl Value for ColorChoice {
    fn read(node: &Node) -> Result<Self, String> {
        word(node, &[("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)])
    }
}

impl Value for View {
    fn read(node: &Node) -> Result<Self, String> {
        word(node, &Self::ALL.map(|view| (view.name(), view)))
    }
}

impl Value for Vec<Column> {
    fn read(node: &Node) -> Result<Self, String> {
        if !matches!(node.kind, Kind::List(_)) || node.items().is_empty() {
            return Err(format!("{} is no list of columns", found(&node.kind, node.what())));
        }
        let mut columns = Vec::new();
        for item in node.items() {
            let name = found(&item.kind, item.what());
            let column = if let Kind::Text(text) = &item.kind { Column::named(text) } else { None };
            let column = column.ok_or_else(|| {
                let known = Column::ALL.map(|column| column.name());
                format!("{name} is no column; there are {} and fields.NAME", known.join(", "))
            })?;
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        Ok(columns)
    }
}
