//! What a multi-year plan expects of the first wave after a month: people, the seats they take at each board, and hours of coaching.

use loket_instances::planning::plan_file::{Loaded, Named};
use loket_solver::common::tables::Id;
use loket_solver::planning::facts::funnel::of;
use loket_solver::planning::facts::horizon::Horizon;
use loket_solver::planning::facts::ids::{KindId, WaveId};
use loket_solver::planning::facts::plan::Plan;

/// The first wave after a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The plan, by name.
    pub plan: String,
    /// The wave's name; none where it has only an id.
    pub name: Option<String>,
    /// The month in which it starts, counted from the year 0.
    pub month: i64,
    /// How many start: by a run of the plan, else as many as are wanted.
    pub people: i64,
    /// Whether a run says so.
    pub computed: bool,
    /// Who starts at which board, by id and name; none where no run says it.
    pub boards: Vec<(String, String, i64)>,
    /// Hours of coaching in the year in which they start.
    pub hours: i64,
}

/// The first wave that starts after `month` (counted from the year 0); `plan` is what a run decided. Nothing when there is none.
pub fn next(loaded: &Loaded, plan: Option<&Plan>, month: i64) -> Option<Next> {
    let horizon = &loaded.horizon;
    let starts = |wave: WaveId| loaded.start + i64::try_from(horizon.waves[wave].month).unwrap_or(0);
    let wave = horizon.waves.ids().filter(|&it| starts(it) > month).min_by_key(|&it| (starts(it), it))?;
    let named = |kind: Named, id: &String| loaded.names.get(&(kind, id.clone())).cloned();
    let row = &horizon.waves[wave];
    let people = plan.map_or(row.target, |it| it.started(wave));
    // Who guides people whom no run divided does not matter much: the first kind.
    let guided = |kind: KindId| plan.map_or(if kind.position() == 0 { people } else { 0 }, |it| it.guided[wave][kind]);
    let seated = plan.into_iter().flat_map(|it| it.seated[wave].pairs()).filter(|(_, count)| **count > 0);
    Some(Next {
        plan: loaded.title.clone(),
        name: named(Named::Wave, &row.id),
        month: starts(wave),
        people,
        computed: plan.is_some(),
        boards: seated
            .map(|(board, &count)| {
                let id = &horizon.boards[board].id;
                (id.clone(), named(Named::Board, id).unwrap_or_else(|| id.clone()), count)
            })
            .collect(),
        hours: horizon.kinds.ids().map(|kind| hours(horizon, wave, kind, guided(kind))).sum(),
    })
}

/// Hours in the year of the wave of so many people with one kind of coach.
fn hours(horizon: &Horizon, wave: WaveId, kind: KindId, people: i64) -> i64 {
    if people == 0 {
        return 0;
    }
    let counts = horizon.counts(wave, kind, people);
    horizon.phases.iter().filter(|it| it.after == 0).map(|it| it.hours * of(&counts, it.count)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use loket_instances::planning::plan_file::read_plan;
    use loket_solver::common::tables::Table;

    fn plan() -> Loaded {
        let text = r#"{ "formaat": "loket-meerjarenplan/1", "id": "p", "naam": "Het plan", "start": "2026-09", "jaren": ["2026-2027", "2027-2028"],
            "lichtingen": [{ "id": "L2", "naam": "Voorjaar", "maand": "2027-02", "doel": 10 }, { "id": "L1", "maand": "2026-09", "doel": 20 }],
            "besturen": [{ "id": "B1", "naam": "Bestuur Een", "plekken": 12 }, { "id": "B2", "plekken": 8 }],
            "coachsoorten": [{ "id": "intern", "uren": 690, "aanname_max": 9 }, { "id": "extern", "extern": true, "uren": 690, "aanname_max": 9 }] }"#;
        read_plan(text.as_bytes()).expect("a plan")
    }

    /// September 2026, counted from the year 0.
    const SEPTEMBER: i64 = 2026 * 12 + 8;

    #[test]
    fn the_first_wave_after_a_month_counts_as_many_as_are_wanted_or_as_a_run_says() {
        let loaded = plan();
        let wanted = next(&loaded, None, SEPTEMBER).expect("a wave");
        assert_eq!((wanted.plan.as_str(), wanted.name.as_deref(), wanted.month), ("Het plan", Some("Voorjaar"), SEPTEMBER + 5));
        assert_eq!((wanted.people, wanted.computed, wanted.boards.len()), (10, false, 0));
        // Ten start; for that eleven pass the preliminary track: 11 x 15 and 10 x 60 hours.
        assert_eq!(wanted.hours, 11 * 15 + 10 * 60);
        let mut decided = Plan::empty(&loaded.horizon);
        let (wave, second) = (WaveId::new(0), KindId::new(1));
        decided.seated[wave] = Table::from(vec![0, 6]);
        decided.guided[wave][second] = 6;
        let found = next(&loaded, Some(&decided), SEPTEMBER).expect("a wave");
        assert_eq!((found.people, found.computed, found.boards), (6, true, vec![("B2".into(), "B2".into(), 6)]));
        assert_eq!(found.hours, 7 * 15 + 6 * 60);
        // The first one of all, and none after the last.
        assert_eq!(next(&loaded, None, SEPTEMBER - 1).and_then(|it| it.name), None);
        assert_eq!(next(&loaded, None, SEPTEMBER - 1).map(|it| it.people), Some(20));
        assert_eq!(next(&loaded, None, SEPTEMBER + 5), None);
    }
}
