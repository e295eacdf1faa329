use super::*;
use crate::content::text;
use crate::model::entry::Draft;

fn base() -> Url {
    Url::parse("https://contoh.id/umpan/rss.xml").unwrap()
}

fn feed(text: &str) -> FeedDraft {
    parse(text.as_bytes(), None, &base()).unwrap()
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><title>Kabar &amp;amp; Berita</title>\
         <link>https://contoh.id/</link><description>Berita</description><language>id-ID</language><ttl>60</ttl>{items}</channel></rss>"
    )
}

fn item(inside: &str) -> Draft {
    feed(&rss(&format!("<item>{inside}</item>"))).entries.remove(0)
}

fn not_a_feed(text: &str) -> String {
    match parse(text.as_bytes(), None, &base()) {
        Err(ParseError::NotAFeed { what }) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn hours_and_days_to_skip_are_read_and_nonsense_among_them_is_not() {
    let head = "<skipHours><hour>0</hour><hour> 5 </hour><hour>24</hour><hour>99</hour><hour>x</hour></skipHours>\
        <skipDays><day>Monday</day><day>sunday</day><day>Caturday</day></skipDays>";
    let quiet = feed(&rss(head)).facts.quiet;
    assert_eq!((quiet.hours, quiet.days), (0b10_0001, 0b100_0001));
}

#[test]
fn an_rss_feed_gives_facts_and_drafts() {
    let feed = feed(&rss(
        "<item><title>Judul &lt;b&gt;satu&lt;/b&gt;</title><link>/berita/1</link><guid isPermaLink=\"false\">g1</guid>\
         <pubDate>Jumat, 08 November 2024 12:41:00 WIB</pubDate><dc:creator>redaksi@contoh.id (Siti)</dc:creator>\
         <category>Rusia-AS</category><category>rusia – as</category><category> </category>\
         <description>Ringkasan</description><content:encoded><![CDATA[<p>Isi <img src=\"/g.png\" onerror=\"x\"></p>]]></content:encoded>\
         <enclosure url=\"/a.mp3\" length=\"123\" type=\"audio/mpeg\"/><itunes:duration>1:02:03</itunes:duration></item>",
    ));
    assert_eq!(feed.facts.title, "Kabar & Berita");
    assert_eq!(feed.facts.home.as_deref(), Some("https://contoh.id/"));
    assert_eq!((feed.facts.language.as_deref(), feed.facts.ttl), (Some("id"), Some(60)));
    let entry = &feed.entries[0];
    assert_eq!(entry.title, "Judul satu");
    assert_eq!(entry.guid.as_deref(), Some("g1"));
    assert_eq!(entry.url.as_deref(), Some("https://contoh.id/berita/1"));
    assert_eq!(entry.published.unwrap().to_string(), "2024-11-08T05:41:00Z");
    assert_eq!(entry.authors, ["Siti"]);
    assert_eq!(entry.categories, ["Rusia-AS"]);
    assert_eq!(entry.content.as_deref(), Some("<p>Isi <img src=\"https://contoh.id/g.png\"></p>"));
    assert_eq!(entry.summary.as_deref(), Some("Ringkasan"));
    assert_eq!(entry.image.as_deref(), Some("https://contoh.id/g.png"));
    let sound = &entry.enclosures[0];
    assert_eq!((sound.url.as_str(), sound.size), ("https://contoh.id/a.mp3", Some(123)));
}

#[test]
fn an_atom_feed_gives_facts_and_drafts() {
    let feed = feed(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"in\" xml:base=\"https://dasar.id/x/\"><title type=\"html\">A &amp;amp; B</title>\
         <link rel=\"self\" href=\"feed.xml\"/><link href=\"/\"/><icon>ikon.png</icon><author><name>Tim</name></author>\
         <entry><id>urn:1</id><title>Satu &lt; dua</title><link href=\"1.html\"/><link rel=\"enclosure\" href=\"1.pdf\" length=\"9\" title=\"PDF\"/>\
         <updated>2024-11-08T05:41:00Z</updated><category term=\"t\" label=\"Tag\"/>\
         <content type=\"text\">baris 1 &lt;x&gt;\nbaris 2\n\nparagraf</content></entry>\
         <entry><id>urn:2</id><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Isi<br/>dua <a href=\"?q=1\">t</a></p></div></content></entry></feed>",
    );
    assert_eq!((feed.facts.title.as_str(), feed.facts.language.as_deref()), ("A & B", Some("id")));
    assert_eq!(feed.facts.home.as_deref(), Some("https://dasar.id/"));
    assert_eq!(feed.facts.icon.as_deref(), Some("https://dasar.id/x/ikon.png"));
    let first = &feed.entries[0];
    assert_eq!(first.title, "Satu < dua");
    assert_eq!(first.url.as_deref(), Some("https://dasar.id/x/1.html"));
    assert_eq!(first.enclosures[0].title.as_deref(), Some("PDF"));
    assert_eq!(first.categories, ["Tag"]);
    assert_eq!(first.authors, ["Tim"]);
    assert_eq!(first.content.as_deref(), Some("<p>baris 1 &lt;x&gt;<br>baris 2</p><p>paragraf</p>"));
    let second = &feed.entries[1];
    assert_eq!(second.content.as_deref(), Some("<p>Isi<br>dua <a href=\"https://dasar.id/x/?q=1\">t</a></p>"));
    assert_eq!(second.title, "Isi dua t");
    assert_eq!(second.published, None);
}

#[test]
fn a_json_feed_needs_hardly_anything() {
    let feed = feed(
        r#"{"version":"https://jsonfeed.org/version/1","home_page_url":"https://j.id/","language":"id","items":[
            {"id":7,"content_text":"Halo <dunia>\nbaris","date_published":"2024-11-08T12:41:00+07:00","external_url":"https://x.id/",
             "author":{"name":"Budi"},"tags":["a","A",3],"image":"/g.png",
             "attachments":[{"url":"a.mp3","duration_in_seconds":"61","size_in_bytes":9.0},{}]},
            {}, 5]}"#,
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.guid.as_deref(), Some("7"));
    assert_eq!(entry.content.as_deref(), Some("<p>Halo &lt;dunia&gt;<br>baris</p>"));
    assert_eq!(entry.title, "Halo <dunia> baris");
    assert_eq!(entry.authors, ["Budi"]);
    assert_eq!(entry.categories, ["a", "3"]);
    assert_eq!(entry.image.as_deref(), Some("https://j.id/g.png"));
    assert_eq!(entry.enclosures[0].duration, Some(61));
    assert_eq!(feed.entries.len(), 2);
}

