//! A horizon written down: one 0/1 for every number of people that a kind of coach may guide of a wave carries all counts exactly; who starts
//! where and who is hired are whole numbers; money is a sum of those.
//!
//! It shares with the judge only the horizon, its plans and the funnel, never a rule or a term. Rows and boards are written in the order of
//! their ids, so that the order of rows in a file decides nothing.

mod money;
mod rules;
mod terms;

use std::collections::BTreeMap;

use super::writer::{Sum, Writer};
use crate::common::integer_program::Side;
use crate::common::tables::{Id, Table};
use crate::planning::facts::codes::{Count, RuleCode, TermCode};
use crate::planning::facts::funnel;
use crate::planning::facts::horizon::{Horizon, Lock};
use crate::planning::facts::ids::{BoardId, KindId, LineId, WaveId, YearId};
use crate::planning::facts::plan::Plan;

/// Most columns that are written down.
const MOST_COLUMNS: usize = 400_000;

/// A number to be decided.
#[derive(Clone, Debug)]
enum Number {
    /// There is one choice.
    Fixed(i64),
    /// From 0 up.
    Column(usize),
}

impl Number {
    fn sum(&self) -> Sum {
        match *self {
            Self::Fixed(number) => Sum::of(number),
            Self::Column(column) => Sum::column(column),
        }
    }
    fn value(&self, values: &[i64]) -> i64 {
        match *self {
            Self::Fixed(number) => number,
            Self::Column(column) => values[column],
        }
    }
}

/// How many of a wave a kind guides: one of these numbers, each with its column; without columns there is one.
#[derive(Clone, Debug)]
struct Guided {
    numbers: Vec<i64>,
    columns: Vec<usize>,
    /// The number itself as a column: rows hold its multiples and only what is left at each number, so that their weights stay small, and the
    /// search can ask whether it is more or less.
    total: Option<usize>,
}

/// A horizon with some of its locks, without some rules, as a program.
pub(super) struct Model<'a> {
    horizon: &'a Horizon,
    pub writer: Writer,
    without: Vec<RuleCode>,
    /// Rows in the order of their ids; waves by month first.
    waves: Vec<WaveId>,
    boards: Vec<BoardId>,
    kinds: Vec<KindId>,
    lines: Vec<LineId>,
    seated: Table<WaveId, Table<BoardId, Number>>,
    guided: Table<WaveId, Table<KindId, Guided>>,
    hired: Table<KindId, Table<YearId, Number>>,
    /// Cents by line and year of the horizon, once they are written.
    amounts: BTreeMap<(LineId, YearId), Sum>,
    terms: BTreeMap<TermCode, Sum>,
}

fn ordered<I: Id + 'static, T, K: Ord>(table: &Table<I, T>, key: impl Fn(&T) -> K) -> Vec<I> {
    let mut ids: Vec<I> = table.ids().collect();
    ids.sort_by_key(|&id| key(&table[id]));
    ids
}

impl<'a> Model<'a> {
    /// Columns and rows with these locks, without these rules; `None` when it is too large to be written down exactly.
    pub fn new(horizon: &'a Horizon, locks: &[Lock], without: &[RuleCode]) -> Option<Self> {
        let mut model = Self {
            horizon,
            writer: Writer::default(),
            without: without.to_vec(),
            waves: ordered(&horizon.waves, |row| (row.month, row.id.clone())),
            boards: ordered(&horizon.boards, |row| row.id.clone()),
            kinds: ordered(&horizon.kinds, |row| row.id.clone()),
            lines: ordered(&horizon.lines, |row| row.id.clone()),
            seated: Table::filled(horizon.waves.len(), Table::filled(horizon.boards.len(), Number::Fixed(0))),
            guided: Table::filled(
                horizon.waves.len(),
                Table::filled(horizon.kinds.len(), Guided { numbers: vec![0], columns: Vec::new(), total: None }),
            ),
            hired: Table::filled(horizon.kinds.len(), Table::filled(horizon.length(), Number::Fixed(0))),
            amounts: BTreeMap::new(),
            terms: BTreeMap::new(),
        };
        model.decisions(locks)?;
        if !model.writer.stuck {
            model.rules();
        }
        (!model.writer.unfit).then_some(model)
    }

    fn asks(&self, rule: RuleCode) -> bool {
        !self.without.contains(&rule)
    }

