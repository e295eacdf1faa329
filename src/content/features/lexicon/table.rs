//! One language's names, and where a text has them.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use foldhash::fast::RandomState;

use super::{Sense, files};
use crate::model::terms::stem::{Stems, is_stemmed};
use crate::model::terms::{self, Form, Terms, Text, Word, Zone, fold, split};

/// One language's names.
#[derive(Debug, Default)]
pub struct Table {
    /// By the stem of the first word, the longest first.
    words: HashMap<String, Vec<Phrase>, RandomState>,
    /// What words begin with, by their first letters: Hochwasserschutz tells of a flood, too. The longest first.
    beginnings: HashMap<String, Vec<Beginning>, RandomState>,
    /// Words that tell something when another one follows in the sentence: a plane … crashes. By the stem of the first.
    apart: HashMap<String, Vec<(String, Sense)>, RandomState>,
    /// Languages with cases but without a stemmer: the beginnings of their names.
    is_cut: bool,
    /// Names take an s in the genitive, which the stemmer leaves after a vowel: Chinas, Koreas.
    has_genitive: bool,
    dense: Option<AhoCorasick>,
    /// Those of the automaton's patterns.
    senses: Vec<Vec<Sense>>,
    /// Patterns of few katakana, which also begin other words: only whole runs count.
    whole: Vec<bool>,
    /// Characters that stand for a country beside another such.
    signs: HashMap<char, Sense>,
    concepts: HashMap<u32, String>,
}

#[derive(Debug)]
struct Phrase {
    /// The stems of the other words.
    rest: Vec<String>,
    /// It is written with a capital.
    is_name: bool,
    /// As it must be written.
    exact: Option<Vec<String>>,
    /// All that it stands for; none for what stands for nothing.
    senses: Vec<Sense>,
}

impl Phrase {
    fn is_named(&self) -> bool {
        self.senses.iter().any(|sense| matches!(sense, Sense::Named(_)))
    }
}

/// What has a name of its own stands also for what the same words stand for when they are not written just so: Bank Indonesia
/// is a central bank.
fn join_named(phrases: &mut [Phrase]) {
    for at in 0..phrases.len() {
        if !phrases[at].is_named() {
            continue;
        }
        let is_exact = phrases[at].exact.is_some();
        let is_looser = |other: &Phrase| other.exact.is_none() && (is_exact || !other.is_name);
        let same = |other: &&Phrase| is_looser(other) && other.rest == phrases[at].rest;
        let others: Vec<Sense> = phrases.iter().filter(same).flat_map(|other| other.senses.clone()).collect();
        for sense in others {
            if !phrases[at].senses.contains(&sense) {
                phrases[at].senses.push(sense);
            }
        }
    }
}

#[derive(Debug)]
struct Beginning {
    letters: String,
    senses: Vec<Sense>,
}

/// How many words after the first the second of two words that tell something together may stand: one clause.
const APART: usize = 8;

/// The letters by which beginnings are looked up; none is shorter. Of Hangul, where one is a syllable, half as many.
const FIRST: usize = 4;

/// Where a sense was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    pub sense: Sense,
    pub zone: Zone,
    /// The words that it takes, for words; none in a script without spaces.
    pub words: (usize, usize),
    /// All senses of one mention have the same number.
    pub mention: usize,
}

impl Met {
    /// Where in the body it stands, in bytes; `None` for what stands in the title.
    pub(in crate::content::features) fn in_body(&self, text: &Text<'_>, terms: &Terms) -> Option<usize> {
        if self.zone == Zone::Title {
            return None;
        }
        match terms.words.get(self.words.0) {
            Some(word) if self.words.0 < self.words.1 => Some(word.at.start),
            // Without words the number of a mention counts on from theirs.
            _ => self.mention.checked_sub(terms.words.len() + text.title.len()),
        }
    }
}

