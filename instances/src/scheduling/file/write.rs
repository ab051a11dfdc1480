//! Writes the rows of a roster file as JSON: every key in the order of docs/format.md, and nothing that is absent.

use loket_solver::common::words::{Status, Word};
use loket_solver::scheduling::facts::calendar::Moment;
use loket_solver::scheduling::facts::codes::Kind;
use serde_json::{Map, Value};

use super::claims::unit_key;
use super::read::FORMAT;
use super::used;
use crate::scheduling::rows::{
    BoardRow, CalendarRow, ClaimRow, GoalRow, LocationRow, NeedRow, OfferRow, ParticipantRow, PersonRow, PlacementRow, PolicyRow,
    PreviousRow, RhythmRow, RosterFile, SchoolRow, SeriesRow, StretchRow, TravelRow,
};
use crate::strict::object::{Object, list};

/// The whole file.
pub(crate) fn roster(file: &RosterFile) -> Value {
    let kind = file.kind;
    let claims = |rows: &Vec<ClaimRow>| -> Value { rows.iter().map(|row| Value::Object(claim(row, kind))).collect() };
    let entries = |rows: &Vec<PreviousRow>| -> Value { rows.iter().map(|row| Value::Object(previous(row, kind))).collect() };
    let written = Object::default()
        .put("formaat", FORMAT)
        .put("id", file.id.clone())
        .put("naam", file.name.clone())
        .word("soort", Some(kind))
        .put("toelichting", file.note.clone())
        .put("kalender", Value::Object(calendar(&file.calendar)))
        .put("beleid", file.policy.as_ref().map(|row| Value::Object(policy(row, kind))))
        .put("besturen", file.boards.as_ref().map(|rows| list(rows, board)))
        .put("scholen", file.schools.as_ref().map(|rows| list(rows, school)))
        .put("locaties", file.locations.as_ref().map(|rows| list(rows, location)))
        .put("personen", list(&file.people, person))
        .put("deelnemers", file.participants.as_ref().map(|rows| list(rows, participant)))
        .put("reeksen", file.series.as_ref().map(|rows| list(rows, series)))
        .put("plaatsingen", file.placements.as_ref().map(|rows| list(rows, placement)))
        .put("aanbod", file.offers.as_ref().map(|rows| list(rows, offer)))
        .put("reistijden", file.travel.as_ref().map(|rows| list(rows, travel)))
        .put("vast", file.locks.as_ref().map(claims))
        .put("verboden", file.bans.as_ref().map(claims))
        .put("vorig", file.previous.as_ref().map(entries));
    Value::Object(written.0)
}

fn calendar(row: &CalendarRow) -> Map<String, Value> {
    let written = Object::default().put("van", row.from.to_string()).put("tot", row.to.to_string());
    written.put("gesloten", row.closed.as_ref().map(|rows| list(rows, stretch))).put("toelichting", row.note.clone()).0
}

fn stretch(row: &StretchRow) -> Map<String, Value> {
    Object::default()
        .put("van", row.from.to_string())
        .put("tot", row.to.map(|day| day.to_string()))
        .put("dagdeel", row.afternoon.map(|afternoon| if afternoon { "m" } else { "o" }))
        .put("naam", row.name.clone())
        .put("toelichting", row.note.clone())
        .0
}

/// Numbers by word, in order.
pub(crate) fn table<'a>(rows: impl IntoIterator<Item = (&'a str, i64)>) -> Value {
    Value::Object(rows.into_iter().map(|(key, number)| (key.to_owned(), number.into())).collect())
}

pub(crate) fn goal(row: &GoalRow) -> Map<String, Value> {
    Object::default()
        .put("naam", row.name.clone())
        .put("punten", table(row.weights.iter().map(|(term, weight)| (term.code(), *weight))))
        .put("tolerantie_procent", row.tolerance_percent)
        .put("toelichting", row.note.clone())
        .0
}

