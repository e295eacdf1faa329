//! Carries out effects on the runtime and answers with messages; the only file of the interface that touches the engine.

mod rules;
mod topics;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ratatui::layout::Size;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

use super::graphics::{Drawn, Graphics};
use super::msg::{Effect, Fault, Msg, Origin, Ticket, TopicEffect};
use crate::engine::{Commands, Engine, EngineError, Found, PageError, PollRequest};
use crate::model::article::Article;
use crate::model::entry::{Entry, EntryId, RowKey};
use crate::model::feed::{FeedId, Subscription};
use crate::model::file_format::FileFormat;
use crate::model::query::{Query, State, When};
use crate::store::{Span, StoreError, Window};

use super::model::find::matches;
use super::model::list::{FIRST_PAGE, PAGE};
use super::model::reader::Highlights;

/// Replies that may wait for the interface.
const REPLIES: usize = 1024;

/// The answer to an effect.
#[derive(Debug)]
pub struct Reply {
    pub msg: Msg,
    /// Nobody at the keys asked for it: it follows from what a poll or another process has done.
    pub is_news: bool,
}

/// Runs effects. Edits go through one task, in the order in which they were asked for; everything else runs side by side.
#[derive(Debug)]
pub struct Runner {
    engine: Engine,
    /// How the terminal shows pictures.
    pub graphics: Graphics,
    replies: mpsc::Sender<Reply>,
    edits: mpsc::UnboundedSender<Effect>,
    tasks: JoinSet<()>,
    /// Durable effects that are not on disk yet.
    pending: Arc<AtomicUsize>,
    /// Edits whose reply has not been sent yet.
    editing: Arc<AtomicUsize>,
    /// The ranking that is under way.
    ranking: Option<AbortHandle>,
    /// The count of the list on the screen.
    counting: Option<AbortHandle>,
    /// Files that are being written.
    saving: Arc<AtomicUsize>,
}

impl Runner {
    #[must_use]
    pub fn new(engine: Engine) -> (Self, mpsc::Receiver<Reply>) {
        let (replies, inbox) = mpsc::channel(REPLIES);
        let (edits, mut queue) = mpsc::unbounded_channel::<Effect>();
        let pending = Arc::new(AtomicUsize::new(0));
        let mut tasks = JoinSet::new();
        let editing = Arc::new(AtomicUsize::new(0));
        let (theirs, answers) = (engine.clone(), replies.clone());
        let (open, unanswered) = (Arc::clone(&pending), Arc::clone(&editing));
        tasks.spawn(async move {
            while let Some(effect) = queue.recv().await {
                let is_durable = effect.is_durable();
                let msg = edit(&theirs, effect).await;
                if is_durable {
                    open.fetch_sub(1, Ordering::SeqCst);
                }
                let is_heard = answers.send(Reply { msg, is_news: false }).await.is_ok();
                unanswered.fetch_sub(1, Ordering::SeqCst);
                if !is_heard {
                    break;
                }
            }
        });
        let runner = Self {
            engine,
            graphics: Graphics::default(),
            replies,
            edits,
            tasks,
            pending,
            editing,
            ranking: None,
            counting: None,
            saving: Arc::default(),
        };
        (runner, inbox)
    }

    /// A key was pressed: what the engine does by itself can wait.
    pub fn attend(&self) {
        self.engine.attend();
    }