#[test]
fn an_image_that_counts_readers_stands_for_no_item() {
    let images = "<img src=\"https://a.id/1.gif\" width=\"1\" height=\"1\"><img src=\"https://a.id/2.jpg\">";
    let entry = item(&format!("<description><![CDATA[{images}]]></description>"));
    assert_eq!(entry.image.as_deref(), Some("https://a.id/2.jpg"));
    assert_eq!(entry.content.as_deref(), Some(images));
}

#[test]
fn a_publisher_without_ids_gives_none() {
    assert_eq!(item("<title>x</title><link>https://contoh.id/1</link>").guid, None);
}

#[test]
fn a_permanent_link_stands_in_for_a_missing_one() {
    assert_eq!(item("<guid>https://contoh.id/9</guid>").url.as_deref(), Some("https://contoh.id/9"));
}

#[test]
fn an_address_that_is_an_atom_id_stands_in_for_a_missing_link() {
    let entry = |inside: &str| {
        let text =
            format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>A</title>{inside}</entry></feed>");
        feed(&text).entries.remove(0).url
    };
    assert_eq!(entry("<id>https://contoh.id/satu</id>").as_deref(), Some("https://contoh.id/satu"));
    assert_eq!(entry("<id>https://contoh.id/1</id><link href=\"/dua\"/>").as_deref(), Some("https://contoh.id/dua"));
    assert_eq!(entry("<id>tag:contoh.id,2024:1</id>"), None);
}

#[test]
fn an_address_that_is_not_closed_swallows_nothing() {
    for inside in [
        "<link>https://contoh.id/1<title>Judul</title><guid isPermaLink=\"false\">g1</guid>",
        "<link>https://contoh.id/1\n<guid isPermaLink=\"false\">g1\n<title>Judul</title></link>",
        "<link>https://contoh.id/1<link><title>Judul</title><guid isPermaLink=\"false\">g1</guid>",
        "<pubDate>Sun, 22 Nov 2026 12:00:00 GMT<link>https://contoh.id/1<guid>g1</guid><title>Judul</title>",
    ] {
        let draft = item(inside);
        let told = (draft.title.as_str(), draft.url.as_deref(), draft.guid.as_deref());
        assert_eq!(told, ("Judul", Some("https://contoh.id/1"), Some("g1")), "{inside}");
    }
    let facts = feed(&rss("").replace("<link>https://contoh.id/</link>", "<link>https://contoh.id/")).facts;
    assert_eq!(facts.title, "Kabar & Berita");
}

#[test]
fn keywords_and_nested_categories_are_tags() {
    let draft = item(
        "<title>A</title><keywords>satu, dua</keywords><itunes:category text=\"Budaya\"><itunes:category text=\"Musik\"/>\
         </itunes:category><media:group><media:content url=\"https://contoh.id/a.mp4\"><media:keywords>tiga; empat</media:keywords>\
         </media:content></media:group>",
    );
    let mut tags = draft.categories.clone();
    tags.sort();
    assert_eq!(tags, ["Budaya", "Musik", "dua", "empat", "satu", "tiga"]);
}

