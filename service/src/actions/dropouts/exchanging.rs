//! People who exchange their published placements before those begin: checked against the plan that counts, and put in line as a proposal.

use std::collections::BTreeMap;

use loket_instances::matching::read::Loaded;
use loket_instances::matching::rerun::Moved;
use loket_instances::strict::problem::Problem;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::judge::fairness;

use super::begin;
use crate::actions::privacy::limited;
use crate::actions::{Asked, Refused, Turn, problem};
use crate::desk::dropout::Wish;
use crate::desk::fairness::read;
use crate::desk::limited::Limited;
use crate::records::batch::Batch;
use crate::records::register::Kind;
use crate::records::wave::Life;
use crate::store::{Error, Store};

/// Puts an exchange in line as a proposal: each takes the placement of another of them, nobody gets worse, and everybody else stays.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such wave; that it is not published or has begun; everything by which it is no exchange, at once.
pub async fn exchange(
    store: &Store,
    asked: &Asked,
    wave: &str,
    moves: Vec<Moved>,
    (seconds, held_months): (i64, u32),
) -> Result<Batch, Refused> {
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    if let Some(done) = reading.deed::<String>(asked.key()).await? {
        return reading.batch(&done).await?.ok_or(Refused::Unknown);
    }
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let today = store.clock().today();
    let not_published = || Refused::not_now("Deze lichting is niet vastgesteld; ruilen kan nadat de plaatsingen bekend zijn gemaakt.");
    let current = wave.current.as_ref().filter(|_| wave.life == Life::Vastgesteld).ok_or_else(not_published)?;
    if wave.from <= today.to_string() {
        return Err(Refused::not_now("De plaatsingen van deze lichting zijn begonnen; wie begonnen is, ruilt niet meer."));
    }
    let run = reading.run(current).await?.ok_or(Refused::Unknown)?;
    let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    let outcome = reading.result(current).await?.ok_or(Refused::Unknown)?;
    let limited = limited(&mut reading, today).await?;
    drop(reading);
    let look = move || {
        let (loaded, plan) = read(&file, &outcome)?;
        Ok::<_, Error>((wrong(&loaded, &plan, &limited, &moves), moves))
    };
    let (wrong, moves) = turn.aside(look).await??;
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    begin(store, asked, &Wish::exchange(wave.id, moves, today.to_string()), (seconds, held_months)).await
}

/// Everything by which moves are no exchange.
fn wrong(loaded: &Loaded, plan: &Plan, limited: &Limited, moves: &[Moved]) -> Vec<Problem> {
    let wave = &loaded.wave;
    let mut wrong = Vec::new();
    let mut people: Vec<(CandidateId, Placement)> = Vec::new();
    for (row, it) in moves.iter().enumerate() {
        let place = format!("/mensen/{row}/kandidaat");
        if limited.has(Kind::Candidate, &it.candidate) {
            let what = format!("{} blijft op eigen verzoek buiten de indeling", it.candidate);
            wrong.push(problem("past-niet", &place, what, "laat deze kandidaat weg, of hef eerst de beperking op"));
            continue;
        }
        let known = plan.pairs().find(|(id, _)| wave.candidates[*id].id == it.candidate);
        match known.and_then(|(id, at)| Some((id, (*at)?))) {
            None => {
                let what = format!("{} heeft in deze lichting geen plaats", it.candidate);
                wrong.push(problem("onbekende-verwijzing", &place, what, "noem kandidaten met een plaats in deze lichting"));
            }
            Some((id, _)) if people.iter().any(|(other, _)| *other == id) => {
                wrong.push(problem("dubbel-id", &place, format!("{} staat er twee keer", it.candidate), "noem elke kandidaat één keer"));
            }
            Some(found) => people.push(found),
        }
    }
    if !wrong.is_empty() {
        return wrong;
    }
    if people.len() < 2 {
        return vec![problem("leeg", "/mensen", "een ruil is van twee mensen of meer", "noem wie er ruilen")];
    }
    let named = |at: Placement| [&wave.school_of(at.seat).id, &wave.seats[at.seat].id, &wave.coaches[at.coach].id];
    let mut left: BTreeMap<Placement, usize> = BTreeMap::new();
    people.iter().for_each(|(_, at)| *left.entry(*at).or_default() += 1);
    let goal = fairness::passing(wave);
    for (row, (it, (id, own))) in moves.iter().zip(&people).enumerate() {
        let place = format!("/mensen/{row}");
        let to = left.iter_mut().find(|(at, count)| **count > 0 && named(**at) == [&it.school, &it.seat, &it.coach]);
        let Some((&to, count)) = to.filter(|(at, _)| *at != own) else {
            let what = format!("de plaats van {} is niet van een ander die meedoet", it.candidate);
            wrong.push(problem("past-niet", &place, what, "geef elk de plaats van een ander van deze mensen"));
            continue;
        };
        *count -= 1;
        if fairness::worth(wave, &goal, *id, to) < fairness::worth(wave, &goal, *id, *own) {
            let what = format!("{} gaat er met deze ruil op achteruit", it.candidate);
            wrong.push(problem("past-niet", &place, what, "laat deze ruil weg; bij een ruil gaat niemand erop achteruit"));
        }
    }
    wrong
}
