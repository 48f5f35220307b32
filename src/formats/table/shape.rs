//! The tables that are known by their columns, and what general names of columns mean.

use super::role::{Cited, Codes, Part, Role};

/// Which table it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Any other: columns are known by general names.
    General,
    /// Written by annals.
    Own,
    /// Timesketch, plaso: log entries with a description of their time.
    Forensic,
    /// plaso's older tables.
    L2t,
    Tln,
    /// The body file of mactime.
    Body,
    Gdelt,
    Icews,
    Acled,
    Ucdp,
    /// Sheets of `TimelineJS`.
    TimelineJs,
    /// Timelines of DFIR-IRIS.
    Iris,
}

use Cited::{Publisher, Url};
use Role::{
    Actors, Code, Date, DateElse, DateText, Derived, End, EndPart, EndTime, Exactness, Field, Id, Kind, Lat,
    Lon, Note, Places, Source, Summary, TagAs, Tags, Time, Title, Zone,
};

impl Shape {
    /// The table with these columns, folded.
    pub fn of(names: &[String]) -> Self {
        let has = |wanted: &[&str]| wanted.iter().all(|name| names.iter().any(|known| known == name));
        match () {
            () if has(&["id", "date", "earliest", "latest", "precision", "when", "title"]) => Self::Own,
            () if has(&["event_id_cnty", "event_date"]) => Self::Acled,
            () if has(&["type_of_violence", "date_start", "date_prec"]) => Self::Ucdp,
            () if has(&["globaleventid", "sqldate"]) => Self::Gdelt,
            () if has(&["event_id", "event_date", "cameo_code", "source_name", "target_name"]) => Self::Icews,
            () if has(&["date", "time", "macb", "sourcetype", "short"]) => Self::L2t,
            () if has(&["time", "source", "host", "user", "description"]) => Self::Tln,
            () if has(&["event_date", "event_title", "event_tz"]) => Self::Iris,
            () if has(&["year", "headline"]) => Self::TimelineJs,
            () if has(&["timestamp_desc"]) => Self::Forensic,
            () => Self::General,
        }
    }

    /// The names of columns that stand in no header.
    pub fn header(self, columns: usize) -> Option<Vec<String>> {
        match (self, columns) {
            (Self::Body, 11) => Some(BODY.iter().map(|(name, _)| (*name).to_owned()).collect()),
            (Self::Tln, 5 | 7) => {
                let names = ["Time", "Source", "Host", "User", "Description", "TZ", "Notes"];
                Some(names.iter().take(columns).map(|name| (*name).to_owned()).collect())
            }
            (Self::Gdelt, 57 | 58 | 61) => Some(super::gdelt::header(columns)),
            _ => None,
        }
    }

    /// What a column of such a table means; `None` for a general one, where it depends on the others.
    pub fn role(self, name: &str) -> Option<Role> {
        let known: &[(&str, Role)] = match self {
            Self::General | Self::Forensic => return None,
            Self::Own => return Some(own(name)),
            Self::L2t => L2T,
            Self::Tln => TLN,
            Self::Body => BODY,
            Self::Gdelt => super::gdelt::ROLES,
            Self::Icews => ICEWS,
            Self::Acled => ACLED,
            Self::Ucdp => UCDP,
            Self::TimelineJs => TIMELINE_JS,
            Self::Iris => IRIS,
        };
        Some(known.iter().find(|(known, _)| *known == name).map_or(Field, |(_, role)| *role))
    }

    /// What stands in a cell that holds nothing, beside an empty one.
    pub const fn blank(self) -> &'static str {
        match self {
            Self::Forensic | Self::L2t | Self::Tln => "-",
            Self::Icews => "NA",
            _ => "",
        }
    }

    /// Whether its programs quote nothing.
    pub const fn unquoted(self) -> bool {
        matches!(self, Self::L2t | Self::Tln | Self::Body | Self::Gdelt)
    }

    /// What it is called, for a reader.
    pub const fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::General => return None,
            Self::Own => "a table written by annals",
            Self::Forensic => "log entries, as of Timesketch or plaso",
            Self::L2t => "log entries, as of plaso (l2tcsv)",
            Self::Tln => "log entries, as of plaso (TLN)",
            Self::Body => "a body file, as of mactime",
            Self::Gdelt => "events of GDELT",
            Self::Icews => "events of ICEWS",
            Self::Acled => "events of ACLED",
            Self::Ucdp => "events of UCDP GED",
            Self::TimelineJs => "a sheet for TimelineJS",
            Self::Iris => "a timeline of DFIR-IRIS",
        })
    }
}