#[test]
fn an_item_without_a_title_borrows_from_its_text() {
    let entry = item(&format!("<description>{}</description>", "kata ".repeat(40)));
    assert!(entry.title.starts_with("kata kata") && entry.title.ends_with('…'));
}

#[test]
fn titles_are_text() {
    for (raw, title) in [
        ("AT&amp;T &amp;amp; B", "AT&T & B"),
        ("&lt;i&gt;Miring&lt;/i&gt;", "Miring"),
        ("Vec&lt;String&gt; di Rust", "Vec<String> di Rust"),
        ("1 &lt; 2", "1 < 2"),
        ("Banjir &lt;SCRIPT&gt;lacak(1)&lt;/script&gt;surut", "Banjir surut"),
        ("Memakai &lt;script&gt; di HTML", "Memakai <script> di HTML"),
        ("&lt;div&gt; vs &lt;b&gt;", "<div> vs <b>"),
        (
            "Announcing &lt;video&gt; support, &lt;script setup&gt; too",
            "Announcing <video> support, <script setup> too",
        ),
        ("&lt;title&gt;Nama&lt;/title&gt; penting", "Nama penting"),
        ("&lt;p&gt;Satu&lt;/p&gt;&lt;p&gt;Dua", "Satu Dua"),
        ("React &lt;Suspense /&gt;", "React <Suspense />"),
        ("jika a&lt;b dan c&gt;d", "jika a<b dan c>d"),
        ("x<y dan a<b", "x<y dan a<b"),
        ("&lt;a href='https://a.id/'&gt;Tautan", "Tautan"),
        ("a&#10;b &amp;#27;[31m &#x202e;c", "a b [31m c"),
        ("<![CDATA[Bapak &#8220;A&#8221;]]>", "Bapak “A”"),
        ("a &cap; b &starf;", "a ∩ b ★"),
        ("&lt;blink&gt;Banjir&lt;/blink&gt; &lt;x-kata&gt;surut&lt;/x-kata&gt;", "Banjir surut"),
        ("Satu&lt;!-- catatan --&gt; dua", "Satu dua"),
        ("Menulis &lt;!-- di HTML", "Menulis di HTML"),
        ("don\u{92}t \u{93}Ã©\u{94}", "don’t “Ã©”"),
    ] {
        assert_eq!(item(&format!("<title>{raw}</title>")).title, title, "{raw}");
    }
}

#[test]
fn a_relative_address_is_one_of_the_site_when_another_host_delivers_the_feed() {
    let document = |site: &str| {
        format!("<rss><channel><link>{site}</link><item><title>t</title><link>/satu</link></item></channel></rss>")
    };
    for (site, page) in
        [("https://situs.id/", "https://situs.id/satu"), ("https://contoh.id/", "https://contoh.id/satu")]
    {
        assert_eq!(feed(&document(site)).entries[0].url.as_deref(), Some(page));
    }
}

#[test]
fn a_name_comes_before_a_mail_address_and_the_author_of_the_source_before_that_of_the_gathering() {
    let podcast = "<rss xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>t</title>\
        <managingEditor>me@x.example (me@x.example)</managingEditor><itunes:author>Sari</itunes:author></channel></rss>";
    assert_eq!(feed(podcast).facts.authors, ["Sari"]);
    let planet = "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Planet</name></author><entry><id>1</id>\
        <source><author><name>Budi</name></author></source><title>t</title></entry></feed>";
    assert_eq!(feed(planet).entries[0].authors, ["Budi"]);
    assert_eq!(item("<author>mailto:a@x.example</author><title>t</title>").authors, ["a@x.example"]);
}

#[test]
fn a_smiley_is_no_picture_of_an_article_and_a_file_is_of_the_kind_that_its_name_says() {
    let html = "<![CDATA[<p><img src='https://s.id/emoji/a.png'> <img src='https://s.id/b.png' width='20'>\
        <img src='https://s.id/c.jpg'></p>]]>";
    assert_eq!(item(&format!("<description>{html}</description>")).image.as_deref(), Some("https://s.id/c.jpg"));
    let file = item("<title>t</title><enclosure url='https://s.id/e.MP3?x=1'/>").enclosures.remove(0);
    assert_eq!(file.mime_type.as_deref(), Some("audio/mpeg"));
    let picture = item("<title>t</title><media:content medium='image' url='https://s.id/gambar?id=1'/>");
    assert_eq!(picture.image.as_deref(), Some("https://s.id/gambar?id=1"));
}

#[test]
fn the_text_for_a_portal_is_the_article_where_the_feed_has_no_other() {
    let portal = "<yandex:full-text xmlns:yandex='http://news.yandex.ru'>Seluruh artikel.</yandex:full-text>";
    let both = item(&format!("<description>Awal</description>{portal}"));
    assert_eq!(both.content.as_deref(), Some("Seluruh artikel."));
    let own = item(&format!("{portal}<content:encoded>&lt;p&gt;Artikel.&lt;/p&gt;</content:encoded>"));
    assert_eq!(own.content.as_deref(), Some("<p>Artikel.</p>"));
}

