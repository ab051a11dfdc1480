//! What came of a trial on one wave as plain data: counts, and nobody by id.

use loket_solver::common::tables::Id;
use loket_solver::common::words::Verdict;
use loket_solver::matching::ask::trial::{Figures, Side};
use loket_solver::matching::judge::fairness::BoardShare;
use serde::{Deserialize, Serialize};

use super::Told;
use crate::matching::read::Loaded;

/// A wave under both policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    #[serde(rename = "lichting")]
    pub wave: String,
    /// What people call it.
    #[serde(rename = "naam")]
    pub title: String,
    /// Hash of its file.
    #[serde(rename = "invoer_sha256")]
    pub sha256: String,
    /// How many candidates it has.
    #[serde(rename = "kandidaten")]
    pub candidates: i64,
    /// Under the old policy.
    #[serde(rename = "oud")]
    pub before: SideLine,
    /// Under the new one.
    #[serde(rename = "nieuw")]
    pub after: SideLine,
    /// What is otherwise; nothing when one of them has no plan.
    #[serde(rename = "anders")]
    pub otherwise: Option<OtherwiseLine>,
    /// Boards with seats or placements, in the order of the file.
    #[serde(rename = "besturen")]
    pub boards: Vec<BoardLine>,
}

/// One policy at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideLine {
    /// How the solve ended.
    #[serde(with = "as_code")]
    pub status: Verdict,
    /// Whether nothing better exists under this policy.
    #[serde(rename = "bewezen")]
    pub proven: bool,
    /// Its goals in order.
    #[serde(rename = "doelen")]
    pub goals: Vec<GoalValue>,
    /// What its plan does for people; nothing without a plan.
    #[serde(rename = "cijfers")]
    pub figures: Option<FiguresLine>,
}

/// What a goal came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalValue {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// In the plan.
    #[serde(rename = "waarde")]
    pub value: i64,
    /// What no plan exceeds.
    #[serde(rename = "grens")]
    pub bound: i64,
}

/// What a plan does for people, as [`Figures`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresLine {
    /// People placed.
    #[serde(rename = "geplaatst")]
    pub placed: i64,
    /// In the first, second and a later choice of bouw.
    #[serde(rename = "keuzes")]
    pub choices: [i64; 3],
    /// People who are not placed.
    #[serde(rename = "zonder_plaats")]
    pub unplaced: i64,
    /// Who is worst off.
    #[serde(rename = "slechtste")]
    pub worst: Option<WorstLine>,
    /// Passing points of everybody placed together.
    #[serde(rename = "punten_totaal")]
    pub points: i64,
    /// Tenths of a point for each of them.
    #[serde(rename = "punten_gemiddeld_tienden")]
    pub mean_points: i64,
    /// Minutes of travel of everybody placed together.
    #[serde(rename = "reistijd_totaal")]
    pub minutes: i64,
    /// Tenths of a minute for each of them.
    #[serde(rename = "reistijd_gemiddeld_tienden")]
    pub mean_minutes: i64,
    /// People with justified envy.
    #[serde(rename = "afgunst")]
    pub envious: i64,
    /// Target-group pupils, mean over placements, per thousand.
    #[serde(rename = "doelgroep_promille")]
    pub target_placed: i64,
    /// The same over seats.
    #[serde(rename = "doelgroep_promille_plekken")]
    pub target_seats: i64,
    /// Placements at schools with many target-group pupils.
    #[serde(rename = "bij_veel_doelgroep")]
    pub hard: i64,
    /// Starters of the plan there.
    pub starters: i64,
    /// Hours of coaching, by the side's own policy.
    #[serde(rename = "uren")]
    pub hours: i64,
    /// Cents, by the side's own policy.
    #[serde(rename = "kosten_cent")]
    pub cents: i64,
}

/// Who is worst off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorstLine {
    /// Passing points.
    #[serde(rename = "punten")]
    pub points: i64,
    /// Minutes of travel.
    #[serde(rename = "reistijd")]
    pub minutes: i64,
}

/// Whom the new policy would have placed otherwise, as [`Otherwise`](loket_solver::matching::ask::trial::Otherwise).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherwiseLine {
    /// Placed by both.
    #[serde(rename = "in_beide_geplaatst")]
    pub both: i64,
    /// At another school or seat group.
    #[serde(rename = "andere_plek")]
    pub elsewhere: i64,
    /// At the same seat group with another coach.
    #[serde(rename = "andere_coach")]
    pub other_coach: i64,
    /// Of those, with more passing points.
    #[serde(rename = "passender")]
    pub better: i64,
    /// And with fewer.
    #[serde(rename = "minder_passend")]
    pub worse: i64,
    /// With an earlier choice of bouw.
    #[serde(rename = "eerdere_keus")]
    pub earlier: i64,
    /// With a later one.
    #[serde(rename = "latere_keus")]
    pub later: i64,
    /// Placed by the new policy only.
    #[serde(rename = "plaats_erbij")]
    pub gained: i64,
    /// Placed by the old policy only.
    #[serde(rename = "plaats_kwijt")]
    pub lost: i64,
    /// Whether no plan as good leaves more people where they were.
    #[serde(rename = "zo_weinig_mogelijk")]
    pub least: bool,
}

