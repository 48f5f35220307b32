//! From the beginning of a file to its [`Layout`].

use super::Layout;
use super::cells::Marks;
use super::dates::Style;
use super::role::{KEYS, Role};
use super::sample::{Sample, is_number};
use super::shape::{DATES, GENERAL, Shape, counts_seconds, folded};
use crate::formats::{Fault, quoted};
use crate::text::nearest::nearest;
use crate::when::Plain;

/// What stands between cells, in the order of trust.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Which column is to be read as what: `--map KEY=COLUMN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    role: Role,
    column: String,
}

/// Reads the value of `--map`: a key, and the name of a column or its number from 1.
///
/// # Errors
/// What is wrong with it, in words, with a proposal.
pub fn map_option(text: &str) -> Result<Mapping, String> {
    let keys = || KEYS.iter().map(|(key, _)| *key);
    let known = || keys().collect::<Vec<_>>().join(", ");
    let Some((key, column)) = text.split_once('=').filter(|(_, column)| !column.trim().is_empty()) else {
        return Err(format!("write KEY=COLUMN, where KEY is one of {}", known()));
    };
    let key = folded(key);
    let role = Role::of_key(&key).ok_or_else(|| match nearest(&key, keys()) {
        Some(near) => format!("{} is no key of an event; did you mean {near}?", quoted(&key)),
        None => format!("{} is no key of an event; it is one of {}", quoted(&key), known()),
    })?;
    Ok(Mapping { role, column: column.trim().to_owned() })
}

impl Layout {
    /// Finds out how a table is written and what its columns mean. `start` is the beginning of the file, 64 KiB of
    /// it or all; `name` the name of the file, if it has one.
    ///
    /// # Errors
    /// A fault of usage where `map` names a column that is not there, or where there is nothing to read.
    pub fn detect(start: &[u8], name: Option<&str>, map: &[Mapping]) -> Result<Self, Fault> {
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        let mark = start.len() - text.len();
        if text.trim_ascii_start().starts_with(b"{") {
            return Self::of_lines(&String::from_utf8_lossy(text), mark, map);
        }
        let (delimiter, mut sample) = delimiter(text, name);
        let Some(head) = sample.rows.first().cloned() else {
            return Err(fault("there is nothing in it".to_owned()));
        };
        let (shape, header) = header(delimiter, &head);
        let has_header = header.is_none();
        let header = header.unwrap_or_else(|| head.iter().map(|name| clean(name)).collect());
        let mut quoted = !shape.unquoted();
        if quoted {
            let bare = Sample::read(text, Marks { delimiter, quoted: false });
            let psort = shape == Shape::Forensic && is_psort(&header) && !bare.has_quoted();
            if bare.even() == 100 && (psort || sample.even() < 100) {
                (quoted, sample) = (false, bare);
            }
        } else {
            sample = Sample::read(text, Marks { delimiter, quoted: false });
        }
        let first = if has_header { mark + sample.first } else { mark };
        if has_header {
            sample.rows.remove(0);
        }
        let mut layout = Self::new(Marks { delimiter, quoted }, shape, header, &sample);
        layout.first = first as u64;
        layout.map(map)?;
        layout.learn(&sample, has_header);
        Ok(layout)
    }

    /// The layout of JSON Lines.
    fn of_lines(text: &str, mark: usize, map: &[Mapping]) -> Result<Self, Fault> {
        let (header, sample) = super::json::sample(text);
        let names: Vec<String> = header.iter().map(|name| folded(name)).collect();
        let shape = match Shape::of(&names) {
            // What annals writes as a table, it does not write as lines.
            Shape::Own => Shape::General,
            shape => shape,
        };
        let mut layout = Self::new(Marks { delimiter: b'\n', quoted: false }, shape, header, &sample);
        layout.lines = true;
        layout.first = mark as u64;
        layout.map(map)?;
        layout.learn(&sample, true);
        Ok(layout)
    }

    /// A layout before anything was learnt from the values.
    fn new(marks: Marks, shape: Shape, header: Vec<String>, sample: &Sample) -> Self {
        Self {
            lines: false,
            marks,
            shape,
            roles: roles(shape, &header, sample),
            header,
            wanted: Vec::new(),
            dates: Style::default(),
            other_dates: Style::default(),
            ends: Style::default(),
            zoned: false,
            first: 0,
            notes: Vec::new(),
        }
    }

    /// Gives columns the roles that the user says they have.
    fn map(&mut self, map: &[Mapping]) -> Result<(), Fault> {
        let mut columns = Vec::new();
        for mapping in map {
            let names: Vec<String> = self.header.iter().map(|name| folded(name)).collect();
            let by_name = names.iter().position(|name| *name == folded(&mapping.column));
            let number = mapping.column.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let by_number = number.filter(|index| *index < names.len());
            let Some(column) = by_name.or(by_number) else {
                let fault = fault(format!("there is no column {}", quoted(&mapping.column)));
                let near = nearest(&mapping.column, self.header.iter().map(String::as_str));
                return Err(match near {
                    Some(near) => fault.hinting(format!("did you mean {near}?")),
                    None => fault.hinting(format!("the columns are {}", self.header.join(", "))),
                });
            };
            columns.push((column, mapping.role));
        }
        for (_, role) in &columns {
            for known in self.roles.iter_mut().filter(|known| *known == role) {
                *known = Role::Field;
            }
        }
        for (column, role) in columns {
            if let Some(known) = self.roles.get_mut(column) {
                *known = role;
            }
        }
        Ok(())
    }

