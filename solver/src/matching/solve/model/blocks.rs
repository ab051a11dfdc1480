//! Splits what is still in play into blocks that share no row, each with local numbers and the points of one objective.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::points::Objective;
use super::{Column, Model, Row, RowKey};
use crate::common::tables::{Id, Table};
use crate::engine::block::{Block, Choice, Entry, LocalFloor, LocalRow, Step};
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::wave::Wave;

/// The plans still in play: those that obey every rule and keep what earlier goals reached.
#[derive(Clone, Debug)]
pub struct Face {
    /// Columns that some plan in play may choose.
    pub columns: Vec<Column>,
    /// Candidates that every plan in play places.
    pub must: Table<CandidateId, bool>,
    /// Rows that every plan in play fills, by position in [`Model::rows`].
    pub tight: Vec<bool>,
    /// What earlier goals must keep and rows alone do not say.
    pub floors: Vec<Floor>,
    /// Whether everybody stays in one block, so that there is one set of prices.
    pub whole: bool,
}

/// Σ points ≥ at_least over the candidates in scope.
#[derive(Clone, Debug)]
pub struct Floor {
    /// Whose points.
    pub objective: Objective,
    /// At least this.
    pub at_least: i64,
    /// Whose placements count; everybody's when none are named.
    pub scope: Option<Vec<CandidateId>>,
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

fn divisor<'a>(numbers: impl Iterator<Item = &'a i64>) -> i64 {
    let mut divisor = 0;
    for &number in numbers {
        divisor = gcd(divisor, number);
        if divisor == 1 {
            break;
        }
    }
    divisor.max(1)
}

const NOWHERE: u32 = u32::MAX;

/// The face cut into blocks for one objective.
pub fn split(wave: &Wave, model: &Model, face: &Face, objective: &Objective) -> Vec<Block> {
    let points = objective.points(wave, &face.columns);
    let load = objective.load(wave, model);
    let floors: Vec<Spread> = face.floors.iter().map(|floor| Spread::new(wave, model, face, floor)).collect();
    let loaded = |coach: CoachId| !load[coach].is_empty() || floors.iter().any(|floor| !floor.load[coach].is_empty());
    let unit = divisor(points.iter().chain(load.iter().flatten()));

    // Candidates, then seat groups, then coaches, then rows.
    let people = wave.candidates.len();
    let seat_node = |seat: SeatId| people + seat.position();
    let coach_node = |coach: CoachId| people + wave.seats.len() + coach.position();
    let row_node = |row: u32| people + wave.seats.len() + wave.coaches.len() + row as usize;
    let mut sets = UnionFind::<usize>::new(row_node(0) + model.rows.len());
    for seat in wave.seats.ids() {
        model.seat_entries[seat].iter().for_each(|&(row, _)| {
            sets.union(seat_node(seat), row_node(row));
        });
    }
    let mut hooks_used = Table::<CoachId, Vec<bool>>::filled(wave.coaches.len(), vec![false; model.classes.len()]);
    face.columns.iter().for_each(|column| hooks_used[column.coach][column.class as usize] = true);
    for coach in wave.coaches.ids() {
        for class in (0..model.classes.len()).filter(|&class| hooks_used[coach][class]) {
            for &(row, _) in &model.coach_entries[coach][class] {
                sets.union(coach_node(coach), row_node(row));
            }
        }
    }
    for column in &face.columns {
        let person = column.candidate.position();
        if !model.seat_entries[column.seat].is_empty() {
            sets.union(person, seat_node(column.seat));
        }
        if loaded(column.coach) || !model.coach_entries[column.coach][column.class as usize].is_empty() {
            sets.union(person, coach_node(column.coach));
        }
        for (row, _) in model.own_entries(wave, column) {
            sets.union(person, row_node(row));
        }
    }
    for floor in &face.floors {
        // A floor ties together everybody whom it counts.
        let everybody: Vec<CandidateId> = wave.candidates.ids().collect();
        let counted = floor.scope.as_ref().unwrap_or(&everybody);
        for pair in counted.windows(2) {
            sets.union(pair[0].position(), pair[1].position());
        }
    }
    if face.whole {
        (1..people).for_each(|person| {
            sets.union(0, person);
        });
    }
    let mut block_of = vec![NOWHERE; sets.len()];
    let mut blocks: Vec<Builder> = Vec::new();
    let mut person_block = Table::<CandidateId, u32>::filled(people, NOWHERE);
    for candidate in wave.candidates.ids() {
        let root = sets.find(candidate.position());
        if block_of[root] == NOWHERE {
            block_of[root] = blocks.len() as u32;
            blocks.push(Builder::default());
        }
        person_block[candidate] = block_of[root];
        let block = &mut blocks[block_of[root] as usize];
        block.columns_from.push((candidate, usize::MAX, usize::MAX));
    }
    let mut at = 0;
    let mut place = vec![0u32; blocks.len()];
    for candidate in wave.candidates.ids() {
        let start = at;
        while at < face.columns.len() && face.columns[at].candidate == candidate {
            at += 1;
        }
        let block = person_block[candidate] as usize;
        blocks[block].columns_from[place[block] as usize] = (candidate, start, at);
        place[block] += 1;
    }
    let source = Source { wave, model, face, points: &points, unit, load: &load, floors: &floors };
    blocks.into_iter().filter_map(|block| block.build(&source)).collect()
}

