//! What the mouse does, where the reader has given it to the program: the wheel over what shows time zooms at the
//! pointer and over lists goes through them; a click goes there; dragging along the time selects.

use super::action::Action;
use super::effect::Effect;
use super::lanes::Held;
use super::pane::Target;
use super::rows::Line;
use super::selection::add_range;
use super::sidebar::SideRow;
use super::{App, Focus, Overlay, View};
use crate::layout::axis::Axis;
use crate::layout::screen::Area;
use crate::store::Key;
use crate::when::{Instant, Precision, words};

/// How many lines a step of the wheel goes.
const STEP: usize = 3;

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// The main button was pressed.
    Press,
    /// The pointer was moved with the button down.
    Drag,
    /// The button was released.
    Release,
    /// The wheel was turned away from the reader.
    WheelUp,
    /// The wheel was turned towards the reader.
    WheelDown,
}

/// A stretch of time that is being drawn with the mouse: first the cell where it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    /// Where the time is shown.
    area: Area,
    from: u16,
    to: u16,
}

impl App {
    /// Gives the mouse to the program, or back to the terminal.
    pub(super) fn toggle_mouse(&mut self) {
        self.mouse = !self.mouse;
        self.drag = None;
        self.effects.push(Effect::Mouse(self.mouse));
        let told = if self.mouse {
            "the mouse acts here; with Shift it selects text as the terminal does; {mouse} ends that"
        } else {
            "the mouse is the terminal's again"
        };
        self.say(self.told(told));
    }

    /// The mouse did something at a column and row of the screen.
    pub fn mouse(&mut self, pointer: Pointer, at: (u16, u16)) -> Vec<Effect> {
        if self.mouse {
            self.pressed.clear();
            match pointer {
                Pointer::WheelUp | Pointer::WheelDown => self.wheel(pointer == Pointer::WheelUp, at),
                Pointer::Press if self.overlay.is_some() => self.click_over(at),
                Pointer::Press => self.click(at),
                Pointer::Drag => self.drag_to(at),
                Pointer::Release => self.release(),
            }
        }
        std::mem::take(&mut self.effects)
    }

    fn wheel(&mut self, up: bool, at: (u16, u16)) {
        self.message = None;
        let (areas, action) = (self.areas(), if up { Action::Up } else { Action::Down });
        let times = || std::iter::repeat_n(action, STEP);
        match &self.overlay {
            Some(
                Overlay::Menu(_)
                | Overlay::Columns(_)
                | Overlay::Noted(_)
                | Overlay::Export(_)
                | Overlay::Decision(_),
            ) => self.update_menu(action),
            Some(Overlay::Help(..)) => times().for_each(|action| self.update_help(action)),
            Some(_) => {}
            None => {
                if let Some((area, axis)) = self.time_at(at) {
                    let cell = at.0.saturating_sub(area.x);
                    let centre = axis.instant(cell);
                    self.zoom_at(centre, (cell, area.width), up);
                } else if areas.event.contains(at) {
                    self.scroll_pane(if up { -(STEP as isize) } else { STEP as isize });
                } else if areas.sidebar.contains(at) {
                    times().for_each(|action| self.move_in_sidebar(action));
                } else if areas.list.contains(at) {
                    times().for_each(|action| self.move_in_middle(action));
                }
            }
        }
    }

    /// Where time is shown from left to right: the strip, and the lanes.
    fn time_at(&self, at: (u16, u16)) -> Option<(Area, Axis)> {
        let strip = self.areas().strip;
        if strip.contains(at) {
            return Some((strip, self.strip.axis.clone()));
        }
        let (_, dates, body) = self.lane_parts();
        let over = self.view == View::Lanes && (dates.contains(at) || body.contains(at));
        over.then(|| (body, self.lanes.axis.clone()))
    }

    fn click(&mut self, at: (u16, u16)) {
        self.message = None;
        let areas = self.areas();
        if let Some((area, _)) = self.time_at(at) {
            let cell = at.0.saturating_sub(area.x);
            self.drag = Some(Drag { area, from: cell, to: cell });
        }
        if areas.filter.contains(at) {
            self.update_panes(Action::Filter);
        } else if areas.sidebar.contains(at) {
            self.focus = Focus::Sidebar;
            self.click_sidebar(areas.sidebar, at);
        } else if areas.event.contains(at) {
            self.focus = Focus::Event;
            self.click_event(usize::from(at.1.saturating_sub(areas.event.y)));
        } else if areas.list.contains(at) {
            self.focus = Focus::List;
            match self.view {
                View::Timeline => self.click_list(at),
                View::Lanes => self.click_lane(at),
                View::Source => self.click_source(at),
                View::Matrix => self.click_cell(at),
                View::Map => self.click_map(at),
            }
        }
    }

    fn click_list(&mut self, at: (u16, u16)) {
        let (_, area) = self.list_parts();
        let line = area.contains(at).then(|| self.rows.top + usize::from(at.1.saturating_sub(area.y)));
        if let Some(Line::Event(row)) = line.and_then(|line| self.rows.lines.get(line)) {
            self.light(*row);
        }
    }

    /// A click on a lane's name opens or folds it where it has the keys, and else gives them to it.
    fn click_lane(&mut self, at: (u16, u16)) {
        let (names, _, body) = self.lane_parts();
        let mut row = self.lanes.top + usize::from(at.1.saturating_sub(body.y));
        let lanes = self.laid_lanes();
        let hit = lanes.iter().position(|lane| {
            let inside = row < lane.laid.rows;
            row = row.saturating_sub(lane.laid.rows);
            inside
        });
        let Some(lane) = hit.filter(|_| names.contains(at) || body.contains(at)) else { return };
        if names.contains(at) && self.lanes.lane == lane {
            self.move_in_lanes(Action::Open);
        } else {
            self.lanes.lane = lane;
        }
    }

