//! Generated schools: boards of uneven sizes, target-group pupils by district, seats in bigger schools first.

use loket_solver::matching::facts::words::{Bouw, Word};
use serde_json::{Map, Value, json};

use super::Options;
use super::draw::Draw;
use super::places::{Area, Point};
use super::words;

/// A seat group.
#[derive(Clone, Debug)]
pub(super) struct Seats {
    pub bouw: Bouw,
    pub count: u32,
    pub half_days: Vec<&'static str>,
}

/// A school before it is written.
#[derive(Clone, Debug)]
pub(super) struct School {
    pub id: String,
    pub name: String,
    /// Position in the list of boards.
    pub board: usize,
    pub kind: &'static str,
    pub place: Point,
    pub target_group: u32,
    pub concept: Option<&'static str>,
    pub denomination: Option<String>,
    pub pupils: u32,
    /// What is generated about this school.
    pub note: String,
    pub seats: Vec<Seats>,
}

/// A board before it is written.
#[derive(Clone, Debug)]
pub(super) struct Board {
    pub id: String,
    pub name: String,
    pub noodplan: bool,
}

/// How many boards govern this many schools: 37 for 200, as in Amsterdam, and one for eight further schools, as in the country.
fn board_count(schools: usize) -> usize {
    let local = schools.min(200) * 37 / 200;
    (local + schools.saturating_sub(200) * 12 / 100).max(1)
}

/// Schools without seats, and their boards.
pub(super) fn generate(options: &Options, areas: &[Area], count: usize) -> (Vec<Board>, Vec<School>) {
    let mut draw = Draw::new("scholen", options.seed);
    let weights: Vec<u32> = areas.iter().map(|area| area.schools).collect();
    let boards = board_count(count);
    // A city's boards work everywhere; in a wider area each has one home, so that a board's schools lie together.
    let city = options.preset == super::Preset::Amsterdam;
    let mut homes = vec![Vec::new(); areas.len()];
    for board in 0..boards {
        let home = draw.weighted(&weights);
        homes[if city { 0 } else { home }].push(board);
    }
    let everywhere: Vec<usize> = (0..boards).collect();
    let mut met = vec![0; areas.len()];
    let width = super::width(count, 4);
    let schools: Vec<School> = (0..count)
        .map(|number| {
            let at = draw.weighted(&weights);
            let area = &areas[at];
            let home = if city { 0 } else { at };
            let local = match &homes[home] {
                none if none.is_empty() => &everywhere,
                some => some,
            };
            // Each board gets one school first; then the boards grow unevenly.
            let board = match local.get(met[home]) {
                Some(&first) if !homes[home].is_empty() => first,
                _ => {
                    let sizes: Vec<u32> = (0..local.len()).map(|at| 10_000 / (at as u32 + 2)).collect();
                    local[draw.weighted(&sizes)]
                }
            };
            met[home] += 1;
            let kind = match draw.below(100) {
                0..5 => "sbo",
                5..7 => "so",
                _ => "bo",
            };
            let (low, high) = area.target_group;
            let concept = draw.percent(28).then(|| draw.pick(&words::CONCEPTS));
            let denomination = draw.weighted(&words::DENOMINATION_WEIGHTS);
            School {
                id: format!("S{:0width$}", number + 1),
                name: words::school(&mut draw),
                board,
                kind,
                place: area.middle.near(area.radius, &mut draw),
                target_group: draw.around(low, high),
                concept,
                denomination: Some(words::DENOMINATIONS[denomination].into()),
                pupils: match kind {
                    "bo" => draw.around(90, 480),
                    _ => draw.around(50, 200),
                },
                note: format!("gegenereerd, {}", area.name),
                seats: Vec::new(),
            }
        })
        .collect();
    (boards_of(&schools, boards), schools)
}

/// Boards by number; the few smallest have not signed the noodplan.
fn boards_of(schools: &[School], count: usize) -> Vec<Board> {
    let mut sizes = vec![0; count];
    for school in schools {
        sizes[school.board] += 1;
    }
    let mut smallest: Vec<usize> = (0..count).collect();
    smallest.sort_by_key(|&board| (sizes[board], usize::MAX - board));
    let outside = &smallest[..count / 9];
    let width = super::width(count, 2);
    (0..count)
        .map(|board| Board {
            id: format!("B{:0width$}", board + 1),
            name: format!("Stichting {} (gegenereerd)", board + 1),
            noodplan: !outside.contains(&board),
        })
        .collect()
}

