//! Rules: those there are, and making one, which is tried over the archive before it is saved.

use tui_input::Input;

use super::{events, form, views};
use crate::i18n::Texts;
use crate::model::query::Query;
use crate::model::rule::{NewRule, Rule, RuleAct, RuleId, joined};
use crate::tui::model::{Form, FormKind, Item, Model, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::{Effect, RuleEffect, RuleMsg};
use crate::tui::view::text;

/// Columns of the list in which it says what a rule does.
const ACTS: usize = 20;

/// What was asked about rules has been answered.
pub(super) fn arrived(model: &mut Model, msg: RuleMsg) -> Vec<Effect> {
    match msg {
        RuleMsg::Listed(rules) => open(model, rules),
        RuleMsg::Tried { typed, trial } => {
            if let Some(Popup::Form(form)) = &mut model.popup
                && let FormKind::Rule { trial: shown, .. } = &mut form.kind
            {
                form.is_busy = false;
                *shown = Some((typed, trial));
            }
            Vec::new()
        }
        RuleMsg::Saved(name) => saved(model, name),
        RuleMsg::Applied(changed) => {
            model.tell(model.texts.with("rule-applied", "n", changed));
            events::look_anew(model)
        }
        RuleMsg::Removed => {
            model.tell(model.texts.get("rule-removed"));
            Vec::new()
        }
    }
}

/// The list of rules. Its first row makes one of what the list of articles shows.
fn open(model: &mut Model, rules: Vec<Rule>) -> Vec<Effect> {
    let ellipsis = if model.is_ascii { "~" } else { "…" };
    let item = |rule: &Rule| Item {
        label: rule.rule.name.clone(),
        detail: format!("{}  {:>5}", text::fit(&joined(&rule.rule.acts), ACTS, ellipsis), rule.touched),
        key: rule.id.0.to_string(),
        tick: Tick::Off,
        command: None,
    };
    let new = Item {
        label: model.texts.get("rule-new"),
        detail: String::new(),
        key: String::new(),
        tick: Tick::Off,
        command: None,
    };
    let items = std::iter::once(new).chain(rules.iter().map(item)).collect();
    model.popup = Some(Popup::Picker(Picker::new(PickerKind::Rules(rules), items)));
    Vec::new()
}

/// Enter in the list.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let (PickerKind::Rules(rules), Some(item)) = (&picker.kind, picker.current()) else { return Vec::new() };
    let chosen = item.key.parse().ok().map(RuleId);
    match rules.iter().find(|rule| Some(rule.id) == chosen).cloned() {
        Some(rule) => {
            let NewRule { name, query, acts, .. } = &rule.rule;
            let (commands, others): (Vec<RuleAct>, Vec<RuleAct>) = acts.iter().cloned().partition(is_command);
            let command = match commands.into_iter().next() {
                Some(RuleAct::Run(command)) => command,
                _ => String::new(),
            };
            let fields = [name.clone(), query.to_string(), joined(&others), command];
            open_form(model, fields, Some(rule))
        }
        None => {
            let (name, query) = views::shown(model);
            let query = if query == Query::everything() { String::new() } else { query.to_string() };
            open_form(model, [name, query, String::new(), String::new()], None)
        }
    }
}

fn is_command(act: &RuleAct) -> bool {
    matches!(act, RuleAct::Run(_))
}

fn open_form(model: &mut Model, [name, query, acts, command]: [String; 4], over: Option<Rule>) -> Vec<Effect> {
    let fields = vec![
        ("field-name", Input::new(name)),
        ("field-query", Input::new(query)),
        ("field-acts", Input::new(acts)),
        ("field-command", Input::new(command)),
    ];
    let kind = FormKind::Rule { over: over.map(Box::new), trial: None };
    let mut effects = form::open(model, Form::new(kind, fields));
    effects.push(Effect::LoadTags);
    effects
}

/// Enter in the form: shows what the archive has for the rule; once that is shown, saves it. Without an act the rule that
/// is changed ends.
pub(super) fn accept_form(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Form(form)) = &mut model.popup else { return Vec::new() };
    let FormKind::Rule { over, trial } = &form.kind else { return Vec::new() };
    let (feed, id) = (over.as_ref().and_then(|rule| rule.rule.feed), over.as_ref().map(|rule| rule.id));
    let typed = form.value("field-query").to_owned();
    match made(form, over.as_deref(), &model.texts) {
        Err(problem) => {
            form.error = Some(problem);
            Vec::new()
        }
        Ok(rule) => match id.filter(|_| rule.acts.is_empty()) {
            Some(id) => {
                let question = model.texts.with("ask-end-rule", "rule", rule.name);
                model.popup = Some(Popup::Confirm { question, effect: Effect::Rule(RuleEffect::Remove(id)) });
                Vec::new()
            }
            None => {
                let is_tried = trial.as_ref().is_some_and(|(tried, _)| *tried == typed);
                form.is_busy = true;
                vec![Effect::Rule(if is_tried {
                    RuleEffect::Save { over: id, rule }
                } else {
                    RuleEffect::Try { typed, query: rule.query, feed }
                })]
            }
        },
    }
}

/// The rule of what is typed, or what is wrong with that.
fn made(form: &Form, over: Option<&Rule>, texts: &Texts) -> Result<NewRule, String> {
    let name = form.value("field-name").to_owned();
    if name.is_empty() {
        return Err(texts.get("name-missing"));
    }
    let query = Query::parse(form.value("field-query")).map_err(|error| texts.query_error(&error))?;
    if query == Query::everything() {
        return Err(texts.get("rule-everything"));
    }
    if query.limit().is_some() {
        return Err(texts.get("rule-limit"));
    }
    let mut acts = Vec::new();
    for written in form.value("field-acts").split(',').filter(|written| !written.trim().is_empty()) {
        let act = RuleAct::parse(written).filter(|act| !is_command(act));
        acts.push(act.ok_or_else(|| texts.with("rule-no-act", "act", written.trim().to_owned()))?);
    }
    let others = over.into_iter().flat_map(|rule| &rule.rule.acts).filter(|act| is_command(act)).cloned();
    let command = Some(form.value("field-command")).filter(|command| !command.is_empty());
    acts.extend(command.map(|command| RuleAct::Run(command.to_owned())));
    // The form has a line for one command; the others stay.
    acts.extend(others.skip(1));
    acts.sort_by_key(RuleAct::turn);
    if acts.is_empty() && over.is_none() {
        return Err(texts.get("rule-acts-missing"));
    }
    Ok(NewRule { name, query, feed: over.and_then(|rule| rule.rule.feed), acts })
}

/// The rule holds for what comes; whether for what is there, too, is asked.
fn saved(model: &mut Model, name: String) -> Vec<Effect> {
    let articles = match &model.popup {
        Some(Popup::Form(Form { kind: FormKind::Rule { trial: Some((_, trial)), .. }, .. })) => trial.articles,
        _ => 0,
    };
    if articles == 0 {
        model.popup = None;
        model.tell(model.texts.with("rule-saved", "rule", name));
    } else {
        let question = model.texts.with_all("ask-apply-rule", &[("rule", name.clone().into()), ("n", articles.into())]);
        model.popup = Some(Popup::Confirm { question, effect: Effect::Rule(RuleEffect::Apply(name)) });
    }
    Vec::new()
}
