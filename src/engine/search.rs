//! Search: the index is worked off in the background, in small steps, and what is found is shown where it says so.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::errands::errands_by_itself;
use super::workers::{LONG, SMALL};
use super::{Engine, EngineError, EngineEvent, Reader};
use crate::content::extract::clean_feed;
use crate::content::features;
use crate::content::guard::guarded;
use crate::content::{language, text};
use crate::model::entry::{EntryId, Headline};
use crate::model::feed::FeedId;
use crate::model::query::{Query, Sort, Within};
use crate::model::terms::found::{self, Sought};
use crate::model::terms::stem::Stems;
use crate::model::terms::{self, Text};
use crate::platform::clock;
use crate::store::{Asked, Entered, Hit, Source, Stretch, ToIndex, best_first};

/// Articles read by one task at once.
const STEP: usize = 16;
/// Articles written at once: an urgent edit waits for that long at most. An index is the cheaper to write the more comes at
/// a time.
const BATCH: usize = 3 * STEP;
/// Articles read at once.
const LOT: u32 = 4 * BATCH as u32;
/// Somebody who has pressed a key presses another: what can wait rests that long.
const HANDS: Duration = Duration::from_millis(400);
/// Words of an article that are indexed.
const WORDS: usize = 20_000;
/// Articles whose texts are read at once for their passages, while the passages of as many are made: few enough that the
/// largest there are take little memory.
const PASSAGES: usize = 8;
/// Characters of a snippet.
const SNIPPET: usize = 160;
/// How long a list on the screen waits for what has just arrived to be indexed, and for how many articles it does.
const QUICK: Duration = Duration::from_millis(25);
const ARRIVED: u64 = 64;

/// Between two times that somebody is told how much is left.
pub(super) const STRETCH: Duration = Duration::from_millis(500);

/// What a search has found, the best first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Searched {
    pub hits: Vec<SearchHit>,
    /// There were more articles than are ranked: only so many, the newest.
    pub is_partial: bool,
    pub ranked: usize,
    /// Articles that are not in the index yet.
    pub unindexed: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    pub row: Headline,
    pub score: f64,
    /// The passage that says the most of what was sought, on one line, and where in it, in bytes.
    pub snippet: String,
    pub places: Vec<Range<usize>>,
}

impl Engine {
    /// How many articles are still to index.
    pub async fn unindexed(&self) -> Result<u64, EngineError> {
        Ok(self.store().unindexed().await?)
    }

    /// Indexes what a short refresh has brought: all of it when rules wait for its words or its groups, else only what is
    /// little. What is much would hold the refresh up; it waits for whoever opens the store next.
    pub async fn index_little(&self) -> Result<(), EngineError> {
        const FEW: u64 = 256;
        const RULES: Duration = Duration::from_secs(20);
        if self.unindexed().await? <= FEW || self.store().has_waiting_rules().await? {
            self.index(RULES).await?;
        }
        if self.store().has_waiting_rules().await? {
            self.group(RULES).await?;
        }
        Ok(())
    }

    /// Works off what is to be indexed, for no longer than this; how much is left. Listeners hear when all is done.
    pub async fn index(&self, within: Duration) -> Result<u64, EngineError> {
        self.store().renew_index().await?;
        let deadline = Instant::now() + within;
        let lot = if within < HANDS { STEP as u32 } else { LOT };
        while self.index_lot(lot).await? {
            if Instant::now() >= deadline {
                return self.unindexed().await;
            }
        }
        Ok(0)
    }

    /// Indexes so many articles; false when there was nothing to index.
    async fn index_lot(&self, lot: u32) -> Result<bool, EngineError> {
        let mut left = self.with_languages(self.store().to_index(lot).await?).await?.into_iter();
        let (mut batches, mut batch) = (Vec::new(), Vec::new());
        loop {
            let step: Vec<ToIndex> = left.by_ref().take(STEP).collect();
            let is_end = step.is_empty();
            let Some(done) = self.words(step).await else { break };
            batch.extend(done);
            if batch.len() >= BATCH || (is_end && !batch.is_empty()) {
                let (engine, batch) = (self.clone(), std::mem::take(&mut batch));
                // Written while the words of the next are made.
                batches.push(tokio::spawn(async move { engine.store().index(batch, clock::now()).await }));
            }
            if is_end {
                break;
            }
        }
        if batches.is_empty() {
            if self.inner.is_indexing.swap(false, Ordering::SeqCst) {
                self.tell(EngineEvent::Indexed);
            }
            return Ok(false);
        }
        self.inner.is_indexing.store(true, Ordering::SeqCst);
        for batch in batches {
            // When the runtime is shutting down, what is on the queue stays there.
            if let Ok(result) = batch.await {
                result?;
            }
        }
        Ok(true)
    }

