//! Stories: on the labelled news they are the events; in the store they follow what arrives, also after a kill, and the
//! user's word stands.

use std::fmt::Write as _;
use std::time::Duration;

use kabar::content::cluster::Window;
use kabar::content::cluster::compare::{COMPARED, Compared, Profile, compare};
use kabar::content::cluster::weights::Weights;
use kabar::store::Store;

use crate::cli_program::{Kabar, rss};
use crate::news::{self, Article, articles, b_cubed, faults, group};
use crate::web::{Page, Web};

#[test]
fn stories_are_the_events_of_the_labelled_news() {
    let articles = articles();
    let stories = group(&articles, Weights::default());
    for half in ["fit", "check"] {
        let within = b_cubed(&articles, &stories, half, true);
        let across = b_cubed(&articles, &stories, half, false);
        assert!(within.f1() >= 0.97, "{half}, within: {within:?}\n{}", faults(&articles, &stories));
        assert!(across.f1() >= 0.94, "{half}, across: {across:?}\n{}", faults(&articles, &stories));
    }
}

#[test]
fn teasers_of_thirty_words_are_grouped_nearly_as_well() {
    let articles = shortened(articles());
    let stories = group(&articles, Weights::default());
    for half in ["fit", "check"] {
        let across = b_cubed(&articles, &stories, half, false);
        assert!(across.f1() >= 0.90, "{half}: {across:?}\n{}", faults(&articles, &stories));
    }
}

#[test]
fn features_come_back_as_they_were_packed() {
    use kabar::content::features::Features;
    let articles = articles();
    let mut bytes = 0;
    for article in &articles {
        let packed = article.features.pack();
        bytes += packed.len();
        assert_eq!(Features::unpack(&packed).as_ref(), Some(&article.features), "{}", article.id);
    }
    assert!(bytes / articles.len() < 1000, "{} bytes an article", bytes / articles.len());
    assert_eq!(Features::unpack(b"\xff\x00"), None);
    assert_eq!(Features::unpack(&articles[0].features.pack()[..20]), None);
}

/// Every text cut to what many feeds give.
fn shortened(mut articles: Vec<Article>) -> Vec<Article> {
    for article in &mut articles {
        article.text = match article.language.as_str() {
            "zh" | "ja" => article.text.chars().take(70).collect(),
            _ => article.text.split_whitespace().take(30).collect::<Vec<_>>().join(" "),
        };
    }
    news::with_features(articles)
}

/// Two articles, and whether they tell of one event.
struct Pair {
    compared: Compared,
    is_one_event: bool,
    is_one_language: bool,
}

/// The pairs of the fitting half that grouping would compare, if it made no mistake.
fn pairs(articles: &[Article]) -> Vec<Pair> {
    let mut window: Window<usize> = Window::new(Weights::default());
    let mut pairs = Vec::new();
    for (n, article) in articles.iter().enumerate() {
        let profile: Profile = window.profile(&article.features, article.published.as_second());
        for other in window.candidates(&profile) {
            let twin = &articles[other];
            if article.half == "fit" && twin.half == "fit" {
                pairs.push(Pair {
                    compared: compare(&profile, window.profile_of(other).unwrap()),
                    is_one_event: twin.event == article.event,
                    is_one_language: twin.language == article.language,
                });
            }
        }
        window.insert(n, profile, 0);
        window.expire(article.published.as_second() - kabar::content::cluster::SPAN);
    }
    pairs
}

/// Logistic regression by gradient descent, with a penalty on large weights. Likeness speaks for one event, what differs
/// against it, whatever a small sample says.
fn regression(pairs: &[&Pair]) -> Compared {
    const PENALTY: f64 = 3.0;
    const TWICE: f64 = 2.0;
    let (mut weights, mut pace) = ([0.0_f64; COMPARED.len()], [0.0_f64; COMPARED.len()]);
    let weight = |pair: &Pair| if pair.is_one_event { TWICE } else { 1.0 };
    let all: f64 = pairs.iter().map(|pair| weight(pair)).sum();
    for step in 0..6000 {
        let mut slope = [0.0_f64; COMPARED.len()];
        for pair in pairs {
            let sum: f64 = weights.iter().zip(pair.compared).map(|(weight, value)| weight * f64::from(value)).sum();
            let error = (1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(pair.is_one_event))) * weight(pair);
            slope.iter_mut().zip(pair.compared).for_each(|(slope, value)| *slope += error * f64::from(value));
        }
        let rate = if step < 4000 { 2.0 } else { 0.5 };
        for n in 0..COMPARED.len() {
            let penalty = if n == 0 { 0.0 } else { PENALTY * weights[n] };
            pace[n] = 0.9 * pace[n] - rate * (slope[n] + penalty) / all;
            weights[n] += pace[n];
            let is_barred = match COMPARED[n] {
                "bias" | "no_names" => false,
                "foreign_names" | "other_numbers" | "template" | "days" | "other_places" | "swapped"
                | "swapped_wording" | "swapped_marks" => weights[n] > 0.0,
                _ => weights[n] < 0.0,
            };
            if is_barred {
                (weights[n], pace[n]) = (0.0, 0.0);
            }
        }
    }
    weights.map(|weight| weight as f32)
}

