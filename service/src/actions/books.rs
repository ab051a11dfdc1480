//! What the workbooks and lists of a run and of a wave are made of; what they show follows from who gets them.

use std::collections::BTreeMap;

use super::answers::{self, Case};
use super::papers::Names;
use super::{Asked, Refused, coaching, placings};
use crate::access::Role;
use crate::desk::asking::{Party, Stance};
use crate::desk::life::Stage;
use crate::desk::named::{Told, names_for};
use crate::desk::room::Period;
use crate::records::coaching::Placing;
use crate::records::decision::Decided;
use crate::records::listing::{Entry, Per};
use crate::records::policy::Used;
use crate::records::register::Kind;
use crate::records::run::Run;
use crate::records::wave::{Life, Wave};
use crate::store::Store;
use loket_solver::matching::facts::words::Word;

/// Everything about a run that ended with a plan.
#[derive(Clone, Debug)]
pub struct RunBook {
    /// The file that was solved.
    pub file: Vec<u8>,
    /// What came of it.
    pub outcome: Vec<u8>,
    /// What was decided in the wave.
    pub decided: Vec<Decided>,
    /// What was explained about candidates, in sentences.
    pub explained: Vec<(String, Vec<String>)>,
    /// The placements with what was answered; none when another plan counts.
    pub cases: Vec<Case>,
    /// The policy that the run used.
    pub policy: Option<Used>,
}

/// What the workbook of a run is made of; nothing when it has no plan.
///
/// # Errors
/// When the store could not do it.
pub async fn of_run(store: &Store, run: &Run) -> Result<Option<RunBook>, Refused> {
    let wave = store.read().wave(&run.wave).await?;
    let counts = wave.is_some_and(|it| it.current.as_deref() == Some(run.job.id.as_str()));
    let cases = if counts { answers::cases(store, &run.wave).await? } else { Vec::new() };
    let mut reading = store.read();
    if !run.planned() {
        return Ok(None);
    }
    let Some(outcome) = reading.result(&run.job.id).await? else { return Ok(None) };
    let file = reading.input(&run.input).await?.ok_or(Refused::Unknown)?;
    let decided = reading.decisions(&run.wave).await?;
    let explained = reading.explained(&run.job.id).await?;
    Ok(Some(RunBook { file, outcome, decided, explained, cases, policy: run.policy.clone() }))
}

/// A list, or lists, of placements.
#[derive(Clone, Debug)]
pub struct Lists {
    /// The wave, the board or the coach, by name where there is one.
    pub name: String,
    /// The placements, each as whoever the list is for may see it.
    pub entries: Vec<Entry>,
}

/// The placements of the plan of a wave that counts, for lists to hand on: of everybody, or of one school, board or coach.
///
/// # Errors
/// When there is no such wave, or no plan of it yet.
pub async fn of_wave(store: &Store, asked: &Asked, id: &str, per: Per, only: Option<&str>) -> Result<Lists, Refused> {
    let wave = store.read().wave(id).await?.ok_or(Refused::Unknown)?;
    if wave.current.is_none() {
        return Err(Refused::not_now("Er is nog geen voorstel, dus er zijn nog geen lijsten; vraag eerst een berekening."));
    }
    let cases = answers::cases(store, id).await?;
    let mut reading = store.read();
    // The last one of each candidate comes last; who is not here has the days of the wave.
    let placed = reading.placements(id, 0, i64::from(u32::MAX)).await?.0;
    let periods: BTreeMap<String, Period> = placed.into_iter().map(|it| (it.candidate, it.period)).collect();
    let names = Names::all(&mut reading, asked.caller.scope()).await?;
    let entries = cases.iter().filter_map(|case| entry(case, &wave, periods.get(&case.placing.candidate), per, &names));
    let entries = entries.filter(|it| only.is_none_or(|id| it.is_for(per, id))).collect();
    Ok(Lists { name: wave.name, entries })
}

