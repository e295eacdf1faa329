//! Makes strict JSON of what was meant for it: comments and commas too many go, what a string may not hold is escaped,
//! quotes and words of JavaScript and Python (`'a'`, `NaN`, `None`) become those of JSON, a document that breaks off ends
//! behind its last whole object. Adds no value that was not there.

/// Values deeper than this are none of a feed.
const DEPTH: usize = 60;

/// Where a document ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    /// It breaks off; so many brackets are open behind the last whole object.
    Within(usize),
}

/// The text with its flaws mended, and where it ended.
pub(super) fn mended(text: &str) -> (String, Ending) {
    let mut mend = Mend { out: String::with_capacity(text.len() + 16), ..Mend::default() };
    let mut rest = text;
    while let Some(c) = rest.chars().next()
        && !mend.is_whole()
    {
        rest = mend.take(c, rest);
    }
    if mend.is_whole() {
        return (mend.out, Ending::Whole);
    }
    mend.out.truncate(mend.sound);
    mend.open.truncate(mend.sound_depth);
    mend.close_to(0);
    (mend.out, Ending::Within(mend.sound_depth))
}

#[derive(Default)]
struct Mend {
    out: String,
    /// The brackets that close what is open.
    open: Vec<char>,
    /// Open brackets that are left out.
    beyond: usize,
    /// Where the last whole object ended, and how many brackets were open there.
    sound: usize,
    sound_depth: usize,
}

impl Mend {
    fn is_whole(&self) -> bool {
        self.open.is_empty() && !self.out.trim_start().is_empty()
    }

    /// Takes what `rest` begins with, of which `c` is the first character; returns what follows.
    fn take<'a>(&mut self, c: char, rest: &'a str) -> &'a str {
        let after = rest.split_at(c.len_utf8()).1;
        match c {
            '"' | '\'' => return self.string(after, c),
            '/' if after.starts_with('/') => return rest.split_once('\n').map_or("", |(_, after)| after),
            '/' if after.starts_with('*') => return after.split_once("*/").map_or("", |(_, after)| after),
            '{' => self.begin('{', '}'),
            '[' => self.begin('[', ']'),
            '}' | ']' => self.end(c),
            // Stray marks and white space of other kinds.
            '\u{feff}' | '\0' => {}
            _ if self.beyond > 0 => {}
            // `1e5` is a number.
            'a'..='z' | 'A'..='Z' if !self.out.ends_with(|c: char| c.is_ascii_digit() || c == '.') => {
                return self.word(rest);
            }
            ',' if self.follows_nothing() => {}
            // One is enough: nothing may look back over many of them again and again.
            c if c.is_whitespace() => {
                if !self.out.ends_with(' ') {
                    self.out.push(' ');
                }
            }
            c => self.out.push(c),
        }
        after
    }

    /// A comma here would have no value before it.
    fn follows_nothing(&self) -> bool {
        self.out.strip_suffix(' ').unwrap_or(&self.out).ends_with([',', '{', '['])
    }

    fn begin(&mut self, opening: char, closing: char) {
        if self.beyond > 0 || self.open.len() >= DEPTH {
            if self.beyond == 0 {
                self.out.push_str("null");
            }
            self.beyond += 1;
            return;
        }
        self.out.push(opening);
        self.open.push(closing);
    }

    fn end(&mut self, closing: char) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        // One that opens nothing is left out; those that were forgotten are put in.
        let Some(at) = self.open.iter().rposition(|open| *open == closing) else { return };
        self.close_to(at);
        // Also where the list ends that the last whole object is in: what is closed is not open any more.
        if closing == '}' || at < self.sound_depth {
            (self.sound, self.sound_depth) = (self.out.len(), at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(closing) = self.open.pop() else { return };
            self.out.truncate(self.out.trim_end_matches([' ', ',']).len());
            self.out.push(closing);
        }
    }

    /// A word without quotes: the name of a field, or a value.
    fn word<'a>(&mut self, text: &'a str) -> &'a str {
        let length = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$').unwrap_or(text.len());
        let (word, after) = text.split_at(length);
        match word {
            "true" | "True" => self.out.push_str("true"),
            "false" | "False" => self.out.push_str("false"),
            _ if after.trim_start().starts_with(':') => {
                self.out.push('"');
                self.out.push_str(word);
                self.out.push('"');
            }
            _ => {
                // `-Infinity`
                self.out.truncate(self.out.trim_end_matches('-').len());
                self.out.push_str("null");
            }
        }
        after
    }

    /// A string from behind its first quote on.
    fn string<'a>(&mut self, text: &'a str, quote: char) -> &'a str {
        let mut escaped = false;
        let end = text.bytes().position(|byte| {
            let is_end = char::from(byte) == quote && !escaped;
            escaped = byte == b'\\' && !escaped;
            is_end
        });
        let (inside, after) = text.split_at(end.unwrap_or(text.len()));
        if self.beyond == 0 {
            self.out.push('"');
            self.escape(inside);
            self.out.push('"');
        }
        after.strip_prefix(quote).unwrap_or(after)
    }

    fn escape(&mut self, inside: &str) {
        let mut rest = inside;
        while let Some(c) = rest.chars().next() {
            let (head, tail) = rest.split_at(c.len_utf8());
            rest = tail;
            match c {
                '\\' => {
                    let length = escape(tail);
                    let (name, after) = tail.split_at(length.unwrap_or(0));
                    match length {
                        Some(0) => self.out.push_str("\\ufffd"),
                        Some(_) => {
                            self.out.push('\\');
                            self.out.push_str(name);
                        }
                        None if tail.starts_with('\'') => {}
                        None => self.out.push_str("\\\\"),
                    }
                    // Half of a character is no character.
                    rest = if length == Some(0) { tail.get(5..).unwrap_or_default() } else { after };
                }
                '"' => self.out.push_str("\\\""),
                c if c < ' ' => self.out.push_str(&format!("\\u{:04x}", u32::from(c))),
                _ => self.out.push_str(head),
            }
        }
    }
}

