//! The report for one candidate: the own placement and the wave as a whole, nobody else.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::judge;
use loket_solver::matching::judge::fairness::{Fairness, choice, passing};

use super::board::city;
use super::small::alone;
use super::{figures, sheet_of};
use crate::present::sheet::{Cell, Row, Sheet, Table, Unit};

pub(super) fn sheet(loaded: &Loaded, plan: &Plan, fairness: &Fairness, candidate: CandidateId) -> Sheet {
    let id = &loaded.wave.candidates[candidate].id;
    let name = loaded.names.candidates.get(id).unwrap_or(id);
    sheet_of(
        format!("{}: cijfers voor {name}", loaded.title),
        "Voor een kandidaat: de eigen plaatsing en de hele lichting, zonder andere mensen. Een streepje staat voor een aantal onder de 5, of \
         voor een aantal dat zo'n klein aantal zou verraden.",
        vec![own(loaded, plan, candidate), waiting(fairness, candidate), city(fairness), travel(loaded, plan)],
    )
}

fn own(loaded: &Loaded, plan: &Plan, candidate: CandidateId) -> Table {
    let wave = &loaded.wave;
    let mut rows = Vec::new();
    match plan[candidate] {
        None => rows.push(Row::new("u bent niet geplaatst", Vec::new())),
        Some(placement) => {
            let school = &wave.school_of(placement.seat).id;
            let name = loaded.names.schools.get(school).unwrap_or(school);
            let bouw = ["1e keus", "2e keus", "3e keus of later"][choice(wave, candidate, placement)];
            rows.push(Row::new(format!("{name}, {}", wave.seats[placement.seat].id), vec![Cell::Text(bouw.into())]));
            let minutes = wave.travel.candidate(candidate, placement.school(wave));
            rows.push(Row::new("reistijd", vec![Cell::figure(minutes, Unit::Minutes)]));
            let goal = passing(wave);
            for (term, points) in judge::points(wave, candidate, placement) {
                if let Some((_, weight)) = goal.weights.iter().find(|(code, _)| *code == term) {
                    rows.push(Row::new(format!("punten voor {}", term.code()), vec![Cell::number(weight * points)]));
                }
            }
        }
    }
    Table {
        key: "plaatsing",
        heading: "Uw plaatsing".into(),
        meaning: "De punten zeggen hoe goed de plek past: bouw, reistijd, wensen voor coach en concept.",
        columns: figures(&["bij u"]),
        rows,
    }
}

fn waiting(fairness: &Fairness, candidate: CandidateId) -> Table {
    let others = fairness.envy.iter().find(|it| it.candidate == candidate).map_or(0, |it| it.of.len());
    Table {
        key: "langer_gewacht",
        heading: "Gewacht".into(),
        meaning: "Kandidaten die korter wachten dan u en een plek hebben die voor u meer punten had gegeven en die voor u ook kon. De \
                  intermediair kan uitleggen waarom.",
        columns: figures(&["kandidaten"]),
        rows: vec![Row::new("korter gewacht, plek die u liever had", vec![Cell::maybe(alone(others))])],
    }
}

fn travel(loaded: &Loaded, plan: &Plan) -> Table {
    let wave = &loaded.wave;
    let minutes: Vec<u64> = plan
        .pairs()
        .filter_map(|(candidate, placement)| Some(u64::from(wave.travel.candidate(candidate, (*placement)?.school(wave)))))
        .collect();
    let amount = minutes.len() as u64;
    let mean = (2 * minutes.iter().sum::<u64>() + amount).checked_div(2 * amount).unwrap_or(0);
    let shown = alone(minutes.len()).map_or(Cell::Hidden, |_| Cell::figure(u32::try_from(mean).unwrap_or(u32::MAX), Unit::Minutes));
    Table {
        key: "reistijd",
        heading: "Reistijd in de hele lichting".into(),
        meaning: "Het gemiddelde van iedereen die geplaatst is.",
        columns: figures(&["gemiddeld"]),
        rows: vec![Row::new("reistijd", vec![shown])],
    }
}