#[test]
#[ignore = "makes assets/stories.toml anew"]
fn fit_stories() {
    let articles = articles();
    let short = shortened(articles.clone());
    let mut pairs = pairs(&articles);
    pairs.extend(self::pairs(&short));
    // What is rare is told otherwise in the first hours.
    for articles in [&articles, &short] {
        let fitted: Vec<Article> = articles.iter().filter(|article| article.half == "fit").cloned().collect();
        for store in news::small_stores(fitted) {
            pairs.extend(self::pairs(&store));
        }
    }
    let fitted = |is_one_language: bool| {
        regression(&pairs.iter().filter(|pair| pair.is_one_language == is_one_language).collect::<Vec<_>>())
    };
    let (within, across) = (fitted(true), fitted(false));
    let mut best = (0.0, 0.5_f32);
    for threshold in (40..90).step_by(5).map(|percent| percent as f32 / 100.0) {
        let weights = Weights { version: 0, threshold, within, across };
        let score: f64 = [(&articles, 1.0), (&short, 0.5)]
            .into_iter()
            .map(|(articles, share)| {
                let stories = group(articles, weights.clone());
                let f1 = |is_one_language| b_cubed(articles, &stories, "fit", is_one_language).f1();
                share * (f1(true) + f1(false))
            })
            .sum();
        if score > best.0 {
            best = (score, threshold);
        }
    }
    let mut out = format!("version = {}\nthreshold = {}\n", Weights::default().version + 1, best.1);
    for (name, row) in [("within", within), ("across", across)] {
        let _ = writeln!(out, "\n[{name}]");
        for (name, weight) in COMPARED.iter().zip(row) {
            let _ = writeln!(out, "{name} = {weight:.3}");
        }
    }
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/stories.toml");
    let head: String = std::fs::read_to_string(&file)
        .unwrap()
        .lines()
        .take_while(|line| !line.starts_with("version"))
        .fold(String::new(), |head, line| head + line + "\n");
    std::fs::write(file, head + &out).unwrap();
}

/// A feed of some labelled articles, dated as they are.
fn feed(title: &str, articles: &[&Article]) -> String {
    let mut items = String::new();
    for article in articles {
        let Article { id, language, title, text, published, .. } = article;
        let _ = write!(
            items,
            "<entry><id>{id}</id><title>{title}</title><updated>{published}</updated>\
             <link href='https://contoh.id/2024/{id}'/><content type='text' xml:lang='{language}'>{text}</content></entry>"
        );
    }
    format!("<feed xmlns='http://www.w3.org/2005/Atom'><id>{title}</id><title>{title}</title>{items}</feed>")
}

/// Feeds of these events, one for each language.
pub fn library(kabar: &Kabar, web: &Web, wanted: &[&str]) -> Vec<Article> {
    let articles: Vec<Article> =
        articles().into_iter().filter(|article| wanted.contains(&article.event.as_str())).collect();
    let mut urls = Vec::new();
    let mut languages: Vec<&str> = articles.iter().map(|article| article.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    for language in languages {
        let own: Vec<&Article> = articles.iter().filter(|article| article.language == language).collect();
        let path = format!("/{language}");
        web.serve(&path, Page::feed(feed(language, &own).replace("<feed ", &format!("<feed xml:lang='{language}' "))));
        urls.push(web.url(&path));
    }
    kabar.import(&urls);
    kabar.ok(&["refresh"]);
    articles
}

#[test]
fn what_several_outlets_tell_is_one_story_in_lists_and_queries() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let articles = library(&kabar, &web, &["e001", "e023", "e030"]);
    let stories = kabar.json(&["stories", "--json"]);
    let stories = stories.as_array().unwrap();
    let sizes: Vec<u64> = stories.iter().map(|story| story["size"].as_u64().unwrap()).collect();
    assert_eq!(sizes.iter().sum::<u64>(), articles.len() as u64, "{stories:#?}");
    let largest = stories.iter().max_by_key(|story| story["size"].as_u64()).unwrap();
    assert!(largest["size"].as_u64().unwrap() >= 4, "{stories:#?}");
    for key in ["id", "title", "first", "last", "articles"] {
        assert!(!largest[key].is_null(), "{key}");
    }
    let query = format!("story:{}", largest["id"]);
    let rows = kabar.json(&["list", "--query", &query, "--json"]);
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len() as u64, largest["size"].as_u64().unwrap());
    assert!(rows.iter().all(|row| row["story"] == largest["id"]));
    let printed = kabar.ok(&["stories"]);
    assert!(printed.contains(largest["title"].as_str().unwrap()));
    let (told, many) = (printed.lines().count(), sizes.iter().filter(|size| **size > 1).count());
    assert_eq!(told, many);
    assert_eq!(kabar.ok(&["stories", "--limit", &many.to_string()]), printed);
    assert_eq!(kabar.ok(&["stories", "--limit", "1"]).lines().count(), 1);
}

