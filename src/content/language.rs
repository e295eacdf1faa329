//! Language tags as publishers declare them. No detection from the text.

/// The primary language of a declared tag, in the form of today's ISO 639 (`id-ID` and the withdrawn `in` are both `id`).
#[must_use]
pub fn declared(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    // Codes withdrawn in 1989, still sent by Java-based publishing systems; and the three-letter forms of common ones.
    let code = match primary.as_str() {
        "in" | "ind" => "id",
        "iw" | "heb" => "he",
        "ji" => "yi",
        "jw" => "jv",
        "eng" => "en",
        "ara" => "ar",
        "zho" | "chi" => "zh",
        "rus" => "ru",
        "msa" | "may" => "ms",
        "und" | "mul" | "zxx" => return None,
        code => code,
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_languages_meet_under_one_code() {
        for tag in ["id", "id-ID", "ID_id", "in", "in-ID", " ind "] {
            assert_eq!(declared(tag).as_deref(), Some("id"), "{tag:?}");
        }
        assert_eq!(declared("zh-Hant-TW").as_deref(), Some("zh"));
    }

    #[test]
    fn what_is_no_language_is_none() {
        for tag in ["", "x", "indonesian", "und", "12", "é"] {
            assert_eq!(declared(tag), None, "{tag:?}");
        }
    }
}
