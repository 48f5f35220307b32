//! The browser as a reader has configured it.

use std::fs;

use super::browser::ANNALS;
use super::session::{Session, Settings};

/// Starts the browser with a configuration.
fn configured(text: &str, arguments: &[&str]) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("annals")).unwrap();
    fs::write(folder.path().join("annals").join("config.toml"), text).unwrap();
    let home = folder.path().to_str().unwrap().to_owned();
    let environment = [("XDG_CONFIG_HOME", home.as_str())];
    let session =
        Session::start(ANNALS, arguments, &Settings { environment: &environment, ..Settings::default() });
    session.wait_for_text(" of 41");
    (folder, session)
}

#[test]
fn a_wrong_configuration_starts_with_defaults_and_says_so() {
    let (_folder, session) = configured("view = \"lines\"\n[keys]\nleave = \"Q\"\n", &[]);
    session.wait_for_text("config.toml:1:8: view: \"lines\" is none of");
    session.send("j");
    session.wait_for_text("2 of 41");
    session.send("Q");
    let end = session.end();
    end.assert_clean(0);
    let said = String::from_utf8_lossy(&end.raw).into_owned();
    assert!(said.contains("config.toml:1:8: warning: view: \"lines\" is none of"), "{said}");
}

#[test]
fn the_command_line_wins_and_the_configuration_can_be_left_out() {
    let (_folder, session) = configured("view = \"lanes\"\n", &[]);
    session.wait_for_text("l later");
    session.send("q");
    session.end().assert_clean(0);
    for arguments in [["--view", "timeline"].as_slice(), &["--no-config"]] {
        let (_folder, session) = configured("view = \"lanes\"\n", arguments);
        session.wait_for_text("j next");
        session.send("q");
        session.end().assert_clean(0);
    }
}
