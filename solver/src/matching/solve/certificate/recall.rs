//! Takes the prices of an earlier stage back into a block of the same, or nearly the same, wave: any prices are good to start from.

use std::collections::HashMap;

use super::write::{named, stage_of, tied};
use crate::engine::block::Block;
use crate::engine::price::Prices;
use crate::matching::facts::certificate::{Certificate, Row};
use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::policy::Goal;
use crate::matching::solve::model::Model;
use crate::matching::solve::model::blocks::Face;

/// The certificate's prices in units of 1/scale of the block's points; limits and floors that it does not price are free.
pub fn recall(certificate: &Certificate, model: &Model, face: &Face, goals: &[Goal], block: &Block, scale: i64) -> Prices {
    let rows: HashMap<&Row, i64> = certificate.rows.iter().map(|row| (&row.row, row.price)).collect();
    let loads: HashMap<CoachId, i64> = certificate.loads.iter().copied().collect();
    let fit = |price: i64, times: i64, over: i64| -> i64 {
        let above = i128::from(price) * i128::from(certificate.unit) * i128::from(scale) * i128::from(times);
        let below = i128::from(certificate.scale) * i128::from(block.unit) * i128::from(over);
        i64::try_from(above.checked_div(below).unwrap_or(0)).unwrap_or(0)
    };
    let mut prices = Prices::free(block);
    let tied = tied(block, face);
    for (number, row) in block.rows.iter().enumerate() {
        let known = match row.origin {
            Some(origin) => named(model, origin).and_then(|row| rows.get(&row).copied()),
            None => tied[number].and_then(|coach| loads.get(&coach).copied()),
        };
        prices.rows[number] = known.map_or(0, |price| fit(price, 1, 1));
    }
    // Where a goal has a floor in every block, the block's own floors are those of the face that count anybody in it, in order.
    let mine = face.floors.iter().filter(|floor| {
        let counted = |scope: &Vec<CandidateId>| scope.first().is_some_and(|first| block.people.binary_search(&first.0).is_ok());
        floor.scope.as_ref().is_none_or(counted)
    });
    for ((floor, local), price) in mine.zip(&block.floors).zip(&mut prices.floors) {
        let stage = stage_of(&floor.objective, goals);
        if let Some(known) = certificate.floors.iter().find(|known| Some(known.stage) == stage) {
            *price = fit(known.price, local.divisor, known.divisor);
        }
    }
    prices.made_valid(block)
}
