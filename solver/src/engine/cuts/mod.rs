//! Rows that every plan on a block's choices obeys and that an answer of its linear program does not.
//!
//! Two kinds: facets of what one owner can take on each hook ([`packing`]), and zero-half cuts over people, seats, owners and
//! earlier cuts ([`parity`]). Both count only the choices that are there, so they are stronger the fewer are left, and hold for no others.
//! A cut is written as a floor of the block: -(Σ weights) ≥ -limit, in whole numbers, valid whatever the amounts were.

mod packing;
mod parity;

use std::collections::HashSet;

use super::program::Amounts;
use crate::engine::block::{Block, LocalFloor};
use packing::Packing;
use parity::Odd;

/// Most zero-half cuts at a time.
const MOST: usize = 60;

/// Cuts that these amounts break. `goals` says which of the block's floors are not cuts, `most` how many people there may be of each hook.
pub fn cuts(block: &Block, goals: &[bool], most: &[i64], amounts: &Amounts) -> Vec<LocalFloor> {
    let mut cuts = owners(block, most, amounts);
    cuts.extend(parities(block, goals, amounts));
    cuts
}

fn floor(weights: Vec<i64>, at_most: i64) -> LocalFloor {
    LocalFloor { points: weights.into_iter().map(|weight| -weight).collect(), at_least: -at_most, divisor: 1 }
}

/// One facet for each owner whose mix no whole numbers make.
fn owners(block: &Block, most: &[i64], Amounts(amounts): &Amounts) -> Vec<LocalFloor> {
    let hooks = block.hook_entries.len();
    let mut used = vec![0.0; hooks];
    amounts.iter().for_each(|&(choice, amount)| used[block.choices[choice as usize].hook as usize] += amount);
    // People who could be in each hook; choices come by person.
    let mut crowd = vec![(u32::MAX, 0i64); hooks];
    for choice in &block.choices {
        let (last, size) = &mut crowd[choice.hook as usize];
        if std::mem::replace(last, choice.person) != choice.person {
            *size += 1;
        }
    }
    // Limits of one owner alone.
    let mut owner = vec![None; block.rows.len()];
    let mut shared: HashSet<u32> = block.seat_entries.iter().flatten().map(|&(row, _)| row).collect();
    for (hook, entries) in block.hook_entries.iter().enumerate() {
        for &(row, _) in entries {
            let whose = block.hook_owners[hook];
            if *owner[row as usize].get_or_insert(whose) != whose {
                shared.insert(row);
            }
        }
    }
    let mut by_owner: std::collections::BTreeMap<_, Vec<usize>> = std::collections::BTreeMap::new();
    (0..hooks).filter(|&hook| crowd[hook].1 > 0).for_each(|hook| by_owner.entry(block.hook_owners[hook]).or_default().push(hook));
    let mut cuts = Vec::new();
    for hooks in by_owner.values() {
        let mine: Vec<f64> = hooks.iter().map(|&hook| used[hook]).collect();
        let mut limits: std::collections::BTreeMap<u32, Vec<i64>> = std::collections::BTreeMap::new();
        for (kind, &hook) in hooks.iter().enumerate() {
            for &(row, weight) in &block.hook_entries[hook] {
                let limit = &block.rows[row as usize];
                if limit.core && limit.origin.is_some() && !shared.contains(&row) {
                    limits.entry(row).or_insert_with(|| vec![0; hooks.len()])[kind] = weight;
                }
            }
        }
        let packing = Packing {
            limits: limits.into_iter().map(|(row, weights)| (weights, block.rows[row as usize].at_most)).collect(),
            caps: hooks.iter().map(|&hook| crowd[hook].1.min(most[hook])).collect(),
        };
        if packing.limits.is_empty() {
            continue;
        }
        if let Some((weights, at_most)) = packing.cut(&mine) {
            let mut by_hook = vec![0; block.hook_entries.len()];
            hooks.iter().zip(weights).for_each(|(&hook, weight)| by_hook[hook] = weight);
            cuts.push(floor(block.choices.iter().map(|choice| by_hook[choice.hook as usize]).collect(), at_most));
        }
    }
    cuts
}

