//! Files that change after they were read, or while they are.

use super::*;

/// A table that was read to its end, with what looks at its file.
fn followed(path: &Path) -> (Arc<Columns>, Loader) {
    let (store, mut loader, ..) = prepare(&order(path)).expect("opens");
    loader.begin().expect("read");
    (store, loader.run(&mut |_| ()).expect("read"))
}

fn append(path: &Path, text: &str) {
    let mut file = fs::OpenOptions::new().append(true).open(path).expect("open");
    file.write_all(text.as_bytes()).expect("written");
}

fn titles(store: &Columns) -> Vec<String> {
    all(store).into_iter().map(|(_, entry)| entry.event.title).collect()
}

#[test]
fn what_is_added_is_shown_in_whole_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", b"date,title,actors\n2017,a,x\n");
    let (store, mut loader) = followed(&path);
    loader.look(0);
    assert_eq!(titles(&store), ["a"]);
    append(&path, "2018,b,new\n2019,");
    loader.look(0);
    assert_eq!(titles(&store), ["a", "b"]);
    append(&path, "c,x\n");
    loader.look(0);
    assert_eq!(titles(&store), ["a", "b", "c"]);
    assert_eq!((store.info().problem, store.info().catalogue.actors.len()), (None, 2));
}

#[test]
fn a_last_row_that_goes_on_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", b"date,title\n2017,a\n2018,half");
    let (store, mut loader) = followed(&path);
    let question = Question { filter: filter("half"), ..Question::default() };
    let count = |store: &Columns| {
        store.count(&question, &Keys::all(), &Ctl::default()).expect("counted").value.total()
    };
    assert_eq!((titles(&store), count(&store)), (vec!["a".to_owned(), "half".to_owned()], 1));
    append(&path, "way, there\n2016,c\n");
    loader.look(0);
    assert_eq!(titles(&store), ["c", "a", "halfway"]);
    assert_eq!((store.info().total, store.info().undated, count(&store)), (3, 0, 1));
    append(&path, "2015,d");
    loader.look(0);
    assert_eq!(store.info().total, 3);
}

#[test]
fn a_file_that_is_cut_off_while_it_is_read_is_said_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = long();
    let path = written(folder.path(), "a.csv", text.as_bytes());
    let (store, mut loader, ..) = prepare(&order(&path)).expect("opens");
    assert!(loader.begin().expect("read"), "there is more");
    let file = fs::OpenOptions::new().write(true).open(&path).expect("open");
    file.set_len(text.len() as u64 / 2).expect("cut");
    let mut missing = None;
    let mut loader = loader.run(&mut |outcome| missing = outcome.missing).expect("it goes on");
    assert!(missing.is_some_and(|(why, _)| why == "it became shorter while it was read"));
    loader.look(0);
    assert!(store.info().problem.is_some_and(|problem| problem.contains("the file has become shorter")));
    assert!(!store.info().loading);
    store.event("", "17", &Ctl::default()).expect_err("no row is read any more");
}

#[test]
fn rows_that_are_added_one_by_one_become_few_segments() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", b"date,title\n2017,t-first\n");
    let (store, mut loader) = followed(&path);
    let question = Question { filter: filter("1x"), ..Question::default() };
    let found = |store: &Columns| {
        let count = store.count(&question, &Keys::all(), &Ctl::default()).expect("counted").value;
        count.total()
    };
    for number in 0..1000 {
        append(&path, &format!("{},t{number}x\n", 1000 + number));
        loader.look(0);
        let ones = (0..=number).filter(|number| number % 10 == 1).count();
        assert_eq!((store.info().total, found(&store)), (number + 2, ones as u64));
    }
    assert!(store.segments() <= 10, "{}", store.segments());
    let expected = (0..1000).map(|number| format!("t{number}x")).chain(["t-first".to_owned()]);
    let mut found = titles(&store);
    found.sort_by_key(|title| title.trim_matches(['t', 'x']).parse::<u32>().unwrap_or(u32::MAX));
    assert_eq!(found, expected.collect::<Vec<_>>());
}

