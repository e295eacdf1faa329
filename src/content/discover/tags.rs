//! The start tags of a page. A tolerant scan, no HTML parser: it must not hang or run deep on a page that is hostile or
//! broken.

/// Elements whose content is text, not markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// One start tag.
pub(super) struct Tag {
    /// In small letters.
    pub name: String,
    /// What a `<script>` holds.
    pub text: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(unescape(value.trim()))
    }
}

/// The start tags of a page, as far as they can be made out.
pub(super) struct Tags<'a> {
    pub rest: &'a str,
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let (_, after) = self.rest.split_once('<')?;
            self.rest = after;
            if let Some(comment) = after.strip_prefix("!--") {
                self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
                continue;
            }
            if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let mut tag = self.tag();
            if RAW.contains(&tag.name.as_str()) {
                let text = self.skip_to_end_of(&tag.name);
                if tag.name == "script" {
                    text.clone_into(&mut tag.text);
                }
            }
            return Some(tag);
        }
    }
}

impl<'a> Tags<'a> {
    fn tag(&mut self) -> Tag {
        let name = self.take(|c| c.is_whitespace() || matches!(c, '>' | '/')).to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if self.rest.is_empty() {
                break;
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                break;
            }
            let name = self.take(|c| c.is_whitespace() || matches!(c, '=' | '>' | '/')).to_ascii_lowercase();
            self.rest = self.rest.trim_start();
            let value = match self.rest.strip_prefix('=') {
                Some(rest) => {
                    self.rest = rest.trim_start();
                    self.value().to_owned()
                }
                None => String::new(),
            };
            attributes.push((name, value));
        }
        Tag { name, text: String::new(), attributes }
    }

    fn value(&mut self) -> &'a str {
        let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return self.take(|c| c.is_whitespace() || c == '>');
        };
        let inside = self.rest.get(1..).unwrap_or_default();
        let (value, rest) = inside.split_once(quote).unwrap_or((inside, ""));
        self.rest = rest;
        value
    }

    /// What comes before the first character that ends it.
    fn take(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let (taken, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// Goes past the element's end, and returns what it holds.
    fn skip_to_end_of(&mut self, name: &str) -> &'a str {
        let start = self.rest;
        loop {
            let Some((_, rest)) = self.rest.split_once("</") else {
                self.rest = "";
                return start;
            };
            self.rest = rest;
            if rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
                return start.get(..start.len() - rest.len() - "</".len()).unwrap_or_default();
            }
        }
    }
}

/// The references that addresses are written with.
fn unescape(value: &str) -> String {
    let mut plain = value.to_owned();
    for (written, meant) in [
        ("&#38;", "&"),
        ("&#x26;", "&"),
        ("&#x2F;", "/"),
        ("&#x2f;", "/"),
        ("&#47;", "/"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(written, meant);
    }
    plain
}
