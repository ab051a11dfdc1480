//! People who are left out of the matching at their own request.

use std::collections::BTreeSet;

use loket_instances::matching::wave_file::WaveFile;

use crate::records::dossier::Who;
use crate::records::register::Kind;

/// Who is left out on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limited(BTreeSet<Who>);

impl Limited {
    /// These people.
    pub fn new(people: impl IntoIterator<Item = Who>) -> Self {
        Self(people.into_iter().collect())
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this person is.
    pub fn has(&self, kind: Kind, id: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&Who::new(kind, id))
    }

    /// A wave file without them: candidates go with what is said of them; of a coach the row stays, with room for nobody, and what was
    /// locked on such a coach is locked no longer.
    pub fn leave_out(&self, file: &mut WaveFile) {
        if self.is_empty() {
            return;
        }
        let gone = |id: &str| self.has(Kind::Candidate, id);
        let coach = |id: &Option<String>| id.as_ref().is_some_and(|id| self.has(Kind::Coach, id));
        file.candidates.retain(|row| !gone(&row.id));
        for row in file.coaches.iter_mut().filter(|row| self.has(Kind::Coach, &row.id)) {
            (row.maximum, row.hours) = (0, 0);
        }
        file.travel.iter_mut().for_each(|rows| rows.retain(|row| !gone(&row.from)));
        file.locks.iter_mut().for_each(|rows| rows.retain(|row| !gone(&row.candidate) && !coach(&row.coach)));
        file.bans.iter_mut().for_each(|rows| rows.retain(|row| !gone(&row.candidate)));
        file.pairs.iter_mut().for_each(|rows| rows.retain(|row| !row.people.iter().any(|id| gone(id))));
        file.previous.iter_mut().for_each(|rows| rows.retain(|row| !gone(&row.candidate)));
    }
}
