//! Puts travel times of a route planner into a wave.

use std::collections::{BTreeMap, BTreeSet};

use super::roads::{FARTHEST, Road};
use crate::matching::rows::TravelRow;
use crate::matching::wave_file::WaveFile;

/// What became of travel times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Times that the wave did not have.
    pub new: usize,
    /// Times that became another.
    pub changed: usize,
    /// Times that the wave had already.
    pub same: usize,
    /// Pairs without a way, of all that were put: they stand there as 100,000 minutes.
    pub unreachable: usize,
    /// Ids that are no traveller of the wave, with how many times each was named.
    pub unknown_from: BTreeMap<String, usize>,
    /// Ids that are no school of the wave, with how many times each was named.
    pub unknown_to: BTreeMap<String, usize>,
    /// Pairs of a traveller and a school of the wave that have no time after this.
    pub without: usize,
}

/// Puts these times into `reistijden`: of candidates and coaches to schools, by id. Others are counted and left out.
pub fn fill(wave: &mut WaveFile, roads: &[Road]) -> Filled {
    let travellers: BTreeSet<&str> =
        wave.candidates.iter().map(|it| it.id.as_str()).chain(wave.coaches.iter().map(|it| it.id.as_str())).collect();
    let schools: BTreeSet<&str> = wave.schools.iter().map(|it| it.id.as_str()).collect();
    let mut rows = wave.travel.clone().unwrap_or_default();
    let mut at: BTreeMap<(String, String), usize> =
        rows.iter().enumerate().map(|(at, row)| ((row.from.clone(), row.to.clone()), at)).collect();
    let mut filled = Filled::default();
    for road in roads {
        let (from, to) = (travellers.contains(road.from.as_str()), schools.contains(road.to.as_str()));
        if !from {
            *filled.unknown_from.entry(road.from.clone()).or_default() += 1;
        }
        if !to {
            *filled.unknown_to.entry(road.to.clone()).or_default() += 1;
        }
        if !from || !to {
            continue;
        }
        filled.unreachable += usize::from(road.minutes.is_none());
        let minutes = road.minutes.unwrap_or(FARTHEST);
        match at.get(&(road.from.clone(), road.to.clone())) {
            Some(&at) if rows[at].minutes == minutes => filled.same += 1,
            Some(&at) => {
                rows[at].minutes = minutes;
                filled.changed += 1;
            }
            None => {
                at.insert((road.from.clone(), road.to.clone()), rows.len());
                rows.push(TravelRow { from: road.from.clone(), to: road.to.clone(), minutes, note: None });
                filled.new += 1;
            }
        }
    }
    let told = |(from, to): &(String, String)| travellers.contains(from.as_str()) && schools.contains(to.as_str());
    filled.without = travellers.len() * schools.len() - at.keys().filter(|it| told(it)).count();
    wave.travel = if rows.is_empty() { wave.travel.take() } else { Some(rows) };
    filled
}
