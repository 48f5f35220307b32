//! Moving: the cursor along the timeline, the event pane's lines and links, the sidebar's lines, the panes.

use std::sync::Arc;

use super::action::Action;
use super::asking::Why;
use super::effect::Effect;
use super::pane::Target;
use super::sidebar::SideRow;
use super::{App, Focus, Jump};
use crate::query::{Choice, Dimension, Filter};
use crate::store::{Direction, Key, Request, Slot};
use crate::when::{Instant, TimeRange, When};

/// The key from which on a date's events come: of its earliest start.
pub(super) fn key_at(when: &When, reverse: bool) -> Key {
    let span = when.span();
    if reverse {
        Key { undated: false, start: span.last, end: Instant::FUTURE, tie: u64::MAX }
    } else {
        Key { undated: false, start: span.first, end: Instant::PAST, tie: 0 }
    }
}

/// A line moved by an action within 0..=last, with pages of so many lines.
pub(super) fn moved(at: usize, last: usize, page: usize, action: Action) -> usize {
    match action {
        Action::Down => at + 1,
        Action::Up => at.saturating_sub(1),
        Action::PageDown => at + page,
        Action::PageUp => at.saturating_sub(page),
        Action::HalfDown => at + page / 2,
        Action::HalfUp => at.saturating_sub(page / 2),
        Action::First => 0,
        Action::Last => last,
        _ => at,
    }
    .min(last)
}

/// The address that a link leads to.
fn is_address(target: Target) -> Option<String> {
    if let Target::Address(address) = target { Some(address) } else { None }
}

impl App {
    /// Puts the cursor on a row that is held.
    pub(super) fn light(&mut self, row: usize) {
        let Some(key) = self.rows.rows.get(row).map(|row| row.key) else { return };
        self.followed = None;
        let moved = self.rows.lit != Some(row) || self.cursor.key != key;
        self.rows.lit = Some(row);
        self.cursor.key = key;
        self.cursor.adopt = false;
        let height = self.list_height();
        self.rows.scroll_to_lit(height);
        if moved {
            self.arrived();
        }
        // Rows that are on their way lie around another one.
        if self.rows.runs_short() || self.awaits(Slot::Page) {
            self.ask_rows(Why::More);
        }
    }

    /// What follows from standing on another event.
    pub(super) fn arrived(&mut self) {
        self.pane.scroll = 0;
        self.pane.link = None;
        self.ask_rank();
        if self.selection.anchor.is_some() {
            self.ask_selected();
        }
        if self.strip.follow(self.cursor.key.start) {
            self.show_view();
        }
        self.ask_link_titles();
        self.follow_in_source();
        self.follow_in_matrix();
        self.follow_on_map();
    }

    /// Goes to a key, wherever it is.
    pub(super) fn go_to(&mut self, key: Key) {
        if let Some(row) = self.rows.find(key) {
            return self.light(row);
        }
        self.followed = None;
        self.cursor = super::Cursor { key, adopt: true };
        self.ask_rows(Why::Moved);
    }

    pub(super) fn move_in_list(&mut self, action: Action) {
        let height = self.list_height().max(1) as isize;
        let lit = self.rows.lit.unwrap_or(0);
        let last = self.rows.rows.len().saturating_sub(1);
        let row = match action {
            Action::Down => Some((lit + 1).min(last)),
            Action::Up => Some(lit.saturating_sub(1)),
            Action::PageDown => self.rows.row_at_distance(height - 1).map(|row| row.max(lit + 1).min(last)),
            Action::PageUp => self.rows.row_at_distance(1 - height).map(|row| row.min(lit.saturating_sub(1))),
            Action::HalfDown => self.rows.row_at_distance(height / 2).map(|row| row.max(lit + 1).min(last)),
            Action::HalfUp => {
                self.rows.row_at_distance(-height / 2).map(|row| row.min(lit.saturating_sub(1)))
            }
            Action::NextHeading => self.rows.row_at_heading(true).or(Some(last)),
            Action::PreviousHeading => self.rows.row_at_heading(false).or(Some(0)),
            Action::First => return self.go_to_end(true),
            Action::Last => return self.go_to_end(false),
            _ => None,
        };
        if !matches!(action, Action::NextOfActor | Action::PreviousOfActor) {
            self.actor = None;
        }
        if let Some(row) = row.filter(|_| !self.rows.rows.is_empty()) {
            self.light(row);
        }
    }

    fn go_to_end(&mut self, first: bool) {
        self.actor = None;
        if first && self.rows.at_start {
            return self.light(0);
        }
        if !first && self.rows.at_end {
            return self.light(self.rows.rows.len().saturating_sub(1));
        }
        self.go_to(Key::end(first, self.options.reverse));
    }

    /// The text's columns and lines in the event pane.
    pub(super) fn pane_size(&self) -> (usize, usize) {
        let area = self.areas().event;
        (usize::from(area.width.saturating_sub(1)), usize::from(area.height))
    }

