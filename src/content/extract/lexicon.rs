//! The words that clutter is made of, in many languages: `assets/lexicon/clutter.toml`, read when the first page is.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use serde::Deserialize;

/// All languages together: pages mix them, and a line that is clutter in one is hardly ever a sentence in another.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // A test reads the file; it is part of the program.
    let languages: BTreeMap<String, Words> = toml::from_str(CLUTTER).unwrap_or_default();
    let mut all = Words::default();
    for words in languages.into_values() {
        all.tail.extend(words.tail);
        all.see_also.extend(words.see_also);
        all.credit.extend(words.credit);
        all.plea.extend(words.plea);
        all.urge.extend(words.urge);
        all.reader.extend(words.reader);
        all.label.extend(words.label);
        all.share.extend(words.share);
        all.by.extend(words.by);
        all.and.extend(words.and);
        all.desk.extend(words.desk);
        all.editor.extend(words.editor);
        all.tags.extend(words.tags);
        all.no_name.extend(words.no_name);
        all.footer.extend(words.footer);
        all.more.extend(words.more);
        all.paywall.extend(words.paywall);
        all.consent.extend(words.consent);
        all.offer.extend(words.offer);
        all.mailbox.extend(words.mailbox);
        all.described.extend(words.described);
        all.aside.extend(words.aside);
        all.aside_part.extend(words.aside_part);
        all.reporter.extend(words.reporter);
        all.role.extend(words.role);
        all.general.extend(words.general);
        all.aside_class.extend(words.aside_class);
        all.about.extend(words.about);
        all.title.extend(words.title);
        all.end.extend(words.end);
        all.dated.extend(words.dated);
    }
    // The longest first: `written by` before `by`.
    all.by.sort_by_key(|label| std::cmp::Reverse(label.len()));
    let pleas = Pleas::new(&all.plea);
    let is_word = |word: &&String| !word.contains(is_unspaced) && !word.contains(' ');
    let (words, parts): (Vec<&String>, Vec<&String>) = all.reader.iter().partition(is_word);
    let letters = |label: &String| label.chars().filter(|c| c.is_alphanumeric() || *c == '#').collect();
    let row = all.label.iter().chain(&all.share).map(letters).collect();
    Lexicon {
        tail: all.tail,
        see_also: all.see_also,
        credit: all.credit,
        pleas,
        urges: all.urge,
        reader: words.into_iter().cloned().collect(),
        reader_parts: parts.into_iter().cloned().collect(),
        labels: all.label.into_iter().collect(),
        row,
        by: all.by,
        conjunctions: all.and,
        desks: all.desk,
        editors: all.editor,
        tags: all.tags.into_iter().collect(),
        no_names: all.no_name,
        footer: all.footer,
        more: all.more,
        paywall: all.paywall,
        consent: all.consent,
        offer: Phrases::new(&all.offer),
        mailboxes: all.mailbox.into_iter().collect(),
        described: all.described,
        asides: all.aside,
        aside_parts: Phrases::new(&all.aside_part),
        reporters: all.reporter,
        roles: all.role,
        general: all.general.into_iter().collect(),
        aside_classes: all.aside_class,
        about: all.about,
        titles: all.title,
        ends: all.end,
        dated: all.dated,
    }
});

const CLUTTER: &str = include_str!("../../../assets/lexicon/clutter.toml");

/// Phrases that are looked for anywhere in a line, all in one pass. Each is found by its first bytes: an automaton of them
/// all is no faster here, and takes ten times the memory, which the interface would keep.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// In the order of their bytes, each with its number.
    sorted: Vec<(String, usize)>,
    /// Where those that begin with these bytes are.
    ranges: HashMap<[u8; START], Range<usize>, RandomState>,
}

/// No phrase is shorter, in bytes.
const START: usize = 4;

impl Phrases {
    fn new(phrases: &[String]) -> Self {
        let mut sorted: Vec<(String, usize)> =
            phrases.iter().enumerate().map(|(number, phrase)| (phrase.clone(), number)).collect();
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
    all: Vec<String>,
    /// Which of them articles speak of, too.
    are_mentions: Vec<bool>,
}

impl Pleas {
    fn new(written: &[String]) -> Self {
        // What several languages have is one phrase; where it is a plea in one, it is one.
        let mut known: BTreeMap<&str, bool> = BTreeMap::new();
        for phrase in written {
            let mention = phrase.strip_prefix('~');
            *known.entry(mention.unwrap_or(phrase)).or_insert(true) &= mention.is_some();
        }
        let (all, are_mentions): (Vec<String>, Vec<bool>) =
            known.into_iter().map(|(phrase, is_mention)| (phrase.to_owned(), is_mention)).unzip();
        Self { phrases: Phrases::new(&all), all, are_mentions }
    }

