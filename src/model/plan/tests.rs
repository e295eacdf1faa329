use proptest::prelude::*;

use super::*;
use crate::model::entry::Draft;
use crate::model::link;

fn draft(guid: Option<&str>, url: Option<&str>, title: &str) -> Draft {
    Draft { guid: guid.map(Into::into), url: url.map(Into::into), title: title.into(), ..Draft::default() }
}

fn dated(draft: Draft, seconds: i64) -> Draft {
    Draft { published: jiff::Timestamp::from_second(seconds).ok(), ..draft }
}

fn with_text(draft: Draft, text: &str) -> Draft {
    Draft { content: Some(text.to_owned()), ..draft }
}

fn sketch(draft: &Draft, hosts: &[String]) -> Sketch {
    let own = draft.url.as_deref().and_then(|url| link::host(&url::Url::parse(url).ok()?)).unwrap_or_default();
    let hosts = hosts.iter().filter(|host| !hosts.contains(&own) && **host != own);
    let moved = |host: &String| Some(Identity(link::Link::on(draft.url.as_deref()?, host)?.hash()));
    Sketch { moved: hosts.filter_map(moved).collect(), ..Sketch::of(draft) }
}

/// What a store that holds these drafts as entries 0, 1, 2 … would look up, and the hosts of their links.
fn stored(drafts: &[Draft]) -> (Knowledge, Vec<String>) {
    let (mut known, mut hosts) = (Knowledge::new(), Vec::new());
    for (n, draft) in drafts.iter().enumerate() {
        let Sketch { identities, fingerprint, title, date, .. } = sketch(draft, &[]);
        let (id, has_guid) = (EntryId(n as i64), identities.guid.is_some());
        let row = Known { id, fingerprint, has_guid, title, at: date.unwrap_or(0), is_removed: false };
        for identity in identities.guid.into_iter().chain(identities.text) {
            known.entry(identity).or_insert_with(|| vec![row]);
        }
        let namesakes = known.entry(identities.title).or_default();
        if namesakes.is_empty() || date.is_some() && !has_guid {
            namesakes.push(row);
        }
        known.entry(identities.link.unwrap_or(Identity(0))).or_default().push(row);
        hosts.extend(draft.url.as_deref().and_then(|url| link::host(&url::Url::parse(url).ok()?)));
    }
    known.remove(&Identity(0));
    hosts.dedup();
    (known, hosts)
}

fn outcome(before: &[Draft], now: &[Draft]) -> (usize, usize, usize, usize) {
    let (known, hosts) = stored(before);
    let sketches: Vec<Sketch> = now.iter().map(|draft| sketch(draft, &hosts)).collect();
    let plan = plan(&sketches, &known);
    (plan.new.len(), plan.changed.len(), plan.unchanged.len(), plan.repeated)
}

#[test]
fn a_known_document_changes_nothing() {
    let items =
        [draft(Some("1"), Some("https://a/1"), "A"), draft(None, Some("https://a/2"), "B"), draft(None, None, "C")];
    assert_eq!(outcome(&items, &items), (0, 0, 3, 0));
}

#[test]
fn a_new_guid_with_the_same_link_and_title_is_the_same_item() {
    let before = [draft(Some("1"), Some("http://a/1"), "Putin siap")];
    let now = [draft(Some("tag:a,1"), Some("https://a/1#utm"), "Putin siap")];
    assert_eq!(outcome(&before, &now), (0, 1, 0, 0));
}

