//! Tables: those of data apart from the text, with spans that stay inside; the others as blocks.

use super::super::super::entity;
use super::super::super::markup::{Tag, Tokens};
use super::stack::{self, Cell};
use super::{TABLE, Table, Writer, shape, skip_to_end};

impl<'a> Writer<'_> {
    pub(super) fn table_element(&mut self, name: &'static str, tag: Tag<'a>, tokens: &mut Tokens<'a>) {
        if name == "table" {
            return self.start_table(tokens);
        }
        let Some(table) = &self.table else {
            // Outside of a table that is shown as one, cells are blocks.
            return match name {
                "td" | "th" | "caption" => self.open_element(name, "<div>", "</div>"),
                _ => self.open_element(name, "", ""),
            };
        };
        let base = table.base;
        match name {
            "caption" => skip_to_end("caption", tokens),
            "tr" => {
                self.close_to(base + 1);
                self.row();
            }
            "td" | "th" => {
                let row = self.stack.iter().rposition(|open| open.name == "tr").filter(|at| *at >= base);
                self.close_to(row.unwrap_or(base) + 1);
                if row.is_none() {
                    self.row();
                }
                self.cell(name, tag);
            }
            // Rows follow each other whatever section they stand in.
            _ => {}
        }
    }

    fn row(&mut self) {
        if let Some(table) = &mut self.table {
            // What the cells above still cover behind the last cell of the row.
            for left in table.covered.iter_mut().skip(table.column) {
                *left = left.saturating_sub(1);
            }
            table.column = 0;
            table.row += 1;
        }
        self.open_element("tr", "<tr>", "</tr>");
    }

    /// A cell that reaches down into other rows leaves empty ones there: html2text panics on some that do.
    fn cell(&mut self, name: &'static str, tag: Tag<'_>) {
        let span = |name: &str, most: usize| {
            let n: usize = tag.attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1);
            n.clamp(1, most)
        };
        let columns = span("colspan", shape::MOST_COLUMNS);
        let mut rows = span("rowspan", 1000);
        let mut empty = 0;
        if let Some(table) = &mut self.table {
            while let Some(left) = table.covered.get_mut(table.column).filter(|left| **left > 0) {
                *left -= 1;
                table.column += 1;
                empty += 1;
            }
            let end = table.column + columns;
            // Cells of all rows that reach down would make every row longer than the last.
            if end > shape::MOST_COLUMNS {
                rows = 1;
            } else if table.covered.len() < end {
                table.covered.resize(end, 0);
            }
            for left in table.covered.iter_mut().take(end).skip(table.column) {
                *left = rows - 1;
            }
            table.column = end;
        }
        self.put(&"<td></td>".repeat(empty));
        let (bold, end) = if name == "th" { ("<b>", "</b></td>") } else { ("", "</td>") };
        self.open_element(name, &format!("<td colspan=\"{columns}\">{bold}"), end);
        let from = self.document.html.len();
        if let Some(table) = &mut self.table {
            table.cells.push(Cell {
                row: table.row,
                column: table.column - columns,
                columns,
                rows,
                is_header: name == "th",
                html: from..from,
            });
        }
    }

    /// A cell is at its end.
    pub(super) fn end_cell(&mut self) {
        let end = self.document.html.len();
        if let Some(cell) = self.table.as_mut().and_then(|table| table.cells.last_mut()) {
            cell.html.end = end;
        }
    }

    pub(super) fn start_table(&mut self, tokens: &Tokens<'a>) {
        self.implied("table");
        if self.top() == "p" {
            self.close_to(self.stack.len() - 1);
        }
        let shape = shape::shape(tokens.clone());
        if self.table.is_some() || !shape.is_data {
            self.gap();
            return self.open_element("table", "<div>", "</div>");
        }
        self.gap();
        if !shape.caption.is_empty() {
            self.put("<div><i>");
            entity::escape_into(&mut self.document.html, &shape.caption);
            self.put("</i></div>");
        }
        self.table = Some(Table {
            base: self.stack.len(),
            covered: Vec::new(),
            column: 0,
            row: 0,
            cells: Vec::new(),
            outside: std::mem::take(&mut self.document.html),
        });
        self.open_element("table", "<table>", "</table>");
    }

    pub(super) fn end_table(&mut self) {
        let base = self.base();
        self.close_to(base);
        self.finish_table();
        self.gap();
    }

    pub(super) fn finish_table(&mut self) {
        if let Some(table) = self.table.take() {
            let html = std::mem::replace(&mut self.document.html, table.outside);
            let number = self.document.tables.len();
            self.document.tables.push(stack::Table::new(html, &table.cells));
            self.put(&format!("<p>{TABLE}{number}</p>"));
        }
    }
}
