//! What dates are called: months, halves of the day and zones, in the languages of the world's news. Tables only.

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::civil::Weekday;

/// A word of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// 1 to 12.
    Month(i8),
    /// 1 to 12, of the Persian year.
    Persian(i8),
    AfterNoon(bool),
    /// The next number is a month.
    MonthFollows,
    /// The next number is a day of the week.
    WeekdayFollows,
}

/// What `word` says of a date; `None` for weekdays and everything else.
pub(super) fn name(word: &str) -> Option<Name> {
    let lower = word.to_lowercase();
    // Catalan says `15 d’abril`.
    let lower = lower.trim_start_matches("d’").trim_start_matches("d'");
    match lower {
        "am" | "a.m" | "ص" | "صباحا" | "صباحًا" | "πμ" | "π.μ" | "öö" | "पूर्वाह्न" | "ق.ظ" =>
        {
            return Some(Name::AfterNoon(false));
        }
        "pm" | "p.m" | "م" | "مساء" | "مساءً" | "μμ" | "μ.μ" | "ös" | "अपराह्न" | "ب.ظ" =>
        {
            return Some(Name::AfterNoon(true));
        }
        "tháng" | "thg" => return Some(Name::MonthFollows),
        "thứ" => return Some(Name::WeekdayFollows),
        _ => {}
    }
    let persian = (1..).zip(PERSIAN_MONTHS).find(|(_, names)| names.split(' ').any(|name| name == lower));
    persian.map(|(number, _)| Name::Persian(number)).or_else(|| month(lower).map(Name::Month))
}

/// The longest name that fits counts, so that a weekday may begin like a month.
fn month(lower: &str) -> Option<i8> {
    let fits = |name: &str| match name.strip_suffix('*') {
        Some(beginning) => lower.starts_with(beginning).then_some(beginning.len()),
        None => (lower == name).then_some(name.len() + 1),
    };
    let listed = LISTED.get_or_init(|| {
        let weekdays = WEEKDAYS.iter().map(|name| (0, *name));
        let months = (1..).zip(MONTHS).flat_map(|(number, names)| names.split(' ').map(move |name| (number, name)));
        weekdays.chain(months).collect()
    });
    let (_, number) = listed.iter().filter_map(|(number, name)| Some((fits(name)?, *number))).max()?;
    (number > 0).then_some(number)
}

/// A day of the week by its English name, short or long.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = word.get(..3)?;
    let days = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    days.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, day)| day)
}

/// Every name with its month; 0 for what only begins like one.
static LISTED: OnceLock<Vec<(i8, &str)>> = OnceLock::new();

/// Weekdays that begin like a month.
const WEEKDAYS: [&str; 7] = ["mard*", "mart*", "marț*", "marţ*", "серед*", "novotn*", "julgrad*"];

