//! The map of a wave: schools, homes and coaches, who travels where, and the same as a list.

mod drawing;
mod lists;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use loket_solver::matching::facts::words::Transport;

use super::declared::Pages;
use super::frame::{Frame, Tab, page};
use super::messages::Map as Words;
use super::paths;
use super::visitor::Visitor;
use super::wavebar::around;
use crate::access::Role;
use crate::actions::fairness::{self, Names};
use crate::desk::places::{Chosen, Places};
use crate::present::dutch::number;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;

use drawing::{Drawing, drawn};
use lists::{Entry, Overview, entries, overview};

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new().at(&[Role::Intermediair], paths::WAVE_MAP, get(show))
}

/// Which marks are drawn besides those of what was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layers {
    schools: bool,
    free: bool,
    homes: bool,
    coaches: bool,
}

/// What somebody may choose.
struct Options {
    label: &'static str,
    these: Vec<(String, String, bool)>,
}

/// Everything that the parts of the page are made of.
struct Told {
    wave: String,
    places: Places,
    chosen: Option<Chosen>,
    coaches: Names,
    candidates: Names,
    layers: Layers,
}

impl Told {
    fn coach(&self, id: &str) -> String {
        self.coaches.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn candidate(&self, id: &str) -> String {
        self.candidates.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// The address of this map with something chosen on it, and the same layers.
    fn at(&self, chosen: &Chosen) -> String {
        let Layers { schools, free, homes, coaches } = self.layers;
        let mut place = format!("{}?kies={}&lagen=ja", paths::wave_map(&self.wave), crate::records::address::segment(&code(chosen)));
        for (on, key) in [(schools, "scholen"), (free, "vrij"), (homes, "huizen"), (coaches, "coaches")] {
            if on {
                place.push_str(&format!("&{key}=ja"));
            }
        }
        place
    }
}

/// How what was chosen is written in an address.
fn code(chosen: &Chosen) -> String {
    match chosen {
        Chosen::Coach(id) => format!("coach:{id}"),
        Chosen::School(id) => format!("school:{id}"),
        Chosen::Candidate(id) => format!("kandidaat:{id}"),
        Chosen::Home(id) => format!("woonplaats:{id}"),
    }
}

fn parse(text: &str) -> Option<Chosen> {
    let (kind, id) = text.split_once(':')?;
    let id = id.to_owned();
    match kind {
        "coach" => Some(Chosen::Coach(id)),
        "school" => Some(Chosen::School(id)),
        "kandidaat" => Some(Chosen::Candidate(id)),
        "woonplaats" => Some(Chosen::Home(id)),
        _ => None,
    }
}

#[derive(Template)]
#[template(path = "map/show.html")]
struct MapPage {
    frame: Frame,
    place: String,
    options: Vec<Options>,
    layers: Layers,
    planned: bool,
    drawing: Option<Drawing>,
    title: String,
    about: String,
    entries: Vec<Entry>,
    overview: Vec<Overview>,
    chosen: bool,
    unplaced: i64,
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let wanted = keys.text("kies").filter(|it| !it.is_empty());
    let said = keys.text("lagen").is_some();
    let mut layer = |key, usual: bool| if said { keys.text(key).is_some() } else { keys.text(key).is_some() || usual };
    let layers = Layers {
        schools: layer("scholen", true),
        free: layer("vrij", true),
        homes: layer("huizen", true),
        coaches: layer("coaches", false),
    };
    keys.finish()?;
    let (wave, places, coaches, candidates) = fairness::places(&app.store, &visitor.asked, &id).await?;
    let chosen = wanted.as_deref().map(|it| parse(it).filter(|it| places.knows(it)).ok_or_else(Problem::unknown)).transpose()?;
    let (frame, _) = around(&app, &visitor, &wave.id, Tab::Map).await?;
    let m = frame.m.map;
    let told = Told { wave: id, places, chosen, coaches, candidates, layers };
    let (title, about) = said_of(m, &told);
    let unplaced = told.places.schools.iter().filter(|it| it.place.is_none()).count();
    let shown = MapPage {
        place: paths::wave_map(&told.wave),
        options: options(m, &told),
        layers,
        planned: !told.places.pairs.is_empty(),
        drawing: drawn(m, &told, &app.settings.districts),
        entries: entries(m, &told),
        overview: if told.chosen.is_none() { overview(&told) } else { Vec::new() },
        chosen: told.chosen.is_some(),
        unplaced: i64::try_from(unplaced).unwrap_or(i64::MAX),
        title,
        about,
        frame,
    };
    page(&shown)
}

/// What somebody may choose, by name.
fn options(m: Words, told: &Told) -> Vec<Options> {
    let list = |label, all: Vec<(Chosen, String)>| {
        let mut these: Vec<(String, String, bool)> =
            all.into_iter().map(|(it, name)| (code(&it), name, told.chosen.as_ref() == Some(&it))).collect();
        these.sort_by(|a, b| a.1.cmp(&b.1));
        Options { label, these }
    };
    let places = &told.places;
    vec![
        list(m.coaches(), places.coaches.iter().map(|it| (Chosen::Coach(it.id.clone()), told.coach(&it.id))).collect()),
        list(m.schools(), places.schools.iter().map(|it| (Chosen::School(it.id.clone()), it.name.clone())).collect()),
        list(m.candidates(), places.candidates.iter().map(|it| (Chosen::Candidate(it.id.clone()), told.candidate(&it.id))).collect()),
    ]
}

/// What was chosen in a sentence, and what is known of it.
fn said_of(m: Words, told: &Told) -> (String, String) {
    let Some(chosen) = &told.chosen else { return (m.overview().to_owned(), m.overview_text().to_owned()) };
    let pairs = told.places.of(chosen);
    match chosen {
        Chosen::Coach(id) => {
            let mut schools: Vec<&str> = pairs.iter().map(|it| it.school.as_str()).collect();
            schools.sort_unstable();
            schools.dedup();
            let name = told.coach(id);
            let title = if pairs.is_empty() { m.coach_free(name) } else { m.coach_title(name, pairs.len(), schools.len()) };
            (title, about(m, told.places.coach(id)))
        }
        Chosen::School(id) => {
            let school = told.places.school(id);
            let (name, seats) = school.map_or((id.as_str(), 0), |it| (it.name.as_str(), it.seats));
            (m.school_title(name, number(i64::try_from(pairs.len()).unwrap_or(0)), seats), String::new())
        }
        Chosen::Candidate(id) => {
            let name = told.candidate(id);
            let school = pairs.first().and_then(|it| told.places.school(&it.school));
            let title = school.map_or_else(|| m.candidate_none(&name), |it| m.candidate_title(&name, &it.name));
            (title, about(m, told.places.candidate(id)))
        }
        Chosen::Home(id) => {
            let home = told.places.homes().into_iter().find(|it| it.people.contains(id));
            let (people, area) = home.map_or((0, None), |it| (it.people.len(), it.area));
            (area.map_or_else(|| m.home_title(people), |area| m.home_area(people, area)), String::new())
        }
    }
}

/// Where somebody lives and how far they travel.
fn about(m: Words, person: Option<&crate::desk::places::Person>) -> String {
    let Some(person) = person else { return String::new() };
    let goes = person.transport.map(|it| match it {
        Transport::Fiets => m.goes_fiets(),
        Transport::Ov => m.goes_ov(),
        Transport::Auto => m.goes_auto(),
    });
    let said = [person.area.as_ref().map(|it| m.lives(it)), goes.map(str::to_owned), person.most.map(|it| m.at_most(number(it)))];
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
