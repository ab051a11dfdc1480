//! Generated coaches: a quarter external, internal ones with a school of their own, hours by the wave's tightness.

use loket_solver::matching::facts::words::{Bouw, Transport, Word};
use serde_json::{Value, json};

use super::candidates::Candidate;
use super::draw::Draw;
use super::places::{Area, Point};
use super::schools::{Board, School};
use super::{Options, PhaseMix, Preset, words};

/// A coach before it is written.
#[derive(Clone, Debug)]
pub(super) struct Coach {
    pub id: String,
    pub name: String,
    pub home: Point,
    pub transport: Transport,
    pub max_travel: u32,
    pub maximum: u32,
    pub hours: u32,
    pub next_hours: Option<u32>,
    pub running: u32,
    pub external: bool,
    pub rate_cents: u32,
    pub bouwen: Vec<Bouw>,
    pub kinds: Vec<&'static str>,
    pub tags: Vec<&'static str>,
    /// Position in the list of schools; internal coaches only.
    pub own_school: Option<usize>,
}

/// Whole minutes by model.md's table, with distances of whole metres.
pub(super) fn minutes(from: Point, transport: Transport, to: Point) -> u32 {
    let (start, rate) = match transport {
        Transport::Fiets => (3, 46),
        Transport::Ov => (12, 35),
        Transport::Auto => (6, 26),
    };
    start + u32::try_from((from.metres(to) * rate).div_ceil(10_000)).unwrap_or(u32::MAX - 12)
}

/// Candidates of one coach in a wave.
const RATIO: u32 = 9;

/// Coaches for these candidates.
pub(super) fn generate(options: &Options, areas: &[Area], schools: &[School], candidates: &[Candidate]) -> Vec<Coach> {
    let mut draw = Draw::new("coaches", options.seed);
    let count = options.coach_count();
    let weights: Vec<u32> = areas.iter().map(|area| area.homes).collect();
    let width = super::width(count, 2);
    // Every fourth of a drawn order is external, so that the share is a quarter and not a quarter on average.
    let mut order: Vec<usize> = (0..count).collect();
    draw.shuffle(&mut order);
    let mean = |hours: fn(&Candidate) -> u32| {
        let all: u32 = candidates.iter().map(hours).sum();
        all.div_ceil(candidates.len().max(1) as u32)
    };
    let most = |hours: fn(&Candidate) -> u32| candidates.iter().map(hours).max().unwrap_or(0);
    let needed = |hours: fn(&Candidate) -> u32, maximum: u32| match options.tightness {
        100.. => maximum * most(hours),
        tight => (maximum * mean(hours) * tight).div_ceil(100),
    };
    (0..count)
        .map(|number| {
            let external = order[number] % 4 == 3;
            let own_school = (!external && !schools.is_empty()).then(|| draw.index(schools.len()));
            let home = match own_school {
                Some(school) => schools[school].place.near(3500, &mut draw),
                None => {
                    let area = &areas[draw.weighted(&weights)];
                    area.middle.near(area.radius, &mut draw)
                }
            };
            let running = match options.phases {
                PhaseMix::One => 0,
                PhaseMix::Mixed => draw.weighted(&[40, 30, 20, 10]) as u32,
            };
            let maximum = RATIO - running;
            let follow_up = options.phases == PhaseMix::Mixed && draw.percent(35);
            let bouwen = 1 + draw.weighted(&[5, 35, 60]);
            let tags = 1 + draw.weighted(&[30, 45, 25]);
            // The first tags are drawn twice as often.
            let common: Vec<&str> = draw.some(&words::TAGS[..5], tags.div_ceil(2));
            let rare = draw.some(&words::TAGS[5..], tags / 2);
            Coach {
                id: format!("K{:0width$}", number + 1),
                name: words::person(&mut draw),
                home,
                transport: Transport::ALL[draw.weighted(match options.preset {
                    Preset::Amsterdam => &[55, 30, 15],
                    _ => &[20, 20, 60],
                })],
                max_travel: match options.preset {
                    Preset::Land => 5 * draw.between(4, 6),
                    Preset::Regio => 5 * draw.between(5, 9),
                    _ => 5 * draw.between(7, 12),
                },
                maximum,
                hours: needed(Candidate::hours, maximum),
                next_hours: follow_up.then(|| needed(Candidate::next_hours, maximum)),
                running,
                external,
                rate_cents: if external { 9680 } else { 5000 },
                bouwen: match bouwen {
                    3 => Vec::new(),
                    some => draw.some(Bouw::ALL, some),
                },
                kinds: match draw.below(100) {
                    0..25 => vec!["bo", "sbo"],
                    25..35 => vec!["bo", "sbo", "so"],
                    _ => Vec::new(),
                },
                tags: common.into_iter().chain(rare).collect(),
                own_school,
            }
        })
        .collect()
}

impl Coach {
    /// The coach as a file has it.
    pub fn json(&self, boards: &[Board], schools: &[School]) -> Value {
        let mut row = json!({
            "id": self.id, "naam": self.name, "soort": if self.external { "extern" } else { "intern" },
            "lat": Point::degrees(self.home.lat), "lon": Point::degrees(self.home.lon),
            "vervoer": self.transport.code(), "max_reistijd": self.max_travel,
            "maximum": self.maximum, "uren": self.hours,
        });
        if let Some(hours) = self.next_hours {
            row["uren_vervolg"] = json!(hours);
        }
        row["lopend"] = json!(self.running);
        row["tarief_cent"] = json!(self.rate_cents);
        if !self.bouwen.is_empty() {
            row["bouwen"] = self.bouwen.iter().map(|bouw| bouw.code()).collect();
        }
        if !self.kinds.is_empty() {
            row["soorten"] = json!(self.kinds);
        }
        row["kenmerken"] = json!(self.tags);
        if let Some(school) = self.own_school {
            row["bestuur"] = json!(boards[schools[school].board].id);
            row["eigen_school"] = json!(schools[school].id);
        }
        row
    }
}
