//! Writes articles as an EPUB, each as it comes.
//!
//! The archive is written here with the `zip` crate: of the crates that make EPUBs, epub-builder is under the MPL, and
//! rbook and lib-epub hold every chapter until the end. The tests read the books with rbook.

use std::io::{Seek, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::content::export::book::{
    CONTAINER, Chapter, Imprint, MIME_TYPE, STYLE, Source, chapter, contents, file, fingerprint, package,
};
use crate::model::entry::Entry;

/// An EPUB that is being written.
#[derive(Debug)]
pub struct Book<W: Write + Seek> {
    archive: ZipWriter<W>,
    chapters: Vec<Chapter>,
    first: Option<Source>,
    fingerprint: u128,
}

impl<W: Write + Seek> Book<W> {
    /// The type comes first, uncompressed, so that it is found at its place in the file (OCF §4.3).
    pub fn begin(to: W) -> std::io::Result<Self> {
        let mut archive = ZipWriter::new(to);
        archive.start_file("mimetype", SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
        archive.write_all(MIME_TYPE.as_bytes())?;
        let mut book = Self { archive, chapters: Vec::new(), first: None, fingerprint: 0 };
        book.put("META-INF/container.xml", CONTAINER)?;
        book.put("EPUB/style.css", STYLE)?;
        Ok(book)
    }

    pub fn add(&mut self, entry: &Entry, zone: &TimeZone) -> std::io::Result<()> {
        let (page, remembered) = chapter(entry, zone);
        self.chapters.push(remembered);
        self.first.get_or_insert_with(|| Source::of(entry));
        self.fingerprint = fingerprint(self.fingerprint, entry.headline.id, &entry.html);
        let name = format!("EPUB/{}", file(self.chapters.len()));
        self.put(&name, &page)
    }

    /// Writes what lists the chapters, and ends the archive.
    pub fn finish(mut self, title: &str, modified: Timestamp) -> std::io::Result<W> {
        let source = self.first.take().filter(|_| self.chapters.len() == 1);
        let imprint = Imprint { title, fingerprint: self.fingerprint, modified, source: source.as_ref() };
        self.put("EPUB/nav.xhtml", &contents(title, &self.chapters))?;
        let package = package(&imprint, &self.chapters);
        self.put("EPUB/package.opf", &package)?;
        Ok(self.archive.finish()?)
    }

    fn put(&mut self, name: &str, content: &str) -> std::io::Result<()> {
        self.archive.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))?;
        self.archive.write_all(content.as_bytes())
    }
}
