//! What a feed has cost its server over the last thirty days. Kept as one short value beside the feed's fetch record, so
//! that counting costs no statement of its own and nothing has to be pruned. Pure: the day is an argument.

use serde::Serialize;

/// Days that are counted over.
pub const DAYS: u32 = 30;
/// Bytes of a day as it is stored.
const WIDTH: usize = 12;

/// Requests and what they brought, by day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic(Vec<Day>);

/// One day (since the epoch, UTC). Counts that do not fit stay at the largest that does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Day {
    date: u32,
    requests: u16,
    unchanged: u16,
    bytes: u32,
}

/// What one fetch, or many, cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// Redirects that were followed count, too.
    pub requests: u64,
    /// Answers that nothing has changed (304).
    pub not_modified: u64,
    /// Of bodies, as transferred.
    pub bytes: u64,
}

impl Traffic {
    /// Counts a fetch of this day, and forgets what is too old.
    #[must_use]
    pub fn with(mut self, day: u32, cost: Cost) -> Self {
        // Days to come are those of a clock that was set back.
        self.0.retain(|known| known.date <= day && known.date + DAYS > day);
        if self.0.last().is_none_or(|last| last.date != day) {
            self.0.push(Day { date: day, requests: 0, unchanged: 0, bytes: 0 });
        }
        if let Some(today) = self.0.last_mut() {
            today.requests = today.requests.saturating_add(u16::try_from(cost.requests).unwrap_or(u16::MAX));
            today.unchanged = today.unchanged.saturating_add(u16::try_from(cost.not_modified).unwrap_or(u16::MAX));
            today.bytes = today.bytes.saturating_add(u32::try_from(cost.bytes).unwrap_or(u32::MAX));
        }
        self
    }

    /// The last thirty days together.
    #[must_use]
    pub fn sum(&self, day: u32) -> Cost {
        let counted = self.0.iter().filter(|known| known.date + DAYS > day);
        counted.fold(Cost::default(), |sum, day| Cost {
            requests: sum.requests + u64::from(day.requests),
            not_modified: sum.not_modified + u64::from(day.unchanged),
            bytes: sum.bytes + u64::from(day.bytes),
        })
    }

    /// As it is stored.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * WIDTH);
        for day in &self.0 {
            bytes.extend(day.date.to_be_bytes());
            bytes.extend(day.requests.to_be_bytes());
            bytes.extend(day.unchanged.to_be_bytes());
            bytes.extend(day.bytes.to_be_bytes());
        }
        bytes
    }

    /// What cannot be read counts as nothing.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let days = bytes.chunks_exact(WIDTH).filter_map(|row| {
            let (day, rest) = row.split_first_chunk()?;
            let (requests, rest) = rest.split_first_chunk()?;
            let (unchanged, rest) = rest.split_first_chunk()?;
            let bytes = u32::from_be_bytes(*rest.first_chunk()?);
            let (requests, unchanged) = (u16::from_be_bytes(*requests), u16::from_be_bytes(*unchanged));
            Some(Day { date: u32::from_be_bytes(*day), requests, unchanged, bytes })
        });
        Self(days.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FETCH: Cost = Cost { requests: 2, not_modified: 0, bytes: 1000 };
    const UNCHANGED: Cost = Cost { requests: 1, not_modified: 1, bytes: 0 };

    #[test]
    fn thirty_days_are_counted_and_older_ones_forgotten() {
        let mut traffic = Traffic::default();
        for day in 100..200 {
            traffic = traffic.with(day, FETCH).with(day, UNCHANGED);
        }
        assert_eq!(traffic.sum(199), Cost { requests: 90, not_modified: 30, bytes: 30_000 });
        assert_eq!(traffic.sum(219).requests, 30);
        assert_eq!(traffic.to_bytes().len(), 30 * WIDTH);
    }

    #[test]
    fn what_is_stored_is_what_was_counted() {
        let traffic = Traffic::default().with(1, FETCH).with(2, UNCHANGED);
        assert_eq!(Traffic::from_bytes(&traffic.to_bytes()), traffic);
        assert_eq!(Traffic::from_bytes(&[1, 2, 3]), Traffic::default());
    }

    #[test]
    fn a_clock_set_back_and_counts_beyond_measure_do_no_harm() {
        let much = Cost { requests: u64::MAX, not_modified: 0, bytes: u64::MAX };
        let traffic = Traffic::default().with(500, FETCH).with(100, much).with(100, FETCH);
        assert_eq!(traffic.sum(100), Cost { requests: 65_535, not_modified: 0, bytes: u64::from(u32::MAX) });
    }
}
