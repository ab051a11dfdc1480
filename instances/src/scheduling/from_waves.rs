//! Fills a roster from waves that were solved: a participant of a peer group, or a placement that is visited, for each placed candidate.

use loket_solver::common::words::Bouw;
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::codes::Kind;

use crate::matching::outcome::{OutcomeFile, PlacementLine};
use crate::matching::wave_file::WaveFile;
use crate::scheduling::roster_file::RosterFile;
use crate::scheduling::rows::{ParticipantRow, PlacementRow, SchoolRow};

/// Why a roster cannot be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFilled {
    /// Interviews and courses are not about placements.
    Kind,
    /// Somebody is planned in it already.
    Full,
}

impl NotFilled {
    /// A Dutch sentence.
    pub fn says(self) -> &'static str {
        match self {
            Self::Kind => "Alleen roosters voor intervisie en bezoeken komen uit lichtingen.",
            Self::Full => "In dit rooster staan al deelnemers of plaatsingen; begin met lege lijsten.",
        }
    }
}

/// Whether a roster can be filled from waves.
///
/// # Errors
/// Why not.
pub fn can_fill(base: &RosterFile) -> Result<(), NotFilled> {
    if !matches!(base.kind, Kind::PeerGroups | Kind::Visits) {
        return Err(NotFilled::Kind);
    }
    let somebody = base.participants.iter().flatten().next().is_some() || base.placements.iter().flatten().next().is_some();
    if somebody { Err(NotFilled::Full) } else { Ok(()) }
}

/// Adds everybody whom an outcome of a wave places, with their schools where those are not there yet. `base` is one that [`can_fill`].
pub fn fill(base: &mut RosterFile, wave: &WaveFile, outcome: &OutcomeFile) {
    for line in &outcome.placements {
        let school = wave.schools.iter().find(|row| row.id == line.school);
        if base.kind == Kind::Visits {
            base.placements.get_or_insert_default().push(visited(wave, line));
        } else {
            base.participants.get_or_insert_default().push(peer(wave, line));
        }
        let schools = base.schools.get_or_insert_default();
        if let Some(row) = school.filter(|row| !schools.iter().any(|it| it.id == row.id)) {
            schools.push(SchoolRow {
                id: row.id.clone(),
                name: row.name.clone(),
                board: Some(row.board.clone()),
                lat: row.lat,
                lon: row.lon,
                ..SchoolRow::default()
            });
        }
    }
}

fn peer(wave: &WaveFile, line: &PlacementLine) -> ParticipantRow {
    let who = wave.candidates.iter().find(|row| row.id == line.candidate);
    let school = wave.schools.iter().find(|row| row.id == line.school);
    ParticipantRow {
        id: line.candidate.clone(),
        name: who.and_then(|row| row.name.clone()),
        school: Some(line.school.clone()),
        board: school.map(|row| row.board.clone()),
        bouw: Bouw::parse(&line.bouw),
        pair: Some(format!("{} {}", line.school, line.seat)),
        lat: who.and_then(|row| row.lat),
        lon: who.and_then(|row| row.lon),
        transport: who.and_then(|row| row.transport),
        ..ParticipantRow::default()
    }
}

fn visited(wave: &WaveFile, line: &PlacementLine) -> PlacementRow {
    let who = wave.candidates.iter().find(|row| row.id == line.candidate);
    PlacementRow {
        id: line.candidate.clone(),
        school: line.school.clone(),
        coach: line.coach.clone(),
        hours: u32::try_from(line.hours).ok(),
        half_days: who.and_then(|row| row.half_days.clone()),
        ..PlacementRow::default()
    }
}