    /// The same articles with their languages, where they are not declared: each by its text, a short one by those around it
    /// and those that its feed had before.
    async fn with_languages(&self, mut items: Vec<ToIndex>) -> Result<Vec<ToIndex>, EngineError> {
        let mut silent: BTreeMap<FeedId, Vec<&mut Source>> = BTreeMap::new();
        for ToIndex { feed, text, .. } in &mut items {
            if let Some(source) = text.as_mut().filter(|source| source.language.is_none()) {
                silent.entry(*feed).or_default().push(source);
            }
        }
        if silent.is_empty() {
            return Ok(items);
        }
        let usual = self.store().usual_languages(silent.keys().copied().collect()).await?;
        for (feed, sources) in silent {
            let texts: Vec<String> = sources.iter().map(|source| beginning(source)).collect();
            let told = tokio::task::spawn_blocking(move || {
                let told = guarded(|| language::undeclared(&texts)).unwrap_or_default();
                (told, texts)
            });
            // When the runtime is shutting down, what is on the queue stays there.
            let Ok((told, texts)) = told.await else { return Ok(Vec::new()) };
            for ((source, told), text) in sources.into_iter().zip(told).zip(&texts) {
                source.language = told.or_else(|| language::of(usual.get(&feed).map(String::as_str), text));
            }
        }
        Ok(items)
    }

    /// The words of these articles; `None` when the runtime is shutting down.
    async fn words(&self, step: Vec<ToIndex>) -> Option<Vec<(ToIndex, Option<Entered>)>> {
        let engine = self.clone();
        let is_long = step.iter().filter_map(|item| item.text.as_ref()).any(|source| source.html.len() > LONG);
        let read = move || {
            let mut reader = engine.inner.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let mut words = |item: ToIndex| {
                // An article that cannot be read is not asked for again: it would hold up all others.
                let words =
                    item.text.as_ref().map(|source| guarded(|| entered(source, &mut reader)).unwrap_or_default());
                (item, words)
            };
            step.into_iter().map(&mut words).collect()
        };
        if !is_long {
            return tokio::task::spawn_blocking(read).await.ok();
        }
        let turn = self.inner.long.turn().await?;
        self.inner.long.start(turn, read).await.ok()
    }

