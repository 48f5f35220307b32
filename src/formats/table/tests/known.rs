use super::*;

#[test]
fn a_plain_table_is_read_by_the_names_of_its_columns() {
    let table = read(
        "id,date,end,title,summary,actors,parties,place,lat,lon,kind,source,url,deaths\n\
         e1,2017-10-16,,Talks,\"first, long\",Iraq;United States,Coalition,Baghdad,33.3,44.4,talks,AFP,https://a.example/1,3\n\
         e2,2014,2017-12-09,War,,,,,,,,,,\n",
        None,
    );
    let event = table.event(0);
    assert_eq!(
        (event.id.as_str(), event.date.as_deref(), event.title.as_str()),
        ("e1", Some("2017-10-16"), "Talks")
    );
    assert_eq!(event.summary.as_deref(), Some("first, long"));
    let actors: Vec<&str> = event.actors.iter().map(|actor| actor.id.as_str()).collect();
    assert_eq!(
        (actors, &event.parties, &event.places),
        (vec!["Iraq", "United States"], &vec!["Coalition".to_owned()], &vec!["Baghdad".to_owned()])
    );
    assert_eq!((event.lat, event.lon, event.kind.as_deref()), (Some(33.3), Some(44.4), Some("talks")));
    assert_eq!(event.sources[0].publisher.as_deref(), Some("AFP"));
    assert_eq!(event.sources[0].url.as_deref(), Some("https://a.example/1"));
    assert_eq!(event.fields["deaths"], "3");
    assert_eq!(table.event(1).date.as_deref(), Some("2014/2017-12-09"));
    assert!(table.flaws[0].is_empty());
    assert_eq!(
        table.layout.understood(),
        [
            "columns read: id, date, end, title, summary, actors, parties, place as places, lat, lon, kind, source, url"
        ]
    );
}
