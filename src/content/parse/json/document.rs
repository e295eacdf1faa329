//! The fields of a JSON Feed that kabar reads, taken from the text without a tree in between: what is of another type
//! than it should be is missing, what there is too much of is not kept.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::super::super::text;
use super::super::{LONGEST_TEXT, MOST_ITEMS};

/// More of a kind on one item, or of the feed's authors, are not read.
const MOST: usize = 500;

/// A document, or an item that is one.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub version: Option<String>,
    pub home_page_url: Option<String>,
    pub description: Option<String>,
    pub icon: Option<String>,
    pub favicon: Option<String>,
    pub items: Option<Items>,
    /// What a document shares with an item, and all there is of a document that is a single one.
    pub own: Item,
}

#[derive(Debug, Default)]
pub(super) struct Items {
    pub kept: Vec<Item>,
    /// Among the first ones, but no objects.
    pub strange: u64,
    pub over_limit: u64,
}

#[derive(Debug, Default)]
pub(super) struct Item {
    pub id: Option<String>,
    pub url: Option<String>,
    pub external_url: Option<String>,
    pub title: Option<String>,
    pub content_html: Option<String>,
    pub content_text: Option<String>,
    pub summary: Option<String>,
    pub image: Option<String>,
    pub banner_image: Option<String>,
    pub date_published: Option<String>,
    pub date_modified: Option<String>,
    pub language: Option<String>,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
    pub attachments: Vec<Attachment>,
}

#[derive(Debug, Default)]
pub(super) struct Attachment {
    pub url: Option<String>,
    pub mime_type: Option<String>,
    pub title: Option<String>,
    pub size_in_bytes: Option<String>,
    pub duration_in_seconds: Option<String>,
}

/// Something that can be filled from the fields of an object.
trait Fields: Default {
    /// Takes the value of one field.
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;
}

impl Fields for Document {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "version" => self.version = map.next_value::<Text>()?.0,
            "home_page_url" => self.home_page_url = map.next_value::<Text>()?.0,
            "description" => self.description = map.next_value::<Text>()?.0,
            "icon" => self.icon = map.next_value::<Text>()?.0,
            "favicon" => self.favicon = map.next_value::<Text>()?.0,
            "items" => {
                let Many { kept, over_limit } = map.next_value::<Many<Object<Item>, MOST_ITEMS>>()?;
                let all = kept.len();
                let kept: Vec<Item> = kept.into_iter().filter_map(|item| item.0).collect();
                self.items = Some(Items { strange: (all - kept.len()) as u64, kept, over_limit });
            }
            _ => self.own.take(name, map)?,
        }
        Ok(())
    }
}

impl Fields for Item {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let text = match name {
            "id" => &mut self.id,
            "url" => &mut self.url,
            "external_url" => &mut self.external_url,
            "title" => &mut self.title,
            "content_html" => &mut self.content_html,
            "content_text" => &mut self.content_text,
            "summary" => &mut self.summary,
            "image" => &mut self.image,
            "banner_image" => &mut self.banner_image,
            "date_published" => &mut self.date_published,
            "date_modified" => &mut self.date_modified,
            "language" => &mut self.language,
            "authors" | "author" => {
                let people = map.next_value::<Many<Person, MOST>>()?.kept;
                self.authors.extend(people.into_iter().filter_map(|person| person.0));
                return Ok(());
            }
            "tags" => {
                let tags = map.next_value::<Many<Text, MOST>>()?.kept;
                self.tags.extend(tags.into_iter().filter_map(|tag| tag.0));
                return Ok(());
            }
            "attachments" => {
                let files = map.next_value::<Many<Object<Attachment>, MOST>>()?.kept;
                self.attachments.extend(files.into_iter().filter_map(|file| file.0));
                return Ok(());
            }
            _ => return map.next_value::<IgnoredAny>().map(|_| ()),
        };
        *text = map.next_value::<Text>()?.0;
        Ok(())
    }
}

impl Item {
    /// Cuts texts that are too long; whether there were any.
    pub(super) fn cut(&mut self) -> bool {
        let texts = [&mut self.title, &mut self.content_html, &mut self.content_text, &mut self.summary];
        let too_long = texts.into_iter().flatten().filter(|text| text.len() > LONGEST_TEXT);
        too_long.map(|text| text.truncate(text::head(text, LONGEST_TEXT).len())).count() > 0
    }
}

impl Fields for Attachment {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let text = match name {
            "url" => &mut self.url,
            "mime_type" => &mut self.mime_type,
            "title" => &mut self.title,
            "size_in_bytes" => &mut self.size_in_bytes,
            "duration_in_seconds" => &mut self.duration_in_seconds,
            _ => return map.next_value::<IgnoredAny>().map(|_| ()),
        };
        *text = map.next_value::<Text>()?.0;
        Ok(())
    }
}

/// A text, or a number in its place; not empty. Anything else says nothing.
struct Text(Option<String>);

/// An object; anything else is none.
pub(super) struct Object<T>(pub Option<T>);

/// A name, in an object or in its place.
#[derive(Default)]
struct Person(Option<String>);

impl Fields for Person {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "name" => self.0 = map.next_value::<Text>()?.0,
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

/// A list, of which the first `MOST` are kept; anything else is a list of one.
pub(super) struct Many<T, const MOST: usize> {
    pub kept: Vec<T>,
    over_limit: u64,
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let taken = deserializer.deserialize_any(Anything::<Nothing>(PhantomData))?;
        Ok(Self(taken.text))
    }
}

impl<'de, T: Fields> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let taken = deserializer.deserialize_any(Anything::<T>(PhantomData))?;
        Ok(Self(taken.object))
    }
}

impl<'de> Deserialize<'de> for Person {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let taken = deserializer.deserialize_any(Anything::<Self>(PhantomData))?;
        Ok(Self(taken.text.or(taken.object.and_then(|person| person.0))))
    }
}

/// An object of which nothing is wanted.
#[derive(Default)]
struct Nothing;

impl Fields for Nothing {
    fn take<'de, A: MapAccess<'de>>(&mut self, _name: &str, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(|_| ())
    }
}

/// What a value of any type was.
struct Taken<T> {
    text: Option<String>,
    object: Option<T>,
}

struct Anything<T>(PhantomData<T>);

impl<T> Anything<T> {
    fn text(text: impl Into<String>) -> Taken<T> {
        Taken { text: Some(text.into()).filter(|text| !text.trim().is_empty()), object: None }
    }
}

impl<'de, T: Fields> Visitor<'de> for Anything<T> {
    type Value = Taken<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Self::text(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Self::text(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Self::text(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Self::text(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Self::text(number.to_string()))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Self::text(""))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Self::text(""))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::text(""))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = T::default();
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            object.take(&name, &mut map)?;
        }
        Ok(Taken { text: None, object: Some(object) })
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for Many<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(List(PhantomData))
    }
}

struct List<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for List<T, MOST> {
    type Value = Many<T, MOST>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let (mut kept, mut over_limit) = (Vec::new(), 0);
        while kept.len() < MOST {
            match list.next_element()? {
                Some(item) => kept.push(item),
                None => return Ok(Many { kept, over_limit }),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {
            over_limit += 1;
        }
        Ok(Many { kept, over_limit })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(Many { kept: vec![T::deserialize(MapAccessDeserializer::new(map))?], over_limit: 0 })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let kept = text.split(',').take(MOST).map(|part| T::deserialize(part.trim().into_deserializer()));
        Ok(Many { kept: kept.collect::<Result<_, E>>()?, over_limit: 0 })
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Many { kept: Vec::new(), over_limit: 0 })
    }
}
