//! The file with outlines of districts that a map may be drawn on: read once, within bounds, and refused with everything that is wrong.

use std::path::Path;

use loket_instances::outlines::{LARGEST, Outlines, read_outlines};

use crate::files::shown;
use crate::trouble::cause;

/// Most problems that are told of one file.
const MOST: usize = 10;

/// Reads the file.
///
/// # Errors
/// Everything that is wrong with it, in Dutch.
pub fn read(path: &Path) -> Result<Outlines, Vec<String>> {
    let name = shown(path);
    let unread = |error: std::io::Error| vec![format!("wijken: {name} kan niet gelezen worden: {}.", cause(&error))];
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if usize::try_from(size).unwrap_or(usize::MAX) > LARGEST {
        return Err(vec![format!("wijken: {name} is groter dan {} MiB; vereenvoudig de grenzen.", LARGEST >> 20)]);
    }
    let bytes = std::fs::read(path).map_err(unread)?;
    read_outlines(&bytes).map_err(|refusal| {
        let told = refusal.problems.iter().take(MOST).map(|it| format!("wijken, {}: {}; {}.", it.pointer, it.what, it.remedy));
        let more = refusal.count().saturating_sub(MOST);
        let rest = (more > 0).then(|| format!("wijken: en nog {more} {}.", if more == 1 { "fout" } else { "fouten" }));
        told.chain(rest).collect()
    })
}