/// The names of each month; `*` stands for any ending. English and what it shares its beginnings with first, then other
/// Latin scripts, Cyrillic, Greek, Arabic and its neighbours, Hebrew, the scripts of India, Thai, Chinese.
const MONTHS: [&str; 12] = [
    "jan* ene* ian ianu* gen genn* gener* jaan* sty stycz* oca ocak led led* sij siječ* tammi* \
     янв* січ* яну* јан* ιαν* يناير* جانفي* كانون2 ژانویه جنوری ינו* בינו* जनवरी* জানু* ม.ค มกรา* 一月 \
     yanv* saus* urtar* xan* janv* იანვ* հունվ* қаңтар* студз* ஜனவ* జనవ* ಜನವ* ജനു* જાન્યુ* जाने* \
     eanáir genièr ionawr rêbendan schan schaner urt yan ýan ýanwar сту қаң հնվ جنوري जन ਜਨ ਜਨਵਰੀ ଜାନୁଆରୀ ஜன \
     జన ಜನ ມ.ກ ມັງກອນ ဇန် ဇန်နဝါရီ იან ጃን ጃንዋሪ មករា ජනවාරි \
     гыйн* ғин* يانۋار genver",
    "feb* peb* fév* fev* veeb* lut luty luteg* şub* úno* velj* helmi* \
     фев* лют* феб* φεβ* فبراير* فيفري* شباط* فوریه فروری פבר* בפבר* फरवरी* फ़रवरी* ফেব্রু* ก.พ กุมภา* 二月 \
     vasar* shkurt* otsail* თებ* փետր* ақпан* பிப்ர* ఫిబ్ర* ಫೆಬ್ರ* ഫെബ്രു* ફેબ્રુ* फेब्रु* \
     chwef chwefror fab faburairu favr favrer feabh feabhra fewral frar ots péb pébruari shk sibat vas ақп փտվ \
     شوبات فبروري فيبروري فېبروري फ़र ফেব ফেব্ৰু ফেব্ৰুৱাৰী ਫ਼ਰ ਫ਼ਰਵਰੀ ଫେବୃଆରୀ பிப் ກ.ພ ກຸມພາ ဖေ ဖေဖော်ဝါရီ ፌብ \
     ፌብሩዋሪ កុម្ភៈ පෙබරවාරි \
     فېۋرال cʼhwevrer",
    "mar* mär* mrt mrz maart* maerz* mart bře* brez* ožu* maalis* \
     мар* бер берез* μάρ* μαρ* مارس* آذار* مارچ מרץ במרץ מרס מארס मार्च* মার্চ* มี.ค มีนา* 三月 \
     marts mac machi kov kovo kovas martx* მარტ* մարտ* наурыз* сакав* மார்ச்* మార్చి* ಮಾರ್ಚ್* മാർച്ച്* માર્ચ* \
     maarso martie mashi márc március márta mäerz нау сак մրտ ئازار মাৰ্চ ਮਾਰਚ ମାର୍ଚ୍ଚ மார் മാർ ມ.ນ ມີນາ မတ် \
     მარ ማርች មីនា මාර්තු \
     mäe mawrth marto martsa مارت",
    "apr* abr* avr* ápr* kwi kwie* nis nisan* dub dubn* duben* tra travn* travan* huhti* \
     апр* кві* απρ* أبريل* إبريل* ابريل* أفريل* نيسان* آوریل اپریل אפר* באפר* अप्रैल* এপ্রিল* เม.ย เมษา* 四月 \
     baland* prill* apiril* აპრ* ապրիլ* сәуір* красав* ஏப்ர* ఏప్రి* ಏಪ್ರಿ* ഏപ്രിൽ* એપ્રિલ* एप्रि* \
     afirilu aibreán bal ebrill ephreli nîsan кра сәу ապր اپريل نیسان अप्रिल এপ্রি এপ্ৰিল ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ ଅପ୍ରେଲ \
     ஏப் ഏപ്രി ມ.ສ ເມສາ ဧပြီ ኤፕሪ ኤፕሪል មេសា අප්‍රේල් අප්රේල් \
     ئاپرېل ebrel",
    "may* mei* mai* maj* máj* mag magg* maig* kvě* svi svib* touko* \
     май* мая* тра трав* мај* μάι* μαΐ* μάϊ* μαι* μαϊ* مايو* ماي أيار* مه مئی מאי במאי मई* মে พ.ค พฤษภา* 五月 \
     maí gegu* maiatz* მაის* մայիս* мамыр* மே మే ಮೇ മേയ്* મે मे \
     beal bealtaine geg gulan maayo matg maý mejju mey meyi мам մյս ئایار مئي مۍ ਮਈ ମଇ ພ.ພ ພຶດສະພາ မေ მაი ሜይ \
     ឧសភា මැයි",
    "jun* jún* juin* giu giug* iun* juuni* cze czer* haz hazi* červen červn* čvn lipn* lipanj* kesä* \
     июн* чер черв* юни* јун* ιούν* ιουν* يونيو* يونيه جوان* حزيران* ژوئن جون יונ* ביונ* जून* জুন มิ.ย มิถุ* 六月 \
     jūn* birž* qershor* iyun* hunyo* ekain* xuñ* ივნ* հունիս* маусым* чэрв* ஜூன்* జూన్* ಜೂನ್* ജൂൺ* જૂન* \
     hezîran hun iyn iýun juun mehefin qer yun yuni zercl zercladur ġunju мау чэр հնս حوزەیران जुन ਜੂਨ ଜୁନ \
     ມິ.ຖ ມິຖຸນາ ဇွန် ጁን មិថុនា ජූනි meith meitheamh \
     ġun ئىيۇن mezheven",
    "jul* júl* juil* lug lugl* iul* juuli* lip lipc* lipiec* tem temm* červenc* červenec* čvc srpanj* srpnj* heinä* \
     июл* лип липн* юли* јул* ιούλ* ιουλ* يوليو* يوليه جويلية* تموز* ژوئیه جولائی יול* ביול* जुलाई* জুলাই* ก.ค กรกฎา* 七月 \
     jūl* liep* korrik* iyul* hulyo* uztail* xul* ივლ* հուլիս* шілде* ліпен* ஜூலை* జులై* జూలై* ಜುಲೈ* ജൂലൈ* જુલાઈ* जुलै* \
     fanadur gorff gorffennaf hul iyl iúil iýul korr lulju luulyo tîrmeh uzt yul yuli липень ліп шіл հլս \
     تەمووز جولاءِ جولای जुल জুল ਜੁਲਾ ਜੁਲਾਈ ଜୁଲାଇ ກ.ລ ກໍລະກົດ ဇူ ဇူလိုင် ጁላይ កក្កដា ජූලි \
     ئىيۇل gouere",
    "aug* agu* ags* agt* ago* aoû* aou* ág* sie sierp* ağu* srp srpn* srpen* kol kolov* elo eloku* \
     авг* сер серп* авг* αύγ* αυγ* أغسطس* اغسطس* أوت آب اوت اگست אוג* באוג* अगस्त* আগস্ট* ส.ค สิงหา* 八月 \
     avg* avq* rugpj* gusht* ogos* abuzt* აგვ* օգոստ* тамыз* жнів* жніў* ஆகஸ்ட்* ఆగస్ట* ಆಗಸ್ಟ* ഓഗസ്റ്റ്* ઑગસ્ટ* ऑग* \
     agasti avust awgust awst awwissu gush lún lúnasa ogo ogs rugp tebax жні там օգս آگسٽ ئاب اګست अग अगस्ट আগ \
     আগষ্ট ਅਗ ਅਗਸਤ ଅଗଷ୍ଟ ஆக ఆగ ಆಗ ഓഗ ສ.ຫ ສິງຫາ ဩ ဩဂုတ် ኦገስ ኦገስት សីហា අගෝස්තු \
     ag aŭg* ئاۋغۇست eost",
    "sep* set* szept* wrz wrze* eyl eylü* zář* ruj rujn* rujan* syys* \
     сен* вер верес* сеп* σεπ* سبتمبر* شتنبر* أيلول* سپتامبر ستمبر ספט* בספט* सितंबर* सितम्बर* সেপ্টে* ก.ย กันยา* 九月 \
     sent* rugs* shtator* irail* სექტ* սեպտ* қыркүй* верас* செப்ட* సెప్టె* ಸೆಪ್ಟೆ* സെപ്റ്റം* સપ્ટે* सप्टें* \
     mfómh satumba seb sebteembar sebtembar sép séptémber îln îlon қыр սեպ ئەیلوول سيپٽمبر سپتمبر سېپتمبر सित \
     सेप्टेम्बर ছেপ্তে ছেপ্তেম্বৰ সেপ সেপ্ট ਸਤੰ ਸਤੰਬਰ ସେପ୍ଟେମ୍ବର செப் ກ.ຍ ກັນຍາ စက် စက်တင်ဘာ სექ ሴፕቴ ሴፕቴምበር \
     កញ្ញា සැප්තැම්බර් \
     medi سېنتەبىر gwengolo",
    "oct* okt* out* ott* paź* eki ekim* říj* loka* \
     окт* жов* οκτ* أكتوبر* اكتوبر* تشرين1 اکتبر اکتوبر אוק* באוק* अक्टूबर* अक्तूबर* অক্টো* ต.ค ตุลา* 十月 \
     spal* tetor* urri* ოქტ* հոկտ* қазан* кастр* அக்ட* అక్టో* ಅಕ್ಟೋ* ഒക്ടോ* ઑક્ટો* ऑक्टो* \
     cotmeh dfómh hydref urr кас қаз հոկ آڪٽوبر अक्टू अक्टोबर ਅਕਤੂ ਅਕਤੂਬਰ ଅକ୍ଟୋବର அக் ഒക്‌ടോബർ ຕ.ລ ຕຸລາ အောက် \
     အောက်တိုဘာ ኦክቶ ኦክቶበር តុលា ඔක්තෝබර් \
     ئۆكتەبىر",
    "nov* nop* noi noiem* lis listopad* kas kası* stud* marras* \
     ноя* лис листоп* ное* нов* νοέ* νοε* نوفمبر* نونبر* تشرين2 نوامبر نومبر נוב* בנוב* नवंबर* नवम्बर* নভে* พ.ย พฤศจิ* 十一月 \
     nóv* noy* nob* lapkr* nëntor* nentor* azaro* ნოემ* նոյեմ* қараша* лістап* நவம்* నవం* ನವೆಂ* നവം* નવે* नोव्हें* \
     aza mijdar nof noofeembar noý noýabr nuw nuwamba nën samh samhain stu tach tachwedd лист ліс қар նոյ नव \
     नोभेम्बर নৱে নৱেম্বৰ ਨਵੰ ਨਵੰਬਰ ନଭେମ୍ବର நவ ພ.ຈ ພະຈິກ နို နိုဝင်ဘာ ნოე ኖቬም ኖቬምበር វិច្ឆិកា නොවැම්බර් \
     نويابىر",
    "dec* des* dez* dic* déc* dets* gru grud* ara aralı* pro prosin* joulu* \
     дек* гру груд* дец* δεκ* ديسمبر* دجنبر* كانون1 دسامبر دسمبر דצמ* בדצמ* दिसंबर* दिसम्बर* ডিসে* ธ.ค ธันวา* 十二月 \
     disem* disy* gruod* dhjetor* abend* დეკ* դեկտ* желтоқ* снеж* டிசம்* డిసెం* ಡಿಸೆಂ* ഡിസം* ડિસે* डिसें* \
     abe berfanbar dek dekabr dis disamba diseembar diċ diċembru dés désémber noll nollaig rhag rhagfyr жел \
     сне դեկ ڊسمبر डिसेम्बर दिस ডিচে ডিচেম্বৰ ਦਸੰ ਦਸੰਬਰ ଡିସେମ୍ବର டிச ທ.ວ ທັນວາ ဒီ ဒီဇင်ဘာ ዲሴም ዲሴምበር ធ្នូ \
     දෙසැම්බර් \
     دېكابىر kerzu",
];

