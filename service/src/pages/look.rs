//! What a city brings of its own: colours and a logo, from a folder that is read once.

use std::path::Path;

use crate::files::shown;
use crate::trouble::cause;

/// Tokens and logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The custom properties of the stylesheet.
    pub tokens: String,
    /// The logo, SVG.
    pub logo: String,
}

impl Default for Look {
    fn default() -> Self {
        Self { tokens: include_str!("../../static/00-tokens.css").to_owned(), logo: include_str!("../../static/logo.svg").to_owned() }
    }
}

/// Largest file of a house style, bytes.
const MOST: u64 = 256 << 10;

/// The house style in a folder: `tokens.css` and `logo.svg`, each when it is there.
///
/// # Errors
/// Everything that is wrong with it, in Dutch.
pub fn read(folder: &Path) -> Result<Look, Vec<String>> {
    let mut look = Look::default();
    let mut wrong = Vec::new();
    let mut found = 0;
    for (name, into) in [("tokens.css", &mut look.tokens), ("logo.svg", &mut look.logo)] {
        let path = folder.join(name);
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Ok(about) if about.len() > MOST => {
                wrong.push(format!("huisstijl: {} is groter dan {} kB; maak het kleiner.", shown(&path), MOST >> 10));
                continue;
            }
            _ => {}
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                if text.contains("url(") || text.contains("@import") || text.contains("<script") {
                    wrong.push(format!(
                        "huisstijl: {} haalt iets van elders of bevat een script; haal url(, @import en <script weg.",
                        shown(&path)
                    ));
                }
                found += 1;
                // A city's tokens stand after ours, so that what it leaves out stays as it is.
                *into = if name == "tokens.css" { format!("{into}\n{text}") } else { text };
            }
            Err(error) => wrong.push(format!("huisstijl: {} kan niet gelezen worden: {}.", shown(&path), cause(&error))),
        }
    }
    if found == 0 && wrong.is_empty() {
        wrong.push(format!("huisstijl: in {} staat geen tokens.css of logo.svg.", shown(folder)));
    }
    if wrong.is_empty() { Ok(look) } else { Err(wrong) }
}