impl OtherwiseLine {
    /// Everybody for whom something is otherwise.
    pub fn people(&self) -> i64 {
        self.elsewhere + self.other_coach + self.gained + self.lost
    }
}

/// A board's placements under both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    /// Its id.
    #[serde(rename = "bestuur")]
    pub board: String,
    /// What people call it.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its seats.
    #[serde(rename = "plekken")]
    pub seats: i64,
    /// Under the old policy.
    #[serde(rename = "oud")]
    pub before: i64,
    /// Under the new one.
    #[serde(rename = "nieuw")]
    pub after: i64,
}

pub(super) fn whole(value: impl TryInto<i64>) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}

/// Rounded half up; 0 of nothing.
pub(super) fn rounded(sum: i64, count: i64) -> i64 {
    if count <= 0 { 0 } else { (2 * sum + count).div_euclid(2 * count) }
}

/// What came of a trial on a wave.
pub fn compose(told: &Told) -> Line {
    let Told { pair, tried } = told;
    Line {
        wave: pair.before.wave.id.clone(),
        title: pair.before.title.clone(),
        sha256: pair.before.sha256.clone(),
        candidates: whole(pair.before.wave.candidates.len()),
        before: side(&pair.before, &tried.before),
        after: side(&pair.after, &tried.after),
        otherwise: tried.otherwise.map(|it| OtherwiseLine {
            both: whole(it.both),
            elsewhere: whole(it.elsewhere),
            other_coach: whole(it.other_coach),
            better: whole(it.better),
            worse: whole(it.worse),
            earlier: whole(it.choice.0),
            later: whole(it.choice.1),
            gained: whole(it.gained),
            lost: whole(it.lost),
            least: tried.least,
        }),
        boards: boards(told),
    }
}

fn side(loaded: &Loaded, side: &Side) -> SideLine {
    let goals = loaded.wave.policy.goals.iter().zip(&side.outcome.goals);
    SideLine {
        status: side.outcome.verdict,
        proven: side.proven(),
        goals: goals.map(|(goal, it)| GoalValue { name: goal.name.clone(), value: it.value, bound: it.bound }).collect(),
        figures: side.figures.as_ref().map(figures),
    }
}

fn figures(it: &Figures) -> FiguresLine {
    let (placed, minutes) = (whole(it.placed()), whole(it.minutes));
    FiguresLine {
        placed,
        choices: [0, 1, 2].map(|at: usize| whole(it.choices[at])),
        unplaced: whole(it.choices[3]),
        worst: it.worst.map(|(points, minutes)| WorstLine { points, minutes: i64::from(minutes) }),
        points: it.points,
        mean_points: rounded(10 * it.points, placed),
        minutes,
        mean_minutes: rounded(10 * minutes, placed),
        envious: whole(it.envious),
        target_placed: whole(it.target_group.mean_placed),
        target_seats: whole(it.target_group.mean_seats),
        hard: whole(it.target_group.placed_hard),
        starters: whole(it.starters),
        hours: whole(it.hours),
        cents: it.cents,
    }
}

fn boards(told: &Told) -> Vec<BoardLine> {
    let Some((was, now)) = told.tried.before.figures.as_ref().zip(told.tried.after.figures.as_ref()) else { return Vec::new() };
    let loaded = &told.pair.before;
    let mut rows: Vec<_> = was.boards.iter().zip(&now.boards).filter(|(it, other)| it.seats + it.placed + other.placed > 0).collect();
    rows.sort_by_key(|(it, _)| it.board.position());
    rows.into_iter().map(|(was, now)| board(loaded, was, now)).collect()
}

fn board(loaded: &Loaded, was: &BoardShare, now: &BoardShare) -> BoardLine {
    let board = loaded.wave.boards[was.board].id.clone();
    let name = loaded.names.boards.get(&board).unwrap_or(&board).clone();
    BoardLine { board, name, seats: whole(was.seats), before: whole(was.placed), after: whole(now.placed) }
}

/// A verdict as its word.
mod as_code {
    use loket_solver::common::words::{Verdict, Word};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(verdict: &Verdict, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(verdict.code())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Verdict, D::Error> {
        let word = String::deserialize(from)?;
        Verdict::parse(&word).ok_or_else(|| D::Error::custom("no verdict"))
    }
}
