//! Where the schools, homes and coaches of a wave are, and who travels where by its plan.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::open::centroids::Centroids;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::Transport;

use crate::store::Error;

/// A postcode area is that of a home when its middle is this near, in units of 0.00001 degree: some hundreds of metres.
const NEAR: i64 = 500;

/// A place on earth, in units of 0.00001 degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// North.
    pub lat: i64,
    /// East.
    pub lon: i64,
}

impl Place {
    /// Of degrees; nothing when one of them is not known.
    fn of(lat: Option<f64>, lon: Option<f64>) -> Option<Self> {
        let whole = |degrees: f64| (degrees * 100_000.0).round() as i64;
        Some(Self { lat: whole(lat?), lon: whole(lon?) })
    }
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: Option<Place>,
    /// Its seats.
    pub seats: i64,
    /// How many are placed there.
    pub placed: i64,
}

/// Somebody: a candidate or a coach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: String,
    /// Home.
    pub place: Option<Place>,
    /// The postcode area, when one is known whose middle is there.
    pub area: Option<String>,
    /// How they travel.
    pub transport: Option<Transport>,
    /// Furthest they travel, minutes.
    pub most: Option<i64>,
}

/// Who is placed where, with whom, and how far that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Who.
    pub candidate: String,
    /// Where.
    pub school: String,
    /// With whom.
    pub coach: String,
    /// The bouw.
    pub bouw: String,
    /// Minutes of the candidate.
    pub minutes: i64,
    /// Minutes of the coach.
    pub coach_minutes: i64,
}

/// Everything with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// In the order of the file.
    pub schools: Vec<School>,
    /// In the order of the file.
    pub candidates: Vec<Person>,
    /// In the order of the file.
    pub coaches: Vec<Person>,
    /// In the order of the outcome; none without a plan.
    pub pairs: Vec<Pair>,
}

/// What somebody wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A coach, with everybody of the coach.
    Coach(String),
    /// A school, with everybody there.
    School(String),
    /// A candidate.
    Candidate(String),
    /// Everybody who lives where this candidate does.
    Home(String),
}

/// The places of a wave, as its file and its outcome were kept.
///
/// # Errors
/// When what was kept cannot be read.
pub fn read(file: &[u8], outcome: Option<&[u8]>, areas: &Centroids) -> Result<Places, Error> {
    let wrong = |refusal: Refusal| Error::unreadable("een lichting of haar voorstel", &refusal);
    let file = WaveFile::read(file).map_err(wrong)?;
    let outcome = outcome.map(read_outcome).transpose().map_err(wrong)?;
    let pairs: Vec<Pair> = outcome
        .map(|it| it.placements)
        .unwrap_or_default()
        .into_iter()
        .map(|it| Pair {
            candidate: it.candidate,
            school: it.school,
            coach: it.coach,
            bouw: it.bouw,
            minutes: it.travel,
            coach_minutes: it.coach_travel,
        })
        .collect();
    let mut placed: BTreeMap<&str, i64> = BTreeMap::new();
    for pair in &pairs {
        *placed.entry(&pair.school).or_default() += 1;
    }
    let schools = file.schools.iter().map(|it| School {
        id: it.id.clone(),
        name: it.name.clone().unwrap_or_else(|| it.id.clone()),
        place: Place::of(it.lat, it.lon),
        seats: it.seats.iter().map(|group| i64::from(group.count)).sum(),
        placed: placed.get(it.id.as_str()).copied().unwrap_or(0),
    });
    let schools = schools.collect();
    let person = |id: &str, place: Option<Place>, transport, most: Option<u32>| Person {
        id: id.to_owned(),
        place,
        area: place.and_then(|it| area(areas, it)),
        transport,
        most: most.map(i64::from),
    };
    let candidates = file.candidates.iter().map(|it| person(&it.id, Place::of(it.lat, it.lon), it.transport, it.max_travel)).collect();
    let coaches = file.coaches.iter().map(|it| person(&it.id, Place::of(it.lat, it.lon), it.transport, it.max_travel)).collect();
    Ok(Places { schools, candidates, coaches, pairs })
}

