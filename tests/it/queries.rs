//! What a query finds, against a plain reading of its meaning over all articles.

use jiff::Zoned;
use kabar::model::entry::{Entry, EntryId, Headline};
use kabar::model::feed::Feed;
use kabar::model::query::{Query, State};
use kabar::model::tag::fold;
use kabar::store::{Mark, Span};

use crate::app::App;

const QUERIES: [&str; 72] = [
    "",
    "unread",
    "is:read",
    "starred",
    "-starred",
    "unread starred",
    "unread OR starred",
    "-(unread OR starred)",
    "tag:Rusia-AS",
    "tag:rusia-as",
    "tag:\"#Rusia – AS\"",
    "-tag:rusia-as",
    "tag:rusia-as tag:ukraina",
    "tag:rusia-as OR tag:ukraina",
    "tag:rusia-as -tag:ukraina",
    "tag:rusia-as tag:rusia-as",
    "tag:tidak-ada",
    "-tag:tidak-ada",
    "tag:tidak-ada OR tag:rusia-as",
    "tag:internasional unread",
    "tag:internasional is:read",
    "tag:internasional starred",
    "tag:climate OR tag:iklim OR tag:cop29",
    "(tag:climate OR tag:iklim) -tag:cop29",
    "-(tag:climate tag:cop29)",
    "tag:simpan",
    "tag:simpan -starred",
    "tag:hardware",
    "feed:1",
    "feed:2 OR feed:3",
    "feed:1 feed:2",
    "-feed:1",
    "feed:999",
    "feed:khatulistiwa",
    "feed:\"meridian wire\"",
    "feed:潮路",
    "feed:مرفأ",
    "feed:Полярный",
    "feed:полярный",
    "feed:.xml",
    "feed:khatulistiwa unread",
    "folder:Indonesia",
    "folder:Dunia",
    "folder:Indo",
    "folder:indonesia",
    "-folder:Dunia",
    "folder:Dunia tag:rusia-as",
    "folder:Indonesia OR folder:Ekonomi",
    "folder:Dunia unread -tag:cop29",
    "lang:id",
    "lang:en",
    "lang:ja OR lang:ru",
    "-lang:id",
    "title:putin",
    "title:PUTIN",
    "title:КЛИМАТ",
    "title:\"rusia dan\"",
    "-title:a",
    "author:ratna",
    "author:leila OR author:kenji",
    "-author:a",
    "url:meridianwire",
    "putin",
    "putin trump",
    "putin OR rupiah",
    "-putin",
    "\"presiden terpilih\"",
    "strong",
    "首相",
    "newer:2024-11-09",
    "older:2024-11-08 unread",
    "tag:rusia-as newer:2024-11-08 older:2024-11-09",
];

/// What the store tells of one article, one by one.
struct Row {
    entry: Entry,
    tags: Vec<String>,
    feed: Feed,
}

fn matches(query: &Query, row: &Row, now: &Zoned) -> bool {
    let headline = &row.entry.headline;
    let holds = |text: Option<&str>, word: &str| text.unwrap_or_default().to_lowercase().contains(&word.to_lowercase());
    match query {
        Query::And(parts) => parts.iter().all(|part| matches(part, row, now)),
        Query::Or(parts) => parts.iter().any(|part| matches(part, row, now)),
        Query::Not(inner) => !matches(inner, row, now),
        Query::Tag(name) => row.tags.iter().any(|tag| fold(tag) == fold(name)),
        Query::Feed(name) => match name.parse::<i64>() {
            Ok(id) => row.feed.id.0 == id,
            Err(_) => holds(Some(row.feed.name()), name) || holds(Some(&row.feed.url), name),
        },
        Query::Folder(name) => {
            let folder = row.feed.subscription.folder.as_deref().unwrap_or_default();
            folder == name || folder.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('/'))
        }
        Query::Author(word) => holds(headline.author.as_deref(), word),
        Query::Language(code) => headline.language.as_deref() == Some(code),
        Query::Title(word) => holds(Some(&headline.title), word),
        Query::Url(word) => holds(headline.url.as_deref(), word),
        Query::Text(word) => {
            holds(Some(&headline.title), word)
                || holds(headline.author.as_deref(), word)
                || holds(Some(&visible(&row.entry.html)), word)
        }
        Query::Is(State::Unread) => !headline.read,
        Query::Is(State::Read) => headline.read,
        Query::Is(State::Starred) => headline.starred,
        Query::Newer(when) => headline.at >= when.moment(now),
        Query::Older(when) => headline.at < when.moment(now),
    }
}