/// The months from spring to spring.
const PERSIAN_MONTHS: [&str; 12] = [
    "فروردین فروردين farvardin",
    "اردیبهشت ارديبهشت ordibehesht",
    "خرداد khordad",
    "تیر تير tir",
    "مرداد امرداد mordad",
    "شهریور شهريور shahrivar",
    "مهر mehr",
    "آبان aban",
    "آذر azar",
    "دی دي dey",
    "بهمن bahman",
    "اسفند esfand",
];

/// Names of two words as one.
const JOINED: [(&str, &str); 24] = [
    ("كانون الثاني", "كانون2"),
    ("كانون الأول", "كانون1"),
    ("تشرين الثاني", "تشرين2"),
    ("تشرين الأول", "تشرين1"),
    ("Meán Fómhair", "MFómh"),
    ("Deireadh Fómhair", "DFómh"),
    ("오전", " am "),
    ("오후", " pm "),
    ("上午", " am "),
    ("午前", " am "),
    ("下午", " pm "),
    ("午後", " pm "),
    ("a. m.", " am "),
    ("p. m.", " pm "),
    ("Eastern Standard Time", "EST"),
    ("Eastern Daylight Time", "EDT"),
    ("Central Standard Time", "CST"),
    ("Central Daylight Time", "CDT"),
    ("Mountain Standard Time", "MST"),
    ("Mountain Daylight Time", "MDT"),
    ("Pacific Standard Time", "PST"),
    ("Pacific Daylight Time", "PDT"),
    ("Central European Summer Time", "CEST"),
    ("Central European Time", "CET"),
];

