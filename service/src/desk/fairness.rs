//! What a plan does for people, boards, schools and coaches, in figures that a report is made of; and the same without anybody in it.

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::tables::Id;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{Bouw, CoachKind, Word};
use loket_solver::matching::judge::fairness::{Fairness, choice, fairness};

use crate::store::Error;

/// Most people in the list of who is worst off, and most schools.
const MOST: usize = 5;

/// The figures of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Candidates of the wave.
    pub candidates: i64,
    /// On the first, the second and a later choice of bouw, and not placed.
    pub choices: [i64; 4],
    /// Minutes of travel of everybody who is placed, the shortest first.
    pub minutes: Vec<i64>,
    /// Hours of coaching.
    pub hours: i64,
    /// What that costs, cents.
    pub cents: i64,
    /// Most that it may cost, cents.
    pub budget: Option<i64>,
    /// Candidates with an external coach.
    pub external: i64,
    /// Coaches, the fullest first.
    pub coaches: Vec<Full>,
    /// Boards with seats or placements, the one with most seats first.
    pub boards: Vec<Board>,
    /// From which share of target-group pupils a school counts as one with many, percent.
    pub hard_from: i64,
    /// Placements and seats at such schools.
    pub hard: (i64, i64),
    /// Such schools with starters, those with the largest share of starters first; at most five.
    pub schools: Vec<Starters>,
    /// How many of all such schools have no room left.
    pub full_schools: i64,
    /// Who is worst off, at most five.
    pub worst: Vec<Worst>,
    /// Points on the whole, rounded.
    pub mean_points: i64,
    /// How many wait longer than somebody whose place they would rather have, and could.
    pub envious: i64,
}

/// How full a coach is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Full {
    /// Who.
    pub id: String,
    /// Not of a school: hired.
    pub external: bool,
    /// Candidates of this plan.
    pub people: i64,
    /// Most of them.
    pub most: i64,
    /// Hours of this plan.
    pub hours: i64,
    /// Hours there are.
    pub of_hours: i64,
}

/// What a board offers and gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Placed and seats in each bouw, in the order of the bouwen.
    pub bouwen: [(i64, i64); 3],
}

impl Board {
    /// Placed and seats in all.
    pub fn all(&self) -> (i64, i64) {
        self.bouwen.iter().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
    }
}

/// Starters at a school with many target-group pupils.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starters {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Starters, with those of this plan.
    pub starters: i64,
    /// People in the team.
    pub team: i64,
    /// Room that is left.
    pub room: i64,
}

/// Somebody whose place fits little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worst {
    /// Who.
    pub id: String,
    /// Points.
    pub points: i64,
    /// Minutes of travel.
    pub minutes: i64,
    /// Most minutes that this person travels.
    pub most_minutes: i64,
    /// Which choice: 1, 2, or 3 for every later one.
    pub choice: i64,
    /// Stays at the school.
    pub same_school: bool,
    /// Stays with the coach.
    pub same_coach: bool,
}

/// A wave and the plan of its outcome, as they were kept.
///
/// # Errors
/// When what was kept cannot be read.
pub fn read(file: &[u8], outcome: &[u8]) -> Result<(Loaded, Plan), Error> {
    let wrong = |refusal: Refusal| Error::unreadable("een lichting of haar voorstel", &refusal);
    let (loaded, outcome) = (read_wave(file).map_err(wrong)?, read_outcome(outcome).map_err(wrong)?);
    let plan = plan_of(&loaded.wave, &outcome).map_err(|said| Error::Corrupt(said.join("; ")))?;
    Ok((loaded, plan))
}

/// The boards with seats in a wave file as it was kept: id and name, by name.
///
/// # Errors
/// When what was kept cannot be read.
pub fn boards_of(file: &[u8]) -> Result<Vec<(String, String)>, Error> {
    let file = WaveFile::read(file).map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
    let seats = |board: &str| file.schools.iter().any(|it| it.board == board && it.seats.iter().any(|group| group.count > 0));
    let mut all: Vec<(String, String)> =
        file.boards.iter().filter(|it| seats(&it.id)).map(|it| (it.id.clone(), it.name.clone().unwrap_or_else(|| it.id.clone()))).collect();
    all.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    Ok(all)
}

fn whole(value: impl TryInto<i64>) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}

