//! kabar, a terminal news reader: a library, and a thin binary over it.
//!
//! # Rows
//!
//! A module imports only from strictly lower rows; modules on one row never see each other. `tests/it/layers.rs` reads
//! every `crate::` path and fails otherwise.
//!
//! ```text
//! 5  tui  cli        the interface · the command line: how people and scripts reach the engine
//! 4  engine          everything kabar can do, as one service: poll, ingest, subscribe, read, mark
//! 3  config          settings, keys and themes: as written, then as checked
//! 2  command         THE table of commands, key notation, the documents made from it
//!    content         bytes to values: decode, parse, sanitise, set as styled lines, lists of feeds. No clock, no I/O
//!    store           the only SQL: lanes, migrations, windows of headlines, counts
//!    net             conditional fetches within limits, and who may fetch when
//!    platform        directories, clock, browser, clipboard
//!    i18n            the interface's texts
//! 1  model           the nouns, and the pure decisions about them: query, terms, ingest plan, schedule, tags that fold
//! ```
//!
//! # A poll: one read, one request, one change
//!
//! `engine::poller` asks the store what is due ([`store::Due`]) and fetches it side by side, within the limits of
//! [`net::Gate`], each host in the manner it wants (`engine`'s `ask`). An answer that says "unchanged", or a body with the
//! digest of the last one, only rewrites the fetch record. Another body is parsed on a worker thread to drafts that are
//! resolved, sanitised and scrubbed, then handed to the store, where [`model::plan`] decides what is new, changed or known.
//! Entries, tags, counts, validators and the next attempt, with the reason for it ([`model::schedule`]), become visible
//! together or not at all; feeds that wait at the same moment share a commit, which an urgent edit cuts short. Then listeners
//! hear of it as ids ([`engine::EngineEvent`]).
//!
//! A document may also be what a command of the user's prints, or pass one before it is parsed (`net`'s `exec`).
//!
//! Only one process polls at a time: it holds a lock on a file, which the system lets go of however the holder ends.
//!
//! # A key: nothing is waited for before its frame
//!
//! `tui` owns its [`tui::model::Model`] alone. A key becomes a [`command::Command`] (what the reader wants), the update
//! turns it into changes of the model and [`tui::msg::Effect`]s (what to ask for), the frame is drawn, and the effects'
//! answers come back as [`tui::msg::Msg`]s (what happened). A late answer is told by its ticket and dropped. The one thing
//! the next key waits for is a mark on its way to the disk.
//!
//! The model holds a window of headlines around the selection, by keyset, and never the library. What has arrived since a
//! list was made waits above it; what was read stays under the cursor until the next list.
//!
//! # A page: guarded, then judged twice
//!
//! `content::extract` takes the article out of a web page. A pass over the tokens caps depth, tags, attributes and text
//! before any parser sees them, and names of elements that would mislead are left out; two extractors choose, and what
//! they agree on is cleaned block by block with words from
//! `assets/lexicon/`. `engine::pages` runs it on a thread of its own within a deadline, a large page in turn with other long
//! work (`engine::long`: one thread, whose freed memory is used again), joins the pages of one article,
//! learns what a site repeats, takes that from the articles kept before, and keeps the result beside the feed's text, which is never overwritten, with the address of the
//! page that an AMP page is a form of. `config/sites/` has rules for single sites. How far a page may reach follows from where what named it came from ([`net::Reach`]).
//! The same block rules clean a feed's text whenever it is read; what is stored stays as it came.
//!
//! `content::export` makes documents of articles, one at a time: `engine::articles` reads them from the store,
//! `engine::save` and `cli::export` write them.
//!
//! Pictures are a feature of the build (`images`): `content::picture` decodes within limits, `tui::graphics` draws them off
//! the interface's task, and nothing is fetched before somebody asks.
//!
//! A link of an article is followed within the interface: its page becomes an entry that no store knows, with an id below
//! zero, on a stack over the selected article.
//!
//! # A search: written behind, asked at once
//!
//! What changes an article's text puts it on a queue in the same transaction (triggers, so that nobody can forget to).
//! `engine::search` works that off in small steps while nobody presses keys: [`model::terms`] makes an article's words,
//! `store::search` enters them in an FTS5 table that holds no text. A query asks it one MATCH for each subtree that is about
//! words. The index knows ids and a list is in time's order: `store::walk` asks it zone by zone of ids (`zone` keeps what span
//! of time each covers), the newest first, and ends where no zone that is left can hold a row of the window. Where few of the
//! hits are in the list, or words must not be said, the list without its words is walked and the index asked about its rows.
//! Only what must be whole (counts, exports, marks) meets every hit. Ranking reads the newest two thousand hits at most, of
//! several words or a phrase half as many, and fewer where they are far between; `sort:relevance` goes on from there,
//! stretch by stretch, for as long as it is waited for.
//! `kabar refresh` indexes what is little; what is much waits for the interface, `watch` or a command that asks for words:
//! scripts act on the answer, so all is indexed before they get one. A list on the screen is made again instead.
//!
//! # A story: joined as it streams in
//!
//! The words of an article also give what it is about ([`content::features`]: terms, names, numbers, places and concepts in a
//! few hundred bytes), kept with it and put on a second queue. Regions and organisations are names of their own beside the
//! countries they belong to (`content::features::lexicon`). `engine::stories` takes that in the order of publication:
//! [`content::cluster`] compares an article with those of three days around it and says which story it joins,
//! [`content::topics`] which followed topics it belongs to; a topic's articles bear its tag. Weights and lexicon are data in
//! `assets/` with versions. What the user says (split, merge, yes, no) is kept and stands; splits and merges can be taken
//! back. The interface lists topics with what their tags count, and remembers the list that a story was opened from; a
//! topic's page (`engine::timeline`) sets its stories in order and compares what their outlets say.
//!
//! # Rules and views
//!
//! A rule ([`model::rule`]) is applied in the transaction that brings an article, or that enters its words where the rule
//! asks for words, or that groups it where the rule asks for a topic or a story (`rule_queue`). What it does in the store happens there and then, what it does elsewhere becomes a row of
//! `errand`, which `engine` works off: once, or again after a kill. `touched` remembers which rule did what. A muted article
//! is out of every list and count; only a query that names `is:muted` sees it.
//!
//! Tags that the user has merged count as one (`tag_merge`); each row of `entry_tag` remembers under which name it came.
//!
//! A saved view is a query with a name. How much is unread in it is read from kept counts where there are some, and else
//! counted for the views in sight, on the lane that nobody waits for.
//!
//! # The store
//!
//! One `SQLite` file in WAL mode. What the user did to an item (`state`) is a row of its own that outlives the item
//! (`entry`, `body`), so that what is published again does not come back as new. Counts of feeds and tags are kept along
//! with each change; `store::Store::check` holds them to a full recount, and the tests do so after random histories.
//! What is starred and bears a tag, and what is unread of a tag of which much has been read, is a table of its own
//! (`tag_state`), kept by triggers: neither the unread ones nor those of the tag need be gone through.
//!
//! A text that is replaced stays as a delta from its successor (`revision`, [`model::revision`]), unless it reads the same.
//!
//! Entries of several feeds that have one page ([`model::link`]) or say the same within a few days ([`model::wording`]) are
//! copies of one article ([`model::copies`]): the interface's lists show it once, wherever one of its feeds is in the list,
//! and counts of several feeds are less by that overlap. Scripts get every entry. A feed that changes its guids, addresses
//! or host keeps its entries ([`model::plan`]).
//!
//! # What comes from outside
//!
//! [`model::scrub`] is the one place that says which characters may act on a terminal. Text passes it where it enters
//! (`content`), and again wherever references are decoded anew. HTML is sanitised before it is stored.

pub mod cli;
pub mod command;
pub mod config;
pub mod content;
pub mod engine;
pub mod i18n;
pub mod model;
pub mod net;
pub mod platform;
pub mod store;
pub mod tui;
