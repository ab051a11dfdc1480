//! The families of waves that are measured, each by seed; the same family, size and seed give the same bytes everywhere.

use loket_instances::generate::{Options, PhaseMix, Preset, generate};
use serde_json::{Value, json};

/// A kind of wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// A city wave of one phase: every placement takes the same hours.
    Amsterdam,
    /// The city with 15, 30 and 60 hours together, coaches with running candidates, and hours that bind.
    AmsterdamMixed,
    /// A region five times the city.
    Regio,
    /// The whole country in one wave.
    Land,
    /// The city again after its busiest coach dropped out, with the plan before as agreed.
    Rerun,
    /// One phase at any size, on the map that fits it: how cost grows.
    Growth,
}

/// Coach hours in the mixed family, percent of what the coaches' maxima need: enough to bind for some coaches and not for all.
const TIGHT: u32 = 75;

impl Family {
    /// Every family, in the order of tables.
    pub const ALL: [Family; 6] = [Family::Amsterdam, Family::AmsterdamMixed, Family::Rerun, Family::Regio, Family::Land, Family::Growth];

    /// Its name in tables and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Family::Amsterdam => "amsterdam",
            Family::AmsterdamMixed => "amsterdam-mixed",
            Family::Regio => "regio",
            Family::Land => "land",
            Family::Rerun => "rerun",
            Family::Growth => "growth",
        }
    }
    /// The family with this name.
    pub fn parse(code: &str) -> Result<Self, String> {
        let names: Vec<_> = Self::ALL.iter().map(|family| family.code()).collect();
        Self::ALL.into_iter().find(|family| family.code() == code).ok_or_else(|| format!("one of {}", names.join(", ")))
    }
    /// Candidates when no other number is asked for.
    pub fn candidates(self) -> usize {
        match self {
            Family::Amsterdam | Family::AmsterdamMixed | Family::Rerun | Family::Growth => 200,
            Family::Regio => 1000,
            Family::Land => 5000,
        }
    }
    /// Coaches per thousand candidates; the generator's own number for growth.
    fn coaches_per_thousand(self) -> Option<usize> {
        match self {
            Family::Amsterdam | Family::Land => Some(110),
            Family::AmsterdamMixed => Some(200),
            Family::Rerun => Some(115),
            Family::Regio => Some(120),
            Family::Growth => None,
        }
    }
    /// What to generate; for [`Family::Rerun`] the wave before the drop-out, of which [`without_busiest`] makes the rerun.
    pub fn options(self, candidates: usize, seed: u64) -> Options {
        let preset = match self {
            Family::Amsterdam | Family::AmsterdamMixed | Family::Rerun => Preset::Amsterdam,
            Family::Regio => Preset::Regio,
            Family::Land => Preset::Land,
            Family::Growth => match candidates {
                0..=200 => Preset::Amsterdam,
                201..=1000 => Preset::Regio,
                _ => Preset::Land,
            },
        };
        let mut options = Options::new(preset);
        options.seed = seed;
        options.candidates = Some(candidates);
        options.coaches = self.coaches_per_thousand().map(|coaches| (candidates * coaches).div_ceil(1000));
        if self == Family::Growth {
            options.schools = Some(candidates);
        }
        if self == Family::AmsterdamMixed {
            options.phases = PhaseMix::Mixed;
            options.tightness = TIGHT;
        }
        options
    }
    /// The wave file; for [`Family::Rerun`] see [`Family::options`].
    pub fn wave(self, candidates: usize, seed: u64) -> Value {
        generate(&self.options(candidates, seed))
    }
}

/// The wave after its busiest coach dropped out (of those with most placements, the first in the file): the outcome's placements
/// become the previous plan, with the status akkoord.
///
/// # Errors
/// Says what is missing when the outcome has no placements or the wave no coaches.
pub fn without_busiest(mut wave: Value, outcome: &Value) -> Result<Value, String> {
    let placements = outcome["plaatsingen"].as_array().filter(|rows| !rows.is_empty()).ok_or("the outcome has no placements")?;
    let coaches = wave["coaches"].as_array_mut().ok_or("the wave has no coaches")?;
    let load = |coach: &Value| placements.iter().filter(|row| row["coach"] == coach["id"]).count();
    let most = coaches.iter().map(load).max().unwrap_or(0);
    let busiest = coaches.iter().position(|coach| load(coach) == most).ok_or("the wave has no coaches")?;
    coaches.remove(busiest);
    let previous = placements.iter().map(|row| {
        json!({
            "kandidaat": row["kandidaat"], "school": row["school"], "plek": row["plek"], "coach": row["coach"], "status": "akkoord",
        })
    });
    wave["vorig_plan"] = previous.collect();
    Ok(wave)
}

#[cfg(test)]
mod tests {
    use super::*;
    use loket_instances::matching::read::read_wave;
    use loket_solver::matching::judge::keep::{Keepable, keepable};

    fn read(wave: &Value) -> loket_solver::matching::facts::wave::Wave {
        read_wave(wave.to_string().as_bytes()).expect("a generated wave is good").wave
    }

    #[test]
    fn every_family_gives_a_good_wave_of_the_size_asked_for() {
        for family in Family::ALL {
            let wave = read(&family.wave(40, 3));
            assert_eq!(wave.candidates.len(), 40, "{}", family.code());
            assert_eq!(Family::parse(family.code()), Ok(family));
        }
    }

    #[test]
    fn the_mixed_family_has_hours_of_every_kind_and_hours_that_bind_before_the_maximum_does() {
        let wave = read(&Family::AmsterdamMixed.wave(200, 1));
        let mut hours: Vec<u32> = wave.candidates.iter().map(|one| wave.policy.hours_of(one.phase)).collect();
        hours.sort();
        hours.dedup();
        assert_eq!(hours, [15, 30, 60]);
        assert!(wave.coaches.iter().any(|coach| coach.running > 0));
        assert!(wave.coaches.iter().any(|coach| coach.hours < 60 * coach.maximum));
    }

    #[test]
    fn a_rerun_misses_the_busiest_coach_whose_candidates_can_keep_their_school() {
        let before = Family::Rerun.wave(20, 1);
        let wave = read(&before);
        let solved = loket_solver::matching::solve::solve(&wave, &Default::default(), &loket_solver::common::control::Unhurried);
        let plan = solved.plan.expect("a wave without locks has a plan");
        let placements: Vec<Value> = plan
            .pairs()
            .filter_map(|(candidate, placement)| placement.map(|placement| (candidate, placement)))
            .map(|(candidate, placement)| {
                json!({
                    "kandidaat": wave.candidates[candidate].id, "school": wave.school_of(placement.seat).id,
                    "plek": wave.seats[placement.seat].id, "coach": wave.coaches[placement.coach].id,
                })
            })
            .collect();
        let placed = placements.len();
        let after = read(&without_busiest(before, &json!({ "plaatsingen": placements })).expect("there are placements"));
        assert_eq!(after.coaches.len() + 1, wave.coaches.len());
        let kept = |kind| after.candidates.ids().filter(|&candidate| keepable(&after, candidate) == kind).count();
        let lost = placed - kept(Keepable::Both);
        let most = wave.coaches.ids().map(|coach| plan.iter().flatten().filter(|one| one.coach == coach).count()).max();
        assert_eq!(Some(lost), most, "only those of one coach lose anything, and it is the busiest");
        assert!(without_busiest(json!({ "coaches": [] }), &json!({ "plaatsingen": [] })).is_err());
    }
}
