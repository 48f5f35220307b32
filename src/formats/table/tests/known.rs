use super::*;

/// The parts of an event that tables mostly have, in a line.
fn line(event: &Event) -> String {
    let actors: Vec<&str> = event.actors.iter().map(|actor| actor.id.as_str()).collect();
    let fields: Vec<String> = event.fields.iter().map(|(name, text)| format!("{name}={text}")).collect();
    [
        event.id.as_str(),
        event.date.as_deref().unwrap_or("undated"),
        event.title.as_str(),
        event.kind.as_deref().unwrap_or_default(),
        &actors.join("+"),
        &event.places.join("+"),
        &event.tags.join("+"),
        &fields.join(","),
    ]
    .join(" | ")
}

fn lines(table: &Table) -> Vec<String> {
    table.events.iter().map(|(_, event)| line(event)).collect()
}

#[test]
fn a_plain_table_is_read_by_the_names_of_its_columns() {
    let table = read(
        "id,date,end,title,summary,actors,parties,place,lat,lon,kind,source,url,deaths\n\
         e1,2017-10-16,,Talks,\"first, long\",Iraq;United States,Coalition,Baghdad,33.3,44.4,talks,AFP,https://a.example/1,3\n\
         e2,2014,2017-12-09,War,,,,,,,,,,\n",
        None,
    );
    let event = table.event(0);
    assert_eq!(line(event), "e1 | 2017-10-16 | Talks | talks | Iraq+United States | Baghdad |  | deaths=3");
    assert_eq!(
        (event.summary.as_deref(), event.parties.join("")),
        (Some("first, long"), "Coalition".to_owned())
    );
    assert_eq!((event.lat, event.lon), (Some(33.3), Some(44.4)));
    assert_eq!(event.sources[0].publisher.as_deref(), Some("AFP"));
    assert_eq!(event.sources[0].url.as_deref(), Some("https://a.example/1"));
    assert_eq!(table.event(1).date.as_deref(), Some("2014/2017-12-09"));
    assert!(table.flaws[0].is_empty());
    assert_eq!(
        table.layout.understood(),
        [
            "columns read: id, date, end, title, summary, actors, parties, place as places, lat, lon, kind, source, url"
        ]
    );
}

#[test]
fn timesketch_has_two_columns_for_the_time() {
    let table = read(
        "\"message\",\"timestamp\",\"datetime\",\"timestamp_desc\",\"tag\",\"hostname\"\n\
         \"A file\",\"123456789\",\"2012-03-14 04:17:38.276340+00:00\",\"Write time\",\"[\"\"a\"\", 'b']\",WKS\n\
         \"Another\",\"1437789661000000\",\" \",\"Logging\",\"-\",-\n",
        None,
    );
    assert_eq!(
        lines(&table),
        [
            " | 2012-03-14T04:17:38.276340+00:00 | A file | Write time |  | WKS | a+b | timestamp=123456789",
            " | 2015-07-25T02:01:01.000000Z | Another | Logging |  |  |  | timestamp=1437789661000000",
        ]
    );
    assert!(table.layout.understood().iter().any(|line| line.contains("microseconds")));
}

#[test]
fn plaso_quotes_nothing() {
    let table = read(
        "datetime,timestamp_desc,source,source_long,message,parser,display_name,tag\n\
         2012-01-22T08:52:33+01:00,Content Modification Time,LOG,Log File,\"quoted\" and more,text,OS:/x,-\n\
         0000-00-00T00:00:00.000000+00:00,Not a time,LOG,Log File,\"open,text,OS:/y,a b\n",
        None,
    );
    assert_eq!(table.layout.quote(), None);
    assert_eq!(table.event(0).title, "\"quoted\" and more");
    assert_eq!(table.event(1).title, "\"open");
    assert_eq!(table.dates(), ["2012-01-22T08:52:33+01:00", "undated"]);
    assert!(table.flaws[0].is_empty());
}

#[test]
fn the_older_tables_of_plaso() {
    let table = read(
        "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n\
         01/22/2012,07:52:33,UTC,M...,LOG,Log File,Content Modification Time,root,h1,Short,Long \"text,2,f,1,-,t,-\n\
         12/31/2011,--:--:--,CET,M...,LOG,Log File,Other,-,h1,Short,Long,2,f,1,-,t,-\n",
        None,
    );
    assert_eq!(table.dates(), ["2012-01-22T07:52:33Z", "2011-12-31"]);
    assert_eq!(table.event(0).actors[0].id, "root");
    let table = read(
        "Time|Source|Host|User|Description|TZ|Notes\n1327218753|LOG|h1|-|2012-01-22T07:52:33+00:00; Written; text|UTC|File\n",
        None,
    );
    assert_eq!(
        line(table.event(0)),
        " | 2012-01-22T07:52:33Z | 2012-01-22T07:52:33+00:00; Written; text |  |  | h1 |  | Source=LOG,TZ=UTC"
    );
    let table = read(
        "0|/a \"file|12|d/drwxr-xr-x|1|5|1024|1337961564|1337961563|1337961560|0\n0|/b|1|r|1|5|1|0|0|0|0\n",
        None,
    );
    assert_eq!(
        (table.event(0).title.as_str(), table.dates()),
        ("/a \"file", vec!["2012-05-25T15:59:23Z", "undated"])
    );
}