pub(super) const ENGLISH_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The eras of Japan's emperors, by the year before their first.
const ERAS: [(&str, i32); 3] = [("令和", 2018), ("平成", 1988), ("昭和", 1925)];

/// `令和6年` as `2024年`.
pub(super) fn in_western_years(text: Cow<'_, str>) -> Cow<'_, str> {
    for (era, before) in ERAS {
        if let Some((head, tail)) = text.split_once(era)
            && let Some((year, tail)) = tail.split_once('年')
            && let Some(year) = if year == "元" { Some(1) } else { year.trim().parse::<i32>().ok() }
            && (1..100).contains(&year)
        {
            return Cow::Owned(format!("{head}{}年{tail}", before + year));
        }
    }
    text
}

/// The text with every name as a word of its own.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    let mut joined = Cow::Borrowed(text);
    for (name, word) in JOINED {
        if joined.contains(name) {
            joined = Cow::Owned(joined.replace(name, word));
        }
    }
    joined
}

/// Seconds east of UTC of a zone: a name that feeds use (RFC 2822 § 4.3, Indonesia's three, and others), a distance,
/// or both (`GMT+0700`).
pub(super) fn zone(word: &str) -> Option<i32> {
    let name_end = word.find(['+', '-', '\u{2212}']).unwrap_or(word.len());
    let (name, distance) = word.split_at(name_end);
    if !distance.is_empty() {
        let is_zone = name.is_empty() || named(name).is_some();
        return if is_zone { offset(distance) } else { None };
    }
    named(name)
}

