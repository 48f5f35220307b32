//! Forms of the EDTF draft of 2012, which many catalogues still hold, put into the standard's.

/// The standard's text for a draft form; `None` where it is none. What comes back may still not be a date.
pub(super) fn translate(text: &str) -> Option<String> {
    let translated = match text.split_once('/') {
        Some((start, end)) => format!("{}/{}", side(start), side(end)),
        None => side(text),
    };
    (translated != text && translated != "/" && translated != "../..").then_some(translated)
}

/// One date, or one side of an interval.
fn side(text: &str) -> String {
    match text {
        "unknown" => return String::new(),
        "open" => return "..".to_owned(),
        _ => {}
    }
    let text = text.replace("?~", "%").replace("~?", "%");
    let text = text.split_once('^').map_or(text.as_str(), |(date, _)| date);
    let ungrouped = ungroup(text);
    if ungrouped.starts_with('y') { long_year(&ungrouped) } else { common(&ungrouped) }
}

/// `199u` and `196x` for a digit that is not given, `1950p2` for two significant ones.
fn common(text: &str) -> String {
    let looks_like_a_date = text.chars().all(|c| c.is_ascii_digit() || "-?~%uxp[]{},.".contains(c));
    if !looks_like_a_date {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            'u' | 'x' => 'X',
            'p' => 'S',
            _ => c,
        })
        .collect()
}

/// `y17101e4p3`: a year of more than four digits.
fn long_year(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'y' => 'Y',
            'e' => 'E',
            'p' => 'S',
            _ => c,
        })
        .collect()
}

/// `(2004-06)?` marks the components within: the standard puts the sign before each of them.
fn ungroup(text: &str) -> String {
    let mut result = text.to_owned();
    while let Some((before, group, sign, after)) = innermost(&result) {
        let marked: Vec<String> = group.split('-').map(|part| format!("{sign}{part}")).collect();
        result = format!("{before}{}{after}", marked.join("-"));
    }
    result
}

/// The first group that holds no other: what stands before it, in it, its sign, and what stands after.
fn innermost(text: &str) -> Option<(String, String, char, String)> {
    let (before_close, after_close) = text.split_once(')')?;
    let (before, group) = before_close.rsplit_once('(')?;
    let sign = after_close.chars().next().filter(|c| "?~%".contains(*c))?;
    let already_marked = group.contains(['?', '~', '%']);
    let after = after_close.strip_prefix(sign)?;
    (!already_marked && !group.is_empty())
        .then(|| (before.to_owned(), group.to_owned(), sign, after.to_owned()))
}
