//! Lines of money: what a line comes to in a year, in whole cents.

use crate::common::tables::Table;
use crate::planning::facts::codes::{CostSort, Driver, IncomeSort};
use crate::planning::facts::ids::{KindId, YearId};

/// Which side a line is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// Cost, with its activity and kind of cost.
    Cost(String, CostSort),
    /// Income, with where it comes from when that is said.
    Income(Option<IncomeSort>),
}

/// A line of cost or income.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id, unique over costs and incomes.
    pub id: String,
    /// Which side it is on.
    pub side: Side,
    /// What it follows.
    pub driver: Driver,
    /// Only people or coaches of this kind.
    pub kind: Option<KindId>,
    /// Counted in whole groups of so many.
    pub group: Option<i64>,
    /// Cents per unit.
    pub unit: i64,
    /// In which years it is there.
    pub years: Table<YearId, bool>,
    /// Whether it says in which years; one that does not goes on after the horizon when it follows a count.
    pub limited: bool,
}

impl Line {
    /// Whether it is income.
    pub fn income(&self) -> bool {
        matches!(self.side, Side::Income(_))
    }

    /// Units of so many people or coaches: groups, when it counts in groups.
    pub fn units(&self, driver: i64) -> i64 {
        self.group.map_or(driver, |group| driver.div_euclid(group))
    }
}

/// Cents of so many units, `percent` of them when that is not 100, rounded half up.
pub fn amount(units: i64, unit: i64, percent: u32) -> i128 {
    let whole = i128::from(units) * i128::from(unit);
    if percent == 100 { whole } else { (whole * i128::from(percent) + 50).div_euclid(100) }
}

/// The cents of one unit: the price with tax rounded half up, times hundredths of a quantity; `None` when that is no whole number of cents or
/// more than can be counted.
pub fn unit(price: i64, tax_percent: u32, hundredths: i64) -> Option<i64> {
    let taxed = (i128::from(price) * i128::from(100 + tax_percent) + 50).div_euclid(100);
    let unit = taxed * i128::from(hundredths);
    if unit.rem_euclid(100) == 0 { i64::try_from(unit / 100).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_whole_cents_or_none() {
        assert_eq!(unit(8_000, 21, 1_500), Some(145_200));
        assert_eq!(unit(150_000, 0, 350), Some(525_000));
        assert_eq!(unit(6_200_000, 0, 25), Some(1_550_000));
        assert_eq!(unit(333, 21, 100), Some(403));
        assert_eq!(unit(333, 0, 50), None);
        assert_eq!(amount(3, 333, 101), 1_009);
        assert_eq!(amount(2, 25, 101), 51);
    }
}
