//! What is printed is read again, and the order is one.

use proptest::prelude::*;

use super::forms;
use crate::when::{Certainty, Stretches, When};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Printing and reading gives the same date, with the same bounds.
    #[test]
    fn print_and_parse(text in forms::edtf()) {
        if let Ok(date) = When::parse(&text) {
            let again = When::parse(date.as_edtf()).expect("what is printed is a date");
            prop_assert_eq!(again.as_edtf(), date.as_edtf());
            prop_assert_eq!(again.bounds(None), date.bounds(None));
        }
    }

    /// What the standard's own grammar takes is taken here, and printed the same.
    #[test]
    fn agrees_with_the_grammar(text in forms::edtf()) {
        if let (Ok(theirs), true) = (edtf_core::Edtf::parse(&text), !text.contains('E')) {
            let ours = When::parse(&text).map(|when| when.to_string());
            // An end before its beginning is measured to the season's last day by both, and to the year's by them.
            prop_assert_eq!(ours, Ok(theirs.to_string()));
        }
    }

    /// Every date has its four instants in order, and its stretches within their hull.
    #[test]
    fn bounds_are_in_order(text in forms::edtf()) {
        if let Ok(date) = When::parse(&text) {
            let bounds = date.bounds(None);
            let hull = bounds.hull;
            prop_assert!(hull.s0 <= hull.e1 && hull.s0 <= hull.s1 && hull.e0 <= hull.e1, "{}", text);
            prop_assert!(bounds.order().0 <= bounds.order().1, "{}", text);
            if let Stretches::OneOf(parts) | Stretches::AllOf(parts) = &bounds.stretches {
                prop_assert!(parts.len() > 1 && parts.len() <= 400);
                prop_assert!(parts.iter().all(|part| part.s0 >= hull.s0 && part.e1 <= hull.e1));
            }
        }
    }

    /// What is over before another begins comes first, and each has one place.
    #[test]
    fn order_follows_time(a in forms::edtf(), b in forms::edtf()) {
        if let (Ok(a), Ok(b)) = (When::parse(&a), When::parse(&b)) {
            let (a, b) = (a.bounds(None), b.bounds(None));
            if a.hull.e1 < b.hull.s0 {
                prop_assert!(a.order() < b.order());
            }
            prop_assert_eq!(a.order() < b.order(), b.order() > a.order());
        }
    }

    /// A mark of doubt never makes an answer more certain, and never rules anything out.
    #[test]
    fn doubt_weakens(text in "[0-9]{4}(-0[1-9](-1[0-9])?)?", from in 0u32..9999, years in 0u32..50) {
        let window = When::parse(&format!("{from:04}/{:04}", (from + years).min(9999))).expect("a window").span();
        let plain = When::parse(&text).expect("a date").bounds(None);
        for sign in ["?", "~", "%"] {
            let marked = When::parse(&format!("{text}{sign}")).expect("a date").bounds(None);
            for (weak, strong) in [
                (marked.goes_on_in(window), plain.goes_on_in(window)),
                (marked.lies_in(window), plain.lies_in(window)),
            ] {
                prop_assert!(weak <= strong);
                prop_assert!(sign == "~" || weak < Certainty::Certain);
                prop_assert_eq!(weak == Certainty::Not, strong == Certainty::Not);
            }
        }
    }
}
