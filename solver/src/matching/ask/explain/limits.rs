//! What a plan uses of every shared limit, which limits one more placement would exceed, and who holds them.

use std::collections::HashMap;

use crate::common::tables::Table;
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::together;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::CoachKind;
use crate::matching::judge::rules::{Kind, Limit, Members, RULES, Weight, tally};

/// A shared limit by its rule and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LimitKey {
    /// Which rule.
    pub rule: RuleCode,
    /// Which placements count.
    pub members: Members,
}

impl LimitKey {
    /// Whether it is about people together: then it holds or is let go, and nothing is between.
    pub fn joins(self) -> bool {
        matches!(self.members, Members::Pair(..) | Members::Shared(_))
    }
    /// What one placement counts for.
    pub fn weight(self) -> Weight {
        match self.rule.rule().kind {
            Kind::Shared { weight, .. } => weight,
            Kind::Pair { .. } | Kind::Changes { .. } => Weight::One,
        }
    }
}

/// A limit that has no room for a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// Which.
    pub limit: LimitKey,
    /// How much it must grow for the placement to fit.
    pub short: i64,
}

/// Every shared limit of a wave, in the order of the list of rules.
pub fn limits(wave: &Wave) -> Vec<Limit> {
    RULES
        .iter()
        .filter_map(|rule| match rule.kind {
            Kind::Shared { write, .. } => Some(write(wave)),
            Kind::Pair { .. } | Kind::Changes { .. } => None,
        })
        .flatten()
        .collect()
}

/// What a limit allows; `None` when the wave does not have it.
pub fn at_most(wave: &Wave, key: LimitKey) -> Option<i64> {
    limits(wave).into_iter().find(|limit| limit.rule == key.rule && limit.members == key.members).map(|limit| limit.at_most)
}

/// Whether a placement counts for a limit.
pub fn counts(wave: &Wave, members: Members, placement: Placement) -> bool {
    let school = placement.school(wave);
    match members {
        Members::Seat(seat) => seat == placement.seat,
        Members::School(it) => it == school,
        Members::Board(board) => wave.schools[school].board == board,
        Members::Coach(coach) => coach == placement.coach,
        Members::External => wave.coaches[placement.coach].kind == CoachKind::Extern,
        Members::All => true,
        // Whoever holds a limit on people together is named to nobody.
        Members::Pair(..) | Members::Shared(_) => false,
    }
}

/// What a plan leaves of every limit; people can be taken out and put in.
#[derive(Clone, Debug)]
pub struct Usage<'a> {
    wave: &'a Wave,
    rows: Vec<(Limit, i64)>,
    by_seat: Table<SeatId, Vec<usize>>,
    by_coach: Table<CoachId, Vec<usize>>,
    together: together::Rows,
}

impl<'a> Usage<'a> {
    /// Counts a plan.
    pub fn new(wave: &'a Wave, plan: &Plan) -> Self {
        let rows: Vec<(Limit, i64)> = limits(wave).into_iter().map(|limit| (limit, limit.at_most)).collect();
        let mut at: HashMap<Members, Vec<usize>> = HashMap::new();
        for (position, (limit, _)) in rows.iter().enumerate() {
            at.entry(limit.members).or_default().push(position);
        }
        let of = |members: &[Members]| -> Vec<usize> { members.iter().filter_map(|it| at.get(it)).flatten().copied().collect() };
        let by_seat: Vec<_> = wave
            .seats
            .pairs()
            .map(|(seat, row)| of(&[Members::Seat(seat), Members::School(row.school), Members::Board(wave.schools[row.school].board)]))
            .collect();
        let by_coach: Vec<_> = wave
            .coaches
            .pairs()
            .map(|(coach, row)| match row.kind {
                CoachKind::Intern => of(&[Members::Coach(coach), Members::All]),
                CoachKind::Extern => of(&[Members::Coach(coach), Members::External, Members::All]),
            })
            .collect();
        let together = together::Rows::new(rows.iter().enumerate().filter_map(|(at, (limit, _))| Some((at, limit.together?))));
        let mut usage = Self { wave, rows, by_seat: by_seat.into(), by_coach: by_coach.into(), together };
        tally::placed(plan).for_each(|(candidate, placement)| usage.put(candidate, placement));
        usage
    }

    /// Adds somebody's placement.
    pub fn put(&mut self, candidate: CandidateId, placement: Placement) {
        self.count(candidate, placement, 1);
    }

    /// Takes somebody's placement away.
    pub fn take(&mut self, candidate: CandidateId, placement: Placement) {
        self.count(candidate, placement, -1);
    }

    fn count(&mut self, candidate: CandidateId, placement: Placement, sign: i64) {
        let wave = self.wave;
        let own = self.together.of(wave, candidate, placement);
        for &row in self.by_seat[placement.seat].iter().chain(&self.by_coach[placement.coach]).chain(&own) {
            let (limit, left) = &mut self.rows[row];
            *left -= sign * limit.weight.of(wave, candidate, placement);
        }
    }

    /// The limits without room for one more placement, in the order of the list of rules.
    pub fn exceeded(&self, candidate: CandidateId, placement: Placement) -> Vec<Exceeded> {
        let own = self.together.of(self.wave, candidate, placement);
        let mut rows: Vec<(usize, i64)> = self.by_seat[placement.seat]
            .iter()
            .chain(&self.by_coach[placement.coach])
            .chain(&own)
            .filter_map(|&row| {
                let (limit, left) = &self.rows[row];
                let short = limit.weight.of(self.wave, candidate, placement) - left;
                (short > 0).then_some((row, short))
            })
            .collect();
        rows.sort_unstable();
        self.named(rows.into_iter())
    }

    /// Each limit once: one on people together has many rows, which are let go together.
    fn named(&self, rows: impl Iterator<Item = (usize, i64)>) -> Vec<Exceeded> {
        let mut found: Vec<Exceeded> = rows.map(|(row, short)| Exceeded { limit: key(&self.rows[row].0), short }).collect();
        found.iter_mut().filter(|it| it.limit.joins()).for_each(|it| it.short = 1);
        found.dedup();
        found
    }

    /// By how much each limit is exceeded as it stands, in the order of the list of rules.
    pub fn over(&self) -> Vec<Exceeded> {
        self.named(self.rows.iter().enumerate().filter(|(_, (_, left))| *left < 0).map(|(row, (_, left))| (row, -left)))
    }

    /// What is left of a limit; `None` when the wave does not have it.
    pub fn left(&self, key: LimitKey) -> Option<i64> {
        self.rows.iter().filter(|(limit, _)| limit.rule == key.rule && limit.members == key.members).map(|(_, left)| *left).min()
    }
}

/// A limit's name.
pub fn key(limit: &Limit) -> LimitKey {
    LimitKey { rule: limit.rule, members: limit.members }
}

/// Who uses some of a limit in a plan, in the order of the file's rows.
pub fn holders(wave: &Wave, plan: &Plan, key: LimitKey) -> Vec<CandidateId> {
    let weights: Vec<Weight> =
        limits(wave).iter().filter(|limit| limit.rule == key.rule && limit.members == key.members).map(|limit| limit.weight).collect();
    let uses = |candidate: CandidateId, placement: Placement| {
        counts(wave, key.members, placement) && weights.iter().any(|&weight| weight.of(wave, candidate, placement) > 0)
    };
    let holds = |&candidate: &CandidateId| plan[candidate].is_some_and(|placement| uses(candidate, placement));
    wave.candidates_by_row().into_iter().filter(holds).collect()
}