    /// Learns from the values how dates are to be read, and notes what was decided.
    fn learn(&mut self, sample: &Sample, has_header: bool) {
        if !has_header && self.shape == Shape::General {
            self.notes.push("there is no header: the columns are called column 1, column 2, …".to_owned());
        }
        self.zoned = self.roles.contains(&Role::Zone);
        for (role, style) in [
            (Role::Date, &mut self.dates),
            (Role::DateElse, &mut self.other_dates),
            (Role::End, &mut self.ends),
        ] {
            let Some(column) = self.roles.iter().position(|known| *known == role) else { continue };
            let name = self.header.get(column).map_or("", String::as_str);
            let named = counts_seconds(&folded(name)) || matches!(self.shape, Shape::Body | Shape::Tln);
            *style = sample.style(column, named);
            if self.shape == Shape::L2t {
                style.month_first = true;
            }
            if matches!(self.shape, Shape::Body | Shape::Tln) {
                style.epoch = true;
            }
            if style.epoch {
                let units: Vec<&str> =
                    sample.units(column).into_iter().map(super::rewrite::Unit::word).collect();
                let units = if units.is_empty() { "seconds".to_owned() } else { units.join(" and ") };
                self.notes.push(format!("numbers in {name} were read as {units} since 1970"));
            }
            if self.shape != Shape::L2t
                && sample.order(column).is_none()
                && sample.slashed(column).next().is_some()
            {
                self.notes
                    .push(format!("in days such as 03/04/2012 of {name} the day was taken to stand first"));
            }
        }
        let dated = |role: &Role| matches!(role, Role::Date | Role::DateElse | Role::Part(_));
        if !self.roles.iter().any(dated) {
            let note =
                "no column was read as a date, all events are undated: name one with --map date=COLUMN";
            self.notes.push(note.to_owned());
        }
        if self.shape == Shape::Body {
            self.notes.push(
                "a file stands at the time its content was changed; its other times are fields".to_owned(),
            );
        }
        let unseen = |role: &Role| {
            matches!(
                role,
                Role::Field | Role::Derived | Role::Title | Role::Summary | Role::DateText | Role::DateBasis
            )
        };
        let roles = self.roles.iter().copied().enumerate();
        self.wanted = roles.filter(|(_, role)| !unseen(role)).collect();
    }
}

/// The name of the format of a text that begins like a table of events: rows of one width, with dates or ids.
pub(in crate::formats) fn looks_like(start: &[u8]) -> Option<&'static str> {
    let layout = Layout::detect(start, None, &[]).ok()?;
    let Marks { delimiter, .. } = layout.marks;
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let sample = Sample::read(text, layout.marks);
    let tells = layout.roles.iter().any(|role| matches!(role, Role::Date | Role::Part(_) | Role::Id));
    let table = !layout.lines && sample.width() > 1 && sample.even() == 100 && tells;
    table.then_some(if delimiter == b'\t' { "tsv" } else { "csv" })
}

/// A fault of the whole file.
fn fault(message: String) -> Fault {
    Fault::of_file(message)
}

/// The delimiter under which most rows have as many cells as the first.
fn delimiter(text: &[u8], name: Option<&str>) -> (u8, Sample) {
    let tabs = name.is_some_and(|name| {
        let ending = name.rsplit('.').next().unwrap_or_default();
        ending.eq_ignore_ascii_case("tsv") || ending.eq_ignore_ascii_case("tab")
    });
    let rated = DELIMITERS.map(|delimiter| {
        let sample = Sample::read(text, Marks { delimiter, quoted: true });
        let several = sample.width() > 1;
        let trusted = several && tabs && delimiter == b'\t';
        ((several, trusted, sample.even() / 10, sample.width()), delimiter, sample)
    });
    let best = rated.into_iter().reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or_else(|| (b',', Sample::default()), |(_, delimiter, sample)| (delimiter, sample))
}

/// Which table it is, and the names of its columns where the first row does not have them.
fn header(delimiter: u8, head: &[String]) -> (Shape, Option<Vec<String>>) {
    let cells: Vec<&str> = head.iter().map(String::as_str).collect();
    let times = cells.get(7..11).is_some_and(|times| times.iter().all(|text| is_number(text)));
    let tln =
        matches!(cells.len(), 5 | 7) && cells.first().is_some_and(|time| is_number(time) && time.len() >= 9);
    let shape = match delimiter {
        b'\t' if super::gdelt::fits(&cells) => Some(Shape::Gdelt),
        b'|' if cells.len() == 11 && times => Some(Shape::Body),
        b'|' if tln => Some(Shape::Tln),
        _ => None,
    };
    if let Some(shape) = shape {
        return (shape, shape.header(cells.len()));
    }
    let value = |text: &&str| is_number(text.trim()) || Plain::read(text.trim().as_bytes()).is_some();
    if cells.iter().any(value) {
        return (Shape::General, Some((1..=cells.len()).map(|number| format!("column {number}")).collect()));
    }
    let names: Vec<String> = head.iter().map(|name| folded(name)).collect();
    (Shape::of(&names), None)
}

