//! Exact bounds: weak duality in integers, whatever the prices and wherever they came from.
//!
//! With prices π ≥ 0 on rows (of either sign on a tight row) and μ ≥ 0 on floors, every plan in play is worth at most
//! Σ π_r·b_r − Σ μ_f·floor_f + Σ_c best(c) + Σ_steps max(0, ·), where best(c) is the largest reduced price among the person's choices
//! (and 0 when it may stay unplaced). What a plan falls short of the bound is the sum of its *shortfalls*: each choice's distance from
//! best(c), priced slack in rows and floors. So a choice whose shortfall alone exceeds what the bound leaves can be dropped
//! (reduced-cost fixing; Dantzig, Fulkerson & Johnson 1954).

use super::block::Block;

/// Prices in units of 1/scale of the block's points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    /// One per row.
    pub rows: Vec<i64>,
    /// One per floor.
    pub floors: Vec<i64>,
}

/// What prices prove of a block.
#[derive(Clone, Debug)]
pub struct Bound {
    /// No plan in play is worth more than this, in 1/scale of the block's unit.
    pub scaled: i128,
    /// best(c) per person.
    pub best: Vec<i64>,
    /// Reduced price per choice.
    pub reduced: Vec<i64>,
}

/// A scale for a block's prices: as fine as its points allow.
pub fn scale(blocks: &[Block]) -> i64 {
    let largest = blocks
        .iter()
        .flat_map(|block| block.points.iter().chain(block.steps.iter().map(|step| &step.points)))
        .map(|points| points.unsigned_abs())
        .max()
        .unwrap_or(0);
    let bits = u64::BITS - largest.leading_zeros();
    1 << 54u32.saturating_sub(bits).min(34)
}

impl Prices {
    /// Largest size of one priced product, so that sums of them stay far from overflow.
    pub const MOST: i64 = 1 << 58;

    /// Prices that charge nothing.
    pub fn free(block: &Block) -> Self {
        Self { rows: vec![0; block.rows.len()], floors: vec![0; block.floors.len()] }
    }

    /// Makes any numbers into valid prices: signs, and sizes that cannot overflow.
    pub fn made_valid(mut self, block: &Block) -> Self {
        let mut widest = vec![1i64; block.rows.len()];
        for &(row, weight) in block.seat_entries.iter().chain(&block.hook_entries).flatten() {
            widest[row as usize] = widest[row as usize].max(weight.abs());
        }
        for ((price, row), widest) in self.rows.iter_mut().zip(&block.rows).zip(&widest) {
            let most = Self::MOST / 8 / widest;
            *price = (*price).clamp(if row.tight { -most } else { 0 }, most);
        }
        for (number, (price, floor)) in self.floors.iter_mut().zip(&block.floors).enumerate() {
            let steps = block.steps.iter().map(|step| step.floors[number]);
            let widest = floor.points.iter().copied().chain(steps).map(i64::abs).max().unwrap_or(1).max(1);
            *price = (*price).clamp(0, Self::MOST / 8 / widest);
        }
        self
    }

    /// The bound these prices prove, in exact arithmetic.
    pub fn bound(&self, block: &Block, scale: i64) -> Bound {
        let charge = |entries: &Vec<(u32, i64)>| -> i64 { entries.iter().map(|&(row, weight)| self.rows[row as usize] * weight).sum() };
        let seats: Vec<i64> = block.seat_entries.iter().map(charge).collect();
        let hooks: Vec<i64> = block.hook_entries.iter().map(charge).collect();
        let priced: Vec<(i64, &Vec<i64>)> =
            self.floors.iter().zip(&block.floors).filter(|(price, _)| **price != 0).map(|(&price, floor)| (price, &floor.points)).collect();
        let mut reduced = Vec::with_capacity(block.choices.len());
        let mut best = Vec::with_capacity(block.people.len());
        let mut total: i128 = 0;
        for local in 0..block.people.len() {
            let range = block.starts[local]..block.starts[local + 1];
            let mut most = if block.must[local] { i64::MIN } else { 0 };
            for at in range {
                let choice = &block.choices[at];
                let mut price = block.points[at] * scale - seats[choice.seat as usize] - hooks[choice.hook as usize];
                for (floor, points) in &priced {
                    price += floor * points[at];
                }
                most = most.max(price);
                reduced.push(price);
            }
            if most == i64::MIN {
                // Must be placed and has no choice: no plan is in play; any bound is true, and 0 keeps the arithmetic small.
                most = 0;
            }
            best.push(most);
            total += i128::from(most);
        }
        for (row, &price) in block.rows.iter().zip(&self.rows) {
            total += i128::from(price) * i128::from(row.at_most);
        }
        for (floor, &price) in block.floors.iter().zip(&self.floors) {
            total -= i128::from(price) * i128::from(floor.at_least);
        }
        for step in &block.steps {
            total += i128::from(self.step(step, scale).max(0));
        }
        Bound { scaled: total, best, reduced }
    }

    fn step(&self, step: &super::block::Step, scale: i64) -> i64 {
        let floors: i64 = step.floors.iter().zip(&self.floors).map(|(points, price)| points * price).sum();
        step.points * scale + self.rows[step.row as usize] + floors
    }
}

impl Bound {
    /// Largest whole value not excluded, in the block's unit.
    pub fn floor(&self, scale: i64) -> i64 {
        i64::try_from(self.scaled.div_euclid(i128::from(scale))).unwrap_or(if self.scaled < 0 { i64::MIN / 4 } else { i64::MAX / 4 })
    }
    /// How far a choice falls short of its person's best, in 1/scale.
    pub fn shortfall(&self, block: &Block, choice: usize) -> i64 {
        self.best[block.choices[choice].person as usize] - self.reduced[choice]
    }
}