#[test]
fn a_feed_that_changes_its_guids_keeps_its_articles_whatever_else_it_changes_with_them() {
    let page = |host: &str, n: i64| format!("https://{host}/2026/11/berita-nomor-{n}.html");
    let item = |guid: &str, url: String, title: &str, text: &str| {
        with_text(draft(Some(guid), Some(&url), title), &format!("{text} {title}"))
    };
    let old = |n: i64| item(&format!("lama-{n}"), page("a.id", n), &format!("Judul {n}"), "Teks lama yang panjang");
    let text_edited =
        |n: i64| item(&format!("baru-{n}"), page("a.id", n), &format!("Judul {n}"), "Sama sekali lain isinya");
    let moved = |n: i64| item(&page("b.id", n), page("b.id", n), &format!("Judul {n}"), "Tautan lain ke https://b.id/");
    let path_changed = |n: i64| {
        item(
            &format!("baru-{n}"),
            format!("https://a.id/baca/{n}/judul-baru"),
            &format!("Judul {n}"),
            "Teks lama yang panjang",
        )
    };
    let before: Vec<Draft> = (0..20).map(old).collect();
    let undated: [&dyn Fn(i64) -> Draft; 3] = [&text_edited, &moved, &path_changed];
    for (case, now) in undated.into_iter().enumerate() {
        let now: Vec<Draft> = (0..20).map(now).collect();
        assert_eq!(outcome(&before, &now).0, 0, "case {case}");
    }
    let before: Vec<Draft> = before.into_iter().map(|draft| dated(draft, 86_400)).collect();
    let no_longer_dated: Vec<Draft> = (0..20).map(text_edited).collect();
    assert_eq!(outcome(&before, &no_longer_dated).0, 0);
    let all_edited =
        |n: i64| dated(item(&format!("baru-{n}"), page("a.id", n), &format!("Lain {n}"), "Lain isinya"), 86_400);
    assert_eq!(outcome(&before[..1], &[all_edited(0)]).0, 0, "its own page and its date");
}

#[test]
fn items_that_share_a_link_stay_apart_by_guid() {
    let before = [draft(Some("1"), Some("https://a/"), "Status 1")];
    let now = [draft(Some("2"), Some("https://a/"), "Status 2")];
    assert_eq!(outcome(&before, &now), (1, 0, 0, 0));
    let both = [now[0].clone(), before[0].clone()];
    assert_eq!(outcome(&before, &both), (1, 0, 1, 0));
}

#[test]
fn items_without_a_guid_that_share_a_link_stay_apart_by_title_and_date() {
    let item = |day: i64| dated(draft(None, Some("https://a.id/status"), "Gangguan"), day * 86_400);
    let before = [item(2), item(1)];
    assert_eq!(outcome(&[], &before), (2, 0, 0, 0));
    assert_eq!(outcome(&before, &[item(3), item(2), item(1)]), (1, 0, 2, 0));
    assert_eq!(outcome(&[item(1)], &[item(2)]), (1, 0, 0, 0), "a page that brings one item at a time");
}

#[test]
fn items_without_a_guid_that_share_title_and_date_are_known_the_next_time() {
    let item = |url: Option<&str>, title: &str, text: &str| with_text(dated(draft(None, url, title), 86_400), text);
    let (status, own) = (Some("https://a.id/status"), Some("https://a.id/2024/satu.html"));
    let items =
        [item(status, "Gempa", "a"), item(status, "Banjir", "b"), item(own, "Gempa", "c"), item(None, "Banjir", "d")];
    let (new, .., repeated) = outcome(&[], &items);
    assert_eq!(new + repeated, 4);
    let stored: Vec<Draft> = items.iter().take(3).cloned().collect();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let before = order.map(|n: usize| stored[n].clone());
        assert_eq!(outcome(&before, &stored), (0, 0, 3, 0), "{order:?}");
    }
}

#[test]
fn items_without_a_guid_that_differ_in_their_text_alone_are_two_and_stay_so() {
    let item = |url: Option<&str>, text: &str| with_text(dated(draft(None, url, "Gempa"), 86_400), text);
    for url in [None, Some("https://a.id/"), Some("https://a.id/gempa")] {
        let items = [item(url, "Magnitudo 5,1 di Maluku"), item(url, "Magnitudo 4,8 di Aceh")];
        assert_eq!(outcome(&[], &items), (2, 0, 0, 0), "{url:?}");
        assert_eq!(outcome(&items, &items), (0, 0, 2, 0), "{url:?}");
        let [one, two] = items;
        assert_eq!(outcome(&[], &[one.clone(), one.clone()]), (1, 0, 0, 1), "{url:?}");
        let more = [item(url, "Magnitudo 6,0 di Papua"), two.clone(), one.clone()];
        assert_eq!(outcome(&[one, two], &more), (1, 0, 2, 0), "{url:?}");
    }
    let page = Some("https://a.id/2024/11/gempa-di-maluku.html");
    assert_eq!(outcome(&[], &[item(page, "satu"), item(page, "dua")]), (1, 0, 0, 1), "a page is one article");
}

