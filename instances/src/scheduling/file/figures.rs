//! The key figures of an outcome: counts, and per kind of roster what docs/scheduling.md says is reported.

use std::collections::{BTreeMap, BTreeSet};

use loket_solver::scheduling::facts::codes::TermCode;
use loket_solver::scheduling::facts::ids::{OfferId, PersonId, UnitId};
use loket_solver::scheduling::facts::outcome::Outcome;
use loket_solver::scheduling::facts::plan::{Block, Plan, places};
use loket_solver::scheduling::facts::problem::{Courses, Interviews, Offer, PeerGroups, Visits};
use loket_solver::scheduling::facts::roster::Roster;
use loket_solver::scheduling::judge::{self, Judge, ways, weeks};
use serde_json::{Map, Value, json};

/// Every figure; of an outcome without a plan the counts of an empty one.
pub(crate) fn of(roster: &Roster, outcome: &Outcome) -> Map<String, Value> {
    let nothing = Plan::default();
    let plan = outcome.plan.as_ref().unwrap_or(&nothing);
    let units: i64 = match roster.visits() {
        Some(visits) => visits.placements.iter().map(|placement| i64::from(placement.wanted)).sum(),
        None => count(roster.units.len()),
    };
    let changes = Judge::new(roster).changes(plan);
    let (changed, forced) = if outcome.plan.is_some() { (changes.changed.len(), changes.forced.len()) } else { (0, 0) };
    let mut figures = Map::new();
    let mut put = |key: &str, value: Value| figures.insert(key.into(), value);
    put("eenheden", units.into());
    put("gepland", count(plan.blocks.iter().map(|block| block.members.len()).sum()).into());
    put("blokken", count(plan.blocks.len()).into());
    put("gewijzigd", count(changed).into());
    put("gedwongen", count(forced).into());
    if let Some(least) = &outcome.least_changes {
        put("minste_wijzigingen", json!(least));
    }
    let own = match (roster.interviews(), roster.groups(), roster.visits(), roster.courses()) {
        (Some(interviews), ..) => of_interviews(roster, interviews, plan),
        (_, Some(groups), ..) => of_groups(roster, groups, plan),
        (_, _, Some(visits), _) => of_visits(roster, visits, plan),
        (.., Some(courses)) => of_courses(roster, courses, plan),
        _ => Vec::new(),
    };
    for (key, value) in own {
        put(key, value);
    }
    figures
}

type Figures = Vec<(&'static str, Value)>;

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The blocks of everybody who is on some staff, by person.
fn staffed<'a>(plan: &'a Plan) -> BTreeMap<PersonId, Vec<&'a Block>> {
    let mut found: BTreeMap<PersonId, Vec<&'a Block>> = BTreeMap::new();
    for block in &plan.blocks {
        for seat in &block.staff {
            found.entry(seat.person).or_default().push(block);
        }
    }
    found
}

fn of_interviews(roster: &Roster, interviews: &Interviews, plan: &Plan) -> Figures {
    let waited = |block: &Block, unit: UnitId| {
        block.place.moment().map_or(0, |moment| i64::from(moment.day.0) - i64::from(roster.units[unit].registered.0))
    };
    let days: Vec<i64> = plan.blocks.iter().flat_map(|block| block.members.iter().map(move |&unit| waited(block, unit))).collect();
    let number = count(days.len());
    let mean = if number == 0 { 0 } else { (2 * days.iter().sum::<i64>() + number).div_euclid(2 * number) };
    let people = staffed(plan).into_iter().map(|(person, blocks)| {
        let dates: BTreeSet<_> = blocks.iter().filter_map(|block| block.place.moment()).map(|moment| moment.day).collect();
        let load = u64::from(roster.people[person].running) + blocks.len() as u64;
        json!({ "persoon": roster.people[person].id, "dagdelen": blocks.len(), "dagen": dates.len(), "lopend_en_gepland": load })
    });
    let mut led: BTreeMap<PersonId, usize> = BTreeMap::new();
    let mut seats: BTreeMap<&str, i64> = BTreeMap::new();
    for block in &plan.blocks {
        for seat in &block.staff {
            if seat.role == interviews.coach {
                *led.entry(seat.person).or_default() += block.members.len();
            }
            let board = roster.people[seat.person].board.as_deref().filter(|board| interviews.shares.contains_key(*board));
            if let Some(board) = board.filter(|_| Some(seat.role) == interviews.hr) {
                *seats.entry(board).or_default() += 1;
            }
        }
    }
    let coaches = led.into_iter().map(
        |(coach, interviews)| json!({ "persoon": roster.people[coach].id, "gesprekken": interviews, "ruimte": roster.people[coach].room }),
    );
    let boards = interviews
        .shares
        .iter()
        .map(|(board, share)| json!({ "bestuur": board, "plaatsen": seats.get(board.as_str()).copied().unwrap_or(0), "aandeel": share }));
    vec![
        ("wachtdagen_gemiddeld", mean.into()),
        ("wachtdagen_hoogste", days.iter().copied().max().unwrap_or(0).into()),
        ("per_persoon", people.collect()),
        ("per_coach", coaches.collect()),
        ("hr_per_bestuur", boards.collect()),
    ]
}

