//! Makes HTML from outside safe to keep, to show and to hand on: allowed elements and attributes, absolute URLs of safe
//! schemes, no control characters. Most of what publishers write passes a tag-by-tag look; the rest goes through ammonia.

mod elements;
pub(super) mod rules;
mod tidy;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use url::Url;

use super::{entity, guard, text};
pub(super) use elements::{Elements, is_left_open};
pub(super) use rules::{Rule, SCHEMES, rule};
use tidy::{Mode, tidy};

/// Safe HTML of the same meaning. Relative URLs are resolved against `base`. Borrows when nothing had to be changed;
/// what it returns passes unchanged when it comes again.
#[must_use]
pub fn sanitise<'a>(html: &'a str, base: &Url) -> Cow<'a, str> {
    if let Some(clean) = tidy(html, base, Mode::Strict) {
        return clean;
    }
    // Tags and attributes are thinned out and the depth is cut before the parser sees them: its time is quadratic in
    // the depth, and misnested formatting multiplies.
    let mended = tidy(html, base, Mode::Mend).unwrap_or_default();
    let parsed = guard::guarded(|| AMMONIA.clean(&mended).to_string());
    if let Some(clean) = parsed.as_deref().and_then(|parsed| tidy(parsed, base, Mode::Parsed)) {
        return Cow::Owned(clean.into_owned());
    }
    // The words at least.
    let mut escaped = String::new();
    entity::escape_into(&mut escaped, &text::plain(&mended));
    Cow::Owned(escaped)
}

static AMMONIA: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (element, name, _) in rules::ATTRIBUTES.iter().chain(&rules::MORE_ATTRIBUTES) {
        // `class` is judged by ammonia under a rule of its own; the tidying before and after does it here.
        attributes.entry(element).or_default().insert(name);
    }
    let mut builder = Builder::empty();
    builder
        .tags(rules::KEPT.into_iter().collect())
        .tag_attributes(attributes)
        .url_schemes(SCHEMES.into_iter().collect())
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true);
    builder
});

#[cfg(test)]
mod tests;
