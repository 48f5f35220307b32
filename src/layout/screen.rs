//! How the screen is divided, for every size.

/// A part of the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Left column.
    pub x: u16,
    /// Top row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether there is nothing to draw on.
    pub const fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// Takes `rows` off the top; gives them and the rest.
    pub fn split_top(self, rows: u16) -> (Self, Self) {
        let rows = rows.min(self.height);
        let top = Self { height: rows, ..self };
        let rest = Self { y: self.y.saturating_add(rows), height: self.height.saturating_sub(rows), ..self };
        (top, rest)
    }

    /// Takes `rows` off the bottom; gives the rest and them.
    fn split_bottom(self, rows: u16) -> (Self, Self) {
        let (rest, bottom) = self.split_top(self.height.saturating_sub(rows));
        (rest, bottom)
    }

    /// Takes `columns` off the left; gives them and, behind a column for a rule, the rest.
    fn split_left(self, columns: u16) -> (Self, Self) {
        let columns = columns.min(self.width);
        let left = Self { width: columns, ..self };
        let behind = columns.saturating_add(1);
        let rest =
            Self { x: self.x.saturating_add(behind), width: self.width.saturating_sub(behind), ..self };
        (left, rest)
    }

    /// Whether a column and row lie in it.
    pub const fn contains(self, at: (u16, u16)) -> bool {
        at.0 >= self.x
            && at.1 >= self.y
            && at.0.saturating_sub(self.x) < self.width
            && at.1.saturating_sub(self.y) < self.height
    }

    /// What is inside a border.
    #[must_use]
    pub const fn inside(self) -> Self {
        Self {
            x: self.x.saturating_add(1),
            y: self.y.saturating_add(1),
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }

    /// An area in the middle for a bordered list of so many lines.
    #[must_use]
    pub fn centred_list(self, width: u16, lines: usize) -> Self {
        self.centred(width, u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2))
    }

    /// An area of at most this size in the middle.
    #[must_use]
    pub fn centred(self, width: u16, height: u16) -> Self {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Self {
            x: self.x.saturating_add(self.width.saturating_sub(width) / 2),
            y: self.y.saturating_add(self.height.saturating_sub(height) / 2),
            width,
            height,
        }
    }
}

/// The panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// The one in the middle.
    Middle,
    /// The event.
    Event,
    /// The sidebar.
    Sidebar,
}

/// What the division depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Whether the reader wants the sidebar.
    pub sidebar: bool,
    /// Which pane has the keys: where there is room for one only, it is that one.
    pub keys: Pane,
    /// Whether the middle pane shows time from left to right, and so wants the width.
    pub across: bool,
}

/// The parts of the screen. A part that is not shown is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// The title line.
    pub title: Area,
    /// The overview strip.
    pub strip: Area,
    /// The filter bar.
    pub filter: Area,
    /// The sidebar.
    pub sidebar: Area,
    /// The timeline.
    pub list: Area,
    /// The event pane.
    pub event: Area,
    /// Whether the event pane stands below the timeline rather than beside it.
    pub event_below: bool,
    /// The status line.
    pub status: Area,
    /// The whole screen.
    pub whole: Area,
}

/// From this width on there is room for the sidebar beside what wants the width.
const SPACIOUS: u16 = 160;
/// From this height on there is room for the event pane below what wants the width.
const ROOM_BELOW: u16 = 15;
/// From this width on the timeline, the event pane and the sidebar stand side by side.
const WIDE: u16 = 110;
/// From this width on two of them do.
const MEDIUM: u16 = 72;
/// Below this height the title and most of the strip give way to events.
const LOW: u16 = 16;

/// Divides the screen.
pub fn areas(wishes: Wishes) -> Areas {
    let (width, height) = wishes.size;
    let whole = Area { x: 0, y: 0, width, height };
    let (rest, status) = whole.split_bottom(1);
    let (title, rest) = rest.split_top(u16::from(height >= LOW));
    let strip_rows = match height {
        LOW.. => 3,
        10.. => 1,
        _ => 0,
    };
    let (strip, rest) = rest.split_top(strip_rows);
    let (filter, rest) = rest.split_top(u16::from(height >= 6));
    let mut areas = Areas { title, strip, filter, status, whole, ..Areas::default() };
    if wishes.across {
        divide_across(&mut areas, rest, wishes);
    } else if width >= WIDE {
        divide_wide(&mut areas, rest, wishes);
    } else if width >= MEDIUM {
        divide_medium(&mut areas, rest, wishes);
    } else {
        divide_narrow(&mut areas, rest, wishes);
    }
    areas
}

