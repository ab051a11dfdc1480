//! What somebody has in the calendar: the own meetings of every roster that people were told of, also those that are off by now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::Date;
use loket_instances::scheduling::roster_file::Named;

use super::{plan, rows};
use crate::actions::Refused;
use crate::desk::roster::meetings::{Appointment, Meeting, of};
use crate::records::roster::{Roster, ToldPlan};
use crate::store::{Error, Session, Store};

/// The meetings of somebody over all rosters that last until `since` or later, in order of time.
pub async fn meetings(store: &Store, person: &str, since: Date) -> Result<Vec<Appointment>, Refused> {
    let mut reading = store.snapshot().await?;
    let rosters = reading.told_rosters(person, &since.to_string()).await?;
    let kept = Kept::of(&mut reading, &rosters).await?;
    let mut all = Vec::new();
    for roster in &rosters {
        all.append(&mut kept.meetings(roster, person)?);
    }
    all.sort_by(|one, other| (&one.meeting, &one.roster).cmp(&(&other.meeting, &other.roster)));
    Ok(all)
}

/// Since when rosters are told of where nobody says: what is older stands in calendars as it was.
pub fn lately(store: &Store) -> Date {
    store.clock().today().saturating_sub(Span::new().weeks(13))
}

/// The meetings of somebody in one roster.
pub async fn in_roster(store: &Store, id: &str, person: &str) -> Result<Vec<Appointment>, Refused> {
    let mut reading = store.snapshot().await?;
    let roster = reading.roster(id).await?.ok_or(Refused::Unknown)?;
    Kept::of(&mut reading, std::slice::from_ref(&roster)).await?.meetings(&roster, person)
}

/// What is kept of rosters: names, the plans that people were told, and the files; read at once for all of them.
pub(super) struct Kept {
    names: BTreeMap<String, BTreeMap<String, String>>,
    told: BTreeMap<String, Vec<ToldPlan>>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Kept {
    /// Of these rosters.
    pub(super) async fn of(reading: &mut Session, rosters: &[Roster]) -> Result<Self, Error> {
        let ids: Vec<&str> = rosters.iter().map(|it| it.id.as_str()).collect();
        if ids.is_empty() {
            return Ok(Self { names: BTreeMap::new(), told: BTreeMap::new(), files: BTreeMap::new() });
        }
        let (names, told) = (reading.names_in_rosters(&ids).await?, reading.told_plans(&ids).await?);
        let made_of = told.values().flatten().map(|it| it.input.as_str());
        let hashes: BTreeSet<&str> = made_of.chain(rosters.iter().map(|it| it.input.as_str())).collect();
        let files = reading.inputs_among(&hashes.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self { names, told, files })
    }

    /// The name of somebody in a roster.
    pub(super) fn name(&self, roster: &str, person: &str) -> Option<String> {
        self.names.get(roster)?.get(person).cloned()
    }

    /// A roster's own file.
    pub(super) fn file(&self, roster: &Roster) -> Option<&[u8]> {
        self.files.get(&roster.input).map(Vec::as_slice)
    }

    /// The meetings of somebody in a roster that people were told of.
    pub(super) fn meetings(&self, roster: &Roster, person: &str) -> Result<Vec<Appointment>, Refused> {
        let mut places: BTreeMap<(Named, String), String> = BTreeMap::new();
        // What was told last counts; of what was told before, what is there no more is off.
        let mut found: BTreeMap<String, (Meeting, i64)> = BTreeMap::new();
        let mut now: BTreeSet<String> = BTreeSet::new();
        for told in self.told.get(&roster.id).into_iter().flatten() {
            if let Some(file) = self.files.get(&told.input) {
                let file = rows(file)?;
                let locations = file.locations.iter().flatten().map(|row| (Named::Location, &row.id, &row.name));
                let offers = file.offers.iter().flatten().map(|row| (Named::Offer, &row.id, &row.name));
                let all = locations.chain(offers);
                places.extend(all.map(|(kind, id, name)| ((kind, id.clone()), name.clone().unwrap_or_else(|| id.clone()))));
            }
            let meetings = of(roster.kind, &plan(told.plan.as_bytes(), roster.kind)?, person);
            now = meetings.iter().map(|it| it.key.clone()).collect();
            for meeting in meetings {
                let key = meeting.key.clone();
                // What did not change keeps its number.
                let sequence = found.get(&key).filter(|(was, _)| *was == meeting).map_or(told.number, |(_, number)| *number);
                found.insert(key, (meeting, sequence));
            }
        }
        let name = |id: &String| self.name(&roster.id, id).unwrap_or_else(|| id.clone());
        let place = |kind: Named, id: &Option<String>| {
            let id = id.as_ref()?;
            Some(places.get(&(kind, id.clone())).cloned().unwrap_or_else(|| id.clone()))
        };
        let publications = roster.publications;
        let own = found.into_values().map(|(meeting, sequence)| {
            let cancelled = !now.contains(&meeting.key);
            Appointment {
                roster: roster.id.clone(),
                roster_name: roster.name.clone(),
                kind: roster.kind,
                location: place(Named::Location, &meeting.location),
                offer: place(Named::Offer, &meeting.offer),
                others: meeting.staff.iter().chain(&meeting.members).filter(|it| *it != person).map(name).collect(),
                sequence: if cancelled { publications } else { sequence },
                cancelled,
                meeting,
            }
        });
        Ok(own.collect())
    }
}
