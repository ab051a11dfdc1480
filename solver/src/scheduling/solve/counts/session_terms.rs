//! What the columns of interviews by counts are worth in each term; columns that a term needs of its own are added.

use std::collections::BTreeMap;

use crate::scheduling::facts::codes::TermCode;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Seat;
use crate::scheduling::facts::roster::Previous;
use crate::scheduling::solve::builder::Entries;

use super::flows::{self, fits, wish};
use super::sessions::{Sessions, Slot};

/// The columns of a term with their points; `None` for a term that interviews do not have.
pub(super) fn of(model: &mut Sessions<'_>, term: TermCode) -> Option<Entries> {
    use TermCode::*;
    let roster = model.roster;
    let weight = |entry: &Previous| roster.policy.keep_weight(entry.status);
    Some(match term {
        Gepland => per_member(model, |_, _, _| 1),
        Wachttijd => per_member(model, |_, unit, _| i64::from(roster.units[unit].waited).min(9)),
        Snel => per_member(model, |_, unit, slot| i64::from(roster.units[unit].registered.0) - i64::from(slot.moment.day.0)),
        Voorkeur => per_member(model, |_, unit, slot| {
            let wish = roster.units[unit].preference;
            100 * i64::from(slot.moment.code().is_some_and(|code| wish.has(code)))
        }),
        Ongewijzigd => per_member(model, |model, unit, slot| kept(model, unit, slot, &|_| 1)),
        Afspraak => per_member(model, |model, unit, slot| kept(model, unit, slot, &weight)),
        OngewijzigdMoment | AfspraakMoment => Entries::new(),
        OngewijzigdPersoon => coach_kept(model, &|_| 1),
        AfspraakPersoon => coach_kept(model, &weight),
        Coachwens => {
            flows::add(model);
            meetings(model).into_iter().map(|(unit, seat, column)| (column, wish(roster, unit, seat.person))).collect()
        }
        Gids => guides(model),
        Dagdelen => model.slots.iter().flat_map(|slot| slot.seats.iter().map(|&(_, column)| (column, -1))).collect(),
        Belasting => load(model),
        Komdagen => days(model),
        Besturen => boards(model),
        _ => return None,
    })
}

fn per_member(model: &Sessions<'_>, points: impl Fn(&Sessions<'_>, UnitId, &Slot) -> i64) -> Entries {
    let of = |slot| move |&(unit, column): &(UnitId, usize)| (slot, unit, column);
    let all = model.slots.iter().flat_map(|slot| slot.members.iter().map(of(slot)));
    all.map(|(slot, unit, column)| (column, points(model, unit, slot))).collect()
}

/// Points of the entries of which somebody keeps half-day and location in a slot.
fn kept(model: &Sessions<'_>, unit: UnitId, slot: &Slot, points: &dyn Fn(&Previous) -> i64) -> i64 {
    let here = |entry: &&Previous| {
        let location = entry.location.known();
        entry.moment == Some(slot.moment) && location.is_some_and(|location| model.halls[slot.hall].locations.contains(&location))
    };
    model.roster.units[unit].previous.iter().filter(here).map(points).sum()
}

fn coach_kept(model: &mut Sessions<'_>, points: &dyn Fn(&Previous) -> i64) -> Entries {
    flows::keep(model);
    let kept = model.flow.iter().flat_map(|flow| flow.kept.iter().flatten());
    let worth = |unit, coach| {
        let entries = model.roster.units[unit].previous.iter();
        entries.filter(|entry| entry.people.contains(&coach)).map(points).sum()
    };
    kept.map(|&(unit, coach, column)| (column, worth(unit, coach))).collect()
}

/// Every column of meetings, with a candidate of the class and the coach.
fn meetings(model: &Sessions<'_>) -> Vec<(UnitId, Seat, usize)> {
    let Some(flow) = &model.flow else { return Vec::new() };
    let mut example: BTreeMap<usize, UnitId> = BTreeMap::new();
    flow.class.pairs().for_each(|(unit, &class)| {
        example.entry(class).or_insert(unit);
    });
    let role = model.interviews.coach;
    let of = |&(class, person, column): &(usize, _, usize)| Some((*example.get(&class)?, Seat { role, person }, column));
    flow.meets.iter().flatten().filter_map(of).collect()
}

fn guides(model: &mut Sessions<'_>) -> Entries {
    flows::add(model);
    let roster = model.roster;
    let mut met: BTreeMap<_, Entries> = BTreeMap::new();
    for (unit, seat, column) in meetings(model) {
        if fits(roster, unit, seat.person) {
            met.entry(seat.person).or_default().push((column, 1));
        }
    }
    let with_room = met.into_iter().filter(|(coach, _)| roster.people[*coach].room > 0);
    with_room.map(|(coach, met)| (model.builder.least(roster.people[coach].room.into(), vec![met]), 100)).collect()
}

/// The columns that say where somebody sits.
fn seats_of(model: &Sessions<'_>, is: impl Fn(Seat) -> bool) -> Vec<usize> {
    model.slots.iter().flat_map(|slot| &slot.seats).filter(|(seat, _)| is(*seat)).map(|&(_, column)| column).collect()
}

fn load(model: &mut Sessions<'_>) -> Entries {
    let roster = model.roster;
    let mut entries = Entries::new();
    for (person, row) in roster.people.pairs() {
        let seats = seats_of(model, |seat| seat.person == person);
        let running = i64::from(row.running);
        let full = (running + row.maximum.map_or(0, i64::from)).max(1);
        let most = row.maximum.map_or(seats.len(), |maximum| seats.len().min(maximum as usize));
        // ⌈a / b⌉ = ⌊(a + b − 1) / b⌋ for positive b.
        entries.extend(model.builder.stair(&seats, most, |nth| -((100 * (running + nth) + full - 1) / full)));
    }
    entries
}

/// One column for each person and date, 1 when he sits then.
fn days(model: &mut Sessions<'_>) -> Entries {
    // Of one half-day a person has one seat at most, so all of them count together.
    let mut there: BTreeMap<_, BTreeMap<_, Entries>> = BTreeMap::new();
    for slot in &model.slots {
        for &(seat, column) in &slot.seats {
            there.entry((seat.person, slot.moment.day)).or_default().entry(slot.moment).or_default().push((column, 1));
        }
    }
    there.into_values().map(|half_days| (model.builder.largest(1, half_days.into_values().collect()), -1)).collect()
}

fn boards(model: &mut Sessions<'_>) -> Entries {
    let (roster, interviews) = (model.roster, model.interviews);
    let mut entries = Entries::new();
    for (board, &share) in &interviews.shares {
        let of_board = |seat: Seat| Some(seat.role) == interviews.hr && roster.people[seat.person].board.as_ref() == Some(board);
        let seats = seats_of(model, of_board);
        let most: i64 = roster
            .people
            .iter()
            .filter(|row| row.board.as_ref() == Some(board))
            .map(|row| row.maximum.map_or(seats.len() as i64, i64::from))
            .sum();
        let share = i64::from(share.max(1));
        let most = seats.len().min(usize::try_from(most).unwrap_or(0));
        entries.extend(model.builder.stair(&seats, most, |nth| -((100 * nth + share - 1) / share)));
    }
    entries
}
