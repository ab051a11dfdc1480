//! Generated candidates: homes in uneven clusters, bouwen in order, travel, wishes and a few needs.

use loket_solver::matching::facts::words::{Bouw, Phase, Transport, Word};
use serde_json::{Value, json};

use super::coaches::Coach;
use super::draw::Draw;
use super::places::{Area, Point};
use super::schools::{Board, School};
use super::{Options, PhaseMix, Preset, Rerun, words};

/// A candidate before it is written.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub id: String,
    pub name: String,
    pub home: Point,
    pub transport: Transport,
    pub max_travel: u32,
    pub phase: Phase,
    /// Whether the phase is written.
    pub own_phase: bool,
    pub hours: Option<u32>,
    pub bouwen: Vec<Bouw>,
    pub kinds: Vec<&'static str>,
    pub boards: Vec<String>,
    pub concepts: Vec<&'static str>,
    pub half_days: Vec<&'static str>,
    pub waited: u32,
    pub wishes: Vec<&'static str>,
    pub needs: Vec<&'static str>,
    pub current_coach: Option<String>,
    pub current_school: Option<String>,
    pub excluded_schools: Vec<String>,
    pub excluded_boards: Vec<String>,
    pub excluded_denominations: Vec<&'static str>,
    pub excluded_coaches: Vec<String>,
}

/// Hours by phase, as the policy's defaults have them.
const HOURS: [u32; 4] = [15, 60, 30, 15];

impl Candidate {
    /// Coaching hours in this wave.
    pub fn hours(&self) -> u32 {
        self.hours.unwrap_or(HOURS[self.phase as usize])
    }
    /// Coaching hours in the next phase.
    pub fn next_hours(&self) -> u32 {
        self.phase.next().map_or(0, |next| HOURS[next as usize])
    }
    /// The candidate as a file has it.
    pub fn json(&self) -> Value {
        let mut row = json!({
            "id": self.id, "naam": self.name,
            "lat": Point::degrees(self.home.lat), "lon": Point::degrees(self.home.lon),
            "vervoer": self.transport.code(), "max_reistijd": self.max_travel,
        });
        if self.own_phase {
            row["fase"] = json!(self.phase.code());
        }
        if let Some(hours) = self.hours {
            row["uren"] = json!(hours);
        }
        row["bouwen"] = self.bouwen.iter().map(|bouw| bouw.code()).collect();
        row["wachtrondes"] = json!(self.waited);
        let lists = [
            ("soorten", &self.kinds),
            ("concepten", &self.concepts),
            ("dagdelen", &self.half_days),
            ("coach_wensen", &self.wishes),
            ("coach_eisen", &self.needs),
        ];
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            row[key] = json!(list);
        }
        if !self.boards.is_empty() {
            row["besturen"] = json!(self.boards);
        }
        if let Some(coach) = &self.current_coach {
            row["huidige_coach"] = json!(coach);
        }
        if let Some(school) = &self.current_school {
            row["huidige_school"] = json!(school);
        }
        let mut excluded = json!({});
        let lists = [
            ("scholen", json!(self.excluded_schools)),
            ("besturen", json!(self.excluded_boards)),
            ("denominaties", json!(self.excluded_denominations)),
            ("coaches", json!(self.excluded_coaches)),
        ];
        for (key, list) in lists {
            if list.as_array().is_some_and(|list| !list.is_empty()) {
                excluded[key] = list;
            }
        }
        if excluded.as_object().is_some_and(|lists| !lists.is_empty()) {
            row["uitgesloten"] = excluded;
        }
        row
    }
}

/// A neighbourhood where candidates live.
struct Cluster {
    middle: Point,
    far: bool,
}

/// Candidates without links to coaches and schools; [`link`] adds those.
pub(super) fn generate(options: &Options, areas: &[Area], boards: &[Board], schools: &[School]) -> Vec<Candidate> {
    let mut draw = Draw::new("kandidaten", options.seed);
    let count = options.candidate_count();
    let homes: Vec<u32> = areas.iter().map(|area| area.homes).collect();
    let clusters: Vec<Cluster> = (0..(count / 3).clamp(5, 1500))
        .map(|_| {
            let area = &areas[draw.weighted(&homes)];
            Cluster { middle: area.middle.near(area.radius, &mut draw), far: area.far }
        })
        .collect();
    let crowds: Vec<u32> = clusters.iter().map(|_| draw.between(1, 3).pow(2)).collect();
    // The boards with most schools: a candidate who wants one board wants a known one.
    let mut sizes = vec![0_usize; boards.len()];
    for school in schools {
        sizes[school.board] += 1;
    }
    let mut known: Vec<usize> = (0..boards.len()).collect();
    known.sort_by_key(|&board| usize::MAX - sizes[board]);
    known.truncate(6);
    let width = super::width(count, 4);
    (0..count)
        .map(|number| {
            let cluster = &clusters[draw.weighted(&crowds)];
            let mut one = person(options, cluster, &mut draw);
            one.id = format!("Z{:0width$}", number + 1);
            if draw.percent(4) && options.preset == Preset::Amsterdam {
                let wanted = 1 + draw.index(3);
                one.boards = draw.some(&known, wanted).into_iter().map(|board| boards[board].id.clone()).collect();
            } else if draw.percent(3) && !boards.is_empty() {
                one.excluded_boards = vec![boards[draw.index(boards.len())].id.clone()];
            }
            one
        })
        .collect()
}

