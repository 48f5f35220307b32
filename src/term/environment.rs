//! What the terminal can do, from what the environment says of it. Pure: the variables are passed in.

/// How many colours may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// None: bold, underline and reverse only.
    None,
    /// The terminal's own 16.
    #[default]
    Sixteen,
    /// The fixed palette of 256.
    Indexed,
    /// 24 bits.
    True,
}

/// What the reader asked for with `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ColorChoice {
    /// Whatever the environment allows.
    #[default]
    Auto,
    /// Colours, even where `NO_COLOR` is set.
    Always,
    /// None.
    Never,
}

/// The desktop that the reader sits at, as far as it can be reached from here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Desktop {
    /// None: a console, or somewhere else, over SSH.
    #[default]
    None,
    /// Wayland, perhaps with X beside it.
    Wayland,
    /// The X Window System.
    X,
    /// That of macOS.
    Mac,
}

/// What the terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub struct Capabilities {
    /// Whether a cursor can be moved on it; false for `TERM=dumb` and where nothing is known of it.
    pub addressable: bool,
    /// How many colours may be used.
    pub depth: Depth,
    /// Whether the locale's characters are Unicode; else only ASCII glyphs are safe.
    pub unicode: bool,
    /// Whether tmux has the terminal.
    pub tmux: bool,
    /// Whether it can be asked for its colours: terminals that know too little might show the question.
    pub answers: bool,
    /// The desktop around it.
    pub desktop: Desktop,
}

impl Capabilities {
    /// Reads them from variables; an empty one counts as unset, as does one that is no text.
    pub fn read(variable: impl Fn(&str) -> Option<String>, color: ColorChoice) -> Self {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default();
        let addressable = !matches!(term.as_str(), "" | "dumb" | "unknown");
        let able = depth(&term, variable("COLORTERM").as_deref());
        let depth = match color {
            ColorChoice::Never => Depth::None,
            ColorChoice::Always => able.max(Depth::Sixteen),
            ColorChoice::Auto if variable("NO_COLOR").is_some() => Depth::None,
            ColorChoice::Auto => able,
        };
        // POSIX.1-2017, XBD 8.2: the first of these that is set decides; none is the POSIX locale.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(&variable).unwrap_or_default();
        let locale = locale.to_ascii_lowercase();
        let unicode = locale.contains("utf-8") || locale.contains("utf8");
        // The console of Linux shows what it does not understand of such a question.
        let answers = addressable && able > Depth::None && term != "linux";
        Self {
            addressable,
            depth,
            unicode,
            tmux: variable("TMUX").is_some(),
            answers,
            desktop: desktop(variable),
        }
    }

    /// Reads them from this process's environment.
    pub fn of_process(color: ColorChoice) -> Self {
        Self::read(|name| std::env::var(name).ok(), color)
    }
}

/// Over SSH the desktop is elsewhere, whatever is forwarded.
fn desktop(variable: impl Fn(&str) -> Option<String>) -> Desktop {
    let is_set = |name: &str| variable(name).is_some();
    if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        Desktop::None
    } else if cfg!(target_os = "macos") {
        Desktop::Mac
    } else if is_set("WAYLAND_DISPLAY") {
        Desktop::Wayland
    } else if is_set("DISPLAY") {
        Desktop::X
    } else {
        Desktop::None
    }
}

