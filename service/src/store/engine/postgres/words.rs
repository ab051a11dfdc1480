//! PostgreSQL's own words.

use super::super::Dialect;

/// They are the same for every database.
pub(super) struct Words;

impl Dialect for Words {
    fn json_text(&self, column: &str, key: &str) -> String {
        // Ordered and compared by its bytes, like every column. A text with NUL in it cannot be text here: it is shown with a mark in its place
        // instead of making every row around it unreadable.
        format!(r#"(CAST(REPLACE(CAST({column} AS TEXT), '\u0000', '\ufffd') AS json) ->> '{key}') COLLATE "C""#)
    }

    fn json_rows(&self, column: &str, key: &str) -> String {
        format!(
            "LATERAL json_array_elements(CASE json_typeof(CAST({column} AS json) -> '{key}') WHEN 'array' \
             THEN CAST({column} AS json) -> '{key}' END)"
        )
    }

    fn one_of(&self, column: &str, place: &str) -> String {
        format!("{column} IN (SELECT value FROM json_array_elements_text(CAST({place} AS json)))")
    }

    fn holds(&self, column: &str, place: &str) -> String {
        format!("position({place} IN COALESCE({column}, '')) > 0")
    }

    fn bytes_hold(&self, column: &str, place: &str) -> String {
        format!("position(convert_to({place}, 'UTF8') IN COALESCE({column}, '')) > 0")
    }
}
