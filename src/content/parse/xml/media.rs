//! Files that belong to an item, in the words of RSS, Atom, Media RSS and podcasts.

use std::borrow::Cow;

use url::Url;

use super::canonical::Attached;
use super::item::{Item, resolved};
use super::names::Space;
use super::tree::Element;
use super::value::Reader;

/// Groups within groups further down are no groups.
const DEPTH: usize = 8;

/// RSS's own element, and that of RDF (`enc:enclosure`).
pub(super) fn enclosure(item: &mut Item<'_>, element: &Element<'_>, reader: &Reader<'_>, base: &Url) {
    let url = element.attribute("url").or_else(|| element.attribute("href"));
    let url = url.or_else(|| element.attribute("resource"));
    let url = url.or_else(|| reader.text(element).map(Cow::Owned));
    add(item, url.as_deref(), element, element.attribute("length"), base);
}

/// Atom's.
pub(super) fn linked(item: &mut Item<'_>, element: &Element<'_>, href: &str, base: &Url) {
    add(item, Some(href), element, element.attribute("length"), base);
}

/// `media:content`, `media:thumbnail`, alone or in groups.
pub(super) fn media(item: &mut Item<'_>, element: &Element<'_>, reader: &Reader<'_>, base: &Url, depth: usize) {
    let base = element.base.as_deref().unwrap_or(base);
    match element.name.as_ref() {
        "thumbnail" => {
            let url = element.attribute("url").map(Cow::into_owned).or_else(|| reader.text(element));
            item.images.extend(url.as_deref().and_then(|url| resolved(url, base)));
            return;
        }
        "content" => {
            if element.attribute("medium").is_some_and(|medium| medium == "image")
                && element.attribute("type").is_none()
            {
                item.images.extend(element.attribute("url").and_then(|url| resolved(&url, base)));
            }
            add(item, element.attribute("url").as_deref(), element, element.attribute("filesize"), base);
        }
        "group" => {}
        _ => return,
    }
    if depth < DEPTH {
        for inner in element.elements().filter(|inner| inner.space == Space::Media) {
            media(item, inner, reader, base, depth + 1);
        }
    }
}

/// The same episode in another form.
pub(super) fn podcast(item: &mut Item<'_>, element: &Element<'_>, base: &Url) {
    if element.name == "alternateenclosure" {
        let source = element.child(Space::Podcast, "source").and_then(|source| source.attribute("uri"));
        add(item, source.as_deref(), element, element.attribute("length"), base);
    }
}

fn add(item: &mut Item<'_>, url: Option<&str>, element: &Element<'_>, size: Option<Cow<'_, str>>, base: &Url) {
    let Some(url) = url.and_then(|url| resolved(url, base)) else { return };
    let size = size.and_then(|size| size.parse().ok()).filter(|size| *size > 0);
    let mime_type = element.attribute("type").map(Cow::into_owned);
    let duration = element.attribute("duration").and_then(|duration| seconds(&duration));
    let title = element.attribute("title").map(Cow::into_owned);
    if let Some(known) = item.files.iter_mut().find(|known| known.url == url) {
        known.size = known.size.or(size);
        known.mime_type = known.mime_type.take().or(mime_type);
        known.duration = known.duration.or(duration);
        known.title = known.title.take().or(title);
    } else if item.files.len() < 200 {
        item.files.push(Attached { url, mime_type, title, size, duration });
    }
}

/// Whether a duration can be said of it.
pub(super) fn is_played(file: &Attached) -> bool {
    file.mime_type.as_deref().is_none_or(|kind| !kind.starts_with("image/") && !kind.starts_with("text/"))
}

/// `1:02:03`, `1.02.03`, `62:03`, `:45`, `62:03 min`, `3723`, `3723.5`, `PT1H2M3S`, `1h 2m 3s`, `1h02`, `62 min`,
/// `about 1 hour and 2 minutes`, `1 час 2 мин`.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let text = text.replace('：', ":");
    let whole = text.trim();
    let is_iso = matches!(whole.as_bytes(), [b'p' | b'P', b't' | b'T' | b'0'..=b'9', ..]);
    let is_word = |c: char| c.is_alphabetic() || matches!(c, '.' | ' ' | '~');
    let text = if is_iso { whole } else { whole.trim_start_matches(is_word) };
    // The clock says what its unit is.
    let (clock, unit) = text.split_once(' ').unwrap_or((text, ""));
    let is_clock = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    let total = if is_clock(text) {
        // `Episode 12`
        on_clock(text).filter(|_| text.len() == whole.len() || text.contains(':'))?
    } else if clock.contains(':') && is_clock(clock) && unit.chars().all(char::is_alphabetic) {
        on_clock(clock)?
    } else {
        in_units(text)?
    };
    (1.0..1e9).contains(&total).then_some(total as u64)
}

