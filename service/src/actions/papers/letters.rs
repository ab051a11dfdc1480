//! Letters to candidates: those of a wave for the intermediary, and the own one by a personal link.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use loket_instances::matching::outcome::{UnplacedLine, read_outcome};
use loket_instances::matching::read::read_wave;
use loket_instances::strict::problem::Refusal;

use super::{Ground, Names, called, day, ground};
use crate::access::Scope;
use crate::actions::answers::{Case, links};
use crate::actions::{Asked, Refused, Turn};
use crate::desk::asking::{Party, Stance};
use crate::desk::letters::{Facts, NoPlace, Spot, half_days, no_place, worked_out};
use crate::desk::life::Stage;
use crate::records::explained::Explained;
use crate::records::letter::{Answered, Decided, Frame, Letter, News, Place};
use crate::records::mail::Recipient;
use crate::records::placement::Placed;
use crate::records::register::{Kind, Row, Standing};
use crate::records::wave::{Life, Wave};
use crate::store::{Error, Session, Store};

/// Letters of one wave, by candidate.
#[derive(Clone, Debug)]
pub struct Letters {
    /// What all of them have.
    pub frame: Frame,
    /// The letters, by candidate.
    pub letters: BTreeMap<String, Letter>,
    /// When they are made, UTC milliseconds.
    pub at: i64,
}

/// Who was explained something, and the answer as it was kept.
pub(super) type Kept = (String, Vec<u8>);

/// Most waves that are looked at for the next one.
const MOST: i64 = 10_000;

/// What was kept cannot be read.
pub(super) fn unreadable(refusal: &Refusal) -> Error {
    Error::unreadable("een lichting of haar voorstel", refusal)
}

/// The letters of a wave. Once it is published: to everybody who is placed now, and to everybody in its plan who is not and waits still. Before that: the
/// proposals that somebody agreed with, and nothing to who has no place in them, since that may change.
///
/// # Errors
/// When there is no such wave, or what was kept cannot be read.
pub async fn of_wave(store: &Store, asked: &Asked, id: &str, contact: Option<String>) -> Result<Letters, Refused> {
    let turn = Turn::take().await?;
    let (mut reading, ground) = ground(store, id).await?;
    let frame = frame(&mut reading, &ground.wave, contact, store.clock().today()).await?;
    let at = store.clock().now();
    let Some(run) = ground.wave.current.clone() else { return Ok(Letters { frame, letters: BTreeMap::new(), at }) };
    let input = reading.run(&run).await?.ok_or(Refused::Unknown)?.input;
    let file = reading.input(&input).await?.ok_or(Refused::Unknown)?;
    let outcome = reading.result(&run).await?.ok_or(Refused::Unknown)?;
    let names = Names::all(&mut reading, asked.caller.scope()).await?;
    let waiting = waiting(&mut reading, asked.caller.scope()).await?;
    let whys = reading.whys(&run).await?;
    drop(reading);
    let made = turn.aside(move || made(&ground, &names, (&waiting, &whys), (&file, &outcome))).await?;
    Ok(Letters { frame, letters: made?, at })
}

/// The letter to one candidate; with the same refusals, and as unknown for who gets none.
///
/// # Errors
/// As [`of_wave`].
pub async fn to_one(store: &Store, asked: &Asked, id: &str, candidate: &str, contact: Option<String>) -> Result<Letters, Refused> {
    let mut all = of_wave(store, asked, id, contact).await?;
    let letter = all.letters.remove(candidate).ok_or(Refused::Unknown)?;
    all.letters = BTreeMap::from([(candidate.to_owned(), letter)]);
    Ok(all)
}

/// Where a letter to a candidate goes.
///
/// # Errors
/// When no address is known.
pub async fn address(store: &Store, candidate: &str) -> Result<String, Refused> {
    let found = store.read().mail_address(&Recipient::candidate(candidate)).await?;
    found.ok_or_else(|| {
        Refused::not_now("Van deze persoon is geen adres bekend; vul e_mail in het register in, of stuur de brief met de post.")
    })
}

