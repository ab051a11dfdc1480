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
        "locaties" => "locatie",
        "personen" => "persoon",
        "deelnemers" => "deelnemer",
        "reeksen" => "reeks",
        "aanbod" => "aanbod",
        "lichtingen" => "lichting",
        "coachsoorten" => "coachsoort",
        "posten" => "post",
        "inkomsten" => "inkomst",
        "scenarios" => "scenario",
        "ongepland" => "niet gepland:",
        "plaatsingen" => "plaatsing van",
        "ongeplaatst" => "ongeplaatste kandidaat",
        _ => return None,
    })
}

/// Whether a character does something to the place where it is shown besides being there: it steers a terminal, ends a line, or turns the
/// direction of what follows (the controls of Unicode, its line and paragraph separators, and its bidirectional controls).
pub fn steers(character: char) -> bool {
    character.is_control() || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// A text of others as one line: what would steer the place where it is shown is shown as U+FFFD.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| if steers(character) { '\u{fffd}' } else { character }).collect())
}

/// A text from the file, short and visible, for use inside a message.
pub fn show_id(text: &str) -> String {
    match text.char_indices().nth(64) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown_and_nothing_else_changes() {
        let steering = "a\u{1b}\u{7}\n\r\t\u{7f}\u{85}\u{9b}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}z";
        assert_eq!(visible(steering), format!("a{}z", "\u{fffd}".repeat(steering.chars().count() - 2)));
        for plain in ["", "Zoë Çelik-Ñandú", "👩\u{200d}🏫", "שלום", "a b", "…–€"] {
            assert!(matches!(visible(plain), Cow::Borrowed(same) if same == plain), "{plain}");
        }
    }

    #[test]
    fn an_id_in_a_message_is_short() {
        assert_eq!(show_id(&"é".repeat(64)), "é".repeat(64));
        assert_eq!(show_id(&format!("{}\u{202e}", "é".repeat(64))), format!("{}…", "é".repeat(64)));
        assert_eq!(show_id("Z\u{202e}1"), "Z\u{fffd}1");
    }
}
