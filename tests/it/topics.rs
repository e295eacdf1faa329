//! Topics: from the name alone in every language, by example, and as the user says.

use std::collections::{HashMap, HashSet};

use crate::cli_program::{Kabar, rss};
use crate::stories::library;
use crate::web::Web;

fn titles(kabar: &Kabar, args: &[&str]) -> Vec<String> {
    let rows = kabar.json(args);
    rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

fn id(kabar: &Kabar, title: &str) -> String {
    let rows = kabar.json(&["list", "--json"]);
    rows.as_array().unwrap().iter().find(|row| row["title"] == title).unwrap()["id"].to_string()
}

#[test]
fn two_countries_in_a_name_find_their_articles_untagged_in_other_languages() {
    let (kabar, web) = (Kabar::new(), Web::start());
    library(&kabar, &web, &["e001", "e008", "e012", "e023"]);
    kabar.ok(&["topics", "follow", "Rusia-AS"]);
    let found = titles(&kabar, &["list", "--tag", "Rusia-AS", "--json"]);
    for title in ["Putin Siap Jalin Kontak Kembali dengan Trump", "Kremlin open to talks with White House"] {
        assert!(found.iter().any(|other| other == title), "{title}: {found:?}");
    }
    assert!(!found.iter().any(|title| title.contains("Roma")), "{found:?}");
    assert_eq!(titles(&kabar, &["list", "--query", "topic:rusia-as", "--json"]), found);
    let rows = kabar.json(&["list", "--query", "topic:Rusia-AS", "--json"]);
    assert!(rows.as_array().unwrap().iter().all(|row| row["topics"] == serde_json::json!(["Rusia-AS"])));
    let topics = kabar.json(&["topics", "--json"]);
    assert_eq!(topics[0]["name"], "Rusia-AS");
    assert_eq!(topics[0]["articles"].as_u64().unwrap(), found.len() as u64);
}

#[test]
fn the_user_s_word_stands_and_unfollowing_takes_the_tag_away() {
    let (kabar, web) = (Kabar::new(), Web::start());
    library(&kabar, &web, &["e008", "e023"]);
    kabar.ok(&["topics", "follow", "gempa"]);
    let quakes = titles(&kabar, &["list", "--tag", "gempa", "--json"]);
    assert!(quakes.len() >= 3, "{quakes:?}");
    let (wrong, right) = (id(&kabar, &quakes[0]), id(&kabar, "Kremlin open to talks with White House"));
    kabar.ok(&["topics", "teach", "gempa", &wrong, "--no"]);
    kabar.ok(&["topics", "teach", "gempa", &right, "--yes"]);
    let taught = titles(&kabar, &["list", "--tag", "gempa", "--json"]);
    assert!(!taught.contains(&quakes[0]), "{taught:?}");
    assert!(taught.iter().any(|title| title.starts_with("Kremlin open")), "{taught:?}");
    kabar.ok(&["topics", "unfollow", "gempa"]);
    assert_eq!(titles(&kabar, &["list", "--tag", "gempa", "--json"]), [""; 0]);
    assert_eq!(kabar.run(&["topics", "unfollow", "gempa"]).code, Some(1));
    assert_eq!(kabar.json(&["topics", "--json"]), serde_json::json!([]));
}

#[test]
fn what_arrives_after_a_topic_is_followed_belongs_to_it_at_once() {
    let (kabar, web) = (Kabar::new(), Web::start());
    kabar.ok(&["topics", "follow", "banjir", "--query", "title:Aceh"]);
    library(&kabar, &web, &["e030", "e031"]);
    let found = titles(&kabar, &["list", "--tag", "banjir", "--json"]);
    assert!(found.iter().any(|title| title.contains("Demak")), "{found:?}");
    assert!(found.iter().filter(|title| title.contains("Aceh")).count() >= 2, "{found:?}");
}

#[test]
fn a_topic_whose_query_names_another_follows_it_whatever_changes_there() {
    let kabar = Kabar::new();
    let mut items = vec![("Konser biola di Wina", "1", 2), ("Jembatan baru di Osaka", "2", 3)];
    let file = kabar.write("feed.xml", rss("Satu", &items));
    kabar.ok(&["add", file.to_str().unwrap()]);
    // The one that needs the most of the others is there first.
    kabar.ok(&["topics", "follow", "ketiga", "--query", "topic:kedua -title:besar"]);
    kabar.ok(&["topics", "follow", "kedua", "--query", "tag:pertama"]);
    let all = || ["pertama", "kedua", "ketiga"].map(|topic| kabar.titles(&["--query", &format!("topic:{topic}")]));
    assert_eq!(all(), [[""; 0]; 3]);
    kabar.ok(&["topics", "follow", "pertama", "--query", "title:osaka"]);
    assert_eq!(all(), [["Jembatan baru di Osaka"]; 3]);
    kabar.ok(&["rules", "add", "ketiga", "topic:ketiga", "--tag", "terkena"]);
    items.extend([("Pasar malam Osaka", "3", 1), ("Pasar besar Osaka", "4", 1)]);
    kabar.write("feed.xml", rss("Satu", &items));
    kabar.ok(&["refresh", "--force"]);
    let [first, second, third] = all();
    assert_eq!((first.len(), &second), (3, &first));
    assert_eq!(third, ["Jembatan baru di Osaka", "Pasar malam Osaka"]);
    assert_eq!(kabar.titles(&["--query", "tag:terkena"]), ["Pasar malam Osaka"]);
    kabar.ok(&["topics", "teach", "pertama", &id(&kabar, "Pasar malam Osaka"), "--no"]);
    assert_eq!(all()[2], ["Jembatan baru di Osaka"]);
    kabar.ok(&["topics", "unfollow", "pertama"]);
    assert_eq!(all(), [[""; 0]; 3]);
    kabar.ok(&["doctor"]);
}

#[test]
fn a_topic_that_is_followed_again_with_another_query_has_what_either_finds() {
    let kabar = Kabar::new();
    let items = [("Konser biola di Wina", "1", 2), ("Jembatan baru di Osaka", "2", 3), ("Mosaik di Tunis", "3", 4)];
    let file = kabar.write("feed.xml", rss("Satu", &items));
    kabar.ok(&["add", file.to_str().unwrap()]);
    let follow = |query: &str| {
        kabar.ok(&["topics", "follow", "pilihan", "--query", query]);
        let topics = kabar.json(&["topics", "--json"]);
        (topics[0]["query"].as_str().unwrap().to_owned(), topics[0]["articles"].as_u64().unwrap())
    };
    assert_eq!(follow("biola sort:relevance"), ("biola sort:relevance".to_owned(), 1));
    assert_eq!(follow("title:osaka"), ("biola OR title:osaka".to_owned(), 2));
    assert_eq!(follow("biola"), ("biola OR title:osaka".to_owned(), 2));
    assert_eq!(follow("mosaik tunis OR biola"), ("biola OR title:osaka OR (mosaik tunis)".to_owned(), 3));
    kabar.ok(&["topics", "follow", "pilihan"]);
    assert_eq!(kabar.json(&["topics", "--json"])[0]["articles"], 3);
}

#[test]
fn a_player_s_country_is_no_topic_of_two_reports_that_name_it_in_passing() {
    let kabar = Kabar::new();
    let items = [
        ("Militao se rompe el menisco", "1", 1),
        ("Militao estará cuatro meses de baja", "2", 2),
        ("Lula veta una ley de Brasil", "3", 3),
    ];
    // Of today: only such articles are taken in before the library is learned from.
    let today = kabar::platform::clock::now().strftime("%d %b %Y").to_string();
    let mut feed = rss("Uno", &items).replace(">id<", ">es<");
    for day in ["01", "02", "03"] {
        feed = feed.replace(&format!("{day} Nov 2024"), &today);
    }
    let feed = feed
        .replace("Teks 1", "El central brasileño Éder Militao se lesionó la rodilla en el entrenamiento del jueves.")
        .replace("Teks 2", "El central brasileño Éder Militao sufre una rotura, informó el club en un parte médico.")
        .replace("Teks 3", "El presidente de Brasil vetó la ley.");
    let file = kabar.write("feed.xml", feed);
    kabar.ok(&["add", file.to_str().unwrap()]);
    kabar.ok(&["topics", "follow", "Brasil"]);
    assert_eq!(kabar.titles(&["--query", "topic:Brasil"]), ["Lula veta una ley de Brasil"]);
}

#[test]
fn headlines_alone_belong_to_a_topic_whether_their_feed_names_its_language_or_not() {
    let items = [
        ("Inflasi naik", "1", 1),
        ("Inflasi tinggi, rupiah melemah", "2", 2),
        ("Warga Jakarta mengungsi karena banjir", "3", 3),
        ("Harga beras di pasar turun", "4", 4),
        ("Menteri pendidikan mengundurkan diri", "5", 5),
        ("Persib menang atas Persija", "6", 6),
    ];
    let declared = rss("Satu", &items);
    for feed in [declared.replace("<language>id</language>", ""), declared] {
        let kabar = Kabar::new();
        let file = kabar.write("feed.xml", feed);
        kabar.ok(&["add", file.to_str().unwrap()]);
        kabar.ok(&["topics", "follow", "inflasi"]);
        kabar.ok(&["topics", "follow", "banjir"]);
        assert_eq!(kabar.titles(&["--query", "topic:inflasi"]), ["Inflasi tinggi, rupiah melemah", "Inflasi naik"]);
        assert_eq!(kabar.titles(&["--query", "topic:banjir"]), ["Warga Jakarta mengungsi karena banjir"]);
        // One that comes by itself later is in the language of those before it.
        kabar.write("feed.xml", rss("Satu", &[("Inflasi lagi", "7", 0)]).replace("<language>id</language>", ""));
        kabar.ok(&["refresh", "--force"]);
        assert_eq!(
            kabar.titles(&["--query", "topic:inflasi newer:1h"]).len() + kabar.titles(&["--query", "lang:id"]).len(),
            8
        );
    }
}

#[test]
fn articles_of_a_feed_that_is_subscribed_to_again_belong_to_their_topics_again() {
    let (kabar, web) = (Kabar::new(), Web::start());
    library(&kabar, &web, &["e001", "e008"]);
    kabar.ok(&["topics", "follow", "Rusia-AS"]);
    let taught = id(&kabar, "Kremlin open to talks with White House");
    kabar.ok(&["topics", "teach", "Rusia-AS", &taught, "--no"]);
    let found = || titles(&kabar, &["list", "--query", "topic:rusia-as", "--json"]);
    let before = found();
    assert!(before.len() >= 3, "{before:?}");
    for feed in kabar.json(&["feeds", "--json"]).as_array().unwrap() {
        kabar.ok(&["remove", &feed["id"].to_string()]);
        assert!(found().len() < before.len());
        kabar.ok(&["add", feed["url"].as_str().unwrap()]);
    }
    assert_eq!(found(), before);
    kabar.ok(&["doctor"]);
}

/// What a rule asks for may come true later than the article: with the story that it joins.
#[test]
fn a_split_or_a_merge_changes_what_belongs_to_topics_and_rules_hear_of_it() {
    let (kabar, web) = (Kabar::new(), Web::start());
    library(&kabar, &web, &["e019", "e030"]);
    let other = id(&kabar, "Tanggul Jebol, Ribuan Rumah di Demak Terendam Banjir");
    let quake = id(&kabar, "Gempa Magnitudo 5,4 Guncang Bengkulu, Warga Berhamburan");
    kabar.ok(&["topics", "follow", "gempa", "--example", &quake]);
    kabar.ok(&["rules", "add", "Gempa", "topic:gempa", "--star"]);
    let belongs = |id: &str| {
        let rows = kabar.json(&["list", "--query", "topic:gempa", "--json"]);
        let row = rows.as_array().unwrap().iter().find(|row| row["id"].as_i64() == id.parse().ok()).cloned();
        row.map(|row| row["starred"].as_bool().unwrap())
    };
    assert_eq!((belongs(&quake), belongs(&other)), (Some(false), None));
    kabar.ok(&["stories", "merge", &quake, &other]);
    assert_eq!((belongs(&quake), belongs(&other)), (Some(false), Some(true)));
    kabar.ok(&["stories", "split", &other]);
    assert_eq!((belongs(&quake), belongs(&other)), (Some(false), None));
    kabar.ok(&["doctor"]);
}

/// A topic's tag may be merged into another one, and that one into a third: the topic counts where they all do, what comes
/// later too, and goes when it is followed no longer.
#[test]
fn a_topic_whose_tag_is_merged_counts_where_that_counts() {
    let (kabar, web) = (Kabar::new(), Web::start());
    kabar.ok(&["topics", "follow", "gempa"]);
    kabar.ok(&["tags", "merge", "gempa", "--into", "bencana"]);
    kabar.ok(&["tags", "merge", "bencana", "--into", "alam"]);
    library(&kabar, &web, &["e019", "e030"]);
    let found = titles(&kabar, &["list", "--tag", "alam", "--json"]);
    assert!(found.len() >= 2, "{found:?}");
    assert_eq!(titles(&kabar, &["list", "--query", "topic:gempa", "--json"]), found);
    let topics = kabar.json(&["topics", "--json"]);
    assert_eq!((&topics[0]["name"], topics[0]["articles"].as_u64()), (&"gempa".into(), Some(found.len() as u64)));
    let rows = kabar.json(&["list", "--tag", "alam", "--json"]);
    assert!(rows.as_array().unwrap().iter().all(|row| row["topics"] == serde_json::json!(["gempa"])), "{rows}");
    kabar.ok(&["doctor"]);
    kabar.ok(&["tags", "split", "gempa"]);
    assert_eq!(titles(&kabar, &["list", "--tag", "gempa", "--json"]), found);
    kabar.ok(&["tags", "merge", "gempa", "--into", "alam"]);
    kabar.ok(&["topics", "unfollow", "gempa"]);
    assert_eq!(titles(&kabar, &["list", "--query", "tag:alam topic:gempa", "--json"]), [""; 0]);
    kabar.ok(&["doctor"]);
}

/// F1 of every topic of the labels, averaged: from its name alone, or with its first three articles of the fitting half, each
/// of another event, as examples. Stories as grouping makes them.
fn macro_f1(half: &str, is_taught: bool) -> f64 {
    use kabar::content::cluster::Window;
    use kabar::content::cluster::compare::Profile;
    use kabar::content::cluster::weights::Weights;
    use kabar::content::features::lexicon::{self, Lexicon};
    use kabar::content::topics::name::Wanted;
    use kabar::content::topics::{Company, Judge, Likeness, Rules, settled};
    use kabar::model::terms::stem::Stems;
    use kabar::model::topic::Membership;

    let articles = crate::news::articles();
    let stories = crate::news::group(&articles, Weights::default());
    let (mut company, mut window) = (Company::default(), Window::new(Weights::default()));
    for (n, article) in articles.iter().enumerate() {
        company.learn(&article.features);
        let profile = window.profile(&article.features, article.published.as_second());
        window.insert(n, profile, stories[n]);
    }
    let profiles: Vec<Profile> =
        articles.iter().map(|one| Profile::new(&one.features, 0, window.frequencies())).collect();
    let (rules, offices, related) = (Rules::default(), lexicon::offices(), lexicon::related());
    let judge = Judge { rules: &rules, company: &company, offices: &offices, related: &related };
    let mut names: Vec<&String> = articles.iter().flat_map(|article| &article.topics).collect();
    names.sort_unstable();
    names.dedup();
    let (mut lexicon, mut stems) = (Lexicon::default(), Stems::default());
    let mut sum = 0.0;
    for name in &names {
        let wanted = Wanted::of(name, "id", &mut lexicon, &mut stems);
        let mut events = HashSet::new();
        let examples: Vec<usize> = (0..articles.len())
            .filter(|n| articles[*n].half == "fit" && articles[*n].topics.contains(name))
            .filter(|n| events.insert(&articles[*n].event))
            .take(if is_taught { 3 } else { 0 })
            .collect();
        let score = |n: usize| {
            let others = examples.iter().filter(|other| stories[**other] != stories[n]);
            let others: Vec<&Profile> = others.map(|other| &profiles[*other]).collect();
            judge.member(&wanted, &articles[n].features, Likeness::to(&profiles[n], &others))
        };
        let mut of: HashMap<i64, Vec<(usize, Membership)>> = HashMap::new();
        for (n, story) in stories.iter().enumerate() {
            of.entry(*story).or_default().push((n, score(n)));
        }
        let mut is_in = HashSet::new();
        for (story, own) in of {
            let has_example = examples.iter().any(|other| stories[*other] == story);
            is_in.extend(settled(own, has_example).into_iter().filter_map(|(n, found)| found.map(|_| n)));
        }
        let (mut right, mut wrong) = (0.0, 0.0);
        for (n, article) in articles.iter().enumerate().filter(|(_, one)| one.half == half) {
            if examples.contains(&n) {
                continue;
            }
            match (is_in.contains(&n), article.topics.contains(name)) {
                (true, true) => right += 1.0,
                (true, false) | (false, true) => wrong += 1.0,
                (false, false) => {}
            }
        }
        sum += 2.0 * right / (2.0 * right + wrong);
    }
    sum / names.len() as f64
}

#[test]
fn topics_are_found_from_their_name_alone() {
    let (fit, check) = (macro_f1("fit", false), macro_f1("check", false));
    assert!(fit >= 0.95 && check >= 0.90, "fit: {fit:.3}, check: {check:.3}");
}

#[test]
fn topics_are_found_with_three_examples() {
    let (fit, check) = (macro_f1("fit", true), macro_f1("check", true));
    assert!(fit >= 0.93 && check >= 0.93, "fit: {fit:.3}, check: {check:.3}");
}

/// A feed may give no more than a headline.
#[test]
fn two_countries_are_found_in_a_bare_headline_by_their_names_capitals_and_office_holders() {
    use kabar::content::features::lexicon::{self, Lexicon};
    use kabar::content::topics::name::Wanted;
    use kabar::content::topics::{Company, Judge, Likeness, Rules};
    use kabar::model::terms::stem::Stems;
    use kabar::model::topic::BELONGS;

    let (mut lexicon, mut stems) = (Lexicon::default(), Stems::default());
    let (rules, company) = (Rules::default(), Company::default());
    let (offices, related) = (lexicon::offices(), lexicon::related());
    let judge = Judge { rules: &rules, company: &company, offices: &offices, related: &related };
    let wanted = Wanted::of("Rusia-AS", "id", &mut lexicon, &mut stems);
    let mut belongs = |language: &str, title: &str| {
        let features = crate::news::read(title, "", language, &mut lexicon, &mut stems);
        judge.member(&wanted, &features, Likeness::default()).score >= BELONGS
    };
    for (language, title) in [
        ("id", "Putin Siap Jalin Kontak Kembali dengan Trump"),
        ("en", "Kremlin open to talks with White House"),
        ("en", "Witkoff and Ushakov to meet in Riyadh"),
        ("ru", "Путин готов возобновить контакты с Трампом"),
        ("ar", "الكرملين منفتح على الحوار مع البيت الأبيض"),
        ("zh", "克里姆林宫对与白宫会谈持开放态度"),
        ("ja", "クレムリン、ホワイトハウスとの対話に前向き"),
        ("es", "El Kremlin, dispuesto a hablar con la Casa Blanca"),
        ("fr", "Poutine prêt à renouer avec Trump"),
        ("de", "Kreml zu Gesprächen mit dem Weißen Haus bereit"),
        ("pt", "Moscou aceita conversar com Washington"),
    ] {
        assert!(belongs(language, title), "{title}");
    }
    for (language, title) in [
        ("id", "AS Roma Menang, Kata Pelatih Asal Rusia"),
        ("en", "Putin visits flooded region"),
        ("en", "Trump to meet Macron in Paris"),
        ("ja", "プーチン氏、北京を訪問"),
    ] {
        assert!(!belongs(language, title), "{title}");
    }
}
