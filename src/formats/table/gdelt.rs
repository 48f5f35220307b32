//! The columns of GDELT's tables of events, which have no header.

use super::role::{Cited, Codes, Role};

/// What its columns mean.
pub(super) const ROLES: &[(&str, Role)] = &[
    ("globaleventid", Role::Id),
    ("sqldate", Role::Date),
    ("actor1name", Role::Actors),
    ("actor2name", Role::Actors),
    ("eventrootcode", Role::Code(Codes::Cameo)),
    ("eventcode", Role::TagAs("cameo:")),
    ("actiongeo_fullname", Role::Places),
    ("actiongeo_lat", Role::Lat),
    ("actiongeo_long", Role::Lon),
    ("sourceurl", Role::Source(1, Cited::Url)),
];

const ACTOR: [&str; 10] = [
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
];

const EVENT: [&str; 10] = [
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
];

const GEO: [&str; 8] =
    ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"];

/// The names of its columns: 61 in version 2, 58 in version 1, 57 before April 2013.
pub(super) fn header(columns: usize) -> Vec<String> {
    let mut names: Vec<String> =
        ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"].map(str::to_owned).into();
    for actor in ["Actor1", "Actor2"] {
        names.extend(ACTOR.iter().map(|part| format!("{actor}{part}")));
    }
    names.extend(EVENT.iter().map(|part| (*part).to_owned()));
    for geo in ["Actor1Geo_", "Actor2Geo_", "ActionGeo_"] {
        let parts = GEO.iter().filter(|part| columns == 61 || **part != "ADM2Code");
        names.extend(parts.map(|part| format!("{geo}{part}")));
    }
    names.push("DATEADDED".to_owned());
    names.push("SOURCEURL".to_owned());
    names.truncate(columns);
    names
}

/// Whether the cells of a line without header are those of such a table: a number, a day, its month and its year.
pub(super) fn fits(cells: &[&str]) -> bool {
    let [id, day, month, year, ..] = cells else { return false };
    let number =
        |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(cells.len(), 57 | 58 | 61)
        && id.bytes().all(|byte| byte.is_ascii_digit())
        && number(day, 8)
        && number(month, 6)
        && number(year, 4)
        && day.starts_with(month)
        && month.starts_with(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_code_book() {
        let names = header(61);
        assert_eq!((names.len(), header(58).len(), header(57).len()), (61, 58, 57));
        assert_eq!(
            (names[1].as_str(), names[26].as_str(), names[51].as_str()),
            ("SQLDATE", "EventCode", "ActionGeo_Type")
        );
        assert_eq!((names[59].as_str(), names[60].as_str()), ("DATEADDED", "SOURCEURL"));
        assert_eq!(header(57).last().map(String::as_str), Some("DATEADDED"));
    }
}
