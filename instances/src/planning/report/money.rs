//! Money by year: per line, per activity with its kind of cost, and per source of income.

use loket_solver::common::words::Word;
use loket_solver::planning::facts::lines::{Line, Side};

use crate::planning::outcome::{Figures, MoneyLine};
use crate::planning::plan_file::Loaded;

/// Cost of an activity and kind of cost, cents by year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    /// The activity.
    pub activity: String,
    /// The kind of cost.
    pub sort: String,
    /// Cents by year.
    pub cents: Vec<i64>,
}

/// Income of a source, cents by year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// The source; absent where lines say none.
    pub source: Option<String>,
    /// Cents by year.
    pub cents: Vec<i64>,
}

/// A line, cents by year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// Its id.
    pub line: String,
    /// Whether it is income.
    pub income: bool,
    /// Cents by year.
    pub cents: Vec<i64>,
}

/// Rows by a key, in the order in which keys first come; each with its cents by year.
fn by_key<K: PartialEq>(figures: &Figures, of: impl Fn(&MoneyLine) -> Vec<(K, i64)>) -> Vec<(K, Vec<i64>)> {
    let mut rows: Vec<(K, Vec<i64>)> = Vec::new();
    for (year, money) in figures.money.iter().enumerate() {
        for (key, cents) in of(money) {
            let at = rows.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                rows.push((key, vec![0; figures.money.len()]));
                rows.len() - 1
            });
            rows[at].1[year] += cents;
        }
    }
    rows
}

fn line<'a>(loaded: &'a Loaded, id: &str) -> Option<&'a Line> {
    loaded.horizon.lines.iter().find(|line| line.id == id)
}

pub(super) fn activities(loaded: &Loaded, figures: &Figures) -> Vec<ActivityRow> {
    let key = |(id, cents): &(String, i64)| match &line(loaded, id)?.side {
        Side::Cost(activity, sort) => Some(((activity.clone(), sort.code()), *cents)),
        Side::Income(_) => None,
    };
    let mut rows: Vec<ActivityRow> = by_key(figures, |money| money.costs.iter().filter_map(key).collect())
        .into_iter()
        .map(|((activity, sort), cents)| ActivityRow { activity, sort: sort.to_owned(), cents })
        .collect();
    rows.sort_by(|one, two| (&one.activity, &one.sort).cmp(&(&two.activity, &two.sort)));
    rows
}

pub(super) fn sources(loaded: &Loaded, figures: &Figures) -> Vec<SourceRow> {
    let key = |(id, cents): &(String, i64)| match &line(loaded, id)?.side {
        Side::Income(source) => Some((source.map(Word::code), *cents)),
        Side::Cost(..) => None,
    };
    let rows = by_key(figures, |money| money.incomes.iter().filter_map(key).collect());
    rows.into_iter().map(|(source, cents)| SourceRow { source: source.map(str::to_owned), cents }).collect()
}

pub(super) fn lines(figures: &Figures) -> Vec<LineRow> {
    let costs = by_key(figures, |money| money.costs.iter().map(|(id, cents)| ((id.clone(), false), *cents)).collect());
    let incomes = by_key(figures, |money| money.incomes.iter().map(|(id, cents)| ((id.clone(), true), *cents)).collect());
    costs.into_iter().chain(incomes).map(|((line, income), cents)| LineRow { line, income, cents }).collect()
}
