//! Makes typed functions of the messages in both languages, and one stylesheet and one script of those in `static/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

const LANGUAGES: [&str; 2] = ["nl", "en"];

fn main() {
    println!("cargo::rerun-if-changed=messages");
    println!("cargo::rerun-if-changed=static");
    println!("cargo::rerun-if-changed=build.rs");
    let into = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let done = messages(&into).and_then(|()| joined(&into));
    if let Err(why) = done {
        println!("cargo::error={why}");
        process::exit(1);
    }
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// What stands in place of a word in braces.
    Value(String),
    /// One word for one, another for any other number.
    Plural {
        of: String,
        one: String,
        more: String,
    },
}

type Message = Vec<Piece>;

fn pieces(text: &str) -> Result<Message, String> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (inner, left) = after.split_once('}').ok_or("a brace is never closed")?;
        if !before.is_empty() {
            all.push(Piece::Text(before.to_owned()));
        }
        all.push(match inner.split_once('?') {
            None => Piece::Value(inner.to_owned()),
            Some((of, words)) => {
                let (one, more) = words.split_once('|').ok_or("a plural has two words, with | between them")?;
                Piece::Plural { of: of.to_owned(), one: one.to_owned(), more: more.to_owned() }
            }
        });
        rest = left;
    }
    if !rest.is_empty() {
        all.push(Piece::Text(rest.to_owned()));
    }
    Ok(all)
}

/// The words of a message in braces in the order in which they come, each once; whether it is a number.
fn arguments(message: &Message) -> Vec<(String, bool)> {
    let mut all: Vec<(String, bool)> = Vec::new();
    for piece in message {
        let (name, number) = match piece {
            Piece::Text(_) => continue,
            Piece::Value(name) => (name, false),
            Piece::Plural { of, .. } => (of, true),
        };
        match all.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known |= number,
            None => all.push((name.clone(), number)),
        }
    }
    all
}

fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_lowercase())
        && text.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
}

fn read(path: &Path) -> Result<BTreeMap<String, Message>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    let mut all = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let told = |why: &str| format!("{shown}, line {}: {why}", at + 1);
        let (key, text) = line.split_once('=').ok_or_else(|| told("write: key = text"))?;
        let (key, text) = (key.trim(), text.trim());
        if !is_name(key) || text.is_empty() {
            return Err(told("a key is lower case with underscores, and its text is not empty"));
        }
        let message = pieces(text).map_err(|why| told(&why))?;
        if arguments(&message).iter().any(|(name, _)| !is_name(name)) {
            return Err(told("what stands in braces is a name in lower case"));
        }
        if all.insert(key.to_owned(), message).is_some() {
            return Err(told("this key was there already"));
        }
    }
    Ok(all)
}

fn subjects(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.filter_map(Result::ok).map(|it| it.path()).filter(|it| it.extension().is_some_and(|it| it == "txt"));
    let mut all: Vec<String> = paths.filter_map(|it| it.file_stem()?.to_str().map(str::to_owned)).collect();
    all.sort();
    Ok(all)
}

fn messages(into: &Path) -> Result<(), String> {
    let folder = |language: &str| Path::new("messages").join(language);
    let known = subjects(&folder(LANGUAGES[0]))?;
    if known != subjects(&folder(LANGUAGES[1]))? {
        return Err("messages/nl and messages/en do not have the same files".into());
    }
    let mut code = String::new();
    let mut fields = String::new();
    let mut made = String::new();
    for subject in &known {
        let both = LANGUAGES.map(|language| read(&folder(language).join(format!("{subject}.txt"))));
        let [dutch, english] = both;
        let (dutch, english) = (dutch?, english?);
        if let Some(key) =
            dutch.keys().find(|key| !english.contains_key(*key)).or_else(|| english.keys().find(|key| !dutch.contains_key(*key)))
        {
            return Err(format!("messages/{{nl,en}}/{subject}.txt: {key} is in one of them only"));
        }
        let name: String = subject.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        writeln!(fields, "    /// Words of `{subject}`.\n    pub {subject}: {name},").map_err(|error| error.to_string())?;
        writeln!(made, "            {subject}: {name}(language),").map_err(|error| error.to_string())?;
        code += &format!(
            "/// Words of `{subject}`.\n#[derive(Clone, Copy, Debug)]\npub struct {name}(Language);\n\n#[allow(clippy::useless_format, reason = \"a message may be one word that follows a number\")]\nimpl {name} {{\n"
        );
        for (key, message) in &dutch {
            code += &function(subject, key, message, &english[key])?;
        }
        code += "}\n\n";
    }
    code += &format!(
        "/// Every word of the pages, in one language.\n#[derive(Clone, Copy, Debug)]\npub struct Messages {{\n    /// Which.\n    pub language: \
         Language,\n{fields}}}\n\nimpl Messages {{\n    /// Those of a language.\n    pub fn of(language: Language) -> Self {{\n        Self {{\n            \
         language,\n{made}        }}\n    }}\n}}\n"
    );
    fs::write(into.join("messages.rs"), code).map_err(|error| error.to_string())
}

