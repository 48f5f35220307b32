//! The help.
use crate::app::action::Mode;
/// lines
pub fn lines(_mode: Mode, _ascii: bool) -> Vec<String> { Vec::new() }
