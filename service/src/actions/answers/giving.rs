//! Giving an answer: in the party's own account, by a personal link, or noted by the intermediary; and what a no forbids.

use super::{Case, Whose, asking, cases_in, grounded, whose};
use crate::actions::{Asked, Refused, problem};
use crate::desk::asking::{Given, How, No, NoScope, Party, Reply, settled};
use crate::desk::noes::Ban;
use crate::records::answer::{Answer, Forbidden, Revoked};
use crate::records::deed::{Answers, Deed, Said};
use crate::records::register::Kind;
use crate::records::seats::usual;
use crate::records::wave::Wave;
use crate::store::{Change, Error, Store, ids};
use loket_solver::matching::facts::words::Word;

/// Where an answer is given: in which wave, about whose placement, by which party, and on which version of it (0 for none yet).
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The wave.
    pub wave: &'a str,
    /// The candidate.
    pub candidate: &'a str,
    /// The party.
    pub party: Party,
    /// The version that was seen.
    pub version: i64,
}

/// What is known of an answer about the placement as it stands, for whoever may give it.
///
/// # Errors
/// When it is not there, or another's.
pub async fn read(store: &Store, asked: &Asked, wave: &str, candidate: &str, party: Party) -> Result<(Case, Option<Answer>), Refused> {
    super::ground(store, wave).await.map_err(hidden(asked))?;
    let today = store.clock().today();
    let mut reading = store.snapshot().await?;
    let (wave, run) = super::current(reading.wave(wave).await?)?;
    let cases = cases_in(&mut reading, &wave, &run, today).await?;
    let case = cases.into_iter().find(|it| it.placing.candidate == candidate).ok_or(Refused::Unknown)?;
    let who = whose::<()>(&asked.caller, party, &case.placing)?;
    let answer = case.answer(party).cloned();
    if answer.is_none() && who != Whose::Noted {
        return Err(Refused::Unknown);
    }
    Ok((case, answer))
}

/// Whoever may not see a wave hears nothing of how it stands.
fn hidden<N>(asked: &Asked) -> impl Fn(Refused<N>) -> Refused<N> {
    let sees = asked.caller.scope().boards().is_none();
    move |refused| match refused {
        Refused::NotNow(_) if !sees => Refused::Unknown,
        other => other,
    }
}

/// Gives an answer, or notes it for somebody.
///
/// # Errors
/// When this is not the caller's to answer, somebody answered meanwhile, or what was said is no answer.
pub async fn give(store: &Store, asked: &Asked, at: At<'_>, given: Given) -> Result<Answer, Refused<Option<Answer>>> {
    let (change, wave, run) = grounded(store, at.wave, || None).await.map_err(hidden(asked))?;
    put(change, asked, (&wave, &run), at, given, None).await
}

/// The same within a change, also for whoever has the link to it.
pub(super) async fn put(
    mut change: Change,
    asked: &Asked,
    (wave, run): (&Wave, &str),
    at: At<'_>,
    given: Given,
    link: Option<Whose>,
) -> Result<Answer, Refused<Option<Answer>>> {
    let today = change.clock().today();
    let cases = cases_in(&mut change, wave, run, today).await?;
    let case = cases.iter().find(|it| it.placing.candidate == at.candidate).ok_or(Refused::Unknown)?;
    let who = match link {
        Some(link) => link,
        None => whose(&asked.caller, at.party, &case.placing)?,
    };
    let now = case.answer(at.party).cloned();
    if now.is_none() && who != Whose::Noted {
        return Err(Refused::Unknown);
    }
    let how = how(who, &given)?;
    let no = settled(at.party, &given).map_err(wrong)?;
    if given.until.as_ref().is_some_and(|until| *until < today.to_string()) {
        return Err(Refused::wrong("grens", "/tot", "tot is voorbij", "kies een latere dag, of laat tot weg"));
    }
    if now.as_ref().map_or(0, |it| it.version) != at.version {
        return Err(Refused::stale(now));
    }
    let before = match now.clone() {
        Some(before) => before,
        // Noted without having been asked: it counts as asked now.
        None => asking::question(&mut change, asked, wave, case, at.party, &today.to_string()).await?,
    };
    let said = Answer {
        said: given.reply,
        reason: no.map(|it| it.reason),
        until: given.until.clone(),
        note: given.note,
        how: Some(how),
        at: Some(change.clock().now()),
        who: Some(asked.caller.who().into()),
        version: if now.is_some() { before.version + 1 } else { before.version },
        ..before
    };
    change.put_answer(&said).await?;
    take_back(&mut change, asked, wave, at, now.as_ref()).await?;
    if let Some(no) = no {
        forbid(&mut change, asked, wave, (case, &said), no).await?;
    }
    let place = &case.placing.place;
    let deed = Said {
        candidate: at.candidate,
        party: at.party.code(),
        reply: given.reply.unwrap_or(Reply::Yes).code(),
        was: now.as_ref().and_then(|it| it.said).map(Word::code),
        school: &place.school,
        seat: &place.seat,
        coach: &place.coach,
        reason: no.map(|it| it.reason.code()),
        scope: no.map(|it| it.scope.code()),
        until: said.until.as_deref(),
        how: how.code(),
    };
    change.log(&asked.caller, &wave.id, &Answers::Given(deed).into()).await?;
    change.commit().await?;
    Ok(said)
}

