//! The difference between two plans, of one wave or of a wave and its changed successor: per person what changes, forced or chosen.

use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::Status;
use crate::matching::judge::keep::{self, Keepable};

use super::cause::{Causes, Why};
use super::{Directory, carried, with_previous};

/// A plan with its wave.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The wave.
    pub wave: &'a Wave,
    /// A plan of it.
    pub plan: &'a Plan,
}

/// Everything that differs, in the order of the file's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Everybody of the wave after whose placement is not what it was.
    pub people: Vec<Moved>,
    /// Who was in the wave before and is not in the wave after, in the numbers of the wave before.
    pub left: Vec<CandidateId>,
    /// How many people have the same placement as before.
    pub same: usize,
    /// How many people had no placement before and have none now.
    pub waiting: usize,
}

/// One person whose placement differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Who, in the wave after.
    pub candidate: CandidateId,
    /// The placement before, in the numbers of the wave before.
    pub from: Option<Placement>,
    /// The placement after.
    pub to: Option<Placement>,
    /// What kind of difference it is.
    pub kind: Kind,
    /// Why, the strongest first; none for a first placement and for who arrived.
    pub why: Vec<Why>,
}

/// Kinds of difference (docs/reruns.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A part of the old placement cannot be kept, whatever the plan; what could be kept is kept.
    Forced,
    /// A part cannot be kept, and what could be kept is given up as well.
    ForcedAndChosen,
    /// All of it could be kept and is not.
    Chosen,
    /// Waited, and has a placement now.
    Placed,
    /// Was not in the wave before.
    Arrived,
}

impl Kind {
    /// Whether it counts as a change (docs/model.md): a keepable part is not kept.
    pub fn changed(self) -> bool {
        matches!(self, Kind::Chosen | Kind::ForcedAndChosen)
    }
    /// Whether a part could not be kept, whatever the plan.
    pub fn forced(self) -> bool {
        matches!(self, Kind::Forced | Kind::ForcedAndChosen)
    }
}

/// What differs between two plans. The cause of a change is found from both waves and plans alone.
pub fn difference(before: Side<'_>, after: Side<'_>) -> Difference {
    let there = Directory::new(before.wave);
    let here = Directory::new(after.wave);
    let wave = with_previous(before.wave, before.plan, after.wave, Status::Akkoord);
    let old = carried(before.wave, before.plan, after.wave);
    let causes = Causes::new(before.wave, after, &wave, &old);
    let mut found = Difference { people: Vec::new(), left: Vec::new(), same: 0, waiting: 0 };
    found.left.extend(before.wave.candidates_by_row().into_iter().filter(|&it| here.person(before.wave, it).is_none()));
    for candidate in after.wave.candidates_by_row() {
        let to = after.plan[candidate];
        let earlier = there.person(after.wave, candidate);
        let from = earlier.and_then(|it| before.plan[it]);
        let keepable = keep::keepable(&wave, candidate);
        let forced = keep::forces(&wave, candidate, keepable);
        let changed = keep::changes(&wave, candidate, keepable, to);
        let kind = match (forced, changed) {
            (true, true) => Kind::ForcedAndChosen,
            (true, false) => Kind::Forced,
            (false, true) => Kind::Chosen,
            (false, false) => match (earlier, from, to) {
                (None, ..) => Kind::Arrived,
                (_, None, Some(_)) => Kind::Placed,
                (_, None, None) => {
                    found.waiting += 1;
                    continue;
                }
                (_, Some(_), _) => {
                    found.same += 1;
                    continue;
                }
            },
        };
        let mut why = Vec::new();
        if let Some(from) = from.filter(|_| forced) {
            why.extend(causes.forced(candidate, from, keepable));
        }
        if changed && keepable != Keepable::Nothing {
            why.extend(causes.chosen(candidate, keepable));
        }
        found.people.push(Moved { candidate, from, to, kind, why });
    }
    found
}
