//! What a page shows of the numbers of a multi-year plan: hours asked and there, waves by school year, coaches, money and seats, and what is
//! short.

use loket_solver::common::tables::Id;
use loket_solver::planning::ask::hires::{missing, with};
use loket_solver::planning::facts::codes::{Budget, RuleCode};
use loket_solver::planning::facts::funnel;
use loket_solver::planning::facts::horizon::Horizon;
use loket_solver::planning::facts::ids::{KindId, WaveId, YearId};
use loket_solver::planning::facts::plan::Plan;
use loket_solver::planning::judge;
use loket_solver::planning::judge::tally::Tally;

/// A school year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// Its position.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// Hours asked, by phase.
    pub phases: Vec<i64>,
    /// Hours asked.
    pub needed: i64,
    /// Hours that coaches have.
    pub room: i64,
    /// Hours that kinds of coaches are short, each by itself.
    pub short: i64,
    /// People who count for the number per coach and have none.
    pub without: i64,
    /// Cents.
    pub cost: i64,
    /// Cents.
    pub income: i64,
    /// Cents that are left by the budget's rule; nothing where it has none for this year.
    pub left: Option<i64>,
    /// Seats in use in the fullest month, all boards together.
    pub seated: i64,
    /// Seats of all boards together.
    pub seats: i64,
}

/// The waves of a school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// The year in which they start.
    pub year: usize,
    /// By year: hours, and people by phase.
    pub cells: Vec<(i64, Vec<i64>)>,
}

/// The coaches of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coaches {
    /// Which.
    pub kind: KindId,
    /// By year: hired, there, and how many could be missed; below 0 are too few.
    pub years: Vec<(i64, i64, i64)>,
}

/// Coaches more that would be enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct More {
    /// Of which kind.
    pub kind: KindId,
    /// From which year.
    pub year: YearId,
    /// How many.
    pub coaches: i64,
}

/// Everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Every year of the plan.
    pub years: Vec<Year>,
    /// Waves by school year.
    pub cohorts: Vec<Cohort>,
    /// Kinds of coaches.
    pub coaches: Vec<Coaches>,
    /// The fewest coaches more with which nobody is short.
    pub more: Vec<More>,
    /// With those: the first year in which money is short, and by how many cents.
    pub unpaid: Option<(usize, i64)>,
    /// Rules that are broken beside those above: each with where, what is used and what may be.
    pub broken: Vec<Broken>,
}

/// A rule that is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub rule: RuleCode,
    /// In which wave.
    pub wave: Option<WaveId>,
    /// With which kind of coach.
    pub kind: Option<KindId>,
    /// In which year.
    pub year: Option<YearId>,
    /// What is used.
    pub used: i64,
    /// What may be.
    pub limit: i64,
}

