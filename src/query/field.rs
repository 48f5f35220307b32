//! The fields of the language: their names, what they mean, and the words that some of them take.

use super::Dimension;

/// A field whose values are names or words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameField {
    /// A dimension that events are counted by.
    Of(Dimension),
    /// `role:` any actor in that role.
    Role,
    /// `by:` whose word it is.
    By,
    /// `id:` the event's own.
    Id,
}

/// How an event stands to a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Goes on at some time in it.
    In,
    /// Goes on at its first instant or later.
    Since,
    /// Goes on at its last instant or earlier.
    Until,
    /// Begins and ends in it.
    During,
}

/// What stands before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Names or words.
    Name(NameField),
    /// Times.
    Time(Relation),
    /// `is:`
    Is,
    /// `has:`
    Has,
}

/// A field for help and completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldInfo {
    /// How it is written, with its colon.
    pub name: &'static str,
    /// What it finds.
    pub doc: &'static str,
}

/// All fields, in the order that help lists them.
pub const FIELDS: &[FieldInfo] = &[
    info("actor:", "who: an id, name or alias, with all that is part of it; =x alone; x@role in that role"),
    info("party:", "the side that somebody in the event stands on at its date; x@role in that role"),
    info("place:", "where"),
    info("kind:", "talks, attack, statement, …"),
    info("tag:", "a tag"),
    info("status:", "occurred, ongoing, planned, expected, alleged or disputed"),
    info("document:", "an article or file that speaks of it"),
    info("layer:", "one opened source"),
    info("role:", "somebody is in this role"),
    info("by:", "whose word it is; none: the document's own voice"),
    info("id:", "the event's id"),
    info("fields.", "any other field of the source: fields.fatalities:>10"),
    info("in:", "goes on at some time in a date, \"words\" or @event"),
    info("since:", "goes on at its first instant or later"),
    info("until:", "goes on at its last instant or earlier"),
    info("during:", "begins and ends in it"),
    info(
        "is:",
        "certain, fuzzy, undated, point, span, ongoing, contested, proposed, rejected, marked or changed",
    ),
    info("has:", "end, place, quote, note, link, url or claim"),
];

const fn info(name: &'static str, doc: &'static str) -> FieldInfo {
    FieldInfo { name, doc }
}

/// The roles that the chronology document names; others are kept as they are.
pub const ROLES: &[&str] = &[
    "participant",
    "agent",
    "speaker",
    "addressee",
    "attacker",
    "target",
    "claimant",
    "supporter",
    "subject",
    "mentioned",
];

impl NameField {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Of(dimension) => dimension.field(),
            Self::Role => "role",
            Self::By => "by",
            Self::Id => "id",
        }
    }

    /// Whether `@role` may follow a value.
    pub(crate) const fn takes_role(self) -> bool {
        matches!(self, Self::Of(Dimension::Actor | Dimension::Party))
    }

    /// Whether a value stands for its parts too, so that `=` may narrow it.
    pub(crate) const fn has_parts(self) -> bool {
        matches!(self, Self::Of(Dimension::Actor) | Self::By)
    }
}

impl Relation {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Since => "since",
            Self::Until => "until",
            Self::During => "during",
        }
    }
}

impl Field {
    /// The field of this name, in any case; `None` where there is none (`fields.NAME` is read elsewhere).
    pub(crate) fn read(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        let names = Dimension::ALL.iter().map(|dimension| NameField::Of(*dimension));
        if let Some(name) =
            names.chain([NameField::Role, NameField::By, NameField::Id]).find(|n| n.word() == word)
        {
            return Some(Self::Name(name));
        }
        let relations = [Relation::In, Relation::Since, Relation::Until, Relation::During];
        if let Some(relation) = relations.into_iter().find(|relation| relation.word() == word) {
            return Some(Self::Time(relation));
        }
        match &*word {
            "is" => Some(Self::Is),
            "has" => Some(Self::Has),
            _ => None,
        }
    }
}

/// Defines an enum of words that a field takes, with what each says of an event.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $says:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)+];

            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What it says of an event, in words.
            pub(crate) const fn says(self) -> &'static str {
                match self { $(Self::$variant => $says,)+ }
            }
        }
    };
}

words! {
    /// What an event can be, beside `is:certain`.
    Is {
        /// Its source is vague about its date.
        Fuzzy = "fuzzy", "dated vaguely";
        /// It has no date.
        Undated = "undated", "undated";
        /// It has a date, and no duration.
        Point = "point", "at one time";
        /// It lasts from one date to another.
        Span = "span", "over a span of time";
        /// Its end is open, or its status says so.
        Ongoing = "ongoing", "ongoing";
        /// Its claims differ.
        Contested = "contested", "contested";
        /// Proposed by a program, looked at by nobody.
        Proposed = "proposed", "proposed and not yet reviewed";
        /// Looked at, and found wrong.
        Rejected = "rejected", "rejected in review";
        /// Marked by the reader.
        Marked = "marked", "marked";
        /// Changed since the file was opened.
        Changed = "changed", "changed since it was opened";
    }
}

words! {
    /// What an event can have.
    Has {
        /// An end that is known.
        End = "end", "an end";
        /// A place, or a position of its own.
        Place = "place", "a place";
        /// A verbatim quote.
        Quote = "quote", "a quote";
        /// A note by the editor.
        Note = "note", "a note";
        /// A link to another event.
        Link = "link", "a link";
        /// An address, of a source or of its document.
        Url = "url", "an address";
        /// A source that gives somebody's word rather than the document's own.
        Claim = "claim", "somebody’s claim";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_table_is_read() {
        for field in FIELDS.iter().filter(|field| field.name != "fields.") {
            let word = field.name.trim_end_matches(':');
            assert!(Field::read(word).is_some(), "{word}");
            assert!(Field::read(&word.to_uppercase()).is_some(), "{word} in capitals");
        }
        assert_eq!(Field::read("nonsense"), None);
    }

    #[test]
    fn the_table_names_every_word() {
        let doc = |name| FIELDS.iter().find(|field| field.name == name).unwrap().doc;
        assert!(Is::ALL.iter().all(|is| doc("is:").contains(is.word())));
        assert!(Has::ALL.iter().all(|has| doc("has:").contains(has.word())));
        assert!(Dimension::ALL.iter().all(|d| FIELDS.iter().any(|f| f.name == format!("{}:", d.field()))));
    }
}