    pub(super) fn clamp_pane(&mut self) {
        let (columns, height) = self.pane_size();
        let lines = self.pane_text(columns).lines.len();
        self.pane.scroll = self.pane.scroll.min(lines.saturating_sub(height));
    }

    pub(super) fn scroll_pane(&mut self, lines: isize) {
        self.pane.scroll = self.pane.scroll.saturating_add_signed(lines);
        self.clamp_pane();
    }

    pub(super) fn move_in_pane(&mut self, action: Action) {
        let height = self.pane_size().1.max(1) as isize;
        match action {
            Action::Down => self.scroll_pane(1),
            Action::Up => self.scroll_pane(-1),
            Action::PageDown => self.scroll_pane(height - 1),
            Action::PageUp => self.scroll_pane(1 - height),
            Action::HalfDown => self.scroll_pane(height / 2),
            Action::HalfUp => self.scroll_pane(-height / 2),
            Action::First => self.pane.scroll = 0,
            Action::Last => self.scroll_pane(isize::MAX / 2),
            Action::NextHeading => self.next_link(true),
            Action::PreviousHeading => self.next_link(false),
            Action::Open => self.follow_link(),
            _ => {}
        }
    }

    /// Lights the next link of the event pane and scrolls to it.
    fn next_link(&mut self, forward: bool) {
        let (columns, height) = self.pane_size();
        let links = self.pane_text(columns).links;
        if links.is_empty() {
            return self.say("no links here");
        }
        let at = match (self.pane.link, forward) {
            (None, true) => 0,
            (None, false) => links.len() - 1,
            (Some(at), true) => (at + 1) % links.len(),
            (Some(at), false) => (at + links.len() - 1) % links.len(),
        };
        self.pane.link = Some(at);
        let Some((target, line)) = links.get(at).cloned() else { return };
        self.pane.scroll = self.pane.scroll.min(line).max((line + 1).saturating_sub(height.max(1)));
        if let Target::Actor(id) = target {
            self.actor = Some(id);
        }
    }

    /// The link that is lit.
    pub(super) fn lit_link(&self) -> Option<Target> {
        let (columns, _) = self.pane_size();
        let text = self.pane_text(columns);
        text.links.get(self.pane.link?).map(|(target, _)| target.clone())
    }

    fn follow_link(&mut self) {
        let Some(target) = self.lit_link() else {
            return self.next_link(true);
        };
        match target {
            Target::Actor(id) => {
                let name = self.actor_name(&id);
                self.actor = Some(id);
                let how = self.told(
                    "{next-of-actor} and {previous-of-actor} walk its events, {only} shows only them, {exclude} leaves them out",
                );
                self.say(format!("{name} is in focus: {how}"));
            }
            Target::Address(address) => self.effects.push(Effect::OpenAddress(address)),
            Target::Event(id) => {
                let Some(row) = self.lit() else { return };
                let layer = self.info.catalogue.layer(row.entry.layer).name.clone();
                self.jump = Some(Jump::Link);
                self.ask(Slot::Jump, Request::Event { layer, id });
            }
        }
    }

    /// Whether the lit event may have an address, which is known sooner than where it stands in its pane.
    pub(crate) fn has_address(&self) -> bool {
        let Some(row) = self.lit() else { return false };
        let documents =
            row.entry.documents.iter().map(|index| &self.info.catalogue.document(*index).document);
        row.entry.event.sources.iter().any(|source| source.url.is_some())
            || documents.into_iter().any(|document| document.url.is_some())
    }

    /// Opens the address that is lit, or else the first one of the event.
    pub(super) fn open_address(&mut self) {
        let first = || {
            let links = self.pane_text(self.pane_size().0).links;
            links.into_iter().find_map(|(target, _)| is_address(target))
        };
        match self.lit_link().and_then(is_address).or_else(first) {
            Some(address) => self.effects.push(Effect::OpenAddress(address)),
            None => self.say("no document of this event has an address"),
        }
    }

    /// Back to where a link was followed from.
    pub(super) fn back(&mut self) {
        match self.pane.back.pop() {
            Some(key) => self.go_to(key),
            None => self.say("no link was followed: there is nowhere to go back to"),
        }
    }

    /// An actor's name, or its id.
    pub fn actor_name(&self, id: &str) -> String {
        Dimension::Actor.label(id, &self.info.catalogue)
    }

    /// The next event of the actor in focus; without one in focus, of the lit event's first actor.
    pub(super) fn next_of_actor(&mut self, forward: bool) {
        let Some(row) = self.lit() else { return };
        let first = row.entry.cast.iter().find(|cast| cast.role != "mentioned");
        let first = first.map(|cast| self.info.catalogue.actor(cast.actor).actor.id.clone());
        let key = row.key;
        let Some(actor) = self.actor.clone().or(first) else { return self.say("this event names no actor") };
        let with_actor = Filter::default().with_choice(Dimension::Actor, &actor, Choice::Only);
        self.actor = Some(actor);
        let question = self.question_of(Arc::new(self.filter.and(&with_actor)));
        let direction = if forward { Direction::Forward } else { Direction::Backward };
        self.jump = Some(Jump::Actor);
        self.ask(Slot::Jump, Request::Next { question, key, direction, inclusive: false });
    }