/// Gives schools seat groups: `seats` in all, about two groups for three seats, most in big schools, at most one group per bouw
/// until every bouw of every school has one.
pub(super) fn give_seats(schools: &mut [School], seats: usize, seed: u64) {
    if schools.is_empty() {
        return;
    }
    let mut draw = Draw::new("plekken", seed);
    let weights: Vec<u32> = schools
        .iter()
        .map(|school| match school.kind {
            "bo" => school.pupils.clamp(40, 800),
            _ => school.pupils.clamp(40, 800) / 4,
        })
        .collect();
    let groups = (seats * 68).div_ceil(100).min(schools.len() * Bouw::ALL.len());
    let mut made = Vec::new();
    let mut tries = 0;
    while made.len() < groups {
        // A drawn school may have every bouw already; after many misses the first with room is taken.
        tries += 1;
        let mut at = draw.weighted(&weights);
        if tries > 20 * groups {
            at = schools.iter().position(|one| one.seats.len() < 3).unwrap_or(at);
        }
        let school = &mut schools[at];
        let free: Vec<Bouw> = Bouw::ALL.iter().copied().filter(|&bouw| school.seats.iter().all(|group| group.bouw != bouw)).collect();
        if free.is_empty() || (school.seats.len() == 2 && draw.percent(70)) && tries <= 20 * groups {
            continue;
        }
        let half_days = if draw.percent(40) { duo_days(&mut draw) } else { Vec::new() };
        made.push((at, school.seats.len()));
        school.seats.push(Seats { bouw: draw.pick(&free), count: 1, half_days });
    }
    draw.shuffle(&mut made);
    for extra in 0..seats.saturating_sub(groups) {
        let (school, group) = made[extra % made.len()];
        schools[school].seats[group].count += 1;
    }
    // A school without room may still say so: a group of no seats.
    for school in schools.iter_mut().filter(|school| school.seats.is_empty()) {
        if draw.percent(10) {
            school.seats.push(Seats { bouw: draw.pick(Bouw::ALL), count: 0, half_days: Vec::new() });
        }
    }
}

/// When a duo colleague works: three or four days of the week, in the week's order.
fn duo_days(draw: &mut Draw) -> Vec<&'static str> {
    let days = draw.pick(&[3, 4, 4]);
    let mut drawn = draw.some(&[0, 1, 2, 3, 4], days);
    drawn.sort_unstable();
    let all = &words::HALF_DAYS;
    drawn.iter().flat_map(|day| [all[day * 2], all[day * 2 + 1]]).collect()
}

/// Boards as a file has them; some say how many candidates they can have.
pub(super) fn boards_json(boards: &[Board], schools: &[School], seed: u64) -> Vec<Value> {
    let mut draw = Draw::new("besturen", seed);
    let mut seats = vec![0; boards.len()];
    for school in schools {
        seats[school.board] += school.seats.iter().map(|group| group.count).sum::<u32>();
    }
    let rows = boards.iter().zip(seats);
    rows.map(|(board, seats)| {
        let mut row = Map::new();
        row.insert("id".into(), json!(board.id));
        row.insert("naam".into(), json!(board.name));
        row.insert("noodplan".into(), json!(board.noodplan));
        if draw.percent(25) {
            row.insert("maximum".into(), json!((seats * 85).div_ceil(100)));
        }
        Value::Object(row)
    })
    .collect()
}

/// Schools as a file has them, with a drawn shortage, quality, team and starters.
pub(super) fn schools_json(boards: &[Board], schools: &[School], seed: u64) -> Vec<Value> {
    let mut draw = Draw::new("teams", seed);
    schools.iter().map(|school| school_json(&boards[school.board].id, school, &mut draw)).collect()
}

fn school_json(board: &str, school: &School, draw: &mut Draw) -> Value {
    let seats: u32 = school.seats.iter().map(|group| group.count).sum();
    let team = (school.pupils / 11 + draw.between(3, 8)).max(4);
    let hard = school.target_group >= 60;
    let starters = draw.around(0, team * if hard { 18 } else { 12 } / 100);
    let mut row = json!({
        "id": school.id, "naam": school.name, "bestuur": board, "soort": school.kind,
        "lat": Point::degrees(school.place.lat), "lon": Point::degrees(school.place.lon),
        "doelgroep": school.target_group,
        "tekort": (school.target_group * 6 / 10 + draw.between(0, 35)).min(100),
    });
    if let Some(concept) = school.concept {
        row["concept"] = json!(concept);
    }
    if let Some(denomination) = &school.denomination {
        row["denominatie"] = json!(denomination);
    }
    row["kwaliteit"] = json!(match draw.below(100) {
        0..2 => "voldoet_niet",
        2..7 => "onbekend",
        _ => "voldoet",
    });
    if seats >= 2 && draw.percent(15) {
        row["maximum"] = json!(seats - 1);
    }
    if draw.percent(85) {
        row["teamgrootte"] = json!(team);
        row["starters"] = json!(starters);
    }
    row["plekken"] = school.seats.iter().map(seats_json).collect();
    row["toelichting"] = json!(school.note);
    row
}

fn seats_json(group: &Seats) -> Value {
    let mut row = json!({ "id": group.bouw.code(), "bouw": group.bouw.code(), "aantal": group.count });
    if !group.half_days.is_empty() {
        row["dagdelen"] = json!(group.half_days);
    }
    row
}
