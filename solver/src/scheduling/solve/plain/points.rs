//! What each column of interviews, peer groups and courses counts for in a term; columns that a term needs of its own are added.

use std::collections::{BTreeMap, BTreeSet};

use crate::scheduling::facts::codes::{Kind, TermCode};
use crate::scheduling::facts::ids::{PersonId, UnitId};
use crate::scheduling::facts::plan::{Seat, When};
use crate::scheduling::facts::roster::{Previous, Roster};

use super::blocks::Blocks;
use crate::scheduling::solve::builder::Entries;
use crate::scheduling::solve::staffing::Way;

/// The columns of a term with their points.
pub(super) fn of(model: &mut Blocks<'_>, term: TermCode) -> Entries {
    use TermCode::*;
    match term {
        Gepland => per_member(model, |_, _, _| 1),
        Voorkeur => per_member(model, preference),
        Wachttijd => per_member(model, |roster, unit, _| i64::from(roster.units[unit].waited).min(9)),
        Snel => per_member(model, |roster, unit, way| {
            way.moments.iter().map(|moment| i64::from(roster.units[unit].registered.0 - moment.day.0)).sum()
        }),
        Coachwens => wishes(model),
        Aanwezig => per_member(model, |roster, unit, way| {
            let own = &roster.units[unit].availability;
            way.moments.iter().map(|&moment| -i64::from(!own.at(&roster.calendar, moment))).sum()
        }),
        Reistijd => per_member(model, travel),
        Leervraag => per_member(model, question),
        Ongewijzigd => main(model, |_, _| 1),
        Afspraak => main(model, weight),
        OngewijzigdMoment => part(model, same_moment, |_, _| 1),
        AfspraakMoment => part(model, same_moment, weight),
        OngewijzigdPersoon => person_kept(model, |_, _| 1),
        AfspraakPersoon => person_kept(model, weight),
        Belasting => load(model),
        Gids => guides(model),
        Dagdelen => per_seat(model, |_, _, _| -1),
        Komdagen => days(model),
        Besturen => boards(model),
        Botsing => clashes(model),
        MixBestuur => mixed(model, |roster, unit| roster.units[unit].board.clone()),
        MixBouw => mixed(model, |roster, unit| roster.units[unit].bouw),
        Grootte => size(model),
        Groepen | Aanbod => per_way(model, |_, _| -1),
        Kosten => per_seat(model, |model, at, seat| -(model.minutes(at) * i64::from(model.roster.people[seat.person].rate_cents) / 60)),
        Scholen => schools(model),
        Saldo => balance(model),
        // Terms of visits.
        Gat | Landing | Weekspreiding => Entries::new(),
    }
}

fn per_way(model: &Blocks<'_>, points: impl Fn(&Blocks<'_>, usize) -> i64) -> Entries {
    model.runs.iter().enumerate().map(|(at, &run)| (run, points(model, at))).collect()
}

fn per_seat(model: &Blocks<'_>, points: impl Fn(&Blocks<'_>, usize, Seat) -> i64) -> Entries {
    let of = |(at, seats): (usize, &Vec<(Seat, usize)>)| -> Entries {
        seats.iter().map(|&(seat, column)| (column, points(model, at, seat))).collect()
    };
    model.seats.iter().enumerate().flat_map(of).collect()
}

fn per_member(model: &Blocks<'_>, points: impl Fn(&Roster, UnitId, &Way) -> i64) -> Entries {
    let of = |(way, members): (&Way, &Vec<(UnitId, usize)>)| -> Entries {
        members.iter().map(|&(unit, column)| (column, points(model.roster, unit, way))).collect()
    };
    model.ways.iter().zip(&model.members).flat_map(of).collect()
}

fn preference(roster: &Roster, unit: UnitId, way: &Way) -> i64 {
    let wish = roster.units[unit].preference;
    let wished = way.moments.iter().all(|moment| moment.code().is_some_and(|code| wish.has(code)));
    100 * i64::from(wished && !wish.is_empty())
}

