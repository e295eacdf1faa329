//! `kabar search putin -trump`: what a query leaves out begins like an option. Before the arguments are parsed such words get
//! the query language's other sign for it, so that options may go on standing anywhere.

use std::ffi::OsString;

/// Options that stand before a command and have a value behind them.
const WITH_VALUE: &[&str] = &["--config-dir", "--data-dir", "--log-level"];
/// The commands that take a query word by word.
const QUERIES: &[&[&str]] = &[&["search"], &["views", "save"], &["rules", "add"], &["rules", "try"]];
/// The only options of one letter that these have.
const SHORT: &[&str] = &["-h", "-V"];

/// The arguments with `!word` for each `-word` of a query; all that comes after `--` is left as it is.
pub(super) fn marked(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    if let Some(query) = searched(&args).and_then(|at| args.get_mut(at..)) {
        for arg in query.iter_mut().take_while(|arg| *arg != "--") {
            if let Some(word) = left_out(arg) {
                *arg = word;
            }
        }
    }
    args
}

/// Where the arguments of a command that takes a query begin.
fn searched(args: &[OsString]) -> Option<usize> {
    let (mut at, mut named) = (1, Vec::new());
    loop {
        let arg = args.get(at)?.to_str()?;
        at += 1;
        if WITH_VALUE.contains(&arg) {
            at += 1;
        } else if !arg.starts_with('-') {
            named.push(arg);
            if QUERIES.contains(&named.as_slice()) {
                return Some(at);
            }
            if !QUERIES.iter().any(|command| command.starts_with(&named)) {
                return None;
            }
        }
    }
}

/// `-word` as the query language writes it, too.
fn left_out(arg: &OsString) -> Option<OsString> {
    let arg = arg.to_str()?;
    let word = arg.strip_prefix('-').filter(|word| !word.is_empty() && !word.starts_with('-'))?;
    (!SHORT.contains(&arg)).then(|| OsString::from(format!("!{word}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_query_leaves_out_is_no_option() {
        for (typed, meant) in [
            ("kabar search putin -trump", "kabar search putin !trump"),
            ("kabar search putin --json -trump", "kabar search putin --json !trump"),
            ("kabar --data-dir search search -a b --limit 3", "kabar --data-dir search search !a b --limit 3"),
            ("kabar search -- -putin", "kabar search -- -putin"),
            ("kabar search -h", "kabar search -h"),
            ("kabar search - --", "kabar search - --"),
            ("kabar views save Lain kopi -tag:teh --key l", "kabar views save Lain kopi !tag:teh --key l"),
            ("kabar --ascii rules add Lain -teh --mute", "kabar --ascii rules add Lain !teh --mute"),
            ("kabar rules --json try -teh", "kabar rules --json try !teh"),
            ("kabar rules apply -teh", "kabar rules apply -teh"),
            ("kabar add -t", "kabar add -t"),
            ("kabar", "kabar"),
        ] {
            let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
            assert_eq!(marked(words(typed)), words(meant), "{typed}");
        }
    }
}