struct Source<'a> {
    wave: &'a Wave,
    model: &'a Model,
    face: &'a Face,
    points: &'a [i64],
    unit: i64,
    load: &'a Table<CoachId, Vec<i64>>,
    floors: &'a [Spread],
}

/// A floor worked out for every column and coach.
struct Spread {
    points: Vec<i64>,
    load: Table<CoachId, Vec<i64>>,
    at_least: i64,
    /// Any one candidate whom it counts; nobody when it counts no one.
    member: Option<CandidateId>,
}

impl Spread {
    fn new(wave: &Wave, model: &Model, face: &Face, floor: &Floor) -> Self {
        let mut points = floor.objective.points(wave, &face.columns);
        let mut load = floor.objective.load(wave, model);
        if let Some(scope) = &floor.scope {
            // Who is outside does not count, nor does a coach whom nobody inside can have: when the floor was made they shared no coach.
            let mut inside = Table::<CandidateId, bool>::filled(wave.candidates.len(), false);
            scope.iter().for_each(|&candidate| inside[candidate] = true);
            let mut theirs = Table::<CoachId, bool>::filled(wave.coaches.len(), false);
            for (column, points) in face.columns.iter().zip(&mut points) {
                match inside[column.candidate] {
                    true => theirs[column.coach] = true,
                    false => *points = 0,
                }
            }
            wave.coaches.ids().filter(|&coach| !theirs[coach]).for_each(|coach| load[coach].clear());
        }
        Self {
            points,
            load,
            at_least: floor.at_least,
            member: floor.scope.as_ref().map_or(wave.candidates.ids().next(), |scope| scope.first().copied()),
        }
    }
}

#[derive(Default)]
struct Builder {
    columns_from: Vec<(CandidateId, usize, usize)>,
}