fn of_groups(roster: &Roster, groups: &PeerGroups, plan: &Plan) -> Figures {
    let mut sizes: BTreeMap<usize, i64> = BTreeMap::new();
    let mut met: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut missed = 0;
    for block in &plan.blocks {
        *sizes.entry(block.members.len()).or_default() += 1;
        let schools: BTreeSet<&str> = block.members.iter().filter_map(|&unit| roster.units[unit].school.as_deref()).collect();
        let schools: Vec<&str> = schools.into_iter().collect();
        for (at, one) in schools.iter().enumerate() {
            for other in &schools[at + 1..] {
                *met.entry((one, other)).or_default() += 1;
            }
        }
        let moments = block.place.moments(roster);
        let absent = |unit: &UnitId| moments.iter().filter(|&&moment| !roster.free(&roster.units[*unit].availability, moment)).count();
        missed += count(block.members.iter().map(absent).sum());
    }
    let each = i64::from(groups.minutes) + i64::from(groups.preparation);
    let people = staffed(plan).into_iter().map(|(person, blocks)| {
        let minutes: i64 = blocks.iter().map(|block| count(block.place.moments(roster).len()) * each).sum();
        json!({ "persoon": roster.people[person].id, "groepen": blocks.len(), "minuten": minutes, "uren": roster.people[person].hours })
    });
    vec![
        ("groottes", sizes.iter().map(|(size, groups)| json!({ "leden": size, "groepen": groups })).collect()),
        ("scholen_samen", met.iter().map(|((one, other), times)| json!({ "scholen": [one, other], "groepen": times })).collect()),
        ("gemist", missed.into()),
        ("per_begeleider", people.collect()),
        ("vervolgd", count(plan.blocks.iter().filter(|block| block.follows.is_some()).count()).into()),
    ]
}

fn of_visits(roster: &Roster, visits: &Visits, plan: &Plan) -> Figures {
    let road = |block: &Block| -> i64 {
        let points = judge::block_points(roster, block);
        points.iter().filter(|(term, _)| *term == TermCode::Reistijd).map(|(_, points)| -points).sum()
    };
    let coaches = staffed(plan).into_iter().map(|(coach, blocks)| {
        let mut by_week: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for block in &blocks {
            let week = by_week.entry(block.place.moment().map_or(String::new(), |moment| moment.week().to_string())).or_default();
            *week = (week.0 + 1, week.1 + road(block));
        }
        let minutes: i64 = blocks.iter().flat_map(|block| &block.members).map(|&unit| i64::from(visits.placements[unit].minutes)).sum();
        let weeks: Vec<Value> =
            by_week.into_iter().map(|(week, (tours, road))| json!({ "week": week, "tochten": tours, "onderweg": road })).collect();
        json!({ "persoon": roster.people[coach].id, "dagdelen": blocks.len(), "minuten": minutes, "weken": weeks })
    });
    let placements = roster.units_by_row().into_iter().map(|unit| {
        let placement = &visits.placements[unit];
        let seen: Vec<_> = plan.with(unit).filter_map(|block| block.place.moment()).map(|moment| moment.week()).collect();
        let own = weeks::of(roster, unit);
        let longest = own.split(|week| seen.contains(week)).map(<[_]>::len).max().unwrap_or(0);
        let first: Vec<_> = own.iter().take(visits.landing_weeks as usize).collect();
        let landed = count(seen.iter().filter(|week| first.contains(week)).count());
        let wanted = i64::from(visits.landing_visits.min(placement.wanted));
        json!({
            "plaatsing": roster.units[unit].id,
            "bezoeken": seen.len(),
            "bedoeld": placement.wanted,
            "langste_gat_weken": longest,
            "landing_gehaald": !placement.landing || landed >= wanted,
            "rest_minuten": placement.rest_minutes,
        })
    });
    vec![
        ("onderweg_minuten", plan.blocks.iter().map(road).sum::<i64>().into()),
        ("per_coach", coaches.collect()),
        ("per_plaatsing", placements.collect()),
    ]
}

