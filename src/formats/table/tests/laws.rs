use proptest::prelude::*;

use super::*;

/// Cells of every sort, under headers that mean something.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "(1[0-9]{3}|20[0-2][0-9])(-[01][0-9](-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,7})?)?(Z|\\+01:00)?)?)?)?",
        "[0-9]{8,19}",
        "late 2017|2017~|\\[2014,2015\\]|2014/\\.\\.|9-May-20|01 November 2024|12/04/1985|-|Not set",
        "[a-c]{1,3}(; ?[a-c \\(\\)]{1,5}){0,3}",
        "disputed|ongoing|occurred|denies|claims",
        "[0-9.-]{1,7}",
        "'?[=+-][a-z]{0,2}",
        ".{0,5}",
        Just(String::new()),
    ]
}

const HEADERS: [&str; 9] = [
    "id,date,end,title,summary,actors,parties,place,lat,lon,kind,source,url",
    "id,date,earliest,latest,precision,when,title,actors,parties,status,document,quote,according_to,stance,claimed_date,publisher,url,links,note,document_2,claimed_date_2,stance_2,fields.x",
    "message,timestamp,datetime,timestamp_desc,tag,hostname",
    "event_id_cnty,event_date,time_precision,event_type,actor1,assoc_actor_1,actor2,location,latitude,longitude,source,notes,tags",
    "id,type_of_violence,date_start,date_end,date_prec,side_a,side_b,dyad_name",
    "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc",
    "Year,Month,Day,Time,End Year,End Month,End Day,Headline,Text,Group",
    "Event ID,Event Date,Source Name,Target Name,Event Text,CAMEO Code,City",
    "event_date,event_tz,event_title,event_assets,event_tags",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn facts_say_what_the_whole_event_says(
        header in prop::sample::select(&HEADERS[..]),
        rows in prop::collection::vec(prop::collection::vec(cell(), 1..25), 0..6),
    ) {
        let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(header.as_bytes().to_vec());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let mut bytes = writer.into_inner().unwrap();
        bytes.splice(header.len()..header.len(), *b"\n");
        let table = table(&bytes, None, &[]);
        prop_assert!(table.layout.first() > 0);
        table.check(&bytes);
        let of = |flaws: &Vec<(FlawKind, u64)>| flaws.iter().copied().filter(|flaw| flaw.0 != FlawKind::Value).collect::<Vec<_>>();
        prop_assert_eq!(of(&table.flaws[0]), of(&table.flaws[1]));
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 1..300), name in prop::option::of("x\\.(csv|tsv|jsonl)")) {
        if let Ok(layout) = Layout::detect(&bytes, name.as_deref(), &[]) {
            let _ = (layout.fingerprint(), layout.understood(), layout.guess_start(&bytes));
            let table = table(&bytes, name.as_deref(), &[]);
            table.check(&bytes);
        }
    }

    #[test]
    fn the_date_of_an_event_is_edtf(values in prop::collection::vec(cell(), 1..9)) {
        let mut text = "date,x\n".to_owned();
        for value in &values {
            text += &["\"", &value.replace('"', ""), "\",\n"].concat();
        }
        let table = table(text.as_bytes(), None, &[]);
        for (_, event) in &table.events {
            if let Some(date) = &event.date {
                let when = crate::when::When::parse(date);
                prop_assert_eq!(when.as_ref().map(crate::when::When::as_edtf), Ok(date.as_str()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn lines_of_json_say_the_same_in_both_ways(
        rows in prop::collection::vec(
            prop::collection::vec(
                (
                    prop::sample::select(&["id", "date", "end", "actors", "place", "tags", "lat", "lon", "kind", "source", "x", "timestamp"][..]),
                    value(),
                ),
                0..9,
            ),
            1..6,
        ),
        cut in 0usize..200,
    ) {
        let mut text = String::new();
        for row in &rows {
            let members: Vec<String> = row.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            text += &format!("{{{}}}\n", members.join(","));
        }
        let whole = table(text.as_bytes(), None, &[]);
        whole.check(text.as_bytes());
        prop_assert_eq!(whole.events.len(), rows.len());
        let mut bytes = text.into_bytes();
        bytes.truncate(cut.max(1));
        table(&bytes, None, &[]).check(&bytes);
    }
}

/// JSON values of every sort.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        cell().prop_map(|text| serde_json::Value::from(text).to_string()),
        "-?[1-9][0-9]{0,15}(\\.[0-9]{1,3})?",
        prop::sample::select(vec!["null", "true", "\"\\ud800\"", "\"\\u0041\"", "{}", "[]"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            (inner.clone(), inner).prop_map(|(name, role)| format!("{{\"name\":{name},\"role\":{role}}}")),
        ]
    })
}
