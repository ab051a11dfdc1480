//! A plan as people see it: every meeting with who is there, what is otherwise between two plans, and what somebody has in the calendar.

use std::collections::{BTreeMap, BTreeSet};

use loket_instances::scheduling::outcome::{BlockLine, OutcomeFile};
use loket_solver::scheduling::facts::calendar::Moment;
use loket_solver::scheduling::facts::codes::Kind;

/// The half-days of a block, in order.
pub fn moments(block: &BlockLine) -> Vec<Moment> {
    block.moment.iter().chain(block.moments.iter().flatten()).copied().collect()
}

/// The clock time of a member, where it is one of that half-day: a file has one list of times for mornings and afternoons alike.
pub fn clock(time: Option<&String>, at: Moment) -> Option<String> {
    let afternoon = |time: &&String| time.as_str() >= "12:30";
    time.filter(|time| afternoon(time) == at.afternoon).cloned()
}

/// Everybody in a block: who leads, then who takes part.
pub fn everybody(block: &BlockLine) -> impl Iterator<Item = &str> {
    block.staff.iter().map(|(_, person)| person.as_str()).chain(block.members.iter().map(|it| it.id.as_str()))
}

/// What somebody meets for, at one half-day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    /// When.
    pub moment: Moment,
    /// The clock time, where there is one.
    pub time: Option<String>,
    /// When the last one begins: whoever leads is there for all of them.
    pub last: Option<String>,
    /// The location, by id.
    pub location: Option<String>,
    /// The offer, by id.
    pub offer: Option<String>,
    /// Who leads, by id.
    pub staff: Vec<String>,
    /// Who takes part, by id.
    pub members: Vec<String>,
    /// What it is known by in calendars: the same meeting has the same after another plan.
    pub key: String,
}

/// The meetings of somebody, in order of time. Who takes part has one of each of the own blocks and half-days; who leads has each block. Of
/// tours the members are placements, so a coach has each visit.
pub fn of(kind: Kind, plan: &OutcomeFile, person: &str) -> Vec<Meeting> {
    let mut found = Vec::new();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut numbered = |what: String| {
        let number = count.entry(what.clone()).or_default();
        *number += 1;
        format!("{what} {number}")
    };
    for block in &plan.blocks {
        let member = block.members.iter().find(|it| it.id == person);
        let leads = block.staff.iter().any(|(_, it)| it == person);
        if member.is_none() && !leads {
            continue;
        }
        let what = match (member, kind) {
            (Some(member), _) => member.id.clone(),
            // A tour or session of somebody who leads is known by who is in it: those are the people met.
            (None, _) => block.members.iter().map(|it| it.id.as_str()).min().unwrap_or_default().to_owned(),
        };
        for moment in moments(block) {
            found.push(Meeting {
                moment,
                time: member.or(block.members.first()).and_then(|it| clock(it.time.as_ref(), moment)),
                last: member.or(block.members.last()).and_then(|it| clock(it.time.as_ref(), moment)),
                location: block.location.clone(),
                offer: block.offer.clone(),
                staff: block.staff.iter().map(|(_, it)| it.clone()).collect(),
                members: block.members.iter().map(|it| it.id.clone()).collect(),
                key: numbered(what.clone()),
            });
        }
    }
    found.sort();
    found
}

/// Whether somebody meets otherwise in a later plan: when, where, or whom. Who takes part is not told of others who do.
pub fn meets_otherwise(kind: Kind, before: Option<&OutcomeFile>, after: &OutcomeFile, person: &str) -> bool {
    let told = |plan: &OutcomeFile| {
        let mut all = of(kind, plan, person);
        all.iter_mut().filter(|it| !it.staff.iter().any(|id| id == person)).for_each(|it| it.members.clear());
        all
    };
    before.map(told).unwrap_or_default() != told(after)
}

/// One meeting, with the names that whoever it is of may see.
#[derive(Clone, Debug)]
pub struct Appointment {
    /// The roster, by id.
    pub roster: String,
    /// Its name.
    pub roster_name: String,
    /// Which of the four problems it is.
    pub kind: Kind,
    /// The meeting.
    pub meeting: Meeting,
    /// The location's name.
    pub location: Option<String>,
    /// The offer's name.
    pub offer: Option<String>,
    /// Names of everybody else in it.
    pub others: Vec<String>,
    /// Grows with every plan that people were told.
    pub sequence: i64,
    /// Whether it is off.
    pub cancelled: bool,
}

/// Where somebody who is planned is: in no block, or in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// When, first half-day first.
    pub moments: Vec<Moment>,
    /// The clock time, where there is one.
    pub time: Option<String>,
    /// The location, by id.
    pub location: Option<String>,
    /// The offer, by id.
    pub offer: Option<String>,
    /// Who leads, by id.
    pub staff: Vec<String>,
}

/// Every spot of somebody who is planned; of visits there are more.
pub fn spots(plan: &OutcomeFile, unit: &str) -> Vec<Spot> {
    let of = |block: &BlockLine| {
        let member = block.members.iter().find(|it| it.id == unit)?;
        let moments = moments(block);
        Some(Spot {
            time: moments.first().and_then(|at| clock(member.time.as_ref(), *at)),
            moments,
            location: block.location.clone(),
            offer: block.offer.clone(),
            staff: block.staff.iter().map(|(_, it)| it.clone()).collect(),
        })
    };
    plan.blocks.iter().filter_map(of).collect()
}

/// What is otherwise for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub unit: String,
    /// What it was and is no more.
    pub was: Vec<Spot>,
    /// What it is and was not.
    pub now: Vec<Spot>,
    /// Whether somebody who fell out led what it was, or it cannot be kept for another reason that comes from that.
    pub forced: bool,
}

