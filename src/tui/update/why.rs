//! Why is this article here? And teaching topics from there.

use super::marks;
use crate::command::Answer;
use crate::engine::Explanation;
use crate::tui::model::{Act, Lesson, Model, Popup};
use crate::tui::msg::{Effect, Origin, TopicEffect};
use crate::tui::view::why::topic_line;

pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    model.list.current().map(|row| Effect::Explain(row.id)).into_iter().collect()
}

pub(super) fn explained(model: &mut Model, found: Option<Box<Explanation>>) -> Vec<Effect> {
    let Some(explanation) = found else { return Vec::new() };
    match &mut model.popup {
        None => model.popup = Some(Popup::Why { explanation, scroll: 0, topic: 0 }),
        // What was taught has changed it.
        Some(Popup::Why { explanation: shown, topic, .. }) if shown.headline.id == explanation.headline.id => {
            // The topic that was chosen may stand elsewhere now.
            let chosen = shown.topics.get(*topic).map(|belonging| belonging.topic);
            let place = explanation.topics.iter().position(|belonging| Some(belonging.topic) == chosen);
            let has_moved = place != Some(*topic);
            *topic = place.unwrap_or_default();
            *shown = explanation;
            if has_moved {
                keep_in_sight(model);
            }
        }
        // Something else may have been opened since it was asked.
        Some(_) => {}
    }
    Vec::new()
}

/// The article belongs to the topic that is chosen, or does not.
pub(super) fn teach(model: &mut Model, answer: Answer) -> Vec<Effect> {
    let Some(Popup::Why { explanation, topic, .. }) = &mut model.popup else { return Vec::new() };
    let Some(belonging) = explanation.topics.get_mut(*topic) else {
        model.tell(model.texts.get("why-no-topics"));
        return Vec::new();
    };
    let (id, is_in) = (explanation.headline.id, answer == Answer::Yes);
    if belonging.said == Some(is_in) {
        return Vec::new();
    }
    let lesson = Lesson {
        topic: belonging.topic,
        name: belonging.name.clone(),
        id,
        is_in,
        said_before: belonging.said,
        before: belonging.membership.clone(),
    };
    // The next answer is about what holds from now on.
    belonging.said = Some(is_in);
    vec![Effect::Topic(TopicEffect::Teach { lesson, origin: Origin::Act })]
}

/// It is taught, or taken back: the panel, where it is still open, and the row show it.
pub(super) fn taught(model: &mut Model, lesson: Lesson, origin: Origin) -> Vec<Effect> {
    let id = lesson.id;
    // What is said just now shows in the panel.
    if origin != Origin::Act {
        let text = match if origin == Origin::Undo { lesson.said_before } else { Some(lesson.is_in) } {
            Some(true) => "taught-yes",
            Some(false) => "taught-no",
            None => "taught-back",
        };
        model.tell(model.texts.with(text, "topic", lesson.name.clone()));
    }
    marks::remember(model, Act::Taught(lesson), origin);
    let mut effects = vec![Effect::LoadRows(vec![id])];
    if matches!(&model.popup, Some(Popup::Why { explanation, .. }) if explanation.headline.id == id) {
        effects.push(Effect::Explain(id));
    }
    effects
}

pub(super) fn next_topic(model: &mut Model) -> Vec<Effect> {
    if let Some(Popup::Why { explanation, topic, .. }) = &mut model.popup
        && !explanation.topics.is_empty()
    {
        *topic = (*topic + 1) % explanation.topics.len();
        keep_in_sight(model);
    }
    Vec::new()
}

/// Scrolls to the topic that is chosen.
fn keep_in_sight(model: &mut Model) {
    let line = topic_line(model);
    if let Some(Popup::Why { topic, scroll, .. }) = &mut model.popup {
        *scroll = line(*topic);
    }
}
