//! Where the panes are. Pure, and used by update (for paging) and view alike.

use ratatui::layout::{Rect, Size};

use super::model::{Focus, Prefs};
use crate::config::ArticlePlace;

/// From this width on there are three panes side by side.
pub const WIDE: u16 = 140;
/// Below this width there is one pane at a time.
pub const NARROW: u16 = 80;
/// Below this nothing sensible fits.
pub const SMALLEST: Size = Size { width: 20, height: 6 };

/// The parts of the screen. Neighbouring panes share a line of border.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Panes {
    pub top: Rect,
    pub bottom: Rect,
    pub sources: Option<Rect>,
    pub headlines: Option<Rect>,
    pub article: Option<Rect>,
    /// The sources lie over the other panes.
    pub is_drawer: bool,
    /// Columns of article text.
    pub text_width: u16,
}

/// Divides the screen; with less than [`SMALLEST`] there are no panes.
#[must_use]
pub fn panes(size: Size, prefs: Prefs, focus: Focus) -> Panes {
    if size.width < SMALLEST.width || size.height < SMALLEST.height {
        return Panes::default();
    }
    let top = Rect::new(0, 0, size.width, 1);
    let bottom = Rect::new(0, size.height - 1, size.width, 1);
    let body = Rect::new(0, 1, size.width, size.height - 2);
    let mut panes = Panes { top, bottom, ..Panes::default() };
    if prefs.is_zoomed {
        let width = (prefs.reading_width + 4).min(body.width);
        panes.article = Some(Rect { x: (body.width - width) / 2, width, ..body });
    } else if size.width < NARROW || size.height < 14 {
        match focus {
            Focus::Sources => panes.sources = Some(body),
            Focus::Headlines => panes.headlines = Some(body),
            Focus::Article => panes.article = Some(body),
        }
    } else if size.width < WIDE {
        let (list, article) = split(body, prefs, prefs.place == ArticlePlace::Right);
        (panes.headlines, panes.article) = (Some(list), Some(article));
        if focus == Focus::Sources {
            panes.sources = Some(Rect { width: 36.min(body.width), ..body });
            panes.is_drawer = true;
        }
    } else {
        let width = (size.width / 6).clamp(24, 36);
        panes.sources = Some(Rect { width, ..body });
        let rest = Rect { x: body.x + width - 1, width: body.width - width + 1, ..body };
        let (list, article) = split(rest, prefs, prefs.place != ArticlePlace::Below);
        (panes.headlines, panes.article) = (Some(list), Some(article));
    }
    // The text keeps a column free on either side, and a line is never longer than is good to read.
    let available = panes.article.unwrap_or(body).width.saturating_sub(4);
    panes.text_width = available.clamp(1, prefs.reading_width.max(100));
    panes
}

fn split(area: Rect, prefs: Prefs, is_beside: bool) -> (Rect, Rect) {
    let share = |length: u16, least: u16| {
        let part = u32::from(length) * u32::from(prefs.split) / 100;
        (part as u16).clamp(least, length.saturating_sub(least).max(least))
    };
    if is_beside {
        let width = share(area.width, 24);
        let list = Rect { width, ..area };
        (list, Rect { x: area.x + width - 1, width: area.width - width + 1, ..area })
    } else {
        let height = share(area.height, 5);
        let list = Rect { height, ..area };
        (list, Rect { y: area.y + height - 1, height: area.height - height + 1, ..area })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PREFS: Prefs =
        Prefs { split: 45, place: ArticlePlace::Auto, is_zoomed: false, is_compact: false, reading_width: 72 };

    #[test]
    fn the_width_decides_how_many_panes_there_are() {
        let shown = |width, height, focus| {
            let panes = panes(Size::new(width, height), PREFS, focus);
            [panes.sources.is_some(), panes.headlines.is_some(), panes.article.is_some()]
        };
        assert_eq!(shown(200, 50, Focus::Headlines), [true, true, true]);
        assert_eq!(shown(80, 24, Focus::Headlines), [false, true, true]);
        assert_eq!(shown(80, 24, Focus::Sources), [true, true, true]);
        assert_eq!(shown(40, 12, Focus::Article), [false, false, true]);
        assert_eq!(shown(19, 12, Focus::Article), [false, false, false]);
    }

    proptest! {
        #[test]
        fn every_pane_lies_on_the_screen(width in 0_u16..300, height in 0_u16..120, split in 10_u16..=90,
                                         is_zoomed: bool, place in 0..3, focus in 0..3) {
            let place = [ArticlePlace::Auto, ArticlePlace::Right, ArticlePlace::Below][place as usize];
            let focus = [Focus::Sources, Focus::Headlines, Focus::Article][focus as usize];
            let panes = panes(Size::new(width, height), Prefs { split, place, is_zoomed, ..PREFS }, focus);
            let screen = Rect::new(0, 0, width, height);
            for area in [panes.sources, panes.headlines, panes.article].into_iter().flatten().chain([panes.top, panes.bottom]) {
                prop_assert_eq!(area.intersection(screen), area);
            }
        }
    }
}