/// The columns of annals' own tables: those of its first source without, those of others with a number.
fn own(name: &str) -> Role {
    const CITED: [(&str, Cited); 7] = [
        ("document", Cited::Document),
        ("quote", Cited::Quote),
        ("according_to", Cited::Voice),
        ("stance", Cited::Stance),
        ("claimed_date", Cited::Date),
        ("publisher", Publisher),
        ("url", Url),
    ];
    match name {
        "earliest" => return Role::Earliest,
        "latest" => return Role::Latest,
        "precision" => return Role::Precision,
        "when" => return Role::Words,
        "match" => return Derived,
        "links" => return Role::Links,
        _ => {}
    }
    let (base, number) = match name.rsplit_once('_') {
        Some((base, number)) if matches!(number.as_bytes(), [b'2'..=b'9']) => {
            (base, number.parse().unwrap_or(1))
        }
        _ => (name, 1),
    };
    if let Some((_, cited)) = CITED.iter().find(|(known, _)| *known == base) {
        return Source(number, *cited);
    }
    Role::of_key(name)
        .filter(|_| !matches!(name, "source" | "time" | "zone" | "end" | "end_time"))
        .unwrap_or(Field)
}

const L2T: &[(&str, Role)] = &[
    ("date", Date),
    ("time", Time),
    ("timezone", Zone),
    ("sourcetype", Tags),
    ("type", Kind),
    ("user", Actors),
    ("host", Places),
    ("short", Title),
    ("desc", Summary),
    ("notes", Note),
];

const TLN: &[(&str, Role)] =
    &[("time", Date), ("host", Places), ("user", Actors), ("description", Title), ("notes", Note)];

const BODY: &[(&str, Role)] = &[
    ("md5", Field),
    ("name", Title),
    ("inode", Field),
    ("mode", Field),
    ("uid", Field),
    ("gid", Field),
    ("size", Field),
    ("atime", Field),
    ("mtime", Date),
    ("ctime", DateElse),
    ("crtime", Field),
];

const ICEWS: &[(&str, Role)] = &[
    ("event_id", Id),
    ("event_date", Date),
    ("source_name", Actors),
    ("target_name", Actors),
    ("event_text", Kind),
    ("cameo_code", TagAs("cameo:")),
    ("publisher", Source(1, Publisher)),
    ("city", Places),
    ("latitude", Lat),
    ("longitude", Lon),
];

const ACLED: &[(&str, Role)] = &[
    ("event_id_cnty", Id),
    ("event_date", Date),
    ("time_precision", Exactness),
    ("event_type", Kind),
    ("sub_event_type", Tags),
    ("actor1", Actors),
    ("assoc_actor_1", Actors),
    ("ally_actor_1", Actors),
    ("actor2", Actors),
    ("assoc_actor_2", Actors),
    ("ally_actor_2", Actors),
    ("location", Places),
    ("latitude", Lat),
    ("longitude", Lon),
    ("source", Source(1, Publisher)),
    ("notes", Summary),
    ("tags", Tags),
];

const UCDP: &[(&str, Role)] = &[
    ("id", Id),
    ("date_start", Date),
    ("date_end", End),
    ("date_prec", Exactness),
    ("type_of_violence", Code(Codes::Violence)),
    ("side_a", Actors),
    ("side_b", Actors),
    ("conflict_name", Tags),
    ("dyad_name", Title),
    ("source_headline", Summary),
    ("source_office", Source(1, Publisher)),
    ("where_coordinates", Places),
    ("latitude", Lat),
    ("longitude", Lon),
];

