//! What is clutter among the lines of an article. A sentence of the article is never worth a rule: each one applies to
//! short lines, and none to words that the article itself is about.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::date;
use super::clean::About;
use super::ending::{is_about_author, is_date_alone, is_for_the_desk, is_initialled};
use super::lexicon::{LEXICON, begins, folded, is_to_the_reader};
use super::line::{
    LABEL, Line, SEE_ALSO, is_about_tail, is_bare_link, is_byline, is_credit, is_footer, is_label, is_more_folded,
    is_see_also, is_tail, letters,
};
use super::signed::reporters;
use super::tree::Inside;

/// Shown length up to which a line can be a plea, and one that asks for several things.
const PLEA: usize = 240;
const PLEAS: usize = 480;
/// Shown length from which a line that comes again is a repetition, not a refrain.
const REPEATED: usize = 40;
/// Sites that a list of links leads to when it gathers what was found all over.
const ROUNDUP: usize = 3;
/// Lines of a box that asks for something.
const BOX: usize = 12;
/// Shown length of a date with the time of day.
const DATED: usize = 40;
/// Shown length of what is said about an author below the text.
const ABOUT: usize = 600;

/// `…, the governor wrote on his WhatsApp channel.`: a sentence of the article that speaks of such things.
fn is_mention(line: &Line, held: &[usize]) -> bool {
    matches!(held, [plea] if LEXICON.pleas.is_mention(*plea))
        && line.is_told()
        && line.linked() < 0.3
        && !is_to_the_reader(&line.folded)
}

pub(super) struct Rules<'a> {
    is_feed: bool,
    lines: &'a [Line],
    /// Which lines stand together in one element.
    boxes: &'a [Range<usize>],
    title: String,
    authors: Vec<String>,
    /// Pleas whose words the article itself uses again and again.
    topical: HashSet<usize>,
    /// The pleas that each line that is short enough for one holds.
    pleas: Vec<Vec<usize>>,
    told: usize,
}

impl<'a> Rules<'a> {
    pub(super) fn new(lines: &'a [Line], boxes: &'a [Range<usize>], about: About<'_>) -> Self {
        let title = folded(about.title.unwrap_or_default());
        let held = |line: &Line| {
            let held = if line.weight <= PLEAS { LEXICON.pleas.held(&line.folded) } else { Vec::new() };
            let is_short = line.weight <= PLEA || held.len() > 1;
            if is_short && !is_mention(line, &held) { held } else { Vec::new() }
        };
        let pleas: Vec<Vec<usize>> = lines.iter().map(held).collect();
        let mut topical: HashSet<usize> = HashSet::new();
        if pleas.iter().any(|held| !held.is_empty()) {
            let mut uses: HashMap<usize, usize> = HashMap::new();
            for plea in lines.iter().filter(|line| line.is_prose()).flat_map(|line| LEXICON.pleas.held(&line.folded)) {
                *uses.entry(plea).or_default() += 1;
            }
            topical.extend(uses.into_iter().filter(|(_, n)| *n >= 3).map(|(plea, _)| plea));
            topical.extend(LEXICON.pleas.held(&title));
        }
        Self {
            is_feed: about.is_feed,
            title: letters(&title),
            authors: about.authors.iter().map(|name| folded(name)).collect(),
            topical,
            pleas,
            boxes,
            told: lines.iter().filter(|line| line.is_told()).map(|line| line.weight).sum(),
            lines,
        }
    }

    /// Which of the lines go.
    pub(super) fn verdicts(&self) -> Vec<bool> {
        let mut clutter: Vec<bool> =
            self.lines.iter().enumerate().map(|(at, line)| self.is_clutter(at, line)).collect();
        self.mark_repeated(&mut clutter);
        if !self.is_feed {
            self.mark_link_lists(&mut clutter);
        }
        self.mark_contents(&mut clutter);
        if !self.is_feed {
            self.mark_cards(&mut clutter);
        }
        self.mark_offers(&mut clutter);
        self.mark_tail(&mut clutter);
        self.mark_ending(&mut clutter);
        self.mark_empty_headings(&mut clutter);
        clutter
    }