/// `TERM` names a kind of terminal; `COLORTERM` is set by those that have more than their kind promises.
fn depth(term: &str, colorterm: Option<&str>) -> Depth {
    const FULL: [&str; 6] = ["alacritty", "contour", "foot", "ghostty", "kitty", "wezterm"];
    let monochrome = matches!(term, "" | "dumb" | "unknown" | "ansi-mono" | "cons25-m")
        || term.ends_with("-m")
        || ["vt52", "vt100", "vt102", "vt220", "vt320", "sun"].iter().any(|kind| term.starts_with(kind));
    if monochrome {
        Depth::None
    } else if matches!(colorterm, Some("truecolor" | "24bit"))
        || term.ends_with("-direct")
        || FULL.iter().any(|name| term.contains(name))
    {
        Depth::True
    } else if term.contains("256color") {
        Depth::Indexed
    } else {
        Depth::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)], color: ColorChoice) -> Capabilities {
        let find = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        Capabilities::read(find, color)
    }

    #[test]
    fn colours_follow_the_kind_of_terminal() {
        for (variables, expected) in [
            (vec![("TERM", "xterm")], Depth::Sixteen),
            (vec![("TERM", "linux")], Depth::Sixteen),
            (vec![("TERM", "tmux-256color")], Depth::Indexed),
            (vec![("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True),
            (vec![("TERM", "xterm-kitty")], Depth::True),
            (vec![("TERM", "xterm-direct")], Depth::True),
            (vec![("TERM", "vt220")], Depth::None),
            (vec![("TERM", "dumb"), ("COLORTERM", "truecolor")], Depth::None),
            (vec![], Depth::None),
        ] {
            assert_eq!(read(&variables, ColorChoice::Auto).depth, expected, "{variables:?}");
        }
    }

    #[test]
    fn what_the_reader_asks_for_wins_over_no_color() {
        let variables = [("TERM", "xterm-256color"), ("NO_COLOR", "1")];
        assert_eq!(read(&variables, ColorChoice::Auto).depth, Depth::None);
        assert_eq!(read(&variables, ColorChoice::Always).depth, Depth::Indexed);
        let empty = [("TERM", "xterm-256color"), ("NO_COLOR", "")];
        assert_eq!(read(&empty, ColorChoice::Auto).depth, Depth::Indexed);
        assert_eq!(read(&empty, ColorChoice::Never).depth, Depth::None);
        assert_eq!(read(&[("TERM", "vt100")], ColorChoice::Always).depth, Depth::Sixteen);
    }

    #[test]
    fn the_first_locale_variable_decides() {
        for (variables, expected) in [
            (vec![("LANG", "de_DE.UTF-8")], true),
            (vec![("LANG", "C.utf8")], true),
            (vec![("LC_CTYPE", "UTF-8")], true),
            (vec![("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")], false),
            (vec![("LC_ALL", ""), ("LANG", "de_DE.UTF-8")], true),
            (vec![("LC_CTYPE", "de_DE.ISO-8859-1"), ("LANG", "de_DE.UTF-8")], false),
            (vec![], false),
        ] {
            assert_eq!(read(&variables, ColorChoice::Auto).unicode, expected, "{variables:?}");
        }
    }

    #[test]
    fn a_dumb_terminal_cannot_hold_a_screen() {
        assert!(!read(&[("TERM", "dumb")], ColorChoice::Always).addressable);
        assert!(!read(&[], ColorChoice::Auto).addressable);
        assert!(read(&[("TERM", "vt100")], ColorChoice::Auto).addressable);
    }

    #[test]
    fn only_terminals_that_understand_are_asked() {
        for (term, answers) in [
            ("xterm-256color", true),
            ("tmux", true),
            ("linux", false),
            ("dumb", false),
            ("vt100", false),
            ("", false),
        ] {
            assert_eq!(read(&[("TERM", term)], ColorChoice::Always).answers, answers, "{term}");
        }
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn the_desktop_is_the_one_that_the_reader_sits_at() {
        for (variables, desktop) in [
            (vec![("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", ":0")], Desktop::Wayland),
            (vec![("DISPLAY", ":0")], Desktop::X),
            (
                vec![("DISPLAY", "localhost:10.0"), ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")],
                Desktop::None,
            ),
            (vec![("WAYLAND_DISPLAY", "wayland-0"), ("SSH_TTY", "/dev/pts/1")], Desktop::None),
            (vec![("DISPLAY", "")], Desktop::None),
            (vec![], Desktop::None),
        ] {
            assert_eq!(read(&variables, ColorChoice::Auto).desktop, desktop, "{variables:?}");
        }
    }

    #[test]
    fn tmux_is_seen() {
        assert!(read(&[("TMUX", "/tmp/tmux-1000/default,1,0")], ColorChoice::Auto).tmux);
        assert!(!read(&[("TMUX", "")], ColorChoice::Auto).tmux);
    }
}
