//! Features as bytes: a few hundred for an article. Little-endian; weights in quarters, of which none is above 31.75.

use super::{Features, Kind, Mark, Term, VERSION};

const QUARTERS: f32 = 4.0;
const IN_TITLE: u8 = 0x80;

fn quantise(weight: f32) -> u8 {
    (weight * QUARTERS).round().clamp(1.0, 127.0) as u8
}

fn weight(byte: u8) -> f32 {
    f32::from(byte & 0x7f) / QUARTERS
}

/// Up to eight claims as one byte, the first in its lowest bit.
fn bits(claims: impl Iterator<Item = bool>) -> u8 {
    claims.enumerate().fold(0, |bits, (n, claim)| bits | (u8::from(claim) << n))
}

const KINDS: [Kind; 5] = [Kind::Place, Kind::Named, Kind::Concept, Kind::Number, Kind::Name];

impl Features {
    /// With weights as they come back from [`Features::unpack`].
    pub(super) fn rounded(mut self) -> Self {
        self.terms.iter_mut().for_each(|term| term.weight = weight(quantise(term.weight)));
        self.marks.iter_mut().for_each(|mark| mark.weight = weight(quantise(mark.weight)));
        self
    }

    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(16 + self.terms.len() * 6 + self.marks.len() * 6 + self.shingles.len() * 4);
        let language = self.language.as_bytes();
        out.push(VERSION);
        out.push(language.len() as u8);
        out.extend(language);
        out.extend(self.digest.to_le_bytes());
        out.push(self.terms.len() as u8);
        for term in &self.terms {
            out.extend(term.hash.to_le_bytes());
            out.push(quantise(term.weight) | if term.in_title { IN_TITLE } else { 0 });
        }
        // Which terms are names, eight to a byte.
        for eight in self.terms.chunks(8) {
            out.push(bits(eight.iter().map(|term| term.is_name)));
        }
        for kind in KINDS {
            let marks: Vec<&Mark> = self.marks.iter().filter(|mark| mark.kind == kind).collect();
            out.push(marks.len() as u8);
            for mark in &marks {
                out.extend(mark.id.to_le_bytes());
                out.push(quantise(mark.weight) | if mark.in_title { IN_TITLE } else { 0 });
            }
            for eight in marks.chunks(8) {
                out.push(bits(eight.iter().map(|mark| mark.in_opening)));
            }
        }
        self.shingles.iter().for_each(|shingle| out.extend(shingle.to_le_bytes()));
        out
    }

    /// What [`Features::pack`] packed; `None` when it was made by other rules.
    #[must_use]
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut take = |count: usize| -> Option<&[u8]> {
            let (taken, left) = rest.split_at_checked(count)?;
            rest = left;
            Some(taken)
        };
        if take(1)? != [VERSION] {
            return None;
        }
        let length = take(1)?[0].into();
        let language = String::from_utf8(take(length)?.to_vec()).ok()?;
        let digest = u64::from_le_bytes(take(8)?.try_into().ok()?);
        let count = usize::from(take(1)?[0]);
        let mut terms = Vec::with_capacity(count);
        for _ in 0..count {
            let hash = u32::from_le_bytes(take(4)?.try_into().ok()?);
            let byte = take(1)?[0];
            terms.push(Term { hash, weight: weight(byte), in_title: byte & IN_TITLE != 0, is_name: false });
        }
        for eight in terms.chunks_mut(8) {
            let bits = take(1)?[0];
            eight.iter_mut().enumerate().for_each(|(n, term)| term.is_name = bits >> n & 1 == 1);
        }
        let mut marks = Vec::new();
        for kind in KINDS {
            let first = marks.len();
            for _ in 0..take(1)?[0] {
                let id = u32::from_le_bytes(take(4)?.try_into().ok()?);
                let byte = take(1)?[0];
                let in_title = byte & IN_TITLE != 0;
                marks.push(Mark { kind, id, weight: weight(byte), in_title, in_opening: false });
            }
            for eight in marks[first..].chunks_mut(8) {
                let bits = take(1)?[0];
                eight.iter_mut().enumerate().for_each(|(n, mark)| mark.in_opening = bits >> n & 1 == 1);
            }
        }
        let shingles = rest.chunks_exact(4).filter_map(|four| four.try_into().ok().map(u32::from_le_bytes)).collect();
        Some(Self { language, terms, marks, shingles, digest })
    }
}