/// What all letters of a wave have.
pub(super) async fn frame(reading: &mut Session, wave: &Wave, contact: Option<String>, on: Date) -> Result<Frame, Error> {
    // Days are kept as yyyy-mm-dd: their order is that of the text.
    let later = |it: &Wave| it.phase == wave.phase && it.from > wave.from && it.life != Life::Gesloten && it.id != wave.id;
    let next = reading.waves(None, 0, MOST).await?.0.into_iter().filter(later).map(|it| it.from).min();
    let next = next.map(|it| day(&it)).transpose()?.filter(|it| *it > on);
    Ok(Frame { wave: wave.name.clone(), phase: wave.phase.clone(), on, contact, next })
}

/// Candidates who wait for a place: not who stopped, or got one elsewhere since.
async fn waiting(reading: &mut Session, scope: &Scope) -> Result<BTreeSet<String>, Error> {
    let rows = reading.register_rows(Kind::Candidate, scope).await?;
    let waits = |it: &Row| it.standing.is_none_or(|it| it == Standing::Wacht);
    Ok(rows.into_iter().filter(waits).map(|it| it.id).collect())
}

fn made(
    ground: &Ground,
    names: &Names,
    (waiting, whys): (&BTreeSet<String>, &[Kept]),
    (file, outcome): (&[u8], &[u8]),
) -> Result<BTreeMap<String, Letter>, Error> {
    let loaded = read_wave(file).map_err(|it| unreadable(&it))?;
    let outcome = read_outcome(outcome).map_err(|it| unreadable(&it))?;
    let facts = Facts::of(&loaded);
    let mut letters = BTreeMap::new();
    if !ground.published() {
        let period = (day(&ground.wave.from)?, day(&ground.wave.until)?);
        for (candidate, case) in ground.cases.iter().filter(|(_, case)| case.goes()) {
            let place = &case.placing.place;
            let (school, board) = (names.schools.get(&place.school).cloned(), names.boards.get(&place.board).cloned());
            let named = links::Named { school, board, coach: names.coaches.get(&place.coach).cloned(), candidate: None };
            let news = News::Proposed(as_proposed(case, named, period, &facts));
            letters.insert(candidate.clone(), letter(candidate, news, Some(case), names));
        }
        return Ok(letters);
    }
    for candidate in ground.placed.keys() {
        let Some(placed) = ground.now(candidate) else { continue };
        let case = ground.cases.get(candidate);
        let news = News::Placed(place(placed, case, names, &facts));
        letters.insert(candidate.clone(), letter(candidate, news, case, names));
    }
    for line in outcome.unplaced.iter().filter(|it| waiting.contains(&it.candidate) && !ground.placed.contains_key(&it.candidate)) {
        let why = without(line, whys, &facts, &names.boards)?;
        letters.insert(line.candidate.clone(), letter(&line.candidate, News::None(why), None, names));
    }
    Ok(letters)
}

/// Why somebody has no place, with what was worked out for whoever reviewed it: true of the plan that was published.
pub(super) fn without(line: &UnplacedLine, whys: &[Kept], facts: &Facts<'_>, boards: &BTreeMap<String, String>) -> Result<NoPlace, Error> {
    let mut why = no_place(&line.reasons);
    for (_, answer) in whys.iter().filter(|it| it.0 == line.candidate) {
        if let (Some(none), Some(limit)) = (Explained::read(answer)?.none, facts.most_travel(&line.candidate))
            && let Some(helps) = worked_out(&none, limit, boards)
        {
            why.helps = helps;
        }
    }
    Ok(why)
}

/// A letter with its news.
pub(super) fn letter(candidate: &str, news: News, case: Option<&Case>, names: &Names) -> Letter {
    Letter {
        to: names.candidates.get(candidate).cloned(),
        news,
        answer: case.map_or(Answered::NotAsked, answered),
        decided: if case.is_some_and(|it| it.reviewed) { Decided::Reviewed } else { Decided::Published },
    }
}