#[test]
fn a_json_feed_needs_neither_a_version_nor_a_title() {
    for document in ["{\"items\":[{\"id\":\"1\",\"title\":\"a\"}]}", "{\"items\":[{\"content_text\":\"a\"}]}"] {
        assert_eq!(feed(document).entries[0].title, "a");
    }
    assert_eq!(not_a_feed("{\"items\":[{\"name\":\"a\"}]}"), "a JSON document");
}

#[test]
fn what_opens_no_tag_in_a_text_stays_in_it() {
    for (raw, text) in [
        ("when $n<m$ and a>b. Results", "when $n<m$ and a>b. Results"),
        ("x<y and <b>z</b> > w, Vec<T>, HashMap<K, V>", "x<y and z > w, Vec<T>, HashMap<K, V>"),
        (
            "Ann <ann@x.example>, <https://x.example/>, #include <stdio.h>",
            "Ann <ann@x.example>, <https://x.example/>, #include <stdio.h>",
        ),
        ("if (a<b) {} else <p>x</p>", "if (a<b) {} else\nx"),
        ("<o:p>Satu</o:p> <x-kata>dua</x-kata> <kata>tiga</kata> <em>x</em>", "Satu dua tiga x"),
        ("git <command> in <output>, <label for=\"x\">satu", "git <command> in <output>, satu"),
        ("habis a <n", "habis a <n"),
        ("habis <a href=\"htt", "habis"),
        (&format!("a <y {} > <b>z</b>", "kata ".repeat(30)), &format!("a <y {}> z", "kata ".repeat(30))),
    ] {
        let entry = item(&format!("<title>t</title><description><![CDATA[{raw}]]></description>"));
        assert_eq!(text::plain(entry.content.as_deref().unwrap_or_default()), text, "{raw}");
    }
    let lines = item("<title>t</title><description>satu &lt;bukan html&gt;\ndua</description>");
    assert_eq!(lines.content.as_deref(), Some("<p>satu &lt;bukan html><br>dua</p>"));
}

#[test]
fn what_a_publisher_encoded_twice_is_mended_or_left_with_a_word_and_what_was_read_wrongly_is_always_mended() {
    let title = |document: &[u8], twice| {
        let feed = parse_until(document, None, &base(), twice, &|| false).unwrap();
        (feed.entries[0].title.clone(), feed.repairs.iter().any(|repair| repair.contains("encoded twice")))
    };
    let xml = "<rss><channel><item><title>Itâ€™s cafÃ©</title></item></channel></rss>";
    let json = "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"title\":\"Itâ€™s cafÃ©\"}]}";
    for document in [xml, json] {
        assert_eq!(title(document.as_bytes(), EncodedTwice::IsMended), ("It’s café".to_owned(), false));
        assert_eq!(title(document.as_bytes(), EncodedTwice::Stays), ("Itâ€™s cafÃ©".to_owned(), true));
        let by_latin1 = document.replace("Itâ€™s", "Its");
        assert_eq!(title(by_latin1.as_bytes(), EncodedTwice::Stays), ("Its café".to_owned(), false));
    }
    // Declared as Latin-1 and so in part only.
    let mut mixed = b"<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>caf\xe9</title>".to_vec();
    mixed.extend("<item><title>Pâté</title></item></channel></rss>".as_bytes());
    assert_eq!(title(&mixed, EncodedTwice::Stays), ("Pâté".to_owned(), false));
}

#[test]
fn the_page_behind_an_address_that_counts_readers_is_the_items_page() {
    for name in ["feedburner:origLink", "pheedo:origLink"] {
        let entry = item(&format!("<link>https://hitung.id/~r/1</link><{name}>https://contoh.id/berita/1</{name}>"));
        assert_eq!(entry.url.as_deref(), Some("https://contoh.id/berita/1"));
        assert_eq!(entry.external_url.as_deref(), Some("https://hitung.id/~r/1"));
        let same = item(&format!("<link>https://contoh.id/1</link><{name}>https://contoh.id/1</{name}>"));
        assert_eq!((same.url.as_deref(), same.external_url), (Some("https://contoh.id/1"), None));
        let unsafe_one = item(&format!("<link>https://contoh.id/1</link><{name}>javascript:x()</{name}>"));
        assert_eq!(unsafe_one.url.as_deref(), Some("https://contoh.id/1"));
    }
}

#[test]
fn a_title_that_is_not_closed_ends_where_the_link_begins() {
    let entry = item("<title>Satu<link>https://contoh.id/1</link><description>Isi</description>");
    assert_eq!((entry.title.as_str(), entry.url.as_deref()), ("Satu", Some("https://contoh.id/1")));
}

