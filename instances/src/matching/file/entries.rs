//! Hands locks, prohibitions and entries of the previous plan to their candidates.

use std::collections::{HashMap, HashSet};

use loket_solver::common::tables::Id;
use loket_solver::matching::facts::ids::{CandidateId, SchoolId, SeatId};
use loket_solver::matching::facts::wave::{Ban, Candidate, Lock, Pair, Part, Previous};
use loket_solver::matching::facts::words::{PairKind, Word};

use super::build::{Found, first};
use super::index::Index;
use crate::matching::rows::{BanRow, LockRow, PairRow, PreviousRow};
use crate::strict::spot::{Spot, show_id};

/// Locks: everything they name must exist.
pub(crate) fn locks(rows: &[LockRow], found: &Found<'_>, candidates: &mut [Candidate]) {
    let Found { places, index, report } = *found;
    let mut seen = HashSet::new();
    for (at, row) in rows.iter().enumerate() {
        let spot = |key: &'static str| places.lock(at).key(key);
        let new = first(&mut seen, row.candidate.as_str(), || places.lock(at), || again(&row.candidate, "vast"), report);
        let candidate = index.candidates.need(&row.candidate, || spot("kandidaat"), "kandidaat", report);
        let school = row.school.as_ref().and_then(|school| index.schools.need(school, || spot("school"), "school", report));
        let coach = row.coach.as_ref().and_then(|coach| index.coaches.need(coach, || spot("coach"), "coach", report));
        if let Some(seat) = &row.seat
            && seat_missing(seat, row.school.is_some(), school, index)
        {
            let (what, remedy) = match &row.school {
                Some(at) => (
                    format!("school {} heeft geen plek \"{}\"", show_id(at), show_id(seat)),
                    "noem een plek van deze school, of laat de plek weg",
                ),
                None => {
                    (format!("geen enkele school heeft een plek \"{}\"", show_id(seat)), "noem een plek die bestaat, of laat de plek weg")
                }
            };
            report.problem("onbekende-verwijzing", &spot("plek"), what, remedy);
        }
        if let (true, Some(candidate)) = (new, candidate) {
            candidates[candidate.position()].lock =
                Some(Lock { school, seat: row.seat.clone(), bouw: row.bouw, coach, despite: row.despite.clone().unwrap_or_default() });
        }
    }
}

/// That somebody stands in a list already.
fn again(candidate: &str, list: &str) -> String {
    format!("kandidaat {} staat al in {list}", show_id(candidate))
}

/// Prohibitions: one that names something unknown matches nothing and is left out with a notice.
pub(crate) fn bans(rows: &[BanRow], found: &Found<'_>, candidates: &mut [Candidate]) {
    const EFFECT: &str = "dit verbod doet daarom niets";
    let Found { places, index, report } = *found;
    for (at, row) in rows.iter().enumerate() {
        let spot = |key: &'static str| places.ban(at).key(key);
        let candidate = index.candidates.need(&row.candidate, || spot("kandidaat"), "kandidaat", report);
        let mut gone = false;
        let school = row.school.as_ref().and_then(|school| index.schools.seek(school, || spot("school"), "school", EFFECT, report));
        let board = row.board.as_ref().and_then(|board| index.boards.seek(board, || spot("bestuur"), "bestuur", EFFECT, report));
        let coach = row.coach.as_ref().and_then(|coach| index.coaches.seek(coach, || spot("coach"), "coach", EFFECT, report));
        gone |= school.is_none() && row.school.is_some();
        gone |= board.is_none() && row.board.is_some();
        gone |= coach.is_none() && row.coach.is_some();
        if let Some(seat) = &row.seat
            && seat_missing(seat, row.school.is_some(), school, index)
        {
            gone = true;
            report.notice("onbekende-verwijzing", &spot("plek"), format!("plek \"{}\" bestaat hier niet; {EFFECT}", show_id(seat)));
        }
        if let (false, Some(candidate)) = (gone, candidate) {
            candidates[candidate.position()].bans.push(Ban { school, seat: row.seat.clone(), bouw: row.bouw, board, coach });
        }
    }
    for candidate in candidates {
        // Neither the order of rows nor a row that comes twice means anything.
        candidate.bans.sort_by(|a, b| key(a).cmp(&key(b)));
        candidate.bans.dedup();
    }
}

