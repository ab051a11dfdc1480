//! What prices leave open of a stage, as lines and ways for the search: every limit of the wave, and what earlier stages reached.

use std::collections::BTreeMap;

use super::bound::{Bound, ceil};
use super::open::Choice;
use super::search::{Line, Search, Searched, Way};
use super::{Objection, Prover};
use crate::common::tables::Id;
use crate::matching::facts::certificate::{Certificate, Row, Stage};
use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::together::{self, Together};

/// Weights in all ways together above which nothing is looked through.
const MOST_WEIGHTS: usize = 400_000;

/// No limit.
const FREE: i128 = 1 << 100;

/// Which line: a limit as a certificate names it, or one of a coach's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Row(Row),
    Number(CoachId),
    Hours(CoachId),
    NextHours(CoachId),
}

/// Lines as they are found, with their positions.
#[derive(Default)]
struct Lines {
    all: Vec<Line>,
    known: BTreeMap<Key, u32>,
}

impl Lines {
    fn line(&mut self, key: Key, most: i128) -> u32 {
        *self.known.entry(key).or_insert_with(|| {
            self.all.push(Line { least: -FREE, most, price: 0 });
            u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn row(&mut self, row: &Row, most: i64) -> u32 {
        self.line(Key::Row(row.clone()), i128::from(most))
    }
}

impl Prover<'_> {
    /// Looks through the plans in play that are worth more than `claimed`, of which the prices prove `bound`.
    pub(super) fn look(
        &mut self,
        stage: Stage,
        certificate: &Certificate,
        bound: &Bound,
        claimed: i64,
        (obeys, steps): (&dyn Fn(&Plan) -> bool, &mut u64),
    ) -> Result<Searched, Objection> {
        let wanted = claimed.checked_add(1).ok_or(Objection::TooLarge)?;
        let left = bound.scaled - i128::from(ceil(wanted, certificate.unit)) * i128::from(certificate.scale);
        let size: usize = self.choices.iter().map(Vec::len).sum();
        if size > MOST_WEIGHTS {
            return Ok(Searched::TooMuch);
        }
        let mut lines = Lines::default();
        let seats = self.seat_lines(&mut lines);
        let together = self.lines_together(&mut lines, certificate);
        let hooks = self.coach_lines(&mut lines, stage, certificate, left)?;
        // What is looked for, and what earlier stages must keep, is reached by placements and loads together.
        let mut goals = Vec::new();
        for (stage, least) in self.floors.iter().copied().chain([(stage, wanted)]) {
            let aim = self.aim(stage).ok_or(Objection::WrongFloor(stage))?;
            let load = |coach: CoachId| aim.load(coach, self.most[coach]).into_iter().max().unwrap_or(0);
            let loads: i128 = self.wave.coaches.ids().map(|coach| i128::from(load(coach))).sum();
            let loaded = self.wave.coaches.ids().any(|coach| !aim.load(coach, self.most[coach]).is_empty());
            let price = certificate.floors.iter().find(|floor| floor.stage == stage && !loaded);
            // As a limit on what is given up: what is kept beyond the floor costs its price.
            let (divisor, price) = price.map_or((1, 0), |floor| (floor.divisor, i128::from(floor.price)));
            lines.all.push(Line { least: -FREE, most: loads - i128::from(ceil(least, divisor)), price });
            goals.push((u32::try_from(lines.all.len() - 1).unwrap_or(u32::MAX), aim, divisor));
        }
        let mut people: Vec<Vec<Way>> = Vec::with_capacity(self.wave.candidates.len());
        let mut total = 0;
        for candidate in self.wave.candidates.ids() {
            let best = bound.best[candidate];
            let mut ways = Vec::new();
            for (choice, brings) in self.choices[candidate].iter().zip(&bound.brings[candidate]) {
                if best - brings > left {
                    continue;
                }
                let at = choice.placement;
                let points = goals.iter().map(|(line, aim, divisor)| (*line, i128::from(-aim.points(candidate, at) / divisor)));
                let own = hooks[at.coach.position() * self.kinds + choice.class as usize].iter();
                let others = together.of(self.wave, candidate, at).into_iter().map(|line| (line as u32, 1));
                let weights: Vec<(u32, i128)> = seats[at.seat.position()].iter().chain(own).copied().chain(others).chain(points).collect();
                total += weights.len();
                ways.push(Way { placement: Some(at), short: best - brings, weights });
            }
            if !self.must[candidate] && best <= left {
                ways.push(Way { placement: None, short: best, weights: Vec::new() });
            }
            people.push(ways);
        }
        if total > MOST_WEIGHTS {
            return Ok(Searched::TooMuch);
        }
        let counts = |plan: &Plan| self.reaches(plan, stage, wanted) && obeys(plan);
        Ok(Search { lines: lines.all, people, left, steps, counts: &counts }.run())
    }

    /// Looks for a plan that places all of these locked people within every limit.
    pub(super) fn together(
        &mut self,
        people: &[CandidateId],
        (obeys, steps): (&dyn Fn(&Plan) -> bool, &mut u64),
    ) -> Result<Searched, Objection> {
        let mut lines = Lines::default();
        let seats = self.seat_lines(&mut lines);
        let together = self.lines_together(&mut lines, &Certificate::free());
        let hooks = self.coach_lines(&mut lines, Stage::Goal(0), &Certificate::free(), FREE)?;
        let nowhere = || vec![Way { placement: None, short: 0, weights: Vec::new() }];
        let ways = self.wave.candidates.ids().map(|candidate| {
            if !people.contains(&candidate) {
                return nowhere();
            }
            let way = |choice: &Choice| {
                let at = choice.placement;
                let own = hooks[at.coach.position() * self.kinds + choice.class as usize].iter();
                let others = together.of(self.wave, candidate, at).into_iter().map(|line| (line as u32, 1));
                Way { placement: Some(at), short: 0, weights: seats[at.seat.position()].iter().chain(own).copied().chain(others).collect() }
            };
            self.choices[candidate].iter().map(way).collect()
        });
        let people: Vec<Vec<Way>> = ways.collect();
        let total: usize = people.iter().flatten().map(|way| way.weights.len()).sum();
        if total > MOST_WEIGHTS {
            return Ok(Searched::TooMuch);
        }
        Ok(Search { lines: lines.all, people, left: 0, steps, counts: obeys }.run())
    }

    /// The lines of each seat group: its own, its school's and its board's.
    fn seat_lines(&mut self, lines: &mut Lines) -> Vec<Vec<(u32, i128)>> {
        let wave = self.wave;
        let seats = wave.seats.pairs().map(|(id, seat)| {
            let rows = [Row::Seat(id), Row::School(seat.school), Row::Board(wave.schools[seat.school].board)];
            let found = rows.into_iter().filter_map(|row| Some(lines.row(&row, self.limits.at_most(&row).ok()?)));
            found.map(|line| (line, 1)).collect()
        });
        seats.collect()
    }

    /// The lines about people together: those of the wave's pairs, and those that are priced or always reached.
    fn lines_together(&mut self, lines: &mut Lines, certificate: &Certificate) -> together::Rows {
        let named = certificate.rows.iter().map(|priced| &priced.row).chain(&self.tight);
        let mut rows: Vec<Together> = named.filter_map(|row| if let Row::Together(row) = row { Some(*row) } else { None }).collect();
        rows.extend(self.limits.pairs());
        rows.sort_unstable();
        rows.dedup();
        together::Rows::new(rows.into_iter().map(|row| (lines.row(&Row::Together(row), 1) as usize, row)))
    }

    /// The lines of each coach and kind of hours: the coach's own limits, priced facets, and limits over all coaches.
    fn coach_lines(
        &mut self,
        lines: &mut Lines,
        stage: Stage,
        certificate: &Certificate,
        left: i128,
    ) -> Result<Vec<Vec<(u32, i128)>>, Objection> {
        let wave = self.wave;
        let mut hooks: Vec<Vec<(u32, i128)>> = vec![Vec::new(); wave.coaches.len() * self.kinds];
        let parts = self.parts(stage, certificate)?;
        for (coach, row) in wave.coaches.pairs() {
            let number = lines.line(Key::Number(coach), self.most[coach].min(row.maximum as usize) as i128);
            // Numbers of placements whose load falls no further short than what is left.
            let worth = self.load(&parts, certificate, coach)?;
            let best = worth.iter().copied().max().unwrap_or(0);
            let near = || worth.iter().enumerate().filter(|(_, worth)| best - **worth <= left).map(|(number, _)| number as i128);
            if let (Some(least), Some(most)) = (near().next(), near().next_back()) {
                let line = &mut lines.all[number as usize];
                (line.least, line.most) = (least, line.most.min(most));
            }
            let hours = lines.line(Key::Hours(coach), row.hours.into());
            let next = row.next_hours.map(|most| lines.line(Key::NextHours(coach), most.into()));
            for kind in 0..self.kinds {
                let (now, later) = self.limits.hours(kind);
                let mine = &mut hooks[coach.position() * self.kinds + kind];
                mine.push((number, 1));
                mine.push((hours, now.into()));
                mine.extend(next.map(|line| (line, i128::from(later))));
            }
        }
        let facets = certificate.rows.iter().map(|priced| &priced.row).chain(&self.tight).cloned();
        let narrow = |row: &Row| matches!(row, Row::Seat(_) | Row::School(_) | Row::Board(_) | Row::Together(_));
        let wide = facets.chain([Row::External, Row::Budget]).filter(|row| !narrow(row));
        let mut rows: Vec<Row> = wide.collect();
        rows.sort_unstable();
        rows.dedup();
        for row in rows {
            let Ok(most) = self.limits.at_most(&row) else { continue };
            let line = lines.row(&row, most);
            for (coach, class, weight) in self.limits.entries(&row) {
                hooks[coach.position() * self.kinds + class].push((line, weight.into()));
            }
        }
        for priced in &certificate.rows {
            if let Some(&line) = lines.known.get(&Key::Row(priced.row.clone())) {
                lines.all[line as usize].price = i128::from(priced.price.max(0));
            }
        }
        for row in &self.tight {
            if let Some(&line) = lines.known.get(&Key::Row(row.clone())) {
                lines.all[line as usize].least = lines.all[line as usize].most;
            }
        }
        Ok(hooks)
    }
}
