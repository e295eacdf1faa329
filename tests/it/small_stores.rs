//! Stories in a small store, as a new user has it in the first hours: what is rare has not been learnt from the news yet.

use jiff::{SignedDuration, Timestamp};
use kabar::content::cluster::weights::Weights;

use crate::news::{Article, articles, b_cubed, faults, group, small_stores, with_features};

/// The event an article tells of, its language, how many minutes after the first it appeared, its title and its text.
type Row = (&'static str, &'static str, i64, &'static str, &'static str);

fn store(rows: &[Row]) -> Vec<Article> {
    let first: Timestamp = "2026-11-28T00:00:00Z".parse().unwrap();
    let article = |(n, (event, language, minutes, title, text)): (usize, &Row)| Article {
        id: format!("s{n:02}"),
        event: (*event).to_owned(),
        topics: Vec::new(),
        half: "small".to_owned(),
        language: (*language).to_owned(),
        published: first + SignedDuration::from_mins(*minutes),
        title: (*title).to_owned(),
        text: (*text).to_owned(),
        features: kabar::content::features::Features::default(),
    };
    let mut articles: Vec<Article> = rows.iter().enumerate().map(article).collect();
    articles.sort_by_key(|article| article.published);
    with_features(articles)
}

/// The stories of a store hold the articles of one event each.
fn tells_apart(rows: &[Row]) {
    let articles = store(rows);
    let stories = group(&articles, Weights::default());
    let found = b_cubed(&articles, &stories, "small", false);
    assert!(found.f1() > 0.999, "{found:?}\n{}", faults(&articles, &stories));
}

const TEMPLATES: [Row; 6] = [
    (
        "medan",
        "id",
        1620,
        "Polisi Tangkap Tiga Pencuri Motor di Medan",
        "Polisi menangkap tiga pencuri sepeda motor di Kota Medan, Selasa. Ketiga tersangka berinisial AS, RH, \
         dan MD ditangkap di sebuah rumah kontrakan. Dari tangan mereka polisi menyita dua sepeda motor hasil \
         curian dan kunci letter T. Para tersangka dijerat Pasal 363 KUHP tentang pencurian dengan pemberatan \
         dengan ancaman hukuman tujuh tahun penjara.",
    ),
    (
        "malang",
        "id",
        1680,
        "Polisi Tangkap Dua Pencuri Motor di Malang",
        "Polisi menangkap dua pencuri sepeda motor di Kota Malang, Selasa. Kedua tersangka berinisial BK dan SN \
         ditangkap di sebuah rumah kontrakan. Dari tangan mereka polisi menyita lima sepeda motor hasil curian \
         dan kunci letter T. Para tersangka dijerat Pasal 363 KUHP tentang pencurian dengan pemberatan dengan \
         ancaman hukuman tujuh tahun penjara.",
    ),
    (
        "leeds",
        "en",
        1620,
        "Police arrest two over robbery in Leeds",
        "Police have arrested two men after a robbery at a shop in Leeds on Monday night. Officers said the men, \
         aged 24 and 31, were detained on suspicion of robbery and remain in custody. A police spokesman appealed \
         for witnesses to come forward and said no one was injured.",
    ),
    (
        "bristol",
        "en",
        1680,
        "Police arrest three over robbery in Bristol",
        "Police have arrested three men after a robbery at a shop in Bristol on Monday night. Officers said the \
         men, aged 19, 22 and 40, were detained on suspicion of robbery and remain in custody. A police spokesman \
         appealed for witnesses to come forward and said no one was injured.",
    ),
    (
        "wjkt",
        "id",
        1620,
        "Prakiraan Cuaca Jakarta Hari Ini: Hujan Ringan Siang Hari",
        "BMKG memprakirakan cuaca Jakarta hari ini berawan pada pagi hari dan hujan ringan pada siang hari. Suhu \
         udara berkisar antara 24 hingga 32 derajat Celsius dengan kelembapan 65 hingga 90 persen. Masyarakat \
         diimbau mewaspadai hujan disertai petir pada sore hari.",
    ),
    (
        "wsby",
        "id",
        1620,
        "Prakiraan Cuaca Surabaya Hari Ini: Cerah Berawan",
        "BMKG memprakirakan cuaca Surabaya hari ini berawan pada pagi hari dan cerah berawan pada siang hari. \
         Suhu udara berkisar antara 25 hingga 34 derajat Celsius dengan kelembapan 55 hingga 85 persen. \
         Masyarakat diimbau mewaspadai hujan disertai petir pada sore hari.",
    ),
];

