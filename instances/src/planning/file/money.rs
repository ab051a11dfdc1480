//! Reads lines of cost and income.

use std::collections::HashMap;

use loket_solver::common::tables::{Id, Table};
use loket_solver::planning::facts::codes::{CostSort, Driver, IncomeSort};
use loket_solver::planning::facts::ids::{KindId, LineId, YearId};
use loket_solver::planning::facts::lines::{Line, Side, unit};

use super::index::Listed;
use super::read::year;
use crate::strict::fields::{At, Fields, PERCENT};
use crate::strict::rows::own_id;
use crate::strict::spot::show_id;

/// Most lines of cost and income together.
const MOST: usize = 500;

const COST: &[&str] =
    &["id", "naam", "activiteit", "soort", "per", "coachsoort", "groep", "aantal_x100", "prijs_cent", "btw_procent", "jaren"];
const INCOME: &[&str] = &["id", "naam", "soort", "per", "coachsoort", "groep", "aantal_x100", "prijs_cent", "btw_procent", "jaren"];

/// Costs, then incomes.
pub(crate) fn lines(fields: &Fields<'_>, kinds: &Listed<'_, KindId>, years: &[String]) -> Table<LineId, Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut seen: HashMap<String, ()> = HashMap::new();
    for (list, income) in [("posten", false), ("inkomsten", true)] {
        let Some(at) = fields.get(list) else { continue };
        for row in at.no_more_than(MOST).and_then(|()| at.rows("id")).unwrap_or_default() {
            let Some(line) = line(&row, income, kinds, years) else { continue };
            if !line.id.is_empty() && seen.insert(line.id.clone(), ()).is_some() {
                let what = format!("er is al een post of inkomst \"{}\"", show_id(&line.id));
                row.report.problem("dubbel-id", &row.spot.key("id"), what, "geef elke post en elke inkomst een eigen id");
            }
            lines.push(line);
        }
    }
    if lines.len() > MOST {
        let what = format!("er zijn {} posten en inkomsten", lines.len());
        fields.at.refuse("te-veel", what, format!("neem er samen hoogstens {MOST}"));
    }
    lines.into()
}

fn line(row: &At<'_>, income: bool, kinds: &Listed<'_, KindId>, years: &[String]) -> Option<Line> {
    let fields = row.fields(if income { INCOME } else { COST })?;
    let id = own_id(&fields);
    fields.get("naam").map(At::name);
    let side = if income {
        Side::Income(fields.get("soort").and_then(At::word::<IncomeSort>))
    } else {
        let activity = fields.need("activiteit").and_then(|at| at.bounded(64)).unwrap_or_default().to_owned();
        Side::Cost(activity, fields.need("soort").and_then(At::word).unwrap_or(CostSort::Overig))
    };
    let driver: Option<Driver> = fields.need("per").and_then(At::word);
    let kind = fields.get("coachsoort").and_then(|at| kinds.named(at));
    let group = fields.get("groep").and_then(|at| at.integer(1..=1_000));
    if let (Some(at), Some(Driver::Fixed)) = (fields.get("coachsoort"), driver) {
        at.refuse("samen", "een vaste post hoort niet bij een coachsoort", "haal \"coachsoort\" weg, of kies een andere \"per\"");
    }
    if let (Some(at), Some(driver)) = (fields.get("groep"), driver)
        && driver.count().is_none()
    {
        at.refuse("samen", "groepen tellen alleen bij een aantal mensen", "haal \"groep\" weg, of kies bij \"per\" een telling");
    }
    let price = fields.need("prijs_cent").and_then(|at| at.integer(0..=100_000_000_000));
    let amount = |key, bounds, usual| fields.get(key).map_or(Some(usual), |at| at.integer(bounds));
    let hundredths = amount("aantal_x100", 0..=10_000_000, 100);
    let tax = amount("btw_procent", PERCENT, 0).and_then(|tax| u32::try_from(tax).ok());
    let mut cents = 0;
    if let (Some(price), Some(hundredths), Some(tax)) = (price, hundredths, tax) {
        match unit(price, tax, hundredths) {
            Some(unit) => cents = unit,
            None => {
                let what = "aantal maal prijs is geen heel aantal centen";
                row.report.problem(
                    "grens",
                    &row.spot.key("prijs_cent"),
                    what,
                    "pas het aantal of de prijs aan tot het op hele centen uitkomt",
                );
            }
        }
    }
    let mut there: Table<YearId, bool> = Table::filled(years.len().max(1), fields.get("jaren").is_none());
    if let Some(at) = fields.get("jaren") {
        for year in at.distinct(|item| year(item, years)).unwrap_or_default() {
            there[YearId::new(year.position())] = true;
        }
    }
    let limited = fields.get("jaren").is_some();
    Some(Line { id, side, driver: driver?, kind, group, unit: cents, years: there, limited })
}
