//! What holds for any bytes at all: one function for each target of the fuzzer, called by `cargo test` too, over the
//! corpora in `tests/fuzz` and over whatever proptest makes up.

use kabar::content::markup::Tokens;
use kabar::content::{decode, opml, parse, sanitise, text};
use kabar::model::entry::{Draft, FeedDraft};
use kabar::model::plan::{Knowledge, Sketch, plan};
use kabar::model::scrub;
use url::Url;

/// Fails when something does not hold.
type Check = fn(&[u8]);

/// A check by the name of its target.
pub const CHECKS: [(&str, Check); 5] =
    [("decode", decode), ("tokenise", tokenise), ("parse", parse), ("sanitise", sanitise), ("opml", opml)];

/// The first line is a `Content-Type`, the rest a body.
fn decode(input: &[u8]) {
    let line = input.iter().position(|byte| *byte == b'\n').unwrap_or_default();
    let (label, body) = input.split_at(line);
    let label = String::from_utf8_lossy(label);
    let decoded = decode::decode(body, Some(&label));
    assert_eq!(decode::decode(body, Some(&label)), decoded, "the same twice");
    // No encoding has more than three bytes of UTF-8 for one of its own.
    assert!(decoded.len() <= body.len() * 3 + 3);
    if !body.starts_with(b"\xef\xbb\xbf") && std::str::from_utf8(body) == Ok(&decoded) {
        assert!(matches!(decoded, std::borrow::Cow::Borrowed(_)), "valid UTF-8 is not copied");
    }
}

/// HTML and XML, by their own tokenizers.
fn tokenise(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut tokens = Tokens::new(&text);
    let mut end = 0;
    while tokens.next().is_some() {
        assert!(tokens.position() > end, "every token takes something");
        end = tokens.position();
        assert!(text.is_char_boundary(end));
    }
    assert_eq!(end, text.len(), "nothing is left");
    let mut from = 0;
    for piece in parse::pieces(&text) {
        assert!(piece.is_empty() || (piece.start >= from && piece.end <= text.len()), "one after the other");
        assert!(text.get(piece.clone()).is_some(), "between characters");
        from = from.max(piece.end);
    }
}

fn parse(input: &[u8]) {
    let base = Url::parse("https://a.example/umpan/rss.xml").ok();
    let Some(base) = base else { return };
    let parsed = parse::parse(input, None, &base);
    assert_eq!(parse::parse(input, None, &base), parsed, "the same twice");
    match parsed {
        Ok(feed) => check_feed(&feed, &base),
        Err(error) => check_line(&error.to_string()),
    }
}

fn check_feed(feed: &FeedDraft, base: &Url) {
    check_line(&feed.facts.title);
    feed.facts.description.iter().chain(&feed.facts.authors).chain(&feed.repairs).for_each(|line| check_line(line));
    for draft in &feed.entries {
        check_draft(draft, base);
    }
    // What was planned as new is known the second time within one document.
    let sketches: Vec<Sketch> = feed.entries.iter().filter(|draft| !draft.is_empty()).map(Sketch::of).collect();
    let planned = plan(&sketches, &Knowledge::new());
    assert_eq!(planned.new.len() + planned.repeated, sketches.len());
}

fn check_draft(draft: &Draft, base: &Url) {
    check_line(&draft.title);
    draft.authors.iter().chain(&draft.categories).chain(&draft.guid).for_each(|line| check_line(line));
    for url in draft.url.iter().chain(&draft.image).chain(draft.enclosures.iter().map(|file| &file.url)) {
        check_line(url);
        let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
        assert!(!matches!(scheme.as_str(), "javascript" | "data" | "file" | "vbscript"), "{url}");
    }
    for html in draft.content.iter().chain(&draft.summary) {
        check_html(html, base);
    }
}

fn sanitise(input: &[u8]) {
    let Ok(base) = Url::parse("https://a.example/artikel/1") else { return };
    let html = String::from_utf8_lossy(input);
    check_html(&sanitise::sanitise(&html, &base), &base);
}

/// Safe HTML passes unchanged when it comes again, wherever it is from, and says nothing to a terminal.
fn check_html(html: &str, base: &Url) {
    assert_eq!(sanitise::sanitise(html, base), html);
    assert!(!html.chars().any(|c| !matches!(c, '\n' | '\t') && scrub::is_unsafe(c)), "{html:?}");
    let plain = text::plain(html);
    assert!(!plain.chars().any(|c| c != '\n' && scrub::is_unsafe(c)), "{plain:?}");
    let _ = text::teaser(html, 40);
}

fn check_line(line: &str) {
    assert_eq!(scrub::line(line), line);
}

/// A list that was read can be written, and is read as the same list.
fn opml(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let Ok(mut outlines) = opml::parse(&text) else { return };
    // Written in the order of their folders; what is no name in a list cannot come back as one.
    let printed = opml::print("x", &outlines);
    let read = opml::parse(&printed);
    assert!(read.is_ok());
    let mut read = read.unwrap_or_default();
    let again = opml::print("x", &read);
    assert_eq!(again, printed, "the same once it was written");
    read.sort();
    outlines.sort();
    let urls = |list: &[opml::Outline]| list.iter().map(|outline| outline.url.clone()).collect::<Vec<_>>();
    assert_eq!(urls(&read), urls(&outlines));
}

/// Runs one check.
pub fn run(target: &str, input: &[u8]) {
    for (name, check) in CHECKS {
        if name == target {
            check(input);
        }
    }
}
