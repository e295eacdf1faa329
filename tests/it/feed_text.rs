//! The text of feeds as it is read: what systems put around it is gone, and every sentence of the article is there.

use kabar::content::extract::clean_feed;
use kabar::content::text;

use crate::cli_program::Kabar;
use crate::web::{Page, Web};

/// An article: its title and its sentences; and lines of clutter before, between and after them.
struct Fixture {
    language: &'static str,
    title: &'static str,
    sentences: [&'static str; 4],
    before: &'static [&'static str],
    between: &'static [&'static str],
    after: &'static [&'static str],
}

const FIXTURES: &[Fixture] = &[
    Fixture {
        language: "id",
        title: "Putin Siap Jalin Kontak",
        sentences: [
            "Presiden mengatakan bahwa pembicaraan itu akan dilanjutkan pekan depan di ibu kota, dan semua pihak diundang.",
            "Menurut pengamat, langkah ini dapat mengubah hubungan kedua negara yang selama ini dikenal dingin.",
            "\"Tags\" dan \"ikuti kami\" adalah kata-kata yang dipakai juru bicara itu di halaman resminya.",
            "Pertemuan terakhir keduanya berlangsung enam tahun lalu.",
        ],
        before: &["Putin Siap Jalin Kontak", "Redaksi", "Jumat, 8 November 2024 12:41 WIB"],
        between: &["Baca juga: <a href=\"https://a.id/x\">Kremlin terbuka</a>", "Foto: Antara/Sari Dewi"],
        after: &[
            "Ikuti kami di <a href=\"https://a.id/wa\">saluran WhatsApp</a>",
            "<a href=\"https://a.id/1\">Baca selengkapnya</a>",
            "Artikel <a href=\"https://a.id/1\">Putin Siap Jalin Kontak</a> pertama kali tampil di <a href=\"https://a.id\">Kabar</a>.",
        ],
    },
    Fixture {
        language: "en",
        title: "The River Returns",
        sentences: [
            "The river reached its lowest level on record in August, and for three weeks no boat could pass the old bridge.",
            "Now the water is back. Farmers along the bank say they had not expected it before the end of the year.",
            "A newspaper called The Post appeared first on these shores in 1831, printed by two brothers.",
            "Nobody follows us on foot here, the ferryman said.",
        ],
        before: &["The River Returns", "By Jane Doe"],
        between: &["Read also: <a href=\"https://a.uk/x\">The drought in numbers</a>", "Photo: Jane Doe / Agency"],
        after: &[
            "<a href=\"https://a.uk/1\">Continue reading The River Returns &rarr;</a>",
            "The post <a href=\"https://a.uk/1\">The River Returns</a> appeared first on <a href=\"https://a.uk\">The Bank</a>.",
        ],
    },
    Fixture {
        language: "de",
        title: "Der Hafen wird umgebaut",
        sentences: [
            "Die Stadt baut den alten Hafen um, damit die Fischer ihren Fang jeden Morgen selbst verkaufen können.",
            "Zwei Jahre lang haben Rat und Anwohner darüber gestritten, wer die Kosten von zwölf Millionen trägt.",
            "Weiterlesen wollte an diesem Abend niemand mehr in den Akten.",
            "Im Frühjahr beginnt der Bau.",
        ],
        before: &["Der Hafen wird umgebaut"],
        between: &["Lesen Sie auch: <a href=\"https://a.de/x\">Streit um den Markt</a>", "Foto: Jan Petersen"],
        after: &[
            "<a href=\"https://a.de/1\">Weiterlesen</a>",
            "Der Beitrag <a href=\"https://a.de/1\">Der Hafen wird umgebaut</a> erschien zuerst auf <a href=\"https://a.de\">Küstenblatt</a>.",
        ],
    },
    Fixture {
        language: "fr",
        title: "Le marché aux poissons change de quai",
        sentences: [
            "La ville réaménage l’ancien port afin que les pêcheurs vendent eux-mêmes leur prise chaque matin aux habitants.",
            "Selon la mairie, les travaux coûteront douze millions et dureront jusqu’à l’automne prochain.",
            "L’article de la loi est apparu au journal officiel en premier lieu.",
            "Les commerçants attendent.",
        ],
        before: &["Le marché aux poissons change de quai"],
        between: &["À lire aussi : <a href=\"https://a.fr/x\">Le port en chiffres</a>"],
        after: &[
            "<a href=\"https://a.fr/1\">Lire la suite</a>",
            "L’article <a href=\"https://a.fr/1\">Le marché</a> est apparu en premier sur <a href=\"https://a.fr\">Le Quai</a>.",
        ],
    },
    Fixture {
        language: "es",
        title: "El mercado cambia de muelle",
        sentences: [
            "La ciudad reordena el viejo puerto para que los pescadores vendan su captura cada mañana a los vecinos.",
            "Según el ayuntamiento, las obras costarán doce millones y durarán hasta el próximo otoño.",
            "La entrada al recinto fue gratuita y la gente hizo cola desde el amanecer.",
            "Nadie protestó.",
        ],
        before: &["El mercado cambia de muelle"],
        between: &["Lea también: <a href=\"https://a.es/x\">El puerto en cifras</a>"],
        after: &[
            "<a href=\"https://a.es/1\">Leer más</a>",
            "La entrada <a href=\"https://a.es/1\">El mercado</a> se publicó primero en <a href=\"https://a.es\">El Muelle</a>.",
        ],
    },
    Fixture {
        language: "ru",
        title: "Рынок переезжает",
        sentences: [
            "Город перестраивает старый порт, чтобы рыбаки могли каждое утро продавать свой улов прямо жителям.",
            "По словам мэрии, работы обойдутся в двенадцать миллионов и продлятся до следующей осени.",
            "Подробнее о планах чиновник рассказывать отказался и покинул зал.",
            "Споров не было.",
        ],
        before: &["Рынок переезжает"],
        between: &["Читайте также: <a href=\"https://a.ru/x\">Порт в цифрах</a>"],
        after: &[
            "<a href=\"https://a.ru/1\">Читать далее</a>",
            "Сообщение <a href=\"https://a.ru/1\">Рынок переезжает</a> появились сначала на <a href=\"https://a.ru\">Причал</a>.",
        ],
    },
    Fixture {
        language: "ar",
        title: "السوق ينتقل",
        sentences: [
            "تعيد المدينة ترتيب الميناء القديم حتى يبيع الصيادون صيدهم كل صباح مباشرة إلى السكان في وسط المدينة.",
            "وبحسب البلدية ستكلف الأعمال اثني عشر مليونا وستستمر حتى الخريف المقبل على الأقل.",
            "وقال أحد التجار إن الناس ينتظرون هذا منذ سنوات طويلة.",
            "ولم يعترض أحد.",
        ],
        before: &["السوق ينتقل"],
        between: &["اقرأ أيضا: <a href=\"https://a.ar/x\">الميناء في أرقام</a>"],
        after: &[
            "<a href=\"https://a.ar/1\">اقرأ المزيد</a>",
            "ظهرت المقالة <a href=\"https://a.ar/1\">السوق ينتقل</a> أولاً على <a href=\"https://a.ar\">الرصيف</a>.",
        ],
    },
    Fixture {
        language: "ja",
        title: "市場が移転",
        sentences: [
            "市は古い港を整備し、漁師が毎朝とれた魚を市民に直接売れるようにする計画を発表した。",
            "市役所によると、工事費は十二億円で、来年の秋まで続く見通しだという。",
            "ある店主は、長いあいだこれを待っていたと語った。",
            "反対の声はなかった。",
        ],
        before: &["市場が移転"],
        between: &["関連記事：<a href=\"https://a.jp/x\">数字で見る港</a>"],
        after: &[
            "<a href=\"https://a.jp/1\">続きを読む</a>",
            "投稿 <a href=\"https://a.jp/1\">市場が移転</a> は <a href=\"https://a.jp\">埠頭新聞</a> に最初に表示されました。",
        ],
    },
    Fixture {
        language: "zh",
        title: "市场搬迁",
        sentences: [
            "市政府正在改造旧港口，好让渔民每天早晨直接把鱼卖给市民，这项计划已经讨论了两年。",
            "据市政府介绍，工程将耗资一千二百万元，并将持续到明年秋天。",
            "一位店主说，大家等这一天已经等了很久。",
            "没有人反对。",
        ],
        before: &["市场搬迁"],
        between: &["相关阅读：<a href=\"https://a.cn/x\">数字看港口</a>"],
        after: &["<a href=\"https://a.cn/1\">阅读全文</a>"],
    },
];

