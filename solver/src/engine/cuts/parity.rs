//! Zero-half cuts: half the sum of some rows, rounded down (Caprara & Fischetti 1996).
//!
//! Rows with integer weights whose limits add up to an odd number, and whose weights add up to an even number at every choice in use, are
//! together half a unit too generous. Which rows, is looked for by elimination modulo 2 (Koster, Zymolka & Kutschka 2009): a choice with an
//! odd weight is made even by adding a row with an odd weight there, slack and all, until a row is odd alone.

use std::collections::HashSet;

use crate::common::spread::spread;

/// Eliminations in different orders.
const PASSES: u32 = 8;

/// A row as the elimination sees it.
#[derive(Clone, Debug)]
pub struct Odd {
    /// Positions of the choices in use with an odd weight.
    pub choices: Vec<usize>,
    /// Whether its limit is odd.
    pub limit: bool,
    /// How far it is from full.
    pub slack: f64,
}

#[derive(Clone)]
struct Sum {
    choices: Vec<u64>,
    rows: Vec<u64>,
    limit: bool,
    slack: f64,
}

/// A combination must be broken by at least this much of a half.
const LEAST: f64 = 0.05;

fn bit(bits: &[u64], at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}

fn flip(bits: &mut [u64], at: usize) {
    bits[at / 64] ^= 1 << (at % 64);
}

fn positions(bits: &[u64]) -> Vec<usize> {
    (0..bits.len() * 64).filter(|&at| bit(bits, at)).collect()
}

impl Sum {
    fn add(&mut self, other: &Self) {
        self.choices.iter_mut().zip(&other.choices).for_each(|(mine, other)| *mine ^= other);
        self.rows.iter_mut().zip(&other.rows).for_each(|(mine, other)| *mine ^= other);
        self.limit ^= other.limit;
        self.slack += other.slack;
    }
    /// Slack and amounts that stay odd: broken when together less than 1 and the limit is odd.
    fn weight(&self, amounts: &[f64]) -> f64 {
        let words = self.choices.iter().enumerate().filter(|(_, word)| **word != 0);
        let odd = words.flat_map(|(at, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| amounts[at * 64 + bit]));
        self.slack + odd.sum::<f64>()
    }
}

/// Combinations of rows whose half, rounded down, cuts off these amounts: rows by position, those broken most first, at most `most`.
pub fn combinations(rows: &[Odd], amounts: &[f64], most: usize) -> Vec<Vec<usize>> {
    let (wide, high) = (amounts.len().div_ceil(64), rows.len().div_ceil(64));
    let mut sums: Vec<Sum> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.slack < 1.0 - LEAST) {
        let mut sum = Sum { choices: vec![0; wide], rows: vec![0; high], limit: row.limit, slack: row.slack.max(0.0) };
        row.choices.iter().for_each(|&choice| flip(&mut sum.choices, choice));
        flip(&mut sum.rows, at);
        sums.push(sum);
    }
    let mut found: Vec<(f64, Vec<u64>)> = Vec::new();
    let mut seen: HashSet<Vec<u64>> = HashSet::new();
    let mut take = |sum: &Sum| {
        if sum.limit && sum.slack < 1.0 - LEAST {
            let weight = sum.weight(amounts);
            if weight < 1.0 - LEAST && seen.insert(sum.rows.clone()) {
                found.push((weight, sum.rows.clone()));
            }
        }
    };
    sums.iter().for_each(&mut take);
    for pass in 0..PASSES {
        eliminate(sums.clone(), amounts, pass, &mut take);
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    // Combinations that are mostly the same say mostly the same.
    let mut chosen: Vec<Vec<u64>> = Vec::new();
    for (_, rows) in found {
        let alike = |other: &Vec<u64>| {
            let count = |bits: &mut dyn Iterator<Item = u64>| bits.map(u64::count_ones).sum::<u32>();
            let both = count(&mut rows.iter().zip(other).map(|(a, b)| a & b));
            2 * both > count(&mut rows.iter().copied()).min(count(&mut other.iter().copied()))
        };
        if chosen.len() < most && !chosen.iter().any(alike) {
            chosen.push(rows);
        }
    }
    chosen.iter().map(|rows| positions(rows)).collect()
}

/// One elimination: whole choices first, then those that are in use most, a little otherwise in each pass.
fn eliminate(mut sums: Vec<Sum>, amounts: &[f64], pass: u32, take: &mut dyn FnMut(&Sum)) {
    let key = |choice: usize| {
        let shake = (spread(u64::from(pass), choice as u32) % 1000) as f64 / 1000.0;
        if amounts[choice] > 1.0 - 1e-6 { 2.0 } else { amounts[choice] * if pass == 0 { 1.0 } else { 0.5 + shake } }
    };
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by(|&a, &b| key(b).total_cmp(&key(a)).then(a.cmp(&b)));
    for choice in order {
        let odd: Vec<usize> = (0..sums.len()).filter(|&at| bit(&sums[at].choices, choice)).collect();
        let Some(&pivot) = odd.iter().min_by(|&&a, &&b| sums[a].slack.total_cmp(&sums[b].slack).then(a.cmp(&b))) else { continue };
        let row = sums[pivot].clone();
        for at in odd.into_iter().filter(|&at| at != pivot) {
            sums[at].add(&row);
            take(&sums[at]);
        }
        sums.swap_remove(pivot);
        sums.retain(|sum| sum.slack < 1.0 - LEAST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_rows_around_an_odd_ring_leave_room_for_one() {
        // a + b ≤ 1, b + c ≤ 1, a + c ≤ 1 allow halves; together a + b + c ≤ 1.
        let rows = [vec![0, 1], vec![1, 2], vec![0, 2]].map(|choices| Odd { choices, limit: true, slack: 0.0 });
        assert_eq!(combinations(&rows, &[0.5, 0.5, 0.5], 9), [vec![0, 1, 2]]);
    }

    #[test]
    fn nothing_is_found_where_rows_have_room() {
        let rows = [vec![0, 1], vec![1, 2], vec![0, 2]].map(|choices| Odd { choices, limit: true, slack: 0.4 });
        assert_eq!(combinations(&rows, &[0.3, 0.3, 0.3], 9), Vec::<Vec<usize>>::new());
    }
}
