//! `kabar doctor`: what is wrong, and what to do about it. Settings that cannot be read and a store that cannot be opened
//! are findings here, not the end.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::error::CliError;
use super::out::{Out, Style, counted};
use super::row::shown;
use super::session::Session;
use super::{advice, terminal};
use crate::config::{self, Config, ConfigError};
use crate::engine::{Engine, EngineError};
use crate::model::feed::Feed;
use crate::platform::paths::Paths;
use crate::platform::private;

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// Count anew what the store keeps counted, where that is off
    #[arg(long)]
    repair: bool,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Check {
    #[serde(rename = "check")]
    name: &'static str,
    ok: bool,
    detail: String,
    advice: Option<String>,
    /// Not merely a warning.
    #[serde(skip)]
    is_broken: bool,
}

impl Check {
    fn well(name: &'static str, detail: impl Into<String>) -> Self {
        Self { name, ok: true, detail: detail.into(), advice: None, is_broken: false }
    }

    fn warning(name: &'static str, detail: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { name, ok: false, detail: detail.into(), advice: Some(advice.into()), is_broken: false }
    }

    fn broken(name: &'static str, detail: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { is_broken: true, ..Self::warning(name, detail, advice) }
    }
}

pub(super) async fn run(args: DoctorArgs, session: &Session) -> Result<(), CliError> {
    let paths = session.paths()?;
    let (config, mut checks) = settings(&paths);
    checks.extend(directories(&paths));
    match Engine::open(&paths, config) {
        Ok(engine) => {
            checks.push(store(&engine, &paths, args.repair).await);
            checks.push(lock(&engine));
            checks.extend(feeds(&engine).await);
        }
        Err(error) => checks.push(Check::broken("store", error.to_string(), store_advice(&paths))),
    }
    checks.extend(terminal_checks());
    let mut out = Out::new();
    if args.json {
        out.json(&checks)?;
    } else {
        text(&checks, &mut out)?;
    }
    out.flush()?;
    match checks.iter().filter(|check| check.is_broken).count() {
        0 => Ok(()),
        broken => Err(CliError::Broken(format!("{} found something broken", counted(broken as u64, "check")))),
    }
}

fn text(checks: &[Check], out: &mut Out) -> Result<(), CliError> {
    for check in checks {
        let mark = match (check.ok, check.is_broken) {
            (true, _) => "ok     ",
            (false, false) => "warning",
            (false, true) => "BROKEN ",
        };
        let mark = if check.ok { mark.to_owned() } else { out.styled(mark, Style::Strong) };
        out.line(&format!("{mark}  {}: {}", check.name, check.detail))?;
        if let Some(advice) = &check.advice {
            out.line(&format!("         -> {advice}"))?;
        }
    }
    Ok(())
}

/// The settings in force, the defaults where they cannot be read.
fn settings(paths: &Paths) -> (Config, Vec<Check>) {
    let files = [("config", paths.config_file()), ("keys", paths.keys_file())];
    let names = |path: &Path| {
        if path.exists() { path.display().to_string() } else { "not there, the defaults apply".to_owned() }
    };
    let mut checks: Vec<Check> = files.iter().map(|(check, path)| Check::well(check, names(path))).collect();
    checks.push(Check::well("theme", "can be read"));
    let error = match config::load(paths) {
        Ok(config) => return (config, checks),
        Err(error) => error,
    };
    let (ConfigError::Unreadable { path, .. } | ConfigError::Wrong { path, .. }) = &error;
    let at = files.iter().position(|(_, file)| file == path).unwrap_or(files.len());
    // They are read in this order; what comes after the mistake has not been looked at.
    checks.truncate(at + 1);
    if let Some(check) = checks.last_mut() {
        *check = Check::broken(check.name, error.to_string(), "change that place of the file");
    }
    (Config::default(), checks)
}

fn directories(paths: &Paths) -> Vec<Check> {
    let mut checks = vec![writable("data directory", &paths.data)];
    if paths.state != paths.data {
        checks.push(writable("log directory", &paths.state));
    }
    checks
}

