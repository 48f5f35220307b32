use proptest::prelude::*;

use super::*;

fn decode(bytes: &[u8]) -> Vec<Input> {
    let mut out = Vec::new();
    Decoder::default().feed(bytes, &mut out);
    out
}

fn decode_and_wait(bytes: &[u8]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut out = Vec::new();
    decoder.feed(bytes, &mut out);
    decoder.silence(&mut out);
    assert!(decoder.patience().is_none(), "silence leaves something to wait for: {decoder:?}");
    out
}

/// `ctrl-alt-shift-CODE`, several with blanks between.
fn words(inputs: &[Input]) -> String {
    let word = |input: &Input| match input {
        Input::Key(key) => {
            let mut word = String::new();
            for (modifier, name) in [
                (KeyModifiers::CONTROL, "ctrl-"),
                (KeyModifiers::ALT, "alt-"),
                (KeyModifiers::SHIFT, "shift-"),
                (KeyModifiers::SUPER, "super-"),
            ] {
                if key.modifiers.contains(modifier) {
                    word += name;
                }
            }
            match key.code {
                KeyCode::Char(' ') => word + "Space",
                KeyCode::Char(c) => word + &c.to_string(),
                KeyCode::F(n) => format!("{word}F{n}"),
                code => format!("{word}{code:?}"),
            }
        }
        other => format!("{other:?}"),
    };
    inputs.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn characters_and_control_keys() {
    for (bytes, expected) in [
        (&b"jK1 "[..], "j shift-K 1 Space"),
        (b"\r\t\x7f\x08", "Enter Tab Backspace Backspace"),
        (b"\x01\n\x1a\0", "ctrl-a ctrl-j ctrl-z ctrl-Space"),
        (b"\x1c\x1d\x1e\x1f", "ctrl-4 ctrl-5 ctrl-6 ctrl-7"),
        ("é Ö 語 🙂 e\u{301}".as_bytes(), "é Space shift-Ö Space 語 Space 🙂 Space e \u{301}"),
        (b"\x1bf\x1bF\x1b\r\x1b\x7f", "alt-f alt-shift-F alt-Enter alt-Backspace"),
        ("\x1bé".as_bytes(), "alt-é"),
        (b"\xffa\xc3(\xed\xa0\x80", "\u{fffd} a \u{fffd} ( \u{fffd}"),
        ("\u{85}".as_bytes(), "\u{fffd}"),
    ] {
        assert_eq!(words(&decode(bytes)), expected, "{bytes:?}");
    }
}

#[test]
fn keys_with_sequences() {
    for (bytes, expected) in [
        (&b"\x1b[A\x1b[B\x1b[C\x1b[D"[..], "Up Down Right Left"),
        (b"\x1bOA\x1bOH\x1bOF\x1bOP\x1bOM", "Up Home End F1 Enter"),
        (b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End"),
        (b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Insert Delete PageUp PageDown"),
        (b"\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[24~\x1b[29~\x1b[34~", "F1 F5 F6 F10 F12 F16 F20"),
        (b"\x1b[[A\x1b[[E\x1b[[Z", "F1 F5"),
        (b"\x1b[1;5C\x1b[1;2A\x1b[3;3~\x1b[1;9D", "ctrl-Right shift-Up alt-Delete super-Left"),
        (b"\x1b[Z\x1b[1;2Z", "shift-BackTab shift-BackTab"),
        (b"\x1b[1;1:1A\x1b[1;1:2A\x1b[1;1:3A", "Up Up"),
        (b"\x1b[97;5u\x1b[97;2u\x1b[27u\x1b[13;3u\x1b[9;2u", "ctrl-a shift-A Esc alt-Enter shift-BackTab"),
        (b"\x1b[27;5;46~", "ctrl-."),
        (b"\x1b[1;2R\x1b[24;80Rj", "shift-F3 j"),
        (b"\x1b[I\x1b[O", "Focus(true) Focus(false)"),
        (b"\x1b[106;5u\x1b[104;5u\x1b[105;5u\x1b[97;69u", "ctrl-j ctrl-h ctrl-i ctrl-a"),
    ] {
        assert_eq!(words(&decode(bytes)), expected, "{bytes:?}");
    }
}

#[test]
fn what_terminals_report_is_no_key() {
    for bytes in [
        &b"\x1b]10;rgb:0000/0000/0000\x1b\\"[..],
        b"\x1b]11;?\x07",
        b"\x1bP11;rgb:0000/0000/0000\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1bPa\x1bb\x1b\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[?2026;2$y",
        b"\x1b[<35;10;10M",
        b"\x1b[<0;10M",
        b"\x1b[<0;0;99999999M",
        b"\x1b[57441u",
        b"\x1b[99999999999999999999~",
        b"\x1b[201~",
        b"\x1b]52;c;cm0gLXJmIC8=\x18",
    ] {
        assert_eq!(words(&decode(&[bytes, b"j"].concat())), "j", "{bytes:?}");
    }
}

#[test]
fn the_mouse_is_told() {
    let inputs = decode(b"\x1b[<0;1;1M\x1b[<32;12;3M\x1b[<0;12;3m\x1b[<64;200;50M\x1b[<69;300;1M");
    let told: Vec<String> = inputs
        .iter()
        .map(|input| match input {
            Input::Mouse(event) => format!("{:?} {},{}", event.kind, event.column, event.row),
            other => format!("{other:?}"),
        })
        .collect();
    let expected =
        ["Down(Left) 0,0", "Drag(Left) 11,2", "Up(Left) 11,2", "ScrollUp 199,49", "ScrollDown 299,0"];
    assert_eq!(told, expected);
}

#[test]
fn answers_are_told_apart() {
    for (bytes, expected) in [
        (&b"\x1b]11;rgb:1e1e/2020/ffff\x1b\\"[..], "Report(Background(30, 32, 255))"),
        (b"\x1b]11;rgb:0/0/0\x07", "Report(Background(0, 0, 0))"),
        (b"\x1b[?62;22c", "Report(Last)"),
        (b"\x1b[?0u", "Report(Keyboard)"),
        (b"\x1b[?u", ""),
    ] {
        let expected = [expected, "j"].iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>();
        assert_eq!(words(&decode(&[bytes, b"j"].concat())), expected.join(" "), "{bytes:?}");
    }
    let long = [b"\x1b]11;rgb:0/0/0".to_vec(), vec![b'/'; 100_000], b"\x07j".to_vec()].concat();
    assert_eq!(words(&decode(&long)), "j");
}

#[test]
fn a_sequence_too_long_is_passed_over_whole() {
    let long = [b"\x1b[".to_vec(), vec![b'1'; 100_000], b"Aj".to_vec()].concat();
    assert_eq!(words(&decode(&long)), "j");
}

#[test]
fn a_broken_sequence_ends_where_the_next_begins() {
    assert_eq!(words(&decode(b"\x1b[1;\x1b[A")), "Up");
    assert_eq!(words(&decode(b"\x1bO\x1bOA")), "Up");
    assert_eq!(words(&decode(b"\x1b[1\rj")), "Enter j");
}

#[test]
fn what_stays_alone_stands_for_itself() {
    assert_eq!(words(&decode(b"\x1b")), "");
    assert_eq!(words(&decode_and_wait(b"\x1b")), "Esc");
    assert_eq!(words(&decode_and_wait(b"\x1b\x1b")), "Esc Esc");
    assert_eq!(words(&decode_and_wait(b"\x1b[")), "alt-[");
    assert_eq!(words(&decode_and_wait(b"\x1bO")), "alt-shift-O");
    assert_eq!(words(&decode_and_wait(b"\x1b]")), "alt-]");
    assert_eq!(words(&decode_and_wait(b"\x1b]0;never ended")), "");
    assert_eq!(words(&decode(b"\x1b\x1b[A")), "Esc Up");
}

#[test]
fn a_sequence_in_pieces_is_one_key() {
    let mut decoder = Decoder::default();
    let mut out = Vec::new();
    for byte in b"\x1b[1;5C" {
        decoder.feed(&[*byte], &mut out);
    }
    assert_eq!(words(&out), "ctrl-Right");
}

#[test]
fn a_paste_is_one_text_whatever_is_in_it() {
    let paste = |text: &str| decode(format!("\x1b[200~{text}\x1b[201~q").as_bytes());
    for (text, expected) in [
        ("dq\rrm -rf\r\n\n", "dq\nrm -rf\n\n"),
        ("\x1b[A\x1b\x03\u{202e}", "\x1b[A\x1b\x03\u{202e}"),
        ("\x1b[20\x1b[201", "\x1b[20\x1b[201"),
        ("", ""),
    ] {
        let inputs = paste(text);
        assert_eq!(inputs.first(), Some(&Input::Paste(expected.into())));
        assert_eq!(words(inputs.get(1..).unwrap()), "q");
    }
}

#[test]
fn a_paste_is_cut_at_its_limit_and_still_ends() {
    let long = [b"\x1b[200~".to_vec(), vec![b'x'; LONGEST_PASTE + 10], b"\x1b[201~j".to_vec()].concat();
    let inputs = decode(&long);
    assert!(matches!(inputs.first(), Some(Input::Paste(text)) if text.len() == LONGEST_PASTE));
    assert_eq!(words(inputs.get(1..).unwrap()), "j");
}

#[test]
fn a_paste_that_never_ends_does_not_keep_the_keyboard() {
    assert_eq!(decode_and_wait(b"\x1b[200~abc\x1b[2"), [Input::Paste("abc\x1b[2".into())]);
}

/// Bytes that are likely to begin or end something.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let likely =
        prop::sample::select(b"\x1b\x1b[]OPX^_;:?0129~uRZAM\\\x07\x18\xc3\xa9\xe2\xf0\xff\r j".to_vec());
    prop::collection::vec(prop_oneof![4 => likely, 1 => any::<u8>()], 0..200)
}

proptest! {
    #[test]
    fn pieces_do_not_matter(bytes in bytes(), cuts in prop::collection::vec(0_usize..200, 0..8)) {
        let whole = decode(&bytes);
        let mut decoder = Decoder::default();
        let mut pieces = Vec::new();
        for (index, byte) in bytes.iter().enumerate() {
            if cuts.contains(&index) {
                decoder.feed(&[], &mut pieces);
            }
            decoder.feed(&[*byte], &mut pieces);
        }
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn the_keyboard_always_comes_back(bytes in bytes()) {
        let mut decoder = Decoder::default();
        let mut out = Vec::new();
        decoder.feed(&bytes, &mut out);
        decoder.silence(&mut out);
        // At most one more key is swallowed by what was begun.
        decoder.feed(b"j", &mut out);
        decoder.silence(&mut out);
        out.clear();
        decoder.feed(b"j", &mut out);
        prop_assert_eq!(words(&out), "j");
    }
}
