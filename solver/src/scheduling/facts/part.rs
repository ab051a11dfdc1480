//! Parts of a roster that are solved apart: visits coach by coach; the other problems are one part.

use crate::common::tables::{Id, Table};
use crate::scheduling::facts::ids::{PersonId, UnitId};
use crate::scheduling::facts::plan::{Block, Plan};
use crate::scheduling::facts::problem::Problem;
use crate::scheduling::facts::roster::Roster;

/// A roster of some of the units of another one; people, places and the calendar are the same.
#[derive(Clone, Debug)]
pub struct Part {
    /// The part as a roster of its own.
    pub roster: Roster,
    /// Which unit of the whole each of its units is.
    pub units: Table<UnitId, UnitId>,
}

/// Whose placements the parts of visits are: coaches with placements, in order.
pub fn coaches(roster: &Roster) -> Vec<PersonId> {
    let Some(visits) = roster.visits() else { return Vec::new() };
    roster.people.ids().filter(|&coach| visits.placements.iter().any(|placement| placement.coach == coach)).collect()
}

/// The parts, in order: one for each coach with placements, or the whole.
pub fn parts(roster: &Roster) -> Vec<Part> {
    let Some(visits) = roster.visits() else {
        return vec![Part { roster: roster.clone(), units: roster.units.ids().collect::<Vec<_>>().into() }];
    };
    let of = |coach: PersonId| {
        let units: Vec<UnitId> = visits.placements.pairs().filter(|(_, it)| it.coach == coach).map(|(unit, _)| unit).collect();
        let mut own = visits.clone();
        own.placements = units.iter().map(|&unit| visits.placements[unit].clone()).collect::<Vec<_>>().into();
        let rows: Vec<_> = units.iter().map(|&unit| roster.units[unit].clone()).collect();
        let roster = Roster { units: rows.into(), problem: Problem::Visits(own), ..roster.clone() };
        Part { roster, units: units.into() }
    };
    coaches(roster).into_iter().map(of).collect()
}

impl Part {
    /// Blocks of the part as blocks of the whole.
    pub fn outside(&self, plan: &Plan) -> Vec<Block> {
        let outside = |block: &Block| Block { members: block.members.iter().map(|&unit| self.units[unit]).collect(), ..block.clone() };
        plan.blocks.iter().map(outside).collect()
    }

    /// The blocks of a plan of the whole that hold units of the part only.
    pub fn inside(&self, plan: &Plan) -> Plan {
        let find = |unit: &UnitId| self.units.iter().position(|it| it == unit).map(UnitId::new);
        let inside = |block: &Block| {
            let members = block.members.iter().map(find).collect::<Option<Vec<_>>>()?;
            Some(Block { members, ..block.clone() })
        };
        Plan { blocks: plan.blocks.iter().filter_map(inside).collect() }
    }
}
