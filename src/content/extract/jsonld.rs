//! What JSON-LD says about the article (<https://schema.org/Article>): the one object that is an article, its `@id`
//! references followed.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::entity;

/// Types that are an article, best first; the rest only when there is none of them.
const ARTICLES: [&str; 17] = [
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "liveblogposting",
    "blogposting",
    "article",
    "report",
    "techarticle",
    "scholarlyarticle",
    "socialmediaposting",
    "discussionforumposting",
    "recipe",
    "imagegallery",
    "mediagallery",
    "videoobject",
    "webpage",
];
/// Objects that are looked at in all blocks together.
const MOST: usize = 2000;
/// References followed from one to the next.
const DEPTH: usize = 4;

/// An article as JSON-LD describes it. Text as written: it may hold references and markup.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Described {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    /// Authors that are no persons.
    pub outlets: Vec<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub keywords: Vec<String>,
    pub image: Option<String>,
    pub language: Option<String>,
    pub body: Option<String>,
    /// `isAccessibleForFree`
    pub is_free: Option<bool>,
    pub publisher: Option<String>,
    /// It is called a page, not an article.
    pub is_page: bool,
}

/// Reads the blocks of a page; what cannot be parsed is passed over.
pub(super) fn describe(blocks: &[String]) -> Option<Described> {
    let values: Vec<Value> = blocks.iter().filter_map(|block| parse(block)).collect();
    let mut objects = Vec::new();
    for value in &values {
        flatten(value, &mut objects, 0);
    }
    let mut known: HashMap<&str, &Map<String, Value>> = HashMap::new();
    for object in &objects {
        if let Some(id) = object.get("@id").and_then(Value::as_str)
            && object.len() > 1
        {
            known.entry(id).or_insert(object);
        }
    }
    let rank = |object: &Map<String, Value>| {
        types(object).iter().filter_map(|kind| ARTICLES.iter().position(|known| known == kind)).min()
    };
    let (at, article) = objects.iter().filter_map(|object| Some((rank(object)?, *object))).min_by_key(|(at, _)| *at)?;
    let read = Reader { known };
    Some(Described { is_page: at + 1 == ARTICLES.len(), ..read.article(article) })
}

/// Deepest nesting that is read by a parser without a limit of its own.
const NESTED: usize = 100;

/// As JSON; wrappers, stray control characters, a trailing semicolon, commas before brackets and quotes that were escaped
/// for HTML are mended.
fn parse(block: &str) -> Option<Value> {
    let mut text = block.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    for (start, end) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")] {
        text = text.strip_prefix(start).unwrap_or(text);
        text = text.strip_suffix(end).unwrap_or(text).trim();
    }
    let text = text.trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        // Line breaks inside strings are no JSON, and common.
        let mut plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if plain.trim_start().starts_with("{&") {
            plain = entity::decode(&plain).into_owned();
        }
        let lenient = || if depth(&plain) <= NESTED { json5::from_str(&plain).ok() } else { None };
        serde_json::from_str(&plain).ok().or_else(lenient)
    })
}

/// How deep brackets are open; those within strings are counted, too.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' | b'[' => open += 1,
            b'}' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