impl Table {
    pub(super) fn read(language: &str, stems: &mut Stems) -> Self {
        let mut table = Self {
            is_cut: !is_stemmed(language) && !matches!(language, "" | "vi" | "sw" | "th" | "zh" | "ja"),
            has_genitive: language == "de",
            concepts: files::concepts(language),
            ..Self::default()
        };
        let mut patterns = HashMap::new();
        for (sense, name) in files::names(language) {
            table.enter(sense, &name, language, stems, &mut patterns);
        }
        for phrases in table.words.values_mut() {
            join_named(phrases);
            phrases.sort_by_key(|phrase| {
                std::cmp::Reverse((phrase.rest.len(), phrase.exact.is_some(), phrase.is_named()))
            });
        }
        for beginnings in table.beginnings.values_mut() {
            beginnings.sort_by_key(|beginning| std::cmp::Reverse(beginning.letters.len()));
        }
        let (patterns, senses): (Vec<String>, Vec<Vec<Sense>>) = patterns.into_iter().unzip();
        table.whole = patterns.iter().map(|name| name.chars().count() <= 4 && name.chars().all(is_katakana)).collect();
        table.dense = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok();
        table.senses = senses;
        table
    }

    fn enter(
        &mut self,
        sense: Option<Sense>,
        name: &str,
        language: &str,
        stems: &mut Stems,
        patterns: &mut HashMap<String, Vec<Sense>>,
    ) {
        if let Some(sign) = name.strip_suffix('^') {
            if let (Some(sign), Some(sense)) = (sign.chars().next(), sense) {
                self.signs.insert(sign, sense);
            }
            return;
        }
        if let Some(letters) = name.strip_suffix('*') {
            self.enter_beginning(sense, letters);
            return;
        }
        if let Some((first, second)) = name.split_once('~') {
            let mut stems_of = |words: &str| -> Vec<String> {
                let stem = |word: &str| {
                    let words = terms::read(&Text { title: word, body: "", language }, 1, stems).words;
                    words.first().map(|word| word.stem().to_owned())
                };
                words.split('/').filter_map(stem).collect()
            };
            let (first, second) = (stems_of(first), stems_of(second));
            for (first, second) in first.iter().flat_map(|first| second.iter().map(move |second| (first, second))) {
                let told = self.apart.entry(first.clone()).or_default();
                let new = sense.map(|sense| (second.clone(), sense));
                told.extend(new.filter(|new| !told.contains(new)));
            }
            return;
        }
        let (bare, is_marked) = name.strip_suffix('!').map_or((name, false), |bare| (bare, true));
        // `US` and `U.S.`: in small letters these are other words.
        let mut letters = bare.chars().filter(|c| *c != '.');
        let is_exact = is_marked || letters.clone().count() <= 3 && letters.all(char::is_uppercase);
        if bare.chars().any(split::is_dense) {
            let senses = patterns.entry(bare.to_owned()).or_default();
            senses.extend(sense.filter(|sense| !senses.contains(sense)));
            return;
        }
        let text = Text { title: bare, body: "", language };
        let words = terms::read(&text, 16, stems).words;
        let Some(first) = words.first() else { return };
        let exact = is_exact
            .then(|| words.iter().map(|word| bare.get(word.at.clone()).unwrap_or_default().to_owned()).collect());
        let rest: Vec<String> = words.iter().skip(1).map(|word| word.stem().to_owned()).collect();
        let is_place = !matches!(sense, Some(Sense::Concept(_) | Sense::Shared(_)) | None);
        let is_name = is_place && exact.is_none() && bare.chars().next().is_some_and(char::is_uppercase);
        let phrases = self.words.entry(first.stem().to_owned()).or_default();
        let same = |phrase: &&mut Phrase| (&phrase.rest, &phrase.exact, phrase.is_name) == (&rest, &exact, is_name);
        match phrases.iter_mut().find(same) {
            Some(phrase) => phrase.senses.extend(sense.filter(|sense| !phrase.senses.contains(sense))),
            None => phrases.push(Phrase { rest, is_name, exact, senses: sense.into_iter().collect() }),
        }
    }

