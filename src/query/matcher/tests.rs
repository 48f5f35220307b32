use std::collections::HashSet;

use crate::chronology::resolve::{LayerInput, resolve};
use crate::chronology::{Layer, Resolved};
use crate::query::{Context, Filter, Matcher, Noted};
use crate::when::{Certainty, TimeRange};

/// A made-up affair of two states, their offices and a press agency.
const CHRONOLOGY: &str = r#"
[[documents]]
id = "report"
title = "A report on the river"
published = "2020-06-30"
url = "https://example.org/report"

[[parties]]
id = "upstream"
name = "The upper valley"

[[parties]]
id = "downstream"
name = "The lower valley"

[[actors]]
id = "arland"
name = "Ārland"
aliases = ["A.R.L."]
party = "upstream"

[[actors]]
id = "water-office"
name = "Water Office"
part_of = "arland"

[[actors]]
id = "berland"
name = "Berland"
party = "downstream"

[[actors]]
id = "marovic"
name = "Jana Marović"
part_of = "berland"

[[places]]
id = "ford"
name = "The Ford"

[[events]]
id = "dam"
date = "2018"
title = "Work on the dam begins"
kind = "works"
actors = [{ id = "water-office", role = "agent" }]
places = ["ford"]
tags = ["dam"]
fields = { cost = "12.5", unit = "m" }
note = "Some say earlier."
sources = [{ document = "report", quote = "The Water Office’s work began in 2018." }]

[[events]]
id = "protest"
date = "2019-05-XX"
title = "Berland protests against the dam"
kind = "statement"
actors = [{ id = "marovic", role = "speaker" }, { id = "arland", role = "addressee" }]
sources = [{ document = "report", according_to = "marovic", quote = "“We shall not wait”" }]
links = [{ event = "dam", relation = "follows" }]

[[events]]
id = "raid"
date = "2019-06-03?"
title = "Pumps are destroyed"
kind = "attack"
status = "disputed"
actors = [{ id = "berland", role = "attacker" }, { id = "water-office", role = "target" }]
fields = { cost = "3" }
sources = [{ according_to = "Jana Marović", stance = "denies", url = "https://example.org/x" }]

[[events]]
id = "drought"
date = "2019/.."
title = "A drought"
status = "ongoing"
actors = [{ id = "berland", role = "mentioned" }]
parties = ["upstream"]
sources = [{ document = "report" }]

[[events]]
id = "treaty"
title = "A treaty is spoken of"
kind = "talks"
status = "expected"
review = "proposed"

[[events]]
id = "truce"
date = "2019-07-01/2019-07-31"
title = "A truce on the river U.S. envoys had asked for"
actors = [{ id = "arland" }, { id = "berland" }]
"#;

fn affair() -> Resolved {
    let chronology = toml_edit::de::from_str(CHRONOLOGY).unwrap();
    let layer = Layer { name: "river".into(), title: "The river".into(), ..Layer::default() };
    resolve(vec![LayerInput { layer, chronology, texts: std::collections::HashMap::default() }])
}

fn with_matcher<T>(query: &str, then: impl Fn(&Resolved, &Matcher) -> T) -> T {
    let affair = affair();
    let span_of = |id: &str| -> Option<TimeRange> {
        let hull = affair.event("", id)?.bounds.as_ref()?.hull;
        Some(TimeRange { first: hull.s0, last: hull.e1 })
    };
    let marked = HashSet::from([("river".to_owned(), "raid".to_owned())]);
    let changed =
        HashSet::from([("river".to_owned(), "dam".to_owned()), ("sea".to_owned(), "raid".to_owned())]);
    let noted = Noted { marked, changed };
    let context = Context { catalogue: &affair.catalogue, span_of: &span_of, noted: &noted };
    let filter = Filter::parse(query, None).unwrap_or_else(|fault| panic!("{query}: {fault:?}"));
    then(&affair, &Matcher::new(&filter, &context))
}

/// The ids that a query shows; those that are only possible with a question mark.
fn shown(query: &str) -> Vec<String> {
    with_matcher(query, |affair, matcher| {
        let entries = affair.entries.iter();
        let answers = entries.map(|entry| (&entry.event.id, matcher.certainty(&affair.catalogue, entry)));
        answers
            .filter_map(|(id, certainty)| match certainty {
                Certainty::Certain => Some(id.clone()),
                Certainty::Possible => Some(format!("{id}?")),
                Certainty::Not => None,
            })
            .collect()
    })
}

/// Checks what queries show: a line each, `query => ids`.
fn check(table: &str) {
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        let (query, ids) = line.split_once("=>").unwrap();
        let ids: Vec<&str> = ids.split_whitespace().collect();
        assert_eq!(shown(query.trim()), ids, "{query}");
    }
}

#[test]
fn names_are_ids_names_or_aliases_and_mean_their_parts() {
    check(
        "actor:arland => dam protest raid truce
         actor:=arland => protest truce
         actor:arland@target => raid
         actor:=arland@target =>
         actor:arland@addressee,berland@attacker => protest raid
         actor:a.r.l. => dam protest raid truce
         actor:Arland => dam protest raid truce
         actor:\"water office\" => dam raid
         actor:*marovic* => protest
         actor:ber* => protest raid truce
         actor:berland@mentioned => drought
         actor:nobody =>
         -actor:* => drought treaty
         party:upstream => dam protest raid drought truce
         party:downstream => protest raid truce
         party:downstream@attacker => raid
         party:upstream@agent => dam
         place:\"the ford\" => dam
         kind:TALKS,attack => raid treaty
         tag:dam => dam
         status:occurred => dam protest truce
         document:report => dam protest drought
         document:\"a report on the river\" => dam protest drought
         layer:river => dam protest raid drought treaty truce
         layer:sea =>
         role:speaker => protest
         role:mentioned => drought
         id:d* => dam drought
         by:marovic => protest raid
         by:berland => protest raid
         by:=berland =>
         by:\"jana marovic\" => protest raid
         by:none => dam drought",
    );
}

