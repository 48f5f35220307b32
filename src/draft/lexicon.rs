//! The words that tell of events: verbs and nouns with the kind of event and who is who in it, from
//! `assets/draft/events.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a verb or noun says of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    /// The kind of event; with a point before it, how the verb is to be read.
    pub kind: &'static str,
    /// The role of the subject.
    pub subject: Option<&'static str>,
    /// The role of the object.
    pub object: Option<&'static str>,
}

/// The form that a verb stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inflection {
    /// As in "to attack", "they attack".
    Base,
    /// As in "attacks".
    Third,
    /// As in "attacked", past and participle alike.
    Past,
    /// As in "fought" where the participle is another.
    PastOnly,
    /// As in "taken".
    Participle,
    /// As in "attacking".
    Gerund,
}

/// A verb in one of its forms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verb {
    /// Its base form.
    pub base: &'static str,
    /// The form.
    pub inflection: Inflection,
    /// What it says without a particle; none where it is meant only with one.
    pub sense: Option<Sense>,
    /// Another reading, where what it is about decides ("plan": of talks that are planned).
    pub phase: bool,
}

/// All that is known of words.
pub(super) struct Lexicon {
    verbs: HashMap<String, Verb>,
    particles: HashMap<(&'static str, &'static str), Sense>,
    nouns: HashMap<&'static str, Sense>,
}

/// The words of events.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../assets/draft/events.txt")));

impl Lexicon {
    /// A verb by a form of it, in lower case.
    pub fn verb(&self, form: &str) -> Option<&Verb> {
        self.verbs.get(form)
    }

    /// What a verb says with the particle behind it.
    pub fn with_particle(&self, base: &'static str, particle: &str) -> Option<Sense> {
        self.particles
            .iter()
            .find_map(|((verb, behind), sense)| (*verb == base && *behind == particle).then_some(*sense))
    }

    /// An event noun, in lower case.
    pub fn noun(&self, word: &str) -> Option<Sense> {
        self.nouns.get(word).copied()
    }

    fn read(text: &'static str) -> Self {
        let mut lexicon = Self { verbs: HashMap::new(), particles: HashMap::new(), nouns: HashMap::new() };
        let mut heading: Option<(bool, Sense)> = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(rest) = line.strip_prefix("= ") {
                let words: Vec<&str> = rest.split_whitespace().collect();
                let role = |at: usize| words.get(at).copied().filter(|role| *role != "-");
                heading = match words.as_slice() {
                    [class, kind, ..] => {
                        Some((*class == "verb", Sense { kind, subject: role(2), object: role(3) }))
                    }
                    _ => None,
                };
                continue;
            }
            let Some((verbs, sense)) = heading else { continue };
            for word in line.split_whitespace() {
                if verbs { lexicon.add_verb(word, sense) } else { lexicon.add_noun(word, sense) }
            }
        }
        lexicon
    }

    fn add_noun(&mut self, word: &'static str, sense: Sense) {
        for form in word.split('/').filter(|form| !form.contains('_')) {
            self.nouns.entry(form).or_insert(sense);
        }
    }

    fn add_verb(&mut self, word: &'static str, sense: Sense) {
        let forms: Vec<&'static str> = word.split('/').collect();
        let form_at = |at: usize| forms.get(at).map(|form| form.split('_').next().unwrap_or_default());
        let (Some(base), particle) =
            (form_at(0), forms.first().and_then(|form| form.split_once('_')).map(|(_, particle)| particle))
        else {
            return;
        };
        let doubled = base.ends_with('+');
        let base = base.trim_end_matches('+');
        if let Some(particle) = particle {
            self.particles.entry((base, particle)).or_insert(sense);
        }
        let own = particle.is_none().then_some(sense);
        let past = form_at(1).map_or_else(|| with_ending(base, "ed", doubled), str::to_owned);
        let participle = form_at(2).map_or_else(|| past.clone(), str::to_owned);
        let mut add = |form: String, inflection| {
            let verb = Verb { base, inflection, sense: own, phase: false };
            let known = self.verbs.entry(form).or_insert(verb);
            // "found" is more often of "find" than of "to found".
            let past = matches!(inflection, Inflection::Past | Inflection::PastOnly);
            if past && known.base != base && known.inflection == Inflection::Base {
                *known = verb;
            }
            // The first reading counts; that it may be a phase of something else is kept beside it.
            if known.base == base && known.sense.is_none() {
                known.sense = own;
            }
            known.phase |= sense.kind == ".phase" && known.base == base;
        };
        add(base.to_owned(), Inflection::Base);
        add(with_s(base), Inflection::Third);
        add(with_ending(base, "ing", doubled), Inflection::Gerund);
        if past == participle {
            add(past, Inflection::Past);
        } else {
            add(past, Inflection::PastOnly);
            add(participle, Inflection::Participle);
        }
    }
}

/// "attacks", "reaches", "carries".
fn with_s(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if base.ends_with("ch") || base.ends_with("sh") || base.ends_with(['s', 'x', 'z', 'o']) => {
            format!("{base}es")
        }
        _ => format!("{base}s"),
    }
}

/// "planned", "carried", "raided", "raising", "dying".
fn with_ending(base: &str, ending: &str, doubled: bool) -> String {
    let past = ending == "ed";
    if doubled {
        let last = base.chars().next_back().map(String::from).unwrap_or_default();
        return format!("{base}{last}{ending}");
    }
    if let Some(stem) = base.strip_suffix("ie").filter(|_| !past) {
        return format!("{stem}ying");
    }
    if let Some(stem) = base.strip_suffix('e').filter(|stem| past || !stem.ends_with('e')) {
        return format!("{stem}{ending}");
    }
    match base.strip_suffix('y') {
        Some(stem) if past && !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ied"),
        _ => format!("{base}{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_all_their_forms() {
        for (form, base, inflection) in [
            ("attacks", "attack", Inflection::Third),
            ("planned", "plan", Inflection::Past),
            ("dying", "die", Inflection::Gerund),
            ("overseeing", "oversee", Inflection::Gerund),
            ("began", "begin", Inflection::PastOnly),
            ("begun", "begin", Inflection::Participle),
            ("carried", "carry", Inflection::Past),
            ("fleeing", "flee", Inflection::Gerund),
            ("reaches", "reach", Inflection::Third),
        ] {
            let verb = LEXICON.verb(form).unwrap_or_else(|| panic!("{form}"));
            assert_eq!((verb.base, verb.inflection), (base, inflection), "{form}");
        }
    }

    #[test]
    fn particles_and_nouns_have_their_own_sense() {
        assert_eq!(LEXICON.with_particle("carry", "out").map(|sense| sense.kind), Some(".light"));
        assert_eq!(LEXICON.with_particle("carry", "on"), None);
        let talks = LEXICON.noun("talks").expect("a noun");
        assert_eq!((talks.kind, talks.subject), ("talks", Some("participant")));
        assert!(LEXICON.verb("begin").is_some_and(|verb| verb.phase));
    }
}
