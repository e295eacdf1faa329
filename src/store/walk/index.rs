//! The index of words, as one list asks it: what it has said once is remembered.

use rusqlite::Connection;

use super::super::StoreError;
use super::super::search::{self, Hits};

/// An id beyond all others.
const END: i64 = i64::MAX - 1;

/// To ask once costs as much as going over so many articles that say it.
const ASK: usize = 128;

/// Ids from one to another whose hits are known, in descending order.
struct Run {
    from: i64,
    to: i64,
    hits: Vec<i64>,
}

impl Run {
    /// Its hits from one id to another.
    fn within(&self, first: i64, last: i64) -> &[i64] {
        let start = self.hits.partition_point(|id| *id > last);
        let end = self.hits.partition_point(|id| *id >= first);
        self.hits.get(start..end).unwrap_or_default()
    }
}

pub(super) struct Index<'a> {
    hits: Hits<'a>,
    words: &'a str,
    runs: Vec<Run>,
}

impl<'a> Index<'a> {
    pub(super) fn new(connection: &'a Connection, words: &'a str) -> Result<Self, StoreError> {
        Ok(Self { hits: Hits::new(connection, words)?, words, runs: Vec::new() })
    }

    /// Steps of `SQLite` since it was made.
    pub(super) fn steps(&self) -> u64 {
        self.hits.steps()
    }

    /// Zones to ask about at first.
    pub(super) fn stride(&self) -> usize {
        search::stride(self.words)
    }

    /// Whether it is known that nothing in these ids says it.
    pub(super) fn has_nothing_in(&self, (first, last): (i64, i64)) -> bool {
        let covers = |run: &Run| run.from <= first && last <= run.to && run.within(first, last).is_empty();
        self.runs.iter().any(covers)
    }

    /// The hits in these ranges of ids; more than `most` are not all. What is asked goes on below a range until `wanted` were
    /// met: to look for what is rare in range after range would be to look for it again and again.
    pub(super) fn hits(&mut self, ranges: &[(i64, i64)], wanted: usize, most: usize) -> Result<Vec<i64>, StoreError> {
        let mut hits = Vec::new();
        for (first, last) in ranges {
            let mut below = *last;
            while below >= *first {
                let run = match self.runs.iter().position(|run| (run.from..=run.to).contains(&below)) {
                    Some(known) => known,
                    None => self.ask(*first, below, wanted, most)?,
                };
                let Some(run) = self.runs.get(run) else { break };
                hits.extend_from_slice(run.within(*first, below));
                if hits.len() > most {
                    return Ok(hits);
                }
                below = run.from - 1;
            }
        }
        Ok(hits)
    }

    /// Asks from an id downwards; the number of the run that is known then.
    fn ask(&mut self, first: i64, below: i64, wanted: usize, most: usize) -> Result<usize, StoreError> {
        // What was asked before is not asked again.
        let known = self.runs.iter().map(|run| run.to).filter(|to| *to < below).max();
        let is_enough = |count: usize, id: i64| count > most || (id <= first && count >= wanted);
        let (hits, from) = self.hits.downwards(known.map_or(0, |to| to + 1)..=below, is_enough)?;
        self.runs.push(Run { from, to: below, hits });
        Ok(self.runs.len() - 1)
    }

    /// Which of these articles say it, in descending order as they are. Those that lie close together are asked about at once.
    pub(super) fn among(&mut self, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        let mut found = Vec::new();
        let mut left = ids;
        // From below: what is asked goes on to the next hit, however far above.
        while let Some(first) = left.last() {
            let close = if self.stride() > 1 { i64::MAX } else { self.close() };
            let group = left.chunk_by(|one, next| one - next <= close).next_back().unwrap_or(left);
            let last = group.first().unwrap_or(first);
            let hits = self.upwards(*first, *last)?;
            found.extend(group.iter().rev().filter(|id| hits.binary_search(id).is_ok()));
            left = left.get(..left.len() - group.len()).unwrap_or_default();
        }
        found.reverse();
        Ok(found)
    }

    /// The hits from one id to another, in ascending order.
    fn upwards(&mut self, first: i64, last: i64) -> Result<Vec<i64>, StoreError> {
        let (mut hits, mut above) = (Vec::new(), first);
        while above <= last {
            let run = match self.runs.iter().position(|run| (run.from..=run.to).contains(&above)) {
                Some(known) => known,
                None => self.ask_upwards(above, last)?,
            };
            let Some(run) = self.runs.get(run) else { break };
            hits.extend(run.within(above, last).iter().rev());
            above = run.to + 1;
        }
        Ok(hits)
    }

