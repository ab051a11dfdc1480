//! Hands locks, prohibitions and entries of the previous plan to their candidates.

use std::collections::HashSet;

use loket_solver::common::tables::Id;
use loket_solver::matching::facts::ids::SchoolId;
use loket_solver::matching::facts::wave::{Ban, Candidate, Lock, Part, Previous};

use super::build::{first, person};
use super::index::Index;
use super::people::{BanDraft, LockDraft, PreviousDraft};
use crate::strict::fields::Placed;
use crate::strict::report::Report;
use crate::strict::spot::show_id;

/// Locks: everything they name must exist.
pub(crate) fn locks(rows: &[LockDraft], index: &Index, report: &Report, candidates: &mut [Candidate]) {
    let mut seen = HashSet::new();
    for row in rows {
        let new = first(&mut seen, row.candidate.text.as_str(), &row.spot, "deze kandidaat staat al in vast", report);
        let candidate = person(index, &row.candidate, report);
        let school = row.school.as_ref().and_then(|school| index.schools.need(school, "school", report));
        let coach = row.coach.as_ref().and_then(|coach| index.coaches.need(coach, "coach", report));
        if let Some(seat) = &row.seat
            && seat_missing(seat, row.school.is_some(), school, index)
        {
            let (what, remedy) = match &row.school {
                Some(at) => (
                    format!("school {} heeft geen plek \"{}\"", show_id(&at.text), show_id(&seat.text)),
                    "noem een plek van deze school, of laat de plek weg",
                ),
                None => (
                    format!("geen enkele school heeft een plek \"{}\"", show_id(&seat.text)),
                    "noem een plek die bestaat, of laat de plek weg",
                ),
            };
            report.problem("onbekende-verwijzing", &seat.spot, what, remedy);
        }
        if let (true, Some(candidate)) = (new, candidate) {
            candidates[candidate.position()].lock = Some(Lock {
                school,
                seat: row.seat.as_ref().map(|seat| seat.text.clone()),
                bouw: row.bouw,
                coach,
                despite: row.despite.clone(),
            });
        }
    }
}

/// Prohibitions: one that names something unknown matches nothing and is left out with a notice.
pub(crate) fn bans(rows: &[BanDraft], index: &Index, report: &Report, candidates: &mut [Candidate]) {
    const EFFECT: &str = "dit verbod doet daarom niets";
    for row in rows {
        let candidate = person(index, &row.candidate, report);
        let mut gone = false;
        let school = row.school.as_ref().and_then(|school| index.schools.seek(school, "school", EFFECT, report));
        let board = row.board.as_ref().and_then(|board| index.boards.seek(board, "bestuur", EFFECT, report));
        let coach = row.coach.as_ref().and_then(|coach| index.coaches.seek(coach, "coach", EFFECT, report));
        gone |= school.is_none() && row.school.is_some();
        gone |= board.is_none() && row.board.is_some();
        gone |= coach.is_none() && row.coach.is_some();
        if let Some(seat) = &row.seat
            && seat_missing(seat, row.school.is_some(), school, index)
        {
            gone = true;
            report.notice(&seat.spot, format!("plek \"{}\" bestaat hier niet; {EFFECT}", show_id(&seat.text)));
        }
        if let (false, Some(candidate)) = (gone, candidate) {
            candidates[candidate.position()].bans.push(Ban {
                school,
                seat: row.seat.as_ref().map(|seat| seat.text.clone()),
                bouw: row.bouw,
                board,
                coach,
            });
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
pub(crate) fn previous(rows: &[PreviousDraft], index: &Index, report: &Report, candidates: &mut [Candidate]) {
    let mut seen = HashSet::new();
    for row in rows {
        let new = first(&mut seen, row.candidate.text.as_str(), &row.spot, "deze kandidaat staat al in vorig_plan", report);
        let effect = "deze regel telt niet mee";
        let candidate = index.candidates.seek(&row.candidate, "kandidaat", effect, report);
        let seat = match &row.seat {
            None => Part::Absent,
            Some((school, seat)) => previous_seat(school, seat, index, report),
        };
        let coach = match &row.coach {
            None => Part::Absent,
            Some(coach) => index.coaches.seek(coach, "coach", "deze afspraak kan niet blijven", report).map_or(Part::Gone, Part::Known),
        };
        if let (true, Some(candidate)) = (new, candidate) {
            candidates[candidate.position()].previous = Some(Previous { seat, coach, status: row.status });
        }
    }
}

fn previous_seat(school: &Placed, seat: &Placed, index: &Index, report: &Report) -> Part<loket_solver::matching::facts::ids::SeatId> {
    let effect = "deze afspraak kan niet blijven";
    let Some(at) = index.schools.seek(school, "school", effect, report) else {
        return Part::Gone;
    };
    let found = index.seat_at(at, &seat.text);
    if found.is_none() {
        let text = format!("school {} heeft geen plek \"{}\"; {effect}", show_id(&school.text), show_id(&seat.text));
        report.notice(&seat.spot, text);
    }
    found.map_or(Part::Gone, Part::Known)
}

/// Whether a named seat group does not exist: at the school that is named, or at any when none is. When the named school itself is
/// unknown that is reported already.
fn seat_missing(seat: &Placed, school_named: bool, school: Option<SchoolId>, index: &Index) -> bool {
    match (school_named, school) {
        (true, Some(school)) => index.seat_missing_at(school, &seat.text),
        (true, None) => false,
        (false, _) => index.seat_missing(&seat.text),
    }
}