#[test]
fn a_file_packed_with_gzip_is_unpacked_within_the_limit() {
    use std::io::Write as _;
    let packed = |text: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    };
    let whole = packed(rss("<item><title>Satu</title></item>").as_bytes());
    assert_eq!(parse(&whole, None, &base()).unwrap().entries[0].title, "Satu");
    let bomb = packed(&vec![b' '; 128 * 1024 * 1024]);
    assert_eq!(parse(&bomb, None, &base()), Err(ParseError::TooLong { limit: LONGEST }));
    assert!(matches!(parse(&[0x1f, 0x8b, 8, 0, 1], None, &base()), Err(ParseError::NotAFeed { .. })));
}

#[test]
fn a_category_is_what_stands_in_it_not_what_stands_within_its_picture() {
    let entry = item("<category>Musik<image><title>Gambar</title></image></category><tags>satu, dua</tags>");
    assert_eq!(entry.categories, ["Musik", "satu", "dua"]);
}

#[test]
fn a_picture_may_be_named_by_a_link_of_old_podcasts() {
    let entry = item("<itunes:link rel=\"image\" href=\"/sampul.jpg\"/>");
    assert_eq!(entry.image.as_deref(), Some("https://contoh.id/sampul.jpg"));
}

#[test]
fn html_that_stands_as_text_within_an_element_is_html() {
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"html\">\
        <div xmlns=\"http://www.w3.org/1999/xhtml\">Satu &lt;b&gt;dua&lt;/b&gt; &amp;lt;tiga&amp;gt;</div></content></entry></feed>";
    let entry = feed(atom).entries.remove(0);
    assert_eq!(entry.content.as_deref(), Some("Satu <b>dua</b> &lt;tiga&gt;"));
}

#[test]
fn authors_are_names() {
    for (raw, name) in [
        ("a@b.id (Siti Aminah)", Some("Siti Aminah")),
        ("Siti &lt;a@b.id&gt;", Some("Siti")),
        ("Siti (Antara)", Some("Siti (Antara)")),
        ("a@b.id", Some("a@b.id")),
        ("a [at] b.id (Siti Aminah)", Some("Siti Aminah")),
    ] {
        let entry = item(&format!("<author>{raw}</author>"));
        assert_eq!(entry.authors.first().map(String::as_str), name, "{raw}");
    }
}

#[test]
fn a_bare_ampersand_is_mended() {
    let feed = feed(&rss("<item><title>A & B &#0; < C</title></item>"));
    assert_eq!(feed.entries[0].title, "A & B < C");
    assert_eq!(feed.repairs.len(), 1);
}

#[test]
fn a_broken_item_costs_nothing() {
    let items: String = (0..20)
        .map(|n| {
            if n == 7 {
                "<item><title>x</titel></item>".to_owned()
            } else {
                format!("<item><title>t{n}</title></item>")
            }
        })
        .collect();
    let feed = feed(&rss(&items));
    assert_eq!(feed.entries.len(), 20);
    assert_eq!((feed.entries[7].title.as_str(), feed.entries[8].title.as_str()), ("x", "t8"));
    assert_eq!(feed.repairs.len(), 1);
}

#[test]
fn a_document_that_breaks_off_gives_what_came_of_it() {
    let whole = rss(&"<item><title>t</title><guid>https://a.id/123</guid></item>".repeat(3));
    let cut = feed(whole.split_at(whole.rfind("23</guid>").unwrap()).0);
    let guids: Vec<_> = cut.entries.iter().map(|entry| entry.guid.as_deref()).collect();
    assert_eq!(guids, [Some("https://a.id/123"), Some("https://a.id/123"), None], "half an address is none");
    assert_eq!(cut.repairs, ["mended its XML: it breaks off"]);
}

#[test]
fn what_feed_rs_stops_at_is_read() {
    let media = "<item><title>t</title><media:content url=\"https://a.id/v.mp4\" type=\"video/mp4\"><media:title></media:title></media:content></item>";
    assert_eq!(feed(&rss(media)).entries.len(), 1);
    let old = rss("<item><title>t</title></item>").replace("version=\"2.0\"", "version=\"0.94\"");
    assert_eq!(feed(&old).entries.len(), 1);
    let wide = rss("<item><title>t</title></item>").replace("utf-8", "utf-16");
    assert_eq!(feed(&wide).entries.len(), 1);
    let atom =
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><summary type=\"text/plain\">s</summary></entry></feed>";
    assert_eq!(feed(atom).entries.len(), 1);
    let markdown = atom.replace("text/plain", "markdown");
    assert_eq!(feed(&markdown).entries[0].content.as_deref(), Some("<p>s</p>"));
}

#[test]
fn broken_facts_do_not_cost_the_items() {
    let text = rss("<itunes:category text=\"x\"><item><title>t</title></item><item><title>u</title></item>");
    let feed = feed(&text);
    assert_eq!((feed.facts.title.as_str(), feed.entries.len()), ("Kabar & Berita", 2));
}

