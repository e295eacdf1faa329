//! What a page says about itself, gathered in one pass over its tokens: meta elements, links, JSON-LD, microdata, and
//! the words that look like a title, a byline, a date or a tag. Judges nothing; every list has a limit.

use super::super::entity;
use super::super::markup::{Tag, Token, Tokens};
use super::lexicon::{LEXICON, bare, folded, weight};
use super::tame::UNSEEN;
use crate::model::scrub;

/// Entries of one list.
const MOST: usize = 200;
/// Bytes of one piece of text.
const LONGEST: usize = 600;
/// Pieces of text behind the first heading that are looked at for a date.
const BESIDE: usize = 12;
/// Shown length of a lead that nothing calls one.
const LEAD: usize = 60;
/// Bytes of one block of JSON-LD.
const LD: usize = 1 << 20;
/// Pieces of text that are being read at the same time.
const OPEN: usize = 12;

#[derive(Debug, Default)]
pub(super) struct Clues {
    pub language: Option<String>,
    /// The page says that it is in AMP, a plainer form of another.
    pub is_amp: bool,
    /// `name`, `property`, `itemprop` or `http-equiv` in small letters, and `content`.
    pub metas: Vec<(String, String)>,
    /// `rel` in small letters, and `href`.
    pub links: Vec<(String, String)>,
    pub title: Option<String>,
    pub headings: Vec<String>,
    /// Of the second rank.
    pub subheadings: Vec<String>,
    pub ld: Vec<String>,
    /// `itemprop` of an element in the body, and its value.
    pub properties: Vec<(String, String)>,
    /// Text of elements that are called author, byline and the like.
    pub bylines: Vec<String>,
    /// Text of what stands below the title as its lead: a subtitle, a standfirst.
    pub deck: Option<String>,
    /// `datetime` of `time` elements, else their text; then text of elements that are called date and the like.
    pub dates: Vec<String>,
    /// Text of links that are marked as tags.
    pub tags: Vec<String>,
    /// Text of links in an element that is called tags, or behind the words for them, whatever their address.
    pub likely_tags: Vec<String>,
    /// Short pieces of text around the first heading, where dates stand.
    pub beside: Vec<String>,
    /// Short pieces of text behind the title: some of them say who wrote the article.
    pub short: Vec<String>,
    /// `href` of the `base` element.
    pub base: Option<String>,
    /// The address and text of links that turn pages.
    pub pagers: Vec<(String, String)>,
    /// Bytes of visible text, and of scripts.
    pub visible: usize,
    pub scripts: usize,
}

/// What a piece of text that is being read is for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Purpose {
    Title,
    Heading,
    Subheading,
    Property(String),
    Byline,
    Deck,
    /// A heading right below the title, which may be its lead.
    Nameless,
    Date,
    Tag,
    LikelyTag,
    /// A link, with its address.
    Pager(String),
}

struct Piece {
    purpose: Purpose,
    element: String,
    /// Elements of the same name inside.
    nested: usize,
    text: String,
}

struct Gatherer {
    clues: Clues,
    open: Vec<Piece>,
    /// Behind the words that stand before links to tags, with nothing but such links in between.
    is_behind_tags: bool,
    /// What stands before an author's name, and nothing behind it yet.
    label: Option<String>,
    /// The title has been shown.
    is_titled: bool,
    /// Nothing but headings since the first heading.
    is_below_heading: bool,
    /// Inside an element that is called tags and the like: its name, and elements of that name inside.
    tag_list: Option<(String, usize)>,
    /// The property of an object whose address is still to come: a picture's.
    awaited: Option<&'static str>,
    /// Bytes of text before the first heading and in it.
    before: usize,
}

/// Where an element has the address of a picture.
const ADDRESS: [&str; 4] = ["content", "src", "data-src", "href"];
/// Bytes of text behind the title after which no lead comes: it would be that of another article.
const DECK_WITHIN: usize = 1500;

pub(super) fn gather(page: &str) -> Clues {
    let mut gatherer = Gatherer {
        clues: Clues::default(),
        open: Vec::new(),
        is_behind_tags: false,
        label: None,
        is_titled: false,
        is_below_heading: false,
        tag_list: None,
        awaited: None,
        before: 0,
    };
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => gatherer.text(text),
            Token::Start(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if matches!(name.as_str(), "script" | "style" | "svg" | "textarea" | "template" | "noscript" | "iframe")
                {
                    let from = tokens.position();
                    tokens.skip_raw(tag.name);
                    gatherer.raw(&name, tag, page.get(from..tokens.position()).unwrap_or_default());
                } else {
                    gatherer.start(&name, tag);
                }
            }
            Token::End(name) => gatherer.end(&name.to_ascii_lowercase()),
            Token::Other => {}
        }
    }
    gatherer.clues
}

