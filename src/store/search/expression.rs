//! What a query asks of the index: one MATCH expression for a whole subtree that is about words.

use crate::model::query::{Query, Text, Within};
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
        Within::All => ("{title body author}", "{title title_stems body body_stems author}"),
        Within::Title => ("{title}", "{title title_stems}"),
        Within::Body => ("{body}", "{body body_stems}"),
        Within::Author => ("{author}", "{author}"),
        Within::Url => return None,
    };
    restricted(&found::of(text, languages, stems)?, surface, all)
}

/// The expression for what one text of a query looks for, in these columns.
pub(super) fn restricted(wanted: &Wanted, surface: &str, all: &str) -> Option<String> {
    // Tokens have letters, marks and digits alone: nothing in them ends the quotation.
    Some(match wanted {
        Wanted::Any(tokens) => {
            let tokens: Vec<String> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
            format!("({all} : ({}))", tokens.join(" OR "))
        }
        Wanted::Phrase(tokens) => format!("({surface} : \"{}\")", tokens.join(" ")),
        Wanted::Prefix(start) => format!("({surface} : \"{start}\" *)"),
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
        assert_eq!(of("title:banjir").unwrap(), "({title title_stems} : (\"banjir\"))");
        assert_eq!(
            of("title:\"a b\" (author:ratna OR body:gem*) -title:rob").unwrap(),
            "((({title} : \"a b\") AND (({author} : (\"ratna\")) OR ({body} : \"gem\" *))) \
             NOT (({title title_stems} : (\"rob\"))))"
        );
        for other in ["unread", "banjir unread", "-banjir", "banjir OR -rob", "url:x", "~x", "()", "🚀"] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
