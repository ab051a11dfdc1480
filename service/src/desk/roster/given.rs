//! What people said about when they can be there, as the next run takes it: half-days and absences of their rows, and a meeting that somebody
//! cannot come to is an absence too.

use loket_instances::scheduling::outcome::{BlockLine, OutcomeFile};
use loket_instances::scheduling::roster_file::RosterFile;
use loket_instances::scheduling::rows::StretchRow;
use loket_solver::common::words::HalfDay;
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::calendar::Moment;

use super::meetings::moments;
use super::next::{day_of, moment};
use crate::records::invitation::{Away, Half, Invitation, Reply};

/// The file with what was said in the rows of whoever said it.
pub fn with(mut file: RosterFile, said: &[Invitation]) -> RosterFile {
    for it in said.iter().filter(|it| it.told.is_some()) {
        let rows = file.people.iter_mut().map(|row| (&row.id, &mut row.half_days, &mut row.absent));
        let units = file.participants.iter_mut().flatten().map(|row| (&row.id, &mut row.half_days, &mut row.absent));
        let placed = file.placements.iter_mut().flatten().map(|row| (&row.id, &mut row.half_days, &mut row.absent));
        for (_, half_days, absent) in rows.chain(units).chain(placed).filter(|(id, _, _)| **id == it.person) {
            if let Some(given) = half_days_of(it) {
                *half_days = Some(given);
            }
            let away = stretches(it);
            if !away.is_empty() {
                absent.get_or_insert_default().extend(away);
            }
        }
    }
    file
}

fn half_days_of(it: &Invitation) -> Option<Vec<HalfDay>> {
    let given = it.availability.as_ref()?.half_days.as_ref()?;
    Some(given.iter().filter_map(|code| HalfDay::parse(code)).collect())
}

/// Every stretch that somebody is away.
fn stretches(it: &Invitation) -> Vec<StretchRow> {
    let away = it.availability.iter().flat_map(|it| &it.away).filter_map(stretch);
    let no = it.replies.iter().filter(|it| !it.comes).filter_map(|it| moment(&it.moment));
    let once = |at: Moment| StretchRow { from: at.day, to: None, afternoon: Some(at.afternoon), name: None, note: None };
    away.chain(no.map(once)).collect()
}

fn stretch(it: &Away) -> Option<StretchRow> {
    let afternoon = it.half.map(|half| half == Half::M);
    Some(StretchRow { from: day_of(&it.from)?, to: day_of(&it.until), afternoon, name: None, note: None })
}

/// Whether somebody said that this half-day cannot be.
pub fn cannot(it: &Invitation, at: Moment) -> bool {
    let known = half_days_of(it);
    let week = at.code().is_some_and(|code| known.is_some_and(|given| !given.contains(&code)));
    let covers = |row: &StretchRow| {
        let whole = row.from <= at.day && at.day <= row.to.unwrap_or(row.from);
        whole && row.afternoon.is_none_or(|afternoon| afternoon == at.afternoon)
    };
    it.told.is_some() && (week || stretches(it).iter().any(covers))
}

/// The half-days of a plan on which somebody is in a block and said that it cannot be.
pub fn clashes(plan: &OutcomeFile, it: &Invitation) -> Vec<Moment> {
    let own = plan.blocks.iter().filter(|block| is_in(block, &it.person));
    let mut found: Vec<Moment> = own.flat_map(moments).filter(|at| cannot(it, *at)).collect();
    found.sort();
    found
}

fn is_in(block: &BlockLine, person: &str) -> bool {
    block.members.iter().any(|it| it.id == person) || block.staff.iter().any(|(_, it)| it == person)
}

/// What somebody said about a meeting as it is now: nothing once it has another time or place.
pub fn reply_to<'a>(it: &'a Invitation, at: &str, time: Option<&str>, location: Option<&str>) -> Option<&'a Reply> {
    it.replies.iter().find(|it| it.moment == at && it.time.as_deref() == time && it.location.as_deref() == location)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::invitation::{Availability, Told, Way};

    fn said(availability: Availability, replies: Vec<Reply>) -> Invitation {
        let told = Some(Told { at: 0, way: Way::Account, by: "a".into() });
        Invitation { person: "K1".into(), availability: Some(availability), replies, told, ..Invitation::default() }
    }

    #[test]
    fn who_is_away_or_said_no_cannot_and_who_said_nothing_can() {
        let at = |text: &str| moment(text).expect("a half-day");
        let away = Away { from: "2027-01-11".into(), until: "2027-01-12".into(), half: Some(Half::M) };
        let no = Reply { moment: "2027-01-14-o".into(), time: None, location: None, comes: false };
        let yes = Reply { moment: "2027-01-15-o".into(), comes: true, ..no.clone() };
        let it = said(Availability { half_days: None, away: vec![away] }, vec![no, yes]);
        let cannot_at = |text: &str| cannot(&it, at(text));
        assert!(cannot_at("2027-01-11-m") && cannot_at("2027-01-12-m") && cannot_at("2027-01-14-o"));
        assert!(!cannot_at("2027-01-11-o") && !cannot_at("2027-01-13-m") && !cannot_at("2027-01-15-o"));
        let silent = Invitation { told: None, ..it.clone() };
        assert!(!cannot(&silent, at("2027-01-11-m")));
    }

    #[test]
    fn half_days_of_the_week_leave_the_others_out() {
        let it = said(Availability { half_days: Some(vec!["ma-o".into()]), away: Vec::new() }, Vec::new());
        assert!(!cannot(&it, moment("2027-01-11-o").expect("a half-day")));
        assert!(cannot(&it, moment("2027-01-11-m").expect("a half-day")));
        let none = said(Availability { half_days: Some(Vec::new()), away: Vec::new() }, Vec::new());
        assert!(cannot(&none, moment("2027-01-11-o").expect("a half-day")), "no half-day at all is none");
    }

    #[test]
    fn an_answer_is_about_the_meeting_as_it_was() {
        let no = Reply { moment: "2027-01-14-o".into(), time: Some("09:00".into()), location: Some("L1".into()), comes: false };
        let it = said(Availability::default(), vec![no]);
        assert!(reply_to(&it, "2027-01-14-o", Some("09:00"), Some("L1")).is_some());
        assert!(reply_to(&it, "2027-01-14-o", Some("10:15"), Some("L1")).is_none());
    }
}
