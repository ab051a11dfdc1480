//! What people type about a wave: ids of candidates, coaches and seat groups, and spots such as `Z1=21QZ00:onderbouw:K1`.

use loket_solver::matching::ask::explain::change::Spot;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::rules;

/// The row with this id; else, in Dutch, that there is none.
fn row<'a, I>(mut rows: impl Iterator<Item = (I, &'a String)>, id: &str, kind: &str) -> Result<I, String> {
    let found = rows.find(|(_, it)| *it == id).map(|(row, _)| row);
    found.ok_or_else(|| format!("{kind} {id} staat niet in de lichting."))
}

/// The candidate with this id.
///
/// # Errors
/// Dutch, when there is none.
pub fn candidate(wave: &Wave, id: &str) -> Result<CandidateId, String> {
    row(wave.candidates.pairs().map(|(row, it)| (row, &it.id)), id, "Kandidaat")
}

/// The coach with this id.
///
/// # Errors
/// Dutch, when there is none.
pub fn coach(wave: &Wave, id: &str) -> Result<CoachId, String> {
    row(wave.coaches.pairs().map(|(row, it)| (row, &it.id)), id, "Coach")
}

/// The board with this id.
///
/// # Errors
/// Dutch, when there is none.
pub fn board(wave: &Wave, id: &str) -> Result<BoardId, String> {
    row(wave.boards.pairs().map(|(row, it)| (row, &it.id)), id, "Bestuur")
}

/// The school with this id.
///
/// # Errors
/// Dutch, when there is none.
pub fn school(wave: &Wave, id: &str) -> Result<SchoolId, String> {
    row(wave.schools.pairs().map(|(row, it)| (row, &it.id)), id, "School")
}

/// The seat group with this id at this school.
///
/// # Errors
/// Dutch, when there is none; names the ones there are.
pub fn seat(wave: &Wave, at: &str, id: &str) -> Result<SeatId, String> {
    let seats = &wave.schools[school(wave, at)?].seats;
    seats.iter().copied().find(|&seat| wave.seats[seat].id == id).ok_or_else(|| {
        let there: Vec<&str> = seats.iter().map(|&seat| wave.seats[seat].id.as_str()).collect();
        format!("School {at} heeft geen plek {id}; wel: {}.", there.join(", "))
    })
}

/// A pair rule that may be overruled for a forced placement.
///
/// # Errors
/// Dutch, when there is no such rule; names the ones there are.
pub fn overrulable(code: &str) -> Result<RuleCode, String> {
    let (word, code) = (code.trim(), RuleCode::parse(code.trim()));
    code.filter(|code| code.rule().overrulable).ok_or_else(|| {
        let which = if code.is_some() { "geldt altijd" } else { "is geen regel" };
        let rules: Vec<&str> = rules::overrulable().map(RuleCode::code).collect();
        format!("{word} {which}. Bij --ondanks kan: {}.", rules.join(", "))
    })
}

/// `SCHOOL:PLEK:COACH`, of which every part may be left out or empty.
///
/// # Errors
/// Dutch, when a part is unknown or there are too many.
pub fn spot(wave: &Wave, text: &str) -> Result<Spot, String> {
    let parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 3 {
        return Err(format!("{text} heeft te veel delen; bedoeld is SCHOOL:PLEK:COACH."));
    }
    let part = |at: usize| parts.get(at).copied().filter(|it| !it.is_empty());
    let seat = match (part(0), part(1)) {
        (Some(at), Some(id)) => Some(seat(wave, at, id)?),
        (None, Some(id)) => return Err(format!("Bij plek {id} hoort een school: SCHOOL:{id}.")),
        _ => None,
    };
    Ok(Spot { school: part(0).map(|id| school(wave, id)).transpose()?, seat, coach: part(2).map(|id| coach(wave, id)).transpose()? })
}

/// `Z1=SCHOOL:PLEK:COACH`; the candidate alone is "anywhere". An id may hold "=": the longest known one in front counts.
///
/// # Errors
/// Dutch, when a part is unknown.
pub fn choice(wave: &Wave, text: &str) -> Result<(CandidateId, Spot), String> {
    let whole = candidate(wave, text).map(|it| (it, Spot::default()));
    if whole.is_ok() {
        return whole;
    }
    let found = text.rmatch_indices('=').find_map(|(at, _)| Some((candidate(wave, &text[..at]).ok()?, &text[at + 1..])));
    match found {
        Some((candidate, rest)) => Ok((candidate, spot(wave, rest)?)),
        None => Err(format!("{text} begint niet met een kandidaat uit de lichting; bedoeld is bijvoorbeeld Z1=SCHOOL:PLEK:COACH.")),
    }
}