#[test]
fn gdelt_has_no_header() {
    let mut cells = vec![""; 61];
    for (column, text) in [
        (0, "1234"),
        (1, "20240127"),
        (2, "202401"),
        (3, "2024"),
        (6, "IRAQ"),
        (16, "UNITED STATES"),
        (26, "042"),
        (28, "04"),
        (52, "Baghdad, Baghdad, Iraq"),
        (56, "33.3"),
        (57, "44.4"),
        (59, "20240128001500"),
        (60, "https://a.example/x"),
    ] {
        cells[column] = text;
    }
    let text = cells.join("\t") + "\n";
    let table = read(&(text.clone() + &text), Some("20240128.export.CSV"));
    assert_eq!((table.layout.first(), table.events.len()), (0, 2));
    assert_eq!(
        line(table.event(0)),
        "1234 | 2024-01-27 | consultation: IRAQ – UNITED STATES | consultation | IRAQ+UNITED STATES | Baghdad, Baghdad, Iraq \
         | cameo:042 | DATEADDED=20240128001500,MonthYear=202401,Year=2024"
    );
}

#[test]
fn data_sets_say_how_exact_they_are() {
    let table = read(
        "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2,location,latitude,longitude,source,notes,fatalities,tags,timestamp\n\
         IRQ1,01 November 2024,2024,1,Battles,Armed clash,A,B; C,D,Mosul,36.3,43.1,X; Y,It was said.,3,crowd size=large,1700000000\n\
         IRQ2,9-May-20,2020,2,Protests,Peaceful protest,A,,,Mosul,36.3,43.1,X,Said.,0,,1700000000\n\
         IRQ3,2020-05-09,2020,3,Protests,Peaceful protest,A,,,Mosul,36.3,43.1,X,Said.,0,,1700000000\n",
        None,
    );
    assert_eq!(table.dates(), ["2024-11-01", "[2020-05-06..2020-05-12]", "2020-05"]);
    assert_eq!(table.event(0).title, "Armed clash: A, B, C, D");
    assert_eq!(table.event(0).fields["timestamp"], "1700000000");
    let table = read(
        "id,type_of_violence,dyad_name,side_a,side_b,date_prec,date_start,date_end,best\n\
         1,1,A - B,A,B,1,2020-01-05,2020-01-05,4\n2,3,A - Civilians,A,Civilians,4,2020-01-01,2020-01-31,9\n",
        None,
    );
    assert_eq!(table.dates(), ["2020-01-05", "[2020-01-01..2020-01-31]"]);
    assert_eq!(table.event(1).kind.as_deref(), Some("one-sided violence"));
    let table = read(
        "Event ID\tEvent Date\tSource Name\tEvent Text\tCAMEO Code\tTarget Name\tCity\n7\t2011-01-05\tIraq\tConsult\t040\tUnited States\tNA\n",
        None,
    );
    assert_eq!(
        line(table.event(0)),
        "7 | 2011-01-05 | Consult: Iraq – United States | Consult | Iraq+United States |  | cameo:040 | "
    );
}

#[test]
fn sheets_for_pages_and_incidents() {
    let table = read(
        "Year,Month,Day,Time,End Year,End Month,End Day,Headline,Text,Media,Group\n\
         1815,12,10,,1852,11,27,Ada,<p>x</p>,https://a.example,People\n\"1,200\",,,,,,,Old,,,\n2012,3,14,2:30 pm,,,,New,,,\n",
        None,
    );
    assert_eq!(table.dates(), ["1815-12-10/1852-11-27", "1200", "2012-03-14T14:30"]);
    let table = read(
        "event_date,event_tz,event_title,event_category,event_assets,event_tags\n2024-01-27T10:00:00,+03:00,Login,Access,host1;host2,a|b\n",
        None,
    );
    assert_eq!(
        line(table.event(0)),
        " | 2024-01-27T10:00:00+03:00 | Login | Access | host1+host2 |  | a+b | event_tz=+03:00"
    );
}

