//! What is wrong with a form: the control that it is about, and what to write there.

use loket_instances::strict::problem::Problem;

/// Everything that is wrong with a form.
#[derive(Clone, Debug, Default)]
pub struct Wrong {
    /// Ids of controls with what is wrong there; an empty id is the form as a whole.
    pub all: Vec<(String, String)>,
}

impl Wrong {
    /// Something is wrong with a control.
    pub fn add(&mut self, control: &str, what: impl Into<String>) {
        self.all.push((control.to_owned(), what.into()));
    }

    /// What is wrong with a control; empty when nothing is.
    pub fn of(&self, control: &str) -> &str {
        self.all.iter().find(|(it, _)| it == control).map_or("", |(_, what)| what.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Takes over what an action refused: `place` names the control of a pointer.
    pub fn take(&mut self, problems: &[Problem], place: impl Fn(&str) -> &'static str) {
        for it in problems {
            self.add(place(&it.pointer), capital(&format!("{}: {}.", it.what, it.remedy)));
        }
    }
}

/// A sentence begins with a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
