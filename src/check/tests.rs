use std::sync::Arc;

use proptest::prelude::*;

use super::{DocumentText, Fixed, Unfixable, check, fix};
use crate::chronology::{Chronology, Document, ids};
use crate::formats::tests::generate;
use crate::formats::{Collector, Fault, by_name, json, toml};

const ARTICLE: &str =
    "Talks began on Saturday. Sudani’s office said the talks went well.\nThe talks go on. 🙂 End.";

/// The texts of the documents by path: `a.txt` is the article, `b.txt` another, nothing else is there.
fn find(document: &Document) -> DocumentText {
    let text = match document.path.as_deref() {
        Some("a.txt") => ARTICLE,
        Some("b.txt") => "Only here.",
        Some(path) => return DocumentText::Missing(format!("{path}: no such file")),
        None => return DocumentText::Elsewhere,
    };
    DocumentText::Found { text: Arc::from(text), sha256: ids::sha256(text.as_bytes()) }
}

/// The faults of a text, one line each, hints in brackets.
fn said(format: &str, text: &str) -> String {
    let line = |fault: &Fault| match &fault.hint {
        Some(hint) => format!("{fault} [{hint}]"),
        None => fault.to_string(),
    };
    let faults = check(text.as_bytes(), by_name(format).unwrap(), &find);
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn mended(format: &str, text: &str) -> Fixed {
    fix(text.as_bytes(), by_name(format).unwrap(), &find).unwrap()
}

const GOOD: &str = r#"
title = "Good"

[[documents]]
id = "a"
path = "a.txt"
published = "2024-01-27"

[[documents]]
id = "somewhere"
url = "https://example.org/"

[[parties]]
id = "p"
name = "P"

[[actors]]
id = "x"
name = "X"
memberships = [{ party = "p", during = "2014/2017" }, { party = "p", during = "2017/2020" }]

[[actors]]
id = "y"
name = "Y"
part_of = "x"

[[places]]
id = "here"
name = "Here"
lat = 33.3
lon = 44.4

[[events]]
id = "first"
date = "[2017-09..2017-12]"
title = "First"
actors = [{ id = "x", role = "whatever" }, { id = "y" }]
parties = ["p"]
places = ["here"]
links = [{ event = "second", relation = "is like" }]
sources = [
  { document = "a", quote = "🙂 End", start = 84, end = 89, according_to = "Somebody Else" },
  { document = "a", quote = "talks go" },
  { document = "somewhere", quote = "whatever it says" },
  { url = "https://example.org/", quote = "who knows" },
]

[[events]]
title = "Second, without an id"

[[events]]
id = "second"
title = "Second"
"#;

#[test]
fn a_good_chronology_has_no_faults() {
    assert_eq!(said("toml", GOOD), "");
}

#[test]
fn ids_are_checked() {
    let text = r#"
[[documents]]
id = ""
[[parties]]
id = "p"
name = "The Party"
[[parties]]
name = "Nobody"
[[actors]]
id = "iraq"
name = "Iraq"
party = "q"
[[actors]]
id = "iraq"
name = "Iraq again"
part_of = "irak"
memberships = [{ party = "The party" }, {}]
[[places]]
id = "here"
[[events]]
id = "e"
title = "E"
actors = [{ id = "iraqq" }, { role = "speaker" }]
parties = ["p", "pp"]
places = ["there"]
links = [{ event = "e" }, { event = "f" }]
sources = [{ document = "d", quote = "x", according_to = "iraqi" }]
[[events]]
id = "e"
[[events]]
id = ""
title = "No id"
"#;
    insta::assert_snapshot!(said("toml", text));
}

#[test]
fn circles_memberships_and_numbers_are_checked() {
    let text = r#"
[[parties]]
id = "p"
name = "P"
[[actors]]
id = "outside"
name = "Outside"
part_of = "a"
[[actors]]
id = "a"
name = "A"
part_of = "b"
[[actors]]
id = "b"
name = "B"
part_of = "a"
[[actors]]
id = "alone"
name = "Alone"
part_of = "alone"
[[actors]]
id = "m"
name = "M"
party = "p"
memberships = [{ party = "p", during = "2014/2017" }, { party = "p", during = "2020" }, { party = "p", during = "2016/.." }]
[[places]]
id = "far"
name = "Far"
lat = 91
lon = -180.5
[[events]]
title = "E"
lat = 3.5
confidence = 1.1
"#;
    insta::assert_snapshot!(said("toml", text));
}

#[test]
fn dates_are_checked() {
    let text = r#"
[[documents]]
id = "d"
published = "January"
[[parties]]
id = "p"
name = "P"
[[actors]]
id = "a"
name = "A"
memberships = [{ party = "p", during = "2017/2014" }]
[[events]]
title = "E"
date = "2017-13"
[[events]]
title = "F"
date = "late 2017"
sources = [{ document = "d", date = "2017-02-30" }, { document = "d", date = "" }]
[[events]]
title = "G"
date = "199u"
[[events]]
title = "H"
date = "1XXX-XX-01"
[[events]]
title = "I"
date = "\u0032017-13"
"#;
    insta::assert_snapshot!(said("toml", text));
}

#[test]
fn quotes_are_checked() {
    let text = r#"
[[documents]]
id = "a"
path = "a.txt"
sha256 = "00"
[[documents]]
id = "b"
path = "b.txt"
[[documents]]
id = "c"
path = "c.txt"
[[events]]
title = "E"
sources = [
  { document = "a", quote = "Sudani's office" },
  { document = "a", quote = "Talks began on Saturday. Sudani’s officers said" },
  { document = "a", quote = "Only here" },
  { document = "a", quote = "nothing of the kind" },
  { document = "a", quote = "Talks began", start = 1, end = 12 },
  { document = "a", quote = "Talks began", start = 0 },
  { document = "a", quote = "alks" },
  { document = "a", quote = "alks", start = 47, end = 51 },
  { document = "a", quote = "Talks", start = 5, end = 0 },
  { document = "a", quote = "" },
  { document = "a", start = 0, end = 3 },
  { document = "c", quote = "unchecked" },
]
"#;
    insta::assert_snapshot!(said("toml", text));
}

#[test]
fn faults_of_json_and_json_lines_point_too() {
    let text = "{\"events\": [\n  {\"title\": \"E\", \"date\": \"2017-13\", \"places\": [\"x\"],\n   \"titel\": \"F\"}]}";
    insta::assert_snapshot!(said("json", text));
    let text =
        "{\"title\": \"E\"}\n{\"title\": \"F\", \"date\": \"2017-13\", \"links\": [{\"event\": \"x\"}]}\n";
    insta::assert_snapshot!(said("jsonl", text));
}

#[test]
fn files_that_cannot_be_read_have_one_fault() {
    assert_eq!(
        said("toml", "a ="),
        "1:4: error: not TOML: string values must be quoted, expected literal string"
    );
    assert_eq!(check(b"\xff", by_name("json").unwrap(), &find).len(), 1);
}

#[test]
fn mending_changes_only_offsets_and_hashes() {
    let text = r#"# kept
title   =   "T"   # kept too

[[documents]]
  id = "a"
  path = 'a.txt' # here
[[documents]]
id = "b"
sha256 = "old" # hash
path = "b.txt"

[[events]]
title = "E" # odd   spacing
sources = [ {quote="Talks began",document="a"} , # one
  { document = "a", quote = "🙂 End", start = 1, end = 2 }, { document = "a", start = 0x10, quote = """
The talks go on""" },
  { document = "a", quote = "alks", start = 3, end = 4 },
  { document = "a", quote = "not there" },
]

[[events]]
[[events.sources]]
document = "a"
  quote = "Sudani" # who
[[events.sources]]
document = "a"
quote = "Talks"
start = 0
end = 5
"#;
    let expected = text
        .replace(
            "'a.txt' # here",
            &format!("'a.txt' # here\n  sha256 = \"{}\"", ids::sha256(ARTICLE.as_bytes())),
        )
        .replace("\"old\"", &format!("\"{}\"", ids::sha256(b"Only here.")))
        .replace("\"Talks began\",", "\"Talks began\", start = 0, end = 11,")
        .replace("start = 1, end = 2", "start = 84, end = 89")
        .replace(
            "start = 0x10, quote = \"\"\"\nThe talks go on\"\"\"",
            "start = 67, end = 82, quote = \"\"\"\nThe talks go on\"\"\"",
        )
        .replace("\"Sudani\" # who", "\"Sudani\" # who\n  start = 25\n  end = 31");
    let fixed = mended("toml", text);
    assert_eq!(String::from_utf8(fixed.bytes.clone()).unwrap(), expected);
    assert_eq!((fixed.offsets, fixed.hashes), (4, 2));
    let again = mended("toml", &expected);
    assert_eq!(again, Fixed { offsets: 0, hashes: 0, ..fixed });
}

#[test]
fn mending_keeps_the_layout_of_json() {
    let text = "\u{feff}{\r\n  \"documents\": [{\"id\": \"b\", \"path\": \"b.txt\"}],\r\n  \"events\": [\r\n    {\r\n      \"sources\": [\r\n        {\r\n          \"document\": \"b\",\r\n          \"quote\": \"here\"\r\n        },\r\n        {\"document\": \"b\", \"quote\": \"Only\", \"end\": 9}\r\n      ]\r\n    }\r\n  ]\r\n}\r\n";
    let hash = ids::sha256(b"Only here.");
    let expected = text
        .replace("\"b.txt\"", &format!("\"b.txt\", \"sha256\": \"{hash}\""))
        .replace("\"here\"", "\"here\",\r\n          \"start\": 5,\r\n          \"end\": 9")
        .replace("\"Only\", \"end\": 9", "\"Only\", \"start\": 0, \"end\": 4");
    let fixed = mended("json", text);
    assert_eq!(String::from_utf8(fixed.bytes).unwrap(), expected);
    assert_eq!(mended("json", &expected).offsets, 0);
}

#[test]
fn what_cannot_be_mended_says_why() {
    let unreadable = fix(b"a =", by_name("toml").unwrap(), &find);
    assert!(matches!(unreadable, Err(Unfixable::Unreadable(_))));
    assert_eq!(fix(b"{}", by_name("jsonl").unwrap(), &find), Err(Unfixable::Format));
}

#[test]
fn the_built_in_chronology_has_no_faults() {
    let article = include_str!("../../seeds/000_c36e707fd56555f2.txt");
    let text = include_str!("../../assets/iraq-coalition-talks.toml");
    let find = |_: &Document| DocumentText::Found {
        text: Arc::from(article),
        sha256: ids::sha256(article.as_bytes()),
    };
    let toml = by_name("toml").unwrap();
    assert_eq!(check(text.as_bytes(), toml, &find), []);
    assert_eq!(fix(text.as_bytes(), toml, &find).unwrap().bytes, text.as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_is_checked_and_mended_only_changes_offsets_and_hashes(
        mut chronology in generate::chronology(),
        quote in proptest::sample::select(vec!["Talks began", "talks", "alks", "🙂", "\u{201d}", "End."]),
        path in proptest::option::of(proptest::sample::select(vec!["a.txt", "b.txt", "c.txt"])),
    ) {
        for document in &mut chronology.documents {
            document.path = path.map(str::to_owned);
        }
        let id = chronology.documents.first().map(|document| document.id.clone());
        for source in chronology.events.iter_mut().flat_map(|event| &mut event.sources) {
            source.document.clone_from(&id);
            source.quote = Some(quote.to_owned());
        }
        let written = [("toml", toml::to_string(&chronology).unwrap()), ("json", json::to_string(&chronology).unwrap())];
        for (name, text) in written {
            let format = by_name(name).unwrap();
            check(text.as_bytes(), format, &find);
            let fixed = fix(text.as_bytes(), format, &find).unwrap();
            prop_assert_eq!(&fix(&fixed.bytes, format, &find).unwrap().bytes, &fixed.bytes);
            let mut collected = Collector::default();
            format.read.unwrap()(&mut &*fixed.bytes, &mut collected).unwrap();
            let bare = |mut chronology: Chronology| {
                chronology.documents.iter_mut().for_each(|document| document.sha256 = None);
                let sources = chronology.events.iter_mut().flat_map(|event| &mut event.sources);
                sources.for_each(|source| (source.start, source.end) = (None, None));
                chronology
            };
            prop_assert_eq!(bare(collected.chronology), bare(chronology.clone()));
        }
    }
}