fn named(word: &str) -> Option<i32> {
    // `et` and `pt` are words of many languages.
    let upper = if word.len() == 2 { Cow::Borrowed(word) } else { Cow::Owned(word.to_uppercase()) };
    let quarter_hours = match upper.as_ref() {
        "Z" | "UT" | "ut" | "UTC" | "GMT" | "WET" => 0,
        "CET" | "BST" | "WEST" | "MEZ" | "MET" | "WAT" => 4,
        "CEST" | "EET" | "SAST" | "MESZ" | "MEST" | "CAT" => 8,
        "MSK" | "МСК" | "EAT" | "EEST" | "TRT" | "IDT" => 12,
        "IRST" => 14,
        "GST" | "SAMT" => 16,
        "PKT" | "UZT" | "YEKT" => 20,
        "IST" => 22,
        "NPT" => 23,
        "WIB" | "ICT" | "NOVT" | "KRAT" => 28,
        "WITA" | "SGT" | "MYT" | "HKT" | "AWST" | "PHT" => 32,
        "WIT" | "JST" | "KST" => 36,
        "ACST" => 38,
        "AEST" | "VLAT" => 40,
        "ACDT" => 42,
        "AEDT" => 44,
        "NZST" => 48,
        "NZDT" => 52,
        "NDT" => -10,
        "ADT" | "BRT" | "ART" | "UYT" => -12,
        "NST" => -14,
        "AST" | "EDT" | "CLT" | "VET" => -16,
        "EST" | "CDT" | "ET" | "COT" | "PET" => -20,
        "CST" | "MDT" | "CT" => -24,
        "MST" | "PDT" | "MT" => -28,
        "PST" | "AKDT" | "PT" => -32,
        "AKST" => -36,
        "HST" => -40,
        _ => return None,
    };
    Some(quarter_hours * 900)
}

/// `+0700`, `-05:00`, `+07`, `+7`.
fn offset(word: &str) -> Option<i32> {
    let negative = !word.starts_with('+');
    let digits: String = word.chars().filter(char::is_ascii_digit).take(4).collect();
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    let seconds = hours * 3600 + minutes * 60;
    Some(if negative { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_that_of_two_months() {
        let mut all: Vec<(&str, i8)> =
            (1..).zip(MONTHS).flat_map(|(number, names)| names.split(' ').map(move |name| (name, number))).collect();
        all.sort_unstable();
        all.dedup();
        for pair in all.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{pair:?}");
        }
        for (name, number) in all {
            assert_eq!(month(name.trim_end_matches('*')), Some(number), "{name}");
        }
    }
}
