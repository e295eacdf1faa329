//! An article's words as search, topics and stories know them. No index, no store: a text and its language give its terms.
//!
//! An index is fed with [`Terms::indexed`]: two texts for the title and two for the body. `surface` has one token for every
//! word, in order, so that phrases, nearness and prefixes are found in it; `stems` has only the stems that differ from
//! their word. A search for a word looks in both at once ([`query::wanted`]). Tokens are separated by single spaces and
//! contain letters, marks and digits alone: `SQLite`'s `ascii` tokenizer keeps them whole. What a title says and what a body
//! says often is there once more under tokens of its own ([`Salient`]): where in an article a word stands is asked of a list
//! that has nothing else in it, so that the answer costs what it holds and not what the word costs everywhere.

pub mod fold;
pub mod found;
pub mod query;
pub mod split;
pub mod stem;

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use self::split::Kind;
use self::stem::Stems;

/// The rules above have this number; an index made under another one is stale.
pub const VERSION: u32 = 4;

/// How many words of the body belong to the lead: what an agency says first.
pub const LEAD: usize = 45;

/// How many times a body says what it says often.
const OFTEN: u32 = 3;

/// What is read of an article.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub title: &'a str,
    /// Plain text.
    pub body: &'a str,
    /// A code of ISO 639, as `content::language` gives it; empty when unknown.
    pub language: &'a str,
}

/// Where in an article a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    Title,
    Lead,
    Rest,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In small letters.
    Small,
    /// With a capital inside a sentence of small words: a name, or a German noun.
    Capital,
    /// With a capital where every word has one: at the start of a sentence, in a title in title case.
    Opening,
    /// In capitals, among words that are not.
    Capitals,
    /// In a script without capitals.
    Uncased,
    Number,
    Pair,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub surface: String,
    /// Empty when it is the surface.
    pub stem: String,
    pub form: Form,
    pub zone: Zone,
    /// Where it stands in the title or in the body, in bytes.
    pub at: Range<usize>,
}

impl Word {
    #[must_use]
    pub fn stem(&self) -> &str {
        if self.stem.is_empty() { &self.surface } else { &self.stem }
    }
}

/// The words of one article, title first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    pub words: Vec<Word>,
}

/// What an index is fed with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Indexed {
    pub title: Fed,
    pub body: Fed,
    /// Tokens of [`Salient`]: the words of the title in order, then their stems, then what the body says three times or more,
    /// once each.
    pub salient: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fed {
    /// Every word, in order.
    pub surface: String,
    /// The stems that differ from their word, in order.
    pub stems: String,
}

/// Where a word stands that tells what an article is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Salient {
    InTitle,
    Often,
}

impl Salient {
    /// The token that a word has in this place. No word begins so: a digit that is raised is folded to a plain one.
    #[must_use]
    pub fn token(self, token: &str) -> String {
        let mark = match self {
            Self::InTitle => '¹',
            Self::Often => '³',
        };
        format!("{mark}{token}")
    }
}

/// Reads the first `limit` words of a text.
#[must_use]
pub fn read(text: &Text<'_>, limit: usize, stems: &mut Stems) -> Terms {
    let mut words = Vec::with_capacity((text.body.len() / 6).min(limit) + 16);
    push(text.title, text.language, limit, stems, &mut words, |_| Zone::Title);
    if is_title_case(&words) {
        for word in words.iter_mut().filter(|word| matches!(word.form, Form::Capital | Form::Capitals)) {
            word.form = if word.form == Form::Capitals && word.surface.chars().count() <= 5 {
                Form::Capitals
            } else {
                Form::Opening
            };
        }
    }
    push(text.body, text.language, limit, stems, &mut words, |nth| if nth < LEAD { Zone::Lead } else { Zone::Rest });
    Terms { words }
}

fn push(
    text: &str,
    language: &str,
    limit: usize,
    stems: &mut Stems,
    words: &mut Vec<Word>,
    zone: impl Fn(usize) -> Zone,
) {
    let mut nth = 0;
    split::pieces(text, |piece| {
        if words.len() >= limit {
            return;
        }
        let written = text.get(piece.at.clone()).unwrap_or_default();
        let lower = fold::lower(written);
        let bare = fold::without_article(&lower);
        let stem = match piece.kind {
            Kind::Word => stems.stem(language, bare),
            _ => bare,
        };
        let stem = if stem == bare { String::new() } else { fold::unmark(stem) };
        let surface = if lower.is_ascii() { lower } else { fold::unmark(bare) };
        if surface.is_empty() {
            return;
        }
        let stem = if stem == surface { String::new() } else { stem };
        // Two characters are read as one word, so a lead of pairs is twice as long.
        let place = if piece.kind == Kind::Pair { nth / 2 } else { nth };
        words.push(Word { surface, stem, form: form(written, &piece), zone: zone(place), at: piece.at });
        nth += 1;
    });
}

fn form(written: &str, piece: &split::Piece) -> Form {
    match piece.kind {
        Kind::Number => return Form::Number,
        Kind::Pair => return Form::Pair,
        Kind::Word => {}
    }
    let mut letters = written.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Form::Uncased };
    if first.is_lowercase() {
        return Form::Small;
    }
    if !first.is_uppercase() {
        return Form::Uncased;
    }
    let (mut count, mut all) = (1, true);
    for letter in letters {
        count += 1;
        all &= letter.is_uppercase();
    }
    match (all && count > 1, piece.opens) {
        (true, _) => Form::Capitals,
        (false, true) => Form::Opening,
        (false, false) => Form::Capital,
    }
}