fn document(fixture: &Fixture) -> String {
    let [first, second, third, fourth] = fixture.sentences;
    let lines = fixture.before.iter().copied().chain([first]).chain(fixture.between.iter().copied());
    let lines = lines.chain([second, third, fourth]).chain(fixture.after.iter().copied());
    lines.map(|line| format!("<p>{line}</p>\n")).collect()
}

fn lines(html: &str) -> Vec<String> {
    text::plain(html).lines().map(str::to_owned).collect()
}

#[test]
fn nothing_but_the_article_is_left_of_a_feeds_text_in_nine_languages() {
    let mut faults = Vec::new();
    for fixture in FIXTURES {
        let html = document(fixture);
        let left = lines(&clean_feed(&html, fixture.title, &["Jane Doe".to_owned()]));
        let sentences: Vec<String> = fixture.sentences.iter().map(|sentence| lines(sentence).concat()).collect();
        for lost in sentences.iter().filter(|sentence| !left.contains(sentence)) {
            faults.push(format!("{}: lost: {lost}", fixture.language));
        }
        for leaked in left.iter().filter(|line| !sentences.contains(line)) {
            faults.push(format!("{}: leaked: {leaked}", fixture.language));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_lead_that_is_printed_twice_is_read_once() {
    let [first, second, ..] = FIXTURES[0].sentences;
    let html = format!("<p>{}</p><p>{first}</p><p>{second}</p>", first.split(", dan").next().unwrap());
    assert_eq!(lines(&clean_feed(&html, "Judul", &[])), [first, second]);
}

#[test]
fn a_link_onward_goes_from_the_end_of_a_sentence_and_the_sentence_stays() {
    let html = "<p>The river reached its lowest level on record [&#8230;] <a href=\"https://a.uk/1\">Read more</a></p>";
    assert_eq!(lines(&clean_feed(html, "The River", &[])), ["The river reached its lowest level on record […]"]);
}

#[test]
fn a_picture_stays_where_its_credit_goes() {
    let [first, second, ..] = FIXTURES[0].sentences;
    let html = format!(
        "<p><img src=\"https://a.id/p.jpg\" alt=\"Perahu\">Foto: Antara/Sari Dewi</p><p>{first}</p><p>{second}</p>"
    );
    let left = clean_feed(&html, "Judul", &[]);
    assert!(left.contains("alt=\"Perahu\"") && !left.contains("Sari Dewi"), "{left}");
}

/// Newsletters, link blogs, digests: their links are the text.
#[test]
fn links_that_are_the_text_of_a_feed_stay() {
    for html in [
        "<p><a href=\"https://a.uk/1\">Comments</a></p>",
        "<ul><li><a href=\"https://a.uk/1\">A first finding of the week</a></li><li><a href=\"https://a.uk/2\">A second one</a></li></ul>",
        "<h2>Updates</h2><ul><li><a href=\"https://a.uk/1\">Announcing 1.90 of the compiler</a></li><li><a href=\"https://a.uk/2\">What is new</a></li></ul><h2>Calls</h2><p><a href=\"https://a.uk/3\">Help wanted in the parser</a></p>",
        "<p>Short.</p>",
        "",
    ] {
        assert_eq!(lines(&clean_feed(html, "This Week", &[])), lines(html), "{html}");
    }
}

#[test]
fn a_text_is_cleaned_where_it_is_read_and_found_and_stored_as_it_came() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let [first, second, ..] = FIXTURES[1].sentences;
    let item = format!(
        "<item><title>The River Returns</title><guid>a</guid><link>https://a.example/1</link><description><![CDATA[<p>{first}</p>\
         <p>{second}</p><p>The post <a href=\"https://a.example/1\">The River Returns</a> appeared first on <a href=\"https://a.example\">Zanzibar Daily</a>.</p>]]></description></item>"
    );
    web.serve(
        "/rss",
        Page::feed(format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>{item}</channel></rss>"
        )),
    );
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    let shown = kabar.ok(&["show", "1"]);
    assert!(shown.contains("lowest level") && !shown.contains("Zanzibar"), "{shown}");
    assert!(!kabar.json(&["show", "1", "--format", "json"])["text"].as_str().unwrap().contains("Zanzibar"));
    assert_eq!(kabar.json(&["search", "zanzibar", "--json"]).as_array().unwrap().len(), 0);
    assert_eq!(kabar.json(&["search", "lowest", "--json"]).as_array().unwrap().len(), 1);
    let versions = kabar.json(&["show", "1", "--revisions", "--format", "json"]);
    assert!(versions[0]["html"].as_str().unwrap().contains("Zanzibar Daily"), "stored as it came: {versions}");
}