const TIMELINE_JS: &[(&str, Role)] = &[
    ("year", Role::Part(Part::Year)),
    ("month", Role::Part(Part::Month)),
    ("day", Role::Part(Part::Day)),
    ("time", Time),
    ("end_year", EndPart(Part::Year)),
    ("end_month", EndPart(Part::Month)),
    ("end_day", EndPart(Part::Day)),
    ("end_time", EndTime),
    ("display_date", DateText),
    ("headline", Title),
    ("text", Summary),
    ("media", Source(1, Url)),
    ("media_credit", Source(1, Publisher)),
    ("type", Kind),
    ("group", Tags),
];

const IRIS: &[(&str, Role)] = &[
    ("event_date", Date),
    ("event_tz", Zone),
    ("event_title", Title),
    ("event_category", Kind),
    ("event_content", Summary),
    ("event_source", Source(1, Publisher)),
    ("event_assets", Actors),
    ("event_tags", Tags),
];

/// A role with the names of columns that have it, the likeliest first.
pub(super) type Names = (Role, &'static [&'static str]);

/// What general names mean. Of the names of one role only the first that is there has it, unless it is one that adds.
pub(super) const GENERAL: &[Names] = &[
    (Id, &["id", "event_id", "eventid", "uuid", "guid", "_id"]),
    (End, &["end", "end_date", "date_end", "enddate", "ended", "finish", "until"]),
    (
        Title,
        &[
            "title",
            "headline",
            "message",
            "event_title",
            "subject",
            "event",
            "name",
            "eventname",
            "operationname",
        ],
    ),
    (Summary, &["summary", "description", "text", "content", "notes", "body", "details", "detail", "desc"]),
    (
        Actors,
        &[
            "actors",
            "actor",
            "actor1",
            "actor2",
            "actor_1",
            "actor_2",
            "participants",
            "participant",
            "people",
            "person",
            "who",
            "user",
            "username",
        ],
    ),
    (Role::Parties, &["parties", "party", "side", "sides"]),
    (Places, &["places", "place", "location", "city", "where", "hostname", "host", "computer_name"]),
    (Lat, &["lat", "latitude"]),
    (Lon, &["lon", "lng", "long", "longitude"]),
    (
        Kind,
        &[
            "kind",
            "type",
            "event_type",
            "eventtype",
            "category",
            "event_category",
            "timestamp_desc",
            "action",
        ],
    ),
    (Tags, &["tags", "tag", "labels", "label", "keywords"]),
    (Role::Status, &["status"]),
    (Note, &["note", "comment", "comments", "remark", "remarks"]),
    (Source(1, Publisher), &["source", "publisher", "sources", "outlet", "media"]),
    (Source(1, Url), &["url", "link", "source_url", "sourceurl", "uri", "href"]),
    (Source(1, Cited::Document), &["document"]),
    (Source(1, Cited::Quote), &["quote"]),
    (Source(1, Cited::Voice), &["according_to"]),
    (DateText, &["date_text", "display_date"]),
    (Role::DateBasis, &["date_basis"]),
];

/// The names of columns with a date, the likeliest first.
pub(super) const DATES: &[&str] = &[
    "date",
    "datetime",
    "date_time",
    "event_date",
    "eventdate",
    "start_date",
    "startdate",
    "date_start",
    "start",
    "begin",
    "started",
    "timestamp",
    "@timestamp",
    "eventtime",
    "event_time",
    "time",
    "when",
    "occurred",
    "occurred_at",
    "dt",
    "day",
    "created",
    "created_at",
    "year",
];

/// The names of columns with a number of seconds, in which `20240127` may be one.
pub(super) fn counts_seconds(name: &str) -> bool {
    matches!(
        name,
        "timestamp" | "time" | "ts" | "epoch" | "mtime" | "atime" | "ctime" | "crtime" | "@timestamp"
    ) || ["unix", "epoch"].iter().any(|word| name.contains(word))
        || name.ends_with("_ts")
}

/// A name as it is compared: in small letters, words joined by `_`.
pub(super) fn folded(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}');
    name.chars().map(|c| if c == ' ' || c == '-' { '_' } else { c }).flat_map(char::to_lowercase).collect()
}