/// Whether a title's capitals say nothing: most of its words have one.
fn is_title_case(title: &[Word]) -> bool {
    let (mut small, mut capital) = (0, 0);
    for word in title {
        match word.form {
            Form::Small => small += 1,
            Form::Capital | Form::Capitals => capital += 1,
            _ => {}
        }
    }
    capital >= 2 && small <= capital
}

impl Terms {
    /// How many words the body has; two characters of a script without spaces are about one.
    #[must_use]
    pub fn length(&self) -> usize {
        let of_body = |word: &&Word| word.zone != Zone::Title;
        let (pairs, words): (Vec<&Word>, Vec<&Word>) =
            self.words.iter().filter(of_body).partition(|word| word.form == Form::Pair);
        words.len() + pairs.len().div_ceil(2)
    }

    /// The texts that an index is fed with.
    #[must_use]
    pub fn indexed(&self) -> Indexed {
        let mut indexed = Indexed::default();
        for word in &self.words {
            let fed = if word.zone == Zone::Title { &mut indexed.title } else { &mut indexed.body };
            append(&mut fed.surface, &word.surface);
            append(&mut fed.stems, &word.stem);
        }
        let in_title =
            [&indexed.title.surface, &indexed.title.stems].into_iter().flat_map(|text| text.split_whitespace());
        for token in in_title {
            append(&mut indexed.salient, &Salient::InTitle.token(token));
        }
        let mut counts: HashMap<&str, u32, RandomState> = HashMap::default();
        for word in self.words.iter().filter(|word| word.zone != Zone::Title) {
            for token in [word.surface.as_str(), word.stem.as_str()].into_iter().filter(|token| !token.is_empty()) {
                let count = counts.entry(token).or_default();
                *count += 1;
                if *count == OFTEN {
                    append(&mut indexed.salient, &Salient::Often.token(token));
                }
            }
        }
        indexed
    }
}

fn append(text: &mut String, token: &str) {
    if !token.is_empty() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(title: &str, body: &str, language: &str) -> Terms {
        read(&Text { title, body, language }, 1000, &mut Stems::default())
    }

    #[test]
    fn an_index_is_fed_with_every_word_and_the_stems_that_differ() {
        let fed = terms("Banjir Rendam Permukiman", "Warga mengungsi.", "id").indexed();
        assert_eq!(fed.title.surface, "banjir rendam permukiman");
        assert_eq!(fed.title.stems, "mukim");
        assert_eq!(fed.body.surface, "warga mengungsi");
        assert_eq!(fed.salient, "¹banjir ¹rendam ¹permukiman ¹mukim");
        assert_eq!(terms("", "air air darat air² ³air", "id").indexed().salient, "³air");
    }

    #[test]
    fn every_language_is_fed_in_its_own_way() {
        for (language, title, surface) in [
            ("ru", "Ещё одни переговоры", "еще одни переговоры"),
            ("ar", "الرئيس يزور أميركا", "رئيس يزور اميركا"),
            ("zh", "美国总统", "美国 国总 总统"),
            ("ja", "AI規制へ", "ai 規制 制へ"),
            ("th", "ประเทศไทย", "ปร ระ ะเ เท ทศ ศไ ไท ทย"),
            ("fr", "L'économie française", "l economie francaise"),
            ("el", "Σεισμός στην Κρήτη", "σεισμοσ στην κρητη"),
        ] {
            assert_eq!(terms(title, "", language).indexed().title.surface, surface, "{language}");
        }
    }

    #[test]
    fn capitals_tell_names_only_where_small_words_stand_beside_them() {
        let words =
            terms("Putin Siap Jalin Kontak", "Presiden Rusia Vladimir Putin siap bicara dengan AS.", "id").words;
        let form = |surface: &str, zone: Zone| {
            words.iter().find(|word| word.surface == surface && word.zone == zone).map(|word| word.form)
        };
        assert_eq!(form("kontak", Zone::Title), Some(Form::Opening));
        assert_eq!(form("presiden", Zone::Lead), Some(Form::Opening));
        assert_eq!(form("putin", Zone::Lead), Some(Form::Capital));
        assert_eq!(form("siap", Zone::Lead), Some(Form::Small));
        assert_eq!(form("as", Zone::Lead), Some(Form::Capitals));
    }

    #[test]
    fn a_word_remembers_where_it_stands() {
        let title = "Straße — 地震 ２０２６";
        for word in terms(title, "", "de").words {
            assert!(title.get(word.at.clone()).is_some_and(|written| !written.is_empty()), "{word:?}");
        }
    }

    #[test]
    fn two_characters_of_a_script_without_spaces_are_about_a_word() {
        assert_eq!(terms("Judul", "Warga mengungsi ke masjid.", "id").length(), 4);
        assert_eq!(terms("", &"美国总统".repeat(10), "zh").length(), 20);
        assert_eq!(terms("", "", "id").length(), 0);
    }

    #[test]
    fn the_lead_ends_after_its_words() {
        let words = terms("", &"kata ".repeat(100), "id").words;
        assert_eq!(words.iter().filter(|word| word.zone == Zone::Lead).count(), LEAD);
        assert_eq!(read(&Text { title: "a b c", body: "d", language: "" }, 2, &mut Stems::default()).words.len(), 2);
    }
}