impl Gatherer {
    fn raw(&mut self, name: &str, tag: Tag<'_>, content: &str) {
        if name != "script" {
            return;
        }
        let is_ld = tag.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        if !is_ld {
            // One from elsewhere has no content here.
            self.clues.scripts += content.len().max(usize::from(tag.attribute("src").is_some()));
        } else if content.len() <= LD && self.clues.ld.len() < 40 {
            let end = content.rfind("</").unwrap_or(content.len());
            self.clues.ld.push(content.get(..end).unwrap_or_default().to_owned());
        }
    }

    fn text(&mut self, text: &str) {
        self.clues.visible += text.split_ascii_whitespace().map(str::len).sum::<usize>();
        self.beside(text);
        self.before_tags(text);
        for piece in &mut self.open {
            if piece.text.len() < LONGEST {
                piece.text.push_str(text);
            }
        }
    }

    fn before_tags(&mut self, text: &str) {
        if text.len() > 90 || self.open.iter().any(|piece| matches!(piece.purpose, Purpose::Pager(_))) {
            self.is_behind_tags &= text.len() <= 90;
            return;
        }
        let words = folded(text);
        let words = bare(&words);
        self.is_behind_tags = words.is_empty() && self.is_behind_tags || LEXICON.tags.contains(words);
    }

    fn beside(&mut self, text: &str) {
        if !self.is_titled {
            let (text, title) = (text.trim(), self.clues.title.as_deref().unwrap_or_default());
            let is_long = text.chars().count() >= 12;
            self.is_titled = !self.clues.headings.is_empty() || is_long && title.starts_with(text);
            if self.clues.headings.is_empty() {
                return;
            }
        }
        self.short(text);
        let has_digit = text.bytes().any(|b| b.is_ascii_digit()) || !text.is_ascii();
        if self.clues.beside.len() >= BESIDE || text.trim().is_empty() {
            return;
        }
        let is_short = has_digit && text.len() <= 360 && text.trim().chars().count() <= 90;
        self.clues.beside.push(if is_short { value(text) } else { String::new() });
    }

    /// A piece that may say who wrote the article; a label in an element of its own belongs to the name behind it.
    fn short(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let before = self.label.take();
        let words = folded(text);
        let label = bare(&words);
        if text.len() <= 60 && LEXICON.by.contains(&label) {
            self.label = Some(label.to_owned());
        }
        let is_word = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
        if text.len() > 90 || self.clues.short.len() >= MOST || text.bytes().filter(is_word).count() <= 3 {
            return;
        }
        let text = value(text);
        self.clues.short.push(before.map_or_else(|| text.clone(), |label| format!("{label}: {text}")));
    }

    fn start(&mut self, name: &str, tag: Tag<'_>) {
        for piece in &mut self.open {
            if piece.element == name {
                piece.nested += 1;
            }
            piece.text.push(' ');
        }
        if let Some((element, nested)) = &mut self.tag_list
            && element == name
        {
            *nested += 1;
        }
        match name {
            "html" => {
                self.clues.language = tag.attribute("lang").or_else(|| tag.attribute("xml:lang")).map(value);
                self.clues.is_amp = ["amp", "⚡"].iter().any(|mark| tag.attribute(mark).is_some());
            }
            "meta" => self.meta(tag),
            "link" => {
                let rel = tag.attribute("rel").unwrap_or_default().to_ascii_lowercase();
                if let Some(href) = tag.attribute("href") {
                    push(&mut self.clues.links, (rel, value(href)));
                }
            }
            "base" => self.clues.base = self.clues.base.take().or_else(|| tag.attribute("href").map(value)),
            "title" => self.read(Purpose::Title, name),
            // What a lead lists are links to more.
            "ul" | "ol" | "h3" | "h4" => self.close_decks(),
            "h1" => self.read(Purpose::Heading, name),
            "h2" => {
                self.close_decks();
                self.read(Purpose::Subheading, name);
                // A lead that nothing names.
                if self.is_below_heading && self.clues.deck.is_none() {
                    self.read(Purpose::Nameless, name);
                }
            }
            "p" => self.is_below_heading = false,
            _ => {}
        }
        let is_image = || tag.attribute("itemprop").is_some_and(|property| property.eq_ignore_ascii_case("image"));
        if name != "meta" || self.awaited.is_some() || is_image() {
            self.marked(name, tag);
        }
    }

