//! The prover's own rows: every limit straight from the wave, and coach facets only when whole numbers cannot break them.

use std::collections::HashMap;

use super::Objection;
use super::open::Open;
use super::room::Room;
use crate::common::tables::Table;
use crate::matching::facts::certificate::{ClassWeight, Row};
use crate::matching::facts::ids::CoachId;
use crate::matching::facts::together::{Half, Share, Together};
use crate::matching::facts::wave::{Pair, Wave};
use crate::matching::facts::words::{CoachKind, PairKind};

/// Largest weight that a certificate may use.
const MOST_WEIGHT: i64 = 1 << 40;

/// Limits of a wave as the prover needs them.
pub struct Limits<'a> {
    wave: &'a Wave,
    classes: &'a [super::open::Hours],
    crowds: Table<CoachId, Vec<i64>>,
    /// Bounds already enumerated.
    known: HashMap<(Room, i64), i128>,
}

impl<'a> Limits<'a> {
    /// Nothing enumerated yet.
    pub fn new(wave: &'a Wave, open: &'a Open) -> Self {
        Self { wave, classes: &open.classes, crowds: open.crowds(wave.coaches.len()), known: HashMap::new() }
    }

    /// The right-hand side of a row.
    ///
    /// # Errors
    /// The wave has no such limit, or a coach's whole numbers can exceed it.
    pub fn at_most(&mut self, row: &Row) -> Result<i64, Objection> {
        let wave = self.wave;
        let unknown = || Objection::UnknownRow(row.clone());
        match row {
            Row::Seat(seat) => Ok(i64::from(wave.seats[*seat].count)),
            Row::School(school) => {
                let row = &wave.schools[*school];
                let share = |team: u32| i64::from(team) * i64::from(wave.policy.max_starters_percent) / 100;
                let starters = row.team_size.map(|team| (share(team) - i64::from(row.starters)).max(0));
                row.maximum.map(i64::from).into_iter().chain(starters).min().ok_or_else(unknown)
            }
            Row::Board(board) => wave.boards[*board].maximum.map(i64::from).ok_or_else(unknown),
            Row::External => {
                let percent = wave.policy.max_external_percent.ok_or_else(unknown)?;
                i64::try_from(u64::from(percent) * wave.candidates.len() as u64 / 100).map_err(|_| Objection::TooLarge)
            }
            Row::Budget => wave.policy.max_cost_cents.ok_or_else(unknown),
            Row::Coach { coach, weights, at_most } => self.facet(row, *coach, weights, *at_most).map(|()| *at_most),
            Row::Together(together) if holds(wave, *together) => Ok(1),
            Row::Together(_) => Err(unknown()),
        }
    }

    fn facet(&mut self, row: &Row, coach: CoachId, weights: &[ClassWeight], at_most: i64) -> Result<(), Objection> {
        let invalid = || Objection::InvalidFacet(row.clone());
        let hours = |it: &ClassWeight| (it.hours, it.next_hours);
        if !weights.windows(2).all(|pair| hours(&pair[0]) < hours(&pair[1])) {
            return Err(invalid());
        }
        if weights.iter().any(|it| it.weight < 0 || it.weight > MOST_WEIGHT) || !(0..=MOST_WEIGHT).contains(&at_most) {
            return Err(invalid());
        }
        let kinds = weights.iter().filter_map(|it| {
            let class = self.classes.binary_search(&hours(it)).ok()?;
            Some((hours(it), self.crowds[coach][class], it.weight))
        });
        let room = self.room(coach, kinds.collect());
        if self.most(room, at_most) > i128::from(at_most) { Err(invalid()) } else { Ok(()) }
    }

    fn most(&mut self, room: Room, enough: i64) -> i128 {
        *self.known.entry((room, enough)).or_insert_with_key(|(room, enough)| room.most(i128::from(*enough)))
    }

