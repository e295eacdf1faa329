//! Rules for single sites: those that come with kabar, in `config/sites/`, and the user's own in `sites/` beside
//! `config.toml`. The user's win.

use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::ConfigError;
use crate::content::extract::{Rule, Sites};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/sites");

/// A test reads each of them.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| shipped_rules().filter_map(Result::ok).collect());

/// The rules that come with kabar.
#[must_use]
pub fn shipped() -> Sites {
    Sites::default().before(&RULES)
}

fn shipped_rules() -> impl Iterator<Item = Result<Rule, ConfigError>> {
    SHIPPED.files().map(|file| parse(file.path(), file.contents_utf8().unwrap_or_default()))
}

/// The user's rules before those that come with kabar.
pub(super) fn load(folder: &Path) -> Result<Sites, ConfigError> {
    let unreadable = |path: &Path, error: &std::io::Error| ConfigError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(shipped()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut rules: Vec<Rule> = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let rule = parse(&path, &text)?;
        if let Some(site) = rule.sites.iter().find(|site| rules.iter().any(|known| known.sites.contains(site))) {
            let offset = text.find(&format!("\"{site}\"")).unwrap_or(0);
            return Err(ConfigError::at(&path, &text, offset, format!("`{site}` has a file of its own already")));
        }
        rules.push(rule);
    }
    Ok(Sites::new(rules).before(&RULES))
}

fn parse(path: &Path, text: &str) -> Result<Rule, ConfigError> {
    Rule::parse(text).map_err(|error| ConfigError::at(path, text, error.offset, error.problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_comes_with_kabar_is_one() {
        let rules: Vec<Rule> = shipped_rules().collect::<Result<_, _>>().unwrap();
        assert!(rules.len() >= 5);
        let mut sites: Vec<&String> = rules.iter().flat_map(|rule| &rule.sites).collect();
        sites.sort();
        sites.dedup();
        assert_eq!(sites.len(), rules.iter().map(|rule| rule.sites.len()).sum::<usize>(), "each site once");
    }

    #[test]
    fn a_mistake_in_a_rule_names_file_line_and_column() {
        let folder = tempfile::tempdir().unwrap();
        let error = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
            let error = load(folder.path()).unwrap_err().to_string();
            std::fs::remove_file(folder.path().join(name)).unwrap();
            error.replace(folder.path().to_str().unwrap(), "sites")
        };
        assert_eq!(
            error("a.toml", "site = [\"a.id\"]\nkeep = [\n  \"p\",\n  \"p[\"]\n"),
            "sites/a.toml:4:3: `p[` is no CSS selector"
        );
        std::fs::write(folder.path().join("a.toml"), "site = [\"a.id\"]\nkeep = [\"p\"]").unwrap();
        assert_eq!(
            error("b.toml", "site = [\"b.id\", \"a.id\"]\nkeep = [\"p\"]"),
            "sites/b.toml:1:17: `a.id` has a file of its own already"
        );
        assert!(load(folder.path()).is_ok() && load(Path::new("/nonexistent")).unwrap() == shipped());
    }
}