fn whole(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

/// What the numbers of a plan add up to; coaches that are missing are told from a year on, for what was before is over.
pub fn shown(horizon: &Horizon, plan: &Plan, from: usize) -> Shown {
    let tally = Tally::new(horizon, plan);
    let more = missing(horizon, plan, YearId::new(from));
    let enough = with(plan, &more);
    let rows = more.pairs().flat_map(|(kind, years)| years.pairs().map(move |(year, coaches)| More { kind, year, coaches: *coaches }));
    let cohorts = cohorts(horizon, &tally);
    Shown {
        years: years(horizon, plan, &tally, &cohorts),
        coaches: horizon.kinds.ids().map(|kind| coaches(horizon, plan, &tally, kind)).collect(),
        unpaid: unpaid(horizon, &Tally::new(horizon, &enough), from),
        broken: broken(horizon, plan),
        more: rows.filter(|it| it.coaches > 0).collect(),
        cohorts,
    }
}

fn years(horizon: &Horizon, plan: &Plan, tally: &Tally, cohorts: &[Cohort]) -> Vec<Year> {
    let left = left(horizon, tally);
    let one = |year: YearId| {
        let at = year.position();
        let phases: Vec<i64> =
            horizon.phases.ids().map(|phase| cohorts.iter().map(|it| phase_hours(horizon, it, phase.position(), at)).sum()).collect();
        let mut row = Year { at, name: horizon.years[year].clone(), needed: phases.iter().sum(), phases, ..Year::default() };
        for (kind, it) in horizon.kinds.pairs() {
            let pool = tally.pool[kind][year];
            let room = it.hours.saturating_mul(pool);
            row.room = row.room.saturating_add(room);
            row.short += whole(tally.hours[kind][at] - i128::from(room)).max(0);
            row.without += (tally.ratio[kind][at] - i64::from(horizon.policy.per_coach).saturating_mul(pool)).max(0);
        }
        (row.cost, row.income, row.left) = (whole(tally.cost[year]), whole(tally.income[year]), left[at]);
        row.seats = horizon.boards.iter().map(|board| board.seats[year]).sum();
        row.seated = (12 * at..12 * at + 12).map(|month| held(horizon, plan, month)).max().unwrap_or(0);
        row
    };
    horizon.years.ids().map(one).collect()
}

/// Seats that are held in a month, all boards together.
fn held(horizon: &Horizon, plan: &Plan, month: usize) -> i64 {
    let months = usize::try_from(horizon.policy.seat_months).unwrap_or(1);
    let now = horizon.waves.pairs().filter(|(_, wave)| wave.month <= month && month < wave.month + months);
    now.map(|(wave, _)| plan.started(wave)).sum()
}

/// Cents left by year, as the budget's rule counts them.
fn left(horizon: &Horizon, tally: &Tally) -> Vec<Option<i64>> {
    let advance = i128::from(horizon.policy.advance);
    let mut sum = 0;
    let last = horizon.length().saturating_sub(1);
    let one = |year: YearId| {
        let own = tally.income[year] - tally.cost[year];
        sum += own;
        match horizon.policy.budget {
            Budget::Cumulative => Some(whole(sum + advance)),
            Budget::Yearly => Some(whole(own + advance)),
            Budget::Total => (year.position() == last).then(|| whole(sum + advance)),
            Budget::Free => None,
        }
    };
    horizon.years.ids().map(one).collect()
}

fn unpaid(horizon: &Horizon, tally: &Tally, from: usize) -> Option<(usize, i64)> {
    let all = left(horizon, tally).into_iter().enumerate().skip(from);
    all.filter_map(|(at, left)| Some((at, left?))).find(|(_, left)| *left < 0).map(|(at, left)| (at, -left))
}

fn cohorts(horizon: &Horizon, tally: &Tally) -> Vec<Cohort> {
    let of = |first: YearId| {
        let waves: Vec<WaveId> = horizon.waves.pairs().filter(|(_, wave)| wave.year == first).map(|(wave, _)| wave).collect();
        let cell = |year: YearId| {
            let people: Vec<i64> = horizon
                .phases
                .iter()
                .map(|phase| {
                    let here = first.position() + phase.after == year.position();
                    let counts = waves.iter().flat_map(|&wave| tally.counts[wave].iter());
                    if here { counts.map(|counts| funnel::of(counts, phase.count)).sum() } else { 0 }
                })
                .collect();
            let hours = horizon.phases.iter().zip(&people).map(|(phase, people)| phase.hours * people).sum();
            (hours, people)
        };
        (!waves.is_empty()).then(|| Cohort { year: first.position(), cells: horizon.years.ids().map(cell).collect() })
    };
    horizon.years.ids().filter_map(of).collect()
}

fn phase_hours(horizon: &Horizon, cohort: &Cohort, phase: usize, year: usize) -> i64 {
    let hours = horizon.phases.iter().nth(phase).map_or(0, |it| it.hours);
    cohort.cells.get(year).and_then(|(_, people)| people.get(phase)).map_or(0, |people| people * hours)
}

fn coaches(horizon: &Horizon, plan: &Plan, tally: &Tally, kind: KindId) -> Coaches {
    let one = |year: YearId| (plan.hired[kind][year], tally.pool[kind][year], whole(tally.spare(horizon, kind, year)));
    Coaches { kind, years: horizon.years.ids().map(one).collect() }
}

/// Rules that are broken, but those of coaches and money, which the tables say, locks, and seats of one board: who starts where is not decided
/// here.
fn broken(horizon: &Horizon, plan: &Plan) -> Vec<Broken> {
    let told = [RuleCode::CoachRatio, RuleCode::CoachUren, RuleCode::Budget, RuleCode::Vast, RuleCode::Plekken];
    let found = judge::findings(horizon, plan).map(|it| it.breaches).unwrap_or_default();
    let rest = found.into_iter().filter(|it| !told.contains(&it.rule));
    rest.map(|it| Broken {
        rule: it.rule,
        wave: it.place.wave,
        kind: it.place.kind,
        year: it.place.year,
        used: whole(it.used),
        limit: whole(it.limit),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use loket_instances::planning::plan_file::read_plan;
    use loket_instances::planning::typed::decisions;

    const FILE: &str = r#"{"formaat":"loket-meerjarenplan/1","id":"p","start":"2026-09","jaren":["2026-2027","2027-2028"],
        "lichtingen":[{"id":"L1","maand":"2026-09","doel":18},{"id":"L2","maand":"2027-09","doel":18}],
        "besturen":[{"id":"B1","plekken":10},{"id":"B2","plekken":10}],
        "coachsoorten":[{"id":"in","uren":690,"aanname_max":9}],
        "posten":[{"id":"p","per":"coaches","prijs_cent":100,"activiteit":"C","soort":"personeel"}],
        "inkomsten":[{"id":"i","per":"vast","prijs_cent":250}],
        "vast":[{"coachsoort":"in","jaar":"2026-2027","aanname":2}]}"#;

    #[test]
    fn hours_that_are_short_are_told_with_the_coaches_that_would_be_enough() {
        let loaded = read_plan(FILE.as_bytes()).expect("a plan");
        let plan = decisions(&loaded, None);
        let shown = shown(&loaded.horizon, &plan, 0);
        // 20 in the track for 15 hours and 18 in training for 60; a year later 18 more in the second year for 30.
        let hours: Vec<(i64, i64, i64, i64)> = shown.years.iter().map(|it| (it.needed, it.room, it.short, it.without)).collect();
        assert_eq!(hours, [(1_380, 1_380, 0, 0), (1_920, 1_380, 540, 18)]);
        assert_eq!(shown.more, [More { kind: KindId::new(0), year: YearId::new(1), coaches: 2 }]);
        // Income 250 and 250 against coaches 200 and 400: 50 left, then 100 short.
        assert_eq!((shown.years[0].left, shown.unpaid), (Some(50), Some((1, 100))));
        assert_eq!(shown.cohorts[0].cells, [(1_380, vec![20, 18, 0, 0]), (540, vec![0, 0, 18, 0])]);
        assert_eq!((shown.years[0].seated, shown.years[0].seats, shown.broken), (18, 20, Vec::new()));
    }
}