#[test]
fn what_the_user_splits_and_merges_stays_so() {
    let (kabar, web) = (Kabar::new(), Web::start());
    library(&kabar, &web, &["e001", "e023"]);
    let stories = kabar.json(&["stories", "--json"]);
    let story = stories.as_array().unwrap().iter().max_by_key(|story| story["size"].as_u64()).unwrap().clone();
    let ids: Vec<String> = story["articles"].as_array().unwrap().iter().map(ToString::to_string).collect();
    kabar.ok(&["stories", "split", &ids[1]]);
    let of = |id: &str| {
        let rows = kabar.json(&["list", "--json"]);
        let row = rows.as_array().unwrap().iter().find(|row| row["id"].as_i64() == id.parse().ok()).unwrap().clone();
        row["story"].as_i64().unwrap()
    };
    assert_ne!(of(&ids[0]), of(&ids[1]));
    kabar.ok(&["stories", "merge", &ids[0], &ids[1]]);
    assert_eq!(of(&ids[0]), of(&ids[1]));
    let sizes = kabar.json(&["stories", "--json"]);
    let size = |story: i64| {
        let stories = sizes.as_array().unwrap();
        stories.iter().find(|row| row["id"].as_i64() == Some(story)).unwrap()["size"].as_u64().unwrap()
    };
    assert_eq!(size(of(&ids[0])), ids.len() as u64);
}

/// All articles are grouped once more, as after a change of the weights.
fn grouped_anew(kabar: &Kabar) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = Store::open(&kabar.path("data/kabar.db")).unwrap();
    runtime.block_on(store.renew_stories(0, 0)).unwrap();
    assert!(runtime.block_on(store.ungrouped()).unwrap() > 0);
    kabar.ok(&["stories"]);
    assert_eq!(runtime.block_on(store.ungrouped()).unwrap(), 0);
    assert_eq!(runtime.block_on(store.check()).unwrap(), [""; 0]);
}

/// The articles of each story of several.
fn told(kabar: &Kabar) -> Vec<Vec<String>> {
    let stories = kabar.json(&["stories", "--json"]);
    let ids = |story: &serde_json::Value| -> Vec<String> {
        story["articles"].as_array().unwrap().iter().map(ToString::to_string).collect()
    };
    let mut told: Vec<Vec<String>> = stories.as_array().unwrap().iter().map(ids).filter(|ids| ids.len() > 1).collect();
    for ids in &mut told {
        ids.sort_unstable();
    }
    told.sort_unstable();
    told
}

#[test]
fn what_is_split_and_merged_again_is_one_story_however_often_it_is_grouped() {
    let (kabar, web) = (Kabar::new(), Web::start());
    library(&kabar, &web, &["e001", "e023"]);
    let before = told(&kabar);
    let largest = before.iter().max_by_key(|ids| ids.len()).unwrap().clone();
    assert!(largest.len() > 2, "{before:?}");
    for out in &largest {
        kabar.ok(&["stories", "split", out]);
        let other = largest.iter().rfind(|id| *id != out).unwrap();
        kabar.ok(&["stories", "merge", out, other]);
        assert_eq!(told(&kabar), before);
        grouped_anew(&kabar);
        assert_eq!(told(&kabar), before, "{out} was taken out and put in again");
    }
}