/// The figures of a plan.
pub fn report(loaded: &Loaded, plan: &Plan) -> Report {
    let (wave, found) = (&loaded.wave, fairness(&loaded.wave, plan));
    let mut minutes: Vec<i64> = found.fit.iter().map(|it| i64::from(it.minutes)).collect();
    minutes.sort_unstable();
    let points: i64 = found.fit.iter().map(|it| it.points).sum();
    let placed = whole(found.fit.len());
    let external = found.costs.iter().filter(|it| it.kind == CoachKind::Extern).map(|it| whole(it.people)).sum();
    Report {
        candidates: whole(wave.candidates.len()),
        choices: found.choices.map(whole),
        minutes,
        hours: found.costs.iter().map(|it| whole(it.hours)).sum(),
        cents: found.costs.iter().map(|it| it.cents).sum(),
        budget: wave.policy.max_cost_cents,
        external,
        coaches: coaches(wave, &found),
        boards: boards(loaded, plan),
        hard_from: i64::from(wave.policy.extra_from),
        hard: (whole(found.target_group.placed_hard), whole(found.target_group.seats_hard)),
        schools: starters(loaded, &found),
        full_schools: whole(found.hard_schools.iter().filter(|it| it.room - whole(it.placed) <= 0).count()),
        worst: found.fit.iter().take(MOST).map(|it| worst(wave, plan, (it.candidate, it.points, it.minutes))).collect(),
        mean_points: mean(points, placed),
        envious: whole(found.envy.len()),
    }
}

/// Rounded half up; 0 of nothing.
fn mean(sum: i64, count: i64) -> i64 {
    if count <= 0 { 0 } else { (2 * sum + count).div_euclid(2 * count) }
}

fn coaches(wave: &Wave, found: &Fairness) -> Vec<Full> {
    let mut all: Vec<(u64, Full)> = found
        .coaches
        .iter()
        .map(|it| {
            let coach = &wave.coaches[it.coach];
            let full = Full {
                id: coach.id.clone(),
                external: coach.kind == CoachKind::Extern,
                people: i64::from(it.placed),
                most: i64::from(it.maximum),
                hours: whole(it.hours),
                of_hours: i64::from(coach.hours),
            };
            (it.percent(), full)
        })
        .collect();
    all.sort_by(|a, b| (b.0, b.1.people, &a.1.id).cmp(&(a.0, a.1.people, &b.1.id)));
    all.into_iter().map(|it| it.1).collect()
}

fn boards(loaded: &Loaded, plan: &Plan) -> Vec<Board> {
    let wave = &loaded.wave;
    let named = |id: &str| loaded.names.boards.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let mut all: Vec<Board> = wave.boards.iter().map(|it| Board { id: it.id.clone(), name: named(&it.id), bouwen: [(0, 0); 3] }).collect();
    let at = |bouw: Bouw| Bouw::ALL.iter().position(|it| *it == bouw).unwrap_or(0);
    for seat in wave.seats.iter() {
        let board = wave.schools[seat.school].board;
        if let Some(cell) = all.get_mut(board.position()).and_then(|it| it.bouwen.get_mut(at(seat.bouw))) {
            cell.1 += i64::from(seat.count);
        }
    }
    for (_, placement) in plan.pairs() {
        let Some(seat) = placement.map(|it| &wave.seats[it.seat]) else { continue };
        let board = wave.schools[seat.school].board;
        if let Some(cell) = all.get_mut(board.position()).and_then(|it| it.bouwen.get_mut(at(seat.bouw))) {
            cell.0 += 1;
        }
    }
    all.retain(|it| it.all() != (0, 0));
    all.sort_by(|a, b| (b.all().1, &a.name).cmp(&(a.all().1, &b.name)));
    all
}

fn starters(loaded: &Loaded, found: &Fairness) -> Vec<Starters> {
    let mut all: Vec<Starters> = found
        .hard_schools
        .iter()
        .map(|it| {
            let id = loaded.wave.schools[it.school].id.clone();
            let name = loaded.names.schools.get(&id).cloned().unwrap_or_else(|| id.clone());
            let starters = i64::from(it.starters) + whole(it.placed);
            Starters { id, name, starters, team: i64::from(it.team), room: it.room - whole(it.placed) }
        })
        .collect();
    all.sort_by(|a, b| {
        let share = |it: &Starters| 1_000 * it.starters / it.team.max(1);
        (share(b), &a.name).cmp(&(share(a), &b.name))
    });
    all.truncate(MOST);
    all
}

