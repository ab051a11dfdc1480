//! Whole-number programs by their linear program first: its prices bound every answer, in integers, and say which columns an answer near that
//! bound cannot use. What is left is small, and its best is the best of all when it is near enough; else the search is widened.

use super::whole::{self, Begin, Divided, End, Reached, divided, divisor, written};
use crate::common::control::Control;
use crate::common::integer_program::{Column, IntegerProgram, Side};
use crate::engine::highs::{Ended, Method};

/// Prices are kept in units of 1 / 2^24 of a point.
const SCALE: i64 = 1 << 24;

/// Nodes of the first search, near what is known.
const FIRST: i32 = 50;

/// Columns above which a linear program is solved by interior points first.
const MANY: usize = 15_000;

/// What the prices of a linear program say.
#[derive(Clone, Debug)]
pub struct Face {
    /// No values that obey the rows are worth more, in 1/[`SCALE`].
    most: i128,
    /// What one more of each column adds beside what the rows charge for it, in 1/[`SCALE`].
    reduced: Vec<i64>,
    /// All values are multiples of this.
    divisor: i64,
}

impl Face {
    /// Of these prices, one per row, whatever they are: weak duality in integers.
    fn of(program: &IntegerProgram, rows: &[Divided<'_>], points: &[i64], prices: &[i64], divisor: i64) -> Self {
        let mut reduced: Vec<i128> = points.iter().map(|&points| i128::from(points) * i128::from(SCALE)).collect();
        let mut most = 0_i128;
        for (row, &price) in rows.iter().zip(prices) {
            let price = match row.side {
                Side::AtMost(_) => price.max(0),
                Side::AtLeast(_) => price.min(0),
                Side::Exactly(_) => price,
            };
            if price != 0 {
                most += i128::from(price) * i128::from(row.side.number());
                row.entries().for_each(|(column, weight)| reduced[column] -= i128::from(price) * i128::from(weight));
            }
        }
        for (column, &reduced) in program.columns.iter().zip(&reduced) {
            most += reduced * i128::from(if reduced > 0 { column.high } else { column.low });
        }
        let kept = |reduced: i128| i64::try_from(reduced).unwrap_or(0);
        Self { most, reduced: reduced.into_iter().map(kept).collect(), divisor }
    }

    /// No values that obey the rows are worth more.
    pub fn bound(&self) -> i64 {
        let points = self.most.div_euclid(i128::from(SCALE) * i128::from(self.divisor));
        i64::try_from(points).map_or(i64::MAX, |points| points.saturating_mul(self.divisor))
    }

    /// The bounds of the columns in answers that are worth at least this.
    pub fn near(&self, columns: &[Column], least: i64) -> Vec<Column> {
        let left = (self.most - i128::from(least) * i128::from(SCALE)).max(0);
        let near = |(column, &reduced): (&Column, &i64)| {
            let steps = |price: i64| i64::try_from(left / i128::from(price)).unwrap_or(i64::MAX);
            match reduced {
                // Every one that is missing costs this much.
                1.. => Column { low: column.low.max(column.high.saturating_sub(steps(reduced))), ..*column },
                0 => *column,
                _ => Column { high: column.high.min(column.low.saturating_add(steps(-reduced))), ..*column },
            }
        };
        columns.iter().zip(&self.reduced).map(near).collect()
    }
}

/// What the linear program says; `None` when it was stopped or came to nothing.
pub fn relax(program: &IntegerProgram, points: &[i64], method: Method, seed: u64, control: &dyn Control) -> Option<Face> {
    let rows = divided(program)?;
    let divisor = divisor(points.iter().copied());
    let mut highs = written(program, &rows, points, divisor, seed, control);
    highs.method(method);
    if program.columns.is_empty() || highs.run(control, &|_| {}) != Ended::Optimal {
        return None;
    }
    let whole = |price: f64| (price * divisor as f64 * SCALE as f64).round();
    let prices: Vec<i64> = highs.prices().into_iter().map(|price| whole(price).clamp(-9e15, 9e15) as i64).collect();
    Some(Face::of(program, &rows, points, &prices, divisor))
}

/// The best values for `points`, one per column.
pub fn maximise(
    program: &IntegerProgram,
    points: &[i64],
    begin: Begin<'_>,
    control: &dyn Control,
    heard: &dyn Fn(u64, Option<i64>),
) -> Reached {
    let mut known = begin.values.and_then(|values| Some((values.to_vec(), program.checked(points, values)?)));
    // The simplex method takes long where there are many columns of equal worth.
    let method = if program.columns.len() > MANY { Method::Crossover } else { Method::Simplex };
    let face = if begin.strict { None } else { relax(program, points, method, begin.seed, control) };
    let Some(face) = face else { return whole::maximise(program, points, begin, control, heard) };
    let mut bound = face.bound();
    heard(0, Some(bound));
    if let Some((values, value)) = &known
        && *value < bound
        && !begin.hold.is_empty()
    {
        let mut held = program.columns.clone();
        begin.hold.iter().for_each(|&column| held[column] = Column { low: values[column], high: values[column], ..held[column] });
        let held = IntegerProgram { columns: held, rows: program.rows.clone() };
        let first = Begin { nodes: Some(FIRST), ..begin };
        let reached = whole::maximise(&held, points, first, control, &|_, _| {});
        known = better(reached.best, known);
    }
    // As near to the bound as can be, then as far as what is known; at once when that leaves hardly more open.
    let value = known.as_ref().map(|(_, value)| *value);
    let open = |least: i64| face.near(&program.columns, least).iter().filter(|column| column.high > column.low).count();
    let close = value.is_some_and(|value| 2 * open(value) <= 3 * open(bound));
    for far in [false, true].into_iter().skip(usize::from(close)) {
        if value.is_some_and(|value| value >= bound) {
            return Reached { end: End::Best, best: known, bound: Some(bound) };
        }
        let least = match (far, value) {
            (false, _) => bound,
            (true, Some(value)) => value,
            (true, None) => i64::MIN / 4,
        };
        let near = IntegerProgram { columns: face.near(&program.columns, least), rows: program.rows.clone() };
        let values = known.as_ref().map(|(values, _)| values.as_slice()).filter(|values| near.checked(points, values).is_some());
        let inside = Begin { values, ..begin };
        let heard = |nodes, most: Option<i64>| heard(nodes, most.map(|most| most.max(least).min(bound)));
        let reached = whole::maximise(&near, points, inside, control, &heard);
        match (reached.end, &reached.best) {
            // Whatever is worth more is near too.
            (End::Best, Some((_, value))) if *value >= least => return reached,
            (End::Best | End::Infeasible, _) if far && known.is_none() => return reached,
            (End::Best | End::Infeasible, _) => bound = bound.min(least.saturating_sub(face.divisor)),
            (End::Stopped, _) => {
                let bound = reached.bound.map_or(bound, |most| most.max(least).min(bound));
                return Reached { end: End::Stopped, best: better(reached.best, known), bound: Some(bound) };
            }
            (End::Failed, _) => break,
        }
    }
    let values = known.as_ref().map(|(values, _)| values.as_slice());
    whole::maximise(program, points, Begin { values, ..begin }, control, heard)
}

/// The one that is worth more, of what was found and what was known.
fn better(found: Option<(Vec<i64>, i64)>, known: Option<(Vec<i64>, i64)>) -> Option<(Vec<i64>, i64)> {
    match (&found, &known) {
        (Some((_, found_value)), Some((_, known_value))) if found_value <= known_value => known,
        (None, _) => known,
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::control::Unhurried;
    use crate::common::integer_program::Row;

    /// Three columns of at most 2; 2a + 2b + 2c ≤ 7 leaves room for half a column more than whole ones can use.
    fn program() -> IntegerProgram {
        let rows = vec![
            Row { entries: vec![(0, 2), (1, 2), (2, 3)], side: Side::AtMost(7) },
            Row { entries: vec![(0, 1), (2, 1)], side: Side::AtLeast(1) },
        ];
        IntegerProgram { columns: vec![Column { low: 0, high: 2, whole: true }; 3], rows }
    }

    fn all() -> Vec<Vec<i64>> {
        (0..27).map(|at| vec![at % 3, at / 3 % 3, at / 9]).collect()
    }

    #[test]
    fn any_prices_bound_every_answer_and_leave_those_that_are_near() {
        let program = program();
        let rows = divided(&program).expect("rows that can hold");
        let points = [4, -2, 6];
        for (first, second) in [(0, 0), (2, 0), (1, -1), (-3, 5), (7, -9)] {
            let face = Face::of(&program, &rows, &points, &[first * SCALE, second * SCALE + 1], 2);
            for values in all() {
                let Some(value) = program.checked(&points, &values) else { continue };
                assert!(value <= face.bound(), "{values:?} is worth {value}");
                let near = face.near(&program.columns, value);
                assert!(near.iter().zip(&values).all(|(column, value)| (column.low..=column.high).contains(value)), "{values:?} {near:?}");
            }
        }
    }

    #[test]
    fn the_best_is_found_whatever_the_points() {
        let program = program();
        for points in [[4, -2, 6], [1, 1, 1], [0, 0, 0], [-5, 3, -7], [900, 901, 1_350]] {
            let best = all().iter().filter_map(|values| program.checked(&points, values)).max();
            let found = maximise(&program, &points, Begin::default(), &Unhurried, &|_, _| {});
            assert_eq!((found.end, found.best.map(|(_, value)| value), found.bound), (End::Best, best, best), "{points:?}");
        }
    }
}
