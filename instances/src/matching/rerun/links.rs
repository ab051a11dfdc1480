//! Mends locks and prohibitions that name something that left the file, and tells each.

use std::collections::HashSet;

use loket_solver::matching::facts::codes::RuleCode;

use crate::matching::rows::LockRow;
use crate::matching::wave_file::WaveFile;

/// Takes out what would have the file refused. A lock loses the part that is gone, with the rules that were overruled for it; a lock of
/// which nothing is left goes, and so does what is locked, forbidden or asked of a pair for somebody who left.
pub(super) fn repair(wave: &mut WaveFile) -> Vec<String> {
    let there = There::new(wave);
    let mut remarks = Vec::new();
    if let Some(locks) = &mut wave.locks {
        locks.retain_mut(|lock| there.lock_stays(lock, &mut remarks));
    }
    if let Some(bans) = &mut wave.bans {
        bans.retain(|ban| {
            let stays = there.candidates.contains(&ban.candidate);
            if !stays {
                remarks.push(format!("{} doet niet meer mee: een verbod ({}) is weggehaald.", ban.candidate, ban.reason));
            }
            stays
        });
    }
    if let Some(pairs) = &mut wave.pairs {
        pairs.retain(|pair| {
            let gone = pair.people.iter().find(|id| !there.candidates.contains(*id));
            if let Some(gone) = gone {
                remarks.push(format!("{gone} doet niet meer mee: een afspraak over twee kandidaten ({}) is weggehaald.", pair.reason));
            }
            gone.is_none()
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
    fn new(wave: &WaveFile) -> Self {
        Self {
            candidates: wave.candidates.iter().map(|row| row.id.clone()).collect(),
            coaches: wave.coaches.iter().map(|row| row.id.clone()).collect(),
            schools: wave.schools.iter().map(|row| row.id.clone()).collect(),
            seats: wave.schools.iter().flat_map(|school| &school.seats).map(|group| group.id().to_owned()).collect(),
        }
    }

    fn lock_stays(&self, lock: &mut LockRow, remarks: &mut Vec<String>) -> bool {
        let who = lock.candidate.clone();
        if !self.candidates.contains(&who) {
            remarks.push(format!("{who} doet niet meer mee: wat vaststond, is weggehaald."));
            return false;
        }
        let mut lost = Vec::new();
        if let Some(coach) = lock.coach.take_if(|id| !self.coaches.contains(id)) {
            lost.push(format!("coach {coach}"));
            obey(lock, |rule| rule.rule().on_coach());
        }
        if let Some(school) = lock.school.take_if(|id| !self.schools.contains(id)) {
            lost.push(format!("school {school}"));
            (lock.seat, lock.bouw) = (None, None);
            obey(lock, |_| true);
        } else if lock.school.is_none()
            && let Some(seat) = lock.seat.take_if(|id| !self.seats.contains(id))
        {
            lost.push(format!("plek {seat}"));
            lock.bouw = None;
            obey(lock, |_| true);
        }
        if lost.is_empty() {
            return true;
        }
        let stays = lock.school.is_some() || lock.seat.is_some() || lock.bouw.is_some() || lock.coach.is_some();
        let end = if stays { "de rest van wat vaststond, blijft" } else { "dat is niet meer vastgezet" };
        remarks.push(format!("{who} stond vast op {}, die er niet meer is; {end}.", lost.join(" en ")));
        stays
    }
}

/// Overrules these rules no longer: they were overruled for what is gone.
fn obey(lock: &mut LockRow, rules: impl Fn(RuleCode) -> bool) {
    if let Some(despite) = &mut lock.despite {
        despite.retain(|&rule| !rules(rule));
    }
}