    /// To a link.
    fn click_event(&mut self, row: usize) {
        let text = self.pane_text(self.pane_size().0);
        let line = self.pane.scroll + row;
        let on_line = |(_, begins): &&(Target, usize)| *begins == line;
        if let Some((target, _)) = text.links.iter().find(on_line) {
            self.pane.link = text.links.iter().position(|(other, begins)| other == target && *begins == line);
        }
    }

    /// The line gets the cursor; a click on its box ticks it, one on what can be unfolded does that.
    fn click_sidebar(&mut self, area: Area, at: (u16, u16)) {
        let rows = self.sidebar.rows(&self.filter, &self.info.catalogue);
        let top = self.sidebar.top(rows.len(), usize::from(area.height));
        let line = top + usize::from(at.1.saturating_sub(area.y));
        let Some(row) = rows.get(line) else { return };
        let column = at.0.saturating_sub(area.x);
        self.sidebar.cursor = line;
        match row {
            SideRow::Section { .. } => self.move_in_sidebar(Action::Open),
            SideRow::Value { nested, open, .. } => {
                let indent = if *nested { 4 } else { 2 };
                match column.checked_sub(indent) {
                    Some(0..=2) => self.update_panes(Action::Select),
                    Some(3) if open.is_some() => self.move_in_sidebar(Action::Open),
                    _ => {}
                }
            }
            SideRow::Rest(_) => {}
        }
    }

    /// A click on a menu: on the lit line it takes it, elsewhere it lights the line.
    fn click_over(&mut self, at: (u16, u16)) {
        let whole = self.areas().whole;
        let (list, count, cursor) = match &mut self.overlay {
            Some(Overlay::Menu(menu)) => (super::menu::WIDTH, menu.items.len(), &mut menu.cursor),
            Some(Overlay::Noted(menu)) => (super::noting::WIDTH, menu.items.len(), &mut menu.cursor),
            Some(Overlay::Columns(menu)) => (super::columns::WIDTH, menu.items.len(), &mut menu.cursor),
            _ => return,
        };
        let inner = whole.centred_list(list, count).inside();
        if !inner.contains(at) {
            return;
        }
        let height = usize::from(inner.height).max(1);
        let line = (*cursor + 1).saturating_sub(height) + usize::from(at.1.saturating_sub(inner.y));
        if line == *cursor {
            self.update_menu(Action::Select);
        } else if line < count {
            *cursor = line;
        }
    }

    fn drag_to(&mut self, at: (u16, u16)) {
        let Some(drag) = &mut self.drag else { return };
        drag.to = at.0.saturating_sub(drag.area.x).min(drag.area.width.saturating_sub(1));
        if let Some((first, last)) = self.dragged() {
            let precision = match last.secs.saturating_sub(first.secs) {
                0..=9 => Precision::Fraction,
                10..=599 => Precision::Second,
                600..=259_200 => Precision::Minute,
                _ => Precision::Day,
            };
            let [first, last] = [first, last].map(|instant| words::write_instant(instant, precision));
            self.say(format!("{first} to {last}"));
        }
    }

    /// The stretch of time that is being drawn.
    pub fn dragged(&self) -> Option<(Instant, Instant)> {
        let drag = self.drag.filter(|drag| drag.from != drag.to)?;
        let axis = if drag.area == self.areas().strip { &self.strip.axis } else { &self.lanes.axis };
        let first = axis.instant(drag.from.min(drag.to))?;
        let behind = drag.from.max(drag.to).saturating_add(1);
        let last = axis.instant(behind).or_else(|| axis.range().map(|range| range.last))?;
        Some((first, last.max(first)))
    }

    /// Where nothing was drawn, the cursor goes to the date that was clicked at.
    fn release(&mut self) {
        let range = self.dragged();
        let Some(drag) = self.drag.take() else { return };
        let key = |start: Instant, last: bool| {
            let (end, tie) = if last { (Instant::FUTURE, u64::MAX) } else { (Instant::PAST, 0) };
            Key { undated: false, start, end, tie }
        };
        if let Some((first, last)) = range {
            let mut keys = self.selection.keys.clone();
            add_range(&mut keys, key(first, false), key(last, true));
            self.selection.anchor = None;
            self.change_selection("range selected", keys);
            return;
        }
        let in_strip = drag.area == self.areas().strip;
        let axis = if in_strip { &self.strip.axis } else { &self.lanes.axis };
        let Some(start) = axis.instant(drag.from) else { return };
        let beyond = axis.instant(drag.from.saturating_add(1)).unwrap_or(Instant::FUTURE);
        match self.of_lane_between(start, beyond).filter(|_| !in_strip) {
            Some(key) => self.go_to(key),
            None => self.go_to(key(start, self.options.reverse)),
        }
    }

    /// The first event of the lane with the keys that begins between two instants.
    fn of_lane_between(&self, first: Instant, beyond: Instant) -> Option<Key> {
        let Held::Events(rows) = &self.lanes.held else { return None };
        let lanes = self.laid_lanes();
        let events = &lanes.get(self.lanes.lane)?.events;
        let keys = events.iter().filter_map(|event| rows.get(*event)).map(|row| row.key);
        keys.filter(|key| !key.undated && first <= key.start && key.start < beyond).min()
    }
}
