//! Takes names, free text and homes out of a roster file: who computes it, and whoever keeps it, knows pseudonyms and minutes only.

use std::collections::BTreeSet;

use loket_solver::common::words::Transport;
use loket_solver::scheduling::facts::codes::Kind;

use crate::matching::apart::OWN_REASON;
use crate::matching::travel::{Point, metres, minutes};
use crate::scheduling::roster_file::RosterFile;
use crate::scheduling::rows::{PersonRow, StretchRow, TravelRow};

/// What was taken out about one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The pseudonym.
    pub id: String,
    /// `naam`.
    pub name: Option<String>,
    /// `toelichting`.
    pub note: Option<String>,
}

impl RosterFile {
    /// Takes names and free text about people out, and gives them back by id; who stands in two lists is told once. Why somebody is away or
    /// something is forbidden goes as well: it may tell of somebody's health. Homes become minutes of travel. The file must be one that could
    /// be built.
    pub fn apart(&mut self) -> Vec<Person> {
        self.without_homes();
        let mut people: Vec<Person> = Vec::new();
        let mut tell = |id: &str, name: Option<String>, note: Option<String>| match people.iter_mut().find(|it| it.id == id) {
            Some(known) => {
                known.name = known.name.take().or(name);
                known.note = known.note.take().or(note);
            }
            None if name.is_some() || note.is_some() => people.push(Person { id: id.to_owned(), name, note }),
            None => {}
        };
        for row in &mut self.people {
            tell(&row.id, row.name.take(), row.note.take());
            silent(&mut row.absent);
        }
        for row in self.participants.iter_mut().flatten() {
            tell(&row.id, row.name.take(), row.note.take());
            silent(&mut row.absent);
        }
        for row in self.placements.iter_mut().flatten() {
            row.note = None;
            silent(&mut row.absent);
        }
        for row in self.bans.iter_mut().flatten() {
            row.note = None;
            row.reason = Some(OWN_REASON.to_owned());
        }
        self.locks.iter_mut().flatten().for_each(|row| row.note = None);
        self.previous.iter_mut().flatten().for_each(|row| row.note = None);
        self.travel.iter_mut().flatten().for_each(|row| row.note = None);
        people
    }

    /// Gives somebody the name that was kept apart.
    pub fn name(&mut self, id: &str, name: &str) {
        self.people.iter_mut().filter(|row| row.id == id).for_each(|row| row.name = Some(name.to_owned()));
        self.participants.iter_mut().flatten().filter(|row| row.id == id).for_each(|row| row.name = Some(name.to_owned()));
    }

    /// Minutes in the place of the coordinates of people. Places keep theirs: between schools it matters who travels.
    fn without_homes(&mut self) {
        let known: BTreeSet<(String, String)> = self.travel.iter().flatten().map(|row| (row.from.clone(), row.to.clone())).collect();
        let mut made: Vec<TravelRow> = Vec::new();
        let mut add = |from: &str, home: Option<Point>, to: &str, place: Option<Point>, transport: Transport| {
            let there = |one: &str, other: &str| known.contains(&(one.to_owned(), other.to_owned()));
            if let (Some(home), Some(place), false) = (home, place, from == to || there(from, to) || there(to, from)) {
                let minutes = minutes(transport, metres(home, place));
                made.push(TravelRow { from: from.to_owned(), to: to.to_owned(), minutes, note: None });
            }
        };
        match self.kind {
            Kind::PeerGroups => {
                for row in self.participants.iter().flatten() {
                    for place in self.locations.iter().flatten() {
                        let transport = row.transport.unwrap_or(Transport::Fiets);
                        add(&row.id, point(row.lat, row.lon), &place.id, point(place.lat, place.lon), transport);
                    }
                }
            }
            Kind::Visits => {
                for row in &self.people {
                    let own = |school: &str| self.placements.iter().flatten().any(|it| it.coach == row.id && it.school == school);
                    for school in self.schools.iter().flatten().filter(|it| own(&it.id)) {
                        let transport = row.transport.unwrap_or(Transport::Fiets);
                        add(&row.id, point(row.lat, row.lon), &school.id, point(school.lat, school.lon), transport);
                    }
                }
            }
            Kind::Interviews | Kind::Courses => {}
        }
        if !made.is_empty() {
            self.travel.get_or_insert_default().append(&mut made);
        }
        self.people.iter_mut().for_each(|PersonRow { lat, lon, .. }| (*lat, *lon) = (None, None));
        self.participants.iter_mut().flatten().for_each(|row| (row.lat, row.lon) = (None, None));
    }
}

fn point(lat: Option<f64>, lon: Option<f64>) -> Option<Point> {
    Some(Point { lat: lat?, lon: lon? })
}

fn silent(rows: &mut Option<Vec<StretchRow>>) {
    rows.iter_mut().flatten().for_each(|row| (row.name, row.note) = (None, None));
}
