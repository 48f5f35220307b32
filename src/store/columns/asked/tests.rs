//! What is read again for a filter, and what is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use crate::chronology::{Chronology, Entry, EntryFacts, Event, LayerIndex, LayerInput, Names, resolve};
use crate::query::Filter;
use crate::store::columns::{Builder, Columns, News, Segment};
use crate::store::rows::{Resident, RowFault, Rows, Spot};
use crate::store::{Answer, Count, Coverage, Ctl, Direction, Key, Keys, Question, Store, StoreError};

/// Rows that count how often one is read, and that can change.
struct Counting {
    rows: Resident,
    read: AtomicUsize,
    changed: AtomicBool,
}

impl Rows for Counting {
    fn entry(&self, layer: LayerIndex, spot: Spot, names: &Names) -> Result<Arc<Entry>, RowFault> {
        if self.changed.load(Ordering::Relaxed) {
            return Err(RowFault::Changed);
        }
        self.read.fetch_add(1, Ordering::Relaxed);
        self.rows.entry(layer, spot, names)
    }
}

/// A store that gets one event of each title, one segment each, as they are asked for.
struct Growing {
    store: Columns,
    rows: Arc<Counting>,
    names: Names,
    ahead: Vec<Arc<Segment>>,
}

impl Growing {
    fn new(titles: &[&str]) -> Self {
        let event = |(n, title): (usize, &&str)| Event {
            id: format!("e{n}"),
            date: (n == 3).then(|| "2014".to_owned()),
            title: (*title).to_owned(),
            tags: vec![if n % 2 == 0 { "even" } else { "odd" }.to_owned()],
            ..Event::default()
        };
        let events = titles.iter().enumerate().map(event).collect();
        let chronology = Chronology { events, ..Chronology::default() };
        let resolved = resolve(vec![LayerInput { chronology, ..LayerInput::default() }]);
        let mut names = Names::of(resolved.catalogue);
        let segment = |(place, entry): (u64, &Arc<Entry>)| {
            let mut builder = Builder::new(LayerIndex(0));
            builder.add(&EntryFacts::new(entry, names.catalogue()).facts(place));
            Arc::new(builder.finish(place + 1).absorb(&mut names))
        };
        let mut ahead: Vec<Arc<Segment>> = (0..).zip(&resolved.entries).map(segment).collect();
        ahead.reverse();
        let rows = Counting {
            rows: Resident::new(resolved.entries),
            read: AtomicUsize::new(0),
            changed: AtomicBool::new(false),
        };
        Self { store: Columns::new(String::new(), String::new()), rows: Arc::new(rows), names, ahead }
    }

    fn grow(&mut self, events: usize) {
        let segments = (0..events).filter_map(|_| self.ahead.pop()).collect();
        let rows = Arc::clone(&self.rows) as Arc<dyn Rows>;
        let names = Arc::new(self.names.clone());
        self.store.publish(News {
            names,
            rows: vec![rows],
            segments,
            progress: None,
            problem: None,
            withdrawn: Vec::new(),
        });
    }

    fn ask(&self, query: &str, ctl: &Ctl) -> Result<Answer<Count>, StoreError> {
        self.store.count(&question(query), &Keys::all(), ctl)
    }

    /// How many events there are, and how many were read to know.
    fn count(&self, query: &str) -> (u64, usize) {
        let before = self.rows.read.load(Ordering::Relaxed);
        let count = self.ask(query, &Ctl::default()).expect("counted").value.certain;
        (count, self.rows.read.load(Ordering::Relaxed) - before)
    }
}

fn question(query: &str) -> Question {
    let filter = Filter::parse(query, None).expect("a query");
    Question { filter: Arc::new(filter), ..Question::default() }
}

const TITLES: [&str; 6] = ["talks", "talks about talks", "tall trees", "rain", "even rain", "talc"];

#[test]
fn no_row_is_read_twice_for_a_text() {
    let mut growing = Growing::new(&TITLES);
    growing.grow(5);
    assert_eq!(growing.count("tal"), (3, 5));
    assert_eq!(growing.count("tal"), (3, 0));
    assert_eq!(growing.count("tal tag:odd"), (1, 0));
    // Whoever has the longer text has the shorter one.
    assert_eq!(growing.count("talks"), (2, 3));
    growing.grow(1);
    assert_eq!(growing.count("talks"), (2, 1));
    assert_eq!(growing.count("tal"), (4, 1));
}

#[test]
fn only_rows_that_are_open_are_read_and_names_are_known() {
    let mut growing = Growing::new(&TITLES);
    growing.grow(6);
    assert_eq!(growing.count("tag:even rain"), (1, 3));
    assert_eq!(growing.count("rain tag:even"), (1, 0));
    assert_eq!(growing.count("rain"), (2, 3));
    // Three have the tag; of the others none has the text.
    assert_eq!(growing.count("even"), (3, 3));
    assert_eq!(growing.count("tag:odd or talks"), (4, 3));
}

#[test]
fn an_answer_that_is_late_says_so_and_the_next_one_goes_on() {
    let mut growing = Growing::new(&TITLES);
    growing.grow(6);
    let late = Ctl::default().until(Instant::now());
    let answer = growing.ask("talks", &late).expect("an answer in part");
    assert!(!answer.done && !answer.exact && matches!(answer.coverage, Coverage::Partial(0, _)));
    let page = growing.store.page(&question("talks"), Key::FIRST, Direction::Forward, 9, &late);
    assert!(page.is_ok_and(|page| !page.done && page.value.is_empty()));
    // What needs no reading is never late.
    assert!(growing.ask("tag:odd", &late).is_ok_and(|answer| answer.done && answer.value.certain == 3));
    assert_eq!(growing.count("talks"), (2, 6));
    let answer = growing.ask("talks", &late).expect("all is known");
    assert!(answer.done && answer.exact && answer.coverage == Coverage::Full);
}

#[test]
fn cancelled_is_cancelled_and_may_be_asked_again() {
    let mut growing = Growing::new(&TITLES);
    growing.grow(6);
    let ctl = Ctl::default();
    ctl.cancel();
    assert!(matches!(growing.ask("talks", &ctl), Err(StoreError::Cancelled)));
    assert_eq!(growing.count("talks"), (2, 6));
}

#[test]
fn rows_that_changed_are_an_error_and_never_something_else() {
    let mut growing = Growing::new(&TITLES);
    growing.grow(6);
    growing.rows.changed.store(true, Ordering::Relaxed);
    assert!(matches!(growing.ask("talks", &Ctl::default()), Err(StoreError::Row(RowFault::Changed))));
    let page = growing.store.page(&question(""), Key::FIRST, Direction::Forward, 9, &Ctl::default());
    assert!(matches!(page, Err(StoreError::Row(RowFault::Changed))));
    assert!(growing.ask("tag:odd", &Ctl::default()).is_ok_and(|answer| answer.value.certain == 3));
}

#[test]
fn an_event_that_a_filter_names_may_come_later() {
    let mut growing = Growing::new(&TITLES);
    growing.grow(1);
    assert_eq!(growing.ask("in:@e3", &Ctl::default()).expect("counted").value, Count::default());
    growing.grow(5);
    let count = growing.ask("in:@e3", &Ctl::default()).expect("counted").value;
    assert_eq!(count, Count { certain: 1, possible: 5 });
    assert_eq!(growing.count("id:e3"), (1, 6));
}
