//! `annals draft`: from an article to a chronology, checked and exported.

use std::fs;

use super::{annals_in, err, out, succeeds};

const ARTICLE: &str = "Published: 27 January 2024\n\nThe Halden river flooded the old town on Thursday. Rebels attacked \
    the Iraqi army in late 2017. “The water will rise again,” Mayor Ann Berg said on Friday.\n";

#[test]
fn an_article_becomes_a_checked_and_exported_chronology() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("texts")).expect("a folder");
    fs::write(folder.path().join("texts/flood.txt"), ARTICLE).expect("written");
    succeeds(&annals_in(folder.path(), &["draft", "texts/flood.txt", "-o", "draft.toml"], ""));
    let checked = annals_in(folder.path(), &["check", "--strict", "draft.toml"], "");
    assert_eq!(checked.status.code(), Some(0), "{}{}", out(&checked), err(&checked));
    let table = succeeds(&annals_in(folder.path(), &["export", "draft.toml", "--format", "csv"], ""));
    assert!(table.contains("[2017-09..2017-12]") && table.contains("2024-01-25"), "{table}");
    let again = annals_in(folder.path(), &["draft", "texts/flood.txt", "-o", "draft.toml"], "");
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("is there already"));
}

#[test]
fn the_day_of_publication_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = annals_in(folder.path(), &["draft", "-"], "The army left on Thursday.");
    assert_eq!(asked.status.code(), Some(2));
    assert!(err(&asked).contains("--published"), "{}", err(&asked));
    let given = succeeds(&annals_in(
        folder.path(),
        &["draft", "-", "--published", "27 January 2024"],
        "The army left on Thursday.",
    ));
    assert!(given.contains("date = \"2024-01-25\"") && given.contains("standard input"), "{given}");
}

#[test]
fn a_draft_joins_a_chronology_and_leaves_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let mine = "# Mine.\ntitle = \"Mine\"\n\n[[actors]]\nid = \"iq-army\"\nname = \"Iraqi army\" # ours\n\n[[actors]]\nid = \"them\"\nname = \"Rebels\"\n\n[[events]]\nid = \"attack\"\ndate = \"2017-10\"\ntitle = \"Rebels attack the Iraqi army\"\nkind = \"attack\"\nactors = [{ id = \"them\", role = \"attacker\" }, { id = \"iq-army\", role = \"target\" }]\n";
    fs::write(file("mine.toml"), mine).expect("written");
    fs::write(file("flood.txt"), ARTICLE).expect("written");
    succeeds(&annals_in(folder.path(), &["draft", "flood.txt", "--into", "mine.toml", "-o", "new.toml"], ""));
    let new = fs::read_to_string(file("new.toml")).expect("a file");
    assert_eq!(fs::read_to_string(file("mine.toml")).expect("a file"), mine);
    // Only the further source is new among the lines that were there.
    assert!(mine.lines().all(|line| new.contains(line)) && new.starts_with("# Mine."), "{new}");
    assert!(new.contains("date = \"[2017-09..2017-12]\""), "{new}");
    assert_eq!(new.matches("name = \"Iraqi army\"").count(), 1);
    let checked = annals_in(folder.path(), &["check", "new.toml"], "");
    assert_eq!(checked.status.code(), Some(0), "{}{}", out(&checked), err(&checked));
    // In place only where -o says so; the same text again adds no source twice.
    succeeds(&annals_in(folder.path(), &["draft", "flood.txt", "--into", "new.toml", "-o", "new.toml"], ""));
    assert_eq!(annals_in(folder.path(), &["check", "new.toml"], "").status.code(), Some(0));
}

#[test]
fn what_is_wrong_in_a_file_of_actors_has_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("who.toml"), "[[actors]]\nname = \"A\"\ncolour = \"red\"\n")
        .expect("written");
    let output = annals_in(
        folder.path(),
        &["draft", "-", "--published", "2024", "--actors", "who.toml"],
        "It rained.",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("who.toml:3:1"), "{}", err(&output));
}

