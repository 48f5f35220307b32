//! `annals`: the browser, or, where there is no terminal, the listing.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::listing::print_listing;
use super::{Failure, ask, date, filter, order, revisable, say, settings};
use crate::app::columns::Column;
use crate::app::revising::Revisable;
use crate::app::{self, Options};
use crate::chronology::Catalogue;
use crate::cli::{self, Color, Open, Show, View};
use crate::config::Config;
use crate::keep::{Keeper, Kept};
use crate::load::{self, Loaded, Order};
use crate::notebook::Session;
use crate::revise::doubtful_first;
use crate::run::{self, Browse, Revisions};
use crate::sources::Place;
use crate::store::Store;
use crate::term::{Capabilities, ColorChoice};
use crate::ui::style::Theme;
use crate::when::When;

/// Opens the browser, or prints the listing where standard output is no terminal.
///
/// # Errors
/// When a SOURCE cannot be opened, or there is a terminal that cannot be browsed on.
pub fn run(open: &Open, show: Show) -> Result<ExitCode, Failure> {
    if settings::print(open)? {
        return Ok(ExitCode::SUCCESS);
    }
    if !io::stdout().is_terminal() {
        let asked = ask(&open.input, &open.choice)?;
        let today = date(open.choice.today.as_ref(), "--today", None)?;
        // A listing begins at its first event, but a date that is none is said here as it is there.
        date(open.at.as_ref(), "--at", today.as_ref())?;
        print_listing(&asked, show)?;
        return Ok(ExitCode::SUCCESS);
    }
    let own = settings::Own::of_reader(open.no_config);
    let capabilities = Capabilities::of_process(show.color.map_or(own.config.color, color));
    let hint = "browse it line by line with `annals --linear`, or print the listing with `annals | cat`";
    browsable(open, &own, capabilities, hint)?;
    browse(session(open, show, &own, capabilities, None)?)
}

/// Refuses a terminal that has no screen, unless everything is said in lines.
fn browsable(
    open: &Open,
    own: &settings::Own,
    capabilities: Capabilities,
    hint: &str,
) -> Result<(), Failure> {
    if capabilities.addressable || open.manner.linear || own.config.linear {
        return Ok(());
    }
    Err(Failure::new("this terminal has no screen to browse on").at("TERM").hint(hint))
}

/// A chronology in TOML that was made of texts and stands in no file yet.
#[derive(Clone, Debug)]
pub struct Unsaved {
    /// The chronology.
    pub text: String,
    /// The files of the texts: what is changed and not saved is kept by them.
    pub texts: Vec<OsString>,
    /// The folder that paths in it are relative to; empty: the present one.
    pub folder: PathBuf,
}

/// Opens the browser on a chronology that stands in no file yet. It asks for a name when it is first saved.
///
/// # Errors
/// When there is no terminal to browse on, or the chronology cannot be read.
pub fn review(unsaved: &Unsaved, open: &Open, show: Show) -> Result<ExitCode, Failure> {
    if !io::stdout().is_terminal() {
        return Err(Failure::new("there is no terminal to review it on").hint("-o FILE writes it to a file"));
    }
    let own = settings::Own::of_reader(open.no_config);
    let capabilities = Capabilities::of_process(show.color.map_or(own.config.color, color));
    let hint = "-o FILE writes it to a file, which `annals --linear FILE` browses line by line";
    browsable(open, &own, capabilities, hint)?;
    browse(session(open, show, &own, capabilities, Some(unsaved))?)
}

fn browse(session: Browse) -> Result<ExitCode, Failure> {
    let status = run::browse(session)
        .map_err(|error| Failure::new(format!("the terminal cannot be used: {error}")))?;
    Ok(ExitCode::from(u8::try_from(status).unwrap_or(1)))
}

