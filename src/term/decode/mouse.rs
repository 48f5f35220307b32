//! The mouse, in the form that "`XTerm` Control Sequences", part "Mouse Tracking", calls SGR.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::keys::number;

/// `CSI < buttons ; column ; row M`, or `m` when one was released. `None` where that is no report of the mouse, or one
/// of something that concerns nobody.
pub(super) fn read(parameters: &[u8], last: u8) -> Option<MouseEvent> {
    let parameters = parameters.strip_prefix(b"<").filter(|_| matches!(last, b'M' | b'm'))?;
    let released = last == b'm';
    let mut numbers = parameters.split(|byte| *byte == b';');
    let mut next = || number(Some(numbers.next()?));
    let (bits, column, row) = (next()?, next()?, next()?);
    let place = |from_one: u32| u16::try_from(from_one.checked_sub(1)?).ok();
    let button = match bits & 0b11 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let (moved, wheel) = (bits & 32 != 0, bits & 64 != 0);
    let kind = match (wheel, moved, button) {
        (true, _, Some(MouseButton::Left)) => MouseEventKind::ScrollUp,
        (true, _, Some(MouseButton::Middle)) => MouseEventKind::ScrollDown,
        (false, true, Some(button)) => MouseEventKind::Drag(button),
        (false, false, Some(button)) if released => MouseEventKind::Up(button),
        (false, false, Some(button)) => MouseEventKind::Down(button),
        _ => return None,
    };
    let held = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let modifiers = held.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, held)| held).collect();
    Some(MouseEvent { kind, column: place(column)?, row: place(row)?, modifiers })
}