/// How an answer came; only the intermediary says so.
fn how(who: Whose, given: &Given) -> Result<How, Refused<Option<Answer>>> {
    let heard: Vec<&str> = How::HEARD.iter().map(|it| it.code()).collect();
    let remedy = format!("kies uit {}", heard.join(", "));
    match (who, given.how) {
        (Whose::Own, None) => Ok(How::Account),
        (Whose::Link, None) => Ok(How::Link),
        (Whose::Noted, Some(how)) if How::HEARD.contains(&how) => Ok(how),
        (Whose::Noted, Some(_)) => Err(Refused::wrong("woord", "/hoe", "zo hoort u geen antwoord", remedy)),
        (Whose::Noted, None) => Err(Refused::wrong("ontbreekt", "/hoe", "bij een genoteerd antwoord hoort hoe het kwam", remedy)),
        (_, Some(_)) => Err(Refused::wrong("onbekende-sleutel", "/hoe", "hoe zegt alleen de intermediair", "haal de sleutel weg")),
    }
}

fn wrong(all: Vec<crate::desk::asking::Wrong>) -> Refused<Option<Answer>> {
    let one = |(code, key, what, remedy): crate::desk::asking::Wrong| problem(code, &format!("/{key}"), what, remedy);
    all.into_iter().map(one).collect::<Vec<_>>().into()
}

/// What an earlier no about this very placement forbade no longer counts: something else is said now.
async fn take_back(change: &mut Change, asked: &Asked, wave: &Wave, at: At<'_>, now: Option<&Answer>) -> Result<(), Error> {
    if now.and_then(|it| it.said) != Some(Reply::No) {
        return Ok(());
    }
    for gone in change.bans_of(&wave.id, at.candidate, at.party).await? {
        // One about a placement of before, which a run has obeyed, still counts.
        if now.and_then(|it| it.at).is_none_or(|said| gone.made != said) {
            continue;
        }
        change.revoke_ban(&gone, asked.caller.who(), Revoked::Changed).await?;
        let (party, why) = (at.party.code(), Revoked::Changed.code());
        let deed = Answers::BanRevoked { ban: &gone.id, candidate: at.candidate, party, why };
        change.log(&asked.caller, &wave.id, &deed.into()).await?;
    }
    Ok(())
}

/// Keeps what a no forbids. Of a seat that is not open the register follows.
async fn forbid(
    change: &mut Change,
    asked: &Asked,
    wave: &Wave,
    (case, said): (&Case, &Answer),
    no: No,
) -> Result<(), Refused<Option<Answer>>> {
    let place = &case.placing.place;
    let (school, seat, coach) = (Some(place.school.clone()), Some(place.seat.clone()), Some(place.coach.clone()));
    let ban = Ban {
        wave: wave.id.clone(),
        scope: no.scope,
        candidate: case.placing.candidate.clone(),
        school: None,
        seat: None,
        bouw: None,
        coach: None,
        of: None,
    };
    let mut ban = match no.scope {
        NoScope::Placement => Ban { school, seat, coach, ..ban },
        NoScope::Seat | NoScope::SeatClosed => Ban { school, seat, ..ban },
        NoScope::School => Ban { school, ..ban },
        NoScope::Bouw => Ban { bouw: Some(place.bouw.clone()), ..ban },
        NoScope::Coach | NoScope::NoRoom => Ban { coach, ..ban },
        NoScope::All => ban,
    };
    let today = change.clock().today().to_string();
    let run = wave.current.as_deref().unwrap_or_default();
    ban.of = match no.scope {
        NoScope::SeatClosed => Some(change.bans_count_from(&ban, &today).await?.unwrap_or(case.placing.seats)),
        NoScope::NoRoom => {
            let with = change.placings(run).await?.iter().filter(|it| it.place.coach == place.coach).count();
            Some(change.bans_count_from(&ban, &today).await?.unwrap_or_else(|| i64::try_from(with).unwrap_or(i64::MAX)))
        }
        _ => None,
    };
    if no.scope == NoScope::SeatClosed {
        close_one(change, asked, case, no, wave).await?;
    }
    let new = Forbidden {
        id: ids::new(),
        party: said.party,
        ban,
        reason: Some(no.reason),
        until: said.until.clone(),
        // The same moment as the answer: so the two are known to belong together.
        made: said.at.unwrap_or_default(),
        by: asked.caller.who().into(),
        revoked: None,
        revoked_by: None,
        why: None,
        version: 1,
    };
    Ok(change.add_ban(&new).await?)
}

/// One seat of the group is not open: one less in the register, or the group closed when it was the only one.
async fn close_one(change: &mut Change, asked: &Asked, case: &Case, no: No, wave: &Wave) -> Result<(), Refused<Option<Answer>>> {
    let place = &case.placing.place;
    let everything = asked.caller.scope().clone();
    let rows = change.seat_group(&everything, &place.school, &place.seat).await?;
    // The seats of the wave's first day; what the register does not know cannot close.
    let counts = rows.iter().find(|it| it.from <= wave.from && it.until.as_deref().is_none_or(|until| until >= wave.from.as_str()));
    let Some(row) = counts.or_else(|| usual(&rows, &wave.from)).filter(|it| it.open && it.count > 0) else { return Ok(()) };
    let Some(school) = change.register_row(Kind::School, &everything, &place.school).await? else { return Ok(()) };
    let mut new = row.clone();
    if row.count > 1 {
        new.count -= 1;
    } else {
        (new.open, new.reason) = (false, Some(no.reason.code().to_owned()));
    }
    new.version = row.version + 1;
    (new.confirmed, new.confirmed_by) = (Some(change.clock().now()), Some(asked.caller.role().code().to_owned()));
    change.drop_seats(row).await?;
    change.put_seats(&new).await?;
    let board = school.board.unwrap_or_default();
    let by = asked.caller.role();
    let deed = Deed::SeatsPut { board: &board, school: &new.school, seat: &new.id, was: Some(row.logged()), row: new.logged(), by };
    change.log(&asked.caller, &new.school, &deed).await?;
    change.wish_worth(&board).await?;
    Ok(())
}