    fn meta(&mut self, tag: Tag<'_>) {
        let key = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| tag.attribute(name));
        if let (Some(key), Some(content)) = (key, tag.attribute("content")) {
            push(&mut self.clues.metas, (key.trim().to_ascii_lowercase(), value(content)));
        }
    }

    /// What attributes say about an element of the body.
    fn marked(&mut self, name: &str, tag: Tag<'_>) {
        if let Some(property) = tag.attribute("itemprop") {
            let property = property.trim().to_ascii_lowercase();
            let is_image = property == "image";
            let names: &[&str] = if is_image || self.awaited.is_some() { &ADDRESS } else { &["content", "datetime"] };
            match names.iter().find_map(|name| tag.attribute(name)) {
                // `ImageObject`
                Some(address) if self.awaited.is_some() && matches!(property.as_str(), "url" | "contenturl") => {
                    let awaited = self.awaited.take().unwrap_or_default();
                    push(&mut self.clues.properties, (awaited.to_owned(), value(address)));
                }
                Some(content) => push(&mut self.clues.properties, (property, value(content))),
                None if is_image => self.awaited = tag.attribute("itemscope").map(|_| "image"),
                None if !matches!(property.as_str(), "articlebody" | "text" | "description" | "mainentityofpage") => {
                    self.read(Purpose::Property(property), name);
                }
                None => {}
            }
        }
        let names = ["class", "id", "data-testid", "data-component", "data-gu-name"];
        let called: Vec<&str> = names.iter().filter_map(|name| tag.attribute(name)).collect();
        let called = called.join(" ").to_ascii_lowercase();
        let rel = tag.attribute("rel").unwrap_or_default().to_ascii_lowercase();
        if name == "time" {
            match tag.attribute("datetime") {
                Some(datetime) => push(&mut self.clues.dates, value(datetime)),
                None => self.read(Purpose::Date, name),
            }
        } else if is_called(&called, &DATE) {
            self.read(Purpose::Date, name);
        }
        let is_near = !self.clues.headings.is_empty() && self.clues.visible < self.before + DECK_WITHIN;
        if is_near && self.clues.deck.is_none() && is_called(&called, &DECK) {
            self.read(Purpose::Deck, name);
        }
        // The label of a byline that is read aloud is no name.
        let is_seen = !called.split(' ').any(|name| UNSEEN.contains(&name));
        if is_seen && (rel.contains("author") || is_called(&called, &BYLINE)) {
            self.read(Purpose::Byline, name);
        }
        if name == "a" {
            self.link(tag, &rel);
        } else if self.tag_list.is_none() && is_called(&called, &TAGS) && name != "body" && name != "html" {
            self.tag_list = Some((name.to_owned(), 0));
        }
    }

    fn link(&mut self, tag: Tag<'_>, rel: &str) {
        let Some(href) = tag.attribute("href").map(value) else { return };
        if rel.split_ascii_whitespace().any(|rel| rel == "next") {
            push(&mut self.clues.links, ("next".to_owned(), href.clone()));
        }
        let path = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let is_tag = rel.split_ascii_whitespace().any(|rel| rel == "tag");
        let is_listed = (self.tag_list.is_some() || self.is_behind_tags)
            && ["/tag", "/topi", "/label", "/keyword", "/thema", "/tema", "/mot"]
                .iter()
                .any(|part| path.contains(part));
        if is_tag && !path.contains("/category/") && !path.contains("/kategori/") || is_listed {
            self.read(Purpose::Tag, "a");
        } else if self.tag_list.is_some() || self.is_behind_tags {
            self.read(Purpose::LikelyTag, "a");
        }
        if self.clues.pagers.len() < MOST {
            self.read(Purpose::Pager(href), "a");
        }
    }

    fn read(&mut self, purpose: Purpose, element: &str) {
        // What has no end tag has no text either.
        let is_void = matches!(element, "img" | "input" | "br" | "hr" | "source" | "embed" | "area" | "link" | "wbr");
        if self.open.len() < OPEN && !is_void {
            self.open.push(Piece { purpose, element: element.to_owned(), nested: 0, text: String::new() });
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((element, nested)) = &mut self.tag_list
            && element == name
        {
            if *nested == 0 {
                self.tag_list = None;
            } else {
                *nested -= 1;
            }
        }
        let mut at = 0;
        while let Some(piece) = self.open.get_mut(at) {
            piece.text.push(' ');
            if piece.element != name {
                at += 1;
            } else if piece.nested > 0 {
                piece.nested -= 1;
                at += 1;
            } else {
                let piece = self.open.remove(at);
                self.close(piece);
            }
        }
    }

    fn close_decks(&mut self) {
        let is_deck = |piece: &Piece| piece.purpose == Purpose::Deck && !piece.text.trim().is_empty();
        while let Some(at) = self.open.iter().position(is_deck) {
            let piece = self.open.remove(at);
            self.close(piece);
        }
    }

    fn close(&mut self, piece: Piece) {
        let text = value(&piece.text);
        if text.is_empty() {
            return;
        }
        let clues = &mut self.clues;
        match piece.purpose {
            Purpose::Title => clues.title = clues.title.take().or(Some(text)),
            Purpose::Heading => {
                // `Writing a collector¶`
                push(&mut clues.headings, text.trim_end_matches(['¶', '🔗', ' ']).to_owned());
                self.is_below_heading = true;
                if clues.headings.len() == 1 {
                    self.before = clues.visible;
                }
            }
            Purpose::Subheading => push(&mut clues.subheadings, text),
            Purpose::Property(name) if name.is_empty() => {}
            Purpose::Property(name) => {
                // Beside the author's name stand pictures, points and links to more.
                let author = self.open.iter_mut().find(|piece| piece.purpose == Purpose::Property("author".to_owned()));
                if name == "name"
                    && let Some(author) = author
                {
                    author.purpose = Purpose::Property(String::new());
                    push(&mut clues.properties, ("author".to_owned(), text));
                } else {
                    push(&mut clues.properties, (name, text));
                }
            }
            // What is shorter is the motto of a site.
            Purpose::Nameless if weight(&text) < LEAD => {}
            Purpose::Deck | Purpose::Nameless => clues.deck = clues.deck.take().or(Some(text)),
            Purpose::Byline => push(&mut clues.bylines, text),
            Purpose::Date => push(&mut clues.dates, text),
            Purpose::Tag => push(&mut clues.tags, text),
            Purpose::LikelyTag => push(&mut clues.likely_tags, text),
            Purpose::Pager(href) => {
                if text.chars().count() <= 40 {
                    push(&mut clues.pagers, (href, text));
                }
            }
        }
    }
}

