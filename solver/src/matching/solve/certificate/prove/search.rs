//! Looks through every plan that prices leave open for one worth more than is claimed: exact, with the judge at the end of each branch,
//! and bounded in steps.
//!
//! A plan worth the aim falls short of the bound of the prices by at most what is `left`, and what it falls short is a sum of parts that
//! are each at least 0: of every candidate, and of room left in every priced limit. Whoever has one way left is decided; a way is left out
//! as soon as a limit would be exceeded, a limit could no longer be reached, or more would be lost than is left.

use crate::matching::facts::plan::{Placement, Plan};

/// How a search ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Searched {
    /// No plan in play is worth as much.
    Nothing,
    /// This one is.
    Found(Plan),
    /// Too much to look through.
    TooMuch,
}

/// What every plan that is looked for obeys: `least` ≤ Σ weight · way ≤ `most`, and each unit below `most` loses `price`.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// At least this.
    pub least: i128,
    /// At most this.
    pub most: i128,
    /// What room left costs, at least 0.
    pub price: i128,
}

/// One way for a candidate: a placement, or none.
#[derive(Clone, Debug)]
pub struct Way {
    /// Where and with whom; nowhere.
    pub placement: Option<Placement>,
    /// What it falls short, at least 0.
    pub short: i128,
    /// Its lines, by position, with its weight there; each line once.
    pub weights: Vec<(u32, i128)>,
}

/// A search at work.
pub struct Search<'a> {
    /// What holds for every plan that is looked for.
    pub lines: Vec<Line>,
    /// Ways by candidate.
    pub people: Vec<Vec<Way>>,
    /// How far a plan may fall short.
    pub left: i128,
    /// Weights that may still be looked at.
    pub steps: &'a mut u64,
    /// Whether a whole plan is one that is looked for.
    pub counts: &'a dyn Fn(&Plan) -> bool,
}

/// Ways still there, by candidate.
type Alive = Vec<Vec<bool>>;

/// The least and the most that a candidate can still weigh on a line.
type Span = (u32, i128, i128);

/// Sums over everybody, made anew at every look.
struct Sums {
    low: Vec<i128>,
    high: Vec<i128>,
    least: Vec<i128>,
    spans: Vec<Vec<Span>>,
    seen: Vec<(u32, i128, i128)>,
}