/// A placement on a list of this kind; nothing on a coach's list before the coach may know whom it is about.
fn entry(case: &Case, wave: &Wave, period: Option<&Period>, per: Per, names: &Names) -> Option<Entry> {
    let yes = |party| case.stance(party) == Stance::Yes;
    let told = Told { published: wave.life >= Life::Vastgesteld, board: yes(Party::Board), coach: yes(Party::Coach) };
    let named = names_for(told, if per == Per::Coach { Role::Coach } else { Role::Bestuur });
    if !named && per == Per::Coach {
        return None;
    }
    let (placing, place) = (&case.placing, &case.placing.place);
    Some(Entry {
        wave: None,
        candidate: placing.candidate.clone(),
        name: names.candidates.get(&placing.candidate).filter(|_| named).cloned(),
        school: (place.school.clone(), names.schools.get(&place.school).cloned()),
        board: (place.board.clone(), names.boards.get(&place.board).cloned()),
        seat: place.seat.clone(),
        bouw: place.bouw.clone(),
        half_days: Some(place.half_days.replace(',', ", ")),
        coach: named.then(|| (place.coach.clone(), names.coaches.get(&place.coach).cloned())),
        hours: (per == Per::Coach).then_some(placing.hours),
        period: Some(match period {
            Some(it) => days(it),
            None => (wave.from.clone(), wave.until.clone()),
        }),
        stand: Some(case.stage.code()),
    })
}

fn days(period: &Period) -> (String, String) {
    (period.from.to_string(), period.until.to_string())
}

fn stand(told: Told) -> &'static str {
    if told.published { Stage::Vastgesteld.code() } else { Stage::Voorgesteld.code() }
}

/// What is proposed and published for the schools of a board.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such board, or it is another's.
pub async fn of_board(store: &Store, asked: &Asked, id: &str) -> Result<Lists, Refused> {
    let found = placings::of_board(store, asked, id, 0, i64::from(u32::MAX)).await?;
    let name = store.read().names_of(Kind::Board, asked.caller.scope()).await?.remove(id);
    let entry = |it: &Placing| Entry {
        wave: Some(it.wave.clone()),
        candidate: it.candidate.clone(),
        // Only of those who may be named there is a name.
        name: found.candidates.get(&it.candidate).cloned(),
        school: (it.school.clone(), found.schools.get(&it.school).cloned()),
        board: (id.to_owned(), name.clone()),
        seat: it.seat.clone(),
        bouw: it.bouw.clone(),
        half_days: None,
        coach: names_for(it.told, asked.caller.role()).then(|| (it.coach.clone(), found.coaches.get(&it.coach).cloned())),
        hours: None,
        period: Some(days(&it.period)),
        stand: Some(stand(it.told)),
    };
    let entries = found.rows.iter().map(entry).collect();
    Ok(Lists { name: name.unwrap_or_else(|| id.to_owned()), entries })
}

/// Whom a coach has, or said yes to.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such coach, or it is another one.
pub async fn of_coach(store: &Store, asked: &Asked, id: &str) -> Result<Lists, Refused> {
    let desk = coaching::desk(store, asked, id).await?;
    let name = desk.row.name().map(str::to_owned);
    let entry = |it: &Placing| Entry {
        wave: Some(it.wave.clone()),
        candidate: it.candidate.clone(),
        name: desk.names.get(&it.candidate).cloned(),
        school: (it.school.clone(), desk.schools.get(&it.school).cloned()),
        board: Default::default(),
        seat: it.seat.clone(),
        bouw: it.bouw.clone(),
        half_days: desk.half_days.get(&it.candidate).map(|days| days.join(", ")),
        coach: Some((id.to_owned(), name.clone())),
        hours: Some(it.hours),
        period: Some(days(&it.period)),
        stand: Some(stand(it.told)),
    };
    let entries = desk.people.iter().map(entry).collect();
    Ok(Lists { name: name.unwrap_or_else(|| id.to_owned()), entries })
}