/// Who is planned otherwise in a later plan, in the order of their ids. `gone` fell out.
pub fn moved(before: &OutcomeFile, after: &OutcomeFile, gone: &[String]) -> Vec<Moved> {
    let of = |plan: &OutcomeFile| -> BTreeSet<String> {
        let planned = plan.blocks.iter().flat_map(|block| block.members.iter().map(|it| it.id.clone()));
        planned.chain(plan.unplanned.iter().map(|it| it.id.clone())).collect()
    };
    // Who left the file is in neither list of what comes after.
    let all: BTreeSet<String> = of(before).union(&of(after)).cloned().collect();
    let one = |unit: String| {
        let (was, now) = (spots(before, &unit), spots(after, &unit));
        let without = |these: &[Spot], those: &[Spot]| these.iter().filter(|it| !those.contains(it)).cloned().collect::<Vec<_>>();
        let (lost, found) = (without(&was, &now), without(&now, &was));
        if lost.is_empty() && found.is_empty() {
            return None;
        }
        let forced = gone.contains(&unit) || lost.iter().any(|spot| spot.staff.iter().any(|it| gone.contains(it)));
        Some(Moved { unit, was: lost, now: found, forced })
    };
    all.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use loket_instances::scheduling::outcome::MemberLine;

    use super::super::next::moment;
    use super::*;

    fn session(at: &str, coach: &str, members: &[(&str, &str)]) -> BlockLine {
        let member = |(id, time): &(&str, &str)| MemberLine { id: (*id).into(), time: Some((*time).into()), ..MemberLine::default() };
        BlockLine {
            moment: moment(at),
            staff: vec![("coach".into(), coach.into())],
            members: members.iter().map(member).collect(),
            ..BlockLine::default()
        }
    }

    fn plan(blocks: Vec<BlockLine>) -> OutcomeFile {
        let json = serde_json::json!({
            "formaat": "loket-rooster-uitkomst/1", "rooster": "r", "invoer_sha256": "", "status": "optimaal", "doelen": [], "blokken": [],
            "ongepland": [], "punten_plan": {}, "meldingen": [], "beleid": {},
            "kerncijfers": { "blokken": 0, "eenheden": 0, "gedwongen": 0, "gepland": 0, "gewijzigd": 0 },
            "techniek": { "versie": "1", "engine": "e", "seed": 1, "seconden": 0.0 },
        });
        let read = loket_instances::scheduling::outcome::read_outcome(json.to_string().as_bytes(), Kind::Interviews);
        OutcomeFile { blocks, ..read.expect("an outcome") }
    }

    #[test]
    fn who_meets_somebody_else_is_told_and_who_takes_part_beside_others_is_not() {
        let kind = Kind::Interviews;
        let before = plan(vec![session("2027-01-11-o", "K1", &[("Z1", "09:00"), ("Z2", "10:15")])]);
        let other = plan(vec![session("2027-01-11-o", "K2", &[("Z1", "09:00"), ("Z2", "10:15")])]);
        for (person, told) in [("Z1", true), ("Z2", true), ("K1", true), ("K2", true), ("K3", false)] {
            assert_eq!(meets_otherwise(kind, Some(&before), &other, person), told, "another coach: {person}");
        }
        let member = plan(vec![session("2027-01-11-o", "K1", &[("Z1", "09:00"), ("Z3", "10:15")])]);
        for (person, told) in [("Z1", false), ("Z2", true), ("Z3", true), ("K1", true)] {
            assert_eq!(meets_otherwise(kind, Some(&before), &member, person), told, "another member: {person}");
        }
        assert!(meets_otherwise(kind, None, &before, "Z1") && !meets_otherwise(kind, Some(&before), &before, "K1"));
    }

    #[test]
    fn who_leads_is_there_from_the_first_to_the_last_and_who_comes_once() {
        let plan = plan(vec![session("2027-01-11-o", "K1", &[("Z1", "09:00"), ("Z2", "10:15")])]);
        let times = |who: &str| of(Kind::Interviews, &plan, who).into_iter().map(|it| (it.time, it.last)).collect::<Vec<_>>();
        let at = |text: &str| Some(text.to_owned());
        assert_eq!(times("K1"), [(at("09:00"), at("10:15"))]);
        assert_eq!(times("Z2"), [(at("10:15"), at("10:15"))]);
        assert_eq!(times("Z9"), []);
    }

    #[test]
    fn a_time_of_the_morning_is_none_of_an_afternoon() {
        let time = "09:00".to_owned();
        assert_eq!(clock(Some(&time), moment("2027-01-11-m").expect("a half-day")), None);
        assert_eq!(clock(Some(&time), moment("2027-01-11-o").expect("a half-day")), Some(time));
    }

    #[test]
    fn who_moved_is_told_with_what_was_and_becomes_and_only_who_must_is_forced() {
        let before = plan(vec![
            session("2027-01-11-o", "K1", &[("Z1", "09:00")]),
            session("2027-01-12-o", "K2", &[("Z2", "09:00"), ("Z3", "10:15")]),
        ]);
        let after = plan(vec![session("2027-01-12-o", "K2", &[("Z1", "09:00"), ("Z3", "10:15")])]);
        let told = moved(&before, &after, &["K1".to_owned()]);
        let short: Vec<(&str, usize, usize, bool)> =
            told.iter().map(|it| (it.unit.as_str(), it.was.len(), it.now.len(), it.forced)).collect();
        assert_eq!(short, [("Z1", 1, 1, true), ("Z2", 1, 0, false)], "Z3 stays");
        assert!(moved(&before, &before, &[]).is_empty());
    }
}
