//! How sure a difference between two systems is: the documents drawn again and again, with repeats.

use std::fmt::Write as _;

use crate::score::{Outcome, Tally};

/// What is compared, with its name.
type Measure = (&'static str, fn(&Tally) -> f64);

/// How often documents are drawn.
const DRAWS: usize = 10_000;

/// The differences in the three measures, with the interval that 95 % of the draws lie in.
pub fn compare(ours: &[Outcome], theirs: &[Outcome]) -> String {
    let measures: [Measure; 3] = [
        ("strict", |tally| tally.f1(tally.strict)),
        ("relaxed", |tally| tally.f1(tally.relaxed)),
        ("value", |tally| tally.f1(tally.value)),
    ];
    // A generator of the kind of xorshift, always begun alike, so that a run can be repeated.
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % ours.len().max(1) as u64) as usize
    };
    let mut differences: [Vec<f64>; 3] = Default::default();
    for _ in 0..DRAWS {
        let (mut a, mut b) = (Tally::default(), Tally::default());
        for _ in 0..ours.len() {
            let at = draw();
            a.add(&ours[at].tally);
            b.add(&theirs[at].tally);
        }
        for (differences, (_, measure)) in differences.iter_mut().zip(&measures) {
            differences.push(measure(&a) - measure(&b));
        }
    }
    let mut text = String::new();
    let (a, b) = (Tally::sum(ours), Tally::sum(theirs));
    for (differences, (name, measure)) in differences.iter_mut().zip(&measures) {
        differences.sort_by(f64::total_cmp);
        let at = |share: f64| differences[(share * (DRAWS - 1) as f64) as usize];
        let better = differences.iter().filter(|difference| **difference > 0.0).count();
        let _ = writeln!(
            text,
            "  {name:<8} {:+.2} (95 % of the draws from {:+.2} to {:+.2}; better in {:.1} %)",
            measure(&a) - measure(&b),
            at(0.025),
            at(0.975),
            100.0 * better as f64 / DRAWS as f64
        );
    }
    text
}
