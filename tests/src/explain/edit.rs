//! Makes a change in the wave file itself, by its ids, and reads the file again: shares nothing with how the solver changes a wave.

use loket_solver::common::tables::Id;
use loket_solver::matching::ask::explain::change::{Change, Spot};
use loket_solver::matching::ask::explain::limits::LimitKey;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::rules::Members;
use serde_json::{Map, Value, json};

use crate::support::load;

/// The wave with these changes.
pub(super) fn edited(json: &Value, wave: &Wave, changes: &[Change]) -> Wave {
    let mut json = json.clone();
    for change in changes {
        edit(&mut json, wave, change);
    }
    load(&json).wave
}

fn row<'a>(json: &'a mut Value, table: &str, id: &str) -> &'a mut Value {
    json[table].as_array_mut().expect("a table").iter_mut().find(|row| row["id"] == id).expect("a row with this id")
}

fn list<'a>(json: &'a mut Value, table: &str) -> &'a mut Vec<Value> {
    let object = json.as_object_mut().expect("a wave");
    object.entry(table).or_insert_with(|| json!([])).as_array_mut().expect("a list")
}

fn named(wave: &Wave, spot: Spot) -> Map<String, Value> {
    let mut entry = Map::new();
    if let Some(school) = spot.school.or_else(|| spot.seat.map(|seat| wave.seats[seat].school)) {
        entry.insert("school".into(), json!(wave.schools[school].id));
    }
    if let Some(seat) = spot.seat {
        entry.insert("plek".into(), json!(wave.seats[seat].id));
    }
    if let Some(coach) = spot.coach {
        entry.insert("coach".into(), json!(wave.coaches[coach].id));
    }
    entry
}

/// Adds to a whole number, which stands for `default` when it is absent.
fn add(row: &mut Value, key: &str, default: i64, by: i64) {
    let before = row[key].as_i64().unwrap_or(default);
    row[key] = json!(before + by);
}

/// Adds to a list that stands for `default` when it is absent.
fn join(row: &mut Value, key: &str, default: Value, item: &str) {
    if row[key].is_null() {
        row[key] = default;
    }
    let items = row[key].as_array_mut().expect("a list");
    if !items.iter().any(|it| it == item) {
        items.push(json!(item));
    }
}

fn edit(json: &mut Value, wave: &Wave, change: &Change) {
    match change {
        Change::Force { candidate, spot, .. } => {
            let id = &wave.candidates[*candidate].id;
            let locks = list(json, "vast");
            if !locks.iter().any(|lock| lock["kandidaat"] == *id) {
                locks.push(json!({ "kandidaat": id }));
            }
            let lock = locks.iter_mut().find(|lock| lock["kandidaat"] == *id).expect("just added");
            for (key, value) in named(wave, *spot) {
                lock[&key] = value;
            }
        }
        Change::Forbid { candidate, spot } => {
            let mut entry = named(wave, *spot);
            entry.insert("kandidaat".into(), json!(wave.candidates[*candidate].id));
            entry.insert("reden".into(), json!("wat als"));
            list(json, "verboden").push(Value::Object(entry));
        }
        Change::More { limit, by } => more(json, wave, *limit, *by),
        Change::Travel { candidate, minutes } => {
            add(row(json, "kandidaten", &wave.candidates[*candidate].id), "max_reistijd", 60, i64::from(*minutes));
        }
        Change::Bouw { candidate, bouw } => {
            join(row(json, "kandidaten", &wave.candidates[*candidate].id), "bouwen", json!([]), bouw.code());
        }
        Change::Kind { candidate, kind } => {
            join(row(json, "kandidaten", &wave.candidates[*candidate].id), "soorten", json!(["bo"]), kind.code());
        }
        Change::Board { candidate, board } => {
            join(row(json, "kandidaten", &wave.candidates[*candidate].id), "besturen", json!([]), &wave.boards[*board].id);
        }
        Change::CoachTravel { coach, minutes } => {
            add(row(json, "coaches", &wave.coaches[*coach].id), "max_reistijd", 45, i64::from(*minutes));
        }
        Change::CoachBouw { coach, bouw } => {
            join(row(json, "coaches", &wave.coaches[*coach].id), "bouwen", json!(["onderbouw", "middenbouw", "bovenbouw"]), bouw.code());
        }
        Change::CoachKind { coach, kind } => join(row(json, "coaches", &wave.coaches[*coach].id), "soorten", json!(["bo"]), kind.code()),
    }
}

