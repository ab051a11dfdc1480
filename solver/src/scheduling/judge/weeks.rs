//! The weeks in which a placement can be visited, their windows, and the weeks in which it is.

use crate::scheduling::facts::calendar::Day;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

/// W_j: the weeks, in order, with an open half-day at which the placement and its school are available within van–tot.
pub fn of(roster: &Roster, unit: UnitId) -> Vec<Day> {
    let Some(visits) = roster.visits() else { return Vec::new() };
    let row = &roster.units[unit];
    let school = &visits.schools[visits.placements[unit].school].availability;
    let within = |day: Day| row.from.is_none_or(|from| from <= day) && row.until.is_none_or(|until| day <= until);
    let possible = roster
        .calendar
        .open()
        .iter()
        .filter(|moment| within(moment.day) && roster.free(&row.availability, **moment) && roster.free(school, **moment));
    let mut weeks: Vec<Day> = possible.map(|moment| moment.week()).collect();
    weeks.dedup();
    weeks
}

/// Every max_tussen consecutive weeks of W_j; one window, all of W_j, when it has fewer; none when it is empty.
pub fn windows(roster: &Roster, unit: UnitId) -> Vec<Vec<Day>> {
    let weeks = of(roster, unit);
    let wide = roster.visits().map_or(1, |visits| visits.window.max(1) as usize);
    match weeks.len() {
        0 => Vec::new(),
        few if few < wide => vec![weeks],
        _ => weeks.windows(wide).map(<[Day]>::to_vec).collect(),
    }
}

/// The week of every visit of a placement.
pub(crate) fn visited(plan: &Plan, unit: UnitId) -> Vec<Day> {
    plan.with(unit).filter_map(|block| block.place.moment()).map(|moment| moment.week()).collect()
}
