//! What scarce seats and hours were worth in past waves, as prices to save them by: demand for each seat and hour, in exact fractions.

mod exact;

use std::collections::BTreeMap;

use crate::common::tables::Table;
use crate::matching::facts::hours;
use crate::matching::facts::ids::{CoachId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::policy::Saving;
use crate::matching::facts::wave::Wave;
use crate::matching::judge::Judge;

use exact::floor_of_parts;

/// The highest price.
const MOST: u32 = 1_000;

/// How often a share of one over so many (the key) is asked.
type Parts = BTreeMap<u64, u64>;

/// The prices of these waves: for a seat group the mean over the waves that have it (rounded half up) of min(1,000, ⌊100 · D / max(1, n)⌋),
/// D = Σ over the candidates who may be there of 1 / (seats that the candidate may have); for a coach the same with hours: D = Σ h / (coaches
/// that the candidate may have), h the fewest hours that the candidate would take there, and n the coach's hours. Of 0 it has none.
pub fn prices(waves: &[&Wave]) -> Saving {
    let mut seats: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
    let mut coaches: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for wave in waves {
        let demand = Demand::of(wave);
        for (seat, row) in wave.seats.pairs() {
            let name = (wave.school_of(seat).id.clone(), row.id.clone());
            seats.entry(name).or_default().push(price(&demand.seats[seat], row.count));
        }
        for (coach, row) in wave.coaches.pairs() {
            coaches.entry(row.id.clone()).or_default().push(price(&demand.coaches[coach], row.hours));
        }
    }
    let seats = seats.into_iter().map(|((school, seat), prices)| (school, seat, mean(&prices)));
    let coaches = coaches.into_iter().map(|(coach, prices)| (coach, mean(&prices)));
    Saving { seats: seats.filter(|it| it.2 > 0).collect(), coaches: coaches.filter(|it| it.1 > 0).collect() }
}

/// What is asked of every seat group and coach.
struct Demand {
    seats: Table<SeatId, Parts>,
    coaches: Table<CoachId, Parts>,
}

impl Demand {
    fn of(wave: &Wave) -> Self {
        let judge = Judge::new(wave);
        let mut demand =
            Self { seats: Table::filled(wave.seats.len(), Parts::new()), coaches: Table::filled(wave.coaches.len(), Parts::new()) };
        for candidate in wave.candidates.ids() {
            let mut seats: Vec<SeatId> = Vec::new();
            let mut coaches: BTreeMap<CoachId, u32> = BTreeMap::new();
            for seat in wave.seats.ids() {
                let allowed = |&coach: &CoachId| judge.allowed(candidate, Placement { seat, coach });
                let with: Vec<CoachId> = wave.coaches.ids().filter(allowed).collect();
                let asked = hours::hours(wave, candidate, wave.seats[seat].school);
                seats.extend((!with.is_empty()).then_some(seat));
                for coach in with {
                    coaches.entry(coach).and_modify(|fewest| *fewest = asked.min(*fewest)).or_insert(asked);
                }
            }
            let all: u64 = seats.iter().map(|&seat| u64::from(wave.seats[seat].count)).sum();
            for seat in seats {
                *demand.seats[seat].entry(all.max(1)).or_default() += 1;
            }
            let people = coaches.len() as u64;
            for (coach, asked) in coaches {
                *demand.coaches[coach].entry(people).or_default() += u64::from(asked);
            }
        }
        demand
    }
}

/// min(1,000, ⌊100 · Σ parts / max(1, room)⌋).
fn price(parts: &Parts, room: u32) -> u32 {
    let parts: Vec<(u64, u64)> = parts.iter().map(|(&over, &times)| (100 * times, over)).collect();
    floor_of_parts(&parts, u64::from(room.max(1)), MOST)
}

/// The mean, rounded half up.
fn mean(prices: &[u32]) -> u32 {
    let (sum, count) = (prices.iter().map(|&it| u64::from(it)).sum::<u64>(), prices.len().max(1) as u64);
    u32::try_from((2 * sum + count) / (2 * count)).unwrap_or(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_what_is_asked_of_each_seat_in_hundredths_and_never_more_than_the_most() {
        // Half a person, a third, and two of a sixth, for two seats: 7/6 of 100 over 2 is 58⅓.
        let parts = Parts::from([(2, 1), (3, 1), (6, 2)]);
        assert_eq!(price(&parts, 2), 58);
        assert_eq!(price(&parts, 0), 116);
        assert_eq!(price(&Parts::from([(1, 99)]), 1), 1_000);
        assert_eq!(price(&Parts::new(), 3), 0);
    }

    #[test]
    fn the_mean_is_rounded_half_up() {
        assert_eq!([mean(&[1, 2]), mean(&[1, 1, 2]), mean(&[7]), mean(&[0, 1])], [2, 1, 7, 1]);
    }
}