    fn enter_beginning(&mut self, sense: Option<Sense>, letters: &str) {
        let letters = fold::unmark(fold::without_article(&fold::lower(letters)));
        let Some(first) = first_letters(&letters) else { return };
        let beginnings = self.beginnings.entry(first.to_owned()).or_default();
        match beginnings.iter_mut().find(|beginning| beginning.letters == letters) {
            Some(beginning) => beginning.senses.extend(sense.filter(|sense| !beginning.senses.contains(sense))),
            None => beginnings.push(Beginning { letters, senses: sense.into_iter().collect() }),
        }
    }

    /// A concept's key.
    #[must_use]
    pub fn concept_name(&self, id: u32) -> String {
        self.concepts.get(&id).cloned().unwrap_or_default()
    }

    /// Every name that an article mentions.
    #[must_use]
    pub fn met(&self, text: &Text<'_>, terms: &Terms) -> Vec<Met> {
        let mut met = Vec::new();
        let mut at = 0;
        while at < terms.words.len() {
            let (senses, end) = match self.phrase(text, &terms.words, at) {
                Some(phrase) => (phrase.senses.as_slice(), at + 1 + phrase.rest.len()),
                None => (self.begun(&terms.words[at]), at + 1),
            };
            let zone = terms.words[at].zone;
            met.extend(senses.iter().map(|sense| Met { sense: *sense, zone, words: (at, end), mention: at }));
            at = end;
        }
        self.met_apart(text, terms, &mut met);
        let words = terms.words.len();
        self.met_dense(text.title, words, |_| Zone::Title, &mut met);
        // Two characters are about a word.
        let lead = |nth: usize| if nth < 2 * terms::LEAD { Zone::Lead } else { Zone::Rest };
        self.met_dense(text.body, words + text.title.len(), lead, &mut met);
        met
    }

    /// What two words of one sentence tell together, where no name among them has told it.
    fn met_apart(&self, text: &Text<'_>, terms: &Terms, met: &mut Vec<Met>) {
        for (at, first) in terms.words.iter().enumerate() {
            for (second, sense) in self.apart.get(first.stem()).into_iter().flatten() {
                let within = terms.words.iter().enumerate().skip(at + 1).take(APART);
                let end = within.take_while(|(_, word)| is_one_sentence(text, first, word));
                let Some((last, _)) = end.into_iter().find(|(_, word)| word.stem() == second) else { continue };
                let is_told = |met: &Met| met.sense == *sense && met.words.0 <= last && at < met.words.1;
                if !met.iter().any(is_told) {
                    met.push(Met { sense: *sense, zone: first.zone, words: (at, last + 1), mention: at });
                }
            }
        }
    }