impl Builder {
    /// The block; `None` when it holds nobody who could be placed and nobody who must be.
    fn build(self, source: &Source<'_>) -> Option<Block> {
        let Source { wave, model, face, points, unit, load, floors } = *source;
        let size: usize = self.columns_from.iter().map(|(_, start, end)| end - start).sum();
        if size == 0 && self.columns_from.iter().all(|(candidate, _, _)| !face.must[*candidate]) {
            return None;
        }
        // A block holds everybody whom a floor counts, or nobody.
        let floors: Vec<&Spread> = floors
            .iter()
            .filter(|floor| floor.member.is_some_and(|member| self.columns_from.binary_search_by_key(&member, |from| from.0).is_ok()))
            .collect();
        let mut block = Block {
            people: Vec::new(),
            must: Vec::new(),
            choices: Vec::with_capacity(size),
            starts: vec![0],
            origin: Vec::with_capacity(size),
            points: Vec::with_capacity(size),
            unit,
            rows: Vec::new(),
            seat_entries: Vec::new(),
            hook_entries: Vec::new(),
            hook_owners: Vec::new(),
            steps: Vec::new(),
            floors: floors
                .iter()
                .map(|floor| LocalFloor { points: Vec::with_capacity(size), at_least: floor.at_least, divisor: 1 })
                .collect(),
        };
        let mut seat_place = vec![NOWHERE; wave.seats.len()];
        let mut own_place: BTreeMap<(CandidateId, SeatId, Vec<Entry>), u32> = BTreeMap::new();
        let mut hook_place = vec![NOWHERE; wave.coaches.len() * model.classes.len()];
        let mut row_place = vec![NOWHERE; model.rows.len()];
        let mut tie_place = vec![NOWHERE; wave.coaches.len()];
        for &(candidate, start, end) in &self.columns_from {
            let local = block.people.len() as u32;
            block.people.push(candidate.0);
            block.must.push(face.must[candidate]);
            for (at, column) in face.columns.iter().enumerate().take(end).skip(start) {
                // A person with rows of their own has seats of their own.
                let own = model.own_entries(wave, column);
                let seat = match own.is_empty() {
                    true => &mut seat_place[column.seat.position()],
                    false => own_place.entry((candidate, column.seat, own.clone())).or_insert(NOWHERE),
                };
                if *seat == NOWHERE {
                    *seat = block.seat_entries.len() as u32;
                    let entries: Vec<Entry> = model.seat_entries[column.seat].iter().copied().chain(own).collect();
                    let entries = localise(&mut block.rows, &mut row_place, model, face, &entries);
                    block.seat_entries.push(entries);
                }
                let hook = &mut hook_place[column.coach.position() * model.classes.len() + column.class as usize];
                if *hook == NOWHERE {
                    *hook = block.hook_entries.len() as u32;
                    let entries = &model.coach_entries[column.coach][column.class as usize];
                    let mut entries = localise(&mut block.rows, &mut row_place, model, face, entries);
                    let steps = load[column.coach].len().max(floors.iter().map(|floor| floor.load[column.coach].len()).max().unwrap_or(0));
                    if steps > 0 {
                        let tie = &mut tie_place[column.coach.position()];
                        if *tie == NOWHERE {
                            *tie = block.rows.len() as u32;
                            block.rows.push(LocalRow { at_most: 0, tight: false, core: true, crosses: false, origin: None });
                            for m in 0..steps {
                                let get = |load: &Table<CoachId, Vec<i64>>| load[column.coach].get(m).copied().unwrap_or(0);
                                block.steps.push(Step {
                                    row: *tie,
                                    points: get(load) / unit,
                                    floors: floors.iter().map(|floor| get(&floor.load)).collect(),
                                });
                            }
                        }
                        entries.push((*tie, 1));
                    }
                    block.hook_entries.push(entries);
                    block.hook_owners.push(column.coach.0);
                }
                block.choices.push(Choice { person: local, seat: *seat, hook: *hook });
                block.origin.push(at as u32);
                block.points.push(points[at] / unit);
                for (floor, spread) in block.floors.iter_mut().zip(&floors) {
                    floor.points.push(spread.points[at]);
                }
            }
            block.starts.push(block.choices.len());
        }
        for (number, floor) in block.floors.iter_mut().enumerate() {
            let common = divisor(floor.points.iter().chain(block.steps.iter().map(|step| &step.floors[number])));
            if common > 1 {
                floor.points.iter_mut().for_each(|points| *points /= common);
                block.steps.iter_mut().for_each(|step| step.floors[number] /= common);
                floor.at_least = -(-floor.at_least).div_euclid(common);
                floor.divisor = common;
            }
        }
        Some(block)
    }
}

fn localise(rows: &mut Vec<LocalRow>, place: &mut [u32], model: &Model, face: &Face, entries: &[Entry]) -> Vec<Entry> {
    entries
        .iter()
        .map(|&(row, weight)| {
            let slot = &mut place[row as usize];
            if *slot == NOWHERE {
                *slot = rows.len() as u32;
                let Row { ref key, at_most, core } = model.rows[row as usize];
                let crosses = matches!(key, RowKey::Together(_));
                rows.push(LocalRow { at_most, core, crosses, tight: face.tight[row as usize], origin: Some(row) });
            }
            (*slot, weight)
        })
        .collect()
}
