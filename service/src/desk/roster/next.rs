//! The file of the next run of a roster: its own file with what was decided, and the plan that counts as the one before.

use std::collections::BTreeSet;

use loket_instances::matching::apart::OWN_REASON;
use loket_instances::scheduling::outcome::{BlockLine, OutcomeFile};
use loket_instances::scheduling::rerun::{Change, rerun};
use loket_instances::scheduling::roster_file::RosterFile;
use loket_instances::scheduling::rows::ClaimRow;
use loket_solver::common::words::{Status, Word};
use loket_solver::scheduling::facts::calendar::{Day, Moment};
use loket_solver::scheduling::facts::codes::Kind as Problem;

use crate::desk::limited::Limited;
use crate::records::register::Kind;
use crate::records::roster::{Decided, Fallout, Named, Said};

/// The half-day that a text such as "2026-09-07-o" says.
pub fn moment(text: &str) -> Option<Moment> {
    let (day, half) = text.rsplit_once('-')?;
    let afternoon = match half {
        "o" => false,
        "m" => true,
        _ => return None,
    };
    let moment = Moment { day: day_of(day)?, afternoon };
    moment.code().map(|_| moment)
}

/// The day that a text such as "2026-09-07" says.
pub fn day_of(text: &str) -> Option<Day> {
    let date: jiff::civil::Date = text.parse().ok()?;
    let number = |it: i8| u32::try_from(it).ok();
    Some(Day::of(date.year().into(), number(date.month())?, number(date.day())?)).filter(|day| day.to_string() == text)
}

/// The file of the next run, without who is left out on request. Where people were told of the plan, each of its meetings is an agreement; else
/// those that somebody agreed with.
pub fn next(own: &RosterFile, decided: &[Decided], plan: Option<&OutcomeFile>, told: bool, limited: &Limited) -> RosterFile {
    let none = Change { without_people: Vec::new(), without_units: Vec::new(), from: None, status: usual(told) };
    // Nobody falls out, so nothing can be wrong with who does.
    let made = plan.and_then(|plan| rerun(own, plan, &none).ok());
    left_out(with(made.unwrap_or_else(|| own.clone()), decided, None), limited)
}

/// The file without who is left out on request. In a roster people are known by their ids of the register.
fn left_out(mut file: RosterFile, limited: &Limited) -> RosterFile {
    let of = |kind: Kind, ids: Vec<String>| ids.into_iter().filter(|id| limited.has(kind, id)).collect::<Vec<_>>();
    let units = of(Kind::Candidate, units(&file).map(str::to_owned).collect());
    let people = of(Kind::Coach, file.people.iter().map(|row| row.id.clone()).collect());
    file.without(&people, &units);
    file
}

/// The file after somebody fell out, twice: as it is solved, with what was decided, and as the roster's own file once that is accepted.
///
/// # Errors
/// Whoever is named and not in the file, as Dutch sentences.
pub fn after(
    own: &RosterFile,
    decided: &[Decided],
    plan: &OutcomeFile,
    cause: &Fallout,
    told: bool,
    limited: &Limited,
) -> Result<(RosterFile, RosterFile), Vec<String>> {
    let change = Change {
        without_people: cause.people.clone(),
        without_units: cause.units.clone(),
        from: cause.from.as_deref().and_then(day_of),
        status: usual(told),
    };
    let made = rerun(own, plan, &change)?;
    Ok((left_out(with(made.clone(), decided, Some(cause)), limited), made))
}

fn usual(told: bool) -> Status {
    if told { Status::Akkoord } else { Status::Voorgesteld }
}

/// The file with what was decided in it.
fn with(mut file: RosterFile, decided: &[Decided], cause: Option<&Fallout>) -> RosterFile {
    let visits = file.kind == Problem::Visits;
    let units: BTreeSet<String> = units(&file).map(str::to_owned).collect();
    for it in decided.iter().filter(|it| units.contains(&it.unit)) {
        let at = it.moment.as_deref().and_then(moment);
        match it.said {
            Said::Akkoord => agree(&mut file, &it.unit, at),
            Said::Vast => {
                let Some(named) = standing(&it.named, cause) else { continue };
                let rows = file.locks.get_or_insert_default();
                rows.retain(|row| row.unit != it.unit || visits && row.moment != at);
                rows.push(claim(&it.unit, &named, None));
                agree(&mut file, &it.unit, at);
            }
            Said::Afgewezen => {
                let because = it.because.map_or(OWN_REASON, Word::code);
                file.bans.get_or_insert_default().push(claim(&it.unit, &it.named, Some(because.to_owned())));
            }
        }
    }
    file
}

