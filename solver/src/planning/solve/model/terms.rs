//! What the columns count for in a goal.

use super::Model;
use crate::planning::facts::codes::{Count, TermCode};
use crate::planning::facts::ids::BoardId;
use crate::planning::facts::policy::Goal;
use crate::planning::solve::writer::Sum;

impl Model<'_> {
    /// Σ weight · term.
    pub fn goal(&mut self, goal: &Goal) -> Sum {
        let mut sum = Sum::default();
        for &(term, weight) in goal.weights.iter().filter(|(_, weight)| *weight > 0) {
            sum = sum.and(weight, &self.term(term));
        }
        sum
    }

    fn term(&mut self, term: TermCode) -> Sum {
        if let Some(known) = self.terms.get(&term) {
            return known.clone();
        }
        let sum = match term {
            TermCode::Gestart => self.waves.iter().fold(Sum::default(), |sum, &wave| sum.and(1, &self.started(wave))),
            TermCode::Afgestudeerd => self.counted(Count::Diploma),
            TermCode::Blijvers => self.counted(Count::Blijft),
            TermCode::Intern => self.external(),
            TermCode::Aanname => {
                let all = self.kinds.iter().flat_map(|&kind| self.hired[kind].iter());
                all.fold(Sum::default(), |sum, hired| sum.and(-1, &hired.sum()))
            }
            TermCode::Kosten => self.cost(),
            TermCode::Spreiding => self.boards.clone().into_iter().fold(Sum::default(), |sum, board| sum.and(-1, &self.load(board))),
        };
        self.terms.insert(term, sum.clone());
        sum
    }

    fn counted(&self, count: Count) -> Sum {
        let pairs = self.waves.iter().flat_map(|&wave| self.kinds.iter().map(move |&kind| (wave, kind)));
        pairs.fold(Sum::default(), |sum, (wave, kind)| sum.and(1, &self.count(wave, kind, count)))
    }

    fn external(&self) -> Sum {
        let external = || self.kinds.iter().copied().filter(|&kind| self.horizon.kinds[kind].external);
        let pairs = self.waves.iter().flat_map(|&wave| external().map(move |kind| (wave, kind)));
        pairs.fold(Sum::default(), |sum, (wave, kind)| sum.and(-1, &self.guided(wave, kind)))
    }

    fn cost(&mut self) -> Sum {
        let mut sum = Sum::default();
        for year in self.horizon.years.ids() {
            for line in self.lines.clone() {
                if !self.horizon.lines[line].income() {
                    sum = sum.and(-1, &self.amount(line, year));
                }
            }
        }
        sum
    }

    /// What a board's load costs: the m-th person counts for ceil(100·m / P), which never falls.
    fn load(&mut self, board: BoardId) -> Sum {
        let used = self.waves.iter().fold(Sum::default(), |sum, &wave| sum.and(1, &self.seated[wave][board].sum()));
        let (_, most) = self.writer.range(&used);
        let (most, seats) = (i64::try_from(most).unwrap_or(0), self.horizon.turns(board).max(1));
        let mut steps: Vec<(i64, i64)> = Vec::new();
        let mut taken = 0;
        while taken < most {
            // The next person's cost, and the last who has the same.
            let each = (100 * (taken + 1) + seats - 1).div_euclid(seats);
            let last = (each * seats).div_euclid(100).min(most);
            steps.push((last - taken, each));
            taken = last;
        }
        self.writer.stairs(&used, &steps)
    }
}
