//! Configurations, right and wrong.

use super::*;
use crate::app::action::{Action, Mode};
use crate::keymap::{Found, key};

/// The printed default with its keys no longer commented out: prose has a space behind its mark.
fn uncommented() -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.is_empty() && !setting.starts_with(' ') => setting.to_owned(),
        _ => line.to_owned(),
    };
    default_text().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// What is wrong, as it is printed.
fn wrong(text: &str) -> Vec<String> {
    let told = |fault: &Fault| match &fault.hint {
        Some(hint) => format!("{fault} ({hint})"),
        None => fault.to_string(),
    };
    Config::read(text.as_bytes()).1.iter().map(told).collect()
}

#[test]
fn the_printed_default_is_the_default() {
    for text in [default_text(), uncommented()] {
        let (config, faults) = Config::read(text.as_bytes());
        assert_eq!(faults, []);
        assert_eq!(config, Config::default());
    }
}

#[test]
fn every_key_is_in_the_printed_default() {
    let text = uncommented();
    let lines = Lines::new(&text, 0);
    let whole = toml::parse(&lines).expect("TOML");
    let mut names: Vec<&str> = whole.members().iter().map(|member| member.key.as_str()).collect();
    assert_eq!(names.pop(), Some(KEYS));
    assert_eq!(names, Config::NAMES);
    let keys = whole.get(KEYS).expect("the table of keys").members();
    assert_eq!(keys.len(), Action::ALL.len());
    assert!(keys.iter().zip(Action::ALL).all(|(member, action)| member.key == action.name()));
}

#[test]
fn values_are_taken() {
    let text = "theme = \"high-contrast\"\ncolor = \"never\"\nascii = true\nview = \"lanes\"\nsidebar = false\nelapsed = true\n\
                columns = [\"title\", \"fields.deaths\", \"title\"]\nmouse = true\nlinks = false\nreverse = true\n";
    let (config, faults) = Config::read(text.as_bytes());
    assert_eq!(faults, []);
    let columns = vec![Column::Title, Column::Field("deaths".to_owned())];
    let expected = Config {
        theme: Some(Theme::HighContrast),
        color: ColorChoice::Never,
        ascii: Some(true),
        view: View::Lanes,
        sidebar: Some(false),
        elapsed: true,
        columns,
        mouse: true,
        links: false,
        reverse: true,
        ..Config::default()
    };
    assert_eq!(config, expected);
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_the_default_stays() {
    let text = "colour = \"never\"\nreverse = 1\n\nascii = \"yes\"\ncolor = \"allways\"\ncolumns = [\"when\", \"who\"]\n";
    insta::assert_snapshot!(wrong(text).join("\n"));
    assert_eq!(Config::read(text.as_bytes()).0, Config::default());
}

#[test]
fn a_file_that_is_no_toml_is_told_once() {
    assert_eq!(
        wrong("color = \"never\"\nreverse ="),
        ["2:10: error: not TOML: string values must be quoted, expected literal string"]
    );
    assert_eq!(Config::read(b"color = \"\xff\"").1.len(), 1);
    assert_eq!(Config::read(b""), (Config::default(), vec![]));
}

#[test]
fn keys_are_remapped_everywhere_and_in_single_modes() {
    let text = "[keys]\nnext = \"Z\"\nfilter = \"none\"\nsearch = []\n[keys.in.help]\nnext = [\"n\", \"ctrl-x e\"]\n";
    let (config, faults) = Config::read(text.as_bytes());
    assert_eq!(faults, []);
    let find = |mode, keys: &str| config.keymap.find(mode, &key::sequence(keys).expect(keys));
    assert_eq!(find(Mode::List, "Z"), Found::Action(Action::Down));
    assert_eq!(find(Mode::List, "j"), Found::Nothing);
    assert_eq!(find(Mode::List, "f"), Found::Nothing);
    assert_eq!(find(Mode::List, "/"), Found::Nothing);
    assert_eq!(find(Mode::Help, "ctrl-x"), Found::Begun);
    assert_eq!(find(Mode::Help, "ctrl-x e"), Found::Action(Action::Down));
    assert_eq!(find(Mode::Help, "Z"), Found::Nothing);
}

#[test]
fn keys_that_are_wrong_are_told() {
    let text = "[keys]\nnxt = \"e\"\nnext = [\"pagedn\", 3]\ngo-to = \"n\"\nfirst = \"g g\"\nlast = \"g\"\n\
                [keys.in.prompt]\nopen = [\"o\"]\nwrite = \"x\"\n[keys.in.lists]\nnext = \"e\"\n";
    insta::assert_snapshot!(wrong(text).join("\n"));
    assert_eq!(wrong("keys = 3"), ["1:8: warning: keys: 3 is no table of actions"]);
}

#[test]
fn no_action_is_called_like_the_table_of_modes() {
    assert_eq!(Action::named("in"), None);
}

#[test]
fn the_table_of_keys_has_every_action_of_every_mode() {
    let table = keys_table(&Keymap::default());
    let expected: usize = Action::ALL.iter().map(|action| action.modes().len()).sum();
    assert_eq!(table.lines().count(), expected);
    assert!(table.contains("[\"j\", \"down\"]"), "{table}");
}
