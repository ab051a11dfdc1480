//! Mends locks and prohibitions that name something that left the file, and tells each.

use std::collections::HashSet;

use loket_solver::matching::facts::codes::RuleCode;
use serde_json::Value;

use super::edit::{rows, seat_id, text};

/// Takes out what would have the file refused. A lock loses the part that is gone, with the rules that were overruled for it; a lock of
/// which nothing is left goes, and so does what is locked or forbidden for somebody who left.
pub(super) fn repair(wave: &mut Value) -> Vec<String> {
    let there = There::new(wave);
    let mut remarks = Vec::new();
    if let Some(Value::Array(locks)) = wave.get_mut("vast") {
        locks.retain_mut(|lock| there.lock_stays(lock, &mut remarks));
    }
    if let Some(Value::Array(bans)) = wave.get_mut("verboden") {
        bans.retain(|ban| {
            let who = text(ban, "kandidaat").unwrap_or_default();
            let stays = there.candidates.contains(who);
            if !stays {
                remarks.push(format!("{who} doet niet meer mee: een verbod ({}) is weggehaald.", text(ban, "reden").unwrap_or_default()));
            }
            stays
        });
    }
    remarks
}

/// The ids that the file has.
struct There {
    candidates: HashSet<String>,
    coaches: HashSet<String>,
    schools: HashSet<String>,
    /// Ids of seat groups at any school.
    seats: HashSet<String>,
}

impl There {
    fn new(wave: &Value) -> Self {
        let ids = |list| rows(wave, list).iter().filter_map(|row| text(row, "id").map(str::to_owned)).collect();
        let groups = rows(wave, "scholen").iter().flat_map(|school| rows(school, "plekken"));
        Self {
            candidates: ids("kandidaten"),
            coaches: ids("coaches"),
            schools: ids("scholen"),
            seats: groups.filter_map(|group| seat_id(group).map(str::to_owned)).collect(),
        }
    }

    fn lock_stays(&self, lock: &mut Value, remarks: &mut Vec<String>) -> bool {
        let who = text(lock, "kandidaat").unwrap_or_default().to_owned();
        if !self.candidates.contains(&who) {
            remarks.push(format!("{who} doet niet meer mee: wat vaststond, is weggehaald."));
            return false;
        }
        let mut lost = Vec::new();
        if let Some(coach) = text(lock, "coach").filter(|id| !self.coaches.contains(*id)) {
            lost.push(format!("coach {coach}"));
            take(lock, &["coach"], |rule| RuleCode::parse(rule).is_some_and(|code| code.rule().on_coach()));
        }
        if let Some(school) = text(lock, "school").filter(|id| !self.schools.contains(*id)) {
            lost.push(format!("school {school}"));
            take(lock, &["school", "plek", "bouw"], |_| true);
        } else if let Some(seat) = text(lock, "plek").filter(|id| text(lock, "school").is_none() && !self.seats.contains(*id)) {
            lost.push(format!("plek {seat}"));
            take(lock, &["plek", "bouw"], |_| true);
        }
        if lost.is_empty() {
            return true;
        }
        let stays = ["school", "plek", "bouw", "coach"].into_iter().any(|key| text(lock, key).is_some());
        let end = if stays { "de rest van wat vaststond, blijft" } else { "dat is niet meer vastgezet" };
        remarks.push(format!("{who} stond vast op {}, die er niet meer is; {end}.", lost.join(" en ")));
        stays
    }
}

/// Takes keys out of a lock, and the overruled rules that were for them.
fn take(lock: &mut Value, keys: &[&str], overruled: impl Fn(&str) -> bool) {
    let Value::Object(lock) = lock else { return };
    for key in keys {
        lock.shift_remove(*key);
    }
    if let Some(Value::Array(despite)) = lock.get_mut("ondanks") {
        despite.retain(|rule| !rule.as_str().is_some_and(&overruled));
    }
}