    /// Whether something has to reach the disk before the next key is read.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        self.pending.load(Ordering::SeqCst) > 0
    }

    /// Whether every effect has been answered; the answers may still wait to be taken in.
    #[must_use]
    pub fn is_idle(&mut self) -> bool {
        while self.tasks.try_join_next().is_some() {}
        // The task that edits is always there.
        self.tasks.len() <= 1 && self.editing.load(Ordering::SeqCst) == 0
    }

    /// Starts an effect. Those that need the terminal are the caller's. The answer says again whether it `is_news`.
    pub fn start(&mut self, effect: Effect, is_news: bool) {
        while self.tasks.try_join_next().is_some() {}
        match effect {
            Effect::Mark { .. }
            | Effect::MarkAll { .. }
            | Effect::EditTag { .. }
            | Effect::SavePosition { .. }
            | Effect::Topic(TopicEffect::Teach { .. }) => {
                if effect.is_durable() {
                    self.pending.fetch_add(1, Ordering::SeqCst);
                }
                self.editing.fetch_add(1, Ordering::SeqCst);
                // The queue is drained by a task of our own, which lives as long as we do.
                let _ = self.edits.send(effect);
            }
            Effect::CancelPoll => self.engine.cancel_poll(),
            Effect::CancelRanking => {
                if let Some(ranking) = self.ranking.take() {
                    ranking.abort();
                }
            }
            other => {
                let is_ranking = matches!(&other, Effect::List { query, .. } if is_ranked(query));
                let is_counting = matches!(other, Effect::Count { .. });
                // Of the list before this one nobody asks any more how long it is.
                if let Some(counting) = self.counting.take_if(|_| is_counting) {
                    counting.abort();
                }
                let saving = matches!(other, Effect::Save { .. }).then(|| Arc::clone(&self.saving));
                if let Some(saving) = &saving {
                    saving.fetch_add(1, Ordering::SeqCst);
                }
                let (engine, replies) = (self.engine.clone(), self.replies.clone());
                let graphics = self.graphics.clone();
                let handle = self.tasks.spawn(async move {
                    let msg = match other {
                        Effect::LoadPicture { ticket, from, url, size } => {
                            let result = picture(&engine, graphics, &from, &url, size).await;
                            Some(Msg::Picture { ticket, result: result.map(Arc::new) })
                        }
                        Effect::FetchPictures(id) => {
                            fetch_pictures(&engine, id).await;
                            None
                        }
                        other => answer(&engine, other).await,
                    };
                    if let Some(saving) = saving {
                        saving.fetch_sub(1, Ordering::SeqCst);
                    }
                    if let Some(msg) = msg {
                        let _ = replies.send(Reply { msg, is_news }).await;
                    }
                });
                if is_ranking {
                    self.ranking = Some(handle);
                } else if is_counting {
                    self.counting = Some(handle);
                }
            }
        }
    }

    /// Waits until every edit and every file is on disk, then lets go of the rest.
    pub async fn finish(mut self) {
        let (edits, _) = mpsc::unbounded_channel();
        drop(std::mem::replace(&mut self.edits, edits));
        let drain = async {
            while self.is_writing() || self.saving.load(Ordering::SeqCst) > 0 {
                tokio::task::yield_now().await;
            }
        };
        let _ = tokio::time::timeout(std::time::Duration::from_secs(2), drain).await;
        self.tasks.shutdown().await;
    }
}

async fn edit(engine: &Engine, effect: Effect) -> Msg {
    let result = match effect {
        Effect::Mark { entries, mark, origin } => {
            // An act reaches the copies of an article; what takes it back names each entry that it changed.
            let marked = match origin {
                Origin::Act => engine.mark(entries, mark).await,
                Origin::Undo | Origin::Redo => engine.mark_only(entries, mark).await,
            };
            marked.map(|change| Msg::Marked { change, origin })
        }
        Effect::MarkAll { query, up_to, mark } => {
            engine.mark_all(query, up_to, mark).await.map(|change| Msg::Marked { change, origin: Origin::Act })
        }
        Effect::EditTag { entries, tag, is_added, origin } => {
            engine.edit_tag(entries, tag, is_added).await.map(|edit| Msg::Tagged { edit, origin })
        }
        Effect::Topic(effect) => topics::answer(engine, effect).await,
        Effect::SavePosition { id, anchor } => engine.save_position(id, anchor).await.map(|()| Msg::Kept),
        _ => return Msg::FollowUp,
    };
    result.unwrap_or_else(failed)
}