/// Points of the wishes of a session's members, for each coach who can have it: no more than those, and none without that coach.
fn wishes(model: &mut Blocks<'_>) -> Entries {
    let roster = model.roster;
    let wish = |unit: UnitId, coach: PersonId| -> i64 {
        let wishes = &roster.units[unit].coach_wishes;
        let tags: BTreeSet<&String> = roster.people[coach].tags.iter().collect();
        let met = wishes.iter().filter(|wish| tags.contains(wish)).count();
        if wishes.is_empty() { 0 } else { (100 * met / wishes.len()) as i64 }
    };
    with_coach(model, wish)
}

/// One column for each session and each coach it can have, of at most Σ worth of its members and 0 without that coach: it counts for 1.
fn with_coach(model: &mut Blocks<'_>, worth: impl Fn(UnitId, PersonId) -> i64) -> Entries {
    let roster = model.roster;
    let Some(interviews) = roster.interviews() else { return Entries::new() };
    let mut entries = Entries::new();
    for at in 0..model.ways.len() {
        let coaches: Vec<(Seat, usize)> = model.seats[at].iter().filter(|(seat, _)| seat.role == interviews.coach).copied().collect();
        for (seat, sits) in coaches {
            let members = model.members[at].iter().map(|&(unit, column)| (column, worth(unit, seat.person)));
            let members: Entries = members.filter(|&(_, worth)| worth > 0).collect();
            let best = members.iter().map(|&(_, worth)| worth).max().unwrap_or(0);
            let most = best * i64::from(interviews.most).min(members.len() as i64);
            if most > 0 {
                entries.push((model.builder.least(most, vec![vec![(sits, most)], members]), 1));
            }
        }
    }
    entries
}

fn travel(roster: &Roster, unit: UnitId, way: &Way) -> i64 {
    let minutes = roster.groups().zip(way.place.location).map(|(groups, location)| i64::from(groups.travel[unit][location]));
    minutes.map_or(0, |minutes| (100 - (100 * minutes).div_euclid(60)).max(0))
}

fn question(roster: &Roster, unit: UnitId, way: &Way) -> i64 {
    let Some((courses, offer)) = roster.courses().zip(way.place.offer(roster)) else { return 0 };
    let rank = roster.units[unit].questions.iter().position(|asked| courses.offers[offer].themes.contains(asked));
    rank.and_then(|rank| courses.question_points.get(rank).or(courses.question_points.last())).copied().unwrap_or(0)
}

fn weight(roster: &Roster, entry: &Previous) -> i64 {
    roster.policy.keep_weights[entry.status as usize]
}

fn same_moment(roster: &Roster, entry: &Previous, way: &Way) -> bool {
    let series = match way.place.when {
        When::Series(series) => Some(roster.series[series].id.as_str()),
        When::At(_) => None,
    };
    let named = entry.series.is_some() && entry.series.as_deref() == series;
    match roster.kind() {
        Kind::PeerGroups => {
            let there = entry.location.known().is_some() && entry.location.known() == way.place.location;
            (named || entry.series.is_none()) && (there || !entry.location.named()) && (named || there)
        }
        Kind::Courses => named && entry.offer.known().is_some() && entry.offer.known() == way.place.offer(roster),
        Kind::Interviews | Kind::Visits => false,
    }
}

/// Whose part it is to keep: somebody the entry names, of interviews as the coach.
fn counts(roster: &Roster, entry: &Previous, seat: Seat) -> bool {
    entry.people.contains(&seat.person) && roster.interviews().is_none_or(|it| seat.role == it.coach)
}

/// The person part: the member sits where somebody the entry names is on the staff.
fn person_kept(model: &mut Blocks<'_>, points: fn(&Roster, &Previous) -> i64) -> Entries {
    let roster = model.roster;
    let mut entries = Entries::new();
    for at in 0..model.ways.len() {
        for (unit, member) in model.members[at].clone() {
            for entry in &roster.units[unit].previous {
                let there: Entries =
                    model.seats[at].iter().filter(|(seat, _)| counts(roster, entry, *seat)).map(|&(_, column)| (column, 1)).collect();
                if !there.is_empty() {
                    let kept = model.builder.least(1, vec![vec![(member, 1)], there]);
                    entries.push((kept, points(roster, entry)));
                }
            }
        }
    }
    entries
}