    pub(super) fn move_in_sidebar(&mut self, action: Action) {
        let rows = self.sidebar.rows(&self.filter, &self.info.catalogue);
        let last = rows.len().saturating_sub(1);
        let height = usize::from(self.areas().sidebar.height).max(1);
        let at = self.sidebar.cursor.min(last);
        let section = |row: &SideRow| matches!(row, SideRow::Section { .. });
        self.sidebar.cursor = match action {
            Action::NextHeading => {
                rows.iter().skip(at + 1).position(section).map_or(last, |offset| at + 1 + offset)
            }
            Action::PreviousHeading => rows.iter().take(at).rposition(section).unwrap_or(0),
            Action::Open => {
                if let Some(row) = rows.get(at) {
                    self.open_side_row(row);
                }
                at
            }
            _ => moved(at, last, height, action),
        }
        .min(last);
        if let Some(SideRow::Value { dimension: Dimension::Actor, value, .. }) = rows.get(self.sidebar.cursor)
        {
            self.actor = Some(value.clone());
        }
    }

    /// Unfolds what can be unfolded; ticks what cannot.
    fn open_side_row(&mut self, row: &SideRow) {
        match row {
            SideRow::Section { .. } | SideRow::Value { open: Some(_), .. } => self.sidebar.fold(row),
            SideRow::Value { .. } => {
                self.update_filter(Action::Select);
            }
            SideRow::Rest(_) => {}
        }
    }

    pub(super) fn focus_in(&mut self) {
        self.focus = match self.focus {
            Focus::Sidebar => Focus::List,
            Focus::List | Focus::Event => Focus::Event,
        };
        self.clamp_pane();
        self.lay_views();
    }

    pub(super) fn focus_out(&mut self) {
        self.focus = match self.focus {
            Focus::Event => Focus::List,
            Focus::List if self.sidebar.shown => Focus::Sidebar,
            other => other,
        };
        self.lay_views();
    }

    pub(super) fn next_pane(&mut self, forward: bool) {
        let order: &[Focus] = if self.sidebar.shown {
            &[Focus::Sidebar, Focus::List, Focus::Event]
        } else {
            &[Focus::List, Focus::Event]
        };
        let at = order.iter().position(|focus| *focus == self.focus).unwrap_or(0);
        let step = if forward { 1 } else { order.len() - 1 };
        self.focus = order.get((at + step) % order.len()).copied().unwrap_or_default();
        let height = self.list_height();
        self.rows.scroll_to_lit(height);
        self.clamp_pane();
        self.lay_views();
    }

    pub(super) fn toggle_sidebar(&mut self) {
        self.sidebar.shown = !self.sidebar.shown;
        if self.sidebar.shown {
            self.focus = Focus::Sidebar;
            self.ask_facets();
        } else if self.focus == Focus::Sidebar {
            self.focus = Focus::List;
        }
        let height = self.list_height();
        self.rows.scroll_to_lit(height);
        self.lay_views();
    }

    pub(super) fn zoom(&mut self, inwards: bool) {
        let centre = self.matrix_centre().unwrap_or(self.cursor.key.start);
        self.zoom_at(Some(centre), (1, 2), inwards);
    }

    /// Zooms so that an instant stands at a share of what is in view.
    pub(super) fn zoom_at(&mut self, centre: Option<Instant>, share: (u16, u16), inwards: bool) {
        let centre = centre.unwrap_or(self.cursor.key.start);
        if self.strip.zoom(centre, share, inwards, self.info.extent) {
            self.show_view();
        } else {
            self.say(if inwards { "it is zoomed in all the way" } else { "all is shown" });
        }
    }

    pub(super) fn zoom_all(&mut self) {
        self.strip.view = None;
        self.show_view();
    }

    /// Zooms to the stretch from the first to the last of what is selected.
    pub(super) fn zoom_to_selection(&mut self) {
        let keys = self.selected_keys();
        let ranges = keys.ranges.iter().copied().chain(keys.added.iter().map(|key| (*key, *key)));
        let dated = ranges.filter(|(first, _)| !first.undated && first.start.is_finite());
        let ends = dated.map(|(first, last)| {
            let last = if last.undated || !last.start.is_finite() {
                self.info.extent.map(|all| all.last)
            } else {
                Some(last.start)
            };
            (first.start, last.unwrap_or(first.start))
        });
        let Some((first, last)) = ends.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))) else {
            return self.say(self.told("nothing dated is selected: {range} or {select} selects"));
        };
        self.strip.view = Some(TimeRange { first, last });
        self.show_view();
    }

    /// Shows the stretch of time that is in view.
    fn show_view(&mut self) {
        self.strip.begin(self.info.extent, self.size.0);
        self.ask_strip();
        self.ask_lanes();
        self.ask_matrix();
    }
}
