//! The report for the intermediary: everything, by id.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::fairness::{CoachLoad, Fairness};

use super::{figures, sheet_of};
use crate::present::dutch::counted;
use crate::present::names::{called, person};
use crate::present::sheet::{Cell, Row, Sheet, Table, Unit};

/// Most people in a list.
const MOST: usize = 5;

pub(in crate::present) const CHOICES: [&str; 4] = ["1e keus", "2e keus", "3e keus of later", "niet geplaatst"];
const CHOICES_MEAN: &str = "De bouw van de plek tegenover wat de kandidaat koos; procenten van alle kandidaten.";

pub(super) fn sheet(loaded: &Loaded, plan: &Plan, fairness: &Fairness) -> Sheet {
    sheet_of(
        format!("{}: hoe eerlijk is deze indeling?", loaded.title),
        "Voor de intermediair: alle cijfers, met namen. Niet om door te geven.",
        vec![
            choices(fairness),
            worst(loaded, fairness),
            envy(loaded, plan, fairness),
            boards(loaded, fairness),
            target_group(loaded, fairness),
            hard_schools(loaded, fairness),
            coaches(loaded, fairness),
            costs(fairness),
        ],
    )
}

fn choices(fairness: &Fairness) -> Table {
    let all = fairness.choices.iter().sum();
    let row = |(name, &amount): (&&str, &usize)| Row::new(*name, vec![Cell::count(amount), Cell::share(amount, all)]);
    Table {
        key: "keuzes",
        heading: "Bouw van keus".into(),
        meaning: CHOICES_MEAN,
        columns: figures(&["kandidaten", "procent"]),
        rows: CHOICES.iter().zip(&fairness.choices).map(row).collect(),
    }
}

fn worst(loaded: &Loaded, fairness: &Fairness) -> Table {
    let rows = fairness.fit.iter().take(MOST);
    Table {
        key: "slechtst_af",
        heading: "Wie is het slechtst af?".into(),
        meaning: "De geplaatste kandidaten met de minste punten voor passing (bouw, reistijd, wensen voor coach en concept); bij gelijke \
                  punten de langste reis eerst.",
        columns: figures(&["punten", "reistijd"]),
        rows: rows
            .map(|it| Row::new(person(loaded, it.candidate), vec![Cell::number(it.points), Cell::figure(it.minutes, Unit::Minutes)]))
            .collect(),
    }
}

fn envy(loaded: &Loaded, plan: &Plan, fairness: &Fairness) -> Table {
    let wave = &loaded.wave;
    let mut rows: Vec<Row> = fairness
        .envy
        .iter()
        .map(|it| {
            let state = if plan[it.candidate].is_some() { "geplaatst" } else { "niet geplaatst" };
            let waited = i64::from(wave.candidates[it.candidate].waited);
            let first = it.of.first().map_or(String::new(), |&other: &CandidateId| wave.candidates[other].id.clone());
            Row::new(
                person(loaded, it.candidate),
                vec![Cell::number(waited), Cell::count(it.of.len()), Cell::Text(first), Cell::Text(state.into())],
            )
        })
        .collect();
    if rows.is_empty() {
        rows.push(Row::new("niemand", Vec::new()));
    }
    Table {
        key: "langer_gewacht",
        heading: format!("Wacht langer en zit minder ({})", fairness.envy.len()),
        meaning: "Wie langer wacht dan een ander, en de plek met coach van die ander liever had (punten voor passing) en volgens de \
                  regels voor dat paar ook zou kunnen. Gedeelde grenzen en doelen van het beleid tellen hier niet mee: zij zijn vaak de reden.",
        columns: figures(&["wachtrondes", "anderen", "onder wie", "nu"]),
        rows,
    }
}

fn boards(loaded: &Loaded, fairness: &Fairness) -> Table {
    let (seats, placed) = fairness.boards.iter().fold((0, 0), |sum, it| (sum.0 + it.seats, sum.1 + it.placed));
    let rows = fairness.boards.iter().filter(|it| it.seats + it.placed > 0);
    Table {
        key: "besturen",
        heading: "Besturen".into(),
        meaning: "Aandeel in de plaatsingen naast het aandeel in de plekken.",
        columns: figures(&["plekken", "geplaatst", "% plekken", "% geplaatst"]),
        rows: rows
            .map(|it| {
                let id = &loaded.wave.boards[it.board].id;
                let cells =
                    vec![Cell::count(it.seats), Cell::count(it.placed), Cell::share(it.seats, seats), Cell::share(it.placed, placed)];
                Row::new(called(id, &loaded.names.boards), cells)
            })
            .collect(),
    }
}

