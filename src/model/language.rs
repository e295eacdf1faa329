//! Languages by their codes.

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
