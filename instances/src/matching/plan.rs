//! The plan in an outcome file, in the numbers of its wave.

use std::collections::HashMap;

use loket_solver::matching::facts::plan::{self, Placement, Plan};
use loket_solver::matching::facts::wave::Wave;

use crate::matching::outcome::OutcomeFile;

/// The plan of an outcome file.
///
/// # Errors
/// Every placement that names something that the wave does not have, or somebody twice, as Dutch sentences.
pub fn plan_of(wave: &Wave, outcome: &OutcomeFile) -> Result<Plan, Vec<String>> {
    let people: HashMap<&str, _> = wave.candidates.pairs().map(|(id, it)| (it.id.as_str(), id)).collect();
    let coaches: HashMap<&str, _> = wave.coaches.pairs().map(|(id, it)| (it.id.as_str(), id)).collect();
    let seats: HashMap<(&str, &str), _> =
        wave.seats.pairs().map(|(id, it)| ((wave.schools[it.school].id.as_str(), it.id.as_str()), id)).collect();
    let mut plan = plan::empty(wave);
    let mut wrong = Vec::new();
    for line in &outcome.placements {
        let Some(&candidate) = people.get(line.candidate.as_str()) else {
            wrong.push(format!("kandidaat {} staat niet in de lichting", line.candidate));
            continue;
        };
        let seat = seats.get(&(line.school.as_str(), line.seat.as_str()));
        let coach = coaches.get(line.coach.as_str());
        if seat.is_none() {
            wrong.push(format!("plek {} van school {} staat niet in de lichting", line.seat, line.school));
        }
        if coach.is_none() {
            wrong.push(format!("coach {} staat niet in de lichting", line.coach));
        }
        if let (Some(&seat), Some(&coach)) = (seat, coach)
            && plan[candidate].replace(Placement { seat, coach }).is_some()
        {
            wrong.push(format!("kandidaat {} is twee keer geplaatst", line.candidate));
        }
    }
    if wrong.is_empty() { Ok(plan) } else { Err(wrong) }
}
