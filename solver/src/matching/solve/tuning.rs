//! Sizes from which the engine works otherwise, and wrong engine answers on purpose: what tests set to reach every path on small waves.

/// Sizes from which the engine works otherwise. They decide how an answer is looked for, never which answer is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tuning {
    /// Choices up to which all of them are priced at once.
    pub few: usize,
    /// Candidates above which a block is treated with fewer choices at a time.
    pub large: usize,
    /// Choices above which a plan is first looked for around the last vertex.
    pub dived: usize,
    /// Choices in a program above which chance decides between vertices of equal worth.
    pub scattered: usize,
    /// Choices among which a plan near the one that is known is looked for at least.
    pub near: usize,
    /// In a large block a plan is looked for near the one that is known only where that lacks at most the bound divided by this.
    pub close: i64,
    /// Choices from which on a last search is halved.
    pub halved: usize,
    /// Steps that an exhaustive search in exact arithmetic may take.
    pub steps: u64,
    /// Whether cuts come before branch and bound where people take different hours.
    pub cuts: bool,
    /// What is made of every answer of branch and bound.
    pub lie: Option<Lie>,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            few: 3000,
            large: 1500,
            dived: 200,
            scattered: 15_000,
            near: 12_000,
            close: 100,
            halved: 6000,
            steps: 20_000,
            cuts: true,
            lie: None,
        }
    }
}

impl Tuning {
    /// Every threshold so low that small waves are treated as large ones: nothing is priced at once, every search is halved, and no
    /// exhaustive search helps.
    pub fn low() -> Self {
        Self { few: 0, large: 1, dived: 0, scattered: 0, near: 1, close: 1, halved: 1, steps: 0, cuts: true, lie: None }
    }
}

/// A wrong answer of branch and bound, as solvers have given them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// That there is no plan.
    Infeasible,
    /// That the best plan is worth less than one that is known.
    TooLow,
    /// That the plan it began at is the best, with a bound above it.
    Start,
    /// Everybody at their first choice, whatever the limits.
    Crowded,
}
