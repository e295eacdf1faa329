//! Nothing that a publisher or a passer-by writes acts on the terminal.

use crate::cli_program::{Kabar, rss};
use crate::web::{Page, Web};

/// As it stands in the document: the character itself, references to it, references to references.
const HOSTILE: [&str; 9] = [
    "raw \u{1b}]0;owned\u{7}\u{1b}[31m",
    "c1 \u{9b}2J\u{90}x\u{9c}",
    "bidi \u{202e}txt.exe\u{2066}",
    "reference &#27;[2J &#x1b;[3J &#155;5m &#x202e;",
    "double &amp;#27;[2J &amp;#x9b;1m &amp;#8238;",
    "triple &amp;amp;#27;[2J",
    "cdata <![CDATA[&#27;[2J \u{1b}c]]>",
    "line\r\nfeed\u{2028}and\u{85}more",
    "null \u{0}and delete \u{7f}",
];

fn feed() -> String {
    let guids: Vec<String> = (0..HOSTILE.len()).map(|n| format!("g{n}")).collect();
    let items: Vec<_> = HOSTILE.iter().zip(&guids).map(|(title, guid)| (*title, guid.as_str(), 1)).collect();
    let extras = format!(
        "<author>{0}</author><category>{0}</category><category>{1}</category><description>{2}",
        HOSTILE[1], HOSTILE[4], HOSTILE[3]
    );
    rss(HOSTILE[0], &items).replace("<description>", &extras)
}

#[test]
fn no_control_function_comes_through() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", Page::feed(feed()));
    web.serve("/page", Page::new("\u{1b}[2Jhello").header("Content-Type", "text/\u{9b}plain"));
    let file = kabar.write("feed.xml", feed());
    kabar.import(&[web.url("/rss"), web.url("/page")]);
    assert_eq!(kabar.run(&["refresh"]).code, Some(0));
    let ids: Vec<String> =
        kabar.json(&["list", "--json"]).as_array().unwrap().iter().map(|row| row["id"].to_string()).collect();
    assert!(!ids.is_empty());
    let file = file.to_str().unwrap();
    let mut commands: Vec<Vec<&str>> = ["list", "feeds", "tags", "doctor"].map(|name| vec![name]).into();
    commands.extend(["list", "feeds", "tags", "doctor"].map(|name| vec![name, "--json"]));
    commands.extend([vec!["refresh", "--force"], vec!["refresh", "--force", "--json"], vec!["export"]]);
    commands.extend([vec!["export", "--format", "json"], vec!["export", "--format", "newsboat"]]);
    commands.extend([vec!["preview", file], vec!["preview", file, "--format", "json"]]);
    for id in &ids {
        commands.extend(["text", "markdown", "html", "json"].map(|format| vec!["show", id, "--format", format]));
    }
    for args in commands {
        let ran = kabar.run(&args);
        assert_eq!(ran.code, Some(0), "{args:?} {ran:?}");
        ran.assert_harmless();
    }
}

#[test]
fn a_hostile_list_of_subscriptions_is_harmless() {
    let kabar = Kabar::new();
    let opml = format!(
        "<opml><body><outline text=\"{0}\"><outline text=\"{0}\" xmlUrl=\"https://a.example/\u{1b}[2J\" \
         category=\"{1}\"/><outline text=\"x\" xmlUrl=\"exec:\u{1b}[2J\"/></outline></body></opml>",
        HOSTILE[0], HOSTILE[3]
    );
    let opml = kabar.write("list.opml", opml);
    let urls = kabar.write("urls", format!("https://b.example/ \"{}\"\nexec:\u{1b}[2J \"x\"\n", HOSTILE[1]));
    for args in [&["import", opml.to_str().unwrap()][..], &["import", urls.to_str().unwrap()], &["feeds"], &["export"]]
    {
        let ran = kabar.run(args);
        assert_eq!(ran.code, Some(0), "{args:?} {ran:?}");
        ran.assert_harmless();
    }
}

#[test]
fn what_is_typed_is_repeated_without_its_control_functions() {
    let kabar = Kabar::new();
    let typed = "x\u{1b}[31m\u{9b}2Jy\u{202e}z";
    let address = format!("http://127.0.0.1:1/{typed}");
    for args in [
        &[typed][..],
        &["add", typed],
        &["add", &address],
        &["remove", typed],
        &["list", "--feed", typed],
        &["list", "--query", &format!("is:{typed}")],
        &["list", "--limit", typed],
        &["import", typed],
        &["export", "-o", &format!("{typed}/x")],
        &["preview", typed],
        &["preview", &address],
        &["--data-dir", "/dev/null/\u{1b}[2J", "list"],
    ] {
        let ran = kabar.run(args);
        assert!(matches!(ran.code, Some(1 | 2)), "{args:?} {ran:?}");
        ran.assert_harmless();
    }
}
