//! Newsboat's `urls` file: `https://a.id/feed "tag" "~Title" "!"`. Reads and writes the text; finding the file is not
//! its business.

use crate::model::scrub;

use super::opml::Outline;

/// What a `urls` file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    pub outlines: Vec<Outline>,
    /// Lines that are no feed for kabar, so that they can be named to the user.
    pub skipped: Vec<Skipped>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Counted from 1.
    pub line: usize,
    /// What it was to read.
    pub source: String,
    pub reason: Reason,
}

/// Why a line was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `query:`: a saved search of newsboat.
    Query,
    /// No URL that is known.
    Unknown,
}

#[must_use]
pub fn parse(text: &str) -> List {
    let mut list = List::default();
    for (n, line) in text.lines().enumerate() {
        let mut words = words(line).into_iter();
        let Some(source) = words.next() else { continue };
        let reason = match source.split_once(':').map(|(scheme, _)| scheme) {
            Some("query") => Some(Reason::Query),
            Some("exec" | "filter" | "http" | "https" | "file" | "gemini" | "gopher") => None,
            _ => Some(Reason::Unknown),
        };
        if let Some(reason) = reason {
            list.skipped.push(Skipped { line: n + 1, source, reason });
            continue;
        }
        let (url, filter) = filtered(source);
        let mut outline = Outline { url, filter, ..Outline::default() };
        for word in words {
            if word == "!" {
                outline.muted = true;
            } else if let Some(title) = word.strip_prefix('~') {
                outline.title = Some(title.to_owned()).filter(|title| !title.is_empty());
            } else if !word.is_empty() {
                outline.tags.push(word);
            }
        }
        list.outlines.push(outline);
    }
    list
}

/// `filter:COMMAND:URL` taken apart: the address of a feed, and the command that it passes.
fn filtered(source: String) -> (String, Option<String>) {
    let parts = source.strip_prefix("filter:").and_then(|rest| {
        let schemes = [":http://", ":https://", ":file://"];
        rest.split_at_checked(schemes.iter().filter_map(|scheme| rest.find(scheme)).min()?)
    });
    match parts {
        Some((command, url)) => (url.trim_start_matches(':').to_owned(), Some(command.to_owned())),
        None => (source, None),
    }
}

/// The words of a line: separated by white space, or in double quotes with `\` before a quote or a backslash.
/// A `#` that begins a word begins a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut chars = line.chars().peekable();
    while let Some(first) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        if first == '#' {
            break;
        }
        let mut word = String::new();
        if first == '"' {
            while let Some(c) = chars.next() {
                match c {
                    '"' => break,
                    '\\' => word.extend(chars.next()),
                    c => word.push(c),
                }
            }
        } else {
            word.push(first);
            while let Some(c) = chars.next_if(|c| !c.is_whitespace()) {
                word.push(c);
            }
        }
        words.push(scrub::line(&word).into_owned());
    }
    words
}

/// The list as a `urls` file. Newsboat has no folders: a feed's folder becomes its first tag.
#[must_use]
pub fn print(outlines: &[Outline]) -> String {
    let mut out = String::new();
    for outline in outlines {
        let url = match &outline.filter {
            Some(filter) => format!("filter:{filter}:{}", outline.url),
            None => outline.url.clone(),
        };
        // A command has spaces in it.
        if url.contains([' ', '"', '\\']) {
            quoted(&mut out, "", &url);
        } else {
            out.push_str(&scrub::line(&url));
        }
        for tag in outline.folder.iter().chain(&outline.tags) {
            quoted(&mut out, "", tag);
        }
        if let Some(title) = &outline.title {
            quoted(&mut out, "~", title);
        }
        if outline.muted {
            quoted(&mut out, "", "!");
        }
        out.push('\n');
    }
    out
}

fn quoted(out: &mut String, prefix: &str, word: &str) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push(' ');
    }
    out.push('"');
    out.push_str(prefix);
    for c in scrub::line(word).chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_urls_file_is_read() {
        let list = parse(
            "# komentar\n\nhttps://a.id/feed berita \"dunia baru\" \"~Judul \\\"A\\\"\" \"!\" # catatan\n\
             \"query:Belum:unread = \\\"yes\\\"\"\nexec:~/x.sh tag\nfilter:x:https://b.id/\nbukan\nfile:///tmp/a.xml\n",
        );
        assert_eq!(
            list.outlines,
            [
                Outline {
                    url: "https://a.id/feed".into(),
                    title: Some("Judul \"A\"".into()),
                    tags: vec!["berita".into(), "dunia baru".into()],
                    muted: true,
                    ..Outline::default()
                },
                Outline { url: "exec:~/x.sh".into(), tags: vec!["tag".into()], ..Outline::default() },
                Outline { url: "https://b.id/".into(), filter: Some("x".into()), ..Outline::default() },
                Outline { url: "file:///tmp/a.xml".into(), ..Outline::default() },
            ]
        );
        let skipped: Vec<(usize, Reason)> = list.skipped.iter().map(|line| (line.line, line.reason)).collect();
        assert_eq!(skipped, [(4, Reason::Query), (7, Reason::Unknown)]);
    }

    #[test]
    fn a_folder_is_written_as_a_tag() {
        let outline = Outline { url: "https://a.id/".into(), folder: Some("Dunia".into()), ..Outline::default() };
        assert_eq!(print(&[outline]), "https://a.id/ \"Dunia\"\n");
    }

    #[test]
    fn a_command_with_spaces_is_read_back() {
        let exec = Outline { url: r#"exec:cetak "a b" | tr \n x"#.into(), ..Outline::default() };
        let filter = Some("jq -r .feed".to_owned());
        let outlines = [exec, Outline { url: "https://a.id/x y".into(), filter, ..Outline::default() }];
        assert_eq!(parse(&print(&outlines)).outlines, outlines);
    }

    proptest! {
        #[test]
        fn a_printed_list_is_read_back(
            feeds in prop::collection::vec(
                ("https://[a-z]{1,8}\\.id/[a-z?&=]{0,9}", "[a-z][a-z\"\\\\é]{0,8}", prop::collection::vec("[a-z#][a-z \"\\\\]{0,8}[a-z]", 0..3)),
                0..6,
            )
        ) {
            let outlines: Vec<Outline> = feeds
                .into_iter()
                .map(|(url, title, tags)| Outline {
                    url,
                    title: Some(title),
                    tags: tags.iter().map(|tag| scrub::line(tag).into_owned()).collect(),
                    ..Outline::default()
                })
                .collect();
            prop_assert_eq!(parse(&print(&outlines)).outlines, outlines);
        }
    }
}