/// How many bytes belong to the backslash before `tail`: none for half a character, `None` where it is just a backslash.
fn escape(tail: &str) -> Option<usize> {
    let unit = |from: usize| {
        let digits = tail.get(from..from + 5)?.strip_prefix('u')?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    match tail.as_bytes().first()? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(1),
        b'u' => match unit(0)? {
            0xd800..=0xdbff => {
                let is_pair = tail.as_bytes().get(5) == Some(&b'\\')
                    && unit(6).is_some_and(|low| (0xdc00..=0xdfff).contains(&low));
                Some(if is_pair { 11 } else { 0 })
            }
            0xdc00..=0xdfff => Some(0),
            _ => Some(5),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flaws_are_mended_and_the_rest_stays() {
        for (text, strict) in [
            ("{\"a\": [1, 2, ], }", "{\"a\": [1, 2]}"),
            ("{\"a\":1,,\"b\":2} trailing", "{\"a\":1,\"b\":2}"),
            ("{// one\n\"a\": /* two */ \"//\"}", "{\"a\": \"//\"}"),
            ("{\"a\":\"x\ny\\qz\\\"\"}", "{\"a\":\"x\\u000ay\\\\qz\\\"\"}"),
            ("{\"a\":\"\\ud83d\\ude00 \\ud83d x\"}", "{\"a\":\"\\ud83d\\ude00 \\ufffd x\"}"),
            ("{\"a\":[{\"b\":1},{\"c\":\"ha", "{\"a\":[{\"b\":1}]}"),
            ("{\"a\":[{\"b\":1},{\"c\":2}, \"d\":", "{\"a\":[{\"b\":1},{\"c\":2}]}"),
            ("{\"a\":[{\"b\":1}]", "{\"a\":[{\"b\":1}]}"),
            ("{\"a\":[{\"b\":1}], \"c\": \"ha", "{\"a\":[{\"b\":1}]}"),
            ("{\"a\":[{\"b\":[1],\"c\":[2", ""),
            (
                "{'a': 'it\\'s \"so\"', b: NaN, \"c\": -Infinity}",
                "{\"a\": \"it's \\\"so\\\"\", \"b\": null, \"c\": null}",
            ),
            (
                "{'a': None, 'b': True, 'c': 1e5, 'd': undefined,}",
                "{\"a\": null, \"b\": true, \"c\": 1e5, \"d\": null}",
            ),
            ("{\"a\":[1}", "{\"a\":[1]}"),
            ("{\"a\":1]}", "{\"a\":1}"),
        ] {
            assert_eq!(mended(text).0, strict, "{text}");
        }
    }

    #[test]
    fn no_comma_looks_back_over_all_that_was_left_out() {
        let (text, _) = mended(&format!("{{\"a\":1{}{}}}", " ".repeat(1 << 20), ",".repeat(1 << 20)));
        assert_eq!(text, "{\"a\":1}");
    }

    #[test]
    fn what_nests_too_deep_is_left_out() {
        let (text, _) = mended(&format!("{{\"a\":{}1{},\"b\":2}}", "[".repeat(100_000), "]".repeat(100_000)));
        assert!(text.ends_with("null]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],\"b\":2}"), "{text}");
    }
}
