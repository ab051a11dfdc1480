//! A horizon: all that a multi-year plan is asked of, with every reference looked up and every default filled in.

use crate::common::tables::{Id, Table};
use crate::planning::facts::codes::Count;
use crate::planning::facts::funnel::{Counts, Funnel};
use crate::planning::facts::ids::{BoardId, KindId, LineId, PhaseId, WaveId, YearId};
use crate::planning::facts::lines::Line;
use crate::planning::facts::policy::Policy;

/// Years, waves, boards, kinds of coaches, phases, money and locks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// The file's id.
    pub id: String,
    /// Names of the school years, in order.
    pub years: Table<YearId, String>,
    /// Percentages of the funnel.
    pub funnel: Funnel,
    /// Waves.
    pub waves: Table<WaveId, Wave>,
    /// Boards.
    pub boards: Table<BoardId, Board>,
    /// Kinds of coaches.
    pub kinds: Table<KindId, Kind>,
    /// Phases of guidance.
    pub phases: Table<PhaseId, Phase>,
    /// Costs, then incomes.
    pub lines: Table<LineId, Line>,
    /// Of every income's amount in a year, percent; 100 but in a question about more income.
    pub income_percent: u32,
    /// Decisions already taken, in the order of the file.
    pub locks: Vec<Lock>,
    /// The policy.
    pub policy: Policy,
}

/// A wave: people who start training in the same month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// Its id.
    pub id: String,
    /// Its month, counted from the first of the horizon.
    pub month: usize,
    /// Its school year.
    pub year: YearId,
    /// How many people are wanted.
    pub target: i64,
    /// How many registered, when known.
    pub registered: Option<i64>,
    /// What really happened, by kind and count.
    pub actual: Table<KindId, [Option<i64>; 7]>,
}

/// A board with seats for who starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Its id.
    pub id: String,
    /// Seats by year.
    pub seats: Table<YearId, i64>,
}

/// A kind of coach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its id.
    pub id: String,
    /// Whether its coaches are hired from outside.
    pub external: bool,
    /// Coaches at the start of the horizon.
    pub begin: i64,
    /// Most that may be hired, by year.
    pub hires: Table<YearId, i64>,
    /// Years that a coach stays; without, they stay.
    pub service: Option<usize>,
    /// Hours of one coach in a year.
    pub hours: i64,
    /// The phases that its coaches serve.
    pub serves: Table<PhaseId, bool>,
    /// Who serves the other phases of its people.
    pub hands_over: Option<KindId>,
}

/// A phase of guidance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Its name.
    pub id: String,
    /// Who is in it.
    pub count: Count,
    /// Years after that of the wave.
    pub after: usize,
    /// Hours per person.
    pub hours: i64,
    /// Whether its people count for the number per coach.
    pub ratio: bool,
}

/// A decision already taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// So many start in a wave.
    Started(WaveId, i64),
    /// So many start in a wave at a board.
    Seated(WaveId, BoardId, i64),
    /// So many of a wave are guided by a kind.
    Guided(WaveId, KindId, i64),
    /// So many coaches are hired.
    Hired(KindId, YearId, i64),
}

impl Horizon {
    /// Counts of so many people of a wave with one kind.
    pub fn counts(&self, wave: WaveId, kind: KindId, people: i64) -> Counts {
        self.funnel.counts(people, &self.waves[wave].actual[kind])
    }

    /// Who serves a phase of the people of a kind.
    pub fn server(&self, kind: KindId, phase: PhaseId) -> KindId {
        let own = &self.kinds[kind];
        if own.serves[phase] { kind } else { own.hands_over.unwrap_or(kind) }
    }

    /// Whether a coach of a kind who was hired in one year is still there in another; `None` as year of hiring is who was there at the start.
    pub fn stays(&self, kind: KindId, hired: Option<YearId>, year: YearId) -> bool {
        let since = hired.map_or(0, Id::position);
        since <= year.position() && self.kinds[kind].service.is_none_or(|service| year.position() - since < service)
    }

    /// The number of years.
    pub fn length(&self) -> usize {
        self.years.len()
    }

    /// Seat-turns of a board: its seats in the year of every wave, added up.
    pub fn turns(&self, board: BoardId) -> i64 {
        self.waves.iter().map(|wave| self.boards[board].seats[wave.year]).sum()
    }

    /// The years, one by one, in which months of the horizon lie.
    pub fn year_of(&self, month: usize) -> YearId {
        YearId::new(month / 12)
    }
}
