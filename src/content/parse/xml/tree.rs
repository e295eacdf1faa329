//! The document as a row of light trees: each item of it, and each of the facts beside them, as soon as it is closed.
//! A wrong end tag closes what it can, a new item closes the one before: no item takes the others with it.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::rc::Rc;

use url::Url;

use super::super::super::entity;
use super::super::super::markup::Attributes;
use super::super::Stop;
use super::names::{Scopes, Space};
use super::notes::Notes;
use super::scan::{Scan, Token};

/// Deeper elements are left out, their text stays.
const DEPTH: usize = 300;
/// More elements in one item are left out.
const MOST_ELEMENTS: usize = 50_000;
/// More pieces of text between them, or between comments, are left out too: each takes more memory than what it says.
const MOST_TEXTS: usize = 200_000;

pub(super) struct Element<'a> {
    pub space: Space,
    /// Without its prefix, in lower case.
    pub name: Cow<'a, str>,
    attributes: &'a str,
    /// What relative addresses in it refer to, as far as an `xml:base` says so.
    pub base: Option<Rc<Url>>,
    /// The language in force, by `xml:lang`.
    pub language: Option<Rc<str>>,
    pub children: Vec<Node<'a>>,
}

pub(super) enum Node<'a> {
    Element(Element<'a>),
    /// References not decoded.
    Text(&'a str),
    Cdata(&'a str),
}

impl<'a> Element<'a> {
    pub(super) fn is(&self, space: Space, name: &str) -> bool {
        self.space == space && self.name == name
    }

    pub(super) fn attributes(&self) -> Attributes<'a> {
        Attributes::of(self.attributes)
    }

    /// The value of the attribute of that (lower-case) name, whatever its prefix; not empty.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut all = self.attributes();
        let found = all.find(|a| a.name.rsplit(':').next().is_some_and(|local| local.eq_ignore_ascii_case(name)))?;
        let value = match entity::decode(found.value) {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
            Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
        };
        (!value.is_empty()).then_some(value)
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    pub(super) fn child(&self, space: Space, name: &str) -> Option<&Element<'a>> {
        self.elements().find(|element| element.is(space, name))
    }
}

pub(super) enum Part<'a> {
    /// `rss`, `channel`, `feed` and their like, as they begin: without children.
    Container(Element<'a>),
    /// One fact about the feed.
    Fact(Element<'a>),
    Item(Element<'a>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Container,
    Fact,
    Item,
    Inner,
}

struct Open<'a> {
    role: Role,
    /// The name as it is written.
    raw: &'a str,
    element: Element<'a>,
}

pub(super) struct Parts<'a> {
    origin: &'a Url,
    scan: Scan<'a>,
    scopes: Scopes<'a>,
    open: Vec<Open<'a>>,
    /// Open elements that are left out.
    beyond: usize,
    elements: usize,
    texts: usize,
    done: VecDeque<Part<'a>>,
    notes: &'a Notes,
    stop: &'a Stop<'a>,
}

impl<'a> Parts<'a> {
    /// `origin` is where the document came from.
    pub(super) fn of(text: &'a str, origin: &'a Url, notes: &'a Notes, stop: &'a Stop<'a>) -> Self {
        let scan = Scan::new(text, notes);
        Self {
            origin,
            scan,
            scopes: Scopes::default(),
            open: Vec::new(),
            beyond: 0,
            elements: 0,
            texts: 0,
            done: VecDeque::new(),
            notes,
            stop,
        }
    }

    fn start(&mut self, raw: &'a str, attributes: &'a str, closed: bool) {
        self.scopes.declare(attributes, self.open.len() + 1);
        let (space, name) = self.scopes.resolve(raw);
        if self.ends_value(&name) {
            self.notes.flaw("a start tag without an end");
            self.close_to(self.open.len() - 1);
            self.scopes.declare(attributes, self.open.len() + 1);
        }
        if space == Space::Feed && matches!(name.as_ref(), "item" | "entry") && self.may_begin_item() {
            self.begin_item();
            self.scopes.declare(attributes, self.open.len() + 1);
        } else if self.beyond > 0 || self.open.len() >= DEPTH || self.elements >= MOST_ELEMENTS {
            self.scopes.leave(self.open.len());
            self.notes.left_out(if self.elements >= MOST_ELEMENTS {
                "elements of an item that has too many"
            } else {
                "elements that nest deeper than 300 levels"
            });
            self.beyond += usize::from(!closed);
            return;
        }
        let role = self.role(space, &name);
        let parent = self.open.last().map(|open| &open.element);
        let base = own_base(&name, attributes, parent, self.origin);
        let language = own_language(attributes, parent);
        let element = Element { space, name, attributes, base, language, children: Vec::new() };
        if role == Role::Container {
            let children = Vec::new();
            let (name, base, language) = (element.name.clone(), element.base.clone(), element.language.clone());
            self.done.push_back(Part::Container(Element { name, base, language, children, ..element }));
        }
        self.elements += 1;
        self.open.push(Open { role, raw, element });
        if closed {
            self.close_to(self.open.len() - 1);
        }
    }

    /// An address, a date or a title holds no elements of an item: where the next word of the item begins within it, it was not closed.
    fn ends_value(&self, name: &str) -> bool {
        let [.., parent, value] = self.open.as_slice() else { return false };
        matches!(parent.role, Role::Item | Role::Container)
            && value.element.space == Space::Feed
            && matches!(
                (value.element.name.as_ref(), name),
                ("link" | "guid" | "id" | "pubdate" | "published" | "updated", _)
                    | ("title", "link" | "guid" | "pubdate" | "description" | "encoded" | "creator" | "enclosure")
            )
            && self.beyond == 0
            && matches!(
                name,
                "title"
                    | "link"
                    | "guid"
                    | "id"
                    | "pubdate"
                    | "published"
                    | "updated"
                    | "date"
                    | "description"
                    | "summary"
                    | "content"
                    | "encoded"
                    | "author"
                    | "creator"
                    | "category"
                    | "comments"
                    | "enclosure"
                    | "source"
            )
    }

