//! Published student–project–lecturer instances as waves: the known largest number placed, and the least total rank at that number.
//!
//! Students are candidates, projects are seat groups at a school of their own, lecturers are coaches who only come to the schools of
//! their projects. The preferences of lecturers do not take part: the known results are without stability.

use std::collections::BTreeMap;
use std::path::Path;

use loket_instances::scheduling::roster_file::read_roster;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::judge;
use loket_solver::matching::solve::plain::{PlainStatus, solve_plain};
use loket_solver::matching::solve::{Options, solve};
use loket_solver::scheduling::solve::solve as scheduling;
use serde_json::{Value, json};

use crate::support::{load, root};

/// An instance as its file has it.
struct Instance {
    /// Per student: the projects on the list with their rank from 1; tied projects share one.
    students: Vec<(String, Vec<(String, u64)>)>,
    /// Project, capacity, lecturer.
    projects: Vec<(String, u64, String)>,
    /// Lecturer, capacity.
    lecturers: Vec<(String, u64)>,
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is a number"))
}

/// Keeps the first of a project that is on a list twice.
fn first_of_each(list: Vec<(String, u64)>) -> Vec<(String, u64)> {
    let mut kept: Vec<(String, u64)> = Vec::new();
    for (project, rank) in list {
        if !kept.iter().any(|(known, _)| *known == project) {
            kept.push((project, rank));
        }
    }
    kept
}

/// `3 (2:1) 4`: projects 2 and 1 are tied on rank 1, project 4 has rank 2.
fn with_ties(items: &[&str]) -> Vec<(String, u64)> {
    let ranked = items.iter().zip(1..).flat_map(|(item, rank)| {
        let tied = item.trim_matches(['(', ')']).split(':');
        tied.map(move |project| (project.to_owned(), rank))
    });
    first_of_each(ranked.collect())
}

/// Glasgow's format: sizes, then students, projects and lecturers line by line.
fn glasgow(text: &str) -> Instance {
    let mut lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).filter(|line| !line.is_empty());
    let sizes = lines.next().expect("a line with sizes");
    let mut take = |count: &str| -> Vec<Vec<&str>> { lines.by_ref().take(number(count) as usize).collect() };
    let (students, projects, lecturers) = (take(sizes[0]), take(sizes[1]), take(sizes[2]));
    assert_eq!(lecturers.len() as u64, number(sizes[2]), "the file is whole");
    Instance {
        students: students.iter().map(|line| (line[0].to_owned(), with_ties(&line[1..]))).collect(),
        projects: projects.iter().map(|line| (line[0].to_owned(), number(line[1]), line[2].to_owned())).collect(),
        lecturers: lecturers.iter().map(|line| (line[0].to_owned(), number(line[1]))).collect(),
    }
}

/// The example of Morey: three files, no ties.
fn morey(folder: &Path) -> Instance {
    let lines = |name: &str| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(folder.join(name)).expect("a file of the example");
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
    };
    Instance {
        students: lines("students.txt")
            .into_iter()
            .map(|line| (line[0].clone(), first_of_each(line[1..].iter().cloned().zip(1..).collect())))
            .collect(),
        projects: lines("projects.txt").into_iter().map(|line| (line[0].clone(), number(&line[1]), line[2].clone())).collect(),
        lecturers: lines("lecturers.txt").into_iter().map(|line| (line[0].clone(), number(&line[1]))).collect(),
    }
}

/// Minutes that a rank from 1 costs, so that its points 100 − ⌊100·t/60⌋ fall by exactly [`STEP`] a rank.
fn minutes(rank: u64) -> u64 {
    assert!((1..=20).contains(&rank), "rank {rank} has points of its own");
    3 * (rank - 1)
}

/// Points between two ranks.
const STEP: i64 = 5;
/// Minutes to where nobody may go.
const TOO_FAR: u64 = 1_000;

/// The instance as a wave: first as many people as can be, then the best ranks.
fn wave(name: &str, instance: &Instance) -> Value {
    let (mut roads, mut schools) = (Vec::new(), Vec::new());
    for (project, capacity, lecturer) in &instance.projects {
        schools.push(json!({ "id": format!("P{project}"), "bestuur": "B", "plekken": [{ "bouw": "middenbouw", "aantal": capacity }] }));
        for (student, list) in &instance.students {
            let rank = list.iter().find(|(listed, _)| listed == project).map(|(_, rank)| *rank);
            let minutes = rank.map_or(TOO_FAR, minutes);
            roads.push(json!({ "van": format!("S{student}"), "naar": format!("P{project}"), "minuten": minutes }));
        }
        for (other, _) in &instance.lecturers {
            let minutes = if other == lecturer { 0 } else { TOO_FAR };
            roads.push(json!({ "van": format!("L{other}"), "naar": format!("P{project}"), "minuten": minutes }));
        }
    }
    let coaches = instance.lecturers.iter().map(|(id, most)| json!({ "id": format!("L{id}"), "maximum": most, "uren": 100_000 }));
    let students = instance.students.iter().map(|(id, _)| json!({ "id": format!("S{id}"), "bouwen": ["middenbouw"] }));
    json!({
        "formaat": "loket-lichting/1", "id": name, "fase": "werkervaring",
        "beleid": { "doelen": [
            { "naam": "geplaatst", "punten": { "geplaatst": 1 } },
            { "naam": "rang", "punten": { "reistijd": 1 } },
        ] },
        "besturen": [{ "id": "B" }], "scholen": schools,
        "coaches": coaches.collect::<Vec<_>>(), "kandidaten": students.collect::<Vec<_>>(), "reistijden": roads,
    })
}

