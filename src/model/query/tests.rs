use proptest::prelude::*;

use super::*;

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
    assert_eq!(error("tag:~x"), "`tag:` takes no regular expression at 5");
    assert!(error("title:~\"(\"").starts_with("no regular expression: unclosed group"), "{}", error("title:~\"(\""));
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
    let text = prop_oneof!["[a-zA-Z0-9 :()\"\\\\–!~#*-]{0,12}", "(AND|OR|NOT|unread|read|tag:x)", "\\PC{0,6}"];
    let plain = prop_oneof!["[a-zA-Zа-я0-9][a-zA-Zа-я0-9–!~#-]{0,8}", "(and|read|首相|C#)"];
    let within = prop_oneof![Just(Within::All), Just(Within::Title), Just(Within::Author), Just(Within::Body)];
    let when = prop_oneof![
        (0_u32..1000, 0_usize..4).prop_map(|(n, unit)| When::Ago(n, Unit::ALL[unit].1)),
        Just(When::Today),
        (1_i16..9999, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| When::Day(jiff::civil::date(y, m, d))),
    ];
    let sought = prop_oneof![
        plain.clone().prop_filter("a word", |word| print::is_plain_word(word)).prop_map(Text::Word),
        plain.prop_filter("a word", |word| print::is_plain_word(word)).prop_map(Text::Prefix),
        text.clone().prop_map(Text::Phrase),
        "[a-z\\\\b.\"+]{0,5}".prop_filter("an expression", |p| regex(p).is_ok()).prop_map(Text::Regex),
    ];
    prop_oneof![
        (within, sought).prop_map(|(within, text)| Query::Text(within, text)),
        text.clone().prop_map(|text| Query::Text(Within::Url, Text::Phrase(text))),
        text.clone().prop_map(Query::Tag),
        text.clone().prop_map(Query::Topic),
        any::<i64>().prop_filter("a plain number", |id| *id >= 0).prop_map(Query::Story),
        text.clone().prop_map(Query::Feed),
        text.prop_map(Query::Folder),
        prop::sample::select(State::ALL).prop_map(Query::Is),
        prop::sample::select(Part::ALL).prop_map(Query::Has),
        (any::<u32>(), any::<u32>()).prop_map(|(least, most)| Query::Words(least, most)),
        when.clone().prop_map(Query::Newer),
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
    fn what_reads_is_printed_so_that_it_reads_the_same(text in "[a-z:\"()*~#! -]{0,24}") {
        if let Ok(query) = Query::parse(&text) {
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed), Ok(query), "{}", printed);
        }
    }
}