#[test]
fn what_stands_before_the_feed_is_left_out() {
    let text = format!("<br />\n<b>Warning</b>: x in y.php\n{}", rss("<item><title>t</title></item>"));
    assert_eq!(feed(&text).repairs.len(), 1);
    let json = r#"{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_text": "a"}]}"#;
    for text in [format!("<b>Warning</b>: x\n{json}"), format!(")]}}',\n{json}"), format!("show({json});")] {
        let feed = feed(&text);
        assert_eq!(
            (feed.entries.len(), feed.repairs.last().map(String::as_str)),
            (1, Some("left out what stood before the feed"))
        );
    }
    assert_eq!(feed(&format!("\n \u{feff}{}", rss(""))).entries.len(), 0);
}

#[test]
fn other_documents_are_named() {
    for (text, what) in [
        ("", "empty"),
        (" \n", "empty"),
        ("<!DOCTYPE html><html><head></head></html>", "an HTML page"),
        ("<!-- x --><HTML>", "an HTML page"),
        ("<opml version=\"2.0\"></opml>", "an OPML list"),
        ("<?xml version=\"1.0\"?><urlset></urlset>", "a sitemap"),
        ("<catatan/>", "an XML document <catatan>"),
        ("{\"a\":1}", "a JSON document"),
        ("[1", "a JSON document"),
        ("Halo", "plain text"),
        ("%PDF-1.4", "a PDF file"),
    ] {
        assert_eq!(not_a_feed(text), what, "{text}");
    }
}

#[test]
fn an_item_that_nests_without_end_harms_no_other() {
    let deep = format!("<item><title>satu</title>{}</item>", "<media:group>".repeat(100_000));
    let feed = feed(&rss(&format!("{deep}<item><title>dua</title></item>")));
    let titles: Vec<&str> = feed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["satu", "dua"]);
    assert!(
        feed.repairs.contains(&"left out elements that nest deeper than 300 levels".to_owned()),
        "{:?}",
        feed.repairs
    );
}

#[test]
fn a_document_longer_than_any_feed_is_refused() {
    let long = rss(&format!("<item><description>{}</description></item>", "kata ".repeat(5 * 1024 * 1024)));
    assert_eq!(parse(long.as_bytes(), None, &base()), Err(ParseError::TooLong { limit: 20 * 1024 * 1024 }));
}

#[test]
fn more_items_than_anyone_reads_are_left_out() {
    let items = "<item><title>t</title></item>".repeat(10_100);
    assert_eq!(feed(&rss(&items)).entries.len(), 10_000);
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let _ = parse(&bytes, None, &base());
    }

    #[test]
    fn no_items_make_it_panic(items in "(<item>|</item>|<title>|</title>|<link>|&|&#27;|<media:group>|<![CDATA[|]]>|<author>é–a@b.id|</author>|\\PC){0,60}") {
        let _ = parse(rss(&items).as_bytes(), None, &base());
    }
}

#[test]
fn whenever_the_time_is_up_the_document_is_given_up() {
    let item = format!(
        "<item><title>x</title><description>{}</description>{}</item>",
        "<b>x</b>".repeat(3000),
        "<category>x</category>".repeat(3000)
    );
    let json = "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"title\":\"x\"},{\"title\":\"y\"}]";
    let documents = [
        (format!("<rss><channel><title>x</title>{item}{}{item}</channel></rss>", "<x/></y>".repeat(9000)), 40),
        (format!("{json}}}"), 4),
        (json.to_owned(), 6),
    ];
    let base = Url::parse("https://a.example/").unwrap();
    for (document, least) in documents {
        let looks = std::cell::Cell::new(0);
        let parsed_until = |late_at: usize| {
            looks.set(0);
            let is_late = || {
                looks.set(looks.get() + 1);
                looks.get() > late_at
            };
            parse_until(document.as_bytes(), None, &base, EncodedTwice::IsMended, &is_late)
        };
        assert_eq!(parsed_until(usize::MAX).err(), None);
        let all = looks.get();
        assert!(all >= least, "{all} looks at the clock");
        for late_at in 0..all {
            assert_eq!(parsed_until(late_at), Err(ParseError::TooSlow), "{late_at} of {all}");
        }
    }
}

