//! What is left of every shared limit in a plan, and which limits one more placement would break.

use std::collections::{BTreeMap, HashMap};

use crate::common::tables::Table;
use crate::matching::facts::hours;
use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::together;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::CoachKind;
use crate::matching::judge::rules::tally::placed;
use crate::matching::judge::rules::{Kind, Limit, Members, RULES, Weight};

use super::pairs::{Codes, Pairs};

/// A limit with what the plan leaves of it.
struct Row {
    code: Codes,
    weight: Weight,
    left: i64,
}

/// The limits that count placements at a seat group (also through its school and board) and with a coach (also through all).
pub(super) struct Room<'a> {
    wave: &'a Wave,
    rows: Vec<Row>,
    by_seat: Table<SeatId, Vec<usize>>,
    by_coach: Table<CoachId, Vec<usize>>,
    /// Rules whose limits count by coach.
    pub(super) coach_rules: Codes,
    together: together::Rows,
    /// Whether any limit looks at a whole placement: costs at a place, or people together.
    pub(super) looks_whole: bool,
}

impl<'a> Room<'a> {
    pub(super) fn new(wave: &'a Wave, plan: &Plan) -> Self {
        let mut rows = Vec::new();
        let mut at: HashMap<Members, Vec<usize>> = HashMap::new();
        let (mut coach_rules, mut looks_whole, mut people) = (0, false, Vec::new());
        for (position, rule) in RULES.iter().enumerate() {
            let Kind::Shared { write, .. } = rule.kind else {
                continue;
            };
            for Limit { members, weight, at_most, together, .. } in write(wave) {
                let code = 1 << position;
                people.extend(together.map(|row| (rows.len(), row)));
                match members {
                    Members::Coach(_) | Members::External => coach_rules |= code,
                    Members::Seat(_) | Members::School(_) | Members::Board(_) => {
                        looks_whole |= weight == Weight::Cost;
                    }
                    Members::All => {}
                    Members::Pair(..) | Members::Shared(_) => looks_whole = true,
                }
                at.entry(members).or_default().push(rows.len());
                rows.push(Row { code, weight, left: at_most });
            }
        }
        let of = |members: &[Members]| -> Vec<usize> { members.iter().filter_map(|it| at.get(it)).flatten().copied().collect() };
        let by_seat = wave.seats.pairs().map(|(seat, row)| {
            let board = wave.schools[row.school].board;
            of(&[Members::Seat(seat), Members::School(row.school), Members::Board(board)])
        });
        let by_coach = wave.coaches.pairs().map(|(coach, row)| match row.kind {
            CoachKind::Intern => of(&[Members::Coach(coach), Members::All]),
            CoachKind::Extern => of(&[Members::Coach(coach), Members::External, Members::All]),
        });
        let mut room = Self {
            wave,
            by_seat: by_seat.collect::<Vec<_>>().into(),
            by_coach: by_coach.collect::<Vec<_>>().into(),
            rows,
            together: together::Rows::new(people),
            coach_rules,
            looks_whole,
        };
        for (candidate, placement) in placed(plan) {
            room.take(candidate, placement);
        }
        room
    }

    fn take(&mut self, candidate: CandidateId, placement: Placement) {
        let school = placement.school(self.wave);
        let own = self.together.of(self.wave, candidate, placement);
        for list in [&self.by_seat[placement.seat], &self.by_coach[placement.coach], &own] {
            for &row in list {
                let row = &mut self.rows[row];
                row.left -= amount(self.wave, row.weight, candidate, school, placement.coach);
            }
        }
    }

    /// The rules of these rows that have no room for the amount; a row without an amount is passed over.
    fn full(&self, rows: &[usize], amount: impl Fn(Weight) -> Option<i64>) -> Codes {
        rows.iter()
            .map(|&row| &self.rows[row])
            .filter(|row| amount(row.weight).is_some_and(|amount| amount > row.left))
            .fold(0, |codes, row| codes | row.code)
    }

    /// The rules that count at the seat group and have no room for the candidate there, whatever the coach.
    pub(super) fn full_seat(&self, candidate: CandidateId, seat: SeatId) -> Codes {
        let school = self.wave.seats[seat].school;
        self.full(&self.by_seat[seat], |weight| match weight {
            Weight::One => Some(1),
            Weight::Hours => Some(hours::hours(self.wave, candidate, school).into()),
            Weight::NextHours => Some(hours::next_hours(self.wave, candidate).into()),
            Weight::Cost => None,
        })
    }

    /// The rules that look at a whole placement and have no room for it: people together, and costs at a place (no rule counts those now).
    pub(super) fn full_whole(&self, candidate: CandidateId, placement: Placement) -> Codes {
        if !self.looks_whole {
            return 0;
        }
        let school = placement.school(self.wave);
        let costs = self.full(&self.by_seat[placement.seat], |weight| {
            (weight == Weight::Cost).then(|| amount(self.wave, weight, candidate, school, placement.coach))
        });
        costs | self.full(&self.together.of(self.wave, candidate, placement), |_| Some(1))
    }

    /// The rules that count by coach, or count all, and have no room for the candidate with this coach at this school.
    fn full_coach(&self, candidate: CandidateId, school: SchoolId, coach: CoachId) -> Codes {
        self.full(&self.by_coach[coach], |weight| Some(amount(self.wave, weight, candidate, school, coach)))
    }
}

/// Per coach, the rules without room for a candidate. It depends on the place by the hours there only, so it is kept by hours.
pub(super) struct CoachRoom<'a> {
    room: &'a Room<'a>,
    pairs: &'a Pairs<'a>,
    candidate: CandidateId,
    by_hours: BTreeMap<u32, (Vec<Codes>, Codes)>,
}

impl<'a> CoachRoom<'a> {
    pub(super) fn new(room: &'a Room<'a>, pairs: &'a Pairs<'a>, candidate: CandidateId) -> Self {
        Self { room, pairs, candidate, by_hours: BTreeMap::new() }
    }

    /// The candidate's hours at the `seat`-th seat group with seats.
    pub(super) fn hours(&self, seat: usize) -> u32 {
        let school = self.room.wave.seats[self.pairs.seats[seat]].school;
        hours::hours(self.room.wave, self.candidate, school)
    }

    /// One set per coach, for the `seat`-th seat group with seats.
    pub(super) fn at(&mut self, seat: usize) -> &[Codes] {
        &self.read(seat).0
    }

    /// The rules in one or more of those sets.
    pub(super) fn ever(&mut self, seat: usize) -> Codes {
        self.read(seat).1
    }

    fn read(&mut self, seat: usize) -> &(Vec<Codes>, Codes) {
        let wave = self.room.wave;
        let school = wave.seats[self.pairs.seats[seat]].school;
        self.by_hours.entry(self.hours(seat)).or_insert_with(|| {
            let coaches = wave.coaches.ids();
            let sets: Vec<_> = coaches.map(|coach| self.room.full_coach(self.candidate, school, coach)).collect();
            let ever = sets.iter().fold(0, |all, codes| all | codes);
            (sets, ever)
        })
    }
}

/// What one placement counts for.
fn amount(wave: &Wave, weight: Weight, candidate: CandidateId, school: SchoolId, coach: CoachId) -> i64 {
    match weight {
        Weight::One => 1,
        Weight::Hours => hours::hours(wave, candidate, school).into(),
        Weight::NextHours => hours::next_hours(wave, candidate).into(),
        Weight::Cost => {
            let hours = i64::from(hours::hours(wave, candidate, school));
            hours * i64::from(wave.coaches[coach].rate_cents)
        }
    }
}