/// The known results: instance → largest number placed, least total rank at that number.
fn known(folder: &Path) -> BTreeMap<String, (i64, i64)> {
    let text = std::fs::read_to_string(folder.join("results.csv")).expect("the known results");
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().expect("a line of names");
    let column = |name: &str| head.iter().position(|it| *it == name).expect("a column of the results");
    let (instance, most, rank) = (column("instance"), column("highs_max_cardinality"), column("highs_min_total_rank_at_max"));
    lines.map(|line| (line[instance].to_owned(), (number(line[most]) as i64, number(line[rank]) as i64))).collect()
}

#[test]
fn published_instances_have_their_known_number_placed_and_total_rank() {
    let folder = root().join("../shared/data/spa");
    if !folder.is_dir() {
        println!("{} is not there: the published instances are NOT compared", folder.display());
        return;
    }
    let known = known(&folder);
    for (name, &(most, rank)) in &known {
        let instance = match std::fs::read_to_string(folder.join("glasgow_spa_st").join(name)) {
            Ok(text) => glasgow(&text),
            Err(_) => morey(&folder.join(name)),
        };
        let loaded = load(&wave(name, &instance));
        let wave = &loaded.wave;
        let outcome = solve(wave, &Options::default(), &Unhurried);
        assert_eq!(outcome.verdict, Verdict::Optimal, "{name}");
        let plan = outcome.plan.as_ref().expect("an optimal outcome has a plan");
        assert_eq!(judge::judge(wave, plan, None).breaches, Vec::new(), "{name}");
        let best: Vec<i64> = outcome.goals.iter().map(|goal| goal.best).collect();
        let total = ((100 + STEP) * best[0] - best[1]) / STEP;
        println!("{name}: {} placed, total rank {total}", best[0]);
        assert_eq!((best[0], total), (most, rank), "{name}: placed and total rank");
        let plain = solve_plain(wave, &Unhurried);
        assert_eq!((plain.status, plain.best), (PlainStatus::Optimal, best), "{name}: second opinion");
    }
    assert_eq!(known.len(), 18);
}

/// The instance as courses: each project is an offer with one series of its own and so many seats, and a student asks for the projects on the
/// list. Lecturers do not take part.
fn courses(name: &str, instance: &Instance) -> Value {
    // A half-day for each offer, on working days.
    let day = |at: usize| {
        let date = jiff::civil::date(2026, 9, 7).saturating_add(jiff::Span::new().days((at / 5 * 7 + at % 5) as i64));
        format!("{date}-o")
    };
    let offer = |(at, (id, most, _)): (usize, &(String, u64, String))| {
        json!({ "id": format!("P{id}"), "themas": [format!("p{id}")], "min": 1, "max": most,
            "reeksen": [{ "id": format!("R{id}"), "dagdelen": [day(at)] }] })
    };
    let leader = |(id, _, _): &(String, u64, String)| json!({ "id": format!("F{id}"), "rollen": ["begeleider"] });
    let asks = |(id, list): &(String, Vec<(String, u64)>)| json!({ "id": format!("S{id}"), "leervragen": list.iter().map(|(project, _)| format!("p{project}")).collect::<Vec<_>>() });
    json!({
        "formaat": "loket-rooster/1", "id": name, "soort": "aanbod", "kalender": { "van": "2026-09-07", "tot": "2027-06-30" },
        "beleid": { "doelen": [{ "naam": "gepland", "punten": { "gepland": 1 } }] },
        "personen": instance.projects.iter().map(leader).collect::<Vec<_>>(),
        "aanbod": instance.projects.iter().enumerate().filter(|(_, it)| it.1 > 0).map(offer).collect::<Vec<_>>(),
        "deelnemers": instance.students.iter().filter(|it| !it.1.is_empty()).map(asks).collect::<Vec<_>>(),
    })
}

#[test]
fn as_courses_as_many_take_part_as_matching_places_where_lecturers_take_everybody() {
    let folder = root().join("../shared/data/spa");
    if !folder.is_dir() {
        println!("{} is not there: the published instances are NOT compared", folder.display());
        return;
    }
    let names: Vec<String> = known(&folder).into_keys().collect();
    for name in &names {
        let mut instance = match std::fs::read_to_string(folder.join("glasgow_spa_st").join(name)) {
            Ok(text) => glasgow(&text),
            Err(_) => morey(&folder.join(name)),
        };
        for (_, most) in &mut instance.lecturers {
            *most = 100;
        }
        let loaded = load(&wave(name, &instance));
        let placed = solve(&loaded.wave, &Options::default(), &Unhurried).goals[0].best;
        let bytes = serde_json::to_vec(&courses(name, &instance)).expect("JSON");
        let roster = read_roster(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}")).roster;
        let outcome = scheduling(&roster, &Unhurried);
        assert_eq!(outcome.verdict, Verdict::Optimal, "{name}");
        println!("{name}: {placed} of {} students in a course", instance.students.len());
        assert_eq!(outcome.goals[0].best, placed, "{name}: who takes part");
    }
    assert_eq!(names.len(), 18);
}

#[test]
fn a_list_with_ties_is_ranked_and_keeps_the_first_of_a_double() {
    let ranked = |items: &[&str]| with_ties(items).into_iter().map(|(project, rank)| format!("{project}={rank}")).collect::<Vec<_>>();
    assert_eq!(ranked(&["(2:1)", "4"]), ["2=1", "1=1", "4=2"]);
    assert_eq!(ranked(&["5", "4", "5", "3"]), ["5=1", "4=2", "3=4"]);
}
