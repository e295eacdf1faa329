//! The words that clutter is made of, in many languages: `assets/lexicon/clutter.toml`, read when the first page is.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// All languages together: pages mix them, and a line that is clutter in one is hardly ever a sentence in another.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&mut lists()));

const CLUTTER: &str = include_str!("../../../assets/lexicon/clutter.toml");

/// The words of one kind, where the file has them: the interface keeps the lexicon while it is open, and copies would be
/// half a megabyte more.
type Words = Vec<&'static str>;

/// The words of all languages, by kind. Each list is one line, which reads as JSON, too: what the whole file takes while it
/// is read as TOML, another half a megabyte, would stay with the interface as well.
fn lists() -> HashMap<&'static str, Words> {
    let mut lists: HashMap<&str, Words> = HashMap::new();
    for (kind, list) in CLUTTER.lines().filter_map(|line| line.split_once(" = ")) {
        // A test reads the file; it is part of the program.
        lists.entry(kind).or_default().extend(serde_json::from_str::<Words>(list).unwrap_or_default());
    }
    lists
}

/// Phrases that are looked for anywhere in a line, all in one pass. Each is found by its first bytes: an automaton of them
/// all is no faster here, and takes ten times the memory, which the interface would keep.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// In the order of their bytes, each with its number.
    sorted: Vec<(&'static str, usize)>,
    /// Where those that begin with these bytes are.
    ranges: HashMap<[u8; START], Range<usize>, RandomState>,
}

/// No phrase is shorter, in bytes.
const START: usize = 4;

