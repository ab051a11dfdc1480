//! Words of a multi-year plan: names of its rows, and what its numbers come to in a sentence.

use loket_instances::planning::plan_file::{Loaded, Named};
use loket_solver::common::tables::Id;
use loket_solver::planning::facts::codes::{Budget, RuleCode, Step};
use loket_solver::planning::facts::ids::{KindId, WaveId, YearId};

use crate::desk::planning::shown::{Broken, Shown, Year};
use crate::pages::days::month_name;
use crate::pages::messages::Messages;
use crate::pages::told::list;
use crate::pages::wrong::capital;
use crate::present::dutch::{euros, number};

fn named(loaded: &Loaded, kind: Named, id: &str) -> String {
    loaded.names.get(&(kind, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
}

/// A kind of coach.
pub(super) fn kind_name(loaded: &Loaded, kind: KindId) -> String {
    capital(&named(loaded, Named::Kind, &loaded.horizon.kinds[kind].id))
}

/// A school year, with a dash between its years.
pub(super) fn year_name(year: &str) -> String {
    year.replace('-', "–")
}

/// A wave by its name, else by the month in which it starts.
pub(super) fn wave_name(m: Messages, loaded: &Loaded, wave: WaveId) -> String {
    let row = &loaded.horizon.waves[wave];
    let month = loaded.start + i64::try_from(row.month).unwrap_or(0);
    let name = loaded.names.get(&(Named::Wave, row.id.clone()));
    name.cloned().unwrap_or_else(|| m.plan.wave_in(&row.id, month_name(m, month)))
}

/// A phase of guidance, by its position.
pub(super) fn phase_name(m: Messages, loaded: &Loaded, at: usize) -> String {
    match loaded.horizon.phases.iter().nth(at).map_or("", |it| it.id.as_str()) {
        "werkervaring" => m.plan.phase_experience().to_owned(),
        "opleiding" => m.plan.phase_first().to_owned(),
        "opleiding_jaar2" => m.plan.phase_second().to_owned(),
        "inductie" => m.plan.phase_induction().to_owned(),
        other => capital(&other.replace('_', " ")),
    }
}

/// People of a phase in few words: "180 jaar 1".
pub(super) fn phase_people(m: Messages, loaded: &Loaded, at: usize, people: i64) -> String {
    let people = number(people);
    match loaded.horizon.phases.iter().nth(at).map_or("", |it| it.id.as_str()) {
        "werkervaring" => m.plan.people_start(people),
        "opleiding" => m.plan.people_first(people),
        "opleiding_jaar2" => m.plan.people_second(people),
        other => format!("{people} {}", other.replace('_', " ")),
    }
}

/// A percentage of the funnel.
pub(super) fn step_name(m: Messages, step: Step) -> &'static str {
    match step {
        Step::Start => m.plan.step_start(),
        Step::Voortraject => m.plan.step_track(),
        Step::Opleiding => m.plan.step_training(),
        Step::Jaar2 => m.plan.step_second(),
        Step::Diploma => m.plan.step_diploma(),
        Step::Blijft => m.plan.step_stays(),
    }
}

/// What is short: hours, or people without a coach.
pub(super) fn short(m: Messages, years: &[&Year]) -> Option<String> {
    let hours: Vec<(&&Year, i64)> = years.iter().map(|it| (it, it.short)).filter(|it| it.1 > 0).collect();
    let people: Vec<(&&Year, i64)> = years.iter().map(|it| (it, it.without)).filter(|it| it.1 > 0).collect();
    let told = |rows: &[(&&Year, i64)]| -> Vec<String> {
        rows.iter().map(|(year, short)| m.plan.in_year(year_name(&year.name), number(*short))).collect()
    };
    match (hours.as_slice(), people.as_slice()) {
        ([], []) => None,
        ([], _) => Some(m.plan.short_people(list(m, &told(&people)))),
        _ => Some(m.plan.short_hours(list(m, &told(&hours)))),
    }
}

/// The coaches more that would be enough.
pub(super) fn enough(m: Messages, loaded: &Loaded, shown: &Shown) -> Option<String> {
    if shown.more.is_empty() {
        return None;
    }
    let one = |it: &crate::desk::planning::shown::More| {
        let (kind, year) = (kind_name(loaded, it.kind).to_lowercase(), year_name(&loaded.horizon.years[it.year]));
        m.plan.more_in(it.coaches, kind, year)
    };
    Some(m.plan.enough_with(list(m, &shown.more.iter().map(one).collect::<Vec<_>>())))
}

/// Whether the money is there; `then` with the coaches that are missing.
pub(super) fn money(m: Messages, loaded: &Loaded, shown: &Shown, then: bool) -> Option<String> {
    if loaded.horizon.policy.budget == Budget::Free {
        return None;
    }
    Some(match (shown.unpaid, then) {
        (None, true) => m.plan.paid_then().to_owned(),
        (None, false) => m.plan.paid().to_owned(),
        (Some((year, cents)), true) => m.plan.unpaid_then(year_name(&loaded.horizon.years[YearId::new(year)]), whole_euros(cents)),
        (Some((year, cents)), false) => m.plan.unpaid(year_name(&loaded.horizon.years[YearId::new(year)]), whole_euros(cents)),
    })
}

/// Euros without cents.
pub(super) fn whole_euros(cents: i64) -> String {
    euros((cents + 50).div_euclid(100) * 100)
}

/// Euros in thousands, rounded.
pub(super) fn thousands(cents: i64) -> String {
    number((cents + 50_000).div_euclid(100_000))
}

/// A rule that is broken, in a sentence.
pub(super) fn broken(m: Messages, loaded: &Loaded, it: &Broken) -> Option<String> {
    let (used, limit) = (number(it.used), number(it.limit));
    let wave = it.wave.map(|wave| wave_name(m, loaded, wave));
    let year = it.year.map(|year| year_name(&loaded.horizon.years[year]));
    Some(match it.rule {
        RuleCode::Doel => m.plan.breaks_target(wave?, used, limit),
        RuleCode::Aanmeldingen => m.plan.breaks_registered(wave?, used, limit),
        RuleCode::ExternAandeel => m.plan.breaks_external(wave?),
        RuleCode::Aanname => m.plan.breaks_hires(kind_name(loaded, it.kind?), year?, used, limit),
        RuleCode::Plekken | RuleCode::CoachRatio | RuleCode::CoachUren | RuleCode::Budget | RuleCode::Vast => return None,
    })
}