#[test]
fn much_that_is_added_is_read_as_the_file_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", b"id,date,title,actors\n");
    let (store, mut loader) = followed(&path);
    let rows = long().lines().skip(1).collect::<Vec<_>>().join("\n") + "\n";
    // The last row is not whole yet.
    let text = rows.repeat(8) + "\"half,2001";
    append(&path, &text);
    loader.look(0);
    assert_eq!((store.info().total, store.info().problem, store.info().loading), (48_000, None, false));
    append(&path, "\",2002,\"much\nmore\",\n");
    loader.look(0);
    assert_eq!(store.info().total, 48_001);
    let last = store.event("", "half,2001", &Ctl::default()).expect("read").expect("there");
    assert_eq!(last.entry.event.title, "much\nmore");
    let whole = loaded(&path);
    assert!(all(&store) == whole.0);
}

#[test]
fn a_quotation_that_is_closed_later_is_no_flaw() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", b"date,title\n2017,a\n2018,\"two\n");
    let (store, mut loader) = followed(&path);
    assert!(store.info().problem.is_some_and(|problem| problem.contains("never closed")));
    append(&path, "lines\"\n2019,c\nsoon,d\n");
    loader.look(0);
    assert_eq!(titles(&store), ["a", "two\nlines", "c", "d"]);
    let problem = store.info().problem.expect("the date");
    assert!(problem.contains("1 date could not be read (line 6") && !problem.contains("closed"), "{problem}");
}

#[test]
fn what_happens_to_a_file_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", long().as_bytes());
    let (store, mut loader) = followed(&path);
    let problem = |loader: &mut Loader| {
        loader.look(0);
        store.info().problem.unwrap_or_default()
    };
    assert_eq!(problem(&mut loader), "");
    let other = written(folder.path(), "b.csv", b"date,title\n2017,other\n");
    fs::rename(&path, folder.path().join("c.csv")).expect("moved");
    assert!(problem(&mut loader).contains("is gone"));
    fs::rename(&other, &path).expect("moved");
    assert!(problem(&mut loader).contains("another file"));
    assert!(store.event("", "17", &Ctl::default()).expect("still read").is_some());
    fs::rename(folder.path().join("c.csv"), &path).expect("moved");
    assert_eq!(problem(&mut loader), "");
    fs::OpenOptions::new().write(true).open(&path).expect("open").set_len(100).expect("cut");
    assert!(problem(&mut loader).contains("shorter"));
    fs::write(&path, long().replace("title", "words") + "more").expect("written");
    assert!(problem(&mut loader).contains("anew"));
}

#[test]
fn a_watched_file_shows_what_is_added_and_nothing_after_it_is_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", b"date,title\n2017,a\n");
    let loaded = open(&Order { follow: true, ..order(&path) }).expect("opens");
    let (sender, changes) = mpsc::channel();
    loaded.store.on_change(Arc::new(move || {
        let _ = sender.send(());
    }));
    loaded.wait(NEVER, &mut || ());
    append(&path, "2018,b\n");
    while loaded.store.info().total < 2 {
        changes.recv().expect("a change");
    }
    let store = Arc::clone(&loaded.store);
    drop(loaded);
    assert_eq!(titles(&store), ["a", "b"]);
}

#[test]
fn a_file_of_which_only_the_time_was_set_is_read_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", long().as_bytes());
    let (store, mut loader) = followed(&path);
    let file = fs::OpenOptions::new().write(true).open(&path).expect("open");
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + NEVER).expect("set");
    loader.look(0);
    assert_eq!(store.info().problem, None);
    assert!(store.event("", "17", &Ctl::default()).expect("read").is_some());
}

#[test]
fn a_row_that_another_took_the_place_of_is_refused() {
    let row = |number: u32| {
        format!("E{number:05},{},{}title {number:05}\n", 1000 + number % 999, "long ".repeat(20))
    };
    let rows: Vec<String> = (0..20_000).map(row).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "a.csv", ("id,date,title\n".to_owned() + &rows.concat()).as_bytes());
    let (store, mut loader) = followed(&path);
    let mut others = rows.clone();
    // Where nobody looks: behind the beginning, before the next place. Row 803 keeps its id but not its date.
    others.swap(801, 802);
    others[803] = others[803].replace(",1803,", ",1804,");
    others.push(row(20_000));
    fs::write(&path, "id,date,title\n".to_owned() + &others.concat()).expect("written");
    loader.look(0);
    assert_eq!((store.info().problem, store.info().total), (None, 20_001));
    for (number, sound) in [(800, true), (801, false), (802, false), (803, false), (804, true)] {
        let event = store.event("", &format!("E{number:05}"), &Ctl::default());
        assert_eq!(event.is_ok(), sound, "{number}: {event:?}");
    }
}
