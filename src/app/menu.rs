//! Menus: the values of an event to filter by, and yes-or-no questions.

use crate::chronology::{Catalogue, Entry};
use crate::query::{Choice, Dimension};
use crate::when::{Precision, words};

/// How wide the menu is, with its border.
pub const WIDTH: u16 = 60;

/// A value that can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A value of a dimension.
    Of(Dimension, String),
    /// A term on time, as query text.
    Time(String),
}

/// A line of the value menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it filters by.
    pub value: Value,
    /// Its field: "party", "year".
    pub field: &'static str,
    /// Its name.
    pub label: String,
}

/// The menu of an event's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// What Enter does: ask for the value, leave it out, or show only it.
    pub purpose: Purpose,
    /// The values.
    pub items: Vec<Item>,
    /// The lit line.
    pub cursor: usize,
}

/// What a menu was opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To add a term.
    Filter,
    /// To leave something out.
    Exclude,
    /// To show only something.
    Only,
}

impl Purpose {
    /// The choice it makes.
    pub const fn choice(self) -> Choice {
        match self {
            Self::Filter | Self::Only => Choice::Only,
            Self::Exclude => Choice::Excluded,
        }
    }

    /// The menu's heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Filter => "Filter by",
            Self::Exclude => "Leave out",
            Self::Only => "Only",
        }
    }
}

/// The values of an event, most used dimensions first, then its year and month.
pub fn values_of(entry: &Entry, catalogue: &Catalogue) -> Vec<Item> {
    let mut items = Vec::new();
    for dimension in Dimension::ALL {
        if *dimension == Dimension::Layer && catalogue.layers.len() < 2 {
            continue;
        }
        for value in dimension.values(entry, catalogue) {
            let label = dimension.label(&value, catalogue);
            items.push(Item { value: Value::Of(*dimension, value), field: dimension.field(), label });
        }
    }
    items.extend(time_items(entry));
    items
}

/// The year, and where the date is that exact the month, that the event starts in.
fn time_items(entry: &Entry) -> Vec<Item> {
    let Some(hull) = entry.bounds.as_ref().map(|bounds| bounds.hull) else { return Vec::new() };
    let (Some(first), Some(last)) = (hull.s0.civil(), hull.s1.civil()) else { return Vec::new() };
    if first.year != last.year || !(0..=9999).contains(&first.year) {
        return Vec::new();
    }
    let year = format!("{:04}", first.year);
    let mut items = vec![Item {
        value: Value::Time(format!("in:{year}")),
        field: "year",
        label: words::write_instant(hull.s0, Precision::Year),
    }];
    if first.month == last.month {
        items.push(Item {
            value: Value::Time(format!("in:{year}-{:02}", first.month)),
            field: "month",
            label: words::write_instant(hull.s0, Precision::Month),
        });
    }
    items
}

/// A question to be answered yes or no.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// The question.
    pub question: String,
    /// What is done on yes.
    pub order: crate::app::effect::ExportOrder,
}
