//! Names of columns and rows: parts joined by a point, in characters that every reader takes, and back.

use std::fmt::Write;

/// The longest name, bytes: CBC's reader of LP files takes no more. Others take 255.
pub const LONGEST: usize = 100;

/// A name of parts: ASCII letters, digits and _ as they are, any other byte as ~ and two hexadecimal digits, a point between two parts.
///
/// The first part is a word that begins with a letter, so no name begins with a digit, a point, or an e and digits (which is a number in LP).
pub fn joined<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    let mut name = String::new();
    for (position, part) in parts.into_iter().enumerate() {
        if position > 0 {
            name.push('.');
        }
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                name.push(char::from(byte));
            } else {
                // Writing to a text cannot fail.
                let _ = write!(name, "~{byte:02X}");
            }
        }
    }
    name
}

/// The parts that a name was made of; `None` when it is no such name.
pub fn parts(name: &str) -> Option<Vec<String>> {
    name.split('.').map(part).collect()
}

fn part(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut left = text.bytes();
    while let Some(byte) = left.next() {
        match byte {
            b'~' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|it| u8::try_from(it).ok());
                let (high, low) = (digit(left.next())?, digit(left.next())?);
                bytes.push(high * 16 + low);
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'_' => bytes.push(byte),
            _ => return None,
        }
    }
    String::from_utf8(bytes).ok()
}

/// The names of a program's columns and rows, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<String>,
    /// Names that would be longer than [`LONGEST`]: what stands in their place, and the whole name.
    pub shortened: Vec<(String, String)>,
}

impl Names {
    /// The next column.
    pub fn add_column(&mut self, kind: &str, parts: &[&str]) {
        let name = self.fitting("kolom", self.columns.len(), kind, parts);
        self.columns.push(name);
    }

    /// The next row.
    pub fn add_row(&mut self, kind: &str, parts: &[&str]) {
        let name = self.fitting("rij", self.rows.len(), kind, parts);
        self.rows.push(name);
    }

    fn fitting(&mut self, what: &str, position: usize, kind: &str, parts: &[&str]) -> String {
        let whole = joined([kind].into_iter().chain(parts.iter().copied()));
        if whole.len() <= LONGEST {
            return whole;
        }
        let short = format!("kort.{what}.{}", position + 1);
        self.shortened.push((short.clone(), whole));
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_no_blank_and_lead_back_to_their_parts() {
        let told: [&[&str]; 4] =
            [&["plaats", "Z 1", "21QZ00", "plek-1", "K_1"], &["doel", "3", "passing & wens"], &["regel", "é~", "."], &["x", ""]];
        for parts_told in told {
            let name = joined(parts_told.iter().copied());
            assert!(name.bytes().all(|it| it.is_ascii_alphanumeric() || b"._~".contains(&it)), "{name}");
            assert_eq!(parts(&name).expect("a name"), parts_told, "{name}");
        }
        assert_eq!(joined(["plaats", "Z 1", "plek-1"]), "plaats.Z~201.plek~2D1");
        for wrong in ["plaats.Z 1", "plaats.~2", "plaats.~GG", "a-b", "~FF"] {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_apart_stay_apart() {
        let apart = [["a.b", "c"], ["a", "b.c"], ["a~2Eb", "c"], ["A.b", "c"], ["a_b", "c"]];
        let names: std::collections::BTreeSet<String> = apart.iter().map(|parts| joined(parts.iter().copied())).collect();
        assert_eq!(names.len(), apart.len());
    }

    #[test]
    fn what_is_too_long_is_numbered_and_told_whole() {
        let mut names = Names::default();
        let long = "é".repeat(40);
        names.add_column("plaats", &["Z1"]);
        names.add_column("plaats", &[&long]);
        names.add_row("regel", &[&long]);
        names.add_row("regel", &[&"a".repeat(LONGEST - "regel.".len())]);
        assert_eq!(names.columns, ["plaats.Z1", "kort.kolom.2"]);
        assert_eq!((names.rows[0].as_str(), names.rows[1].len()), ("kort.rij.1", LONGEST));
        let (short, whole) = &names.shortened[0];
        assert_eq!((short.as_str(), parts(whole).expect("a name")), ("kort.kolom.2", vec!["plaats".to_owned(), long]));
        assert_eq!(names.shortened.len(), 2);
    }
}