/// The policy, each key in the order of the kind.
pub(crate) fn policy(row: &PolicyRow, kind: Kind) -> Map<String, Value> {
    let mut written = Object::default();
    for &key in used::policy(kind) {
        written = match key {
            "doelen" => written.put(key, row.goals.as_ref().map(|rows| list(rows, goal))),
            "vasthouden" => {
                written.put(key, row.keep_weights.as_ref().map(|rows| table(rows.iter().map(|(status, it)| (Status::code(*status), *it)))))
            }
            "max_wijzigingen" => written.put(key, row.max_changes),
            "seed" => written.put(key, row.seed),
            "panel" => {
                written.put(key, row.panel.as_ref().map(|rows| table(rows.iter().map(|(role, it)| (role.as_str(), i64::from(*it))))))
            }
            "tijden" => written.put(key, row.times.clone()),
            "reeks" => written.put(key, row.rhythm.as_ref().map(|row| Value::Object(rhythm(row)))),
            "eigen_school" => written.put(key, row.own_school),
            "leervraag_punten" => written.put(key, row.question_points.clone()),
            number => written.put(key, row.number(number)),
        };
    }
    written.put("toelichting", row.note.clone()).0
}

fn rhythm(row: &RhythmRow) -> Map<String, Value> {
    let written = Object::default().put("aantal", row.meetings).put("ritme", row.rhythm);
    written.words("dagdelen", Some(&row.half_days)).put("toelichting", row.note.clone()).0
}

fn board(row: &BoardRow) -> Map<String, Value> {
    let written = Object::default().put("id", row.id.clone()).put("naam", row.name.clone());
    written.put("aandeel", row.share).put("toelichting", row.note.clone()).0
}

fn stretches(rows: Option<&Vec<StretchRow>>) -> Option<Value> {
    rows.map(|rows| list(rows, stretch))
}

fn school(row: &SchoolRow) -> Map<String, Value> {
    Object::default()
        .put("id", row.id.clone())
        .put("naam", row.name.clone())
        .put("bestuur", row.board.clone())
        .put("lat", row.lat)
        .put("lon", row.lon)
        .put("afwezig", stretches(row.absent.as_ref()))
        .put("toelichting", row.note.clone())
        .0
}

fn location(row: &LocationRow) -> Map<String, Value> {
    Object::default()
        .put("id", row.id.clone())
        .put("naam", row.name.clone())
        .put("zalen", row.rooms)
        .words("dagdelen", row.half_days.as_deref())
        .put("afwezig", stretches(row.absent.as_ref()))
        .put("lat", row.lat)
        .put("lon", row.lon)
        .put("toelichting", row.note.clone())
        .0
}

fn person(row: &PersonRow) -> Map<String, Value> {
    Object::default()
        .put("id", row.id.clone())
        .put("naam", row.name.clone())
        .put("rollen", row.roles.clone())
        .put("soort", row.external.map(|external| if external { "extern" } else { "intern" }))
        .put("bestuur", row.board.clone())
        .put("school", row.school.clone())
        .words("dagdelen", row.half_days.as_deref())
        .put("afwezig", stretches(row.absent.as_ref()))
        .put("locaties", row.locations.clone())
        .put("niet_met", row.not_with.clone())
        .put("per_dagdeel", row.per_half_day)
        .put("per_dag", row.per_day)
        .put("per_week", row.per_week)
        .put("maximum", row.maximum)
        .put("lopend", row.running)
        .put("uren", row.hours)
        .put("tarief_cent", row.rate_cents)
        .put("ruimte", row.room)
        .put("kenmerken", row.tags.clone())
        .put("lat", row.lat)
        .put("lon", row.lon)
        .word("vervoer", row.transport)
        .put("toelichting", row.note.clone())
        .0
}

fn participant(row: &ParticipantRow) -> Map<String, Value> {
    let day = |day: Option<loket_solver::scheduling::facts::calendar::Day>| day.map(|day| day.to_string());
    Object::default()
        .put("id", row.id.clone())
        .put("naam", row.name.clone())
        .put("school", row.school.clone())
        .put("bestuur", row.board.clone())
        .word("bouw", row.bouw)
        .put("koppel", row.pair.clone())
        .put("functie", row.function.clone())
        .words("dagdelen", row.half_days.as_deref())
        .put("afwezig", stretches(row.absent.as_ref()))
        .put("aangemeld", day(row.registered))
        .put("vanaf", day(row.from))
        .put("uiterlijk", day(row.until))
        .words("voorkeur", row.preference.as_deref())
        .put("locaties", row.locations.clone())
        .put("niet_met", row.not_with.clone())
        .put("wachtrondes", row.waited)
        .put("coach_wensen", row.coach_wishes.clone())
        .put("coach_eisen", row.coach_needs.clone())
        .put("leervragen", row.questions.clone())
        .put("max_reistijd", row.max_travel)
        .put("lat", row.lat)
        .put("lon", row.lon)
        .word("vervoer", row.transport)
        .put("toelichting", row.note.clone())
        .0
}

