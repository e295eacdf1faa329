//! The labelled news of `tests/fixtures/news`: read, grouped into stories, and judged.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::Timestamp;
use kabar::content::cluster::weights::Weights;
use kabar::content::cluster::{Placed, Said, Window};
use kabar::content::features::lexicon::Lexicon;
use kabar::content::features::{self, Features};
use kabar::model::terms::stem::Stems;
use kabar::model::terms::{self, Text};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    pub id: String,
    pub event: String,
    pub topics: Vec<String>,
    /// `fit` or `check`.
    pub half: String,
    #[serde(rename = "lang")]
    pub language: String,
    pub published: Timestamp,
    pub title: String,
    pub text: String,
    #[serde(skip)]
    pub features: Features,
}

/// All articles, as they appeared.
pub fn articles() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/news");
    let mut articles: Vec<Article> = Vec::new();
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "jsonl") {
            let text = std::fs::read_to_string(&file).unwrap();
            articles.extend(text.lines().map(|line| serde_json::from_str::<Article>(line).unwrap()));
        }
    }
    articles.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
    with_features(articles)
}

pub fn with_features(mut articles: Vec<Article>) -> Vec<Article> {
    let (mut lexicon, mut stems) = (Lexicon::default(), Stems::default());
    for article in &mut articles {
        article.features = read(&article.title, &article.text, &article.language, &mut lexicon, &mut stems);
    }
    articles
}

/// The articles in stores of fourteen: those of events that are labelled side by side, which are the hardest to tell apart.
pub fn small_stores(mut articles: Vec<Article>) -> Vec<Vec<Article>> {
    articles
        .sort_by(|one, other| (&one.event, one.published, &one.id).cmp(&(&other.event, other.published, &other.id)));
    let mut stores: Vec<Vec<Article>> = articles.chunks(14).map(<[Article]>::to_vec).collect();
    for store in &mut stores {
        store.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
    }
    stores
}

pub fn read(title: &str, body: &str, language: &str, lexicon: &mut Lexicon, stems: &mut Stems) -> Features {
    let text = Text { title, body, language };
    let terms = terms::read(&text, 20_000, stems);
    features::read(&text, &terms, &lexicon.table(language, stems))
}

/// Groups all articles; the story of each.
pub fn group(articles: &[Article], weights: Weights) -> Vec<i64> {
    let mut window = Window::new(weights);
    let mut stories = Vec::new();
    for (n, article) in articles.iter().enumerate() {
        let profile = window.profile(&article.features, article.published.as_second());
        let story = match window.place(&profile, &Said::default()) {
            Placed::Joins { story, .. } => story,
            Placed::Begins => n as i64,
        };
        window.insert(n, profile, story);
        window.expire(article.published.as_second() - kabar::content::cluster::SPAN);
        stories.push(story);
    }
    stories
}

/// B³: how pure and how whole the groups are that the articles stand in, on average; each article among those that
/// `among` lets see each other.
#[derive(Debug, Clone, Copy)]
pub struct BCubed {
    pub precision: f64,
    pub recall: f64,
}

impl BCubed {
    pub fn f1(self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall)
    }
}

pub fn b_cubed(articles: &[Article], stories: &[i64], half: &str, is_one_language: bool) -> BCubed {
    let (mut precision, mut recall, mut count) = (0.0, 0.0, 0.0);
    for (n, one) in articles.iter().enumerate().filter(|(_, one)| one.half == half) {
        let (mut same, mut grouped, mut labelled) = (0.0, 0.0, 0.0);
        for (m, other) in articles.iter().enumerate() {
            if is_one_language && other.language != one.language {
                continue;
            }
            let (is_grouped, is_labelled) = (stories[n] == stories[m], one.event == other.event);
            grouped += f64::from(u8::from(is_grouped));
            labelled += f64::from(u8::from(is_labelled));
            same += f64::from(u8::from(is_grouped && is_labelled));
        }
        precision += same / grouped;
        recall += same / labelled;
        count += 1.0;
    }
    BCubed { precision: precision / count, recall: recall / count }
}

/// What was grouped wrongly, for people to look at.
pub fn faults(articles: &[Article], stories: &[i64]) -> String {
    let mut out = String::new();
    let mut groups: HashMap<i64, Vec<&Article>> = HashMap::new();
    let mut events: HashMap<&str, HashSet<i64>> = HashMap::new();
    for (article, story) in articles.iter().zip(stories) {
        groups.entry(*story).or_default().push(article);
        events.entry(&article.event).or_default().insert(*story);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(story, _)| *story);
    for (story, members) in groups {
        let is_mixed = members.iter().any(|member| member.event != members[0].event);
        let is_part = members.iter().any(|member| events[member.event.as_str()].len() > 1);
        if is_mixed || is_part {
            out.push_str(&format!("{story}{}\n", if is_mixed { " MIXED" } else { "" }));
            for member in members {
                out.push_str(&format!("    {} {} {} {}\n", member.half, member.event, member.language, member.title));
            }
        }
    }
    out
}