#[test]
fn articles_that_only_the_user_puts_together_stay_together_when_all_are_grouped_anew() {
    let kabar = Kabar::new();
    // The story that keeps its number is the youngest: the others come before it, and have nothing in common.
    let feeds = [
        rss("Satu", &[("Harga beras naik", "4", 26)]),
        rss(
            "Dua",
            &[("Konser biola di Wina", "1", 2), ("Jembatan baru di Osaka", "2", 25), ("Mosaik kuno di Tunis", "3", 25)],
        ),
    ];
    for (n, feed) in feeds.iter().enumerate() {
        let file = kabar.write(&format!("{n}.xml"), feed);
        kabar.ok(&["add", file.to_str().unwrap()]);
        kabar.ok(&["stories"]);
    }
    let rows = kabar.json(&["list", "--json"]);
    let ids: Vec<String> = rows.as_array().unwrap().iter().map(|row| row["id"].to_string()).collect();
    kabar.ok(&["stories", "merge", &ids[0], &ids[1], &ids[2], &ids[3]]);
    let merged = told(&kabar);
    assert_eq!(merged.iter().map(Vec::len).collect::<Vec<_>>(), [4]);
    grouped_anew(&kabar);
    assert_eq!(told(&kabar), merged);
    // Without the one that they were put together by, they are together still.
    kabar.ok(&["stories", "split", &ids[0]]);
    let rest = told(&kabar);
    assert_eq!(rest.iter().map(Vec::len).collect::<Vec<_>>(), [3]);
    grouped_anew(&kabar);
    assert_eq!(told(&kabar), rest);
}

#[test]
fn what_is_muted_is_in_no_story_that_is_listed() {
    let kabar = Kabar::new();
    for (feed, title) in
        [("satu", "Konser biola di Wina"), ("dua", "Jembatan baru di Osaka"), ("tiga", "Mosaik di Tunis")]
    {
        let document = rss(feed, &[(title, "1", 2)]).replace("a.example", &format!("{feed}.example"));
        let file = kabar.write(&format!("{feed}.xml"), document);
        kabar.ok(&["add", file.to_str().unwrap()]);
    }
    let ids: Vec<String> =
        kabar.json(&["list", "--json"]).as_array().unwrap().iter().map(|row| row["id"].to_string()).collect();
    kabar.ok(&[&["stories", "merge"][..], &ids.iter().map(String::as_str).collect::<Vec<_>>()].concat());
    let sizes = |args: &[&str]| -> Vec<u64> {
        let stories = kabar.json(&[&["stories", "--json"], args].concat());
        stories.as_array().unwrap().iter().map(|story| story["size"].as_u64().unwrap()).collect()
    };
    assert_eq!(sizes(&[]), [3]);
    kabar.ok(&["mark", "mute", &ids[0]]);
    assert_eq!(sizes(&[]), [2]);
    assert_eq!(sizes(&["--query", "is:muted"]), [3]);
    kabar.ok(&["edit", "satu", "--mute", "on"]);
    assert_eq!(sizes(&[]), [1]);
    assert_eq!(sizes(&["--query", "feed:satu"]), [2], "a muted feed is heard where it is asked for");
    kabar.ok(&["mark", "mute", "--query", "story:1"]);
    assert_eq!(sizes(&[]), [0; 0]);
}

#[test]
fn articles_that_are_taken_out_of_two_stories_at_once_go_back_to_neither() {
    let (kabar, web) = (Kabar::new(), Web::start());
    library(&kabar, &web, &["e001", "e023", "e030"]);
    let mut stories = told(&kabar);
    stories.retain(|ids| ids.len() > 2);
    assert!(stories.len() > 1, "{stories:?}");
    let (one, other) = (stories[0].last().unwrap(), stories[1].last().unwrap());
    kabar.ok(&["stories", "split", one, other]);
    // Others may leave the stories, too: what they were like is gone.
    let are_alone = || told(&kabar).iter().any(|ids| ids.len() == 2 && ids.contains(one) && ids.contains(other));
    assert!(are_alone());
    grouped_anew(&kabar);
    assert!(are_alone(), "{:?}", told(&kabar));
}

