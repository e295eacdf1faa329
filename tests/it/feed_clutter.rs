//! The clutter of the page that kabar was conceived against, as feeds bring it along within their items: in whatever way
//! the text is built, the article is left, and all of it.

use std::fmt::Write as _;

use kabar::content::extract::clean_feed;
use kabar::content::{parse, text};
use url::Url;

/// An article with what stands around and between its sentences.
struct Seed {
    language: &'static str,
    title: &'static str,
    desk: &'static str,
    sentences: [&'static str; 5],
    credit: &'static str,
    see_also: (&'static str, &'static str),
    plea: (&'static str, &'static str),
    follow: (&'static str, &'static [&'static str]),
    tags: (&'static str, &'static [&'static str]),
    related: (&'static str, &'static [&'static str]),
}

const SEEDS: [Seed; 4] = [
    Seed {
        language: "id",
        title: "Putin Siap Jalin Kontak Kembali dengan Trump",
        desk: "Redaksi",
        sentences: [
            "Presiden Rusia Vladimir Putin menyatakan siap menjalin kembali kontak dengan Donald Trump seusai pemilihan.",
            "Putin menyampaikan hal itu dalam sesi tanya jawab di Klub Diskusi Valdai, Sochi.",
            "\"Saya ucapkan selamat kepadanya,\" kata Putin.",
            "Baca juga apa yang ia tulis pada 2016, kata seorang pengamat: isinya hampir sama.",
            "Trump dijadwalkan dilantik pada 20 Januari.",
        ],
        credit: "Gambar Istimewa : antaranews.com",
        see_also: ("Baca juga:", "Kremlin Tunggu Sikap Resmi Washington"),
        plea: ("Jika keberatan atau harus diedit baik Artikel maupun foto", "Silahkan Laporkan! Terima Kasih"),
        follow: ("Ikuti kami :", &["Facebook", "Instagram", "WhatsApp"]),
        tags: ("Tags", &["Rusia", "Amerika Serikat", "Pemilu AS"]),
        related: ("Related Post", &["Zelenskyy Minta Jaminan Baru", "Harga Minyak Turun Lagi"]),
    },
    Seed {
        language: "en",
        title: "Ferry Returns to the Harbour",
        desk: "News Desk",
        sentences: [
            "The harbour ferry will run again from Monday after engineers finished repairing the north pier, the council said.",
            "The crossing has been closed since September, when a storm tore away forty metres of decking.",
            "\"It is the difference between twenty minutes and two hours,\" said the captain.",
            "Related claims by the insurers are still before the court, and no date has been set.",
            "Work on the south pier begins next year.",
        ],
        credit: "Image credit: Harbour Gazette",
        see_also: ("Also read:", "Ten crossings that changed the coast"),
        plea: ("Have you spotted a mistake in this story?", "Report an error! Thank you"),
        follow: ("Follow us:", &["Facebook", "X", "Instagram"]),
        tags: ("Tags", &["Ferries", "Harbour", "Storms"]),
        related: ("Related Posts", &["Storm bill reaches a record", "Ferry company names new chief"]),
    },
    Seed {
        language: "es",
        title: "El mercado cambia de muelle",
        desk: "Redacción",
        sentences: [
            "La ciudad reordena el viejo puerto para que los pescadores vendan su captura cada mañana a los vecinos del barrio.",
            "Según el ayuntamiento, las obras costarán doce millones y durarán hasta el próximo otoño.",
            "«Llevamos diez años esperando», dijo una vendedora.",
            "Lea también quien dude, añadió, las actas de aquella sesión de 2019, que son públicas.",
            "Nadie protestó.",
        ],
        credit: "Foto: cortesía del puerto",
        see_also: ("Lea también:", "El puerto en cifras"),
        plea: ("¿Encontraste un error en esta nota?", "Avísanos aquí. ¡Gracias!"),
        follow: ("Síguenos:", &["Facebook", "Instagram", "WhatsApp"]),
        tags: ("Etiquetas", &["Puerto", "Pesca", "Obras"]),
        related: ("Noticias relacionadas", &["El faro se apaga", "Sube la tarifa del agua"]),
    },
    Seed {
        language: "ru",
        title: "Рынок переезжает к новому причалу",
        desk: "Редакция",
        sentences: [
            "Город перестраивает старый порт, чтобы рыбаки могли каждое утро продавать свой улов прямо жителям города.",
            "По словам мэрии, работы обойдутся в двенадцать миллионов и продлятся до следующей осени.",
            "«Мы ждали этого десять лет», — сказала продавщица.",
            "Читайте также внимательно, добавил чиновник, протокол того заседания: он опубликован.",
            "Споров не было.",
        ],
        credit: "Фото: пресс-служба порта",
        see_also: ("Читайте также:", "Порт в цифрах"),
        plea: ("Нашли ошибку в тексте?", "Сообщите нам! Спасибо"),
        follow: ("Подписывайтесь на нас:", &["ВКонтакте", "Telegram", "Одноклассники"]),
        tags: ("Теги", &["порт", "рыба", "стройка"]),
        related: ("Похожие новости", &["Маяк погас на неделю", "Вода подорожает с января"]),
    },
];

/// A part of a text: what it says, and how it is linked.
enum Part {
    Sentence(&'static str),
    Title(&'static str),
    Label(&'static str),
    /// Words, and a link behind them.
    Led(&'static str, &'static str),
    /// A label over links.
    Links(&'static str, &'static [&'static str]),
}

impl Seed {
    fn parts(&self) -> Vec<Part> {
        let [first, second, third, fourth, fifth] = self.sentences;
        // The lead is printed twice: alone, and as the beginning of the text.
        let lead = first.rsplit_once(' ').unwrap().0;
        vec![
            Part::Title(self.title),
            Part::Label(self.desk),
            Part::Label(lead),
            Part::Sentence(first),
            Part::Label(self.credit),
            Part::Sentence(second),
            Part::Led(self.see_also.0, self.see_also.1),
            Part::Sentence(third),
            Part::Sentence(fourth),
            Part::Sentence(fifth),
            Part::Led(self.plea.0, self.plea.1),
            Part::Links(self.follow.0, self.follow.1),
            Part::Links(self.tags.0, self.tags.1),
            Part::Links(self.related.0, self.related.1),
        ]
    }
}

fn link(words: &str) -> String {
    format!("<a href=\"https://kabarin.example/{}\">{words}</a>", words.chars().count())
}

/// One string for each line, links as links.
fn linked(seed: &Seed) -> Vec<String> {
    let mut lines = Vec::new();
    for part in seed.parts() {
        match part {
            Part::Sentence(words) | Part::Title(words) | Part::Label(words) => lines.push(words.to_owned()),
            Part::Led(label, words) => lines.push(format!("{label} {}", link(words))),
            Part::Links(label, all) => {
                lines.push(label.to_owned());
                lines.extend(all.iter().map(|words| link(words)));
            }
        }
    }
    lines
}

fn each(seed: &Seed, start: &str, end: &str) -> String {
    linked(seed).iter().fold(String::new(), |all, line| all + start + line + end)
}

fn paragraphs(seed: &Seed) -> String {
    each(seed, "<p>", "</p>\n")
}

fn double_breaks(seed: &Seed) -> String {
    each(seed, "", "<br><br>\n")
}

fn single_breaks_in_one_paragraph(seed: &Seed) -> String {
    format!("<p>{}</p>", each(seed, "", "<br />\n"))
}

fn divs(seed: &Seed) -> String {
    format!("<div class=\"isi\"><div>{}</div></div>", each(seed, "<div>", "</div>"))
}

fn list(seed: &Seed) -> String {
    format!("<ul>{}</ul>", each(seed, "<li>", "</li>"))
}

fn blocks_of_an_editor(seed: &Seed) -> String {
    each(seed, "<!-- wp:paragraph -->\n<p>", "</p>\n<!-- /wp:paragraph -->\n<p>&nbsp;</p>\n")
}

fn cell_of_a_table(seed: &Seed) -> String {
    format!("<table><tbody><tr><td>{}</td></tr></tbody></table>", each(seed, "<p>", "</p>"))
}

fn spans(seed: &Seed) -> String {
    format!("<div>{}</div>", each(seed, "<span style=\"font-size:14px\">", "</span><br/><br/>"))
}

/// No markup at all.
fn newlines(seed: &Seed) -> String {
    text::plain(&each(seed, "<p>", "</p>")).replace('\n', "\n\n")
}

fn single_newlines(seed: &Seed) -> String {
    text::plain(&each(seed, "<p>", "</p>"))
}

/// As editors keep it before paragraphs are made of it: the only markup is within the lines.
fn newlines_with_links(seed: &Seed) -> String {
    each(seed, "", "\n\n")
}

fn bold_labels(seed: &Seed) -> String {
    let mut html = String::new();
    for part in seed.parts() {
        let _ = match part {
            Part::Sentence(words) => write!(html, "<p>{words}</p>"),
            Part::Title(words) | Part::Label(words) => write!(html, "<p><b>{words}</b></p>"),
            Part::Led(label, words) => write!(html, "<p><strong>{label}</strong> {}</p>", link(words)),
            Part::Links(label, all) => {
                let all: Vec<String> = all.iter().map(|words| link(words)).collect();
                write!(html, "<p><strong>{label}</strong> {}</p>", all.join(", "))
            }
        };
    }
    html
}

fn headings_over_lists(seed: &Seed) -> String {
    let mut html = String::from("<article>");
    for part in seed.parts() {
        let _ = match part {
            Part::Title(words) => write!(html, "<h1>{words}</h1>"),
            Part::Sentence(words) => write!(html, "<p>{words}</p>"),
            Part::Label(words) => write!(html, "<p><em>{words}</em></p>"),
            Part::Led(label, words) => write!(html, "<blockquote><p>{label} {}</p></blockquote>", link(words)),
            Part::Links(label, all) => {
                let all: String = all.iter().map(|words| format!("<li>{}</li>", link(words))).collect();
                write!(html, "<div><h4>{label}</h4><ul>{all}</ul></div>")
            }
        };
    }
    html + "</article>"
}

/// The link to another article ends the paragraph before it.
fn see_also_within_a_paragraph(seed: &Seed) -> String {
    let mut html = String::new();
    for part in seed.parts() {
        let _ = match part {
            Part::Led(label, words) if label == seed.see_also.0 => {
                html.truncate(html.len() - "</p>".len());
                write!(html, " <strong>{label} {}</strong></p>", link(words))
            }
            Part::Sentence(words) | Part::Title(words) | Part::Label(words) => write!(html, "<p>{words}</p>"),
            Part::Led(label, words) => write!(html, "<p>{label} {}</p>", link(words)),
            Part::Links(label, all) => {
                let all: Vec<String> = all.iter().map(|words| link(words)).collect();
                write!(html, "<p>{label}</p><p>{}</p>", all.join(" "))
            }
        };
    }
    html
}

/// A way to build a text, and its name.
type Build = (&'static str, fn(&Seed) -> String);

const BUILDS: [Build; 14] = [
    ("paragraphs", paragraphs),
    ("double breaks", double_breaks),
    ("single breaks", single_breaks_in_one_paragraph),
    ("divs", divs),
    ("list", list),
    ("blocks of an editor", blocks_of_an_editor),
    ("cell of a table", cell_of_a_table),
    ("spans", spans),
    ("newlines", newlines),
    ("single newlines", single_newlines),
    ("newlines with links", newlines_with_links),
    ("bold labels", bold_labels),
    ("headings over lists", headings_over_lists),
    ("see also within a paragraph", see_also_within_a_paragraph),
];

/// What is read of a feed's item with that text.
fn read(seed: &Seed, field: &str, html: &str) -> String {
    let document = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Kabarin</title><item><title>{}</title>\
         <dc:creator>{}</dc:creator><guid>a</guid><link>https://kabarin.example/p/88</link><{field}><![CDATA[{html}]]></{field}>\
         </item></channel></rss>",
        seed.title, seed.desk
    );
    let base = Url::parse("https://kabarin.example/rss").unwrap();
    let mut feed = parse::parse(document.as_bytes(), None, &base).unwrap();
    let item = feed.entries.remove(0);
    text::plain(&clean_feed(&item.content.unwrap(), &item.title, &item.authors))
}

fn squeezed(words: &str) -> String {
    words.split_whitespace().collect()
}

#[test]
fn the_article_and_all_of_it_is_left_however_its_text_is_built() {
    let mut faults = Vec::new();
    for seed in &SEEDS {
        let all = squeezed(&seed.sentences.concat());
        for (build, built) in BUILDS {
            for field in ["content:encoded", "description"] {
                let left = read(seed, field, &built(seed));
                for lost in seed.sentences.iter().filter(|sentence| left.matches(**sentence).count() != 1) {
                    faults.push(format!("{} {build} {field}: not there once: {lost}", seed.language));
                }
                let of_the_article = |line: &&str| !all.contains(&squeezed(line));
                for leaked in left.lines().filter(of_the_article) {
                    faults.push(format!("{} {build} {field}: leaked: {leaked}", seed.language));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn who_the_author_is_goes_from_behind_the_last_sentence_of_a_feeds_text() {
    let text = "<p>The ferry will run again from Monday, the council said, after engineers repaired the north pier.</p>\
                <p>Work on the south pier begins next year, and the captain has asked for a second boat in summer.</p>";
    let authors = ["Helen Marsh".to_owned()];
    for about in
        ["<p>Helen Marsh is the transport correspondent of the Gazette.</p>", "<p>Ms. Marsh covers the coast.</p>"]
    {
        assert_eq!(clean_feed(&format!("{text}{about}"), "Ferry returns", &authors), text, "{about}");
    }
    let said = format!(
        "{text}<p>Helen Marsh is the captain's name, and she has crossed for thirty years.</p><p>So be it.</p>"
    );
    assert_eq!(clean_feed(&said, "Ferry returns", &authors), said);
}