    fn is_clutter(&self, at: usize, line: &Line) -> bool {
        if line.weight == 0 || line.block.inside == Inside::Table || line.block.name == "pre" {
            return false;
        }
        is_label(line) && !self.is_subject(at, line)
            || is_see_also(line)
            || is_credit(line)
            || is_footer(line)
            || self.is_plea(at, line)
            || (if self.is_feed { is_more_folded(&line.folded, line.linked() > 0.3) } else { is_bare_link(line) })
            || (at < 6 && self.is_head_matter(at, line))
            || self.is_signature(line)
    }

    /// Whether a line names a service as what the article is about: in a list or a heading between its sentences. Where a page
    /// offers to share it the names are links, or stand before or behind the text.
    fn is_subject(&self, at: usize, line: &Line) -> bool {
        let is_told = |lines: Option<&[Line]>| lines.is_some_and(|lines| lines.iter().any(Line::is_told));
        LEXICON.shares.contains(line.bare())
            && line.linked() == 0.0
            && (line.is_heading() || line.block.inside == Inside::List)
            && is_told(self.lines.get(..at))
            && is_told(self.lines.get(at + 1..))
    }

    fn is_plea(&self, at: usize, line: &Line) -> bool {
        // In the midst of a feed's text a sentence may well speak of these things.
        !line.is_heading() && (!self.is_feed || line.linked() >= 0.3) && self.pleads(at)
    }

    /// Whether a line holds a plea that the article is not about.
    fn pleads(&self, at: usize) -> bool {
        self.pleas.get(at).is_some_and(|held| held.iter().any(|plea| !self.topical.contains(plea)))
    }

    /// Whether a line offers letters by mail and the like, or asks for something.
    fn offers(&self, at: usize, line: &Line) -> bool {
        self.pleads(at) || line.weight <= PLEA && LEXICON.offer.is_held(&line.folded)
    }

    /// A heading that offers letters by mail and the like, with what it offers: the lines below that go on about it, and the
    /// whole box where no sentence in it says anything else.
    fn mark_offers(&self, clutter: &mut [bool]) {
        // Outside a box a single word is not enough: a sentence of the article may hold it.
        let insists = |line: &Line| line.weight <= PLEA && LEXICON.offer.held(&line.folded).len() > 1;
        for (at, line) in self.lines.iter().enumerate() {
            let is_titled = line.weight <= LABEL + 20 && (line.is_heading() || !line.ends_a_sentence());
            if !is_titled || line.block.inside == Inside::Table || !self.offers(at, line) {
                continue;
            }
            let goes_on = |(n, line): &(usize, &Line)| self.pleads(*n) || insists(line);
            let run = 1 + self.lines.iter().enumerate().skip(at + 1).take(BOX).take_while(goes_on).count();
            let is_about_it = |n: usize| self.lines.get(n).is_none_or(|line| !line.is_told() || self.offers(n, line));
            let is_box = |within: &&Range<usize>| {
                within.start == at && within.len() <= BOX && (within.start..within.end).all(is_about_it)
            };
            let boxed = self.boxes.iter().filter(is_box).map(Range::len).max().unwrap_or(0);
            let length = run.max(boxed);
            let below = self.lines.iter().enumerate().skip(at + 1).take(length - 1);
            let is_offer = below.clone().any(|(n, line)| self.offers(n, line));
            let is_certain =
                (at..at + length).any(|n| self.pleads(n)) || boxed > 0 && below.clone().any(|(_, line)| insists(line));
            if is_offer && is_certain {
                clutter.iter_mut().skip(at).take(length).for_each(|is_clutter| *is_clutter = true);
            }
        }
    }

    /// What stands behind the last sentences: pleas, who wrote them, where to write to, who the author is.
    fn mark_ending(&self, clutter: &mut [bool]) {
        // Lines that stay, on the way back.
        let mut kept = 0;
        for (at, line) in self.lines.iter().enumerate().rev() {
            let Some(is_clutter) = clutter.get_mut(at) else { continue };
            if *is_clutter || line.weight == 0 {
                continue;
            }
            if line.block.inside == Inside::Table || line.block.name == "pre" || kept > 2 {
                return;
            }
            // A sentence that speaks of these things may be the article's last but one.
            let is_plea = (kept == 0 || !line.ends_a_sentence()) && !line.is_heading() && self.pleads(at);
            let is_of_the_desk = is_byline(line) || is_for_the_desk(line) || is_initialled(line, &self.authors);
            // `___`, and then the last name alone.
            let is_set_off =
                at.checked_sub(1).and_then(|at| self.lines.get(at)).is_some_and(|line| line.letters.is_empty());
            let is_page_matter = is_about_author(line, &self.authors, is_set_off) || is_date_alone(line);
            *is_clutter = is_plea || is_of_the_desk || (!self.is_feed || kept == 0) && is_page_matter;
            kept += usize::from(!*is_clutter);
        }
    }