const SUMMITS: [Row; 12] = [
    (
        "kontak",
        "id",
        0,
        "Putin Siap Jalin Kontak Kembali dengan Trump",
        "Presiden Rusia Vladimir Putin siap menjalin kontak kembali dengan Presiden AS Donald Trump, kata juru \
         bicara Kremlin Dmitry Peskov, Jumat. Peskov mengatakan percakapan telepon dapat segera diatur bila \
         diperlukan.",
    ),
    (
        "kontak",
        "ru",
        60,
        "Песков: Путин готов возобновить контакты с Трампом",
        "Президент России Владимир Путин готов возобновить контакты с президентом США Дональдом Трампом, заявил \
         пресс-секретарь Кремля Дмитрий Песков. По его словам, телефонный разговор может быть быстро организован.",
    ),
    (
        "kontak",
        "en",
        30,
        "Kremlin says Putin ready to resume contacts with Trump",
        "Russian President Vladimir Putin is ready to resume contacts with U.S. President Donald Trump, Kremlin \
         spokesman Dmitry Peskov said on Friday, adding that a phone call could be arranged quickly if needed.",
    ),
    (
        "anchorage",
        "en",
        600,
        "Trump and Putin meet in Anchorage for talks on Ukraine",
        "U.S. President Donald Trump and Russian President Vladimir Putin met at a military base in Anchorage, \
         Alaska, on Saturday for their first face-to-face talks on ending the war in Ukraine. The meeting lasted \
         almost three hours and ended without a ceasefire.",
    ),
    (
        "anchorage",
        "id",
        660,
        "Trump dan Putin Bertemu di Anchorage Bahas Ukraina",
        "Presiden AS Donald Trump dan Presiden Rusia Vladimir Putin bertemu di pangkalan militer di Anchorage, \
         Alaska, Sabtu, untuk membahas perang di Ukraina. Pertemuan berlangsung hampir tiga jam dan berakhir \
         tanpa gencatan senjata.",
    ),
    (
        "anchorage",
        "ru",
        648,
        "Путин и Трамп провели переговоры в Анкоридже",
        "Президент России Владимир Путин и президент США Дональд Трамп провели переговоры на военной базе в \
         Анкоридже на Аляске. Встреча по украинскому урегулированию длилась почти три часа и завершилась без \
         перемирия.",
    ),
    (
        "tariffs",
        "en",
        1200,
        "Trump threatens 100% tariffs on buyers of Russian oil",
        "U.S. President Donald Trump threatened on Sunday to impose 100% tariffs on countries that buy Russian \
         oil unless Russian President Vladimir Putin agrees to a ceasefire within 50 days. India and China are \
         the biggest buyers.",
    ),
    (
        "tariffs",
        "id",
        1260,
        "Trump Ancam Tarif 100 Persen bagi Pembeli Minyak Rusia",
        "Presiden AS Donald Trump mengancam mengenakan tarif 100 persen terhadap negara yang membeli minyak Rusia \
         kecuali Presiden Rusia Vladimir Putin menyetujui gencatan senjata dalam 50 hari. India dan China adalah \
         pembeli terbesar.",
    ),
    (
        "tariffs",
        "ru",
        1236,
        "Трамп пригрозил пошлинами в 100% покупателям российской нефти",
        "Президент США Дональд Трамп пригрозил ввести пошлины в 100% против стран, покупающих российскую нефть, \
         если президент России Владимир Путин не согласится на перемирие в течение 50 дней. Крупнейшие покупатели \
         — Индия и Китай.",
    ),
    (
        "budapest",
        "en",
        1620,
        "Second Trump-Putin summit planned in Budapest, Orban says",
        "Donald Trump and Vladimir Putin will hold a second summit in Budapest within two weeks, Hungarian Prime \
         Minister Viktor Orban said on Monday. Preparations have begun, he said, after a phone call between the \
         Russian and U.S. presidents.",
    ),
    (
        "budapest",
        "id",
        1650,
        "KTT Kedua Trump-Putin Akan Digelar di Budapest",
        "Donald Trump dan Vladimir Putin akan menggelar pertemuan puncak kedua di Budapest dalam dua minggu, kata \
         Perdana Menteri Hongaria Viktor Orban, Senin. Persiapan telah dimulai setelah percakapan telepon antara \
         presiden Rusia dan AS.",
    ),
    (
        "budapest",
        "ru",
        1668,
        "Орбан: второй саммит Путина и Трампа пройдёт в Будапеште",
        "Второй саммит Владимира Путина и Дональда Трампа пройдёт в Будапеште в течение двух недель, заявил \
         премьер-министр Венгрии Виктор Орбан. Подготовка началась после телефонного разговора президентов России \
         и США.",
    ),
];

#[test]
fn shared_wording_about_another_town_is_another_event_in_a_store_that_has_nothing_else() {
    for pair in TEMPLATES.chunks(2) {
        tells_apart(pair);
    }
    tells_apart(&TEMPLATES);
}

#[test]
fn what_the_same_two_people_do_next_is_another_event() {
    let later: Vec<Row> = SUMMITS.into_iter().filter(|row| row.0 != "anchorage").collect();
    tells_apart(&later);
    let met: Vec<Row> = SUMMITS.into_iter().filter(|row| row.0 != "kontak").collect();
    tells_apart(&met);
}

/// The labelled news in stores of fourteen articles: those of neighbouring events, which are hard to tell apart.
#[test]
fn a_store_of_fourteen_articles_is_grouped_nearly_as_well_as_a_large_one() {
    let (mut all, mut stories) = (Vec::new(), Vec::new());
    for (nth, store) in small_stores(articles()).iter().enumerate() {
        let first = all.len() as i64;
        stories.extend(group(store, Weights::default()).into_iter().map(|story| first + story));
        all.extend(store.iter().map(|one| Article { event: format!("{nth} {}", one.event), ..one.clone() }));
    }
    for half in ["fit", "check"] {
        let (within, across) = (b_cubed(&all, &stories, half, true), b_cubed(&all, &stories, half, false));
        assert!(within.f1() >= 0.97, "{half}, within: {within:?}\n{}", faults(&all, &stories));
        assert!(across.f1() >= 0.90, "{half}, across: {across:?}\n{}", faults(&all, &stories));
    }
}
