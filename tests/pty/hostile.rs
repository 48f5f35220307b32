//! Chronologies made to break out of the screen, and keys made to break it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::browser::{ANNALS, printed, start};
use super::escapes::{foreign, sequences};
use super::session::Settings;

/// What a file may hold that a terminal would obey, or that hides what is there.
const PAYLOADS: [&str; 16] = [
    "\x1b[2J\x1b[H",
    "\x1b]0;title\x07",
    "\x1b]52;c;cm0gLXJm\x1b\\",
    "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP$q\"p\x1b\\",
    "\x1b[6n\x1b[c\x1b[?1049l",
    "\x1b_Gi=1;AAAA\x1b\\",
    "\u{9b}31m\u{9d}0;x\u{9c}",
    "a\rb\x08c\x07\x0b\x0c",
    "a\0b\x7fc",
    "tab\there\nand line",
    "\u{202e}right\u{202c}\u{2066}x\u{2069}",
    "zero\u{200b}width\u{feff}\u{2060}\u{ad}",
    "tag\u{e0041}\u{e0042}",
    "z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}",
    "\x1b[?1000h\x1b[?1003h\x1bc",
];

/// A chronology with payloads wherever a text can stand.
fn hostile() -> Value {
    let events: Vec<Value> = PAYLOADS
        .iter()
        .enumerate()
        .map(|(n, bad)| {
            let text = |what: &str| format!("{what} {bad} {what}");
            json!({
                "id": format!("e{n}"),
                "date": format!("{}", 1900 + n),
                "date_text": text("words"), "date_basis": text("basis"),
                "title": text("title"), "summary": text("summary"), "kind": text("kind"),
                "status": "occurred", "note": text("note"), "tags": [text("tag")],
                "actors": [{ "id": format!("a{n}"), "role": text("role") }],
                "places": [format!("p{n}")],
                "fields": { text("field"): text("value") },
                "links": [{ "event": "e0", "relation": text("follows") }],
                "sources": [{ "document": "d", "quote": text("quote"), "according_to": text("voice"), "url": text("url") }],
            })
        })
        .collect();
    let named = |prefix: &str, n: usize, bad: &str| json!({ "id": format!("{prefix}{n}"), "name": format!("{prefix} {bad}") });
    let all = |prefix: &str| -> Vec<Value> {
        PAYLOADS.iter().enumerate().map(|(n, bad)| named(prefix, n, bad)).collect()
    };
    let mut actors = all("a");
    for (n, actor) in actors.iter_mut().enumerate() {
        actor["aliases"] = json!([PAYLOADS[n]]);
        actor["party"] = json!(format!("y{n}"));
    }
    let joined = PAYLOADS.concat();
    json!({
        "title": format!("title {joined}"), "summary": joined,
        "documents": [{ "id": "d", "title": joined, "publisher": joined, "published": "2000", "note": joined, "url": joined }],
        "parties": all("y"), "actors": actors, "places": all("p"), "events": events,
    })
}

fn write_hostile(folder: &Path) {
    fs::write(folder.join("hostile.json"), hostile().to_string()).unwrap();
}

#[test]
fn no_text_of_a_chronology_reaches_the_terminal_as_a_command() {
    let folder = tempfile::tempdir().unwrap();
    write_hostile(folder.path());
    for size in [(80, 24), (200, 50), (40, 12)] {
        let session =
            start(&["hostile.json"], &Settings { size, directory: folder.path(), ..Settings::default() });
        // Every event with its pane, scrolled to its end and back.
        for _ in 0..PAYLOADS.len() {
            session.send("JJJJJJJJKKKKKKKKj");
        }
        session.wait_for_text(&format!("{} of ", PAYLOADS.len()));
        // Sidebar, menu of values, filter with proposals, search, export dialog, help, palette, undo.
        for keys in ["a\x1b[6~\x1b[6~jjj x", "\t", "Fjjj\x07q", "\x03"] {
            session.send(keys);
        }
        let end = session.end();
        end.assert_clean(0);
        assert_eq!(foreign(&end.raw), Vec::<String>::new());
    }
}

#[test]
fn nor_do_dialogs_and_what_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    write_hostile(folder.path());
    let session = start(&["hostile.json"], &Settings { directory: folder.path(), ..Settings::default() });
    for (keys, shown) in [
        ("F", "title"),
        ("\x1b[B\x1b[B\r", "filter"),
        ("fplace:p", "place"),
        ("\t\r", "filter"),
        ("c", "of "),
        ("/title\r", "hit"),
        ("w", "file"),
        ("\x1b\x1b", "of "),
        ("?", "next"),
    ] {
        session.send(keys);
        session.wait_for_text(shown);
    }
    session.send("\x03");
    let end = session.end();
    end.assert_clean(0);
    assert_eq!(foreign(&end.raw), Vec::<String>::new());
}

#[test]
fn nor_do_listings_counts_and_errors() {
    let folder = tempfile::tempdir().unwrap();
    write_hostile(folder.path());
    for arguments in [
        &["hostile.json"][..],
        &["export", "hostile.json", "--format", "txt"],
        &["count", "hostile.json", "--by", "actor"],
        &["count", "hostile.json", "--by", "kind"],
    ] {
        let written = sequences(printed(folder.path(), arguments).as_bytes());
        assert!(written.iter().all(|sequence| sequence == "U+000A"), "{arguments:?}: {written:?}");
    }
    let bad = "no\x1b[2J\x1b]0;x\x07such\u{202e}.json";
    let term = format!("nothing:{bad}");
    for arguments in [&[bad][..], &["export", "--format", "txt", "--filter", &term]] {
        let output = Command::new(ANNALS).args(arguments).current_dir(folder.path()).output().unwrap();
        let written = sequences(&output.stderr);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(written.iter().all(|sequence| sequence == "U+000A"), "{arguments:?}: {written:?}");
    }
}

/// Numbers that look random and are the same each time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

#[test]
fn no_keys_in_any_order_break_the_browser() {
    // Everything but what quits (q in the timeline, Ctrl-C) or ends the filter's own typing by quitting.
    let mut keys: Vec<String> = (' '..='~').filter(|c| *c != 'q').map(String::from).collect();
    keys.extend((1..=26_u8).filter(|byte| *byte != 3).map(|byte| char::from(byte).to_string()));
    let named = [
        "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b[Z", "\x1b[3~",
    ];
    for _ in 0..8 {
        keys.extend(named.iter().map(|key| (*key).to_owned()));
        keys.extend(["j", "k", "l", "h", " ", "\r", "\t", "u"].map(str::to_owned));
    }
    keys.push("\x1b[200~pasted\x1b[31m\r\n\u{202e}text\x1b[201~".into());
    let folder = tempfile::tempdir().unwrap();
    write_hostile(folder.path());
    let settings =
        Settings { directory: folder.path(), environment: &[("VISUAL", "true")], ..Settings::default() };
    let session = start(&["hostile.json"], &settings);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut before = session.written();
    for round in 0..60 {
        for _ in 0..50 {
            session.send(&keys[dice.roll(keys.len())]);
        }
        if round % 5 == 0 {
            let size = (dice.roll(150) as u16, dice.roll(60) as u16);
            session.resize(size.0, size.1);
        }
        // A frame after these keys shows that the browser lives; Ctrl-L draws the whole screen in every mode.
        session.send("\x0c");
        before = session.wait_for_bytes(b"\x1b[2J", before);
    }
    session.send("\x03\x03\x03");
    session.end().assert_clean(0);
}