/// Opens what the browser starts with.
fn session(
    open: &Open,
    show: Show,
    own: &settings::Own,
    capabilities: Capabilities,
    unsaved: Option<&Unsaved>,
) -> Result<Browse, Failure> {
    own.say();
    let today = date(open.choice.today.as_ref(), "--today", None)?.or_else(local_date);
    let filter = filter(open.choice.filter.as_deref(), today.as_ref())?;
    let at = date(open.at.as_ref(), "--at", today.as_ref())?;
    let watched = own.config.watch && !open.manner.no_watch;
    let order = Order { follow: watched, ..order(&open.input) };
    let (loaded, revisable, revision) = if let Some(unsaved) = unsaved {
        unsaved.load()?
    } else {
        let loaded = load::open(&order)?;
        let (sources, from) = (&open.input.sources, open.input.from.as_deref());
        let (revisable, revision) = revisable::of_sources(sources, from, &loaded);
        (loaded, revisable, revision)
    };
    for remark in &loaded.remarks {
        say(&format!("annals: {remark}"));
    }
    let store = Arc::clone(&loaded.store);
    let catalogue = store.info().catalogue;
    let in_file = |origin: &str| !origin.is_empty() && origin != "-" && unsaved.is_none();
    let from_file = catalogue.layers.iter().filter(|layer| in_file(&layer.origin));
    let files = from_file.map(|layer| (layer.name.clone(), PathBuf::from(&layer.origin))).collect();
    let keeper = if unsaved.is_some() { None } else { Keeper::of(&open.input.sources) };
    let Kept { columns, notebook } = kept(keeper.as_ref());
    let columns = Some(Column::all_named(&columns)).filter(|columns| !columns.is_empty());
    let session = own.config.session;
    let wished = wished(open, show, &own.config, capabilities.unicode);
    // What is to be reviewed is shown beside its passages, also where it stands in a file.
    let beside = unsaved.is_some() || (!wished.linear && is_to_review(&revisable, &catalogue));
    let first = if beside { app::View::Source } else { wished.view };
    let options = Options {
        filter,
        columns: columns.unwrap_or_else(|| own.config.columns.clone()),
        notebook,
        session: keeper
            .as_ref()
            .filter(|_| session && !open.manner.fresh)
            .and_then(|keeper| last(keeper, open)),
        today,
        at,
        remark: own.remark(),
        revisable,
        sources: open.input.sources.iter().map(|source| source.to_string_lossy().into_owned()).collect(),
        view: open.view.map_or(first, view),
        ..wished
    };
    let theme = show.theme.map_or(own.config.theme, theme);
    let linear = options.linear;
    let links = own.config.links;
    Ok(Browse {
        store,
        options,
        capabilities,
        theme,
        links,
        files,
        keeper,
        loaded,
        order,
        watched,
        session,
        linear,
        revision,
    })
}

/// Whether a chronology has proposed events whose passages can be shown.
fn is_to_review(revisable: &Revisable, catalogue: &Catalogue) -> bool {
    let Some(manuscript) = &revisable.manuscript else { return false };
    let shown = |id: &String| {
        let mut known = catalogue.documents.iter();
        known.any(|known| known.document.id == *id && known.text.is_some())
    };
    let mut proposed = doubtful_first(manuscript.chronology()).into_iter();
    proposed.any(|event| event.sources.iter().any(|source| source.document.as_ref().is_some_and(shown)))
}

impl Unsaved {
    fn load(&self) -> Result<(Loaded, Revisable, Revisions), Failure> {
        let place = Place {
            origin: "draft".to_owned(),
            folder: self.folder.clone(),
            file: None,
            first: Arc::from(self.text.as_str()),
        };
        let (revisable, revision) =
            revisable::of_text(&self.text, &self.texts, &place).map_err(Failure::new)?;
        Ok((load::of_text(&self.text, &place)?, revisable, revision))
    }
}

/// What the command line asks for, and where it says nothing the configuration.
fn wished(open: &Open, show: Show, config: &Config, unicode: bool) -> Options {
    Options {
        reverse: open.choice.reverse || config.reverse,
        ascii: show.ascii || config.ascii.unwrap_or(!unicode),
        view: open.view.map_or(config.view, view),
        sidebar: config.sidebar,
        elapsed: config.elapsed,
        mouse: config.mouse,
        linear: open.manner.linear || config.linear,
        keymap: config.keymap.clone(),
        ..Options::default()
    }
}

