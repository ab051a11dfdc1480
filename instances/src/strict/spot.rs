//! A place in a file: as a JSON pointer for machines and in Dutch words for people.

use std::borrow::Cow;
use std::rc::Rc;

/// A place, shared by everything below it.
#[derive(Clone, Debug, Default)]
pub struct Spot(Option<Rc<Step>>);

#[derive(Debug)]
struct Step {
    parent: Spot,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Key(Cow<'static, str>),
    Item { position: usize, label: Option<String> },
}

impl Spot {
    fn below(&self, kind: Kind) -> Spot {
        Spot(Some(Rc::new(Step { parent: self.clone(), kind })))
    }
    /// The value of a key here.
    pub fn key(&self, key: impl Into<Cow<'static, str>>) -> Spot {
        self.below(Kind::Key(key.into()))
    }
    /// An item of the list here, with the id that people know it by.
    pub fn item(&self, position: usize, label: Option<&str>) -> Spot {
        let label = label.map(show_id);
        self.below(Kind::Item { position, label })
    }

    fn steps(&self) -> Vec<&Kind> {
        let mut steps = Vec::new();
        let mut here = self;
        while let Some(step) = &here.0 {
            steps.push(&step.kind);
            here = &step.parent;
        }
        steps.reverse();
        steps
    }

    /// JSON pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.steps() {
            pointer.push('/');
            match step {
                Kind::Key(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
                Kind::Item { position, .. } => pointer.push_str(&position.to_string()),
            }
        }
        pointer
    }

    /// In Dutch words: "school 21QZ00, plekken, 1e regel, aantal".
    pub fn words(&self) -> String {
        let steps = self.steps();
        let mut words: Vec<String> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            match step {
                Kind::Key(key) => {
                    let labelled = matches!(steps.get(at + 1), Some(Kind::Item { label: Some(_), .. }));
                    match one_of(key) {
                        Some(_) if labelled => {}
                        _ => words.push(show_id(key)),
                    }
                }
                Kind::Item { position, label } => {
                    let kind = at.checked_sub(1).and_then(|before| match steps[before] {
                        Kind::Key(key) => one_of(key),
                        Kind::Item { .. } => None,
                    });
                    match (kind, label) {
                        (Some(kind), Some(label)) => words.push(format!("{kind} {label}")),
                        _ => words.push(format!("{}e regel", position + 1)),
                    }
                }
            }
        }
        if words.is_empty() { "het hele bestand".into() } else { words.join(", ") }
    }
}

/// The word for one row of a list whose rows people know by name.
fn one_of(list: &str) -> Option<&'static str> {
    Some(match list {
        "besturen" => "bestuur",
        "scholen" => "school",
        "coaches" => "coach",
        "kandidaten" => "kandidaat",
        "doelen" => "doel",
        "plaatsingen" => "plaatsing van",
        "ongeplaatst" => "ongeplaatste kandidaat",
        _ => return None,
    })
}

/// A text from the file, short and without control characters, for use inside a message.
pub fn show_id(text: &str) -> String {
    let mut shown: String = text.chars().take(64).map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect();
    if text.chars().nth(64).is_some() {
        shown.push('…');
    }
    shown
}