fn flatten<'a>(value: &'a Value, objects: &mut Vec<&'a Map<String, Value>>, depth: usize) {
    if objects.len() >= MOST || depth > 6 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| flatten(value, objects, depth + 1)),
        Value::Object(object) => {
            objects.push(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "image"] {
                if let Some(inner) = object.get(key) {
                    flatten(inner, objects, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn types(object: &Map<String, Value>) -> Vec<String> {
    let name = |value: &Value| {
        let name = value.as_str()?;
        Some(name.rsplit(['/', ':']).next().unwrap_or(name).to_ascii_lowercase())
    };
    match object.get("@type") {
        Some(Value::Array(values)) => values.iter().filter_map(name).collect(),
        Some(value) => name(value).into_iter().collect(),
        None => Vec::new(),
    }
}

struct Reader<'a> {
    known: HashMap<&'a str, &'a Map<String, Value>>,
}

impl Reader<'_> {
    fn article(&self, article: &Map<String, Value>) -> Described {
        let text = |name: &str| article.get(name).and_then(|value| self.text(value, &["name", "@value"], 0));
        let of =
            |name: &str| article.get(name).map(|value| self.texts(value, &["name", "@value"], 0)).unwrap_or_default();
        let outlets = |value: &Value| -> Vec<String> {
            let of = |value: &Value| self.texts(value, &["name", "@value"], 0);
            Self::each(value).filter(|value| self.is_outlet(value)).flat_map(of).collect()
        };
        let outlets = article.get("author").map(outlets).unwrap_or_default();
        let authors: Vec<String> = of("author").into_iter().filter(|name| !outlets.contains(name)).collect();
        let is_anonymous = authors.is_empty() && outlets.is_empty();
        Described {
            headline: text("headline").or_else(|| text("name")),
            authors: if is_anonymous { of("creator") } else { authors },
            outlets,
            published: text("datePublished").or_else(|| text("dateCreated")),
            modified: text("dateModified"),
            keywords: of("keywords"),
            image: article
                .get("image")
                .or_else(|| article.get("thumbnailUrl"))
                .and_then(|value| self.text(value, &["url", "contentUrl", "@id"], 0)),
            language: article.get("inLanguage").and_then(|value| self.text(value, &["alternateName", "name"], 0)),
            body: text("articleBody"),
            is_free: article.get("isAccessibleForFree").and_then(is_true),
            publisher: text("publisher"),
            is_page: false,
        }
    }

    /// The values of a list, or the one that stands alone.
    fn each(value: &Value) -> impl Iterator<Item = &Value> {
        value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter().take(100)
    }

    fn is_outlet(&self, value: &Value) -> bool {
        let Some(object) = value.as_object() else { return false };
        let meant = object.get("@id").and_then(Value::as_str).and_then(|id| self.known.get(id).copied());
        [Some(object), meant]
            .into_iter()
            .flatten()
            .any(|object| types(object).iter().any(|kind| kind.ends_with("organization")))
    }

    fn text(&self, value: &Value, keys: &[&str], depth: usize) -> Option<String> {
        self.texts(value, keys, depth).into_iter().next()
    }

    /// The strings that a value stands for: itself, those of a list, those of an object under the first key that it has.
    fn texts(&self, value: &Value, keys: &[&str], depth: usize) -> Vec<String> {
        match value {
            Value::String(text) => vec![text.trim().to_owned()].into_iter().filter(|text| !text.is_empty()).collect(),
            Value::Number(number) => vec![number.to_string()],
            Value::Array(values) if depth < DEPTH => {
                values.iter().take(100).flat_map(|value| self.texts(value, keys, depth + 1)).collect()
            }
            Value::Object(object) if depth < DEPTH => {
                if let Some(found) = keys.iter().filter(|key| **key != "@id").find_map(|key| object.get(*key)) {
                    return self.texts(found, keys, depth + 1);
                }
                let id = object.get("@id").and_then(Value::as_str);
                match id.and_then(|id| self.known.get(id)) {
                    Some(meant) if !std::ptr::eq(*meant, object) => {
                        let meant = Value::Object((*meant).clone());
                        self.texts(&meant, keys, depth + 1)
                    }
                    _ => id.filter(|_| keys.contains(&"@id")).map(str::to_owned).into_iter().collect(),
                }
            }
            _ => Vec::new(),
        }
    }
}

fn is_true(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(is) => Some(*is),
        Value::String(word) => Some(word.eq_ignore_ascii_case("true") || word.ends_with("/True")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(json: &str) -> Described {
        describe(&[json.to_owned()]).unwrap()
    }

    #[test]
    fn a_graph_is_followed_by_its_references() {
        let found = described(
            r##"{"@context":"https://schema.org","@graph":[
              {"@type":"WebPage","@id":"https://a.id/1","name":"Halaman"},
              {"@type":"NewsArticle","headline":"Judul","author":{"@id":"#s"},"image":{"@id":"#g"},"datePublished":"2024-11-08",
               "keywords":["Rusia","AS"],"publisher":{"name":"Suara"},"isAccessibleForFree":"False"},
              {"@type":"Person","@id":"#s","name":"Sari Dewi"},{"@type":"ImageObject","@id":"#g","url":"https://a.id/g.jpg"}]}"##,
        );
        assert_eq!(found.headline.as_deref(), Some("Judul"));
        assert_eq!(found.authors, ["Sari Dewi"]);
        assert_eq!(found.image.as_deref(), Some("https://a.id/g.jpg"));
        assert_eq!(found.keywords, ["Rusia", "AS"]);
        assert_eq!(found.is_free, Some(false));
        assert!(!found.is_page);
    }

    #[test]
    fn broken_and_wrapped_blocks_are_mended_or_passed_over() {
        let wrapped = "<!--\n{\"@type\":[\"Article\",\"BlogPosting\"],\"headline\":\"Satu\ndua\"}\n-->".to_owned();
        let found = describe(&["{".to_owned(), "[1,2".to_owned(), wrapped]).unwrap();
        assert_eq!(found.headline.as_deref(), Some("Satu dua"));
        assert_eq!(describe(&["{\"@type\":\"Organization\"}".to_owned()]), None);
    }

    #[test]
    fn what_is_nearly_json_is_read() {
        for block in [
            "\u{feff}{\"@type\":\"Article\",\"headline\":\"Satu\"}",
            "{\"@type\":\"Article\",\"headline\":\"Satu\",}",
            "{\"@type\":\"Article\",\"author\":[{\"name\":\"D\\'Arc\"},],\"headline\":\"Satu\"}",
            "{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Satu&quot;}",
        ] {
            assert_eq!(described(block).headline.as_deref(), Some("Satu"), "{block}");
        }
        assert_eq!(describe(&["[".repeat(200_000) + ","]), None);
    }

    #[test]
    fn references_in_a_circle_end() {
        let found = described(
            r##"{"@graph":[{"@type":"Article","@id":"#a","author":{"@id":"#b"}},{"@id":"#b","x":1,"author":{"@id":"#a"}}]}"##,
        );
        assert_eq!(found.authors, [""; 0]);
    }
}
