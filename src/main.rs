//! Interim.

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let paths = kabar::platform::paths::Paths::find(None, None, |n| std::env::var_os(n).map(Into::into))?;
    let config = kabar::config::load(&paths)?;
    let demo = std::env::args().nth(1).as_deref() == Some("demo");
    let demo = if demo { Some(kabar::engine::Demo::lay_out()?) } else { None };
    let paths = demo.as_ref().map_or(paths.clone(), |demo| demo.paths(&paths));
    let engine = kabar::engine::Engine::open(&paths, config)?;
    kabar::tui::run(engine, kabar::tui::Options { ascii: false, demo }).await?;
    Ok(())
}
