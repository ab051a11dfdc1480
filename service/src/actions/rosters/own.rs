//! What somebody has in the calendar: the own meetings of every roster that people were told of, also those that are off by now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::Date;
use loket_instances::scheduling::roster_file::Named;

use super::{plan, rows};
use crate::actions::Refused;
use crate::desk::roster::meetings::{Appointment, Meeting, of};
use crate::records::roster::Roster;
use crate::store::{Session, Store};

/// The meetings of somebody over all rosters that last until `since` or later, in order of time.
pub async fn meetings(store: &Store, person: &str, since: Date) -> Result<Vec<Appointment>, Refused> {
    let mut reading = store.snapshot().await?;
    let mut all = Vec::new();
    for roster in reading.told_rosters(&since.to_string()).await? {
        all.append(&mut of_roster(&mut reading, &roster, person).await?);
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
    of_roster(&mut reading, &roster, person).await
}

/// The meetings of somebody in a roster that people were told of.
pub(super) async fn of_roster(reading: &mut Session, roster: &Roster, person: &str) -> Result<Vec<Appointment>, Refused> {
    let names = reading.roster_names(&roster.id).await?;
    let mut places: BTreeMap<(Named, String), String> = BTreeMap::new();
    // What was told last counts; of what was told before, what is there no more is off.
    let mut found: BTreeMap<String, (Meeting, i64)> = BTreeMap::new();
    let mut now: BTreeSet<String> = BTreeSet::new();
    for told in reading.publications(&roster.id).await? {
        let Some(run) = reading.roster_run(&told.run).await? else { continue };
        let Some(bytes) = reading.result(&told.run).await? else { continue };
        if let Some(file) = reading.input(&run.input).await? {
            let file = rows(&file)?;
            let locations = file.locations.iter().flatten().map(|row| (Named::Location, &row.id, &row.name));
            let offers = file.offers.iter().flatten().map(|row| (Named::Offer, &row.id, &row.name));
            let named = locations.chain(offers).map(|(kind, id, name)| ((kind, id.clone()), name.clone().unwrap_or_else(|| id.clone())));
            places.extend(named);
        }
        let meetings = of(roster.kind, &plan(&bytes, roster.kind)?, person);
        now = meetings.iter().map(|it| it.key.clone()).collect();
        for meeting in meetings {
            let key = meeting.key.clone();
            // What did not change keeps its number.
            let sequence = found.get(&key).filter(|(was, _)| *was == meeting).map_or(told.number, |(_, number)| *number);
            found.insert(key, (meeting, sequence));
        }
    }
    let name = |id: &String| names.get(id).cloned().unwrap_or_else(|| id.clone());
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