fn visible(html: &str) -> String {
    let tags = regex::Regex::new("<[^>]*>").unwrap();
    let text = tags.replace_all(html, " ");
    text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The demo with some articles read, starred and tagged.
fn library() -> App {
    let app = App::demo((80, 24));
    let ids: Vec<EntryId> = all(&app);
    let every = |step: usize| ids.iter().copied().step_by(step).collect::<Vec<_>>();
    app.block_on(app.engine.mark(every(3), Mark::Read)).unwrap();
    app.block_on(app.engine.mark(every(7), Mark::Starred)).unwrap();
    app.block_on(app.engine.edit_tag(every(5), "Simpan".to_owned(), true)).unwrap();
    app
}

fn all(app: &App) -> Vec<EntryId> {
    let rows = app.block_on(app.engine.headlines(Query::everything(), Span::Top, 1000)).unwrap().rows;
    rows.iter().map(|row| row.id).collect()
}

fn rows(app: &App) -> Vec<Row> {
    let feeds = app.block_on(app.engine.feeds()).unwrap();
    let row = |id: EntryId| {
        let entry = app.block_on(app.engine.entry(id)).unwrap().unwrap();
        let tags = app.block_on(app.engine.entry_tags(id)).unwrap().into_iter().map(|(name, _)| name).collect();
        let feed = feeds.iter().find(|feed| feed.id == entry.headline.feed).unwrap().clone();
        Row { entry, tags, feed }
    };
    all(app).into_iter().map(row).collect()
}

#[test]
fn a_query_finds_what_it_says() {
    let app = library();
    let rows = rows(&app);
    let now = Zoned::now();
    let mut telling = 0;
    for text in QUERIES {
        let query = Query::parse(text).unwrap();
        let expected: Vec<EntryId> =
            rows.iter().filter(|row| matches(&query, row, &now)).map(|row| row.entry.headline.id).collect();
        let found = app.block_on(app.engine.headlines(query.clone(), Span::Top, 1000));
        let found = found.unwrap_or_else(|error| panic!("`{text}`: {error}")).rows;
        let found: Vec<EntryId> = found.iter().map(|row| row.id).collect();
        assert_eq!(found, expected, "`{text}`");
        assert_eq!(app.block_on(app.engine.count(query)).unwrap(), expected.len() as u64, "`{text}`");
        telling += usize::from(!expected.is_empty() && expected.len() < rows.len());
    }
    assert!(telling > 50, "only {telling} of the queries tell articles apart");
}

#[test]
fn windows_of_a_list_join_without_a_gap() {
    let app = library();
    let keys = |rows: &[Headline]| rows.iter().map(Headline::key).collect::<Vec<_>>();
    for text in QUERIES {
        let query = Query::parse(text).unwrap();
        let window = |span, limit| {
            let window = app.block_on(app.engine.headlines(query.clone(), span, limit));
            window.unwrap_or_else(|error| panic!("`{text}`: {error}"))
        };
        let whole = keys(&window(Span::Top, 1000).rows);
        let (mut down, mut up) = (Vec::new(), Vec::new());
        let mut next = window(Span::Top, 7);
        loop {
            down.extend(keys(&next.rows));
            let Some(last) = down.last().filter(|_| !next.is_last) else { break };
            next = window(Span::After(*last), 7);
        }
        let mut next = window(Span::Bottom, 7);
        loop {
            up.splice(0..0, keys(&next.rows));
            let Some(first) = up.first().filter(|_| !next.is_last) else { break };
            next = window(Span::Before(*first), 7);
        }
        assert_eq!((&down, &up), (&whole, &whole), "`{text}`");
        if let Some(middle) = whole.get(whole.len() / 2) {
            assert_eq!(keys(&window(Span::From(*middle), 1000).rows), whole[whole.len() / 2..], "`{text}`");
        }
    }
}