#[test]
fn time_has_three_answers() {
    check(
        "in:2018 => dam treaty?
         in:2019-05-10 => protest? drought? treaty?
         in:2019-05 => protest drought? treaty?
         in:2019-06 => raid? drought? treaty?
         -in:2019-06 => dam protest raid? drought? treaty? truce
         since:2019-07 => drought treaty? truce
         until:2019-05 => dam protest drought? treaty?
         during:2019 => protest raid? treaty? truce
         during:2018/2021 => dam protest raid? drought? treaty? truce
         in:@truce => drought? treaty? truce
         since:@truce => drought treaty? truce
         in:@treaty =>
         in:@nothing =>
         in:2018,2019-07 => dam drought? treaty? truce
         in:2019-05-10 is:certain =>
         in:2019-05 is:certain => protest
         -in:2019-06 is:certain => dam protest truce",
    );
}

#[test]
fn kleene_takes_terms_one_by_one() {
    check(
        "in:2019-05-10 kind:statement => protest?
         in:2019-05-10 or kind:statement => protest drought? treaty?
         in:2019-05-10 or -in:2019-05-10 => dam protest? raid drought? treaty? truce
         in:2019-05-10 -in:2019-05-10 => protest? drought? treaty?
         -(in:2019-05-10 kind:statement) => dam protest? raid drought treaty truce
         is:certain => dam protest raid drought treaty truce",
    );
}

#[test]
fn properties() {
    check(
        "is:fuzzy => protest raid
         is:undated => treaty
         is:point => dam protest raid
         is:span => drought truce
         is:ongoing => drought
         is:contested => raid
         is:proposed => treaty
         is:marked => raid
         is:changed => dam
         is:marked,changed => dam raid
         has:end => truce
         has:place => dam
         has:quote => dam protest
         has:note => dam
         has:link => protest
         has:url => dam protest raid drought
         has:claim => protest raid",
    );
}

#[test]
fn words_and_fields() {
    check(
        "dam => dam protest
         \"water office's work\" => dam
         us => truce
         \"the  RIVER\" => truce
         marovic => protest
         /^a / => drought treaty truce
         /(?-i)^a / =>
         /we shall/ => protest
         fields.cost:>3 => dam
         fields.cost:>=3 => dam raid
         fields.cost:<=3.0 => raid
         fields.cost:<12.5 => raid
         fields.cost:=3.0 => raid
         fields.cost:3.0 =>
         fields.COST:3 => raid
         fields.unit:M => dam
         fields.unit:>0 =>
         fields.unit:* => dam
         fields.none:* =>",
    );
}

#[test]
fn what_names_nothing_is_named_with_the_nearest() {
    let unknown = |query: &str| with_matcher(query, |_, matcher| matcher.unknown().to_vec());
    let pair = |written: &str, near: Option<&str>| (written.to_owned(), near.map(ToOwned::to_owned));
    assert_eq!(unknown("actor:arland -party:upstream kind:anything"), []);
    assert_eq!(unknown("actor:arlamd"), [pair("actor:arlamd", Some("actor:arland"))]);
    assert_eq!(
        unknown("-actor:\"Jana Marowic\"@target or place:zzz"),
        [pair("actor:\"Jana Marowic\"@target", Some("actor:\"Jana Marović\"")), pair("place:zzz", None)]
    );
    assert_eq!(unknown("status:dispute"), [pair("status:dispute", Some("status:disputed"))]);
    assert_eq!(unknown("document:report,repot"), [pair("document:repot", Some("document:report"))]);
    assert_eq!(unknown("in:@nothing"), [pair("in:@nothing", None)]);
}

#[test]
fn an_exact_id_means_that_one_alone() {
    let chronology = r#"
        [[actors]]
        id = "is"
        name = "Island"
        [[actors]]
        id = "daesh"
        name = "Islamic State"
        aliases = ["IS"]
        [[events]]
        id = "one"
        actors = [{ id = "is" }]
        [[events]]
        id = "two"
        actors = [{ id = "daesh" }]
    "#;
    let chronology = toml_edit::de::from_str(chronology).unwrap();
    let resolved = resolve(vec![LayerInput { chronology, ..LayerInput::default() }]);
    let (none, span_of) = (Noted::default(), |_: &str| None);
    let context = Context { catalogue: &resolved.catalogue, span_of: &span_of, noted: &none };
    for (query, one, two) in
        [("actor:is", true, false), ("actor:IS", true, true), ("actor:daesh", false, true)]
    {
        let matcher = Matcher::new(&Filter::parse(query, None).unwrap(), &context);
        let shows = |n: usize| matcher.certainty(&resolved.catalogue, &resolved.entries[n]) != Certainty::Not;
        assert_eq!((shows(0), shows(1)), (one, two), "{query}");
    }
}