    /// A column for each decision that is open; `None` when there are too many.
    fn decisions(&mut self, locks: &[Lock]) -> Option<()> {
        let horizon = self.horizon;
        for wave in self.waves.clone() {
            let row = &horizon.waves[wave];
            let locked = locks.iter().find_map(|lock| match *lock {
                Lock::Started(of, number) if of == wave => Some(number),
                _ => None,
            });
            let wanted = if self.asks(RuleCode::Doel) { Some(row.target) } else { None };
            if let (Some(locked), Some(wanted)) = (locked, wanted)
                && locked > wanted
            {
                self.writer.stuck = true;
                return Some(());
            }
            let at_most = locked.or(wanted);
            let mut seats = 0_i64;
            for board in self.boards.clone() {
                let there = horizon.boards[board].seats[row.year];
                let high =
                    if self.asks(RuleCode::Plekken) { at_most.map_or(there, |most| most.min(there)) } else { at_most.unwrap_or(there) };
                let locked = locks.iter().find_map(|lock| match *lock {
                    Lock::Seated(of, at, number) if (of, at) == (wave, board) => Some(number),
                    _ => None,
                });
                seats += locked.unwrap_or(high);
                self.seated[wave][board] = self.number(locked, high);
            }
            if let Some(number) = locked {
                let started = self.started(wave);
                self.writer.row(&started, Side::Exactly(number));
            }
            let most = at_most.map_or(seats, |most| most.min(seats));
            for kind in self.kinds.clone() {
                let locked = locks.iter().find_map(|lock| match *lock {
                    Lock::Guided(of, by, number) if (of, by) == (wave, kind) => Some(number),
                    _ => None,
                });
                let numbers: Vec<i64> = locked.map_or_else(|| (0..=most).collect(), |number| vec![number]);
                if self.writer.program.columns.len() + numbers.len() > MOST_COLUMNS {
                    return None;
                }
                let columns = if numbers.len() > 1 { self.writer.one_of(numbers.len()) } else { Vec::new() };
                let total = (numbers.len() > 1).then(|| self.writer.column(most));
                if let Some(total) = total {
                    let chosen = numbers.iter().zip(&columns);
                    let sum = chosen.fold(Sum::column(total), |sum, (&number, &column)| sum.and(-number, &Sum::column(column)));
                    self.writer.row(&sum, Side::Exactly(0));
                }
                self.guided[wave][kind] = Guided { numbers, columns, total };
            }
        }
        for kind in self.kinds.clone() {
            for year in horizon.years.ids() {
                let most = horizon.kinds[kind].hires[year];
                let limited = self.asks(RuleCode::Aanname);
                let locked = locks.iter().find_map(|lock| match *lock {
                    Lock::Hired(of, at, number) if (of, at) == (kind, year) => Some(number),
                    _ => None,
                });
                self.writer.stuck |= limited && locked.is_some_and(|number| number > most);
                // As many as a file can name.
                self.hired[kind][year] = self.number(locked, if limited { most } else { 100_000 });
            }
        }
        Some(())
    }

    fn number(&mut self, locked: Option<i64>, high: i64) -> Number {
        match locked {
            Some(number) => Number::Fixed(number),
            None if high == 0 => Number::Fixed(0),
            None => Number::Column(self.writer.column(high)),
        }
    }

    /// Who starts in a wave, by boards.
    fn started(&self, wave: WaveId) -> Sum {
        self.boards.iter().fold(Sum::default(), |sum, &board| sum.and(1, &self.seated[wave][board].sum()))
    }

    /// How many of a wave a kind guides.
    fn guided(&self, wave: WaveId, kind: KindId) -> Sum {
        self.carried(wave, kind, |number| number)
    }

    /// People of a count of a wave with a kind.
    fn count(&self, wave: WaveId, kind: KindId, count: Count) -> Sum {
        self.carried(wave, kind, |number| funnel::of(&self.horizon.counts(wave, kind, number), count))
    }

    fn carried(&self, wave: WaveId, kind: KindId, of: impl Fn(i64) -> i64) -> Sum {
        let Guided { numbers, columns, total } = &self.guided[wave][kind];
        let (Some(total), Some(&most)) = (*total, numbers.last()) else { return Sum::of(numbers.first().map_or(0, |&only| of(only))) };
        // From 0 people to the most.
        let slope = (of(most) - of(0)).div_euclid(most);
        let chosen = numbers.iter().zip(columns);
        chosen.fold(Sum::default().and(slope, &Sum::column(total)), |sum, (&number, &column)| {
            sum.and(of(number) - slope * number, &Sum::column(column))
        })
    }

    /// Coaches of a kind in a year.
    fn pool(&self, kind: KindId, year: YearId) -> Sum {
        let horizon = self.horizon;
        let begin = if horizon.stays(kind, None, year) { horizon.kinds[kind].begin } else { 0 };
        let there = horizon.years.ids().filter(|&hired| horizon.stays(kind, Some(hired), year));
        there.fold(Sum::of(begin), |sum, hired| sum.and(1, &self.hired[kind][hired].sum()))
    }

    /// The plan that values of columns stand for.
    pub fn plan(&self, values: &[i64]) -> Plan {
        let mut plan = Plan::empty(self.horizon);
        for wave in self.horizon.waves.ids() {
            for board in self.horizon.boards.ids() {
                plan.seated[wave][board] = self.seated[wave][board].value(values);
            }
            for kind in self.horizon.kinds.ids() {
                plan.guided[wave][kind] = i64::try_from(self.guided(wave, kind).value(values)).unwrap_or(0);
            }
        }
        for kind in self.horizon.kinds.ids() {
            for year in self.horizon.years.ids() {
                plan.hired[kind][year] = self.hired[kind][year].value(values);
            }
        }
        plan
    }

    /// The values of columns that stand for a plan, whether or not they obey the rows.
    pub fn values(&self, plan: &Plan) -> Vec<i64> {
        let mut values = vec![0; self.writer.program.columns.len()];
        let mut set = |number: &Number, to: i64| {
            if let Number::Column(column) = *number {
                values[column] = to;
            }
        };
        for wave in self.horizon.waves.ids() {
            self.horizon.boards.ids().for_each(|board| set(&self.seated[wave][board], plan.seated[wave][board]));
        }
        for kind in self.horizon.kinds.ids() {
            self.horizon.years.ids().for_each(|year| set(&self.hired[kind][year], plan.hired[kind][year]));
        }
        for (wave, kinds) in self.guided.pairs() {
            for (kind, Guided { numbers, columns, total }) in kinds.pairs() {
                total.iter().for_each(|&total| values[total] = plan.guided[wave][kind]);
                let chosen = numbers.iter().zip(columns).find(|(number, _)| **number == plan.guided[wave][kind]);
                chosen.into_iter().for_each(|(_, &column)| values[column] = 1);
            }
        }
        self.writer.follow(&mut values);
        values
    }
}
