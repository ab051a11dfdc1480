//! Makes an outcome file's data of a loaded wave and a solve's outcome.

use loket_solver::matching::facts::hours;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{GoalResult, Outcome, Reason, Verdict};
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge;

use crate::matching::certificate::certificate_json;
use crate::matching::lines::{
    ConflictLine, Figures, GoalLine, NoticeLine, OutcomeFile, PlacementLine, ReasonLine, Technique, TechniqueLine, UnplacedLine,
};
use crate::matching::read::{Loaded, policy_json};
use crate::outcomes::lines::seconds;
use crate::words::reasons::reason_text;

/// The outcome file of a solve: points, hours, minutes and figures are recomputed from wave and plan.
pub fn compose(loaded: &Loaded, outcome: &Outcome, technique: &Technique) -> OutcomeFile {
    let wave = &loaded.wave;
    let id = |candidate: CandidateId| wave.candidates[candidate].id.clone();
    let placed = outcome.plan.as_ref().map(|plan| placed(wave, plan)).unwrap_or_default();
    let mut unplaced: Vec<_> = outcome.unplaced.iter().collect();
    unplaced.sort_by_key(|(candidate, _)| wave.candidates[*candidate].row);
    let notices = loaded.notices.iter().map(NoticeLine::from);
    let impossible = outcome.verdict == Verdict::Impossible;
    let goals: &[Goal] = if impossible { &[] } else { &wave.policy.goals };
    OutcomeFile {
        wave: wave.id.clone(),
        input_sha256: loaded.sha256.clone(),
        status: outcome.verdict,
        goals: goals.iter().zip(&outcome.goals).map(|(goal, result)| goal_line(wave, goal, result)).collect(),
        placements: placed.iter().map(|&(candidate, placement)| placement_line(wave, candidate, placement)).collect(),
        unplaced: unplaced
            .into_iter()
            .map(|(candidate, reasons)| UnplacedLine { candidate: id(*candidate), reasons: reasons.iter().map(reason_line).collect() })
            .collect(),
        conflict: outcome
            .conflict
            .iter()
            .filter(|_| impossible)
            .map(|conflict| ConflictLine {
                candidate: id(conflict.candidate),
                rules: conflict.rules.iter().map(|rule| rule.code().into()).collect(),
            })
            .collect(),
        notices: notices.collect(),
        figures: figures(wave, outcome, &placed),
        policy: policy_json(wave),
        technique: technique_line(outcome, technique),
    }
}

/// Who is placed where, in the order of the file's rows.
fn placed(wave: &Wave, plan: &Plan) -> Vec<(CandidateId, Placement)> {
    let rows = wave.candidates_by_row().into_iter();
    rows.filter_map(|candidate| Some((candidate, plan[candidate]?))).collect()
}

fn goal_line(wave: &Wave, goal: &Goal, result: &GoalResult) -> GoalLine {
    GoalLine {
        name: goal.name.clone(),
        weights: goal.weights.iter().map(|&(term, weight)| (term.code().into(), weight)).collect(),
        tolerance_percent: goal.tolerance_percent.into(),
        best: result.best,
        bound: result.bound,
        proven: result.proven(),
        floor: result.floor,
        value: result.value,
        seconds: seconds(result.time),
        certificate: result.certificate.as_ref().map(|certificate| certificate_json(wave, certificate)),
    }
}

fn placement_line(wave: &Wave, candidate: CandidateId, placement: Placement) -> PlacementLine {
    let seat = &wave.seats[placement.seat];
    let points = judge::points(wave, candidate, placement).into_iter();
    PlacementLine {
        candidate: wave.candidates[candidate].id.clone(),
        school: wave.schools[seat.school].id.clone(),
        seat: seat.id.clone(),
        bouw: seat.bouw.code().into(),
        coach: wave.coaches[placement.coach].id.clone(),
        hours: hours::hours(wave, candidate, seat.school).into(),
        travel: wave.travel.candidate(candidate, seat.school).into(),
        coach_travel: wave.travel.coach(placement.coach, seat.school).into(),
        points: points.map(|(term, points)| (term.code().into(), points)).collect(),
    }
}

fn reason_line(reason: &Reason) -> ReasonLine {
    ReasonLine {
        code: reason.code.code().into(),
        data: reason.data.iter().map(|&(name, value)| (name.into(), value)).collect(),
        text: reason_text(reason),
    }
}

fn figures(wave: &Wave, outcome: &Outcome, placed: &[(CandidateId, Placement)]) -> Figures {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut figures = Figures { candidates: count(wave.candidates.len()), placed: count(placed.len()), ..Figures::default() };
    let mut travel = 0;
    for &(candidate, placement) in placed {
        let seat = &wave.seats[placement.seat];
        match wave.candidates[candidate].bouwen.iter().position(|&bouw| bouw == seat.bouw) {
            Some(0) => figures.first_bouw += 1,
            Some(1) => figures.second_bouw += 1,
            _ => figures.later_bouw += 1,
        }
        let minutes = i64::from(wave.travel.candidate(candidate, seat.school));
        travel += minutes;
        figures.most_travel = figures.most_travel.max(minutes);
        let hours = i64::from(hours::hours(wave, candidate, seat.school));
        figures.cost_cents += hours * i64::from(wave.coaches[placement.coach].rate_cents);
    }
    if !placed.is_empty() {
        figures.mean_travel = (2 * travel + figures.placed) / (2 * figures.placed);
    }
    if let Some(plan) = &outcome.plan {
        let changes = judge::changes(wave, plan);
        figures.changed = count(changes.changed.len());
        figures.forced = count(changes.forced.len());
    }
    if let Some(least) = outcome.least_changes {
        figures.more.insert("minste_wijzigingen".into(), least.into());
    }
    figures
}

fn technique_line(outcome: &Outcome, technique: &Technique) -> TechniqueLine {
    let work = &outcome.work;
    technique.line(&[
        ("mogelijke_plaatsingen", work.placements),
        ("kolommen", work.columns),
        ("programmas", work.programs),
        ("knopen", work.nodes),
        ("herstellingen", work.repairs),
    ])
}