const BYLINE: [&str; 14] = [
    "author",
    "byline",
    "penulis",
    "reporter",
    "muhabir",
    "writer",
    "autor",
    "auteur",
    "journalist",
    "jurnalis",
    "redaktur",
    "editor-name",
    "creator",
    "contributor",
];
const DECK: [&str; 10] =
    ["subtitle", "subhead", "deck", "standfirst", "lead", "lede", "excerpt", "chapo", "summary", "intro"];
const DATE: [&str; 11] = [
    "date",
    "published",
    "publish",
    "posted",
    "timestamp",
    "tanggal",
    "datum",
    "fecha",
    "pubtime",
    "dateline",
    "waktu",
];
const TAGS: [&str; 8] = ["tag", "tags", "tagcloud", "topic", "topics", "entities", "keywords", "labels"];

/// Whether one of the words that a class or id is made of is one of these.
fn is_called(called: &str, names: &[&str]) -> bool {
    called.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        names
            .iter()
            .any(|name| word == *name || (name.len() >= 4 && *name != "lead" && *name != "deck" && word.contains(name)))
    })
}

fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() < MOST {
        list.push(item);
    }
}

/// Text or a value as written, as one clean line.
fn value(raw: &str) -> String {
    let decoded = entity::decode(raw);
    let line = scrub::line(&decoded).split_whitespace().collect::<Vec<_>>().join(" ");
    super::super::text::head(&line, LONGEST * 4).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_searched_for_clues_once() {
        let clues = gather(
            "<html lang=id><title>Judul &amp; isi</title><meta property='og:title' content='Judul'>\
             <link rel=canonical href='/a'><script type='application/ld+json'>{\"a\":1}</script><h1>Judul <b>besar</b></h1>\
             <div class='post-author'>Oleh <span>Sari</span></div><time datetime='2024-11-08'>tadi</time>\
             <div class='tags'>Tag: <a href='/tag/rusia'>Rusia</a></div><span itemprop=author>Sari</span><a href='?page=2'>2</a>",
        );
        assert_eq!(clues.language.as_deref(), Some("id"));
        assert_eq!(clues.title.as_deref(), Some("Judul & isi"));
        assert_eq!(clues.metas, [("og:title".to_owned(), "Judul".to_owned())]);
        assert_eq!(clues.links, [("canonical".to_owned(), "/a".to_owned())]);
        assert_eq!(clues.ld, ["{\"a\":1}"]);
        assert_eq!(clues.headings, ["Judul besar"]);
        assert_eq!(clues.bylines, ["Oleh Sari"]);
        assert_eq!(clues.dates, ["2024-11-08"]);
        assert_eq!(clues.tags, ["Rusia"]);
        assert_eq!(clues.properties, [("author".to_owned(), "Sari".to_owned())]);
        assert!(clues.pagers.contains(&("?page=2".to_owned(), "2".to_owned())));
    }

    #[test]
    fn a_heading_below_the_title_is_a_lead_where_it_says_enough_and_ends_where_the_next_begins() {
        let deck = |below: &str| gather(&format!("<h1>Harga beras naik</h1>{below}<p>Isi.</p>")).deck;
        let lead = "Pedagang di tiga kota menunggu kiriman yang tertahan banjir sejak Senin";
        assert_eq!(deck(&format!("<h2>{lead}</h2>")).as_deref(), Some(lead));
        assert_eq!(deck("<h2>Catatan dari pasar</h2>"), None);
        assert_eq!(deck(&format!("<div class=deck>{lead}<h3>Baca juga</h3><a>Lain</a></div>")).as_deref(), Some(lead));
    }

    #[test]
    fn what_is_far_below_the_title_leads_another_article() {
        let text = "<p>Kalimat panjang dari berita ini.</p>".repeat(60);
        let page =
            format!("<h1>Harga beras naik</h1>{text}<p class=summary>Ringkasan dari berita lain yang terkait.</p>");
        assert_eq!(gather(&page).deck, None);
    }

    #[test]
    fn a_picture_is_described_in_any_of_the_usual_ways() {
        for page in [
            "<img itemprop=image src=/a.jpg>",
            "<link itemprop=image href=/a.jpg>",
            "<meta itemprop=image content=/a.jpg>",
            "<div itemprop=image itemscope><meta itemprop=url content=/a.jpg></div>",
            "<div itemprop=image itemscope><img itemprop=contentUrl src=/a.jpg></div>",
        ] {
            assert_eq!(gather(page).properties, [("image".to_owned(), "/a.jpg".to_owned())], "{page}");
        }
    }

    #[test]
    fn of_an_authors_card_only_the_name_is_read() {
        let clues =
            gather("<div itemprop=author itemscope>mira <span itemprop=name>Mira K.</span> 1,203 <b>9</b></div>");
        assert_eq!(clues.properties, [("author".to_owned(), "Mira K.".to_owned())]);
    }

    #[test]
    fn a_label_in_an_element_of_its_own_belongs_to_the_name_behind_it() {
        let clues = gather(
            "<h1>Judul</h1><span>Authored by: </span><a>Meena Tomar</a><p>Isi.</p><span>作者，</span><b>林书妤</b>",
        );
        assert!(clues.short.contains(&"authored by: Meena Tomar".to_owned()), "{:?}", clues.short);
        assert!(clues.short.contains(&"作者: 林书妤".to_owned()), "{:?}", clues.short);
    }

    #[test]
    fn a_label_for_those_who_listen_is_no_byline() {
        let clues = gather("<strong class='visually-hidden' id='article-byline'>Article Information</strong>");
        assert_eq!(clues.bylines, [""; 0]);
    }

    #[test]
    fn lists_and_texts_are_bounded() {
        let clues =
            gather(&format!("{}{}", "<meta name=a content=b>".repeat(10_000), "<div class=author>".repeat(10_000)));
        assert_eq!(clues.metas.len(), MOST);
        let long = gather(&format!("<h1>{}</h1>", "kata ".repeat(100_000)));
        assert!(long.headings[0].len() <= LONGEST * 4);
    }
}