/// A row that a zero-half cut may be made of.
enum Part {
    Person(u32),
    Row(u32),
    Cut(usize),
}

fn parities(block: &Block, goals: &[bool], Amounts(amounts): &Amounts) -> Vec<LocalFloor> {
    let mut parts: Vec<(Part, i64, Vec<usize>, f64)> = Vec::new();
    let mut people: Vec<(Vec<usize>, f64)> = vec![Default::default(); block.people.len()];
    let mut rows: Vec<(Vec<usize>, f64)> = vec![Default::default(); block.rows.len()];
    for (at, &(choice, amount)) in amounts.iter().enumerate() {
        let (odd, sum) = &mut people[block.choices[choice as usize].person as usize];
        odd.push(at);
        *sum += amount;
        for (row, weight) in block.entries(choice as usize) {
            let (odd, sum) = &mut rows[row as usize];
            *sum += amount * weight as f64;
            if weight % 2 != 0 {
                odd.push(at);
            }
        }
    }
    for (person, (odd, sum)) in (0..).zip(people) {
        parts.push((Part::Person(person), 1, odd, 1.0 - sum));
    }
    for (row, (odd, sum)) in (0..).zip(rows) {
        let limit = &block.rows[row as usize];
        if limit.origin.is_some() && !odd.is_empty() {
            parts.push((Part::Row(row), limit.at_most, odd, limit.at_most as f64 - sum));
        }
    }
    for (number, cut) in block.floors.iter().enumerate().filter(|(number, _)| !goals[*number]) {
        let weight = |&(choice, _): &(u32, f64)| -cut.points[choice as usize];
        let sum: f64 = amounts.iter().map(|it| weight(it) as f64 * it.1).sum();
        let odd = amounts.iter().enumerate().filter(|(_, it)| weight(it) % 2 != 0).map(|(at, _)| at).collect();
        parts.push((Part::Cut(number), -cut.at_least, odd, -cut.at_least as f64 - sum));
    }
    let odds: Vec<Odd> =
        parts.iter().map(|(_, limit, choices, slack)| Odd { choices: choices.clone(), limit: limit % 2 != 0, slack: *slack }).collect();
    let sizes: Vec<f64> = amounts.iter().map(|&(_, amount)| amount).collect();
    let mut cuts = Vec::new();
    for combination in parity::combinations(&odds, &sizes, MOST) {
        let mut by_person = vec![0; block.people.len()];
        let mut by_row = vec![0; block.rows.len()];
        let (mut by_cut, mut limit) = (Vec::new(), 0);
        for at in combination {
            limit += parts[at].1;
            match parts[at].0 {
                Part::Person(person) => by_person[person as usize] = 1,
                Part::Row(row) => by_row[row as usize] = 1,
                Part::Cut(number) => by_cut.push(number),
            }
        }
        let sum = |entries: &Vec<(u32, i64)>| entries.iter().map(|&(row, weight)| by_row[row as usize] * weight).sum::<i64>();
        let seats: Vec<i64> = block.seat_entries.iter().map(sum).collect();
        let hooks: Vec<i64> = block.hook_entries.iter().map(sum).collect();
        let weights: Vec<i64> = (0..block.choices.len())
            .map(|at| {
                let choice = &block.choices[at];
                let cuts: i64 = by_cut.iter().map(|&number| -block.floors[number].points[at]).sum();
                let all = by_person[choice.person as usize] + seats[choice.seat as usize] + hooks[choice.hook as usize] + cuts;
                all.div_euclid(2)
            })
            .collect();
        let at_most = limit.div_euclid(2);
        let reached: f64 = amounts.iter().map(|&(choice, amount)| weights[choice as usize] as f64 * amount).sum();
        if reached > at_most as f64 + 0.01 {
            cuts.push(floor(weights, at_most));
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::block::LocalRow;

    /// People who may each choose these pairs of seat and hook; hooks by owner, with their rows.
    fn block(people: &[&[(u32, u32)]], limits: &[i64], seats: Vec<Vec<(u32, i64)>>, hooks: Vec<(u32, Vec<(u32, i64)>)>) -> Block {
        let rows = limits.iter().map(|&at_most| LocalRow { at_most, tight: false, core: true, crosses: false, origin: Some(0) }).collect();
        let (owners, entries): (Vec<u32>, Vec<_>) = hooks.into_iter().unzip();
        Block { hook_owners: owners, ..Block::of(people, rows, seats, entries) }
    }

    /// Every plan that the rows allow.
    fn plans(block: &Block) -> Vec<Vec<Option<u32>>> {
        let mut all = vec![Vec::new()];
        for person in block.starts.windows(2) {
            let choices: Vec<Option<u32>> = std::iter::once(None).chain((person[0] as u32..person[1] as u32).map(Some)).collect();
            all = all.into_iter().flat_map(|plan| choices.iter().map(move |&choice| [plan.clone(), vec![choice]].concat())).collect();
        }
        all.retain(|plan| block.value(plan).is_some());
        all
    }

    /// Asserts that the cuts shut out these amounts and no plan.
    fn shut_out(block: &Block, amounts: &[f64]) -> Vec<LocalFloor> {
        let amounts: Vec<(u32, f64)> = (0..).zip(amounts.iter().copied()).filter(|(_, amount)| *amount > 0.0).collect();
        let cuts = cuts(block, &[], &vec![i64::MAX; block.hook_entries.len()], &Amounts(amounts.clone()));
        for cut in &cuts {
            for plan in plans(block) {
                let reached: i64 = plan.iter().flatten().map(|&choice| cut.points[choice as usize]).sum();
                assert!(reached >= cut.at_least, "{cut:?} forbids {plan:?}");
            }
            let reached: f64 = amounts.iter().map(|&(choice, amount)| cut.points[choice as usize] as f64 * amount).sum();
            assert!(reached < cut.at_least as f64, "{cut:?} allows {amounts:?}");
        }
        cuts
    }

    #[test]
    fn three_choices_that_shut_each_other_out_are_one_together() {
        // The first two are one person's, the last two are at one seat, the first and the last have one owner.
        let block = block(&[&[(0, 0), (1, 1)], &[(1, 0)]], &[1, 1], vec![vec![], vec![(0, 1)]], vec![(0, vec![(1, 1)]), (1, vec![])]);
        assert_eq!(shut_out(&block, &[0.5, 0.5, 0.5]).len(), 1);
    }

    #[test]
    fn an_owner_has_room_for_whole_people_only() {
        // Room of 38: two people of 12 and four of 3 leave 2, and three of 12 leave 2: nobody fits between.
        let people: Vec<&[(u32, u32)]> = vec![&[(0, 0)], &[(0, 0)], &[(0, 0)], &[(0, 0)], &[(0, 1)], &[(0, 1)]];
        let block = block(&people, &[38, 5], vec![vec![]], vec![(0, vec![(0, 12), (1, 1)]), (0, vec![(0, 3), (1, 1)])]);
        assert!(!shut_out(&block, &[1.0, 1.0, 0.75, 0.0, 1.0, 0.65]).is_empty());
        assert_eq!(shut_out(&block, &[1.0, 1.0, 0.0, 0.0, 1.0, 1.0]).len(), 0);
    }

    #[test]
    fn fewer_choices_keep_their_points_and_people() {
        let whole = block(&[&[(0, 0), (1, 1)], &[(1, 0)]], &[1, 1], vec![vec![], vec![(0, 1)]], vec![(0, vec![(1, 1)]), (1, vec![])]);
        let fewer = whole.only(&[1, 2]);
        assert_eq!((fewer.starts.as_slice(), fewer.origin.as_slice()), ([0, 1, 2].as_slice(), [1, 2].as_slice()));
        assert_eq!(fewer.value(&[Some(0), None]), Some(1));
        assert_eq!(fewer.value(&[Some(0), Some(1)]), None);
    }
}
