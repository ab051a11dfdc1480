//! The fairness report: envy exactly by its definition, figures that agree with the outcome, and views in which nobody else is seen.

use loket_instances::generate;
use loket_instances::matching::outcome::{Technique, compose};
use loket_service::present::report::{sheet, suppressed};
use loket_service::present::sheet::layout::REPORT;
use loket_service::present::sheet::{Cell, Sheet, Unit};
use loket_service::view::View;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{Placement, empty};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;
use loket_solver::matching::judge::fairness::{fairness, passing};
use loket_solver::matching::solve::{Options, solve};
use serde_json::{Value, json};

use crate::rerun::solved;
use crate::support::{Dice, explain_count, load, nth_seed, seed};

/// What a placement is worth by passing: the value of the plan that has nothing but this placement.
fn worth(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    let mut plan = empty(wave);
    plan[candidate] = Some(placement);
    let mut goal = passing(wave);
    goal.weights.retain(|(term, _)| term.code() != "belasting");
    judge::value(wave, &goal, &plan)
}

#[test]
fn justified_envy_is_exactly_what_its_definition_says() {
    let (base, count) = (seed(), explain_count());
    let mut pairs = 0;
    for n in 0..count {
        let wave_seed = nth_seed(base, n);
        let Some(case) = solved(wave_seed) else { continue };
        // A plan that leaves every third person out has more to envy than the best one.
        let wave = &case.loaded.wave;
        let mut poorer = case.plan.clone();
        for candidate in wave.candidates.ids().filter(|it| it.0 % 3 == 0) {
            poorer[candidate] = None;
        }
        for plan in [&case.plan, &poorer] {
            let mut right = Vec::new();
            for c in wave.candidates_by_row() {
                for d in wave.candidates_by_row() {
                    let Some(held) = plan[d].filter(|_| c != d) else { continue };
                    let prefers = plan[c].is_none_or(|own| worth(wave, c, held) > worth(wave, c, own));
                    let waited = |it| wave.candidates[it].waited.min(9);
                    if prefers && waited(d) < waited(c) && judge::blocking(wave, c, held).is_empty() {
                        right.push((c, d));
                    }
                }
            }
            let found = fairness(wave, plan);
            let said: Vec<_> = found.envy.iter().flat_map(|it| it.of.iter().map(|&other| (it.candidate, other))).collect();
            assert_eq!(said, right, "seed {wave_seed}");
            pairs += said.len();
        }
    }
    println!("LOKET_SEED={base} LOKET_EXPLAIN={count}: {pairs} pairs");
    assert!(pairs > 0);
}

#[test]
fn the_figures_add_up_to_those_of_the_outcome() {
    for n in 0..explain_count() {
        let wave_seed = nth_seed(seed(), n);
        let Some(case) = solved(wave_seed) else { continue };
        let wave = &case.loaded.wave;
        let found = fairness(wave, &case.plan);
        let figures = &case.outcome.figures;
        let counts = [figures.first_bouw, figures.second_bouw, figures.later_bouw, figures.candidates - figures.placed];
        assert_eq!(found.choices.map(|it| it as i64), counts, "seed {wave_seed}");
        let placed = figures.placed as usize;
        assert_eq!(found.fit.len(), placed);
        assert_eq!(found.boards.iter().map(|it| it.placed).sum::<usize>(), placed);
        assert_eq!(found.boards.iter().map(|it| it.seats).sum::<usize>(), wave.seats.iter().map(|it| it.count as usize).sum::<usize>());
        assert_eq!(found.coaches.iter().map(|it| it.placed as usize).sum::<usize>(), placed);
        assert_eq!(found.costs.iter().map(|it| it.people).sum::<usize>(), placed);
        assert_eq!(found.costs.iter().map(|it| it.cents).sum::<i64>(), figures.cost_cents, "seed {wave_seed}");
        assert_eq!(found.fit.iter().map(|it| i64::from(it.minutes)).max().unwrap_or(0), figures.most_travel);
        assert!(found.fit.windows(2).all(|two| two[0].points <= two[1].points));
        for (it, line) in found.fit.iter().filter_map(|it| Some((it, case.plan[it.candidate]?))) {
            assert_eq!(it.points, worth(wave, it.candidate, line), "seed {wave_seed}");
        }
        assert!(found.hard_schools.iter().all(|it| it.room >= it.placed as i64), "the rule starters holds");
    }
}

/// A city of sixty in which every id and every name is a canary.
fn canaries() -> Value {
    let mut options = generate::Options::new(generate::Preset::Amsterdam);
    options.candidates = Some(60);
    options.coaches = Some(8);
    let mut wave = generate::generate(&options);
    for list in ["besturen", "scholen", "coaches", "kandidaten"] {
        for row in wave[list].as_array_mut().expect("a list") {
            row["naam"] = json!(format!("Naam<{}>", row["id"].as_str().expect("an id")));
        }
    }
    wave
}

/// Whether a text says an id as a word of its own.
fn says(text: &str, id: &str) -> bool {
    let part = |c: char| c.is_alphanumeric();
    text.match_indices(id)
        .any(|(at, _)| !text[..at].chars().next_back().is_some_and(part) && !text[at + id.len()..].chars().next().is_some_and(part))
}

