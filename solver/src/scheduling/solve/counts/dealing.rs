//! A plan of peer groups from its counts: the people of each place, sorted by label, are dealt like cards over its groups and then change places
//! in pairs while that brings anything; the groups of series that are alike are put in one of them each.

use std::collections::{BTreeMap, BTreeSet};

use crate::scheduling::facts::codes::TermCode;
use crate::scheduling::facts::ids::{LocationId, PersonId, SeriesId, UnitId};
use crate::scheduling::facts::plan::{Block, Place, Plan, Seat, When};
use crate::scheduling::solve::staffing::{Way, holds};

use super::groups::Groups;

/// Deals that are tried for the groups of one place.
const DEALS: u64 = 12;
/// Steps after which the series of a strand are given up.
const STEPS: u32 = 20_000;
/// What a pair that may not be costs: more than all labels together.
const FORBIDDEN: i64 = 1_000_000;

/// One group: its leader and members.
type Hand = (Seat, Vec<UnitId>);

/// The plan that the values of columns stand for, as good as it gets in the terms that are asked.
pub(super) fn plan(model: &Groups<'_>, values: &[i64], asked: &dyn Fn(TermCode) -> bool) -> Option<Plan> {
    let worth = |term| if asked(term) { 100 } else { 1 };
    let weights = Weights { together: worth(TermCode::Botsing), boards: worth(TermCode::MixBestuur), bouwen: worth(TermCode::MixBouw) };
    let value = |column: usize| values.get(column).copied().unwrap_or(0);
    let mut strands: BTreeMap<usize, Vec<(LocationId, Hand)>> = BTreeMap::new();
    for spot in model.spots.iter().filter(|spot| value(spot.groups) > 0) {
        let leads = |&(seat, column): &(Seat, usize)| std::iter::repeat_n(seat, usize::try_from(value(column)).unwrap_or(0));
        let leaders: Vec<Seat> = spot.leaders.iter().flat_map(leads).collect();
        let members: Vec<UnitId> = spot.members.iter().filter(|&&(_, column)| value(column) > 0).map(|&(unit, _)| unit).collect();
        let hands = Dealer { model, way: model.way(spot)?, weights }.best(&leaders, members);
        strands.entry(spot.strand).or_default().extend(hands.into_iter().map(|hand| (spot.location, hand)));
    }
    let mut blocks = Vec::new();
    for (strand, groups) in strands {
        let strand = model.strands.get(strand)?;
        let series = in_series(model, strand, &groups)?;
        for ((location, (leader, members)), series) in groups.into_iter().zip(series) {
            let place = Place { when: When::Series(series), location: Some(location) };
            blocks.push(Block { place, staff: vec![leader], members, follows: None });
        }
    }
    Some(Plan::of(model.roster, blocks))
}

/// What labels cost.
#[derive(Clone, Copy)]
struct Weights {
    together: i64,
    boards: i64,
    bouwen: i64,
}

/// Deals the members of one place.
struct Dealer<'a> {
    model: &'a Groups<'a>,
    way: Way,
    weights: Weights,
}