fn person(options: &Options, cluster: &Cluster, draw: &mut Draw) -> Candidate {
    let transport = match draw.weighted(if cluster.far { &[6, 42, 52] } else { &[52, 33, 15] }) {
        0 => Transport::Fiets,
        1 => Transport::Ov,
        _ => Transport::Auto,
    };
    let longest = match (options.preset, transport) {
        (Preset::Amsterdam, Transport::Auto) => 9,
        (Preset::Amsterdam, _) => 12,
        (Preset::Regio, Transport::Auto) => 7,
        (Preset::Regio, _) => 10,
        (Preset::Land, Transport::Auto) => 6,
        (Preset::Land, _) => 8,
    };
    let city = options.preset == Preset::Amsterdam;
    let phase = match options.phases {
        PhaseMix::One => options.phase,
        PhaseMix::Mixed => Phase::ALL[draw.weighted(&[30, 35, 20, 15])],
    };
    let bouwen = 1 + draw.weighted(&[25, 45, 30]);
    let wishes = draw.weighted(&[45, 30, 20, 5]);
    let concepts = draw.weighted(&[60, 30, 10]);
    Candidate {
        id: String::new(),
        name: words::person(draw),
        home: cluster.middle.near(300, draw),
        transport,
        max_travel: 5 * draw.between(if city && cluster.far { longest - 2 } else { 6 }, longest),
        phase,
        own_phase: options.phases == PhaseMix::Mixed,
        hours: draw.percent(3).then(|| HOURS[phase as usize] + draw.pick(&[5, 10, 15])),
        bouwen: draw.some(Bouw::ALL, bouwen),
        kinds: match draw.below(100) {
            0..8 => vec!["bo", "sbo"],
            8..10 => vec!["bo", "sbo", "so"],
            _ => Vec::new(),
        },
        boards: Vec::new(),
        concepts: draw.some(&words::CONCEPTS, concepts),
        half_days: if draw.percent(55) { school_days(draw) } else { Vec::new() },
        waited: draw.weighted(&[68, 20, 9, 3]) as u32,
        wishes: draw.some(&words::TAGS, wishes),
        // The first tags are the most common with coaches.
        needs: if draw.percent(5) { vec![draw.pick(&words::TAGS[..5])] } else { Vec::new() },
        current_coach: None,
        current_school: None,
        excluded_schools: Vec::new(),
        excluded_boards: Vec::new(),
        excluded_denominations: if draw.percent(3) { vec![draw.pick(&words::DENOMINATIONS[1..])] } else { Vec::new() },
        excluded_coaches: Vec::new(),
    }
}

/// The week without one study day and at most two further half-days.
fn school_days(draw: &mut Draw) -> Vec<&'static str> {
    let study = draw.index(5);
    let rest: Vec<usize> = (0..10).filter(|day| day / 2 != study).collect();
    let away = draw.index(3);
    let mut days = draw.some(&rest, rest.len() - away);
    days.sort_unstable();
    days.into_iter().map(|day| words::HALF_DAYS[day]).collect()
}

/// Adds what candidates have with coaches and schools of the wave: whom they have now and a few they must not get.
pub(super) fn link(candidates: &mut [Candidate], options: &Options, schools: &[School], coaches: &[Coach]) {
    let mut draw = Draw::new("banden", options.seed);
    for one in candidates {
        let later = one.phase != Phase::Werkervaring;
        let near: Vec<&School> =
            schools.iter().filter(|school| super::coaches::minutes(one.home, one.transport, school.place) <= one.max_travel).collect();
        if later && draw.percent(22) && !near.is_empty() {
            one.current_school = Some(near[draw.index(near.len())].id.clone());
        }
        if later && draw.percent(22) {
            let able: Vec<&Coach> = coaches.iter().filter(|coach| coach.home.metres(one.home) < 12_000).collect();
            if !able.is_empty() {
                one.current_coach = Some(able[draw.index(able.len())].id.clone());
            }
        }
        if draw.percent(3) && !near.is_empty() {
            one.excluded_schools = vec![near[draw.index(near.len())].id.clone()];
        }
        if draw.percent(2) && !coaches.is_empty() {
            let coach = &coaches[draw.index(coaches.len())].id;
            if one.current_coach.as_ref() != Some(coach) {
                one.excluded_coaches = vec![coach.clone()];
            }
        }
    }
}

/// The share of people with a previous entry, as a number of people.
pub(super) fn with_previous(rerun: Rerun, candidates: usize) -> usize {
    candidates * rerun.share.min(100) as usize / 100
}
