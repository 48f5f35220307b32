//! What a column of a table means for an event.

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A field under the column's name.
    Field,
    /// Worked out again from the rest.
    Derived,
    Id,
    Date,
    /// The date where there is no other; a field as well.
    DateElse,
    /// The time of day that belongs to the date.
    Time,
    /// How far its clock is ahead of UTC; a field as well.
    Zone,
    /// How exact the date is, in a data set's own numbers; a field as well.
    Exactness,
    End,
    /// The time of day that belongs to the end.
    EndTime,
    /// Year, month or day of a date in parts.
    Part(Part),
    EndPart(Part),
    Title,
    Summary,
    Kind,
    /// A kind as one of a data set's numbers.
    Code(Codes),
    Status,
    Note,
    Actors,
    Parties,
    Places,
    Tags,
    /// A tag with this in front.
    TagAs(&'static str),
    Lat,
    Lon,
    /// A part of a source, counted from 1.
    Source(u8, Cited),
    DateText,
    DateBasis,
    Links,
    /// The borders of the date and its precision, from which one that was spoiled is restored.
    Earliest,
    Latest,
    Precision,
    Words,
}

/// A part of a date that stands in several columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    Month,
    Day,
}

/// A part of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cited {
    Document,
    Quote,
    Voice,
    Stance,
    Date,
    Publisher,
    Url,
}

/// Numbers that stand for kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codes {
    /// The root codes of CAMEO, 01 to 20.
    Cameo,
    /// UCDP's types of organised violence, 1 to 3.
    Violence,
}

impl Codes {
    /// The words for a number, or the number itself.
    pub fn word(self, code: &str) -> &str {
        const CAMEO: [&str; 20] = [
            "statement",
            "appeal",
            "intent to cooperate",
            "consultation",
            "diplomatic cooperation",
            "material cooperation",
            "aid",
            "yielding",
            "investigation",
            "demand",
            "disapproval",
            "rejection",
            "threat",
            "protest",
            "force posture",
            "reduced relations",
            "coercion",
            "assault",
            "fight",
            "mass violence",
        ];
        const VIOLENCE: [&str; 3] = ["state-based conflict", "non-state conflict", "one-sided violence"];
        let words: &[&'static str] = match self {
            Self::Cameo => &CAMEO,
            Self::Violence => &VIOLENCE,
        };
        let index = code.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        index.and_then(|index| words.get(index).copied()).unwrap_or(code)
    }
}

/// The keys of `--map`, with what they make of a column.
pub(super) const KEYS: &[(&str, Role)] = &[
    ("date", Role::Date),
    ("time", Role::Time),
    ("zone", Role::Zone),
    ("end", Role::End),
    ("end_time", Role::EndTime),
    ("id", Role::Id),
    ("title", Role::Title),
    ("summary", Role::Summary),
    ("actors", Role::Actors),
    ("parties", Role::Parties),
    ("places", Role::Places),
    ("lat", Role::Lat),
    ("lon", Role::Lon),
    ("kind", Role::Kind),
    ("tags", Role::Tags),
    ("status", Role::Status),
    ("note", Role::Note),
    ("source", Role::Source(1, Cited::Publisher)),
    ("url", Role::Source(1, Cited::Url)),
    ("document", Role::Source(1, Cited::Document)),
    ("quote", Role::Source(1, Cited::Quote)),
    ("according_to", Role::Source(1, Cited::Voice)),
    ("date_text", Role::DateText),
    ("date_basis", Role::DateBasis),
];

/// Other words for the keys of `--map`.
const OTHER_KEYS: [(&str, &str); 7] = [
    ("actor", "actors"),
    ("party", "parties"),
    ("place", "places"),
    ("tag", "tags"),
    ("publisher", "source"),
    ("start", "date"),
    ("by", "according_to"),
];

impl Role {
    /// The role that a key of `--map` gives.
    pub fn of_key(key: &str) -> Option<Self> {
        let key = OTHER_KEYS.iter().find(|(other, _)| *other == key).map_or(key, |(_, key)| key);
        KEYS.iter().find(|(known, _)| *known == key).map(|(_, role)| *role)
    }

    /// Whether several columns may mean it, each adding to it.
    pub const fn adds(self) -> bool {
        matches!(
            self,
            Self::Field
                | Self::Derived
                | Self::Actors
                | Self::Parties
                | Self::Places
                | Self::Tags
                | Self::TagAs(_)
        )
    }

    /// What it is called, for a reader; `None` where the column is a field or nothing.
    pub fn word(self) -> Option<String> {
        let word = match self {
            Self::Field | Self::Derived | Self::Earliest | Self::Latest | Self::Precision | Self::Words => {
                return None;
            }
            Self::DateElse => "the date where there is no other",
            Self::Exactness => "how exact the date is",
            Self::Part(_) => "a part of the date",
            Self::EndPart(_) => "a part of the end",
            Self::Code(_) => "kind",
            Self::TagAs(_) => "tags",
            Self::Links => "links",
            Self::Source(_, Cited::Stance) => "stance",
            Self::Source(_, Cited::Date) => "the date of a claim",
            Self::Source(number, cited) if number > 1 => {
                let first = Self::Source(1, cited).word()?;
                return Some(format!("{first} of source {number}"));
            }
            role => KEYS.iter().find(|(_, known)| *known == role).map(|(key, _)| *key)?,
        };
        Some(word.to_owned())
    }
}