/// The postcode area whose middle is nearest, when that is near.
fn area(areas: &Centroids, place: Place) -> Option<String> {
    // A degree to the east is some six tenths of one to the north here.
    let off = |lat: i64, lon: i64| (lat - place.lat).pow(2) + ((lon - place.lon) * 6 / 10).pow(2);
    let nearest = areas.iter().map(|(name, it)| (off(it.lat, it.lon), name)).min()?;
    (nearest.0 <= NEAR * NEAR).then(|| nearest.1.to_owned())
}

/// People who live in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Where.
    pub place: Place,
    /// The postcode area, when it is known.
    pub area: Option<String>,
    /// Who, in the order of the file.
    pub people: Vec<String>,
}

impl Places {
    /// Candidates by the place where they live: a postcode area where it is known, else the very spot.
    pub fn homes(&self) -> Vec<Home> {
        let mut homes: BTreeMap<(Option<&str>, Option<Place>), Home> = BTreeMap::new();
        for person in &self.candidates {
            let Some(place) = person.place else { continue };
            let spot = person.area.is_none().then_some(place);
            let home = homes.entry((person.area.as_deref(), spot));
            home.or_insert_with(|| Home { place, area: person.area.clone(), people: Vec::new() }).people.push(person.id.clone());
        }
        homes.into_values().collect()
    }

    /// The placements that belong to what was chosen.
    pub fn of(&self, chosen: &Chosen) -> Vec<&Pair> {
        let home = match chosen {
            Chosen::Home(id) => self.homes().into_iter().find(|it| it.people.contains(id)).map_or_else(Vec::new, |it| it.people),
            _ => Vec::new(),
        };
        let these = |pair: &&Pair| match chosen {
            Chosen::Coach(id) => pair.coach == *id,
            Chosen::School(id) => pair.school == *id,
            Chosen::Candidate(id) => pair.candidate == *id,
            Chosen::Home(_) => home.contains(&pair.candidate),
        };
        self.pairs.iter().filter(these).collect()
    }

    /// Whether what was chosen is in the wave.
    pub fn knows(&self, chosen: &Chosen) -> bool {
        match chosen {
            Chosen::Coach(id) => self.coaches.iter().any(|it| it.id == *id),
            Chosen::School(id) => self.schools.iter().any(|it| it.id == *id),
            Chosen::Candidate(id) | Chosen::Home(id) => self.candidates.iter().any(|it| it.id == *id),
        }
    }

    /// A school by its id.
    pub fn school(&self, id: &str) -> Option<&School> {
        self.schools.iter().find(|it| it.id == id)
    }

    /// A candidate by the id.
    pub fn candidate(&self, id: &str) -> Option<&Person> {
        self.candidates.iter().find(|it| it.id == id)
    }

    /// A coach by the id.
    pub fn coach(&self, id: &str) -> Option<&Person> {
        self.coaches.iter().find(|it| it.id == id)
    }
}

#[cfg(test)]
mod tests {
    use loket_instances::sheets::open::numbers::Place as Middle;

    use super::*;

    #[test]
    fn who_lives_in_one_area_is_one_home_and_others_stand_alone() {
        let areas = Centroids::of([("1013".to_owned(), Middle { lat: 5_239_000, lon: 488_000 })]);
        let person = |id: &str, lat: i64| {
            let place = Place { lat, lon: 488_010 };
            Person { id: id.into(), place: Some(place), area: area(&areas, place), transport: None, most: None }
        };
        let places =
            Places { candidates: vec![person("Z1", 5_239_010), person("Z2", 5_230_000), person("Z3", 5_238_990)], ..Places::default() };
        let homes: Vec<(Option<&str>, usize)> =
            places.homes().iter().map(|it| (it.area.as_deref(), it.people.len())).map(|it| (it.0.map(|_| "1013"), it.1)).collect();
        assert_eq!(homes, [(None, 1), (Some("1013"), 2)]);
    }
}
