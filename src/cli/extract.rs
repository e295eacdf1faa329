//! `kabar extract`: the article of a web page, without a store.

use clap::Args;
use serde::Serialize;
use url::Url;

use super::error::CliError;
use super::out::{Out, Style, warn};
use super::preview;
use super::session::Session;
use super::show::{self, Format};
use super::signals::unless_interrupted;
use crate::content::article::{Words, render};
use crate::content::export::markdown;
use crate::content::text;
use crate::engine::{self, Pages};
use crate::model::feed::shown_url;
use crate::model::page::{Barrier, Page};
use crate::net::bare;

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// A file, or `-` for standard input; with --url and no source the page is fetched
    source: Option<String>,
    /// Where the page is: relative links are taken from it
    #[arg(long, value_name = "URL")]
    url: Option<Url>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Serialize)]
struct Document<'a> {
    title: Option<&'a str>,
    author: Option<String>,
    date: Option<String>,
    language: Option<&'a str>,
    tags: &'a [String],
    image: Option<&'a str>,
    text: String,
    html: &'a str,
    next_page: Option<&'a str>,
    authors: &'a [String],
    url: Option<&'a str>,
    /// Why the text is not the whole article.
    barrier: Option<&'static str>,
}

pub(super) async fn run(args: ExtractArgs, session: &Session) -> Result<(), CliError> {
    let (source, named) = match (args.source, &args.url) {
        (Some(source), _) => (source, false),
        (None, Some(url)) => (url.to_string(), true),
        (None, None) => ("-".to_owned(), false),
    };
    let config = session.config()?;
    let pages = Pages::new(&config);
    let (url, page) = match args.url {
        // All of its pages.
        Some(url) if named => (bare(&url), unless_interrupted(async { Ok(pages.article(&url).await) }).await?),
        url => {
            let found = unless_interrupted(preview::source(&source, &engine::client(&config))).await?;
            let url = bare(&url.unwrap_or(found.base));
            let work = pages.read(found.bytes, found.content_type, url.clone());
            (url, unless_interrupted(async { Ok(work.await) }).await?)
        }
    };
    let page = page.map_err(|error| CliError::NotAFeed { what: shown_url(&source), problem: error.to_string() })?;
    if let Some(barrier) = page.barrier {
        warn(&format!("{url}: {}", barrier.words()));
    }
    let mut out = Out::new();
    match args.format {
        Format::Text => print(&page, &mut out)?,
        Format::Markdown => markdown(&page, &mut out)?,
        Format::Html => out.line(&page.html)?,
        Format::Json => json(&page, &url, &mut out)?,
    }
    out.flush()
}

fn json(page: &Page, url: &Url, out: &mut Out) -> Result<(), CliError> {
    out.json(&Document {
        title: page.title.as_deref(),
        author: Some(page.authors.join(", ")).filter(|author| !author.is_empty()),
        date: page.date.map(|date| date.to_string()),
        language: page.language.as_deref(),
        tags: &page.tags,
        image: page.image.as_deref(),
        text: text::plain(&page.html),
        html: &page.html,
        next_page: page.next.as_deref(),
        authors: &page.authors,
        url: Some(page.canonical.as_deref().unwrap_or(url.as_str())).filter(|url| url.starts_with("http")),
        barrier: page.barrier.map(Barrier::name),
    })
}

/// Who wrote it and when.
fn about(page: &Page) -> String {
    let authors = Some(page.authors.join(", ")).filter(|authors| !authors.is_empty());
    let date = page.date.map(|date| date.civil.date().to_string());
    authors.into_iter().chain(date).collect::<Vec<_>>().join(" · ")
}

fn print(page: &Page, out: &mut Out) -> Result<(), CliError> {
    if let Some(title) = &page.title {
        let title = out.styled(title, Style::Strong);
        out.line(&title)?;
    }
    let about = about(page);
    if !about.is_empty() {
        let about = out.styled(&about, Style::Dim);
        out.line(&about)?;
    }
    out.line("")?;
    let width = out.columns.map_or(80, |columns| columns.clamp(10, 80)) as u16;
    let article = render(&page.html, width, &Words { image: "image" });
    show::lines(&article, out)
}

fn markdown(page: &Page, out: &mut Out) -> Result<(), CliError> {
    let article = render(&page.html, markdown::WIDTH, &Words { image: "image" });
    out.text(&markdown::page(page.title.as_deref().unwrap_or_default(), &about(page), &article))
}