async fn answer(engine: &Engine, effect: Effect) -> Option<Msg> {
    let result = match effect {
        Effect::List { ticket, query, span, keep } => return Some(list(engine, ticket, query, span, keep).await),
        Effect::Count { ticket, query } => {
            engine.count_listed(query).await.map(|(count, listed)| Msg::Counted { ticket, count, listed })
        }
        Effect::CountNewer { ticket, query, than } => {
            engine.count_newer(query, than).await.map(|count| Msg::Newer { ticket, count })
        }
        Effect::CountToday => count_today(engine).await,
        Effect::LoadViews => engine.views().await.map(Msg::Views),
        Effect::CountViews { ticket, views } => {
            let counts = engine.unread_in(views).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the views could not be counted");
                Vec::new()
            });
            return Some(Msg::ViewsCounted { ticket, counts });
        }
        Effect::SaveView { over, view } => engine.save_view(over, view).await.map(|_| Msg::ViewSaved),
        Effect::RemoveView(id) => engine.remove_view(id).await.map(|()| Msg::ViewSaved),
        Effect::LoadRows(ids) => engine.headlines_by_id(ids).await.map(Msg::Rows),
        Effect::LoadFeeds => load_feeds(engine).await,
        Effect::Topic(effect) => topics::answer(engine, effect).await,
        Effect::Rule(effect) => rules::answer(engine, effect).await,
        Effect::LoadTags => engine.tags().await.map(Msg::Tags),
        Effect::LoadEntryTags(id) => engine.entry_tags(id).await.map(|tags| Msg::EntryTags { id, tags }),
        Effect::Explain(id) => engine.explain(id).await.map(|found| Msg::Explained(found.map(Box::new))),
        Effect::LoadArticle { id, width, image_word } => engine
            .article(id, width, image_word)
            .await
            .map(|found| Msg::Article { id, width, found: found.map(|(entry, article)| (entry, Arc::new(article))) }),
        Effect::Highlight { id, width, query, entry, article } => {
            highlight(engine, Highlights { id, width, query, hits: Vec::new() }, &entry, article).await
        }
        Effect::SetPage { entry, width, image_word } => {
            let id = entry.headline.id;
            let article = engine.set(Arc::clone(&entry), width, image_word).await;
            return Some(Msg::Article { id, width, found: Some((entry, Arc::new(article))) });
        }
        Effect::Follow { ticket, from, id, url } => {
            let result = engine.follow(&from, id, &url).await.map(Arc::new).map_err(|error| problem_name(&error));
            return Some(Msg::Followed { ticket, result });
        }
        Effect::FetchPage(id) => engine
            .fetch_whole(id)
            .await
            .map(|fetched| Msg::Fetched { id, problem: fetched.err().map(|error| problem_name(&error)) }),
        effect @ (Effect::LoadBoilerplate { .. }
        | Effect::KeepBlock { .. }
        | Effect::Save { .. }
        | Effect::Compare { .. }) => of_article(engine, effect).await,
        Effect::FindUnread { ticket, query, after } => find_unread(engine, ticket, query, after).await,
        Effect::Search { ticket, query, text } => engine
            .search(query, SEARCHED, true)
            .await
            .or_else(|error| {
                // The popup waits for an answer, and an expression that the index refuses has none.
                tracing::warn!(%error, "the search failed");
                Ok(crate::engine::Searched::default())
            })
            .map(|found| Msg::Searched { ticket, text, found }),
        // The poll tells of itself by events; only its own failure is a reply.
        Effect::Poll(request) => return engine.poll(request).await.err().map(failed),
        Effect::Reload(only) => return engine.reload(only).await.err().map(failed),
        Effect::Discover { url, subscription } => {
            engine.look_up(&url).await.map(|found| Msg::Discovered { found, subscription })
        }
        Effect::Subscribe { found, subscription } => return subscribe(engine, found, subscription).await,
        Effect::SubscribePacks(ids) => engine.subscribe_packs(&ids).await.map(Msg::Imported),
        Effect::Import(path) => import(engine, path).await,
        Effect::EditFeed { feed, url, subscription } => {
            engine.edit_feed(feed, url.as_deref(), subscription).await.map(|()| Msg::Edited)
        }
        Effect::Remove(feed) => engine.remove(feed).await.map(|()| Msg::Lagged),
        Effect::CheckVersion => engine.store_version().await.map(Msg::Version),
        Effect::Mark { .. }
        | Effect::MarkAll { .. }
        | Effect::EditTag { .. }
        | Effect::SavePosition { .. }
        | Effect::LoadPicture { .. }
        | Effect::FetchPictures(_)
        | Effect::CancelPoll
        | Effect::CancelRanking
        | Effect::Browse(_)
        | Effect::Copy(_)
        | Effect::Notify(_)
        | Effect::Redraw => return None,
    };
    Some(result.unwrap_or_else(failed))
}

