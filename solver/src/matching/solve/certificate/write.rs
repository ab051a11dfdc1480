//! Writes down the prices of a stage in the words of the wave.

use crate::engine::block::Block;
use crate::matching::facts::certificate::{Certificate, ClassWeight, FloorPrice, Rest, Row, RowPrice, Stage};
use crate::matching::facts::ids::CoachId;
use crate::matching::facts::policy::Goal;
use crate::matching::judge::rules::Weight;
use crate::matching::solve::goal::{Proof, Solved};
use crate::matching::solve::model::blocks::Face;
use crate::matching::solve::model::points::Objective;
use crate::matching::solve::model::{Model, RowKey};

/// The certificate of an objective that was solved as one block of the face; `None` when there is more than one block or a row or
/// floor has no name in a certificate.
pub fn write(model: &Model, face: &Face, goals: &[Goal], blocks: &[Block], solved: &[Solved], scale: i64) -> Option<Certificate> {
    let empty = Certificate {
        unit: 1,
        scale,
        rows: Vec::new(),
        loads: Vec::new(),
        floors: Vec::new(),
        bound: 0,
        rest: Rest::Prices,
        witness: None,
        before: None,
    };
    let (block, solved) = match (blocks, solved) {
        // Nobody can be placed and nobody must be: every value is 0 without any price.
        ([], []) => return Some(empty),
        ([block], [solved]) => (block, solved),
        _ => return None,
    };
    let mut rows = Vec::new();
    let mut loads = Vec::new();
    let tied = tied(block, face);
    for (number, (row, &price)) in block.rows.iter().zip(&solved.prices.rows).enumerate() {
        match row.origin {
            _ if price == 0 => {}
            Some(origin) => rows.push(RowPrice { row: named(model, origin)?, price }),
            None => loads.push((tied[number]?, price)),
        }
    }
    let mut floors = Vec::new();
    for ((floor, local), &price) in face.floors.iter().zip(&block.floors).zip(&solved.prices.floors) {
        if price != 0 {
            floors.push(FloorPrice { stage: stage_of(&floor.objective, goals)?, divisor: local.divisor, price });
        }
    }
    let bound = solved.priced.floor(scale).checked_mul(block.unit)?;
    let rest = match solved.proof {
        _ if solved.value.is_some() && solved.value == Some(solved.priced.floor(scale)) => Rest::Prices,
        Proof::Prices => Rest::Prices,
        Proof::Search => Rest::Search,
        Proof::Branching => Rest::Branching,
        Proof::Open => Rest::Open,
    };
    Some(Certificate { unit: block.unit, rows, loads, floors, bound, rest, ..empty })
}

/// The stage at which an objective is maximised.
pub(super) fn stage_of(objective: &Objective, goals: &[Goal]) -> Option<Stage> {
    match objective {
        Objective::Kept => Some(Stage::Changes),
        Objective::Goal(goal) => goals.iter().position(|other| other == goal).map(Stage::Goal),
        Objective::Locked | Objective::Near(_) | Objective::Others(..) => None,
    }
}

/// A row's name in certificates.
pub(super) fn named(model: &Model, row: u32) -> Option<Row> {
    let row = &model.rows[row as usize];
    Some(match &row.key {
        RowKey::Seat(seat) => Row::Seat(*seat),
        RowKey::School(school) => Row::School(*school),
        RowKey::Board(board) => Row::Board(*board),
        RowKey::Coach(coach, weights) => {
            let named = |&(class, weight): &(u32, i64)| {
                let hours = model.classes[class as usize];
                ClassWeight { hours: hours.now, next_hours: hours.next, weight }
            };
            Row::Coach { coach: *coach, weights: weights.iter().map(named).collect(), at_most: row.at_most }
        }
        RowKey::External(Weight::One) => Row::External,
        RowKey::All(Weight::Cost) => Row::Budget,
        RowKey::Together(row) => Row::Together(*row),
        RowKey::External(_) | RowKey::All(_) => return None,
    })
}

/// The coach of each local row that ties load steps.
pub(super) fn tied(block: &Block, face: &Face) -> Vec<Option<CoachId>> {
    let mut coaches = vec![None; block.rows.len()];
    for (choice, &origin) in block.choices.iter().zip(&block.origin) {
        for &(row, _) in &block.hook_entries[choice.hook as usize] {
            if block.rows[row as usize].origin.is_none() {
                coaches[row as usize] = Some(face.columns[origin as usize].coach);
            }
        }
    }
    coaches
}