/// The name of a column as it is shown; one without a name is called by its place later on.
fn clean(name: &str) -> String {
    super::super::csv::guard::unguard(name.trim()).to_owned()
}

/// Whether these are the columns that plaso writes when it is not told which; it quotes nothing.
fn is_psort(header: &[String]) -> bool {
    ["source_long", "message", "parser", "display_name"]
        .iter()
        .all(|name| header.iter().any(|known| known == name))
}

/// What the columns mean.
fn roles(shape: Shape, header: &[String], sample: &Sample) -> Vec<Role> {
    let names: Vec<String> = header.iter().map(|name| folded(name)).collect();
    if let Some(roles) = names.iter().map(|name| shape.role(name)).collect::<Option<Vec<Role>>>() {
        return once(roles);
    }
    let mut roles = vec![Role::Field; names.len()];
    let column = |name: &str| names.iter().position(|known| known == name);
    let mut give = |column: usize, role: Role| match roles.get_mut(column) {
        Some(known) if *known == Role::Field => {
            *known = role;
            true
        }
        _ => false,
    };
    let date = date(&names, sample);
    if let Some(date) = date {
        give(date, Role::Date);
        let name = names.get(date).map_or("", String::as_str);
        if let Some(other) = column("timestamp").filter(|_| matches!(name, "datetime" | "date_time")) {
            give(other, Role::DateElse);
        }
        let clock = |text: &str| text.contains(':') && text.len() <= 18;
        let time = column("time").filter(|time| *time != date && sample.values(*time).all(clock));
        if let Some(time) = time.filter(|_| sample.values(date).all(|text| !text.contains(':'))) {
            give(time, Role::Time);
        }
        if let Some(zone) = ["timezone", "time_zone", "tz"].into_iter().find_map(column) {
            give(zone, Role::Zone);
        }
    }
    for (role, likely) in GENERAL {
        // Where its time is described, the source is the kind of log.
        if shape == Shape::Forensic && matches!(role, Role::Source(1, super::role::Cited::Publisher)) {
            continue;
        }
        for at in likely.iter().filter_map(|name| column(name)) {
            if give(at, *role) && !role.adds() {
                break;
            }
        }
    }
    promote(&mut roles, &names, sample);
    roles
}

/// A title where no column has the name of one: what is named like a summary, else the column with the most text.
fn promote(roles: &mut [Role], names: &[String], sample: &Sample) {
    if roles.contains(&Role::Title) || names.len() < 2 {
        return;
    }
    let summary = roles.iter().position(|role| *role == Role::Summary);
    let free = roles.iter().enumerate().filter(|(_, role)| **role == Role::Field);
    let longest = free.map(|(column, _)| (sample.prose(column), column)).filter(|(length, _)| *length > 0);
    let title = summary
        .or_else(|| longest.max_by_key(|(length, column)| (*length, usize::MAX - column)).map(|(_, at)| at));
    if let Some(role) = title.and_then(|title| roles.get_mut(title)) {
        *role = Role::Title;
    }
    let likely =
        GENERAL.iter().find(|(role, _)| *role == Role::Summary).map_or(&[][..], |(_, likely)| *likely);
    let next = likely.iter().find_map(|name| {
        names.iter().position(|known| known == name).filter(|at| roles.get(*at) == Some(&Role::Field))
    });
    if let Some(role) = next.filter(|_| summary.is_some()).and_then(|next| roles.get_mut(next)) {
        *role = Role::Summary;
    }
}

/// The column with the date: the likeliest name whose values are dates, else the likeliest name, else the first
/// column whose values can be nothing else.
fn date(names: &[String], sample: &Sample) -> Option<usize> {
    let likely = || DATES.iter().filter_map(|name| names.iter().position(|known| known == name));
    let dated = |column: &usize| {
        let name = names.get(*column).map_or("", String::as_str);
        sample.dated(*column, sample.style(*column, counts_seconds(name))) >= 50
    };
    likely()
        .find(dated)
        .or_else(|| likely().next())
        .or_else(|| (0..names.len()).find(|column| sample.clearly_dated(*column)))
}

/// Of several columns with a role that only one can have, the first keeps it.
fn once(roles: Vec<Role>) -> Vec<Role> {
    let mut seen: Vec<Role> = Vec::new();
    let keep = |role: Role| {
        if role.adds() || !seen.contains(&role) {
            seen.push(role);
            return role;
        }
        Role::Field
    };
    roles.into_iter().map(keep).collect()
}