#[test]
fn columns_are_mapped_by_name_or_number() {
    let text = "No.,DT,Info,who\n1,late 2017,x,A\n2,12/04/1985,y,B\n3,soon,z,C\n";
    let table = table(text.as_bytes(), None, &["date=dt", "actors=4", "title=info"]);
    table.check(text.as_bytes());
    assert_eq!(table.dates(), ["[2017-09..2017-12]", "1985-04-12", "undated"]);
    assert_eq!(table.event(0).date_text.as_deref(), Some("late 2017"));
    assert_eq!(table.event(2).date_text.as_deref(), Some("soon"));
    assert_eq!(table.event(1).actors[0].id, "B");
    assert_eq!(table.flaws[0], [(FlawKind::Date, text.find("3,soon").unwrap() as u64)]);
    assert!(table.layout.understood().iter().any(|line| line.contains("the day was taken to stand first")));
    let wrong = |mapping: &str| {
        let mapping = map_option(mapping)?;
        Layout::detect(text.as_bytes(), None, &[mapping])
            .map_err(|fault| format!("{} / {:?}", fault.message, fault.hint))
    };
    assert_eq!(wrong("dat=DT").unwrap_err(), "“dat” is no key of an event; did you mean date?");
    assert_eq!(wrong("date=Inof").unwrap_err(), "there is no column “Inof” / Some(\"did you mean Info?\")");
    assert_eq!(
        wrong("date=5").unwrap_err(),
        "there is no column “5” / Some(\"the columns are No., DT, Info, who\")"
    );
    assert!(wrong("date").unwrap_err().starts_with("write KEY=COLUMN"));
}

#[test]
fn without_a_date_all_is_undated_and_that_is_said() {
    let table = read("title,count,description\na good day,5,\"one,\ntwo\"\nan ok day,3,x\n", None);
    assert_eq!(table.dates(), ["undated", "undated"]);
    assert!(table.layout.understood().iter().any(|line| line.contains("--map date=COLUMN")));
    assert_eq!(table.event(0).fields["count"], "5");
}

#[test]
fn other_delimiters_marks_and_no_header() {
    for text in [
        "\u{feff}date;title\r\n2017-10-16;a, b\r\n",
        "date\ttitle\n2017-10-16\ta, b\n",
        "date|title\r2017-10-16|\"a, b\"\r",
    ] {
        let table = read(text, None);
        assert_eq!(line(table.event(0)), " | 2017-10-16 | a, b |  |  |  |  | ", "{text:?}");
    }
    let table = read("2017-10-16,x y\n2018,z\n", None);
    assert_eq!(table.dates(), ["2017-10-16", "2018"]);
    assert_eq!(table.layout.columns(), ["column 1", "column 2"]);
}

#[test]
fn a_date_that_a_spreadsheet_spoiled_is_restored() {
    let header = "id,date,earliest,latest,precision,when,title";
    let table = read(
        &format!(
            "{header}\na,2023-08,2023-08-01,2023-08-31,month,August 2023,as it was\n\
             b,Aug-23,01/08/2023,31/08/2023,month,Aug-23,spoiled\n\
             c,2023-08-01,2023-08-01,2023-08-31,month,August 2023,taken for a day\n\
             d,x,2017-09-01,2017-12-31,month,late 2017,by its words\n\
             e,x,,,,,nothing is left\n'=f,'-0043-03-15,'-0043-03-15,'-0043-03-15,day,15 March 44 BCE,guarded\n"
        ),
        None,
    );
    assert_eq!(
        table.dates(),
        ["2023-08", "2023-08", "2023-08", "[2017-09..2017-12]", "undated", "-0043-03-15"]
    );
    assert_eq!(table.event(5).id, "=f");
    let kinds: Vec<FlawKind> = table.flaws[0].iter().map(|flaw| flaw.0).collect();
    assert_eq!(kinds, [FlawKind::Restored, FlawKind::Restored, FlawKind::Restored, FlawKind::Date]);
}

#[test]
fn lines_of_flat_objects_are_a_table() {
    let text = "{\"id\":\"e1\",\"date\":\"1990-01-02\",\"end\":\"1990-01-28\",\"title\":\"A \\\"b\\\"\",\"actors\":[\"X; Y\",{\"name\":\"Z\",\"role\":\"target\"}],\"place\":\"P\",\"lat\":7.90,\"lon\":-86.0,\"source\":\"S\",\"deaths\":3.50,\"more\":{\"a\":{\"b\":1},\"c\":[1,2],\"d\":null}}\n\
                \n[]\n{\"date\":\"1991\",\"date\":\"1992\",\"kind\":\"talks\\u00e9\",\"tags\":[\"t\"]}\n{\"date\":1993";
    let table = read(text, None);
    assert_eq!(
        lines(&table),
        [
            "e1 | 1990-01-02/1990-01-28 | A \"b\" |  | X; Y+Z | P |  | deaths=3.50,more.a.b=1,more.c=[1,2]",
            " | 1991 |  | talksé |  |  | t | ",
        ]
    );
    assert_eq!(table.event(0).actors[1].role.as_deref(), Some("target"));
    assert_eq!((table.event(0).lat, table.event(0).sources[0].publisher.as_deref()), (Some(7.9), Some("S")));
    assert_eq!(
        table.flaws[0].iter().map(|flaw| flaw.0).collect::<Vec<_>>(),
        [FlawKind::Json, FlawKind::Json]
    );
    let table = read(
        "{\"message\":\"m\",\"timestamp\":1331698658276340,\"timestamp_desc\":\"w\",\"tag\":\"-\"}\n",
        None,
    );
    assert_eq!(table.dates(), ["2012-03-14T04:17:38.276340Z"]);
}