#[test]
fn of_items_that_share_title_and_date_the_edited_one_is_changed_and_one_that_comes_for_another_is_new() {
    let item = |text: &str| with_text(dated(draft(None, Some("https://a.id/gempa"), "Gempa"), 86_400), text);
    let now = ["tiga", "dua", "satu"].map(item);
    // As the store numbers them.
    let before: Vec<Draft> = now.iter().rev().cloned().collect();
    for edited in 0..3 {
        let mut now = now.clone();
        now[edited].content = Some("disunting".to_owned());
        assert_eq!(outcome(&before, &now), (0, 1, 2, 0), "{edited}");
    }
    assert_eq!(outcome(&before, &["empat", "tiga", "dua"].map(item)), (1, 0, 2, 0));
    assert_eq!(outcome(&before, &["empat", "lima", "dua"].map(item)), (2, 0, 1, 0));
}

#[test]
fn a_column_of_fixed_name_and_address_is_new_each_week() {
    let week = |n: i64| {
        let item = |name: &str| {
            let url = format!("https://a.id/kolom/{name}");
            let item = draft(Some(&format!("{name}-{n}")), Some(&url), "Prakiraan cuaca");
            with_text(dated(item, n * 7 * 86_400), &format!("{name} {n}"))
        };
        [item("jakarta"), item("bandung"), item("medan")]
    };
    assert_eq!(outcome(&week(1), &week(2)), (3, 0, 0, 0));
}

#[test]
fn a_feed_with_new_guids_keeps_its_items_the_edited_ones_too() {
    let item = |n: i64, guid: &str, title: &str| {
        let url = format!("https://a.id/2024/{n}");
        dated(draft(Some(&format!("{guid}{n}")), Some(&url), title), n * 1000)
    };
    let before = [item(1, "a", "Satu"), item(2, "a", "Dua"), item(3, "a", "Tiga"), item(4, "a", "Empat")];
    let mut now = [item(1, "b", "Satu"), item(2, "b", "Dua"), item(3, "b", "Tiga"), item(4, "b", "Empat (diperbarui)")];
    assert_eq!(outcome(&before, &now), (0, 1, 3, 0));
    now[0].published = jiff::Timestamp::from_second(900_000).ok();
    assert_eq!(outcome(&before, &now), (0, 1, 3, 0), "one of them republished");
}

#[test]
fn a_feed_on_a_new_host_keeps_its_items() {
    let item = |n: i64, host: &str, title: &str| {
        let url = format!("https://{host}/2024/{n}");
        dated(draft(Some(&url), Some(&url), title), n * 1000)
    };
    let titles = ["Satu", "Dua", "Tiga", "Empat"];
    let before: Vec<Draft> = (0..4).map(|n| item(n, "lama.id", titles[n as usize])).collect();
    let mut now: Vec<Draft> = (0..4).map(|n| item(n, "baru.example", titles[n as usize])).collect();
    now[3].title = "Empat, disunting".to_owned();
    now.insert(0, item(9, "baru.example", "Baru"));
    assert_eq!(outcome(&before, &now), (1, 4, 0, 0));
}

#[test]
fn a_feed_with_new_guids_and_links_keeps_its_items_by_title_and_date() {
    let item = |n: i64, path: &str| {
        let url = format!("https://a.id/{path}/{n}{path}");
        dated(draft(Some(&url), Some(&url), &format!("Judul {n}")), n * 1000)
    };
    let before: Vec<Draft> = (1..8).map(|n| item(n, "lama")).collect();
    let now: Vec<Draft> = (3..9).map(|n| item(n, "baru")).collect();
    assert_eq!(outcome(&before, &now), (1, 5, 0, 0));
}