    /// An item within another one's text is that text's; within anything else, the other one was not closed.
    fn may_begin_item(&self) -> bool {
        let within_item = self.open.iter().skip_while(|open| open.role != Role::Item).skip(1);
        !within_item.map(|open| &open.element).any(|element| {
            element.space == Space::Xhtml
                || matches!(element.name.as_ref(), "content" | "description" | "summary" | "encoded")
        })
    }

    fn begin_item(&mut self) {
        self.beyond = 0;
        if let Some(at) = self.open.iter().position(|open| matches!(open.role, Role::Item | Role::Fact)) {
            self.notes.flaw("an item within another element");
            self.close_to(at);
        }
    }

    fn role(&self, space: Space, name: &str) -> Role {
        if self.open.iter().any(|open| open.role != Role::Container) {
            return Role::Inner;
        }
        match name {
            "item" | "entry" if space == Space::Feed => Role::Item,
            "rss" | "channel" | "feed" if space == Space::Feed => Role::Container,
            "rdf" => Role::Container,
            _ => Role::Fact,
        }
    }

    fn end(&mut self, raw: &str) {
        let found = self.open.iter().rposition(|open| open.raw == raw);
        let found = found.or_else(|| {
            let is_other_case = |open: &Open<'_>| open.raw.len() == raw.len() && open.raw.eq_ignore_ascii_case(raw);
            self.open.iter().rposition(is_other_case)
        });
        if self.beyond > 0 {
            self.beyond -= 1;
            // An item's own end is believed, whatever is still open within it.
            if !found.and_then(|at| self.open.get(at)).is_some_and(|open| matches!(open.role, Role::Item | Role::Fact))
            {
                return;
            }
        }
        let Some(at) = found else {
            self.notes.flaw("an end tag without a start");
            return;
        };
        if at + 1 < self.open.len() {
            self.notes.flaw("a start tag without an end");
        }
        self.beyond = 0;
        self.close_to(at);
    }

    fn text(&mut self, node: Node<'a>) {
        if let Some(open) = self.open.last_mut()
            && open.role != Role::Container
        {
            self.texts += 1;
            if self.texts > MOST_TEXTS {
                self.notes.left_out("pieces of text of an item that has too many");
            } else {
                open.element.children.push(node);
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(Open { role, element, .. }) = self.open.pop() else { return };
            match role {
                Role::Container => {}
                Role::Fact => self.finish(Part::Fact(element)),
                Role::Item => self.finish(Part::Item(element)),
                Role::Inner => {
                    if let Some(parent) = self.open.last_mut() {
                        parent.element.children.push(Node::Element(element));
                    }
                }
            }
        }
        self.scopes.leave(depth);
    }

    /// Half an address is another one: the item would come back as a new one when the document is whole again.
    fn forget_half_an_identity(&mut self) {
        let is_half = |open: &mut Open<'_>| {
            open.role == Role::Inner && matches!(open.element.name.as_ref(), "guid" | "id" | "link")
        };
        self.open.pop_if(is_half);
    }

    fn finish(&mut self, part: Part<'a>) {
        self.elements = 0;
        self.texts = 0;
        self.done.push_back(part);
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        while self.done.is_empty() {
            if self.stop.tick() {
                return None;
            }
            let inside = self.open.last().map_or("", |open| open.raw);
            match self.scan.next(inside) {
                Some(Token::Text(text)) => self.text(Node::Text(text)),
                Some(Token::Cdata(text)) => self.text(Node::Cdata(text)),
                Some(Token::Start { name, attributes, closed }) => self.start(name, attributes, closed),
                Some(Token::End(name)) => self.end(name),
                None if self.open.is_empty() => return None,
                None => {
                    self.notes.break_off();
                    if self.open.iter().any(|open| open.role == Role::Item) {
                        self.notes.half_item();
                    }
                    self.forget_half_an_identity();
                    self.close_to(0);
                    if self.done.is_empty() {
                        return None;
                    }
                }
            }
        }
        self.done.pop_front()
    }
}

fn own_base(name: &str, attributes: &str, parent: Option<&Element<'_>>, origin: &Url) -> Option<Rc<Url>> {
    let inherited = || parent.and_then(|parent| parent.base.clone());
    // CDF says it without a prefix.
    let of_channel =
        || Attributes::of(attributes).find(|own| name == "channel" && own.name.eq_ignore_ascii_case("base"));
    let value = prefixed(attributes, "xml:base").or_else(|| of_channel().map(|own| own.value));
    let Some(value) = value else { return inherited() };
    let value = entity::decode(value);
    let url = match inherited() {
        Some(base) => base.join(value.trim()),
        None => origin.join(value.trim()),
    };
    url.map_or_else(|_unusable| inherited(), |url| Some(Rc::new(url)))
}

fn own_language(attributes: &str, parent: Option<&Element<'_>>) -> Option<Rc<str>> {
    match prefixed(attributes, "xml:lang") {
        Some(value) => Some(Rc::from(value.trim())),
        None => parent.and_then(|parent| parent.language.clone()),
    }
}

fn prefixed<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    if !attributes.contains("xml:") {
        return None;
    }
    Attributes::of(attributes).find(|attribute| attribute.name == name).map(|attribute| attribute.value)
}