/// The event pane below where there is room, else what has the keys; the sidebar where it has them, or where there is
/// much room.
fn divide_across(areas: &mut Areas, rest: Area, wishes: Wishes) {
    let mut rest = rest;
    if wishes.sidebar && (wishes.keys == Pane::Sidebar || rest.width >= SPACIOUS) {
        if rest.width < MEDIUM {
            areas.sidebar = rest;
            return;
        }
        (areas.sidebar, rest) = rest.split_left((rest.width / 4).clamp(24, 36));
    }
    stack(areas, rest, wishes, (ROOM_BELOW, rest.height * 2 / 3));
}

/// Sidebar, timeline, event pane.
fn divide_wide(areas: &mut Areas, rest: Area, wishes: Wishes) {
    let mut rest = rest;
    if wishes.sidebar {
        (areas.sidebar, rest) = rest.split_left((rest.width / 4).clamp(28, 36));
    }
    let list = rest.width.saturating_mul(3) / 5;
    (areas.list, areas.event) = rest.split_left(list);
}

/// Two columns: the sidebar takes the place of the event pane's column while it is shown.
fn divide_medium(areas: &mut Areas, rest: Area, wishes: Wishes) {
    if wishes.sidebar {
        let (sidebar, rest) = rest.split_left((rest.width / 3).clamp(24, 30));
        areas.sidebar = sidebar;
        if wishes.keys == Pane::Event {
            areas.event = rest;
        } else {
            areas.list = rest;
        }
        return;
    }
    (areas.list, areas.event) = rest.split_left(rest.width.saturating_mul(7) / 12);
}

/// One column: the event pane below the timeline where there is room, else what has the keys.
fn divide_narrow(areas: &mut Areas, rest: Area, wishes: Wishes) {
    if wishes.sidebar && wishes.keys == Pane::Sidebar {
        areas.sidebar = rest;
    } else {
        stack(areas, rest, wishes, (14, rest.height / 2));
    }
}

/// The event pane below the middle one, which gets so many `rows`, if there are `least`; else the one that has the keys.
fn stack(areas: &mut Areas, rest: Area, wishes: Wishes, (least, rows): (u16, u16)) {
    if rest.height >= least {
        let (list, below) = rest.split_top(rows);
        areas.list = list;
        // One row for the rule between them.
        areas.event = below.split_top(1).1;
        areas.event_below = true;
    } else if wishes.keys == Pane::Event {
        areas.event = rest;
    } else {
        areas.list = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_leaves_the_screen_and_none_lies_over_another() {
        for width in 0..=130 {
            for height in 0..=40 {
                for flags in 0..4u8 {
                    for keys in [Pane::Middle, Pane::Event, Pane::Sidebar] {
                        let (sidebar, across) = (flags & 1 != 0, flags & 2 != 0);
                        let wishes = Wishes { size: (width, height), sidebar, keys, across };
                        check(&areas(wishes), wishes);
                    }
                }
            }
        }
    }

    fn check(areas: &Areas, wishes: Wishes) {
        let parts =
            [areas.title, areas.strip, areas.filter, areas.sidebar, areas.list, areas.event, areas.status];
        let mut taken = vec![false; usize::from(wishes.size.0) * usize::from(wishes.size.1)];
        for part in parts.iter().filter(|part| !part.is_empty()) {
            for y in part.y..part.y + part.height {
                for x in part.x..part.x + part.width {
                    assert!(x < wishes.size.0 && y < wishes.size.1, "{part:?} leaves {:?}", wishes.size);
                    let cell = &mut taken[usize::from(y) * usize::from(wishes.size.0) + usize::from(x)];
                    assert!(!std::mem::replace(cell, true), "{part:?} overlaps in {:?}", wishes.size);
                }
            }
        }
    }
}
