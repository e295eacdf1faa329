//! Carries out what is asked about topics and stories.

use crate::engine::{Engine, EngineError};
use crate::tui::model::Lesson;
use crate::tui::msg::{Msg, Origin, TopicEffect, TopicMsg};

pub(super) async fn answer(engine: &Engine, effect: TopicEffect) -> Result<Msg, EngineError> {
    let msg = match effect {
        TopicEffect::Load => TopicMsg::Rows(engine.topic_rows().await?),
        TopicEffect::Follow { name, examples, origin } => {
            let is_new = engine.topic(name.clone()).await?.is_none();
            let taught = examples.iter().map(|id| (*id, true)).collect();
            let topic = engine.follow_topic(name.clone(), None, taught).await?;
            TopicMsg::Followed { topic, name, examples, is_new, origin }
        }
        TopicEffect::Unfollow { topic, name } => {
            engine.unfollow(topic).await?;
            TopicMsg::Unfollowed(name)
        }
        TopicEffect::Teach { lesson, origin } => {
            teach(engine, &lesson, origin).await?;
            TopicMsg::Taught { lesson, origin }
        }
        TopicEffect::Suggest => TopicMsg::Suggested(engine.suggestions().await?),
        TopicEffect::Split(entries) => TopicMsg::Regrouped { edit: engine.split(entries).await?, origin: Origin::Act },
        TopicEffect::Merge(entries) => TopicMsg::Regrouped { edit: engine.merge(entries).await?, origin: Origin::Act },
        TopicEffect::TakeBack { edit, origin } => {
            TopicMsg::Regrouped { edit: Some(engine.take_back(edit).await?), origin }
        }
        TopicEffect::ToggleStories => {
            let is_once = !engine.tells_once().await?;
            engine.set_tells_once(is_once).await?;
            TopicMsg::StoriesToggled(is_once)
        }
        TopicEffect::Page(topic) => TopicMsg::Page(topic, engine.topic_page(topic).await?.map(Box::new)),
        TopicEffect::Subjects { id, language } => {
            TopicMsg::Subjects { id, names: engine.subjects(id, language).await? }
        }
    };
    Ok(Msg::Topic(msg))
}

/// What is said, or, taken back, what was said before; where nothing was, the topic's own word holds again.
async fn teach(engine: &Engine, lesson: &Lesson, origin: Origin) -> Result<(), EngineError> {
    let Lesson { topic, id, is_in, said_before, .. } = *lesson;
    match if origin == Origin::Undo { said_before } else { Some(is_in) } {
        Some(said) => engine.teach(topic, vec![(id, said)]).await,
        None => engine.unteach(topic, id, lesson.before.clone()).await,
    }
}
