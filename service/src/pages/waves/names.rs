//! Names of what the file of a wave is about, and what is told of its rows in words of a page.

use std::collections::BTreeMap;

use crate::pages::messages::Messages;
use crate::pages::visitor::Visitor;
use crate::records::register::Kind;
use crate::records::remark::{About, Differs, Remark};
use crate::serve::app::App;
use crate::serve::held::File;
use crate::serve::problem::Problem;

/// Names by id: of candidates, coaches, schools and boards.
pub(super) struct Names {
    of: [BTreeMap<String, String>; 4],
}

impl Names {
    /// Those that the register has.
    pub(super) async fn of(app: &App, visitor: &Visitor) -> Result<Self, Problem> {
        let scope = visitor.asked.caller.scope();
        let mut reading = app.store.read();
        let of = [
            reading.names(Kind::Candidate).await?,
            reading.names(Kind::Coach).await?,
            reading.names_of(Kind::School, scope).await?,
            reading.names_of(Kind::Board, scope).await?,
        ];
        Ok(Self { of })
    }

    /// Those of a file that is held as well: it may have people whom the register does not know yet.
    pub(super) fn with(mut self, file: &File) -> Self {
        for it in file.sound.iter().flat_map(|it| &it.people) {
            if let Some(name) = &it.name {
                let at = usize::from(it.kind.code() != Kind::Candidate.word());
                if let Some(names) = self.of.get_mut(at) {
                    names.entry(it.id.clone()).or_insert_with(|| name.clone());
                }
            }
        }
        self
    }

    /// Of a candidate.
    pub(super) fn candidate(&self, id: &str) -> Option<&String> {
        self.of[0].get(id)
    }

    /// A row of a sheet by its name and id; what has no name by what it begins with.
    pub(super) fn row(&self, sheet: &str, about: &str) -> String {
        let at = match sheet {
            "Kandidaten" => 0,
            "Coaches" => 1,
            "Scholen" | "Plekken" => 2,
            "Besturen" => 3,
            _ => return about.to_owned(),
        };
        let (id, rest) = about.split_once(' ').unwrap_or((about, ""));
        match self.of.get(at).and_then(|it| it.get(about).map(|name| (name, "")).or_else(|| it.get(id).map(|name| (name, rest)))) {
            Some((name, "")) => name.clone(),
            Some((name, rest)) => format!("{name}, {rest}"),
            None => about.to_owned(),
        }
    }

    /// The row that a remark is about.
    fn about(&self, it: &About) -> String {
        let (at, id) = match (it.kind.as_str(), &it.school) {
            ("kandidaat", _) => (0, &it.id),
            ("coach", _) => (1, &it.id),
            ("bestuur", _) => (3, &it.id),
            (_, Some(school)) => (2, school),
            (_, None) => (2, &it.id),
        };
        let name = self.of.get(at).and_then(|them| them.get(id)).unwrap_or(id);
        if it.school.is_some() { format!("{name}, {} {}", it.kind, it.id) } else { name.clone() }
    }

    /// A remark in words for a page: where a file and the register differ by what each says, the rest as it is told.
    pub(super) fn told(&self, m: Messages, it: &Remark) -> String {
        let Some(about) = it.about.as_ref().filter(|_| !it.differs.is_empty()) else { return it.text.clone() };
        let value = |of: &Differs, file: bool| {
            let value = if file { &of.file } else { &of.register };
            if value.is_null() { m.waves.nothing().to_owned() } else { value.as_str().map_or_else(|| value.to_string(), str::to_owned) }
        };
        let one = |of: &Differs| m.waves.differs(of.key.replace('_', " "), value(of, true), value(of, false));
        format!("{}: {}.", self.about(about), it.differs.iter().map(one).collect::<Vec<_>>().join("; "))
    }
}
