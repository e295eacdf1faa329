//! What stands behind an article's last sentence and is about it: who wrote it, who the author is, where to write to.

use super::super::date;
use super::lexicon::{LEXICON, begins};
use super::line::{LABEL, Line};

/// Shown length of a line that says where to write to.
const CONTACT: usize = 200;
/// Shown length of a line that says who the author is.
const ABOUT: usize = 400;
/// Shown length of a date alone.
const DATE: usize = 24;

/// `(kabar.example/Sari Dewi)`, `[fjp/dew]`, `eqr/lmc`: a whole line that names the desk, the author, or their initials.
pub(super) fn is_initialled(line: &Line, authors: &[String]) -> bool {
    let text = line.folded.trim_end_matches('.');
    let initials: Vec<&str> = text.split('/').collect();
    let are = |length: std::ops::RangeInclusive<usize>| {
        initials.iter().all(|part| length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()))
    };
    // `and/or` is no pair of them.
    if match initials.len() {
        2 => are(3..=3),
        3..=5 => are(2..=4),
        _ => false,
    } {
        return true;
    }
    let inner = [('(', ')'), ('[', ']'), ('（', '）')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    let Some(inner) = inner.filter(|inner| line.weight <= LABEL && !inner.contains(['(', '!', '?', ':'])) else {
        return false;
    };
    let names: Vec<&str> = inner.split(['/', '|']).map(str::trim).collect();
    let is_known = |name: &&str| authors.iter().any(|author| author == name) || LEXICON.desks.contains(name);
    let is_name = |name: &&str| {
        (1..=3).contains(&name.split(' ').count()) && !name.is_empty() && !name.contains(|c: char| c.is_numeric())
    };
    names.iter().any(is_known) || (2..=4).contains(&names.len()) && names.iter().all(is_name)
}

/// `Questions? Write to newsroom@site.example`: a line with the address of a desk; or `한서윤 기자 seoyun@site.example`:
/// hardly more than an address.
pub(super) fn is_for_the_desk(line: &Line) -> bool {
    let words = || line.folded.split(' ');
    let is_address =
        |word: &str| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if line.weight <= LABEL + 20 && words().count() <= 5 && !line.ends_a_sentence() && words().any(is_address) {
        return true;
    }
    line.weight <= CONTACT
        && line.folded.split([' ', ':', '(', ')', '<', '>', ',', ';']).any(|word| {
            word.split_once('@').is_some_and(|(name, host)| {
                host.contains('.') && name.split(['.', '-', '_', '+']).any(|part| LEXICON.mailboxes.contains(part))
            })
        })
}

/// `Sari Dewi is a reporter in Jakarta.` Where the line is set off from the text, the last name is enough.
pub(super) fn is_about_author(line: &Line, authors: &[String], is_set_off: bool) -> bool {
    line.weight <= ABOUT
        && !line.is_heading()
        && authors.iter().filter(|author| author.contains(' ')).any(|author| {
            let rest = line
                .folded
                .strip_prefix(author.as_str())
                .or_else(|| behind_last_name(&line.folded, author, is_set_off))
                .map(|rest| rest.trim_start_matches([' ', ',', '–', '—', '-']));
            rest.is_some_and(|rest| LEXICON.described.iter().any(|words| begins(rest, words)))
        })
}

/// `Ms. Dewi is …`: what stands behind the author's last name with a title before it.
fn behind_last_name<'a>(line: &'a str, author: &str, is_bare: bool) -> Option<&'a str> {
    let last = author.rsplit(' ').next()?;
    if is_bare && begins(line, last) {
        return line.strip_prefix(last);
    }
    let (title, rest) = line.split_once(' ')?;
    LEXICON.titles.contains(&title).then(|| rest.strip_prefix(last).filter(|_| begins(rest, last)))?
}

/// Nothing but a date, which some systems repeat below the text.
pub(super) fn is_date_alone(line: &Line) -> bool {
    line.weight <= DATE
        && !line.is_heading()
        && line.folded.split(' ').count() <= 4
        && date::find(&line.block.text).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;

    fn line(text: &str) -> Line {
        Line::new(Tree::read(&format!("<p>{text}</p>")).blocks().remove(0))
    }

    #[test]
    fn a_line_that_signs_is_told_from_a_sentence_in_brackets() {
        let authors = ["sari dewi".to_owned()];
        for signed in ["(kabar.example/Sari Dewi)", "[fjp/dew]", "(Sari Dewi)", "（编辑部）", "eqr/lmc/jd", "(redaksi)"]
        {
            assert!(is_initialled(&line(signed), &authors), "{signed}");
        }
        for said in
            ["(Itu pun tidak pernah terjadi lagi.)", "(1987/88)", "and/or", "(foto)", "Sari Dewi", "hitam/putih"]
        {
            assert!(!is_initialled(&line(said), &authors), "{said}");
        }
    }

    #[test]
    fn the_address_of_a_desk_is_told_from_others() {
        assert!(is_for_the_desk(&line("Ada pertanyaan? Kirim ke redaksi@kota.example")));
        assert!(is_for_the_desk(&line("<em>Do you have a story? Email tips@example.com</em>")));
        assert!(!is_for_the_desk(&line("Residents can write to consultation@rivers.example until May.")));
        assert!(!is_for_the_desk(&line("Redaksi pindah ke jalan lain.")));
    }

    #[test]
    fn who_the_author_is_is_told_from_what_the_author_did() {
        let authors = ["helen marsh".to_owned()];
        assert!(is_about_author(&line("Helen Marsh is the transport correspondent of the paper."), &authors, false));
        assert!(is_about_author(&line("Ms. Marsh is a columnist and the author of “Dry Shelves”."), &authors, false));
        assert!(!is_about_author(&line("Ms. Marshall is a columnist."), &authors, false));
        assert!(!is_about_author(&line("Helen Marsh lost her way in the fog."), &authors, false));
        assert!(!is_about_author(&line("Ruth Ellery is the captain of the ferry."), &authors, false));
    }
}