impl Dealer<'_> {
    /// The best of some deals; the first one is that by label.
    fn best(&self, leaders: &[Seat], mut members: Vec<UnitId>) -> Vec<Hand> {
        let units = &self.model.roster.units;
        members.sort_by_key(|&unit| (&units[unit].board, &units[unit].school, &units[unit].bouw, unit));
        let ideal = self.ideal(leaders.len(), &members);
        let mut best: Option<(i64, Vec<Hand>)> = None;
        for deal in 0..DEALS {
            if deal > 0 {
                shuffle(&mut members, deal);
            }
            let mut hands: Vec<Hand> = leaders.iter().map(|&leader| (leader, Vec::new())).collect();
            let groups = hands.len().max(1);
            for (at, &unit) in members.iter().enumerate() {
                if let Some(hand) = hands.get_mut(at % groups) {
                    hand.1.push(unit);
                }
            }
            self.exchange(&mut hands);
            let cost = hands.iter().map(|hand| self.cost(hand)).sum();
            if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                best = Some((cost, hands));
            }
            if cost <= ideal {
                break;
            }
        }
        best.map(|(_, hands)| hands).unwrap_or_default()
    }

    /// Less than this no deal costs.
    fn ideal(&self, groups: usize, members: &[UnitId]) -> i64 {
        let groups = groups as i64;
        let units = &self.model.roster.units;
        let over = |counts: Vec<i64>| counts.into_iter().map(|count| (count - groups).max(0)).sum::<i64>();
        let under = |counts: Vec<i64>| counts.into_iter().map(|count| count.min(groups)).sum::<i64>();
        let together = over(counts(members.iter().map(|&unit| units[unit].school.as_ref())))
            + over(counts(members.iter().map(|&unit| units[unit].pair.as_ref())));
        let boards = under(counts(members.iter().map(|&unit| units[unit].board.as_ref())));
        let bouwen = under(counts(members.iter().map(|&unit| units[unit].bouw)));
        self.weights.together * together - self.weights.boards * boards - self.weights.bouwen * bouwen
    }

    fn cost(&self, (leader, members): &Hand) -> i64 {
        let roster = self.model.roster;
        let units = &roster.units;
        let way = Way { staff: vec![*leader], ..self.way.clone() };
        let mut forbidden = 0;
        for (at, &unit) in members.iter().enumerate() {
            let locked = units[unit].locks.iter().all(|lock| lock.agrees(roster, way.place, &way.staff));
            forbidden += i64::from(!locked || !holds(roster, unit, &way));
            forbidden += members.iter().take(at).filter(|other| units[unit].avoids_fellows.contains(other)).count() as i64;
        }
        let doubles = |counts: Vec<i64>| counts.into_iter().map(|count| count - 1).sum::<i64>();
        let together = doubles(counts(members.iter().map(|&unit| units[unit].school.as_ref())))
            + doubles(counts(members.iter().map(|&unit| units[unit].pair.as_ref())));
        let boards = counts(members.iter().map(|&unit| units[unit].board.as_ref())).len() as i64;
        let bouwen = counts(members.iter().map(|&unit| units[unit].bouw)).len() as i64;
        FORBIDDEN * forbidden + self.weights.together * together - self.weights.boards * boards - self.weights.bouwen * bouwen
    }

    /// Two members of different groups change places while that costs less.
    fn exchange(&self, hands: &mut [Hand]) {
        let mut costs: Vec<i64> = hands.iter().map(|hand| self.cost(hand)).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for first in 0..hands.len() {
                for second in first + 1..hands.len() {
                    for one in 0..hands[first].1.len() {
                        for other in 0..hands[second].1.len() {
                            let (a, b) = (hands[first].1[one], hands[second].1[other]);
                            (hands[first].1[one], hands[second].1[other]) = (b, a);
                            let now = (self.cost(&hands[first]), self.cost(&hands[second]));
                            if now.0 + now.1 < costs[first] + costs[second] {
                                (costs[first], costs[second]) = now;
                                changed = true;
                            } else {
                                (hands[first].1[one], hands[second].1[other]) = (a, b);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How often each label comes; none does not count.
fn counts<L: Ord>(labels: impl Iterator<Item = Option<L>>) -> Vec<i64> {
    let mut counts: BTreeMap<L, i64> = BTreeMap::new();
    labels.flatten().for_each(|label| *counts.entry(label).or_default() += 1);
    counts.into_values().collect()
}

/// Another order, the same for the same number (multipliers of Knuth's MMIX).
fn shuffle(members: &mut [UnitId], deal: u64) {
    let mut state = deal;
    for at in (1..members.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from((state >> 33) % (at as u64 + 1)).unwrap_or(0);
        members.swap(at, other);
    }
}

/// A series for each group of a strand: nobody leads two of a series, and no location has more than its rooms.
fn in_series(model: &Groups<'_>, strand: &[SeriesId], groups: &[(LocationId, Hand)]) -> Option<Vec<SeriesId>> {
    let mut chosen: Vec<SeriesId> = Vec::new();
    let mut steps = 0;
    choose(model, strand, groups, &mut chosen, &mut steps).then_some(chosen)
}

fn choose(model: &Groups<'_>, strand: &[SeriesId], groups: &[(LocationId, Hand)], chosen: &mut Vec<SeriesId>, steps: &mut u32) -> bool {
    let Some((location, (leader, _))) = groups.get(chosen.len()) else { return true };
    *steps += 1;
    if *steps > STEPS {
        return false;
    }
    for &series in strand {
        let there: Vec<&(LocationId, Hand)> =
            groups.iter().zip(chosen.iter()).filter(|(_, other)| **other == series).map(|(group, _)| group).collect();
        let led: BTreeSet<PersonId> = there.iter().map(|(_, (leader, _))| leader.person).collect();
        let used = there.iter().filter(|(other, _)| other == location).count();
        if !led.contains(&leader.person) && used < model.roster.locations[*location].rooms as usize {
            chosen.push(series);
            if choose(model, strand, groups, chosen, steps) {
                return true;
            }
            chosen.pop();
        }
    }
    false
}
