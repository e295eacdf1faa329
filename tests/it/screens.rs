//! Screen journeys: keys in, screens out, at three sizes.

use insta::assert_snapshot;
use kabar::config::Theme;

use crate::app::{App, feed};

const SIZES: [(u16, u16); 3] = [(80, 24), (40, 12), (200, 50)];

#[test]
fn the_demo_opens_on_its_headlines() {
    for size in SIZES {
        let app = App::demo(size);
        assert_snapshot!(format!("demo_{}x{}", size.0, size.1), app.screen());
    }
}

#[test]
fn the_selected_row_and_the_active_pane_stand_out() {
    assert_snapshot!(App::demo((80, 24)).press("j").styled_screen());
}

#[test]
fn a_tag_filter_narrows_the_list_behind_it() {
    for size in SIZES {
        let mut app = App::demo(size);
        app.press("t").type_text("rusiaas");
        assert_snapshot!(format!("tag_popup_{}x{}", size.0, size.1), app.screen());
        app.press("enter");
        assert_eq!(app.model.list.count, Some(4));
        assert_snapshot!(format!("tag_filtered_{}x{}", size.0, size.1), app.screen());
    }
}

#[test]
fn articles_in_every_script_keep_their_columns() {
    for (feed, name) in [("مرفأ", "arabic"), ("潮路", "japanese"), ("Полярный", "russian")] {
        for size in [(80, 24), (40, 12)] {
            let mut app = App::demo(size);
            app.press("F").type_text(&format!("feed:{feed}")).press("enter").press("enter");
            assert_snapshot!(format!("article_{name}_{}x{}", size.0, size.1), app.screen());
        }
    }
}

#[test]
fn a_reader_without_feeds_is_welcomed() {
    for size in SIZES {
        let app = App::empty(size);
        assert_snapshot!(format!("welcome_{}x{}", size.0, size.1), app.screen());
    }
}

#[test]
fn windows_fit_the_screen() {
    for size in [(80, 24), (40, 12)] {
        let mut app = App::demo(size);
        for (name, key) in [("help", "?"), ("palette", ":"), ("subscribe", "a"), ("unsubscribe", "D")] {
            app.press(key);
            assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), app.screen());
            app.press("esc");
        }
    }
}

/// A wide character ends before a window's border, also where the border falls on its second half.
#[test]
fn the_border_of_a_window_stands_whole_beside_wide_characters() {
    for lead in ["", "a"] {
        let title = format!("{lead}{}", "北".repeat(40));
        let mut app = App::with_feed((80, 24), &feed("Banyak", 20).replace("Judul", &title));
        app.press("t");
        let screen = app.screen();
        let row = screen.lines().find(|line| line.contains("Tidak ada yang cocok.")).unwrap();
        assert!(row.contains('北') && row.matches('│').count() == 4, "{screen}");
    }
}

#[test]
fn a_subscription_shows_its_settings_and_its_next_attempt() {
    let mut app = App::demo((80, 24));
    app.press("e");
    let screen = app.screen();
    for part in ["Judul", "Circuit & Orbit", "Alamat", "circuit-and-orbit.json", "Teknologi", "Percobaan berikut"] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
}

#[test]
fn arabic_lines_are_whole_and_flush_right() {
    let mut app = App::demo((80, 24));
    app.model.reorders = false;
    app.press("F").type_text("feed:مرفأ").press("enter").press("enter");
    let shown = app.model.reader.current().unwrap();
    let screen = app.screen();
    for line in shown.article.lines.iter().take(4) {
        assert!(screen.contains(line.text().trim()), "{:?}\n{screen}", line.text());
    }
    // Put in order by kabar: the first letter of the title is the last one on its line, in the form it has in its word.
    app.model.reorders = true;
    let screen = app.screen();
    let title = app.model.list.current().unwrap().title.clone();
    assert!(!screen.contains(&title), "{screen}");
    assert!(screen.chars().any(|c| ('\u{fe80}'..='\u{fefc}').contains(&c)), "{screen}");
    let line = app.model.reader.current().unwrap().article.lines[0].text();
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    assert!(digits.is_empty() || screen.contains(&digits), "{screen}");
}

