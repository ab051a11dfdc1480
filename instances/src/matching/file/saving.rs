//! A policy's `bewaren`: prices of scarce seats and hours, read, looked up in a wave, and as they are used.

use std::collections::HashSet;
use std::hash::Hash;

use loket_solver::common::tables::Id;
use loket_solver::matching::facts::policy::Saving;
use loket_solver::matching::facts::wave::{Coach, Seat};

use super::build::Found;
use super::places::list;
use super::read::{each, note};
use crate::matching::rows::{CoachPriceRow, SavingRow, SeatPriceRow};
use crate::strict::fields::{At, WEIGHT};
use crate::strict::spot::{Spot, show_id};

/// Reads `bewaren`.
pub(crate) fn read(at: &At<'_>) -> Option<SavingRow> {
    let fields = at.fields(&["plekken", "coaches"])?;
    let seats = fields.get("plekken").and_then(|list| each(list, "", seat));
    let coaches = fields.get("coaches").and_then(|list| each(list, "", coach));
    once(&fields.get("plekken"), &seats, |row| (row.school.clone(), row.seat.clone()));
    once(&fields.get("coaches"), &coaches, |row| row.coach.clone());
    Some(SavingRow { seats, coaches, note: note(&fields) })
}

fn seat(row: &At<'_>) -> Option<SeatPriceRow> {
    let fields = row.fields(&["school", "plek", "prijs"])?;
    let (school, seat) = (fields.need("school").and_then(At::text), fields.need("plek").and_then(At::text));
    let price = fields.need("prijs").and_then(|at| at.count(WEIGHT));
    Some(SeatPriceRow { school: school?.to_owned(), seat: seat?.to_owned(), price: price?, note: note(&fields) })
}

fn coach(row: &At<'_>) -> Option<CoachPriceRow> {
    let fields = row.fields(&["coach", "prijs"])?;
    let coach = fields.need("coach").and_then(At::text);
    let price = fields.need("prijs").and_then(|at| at.count(WEIGHT));
    Some(CoachPriceRow { coach: coach?.to_owned(), price: price?, note: note(&fields) })
}

/// Tells what has two prices.
fn once<T, K: Eq + Hash>(list: &Option<&At<'_>>, rows: &Option<Vec<T>>, key: impl Fn(&T) -> K) {
    let (Some(list), Some(rows)) = (list, rows) else { return };
    let mut seen = HashSet::new();
    let again = rows.iter().filter(|row| !seen.insert(key(row))).count();
    if again > 0 {
        list.report.problem("dubbel", &list.spot, "iets heeft hier twee prijzen", "laat van elke plek en coach één regel staan");
    }
}

/// The prices, in the order of their ids: the order of rows means nothing.
pub(crate) fn used(row: Option<&SavingRow>) -> Saving {
    let seats = row.iter().flat_map(|row| row.seats.iter().flatten()).map(|it| (it.school.clone(), it.seat.clone(), it.price));
    let coaches = row.iter().flat_map(|row| row.coaches.iter().flatten()).map(|it| (it.coach.clone(), it.price));
    let mut saving = Saving { seats: seats.collect(), coaches: coaches.collect() };
    saving.seats.sort();
    saving.coaches.sort();
    saving
}

/// The same as it is written; nothing when there is no price.
pub(crate) fn written(saving: &Saving) -> Option<SavingRow> {
    (*saving != Saving::default()).then(|| rows(saving))
}

/// Prices as the rows of a policy.
pub fn rows(saving: &Saving) -> SavingRow {
    let seats = saving.seats.iter().map(|(school, seat, price)| SeatPriceRow {
        school: school.clone(),
        seat: seat.clone(),
        price: *price,
        note: None,
    });
    let coaches = saving.coaches.iter().map(|(coach, price)| CoachPriceRow { coach: coach.clone(), price: *price, note: None });
    SavingRow { seats: Some(seats.collect()), coaches: Some(coaches.collect()), note: None }
}

/// Gives seats and coaches their prices; a price of what the wave does not have gives a notice.
pub(crate) fn price(row: Option<&SavingRow>, found: &Found<'_>, seats: &mut [Seat], coaches: &mut [Coach]) {
    let Found { index, report, .. } = *found;
    let Some(row) = row else { return };
    let at = |key: &'static str| list("beleid").key("bewaren").key(key);
    let effect = "deze prijs telt niet mee";
    for (place, row) in row.seats.iter().flatten().enumerate() {
        let spot = |key: &'static str| -> Spot { at("plekken").item(place, None).key(key) };
        let Some(school) = index.schools.seek(&row.school, || spot("school"), "school", effect, report) else { continue };
        match index.seat_at(school, &row.seat) {
            Some(seat) => seats[seat.position()].price = row.price,
            None => {
                let text = format!("school {} heeft geen plek \"{}\"; {effect}", show_id(&row.school), show_id(&row.seat));
                report.notice("onbekende-verwijzing", &spot("plek"), text);
            }
        }
    }
    for (place, row) in row.coaches.iter().flatten().enumerate() {
        let spot = || at("coaches").item(place, None).key("coach");
        if let Some(coach) = index.coaches.seek(&row.coach, spot, "coach", effect, report) {
            coaches[coach.position()].hour_price = row.price;
        }
    }
}
