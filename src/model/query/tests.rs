use proptest::prelude::*;

use super::*;
use crate::model::view::{SavedView, ViewId};

fn print(text: &str) -> String {
    Query::parse(text).unwrap().to_string()
}

fn word(word: &str) -> Query {
    Query::Text(Within::All, Text::Word(word.into()))
}

#[test]
fn a_query_reads_as_people_write_it() {
    assert_eq!(
        Query::parse(r#"tag:Rusia-AS unread newer:7d feed:"Antara" title:~"\bsanksi\b" -tag:olahraga has:enclosure"#)
            .unwrap(),
        Query::And(vec![
            Query::Tag("Rusia-AS".into()),
            Query::Is(State::Unread),
            Query::Newer(When::Ago(7, Unit::Days)),
            Query::Feed("Antara".into()),
            Query::Text(Within::Title, Text::Regex(r"\bsanksi\b".into())),
            Query::Not(Box::new(Query::Tag("olahraga".into()))),
            Query::Has(Part::Enclosure),
        ])
    );
    assert_eq!(print("putin OR (trump -is:read)"), "putin OR (trump -is:read)");
    assert_eq!(print("https://a.example/x?y=1"), r#""https://a.example/x?y=1""#);
    assert_eq!(print("  "), "()");
    assert_eq!(print("banj* \"banjir besar\" NOT rob"), "banj* \"banjir besar\" -rob");
    assert_eq!(print("saved topic:Rusia-AS story:12 is:dup"), "is:starred topic:Rusia-AS story:12 is:dup");
    assert_eq!(print("words:>500 OR words:<20 OR words:5..9"), "words:501.. OR words:0..19 OR words:5..9");
    assert_eq!(print("banjir sort:relevance limit:20"), "banjir sort:relevance limit:20");
}

#[test]
fn a_field_takes_a_whole_expression() {
    assert_eq!(print("title:(banjir OR -\"gempa bumi\")"), "title:banjir OR -title:\"gempa bumi\"");
    assert_eq!(print("tag:(a b) -feed:(1 OR 2)"), "(tag:a tag:b) -(feed:1 OR feed:2)");
    assert_eq!(print("title:(banjir author:ratna) rob"), "(title:banjir author:ratna) rob");
}

#[test]
fn words_of_other_readers_are_understood() {
    assert_eq!(print("intitle:banjir inurl:antara !#olahraga"), "title:banjir url:\"antara\" -tag:olahraga");
    assert_eq!(print("f:12 is:favorite label:x since:today"), "feed:12 is:starred tag:x newer:today");
    assert_eq!(print("feedurl:a.example feedweburl:b.example"), "feed:a.example feed:b.example");
    assert_eq!(print("all:iklim summary:rap"), "iklim body:rap");
}

#[test]
fn quotes_patterns_and_lists_of_freshrss_and_eilmeldung_are_understood() {
    assert_eq!(
        print("intitle:'presiden terpilih' author:'Ratna Sari'"),
        "title:\"presiden terpilih\" author:\"Ratna Sari\""
    );
    assert_eq!(print("'presiden terpilih' don't Jum'at 'em"), "\"presiden terpilih\" don't Jum'at \"'em\"");
    assert_eq!(print("title:/a b|c\\/d/i"), "title:~\"a b|c/d\"");
    assert_eq!(print("title:/A/ /b\\.c/m"), "title:~\"(?-i)A\" ~\"(?m-i)b\\\\.c\"");
    assert_eq!(
        print("#Two+Words #a,#b #\"Upah Minimum\" #'x y' #C++"),
        "tag:\"Two Words\" (tag:a OR tag:b) tag:\"Upah Minimum\" tag:\"x y\" tag:C++"
    );
    assert_eq!(
        print("tag:#a,b f:1,7 labels:\"x, y\" tag:\"a,b\""),
        "(tag:a OR tag:b) (feed:1 OR feed:7) (tag:x OR tag:y) tag:\"a,b\""
    );
    assert_eq!(print("c:Dunia L:x TAG:y Title:z"), "folder:Dunia tag:x tag:y title:z");
    assert_eq!(
        print("~read ~#politik ~title:bola ~tagged ~unmarked"),
        "-is:read -tag:politik -title:bola -has:tag --is:starred"
    );
    assert_eq!(print("feed:/github|gitlab/i -feed:~\"^Ant\""), "feed:~\"github|gitlab\" -feed:~\"^Ant\"");
    assert_eq!(print("lang:en-US,in lang:ID_id"), "(lang:en OR lang:id) lang:id");
    assert_eq!(print("~\"put(in|ra)\" ~putra"), "~\"put(in|ra)\" ~\"putra\"");
    assert_eq!(print("read #paywall today"), "is:read tag:paywall newer:today");
    assert_eq!(print("marked (tagged OR unmarked) -read"), "is:starred (has:tag OR -is:starred) -is:read");
    assert_eq!(print("putin today"), "putin all:today");
    assert_eq!(print("all:today OR \"read\" title:marked"), "all:today OR (\"read\" title:marked)");
    assert_eq!(written("today").as_deref(), Some("newer:today"));
    assert_eq!(print("is:unstarred is:Unread has:tag"), "-is:starred is:unread has:tag");
    assert_eq!(print("words:>=50 words:<=50 words:50-100"), "words:50.. words:0..50 words:50..100");
}

#[test]
fn orders_are_read_as_eilmeldung_writes_them() {
    for (written, meant) in [
        ("date", "sort:date"),
        ("\"<date\"", "sort:date"),
        ("relevance", "sort:relevance"),
        ("\">date\"", "sort:>date"),
        (">date", "sort:>date"),
        ("title", "sort:<title"),
        ("\"<feed     >date author\"", "sort:\"<feed >date <author\""),
        ("\"<     synced  \"", "sort:<synced"),
        ("\"<feed>date\"", "sort:\"<feed >date\""),
        ("Title", "sort:<title"),
    ] {
        assert_eq!(print(&format!("unread sort:{written}")), format!("is:unread {meant}"), "{written}");
        assert_eq!(print(meant), meant);
    }
    for wrong in
        ["foo", "\"<\"", "\"<<date\"", "\"title title\"", "\"<title >title\"", "\"date foo\"", "\"relevance date\""]
    {
        let error = Query::parse(&format!("sort:{wrong}")).unwrap_err();
        assert!(matches!(error.problem, Problem::UnknownOrder(_)), "{wrong}: {error}");
    }
}

#[test]
fn a_parenthesis_behind_a_backslash_is_a_letter() {
    assert_eq!(print(r"intitle:\(video\) fungsi\(x\) -\(iklan\)"), r#"title:"(video)" "fungsi(x)" -"(iklan)""#);
    assert_eq!(print(r"(a OR \() \)"), r#"(a OR "(") ")""#);
    assert_eq!(print(r"author:\(red\) tag:a\(b\),c #d\(e\)"), r#"author:"(red)" (tag:"a(b)" OR tag:c) tag:"d(e)""#);
    assert_eq!(print(r"(x OR a\ )"), r#"x OR "a\\""#);
    assert_eq!(print(r"~a\(b C:\x"), r#"~"a\\(b" folder:\x"#);
    assert_eq!(Query::parse(r"(a \)").unwrap_err().problem, Problem::Unclosed);
}

#[test]
fn articles_and_the_times_when_they_came_and_were_changed_are_asked_for() {
    assert_eq!(print("e:12,7 -e:3 E:5"), "(e:12 OR e:7) -e:3 e:5");
    assert_eq!(print("e:1639310674957894"), "e:1639310674957894");
    assert_eq!(print("l:* -L:*"), "has:tag -has:tag");
    assert_eq!(
        print("syncedafter:\"1 hour ago\" ~syncedbefore:2024-12-01 syncedafter:today"),
        "syncedafter:1h -syncedbefore:2024-12-01 syncedafter:today"
    );
    for (written, meant) in [
        ("P1D", "mdate:>=1d"),
        ("2026-11", "mdate:>=2026-11-01 mdate:<2026-12-01"),
        ("/2026-11-01", "mdate:<2026-11-02"),
        (">=2026-11-05T13:30", "mdate:>=2026-11-05T13:30:00"),
        ("<\"1 week ago\"", ""),
    ] {
        match Query::parse(&format!("mdate:{written}")) {
            Ok(query) if !meant.is_empty() => assert_eq!(query.to_string(), meant, "{written}"),
            other => assert!(meant.is_empty() && other.is_err(), "{written}: {other:?}"),
        }
    }
    assert_eq!(print("-mdate:2026"), "-(mdate:>=2026-01-01 mdate:<2027-01-01)");
    assert!(
        Query::parse("e:x").is_err() && Query::parse("e:1,x").is_err() && Query::parse("syncedafter:soon").is_err()
    );
}

fn views(views: &[(i64, &str, Option<char>, &str)]) -> Vec<SavedView> {
    let view = |(id, name, key, query): &(i64, &str, Option<char>, &str)| SavedView {
        id: ViewId(*id),
        name: (*name).to_owned(),
        query: Query::parse(query).unwrap(),
        key: *key,
    };
    views.iter().map(view).collect()
}

#[test]
fn a_saved_view_stands_for_its_query() {
    let views = views(&[
        (7, "Genting", Some('g'), "tag:gempa OR tag:banjir"),
        (9, "Dua Kata", None, "search:genting unread sort:relevance limit:3"),
        (12, "2", None, "starred"),
        (13, "Semua", None, "sort:relevance"),
    ]);
    let expanded = |text: &str| Query::parse(text).unwrap().expanded(&views).unwrap().to_string();
    assert_eq!(print("search:Genting S:3 !search:'Dua Kata'"), "search:Genting search:3 -search:\"Dua Kata\"");
    assert_eq!(expanded("search:Genting putin"), "(tag:gempa OR tag:banjir) putin");
    assert_eq!(expanded("search:\"dua kata\" putin sort:date"), "(tag:gempa OR tag:banjir) is:unread putin sort:date");
    assert_eq!(expanded("!(S:1 OR S:2)"), "-((tag:gempa OR tag:banjir) OR is:starred)");
    assert_eq!(expanded("search:g"), "tag:gempa OR tag:banjir");
    assert_eq!(expanded("search:semua x OR -search:(genting)"), "x OR -(tag:gempa OR tag:banjir)");
    let kept = Query::parse("search:g S:4 unread").unwrap().kept(&views, None).unwrap();
    assert_eq!(kept.to_string(), "search:Genting search:Semua is:unread");
    let error = Query::parse("putin search:Gentin").unwrap().expanded(&views).unwrap_err();
    assert_eq!(error.to_string(), "there is no saved view `Gentin` at 14, did you mean `Genting`?");
    let error = Query::parse("S:5 OR x").unwrap().expanded(&views).unwrap_err();
    assert_eq!(error.to_string(), "there is no saved view `5` at 3");
    let without = |text: &str| {
        let other = |_: &Named| views[0].query.clone();
        Query::parse(text).unwrap().without_view(&views, ViewId(7), &other).map(|query| query.to_string())
    };
    assert_eq!(without("search:genting unread"), Some("(tag:gempa OR tag:banjir) is:unread".to_owned()));
    assert_eq!(without("search:2 unread"), None);
}

#[test]
fn a_saved_view_is_no_part_of_itself() {
    let round = views(&[(1, "A", None, "x search:B"), (2, "B", None, "search:C OR y"), (3, "C", None, "-search:A")]);
    let error = Query::parse("lagi search:a").unwrap().expanded(&round).unwrap_err();
    assert_eq!(error.to_string(), "the saved view `A` would be part of itself at 13");
    let line = views(&[(1, "A", None, "x search:B"), (2, "B", None, "search:C OR y"), (3, "C", None, "z")]);
    let error = Query::parse("z OR search:A").unwrap().kept(&line, Some(ViewId(3))).unwrap_err();
    assert_eq!((error.column, error.problem), (13, Problem::ViewOfItself("C".into())));
    let doubled: Vec<(i64, String, String)> =
        (0..30).map(|n| (n, format!("v{n}"), format!("search:v{} OR -search:v{}", n + 1, n + 1))).collect();
    let doubled: Vec<_> = doubled.iter().map(|(id, name, query)| (*id, name.as_str(), None, query.as_str())).collect();
    let many = views(&[&doubled[..], &[(30, "v30", None, "x")]].concat());
    let error = Query::parse("search:v0").unwrap().expanded(&many).unwrap_err();
    assert_eq!(error.problem, Problem::TooDeep);
    assert!(Query::parse("search:v23").unwrap().expanded(&many).is_ok());
}

#[test]
fn moments_are_read_in_many_ways() {
    for (written, meant) in [
        ("1y", "1y"),
        ("3mo", "3mo"),
        ("yesterday", "yesterday"),
        ("2026-11", "2026-11-01"),
        ("2026", "2026-01-01"),
        ("\"1 week ago\"", "1w"),
        ("\"an hour ago\"", "1h"),
        ("2026-11-27T12:00", "2026-11-27T12:00:00"),
        ("\"2026-11-27 12:00\"", "2026-11-27T12:00:00"),
        ("2026-11-27T12:00+07:00", "2026-11-27T05:00:00Z"),
        ("2026-11-27T09", "2026-11-27T09:00:00"),
        ("20261127", "2026-11-27"),
        ("90s", "90s"),
    ] {
        assert_eq!(print(&format!("newer:{written}")), format!("newer:{meant}"), "{written}");
    }
    let now: jiff::Zoned = "2026-11-30T12:00:00+07:00[Asia/Jakarta]".parse().unwrap();
    let moment = |when: When| when.moment(&now).to_string();
    assert_eq!(moment(When::Ago(1, Unit::Months)), "2026-10-30T05:00:00Z");
    let end = When::Day(jiff::civil::date(9999, 12, 31)).moment(&now.with_time_zone(jiff::tz::TimeZone::UTC));
    assert_eq!(end, jiff::Timestamp::MAX);
    assert_eq!(moment(When::Yesterday), "2026-11-28T17:00:00Z");
    assert_eq!(moment(When::At(jiff::civil::datetime(2026, 11, 1, 8, 0, 0, 0))), "2026-11-01T01:00:00Z");
}

#[test]
fn spans_of_time_are_read_as_freshrss_writes_them() {
    for (written, meant) in [
        ("2026-11", "newer:2026-11-01 older:2026-12-01"),
        ("2026-11-05", "newer:2026-11-05 older:2026-11-06"),
        ("2026-11-01/", "newer:2026-11-01"),
        ("/2026-11-01", "older:2026-11-02"),
        ("2026-11-01/2026-11-07", "newer:2026-11-01 older:2026-11-08"),
        ("P7D/", "newer:7d"),
        ("P1W", "newer:7d"),
        ("/P1Y", "older:1y"),
        ("P1DT1H/", "newer:25h"),
        ("PT30M/", "newer:30m"),
        ("PT90S/", "newer:90s"),
        ("P3d/", "newer:3d"),
        ("202611", "newer:2026-11-01 older:2026-12-01"),
        ("20261105", "newer:2026-11-05 older:2026-11-06"),
        ("2026-11-05T13", "newer:2026-11-05T13:00:00 older:2026-11-05T14:00:00"),
        ("2026-11-05T23:59", "newer:2026-11-05T23:59:00 older:2026-11-06"),
        ("2026-11-05T23:59:58Z", "newer:2026-11-05T23:59:58Z older:2026-11-05T23:59:59Z"),
        ("2026-11-05T13:30+07:00", "newer:2026-11-05T06:30:00Z older:2026-11-05T06:31:00Z"),
        ("2026-10--2026-11", "newer:2026-10-01 older:2026-12-01"),
        ("2026-02/04", "newer:2026-02-01 older:2026-05-01"),
        ("2026-02-03/05", "newer:2026-02-03 older:2026-02-06"),
        ("2026-02-03T22:00/22:15", "newer:2026-02-03T22:00:00 older:2026-02-03T22:16:00"),
        ("2026-02-03T22:00/15", "newer:2026-02-03T22:00:00 older:2026-02-03T22:16:00"),
        ("2026-03/P1W", "newer:2026-03-01 older:2026-03-08"),
        ("P1W/2026-05-25T23:59:59", "newer:2026-05-19 older:2026-05-26"),
        ("P1M/2026-05", "newer:2026-05-01 older:2026-06-01"),
        ("P7D/P1D", "newer:7d older:1d"),
    ] {
        assert_eq!(print(&format!("pubdate:{written}")), meant, "{written}");
    }
    assert_eq!(print("putin date:2026 unread"), "putin newer:2026-01-01 older:2027-01-01 is:unread");
    assert_eq!(print("-date:2026"), "-(newer:2026-01-01 older:2027-01-01)");
    for wrong in
        ["date:/", "date:7d/2026-11-01", "date:2026-13", "date:P1", "date:soon", "date:2026-11/2", "date:P1D/today/x"]
    {
        assert!(matches!(Query::parse(wrong).unwrap_err().problem, Problem::NoTime(_)), "{wrong}");
    }
}

#[test]
fn a_pasted_headline_asks_for_its_words() {
    for headline in [
        "putin – trump",
        "putin & trump",
        "putin | trump",
        "putin + trump",
        "putin - trump",
        "putin ! trump",
        "putin -- trump",
    ] {
        assert_eq!(print(headline), "putin trump", "{headline}");
    }
    assert_eq!(print("banjir: semarang"), "banjir semarang");
    assert_eq!(print("Body: dua tewas"), "\"Body\" dua tewas".replace('"', ""));
    assert_eq!(print("title: banjir"), "title banjir");
    assert_eq!(print("title:– x"), "title:\"–\" x");
    assert_eq!(print("–"), "\"–\"");
    assert_eq!(print("🌏 -(a) !\"b\" -–"), "🌏 -a -\"b\"");
}

#[test]
fn words_may_be_near_each_other() {
    assert_eq!(print("\"putin trump\"~5 body:\"a b\"~2"), "\"putin trump\"~5 body:\"a b\"~2");
    assert_eq!(Query::parse("tag:\"a b\"~5").unwrap_err().problem, Problem::NoNear);
}

#[test]
fn an_error_names_the_column_and_the_remedy() {
    let error = |text| Query::parse(text).unwrap_err().to_string();
    assert_eq!(error("unread tga:x"), "unknown field `tga:` at 8, did you mean `tag:`?");
    assert_eq!(error("is:unraed"), "unknown state `unraed` at 4, did you mean `unread`?");
    assert_eq!(error("is:old"), "unknown state `old` at 4; it is unread, read, starred, new, dup or muted");
    assert_eq!(error("has:vidio"), "unknown part `vidio` at 5, did you mean `video`?");
    assert_eq!(error("newer:soon"), "`soon` is no time at 7; write 7d, 12h, today or 2026-11-01");
    assert_eq!(error("(a b"), "`)` is missing at 5");
    assert_eq!(error("a OR"), "something is missing at 5");
    assert_eq!(error("\"a"), "unclosed quotation mark at 1");
    assert_eq!(error("a OR limit:3"), "`sort:` and `limit:` stand outside parentheses, OR and NOT at 12");
    assert_eq!(error("lang:indonesia"), "`indonesia` is no language at 6; write id or en");
    assert_eq!(error("title:\"\" x"), "`title:` needs a value at 7");
    assert_eq!(error("tag:\" \""), "`tag:` needs a value at 5");
    assert_eq!(error("x -\"\""), "something is missing at 4");
    assert_eq!(error("feed:(\"\")"), "`feed:` needs a value at 7");
    assert_eq!(error("tag:()"), "`tag:` needs a value at 5");
    assert_eq!(error("tag:~x"), "`tag:` takes no regular expression at 5");
    assert!(error("title:~\"(\"").starts_with("no regular expression: unclosed group"), "{}", error("title:~\"(\""));
    assert_eq!(error("a OR OR b"), "something is missing at 6");
    assert_eq!(error("AND putin"), "something is missing at 1");
    assert_eq!(error("c:23"), "`c:` takes a name, not a number of another reader's at 1; write folder:Dunia");
    assert!(error("NEAR(putin trump, 5)").ends_with("at 1; write \"a b\"~5"));
    assert!(Query::parse(&"(".repeat(10_000)).is_err());
    assert!(Query::parse(&"-".repeat(10_000)).is_err());
}

#[test]
fn a_regular_expression_has_limits() {
    let large = format!("title:~\"{}\"", "(a{100}){100}");
    assert_eq!(Query::parse(&large).unwrap_err().problem, Problem::LargeRegex);
    assert!(Query::parse(&format!("~\"{}\"", "(".repeat(300))).is_err());
}

#[test]
fn what_is_typed_is_completed() {
    assert_eq!(completions("unread ta").words, ["tag:"]);
    assert_eq!(completions("-is:un").words, ["unread"]);
    assert_eq!(completions("(has:").words.len(), Part::ALL.len());
    let feed = completions("unread (feed:Ant");
    assert_eq!((feed.field, feed.typed), (Some("feed"), "Ant"));
    assert_eq!(completions("banjir ").words, [""; 0]);
    let tag = completions("tag:(ek");
    assert_eq!((tag.field, tag.typed), (Some("tag"), "ek"));
    assert_eq!(completions("(tag:(a) ek").field, None);
    assert_eq!(completions("tag:a,ek").typed, "ek");
    assert_eq!(completions("Is:un").words, ["unread"]);
    assert_eq!(completions("today").words, ["newer:today"]);
}

#[test]
fn what_must_be_there_is_what_is_shown() {
    let query = Query::parse("banjir -rob title:(gempa OR \"gunung api\") unread").unwrap();
    let sought: Vec<String> = query.sought().iter().map(|(_, text)| format!("{text:?}")).collect();
    assert_eq!(sought, ["Word(\"banjir\")", "Word(\"gempa\")", "Phrase(\"gunung api\")"]);
    assert!(query.has_text() && !Query::parse("unread tag:x").unwrap().has_text());
    assert_eq!(word("a").parts(), [word("a")]);
}

fn leaf() -> impl Strategy<Value = Query> {
    let text = prop_oneof!["[a-zA-Z0-9 :()\"\\\\–!~#*-]{0,12}", "(AND|OR|NOT|unread|read|tag:x)", "\\PC{0,6}"]
        .prop_filter("says something", |text| !text.trim().is_empty());
    let plain = prop_oneof!["[a-zA-Zа-я0-9][a-zA-Zа-я0-9–!~#\\\\-]{0,8}", "(and|read|首相|C#)"];
    let within = prop_oneof![Just(Within::All), Just(Within::Title), Just(Within::Author), Just(Within::Body)];
    let when = prop_oneof![
        (
            0_u32..1000,
            prop::sample::select(&[Unit::Minutes, Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months, Unit::Years][..])
        )
            .prop_map(|(n, unit)| When::Ago(n, unit)),
        Just(When::Today),
        Just(When::Yesterday),
        (1_i16..9999, 0_i8..24, 0_i8..60).prop_map(|(y, h, m)| When::At(jiff::civil::datetime(y, 5, 6, h, m, 7, 0))),
        (0_i64..4_000_000_000).prop_map(|at| When::Moment(jiff::Timestamp::from_second(at).unwrap())),
        (1_i16..9999, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| When::Day(jiff::civil::date(y, m, d))),
    ];
    let time = prop::sample::select(&[Time::Arrived, Time::Edited, Time::Marked][..]);
    let sought = prop_oneof![
        plain.clone().prop_filter("a word", |word| print::is_plain_word(word)).prop_map(Text::Word),
        plain.prop_filter("a word", |word| print::is_plain_word(word)).prop_map(Text::Prefix),
        text.clone().prop_map(Text::Phrase),
        (text.clone(), any::<u32>()).prop_map(|(text, others)| Text::Near(text, others)),
        "[a-z\\\\b.\"+]{0,5}".prop_filter("an expression", |p| regex(p).is_ok()).prop_map(Text::Regex),
    ];
    prop_oneof![
        (within, sought).prop_map(|(within, text)| Query::Text(within, text)),
        text.clone().prop_map(|text| Query::Text(Within::Url, Text::Phrase(text))),
        text.clone().prop_map(Query::Tag),
        text.clone().prop_map(Query::Topic),
        text.clone().prop_map(|name| Query::View(Named { name, column: 0 })),
        any::<i64>().prop_filter("a plain number", |id| *id >= 0).prop_map(Query::Story),
        text.clone().prop_map(Query::Feed),
        "[a-z\\\\b.\"+]{0,5}".prop_filter("an expression", |p| regex(p).is_ok()).prop_map(Query::FeedLike),
        text.prop_map(Query::Folder),
        prop::sample::select(State::ALL).prop_map(Query::Is),
        prop::sample::select(Part::ALL).prop_map(Query::Has),
        (any::<u32>(), any::<u32>()).prop_map(|(least, most)| Query::Words(least, most)),
        when.clone().prop_map(Query::Newer),
        (time.clone(), when.clone()).prop_map(|(time, when)| Query::From(time, when)),
        (time, when.clone()).prop_map(|(time, when)| Query::Until(time, when)),
        (0..i64::MAX).prop_map(Query::Entry),
        when.prop_map(Query::Older),
    ]
}

fn query() -> impl Strategy<Value = Query> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Query::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Query::Or),
            inner.prop_map(|query| Query::Not(Box::new(query))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_the_same(query in query()) {
        let printed = query.to_string();
        prop_assert_eq!(Query::parse(&printed), Ok(query), "{}", printed);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
        let _ = Query::parse(&text);
    }

    #[test]
    fn what_reads_is_printed_so_that_it_reads_the_same(text in "[a-zA-Z0-9:\"()*~#!'/,+–\\\\ -]{0,24}") {
        if let Ok(query) = Query::parse(&text) {
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed), Ok(query), "{}", printed);
        }
    }
}