#[test]
fn code_that_is_wider_than_the_pane_is_cut_with_a_mark_and_moves_sideways() {
    let code = "<pre><code>fn pertama() { let panjang = \"dua puluh kolom dan lebih lagi\"; } // akhir\nfn b() {}</code></pre>";
    let mut app = App::with_text((40, 12), code);
    app.press("enter").press("G");
    let at =
        |app: &App, word: &str| app.screen().lines().find(|line| line.contains(word)).unwrap_or_default().to_owned();
    assert!(at(&app, "fn pertama").trim_end_matches(['│', ' ']).ends_with('›'), "{}", app.screen());
    assert!(at(&app, "fn b() {}").contains("fn b() {}"));
    app.press("L");
    let line = at(&app, "‹");
    assert!(line.contains("‹ma() {") || line.contains("‹a() {"), "{}", app.screen());
    for _ in 0..20 {
        app.press("L");
    }
    assert!(app.screen().contains("// akhir") && !app.screen().contains('›'), "{}", app.screen());
    for _ in 0..20 {
        app.press("H");
    }
    assert!(app.screen().contains("fn pertama") && !app.screen().contains('‹'), "{}", app.screen());
}

#[test]
fn the_way_to_the_help_is_offered_wherever_it_fits() {
    for width in [24, 40, 80] {
        let app = App::demo((width, 12));
        let screen = app.screen();
        let keys = screen.lines().last().unwrap();
        assert!(keys.contains("? bantuan") && keys.chars().count() <= usize::from(width), "{screen}");
    }
}

/// Titles begin in one column, also where rows that are older come into sight.
#[test]
fn titles_stay_in_their_column_while_the_list_scrolls() {
    let document = feed("Banyak", 40).replacen("Nov 2024 10:25", "Nov 2023 10:25", 1);
    let mut app = App::with_feed((80, 24), &document);
    let column = |app: &App| {
        let screen = app.screen();
        let line = screen.lines().find(|line| line.contains("Judul")).unwrap().to_owned();
        line.chars().collect::<Vec<_>>().windows(5).position(|at| at.iter().collect::<String>() == "Judul")
    };
    let before = column(&app);
    app.press("G");
    assert!(app.screen().contains("2023-11"), "{}", app.screen());
    assert_eq!(column(&app), before, "{}", app.screen());
}

#[test]
fn ascii_and_monochrome_need_no_signs_and_no_colours() {
    let mut app = App::demo((80, 24));
    app.model.is_ascii = true;
    app.model.theme = Theme::mono();
    app.press("v").press("t").press("space");
    let screen = app.styled_screen();
    let furniture = ['─', '│', '╭', '●', '…', '·', '★', '▸', '✓', '↓', '⏎'];
    let shown = screen.split("\n\n").next().unwrap();
    // The texts of articles are their authors'; the frame around them is kabar's.
    let found: Vec<char> = shown
        .lines()
        .flat_map(|line| line.chars().next().into_iter().chain(line.chars().last()))
        .filter(|c| furniture.contains(c))
        .collect();
    assert!(found.is_empty(), "{found:?}\n{shown}");
    assert!(!screen.contains("Rgb("), "{screen}");
}

#[test]
fn the_smallest_screens_say_what_they_need() {
    let mut app = App::demo((20, 6));
    assert!(app.screen().contains("Judul") || app.screen().contains("Semua"), "{}", app.screen());
    app.resize(19, 5);
    assert!(app.screen().contains("20×6"), "{}", app.screen());
    for (width, height) in [(1, 1), (0, 0), (500, 3), (3, 200), (20, 6), (79, 13), (140, 14)] {
        for keys in ["enter", "t", "esc", "h", "esc", "z", "?", "esc"] {
            app.resize(width, height).press(keys);
            if width > 0 && height > 0 {
                app.screen();
            }
            if app.model.exit.is_some() {
                app.model.exit = None;
            }
        }
    }
}
