//! What a query asks of the index: one MATCH expression for a whole subtree that is about words.

use crate::model::query::{Query, Text, Within};
use crate::model::terms::Salient;
use crate::model::terms::found;
use crate::model::terms::query::Wanted;
use crate::model::terms::stem::Stems;

/// The expression for a query that is about words alone, and that some article must say; else `None`.
pub fn expression(query: &Query, languages: &[&str], stems: &mut Stems) -> Option<String> {
    match query {
        Query::Text(within, text) => leaf(*within, text, languages, stems),
        Query::Or(parts) if !parts.is_empty() => {
            let parts: Option<Vec<String>> = parts.iter().map(|part| expression(part, languages, stems)).collect();
            parts.map(|parts| format!("({})", parts.join(" OR ")))
        }
        Query::And(parts) => {
            let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
            for part in parts {
                match part {
                    Query::Not(inner) => unwanted.push(expression(inner, languages, stems)?),
                    part => wanted.push(expression(part, languages, stems)?),
                }
            }
            if wanted.is_empty() {
                return None;
            }
            let wanted = format!("({})", wanted.join(" AND "));
            Some(if unwanted.is_empty() { wanted } else { format!("({wanted} NOT ({}))", unwanted.join(" OR ")) })
        }
        _ => None,
    }
}

fn leaf(within: Within, text: &Text, languages: &[&str], stems: &mut Stems) -> Option<String> {
    let (surface, all) = match within {
        // No column is left out: what stands in `often` is no word ([`Salient`]).
        Within::All => ("{title body author} : ", ""),
        Within::Title => ("{title} : ", "{title} : "),
        Within::Body => ("{body} : ", "{body body_stems} : "),
        Within::Author => ("{author} : ", "{author} : "),
        Within::Url => return None,
    };
    match (found::of(text, languages, stems)?, within) {
        // From a list of what titles say, which is short where the word is common in texts.
        (wanted @ Wanted::Any(_), Within::Title) => salient(wanted, Salient::InTitle),
        (wanted, _) => restricted(&wanted, surface, all),
    }
}

/// The expression for what one text of a query looks for where that tells what an article is about.
pub(super) fn salient(wanted: Wanted, place: Salient) -> Option<String> {
    let marked = |tokens: Vec<String>| tokens.iter().map(|token| place.token(token)).collect();
    let wanted = match wanted {
        Wanted::Any(tokens) => Wanted::Any(marked(tokens)),
        Wanted::Begun(tokens) => Wanted::Begun(marked(tokens)),
        Wanted::Prefix(tokens) if tokens.len() == 1 || place == Salient::InTitle => Wanted::Prefix(marked(tokens)),
        Wanted::Phrase(tokens) if place == Salient::InTitle => Wanted::Phrase(marked(tokens)),
        // What is said often has no order.
        Wanted::Prefix(_) | Wanted::Phrase(_) | Wanted::Near(..) | Wanted::Nothing => return None,
    };
    restricted(&wanted, "", "")
}

/// The expression for what one text of a query looks for, in these columns.
fn restricted(wanted: &Wanted, surface: &str, all: &str) -> Option<String> {
    // Tokens have letters, marks and digits alone: nothing in them ends the quotation.
    Some(match wanted {
        Wanted::Any(tokens) => {
            let tokens: Vec<String> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
            format!("({all}({}))", tokens.join(" OR "))
        }
        Wanted::Phrase(tokens) => format!("({surface}\"{}\")", tokens.join(" ")),
        Wanted::Prefix(tokens) => format!("({surface}\"{}\" *)", tokens.join(" ")),
        Wanted::Begun(tokens) => {
            let tokens: Vec<String> = tokens.iter().map(|token| format!("\"{token}\" *")).collect();
            format!("({surface}({}))", tokens.join(" OR "))
        }
        Wanted::Near(tokens, others) => {
            let tokens: Vec<String> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
            format!("({surface}NEAR({}, {others}))", tokens.join(" "))
        }
        Wanted::Nothing => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Option<String> {
        expression(&Query::parse(query).unwrap(), &["id"], &mut Stems::default())
    }

    #[test]
    fn a_subtree_of_words_is_one_expression() {
        assert_eq!(of("title:banjir").unwrap(), "((\"¹banjir\"))");
        assert_eq!(
            of("title:\"a b\" (author:ratna OR body:gem*) -title:rob").unwrap(),
            "((({title} : \"a b\") AND (({author} : (\"ratna\")) OR ({body} : \"gem\" *))) \
             NOT (((\"¹rob\"))))"
        );
        assert_eq!(of("\"b a\"~5").unwrap(), "({title body author} : NEAR(\"a\" \"b\", 5))");
        assert_eq!(of("title:الكر*").unwrap(), "({title} : (\"الكر\" * OR \"كر\" *))");
        assert_eq!(of("rusia-amer*").unwrap(), "({title body author} : \"rusia amer\" *)");
        for other in ["unread", "banjir unread", "-banjir", "banjir OR -rob", "url:x", "~x", "()", "🚀"] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
