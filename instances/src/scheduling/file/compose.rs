//! Makes an outcome file's lines of a solve's outcome.

use loket_solver::common::words::{Status, Word};
use loket_solver::scheduling::facts::codes::{Kind, TermCode};
use loket_solver::scheduling::facts::outcome::{GoalResult, Outcome, Reason, Unplanned};
use loket_solver::scheduling::facts::plan::{Block, When};
use loket_solver::scheduling::facts::policy::Goal;
use loket_solver::scheduling::facts::roster::Roster;
use loket_solver::scheduling::judge;
use serde_json::{Map, Value, json};

use super::figures;
use super::write::table;
use crate::scheduling::lines::{
    BlockLine, ConflictLine, GoalLine, MemberLine, NoticeLine, OutcomeFile, ReasonLine, Technique, UnplannedLine,
};
use crate::scheduling::roster_file::Loaded;
use crate::scheduling::rows::{ClaimRow, PolicyRow};
use crate::strict::object::list;
use crate::words::roster_reasons::reason_text;

/// The outcome file of a solve.
pub fn compose(loaded: &Loaded, outcome: &Outcome, technique: &Technique) -> OutcomeFile {
    let roster = &loaded.roster;
    let goals = roster.policy.goals.iter().zip(&outcome.goals).map(|(goal, result)| goal_line(goal, result));
    let blocks = outcome.plan.iter().flat_map(|plan| &plan.blocks).map(|block| block_line(roster, block));
    let conflict = outcome.conflict.iter().map(|lock| ConflictLine {
        lock: lock_row(loaded, &roster.units[lock.unit].id, lock.lock),
        rules: lock.rules.iter().map(|rule| rule.code().to_owned()).collect(),
    });
    OutcomeFile {
        kind: roster.kind(),
        roster: roster.id.clone(),
        input_sha256: loaded.sha256.clone(),
        status: outcome.verdict,
        goals: goals.collect(),
        blocks: blocks.collect(),
        unplanned: outcome.unplanned.iter().map(|it| unplanned_line(roster, it)).collect(),
        plan_points: outcome.plan.as_ref().map(|plan| named(judge::plan_points(roster, plan))).unwrap_or_default(),
        conflict: conflict.collect(),
        notices: loaded.notices.iter().map(NoticeLine::from).collect(),
        figures: figures::of(roster, outcome),
        policy: policy_json(loaded),
        technique: technique.line(&[("kolommen", outcome.work.columns), ("programmas", outcome.work.programs)]),
    }
}

fn named(points: Vec<(TermCode, i64)>) -> Vec<(String, i64)> {
    points.into_iter().map(|(term, points)| (term.code().to_owned(), points)).collect()
}

fn goal_line(goal: &Goal, result: &GoalResult) -> GoalLine {
    GoalLine::of(&goal.name, named(goal.weights.clone()), goal.tolerance_percent, result)
}

fn block_line(roster: &Roster, block: &Block) -> BlockLine {
    let moments = block.place.moments(roster);
    let series = match block.place.when {
        When::Series(series) => Some(roster.series[series].id.clone()),
        When::At(_) => None,
    };
    let times = roster.interviews().map_or(&[][..], |interviews| &interviews.times);
    let absent = |unit| {
        let own = &roster.units[unit].availability;
        moments.iter().copied().filter(|&moment| !roster.free(own, moment)).collect()
    };
    let members = block.members.iter().enumerate().map(|(at, &unit)| MemberLine {
        id: roster.units[unit].id.clone(),
        time: times.get(at).cloned(),
        absent: series.as_ref().map(|_| absent(unit)),
        points: named(judge::member_points(roster, block, unit)),
    });
    BlockLine {
        moment: block.place.moment(),
        location: block.place.location.map(|location| roster.locations[location].id.clone()),
        offer: roster.courses().zip(block.place.offer(roster)).map(|(courses, offer)| courses.offers[offer].id.clone()),
        follows: roster.groups().zip(block.follows).map(|(groups, name)| groups.names[name].clone()),
        staff: block.staff.iter().map(|seat| (roster.roles[seat.role].clone(), roster.people[seat.person].id.clone())).collect(),
        members: members.collect(),
        points: named(judge::block_points(roster, block)),
        moments: series.as_ref().map(|_| moments.clone()),
        series,
    }
}