    fn phrase(&self, text: &Text<'_>, words: &[Word], at: usize) -> Option<&Phrase> {
        let word = &words[at];
        if matches!(word.form, Form::Pair) {
            return None;
        }
        let fits = |phrase: &&Phrase| Self::fits(text, words, at, phrase);
        let longest = |stem: &str| self.words.get(stem)?.iter().find(fits);
        if let Some(phrase) = longest(word.stem()) {
            return Some(phrase);
        }
        if word.form == Form::Uncased {
            return without_particle(word).and_then(longest);
        }
        if self.has_genitive && word.form != Form::Small {
            return word.surface.strip_suffix('s').filter(|bare| bare.chars().count() >= 4).and_then(longest);
        }
        if self.is_cut && word.form != Form::Small {
            let letters: Vec<(usize, char)> = word.surface.char_indices().collect();
            for cut in 1..=3 {
                let end = letters.len().checked_sub(cut).filter(|end| *end >= 4).map(|end| letters[end].0)?;
                let beginning = word.surface.get(..end)?;
                let found = ["", "a", "o", "e", "y", "ja", "ia"]
                    .iter()
                    .find_map(|ending| longest(&format!("{beginning}{ending}")));
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// What a word stands for by how it begins.
    fn begun(&self, word: &Word) -> &[Sense] {
        if matches!(word.form, Form::Pair | Form::Number) {
            return &[];
        }
        let longest = |word: &str| {
            let beginnings = self.beginnings.get(first_letters(word)?)?;
            beginnings.iter().find(|beginning| word.starts_with(&beginning.letters))
        };
        let bare = || without_particle(word).and_then(longest);
        longest(&word.surface).or_else(bare).map_or(&[], |beginning| &beginning.senses)
    }

    fn fits(text: &Text<'_>, words: &[Word], at: usize, phrase: &Phrase) -> bool {
        let Some(run) = words.get(at..at + 1 + phrase.rest.len()) else { return false };
        let is_title = words[at].zone == Zone::Title;
        if !run.iter().all(|word| (word.zone == Zone::Title) == is_title) {
            return false;
        }
        if let Some(exact) = &phrase.exact {
            let source = if is_title { text.title } else { text.body };
            let is_written = |written: &str, exact: &str| written == exact || without_genitive(written) == Some(exact);
            return run
                .iter()
                .zip(exact)
                .all(|(word, exact)| source.get(word.at.clone()).is_some_and(|written| is_written(written, exact)));
        }
        // A country is written with a capital: no china, no turkey, and газа is gas.
        if phrase.is_name && words[at].form == Form::Small {
            return false;
        }
        run.iter().skip(1).zip(&phrase.rest).all(|(word, stem)| word.stem() == stem)
    }

    fn met_dense(&self, text: &str, first: usize, zone: impl Fn(usize) -> Zone, met: &mut Vec<Met>) {
        if !text.chars().any(split::is_dense) {
            return;
        }
        let (mut nth, mut counted) = (0, 0);
        let mut place = |at: usize| {
            nth += text.get(counted..at).map_or(0, |passed| passed.chars().count());
            counted = at;
            zone(nth)
        };
        let mut found: Vec<(usize, Sense)> = Vec::new();
        let mut read_to = Vec::new();
        for hit in self.dense.iter().flat_map(|dense| dense.find_iter(text)) {
            let pattern = hit.pattern().as_usize();
            let is_part = || {
                let before = text.get(..hit.start()).and_then(|before| before.chars().next_back());
                let after = text.get(hit.end()..).and_then(|after| after.chars().next());
                [before, after].into_iter().flatten().any(is_katakana)
            };
            if self.whole.get(pattern).is_some_and(|is_whole| !is_whole || !is_part()) {
                found.extend(self.senses.get(pattern).into_iter().flatten().map(|sense| (hit.start(), *sense)));
                read_to.push(hit.range());
            }
        }
        let mut before: Option<Sense> = None;
        for (at, c) in text.char_indices() {
            let sign = self.signs.get(&c).copied();
            // What a name tells is not told again by its signs.
            let is_read = read_to.iter().any(|range| range.contains(&at));
            if let (Some(one), Some(other), false) = (before, sign, is_read) {
                found.extend([(at, one), (at, other)]);
            }
            // 日・米 are beside each other, too.
            if c != '・' && c != '、' {
                before = sign;
            }
        }
        found.sort_unstable();
        let mention = |(at, sense)| Met { sense, zone: place(at), words: (0, 0), mention: first + at };
        met.extend(found.into_iter().map(mention));
    }
}

/// The letters that a beginning is looked up by; `None` for a word that has fewer.
fn first_letters(word: &str) -> Option<&str> {
    let is_syllables = word.starts_with(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    let (last, letter) = word.char_indices().nth(if is_syllables { FIRST / 2 } else { FIRST } - 1)?;
    word.get(..last + letter.len_utf8())
}

/// Whether no sentence ends between two words.
fn is_one_sentence(text: &Text<'_>, first: &Word, later: &Word) -> bool {
    let is_title = first.zone == Zone::Title;
    let source = if is_title { text.title } else { text.body };
    let between = source.get(first.at.end..later.at.start).unwrap_or_default();
    (later.zone == Zone::Title) == is_title && !between.contains(". ") && !between.contains(['!', '?', '\n'])
}

/// `IKN's` names what `IKN` does.
fn without_genitive(written: &str) -> Option<&str> {
    written.strip_suffix("'s").or_else(|| written.strip_suffix("’s"))
}

/// And, in, to, like: one letter before the word in Arabic.
fn without_particle(word: &Word) -> Option<&str> {
    let bare = word.stem().strip_prefix(['و', 'ب', 'ل', 'ك', 'ف'])?;
    (word.form == Form::Uncased && bare.chars().count() >= 3).then_some(bare)
}

/// What katakana is written with.
pub(in crate::content::features) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::features::hash;

    fn senses(title: &str, language: &str) -> Vec<Sense> {
        let mut stems = Stems::default();
        let table = Table::read(language, &mut stems);
        let text = Text { title, body: "", language };
        let terms = terms::read(&text, 200, &mut stems);
        table.met(&text, &terms).into_iter().map(|met| met.sense).collect()
    }

    fn places(title: &str, language: &str) -> Vec<String> {
        let places = senses(title, language).into_iter().filter_map(|sense| match sense {
            Sense::Place(place) => Some(place.code()),
            _ => None,
        });
        places.collect()
    }

    #[test]
    fn a_country_is_met_in_every_language_and_case() {
        for (language, title, met) in [
            ("id", "Rusia dan AS bertemu", &["RU", "US"][..]),
            ("en", "Kremlin open to talks with White House", &["RU", "US"]),
            ("ru", "Москвы и Вашингтона", &["RU", "US"]),
            ("ar", "روسيا وأوكرانيا", &["RU", "UA"]),
            ("zh", "俄罗斯与美国会谈", &["RU", "US"]),
            ("ja", "米ロ首脳会談", &["RU", "US"]),
            ("es", "Rusia y Estados Unidos", &["RU", "US"]),
            ("fr", "Les États-Unis et la Russie", &["US", "RU"]),
            ("de", "Russland und die Vereinigten Staaten", &["RU", "US"]),
            ("de", "Chinas Flotte und die Häfen Taiwans", &["CN", "TW"]),
        ] {
            assert_eq!(places(title, language), met, "{title}");
        }
    }

    #[test]
    fn an_abbreviation_counts_in_capitals_and_not_in_a_club_s_name() {
        assert_eq!(places("Kabar dari AS", "id"), ["US"]);
        assert_eq!(places("The U.S. and the US agree", "en"), ["US", "US"]);
        assert!(places("Us against them", "en").is_empty());
        assert!(!places("Kartu as di tangan", "id").contains(&"US".to_owned()));
        assert!(!places("AS Roma menang", "id").contains(&"US".to_owned()));
    }

    #[test]
    fn a_compound_tells_of_what_it_begins_with() {
        for (language, title, key) in [
            ("de", "Hochwasserschutz", "flood"),
            ("ru", "землетрясением", "quake"),
            ("pt", "inundadas", "flood"),
            ("ar", "والانتخابية", "election"),
            ("it", "terremotati", "quake"),
            ("tr", "depremzedeler", "quake"),
            ("ko", "지진피해", "quake"),
        ] {
            assert!(senses(title, language).contains(&Sense::concept(key)), "{title}");
        }
        // A name that is the word itself comes first, and less than the beginning is no beginning.
        assert_eq!(places("Islamabad", "fr"), ["PK"]);
        assert_eq!(senses("hochwa", "de"), []);
    }

    #[test]
    fn a_form_of_two_concepts_stands_for_both() {
        for (language, title) in [("en", "emissions"), ("zh", "温室气体")] {
            for key in ["climate", "emissions"] {
                assert!(senses(title, language).contains(&Sense::concept(key)), "{title}: {key}");
            }
        }
    }

    #[test]
    fn a_form_that_its_stem_joins_with_other_words_counts_as_written() {
        let housing = Sense::concept("housing");
        assert!(senses("harga perumahan", "id").contains(&housing));
        assert!(!senses("rumah di tepi kali", "id").contains(&housing));
    }

    #[test]
    fn two_words_of_a_sentence_tell_together_what_neither_tells_alone() {
        let crash = Sense::concept("plane-crash");
        for (language, title) in [
            ("en", "Plane with 22 aboard crashes near the border"),
            ("id", "Pesawat kargo itu jatuh di pegunungan"),
            ("fr", "Un avion de ligne s'écrase en montagne"),
            ("ru", "Самолёт с пассажирами упал в горах"),
            ("en", "Boeing 787 bound for Accra crashed in rain"),
            ("it", "Il Boeing partito da Roma è precipitato"),
            ("ko", "여객기가 산에 추락했다"),
        ] {
            let met = senses(title, language).into_iter().filter(|sense| *sense == crash).count();
            assert_eq!(met, 1, "{title}");
        }
        for (language, title) in [
            ("en", "The plane landed. Shares crashed"),
            ("en", "Pesawat crashes"),
            ("id", "Rupiah jatuh, kata pemilik pesawat"),
        ] {
            assert!(!senses(title, language).contains(&crash), "{title}");
        }
    }

    #[test]
    fn a_word_counts_for_what_it_means_in_the_news_and_not_for_what_it_means_elsewhere() {
        for (language, title, key) in [
            ("id", "Warga mengungsi usai banjir", "refugee"),
            ("id", "Pengungsi banjir Demak mulai terserang diare", "refugee"),
            ("id", "Pelaku pembobolan minimarket ditangkap", "football"),
            ("id", "Ganda putra melaju ke semifinal", "football"),
            ("ja", "闇バイト強盗の指示役に判決", "fraud"),
            ("ru", "Нефть подорожала после решения ОПЕК", "inflation"),
            ("en", "Troops trade fire near the temple", "fire"),
            ("en", "Nuclear families give way to shared homes", "nuclear"),
            ("fr", "Kiev récupère les dépouilles de soldats", "election"),
            ("ru", "Санкции против танкеров", "oil"),
            ("id", "Ukraina serang kilang di Ryazan", "oil-price"),
            ("zh", "朝鲜试射火星20型洲际导弹", "space-launch"),
        ] {
            assert!(!senses(title, language).contains(&Sense::concept(key)), "{title}: {key}");
        }
        assert!(senses("El incendio ya ha quemado 340 hectáreas", "es").contains(&Sense::concept("wildfire")));
        assert!(senses("Amazon streicht weitere 14.000 Stellen", "de").contains(&Sense::concept("layoffs")));
        assert!(senses("Pengungsi banjir", "id").contains(&Sense::concept("evacuation")));
        assert!(senses("Indonesia kebobolan dua gol", "id").contains(&Sense::Shared(hash("football"))));
        assert!(senses("朝鲜试射火星20型", "zh").contains(&Sense::concept("missile")));
    }

    #[test]
    fn an_abbreviation_keeps_its_sense_in_the_genitive() {
        let capital = Sense::concept("new-capital");
        assert!(senses("IKN's parliament is a third complete", "en").contains(&capital));
        assert!(senses("IKN’s parliament", "en").contains(&capital));
    }

    #[test]
    fn a_concept_is_met_by_its_longest_name() {
        let quake = Sense::concept("quake");
        assert_eq!(senses("Gempa bumi di sana", "id"), [quake]);
        assert_eq!(senses("地震が発生", "ja"), [quake]);
        assert_eq!(senses("Землетрясения", "ru"), [quake]);
    }
}
