//! The browser said in lines, as a screen reader hears it.

mod support;

use annals::app::Options;
use annals::ui::linear::Voice;
use support::{Browser, built_in, chronology, today};

const SIZE: (u16, u16) = (80, 24);

/// A browser and what is heard of it.
struct Listener {
    browser: Browser,
    voice: Voice,
}

impl Listener {
    fn open() -> Self {
        let options = Options { today: Some(today()), linear: true, ..Options::default() };
        Self::of(Browser::of(built_in(), options, SIZE)).0
    }

    /// With what is said at first.
    fn of(browser: Browser) -> (Self, String) {
        let mut listener = Self { browser, voice: Voice::default() };
        let said = listener.voice.speak(&listener.browser.app, false);
        (listener, said)
    }

    /// What each key of a sequence says, written as in the keymap.
    fn keys(&mut self, keys: &str) -> String {
        let mut heard = String::new();
        for key in keys.split_whitespace() {
            self.browser.keys(key);
            heard.push_str(&self.voice.speak(&self.browser.app, true));
        }
        heard
    }

    fn typed(&mut self, text: &str) -> String {
        let keys: Vec<String> =
            text.chars().map(|c| if c == ' ' { "space".to_owned() } else { c.to_string() }).collect();
        self.keys(&keys.join(" "))
    }
}

#[test]
fn a_session_is_heard_line_by_line() {
    let options = Options { today: Some(today()), linear: true, ..Options::default() };
    let (mut listener, begun) = Listener::of(Browser::of(built_in(), options, SIZE));
    let mut heard = vec![(String::new(), begun)];
    for (keys, text) in [
        ("j", ""),
        ("k", ""),
        ("k", ""),
        ("G", ""),
        ("f", "kind:talks"),
        ("enter", ""),
        ("j", ""),
        ("enter", ""),
        ("]", ""),
        ("q", ""),
        ("v j v", ""),
        ("m", ""),
        ("'", ""),
        ("esc", ""),
        ("w", ""),
        ("j space", ""),
        ("esc", ""),
        ("a", ""),
        ("j", ""),
        ("space", ""),
        ("q", ""),
        ("u", ""),
        ("2", ""),
        ("/", "drone"),
        ("enter n", ""),
        ("t", "late 2017"),
        ("enter", ""),
        ("f", "actor:nobody"),
        ("enter", ""),
        ("c", ""),
        ("f", "acter:x"),
        ("enter", ""),
        ("esc", ""),
    ] {
        let mut said = listener.keys(keys);
        said.push_str(&listener.typed(text));
        heard.push((format!("{keys} {text}").trim().to_owned(), said));
    }
    let transcript: Vec<String> = heard.iter().map(|(keys, said)| format!("> {keys}\n{said}")).collect();
    insta::assert_snapshot!(transcript.join("\n"));
}

#[test]
fn every_key_says_something_and_nothing_moves_the_cursor_of_the_terminal() {
    let mut listener = Listener::open();
    for key in "j j j k G g pgdn space space m m u U enter ] [ J esc x esc C j esc w esc s S i esc ? esc 1 2 3 + 0 z T a j space u q".split_whitespace() {
        let said = listener.keys(key);
        assert!(!said.is_empty(), "{key} is silent");
        let moves = said.chars().filter(|c| c.is_control() && *c != '\n').collect::<String>();
        assert!(moves.is_empty(), "{key}: {said:?}");
    }
}

#[test]
fn what_is_typed_is_echoed_and_the_hostile_is_visible() {
    let mut listener = Listener::open();
    assert_eq!(listener.keys("f"), "filter ");
    assert_eq!(listener.typed("kin"), "kin");
    assert_eq!(listener.keys("backspace"), "\u{8} \u{8}");
    assert_eq!(listener.keys("esc"), "\n");
    let toml = "[[events]]\nid = \"a\"\ndate = \"2020\"\ntitle = \"One\\u001b[2J\\u202etwo\"\n";
    let (_, said) =
        Listener::of(Browser::of(chronology(toml), Options { linear: true, ..Options::default() }, SIZE));
    assert!(said.contains("One") && !said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
}

#[test]
fn everything_on_the_way_to_an_export_can_be_done() {
    let mut listener = Listener::open();
    listener.keys("f");
    listener.typed("kind:talks");
    listener.keys("enter w");
    let said = listener.keys("tab");
    assert!(said.contains("file "), "{said}");
    listener.keys("ctrl-u");
    listener.typed("talks.md");
    listener.browser.wanted();
    listener.keys("enter");
    let wanted = listener.browser.wanted();
    assert!(wanted.iter().any(
        |effect| matches!(effect, annals::app::effect::Effect::Export(order) if order.path == "talks.md")
    ));
}