fn on_clock(text: &str) -> Option<f64> {
    let separator = if text.contains(':') || text.matches('.').count() != 2 { ':' } else { '.' };
    let mut total = 0.0;
    for part in text.strip_prefix(':').unwrap_or(text).split(separator) {
        total = total * 60.0 + part.parse::<f64>().ok()?;
    }
    Some(total)
}

fn in_units(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    // ISO 8601 counts days, where Indonesian seconds begin with the same letter.
    let iso = lower.strip_prefix('p');
    let mut rest = iso.unwrap_or(&lower).trim_start_matches('t').trim_start();
    let mut total = 0.0;
    let mut next_unit = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(end);
        let number: f64 = number.trim_end_matches('.').parse().ok()?;
        let tail = tail.trim_start();
        let length = tail.find(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | ':' | '.'));
        let (unit, after) = tail.split_at(length.unwrap_or(tail.len()));
        let factor = match unit {
            // `1h02`
            "" => next_unit?,
            "ms" => 0.001,
            _ if iso.is_some() && unit.starts_with('d') => 86400.0,
            _ => factor(unit)?,
        };
        next_unit = Some(factor / 60.0);
        total += number * factor;
        rest = after.trim_start_matches([' ', '\u{a0}', ',', ':', '.', 't']);
        // `2 minutes and 3 seconds`
        rest = rest.trim_start_matches(|c: char| c.is_alphabetic() || c == '&').trim_start();
    }
    Some(total)
}

/// Seconds in a unit, by how its name begins.
fn factor(unit: &str) -> Option<f64> {
    const UNITS: [(&[&str], f64); 3] = [
        (
            &[
                "h",
                "j",
                "st",
                "tim",
                "tun",
                "godz",
                "ura",
                "ur",
                "val",
                "ч",
                "год",
                "час",
                "ώρ",
                "ωρ",
                "時間",
                "小时",
                "小時",
                "시간",
                "ore",
                "oră",
                "ora",
                "ór",
                "uur",
                "saat",
                "giờ",
                "ساع",
                "שע",
                "घंट",
                "ঘণ্ট",
                "ชั่วโมง",
            ],
            3600.0,
        ),
        (
            &[
                "m",
                "м",
                "хв",
                "dk",
                "dak",
                "perc",
                "λεπ",
                "分",
                "분",
                "'",
                "’",
                "′",
                "phút",
                "دق",
                "דק",
                "मि",
                "মি",
                "นาที",
            ],
            60.0,
        ),
        (
            &[
                "s",
                "с",
                "d",
                "mp",
                "másodp",
                "δευ",
                "秒",
                "초",
                "\"",
                "”",
                "″",
                "''",
                "’’",
                "′′",
                "giây",
                "ثان",
                "שנ",
                "से",
                "সে",
                "วินาที",
            ],
            1.0,
        ),
    ];
    let fits = |names: &[&str]| names.iter().filter(|name| unit.starts_with(**name)).map(|name| name.len()).max();
    UNITS
        .iter()
        .filter_map(|(names, factor)| Some((fits(names)?, *factor)))
        .max_by_key(|(length, _)| *length)
        .map(|(_, f)| f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_every_notation() {
        for (text, expected) in [
            ("1:02:03", 3723),
            ("62:03", 3723),
            ("3723", 3723),
            ("3723.9", 3723),
            ("01:02:03", 3723),
            ("PT1H2M3S", 3723),
            ("1h 2m 3s", 3723),
            ("1 jam 2 menit 3 detik", 3723),
            ("62 min 3 sec", 3723),
            ("P1DT1H", 90_000),
            ("3723000 ms", 3723),
            ("1h02", 3720),
            ("62'", 3720),
            (":45", 45),
            ("1 Std. 2 Min.", 3720),
            ("1 час 2 мин", 3720),
            ("1時間2分3秒", 3723),
            ("1 saat 2 dakika", 3720),
            ("01.02.03", 3723),
            ("1：02：03", 3723),
            ("1:02:03 hours", 3723),
            ("62:03 min", 3723),
            ("1 hour, 2 minutes and 3 seconds", 3723),
            ("approx. 62 min 3 sec", 3723),
            ("Total 62 Min. und 3 Sek.", 3723),
            ("62'03''", 3723),
            ("1 godz. 2 min 3 s", 3723),
            ("1 timme 2 minuter 3 sekunder", 3723),
            ("1 tunti 2 minuuttia 3 sekuntia", 3723),
            ("1 óra 2 perc 3 mp", 3723),
            ("1 ώρα 2 λεπτά 3 δευτερόλεπτα", 3723),
            ("1 giờ 2 phút 3 giây", 3723),
            ("1 ساعة 2 دقيقة 3 ثانية", 3723),
            ("1 שעה 2 דקות 3 שניות", 3723),
            ("1 घंटा 2 मिनट 3 सेकंड", 3723),
            ("1 ชั่วโมง 2 นาที 3 วินาที", 3723),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in ["", "0", "00:00", "lama", "1:x", "-5", "1e9", ":", "Episode 12", "1 of 2"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