    /// The numbers of those that a line holds; none of what is part of another.
    pub(super) fn held(&self, line: &str) -> Vec<usize> {
        let held = self.phrases.held(line);
        let phrase = |number: &usize| self.all.get(*number).map_or("", String::as_str);
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
        || LEXICON.reader_parts.iter().any(|part| folded.contains(part.as_str()))
}

/// The kinds are told in the file.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub tail: Vec<String>,
    pub see_also: Vec<String>,
    pub credit: Vec<String>,
    pub pleas: Pleas,
    pub urges: Vec<String>,
    pub reader: HashSet<String>,
    /// Those that are found within a line: of scripts without spaces, or of several words.
    pub reader_parts: Vec<String>,
    pub labels: HashSet<String>,
    /// Letters of labels that stand in rows.
    pub row: HashSet<String>,
    pub by: Vec<String>,
    pub conjunctions: Vec<String>,
    pub desks: Vec<String>,
    pub editors: Vec<String>,
    pub tags: HashSet<String>,
    pub no_names: Vec<String>,
    pub footer: Vec<String>,
    pub more: Vec<String>,
    pub paywall: Vec<String>,
    pub consent: Vec<String>,
    pub offer: Phrases,
    pub mailboxes: HashSet<String>,
    pub described: Vec<String>,
    pub asides: Vec<String>,
    pub aside_parts: Phrases,
    pub reporters: Vec<String>,
    pub roles: Vec<String>,
    pub general: HashSet<String>,
    pub aside_classes: Vec<String>,
    pub about: Vec<String>,
    pub titles: Vec<String>,
    pub ends: Vec<String>,
    pub dated: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    tail: Vec<String>,
    see_also: Vec<String>,
    credit: Vec<String>,
    plea: Vec<String>,
    urge: Vec<String>,
    reader: Vec<String>,
    label: Vec<String>,
    share: Vec<String>,
    by: Vec<String>,
    and: Vec<String>,
    desk: Vec<String>,
    editor: Vec<String>,
    tags: Vec<String>,
    no_name: Vec<String>,
    footer: Vec<String>,
    more: Vec<String>,
    paywall: Vec<String>,
    consent: Vec<String>,
    offer: Vec<String>,
    mailbox: Vec<String>,
    described: Vec<String>,
    aside: Vec<String>,
    aside_part: Vec<String>,
    reporter: Vec<String>,
    role: Vec<String>,
    general: Vec<String>,
    aside_class: Vec<String>,
    about: Vec<String>,
    title: Vec<String>,
    end: Vec<String>,
    dated: Vec<String>,
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
    use super::*;

    #[test]
    fn the_lexicon_is_read_and_folded() {
        let languages: BTreeMap<String, Words> = toml::from_str(CLUTTER).unwrap();
        assert!(languages.len() >= 11);
        for (language, words) in &languages {
            let lists = [
                &words.tail,
                &words.see_also,
                &words.credit,
                &words.plea,
                &words.label,
                &words.by,
                &words.desk,
                &words.more,
                &words.offer,
                &words.mailbox,
                &words.described,
                &words.about,
                &words.title,
                &words.end,
                &words.dated,
            ];
            for word in lists.into_iter().flatten() {
                assert_eq!(folded(word).trim(), word.trim(), "{language}");
            }
            assert!(!words.tail.is_empty() && !words.plea.is_empty() && !words.paywall.is_empty(), "{language}");
        }
    }

    #[test]
    fn phrases_are_found_wherever_they_stand_also_one_within_another() {
        let phrases = ["read also", "also", "read all", "читать дальше", "続きを読む", "дальше"].map(str::to_owned);
        let phrases = Phrases::new(&phrases);
        assert_eq!(phrases.held("read also: also this"), [0, 1]);
        assert_eq!(phrases.held("xчитать дальше"), [3, 5]);
        assert_eq!(phrases.held("この記事の続きを読む"), [4]);
        for line in ["", "als", "read", "читать", "続きを読"] {
            assert!(!phrases.is_held(line), "{line}");
        }
    }

    #[test]
    fn no_phrase_is_too_short_to_be_found() {
        let languages: BTreeMap<String, Words> = toml::from_str(CLUTTER).unwrap();
        for words in languages.values() {
            let pleas = words.plea.iter().map(|plea| plea.trim_start_matches('~'));
            let others = words.offer.iter().chain(&words.aside_part).map(String::as_str);
            for phrase in pleas.chain(others) {
                assert!(phrase.len() >= START, "{phrase}");
            }
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
