//! The language of a text: as its publisher declares it, else as the text itself shows it.

use whatlang::{Info, Lang, Script};

pub use crate::model::language::declared;

/// How much of a text is looked at, in characters: more does not change the answer.
const LOOK: usize = 400;

/// The same for all texts of a document together.
const ALL: usize = 2000;

/// The language of a text. The publisher's word counts unless the text is written in another script; the text is asked
/// when nothing is declared. `None` when neither says.
#[must_use]
pub fn of(tag: Option<&str>, text: &str) -> Option<String> {
    let start = head(text, LOOK);
    if let Some(code) = tag.and_then(declared)
        && whatlang::detect_script(start).is_none_or(|script| is_written_in(&code, script))
    {
        return Some(code);
    }
    let found = whatlang::detect(start)?;
    (is_told_by_script(&found) || found.is_reliable() || found.confidence() > 0.3)
        .then(|| code(found.lang()).to_owned())
}

/// The languages of a document's texts, where it declares none. Those that are too short to tell theirs surely are in what
/// all texts say together, unless more than a tenth of those that are sure of theirs are in another.
#[must_use]
pub fn undeclared(texts: &[String]) -> Vec<Option<String>> {
    /// Characters of each.
    const EACH: usize = 100;
    let sure: Vec<Option<&str>> = texts.iter().map(|text| surely(text)).collect();
    let common = || {
        let together: String = texts.iter().flat_map(|text| text.chars().take(EACH).chain([' '])).take(ALL).collect();
        let common = surely(&together)?;
        let others = sure.iter().flatten().filter(|code| **code != common).count();
        (others * 10 <= sure.iter().flatten().count()).then_some(common)
    };
    let common = if sure.contains(&None) { common() } else { None };
    let told = texts.iter().zip(sure).map(|(text, sure)| sure.map(str::to_owned).or_else(|| of(common, text)));
    told.collect()
}

fn surely(text: &str) -> Option<&'static str> {
    let found = whatlang::detect(head(text, ALL))?;
    (is_told_by_script(&found) || found.is_reliable()).then(|| code(found.lang()))
}

/// The first so many characters.
fn head(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| text.split_at(end).0)
}

/// A short text is told by its script or not at all.
fn is_told_by_script(found: &Info) -> bool {
    found.script().langs().len() == 1 || is_cjk(found.script())
}

fn is_cjk(script: Script) -> bool {
    matches!(script, Script::Mandarin | Script::Hiragana | Script::Katakana | Script::Hangul)
}

/// Whether a language may be written in a script; only those that never are in another are held to it.
fn is_written_in(code: &str, script: Script) -> bool {
    match code {
        "id" | "ms" | "jv" | "en" | "es" | "fr" | "de" | "pt" | "it" | "nl" | "pl" | "vi" | "tr" | "sv" | "fi"
        | "cs" => script == Script::Latin,
        "ru" | "uk" | "bg" | "be" => script == Script::Cyrillic,
        "ar" | "fa" | "ur" => script == Script::Arabic,
        "ja" | "zh" => is_cjk(script),
        "el" => script == Script::Greek,
        "he" => script == Script::Hebrew,
        "th" => script == Script::Thai,
        _ => true,
    }
}

/// The two-letter code where there is one.
fn code(language: Lang) -> &'static str {
    match language {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_publisher_is_believed_unless_the_script_says_otherwise() {
        assert_eq!(of(Some("id-ID"), "Breaking news").as_deref(), Some("id"));
        assert_eq!(of(Some("en"), "Президент России провёл переговоры в Москве").as_deref(), Some("ru"));
        assert_eq!(of(Some("ja"), "米国").as_deref(), Some("ja"));
        assert_eq!(of(Some("en"), "2026").as_deref(), Some("en"));
    }

    #[test]
    fn an_undeclared_language_is_read_from_the_text() {
        for (code, text) in [
            ("id", "Presiden mengatakan pemerintah akan membantu warga yang terkena banjir di wilayah itu"),
            ("en", "The president said that the government would help those who were hit by the flood"),
            ("ru", "Президент заявил, что правительство поможет пострадавшим от наводнения"),
            ("ar", "قال الرئيس إن الحكومة ستساعد المتضررين من الفيضانات"),
            ("zh", "总统表示政府将帮助受灾群众"),
            ("ja", "大統領は政府が被災者を支援すると述べた"),
            ("ko", "대통령은 정부가 이재민을 도울 것이라고 말했다"),
            ("th", "ประธานาธิบดีกล่าวว่ารัฐบาลจะช่วยเหลือผู้ประสบภัย"),
            ("es", "El presidente dijo que el gobierno ayudará a los afectados por las inundaciones"),
        ] {
            assert_eq!(of(None, text).as_deref(), Some(code), "{text}");
        }
        assert_eq!(of(None, "12 — 3"), None);
    }

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

    #[test]
    fn a_short_text_is_in_the_language_of_those_around_it() {
        let undeclared = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
            undeclared(&texts).into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>()
        };
        let long = [
            "Presiden mengatakan pemerintah akan membantu warga yang terkena banjir di wilayah itu",
            "Warga mengungsi ke tempat yang lebih tinggi karena air sungai terus naik sejak pagi",
        ];
        assert_eq!(of(None, "Inflasi naik"), None);
        assert_eq!(undeclared(&[long[0], "Inflasi naik", long[1]]), ["id"; 3]);
        // What alone might be Javanese.
        let titles = [
            "Inflasi naik",
            "Warga Jakarta mengungsi karena banjir",
            "Rupiah melemah",
            "Harga beras di pasar turun",
            "Menteri pendidikan mengundurkan diri",
            "Persib menang atas Persija",
        ];
        assert_eq!(undeclared(&titles), ["id"; 6]);
        // Where two languages meet, neither is guessed; nor for another script.
        let english = "The president said that the government would help those who were hit by the flood";
        assert_eq!(undeclared(&[long[0], "Inflasi naik", english]), ["id", "", "en"]);
        assert_eq!(undeclared(&[long[0], long[1], "Банк"]), ["id", "id", ""]);
        assert_eq!(undeclared(&["Inflasi naik"]), [""]);
    }
}
