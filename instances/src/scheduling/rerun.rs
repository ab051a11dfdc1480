//! The file of a rerun: an outcome becomes the previous roster, people or units fall out, and what took place is locked.

use std::collections::BTreeSet;

use loket_solver::common::words::Status;
use loket_solver::scheduling::facts::calendar::{Day, Moment};
use loket_solver::scheduling::facts::codes::Kind;

use crate::scheduling::file::index::unit_ids;
use crate::scheduling::outcome::{BlockLine, OutcomeFile};
use crate::scheduling::roster_file::RosterFile;
use crate::scheduling::rows::{ClaimRow, PreviousRow, StretchRow};

/// What is otherwise since the outcome.
#[derive(Clone, Debug)]
pub struct Change {
    /// People who fall out.
    pub without_people: Vec<String>,
    /// Units that fall out.
    pub without_units: Vec<String>,
    /// From this day on; absent is from the start, and then people leave the file.
    pub from: Option<Day>,
    /// Status of an entry that had none.
    pub status: Status,
}

/// The file to solve again.
///
/// # Errors
/// Everybody who is named and not in the file, as Dutch sentences.
pub fn rerun(file: &RosterFile, outcome: &OutcomeFile, change: &Change) -> Result<RosterFile, Vec<String>> {
    let mut wrong = Vec::new();
    for id in change.without_people.iter().filter(|id| !file.people.iter().any(|row| row.id == **id)) {
        wrong.push(format!("persoon {id} staat niet in het rooster"));
    }
    let units = unit_ids(file);
    for id in change.without_units.iter().filter(|id| !units.contains(&id.as_str())) {
        wrong.push(format!("{id} staat niet in het rooster"));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut made = file.clone();
    made.previous = Some(entries(file, outcome, change.status));
    if let Some(from) = change.from {
        lock_what_took_place(&mut made, outcome, from);
        for row in made.people.iter_mut().filter(|row| change.without_people.contains(&row.id)) {
            let gone = StretchRow { from, to: Some(file.calendar.to.max(from)), afternoon: None, name: None, note: None };
            row.absent.get_or_insert_default().push(gone);
        }
    } else {
        leave(&mut made, &change.without_people);
    }
    take_out(&mut made, &change.without_units);
    Ok(made)
}

/// Every block as entries of the previous roster: one for each member.
fn entries(file: &RosterFile, outcome: &OutcomeFile, usual: Status) -> Vec<PreviousRow> {
    let before = |unit: &str, moment: Option<Moment>| {
        let same = |row: &&PreviousRow| row.unit == unit && (file.kind != Kind::Visits || row.moment == moment);
        file.previous.iter().flatten().find(same).map_or(usual, |row| row.status)
    };
    let mut used: BTreeSet<String> = file.previous.iter().flatten().filter_map(|row| row.group.clone()).collect();
    used.extend(outcome.blocks.iter().filter_map(|line| line.follows.clone()));
    let mut made = Vec::new();
    for line in &outcome.blocks {
        let group = (file.kind == Kind::PeerGroups).then(|| line.follows.clone().unwrap_or_else(|| fresh(&mut used)));
        let people: Vec<String> = line.staff.iter().map(|(_, person)| person.clone()).collect();
        let interviews = file.kind == Kind::Interviews;
        for member in &line.members {
            made.push(PreviousRow {
                unit: member.id.clone(),
                moment: line.moment,
                location: if file.kind == Kind::Courses { None } else { line.location.clone() },
                people: interviews.then(|| people.clone()),
                group: group.clone(),
                series: line.series.clone(),
                offer: line.offer.clone(),
                person: matches!(file.kind, Kind::PeerGroups | Kind::Courses).then(|| people.iter().min().cloned()).flatten(),
                status: before(&member.id, line.moment),
                note: None,
            });
        }
    }
    made
}

/// The first of G1, G2 … that is not in use yet.
fn fresh(used: &mut BTreeSet<String>) -> String {
    let mut number = 1_u64;
    while used.contains(&format!("G{number}")) {
        number += 1;
    }
    let name = format!("G{number}");
    used.insert(name.clone());
    name
}

/// Locks every unit all of whose moments lie before a day (of visits every such visit) to what took place.
fn lock_what_took_place(file: &mut RosterFile, outcome: &OutcomeFile, from: Day) {
    let kind = file.kind;
    for line in &outcome.blocks {
        let mut moments = line.moment.iter().chain(line.moments.iter().flatten());
        if !moments.all(|moment| moment.day < from) {
            continue;
        }
        for member in &line.members {
            let lock = ClaimRow {
                unit: member.id.clone(),
                moment: line.moment,
                location: if kind == Kind::Courses { None } else { line.location.clone() },
                series: line.series.clone(),
                offer: line.offer.clone(),
                person: if kind == Kind::Visits { None } else { leader(kind, line) },
                reason: None,
                note: None,
            };
            let rows = file.locks.get_or_insert_default();
            rows.retain(|row| row.unit != lock.unit || kind == Kind::Visits && row.moment != lock.moment);
            rows.push(lock);
        }
    }
}

/// The coach, the facilitator, or the smallest staff id.
fn leader(kind: Kind, line: &BlockLine) -> Option<String> {
    let coach = line.staff.iter().find(|(role, _)| kind == Kind::Interviews && role == "coach");
    coach.or_else(|| line.staff.iter().min_by_key(|(_, person)| person)).map(|(_, person)| person.clone())
}

impl RosterFile {
    /// People and units leave the file, with what must refer to them.
    pub fn without(&mut self, people: &[String], units: &[String]) {
        leave(self, people);
        take_out(self, units);
    }
}

/// People leave the file, and what must refer to them goes too: locks lose their person, and of visits their placements leave.
fn leave(file: &mut RosterFile, people: &[String]) {
    file.people.retain(|row| !people.contains(&row.id));
    for row in file.locks.iter_mut().flatten() {
        row.person = row.person.take().filter(|person| !people.contains(person));
    }
    let gone = file.placements.iter().flatten().filter(|row| people.contains(&row.coach)).map(|row| row.id.clone());
    let gone: Vec<String> = gone.collect();
    take_out(file, &gone);
}

/// Units leave the file, with their locks, prohibitions and previous entries.
fn take_out(file: &mut RosterFile, units: &[String]) {
    let stays = |id: &String| !units.contains(id);
    if let Some(rows) = &mut file.participants {
        rows.retain(|row| stays(&row.id));
    }
    if let Some(rows) = &mut file.placements {
        rows.retain(|row| stays(&row.id));
    }
    for rows in [&mut file.locks, &mut file.bans].into_iter().flatten() {
        rows.retain(|row| stays(&row.unit));
    }
    if let Some(rows) = &mut file.previous {
        rows.retain(|row| stays(&row.unit));
    }
}
