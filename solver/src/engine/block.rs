//! A block: people with at most one choice each, in whole numbers, that nothing outside touches. What the engine takes.
//!
//! A choice puts a person at a *seat* and on a *hook*; both bring rows with weights. A hook belongs to an *owner*, who may have several:
//! one for each amount of room that people take. Load steps make an owner's next person cost more than the last.

/// A row with a coefficient.
pub type Entry = (u32, i64);

/// One way to place a person.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Whose.
    pub person: u32,
    /// At which seat.
    pub seat: u32,
    /// On which hook.
    pub hook: u32,
}

/// A unit of an owner's load: Σ choices ≤ Σ steps, each step costs what the objective says.
#[derive(Clone, Debug)]
pub struct Step {
    /// Row that ties it to the owner's choices.
    pub row: u32,
    /// Points of the objective, at most 0.
    pub points: i64,
    /// Points of each floor.
    pub floors: Vec<i64>,
}

/// What a plan must be worth by other points, divided by their common divisor.
#[derive(Clone, Debug)]
pub struct LocalFloor {
    /// Points per choice.
    pub points: Vec<i64>,
    /// At least this.
    pub at_least: i64,
    /// The common divisor.
    pub divisor: i64,
}

/// A row Σ weights ≤ at_most.
#[derive(Clone, Copy, Debug)]
pub struct LocalRow {
    /// The limit.
    pub at_most: i64,
    /// Whether every plan in play fills it.
    pub tight: bool,
    /// Whether plans need it; the other rows only tighten linear programs, which take them when they bind.
    pub core: bool,
    /// Whether it counts choices across seats and owners: no part of the chain from a seat to what holds it.
    pub crosses: bool,
    /// Position in the rows of whoever made the block; `None` for a row that ties load steps.
    pub origin: Option<u32>,
}

/// People, choices and rows that nothing outside touches.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its people, by their position in the list of whoever made the block, in that order.
    pub people: Vec<u32>,
    /// Whether each must be placed.
    pub must: Vec<bool>,
    /// Choices by person.
    pub choices: Vec<Choice>,
    /// Where each person's choices start, and the end.
    pub starts: Vec<usize>,
    /// Position of each choice in the list of whoever made the block.
    pub origin: Vec<u32>,
    /// Points of the objective per choice, divided by `unit`.
    pub points: Vec<i64>,
    /// Common divisor of all points of the objective.
    pub unit: i64,
    /// Rows.
    pub rows: Vec<LocalRow>,
    /// Rows by seat.
    pub seat_entries: Vec<Vec<Entry>>,
    /// Rows by hook.
    pub hook_entries: Vec<Vec<Entry>>,
    /// Owner of each hook.
    pub hook_owners: Vec<u32>,
    /// Load steps.
    pub steps: Vec<Step>,
    /// Floors.
    pub floors: Vec<LocalFloor>,
}

impl Block {
    /// Rows of a choice with coefficients.
    pub fn entries(&self, choice: usize) -> impl Iterator<Item = Entry> + '_ {
        let Choice { seat, hook, .. } = self.choices[choice];
        self.seat_entries[seat as usize].iter().chain(&self.hook_entries[hook as usize]).copied()
    }
    /// The same block with only these choices, in their order; [`Block::origin`] is then their position here.
    pub fn only(&self, choices: &[u32]) -> Self {
        debug_assert!(choices.is_sorted_by(|a, b| a < b));
        let pick = |points: &Vec<i64>| choices.iter().map(|&choice| points[choice as usize]).collect();
        let starts = self.starts.iter().map(|&start| choices.partition_point(|&choice| (choice as usize) < start)).collect();
        Self {
            people: self.people.clone(),
            must: self.must.clone(),
            choices: choices.iter().map(|&choice| self.choices[choice as usize]).collect(),
            starts,
            origin: choices.to_vec(),
            points: pick(&self.points),
            unit: self.unit,
            rows: self.rows.clone(),
            seat_entries: self.seat_entries.clone(),
            hook_entries: self.hook_entries.clone(),
            hook_owners: self.hook_owners.clone(),
            steps: self.steps.clone(),
            floors: self.floors.iter().map(|floor| LocalFloor { points: pick(&floor.points), ..*floor }).collect(),
        }
    }
    /// Most kinds of people that one owner may take, by the room they take.
    pub fn kinds(&self) -> usize {
        let mut owners = self.hook_owners.clone();
        owners.sort_unstable();
        owners.chunk_by(|one, other| one == other).map(<[_]>::len).max().unwrap_or(0)
    }
    /// Whether people take different room of an owner.
    pub fn mixed(&self) -> bool {
        self.hook_entries.iter().flatten().any(|&(_, weight)| weight > 1)
    }
    /// Whether a choice fits beside what its rows already hold; rows that tie load steps have no limit of their own.
    pub fn room(&self, used: &[i64], choice: usize) -> bool {
        self.entries(choice).all(|(row, weight)| {
            let limit = &self.rows[row as usize];
            limit.origin.is_none() || used[row as usize] + weight <= limit.at_most
        })
    }
    /// Value of a plan (choice per person), load steps at their best; `None` when it breaks a row or a floor.
    pub fn value(&self, plan: &[Option<u32>]) -> Option<i64> {
        let mut used = vec![0i64; self.rows.len()];
        let mut value = 0;
        let mut reached = vec![0i64; self.floors.len()];
        for (person, choice) in plan.iter().enumerate() {
            match *choice {
                None if self.must[person] => return None,
                None => {}
                Some(choice) => {
                    let choice = choice as usize;
                    value += self.points[choice];
                    self.entries(choice).for_each(|(row, weight)| used[row as usize] += weight);
                    for (floor, reached) in self.floors.iter().zip(&mut reached) {
                        *reached += floor.points[choice];
                    }
                }
            }
        }
        for step in &self.steps {
            // Steps come cheapest first, so that the first ones pay for the choices there are.
            if used[step.row as usize] > 0 {
                used[step.row as usize] -= 1;
                value += step.points;
                for (points, reached) in step.floors.iter().zip(&mut reached) {
                    *reached += points;
                }
            }
        }
        let fits = self.rows.iter().zip(&used).all(|(row, &used)| used <= row.at_most && (!row.tight || used == row.at_most));
        let kept = self.floors.iter().zip(&reached).all(|(floor, &reached)| reached >= floor.at_least);
        (fits && kept).then_some(value)
    }
}

#[cfg(test)]
impl Block {
    /// People who may each choose these pairs of seat and hook, one point each; every hook is of an owner of its own.
    pub fn of(people: &[&[(u32, u32)]], rows: Vec<LocalRow>, seats: Vec<Vec<Entry>>, hooks: Vec<Vec<Entry>>) -> Self {
        let choice = |(person, pairs): (u32, &&[(u32, u32)])| -> Vec<Choice> {
            pairs.iter().map(|&(seat, hook)| Choice { person, seat, hook }).collect()
        };
        let choices: Vec<Choice> = (0..).zip(people).flat_map(choice).collect();
        Self {
            people: (0..people.len() as u32).collect(),
            must: vec![false; people.len()],
            origin: (0..choices.len() as u32).collect(),
            points: vec![1; choices.len()],
            choices,
            starts: (0..=people.len()).map(|at| people[..at].iter().map(|pairs| pairs.len()).sum()).collect(),
            unit: 1,
            rows,
            seat_entries: seats,
            hook_owners: (0..hooks.len() as u32).collect(),
            hook_entries: hooks,
            steps: Vec::new(),
            floors: Vec::new(),
        }
    }
}