fn same_main(roster: &Roster, entry: &Previous, way: &Way) -> bool {
    match roster.kind() {
        Kind::Interviews => {
            entry.moment == way.moments.first().copied() && entry.location.known().is_some_and(|it| Some(it) == way.place.location)
        }
        Kind::Courses => entry.offer.known().is_some_and(|it| Some(it) == way.place.offer(roster)),
        Kind::PeerGroups | Kind::Visits => false,
    }
}

fn part(model: &Blocks<'_>, same: fn(&Roster, &Previous, &Way) -> bool, points: fn(&Roster, &Previous) -> i64) -> Entries {
    per_member(model, |roster, unit, way| {
        let kept = roster.units[unit].previous.iter().filter(|entry| same(roster, entry, way));
        kept.map(|entry| points(roster, entry)).sum()
    })
}

/// The main part: of peer groups a member of a block that goes on as the entry's group.
fn main(model: &mut Blocks<'_>, points: fn(&Roster, &Previous) -> i64) -> Entries {
    let mut entries = part(model, same_main, points);
    let Some(groups) = model.roster.groups() else { return entries };
    let named = model.naming().to_vec();
    for (way, name, name_column) in named {
        for &(unit, member) in &model.members[way].clone() {
            for entry in &model.roster.units[unit].previous {
                if entry.group.as_ref() == Some(&groups.names[name]) {
                    let kept = model.builder.least(1, vec![vec![(member, 1)], vec![(name_column, 1)]]);
                    entries.push((kept, points(model.roster, entry)));
                }
            }
        }
    }
    entries
}

/// One column for each entry, of which Σ is at most the number that is kept; for the rule that counts changes.
pub(super) fn kept(model: &mut Blocks<'_>) -> Entries {
    main(model, |_, _| 1)
}

/// The columns that say where somebody sits.
fn seats_of(model: &Blocks<'_>, is: impl Fn(Seat) -> bool) -> Vec<usize> {
    model.seats.iter().flatten().filter(|(seat, _)| is(*seat)).map(|&(_, column)| column).collect()
}

fn load(model: &mut Blocks<'_>) -> Entries {
    let roster = model.roster;
    let mut entries = Entries::new();
    for (person, row) in roster.people.pairs() {
        let seats = seats_of(model, |seat| seat.person == person);
        let running = u64::from(row.running);
        let full = (running + u64::from(row.maximum.unwrap_or(0))).max(1);
        let step = |nth: i64| -((100 * (running + nth.unsigned_abs())).div_ceil(full) as i64);
        // More blocks than the maximum there cannot be; where that rule is left out, no goal is asked.
        let most = row.maximum.map_or(seats.len(), |maximum| seats.len().min(maximum as usize));
        entries.extend(model.builder.stair(&seats, most, step));
    }
    entries
}

fn guides(model: &mut Blocks<'_>) -> Entries {
    let roster = model.roster;
    let fits = |unit: UnitId, coach: PersonId| -> i64 {
        let tags = &roster.people[coach].tags;
        i64::from(roster.units[unit].coach_needs.iter().all(|need| tags.contains(need)))
    };
    let mut entries = Entries::new();
    for (coach, row) in roster.people.pairs().filter(|(_, row)| row.room > 0) {
        let interviews = with_coach(model, |unit, person| if person == coach { fits(unit, coach) } else { 0 });
        if !interviews.is_empty() {
            entries.push((model.builder.least(row.room.into(), vec![interviews]), 100));
        }
    }
    entries
}