fn worst(wave: &Wave, plan: &Plan, (candidate, points, minutes): (CandidateId, i64, u32)) -> Worst {
    let row = &wave.candidates[candidate];
    let there = plan[candidate];
    Worst {
        id: row.id.clone(),
        points,
        minutes: i64::from(minutes),
        most_minutes: i64::from(row.max_travel),
        choice: there.map_or(0, |it| whole(choice(wave, candidate, it)) + 1),
        same_school: there.is_some_and(|it| row.current_school == Some(it.school(wave))),
        same_coach: there.is_some_and(|it| row.current_coach == Some(it.coach)),
    }
}

impl Report {
    /// How many are placed.
    pub fn placed(&self) -> i64 {
        self.choices[..3].iter().sum()
    }

    /// Minutes of travel on the whole, rounded.
    pub fn mean_minutes(&self) -> i64 {
        mean(self.minutes.iter().sum(), whole(self.minutes.len()))
    }

    /// Placed and seats of all boards together, in each bouw and in all.
    pub fn seats(&self) -> [(i64, i64); 4] {
        let mut sums = [(0, 0); 4];
        for board in &self.boards {
            for (sum, cell) in sums.iter_mut().zip(board.bouwen.iter().copied().chain([board.all()])) {
                *sum = (sum.0 + cell.0, sum.1 + cell.1);
            }
        }
        sums
    }

    /// How many coaches are full, and how many have nobody.
    pub fn fullness(&self) -> (i64, i64) {
        let full = self.coaches.iter().filter(|it| it.most > 0 && it.people >= it.most).count();
        (whole(full), whole(self.coaches.iter().filter(|it| it.people == 0).count()))
    }

    /// The board whose share of the placements is furthest from its share of the seats: where it stands among the boards, and how many
    /// percent more it gets. Only what is more than half a percent off.
    pub fn furthest(&self) -> Option<(usize, i64)> {
        let [.., (placed, seats)] = self.seats();
        if placed == 0 || seats == 0 {
            return None;
        }
        let off = |board: &Board| {
            let (got, gave) = board.all();
            1_000 * got / placed - 1_000 * gave / seats
        };
        let (at, off) = self.boards.iter().map(off).enumerate().max_by_key(|(at, off)| (off.abs(), std::cmp::Reverse(*at)))?;
        (off.abs() > 5).then_some((at, off))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(name: &str, bouwen: [(i64, i64); 3]) -> Board {
        Board { id: name.into(), name: name.into(), bouwen }
    }

    #[test]
    fn the_board_that_is_furthest_off_is_named_and_none_when_all_get_their_share() {
        let mut report =
            Report { boards: vec![board("A", [(1, 5), (1, 5), (0, 0)]), board("B", [(8, 10), (0, 0), (0, 0)])], ..Report::default() };
        assert_eq!(report.seats(), [(9, 15), (1, 5), (0, 0), (10, 20)]);
        assert_eq!(report.furthest(), Some((0, -300)));
        report.boards = vec![board("A", [(5, 10), (0, 0), (0, 0)]), board("B", [(5, 10), (0, 0), (0, 0)])];
        assert_eq!(report.furthest(), None);
        assert_eq!(Report::default().furthest(), None);
    }

    #[test]
    fn a_mean_is_rounded_and_of_nobody_it_is_nothing() {
        assert_eq!((mean(5, 2), mean(4, 3), mean(0, 0)), (3, 1, 0));
    }

    #[test]
    fn a_plan_with_nobody_in_it_is_counted_as_that() {
        let loaded = read_wave(include_bytes!("../../../instances/waves/doelgroep-en-starters.json")).expect("a wave");
        let report = report(&loaded, &loket_solver::matching::facts::plan::empty(&loaded.wave));
        assert_eq!((report.placed(), report.choices[3], report.mean_minutes()), (0, report.candidates, 0));
        assert_eq!(report.coaches.len(), loaded.wave.coaches.len());
        assert!(report.seats()[3].1 > 0 && report.worst.is_empty());
    }
}
