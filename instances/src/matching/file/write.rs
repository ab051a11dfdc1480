//! Writes the rows of a wave file as JSON: every key in the order of docs/format.md, and nothing that is absent.

use loket_solver::matching::facts::policy::{Goal, Policy};
use loket_solver::matching::facts::words::{Phase, Status, Word};
use serde_json::{Map, Value};

use super::read::FORMAT;
use crate::matching::rows::WaveFile;
use crate::matching::rows::{
    BanRow, BoardRow, CandidateRow, CoachPriceRow, CoachRow, ExcludedRow, ExtraRow, GoalRow, LockRow, PairRow, PolicyRow, PreviousRow,
    SavingRow, SchoolRow, SeatPriceRow, SeatRow, TravelRow,
};
use crate::strict::object::{Object, list};

/// The whole file.
pub(crate) fn wave(file: &WaveFile) -> Value {
    let written = Object::default()
        .put("formaat", FORMAT)
        .put("id", file.id.clone())
        .put("naam", file.name.clone())
        .word("fase", Some(file.phase))
        .put("toelichting", file.note.clone())
        .put("beleid", file.policy.as_ref().map(policy))
        .put("besturen", list(&file.boards, board))
        .put("scholen", list(&file.schools, school))
        .put("coaches", list(&file.coaches, coach))
        .put("kandidaten", list(&file.candidates, candidate))
        .put("reistijden", file.travel.as_ref().map(|rows| list(rows, travel)))
        .put("vast", file.locks.as_ref().map(|rows| list(rows, lock)))
        .put("verboden", file.bans.as_ref().map(|rows| list(rows, ban)))
        .put("vorig_plan", file.previous.as_ref().map(|rows| list(rows, previous)))
        .put("paren", file.pairs.as_ref().map(|rows| list(rows, pair)));
    Value::Object(written.0)
}

pub(crate) fn board(row: &BoardRow) -> Map<String, Value> {
    let written = Object::default().put("id", row.id.clone()).put("naam", row.name.clone()).put("noodplan", row.noodplan);
    written.put("maximum", row.maximum).put("toelichting", row.note.clone()).0
}

pub(crate) fn school(row: &SchoolRow) -> Map<String, Value> {
    Object::default()
        .put("id", row.id.clone())
        .put("naam", row.name.clone())
        .put("bestuur", row.board.clone())
        .word("soort", row.kind)
        .put("lat", row.lat)
        .put("lon", row.lon)
        .put("doelgroep", row.target_group)
        .put("tekort", row.shortage)
        .put("concept", row.concept.clone())
        .put("denominatie", row.denomination.clone())
        .word("kwaliteit", row.quality)
        .put("maximum", row.maximum)
        .put("teamgrootte", row.team_size)
        .put("starters", row.starters)
        .put("toelichting", row.note.clone())
        .put("plekken", list(&row.seats, seat))
        .0
}

pub(crate) fn seat(row: &SeatRow) -> Map<String, Value> {
    let written = Object::default().put("id", row.own_id.clone()).word("bouw", Some(row.bouw)).put("aantal", row.count);
    written.words("dagdelen", row.half_days.as_deref()).put("delen", row.shared).put("toelichting", row.note.clone()).0
}

pub(crate) fn coach(row: &CoachRow) -> Map<String, Value> {
    Object::default()
        .put("id", row.id.clone())
        .put("naam", row.name.clone())
        .word("soort", row.kind)
        .put("bestuur", row.board.clone())
        .put("lat", row.lat)
        .put("lon", row.lon)
        .word("vervoer", row.transport)
        .put("max_reistijd", row.max_travel)
        .put("maximum", row.maximum)
        .put("uren", row.hours)
        .put("uren_vervolg", row.next_hours)
        .put("lopend", row.running)
        .put("tarief_cent", row.rate_cents)
        .words("bouwen", row.bouwen.as_deref())
        .words("soorten", row.kinds.as_deref())
        .put("kenmerken", row.tags.clone())
        .put("eigen_school", row.own_school.clone())
        .put("uitgesloten_scholen", row.excluded_schools.clone())
        .put("toelichting", row.note.clone())
        .0
}

pub(crate) fn candidate(row: &CandidateRow) -> Map<String, Value> {
    Object::default()
        .put("id", row.id.clone())
        .put("naam", row.name.clone())
        .put("lat", row.lat)
        .put("lon", row.lon)
        .word("vervoer", row.transport)
        .put("max_reistijd", row.max_travel)
        .word("fase", row.phase)
        .put("uren", row.hours)
        .words("bouwen", Some(&row.bouwen[..]))
        .words("soorten", row.kinds.as_deref())
        .put("besturen", row.boards.clone())
        .put("concepten", row.concepts.clone())
        .words("dagdelen", row.half_days.as_deref())
        .put("wachtrondes", row.waited)
        .put("coach_wensen", row.coach_wishes.clone())
        .put("coach_eisen", row.coach_needs.clone())
        .put("huidige_coach", row.current_coach.clone())
        .put("huidige_school", row.current_school.clone())
        .put("uitgesloten", row.excluded.as_ref().map(excluded))
        .put("toelichting", row.note.clone())
        .0
}

fn excluded(row: &ExcludedRow) -> Map<String, Value> {
    let written = Object::default().put("scholen", row.schools.clone()).put("besturen", row.boards.clone());
    written.put("denominaties", row.denominations.clone()).put("coaches", row.coaches.clone()).put("toelichting", row.note.clone()).0
}

fn travel(row: &TravelRow) -> Map<String, Value> {
    Object::default()
        .put("van", row.from.clone())
        .put("naar", row.to.clone())
        .put("minuten", row.minutes)
        .put("toelichting", row.note.clone())
        .0
}