fn writable(check: &'static str, path: &Path) -> Check {
    let tried = private::folder(path).and_then(|()| tempfile::tempfile_in(path));
    match tried {
        Ok(_) => Check::well(check, path.display().to_string()),
        Err(error) => {
            let advice = "make it writable, or choose another with KABAR_DATA_DIR";
            Check::broken(check, format!("{}: {error}", path.display()), advice)
        }
    }
}

fn store_advice(paths: &Paths) -> String {
    format!("put {} aside and import your subscriptions anew, or restore a copy of it", paths.store().display())
}

async fn store(engine: &Engine, paths: &Paths, repair: bool) -> Check {
    let file = paths.store().display().to_string();
    let unreadable = |error: EngineError| Check::broken("store", error.to_string(), store_advice(paths));
    let found = match engine.check_store().await {
        Ok(found) if found.is_empty() => return Check::well("store", file),
        Ok(found) => found.join("; "),
        Err(error) => return unreadable(error),
    };
    if !repair {
        let advice = format!("run `kabar doctor --repair`; where that does not help, {}", store_advice(paths));
        return Check::broken("store", found, advice);
    }
    let left = match engine.recount().await {
        Ok(()) => engine.check_store().await,
        Err(error) => Err(error),
    };
    match left {
        Ok(left) if left.is_empty() => Check::well("store", format!("{file}; put right: {found}")),
        Ok(left) => Check::broken("store", left.join("; "), store_advice(paths)),
        Err(error) => unreadable(error),
    }
}

fn lock(engine: &Engine) -> Check {
    match engine.is_being_polled() {
        Ok(true) => Check::well("poll lock", "another kabar is polling right now"),
        Ok(false) => Check::well("poll lock", "free"),
        Err(error) => Check::broken("poll lock", error.to_string(), "make that file writable, or remove it"),
    }
}

/// One check for each feed that fails, has missed something or is kept at an old address, or one that says that none is.
async fn feeds(engine: &Engine) -> Vec<Check> {
    let feeds = match engine.feeds().await {
        Ok(feeds) => feeds,
        Err(error) => return vec![Check::broken("feeds", error.to_string(), "see `store`")],
    };
    let mut failing: Vec<Check> = feeds.iter().filter_map(failing).collect();
    let accounts = engine.gaps().await.unwrap_or_default();
    let usual = engine.config().poll.interval.as_secs();
    for feed in &feeds {
        if let Some((moved, Some(advice))) = advice::on_move(feed) {
            failing.push(Check::warning(
                "feeds",
                format!("{} (feed {}): {moved}", shown(feed.name()), feed.id),
                advice,
            ));
        }
        let gap = accounts.get(&feed.id).and_then(|account| advice::on_gap(feed, account, usual));
        if let Some((missed, advice)) = gap {
            let detail = format!("{} (feed {}): {missed}", shown(feed.name()), feed.id);
            failing.push(Check::warning("feeds", detail, advice));
        }
    }
    if failing.is_empty() { vec![Check::well("feeds", counted(feeds.len() as u64, "feed"))] } else { failing }
}

fn failing(feed: &Feed) -> Option<Check> {
    let error = feed.fetch.error.as_ref()?;
    let times = counted(feed.fetch.failures.into(), "time");
    let detail = format!("{} (feed {}): {}; failed {times}", shown(feed.name()), feed.id, error.detail);
    Some(Check::warning("feeds", detail, advice::on_feed(feed).unwrap_or_default()))
}

fn terminal_checks() -> Vec<Check> {
    let term = std::env::var("TERM").unwrap_or_default();
    let size = terminal::size().map_or_else(|| "size unknown".to_owned(), |(w, h)| format!("{w}x{h}"));
    let name = if term.is_empty() { "no TERM" } else { &term };
    let facts = format!("{name}, {}, {size}", terminal::colours());
    let terminal = if matches!(term.as_str(), "" | "dumb") {
        Check::warning("terminal", facts, "the interface needs a terminal, and TERM to name its kind")
    } else {
        Check::well("terminal", facts)
    };
    let locale = match terminal::locale() {
        Some(locale) if terminal::is_utf8(&locale) => Check::well("locale", locale),
        other => {
            let detail = other.unwrap_or_else(|| "not set".to_owned());
            Check::warning("locale", detail, "set LANG to a locale that ends in .UTF-8, or use --ascii")
        }
    };
    vec![terminal, locale]
}
