//! Cuts HTML into tags and text, following the tokenizer of the HTML standard for everything that decides where a tag
//! ends. Builds no tree and judges nothing.

use memchr::{memchr, memmem};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// References not decoded; may contain a `<` that opens no tag.
    Text(&'a str),
    Start(Tag<'a>),
    /// The name of an end tag.
    End(&'a str),
    /// A comment, a declaration, or a tag that the end of the document cuts off.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// As written, in any case.
    pub name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    #[must_use]
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes::of(self.attributes)
    }

    /// Whether the tag ends in `/>`. HTML does not heed that, XML does.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.attributes.ends_with('/')
    }

    /// Its width and height, as far as they are told.
    pub fn sides(&self) -> impl Iterator<Item = &'a str> {
        ["width", "height"].into_iter().filter_map(|side| self.attribute(side))
    }

    /// The raw value of the first attribute of that (lower-case) name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|attribute| attribute.name.eq_ignore_ascii_case(name)).map(|attribute| attribute.value)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// As written, in any case.
    pub name: &'a str,
    /// References not decoded.
    pub value: &'a str,
    /// The value stands in double quotes.
    pub quoted: bool,
}

#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    #[must_use]
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    /// Where the next token begins.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// Goes on from there.
    pub fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Moves behind the end tag of an element whose content is no markup (`script`, `style`, …), or to the end of the text;
    /// whether there is such a tag.
    pub fn skip_raw(&mut self, name: &str) -> bool {
        let bytes = self.html.as_bytes();
        let mut from = self.at;
        while let Some(found) = bytes.get(from..).and_then(|rest| memmem::find(rest, b"</")) {
            let start = from + found + 2;
            let is_end = bytes
                .get(start..start + name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                && bytes.get(start + name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
            if is_end {
                self.at = find(bytes, start, b'>').map_or(bytes.len(), |end| end + 1);
                return true;
            }
            from = start;
        }
        self.at = bytes.len();
        false
    }

    fn cut(&self, from: usize, to: usize) -> &'a str {
        // All cuts are made beside ASCII characters, so none falls within a character.
        self.html.get(from..to).unwrap_or_default()
    }

    fn tag(&mut self, start: usize) -> Token<'a> {
        let bytes = self.html.as_bytes();
        let name_end = end_of_name(bytes, start);
        let mut attributes = Attributes { text: self.cut(name_end, bytes.len()), at: 0 };
        while attributes.next().is_some() {}
        let end = name_end + attributes.at;
        let name = self.cut(start, name_end);
        if bytes.get(end) == Some(&b'>') {
            self.at = end + 1;
            Token::Start(Tag { name, attributes: self.cut(name_end, end) })
        } else {
            self.at = bytes.len();
            Token::Other
        }
    }

    fn declaration(&mut self, start: usize) {
        let bytes = self.html.as_bytes();
        let rest = bytes.get(start..).unwrap_or_default();
        let length = match rest.strip_prefix(b"<!--") {
            Some([b'>', ..]) => Some(5),
            Some([b'-', b'>', ..]) => Some(6),
            Some(inside) => memmem::find(inside, b"-->").map(|end| end + 7),
            None => memchr(b'>', rest).map(|end| end + 1),
        };
        self.at = length.map_or(bytes.len(), |length| start + length);
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        let start = self.at;
        let first = *bytes.get(start)?;
        if first == b'<' {
            match bytes.get(start + 1) {
                Some(b) if b.is_ascii_alphabetic() => return Some(self.tag(start + 1)),
                Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    let token = self.tag(start + 2);
                    return Some(match token {
                        Token::Start(tag) => Token::End(tag.name),
                        other => other,
                    });
                }
                Some(b'!' | b'?' | b'/') => {
                    self.declaration(start);
                    return Some(Token::Other);
                }
                _ => {}
            }
        }
        // Text: up to the next `<` that opens something.
        let mut from = start + 1;
        self.at = loop {
            let Some(next) = find(bytes, from, b'<') else {
                break bytes.len();
            };
            if bytes.get(next + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'!' | b'?' | b'/')) {
                break next;
            }
            from = next + 1;
        };
        Some(Token::Text(self.cut(start, self.at)))
    }
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    memchr(byte, bytes.get(from..)?).map(|at| from + at)
}

fn end_of_name(bytes: &[u8], from: usize) -> usize {
    bytes
        .get(from..)
        .unwrap_or_default()
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
        .map_or(bytes.len(), |length| from + length)
}

/// The attributes of one tag; stands at the closing `>` (or the end of the text) when it is through.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Attributes<'a> {
    /// The attributes in `text`, which is a tag's inside without its name.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let bytes = self.text.as_bytes();
        let skip_space = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
            at
        };
        let mut at = self.at;
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            at += 1;
        }
        self.at = at;
        if matches!(bytes.get(at), None | Some(b'>')) {
            return None;
        }
        // A name may begin with `=`, oddly.
        let mut name_end = at + 1;
        while bytes.get(name_end).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'=')) {
            name_end += 1;
        }
        let name = self.text.get(at..name_end).unwrap_or_default();
        let equals = skip_space(name_end);
        if bytes.get(equals) != Some(&b'=') {
            self.at = name_end;
            return Some(Attribute { name, value: "", quoted: false });
        }
        let start = skip_space(equals + 1);
        let quote = bytes.get(start).copied();
        if let Some(quote @ (b'"' | b'\'')) = quote {
            let Some(end) = find(bytes, start + 1, quote) else {
                self.at = bytes.len();
                return None;
            };
            self.at = end + 1;
            return Some(Attribute {
                name,
                value: self.text.get(start + 1..end).unwrap_or_default(),
                quoted: quote == b'"',
            });
        }
        let mut end = start;
        while bytes.get(end).is_some_and(|b| !b.is_ascii_whitespace() && *b != b'>') {
            end += 1;
        }
        self.at = end;
        Some(Attribute { name, value: self.text.get(start..end).unwrap_or_default(), quoted: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(html: &str) -> Vec<String> {
        Tokens::new(html)
            .map(|token| match token {
                Token::Text(text) => format!("'{text}'"),
                Token::Start(tag) => {
                    let attributes: Vec<String> =
                        tag.attributes().map(|a| format!(" {}={}", a.name, a.value)).collect();
                    format!("<{}{}>", tag.name, attributes.concat())
                }
                Token::End(name) => format!("</{name}>"),
                Token::Other => "!".to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_end_where_browsers_end_them() {
        assert_eq!(shape("<a href='x>y' b=\"c\" d = e/f g>t</a >"), ["<a href=x>y b=c d=e/f g=>", "'t'", "</a>"]);
        assert_eq!(shape("<p/><br /><!--x>--y-->z"), ["<p>", "<br>", "!", "'z'"]);
        assert_eq!(shape("1 < 2 <3 </ x> <b"), ["'1 < 2 <3 '", "!", "' '", "!"]);
        assert_eq!(shape("<a b='unclosed>"), ["!"]);
    }

    #[test]
    fn raw_content_ends_with_its_own_end_tag() {
        let mut tokens = Tokens::new("<script>if (a</b>) '</scripty>'</SCRIPT >rest");
        tokens.next();
        tokens.skip_raw("script");
        assert_eq!(tokens.next(), Some(Token::Text("rest")));
    }
}
