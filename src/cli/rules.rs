//! `kabar rules`: what is done by itself with articles that a query describes.

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::error::CliError;
use super::headlines::day;
use super::indexing::indexed_for;
use super::out::{Out, Style, counted, flush_right, padded};
use super::row::shown;
use super::session::Session;
use super::signals::unless_interrupted;
use super::{add, tags};
use crate::engine::{Engine, Trial};
use crate::model::entry::EntryId;
use crate::model::feed::FeedId;
use crate::model::query::Query;
use crate::model::rule::{NewRule, Rule, RuleAct, joined};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    command: Option<RulesCommand>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// Make a rule for what comes from now on, in place of one of this name
    Add(AddArgs),
    /// End rules; what they have done stays
    Remove {
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },
    /// Show what the archive has for a query or a rule, and change nothing
    Try(TryArgs),
    /// Apply a rule to the archive; without --yes, only show to what
    Apply(ApplyArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    #[arg(value_parser = name)]
    name: String,
    /// The articles that it is for, such as `title:~"\bobituari\b" OR tag:olahraga`
    #[arg(required = true)]
    query: Vec<String>,
    /// Only articles of this feed: its id, its URL or a part of its title
    #[arg(long, value_name = "FEED")]
    feed: Option<String>,
    #[command(flatten)]
    acts: Acts,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
#[expect(clippy::struct_excessive_bools, reason = "acts that go together in any way")]
struct Acts {
    /// Put this tag on them
    #[arg(long, value_name = "TAG", value_parser = tags::name)]
    tag: Vec<String>,
    /// Star them
    #[arg(long)]
    star: bool,
    /// Mark them as read
    #[arg(long)]
    read: bool,
    /// Hide them from every list but that of `is:muted`
    #[arg(long)]
    mute: bool,
    /// Tell of them, once for all that a poll brings
    #[arg(long)]
    notify: bool,
    /// Fetch the whole articles from their pages
    #[arg(long)]
    fulltext: bool,
    /// Run this command for each, with the article as JSON on its input
    #[arg(long, value_name = "COMMAND")]
    run: Vec<String>,
}

impl Acts {
    fn list(self) -> Vec<RuleAct> {
        let Self { tag, star, read, mute, notify, fulltext, run } = self;
        let plain = [
            (star, RuleAct::Star),
            (read, RuleAct::Read),
            (notify, RuleAct::Notify),
            (fulltext, RuleAct::FullText),
            (mute, RuleAct::Mute),
        ];
        let plain = plain.into_iter().filter_map(|(is_wanted, act)| is_wanted.then_some(act));
        let named = tag.into_iter().map(RuleAct::Tag).chain(run.into_iter().map(RuleAct::Run));
        let mut acts: Vec<RuleAct> = named.chain(plain).collect();
        acts.sort_by_key(RuleAct::turn);
        acts
    }
}

#[derive(Debug, Args)]
struct TryArgs {
    /// A rule's name, or a query
    #[arg(required = true)]
    query: Vec<String>,
    /// Only articles of this feed: its id, its URL or a part of its title
    #[arg(long, value_name = "FEED")]
    feed: Option<String>,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct ApplyArgs {
    name: String,
    /// Really do it
    #[arg(long)]
    yes: bool,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

fn name(text: &str) -> Result<String, String> {
    add::filled(text).ok_or_else(|| "a rule needs a name".to_owned())
}

/// Headlines that a trial shows.
const SAMPLES: u32 = 5;

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    query: String,
    feed_id: Option<FeedId>,
    acts: &'a [RuleAct],
    /// Articles in which it has done something.
    touched: u64,
}

#[derive(Serialize)]
struct Tried<'a> {
    articles: u64,
    /// How many of them it was applied to.
    applied: u64,
    samples: Vec<Sample<'a>>,
}

#[derive(Serialize)]
struct Sample<'a> {
    id: EntryId,
    feed: String,
    title: &'a str,
}

impl<'a> Tried<'a> {
    fn new(trial: &'a Trial, applied: u64) -> Self {
        let sample = |row: &'a crate::model::entry::Headline| Sample {
            id: row.id,
            feed: shown(&row.feed_title).into_owned(),
            title: &row.title,
        };
        Self { articles: trial.articles, applied, samples: trial.samples.iter().map(sample).collect() }
    }
}

pub(super) async fn run(args: RulesArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let mut out = Out::new().ascii(session.ascii);
    match args.command {
        None => list(&engine, args.json, &mut out).await?,
        Some(RulesCommand::Add(args)) => make(&engine, args, &mut out).await?,
        Some(RulesCommand::Remove { names }) => {
            let mut rules = Vec::new();
            for name in &names {
                rules.push(engine.rule_named(name).await?);
            }
            for Rule { id, rule, .. } in rules {
                engine.remove_rule(id).await?;
                out.line(&format!("{} is ended", rule.name))?;
            }
        }
        Some(RulesCommand::Try(args)) => attempt(&engine, args, &mut out).await?,
        Some(RulesCommand::Apply(args)) => apply(&engine, args, &mut out).await?,
    }
    out.flush()
}

