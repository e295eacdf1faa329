//! Pictures in the terminal, where kabar was built with them: kitty, sixel, iTerm2, else half blocks.

#[cfg(feature = "images")]
pub use with::{Drawn, Graphics};
#[cfg(not(feature = "images"))]
pub use without::{Drawn, Graphics};

/// Whether kabar was built with pictures.
pub const IS_THERE: bool = cfg!(feature = "images");

#[cfg(feature = "images")]
mod with {
    use std::time::Duration;

    use image::DynamicImage;
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Rect, Size};
    use ratatui::widgets::Widget;
    use ratatui_image::picker::Picker;
    use ratatui_image::picker::cap_parser::QueryStdioOptions;
    use ratatui_image::protocol::Protocol;
    use ratatui_image::{FilterType, Image, Resize};

    /// How long the terminal has to say what it can.
    const ANSWER: Duration = Duration::from_millis(300);

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
            let options = QueryStdioOptions { timeout: ANSWER, ..QueryStdioOptions::default() };
            Picker::from_query_stdio_with_options(options).map_or_else(|_no_answer| Self::default(), Self)
        }

        /// The picture as large as fits into `size`. Takes its time: not for the interface's own task.
        #[must_use]
        pub fn draw(&self, picture: DynamicImage, size: Size) -> Option<Drawn> {
            self.0.new_protocol(picture, size, Resize::Fit(Some(FilterType::Triangle))).ok().map(Drawn)
        }
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