fn target_group(loaded: &Loaded, fairness: &Fairness) -> Table {
    let found = &fairness.target_group;
    let placed = fairness.choices[..3].iter().sum();
    let seats = fairness.boards.iter().map(|it| it.seats).sum();
    let border = loaded.wave.policy.extra_from;
    let tenths = |value: u64| Cell::figure(value, Unit::Tenths);
    let rows = vec![
        Row::new("gemiddeld aandeel doelgroepleerlingen", vec![tenths(found.mean_placed), tenths(found.mean_seats)]),
        Row::new(format!("op scholen met {border} % of meer"), vec![Cell::count(found.placed_hard), Cell::count(found.seats_hard)]),
        Row::new("   in procenten", vec![Cell::share(found.placed_hard, placed), Cell::share(found.seats_hard, seats)]),
    ];
    Table {
        key: "doelgroep",
        heading: "Doelgroepleerlingen".into(),
        meaning: "Op welke scholen de kandidaten komen, naast de plekken die er zijn.",
        columns: figures(&["geplaatst", "plekken"]),
        rows,
    }
}

fn hard_schools(loaded: &Loaded, fairness: &Fairness) -> Table {
    let mut schools: Vec<_> = fairness.hard_schools.iter().collect();
    schools.sort_by_key(|it| std::cmp::Reverse(100 * (u64::from(it.starters) + it.placed as u64) / u64::from(it.team.max(1))));
    let mut rows: Vec<Row> = schools
        .into_iter()
        .take(MOST)
        .map(|it| {
            let id = &loaded.wave.schools[it.school].id;
            let all = it.starters as usize + it.placed;
            Row::new(
                called(id, &loaded.names.schools),
                vec![
                    Cell::count(all),
                    Cell::number(it.team.into()),
                    Cell::share(all, it.team as usize),
                    Cell::number(it.room - it.placed as i64),
                ],
            )
        })
        .collect();
    if rows.is_empty() {
        rows.push(Row::new("geen school met veel doelgroepleerlingen, plaatsingen en een bekende teamgrootte", Vec::new()));
    }
    Table {
        key: "starters",
        heading: "Starters op scholen met veel doelgroep".into(),
        meaning: "Wie er al begon en wie er nu bij komt, als deel van het team; de scholen met het grootste deel eerst. Ruimte is wat de regel \
                  starters nog toelaat.",
        columns: figures(&["starters", "team", "procent", "ruimte"]),
        rows,
    }
}

fn coaches(loaded: &Loaded, fairness: &Fairness) -> Table {
    let mut loads: Vec<&CoachLoad> = fairness.coaches.iter().collect();
    loads.sort_by_key(|it| std::cmp::Reverse(it.percent()));
    let rows = loads
        .into_iter()
        .map(|it| {
            let id = &loaded.wave.coaches[it.coach].id;
            let numbers = [it.running, it.placed, it.maximum].map(|number| Cell::number(number.into()));
            Row::new(called(id, &loaded.names.coaches), numbers.into_iter().chain([Cell::figure(it.percent(), Unit::Percent)]).collect())
        })
        .collect();
    Table {
        key: "coaches",
        heading: format!("Coaches ({})", counted(fairness.coaches.len(), "coach", "coaches")),
        meaning: "Vol is (lopend + nieuw) van (lopend + maximum), zoals in het doel spreiding.",
        columns: figures(&["lopend", "nieuw", "maximum", "vol"]),
        rows,
    }
}

fn costs(fairness: &Fairness) -> Table {
    let mut rows: Vec<Row> = fairness
        .costs
        .iter()
        .map(|it| {
            let name = format!("{}, {}", it.phase.code(), it.kind.code());
            Row::new(name, vec![Cell::count(it.people), Cell::number(it.hours as i64), Cell::Figure(it.cents, Unit::Cents)])
        })
        .collect();
    let (people, hours, cents) =
        fairness.costs.iter().fold((0, 0, 0), |sum, it| (sum.0 + it.people, sum.1 + it.hours as i64, sum.2 + it.cents));
    rows.push(Row::new("samen", vec![Cell::count(people), Cell::number(hours), Cell::Figure(cents, Unit::Cents)]));
    Table {
        key: "kosten",
        heading: "Begeleiding".into(),
        meaning: "Uren maal tarief van de coach, per fase van de kandidaat, met interne en externe coaches apart.",
        columns: figures(&["kandidaten", "uren", "kosten"]),
        rows,
    }
}