#[test]
fn a_board_and_a_candidate_see_nobody_else_and_no_foreign_school() {
    let loaded = load(&canaries());
    let wave = &loaded.wave;
    let plan = solve(wave, &Options::default(), &Unhurried).plan.expect("a plan");
    let found = fairness(wave, &plan);
    let pages = |view| {
        let sheet = sheet(&loaded, &plan, &found, view);
        sheet.text(&REPORT) + &sheet.json().to_string()
    };
    let people: Vec<&str> = wave.candidates.iter().map(|it| it.id.as_str()).collect();
    let coaches: Vec<&str> = wave.coaches.iter().map(|it| it.id.as_str()).collect();
    for (board, row) in wave.boards.pairs() {
        let page = pages(View::Board(board));
        assert!(says(&page, &row.id));
        let foreign_schools = wave.schools.iter().filter(|it| it.board != board).map(|it| it.id.as_str());
        let foreign_boards = wave.boards.iter().filter(|it| it.id != row.id).map(|it| it.id.as_str());
        for id in people.iter().chain(&coaches).copied().chain(foreign_schools).chain(foreign_boards) {
            assert!(!says(&page, id), "board {} sees {id}", row.id);
        }
    }
    for (candidate, row) in wave.candidates.pairs() {
        let page = pages(View::Candidate(candidate));
        assert!(says(&page, &row.id));
        let own = plan[candidate].map(|it| wave.school_of(it.seat).id.as_str());
        let schools = wave.schools.iter().map(|it| it.id.as_str()).filter(|&id| Some(id) != own);
        let others = people.iter().copied().filter(|&id| id != row.id);
        let boards = wave.boards.iter().map(|it| it.id.as_str());
        for id in others.chain(coaches.iter().copied()).chain(schools).chain(boards) {
            assert!(!says(&page, id), "candidate {} sees {id}", row.id);
        }
    }
    let all = pages(View::Intermediary);
    assert!(coaches.iter().all(|id| says(&all, id)), "the intermediary sees every coach");
}

/// Counts of people in a sheet that is not the intermediary's.
fn counts(sheet: &Sheet) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in sheet.tables() {
        for row in &table.rows {
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                if let Cell::Figure(value, Unit::One) = cell
                    && (column.heading == "kandidaten" || row.name == "plaatsingen")
                {
                    counts.push(*value);
                }
            }
        }
    }
    counts
}

#[test]
fn no_small_count_of_people_is_shown_to_a_board_or_a_candidate() {
    let loaded = load(&canaries());
    let wave = &loaded.wave;
    let mut plan = solve(wave, &Options::default(), &Unhurried).plan.expect("a plan");
    let mut dice = Dice::new(seed());
    let mut shown = 0;
    for _ in 0..20 {
        for candidate in wave.candidates.ids() {
            if dice.throw(8) == 0 {
                plan[candidate] = None;
            }
        }
        let found = fairness(wave, &plan);
        let views = wave.boards.ids().map(View::Board).chain(wave.candidates.ids().map(View::Candidate));
        for view in views {
            let sheet = sheet(&loaded, &plan, &found, view);
            let counts = counts(&sheet);
            assert!(counts.iter().all(|&count| count >= 5), "{view:?}: {counts:?}");
            shown += counts.len();
        }
    }
    assert!(shown > 0);
}

#[test]
fn a_total_never_gives_a_hidden_count_away() {
    let mut dice = Dice::new(seed());
    for _ in 0..2_000 {
        let counts: Vec<usize> = (0..1 + dice.throw(5)).map(|_| dice.throw(14)).collect();
        let shown = suppressed(&counts);
        let hidden: Vec<usize> = counts.iter().zip(&shown).filter(|(_, shown)| shown.is_none()).map(|(count, _)| *count).collect();
        assert!(counts.iter().zip(&shown).all(|(count, shown)| *count >= 5 || shown.is_none()), "{counts:?} {shown:?}");
        let all = hidden.len() == counts.len();
        assert!(hidden.is_empty() || all || hidden.len() > 1 && hidden.iter().sum::<usize>() >= 5, "{counts:?} {shown:?}");
    }
}

#[test]
fn only_views_of_the_wave_are_understood() {
    let loaded = load(&canaries());
    let wave = &loaded.wave;
    let (board, candidate) = (&wave.boards.iter().next().expect("one").id, &wave.candidates.iter().next().expect("one").id);
    assert_eq!(View::parse("intermediair", wave), Some(View::Intermediary));
    assert!(matches!(View::parse(&format!("bestuur:{board}"), wave), Some(View::Board(_))));
    assert!(matches!(View::parse(&format!("kandidaat:{candidate}"), wave), Some(View::Candidate(_))));
    for wrong in ["", "bestuur", "bestuur:niemand", "kandidaat:", "coach:K01", "Intermediair"] {
        assert_eq!(View::parse(wrong, wave), None, "{wrong}");
    }
}

#[test]
fn a_report_of_nobody_has_no_division_by_nothing() {
    let loaded = load(&json!({
        "formaat": "loket-lichting/1", "id": "leeg", "fase": "opleiding", "besturen": [{ "id": "B1" }], "scholen": [], "coaches": [], "kandidaten": [],
    }));
    let plan = empty(&loaded.wave);
    let found = fairness(&loaded.wave, &plan);
    let page = sheet(&loaded, &plan, &found, View::Intermediary).text(&REPORT);
    assert!(page.contains("niemand") && page.contains("0 %"), "{page}");
    let solved = solve(&loaded.wave, &Options::default(), &Unhurried);
    let technique = Technique { version: "proef".into(), engine: "proef".into(), seed: 1, seconds: 0.0, memory_mib: None };
    assert_eq!(compose(&loaded, &solved, &technique).figures.placed, 0);
}