    /// The title again, the date, the byline: what stands before the first paragraph.
    fn is_head_matter(&self, at: usize, line: &Line) -> bool {
        let is_before_prose = !self.lines.iter().take(at).any(Line::is_prose);
        if !self.title.is_empty() && line.letters == self.title && (is_before_prose || line.is_heading()) {
            return true;
        }
        // `2024年11月21日 09:15 新网新闻 收藏 微博`: what begins with the date may bring along more.
        let most = if line.block.text.starts_with(|c: char| c.is_numeric()) { 110 } else { 50 };
        let is_said = LEXICON.dated.iter().any(|start| begins(line.bare(), start));
        let most = if is_said { 110 } else { most };
        let is_dateline = line.weight <= most && !line.ends_a_sentence() && date::find(&line.block.text).is_some();
        let is_reporter = line.weight <= LABEL && !line.ends_a_sentence() && !reporters(&line.block.text).is_empty();
        // How often it was read, or how many have written about it.
        let is_count = line.bare().starts_with(char::is_numeric)
            && !line.is_heading()
            && line.bare().chars().all(|c| c.is_numeric() || matches!(c, '.' | ',' | 'k' | 'm'));
        let is_about = !self.is_feed && is_about_author(line, &self.authors, false);
        // A lead may stand before that.
        let is_dated = is_said && is_dateline;
        is_dated || is_before_prose && (is_dateline || is_reporter || is_byline(line) || is_count || is_about)
    }

    /// The author's name alone on its line, wherever it stands.
    fn is_signature(&self, line: &Line) -> bool {
        let name = line.bare();
        if line.weight > LABEL || line.ends_a_sentence() {
            return false;
        }
        let is_named = self.authors.iter().any(|author| author == name) && !line.is_heading();
        // `Laporan Reporter Kabar Kota, Sari Dewi`
        let is_report = is_byline(line) && self.authors.iter().any(|author| name.ends_with(author.as_str()));
        is_named || is_report || LEXICON.desks.contains(&name)
    }

    /// A teaser that begins a later paragraph, and what is printed again.
    fn mark_repeated(&self, clutter: &mut [bool]) {
        let mut seen: HashSet<&str> = HashSet::new();
        for (at, line) in self.lines.iter().enumerate() {
            if line.weight < REPEATED || line.block.inside == Inside::Table || clutter.get(at) == Some(&true) {
                continue;
            }
            let is_teaser = at < 5
                && self.lines.iter().skip(at + 1).take(12).any(|later| {
                    later.letters.len() > line.letters.len() && later.letters.starts_with(line.letters.as_str())
                });
            if (is_teaser || !seen.insert(&line.letters))
                && let Some(is_clutter) = clutter.get_mut(at)
            {
                *is_clutter = true;
            }
        }
    }

    /// Lists of nothing but links, unless a sentence leads into them, or each leads to another site: those are what the
    /// article is about.
    fn mark_link_lists(&self, clutter: &mut [bool]) {
        let mut at = 0;
        while at < self.lines.len() {
            let run =
                self.lines.iter().skip(at).take_while(|line| line.block.inside == Inside::List && line.linked() > 0.8);
            let length = run.count();
            let is_led_in = at.checked_sub(1).and_then(|before| self.lines.get(before)).is_some_and(|line| {
                line.block.inside == Inside::List || (line.folded.ends_with([':', '：']) && line.weight > 30)
            });
            let is_list_over = self.lines.get(at + length).is_none_or(|line| line.block.inside != Inside::List);
            let run = self.lines.iter().skip(at).take(length);
            let sites: HashSet<u64> = run.filter_map(|line| line.block.leads_to).collect();
            let is_roundup = sites.len() == length || sites.len() >= ROUNDUP && sites.len() * 2 > length;
            if length >= 2 && !is_led_in && is_list_over && !is_roundup {
                clutter.iter_mut().skip(at).take(length).for_each(|is_clutter| *is_clutter = true);
            }
            at += length.max(1);
        }
    }

