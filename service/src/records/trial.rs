//! A policy on trial: the waves that it is tried on, and what came of each, in counts.

use loket_instances::matching::trial::{Judgement, Line, Threshold, judged};
use loket_instances::strict::problem::Refusal;

use super::job::{Job, State};
use super::policy::{By, Named};

/// A trial as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Its id.
    pub id: String,
    /// The policy that is tried.
    pub policy: Named,
    /// Hash of what the policy said then.
    pub content: String,
    /// What it is compared with; nothing when each wave keeps its own.
    pub against: Option<Named>,
    /// What a person set.
    pub thresholds: Vec<Threshold>,
    /// Who asked for it, and when.
    pub asked: By,
}

/// A wave in a trial.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The wave's id.
    pub wave: String,
    /// What people called it then.
    pub name: String,
    /// The work.
    pub job: Job,
    /// What came of it; nothing before it has ended, or when it came to nothing.
    pub line: Option<Line>,
}

/// A trial with what came of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was asked.
    pub trial: Trial,
    /// Its waves, in the order in which they were named.
    pub waves: Vec<Tried>,
}

impl Told {
    /// Whether some of its work is still to be done.
    pub fn busy(&self) -> bool {
        self.waves.iter().any(|it| !it.job.state.ended())
    }

    /// How many waves have ended, with or without counts.
    pub fn ended(&self) -> usize {
        self.waves.iter().filter(|it| it.job.state.ended()).count()
    }

    /// Where its work is as a whole.
    pub fn state(&self) -> State {
        let any = |state| self.waves.iter().any(|it| it.job.state == state);
        match () {
            () if self.busy() && (any(State::Bezig) || self.ended() > 0) => State::Bezig,
            () if self.busy() => State::Wachtrij,
            () if any(State::Mislukt) => State::Mislukt,
            () if any(State::Afgebroken) => State::Afgebroken,
            () => State::Klaar,
        }
    }

    /// What is known so far, wave by wave.
    pub fn lines(&self) -> Vec<Line> {
        self.waves.iter().filter_map(|it| it.line.clone()).collect()
    }

    /// Every threshold with its value, and the judgement. Values are of the waves that have counts; the judgement is open as long as some wave
    /// has none, and there is none without thresholds.
    pub fn judged(&self) -> (Vec<(Threshold, Option<i64>)>, Option<Judgement>) {
        let lines = self.lines();
        let (found, judgement) = judged(&lines, &self.trial.thresholds);
        let whole = lines.len() == self.waves.len();
        (found, if whole { judgement } else { judgement.map(|_| Judgement::Open) })
    }
}

/// What is asked of a trial.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrialWish {
    /// Ids of waves.
    pub waves: Vec<String>,
    /// What it is compared with; each wave keeps its own when nobody says.
    pub against: Option<Named>,
    /// What a person sets.
    pub thresholds: Vec<Threshold>,
    /// Seconds for each wave; as many as the service allows when nobody says.
    pub seconds: Option<i64>,
}

/// Thresholds as they are kept.
///
/// # Errors
/// Everything that is wrong with them.
pub fn thresholds(text: &str) -> Result<Vec<Threshold>, Refusal> {
    loket_instances::matching::trial::read_thresholds(text.as_bytes())
}
