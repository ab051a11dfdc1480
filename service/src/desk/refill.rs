//! The file of a published wave before its rerun: with what other published waves leave of the register, so that a proposal that is made of
//! it fits when it is accepted.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;

use super::prefill::Sources;
use super::refresh::rows_now;
use super::room::Period;

/// The wave's own file, with the seats, candidates and hours that it may use: what is left beside the other waves, and never less than its
/// own plan uses. `from` holds the published placements of other waves only, and `period` begins on the day of the drop-out.
///
/// # Errors
/// When what was kept is no wave file or no outcome.
pub fn refilled(own: &[u8], outcome: &[u8], period: Period, from: &Sources) -> Result<Vec<u8>, Refusal> {
    let mut file = WaveFile::read(own)?;
    let outcome = read_outcome(outcome)?;
    let now = rows_now(&file, period, from, false);
    let (mut seats, mut schools, mut coaches) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for line in &outcome.placements {
        *seats.entry((line.school.as_str(), line.seat.as_str())).or_insert(0_u32) += 1;
        *schools.entry(line.school.as_str()).or_insert(0_u32) += 1;
        let (people, hours) = coaches.entry(line.coach.as_str()).or_insert((0_u32, 0_u32));
        (*people, *hours) = (*people + 1, hours.saturating_add(u32::try_from(line.hours).unwrap_or(0)));
    }
    let known = |id: &str| from.schools.iter().any(|it| it.id == id);
    for row in file.schools.iter_mut().filter(|row| known(&row.id)) {
        let Some(left) = now.schools.iter().find(|it| it.id == row.id) else { continue };
        for group in &mut row.seats {
            let here = left.seats.iter().find(|it| it.id() == group.id()).map_or(0, |it| it.count);
            group.count = here.max(seats.get(&(row.id.as_str(), group.id())).copied().unwrap_or(0));
        }
        row.maximum = left.maximum.map(|left| left.max(schools.get(row.id.as_str()).copied().unwrap_or(0)));
    }
    for row in &mut file.boards {
        let Some(left) = now.boards.iter().find(|it| it.id == row.id) else { continue };
        let own = file.schools.iter().filter(|school| school.board == row.id);
        let used: u32 = own.map(|school| schools.get(school.id.as_str()).copied().unwrap_or(0)).sum();
        row.maximum = left.maximum.map(|left| left.max(used));
    }
    for row in &mut file.coaches {
        let Some(left) = now.coaches.iter().find(|it| it.id == row.id) else { continue };
        let (people, hours) = coaches.get(row.id.as_str()).copied().unwrap_or_default();
        (row.maximum, row.hours) = (left.maximum.max(people), left.hours.max(hours));
    }
    Ok(file.write())
}