fn more(json: &mut Value, wave: &Wave, limit: LimitKey, by: i64) {
    if limit.joins() && by < 1 {
        return;
    }
    match (limit.rule, limit.members) {
        (RuleCode::Plekken, Members::Seat(seat)) => {
            let group = &wave.seats[seat];
            let school = row(json, "scholen", &wave.schools[group.school].id);
            let position = wave.schools[group.school].seats.iter().position(|&it| it == seat);
            let groups = school["plekken"].as_array_mut().expect("seat groups");
            let named = |it: &Value| it["id"].as_str().or(it["bouw"].as_str()) == Some(group.id.as_str());
            assert!(position.is_some());
            add(groups.iter_mut().find(|it| named(it)).expect("the group"), "aantal", 0, by);
        }
        (RuleCode::SchoolMaximum, Members::School(school)) => add(row(json, "scholen", &wave.schools[school].id), "maximum", 0, by),
        (RuleCode::Starters, Members::School(school)) => {
            let percent = i64::from(wave.policy.max_starters_percent);
            let it = &wave.schools[school];
            let now = row(json, "scholen", &it.id);
            let room = |team: i64| (percent * team / 100 - i64::from(it.starters)).max(0);
            let team = now["teamgrootte"].as_i64().expect("a team");
            let wanted = room(team) + by;
            if percent == 0 {
                now["teamgrootte"] = Value::Null;
                now["maximum"] = json!(now["maximum"].as_i64().map_or(wanted, |most| most.min(wanted)));
            } else {
                now["teamgrootte"] = json!((team..).find(|&team| room(team) >= wanted).expect("teams grow"));
            }
        }
        (RuleCode::BestuurMaximum, Members::Board(board)) => add(row(json, "besturen", &wave.boards[board].id), "maximum", 0, by),
        (RuleCode::CoachAantal, Members::Coach(coach)) => add(row(json, "coaches", &wave.coaches[coach].id), "maximum", 0, by),
        (RuleCode::CoachUren, Members::Coach(coach)) => add(row(json, "coaches", &wave.coaches[coach].id), "uren", 0, by),
        (RuleCode::CoachVervolg, Members::Coach(coach)) => add(row(json, "coaches", &wave.coaches[coach].id), "uren_vervolg", 0, by),
        (RuleCode::ExternAandeel, Members::External) => {
            let people = wave.candidates.len() as i64;
            let room = |percent: i64| percent * people / 100;
            let now = json["beleid"]["max_extern_procent"].as_i64().expect("a share");
            let wanted = room(now) + by;
            json["beleid"]["max_extern_procent"] = json!((now..=100).find(|&percent| room(percent) >= wanted).unwrap_or(100));
        }
        (RuleCode::Budget, Members::All) => add(&mut json["beleid"], "max_kosten_cent", 0, by),
        (rule, Members::Pair(one, other)) => {
            let kinds = [
                (RuleCode::PaarSamen, "samen"),
                (RuleCode::PaarApart, "apart"),
                (RuleCode::PaarCoach, "zelfde_coach"),
                (RuleCode::PaarCoaches, "andere_coach"),
            ];
            let kind = kinds.iter().find(|(code, _)| *code == rule).expect("a rule about pairs").1;
            let people = [one, other].map(|it| json!(wave.candidates[it].id));
            list(json, "paren").retain(|row| {
                let named = row["kandidaten"].as_array().expect("two people");
                row["soort"] != kind || !people.iter().all(|id| named.contains(id))
            });
        }
        (RuleCode::DuoDelen, Members::Shared(seat)) => {
            let group = &wave.seats[seat];
            let school = row(json, "scholen", &wave.schools[group.school].id);
            let groups = school["plekken"].as_array_mut().expect("seat groups");
            let named = |it: &Value| it["id"].as_str().or(it["bouw"].as_str()) == Some(group.id.as_str());
            groups.iter_mut().find(|it| named(it)).expect("the group")["delen"] = json!(false);
        }
        (rule, _) => panic!("{rule} has no place in the file ({})", limit_position(limit)),
    }
}

fn limit_position(limit: LimitKey) -> usize {
    match limit.members {
        Members::Seat(it) => it.position(),
        Members::School(it) => it.position(),
        Members::Board(it) => it.position(),
        Members::Coach(it) => it.position(),
        Members::Shared(it) => it.position(),
        Members::Pair(it, _) => it.position(),
        Members::External | Members::All => 0,
    }
}