async fn make(engine: &Engine, args: AddArgs, out: &mut Out) -> Result<(), CliError> {
    let query = condition(&args.query.join(" "))?;
    let feed = match &args.feed {
        Some(name) => Some(engine.feed_named(name).await?.id),
        None => None,
    };
    let trial = tried(engine, query.clone(), feed, 0).await?;
    engine.save_rule(NewRule { name: args.name.clone(), query, feed, acts: args.acts.list() }).await?;
    let Rule { rule, .. } = engine.rule_named(&args.name).await?;
    out.line(&format!("{}: {} → {}", rule.name, rule.scope(), joined(&rule.acts)))?;
    if trial.articles > 0 {
        let articles = counted(trial.articles, "article");
        out.line(&format!("The archive has {articles} for it; `kabar rules apply` shows them."))?;
    }
    Ok(())
}

/// What a rule asks of each article by itself.
fn condition(text: &str) -> Result<Query, CliError> {
    let query = Query::parse(text).map_err(|error| CliError::Usage(error.to_string()))?;
    match query.limit() {
        Some(limit) => Err(CliError::Usage(format!("a rule has no limit: leave out `limit:{limit}`"))),
        None => Ok(query),
    }
}

async fn list(engine: &Engine, is_json: bool, out: &mut Out) -> Result<(), CliError> {
    let rules = engine.rules().await?;
    if is_json {
        let rows = rules.iter().map(|Rule { rule, touched, .. }| Row {
            name: &rule.name,
            query: rule.query.to_string(),
            feed_id: rule.feed,
            acts: &rule.acts,
            touched: *touched,
        });
        return out.json(&rows.collect::<Vec<_>>());
    }
    let count = rules.iter().map(|rule| rule.touched.to_string().len()).max().unwrap_or(0);
    let name = rules.iter().map(|rule| rule.rule.name.width()).max().unwrap_or(0).min(40);
    for Rule { rule, touched, .. } in &rules {
        let (touched, name) = (flush_right(&touched.to_string(), count), padded(&rule.name, name));
        out.line(&format!("{touched}  {name}  {} → {}", rule.scope(), joined(&rule.acts)))?;
    }
    Ok(())
}

async fn attempt(engine: &Engine, args: TryArgs, out: &mut Out) -> Result<(), CliError> {
    let text = args.query.join(" ");
    let known = engine.rules().await?.into_iter().find(|rule| rule.rule.name.to_lowercase() == text.to_lowercase());
    let (query, mut feed) = match known {
        Some(rule) => (rule.rule.query, rule.rule.feed),
        None => (condition(&text)?, None),
    };
    if let Some(name) = &args.feed {
        feed = Some(engine.feed_named(name).await?.id);
    }
    let trial = tried(engine, query, feed, SAMPLES).await?;
    if args.json { out.json(&Tried::new(&trial, 0)) } else { text_of(&trial, out) }
}

async fn apply(engine: &Engine, args: ApplyArgs, out: &mut Out) -> Result<(), CliError> {
    let rule = engine.rule_named(&args.name).await?;
    let trial = tried(engine, rule.rule.query.clone(), rule.rule.feed, SAMPLES).await?;
    let mut applied = 0;
    if args.yes {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} articles") {
            bar.set_style(style.progress_chars("=> "));
        }
        let told = |done: usize, of: usize| {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        };
        let work = async { Ok(engine.apply_rule(&rule, told).await?) };
        let result = unless_interrupted(work).await;
        bar.finish_and_clear();
        applied = result? as u64;
        unless_interrupted(async { Ok(engine.do_errands().await?) }).await?;
    }
    if args.json {
        return out.json(&Tried::new(&trial, applied));
    }
    text_of(&trial, out)?;
    let acts = joined(&rule.rule.acts);
    if args.yes {
        out.line(&format!("{}: {acts}", counted(applied, "article")))
    } else {
        out.line(&format!("Nothing is changed yet; with --yes: {acts}."))
    }
}

/// What the archive has for a rule; what is still to be indexed is indexed first.
async fn tried(engine: &Engine, query: Query, feed: Option<FeedId>, samples: u32) -> Result<Trial, CliError> {
    indexed_for(engine, &query).await?;
    Ok(engine.try_rule(query, feed, samples).await?)
}

fn text_of(trial: &Trial, out: &mut Out) -> Result<(), CliError> {
    out.line(&counted(trial.articles, "article"))?;
    for row in &trial.samples {
        let start = format!("  {}  {}  {}  ", row.id, day(row.at), shown(&row.feed_title));
        let title = out.fitted(row.words(), start.width());
        let line = format!("{}{title}", out.styled(&start, Style::Dim));
        out.line(&line)?;
    }
    Ok(())
}