fn key(ban: &Ban) -> impl Ord {
    (ban.school, ban.seat.clone(), ban.bouw, ban.board, ban.coach)
}

/// Entries of the previous plan: what they name may be gone.
pub(crate) fn previous(rows: &[PreviousRow], found: &Found<'_>, candidates: &mut [Candidate]) {
    let Found { places, index, report } = *found;
    let mut seen = HashSet::new();
    for (at, row) in rows.iter().enumerate() {
        let spot = |key: &'static str| places.previous(at).key(key);
        let new = first(&mut seen, row.candidate.as_str(), || places.previous(at), || again(&row.candidate, "vorig_plan"), report);
        let effect = "deze regel telt niet mee";
        let candidate = index.candidates.seek(&row.candidate, || spot("kandidaat"), "kandidaat", effect, report);
        let seat = match (&row.school, &row.seat) {
            (Some(school), Some(seat)) => previous_seat(school, seat, spot, found),
            _ => Part::Absent,
        };
        let coach = match &row.coach {
            None => Part::Absent,
            Some(coach) => {
                let coach = index.coaches.seek(coach, || spot("coach"), "coach", "deze afspraak kan niet blijven", report);
                coach.map_or(Part::Gone, Part::Known)
            }
        };
        if let (true, Some(candidate)) = (new, candidate) {
            candidates[candidate.position()].previous = Some(Previous { seat, coach, status: row.status });
        }
    }
}

/// What is asked of two candidates together, in order; what contradicts something else that is asked of the same two is a problem.
pub(crate) fn pairs(rows: &[PairRow], found: &Found<'_>) -> Vec<Pair> {
    let Found { places, index, report } = *found;
    let mut seen: HashMap<(CandidateId, CandidateId, bool), PairKind> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let spot = |person: usize| places.pair(at).key("kandidaten").item(person, None);
        let person = |(at, id): (usize, &String)| index.candidates.need(id, || spot(at), "kandidaat", report);
        let [Some(one), Some(other)] = row.people.iter().enumerate().map(person).collect::<Vec<_>>()[..] else { continue };
        let (one, other) = if row.people[0].as_bytes() < row.people[1].as_bytes() { (one, other) } else { (other, one) };
        let on_coach = matches!(row.kind, PairKind::SameCoach | PairKind::OtherCoach);
        match seen.insert((one, other, on_coach), row.kind) {
            Some(kind) if kind == row.kind => {
                let what = format!("\"{}\" staat er voor deze twee kandidaten al", row.kind.code());
                report.problem("dubbel", &places.pair(at), what, "laat één van de twee regels staan");
            }
            Some(kind) => {
                let what = format!("\"{}\" kan niet samen met \"{}\" voor dezelfde twee kandidaten", row.kind.code(), kind.code());
                report.problem("dubbel", &places.pair(at), what, "laat één van de twee regels staan");
            }
            None => pairs.push(Pair { kind: row.kind, one, other }),
        }
    }
    // The order of rows means nothing.
    pairs.sort_unstable();
    pairs
}

fn previous_seat(school: &str, seat: &str, spot: impl Fn(&'static str) -> Spot, found: &Found<'_>) -> Part<SeatId> {
    let Found { index, report, .. } = *found;
    let effect = "deze afspraak kan niet blijven";
    let Some(at) = index.schools.seek(school, || spot("school"), "school", effect, report) else {
        return Part::Gone;
    };
    let known = index.seat_at(at, seat);
    if known.is_none() {
        let text = format!("school {} heeft geen plek \"{}\"; {effect}", show_id(school), show_id(seat));
        report.notice("onbekende-verwijzing", &spot("plek"), text);
    }
    known.map_or(Part::Gone, Part::Known)
}

/// Whether a named seat group does not exist: at the school that is named, or at any when none is. When the named school itself is
/// unknown that is reported already.
fn seat_missing(seat: &str, school_named: bool, school: Option<SchoolId>, index: &Index) -> bool {
    match (school_named, school) {
        (true, Some(school)) => index.seat_missing_at(school, seat),
        (true, None) => false,
        (false, _) => index.seat_missing(seat),
    }
}
