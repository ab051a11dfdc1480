//! Who is in a roster says when that can be, and whether they come: in the own account, by a personal link, or to the intermediary.

pub mod asking;
pub mod links;
pub mod saying;

use std::collections::BTreeSet;

use loket_instances::scheduling::roster_file::RosterFile;
use loket_solver::common::words::HalfDay;

use super::own::Kept;
use super::rows;
use crate::access::{Caller, Role};
use crate::actions::{Asked, Refused, aside};
use crate::desk::roster::given::reply_to;
use crate::desk::roster::meetings::Appointment;
use crate::records::invitation::{Invitation, Way};
use crate::records::roster::Roster;
use crate::store::{Error, Session, Store};

/// A meeting, and whether somebody comes.
#[derive(Clone, Debug)]
pub struct Met {
    /// The meeting.
    pub meeting: Appointment,
    /// What was said about it as it is now.
    pub comes: Option<bool>,
}

/// What somebody is asked, and said.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The roster.
    pub roster: Roster,
    /// Who, by name where that is known.
    pub name: Option<String>,
    /// Whether it is somebody who leads or sits in a panel.
    pub leads: bool,
    /// The half-days of the week that the roster has of them; nothing is every one.
    pub usual: Option<Vec<HalfDay>>,
    /// The meetings to come that people were told of, in order.
    pub meetings: Vec<Met>,
    /// Every meeting for a calendar, also those that are over or off.
    pub calendar: Vec<Appointment>,
    /// What was asked and said.
    pub invitation: Invitation,
}

/// How a caller speaks for somebody in a roster; nothing when that is not the caller's to do. A coach is known by the id of the register, a
/// colleague by that of the account.
pub fn way(caller: &Caller, person: &str) -> Option<Way> {
    if caller.account_id() == Some(person) {
        return matches!(caller.role(), Role::Bestuur | Role::Intermediair).then_some(Way::Account);
    }
    match caller.role() {
        Role::Intermediair | Role::Systeem => Some(Way::Genoteerd),
        Role::Coach => caller.scope().coaches().is_some_and(|own| own.iter().any(|id| id == person)).then_some(Way::Account),
        Role::Bestuur | Role::Beheerder | Role::Lezer | Role::Link => None,
    }
}

/// What a roster's file has of somebody: whether it is somebody who leads, and the half-days; nothing when nobody is known by this id.
fn row(file: &RosterFile, person: &str) -> Option<(bool, Option<Vec<HalfDay>>)> {
    let leads = file.people.iter().find(|it| it.id == person).map(|it| (true, it.half_days.clone()));
    let planned = || file.participants.iter().flatten().find(|it| it.id == person).map(|it| (false, it.half_days.clone()));
    let visited = || file.placements.iter().flatten().find(|it| it.id == person).map(|it| (false, it.half_days.clone()));
    leads.or_else(planned).or_else(visited)
}

/// What somebody is asked. Whoever it is may see it, and the intermediary.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such person in the roster, or it is another's.
pub async fn shown(store: &Store, asked: &Asked, roster: &str, person: &str) -> Result<Shown, Refused> {
    way(&asked.caller, person).ok_or(Refused::Unknown)?;
    read(store, &mut store.snapshot().await?, roster, person).await
}

/// Everything that the caller is asked for rosters that are not over, the first one first: a coach what goes under the coach's id, others what
/// goes under the account's.
///
/// # Errors
/// When the store could not do it.
pub async fn own_ones(store: &Store, asked: &Asked) -> Result<Vec<Shown>, Refused> {
    let ids: Vec<String> = match asked.caller.role() {
        Role::Coach => asked.caller.scope().coaches().unwrap_or_default().to_vec(),
        _ => asked.caller.account_id().map(str::to_owned).into_iter().collect(),
    };
    of(store, asked, &ids).await
}

/// The same of these people.
///
/// # Errors
/// [`Refused::Unknown`] when one of them is another's.
pub async fn of(store: &Store, asked: &Asked, ids: &[String]) -> Result<Vec<Shown>, Refused> {
    let today = store.clock().today().to_string();
    let mut reading = store.snapshot().await?;
    let mut invitations = Vec::new();
    for id in ids {
        way(&asked.caller, id).ok_or(Refused::Unknown)?;
        invitations.append(&mut reading.roster_invitations_of(id, &today).await?);
    }
    let rosters: BTreeSet<&str> = invitations.iter().map(|it| it.roster.as_str()).collect();
    let rosters = reading.rosters_among(&rosters.into_iter().collect::<Vec<_>>()).await?;
    let kept = Kept::of(&mut reading, &rosters.values().cloned().collect::<Vec<_>>()).await?;
    drop(reading);
    let mut all = Vec::new();
    for invitation in invitations {
        let Some(roster) = rosters.get(&invitation.roster) else { continue };
        // Somebody may have left the roster since.
        match of_one(store, &kept, roster, invitation).await {
            Err(Refused::Unknown) => {}
            found => all.push(found?),
        }
    }
    Ok(all)
}