async fn list(engine: &Engine, ticket: Ticket, query: Query, span: Span, keep: Option<EntryId>) -> Msg {
    let limit = whole(&query);
    // What is ranked or is short is there at once.
    let span = if is_ranked(&query) || limit.is_some() { Span::Top } else { span };
    let result = match (is_ranked(&query), limit) {
        (true, _) => engine.listed_best(query.clone(), RANKED).await,
        (false, Some(limit)) => {
            let window = engine.listed(query.clone(), span, limit).await;
            window.map(|window| Window { is_last: true, ..window })
        }
        (false, None) => page(engine, &query, span).await,
    };
    let result = result.map(|window| if is_story(&query) { by_outlet(window) } else { window });
    let places = match &result {
        // Without them the list is shown all the same.
        Ok(window) => engine.places_in_titles(&query, &window.rows).await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    Msg::Listed { ticket, span, keep, result: result.map_err(|error| fault(&error)), places }
}

/// Articles that a list which is ranked has at most: whoever looks for more has not found the right words.
const RANKED: u32 = 1000;

/// Rows that a list has at once where it has no more: more than any event is told by. What may have more is loaded page by
/// page.
const WHOLE: u32 = 2000;

/// How many rows a list has at most, where they are loaded at once: it is short, or its rows are in an order of their own.
fn whole(query: &Query) -> Option<u32> {
    let limit = query.limit().unwrap_or(u32::MAX);
    (limit <= WHOLE || is_story(query)).then_some(limit.min(WHOLE))
}

/// The last row of a list that has a limit and more articles than that.
async fn end(engine: &Engine, query: &Query) -> Result<Option<RowKey>, EngineError> {
    let Some(limit) = query.limit() else { return Ok(None) };
    let (rows, end) = engine.reach(query.clone(), limit).await?;
    Ok(end.filter(|_| rows >= u64::from(limit)))
}

/// A part of a list, which ends where its limit says.
async fn page(engine: &Engine, query: &Query, span: Span) -> Result<Window, EngineError> {
    let limit = if matches!(span, Span::Top) { FIRST_PAGE } else { PAGE };
    let Some(end) = end(engine, query).await? else { return engine.listed(query.clone(), span, limit).await };
    let upwards = match span {
        // What is beyond the end is not in the list: it begins with the end.
        Span::Bottom => Some(RowKey { id: EntryId(end.id.0 - 1), ..end }),
        Span::Before(key) => Some(key),
        Span::Top | Span::After(_) | Span::From(_) => None,
    };
    if let Some(key) = upwards {
        return engine.listed(query.clone(), Span::Before(key), limit).await;
    }
    let span = if matches!(span, Span::From(key) if key < end) { Span::Top } else { span };
    let mut window = engine.listed(query.clone(), span, limit).await?;
    window.is_last |= window.rows.last().is_none_or(|row| row.key() <= end);
    window.rows.retain(|row| row.key() >= end);
    Ok(window)
}

/// Whether a list is what tells one story.
fn is_story(query: &Query) -> bool {
    !is_ranked(query) && query.parts().iter().any(|part| matches!(part, Query::Story(_)))
}

/// What each outlet tells side by side: the outlet with the newest article first.
fn by_outlet(mut window: Window) -> Window {
    let mut outlets: Vec<FeedId> = Vec::new();
    for row in &window.rows {
        if !outlets.contains(&row.feed) {
            outlets.push(row.feed);
        }
    }
    window.rows.sort_by_key(|row| outlets.iter().position(|outlet| *outlet == row.feed));
    window
}

/// Whether a list has the best first, or is in another order than that of time.
fn is_ranked(query: &Query) -> bool {
    query.is_whole()
}

/// Articles that a search shows.
const SEARCHED: u32 = 30;

/// A picture, fetched, decoded and drawn, none of it on the interface's task.
#[cfg(feature = "images")]
async fn picture(engine: &Engine, graphics: Graphics, from: &Entry, url: &str, size: Size) -> Result<Drawn, String> {
    let picture = engine.picture(from, url).await.map_err(|error| problem_name(&error))?;
    let drawn = tokio::task::spawn_blocking(move || graphics.draw(picture, size)).await;
    drawn.ok().flatten().ok_or_else(|| problem_name(&PageError::NoPicture))
}

/// Nobody waits for these, and nobody is told why one does not come: it is asked for again when it is looked at.
#[cfg(feature = "images")]
async fn fetch_pictures(engine: &Engine, id: EntryId) {
    if let Err(error) = engine.fetch_pictures(id).await {
        tracing::warn!(%error, "no pictures were fetched ahead");
    }
}

#[cfg(not(feature = "images"))]
#[expect(clippy::unused_async, reason = "stands for the one that fetches")]
async fn fetch_pictures(_engine: &Engine, _id: EntryId) {}

#[cfg(not(feature = "images"))]
#[expect(clippy::unused_async, reason = "stands for the one that fetches")]
async fn picture(
    _engine: &Engine,
    _graphics: Graphics,
    _from: &Entry,
    _url: &str,
    _size: Size,
) -> Result<Drawn, String> {
    Err(problem_name(&PageError::NoPicture))
}

async fn count_today(engine: &Engine) -> Result<Msg, EngineError> {
    let query = Query::And(vec![Query::Newer(When::Today), Query::Is(State::Unread)]);
    engine.count_articles(query).await.map(Msg::Today)
}

async fn load_feeds(engine: &Engine) -> Result<Msg, EngineError> {
    let overlaps = engine.overlaps().await?;
    let gaps = engine.gaps().await?;
    Ok(Msg::Feeds(engine.feeds().await?, overlaps, gaps))
}

async fn highlight(
    engine: &Engine,
    asked: Highlights,
    entry: &Entry,
    article: Arc<Article>,
) -> Result<Msg, EngineError> {
    let mut finder = engine.finder(asked.query.clone(), &entry.headline).await?;
    let find = move || matches(&article, |text| finder.places(text));
    let hits = tokio::task::spawn_blocking(find).await.unwrap_or_default();
    Ok(Msg::Highlighted(Highlights { hits, ..asked }))
}

/// What is done with single articles and what is known of them.
async fn of_article(engine: &Engine, effect: Effect) -> Result<Msg, EngineError> {
    match effect {
        Effect::LoadBoilerplate { ticket, id } => {
            engine.boilerplate(id).await.map(|(site, blocks)| Msg::Boilerplate { ticket, site, blocks })
        }
        Effect::KeepBlock { ticket, site, hash, is_kept } => {
            engine.keep_block(&site, hash, is_kept).await.map(|blocks| Msg::Boilerplate { ticket, site, blocks })
        }
        Effect::Save { entries, page, format } => save(engine, entries, page, format).await,
        Effect::Compare { ticket, id } => compare(engine, ticket, id).await,
        _ => Ok(Msg::FollowUp),
    }
}

/// Writes each into a file of its own; stops at the first that cannot be written.
async fn save(
    engine: &Engine,
    entries: Vec<EntryId>,
    page: Option<Arc<Entry>>,
    format: FileFormat,
) -> Result<Msg, EngineError> {
    let folder = engine.saved_to();
    let (mut count, mut path) = (0, folder.clone());
    if let Some(page) = page {
        (count, path) = (1, engine.save(page, format, &folder).await?);
    }
    for id in entries {
        if let Some(entry) = engine.entry(id).await? {
            path = engine.save(Arc::new(entry), format, &folder).await?;
            count += 1;
        }
    }
    Ok(Msg::Saved { count, path: if count == 1 { path } else { folder } })
}

async fn compare(engine: &Engine, ticket: Ticket, id: EntryId) -> Result<Msg, EngineError> {
    let revisions = engine.revisions(id).await?;
    let found = engine.entry(id).await?.map(|entry| (Arc::new(entry), revisions));
    Ok(Msg::Compared { ticket, found })
}

/// A reason as the interface's texts know it, else in words.
fn problem_name(error: &PageError) -> String {
    match error {
        PageError::Barrier(barrier) => barrier.name().to_owned(),
        other => crate::model::scrub::line(&other.to_string()).into_owned(),
    }
}

/// The next unread article of the list below, else its first one.
async fn find_unread(engine: &Engine, ticket: Ticket, query: Query, after: Option<RowKey>) -> Result<Msg, EngineError> {
    let end = end(engine, &query).await?;
    let unread = query.and(Query::Is(State::Unread));
    let mut found = None;
    for span in after.map(Span::After).into_iter().chain([Span::Top]) {
        let first = engine.articles(unread.clone(), span, 1).await?.rows.pop();
        found = found.or(first.filter(|row| end.is_none_or(|end| row.key() >= end)));
        if found.is_some() {
            break;
        }
    }
    Ok(Msg::UnreadFound { ticket, found })
}

/// Subscribes to each; tells of the first that failed, else of the last.
async fn subscribe(engine: &Engine, found: Vec<Arc<Found>>, subscription: Subscription) -> Option<Msg> {
    let (mut last, mut fault) = (None, None);
    for found in found {
        match engine.subscribe_found(&found, subscription.clone()).await {
            Ok(added) => last = Some(Msg::Added(added)),
            Err(error) => fault = fault.or(Some(failed(error))),
        }
    }
    fault.or(last)
}

async fn import(engine: &Engine, path: PathBuf) -> Result<Msg, EngineError> {
    let path = crate::platform::paths::at_home(&path);
    let text =
        tokio::fs::read_to_string(&path).await.map_err(|source| EngineError::Io { path: path.clone(), source })?;
    let imported = engine.import(&path.to_string_lossy(), &text, path.parent(), Commands::Refused).await?;
    Ok(Msg::Imported(imported))
}

#[expect(clippy::needless_pass_by_value, reason = "the end of an error's way")]
fn failed(error: EngineError) -> Msg {
    tracing::warn!(%error, "an effect failed");
    Msg::Failed(fault(&error))
}

fn fault(error: &EngineError) -> Fault {
    let id = match error {
        EngineError::Store(StoreError::ViewExists(_) | StoreError::KeyTaken { .. } | StoreError::Query(_)) => {
            "fault-view"
        }
        EngineError::Store(_) => "fault-store",
        EngineError::Fetch { .. } => "fault-fetch",
        EngineError::NotAUrl(_) => "fault-url",
        EngineError::NoFeed { .. } => "fault-no-feed",
        EngineError::Io { .. }
        | EngineError::Import { .. }
        | EngineError::UnknownFeed(_)
        | EngineError::UnknownView(_)
        | EngineError::UnknownRule(_)
        | EngineError::Ambiguous { .. } => "fault-file",
    };
    let detail = match error {
        EngineError::Fetch { url, error } => format!("{url}: {}", error.detail),
        EngineError::NoFeed { url } => url.clone(),
        EngineError::NotAUrl(text) => text.clone(),
        other => other.to_string(),
    };
    Fault { id, detail: crate::model::scrub::line(&detail).into_owned() }
}

/// Polls in the background whenever a feed is due, until it is aborted.
pub async fn poll_by_itself(engine: Engine) {
    use std::time::Duration;
    /// Subscriptions and other processes change what is due; it is looked at this often at least.
    const LONGEST: Duration = Duration::from_secs(60);
    loop {
        let now = crate::platform::clock::now();
        let wait = match engine.next_due().await {
            Ok(Some(due)) if due <= now => {
                if let Err(error) = engine.poll(PollRequest::default()).await {
                    tracing::warn!(%error, "the poll failed");
                }
                // Whatever happens, a poll is not followed by another one at once.
                Duration::from_secs(10)
            }
            Ok(Some(due)) => Duration::try_from(due.duration_since(now)).unwrap_or(LONGEST).min(LONGEST),
            Ok(None) => LONGEST,
            Err(_) => return,
        };
        tokio::time::sleep(wait).await;
    }
}