impl Phrases {
    fn new(phrases: &[&'static str]) -> Self {
        let mut sorted: Vec<(&str, usize)> =
            phrases.iter().enumerate().map(|(number, phrase)| (*phrase, number)).collect();
        sorted.sort_unstable();
        let mut ranges: HashMap<[u8; START], Range<usize>, RandomState> = HashMap::default();
        for (at, (phrase, _)) in sorted.iter().enumerate() {
            if let Some(start) = phrase.as_bytes().first_chunk() {
                ranges.entry(*start).or_insert(at..at).end = at + 1;
            }
        }
        Self { sorted, ranges }
    }

    pub(super) fn is_held(&self, line: &str) -> bool {
        self.found(line.as_bytes()).next().is_some()
    }

    /// The numbers of the phrases that a folded line holds, each once.
    pub(super) fn held(&self, line: &str) -> Vec<usize> {
        let mut held: Vec<usize> = self.found(line.as_bytes()).collect();
        held.sort_unstable();
        held.dedup();
        held
    }

    fn found(&self, line: &[u8]) -> impl Iterator<Item = usize> {
        let places = line.windows(START).enumerate().filter_map(|(at, start)| {
            let range = self.ranges.get(start.first_chunk()?)?;
            Some((line.get(at..)?, self.sorted.get(range.clone())?))
        });
        places.flat_map(|(rest, phrases)| {
            phrases.iter().filter(|(phrase, _)| rest.starts_with(phrase.as_bytes())).map(|(_, number)| *number)
        })
    }
}

/// What speaks to the reader about something else than the article.
#[derive(Debug, Default)]
pub(super) struct Pleas {
    phrases: Phrases,
    all: Words,
    /// Which of them articles speak of, too.
    are_mentions: Vec<bool>,
}

impl Pleas {
    fn new(written: &[&'static str]) -> Self {
        // What several languages have is one phrase; where it is a plea in one, it is one.
        let mut known: BTreeMap<&'static str, bool> = BTreeMap::new();
        for phrase in written {
            let mention = phrase.strip_prefix('~');
            *known.entry(mention.unwrap_or(phrase)).or_insert(true) &= mention.is_some();
        }
        let (all, are_mentions): (Words, Vec<bool>) = known.into_iter().unzip();
        Self { phrases: Phrases::new(&all), all, are_mentions }
    }

    /// The numbers of those that a line holds; none of what is part of another.
    pub(super) fn held(&self, line: &str) -> Vec<usize> {
        let held = self.phrases.held(line);
        let phrase = |number: &usize| self.all.get(*number).copied().unwrap_or_default();
        let is_part = |one: &usize| held.iter().any(|other| other != one && phrase(other).contains(phrase(one)));
        held.iter().filter(|one| !is_part(one)).copied().collect()
    }

    pub(super) fn is_mention(&self, number: usize) -> bool {
        self.are_mentions.get(number) == Some(&true)
    }
}

/// Whether a sentence speaks to the reader, or of the site.
pub(super) fn is_to_the_reader(folded: &str) -> bool {
    // Vowel signs of Indian scripts are no letters.
    let is_between = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "«»“”„…—–।؟،".contains(c);
    LEXICON.urges.iter().any(|urge| begins(folded, urge))
        || folded.split(is_between).any(|word| LEXICON.reader.contains(word))
        || LEXICON.reader_parts.iter().any(|part| folded.contains(part))
}

/// The kinds are told in the file.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub tail: Words,
    pub see_also: Words,
    pub credit: Words,
    pub pleas: Pleas,
    pub urges: Words,
    pub reader: HashSet<&'static str>,
    /// Those that are found within a line: of scripts without spaces, or of several words.
    pub reader_parts: Words,
    pub labels: HashSet<&'static str>,
    /// Names of where things are shared, which articles speak of, too.
    pub shares: HashSet<&'static str>,
    /// Letters of labels that stand in rows.
    pub row: HashSet<Cow<'static, str>>,
    pub by: Words,
    pub conjunctions: Words,
    pub desks: Words,
    pub editors: Words,
    pub tags: HashSet<&'static str>,
    pub no_names: Words,
    pub footer: Words,
    pub more: Words,
    pub paywall: Words,
    pub consent: Words,
    pub offer: Phrases,
    pub mailboxes: HashSet<&'static str>,
    pub described: Words,
    pub asides: Words,
    pub aside_parts: Phrases,
    pub reporters: Words,
    pub roles: Words,
    pub general: HashSet<&'static str>,
    pub aside_classes: Words,
    pub about: Words,
    pub titles: Words,
    pub ends: Words,
    pub dated: Words,
}

impl Lexicon {
    /// Takes the lists it is made of.
    fn new(lists: &mut HashMap<&str, Words>) -> Self {
        let mut all = |kind: &str| lists.remove(kind).unwrap_or_default();
        let (labels, shares, mut by) = (all("label"), all("share"), all("by"));
        // The longest first: `written by` before `by`.
        by.sort_by_key(|label| std::cmp::Reverse(label.len()));
        let is_word = |word: &&str| !word.contains(is_unspaced) && !word.contains(' ');
        let (words, parts) = all("reader").into_iter().partition::<Words, _>(is_word);
        Self {
            tail: all("tail"),
            see_also: all("see_also"),
            credit: all("credit"),
            pleas: Pleas::new(&all("plea")),
            urges: all("urge"),
            reader: words.into_iter().collect(),
            reader_parts: parts,
            row: labels.iter().chain(&shares).map(|label| in_a_row(label)).collect(),
            labels: labels.into_iter().collect(),
            shares: shares.into_iter().collect(),
            by,
            conjunctions: all("and"),
            desks: all("desk"),
            editors: all("editor"),
            tags: all("tags").into_iter().collect(),
            no_names: all("no_name"),
            footer: all("footer"),
            more: all("more"),
            paywall: all("paywall"),
            consent: all("consent"),
            offer: Phrases::new(&all("offer")),
            mailboxes: all("mailbox").into_iter().collect(),
            described: all("described"),
            asides: all("aside"),
            aside_parts: Phrases::new(&all("aside_part")),
            reporters: all("reporter"),
            roles: all("role"),
            general: all("general").into_iter().collect(),
            aside_classes: all("aside_class"),
            about: all("about"),
            titles: all("title"),
            ends: all("end"),
            dated: all("dated"),
        }
    }
}

/// The letters of a label, which are all that is left of it in a row.
fn in_a_row(label: &'static str) -> Cow<'static, str> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '#';
    if label.chars().all(is_letter) { label.into() } else { label.chars().filter(|c| is_letter(*c)).collect() }
}

/// A line as the lexicon is written: small letters, plain apostrophes, single spaces.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        let mut folded = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        folded.make_ascii_lowercase();
        return folded;
    }
    let plain: String = text.chars().map(|c| if matches!(c, '’' | 'ʼ' | '‘') { '\'' } else { c }).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without the marks at both ends, which labels come with or without.