    fn room(&self, coach: CoachId, kinds: Vec<(super::open::Hours, i64, i64)>) -> Room {
        let row = &self.wave.coaches[coach];
        let next_hours = row.next_hours.map(i64::from);
        Room { maximum: row.maximum.into(), hours: row.hours.into(), next_hours, kinds }.trimmed()
    }

    /// Most placements that a coach can take on.
    pub fn most_placements(&mut self, coach: CoachId) -> usize {
        let kinds = self.classes.iter().zip(&self.crowds[coach]).map(|(&hours, &crowd)| (hours, crowd, 1));
        let room = self.room(coach, kinds.collect());
        usize::try_from(self.most(room, 0)).unwrap_or(usize::MAX).min(self.wave.candidates.len())
    }

    /// Rows that say what the wave asks of every pair.
    pub fn pairs(&self) -> Vec<Together> {
        let wave = self.wave;
        let rows = |&Pair { kind, one, other }: &Pair| -> Vec<Together> {
            match kind {
                PairKind::Together => Half::all(wave.schools.len()).map(|half| Together::Schools(one, other, half)).collect(),
                PairKind::Apart => wave.schools.ids().map(|school| Together::School(one, other, school)).collect(),
                PairKind::SameCoach => Half::all(wave.coaches.len()).map(|half| Together::Coaches(one, other, half)).collect(),
                PairKind::OtherCoach => wave.coaches.ids().map(|coach| Together::Coach(one, other, coach)).collect(),
            }
        };
        wave.pairs.iter().flat_map(rows).collect()
    }

    /// Hours and next hours of a kind.
    pub fn hours(&self, kind: usize) -> super::open::Hours {
        self.classes[kind]
    }

    /// What placements count for in a row that looks at coaches, where not 0: coach, kind of hours, weight.
    pub fn entries(&self, row: &Row) -> Vec<(CoachId, usize, i64)> {
        let all = |weight: &dyn Fn(CoachId, usize) -> i64| {
            let coaches = self.wave.coaches.ids();
            let pairs = coaches.flat_map(|coach| (0..self.classes.len()).map(move |class| (coach, class)));
            pairs.map(|(coach, class)| (coach, class, weight(coach, class))).filter(|it| it.2 != 0).collect()
        };
        match row {
            Row::Coach { coach, weights, .. } => {
                let entry = |it: &ClassWeight| Some((*coach, self.classes.binary_search(&(it.hours, it.next_hours)).ok()?, it.weight));
                weights.iter().filter_map(entry).collect()
            }
            Row::External => all(&|coach, _| i64::from(self.wave.coaches[coach].kind == CoachKind::Extern)),
            Row::Budget => all(&|coach, class| self.classes[class].0 * i64::from(self.wave.coaches[coach].rate_cents)),
            Row::Seat(_) | Row::School(_) | Row::Board(_) | Row::Together(_) => Vec::new(),
        }
    }
}

/// Whether a row counts two people who may not both be counted in it, whoever they are: straight from what the wave asks of people together.
fn holds(wave: &Wave, row: Together) -> bool {
    let asked = |kind, one, other| wave.pairs.iter().any(|pair| (pair.kind, pair.one, pair.other) == (kind, one, other));
    match row {
        Together::Schools(one, other, _) => asked(PairKind::Together, one, other),
        Together::School(one, other, _) => asked(PairKind::Apart, one, other),
        Together::Coaches(one, other, _) => asked(PairKind::SameCoach, one, other),
        Together::Coach(one, other, _) => asked(PairKind::OtherCoach, one, other),
        Together::Shares(seat, one, other) => {
            wave.seats[seat].shared && [(one, one), (one, other), (other, other)].into_iter().all(|(one, other)| !one.fits(other))
        }
        Together::ShareWith(seat, person, share) => {
            wave.seats[seat].shared && !share.fits(share) && !share.fits(Share::of(wave, person, seat))
        }
    }
}