impl Search<'_> {
    /// Looks through everything, or until the steps are gone.
    pub fn run(mut self) -> Searched {
        for ways in &mut self.people {
            ways.retain(|way| way.short <= self.left);
            ways.sort_by_key(|way| (way.short, way.placement));
        }
        let alive: Alive = self.people.iter().map(|ways| vec![true; ways.len()]).collect();
        let lines = self.lines.len();
        let mut sums = Sums {
            low: vec![0; lines],
            high: vec![0; lines],
            least: vec![0; lines],
            spans: vec![Vec::new(); self.people.len()],
            seen: vec![(0, 0, 0); lines],
        };
        match self.decide(alive, &mut sums) {
            Some(Some(plan)) => Searched::Found(plan),
            Some(None) => Searched::Nothing,
            None => Searched::TooMuch,
        }
    }

    /// A plan that counts, or that there is none; `None` when the steps ran out.
    fn decide(&mut self, mut alive: Alive, sums: &mut Sums) -> Option<Option<Plan>> {
        if !self.narrow(&mut alive, sums)? {
            return Some(None);
        }
        let open = alive.iter().enumerate().map(|(person, ways)| (ways.iter().filter(|alive| **alive).count(), person));
        let Some((_, person)) = open.filter(|(ways, _)| *ways > 1).min() else {
            let chosen = self.people.iter().zip(&alive).map(|(ways, alive)| {
                let way = ways.iter().zip(alive).find(|(_, alive)| **alive).map(|(way, _)| way);
                way.and_then(|way| way.placement)
            });
            let plan: Plan = chosen.collect::<Vec<_>>().into();
            return Some((self.counts)(&plan).then_some(plan));
        };
        for way in 0..self.people[person].len() {
            if !alive[person][way] {
                continue;
            }
            let mut one = alive.clone();
            one[person].fill(false);
            one[person][way] = true;
            if let Some(plan) = self.decide(one, sums)? {
                return Some(Some(plan));
            }
            // Looked through: what is left may be narrower without it.
            alive[person][way] = false;
        }
        Some(None)
    }

    /// Leaves out ways until nothing changes; `false` when somebody has none, or a line cannot hold. `None` when the steps ran out.
    fn narrow(&mut self, alive: &mut Alive, sums: &mut Sums) -> Option<bool> {
        loop {
            let Some(lost) = self.add_up(alive, sums)? else { return Some(false) };
            let mut changed = false;
            for (person, ways) in self.people.iter().enumerate() {
                let lowest = lowest(ways, &alive[person]);
                // Lines on which one of this person's ways may matter.
                sums.spans[person].retain(|&(line, low, high)| {
                    let at = line as usize;
                    sums.low[at] - low + high > self.lines[at].most || sums.high[at] - high + low < sums.least[at]
                });
                for (way, alive) in ways.iter().zip(alive[person].iter_mut()).filter(|(_, alive)| **alive) {
                    let fits = |&(line, low, high): &Span| {
                        let at = line as usize;
                        let weight = way.weights.iter().find(|(other, _)| *other == line).map_or(0, |(_, weight)| *weight);
                        sums.low[at] - low + weight <= self.lines[at].most && sums.high[at] - high + weight >= sums.least[at]
                    };
                    if lost - lowest + way.short > self.left || !sums.spans[person].iter().all(fits) {
                        *alive = false;
                        changed = true;
                    }
                }
                if !alive[person].contains(&true) {
                    return Some(false);
                }
            }
            if !changed {
                return Some(true);
            }
        }
    }

    /// Adds up what everybody can still weigh on each line, and what is lost at least; nothing when a line cannot hold.
    fn add_up(&mut self, alive: &Alive, sums: &mut Sums) -> Option<Option<i128>> {
        sums.low.fill(0);
        sums.high.fill(0);
        let mut lost: i128 = 0;
        for (person, ways) in self.people.iter().enumerate() {
            let spans = &mut sums.spans[person];
            spans.clear();
            let mut count = 0;
            let mut touched = 0;
            for (way, _) in ways.iter().zip(&alive[person]).filter(|(_, alive)| **alive) {
                count += 1;
                touched += way.weights.len() as u64 + 1;
                for &(line, weight) in &way.weights {
                    let seen = &mut sums.seen[line as usize];
                    if seen.0 == 0 {
                        *seen = (0, weight, weight);
                        spans.push((line, 0, 0));
                    }
                    *seen = (seen.0 + 1, seen.1.min(weight), seen.2.max(weight));
                }
            }
            *self.steps = self.steps.checked_sub(touched)?;
            for span in spans.iter_mut() {
                let (ways, low, high) = std::mem::take(&mut sums.seen[span.0 as usize]);
                // A way that is not on the line weighs nothing there.
                let (low, high) = if ways < count { (low.min(0), high.max(0)) } else { (low, high) };
                (span.1, span.2) = (low, high);
                sums.low[span.0 as usize] += low;
                sums.high[span.0 as usize] += high;
            }
            lost += lowest(ways, &alive[person]);
        }
        let room = |at: usize, line: &Line| line.price * (line.most - sums.high[at]).max(0);
        lost += self.lines.iter().enumerate().filter(|(_, line)| line.price > 0).map(|(at, line)| room(at, line)).sum::<i128>();
        if lost > self.left {
            return Some(None);
        }
        for (at, line) in self.lines.iter().enumerate() {
            sums.least[at] = line.least;
            if line.price > 0 {
                let may = self.left - lost + room(at, line);
                sums.least[at] = line.least.max(line.most - may / line.price);
            }
            if sums.low[at] > line.most || sums.high[at] < sums.least[at] {
                return Some(None);
            }
        }
        Some(Some(lost))
    }
}

/// The least that a candidate's ways fall short; they stand in that order.
fn lowest(ways: &[Way], alive: &[bool]) -> i128 {
    ways.iter().zip(alive).find(|(_, alive)| **alive).map_or(0, |(way, _)| way.short)
}