    /// A list of the article's own headings.
    fn mark_contents(&self, clutter: &mut [bool]) {
        let headings: HashSet<&str> =
            self.lines.iter().filter(|line| line.is_heading()).map(|line| line.letters.as_str()).collect();
        let mut at = 0;
        while !headings.is_empty() && at < self.lines.len() {
            let rest = self.lines.iter().skip(at);
            let run: Vec<&Line> = rest.take_while(|line| line.block.inside == Inside::List).collect();
            let named = run.iter().filter(|line| headings.contains(line.letters.as_str())).count();
            if named >= 2 && named * 10 >= run.len() * 8 {
                clutter.iter_mut().skip(at).take(run.len()).for_each(|is_clutter| *is_clutter = true);
            }
            at += run.len().max(1);
        }
    }

    /// From a tail's heading on. Where much prose follows, the article goes on behind it, and only the links near the
    /// heading go.
    fn mark_tail(&self, clutter: &mut [bool]) {
        let mut before = 0;
        for (at, line) in self.lines.iter().enumerate() {
            if line.is_told() {
                before += line.weight;
            }
            if !is_tail(line) {
                continue;
            }
            let rest = self.lines.get(at + 1..).unwrap_or_default();
            if before * 10 < self.told * 3 {
                if !self.is_feed {
                    mark_links_below(clutter, at, rest);
                }
                continue;
            }
            let after: usize = rest.iter().filter(|line| line.is_told()).map(|line| line.weight).sum();
            let is_end = after * 100 <= self.told * 15 || is_about_tail(line) && after <= ABOUT;
            if self.is_feed && !is_end {
                continue;
            }
            for (n, follower) in std::iter::once(line).chain(rest).enumerate() {
                if !is_end && n > 0 && (follower.is_told() || follower.is_heading() && follower.linked() < 0.9) {
                    break;
                }
                if let Some(is_clutter) = clutter.get_mut(at + n) {
                    *is_clutter = true;
                }
            }
            if is_end {
                return;
            }
        }
    }

    /// The title of another article with its date below it, in a box of their own.
    fn mark_cards(&self, clutter: &mut [bool]) {
        for within in self.boxes.iter().filter(|within| within.start > 0 && within.len() <= 3) {
            let Some([titles @ .., date]) = self.lines.get(within.clone()) else { continue };
            let is_title = |line: &Line| {
                !line.is_heading()
                    && line.weight <= SEE_ALSO
                    && !line.ends_a_sentence()
                    && line.block.inside == Inside::Body
            };
            let is_time = |text: &str| {
                text.split(' ')
                    .any(|word| word.split_once(':').is_some_and(|(hour, minute)| is_number(hour) && is_number(minute)))
            };
            let is_date = !date.is_heading()
                && date.weight <= DATED
                && date.bare().starts_with(char::is_numeric)
                && (date::find(&date.block.text).is_some() || is_time(&date.folded));
            let leads_away = titles.iter().any(|line| line.linked() > 0.0 || line.block.has_image);
            if is_date && leads_away && date.block.inside == Inside::Body && titles.iter().all(is_title) {
                clutter.iter_mut().skip(within.start).take(within.len()).for_each(|is_clutter| *is_clutter = true);
            }
        }
    }

    /// Headings under which nothing is left, at the end.
    fn mark_empty_headings(&self, clutter: &mut [bool]) {
        for (at, line) in self.lines.iter().enumerate().rev() {
            let Some(is_clutter) = clutter.get_mut(at) else { continue };
            if *is_clutter || (line.weight == 0 && line.block.has_image) {
                continue;
            }
            if !line.is_heading() {
                return;
            }
            *is_clutter = true;
        }
    }
}

fn is_number(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Far from the end of the text a tail's heading goes only with the links right below it.
fn mark_links_below(clutter: &mut [bool], at: usize, rest: &[Line]) {
    let is_link = |line: &&Line| line.linked() > 0.5 && line.weight <= SEE_ALSO && !line.ends_a_sentence();
    let links = rest.iter().take(BOX).take_while(is_link).count();
    if links > 0 {
        clutter.iter_mut().skip(at).take(links + 1).for_each(|is_clutter| *is_clutter = true);
    }
}
