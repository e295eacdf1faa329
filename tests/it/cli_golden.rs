//! What scripts and documents depend on, to the letter: `UPDATE_GOLDEN=1` writes the copies in the repository anew.

use std::path::Path;

use kabar::command::docs;
use kabar::config::document;
use regex::Regex;

use crate::cli_program::{Kabar, golden, rss, same_as_file};
use crate::web::{Page, Web};

/// Without what differs from run to run: ports, directories, today's times.
fn normal(text: &str, kabar: &Kabar) -> String {
    let text = text.replace(kabar.folder.path().to_str().unwrap(), "HOME");
    let port = Regex::new(r"127\.0\.0\.1:\d+").unwrap();
    let text = port.replace_all(&text, "WEB");
    let time = Regex::new(r#""(received|last_attempt|last_success|next_attempt)":( ?)"[^"]+""#).unwrap();
    let text = time.replace_all(&text, r#""$1":$2"TIME""#);
    let seconds = Regex::new(r#""seconds": [\d.]+"#).unwrap();
    seconds.replace_all(&text, r#""seconds": 0.0"#).into_owned()
}

fn reader() -> (Kabar, Web) {
    let (kabar, web) = (Kabar::new(), Web::start());
    let items = [("Satu", "g1", 1), ("Dua &amp; \"kawan\"", "g2", 2)];
    let extras = "<category>Ekonomi</category><author>a@a.example (Sari)</author>\
                  <enclosure url=\"https://a.example/a.mp3\" type=\"audio/mpeg\" length=\"1234\"/><description>";
    web.serve("/rss", Page::feed(rss("Kabar Contoh", &items).replace("<description>", extras)));
    kabar.import(&[web.url("/rss"), web.url("/tiada")]);
    (kabar, web)
}

#[test]
fn machine_readable_output_is_as_promised() {
    let (kabar, _web) = reader();
    let check = |name: &str, args: &[&str]| golden(name, &normal(&kabar.ok(args), &kabar));
    check("refresh.json", &["refresh", "--json"]);
    kabar.ok(&["mark", "star", "1"]);
    kabar.ok(&["mark", "read", "2"]);
    kabar.ok(&["tag", "add", "Punya Saya", "2"]);
    kabar.ok(&["edit", "1", "--folder", "Dunia", "--tag", "Langganan"]);
    check("list.json", &["list", "--json"]);
    check("show.json", &["show", "1", "--format", "json"]);
    check("feeds.json", &["feeds", "--json"]);
    check("tags.json", &["tags", "--json"]);
    check("export.json", &["export", "--format", "json"]);
    check("articles.json", &["export", "--articles"]);
    check("articles.ndjson", &["export", "--articles", "--format", "ndjson"]);
    check("doctor.json", &["doctor", "--json"]);
    assert_eq!(Kabar::new().ok(&["list", "--json"]), "[]\n");
}

#[test]
fn a_preview_says_which_items_would_be_left_out_and_a_shared_id_is_no_reason() {
    let kabar = Kabar::new();
    let item = |id: u32, n: u32| {
        format!(
            "<item><title>Judul {n}</title><link>https://a.id/{n}</link><guid isPermaLink='false'>{id}</guid></item>"
        )
    };
    let rss =
        |items: &[String]| format!("<rss version='2.0'><channel><title>K</title>{}</channel></rss>", items.concat());
    let shared = kabar.write("a.xml", rss(&[item(0, 1), item(0, 2), item(0, 3)]));
    assert_eq!(kabar.run(&["preview", shared.to_str().unwrap()]).err, "");
    let repeated = kabar.write("b.xml", rss(&[item(1, 1), item(1, 1), "<item/>".to_owned()]));
    let said = kabar.run(&["preview", repeated.to_str().unwrap()]).err;
    assert!(said.trim_end().ends_with("2 items would be left out: 1 repeated, 1 empty"), "{said}");
}

#[test]
fn a_preview_is_a_json_feed() {
    let kabar = Kabar::new();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/teras-warta.xml");
    let args = ["preview", demo.to_str().unwrap(), "--format", "json", "--base-url", "https://teraswarta.example/feed"];
    golden("preview.json", &kabar.ok(&args));
    let mut piped =
        kabar.command(&["preview", "-", "--format", "json", "--base-url", "https://teraswarta.example/feed"]);
    let output = piped.stdin(std::fs::File::open(&demo).unwrap()).output().unwrap();
    golden("preview.json", &String::from_utf8(output.stdout).unwrap());
    let page = kabar.write("page.html", "<html><p>halo</html>");
    assert!(kabar.fails(&["preview", page.to_str().unwrap()]).ends_with("this is an HTML page, not a feed"));
    let link = "<html><link rel=alternate type=application/rss+xml href=https://a.id/rss>";
    let page = kabar.write("tautan.html", link);
    assert!(kabar.fails(&["preview", page.to_str().unwrap()]).ends_with("not a feed; it announces https://a.id/rss"));
    let broken = kabar.write("broken.xml", rss("Rusak", &[("a & b", "g", 1)]));
    let ran = kabar.run(&["preview", broken.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "mended: {ran:?}");
    assert!(ran.out.contains("a & b") && ran.err.starts_with("kabar: "), "{ran:?}");
}

#[test]
fn generated_documents_are_up_to_date() {
    let kabar = Kabar::new();
    same_as_file(Path::new("config/default.toml"), &document::default_toml());
    same_as_file(Path::new("assets/config.schema.json"), &document::schema());
    assert_eq!(kabar.ok(&["config", "default"]), document::default_toml());
    golden("keys.txt", &kabar.ok(&["keys"]));
    golden("keys.md", &kabar.ok(&["keys", "--format", "markdown"]));
    for shell in ["bash", "zsh", "fish"] {
        golden(&format!("completions/kabar.{shell}"), &kabar.ok(&["completions", shell]));
    }
    golden("man/kabar.1", &kabar.ok(&["man"]));
    kabar.ok(&["man", "pages"]);
    let mut names: Vec<_> = std::fs::read_dir(kabar.path("pages"))
        .unwrap()
        .map(|page| page.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.contains(&"kabar-tag-add.1".to_owned()), "{names:?}");
    for name in names {
        golden(&format!("man/{name}"), &std::fs::read_to_string(kabar.path("pages").join(&name)).unwrap());
    }
}

#[test]
fn every_default_and_every_setting_is_in_the_default_settings() {
    let kabar = Kabar::new();
    kabar.write("config/config.toml", document::default_toml());
    kabar.ok(&["config", "check"]);
    let shown: toml::Table = kabar.ok(&["config", "show"]).parse().unwrap();
    let defaults: toml::Table = document::default_toml().parse().unwrap();
    assert_eq!(shown, defaults);
}

/// The block between `<!-- keys -->` marks is the key table, in a README that has one.
#[test]
fn the_readme_has_the_key_table_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Ok(readme) = std::fs::read_to_string(&path) else { return };
    let mark = "<!-- keys -->";
    let parts: Vec<&str> = readme.splitn(3, mark).collect();
    let [before, _, after] = parts[..] else { panic!("README.md has no two {mark} marks") };
    same_as_file(Path::new("README.md"), &format!("{before}{mark}\n{}{mark}{after}", docs::keys_markdown()));
}