fn days(model: &mut Blocks<'_>) -> Entries {
    let mut there: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (way, seats) in model.ways.iter().zip(&model.seats) {
        for &(seat, column) in seats {
            for moment in &way.moments {
                there.entry((seat.person, moment.day)).or_default().push(column);
            }
        }
    }
    let mut entries = Entries::new();
    for seats in there.into_values() {
        let comes = model.builder.largest(1, seats.into_iter().map(|seat| vec![(seat, 1)]).collect());
        entries.push((comes, -1));
    }
    entries
}

fn boards(model: &mut Blocks<'_>) -> Entries {
    let roster = model.roster;
    let Some(interviews) = roster.interviews() else { return Entries::new() };
    let mut entries = Entries::new();
    for (board, &share) in &interviews.shares {
        let of_board = |seat: Seat| Some(seat.role) == interviews.hr && roster.people[seat.person].board.as_ref() == Some(board);
        let seats = seats_of(model, of_board);
        let share = i64::from(share);
        entries.extend(model.builder.stair(&seats, seats.len(), |nth| -((100 * nth + share - 1).div_euclid(share))));
    }
    entries
}

/// One column for each different label in each way, 1 at most when somebody with it is a member.
fn labels<L: Ord>(model: &mut Blocks<'_>, label: impl Fn(&Roster, UnitId) -> Option<L>) -> Vec<usize> {
    let mut made = Vec::new();
    for at in 0..model.ways.len() {
        let mut people: BTreeMap<L, Vec<usize>> = BTreeMap::new();
        for &(unit, column) in &model.members[at] {
            if let Some(label) = label(model.roster, unit) {
                people.entry(label).or_default().push(column);
            }
        }
        made.extend(people.into_values().map(|people| model.builder.any(&people)));
    }
    made
}

fn mixed<L: Ord>(model: &mut Blocks<'_>, label: impl Fn(&Roster, UnitId) -> Option<L>) -> Entries {
    labels(model, label).into_iter().map(|column| (column, 1)).collect()
}

fn clashes(model: &mut Blocks<'_>) -> Entries {
    let mut entries = per_member(model, |roster, unit, _| {
        let row = &roster.units[unit];
        -i64::from(row.school.is_some()) - i64::from(row.pair.is_some())
    });
    let schools = labels(model, |roster, unit| roster.units[unit].school.clone());
    let pairs = labels(model, |roster, unit| roster.units[unit].pair.clone());
    entries.extend(schools.into_iter().chain(pairs).map(|column| (column, 1)));
    entries
}

fn size(model: &mut Blocks<'_>) -> Entries {
    let Some(aim) = model.roster.groups().map(|groups| i64::from(groups.aim)) else { return Entries::new() };
    let mut entries = Entries::new();
    for at in 0..model.ways.len() {
        let members: Entries = model.members[at].iter().map(|&(_, column)| (column, 1)).collect();
        let run = model.runs[at];
        // Members − aim, and aim − members, of a group that is.
        let more = members.iter().copied().chain([(run, -aim)]).collect();
        let fewer = members.iter().map(|&(column, one)| (column, -one)).chain([(run, aim)]).collect();
        let off = model.builder.largest(aim.max(members.len() as i64), vec![more, fewer]);
        entries.push((off, -1));
    }
    entries
}

fn schools(model: &mut Blocks<'_>) -> Entries {
    let mut people: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &(unit, column) in model.members.iter().flatten() {
        if let Some(school) = &model.roster.units[unit].school {
            people.entry(school.clone()).or_default().push(column);
        }
    }
    people.into_values().map(|people| (model.builder.any(&people), 1)).collect()
}

fn balance(model: &Blocks<'_>) -> Entries {
    let Some(courses) = model.roster.courses() else { return Entries::new() };
    let mut entries = Entries::new();
    for ((way, &run), members) in model.ways.iter().zip(&model.runs).zip(&model.members) {
        if let Some(offer) = way.place.offer(model.roster).map(|offer| &courses.offers[offer]) {
            entries.push((run, offer.subsidy_cents - offer.fixed_cents));
            entries.extend(members.iter().map(|&(_, column)| (column, offer.fee_cents)));
        }
    }
    entries
}