fn function(subject: &str, key: &str, dutch: &Message, english: &Message) -> Result<String, String> {
    let mut wanted = arguments(dutch);
    let mut other = arguments(english);
    for (name, number) in &mut wanted {
        *number |= other.iter().any(|(known, plural)| known == name && *plural);
    }
    other.sort();
    let mut sorted = wanted.clone();
    sorted.sort();
    if sorted.iter().map(|it| &it.0).ne(other.iter().map(|it| &it.0)) {
        return Err(format!("messages/{{nl,en}}/{subject}.txt: {key} has other words in braces in one than in the other"));
    }
    let shown: String = dutch.iter().map(shown).collect();
    let head = format!("    /// {}\n    pub fn {key}(self", shown.replace('[', "\\[").replace('<', "\\<"));
    if wanted.is_empty() {
        let text = |message: &Message| match message.first() {
            Some(Piece::Text(text)) => format!("{text:?}"),
            _ => "\"\"".to_owned(),
        };
        let (dutch, english) = (text(dutch), text(english));
        return Ok(format!(
            "{head}) -> &'static str {{\n        match self.0 {{\n            Language::Nl => {dutch},\n            Language::En => {english},\n        }}\n    }}\n"
        ));
    }
    let typed: Vec<String> =
        wanted.iter().map(|(name, number)| format!("{name}: impl {}", if *number { "Count" } else { "Display" })).collect();
    let counts: String =
        wanted.iter().filter(|(_, number)| *number).map(|(name, _)| format!("        let {name} = {name}.count();\n")).collect();
    Ok(format!(
        "{head}, {}) -> String {{\n{counts}        match self.0 {{\n            Language::Nl => format!({}),\n            Language::En => format!({}),\n        }}\n    }}\n",
        typed.join(", "),
        formatted(dutch),
        formatted(english)
    ))
}

fn shown(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(name) => format!("`{name}`"),
        Piece::Plural { more, .. } => more.clone(),
    }
}

/// What `format!` takes: a text, and what stands in each place of it.
fn formatted(message: &Message) -> String {
    let mut text = String::new();
    let mut values = String::new();
    for piece in message {
        match piece {
            Piece::Text(it) => text.push_str(it),
            Piece::Value(name) => {
                text.push_str("{}");
                values += &format!(", {name}");
            }
            Piece::Plural { of, one, more } => {
                text.push_str("{}");
                // One language may have one word for both.
                values += &if one == more {
                    format!(", {{ let _ = {of}; {one:?} }}")
                } else {
                    format!(", if {of} == 1 {{ {one:?} }} else {{ {more:?} }}")
                };
            }
        }
    }
    format!("{text:?}{values}")
}

/// The files of a kind, joined by name. The tokens stand apart: a city may bring its own.
fn joined(into: &Path) -> Result<(), String> {
    let entries = fs::read_dir("static").map_err(|error| format!("static: {error}"))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|it| it.path()).collect();
    paths.sort();
    for (kind, name) in [("css", "loket.css"), ("js", "loket.js")] {
        let mut all = String::new();
        for path in paths.iter().filter(|it| it.extension().is_some_and(|it| it == kind) && !it.ends_with("00-tokens.css")) {
            all += &fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        fs::write(into.join(name), all).map_err(|error| error.to_string())?;
    }
    Ok(())
}
