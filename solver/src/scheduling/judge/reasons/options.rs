//! Where a unit could still be with everybody else as planned: in a block that is there, or alone in a new one; and what forbids it.

use std::collections::{BTreeMap, BTreeSet};

use crate::scheduling::facts::codes::{Kind as Problem, Other, ReasonCode, RuleCode};
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::{Block, Place, Plan, Seat, asked};
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::breaches;
use crate::scheduling::judge::rules::Breach;
use crate::scheduling::judge::ways::{allowed, chooses_staff, complete, eligible, meeting_codes};

/// What is known of a plan's options, filled as it is asked.
pub(super) struct Options<'a> {
    roster: &'a Roster,
    plan: &'a Plan,
    /// The shared rules that a seat breaks in a new block at a place, whoever its members are.
    seats: BTreeMap<(Place, Seat), BTreeSet<RuleCode>>,
}

impl<'a> Options<'a> {
    pub(super) fn new(roster: &'a Roster, plan: &'a Plan) -> Self {
        Self { roster, plan, seats: BTreeMap::new() }
    }

    /// Every shared code that forbids the unit in a block on a way left, and whether some block breaks nothing. `places` have a way left.
    pub(super) fn shared(&mut self, unit: UnitId, places: &[Place]) -> (Vec<ReasonCode>, bool) {
        let mut found = BTreeSet::new();
        let mut free = false;
        for at in 0..self.plan.blocks.len() {
            let block = &self.plan.blocks[at];
            if !block.members.contains(&unit) && places.contains(&block.place) && self.open(unit, block) {
                let broken = self.joining(unit, at);
                free |= broken.is_empty();
                found.extend(broken);
            }
        }
        for &place in places {
            let (broken, fits) = self.beginning(unit, place);
            free |= fits;
            found.extend(broken);
        }
        (found.into_iter().collect(), free)
    }

    /// Whether the pair rules allow the unit in this block.
    fn open(&self, unit: UnitId, block: &Block) -> bool {
        allowed(self.roster, unit, block.place, &block.staff)
            && block.staff.iter().all(|&seat| eligible(self.roster, unit, block.place, seat))
    }

    fn after(&self, change: impl Fn(&mut Vec<Block>)) -> Vec<Breach> {
        let mut blocks = self.plan.blocks.clone();
        change(&mut blocks);
        breaches(self.roster, &Plan { blocks })
    }

    /// What forbids the unit in a block that is there; of a tour at every place in its order, else at some.
    fn joining(&self, unit: UnitId, at: usize) -> BTreeSet<ReasonCode> {
        let last = self.plan.blocks[at].members.len();
        let orders = if self.roster.kind() == Problem::Visits { 0..=last } else { last..=last };
        let broken: Vec<BTreeSet<ReasonCode>> = orders
            .map(|order| {
                let breaches = self.after(|blocks| blocks[at].members.insert(order, unit));
                breaches.iter().map(|breach| self.code(breach)).collect()
            })
            .collect();
        if broken.iter().any(BTreeSet::is_empty) {
            return BTreeSet::new();
        }
        let always: BTreeSet<ReasonCode> = broken[0].iter().copied().filter(|code| broken.iter().all(|it| it.contains(code))).collect();
        if always.is_empty() { broken.into_iter().flatten().collect() } else { always }
    }

    /// The code of a breach as a reason: a session that is full has a code of its own.
    fn code(&self, breach: &Breach) -> ReasonCode {
        let full = self.roster.kind() == Problem::Interviews && breach.rule == RuleCode::Omvang && !breach.short;
        if full { ReasonCode::Other(Other::Full) } else { ReasonCode::Rule(breach.rule) }
    }

    /// What forbids the unit alone in a new block at a place, and whether nothing does. Too few members is a reason only where nothing else is.
    fn beginning(&mut self, unit: UnitId, place: Place) -> (BTreeSet<ReasonCode>, bool) {
        let roster = self.roster;
        let seats: Vec<Seat> = asked(roster, place)
            .into_iter()
            .filter(|&(_, number)| number > 0)
            .flat_map(|(role, _)| roster.people.ids().map(move |person| Seat { role, person }))
            .filter(|&seat| eligible(roster, unit, place, seat) && meeting_codes(roster, unit, place, &[seat]).is_empty())
            .collect();
        let fits = |seat: Seat| seats.contains(&seat);
        let mut found = BTreeSet::new();
        let mut clean = Vec::new();
        for &seat in &seats {
            let broken = self.seat(place, seat);
            if broken.is_empty() {
                clean.push(seat);
            } else if complete(roster, place, &fits, Some(seat)).is_some() {
                found.extend(broken.into_iter().map(ReasonCode::Rule));
            }
        }
        // Of people who break nothing where that can be, so that what the block itself breaks stands alone.
        let staff = complete(roster, place, &|seat| clean.contains(&seat), None).or_else(|| complete(roster, place, &fits, None));
        let Some(staff) = staff else { return (found, false) };
        let block = Block { place, staff, members: vec![unit], follows: None };
        let breaches = self.after(|blocks| blocks.push(block.clone()));
        let few = |breach: &&Breach| breach.rule == RuleCode::Omvang && breach.short;
        if breaches.is_empty() {
            return (found, true);
        }
        if breaches.iter().all(|breach| few(&breach)) {
            found.insert(ReasonCode::Rule(RuleCode::Omvang));
        } else {
            found.extend(breaches.iter().filter(|breach| !few(breach)).map(|breach| self.code(breach)));
        }
        (found, false)
    }

    /// The shared rules that this seat breaks in a new block, its members and the other seats aside; of visits the block itself tells.
    fn seat(&mut self, place: Place, seat: Seat) -> BTreeSet<RuleCode> {
        if !chooses_staff(self.roster) {
            return BTreeSet::new();
        }
        if let Some(known) = self.seats.get(&(place, seat)) {
            return known.clone();
        }
        let with = |staff: Vec<Seat>| {
            let block = Block { place, staff, members: Vec::new(), follows: None };
            self.after(|blocks| blocks.push(block.clone()))
        };
        let without: Vec<Breach> = with(Vec::new());
        let aside = |breach: &&Breach| ![RuleCode::Bezetting, RuleCode::Omvang].contains(&breach.rule) && !without.contains(breach);
        let broken: BTreeSet<RuleCode> = with(vec![seat]).iter().filter(aside).map(|breach| breach.rule).collect();
        self.seats.insert((place, seat), broken.clone());
        broken
    }
}
