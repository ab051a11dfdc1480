//! Exhaustive search over shortfalls: exact, without any engine, for blocks where prices leave little to search.
//!
//! A plan worth at least `aim` has shortfalls that add up to at most bound − aim·scale. Candidates are decided one by one, choices in the
//! order of their shortfall, and a branch ends as soon as its shortfalls exceed what is left or a row is over-full.

use crate::engine::block::Block;
use crate::engine::price::{Bound, Prices};

/// How a search ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Searched {
    /// Nothing is worth as much as asked: proven.
    Nothing,
    /// This plan is.
    Found(Vec<Option<u32>>),
    /// Too much to search.
    TooMuch,
}

/// A shortfall and the choice it belongs to; no choice is staying unplaced.
type Choosing = (i64, Option<u32>);

struct Search<'a> {
    block: &'a Block,
    aim: i64,
    /// Options per local candidate in the order they are decided: shortfall and choice.
    options: Vec<(usize, Vec<Choosing>)>,
    used: Vec<i64>,
    plan: Vec<Option<u32>>,
    steps: u64,
}

/// Looks for a plan worth at least `aim`, for at most `most` steps.
pub fn search(block: &Block, prices: &Prices, bound: &Bound, scale: i64, aim: i64, most: u64) -> Searched {
    let left = bound.scaled - i128::from(aim) * i128::from(scale);
    if left < 0 {
        return Searched::Nothing;
    }
    // Rows with coefficients of either sign would make pruning wrong; all rows of a block have coefficients of at least 0.
    debug_assert!(block.seat_entries.iter().chain(&block.hook_entries).flatten().all(|&(_, weight)| weight >= 0));
    debug_assert_eq!(prices.rows.len(), block.rows.len());
    let mut options: Vec<(usize, Vec<Choosing>)> = Vec::new();
    let mut total = 0usize;
    for local in 0..block.people.len() {
        let mut mine: Vec<(i64, Option<u32>)> = (block.starts[local]..block.starts[local + 1])
            .map(|choice| (bound.shortfall(block, choice), Some(choice as u32)))
            .filter(|&(short, _)| i128::from(short) <= left)
            .collect();
        if !block.must[local] && i128::from(bound.best[local]) <= left {
            mine.push((bound.best[local], None));
        }
        if mine.is_empty() {
            return Searched::Nothing;
        }
        mine.sort();
        total += mine.len();
        options.push((local, mine));
    }
    if total as u64 > most {
        return Searched::TooMuch;
    }
    // Fewest options first: their rows fill early.
    options.sort_by_key(|(local, mine)| (mine.len(), *local));
    let plan = vec![None; block.people.len()];
    let mut search = Search { block, aim, options, used: vec![0; block.rows.len()], plan, steps: most };
    match search.decide(0, left) {
        Some(true) => Searched::Found(search.plan),
        Some(false) => Searched::Nothing,
        None => Searched::TooMuch,
    }
}

impl Search<'_> {
    /// Whether a plan was found; `None` when the steps ran out.
    fn decide(&mut self, at: usize, left: i128) -> Option<bool> {
        if at == self.options.len() {
            return Some(self.block.value(&self.plan).is_some_and(|value| value >= self.aim));
        }
        let local = self.options[at].0;
        for number in 0..self.options[at].1.len() {
            let (short, choice) = self.options[at].1[number];
            if i128::from(short) > left {
                break;
            }
            self.steps = self.steps.checked_sub(1)?;
            let fits = choice.is_none_or(|choice| self.take(choice));
            if fits {
                self.plan[local] = choice;
                if self.decide(at + 1, left - i128::from(short))? {
                    return Some(true);
                }
                self.plan[local] = None;
                if let Some(choice) = choice {
                    self.give(choice);
                }
            }
        }
        Some(false)
    }

    /// Takes room in every row of a choice, or none when one is full. Rows that tie load steps have no limit here.
    fn take(&mut self, choice: u32) -> bool {
        let block = self.block;
        let full = block.entries(choice as usize).any(|(row, weight)| {
            let limit = &block.rows[row as usize];
            limit.origin.is_some() && self.used[row as usize] + weight > limit.at_most
        });
        if !full {
            block.entries(choice as usize).for_each(|(row, weight)| self.used[row as usize] += weight);
        }
        !full
    }

    fn give(&mut self, choice: u32) {
        self.block.entries(choice as usize).for_each(|(row, weight)| self.used[row as usize] -= weight);
    }
}