#[test]
fn texts_of_all_sorts_give_chronologies_whose_quotes_are_in_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts: [(&str, Vec<u8>, bool); 9] = [
        ("crlf", ARTICLE.replace('\n', "\r\n").into_bytes(), true),
        ("bom", [b"\xef\xbb\xbf".as_slice(), ARTICLE.as_bytes()].concat(), true),
        (
            "latin1",
            b"Published: 27 January 2024\n\nCaf\xe9 owners attacked Rebels. The army left on Thursday.\n"
                .into(),
            true,
        ),
        ("empty", Vec::new(), false),
        ("binary", (0..=255).cycle().take(4000).collect(), false),
        ("line", "Rebels attacked the army in 2014 and ".repeat(3000).into_bytes(), true),
        (
            "cyrillic",
            "Published: 27 January 2024\n\nВойна началась в 2014 году. The army left on Thursday.\n".into(),
            true,
        ),
        (
            "rtl",
            "Published: 27 January 2024\n\n\u{202e}قال «نعم»\u{202c} The army left Baghdad on Thursday.\n"
                .into(),
            true,
        ),
        (
            "marks",
            "Published: 27 January 2024\n\nZ\u{301}\u{301}\u{301}oe 👩‍👩‍👧 The army left on Thursday.\n".into(),
            true,
        ),
    ];
    for (name, bytes, told) in texts {
        fs::write(folder.path().join(format!("{name}.txt")), bytes).expect("written");
        let (text, draft) = (format!("{name}.txt"), format!("{name}.toml"));
        let published = ["draft", &text, "--published", "2024-01-27", "-o", &draft];
        let done = annals_in(folder.path(), &published, "");
        assert_eq!(done.status.code(), Some(0), "{name}: {}", err(&done));
        let checked = annals_in(folder.path(), &["check", "--strict", &draft], "");
        assert_eq!(checked.status.code(), Some(0), "{name}: {}{}", out(&checked), err(&checked));
        let count = succeeds(&annals_in(folder.path(), &["count", &draft], ""));
        assert_eq!(count.contains(|c: char| ('1'..='9').contains(&c)), told, "{name}: {count}");
    }
}

#[test]
fn several_texts_become_one_chronology_with_a_document_each() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("a.txt"),
        "Published: 27 January 2024\n\nRebels attacked the Iraqi army on Thursday.\n",
    )
    .expect("written");
    fs::write(folder.path().join("b.txt"), "Published: 3 March 2024\n\nThe Iraqi army left on Thursday.\n")
        .expect("written");
    let both = succeeds(&annals_in(
        folder.path(),
        &["draft", "a.txt", "b.txt", "-"],
        "Rebels surrendered in 2025.\n",
    ));
    // Each counts from its own day; who is in several is one.
    for words in ["2024-01-25", "2024-02-29", "date = \"2025\"", "id = \"a\"", "id = \"b\"", "id = \"text\""]
    {
        assert!(both.contains(words), "{words}: {both}");
    }
    assert_eq!(both.matches("name = \"Iraqi army\"").count(), 1, "{both}");
    assert_eq!(both.matches("name = \"Rebels\"").count(), 1, "{both}");
    let missing = annals_in(folder.path(), &["draft", "a.txt", "none.txt"], "");
    assert_eq!(missing.status.code(), Some(1));
    assert!(err(&missing).contains("none.txt"), "{}", err(&missing));
}

#[test]
fn what_is_there_stays_byte_for_byte_where_only_events_are_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = "# Kept.\ntitle   =  'Mine'\n\n[[actors]] # who\nid = 'army'\nname = \"The army of Iraq\"\naliases = [ \"Iraqi army\",]\n\n[[events]]\nid = \"old\"\ndate = \"1999\"\ntitle = \"Something else\" # as it is";
    fs::write(folder.path().join("mine.toml"), mine).expect("written");
    fs::write(folder.path().join("a.txt"), ARTICLE).expect("written");
    let new = succeeds(&annals_in(folder.path(), &["draft", "a.txt", "--into", "mine.toml"], ""));
    assert!(new.starts_with(mine), "{new}");
    assert!(new.contains("id = \"army\"") && !new.contains("id = \"iraqi-army\""), "{new}");
    assert_eq!(fs::read_to_string(folder.path().join("mine.toml")).expect("a file"), mine);
}