pub(super) fn bare(folded: &str) -> &str {
    folded.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '(' | '[' | '（' | '【' | '©' | '→' | '▶' | '►' | '▼' | '>')
    })
}

/// Whether `text` begins with the words of `start`, not with a longer word.
pub(super) fn begins(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| {
        let is_whole = |c: char| {
            !c.is_alphanumeric() || !start.chars().last().is_some_and(char::is_alphanumeric) || is_unspaced(c)
        };
        rest.chars().next().is_none_or(is_whole)
    })
}

/// Whether a line ends with the mark of a sentence, with quotes, brackets and references to notes behind it or not.
pub(super) fn ends_a_sentence(line: &str) -> bool {
    let mut end = line.trim_end();
    while let Some((before, note)) = end.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        if note.is_empty() || note.len() > 3 {
            break;
        }
        end = before.trim_end();
    }
    let end = end.trim_end_matches(['"', '\'', '”', '’', ')', '»', '」', '』', '）']);
    end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔'])
}

/// Scripts that set no spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{e00}'..='\u{e7f}')
}

/// The length that a reader sees: letters of scripts without spaces count for three.
pub(super) fn weight(text: &str) -> usize {
    text.chars().map(|c| if is_unspaced(c) { 3 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_lexicon_is_read_whole_and_folded() {
        let languages: BTreeMap<&str, BTreeMap<&str, Words>> = toml::from_str(CLUTTER).unwrap();
        assert!(languages.len() >= 11);
        // Bylines are looked for as they are written, names of classes as pages write them.
        let as_written = ["and", "reporter", "role", "aside_class"];
        for (language, lists) in &languages {
            for (kind, words) in lists.iter().filter(|(kind, _)| !as_written.contains(kind)) {
                for word in words {
                    assert_eq!(folded(word).trim(), word.trim(), "{language} {kind}");
                }
            }
            for kind in ["tail", "plea", "paywall"] {
                assert!(!lists[kind].is_empty(), "{language} {kind}");
            }
        }
        let mut lists = lists();
        for (kind, words) in &lists {
            let all: Words = languages.values().filter_map(|lists| lists.get(kind)).flatten().copied().collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>(), all.iter().collect(), "{kind}");
        }
        let kinds = lists.len();
        Lexicon::new(&mut lists);
        assert_eq!((kinds, lists), (31, HashMap::new()), "a kind is misspelt");
    }

    #[test]
    fn phrases_are_found_wherever_they_stand_also_one_within_another() {
        let phrases = Phrases::new(&["read also", "also", "read all", "читать дальше", "続きを読む", "дальше"]);
        assert_eq!(phrases.held("read also: also this"), [0, 1]);
        assert_eq!(phrases.held("xчитать дальше"), [3, 5]);
        assert_eq!(phrases.held("この記事の続きを読む"), [4]);
        for line in ["", "als", "read", "читать", "続きを読"] {
            assert!(!phrases.is_held(line), "{line}");
        }
    }

    #[test]
    fn no_phrase_is_too_short_to_be_found() {
        let lists = lists();
        let pleas = lists["plea"].iter().map(|plea| plea.trim_start_matches('~'));
        for phrase in pleas.chain(lists["offer"].iter().copied()).chain(lists["aside_part"].iter().copied()) {
            assert!(phrase.len() >= START, "{phrase}");
        }
    }

    #[test]
    fn a_sentence_ends_before_its_quotes_and_notes() {
        for line in ["Selesai.", "“Selesai!”", "It closed in 1931.[4][12]", "完了した。」", "पूरा हुआ।"]
        {
            assert!(ends_a_sentence(line), "{line}");
        }
        for line in ["Selesai", "Tags:", "He left [alone]", "[1]", ""] {
            assert!(!ends_a_sentence(line), "{line}");
        }
    }

    #[test]
    fn a_line_begins_with_whole_words() {
        assert!(begins("tags: rusia", "tags") && begins("tag", "tag") && begins("関連記事はこちら", "関連記事"));
        assert!(!begins("tagihan listrik", "tag") && !begins("bytes", "by"));
    }
}
