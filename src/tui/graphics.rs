//! Pictures in the terminal, where kabar was built with them: kitty, sixel, iTerm2, else half blocks.

#[cfg(feature = "images")]
pub use with::{Drawn, Graphics};
#[cfg(not(feature = "images"))]
pub use without::{Drawn, Graphics};

/// Whether kabar was built with pictures.
pub const IS_THERE: bool = cfg!(feature = "images");

#[cfg(feature = "images")]
mod answer;

#[cfg(feature = "images")]
mod with {
    use image::DynamicImage;
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Rect, Size};
    use ratatui::widgets::Widget;
    use ratatui_image::picker::{Picker, ProtocolType};
    use ratatui_image::protocol::Protocol;
    use ratatui_image::{FilterType, FontSize, Image, Resize};

    use super::answer::{Response, ask};

    /// How this terminal shows pictures.
    #[derive(Debug, Clone)]
    pub struct Graphics(Picker);

    impl Default for Graphics {
        fn default() -> Self {
            Self(Picker::halfblocks())
        }
    }

    impl Graphics {
        /// Asks the terminal; nobody else may be reading from it.
        #[must_use]
        pub fn ask() -> Self {
            // WezTerm shows the first way of kitty and Konsole both of these only in part.
            let is_partial = ["WEZTERM_EXECUTABLE", "KONSOLE_VERSION"]
                .iter()
                .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
            let half_blocks = Picker::halfblocks();
            let answers = ask(half_blocks.tmux_detected(), is_partial);
            let told = answers.iter().find_map(|answer| match answer {
                Response::CellSize(Some((width, height))) => Some(FontSize::new(*width, *height)),
                _ => None,
            });
            // Without the size of a cell no picture fits its place.
            let Some(cell) = told.or_else(cell) else { return Self(half_blocks) };
            #[expect(deprecated, reason = "its successor leaves a thread that takes the reader's keys")]
            let mut picker = Picker::from_fontsize(cell);
            if answers.contains(&Response::Kitty) {
                picker.set_protocol_type(ProtocolType::Kitty);
            } else if answers.contains(&Response::Sixel) {
                picker.set_protocol_type(ProtocolType::Sixel);
            }
            Self(picker)
        }

        /// The picture as large as fits into `size`. Takes its time: not for the interface's own task.
        #[must_use]
        pub fn draw(&self, picture: DynamicImage, size: Size) -> Option<Drawn> {
            self.0.new_protocol(picture, size, Resize::Fit(Some(FilterType::Triangle))).ok().map(Drawn)
        }
    }

    /// The size of a cell, as the system knows it.
    fn cell() -> Option<FontSize> {
        let window = crossterm::terminal::window_size().ok()?;
        let side = |pixels: u16, cells: u16| pixels.checked_div(cells).filter(|side| *side > 0);
        Some(FontSize::new(side(window.width, window.columns)?, side(window.height, window.rows)?))
    }

    /// A picture ready to be shown.
    pub struct Drawn(Protocol);

    impl std::fmt::Debug for Drawn {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_tuple("Drawn").field(&self.0.size()).finish()
        }
    }

    impl Drawn {
        /// Shows it in the middle of the area.
        pub fn render(&self, area: Rect, buffer: &mut Buffer) {
            let size = self.0.size();
            let (width, height) = (size.width.min(area.width), size.height.min(area.height));
            let (x, y) = (area.x + (area.width - width) / 2, area.y + (area.height - height) / 2);
            Image::new(&self.0).render(Rect { x, y, width, height }, buffer);
        }
    }
}

#[cfg(not(feature = "images"))]
mod without {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    #[derive(Debug, Clone, Default)]
    pub struct Graphics(());

    impl Graphics {
        #[must_use]
        pub fn ask() -> Self {
            Self(())
        }
    }

    /// There are none.
    #[derive(Debug)]
    pub enum Drawn {}

    impl Drawn {
        pub fn render(&self, _area: Rect, _buffer: &mut Buffer) {
            match *self {}
        }
    }
}