    /// Asks from an id upwards; the number of the run that is known then.
    fn ask_upwards(&mut self, first: i64, last: i64) -> Result<usize, StoreError> {
        let (mut hits, to) = self.hits.upwards(first, last)?;
        let to = to.unwrap_or(END);
        hits.reverse();
        self.runs.push(Run { from: first, to, hits });
        Ok(self.runs.len() - 1)
    }

    /// How many ids lie between two articles where it is as well to ask once more as to go over what is between: the more,
    /// the fewer of them say it.
    fn close(&self) -> i64 {
        let (mut hits, mut ids) = (0, 0);
        for run in self.runs.iter().filter(|run| run.to < END) {
            hits += run.hits.len();
            ids += usize::try_from(run.to - run.from + 1).unwrap_or(usize::MAX);
        }
        i64::try_from(ASK.saturating_mul(ids.max(1)) / hits.max(1)).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::params;

    use super::super::{TOGETHER, ids};
    use super::*;

    /// An index in memory where these articles say `umum jarang` and every one up to `last` says `umum`.
    fn index(rare: &[i64], last: i64) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE VIRTUAL TABLE search USING fts5 (body, content = '')").unwrap();
        let mut insert = connection.prepare("INSERT INTO search (rowid, body) VALUES (?1, ?2)").unwrap();
        for id in 1..=last {
            insert.execute(params![id, if rare.contains(&id) { "umum jarang" } else { "umum" }]).unwrap();
        }
        drop(insert);
        connection
    }

    /// The hits in some zones, and how often the index was asked so far.
    fn ask(index: &mut Index<'_>, numbers: std::ops::RangeInclusive<i64>, wanted: usize) -> (Vec<i64>, usize) {
        let range = (ids(*numbers.start()).0, ids(*numbers.end()).1);
        (index.hits(&[range], wanted, TOGETHER).unwrap(), index.runs.len())
    }

    #[test]
    fn what_is_known_is_not_asked_again() {
        let connection = index(&[7, 9000, 19_000], 20_000);
        let index = &mut Index::new(&connection, "\"umum jarang\"").unwrap();
        // From 20,479 down to 18,432: what stands together is looked for in stretches.
        assert_eq!(ask(index, 19..=19, 1), (Vec::new(), 1));
        assert_eq!(ask(index, 18..=18, 1), (vec![19_000], 1));
        // Two stretches further, to 8,192.
        assert_eq!(ask(index, 12..=17, 1), (Vec::new(), 2));
        assert!(index.has_nothing_in(ids(10)) && !index.has_nothing_in(ids(8)));
        assert_eq!(ask(index, 9..=17, 1), (Vec::new(), 2));
        // And to the end.
        assert_eq!(ask(index, 4..=18, 1), (vec![19_000, 9000], 3));
        assert_eq!(ask(index, 0..=3, 1), (vec![7], 3));
        let index = &mut Index::new(&connection, "\"umum jarang\"").unwrap();
        assert_eq!(ask(index, 19..=19, 60), (Vec::new(), 1));
        assert_eq!(ask(index, 0..=19, 60), (vec![19_000, 9000, 7], 1));
    }

    #[test]
    fn more_hits_than_are_looked_at_together_are_not_all() {
        let connection = index(&[], 3000);
        let index = &mut Index::new(&connection, "umum").unwrap();
        assert!(ask(index, 0..=2, 1).0.len() > TOGETHER);
        assert_eq!(ask(index, 1..=1, 1).0, (1024..2048).rev().collect::<Vec<i64>>());
    }

    #[test]
    fn of_some_articles_it_is_told_which_say_it_however_far_apart_they_are() {
        let rare: Vec<i64> = (1..=3000).filter(|id| id % 7 == 0).collect();
        let connection = index(&rare, 3000);
        for step in [1, 10, 500] {
            let asked: Vec<i64> = (1..=3000).rev().step_by(step).collect();
            let says: Vec<i64> = asked.iter().copied().filter(|id| id % 7 == 0).collect();
            assert_eq!(Index::new(&connection, "jarang").unwrap().among(&asked).unwrap(), says, "{step}");
            assert_eq!(Index::new(&connection, "umum").unwrap().among(&asked).unwrap(), asked, "{step}");
        }
    }
}
