//! The report for the intermediary: everything, by id.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::fairness::{CoachLoad, Fairness};

use super::{Block, Cell, Sheet};
use crate::present::dutch::counted;
use crate::present::rerun::person;

/// Most people in a list.
const MOST: usize = 5;

pub(super) const CHOICES: [&str; 4] = ["1e keus", "2e keus", "3e keus of later", "niet geplaatst"];
const CHOICES_MEAN: &str = "De bouw van de plek tegenover wat de kandidaat koos; procenten van alle kandidaten.";

pub(super) fn sheet(loaded: &Loaded, plan: &Plan, fairness: &Fairness) -> Sheet {
    Sheet {
        title: format!("{}: hoe eerlijk is deze indeling?", loaded.title),
        about: "Voor de intermediair: alle cijfers, met namen. Niet om door te geven.".into(),
        blocks: vec![
            choices(fairness),
            worst(loaded, fairness),
            envy(loaded, plan, fairness),
            boards(loaded, fairness),
            target_group(loaded, fairness),
            hard_schools(loaded, fairness),
            coaches(loaded, fairness),
            costs(fairness),
        ],
    }
}

fn choices(fairness: &Fairness) -> Block {
    let all = fairness.choices.iter().sum();
    let line = |(name, &amount): (&&str, &usize)| ((*name).to_owned(), vec![Cell::count(amount), Cell::share(amount, all)]);
    Block {
        key: "keuzes",
        heading: "Bouw van keus".into(),
        meaning: CHOICES_MEAN,
        columns: vec!["kandidaten", "procent"],
        lines: CHOICES.iter().zip(&fairness.choices).map(line).collect(),
    }
}

fn worst(loaded: &Loaded, fairness: &Fairness) -> Block {
    let lines = fairness.fit.iter().take(MOST);
    Block {
        key: "slechtst_af",
        heading: "Wie is het slechtst af?".into(),
        meaning: "De geplaatste kandidaten met de minste punten voor passing (bouw, reistijd, wensen voor coach en concept); bij gelijke \
                  punten de langste reis eerst.",
        columns: vec!["punten", "reistijd"],
        lines: lines.map(|it| (person(loaded, it.candidate), vec![Cell::Number(it.points), Cell::Minutes(it.minutes)])).collect(),
    }
}

fn envy(loaded: &Loaded, plan: &Plan, fairness: &Fairness) -> Block {
    let wave = &loaded.wave;
    let mut lines: Vec<(String, Vec<Cell>)> = fairness
        .envy
        .iter()
        .map(|it| {
            let state = if plan[it.candidate].is_some() { "geplaatst" } else { "niet geplaatst" };
            let waited = i64::from(wave.candidates[it.candidate].waited);
            let first = it.of.first().map_or(String::new(), |&other: &CandidateId| wave.candidates[other].id.clone());
            (
                person(loaded, it.candidate),
                vec![Cell::Number(waited), Cell::count(it.of.len()), Cell::Text(first), Cell::Text(state.into())],
            )
        })
        .collect();
    if lines.is_empty() {
        lines.push(("niemand".into(), Vec::new()));
    }
    Block {
        key: "langer_gewacht",
        heading: format!("Wacht langer en zit minder ({})", fairness.envy.len()),
        meaning: "Wie langer wacht dan een ander, en de plek met coach van die ander liever had (punten voor passing) en volgens de \
                  regels voor dat paar ook zou kunnen. Gedeelde grenzen en doelen van het beleid tellen hier niet mee: zij zijn vaak de reden.",
        columns: vec!["wachtrondes", "anderen", "onder wie", "nu"],
        lines,
    }
}

fn boards(loaded: &Loaded, fairness: &Fairness) -> Block {
    let (seats, placed) = fairness.boards.iter().fold((0, 0), |sum, it| (sum.0 + it.seats, sum.1 + it.placed));
    let lines = fairness.boards.iter().filter(|it| it.seats + it.placed > 0);
    Block {
        key: "besturen",
        heading: "Besturen".into(),
        meaning: "Aandeel in de plaatsingen naast het aandeel in de plekken.",
        columns: vec!["plekken", "geplaatst", "% plekken", "% geplaatst"],
        lines: lines
            .map(|it| {
                let id = &loaded.wave.boards[it.board].id;
                let name = loaded.names.boards.get(id).map_or_else(|| id.clone(), |name| format!("{id} {name}"));
                let cells =
                    vec![Cell::count(it.seats), Cell::count(it.placed), Cell::share(it.seats, seats), Cell::share(it.placed, placed)];
                (name, cells)
            })
            .collect(),
    }
}