fn unplanned_line(roster: &Roster, unplanned: &Unplanned) -> UnplannedLine {
    let line = |reason: &Reason| {
        let mut data: Map<String, Value> = reason.data.iter().map(|&(name, value)| (name.to_owned(), value.into())).collect();
        if let Some(role) = &reason.role {
            data.insert("rol".into(), role.clone().into());
        }
        ReasonLine { code: reason.code.code().into(), data, text: reason_text(roster.kind(), reason) }
    };
    UnplannedLine {
        id: roster.units[unplanned.unit].id.clone(),
        missing: unplanned.missing.into(),
        reasons: unplanned.reasons.iter().map(line).collect(),
    }
}

/// A unit's lock as it stands in the file.
fn lock_row(loaded: &Loaded, unit: &str, nth: usize) -> ClaimRow {
    let mut rows = loaded.file.locks.iter().flatten().filter(|row| row.unit == unit);
    rows.nth(nth).cloned().unwrap_or_else(|| ClaimRow { unit: unit.into(), ..ClaimRow::default() })
}

/// The roster's full `beleid` in file format: defaults filled in, goals as used.
pub fn policy_json(loaded: &Loaded) -> Value {
    let roster = &loaded.roster;
    let own = loaded.file.policy.clone().unwrap_or_default();
    let row = PolicyRow { note: None, goals: None, keep_weights: None, seed: Some(roster.policy.seed), ..own };
    let mut written = Map::new();
    let goal = |goal: &Goal| -> Map<String, Value> {
        let points = table(goal.weights.iter().map(|(term, weight)| (term.code(), *weight)));
        [("naam", json!(goal.name)), ("punten", points), ("tolerantie_procent", json!(goal.tolerance_percent))]
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    };
    written.insert("doelen".into(), list(&roster.policy.goals, goal));
    let weights = Status::ALL.iter().map(|&status| (status.code(), roster.policy.keep_weight(status)));
    written.insert("vasthouden".into(), table(weights));
    for (key, value) in super::write::policy(&with_defaults(loaded, row), roster.kind()) {
        written.entry(key).or_insert(value);
    }
    Value::Object(written)
}

fn with_defaults(loaded: &Loaded, mut row: PolicyRow) -> PolicyRow {
    let usual: &[(&'static str, u32)] = match loaded.roster.kind() {
        Kind::Interviews => &[("per_zitting", 3), ("min_per_zitting", 1)],
        Kind::PeerGroups => {
            &[("min", 5), ("max", 7), ("doel", 6), ("min_weken", 2), ("max_afwezig", 1), ("minuten", 150), ("voorbereiding", 0)]
        }
        Kind::Visits => &[
            ("duur", 90),
            ("dagdeel_minuten", 210),
            ("per_dagdeel", 3),
            ("bezoeken_per_week", 1),
            ("max_tussen", 2),
            ("landing_weken", 6),
            ("landing_bezoeken", 5),
        ],
        Kind::Courses => &[("max_afwezig", 1)],
    };
    for &(key, number) in usual {
        if row.number(key).is_none() {
            row.numbers.push((key, number));
        }
    }
    let roster = &loaded.roster;
    if let Some(interviews) = roster.interviews() {
        let panel = interviews.panel.pairs().map(|(role, &number)| (roster.roles[role].clone(), number));
        row.panel = Some(panel.collect());
    }
    row.own_school = roster.groups().map(|it| it.own_school).or_else(|| roster.courses().map(|it| it.own_school));
    row.question_points = roster.courses().map(|courses| courses.question_points.clone());
    row
}
