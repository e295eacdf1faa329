//! What the word that is being typed may become: fields, states, tags, feeds and folders. Shown dim behind the cursor; Tab
//! takes it.

use tui_input::Input;

use super::{form, picker, search};
use crate::command::Step;
use crate::model::feed::Feed;
use crate::model::query::{Named, Problem, Query, QueryError, Text, Within, completions};
use crate::tui::model::{FormKind, Model, PickerKind, Popup};
use crate::tui::msg::Effect;

/// What Tab would make of a line of input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole line.
    pub line: String,
    /// What is shown behind the cursor.
    pub ghost: String,
    /// What else the word may become.
    pub others: Vec<String>,
}

/// Suggestions that are shown at once.
const SHOWN: usize = 5;

/// The suggestion for the query that is being typed, with the cursor at its end.
#[must_use]
pub fn suggestion(model: &Model) -> Option<Suggestion> {
    let input = query_line(model)?;
    let typed = input.value();
    if input.cursor() < typed.chars().count() {
        return None;
    }
    let completion = completions(typed);
    let start = typed.len() - completion.typed.len();
    let before = typed.get(..start)?;
    let value = completion.typed.trim_start_matches('"');
    let words = match completion.field {
        Some("tag" | "l" | "labels") => begun(value, model.tag_names.iter().map(String::as_str), Query::Tag),
        Some("topic") => begun(value, model.sources.topics.iter().map(|topic| topic.name.as_str()), Query::Topic),
        Some("lang") => begun(value, model.list.rows.iter().filter_map(|row| row.language.as_deref()), Query::Language),
        Some("author") => begun(value, model.list.rows.iter().filter_map(|row| row.author.as_deref()), |name| {
            Query::Text(Within::Author, Text::Phrase(name))
        }),
        Some("search") => begun(value, model.sources.views.iter().map(|view| view.name.as_str()), |name| {
            Query::View(Named { name, column: 0 })
        }),
        Some("feed") => begun(value, model.sources.feeds.iter().map(Feed::name), Query::Feed),
        Some("folder" | "c") => {
            let folders = model.sources.feeds.iter().filter_map(|feed| feed.subscription.folder.as_deref());
            begun(value, folders, Query::Folder)
        }
        _ => completion.words,
    };
    let is_done = |word: &String| word == completion.typed;
    if words.iter().any(is_done) {
        return None;
    }
    let first = words.first()?;
    // A field is followed by its value, everything else by the next word.
    let line = if first.ends_with(':') { format!("{before}{first}") } else { format!("{before}{first} ") };
    let ghost = match first.get(..completion.typed.len()) {
        Some(same) if same == completion.typed => first.get(completion.typed.len()..).unwrap_or_default().to_owned(),
        _ => format!("  {first}"),
    };
    let others = words.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    Some(Suggestion { line, ghost, others: if words.len() > 1 { others } else { Vec::new() } })
}

/// The values that begin so, whatever the case, as they are written in a query. Each once.
fn begun<'a>(typed: &str, names: impl Iterator<Item = &'a str>, query: fn(String) -> Query) -> Vec<String> {
    let typed = typed.to_lowercase();
    let mut words: Vec<String> = Vec::new();
    for name in names.filter(|name| name.to_lowercase().starts_with(&typed)) {
        let printed = query(name.to_owned()).to_string();
        let value = printed.split_once(':').map_or("", |(_, value)| value).to_owned();
        if !words.contains(&value) {
            words.push(value);
        }
        if words.len() > SHOWN {
            break;
        }
    }
    words
}

/// What a text asks for; an error where it is no query, or names a view that there is not.
pub(super) fn read(model: &Model, text: &str) -> Result<Query, QueryError> {
    let query = Query::parse(text)?;
    query.expanded(&model.sources.views)?;
    Ok(query)
}

/// Whether a query only lacks a value that there is a choice of: that is told then. One letter is no language yet.
pub(super) fn goes_on(model: &Model, error: &QueryError) -> bool {
    match &error.problem {
        Problem::NoValue(_) | Problem::NoView(_) => suggestion(model).is_some(),
        Problem::NoLanguage(code) => code.chars().count() == 1,
        _ => false,
    }
}

/// The line of input that a query is typed into.
fn query_line(model: &Model) -> Option<&Input> {
    match model.popup.as_ref()? {
        Popup::Picker(picker) if matches!(picker.kind, PickerKind::Search { .. }) => Some(&picker.input),
        Popup::Form(form) => {
            let (label, input) = form.fields.get(form.selected)?;
            let is_query = match form.kind {
                FormKind::Filter { .. } => true,
                FormKind::SaveView(_) | FormKind::Rule { .. } => *label == "field-query",
                _ => false,
            };
            is_query.then_some(input)
        }
        _ => None,
    }
}

/// Tab.
pub(super) fn take(model: &mut Model) -> Vec<Effect> {
    let Some(Suggestion { line, .. }) = suggestion(model) else {
        let is_form = matches!(&model.popup, Some(Popup::Form(form)) if form.fields.len() > 1);
        return if is_form { picker::choose(model, Step::Down) } else { Vec::new() };
    };
    match &mut model.popup {
        Some(Popup::Picker(picker)) => {
            picker.input = Input::new(line);
            search::typed(model)
        }
        Some(Popup::Form(open)) => {
            if let Some((_, input)) = open.fields.get_mut(open.selected) {
                *input = Input::new(line);
            }
            open.error = None;
            form::typed(model)
        }
        _ => Vec::new(),
    }
}