/// Who is planned, by id.
pub fn units(file: &RosterFile) -> impl Iterator<Item = &str> {
    let placements = file.placements.iter().flatten().map(|row| row.id.as_str());
    file.participants.iter().flatten().map(|row| row.id.as_str()).chain(placements)
}

/// What a lock names once somebody fell out: nobody who is gone. Nothing when it then names nothing.
fn standing(named: &Named, cause: Option<&Fallout>) -> Option<Named> {
    let mut named = named.clone();
    if let Some(cause) = cause {
        let before = |from: &str| named.moment.as_deref().is_some_and(|moment| moment < from);
        let stays = cause.from.as_deref().is_some_and(before);
        named.person = named.person.take().filter(|person| stays || !cause.people.contains(person));
    }
    Some(named).filter(|it| !it.is_empty())
}

fn agree(file: &mut RosterFile, unit: &str, at: Option<Moment>) {
    let visits = file.kind == Problem::Visits;
    let rows = file.previous.iter_mut().flatten().filter(|row| row.unit == unit && (!visits || row.moment == at));
    rows.filter(|row| row.status == Status::Voorgesteld).for_each(|row| row.status = Status::Akkoord);
}

fn claim(unit: &str, named: &Named, reason: Option<String>) -> ClaimRow {
    ClaimRow {
        unit: unit.to_owned(),
        moment: named.moment.as_deref().and_then(moment),
        location: named.location.clone(),
        series: named.series.clone(),
        offer: named.offer.clone(),
        person: named.person.clone(),
        reason,
        note: None,
    }
}

/// Whether a block is as this names it.
pub fn agrees(block: &BlockLine, named: &Named) -> bool {
    let same = |named: &Option<String>, has: Option<&String>| named.as_ref().is_none_or(|it| has == Some(it));
    let at = block.moment.map(|it| it.to_string());
    same(&named.moment, at.as_ref())
        && same(&named.location, block.location.as_ref())
        && same(&named.series, block.series.as_ref())
        && same(&named.offer, block.offer.as_ref())
        && named.person.as_ref().is_none_or(|person| block.staff.iter().any(|(_, it)| it == person))
}

/// Whether a plan does already what is decided.
pub fn follows(plan: &OutcomeFile, unit: &str, at: Option<&str>, said: Said, named: &Named) -> bool {
    let here = |block: &&BlockLine| {
        block.members.iter().any(|member| member.id == unit) && at.is_none_or(|at| block.moment.is_some_and(|it| it.to_string() == at))
    };
    let block = plan.blocks.iter().find(here);
    match said {
        Said::Akkoord => block.is_some(),
        Said::Vast => block.is_some_and(|block| agrees(block, named)),
        Said::Afgewezen => !plan.blocks.iter().filter(here).any(|block| agrees(block, named)),
    }
}

/// What a block names of one of its members, for a lock on just that.
pub fn named_by(block: &BlockLine, kind: Problem) -> Named {
    let leader = match kind {
        Problem::Interviews => block.staff.iter().find(|(role, _)| role == "coach").map(|(_, person)| person.clone()),
        Problem::PeerGroups | Problem::Courses => block.staff.iter().map(|(_, person)| person.clone()).min(),
        Problem::Visits => None,
    };
    Named {
        moment: block.moment.map(|it| it.to_string()),
        location: block.location.clone().filter(|_| kind != Problem::Courses),
        series: block.series.clone(),
        offer: block.offer.clone(),
        person: leader,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_day_is_written_as_the_format_has_it_and_a_day_that_is_none_is_none() {
        let written = |text: &str| moment(text).map(|it| it.to_string());
        assert_eq!(written("2026-09-07-m"), Some("2026-09-07-m".into()));
        for wrong in ["2026-09-05-o", "2026-02-30-o", "2026-09-07", "2026-9-7-o", "2026-09-07-x", "", "-o"] {
            assert_eq!(written(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_lock_on_somebody_who_fell_out_keeps_what_else_it_names() {
        let named = Named { moment: Some("2026-09-14-o".into()), person: Some("K1".into()), ..Named::default() };
        let gone = |from: Option<&str>| Fallout { people: vec!["K1".into()], from: from.map(str::to_owned), ..Fallout::default() };
        let left = |cause: &Fallout| standing(&named, Some(cause)).and_then(|it| it.person);
        assert_eq!(left(&gone(None)), None);
        assert_eq!(left(&gone(Some("2026-09-14"))), None);
        assert_eq!(left(&gone(Some("2026-09-15"))), Some("K1".into()), "it was before");
        let only = Named { person: Some("K1".into()), ..Named::default() };
        assert_eq!(standing(&only, Some(&gone(None))), None);
    }
}