async fn read(store: &Store, reading: &mut Session, roster: &str, person: &str) -> Result<Shown, Refused> {
    let roster = reading.roster(roster).await?.ok_or(Refused::Unknown)?;
    let kept = Kept::of(reading, std::slice::from_ref(&roster)).await?;
    let invitation = reading.roster_invitation(&roster.id, person).await?;
    of_one(store, &kept, &roster, invitation).await
}

async fn of_one(store: &Store, kept: &Kept, roster: &Roster, invitation: Invitation) -> Result<Shown, Refused> {
    let file = kept.file(roster).ok_or(Refused::Unknown)?.to_vec();
    let person = invitation.person.clone();
    let name = kept.name(&roster.id, &person);
    let who = person.clone();
    let known = aside(move || rows(&file).map(|file| row(&file, &who))).await?;
    let (leads, usual) = known?.ok_or(Refused::Unknown)?;
    let today = store.clock().today().to_string();
    let mut calendar = kept.meetings(roster, &person)?;
    if !leads {
        // Who takes part knows who leads; the others meet there.
        calendar.iter_mut().for_each(|it| it.others.truncate(it.meeting.staff.len()));
    }
    calendar.sort_by(|one, other| one.meeting.cmp(&other.meeting));
    let coming = calendar.iter().filter(|it| !it.cancelled && it.meeting.moment.day.to_string() >= today);
    let met = |it: &Appointment| {
        let meeting = &it.meeting;
        let reply = reply_to(&invitation, &meeting.moment.to_string(), meeting.time.as_deref(), meeting.location.as_deref());
        Met { comes: reply.map(|it| it.comes), meeting: it.clone() }
    };
    let meetings = coming.map(met).collect();
    Ok(Shown { name, leads, usual, meetings, calendar, invitation, roster: roster.clone() })
}

/// Everybody in a roster with what they were asked and said, by name.
///
/// # Errors
/// When there is no such roster.
pub async fn all(store: &Store, roster: &str) -> Result<Vec<Listed>, Refused> {
    let mut reading = store.snapshot().await?;
    let roster = reading.roster(roster).await?.ok_or(Refused::Unknown)?;
    let file = reading.input(&roster.input).await?.ok_or(Refused::Unknown)?;
    let mut names = reading.roster_names(&roster.id).await?;
    let said = reading.roster_invitations(&roster.id).await?;
    let everybody = aside(move || rows(&file).map(|file| everybody(&file))).await??;
    let reached = reading.reached(&everybody.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>()).await?;
    drop(reading);
    let one = |(id, leads): (String, bool)| {
        let known = said.iter().find(|it| it.person == id).cloned();
        let invitation = known.unwrap_or_else(|| Invitation { roster: roster.id.clone(), person: id.clone(), ..Invitation::default() });
        Listed { name: names.remove(&id), leads, reached: reached.get(&id).is_some_and(|it| it.address), invitation }
    };
    let mut all: Vec<Listed> = everybody.into_iter().map(one).collect();
    let order = |it: &Listed| (!it.leads, it.name.is_none(), it.name.clone(), it.invitation.person.clone());
    all.sort_by_key(order);
    Ok(all)
}

/// Somebody in a roster with what was asked and said.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The name, where that is known.
    pub name: Option<String>,
    /// Whether it is somebody who leads or sits in a panel.
    pub leads: bool,
    /// Whether there is an address where a message can go now.
    pub reached: bool,
    /// What was asked and said.
    pub invitation: Invitation,
}

/// Everybody in a file by id, with whether they lead.
fn everybody(file: &RosterFile) -> Vec<(String, bool)> {
    let leads = file.people.iter().map(|it| (it.id.clone(), true));
    let planned = file.participants.iter().flatten().map(|it| (it.id.clone(), false));
    leads.chain(planned).chain(file.placements.iter().flatten().map(|it| (it.id.clone(), false))).collect()
}

/// The people of a roster that is kept.
async fn people(reading: &mut Session, roster: &Roster) -> Result<Vec<(String, bool)>, Refused> {
    let file = reading.input(&roster.input).await?.ok_or(Refused::Unknown)?;
    Ok(aside(move || rows(&file).map(|file| everybody(&file))).await?.map_err(|error: Error| error)?)
}