    /// Somebody is pressing keys: what can wait does.
    pub fn attend(&self) {
        *self.inner.attended.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    async fn until_hands_rest(&self) {
        let attended = || *self.inner.attended.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(rest) = attended().and_then(|last| HANDS.checked_sub(last.elapsed())) {
            tokio::time::sleep(rest).await;
        }
    }

    /// Indexes what has just arrived before a list asks for words. What is much is worked off meanwhile, and the list is made
    /// again then.
    pub(super) async fn catch_up(&self, query: &Query) -> Result<(), EngineError> {
        if self.expanded(query).await?.asks_index() && self.store().are_unindexed(1..=ARRIVED).await? {
            self.index(QUICK).await?;
        }
        Ok(())
    }

    /// Indexes all there is to index when a query asks for words, and groups it when it asks for a story or a topic:
    /// whoever acts on the answer must miss none. `told` hears how many articles are left.
    pub async fn index_for(&self, query: &Query, told: impl FnMut(u64)) -> Result<(), EngineError> {
        let query = &*self.expanded(query).await?;
        // A tag may be a topic's, as far as any is followed.
        let has_groups =
            query.has_groups(true) && (query.has_groups(false) || !self.store().topic_rows().await?.is_empty());
        if has_groups {
            self.settle(told).await
        } else if query.asks_index() {
            self.index_all(told).await
        } else {
            Ok(())
        }
    }

    pub(super) async fn index_all(&self, mut told: impl FnMut(u64)) -> Result<(), EngineError> {
        loop {
            match self.index(STRETCH).await? {
                0 => return Ok(()),
                left => told(left),
            }
        }
    }

    /// What matches, the best first. The newest two thousand articles that say it are ranked.
    /// With `once`, an article that several feeds have is there once.
    pub async fn search(&self, query: Query, limit: u32, once: bool) -> Result<Searched, EngineError> {
        self.catch_up(&query).await?;
        let asked = Asked { query: query.clone(), limit: limit as usize, once, now: clock::local() };
        let found = self.store().search(asked).await?;
        let hits = self.with_passages(query, found.hits).await?;
        Ok(Searched { hits, is_partial: found.is_partial, ranked: found.ranked, unindexed: found.unindexed })
    }

    /// The first of everything that matches, however long it takes: the best, unless it asks for another order. `told` hears
    /// how many articles were looked at. To drop it is to cancel it. With `once`, an article that several feeds have is there once.
    pub async fn rank_all(
        &self,
        query: Query,
        limit: u32,
        once: bool,
        mut told: impl FnMut(usize) + Send,
    ) -> Result<Vec<Hit>, EngineError> {
        self.catch_up(&query).await?;
        let order = query.sort();
        let asked = Asked { query, limit: limit as usize, once, now: clock::local() };
        if let Some(Sort::By(keys)) = order {
            return Ok(self.store().ordered(asked, keys).await?);
        }
        let (mut best, mut from, mut looked_at) = (Vec::new(), None, 0);
        loop {
            let Stretch { ranked, further, looked_at: more } = self.store().rank(asked.clone(), from).await?;
            best.extend(ranked);
            best_first(&mut best, asked.limit);
            looked_at += more;
            told(looked_at);
            from = further;
            if from.is_none() {
                return Ok(self.store().ranked(best).await?);
            }
        }
    }

    /// The same of the whole archive, as a search finds it, with the passages.
    pub async fn search_all(
        &self,
        query: Query,
        limit: u32,
        told: impl FnMut(usize) + Send,
    ) -> Result<Searched, EngineError> {
        self.index_for(&query, |_| {}).await?;
        let found = self.rank_all(query.clone(), limit, false, told).await?;
        let unindexed = self.store().unindexed().await?;
        let hits = self.with_passages(query, found).await?;
        Ok(Searched { ranked: hits.len(), hits, is_partial: false, unindexed })
    }

    async fn with_passages(&self, query: Query, found: Vec<Hit>) -> Result<Vec<SearchHit>, EngineError> {
        let sought = self.store().sought(query).await?;
        // What articles have in common is stemmed once.
        let mut stems = Stems::default();
        let mut hits = Vec::with_capacity(found.len());
        let read = |some: &[Hit]| {
            let ids = if sought.is_empty() { Vec::new() } else { some.iter().map(|hit| hit.row.id).collect() };
            let engine = self.clone();
            tokio::spawn(async move { engine.store().sources(ids).await })
        };
        let mut lots = found.chunks(PASSAGES);
        let mut reading = lots.next().map(|some| (some, read(some)));
        while let Some((some, sources)) = reading {
            // When the runtime is shutting down, nobody waits for passages.
            let mut sources = sources.await.unwrap_or_else(|_| Ok(HashMap::new()))?;
            reading = lots.next().map(|some| (some, read(some)));
            for hit in some.iter().cloned() {
                let (snippet, places) = match sources.remove(&hit.row.id) {
                    Some(source) => {
                        let body = self.shown(source).await;
                        passage(&hit.row, &body, &sought, &mut stems)
                    }
                    None => (hit.row.summary.clone(), Vec::new()),
                };
                hits.push(SearchHit { row: hit.row, score: hit.score, snippet, places });
            }
        }
        Ok(hits)
    }

    /// The text of an article as it is read; of a large one in turn with other long work.
    async fn shown(&self, source: Source) -> String {
        let size = source.html.len();
        if size <= SMALL {
            shown(&source)
        } else {
            self.in_turn(size, move || shown(&source)).await.unwrap_or_default()
        }
    }

    /// What a query looks for, to show where it stands.
    pub async fn sought(&self, query: Query) -> Result<Sought, EngineError> {
        Ok(self.store().sought(query).await?)
    }

    /// Where in the titles of these articles stands what a query looks for, in bytes. Nothing for a query without words.
    pub async fn places_in_titles(
        &self,
        query: &Query,
        rows: &[Headline],
    ) -> Result<Vec<(EntryId, Vec<Range<usize>>)>, EngineError> {
        if !query.has_text() {
            return Ok(Vec::new());
        }
        let sought = self.sought(query.clone()).await?;
        let mut stems = Stems::default();
        let mut found = Vec::new();
        for row in rows {
            let code = code(row, &row.summary);
            let places = sought.places(&row.title, Within::Title, &code, &mut stems);
            if !places.is_empty() {
                found.push((row.id, places));
            }
        }
        Ok(found)
    }

    /// What finds a query's words in the text of an article.
    pub async fn finder(&self, query: Query, row: &Headline) -> Result<Finder, EngineError> {
        let sought = self.sought(query).await?;
        Ok(Finder { sought, language: code(row, &row.summary), stems: Stems::default() })
    }
}

/// The passage of an article that says the most of what is sought, and where in it.
fn passage(row: &Headline, body: &str, sought: &Sought, stems: &mut Stems) -> (String, Vec<Range<usize>>) {
    let code = language::of(row.language.as_deref(), body).unwrap_or_default();
    let places = sought.places(body, Within::Body, &code, stems);
    found::snippet(body, &places, SNIPPET)
}

/// As much of an article as tells its language.
fn beginning(source: &Source) -> String {
    const ENOUGH: usize = 300;
    format!("{} {}", source.title, text::teaser(&source.html, ENOUGH))
}

/// The text of an article. What is not shown is not found either.
fn shown(Source { title, author, html, is_whole, .. }: &Source) -> String {
    if *is_whole { text::plain(html) } else { text::plain(&clean_feed(html, title, author.as_slice())) }
}

/// The language of an article by what is known without its text.
fn code(row: &Headline, text: &str) -> String {
    language::of(row.language.as_deref(), &format!("{} {text}", row.title)).unwrap_or_default()
}

/// Finds what a query looks for, paragraph by paragraph of one article.
#[derive(Debug)]
pub struct Finder {
    sought: Sought,
    language: String,
    stems: Stems,
}

impl Finder {
    /// The places in a part of the article's text, in bytes.
    pub fn places(&mut self, text: &str) -> Vec<Range<usize>> {
        self.sought.places(text, Within::Body, &self.language, &mut self.stems)
    }
}

/// The words of an article, and what it is about.
fn entered(source: &Source, Reader { stems, lexicon }: &mut Reader) -> Entered {
    let Source { title, author, language, .. } = source;
    let body = shown(source);
    let language = language::of(language.as_deref(), &format!("{title} {body}")).unwrap_or_default();
    let read = Text { title, body: &body, language: &language };
    let terms = terms::read(&read, WORDS, stems);
    let features = features::read(&read, &terms, &lexicon.table(&language, stems)).pack();
    let author = Text { title: author.as_deref().unwrap_or_default(), body: "", language: "" };
    let author = terms::read(&author, WORDS, stems).indexed().title.surface;
    let words = u32::try_from(terms.length()).unwrap_or(u32::MAX);
    Entered { indexed: terms.indexed(), author, features, words, language }
}

/// Works off the index, stories and topics whenever something is to be indexed and nobody presses keys, and does what rules
/// ask for, until it is aborted.
pub async fn index_by_itself(engine: Engine) {
    tokio::join!(indexed_by_itself(&engine), errands_by_itself(&engine));
}

async fn indexed_by_itself(engine: &Engine) {
    /// Other processes and other work put articles on the queue, too.
    const LOOK: Duration = Duration::from_secs(5);
    /// After so many looks without work, memory is given back.
    const RESTING: u32 = 6;
    /// A piece of work after which others have their turn.
    const PIECE: Duration = Duration::from_millis(50);
    let (mut events, mut idle) = (engine.events(), 0_u32);
    let mut is_current = false;
    loop {
        engine.until_hands_rest().await;
        if !is_current {
            is_current = engine.store().renew_index().await.is_ok();
        }
        let is_working = match engine.index_lot(LOT).await {
            Ok(false) => engine.group(PIECE).await.map(|left| left > 0),
            other => other,
        };
        match is_working {
            Ok(true) => {
                idle = 0;
                tokio::task::yield_now().await;
            }
            Ok(false) => {
                idle += 1;
                if idle == RESTING {
                    engine.forget_news();
                }
                let _ = tokio::time::timeout(LOOK, events.recv()).await;
            }
            Err(error) => {
                tracing::warn!(%error, "the index could not be brought up to date");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}