fn target_group(loaded: &Loaded, fairness: &Fairness) -> Block {
    let found = &fairness.target_group;
    let placed = fairness.choices[..3].iter().sum();
    let seats = fairness.boards.iter().map(|it| it.seats).sum();
    let border = loaded.wave.policy.extra_from;
    let lines = vec![
        ("gemiddeld aandeel doelgroepleerlingen".into(), vec![Cell::Tenths(found.mean_placed), Cell::Tenths(found.mean_seats)]),
        (format!("op scholen met {border} % of meer"), vec![Cell::count(found.placed_hard), Cell::count(found.seats_hard)]),
        ("   in procenten".into(), vec![Cell::share(found.placed_hard, placed), Cell::share(found.seats_hard, seats)]),
    ];
    Block {
        key: "doelgroep",
        heading: "Doelgroepleerlingen".into(),
        meaning: "Op welke scholen de kandidaten komen, naast de plekken die er zijn.",
        columns: vec!["geplaatst", "plekken"],
        lines,
    }
}

fn hard_schools(loaded: &Loaded, fairness: &Fairness) -> Block {
    let mut schools: Vec<_> = fairness.hard_schools.iter().collect();
    schools.sort_by_key(|it| std::cmp::Reverse(100 * (u64::from(it.starters) + it.placed as u64) / u64::from(it.team.max(1))));
    let mut lines: Vec<(String, Vec<Cell>)> = schools
        .into_iter()
        .take(MOST)
        .map(|it| {
            let id = &loaded.wave.schools[it.school].id;
            let name = loaded.names.schools.get(id).map_or_else(|| id.clone(), |name| format!("{id} {name}"));
            let all = it.starters as usize + it.placed;
            (
                name,
                vec![
                    Cell::count(all),
                    Cell::Number(it.team.into()),
                    Cell::share(all, it.team as usize),
                    Cell::Number(it.room - it.placed as i64),
                ],
            )
        })
        .collect();
    if lines.is_empty() {
        lines.push(("geen school met veel doelgroepleerlingen, plaatsingen en een bekende teamgrootte".into(), Vec::new()));
    }
    Block {
        key: "starters",
        heading: "Starters op scholen met veel doelgroep".into(),
        meaning: "Wie er al begon en wie er nu bij komt, als deel van het team; de scholen met het grootste deel eerst. Ruimte is wat de regel \
                  starters nog toelaat.",
        columns: vec!["starters", "team", "procent", "ruimte"],
        lines,
    }
}

fn coaches(loaded: &Loaded, fairness: &Fairness) -> Block {
    let mut loads: Vec<&CoachLoad> = fairness.coaches.iter().collect();
    loads.sort_by_key(|it| std::cmp::Reverse(it.percent()));
    let lines = loads
        .into_iter()
        .map(|it| {
            let id = &loaded.wave.coaches[it.coach].id;
            let name = loaded.names.coaches.get(id).map_or_else(|| id.clone(), |name| format!("{id} {name}"));
            let numbers = [it.running, it.placed, it.maximum].map(|number| Cell::Number(number.into()));
            (name, numbers.into_iter().chain([Cell::Percent(it.percent())]).collect())
        })
        .collect();
    Block {
        key: "coaches",
        heading: format!("Coaches ({})", counted(fairness.coaches.len(), "coach", "coaches")),
        meaning: "Vol is (lopend + nieuw) van (lopend + maximum), zoals in het doel spreiding.",
        columns: vec!["lopend", "nieuw", "maximum", "vol"],
        lines,
    }
}

fn costs(fairness: &Fairness) -> Block {
    let mut lines: Vec<(String, Vec<Cell>)> = fairness
        .costs
        .iter()
        .map(|it| {
            let name = format!("{}, {}", it.phase.code(), it.kind.code());
            (name, vec![Cell::count(it.people), Cell::Number(it.hours as i64), Cell::Cents(it.cents)])
        })
        .collect();
    let (people, hours, cents) =
        fairness.costs.iter().fold((0, 0, 0), |sum, it| (sum.0 + it.people, sum.1 + it.hours as i64, sum.2 + it.cents));
    lines.push(("samen".into(), vec![Cell::count(people), Cell::Number(hours), Cell::Cents(cents)]));
    Block {
        key: "kosten",
        heading: "Begeleiding".into(),
        meaning: "Uren maal tarief van de coach, per fase van de kandidaat, met interne en externe coaches apart.",
        columns: vec!["kandidaten", "uren", "kosten"],
        lines,
    }
}
