use proptest::prelude::*;

use super::super::{FORMATS, Severity, json, toml};
use super::generate::chronology;
use super::read;
use crate::text::safe;

/// Whether a terminal could be led astray by it.
fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || safe::is_hidden(c)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn toml_reads_back_what_it_writes(chronology in chronology()) {
        let text = toml::to_string(&chronology).unwrap();
        let read = read("toml", text.as_bytes());
        prop_assert!(!read.faults.iter().any(|fault| fault.severity == Severity::Error), "{:?}\n{text}", read.faults);
        prop_assert_eq!(&read.chronology, &chronology, "{}", text);
        prop_assert!(!text.contains(is_unsafe), "{:?}", text);
    }

    #[test]
    fn json_reads_back_what_it_writes(chronology in chronology()) {
        let text = json::to_string(&chronology).unwrap();
        let read = read("json", text.as_bytes());
        prop_assert!(!read.faults.iter().any(|fault| fault.severity == Severity::Error), "{:?}\n{text}", read.faults);
        prop_assert_eq!(&read.chronology, &chronology, "{}", text);
        prop_assert!(!text.contains(is_unsafe), "{:?}", text);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for format in FORMATS.iter().filter(|format| format.read.is_some()) {
            read(format.name, &bytes);
        }
    }

    #[test]
    fn no_near_miss_makes_a_reader_panic(
        chronology in chronology(),
        at in any::<proptest::sample::Index>(),
        byte in proptest::sample::select(b"\"'[]{},:=.\\\n#x0\xff".to_vec()),
    ) {
        let written = [
            ("toml", toml::to_string(&chronology).unwrap()),
            ("json", json::to_string(&chronology).unwrap()),
            ("jsonl", serde_json::to_string(&chronology.events.first()).unwrap()),
        ];
        for (format, text) in written {
            let mut bytes = text.into_bytes();
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
                read(format, &bytes);
                bytes.truncate(at);
                read(format, &bytes);
            }
        }
    }
}
