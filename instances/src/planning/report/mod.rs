//! What a steering group reads of an outcome, as plain data, computed once: a page, a PDF and a workbook show the same values.
//!
//! Sums of what an outcome tells by itself need nothing else; what is told by month, by year of a wave or by activity needs the plan's file.

mod compared;
mod money;
mod people;
mod seats;

use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::TermCode;

pub use compared::{About, Compared, ComparedRow};
pub use money::{ActivityRow, LineRow, SourceRow};
pub use people::{UseRow, WaveRow, YearRow};
pub use seats::SeatRow;

use crate::planning::file::after;
use crate::planning::file::compose::plan_of;
use crate::planning::outcome::{Figures, GoalLine, OutcomeFile};
use crate::planning::plan_file::{Loaded, Named};

/// An outcome with its plan, when that is there, and what they add up to.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The outcome.
    pub outcome: &'a OutcomeFile,
    /// Its plan.
    pub loaded: Option<&'a Loaded>,
    /// The school years, in order.
    pub years: Vec<String>,
    /// People by year; needs the plan.
    pub people: Vec<YearRow>,
    /// The funnel by wave.
    pub waves: Vec<WaveRow>,
    /// Hours and coaches by year, all kinds together.
    pub uses: Vec<UseRow>,
    /// Cost by activity and kind of cost; needs the plan.
    pub activities: Vec<ActivityRow>,
    /// Income by source; needs the plan.
    pub sources: Vec<SourceRow>,
    /// Every line of cost and income that is not 0 throughout.
    pub lines: Vec<LineRow>,
    /// Seats that are used by board and month; needs the plan.
    pub seats: Vec<SeatRow>,
    /// What every scenario comes to beside the plan itself.
    pub scenarios: Vec<Compared>,
}

impl<'a> Report<'a> {
    /// Of an outcome, and of the plan that it was made for.
    ///
    /// # Errors
    /// That the outcome is of another plan, or tells other figures than its own numbers add up to, as a Dutch sentence.
    pub fn new(outcome: &'a OutcomeFile, loaded: Option<&'a Loaded>) -> Result<Self, String> {
        if let Some(loaded) = loaded {
            agrees(outcome, loaded)?;
        }
        let nothing = Figures::default();
        let figures = outcome.figures.as_ref().unwrap_or(&nothing);
        Ok(Self {
            outcome,
            loaded,
            years: figures.money.iter().map(|line| line.year.clone()).collect(),
            people: loaded.map(|loaded| people::by_year(loaded, figures)).unwrap_or_default(),
            waves: people::by_wave(loaded, figures),
            uses: people::uses(figures),
            activities: loaded.map(|loaded| money::activities(loaded, figures)).unwrap_or_default(),
            sources: loaded.map(|loaded| money::sources(loaded, figures)).unwrap_or_default(),
            lines: money::lines(figures),
            seats: loaded.map(|loaded| seats::by_month(loaded, figures)).unwrap_or_default(),
            scenarios: outcome.scenarios.iter().flatten().map(|line| compared::compared(outcome, figures, line)).collect(),
        })
    }

    /// A name, or the id where none is known.
    pub fn name(&self, kind: Named, id: &str) -> String {
        let known = self.loaded.and_then(|loaded| loaded.names.get(&(kind, id.to_owned())));
        known.cloned().unwrap_or_else(|| id.to_owned())
    }

    /// What the plan is called.
    pub fn title(&self) -> &str {
        self.loaded.map_or(&self.outcome.plan, |loaded| &loaded.title)
    }
}

/// Whether a goal is cost alone, so that its values are cents.
pub fn in_cents(goal: &GoalLine) -> bool {
    let mut weights = goal.weights.iter().filter(|(_, weight)| *weight > 0);
    matches!((weights.next(), weights.next()), (Some((term, 1)), None) if term == TermCode::Kosten.code())
}

/// That the outcome is of this plan and its figures are those of its numbers.
fn agrees(outcome: &OutcomeFile, loaded: &Loaded) -> Result<(), String> {
    if outcome.input_sha256 != loaded.sha256 {
        return Err("de uitkomst is voor een ander bestand gemaakt; los het plan eerst op met loket plan solve".into());
    }
    let Some(figures) = &outcome.figures else { return Ok(()) };
    let plan = plan_of(&loaded.horizon, figures).map_err(|wrong| wrong.first().map_or_else(String::new, |(_, what)| what.clone()))?;
    if after::figures(&loaded.horizon, &plan).as_ref() == Some(figures) {
        return Ok(());
    }
    Err("de uitkomst telt niet op zoals haar getallen; kijk haar na met loket plan verify".into())
}