fn lock(row: &LockRow) -> Map<String, Value> {
    Object::default()
        .put("kandidaat", row.candidate.clone())
        .put("school", row.school.clone())
        .put("plek", row.seat.clone())
        .word("bouw", row.bouw)
        .put("coach", row.coach.clone())
        .put("ondanks", row.despite.as_ref().map(|rules| rules.iter().map(|rule| rule.code()).collect::<Vec<_>>()))
        .put("toelichting", row.note.clone())
        .0
}

fn ban(row: &BanRow) -> Map<String, Value> {
    Object::default()
        .put("kandidaat", row.candidate.clone())
        .put("school", row.school.clone())
        .put("plek", row.seat.clone())
        .word("bouw", row.bouw)
        .put("bestuur", row.board.clone())
        .put("coach", row.coach.clone())
        .put("reden", row.reason.clone())
        .put("toelichting", row.note.clone())
        .0
}

fn previous(row: &PreviousRow) -> Map<String, Value> {
    Object::default()
        .put("kandidaat", row.candidate.clone())
        .put("school", row.school.clone())
        .put("plek", row.seat.clone())
        .put("coach", row.coach.clone())
        .word("status", Some(row.status))
        .put("toelichting", row.note.clone())
        .0
}

fn pair(row: &PairRow) -> Map<String, Value> {
    Object::default()
        .put("kandidaten", row.people.clone())
        .word("soort", Some(row.kind))
        .put("reden", row.reason.clone())
        .put("toelichting", row.note.clone())
        .0
}

/// A policy as it is written in a wave file.
pub(crate) fn policy(row: &PolicyRow) -> Map<String, Value> {
    let hours = row.hours.as_ref().map(|hours| table(hours.iter().map(|&(phase, hours)| (phase.code(), i64::from(hours)))));
    let keep = row.keep_weights.as_ref().map(|keep| table(keep.iter().map(|&(status, weight)| (status.code(), weight))));
    let extra = row
        .extra
        .as_ref()
        .map(|extra| Object::default().put("vanaf", extra.from).put("uren", extra.hours).put("toelichting", extra.note.clone()).0);
    Object::default()
        .put("doelen", row.goals.as_ref().map(|goals| list(goals, goal)))
        .put("bouw_punten", row.bouw_points.clone())
        .put("uren", hours)
        .put("extra_begeleiding", extra)
        .put("alleen_noodplan", row.noodplan_only)
        .put("dagdelen_samen", row.shared_half_days)
        .put("max_starters_procent", row.max_starters_percent)
        .put("max_extern_procent", row.max_external_percent)
        .put("max_kosten_cent", row.max_cost_cents)
        .put("vasthouden", keep)
        .put("max_wijzigingen", row.max_changes)
        .put("bewaren", row.saving.as_ref().map(saving))
        .put("seed", row.seed)
        .put("toelichting", row.note.clone())
        .0
}

fn saving(row: &SavingRow) -> Map<String, Value> {
    let seat = |row: &SeatPriceRow| {
        let written = Object::default().put("school", row.school.clone()).put("plek", row.seat.clone());
        written.put("prijs", row.price).put("toelichting", row.note.clone()).0
    };
    let coach = |row: &CoachPriceRow| {
        Object::default().put("coach", row.coach.clone()).put("prijs", row.price).put("toelichting", row.note.clone()).0
    };
    Object::default()
        .put("plekken", row.seats.as_ref().map(|rows| list(rows, seat)))
        .put("coaches", row.coaches.as_ref().map(|rows| list(rows, coach)))
        .put("toelichting", row.note.clone())
        .0
}

fn goal(row: &GoalRow) -> Map<String, Value> {
    let weights = table(row.weights.iter().map(|&(term, weight)| (term.code(), weight)));
    let written = Object::default().put("naam", row.name.clone()).put("punten", weights);
    written.put("tolerantie_procent", row.tolerance_percent).put("toelichting", row.note.clone()).0
}

/// The full policy in file format, defaults filled in and goals as used; limits that are off are left out.
pub(crate) fn policy_as_used(used: &Policy) -> Value {
    let keep = Status::ALL.iter().map(|&status| (status, used.keep_weight(status)));
    let row = PolicyRow {
        goals: Some(used.goals.iter().map(goal_row).collect()),
        bouw_points: Some(used.bouw_points.clone()),
        hours: Some(Phase::ALL.iter().map(|&phase| (phase, used.hours_of(phase))).collect()),
        extra: Some(ExtraRow { from: Some(used.extra_from), hours: Some(used.extra_hours), note: None }),
        noodplan_only: Some(used.noodplan_only),
        shared_half_days: Some(used.shared_half_days),
        max_starters_percent: Some(used.max_starters_percent),
        max_external_percent: used.max_external_percent,
        max_cost_cents: used.max_cost_cents,
        keep_weights: Some(keep.filter(|&(_, weight)| weight != 0).collect()),
        max_changes: used.max_changes,
        saving: super::saving::written(&used.saving),
        seed: Some(used.seed),
        note: None,
    };
    Value::Object(policy(&row))
}

/// A goal as it is used.
pub(crate) fn goal_row(goal: &Goal) -> GoalRow {
    GoalRow { name: goal.name.clone(), weights: goal.weights.clone(), tolerance_percent: Some(goal.tolerance_percent), note: None }
}

/// An object of numbers.
pub(crate) fn table<'a>(numbers: impl Iterator<Item = (&'a str, i64)>) -> Value {
    Value::Object(numbers.map(|(key, number)| (key.to_owned(), number.into())).collect())
}