/// Its copies are a story without anybody else, and none of them may be hidden behind a copy that is not listed itself.
#[test]
fn an_article_that_two_feeds_have_is_listed_where_each_story_is_listed_once() {
    let kabar = Kabar::new();
    for (name, day, other) in [("Satu", 1, 2), ("Dua", 3, 4)] {
        let wire = [("Banjir Demak surut, warga pulang", "g1", day), ("Pasar pagi", name, other)];
        let document = rss(name, &wire).replace("Teks g1", "Warga Demak pulang setelah banjir surut pada Jumat pagi.");
        let file = kabar.write(&format!("{name}.xml"), document);
        kabar.ok(&["add", file.to_str().unwrap()]);
    }
    assert_eq!(told(&kabar).len(), 1);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = Store::open(&kabar.path("data/kabar.db")).unwrap();
    let titles = |query: &str| -> Vec<String> {
        let query = kabar::model::query::Query::parse(query).unwrap();
        let found = store.told(query, kabar::store::Span::Top, 10, jiff::Zoned::now());
        runtime.block_on(found).unwrap().rows.into_iter().map(|row| row.title).collect()
    };
    for query in ["", "unread", "banjir OR pasar", "-tag:tiada"] {
        assert_eq!(titles(query), ["Pasar pagi", "Pasar pagi", "Banjir Demak surut, warga pulang"], "{query}");
    }
    assert_eq!(titles("feed:dua banjir").len(), 1);
    assert_eq!(titles("banjir -feed:satu").len(), 1);
}

/// A wire story that two feeds have word for word, and a third one that tells it in its own words.
#[test]
fn an_article_that_two_feeds_have_is_one_of_its_story_and_leaves_it_with_both() {
    let kabar = Kabar::new();
    let wire = "Pemerintah mengumumkan paket kebijakan ekonomi yang mencakup insentif pajak bagi usaha kecil di semua \
                provinsi. Menteri Keuangan mengatakan kebijakan itu berlaku mulai Januari dan dievaluasi setiap tiga bulan \
                oleh tim yang dibentuk presiden, kata juru bicara kementerian di Jakarta pada Jumat malam.";
    let title = "Paket kebijakan ekonomi diumumkan";
    for (name, title, text) in [
        ("Satu", title, wire.to_owned()),
        ("Dua", title, wire.to_owned()),
        ("Tiga", "Paket kebijakan ekonomi pemerintah diumumkan", format!("{wire} Pasar menyambutnya.")),
    ] {
        let document = rss(name, &[(title, name, 3)]).replace(&format!("Teks {name}"), &text);
        let file = kabar.write(&format!("{name}.xml"), document.replace("https://a.", &format!("https://{name}.")));
        kabar.ok(&["add", file.to_str().unwrap()]);
    }
    assert_eq!(told(&kabar).iter().map(Vec::len).collect::<Vec<_>>(), [3]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = Store::open(&kabar.path("data/kabar.db")).unwrap();
    let rows = |query: &str| {
        let query = kabar::model::query::Query::parse(query).unwrap();
        let found = store.told(query, kabar::store::Span::Top, 10, jiff::Zoned::now());
        runtime.block_on(found).unwrap().rows
    };
    assert_eq!(rows("paket").iter().map(|row| row.in_story).collect::<Vec<_>>(), [2]);
    assert_eq!(kabar.titles(&["--query", "is:dup"]), [title]);
    let copy = kabar.json(&["list", "--query", "feed:satu", "--json"])[0]["id"].to_string();
    kabar.ok(&["stories", "split", &copy]);
    assert_eq!(rows("paket").iter().map(|row| row.in_story).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(told(&kabar).iter().map(Vec::len).collect::<Vec<_>>(), [2]);
    grouped_anew(&kabar);
    assert_eq!(told(&kabar).iter().map(Vec::len).collect::<Vec<_>>(), [2]);
    let alone = told(&kabar);
    kabar.ok(&["stories", "split", &copy]);
    assert_eq!(told(&kabar), alone, "there is nothing left to leave");
}

#[test]
fn what_was_to_be_grouped_when_kabar_was_killed_is_grouped_by_whoever_comes_next() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let items: Vec<(String, String)> =
        (0..1200).map(|n| (format!("Judul {n} kota{}", n % 97), format!("g{n}"))).collect();
    let items: Vec<(&str, &str, u32)> = items.iter().map(|(title, id)| (title.as_str(), id.as_str(), 1)).collect();
    web.serve("/rss", Page::feed(rss("Banyak", &items)));
    kabar.import(&[web.url("/rss")]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut child = kabar.start(&["watch"]);
    let store = Store::open(&kabar.path("data/kabar.db")).unwrap();
    let waiting = || runtime.block_on(async { store.unindexed().await.unwrap() + store.ungrouped().await.unwrap() });
    for _ in 0..3000 {
        if waiting() > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(waiting() > 0, "nothing was left to group");
    kabar.ok(&["stories"]);
    assert_eq!(waiting(), 0);
    let rows = kabar.json(&["list", "--json"]);
    assert!(rows.as_array().unwrap().iter().all(|row| row["story"].is_i64()));
    assert_eq!(runtime.block_on(store.check()).unwrap(), [""; 0]);
}