fn of_courses(roster: &Roster, courses: &Courses, plan: &Plan) -> Figures {
    let running = plan.blocks.iter().filter_map(|block| {
        let offer = &courses.offers[block.place.offer(roster)?];
        let members = count(block.members.len());
        Some(json!({
            "aanbod": offer.id,
            "deelnemers": members,
            "vrij": offer.most.map(|most| i64::from(most) - members),
            "saldo_cent": members * offer.fee_cents + offer.subsidy_cents - offer.fixed_cents,
        }))
    });
    let runs: BTreeSet<OfferId> = plan.blocks.iter().filter_map(|block| block.place.offer(roster)).collect();
    let idle = courses.offers.pairs().filter(|(id, _)| !runs.contains(id));
    let idle = idle.map(|(id, offer)| json!({ "aanbod": offer.id, "tekort": short(roster, id, offer) }));
    let offered: BTreeSet<&String> = courses.offers.iter().flat_map(|offer| &offer.themes).collect();
    let mut asked: BTreeMap<&String, i64> = BTreeMap::new();
    for question in roster.units.iter().flat_map(|row| &row.questions) {
        *asked.entry(question).or_default() += 1;
    }
    let gaps = asked.into_iter().filter(|(question, _)| !offered.contains(question));
    vec![
        ("per_aanbod", running.collect()),
        ("loopt_niet", idle.collect()),
        ("vragen_zonder_aanbod", gaps.map(|(question, people)| json!({ "leervraag": question, "deelnemers": people })).collect()),
    ]
}

/// What an offer lacks, however everybody else is planned: participants, a function, a facilitator, money.
fn short(roster: &Roster, id: OfferId, offer: &Offer) -> Vec<Value> {
    let own: Vec<_> = places(roster).into_iter().filter(|place| place.offer(roster) == Some(id)).collect();
    let possible: Vec<UnitId> =
        roster.units.ids().filter(|&unit| own.iter().any(|&place| ways::place_codes(roster, unit, place).is_empty())).collect();
    let mut found = Vec::new();
    if count(possible.len()) < i64::from(offer.least.max(1)) {
        found.push(json!({ "wat": "deelnemers", "er_zijn": possible.len(), "nodig": offer.least.max(1) }));
    }
    for need in &offer.needs {
        let schools: Vec<Option<&String>> =
            if need.per_school && !offer.schools.is_empty() { offer.schools.iter().map(Some).collect() } else { vec![None] };
        for school in schools.into_iter().filter(|school| school.is_some() || !need.per_school) {
            let fits = |unit: &&UnitId| {
                let row = &roster.units[**unit];
                row.function.as_ref() == Some(&need.function) && (school.is_none() || row.school.as_ref() == school)
            };
            let there = possible.iter().filter(fits).count();
            if count(there) < i64::from(need.least) {
                found.push(json!({ "wat": need.function, "school": school, "er_zijn": there, "nodig": need.least }));
            }
        }
    }
    let led = |place| {
        let fits = |seat| ways::seat_codes(roster, place, seat).is_empty();
        ways::complete(roster, place, &fits, None).is_some()
    };
    if !own.into_iter().any(led) {
        found.push(json!({ "wat": "begeleider" }));
    }
    let most = offer.most.map_or(count(possible.len()), |most| count(possible.len()).min(most.into()));
    let missing = offer.fixed_cents - most * offer.fee_cents - offer.subsidy_cents;
    if missing > 0 {
        found.push(json!({ "wat": "geld", "cent": missing }));
    }
    found
}