/// How far the candidate's own answer is.
fn answered(case: &Case) -> Answered {
    let by = case.answer(Party::Candidate).and_then(|it| it.by.parse::<Date>().ok());
    match (case.stance(Party::Candidate), by) {
        (Stance::Yes, _) => Answered::Yes,
        (Stance::No, _) => Answered::No,
        (Stance::Asked, Some(by)) => Answered::Asked(by),
        (Stance::Late, Some(by)) => Answered::Late(by),
        (Stance::NotAsked | Stance::Asked | Stance::Late, _) => Answered::NotAsked,
    }
}

/// A published placement as a letter tells it.
pub(super) fn place(placed: &Placed, case: Option<&Case>, names: &Names, facts: &Facts<'_>) -> Place {
    let at = Spot { school: &placed.school, seat: &placed.seat, coach: &placed.coach };
    let same = case.map(|it| &it.placing).filter(|it| it.place.school == placed.school && it.place.seat == placed.seat);
    let in_file = facts.half_days(&placed.candidate, at);
    let travel = facts.travel(&placed.candidate, at).map(i64::from);
    Place {
        school: called(&names.schools, &placed.school),
        board: facts.board(&placed.school).map_or_else(String::new, |it| called(&names.boards, it)),
        bouw: placed.bouw.clone(),
        half_days: if in_file.is_empty() { same.map(|it| half_days(&it.place.half_days)).unwrap_or_default() } else { in_file },
        coach: names.coaches.get(&placed.coach).cloned(),
        hours: placed.hours,
        from: placed.period.from,
        until: placed.period.until,
        travel: travel.or_else(|| same.map(|it| it.travel)),
        why: facts.why(&placed.candidate, at),
    }
}

/// The place of a case as it is asked about.
fn as_proposed(case: &Case, named: links::Named, (from, until): (Date, Date), facts: &Facts<'_>) -> Place {
    let place = &case.placing.place;
    Place {
        school: named.school.unwrap_or_else(|| place.school.clone()),
        board: named.board.unwrap_or_default(),
        bouw: place.bouw.clone(),
        half_days: half_days(&place.half_days),
        coach: named.coach,
        hours: case.placing.hours,
        from,
        until,
        travel: Some(case.placing.travel),
        why: facts.why(&case.placing.candidate, Spot { school: &place.school, seat: &place.seat, coach: &place.coach }),
    }
}

/// The own letter of a candidate who has a personal link: a proposal until the wave is published.
///
/// # Errors
/// When the link does not count, or is not a candidate's: alike.
pub async fn by_link(store: &Store, told: &str, contact: Option<String>) -> Result<Letters, Refused> {
    let shown = links::shown(store, told).await?;
    if shown.answer.party != Party::Candidate {
        return Err(Refused::Unknown);
    }
    let (wave, case, mut named) = (shown.wave, shown.case, shown.names);
    let candidate = case.placing.candidate.clone();
    let run = wave.current.clone().ok_or(Refused::Unknown)?;
    let turn = Turn::take().await?;
    let mut reading = store.snapshot().await?;
    let placed = reading.placements(&wave.id, 0, i64::from(u32::MAX)).await?.0;
    let placed = placed.into_iter().rfind(|it| it.candidate == candidate && it.ended.is_none());
    let input = reading.run(&run).await?.ok_or(Refused::Unknown)?.input;
    let file = reading.input(&input).await?.ok_or(Refused::Unknown)?;
    let frame = frame(&mut reading, &wave, contact, store.clock().today()).await?;
    drop(reading);
    let published = matches!(case.stage, Stage::Vastgesteld | Stage::Begonnen | Stage::Geeindigd);
    let period = match &placed {
        Some(it) if published => (it.period.from, it.period.until),
        _ => (day(&wave.from)?, day(&wave.until)?),
    };
    let work = move || -> Result<Letter, Error> {
        let loaded = read_wave(&file).map_err(|it| unreadable(&it))?;
        let to = named.candidate.take();
        let place = as_proposed(&case, named, period, &Facts::of(&loaded));
        let news = if published { News::Placed(place) } else { News::Proposed(place) };
        let decided = if case.reviewed { Decided::Reviewed } else { Decided::Published };
        Ok(Letter { to, news, answer: answered(&case), decided })
    };
    let letter = turn.aside(work).await??;
    Ok(Letters { frame, letters: BTreeMap::from([(candidate, letter)]), at: store.clock().now() })
}