#[test]
fn a_text_without_end_in_json_is_cut_and_said_to_be() {
    let document = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{{\"content_text\":\"{}\"}}]}}",
        "kata ".repeat(1 << 20)
    );
    let feed = parse(document.as_bytes(), None, &Url::parse("https://a.example/").unwrap()).unwrap();
    assert_eq!(feed.repairs, ["left out the end of a text longer than 2 MiB"]);
    assert!(feed.entries[0].content.as_ref().is_some_and(|text| text.len() <= LONGEST_TEXT + 16));
}

#[test]
fn a_channel_of_cdf_names_the_base_of_its_addresses() {
    let feed = feed(
        "<CHANNEL HREF='http://c.id/' BASE='http://c.id/berita/'><TITLE>Kanal</TITLE><LOGO HREF='l.gif'/>\
         <ITEM HREF='satu.html'><TITLE>Satu</TITLE></ITEM></CHANNEL>",
    );
    assert_eq!(feed.facts.icon.as_deref(), Some("http://c.id/berita/l.gif"));
    assert_eq!(feed.entries[0].url.as_deref(), Some("http://c.id/berita/satu.html"));
}

#[test]
fn markup_that_was_escaped_twice_is_markup() {
    let twice =
        "&amp;lt;p&amp;gt;Isi &amp;lt;a href=&amp;quot;/x&amp;quot;&amp;gt;sini&amp;lt;/a&amp;gt;&amp;lt;/p&amp;gt;";
    let content = item(&format!("<description>{twice}</description>")).content.unwrap();
    assert!(content.starts_with("<p>Isi <a href=\"http") && content.ends_with("/x\">sini</a></p>"), "{content}");
    let about = "&lt;p&gt;Tulis &amp;lt;p&amp;gt;x&amp;lt;/p&amp;gt;&lt;/p&gt;";
    let content = item(&format!("<description>{about}</description>")).content.unwrap();
    assert_eq!(content, "<p>Tulis &lt;p&gt;x&lt;/p&gt;</p>", "an article about markup");
}

#[test]
fn the_lines_of_a_text_with_a_sign_that_is_no_tag_stay_lines() {
    let inside = "<media:group><media:description>Satu\nDua\n\nSuka &lt;3</media:description></media:group>";
    assert_eq!(item(inside).content.as_deref(), Some("<p>Satu<br>Dua</p><p>Suka &lt;3</p>"));
}

#[test]
fn a_content_that_is_elsewhere_names_the_page() {
    let feed = feed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>\
         <entry><id>1</id><title>a</title><content src='https://a.id/penuh' type='text/html'/><summary>Ringkas</summary></entry>\
         <entry><id>2</id><title>b</title><link href='https://a.id/b'/><content src='https://a.id/c'/></entry></feed>",
    );
    let urls: Vec<_> = feed.entries.iter().map(|entry| entry.url.as_deref()).collect();
    assert_eq!(urls, [Some("https://a.id/penuh"), Some("https://a.id/b")]);
}

#[test]
fn a_content_that_is_elsewhere_and_no_text_is_a_file() {
    let feed = feed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>a</title><link href='https://a.id/1'/>\
         <content src='/v.mp4' type='video/mp4'/><summary>Ringkas</summary></entry></feed>",
    );
    let [entry] = feed.entries.as_slice() else { panic!("{:?}", feed.entries) };
    assert_eq!((entry.url.as_deref(), entry.content.as_deref()), (Some("https://a.id/1"), Some("<p>Ringkas</p>")));
    assert_eq!(entry.enclosures[0].url, "https://contoh.id/v.mp4");
    assert_eq!(entry.enclosures[0].mime_type.as_deref(), Some("video/mp4"));
}

#[test]
fn a_date_that_is_none_stands_in_no_other_ones_way() {
    for inside in [
        "<pubDate>segera</pubDate><dc:date>2024-11-08T05:41:00Z</dc:date>",
        "<pubDate>0000-00-00</pubDate><pubDate>Fri, 08 Nov 2024 05:41:00 GMT</pubDate>",
    ] {
        let entry = item(&format!("<title>x</title>{inside}"));
        assert_eq!(entry.published.map(|at| at.to_string()).as_deref(), Some("2024-11-08T05:41:00Z"), "{inside}");
    }
}

#[test]
fn an_enclosure_may_have_its_address_as_its_text() {
    let entry = item("<title>x</title><enclosure>https://a.id/a.mp3</enclosure>");
    assert_eq!(entry.enclosures[0].url, "https://a.id/a.mp3");
    assert_eq!(entry.enclosures[0].mime_type.as_deref(), Some("audio/mpeg"));
    let entry = item("<title>x</title><enc:enclosure resource='https://a.id/a.jpg' type='image/jpeg'/>");
    assert_eq!(entry.image.as_deref(), Some("https://a.id/a.jpg"));
}

#[test]
fn the_halves_of_a_character_are_one_wherever_they_stand() {
    let entry = item("<title>a &#55357;&#56832;</title><description>&amp;#xD83D;&amp;#xDE00; b</description>");
    assert_eq!((entry.title.as_str(), entry.content.as_deref()), ("a 😀", Some("😀 b")));
}