#[test]
fn a_feed_of_one_or_two_keeps_them_by_title_and_date_too() {
    let item = |n: i64, path: &str| {
        let url = format!("https://{path}.id/{n}{path}");
        with_text(dated(draft(Some(&url), Some(&url), &format!("Judul {n}")), n * 1000), &format!("teks {path}"))
    };
    for count in 1..3 {
        let feed = |path: &str| (0..count).map(|n| item(n, path)).collect::<Vec<_>>();
        assert_eq!(outcome(&feed("lama"), &feed("baru")), (0, count as usize, 0, 0));
    }
    // Another one of the same name.
    assert_eq!(outcome(&[item(1, "lama")], &[dated(item(1, "baru"), 5000)]), (1, 0, 0, 0));
}

#[test]
fn items_of_one_title_are_no_one_item() {
    let item = |n: i64| {
        let url = format!("https://a.id/langsung/{n}");
        with_text(dated(draft(Some(&url), Some(&url), "Langsung: sidang"), n * 86_400), &format!("teks {n}"))
    };
    assert_eq!(outcome(&[item(1), item(2)], &[item(3), item(4), item(2)]), (2, 0, 1, 0));
    assert_eq!(outcome(&[item(1), item(2)], &[item(3), item(4)]), (2, 0, 0, 0));
}

#[test]
fn an_edited_item_is_changed_not_new() {
    let before = [draft(Some("1"), Some("https://a/1"), "A")];
    let now = [draft(Some("1"), Some("https://a/1"), "A, diperbarui")];
    assert_eq!(outcome(&before, &now), (0, 1, 0, 0));
}

#[test]
fn an_item_given_twice_counts_once() {
    let item = draft(Some("1"), None, "A");
    assert_eq!(outcome(&[], &[item.clone(), item.clone()]), (1, 0, 0, 1));
    assert_eq!(outcome(std::slice::from_ref(&item), &[item.clone(), item.clone()]), (0, 0, 1, 1));
}

#[test]
fn an_item_without_guid_and_link_that_is_given_twice_is_known_the_next_time() {
    let item = draft(None, None, "A");
    assert_eq!(outcome(std::slice::from_ref(&item), &[item.clone(), item.clone()]), (0, 0, 1, 1));
}

#[test]
fn an_empty_document_plans_nothing() {
    assert_eq!(outcome(&[draft(Some("1"), None, "A")], &[]), (0, 0, 0, 0));
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let word = |words: &'static [&'static str]| prop::sample::select(words).prop_map(str::to_owned);
    let url = prop::option::of(word(&[
        "https://a.id/1",
        "https://a.id/2/satu.html",
        "http://www.a.id/1?utm_source=x",
        "https://b.id/1",
        "https://a.id/",
    ]));
    let text = prop::option::of(word(&["<p>isi</p>", "<p>isi baru</p>"]));
    let date = prop::option::of(prop::sample::select(&[86_400_i64, 90_000, 8 * 86_400][..]));
    let draft = (prop::option::of(word(&["1", "2", "3"])), url, word(&["A", "B", ""]), text, date).prop_map(
        |(guid, url, title, content, at)| Draft {
            content,
            published: at.and_then(|at| jiff::Timestamp::from_second(at).ok()),
            ..draft(guid.as_deref(), url.as_deref(), &title)
        },
    );
    prop::collection::vec(draft, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_document_that_was_stored_plans_nothing_when_it_comes_again(drafts in drafts()) {
        let sketches: Vec<Sketch> = drafts.iter().map(|draft| sketch(draft, &[])).collect();
        let first = plan(&sketches, &Knowledge::new());
        prop_assert_eq!(first.new.len() + first.repeated, drafts.len());
        let new: Vec<Draft> = first.new.iter().map(|index| drafts[*index].clone()).collect();
        let (known, hosts) = stored(&new);
        let again: Vec<Sketch> = drafts.iter().map(|draft| sketch(draft, &hosts)).collect();
        let second = plan(&again, &known);
        prop_assert_eq!((&second.new, &second.changed), (&vec![], &vec![]), "{:?}", drafts);
        prop_assert_eq!(plan(&again, &known), second, "the same twice");
    }
}
