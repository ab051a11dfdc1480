//! A plan: blocks that take place, each with its moments, place, staff and members.

use crate::scheduling::facts::calendar::Moment;
use crate::scheduling::facts::codes::Kind;
use crate::scheduling::facts::ids::{GroupId, LocationId, OfferId, PersonId, RoleId, SeriesId, UnitId};
use crate::scheduling::facts::roster::{Claim, Roster};

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// At one half-day.
    At(Moment),
    /// At the half-days of a series.
    Series(SeriesId),
}

/// When and where something is, whoever staffs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// When.
    pub when: When,
    /// Where, when the problem has locations; of a course the offer's own.
    pub location: Option<LocationId>,
}

impl Place {
    /// Its half-days, in order of time.
    pub fn moments(self, roster: &Roster) -> Vec<Moment> {
        match self.when {
            When::At(moment) => vec![moment],
            When::Series(series) => roster.series[series].moments.clone(),
        }
    }
    /// The offer whose series it is.
    pub fn offer(self, roster: &Roster) -> Option<OfferId> {
        match self.when {
            When::At(_) => None,
            When::Series(series) => roster.series[series].offer,
        }
    }
    /// The half-day, where it is one only.
    pub fn moment(self) -> Option<Moment> {
        match self.when {
            When::At(moment) => Some(moment),
            When::Series(_) => None,
        }
    }
}

/// Somebody on the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    /// In which role.
    pub role: RoleId,
    /// Who.
    pub person: PersonId,
}

/// One thing that takes place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// When and where.
    pub place: Place,
    /// Staff, by role, then person.
    pub staff: Vec<Seat>,
    /// Members; of a tour in driving order.
    pub members: Vec<UnitId>,
    /// The group of before that it goes on (peer groups).
    pub follows: Option<GroupId>,
}

impl Block {
    /// Whether this person is on the staff.
    pub fn has(&self, person: PersonId) -> bool {
        self.staff.iter().any(|seat| seat.person == person)
    }
}

/// Every block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order in which blocks are shown.
    pub blocks: Vec<Block>,
}

impl Plan {
    /// A plan of these blocks, in the order in which it is shown: by first moment, location, smallest staff id, offer.
    pub fn of(roster: &Roster, mut blocks: Vec<Block>) -> Self {
        for block in &mut blocks {
            block.staff.sort();
            if roster.kind() != Kind::Visits {
                block.members.sort();
            }
        }
        blocks.sort_by_cached_key(|block| {
            let first = block.place.moments(roster).first().copied();
            let smallest = block.staff.iter().map(|seat| seat.person).min();
            (first, block.place.location, smallest, block.place.offer(roster), block.clone())
        });
        Self { blocks }
    }

    /// The blocks in which a unit is.
    pub fn with(&self, unit: UnitId) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.members.contains(&unit))
    }
}

impl Claim {
    /// Whether a block at this place with this staff agrees in every field named.
    pub fn agrees(&self, roster: &Roster, place: Place, staff: &[Seat]) -> bool {
        self.fits(roster, place)
            && match self.person.known() {
                Some(person) => staff.iter().any(|seat| seat.person == person),
                None => !self.person.named(),
            }
    }

    /// Whether the place agrees, whoever staffs it.
    pub fn fits(&self, roster: &Roster, place: Place) -> bool {
        let series = match place.when {
            When::At(_) => None,
            When::Series(series) => Some(&roster.series[series].id),
        };
        self.moment.is_none_or(|moment| place.moment() == Some(moment))
            && self.location.agrees(place.location)
            && self.series.as_ref().is_none_or(|id| series == Some(id))
            && self.offer.agrees(place.offer(roster))
    }
}

/// How many of each role a place asks, in the order of roles.
pub fn asked(roster: &Roster, place: Place) -> Vec<(RoleId, u32)> {
    if let Some(interviews) = roster.interviews() {
        return interviews.panel.pairs().map(|(role, &number)| (role, number)).collect();
    }
    let number = match (roster.courses(), place.offer(roster)) {
        (Some(courses), Some(offer)) => courses.offers[offer].facilitators,
        _ => 1,
    };
    roster.roles.ids().map(|role| (role, number)).collect()
}

/// Every place of a roster, in order; for visits the half-days.
pub fn places(roster: &Roster) -> Vec<Place> {
    let moments = || roster.calendar.open().iter().map(|&moment| When::At(moment));
    match roster.kind() {
        Kind::Interviews => {
            moments().flat_map(|when| roster.locations.ids().map(move |location| Place { when, location: Some(location) })).collect()
        }
        Kind::PeerGroups => roster
            .series
            .ids()
            .flat_map(|series| roster.locations.ids().map(move |location| Place { when: When::Series(series), location: Some(location) }))
            .collect(),
        Kind::Visits => moments().map(|when| Place { when, location: None }).collect(),
        Kind::Courses => roster
            .series
            .pairs()
            .filter_map(|(series, row)| {
                let location = roster.courses()?.offers[row.offer?].location;
                Some(Place { when: When::Series(series), location })
            })
            .collect(),
    }
}