/// What the reader chose and noted before for these sources.
fn kept(keeper: Option<&Keeper>) -> Kept {
    keeper.map_or_else(Kept::default, |keeper| {
        keeper.load().unwrap_or_else(|problem| {
            say(&format!("annals: what was chosen and noted before cannot be read: {problem}"));
            Kept::default()
        })
    })
}

/// Where the reader was, but for what is asked for now.
fn last(keeper: &Keeper, open: &Open) -> Option<Session> {
    let mut session = keeper.session()?;
    if open.choice.filter.is_some() {
        session.filter.clear();
    }
    if open.view.is_some() {
        session.view.clear();
    }
    if open.at.is_some() {
        session.id.clear();
        session.zoom.clear();
    }
    Some(session)
}

/// The theme as the screen takes it; `None`: the terminal's background decides.
fn theme(theme: cli::Theme) -> Option<Theme> {
    match theme {
        cli::Theme::Auto => None,
        cli::Theme::Dark => Some(Theme::Dark),
        cli::Theme::Light => Some(Theme::Light),
        cli::Theme::HighContrast => Some(Theme::HighContrast),
        cli::Theme::Mono => Some(Theme::Mono),
    }
}

/// The view as the state takes it.
fn view(view: View) -> app::View {
    match view {
        View::Timeline => app::View::Timeline,
        View::Lanes => app::View::Lanes,
        View::Source => app::View::Source,
        View::Matrix => app::View::Matrix,
        View::Map => app::View::Map,
    }
}

/// The local date, read once, at start.
fn local_date() -> Option<When> {
    use chrono::Datelike;
    let now = chrono::Local::now().date_naive();
    When::day(i64::from(now.year()), u8::try_from(now.month()).ok()?, u8::try_from(now.day()).ok()?)
}

/// The choice of colours as the terminal's code takes it.
fn color(color: Color) -> ColorChoice {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn a_draft_that_is_in_no_file_can_be_revised_and_has_no_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let article = folder.path().join("article.txt");
        std::fs::write(&article, "On Thursday the dam gave way.").expect("written");
        let text = "title = \"Dam\"\n[[documents]]\nid = \"a\"\npath = \"article.txt\"\n[[events]]\nid = \"e\"\n\
                    title = \"E\"\nreview = \"proposed\"\nsources = [{ document = \"a\", quote = \"the dam\" }]\n";
        let texts = vec![article.into_os_string()];
        let unsaved = Unsaved { text: text.to_owned(), texts, folder: folder.path().to_path_buf() };
        let (loaded, revisable, revisions) = unsaved.load().expect("loaded");
        let catalogue = loaded.store.info().catalogue;
        assert_eq!((catalogue.layers[0].name.as_str(), loaded.remarks.len()), ("draft", 0));
        assert!(catalogue.documents[0].text.is_some());
        assert_eq!((revisable.file, revisions.place.file), (None, None));
        assert_eq!(revisable.manuscript.map(|all| all.text().to_string()).as_deref(), Some(text));
        assert!(Unsaved { text: "[[events".to_owned(), ..unsaved }.load().is_err());
    }

    #[test]
    fn the_command_line_wins_over_the_configuration() {
        let text = b"ascii = false\nview = \"lanes\"\nreverse = false\nelapsed = true\n";
        let (config, faults) = Config::read(text);
        assert_eq!(faults, []);
        let wished = |arguments: &[&str], unicode: bool| {
            let cli = Cli::try_parse_from([&["annals"], arguments].concat()).expect("arguments");
            wished(&cli.open, cli.show, &config, unicode)
        };
        let own = wished(&[], false);
        assert_eq!((own.view, own.ascii, own.reverse, own.elapsed), (app::View::Lanes, false, false, true));
        let given = wished(&["--view", "timeline", "--ascii", "--reverse"], true);
        assert_eq!((given.view, given.ascii, given.reverse), (app::View::Timeline, true, true));
    }
}