fn shown(moments: &[Moment]) -> Vec<String> {
    moments.iter().map(Moment::to_string).collect()
}

fn series(row: &SeriesRow) -> Map<String, Value> {
    let written = Object::default().put("id", row.id.clone()).put("dagdelen", shown(&row.moments));
    written.put("toelichting", row.note.clone()).0
}

fn placement(row: &PlacementRow) -> Map<String, Value> {
    Object::default()
        .put("id", row.id.clone())
        .put("school", row.school.clone())
        .put("coach", row.coach.clone())
        .put("bezoeken", row.visits)
        .put("uren", row.hours)
        .put("duur", row.minutes)
        .words("dagdelen", row.half_days.as_deref())
        .put("afwezig", stretches(row.absent.as_ref()))
        .put("van", row.from.map(|day| day.to_string()))
        .put("tot", row.until.map(|day| day.to_string()))
        .words("voorkeur", row.preference.as_deref())
        .put("landing", row.landing)
        .put("toelichting", row.note.clone())
        .0
}

fn offer(row: &OfferRow) -> Map<String, Value> {
    let numbers = |written: Object, keys: &[&str]| keys.iter().fold(written, |written, key| written.put(key, row.number(key)));
    let mut written = Object::default()
        .put("id", row.id.clone())
        .put("naam", row.name.clone())
        .put("themas", row.themes.clone())
        .put("functies", row.functions.clone())
        .put("scholen", row.schools.clone());
    written = numbers(written, &["min", "max", "school_min", "school_max"])
        .put("rollen", row.needs.as_ref().map(|rows| list(rows, need)))
        .put("reeksen", list(&row.series, series))
        .put("locatie", row.location.clone());
    written = numbers(written, &["begeleiders"]).put("eisen", row.tags.clone());
    let keys = ["minuten", "voorbereiding", "vaste_kosten_cent", "bijdrage_cent", "subsidie_cent"];
    numbers(written, &keys).put("toelichting", row.note.clone()).0
}

fn need(row: &NeedRow) -> Map<String, Value> {
    Object::default()
        .put("functie", row.function.clone())
        .put("min", row.least)
        .put("max", row.most)
        .put("per", row.per_school.map(|school| if school { "school" } else { "totaal" }))
        .put("toelichting", row.note.clone())
        .0
}

fn travel(row: &TravelRow) -> Map<String, Value> {
    let written = Object::default().put("van", row.from.clone()).put("naar", row.to.clone());
    written.put("minuten", row.minutes).put("toelichting", row.note.clone()).0
}

/// A row of `vast` or `verboden`.
pub(crate) fn claim(row: &ClaimRow, kind: Kind) -> Map<String, Value> {
    Object::default()
        .put(unit_key(kind), row.unit.clone())
        .put("dagdeel", row.moment.map(|moment| moment.to_string()))
        .put("locatie", row.location.clone())
        .put("reeks", row.series.clone())
        .put("aanbod", row.offer.clone())
        .put("persoon", row.person.clone())
        .put("reden", row.reason.clone())
        .put("toelichting", row.note.clone())
        .0
}

fn previous(row: &PreviousRow, kind: Kind) -> Map<String, Value> {
    Object::default()
        .put(unit_key(kind), row.unit.clone())
        .put("dagdeel", row.moment.map(|moment| moment.to_string()))
        .put("locatie", row.location.clone())
        .put("personen", row.people.clone())
        .put("groep", row.group.clone())
        .put("reeks", row.series.clone())
        .put("aanbod", row.offer.clone())
        .put("persoon", row.person.clone())
        .word("status", Some(row.status))
        .put("toelichting", row.note.clone())
        .0
}
