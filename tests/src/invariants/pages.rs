//! Of the pages: HTML stands in templates, nothing inline and nothing from elsewhere, every word is said somewhere, and pages do not write.

use std::path::{Path, PathBuf};

use super::{code, mentions, rust_files, text};
use crate::support::root;

/// Every file below a folder with this ending, relative to the root.
fn below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the workspace") {
            let path = entry.expect("a folder can be listed").path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|it| it == ending) => {
                    found.push(path.strip_prefix(root()).expect("below the root").to_path_buf());
                }
                false => {}
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} has files that end in {ending}");
    found
}

fn pages() -> Vec<PathBuf> {
    rust_files("service").into_iter().filter(|it| it.starts_with("service/src/pages")).collect()
}

/// The text of a template without its remarks.
fn template(file: &Path) -> String {
    let whole = text(file);
    let mut parts = whole.split("{#");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("#}").map_or("", |(_, after)| after))
}

#[test]
fn html_stands_in_templates_only() {
    let elements = ["<a ", "<p>", "<div", "<span", "<table", "<tr", "<td", "<svg", "<ul", "<li", "<b>", "<h1", "<h2", "<input", "</"];
    let mut found = Vec::new();
    for file in pages() {
        for (at, line) in code(&file) {
            // Only within a text: `Vec<T>` and `a < b` are no HTML.
            let texts = line.split('"').skip(1).step_by(2);
            found.extend(texts.filter(|it| elements.iter().any(|tag| it.contains(tag))).map(|it| format!("{}:{at} {it}", file.display())));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn templates_and_style_have_nothing_inline_and_nothing_from_elsewhere() {
    let mut found = Vec::new();
    for file in below("service/templates", "html") {
        let text = template(&file);
        let handlers = ["onclick=", "onchange=", "onsubmit=", "onload=", "onerror=", "oninput=", "onfocus="];
        for word in ["style=", "<style", "http://", "https://", "javascript:"].into_iter().chain(handlers) {
            if text.replace("<link rel=\"stylesheet\"", "").contains(word) {
                found.push(format!("{} has {word}", file.display()));
            }
        }
        for script in text.split("<script").skip(1) {
            let (head, rest) = script.split_once('>').unwrap_or_default();
            if !head.contains("src=") || !rest.starts_with("</script>") {
                found.push(format!("{} has a script of its own", file.display()));
            }
        }
    }
    for file in below("service/static", "css").into_iter().chain(below("service/static", "js")) {
        for word in ["url(", "@import", "http://", "https://", "eval(", "innerHTML"] {
            if text(&file).contains(word) {
                found.push(format!("{} has {word}", file.display()));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_message_is_said_by_a_page() {
    let mut said: String = pages().iter().map(|it| text(it)).collect();
    said.extend(below("service/templates", "html").iter().map(|it| text(it)));
    let mut unsaid = Vec::new();
    for file in below("service/messages/nl", "txt") {
        for line in text(&file).lines().filter(|it| !it.starts_with('#')) {
            let Some((key, _)) = line.split_once('=') else { continue };
            if !said.contains(&format!(".{}(", key.trim())) {
                unsaid.push(format!("{}: {}", file.display(), key.trim()));
            }
        }
    }
    assert_eq!(unsaid, Vec::<String>::new());
}

#[test]
fn pages_change_nothing_themselves_and_speak_no_sql() {
    assert_eq!(mentions(&pages(), &["sqlx", "commit"]), Vec::<String>::new());
    let begun = pages().into_iter().filter(|it| text(it).contains("store.change()")).collect::<Vec<_>>();
    assert_eq!(begun, Vec::<PathBuf>::new());
}