#[test]
fn the_signs_of_a_section_are_no_text() {
    for (inside, title, content) in [
        ("<title>&lt;![CDATA[a b]]&gt;</title>", "a b", None),
        ("<title><![cdata[a & b]]></title>", "a & b", None),
        ("<title>x</title><description>&lt;![CDATA[ &lt;p&gt;y&lt;/p&gt; ]]&gt;</description>", "x", Some("<p>y</p>")),
        ("<title>x</title><description><![CDATA[a <![CDATA[b]]> c]]></description>", "x", Some("a b c")),
        ("<title>What does &lt;![CDATA[]]&gt; mean?</title>", "What does <![CDATA[]]> mean?", None),
    ] {
        let entry = item(inside);
        assert_eq!((entry.title.as_str(), entry.content.as_deref().map(str::trim)), (title, content), "{inside}");
    }
}

#[test]
fn a_page_that_mentions_a_feed_is_a_page() {
    for page in [
        "<!doctype html><html><head><script>var a = \"<rss version='2.0'><channel><item>\";</script></head></html>",
        "<html><body><!-- <feed xmlns=''><entry> --></body></html>",
        "<html><body><textarea><rss><channel><item></textarea></body></html>",
        "<html><body>The <rss> element</body></html>",
    ] {
        assert_eq!(not_a_feed(page), "an HTML page", "{page}");
    }
    let wrapped = format!("<html><body><pre>{}</pre></body></html>", rss("<item><title>t</title></item>"));
    assert_eq!(feed(&wrapped).entries.len(), 1);
}

#[test]
fn an_id_that_stands_in_for_a_link_is_an_address_like_any_other() {
    for id in ["http://a.id/\u{1b}[2J\u{7}", "http:/\0/a.id/ x", "https://a.id/\u{202e}\u{9b}31m"] {
        let json = format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{{\"id\":{}}}]}}",
            serde_json::to_string(id).unwrap()
        );
        let atom = format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>{id}</id></entry></feed>");
        let documents = [json, atom, rss(&format!("<item><guid>{id}</guid></item>"))];
        for url in documents.iter().filter_map(|document| feed(document).entries.remove(0).url) {
            assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{url:?}");
        }
    }
}

#[test]
fn of_several_pages_the_one_that_is_said_to_be_html_counts() {
    let feed = feed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><link href='https://a.id/u'/>\
         <link rel='alternate' type='text/html' href='https://a.id/'/><entry><id>1</id><title>a</title>\
         <link type='image/jpeg' href='https://a.id/a.jpg'/><link href='https://a.id/a'/>\
         <link type='text/html' href='https://a.id/a.html'/></entry></feed>",
    );
    assert_eq!(feed.facts.home.as_deref(), Some("https://a.id/"));
    assert_eq!(feed.entries[0].url.as_deref(), Some("https://a.id/a.html"));
    let own = "<link>https://a.id/b</link><atom:link rel='alternate' type='text/html' href='https://a.id/c'/>";
    assert_eq!(item(own).url.as_deref(), Some("https://a.id/b"), "the dialect's own word");
}

#[test]
fn a_podcast_is_shown_by_its_own_picture() {
    let head = "<image><url>https://a.id/pemancar.gif</url></image><itunes:image href='https://a.id/siniar.jpg'/>";
    assert_eq!(feed(&rss(head)).facts.icon.as_deref(), Some("https://a.id/siniar.jpg"));
}

#[test]
fn dates_in_figures_are_read_in_the_order_that_their_neighbours_show() {
    let days = |feed: FeedDraft| -> Vec<String> {
        let day = |item: Draft| item.published.map(|at| at.strftime("%F").to_string()).unwrap_or_default();
        feed.entries.into_iter().map(day).collect()
    };
    let xml = |dates: &[&str]| {
        let items = dates.iter().map(|date| format!("<item><title>{date}</title><pubDate>{date}</pubDate></item>"));
        days(feed(&rss(&items.collect::<String>())))
    };
    let json = |dates: &[&str]| {
        let items = dates.iter().map(|date| format!(r#"{{"id":"{date}","title":"A","date_published":"{date}"}}"#));
        let items = items.collect::<Vec<_>>().join(",");
        days(feed(&format!(r#"{{"version":"https://jsonfeed.org/version/1.1","title":"A","items":[{items}]}}"#)))
    };
    for read in [&xml as &dyn Fn(&[&str]) -> Vec<String>, &json] {
        let first = ["05/06/2024", "Wed, 08 May 2024 10:05:00 GMT", "05/13/2024", "04/05/2024"];
        assert_eq!(read(&first), ["2024-05-06", "2024-05-08", "2024-05-13", "2024-04-05"]);
        assert_eq!(read(&["05/06/2024", "27/06/2024"]), ["2024-06-05", "2024-06-27"]);
        assert_eq!(read(&["5/6/2024 1:00:00 PM", "27/6/2024 1:00:00 PM"]), ["2024-06-05", "2024-06-27"]);
        assert_eq!(read(&["05/06/2024"]), ["2024-06-05"]);
    }
}
