//! What people ask about their own data: requests with their deadline, restriction of the matching, and correction.

use jiff::civil::Date;
use loket_instances::matching::row as format;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;

use super::register::put_in;
use super::{Asked, Busy, Refused, Turn};
use crate::desk::limited::Limited;
use crate::desk::retention::deadline;
use crate::desk::whole::Said;
use crate::records::address::path;
use crate::records::deed::{Deed, Privacy};
use crate::records::dossier::Who;
use crate::records::privacy::{Correction, Request, Requested, Restriction, Wish};
use crate::records::register::{Kind, Row};
use crate::records::remark::{About, Remark};
use crate::records::wave::Life;
use crate::store::{Change, Error, Session, Store, ids};
use loket_solver::matching::facts::words::Word;

/// Most requests of one person, and placements, that are looked at.
const MOST: i64 = 10_000;

/// Code of a point that a plan under review still proposes something for who is left out.
pub const STILL_PROPOSED: &str = "nog-voorgesteld";
/// Code of a point that a published placement goes on.
pub const STILL_PLACED: &str = "nog-geplaatst";
/// Code of a point that the file of an open wave follows.
pub const FOLLOWS: &str = "invoer-vernieuwd";
/// Code of a point that an open wave has to be filled again.
pub const TO_REFRESH: &str = "verversen";
/// Code of a point that a published plan was made with what stood there before.
pub const MADE_BEFORE: &str = "vastgesteld-met-eerdere-gegevens";

/// The row of a person that the caller may touch.
async fn known<N>(reading: &mut Session, asked: &Asked, who: &Who) -> Result<Row, Refused<N>> {
    reading.register_row(who.kind, asked.caller.scope(), &who.id).await?.ok_or(Refused::Unknown)
}

/// Who is left out of the matching today.
pub(super) async fn limited(reading: &mut Session, today: Date) -> Result<Limited, Error> {
    let people = reading.restricted(&today.to_string()).await?;
    Ok(Limited::new(people.into_iter().map(|it| it.who)))
}

/// What people asked, what is open first and of that the first last day: a page of it and how many there are. With names, so for whoever sees
/// everybody.
///
/// # Errors
/// When the caller sees only some people, or the store could not do it.
pub async fn requests(store: &Store, asked: &Asked, open: bool, skip: i64, most: i64) -> Result<(Vec<Requested>, i64), Refused> {
    if asked.caller.scope().boards().is_some() || asked.caller.scope().coaches().is_some() {
        return Err(Refused::Forbidden);
    }
    Ok(store.read().requests_by_day(open, skip, most).await?)
}

/// Notes that somebody asked something, on a day that is not yet to come; today when none is named.
pub async fn note(store: &Store, asked: &Asked, wish: Wish, who: &Who, on: Option<&str>) -> Result<Request, Refused> {
    let mut change = store.change().await?;
    if let Some(done) = change.deed::<String>(asked.key()).await? {
        return change.privacy_request(&done).await?.ok_or(Refused::Unknown);
    }
    if change.register_row(who.kind, asked.caller.scope(), &who.id).await?.is_none() {
        let what = format!("deze {} staat niet in het register", who.kind.word());
        return Err(Refused::wrong("onbekende-verwijzing", "/persoon", what, "verbeter de id"));
    }
    let today = change.clock().today();
    let day = on.and_then(|it| it.parse::<Date>().ok()).unwrap_or(today);
    if day > today {
        let what = format!("{day} is nog niet geweest");
        return Err(Refused::wrong("grens", "/gevraagd_op", what, "noem de dag waarop het verzoek binnenkwam, of laat de sleutel weg"));
    }
    let (id, until) = (ids::new(), deadline(day).to_string());
    let request = Request { id, wish, who: who.clone(), asked: day.to_string(), until, done: None, by: None, version: 1 };
    change.put_privacy_request(&request).await?;
    change.note_deed(asked.key(), &request.id).await?;
    let deed = Privacy::Asked { who, request: &request.id, wish, asked: &request.asked };
    change.log(&asked.caller, &who.id, &deed.into()).await?;
    change.commit().await?;
    Ok(request)
}

/// Notes that what somebody asked was done; what was done already is told as it is.
pub async fn done(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Request, Refused<Request>> {
    let mut change = store.change().await?;
    let mut request = change.privacy_request(id).await?.ok_or(Refused::Unknown)?;
    if request.done.is_some() {
        return Ok(request);
    }
    if request.version != version {
        return Err(Refused::stale(request));
    }
    finish(&mut change, asked, &mut request).await?;
    let deed = Privacy::Done { who: &request.who, request: &request.id, wish: request.wish };
    change.log(&asked.caller, &request.who.id, &deed.into()).await?;
    change.commit().await?;
    Ok(request)
}

async fn finish(change: &mut Change, asked: &Asked, request: &mut Request) -> Result<(), Error> {
    (request.done, request.by) = (Some(change.clock().now()), Some(asked.caller.role().code().to_owned()));
    request.version += 1;
    change.put_privacy_request(request).await
}

/// Notes in a change that does what somebody may have asked that it is done: open requests for it, or one that came and was done today.
pub(super) async fn fulfil(change: &mut Change, asked: &Asked, wish: Wish, who: &Who) -> Result<(), Error> {
    let mut open = change.open_requests(who, wish).await?;
    if open.is_empty() {
        let today = change.clock().today();
        let (id, day, until) = (ids::new(), today.to_string(), deadline(today).to_string());
        open.push(Request { id, wish, who: who.clone(), asked: day, until, done: None, by: None, version: 0 });
    }
    for request in &mut open {
        finish(change, asked, request).await?;
    }
    Ok(())
}

/// A restriction, with what it does not change by itself.
#[derive(Clone, Debug)]
pub struct Restricted {
    /// The restriction.
    pub restriction: Restriction,
    /// Proposals and placements that are there still.
    pub points: Vec<Remark>,
}

/// The restriction of a person, also one whose last day is over.
pub async fn restriction(store: &Store, asked: &Asked, who: &Who) -> Result<Restricted, Refused> {
    let mut reading = store.read();
    known::<()>(&mut reading, asked, who).await?;
    let restriction = reading.restriction(who).await?.ok_or(Refused::Unknown)?;
    let today = store.clock().today().to_string();
    let points = if restriction.holds(&today) { points(store, who, &today).await? } else { Vec::new() };
    Ok(Restricted { restriction, points })
}

/// Leaves a person out of the matching from now on, until a last day or until it is lifted: no new wave or run has them. What was proposed
/// in waves that are not published is out of date from now on. `version` is what the restriction is now, 0 for none yet.
pub async fn restrict(
    store: &Store,
    asked: &Asked,
    who: &Who,
    version: i64,
    until: Option<&str>,
) -> Result<Restricted, Refused<Restriction>> {
    let mut change = store.change().await?;
    known::<Restriction>(&mut change, asked, who).await?;
    let now = change.restriction(who).await?;
    match &now {
        None if version != 0 => return Err(Refused::Unknown),
        Some(now) if now.version != version => return Err(Refused::stale(now.clone())),
        _ => {}
    }
    let today = change.clock().today().to_string();
    if until.is_some_and(|until| until < today.as_str()) {
        return Err(Refused::wrong(
            "grens",
            "/tot",
            "deze dag is geweest",
            "noem vandaag of later, of laat tot weg: dan geldt zij tot u haar opheft",
        ));
    }
    let holds = now.as_ref().filter(|it| it.holds(&today));
    let since = holds.map_or_else(|| today.clone(), |it| it.since.clone());
    let new = Restriction { who: who.clone(), since, until: until.map(str::to_owned), version: version + 1 };
    change.put_restriction(&new).await?;
    if holds.is_none() {
        outdate(&mut change, who).await?;
    }
    fulfil(&mut change, asked, Wish::Beperking, who).await?;
    let deed = Privacy::Restricted { who, until };
    change.log(&asked.caller, &who.id, &deed.into()).await?;
    change.commit().await?;
    let points = points(store, who, &today).await.map_err(|refused| refused.with_now(|()| new.clone()))?;
    Ok(Restricted { restriction: new, points })
}

/// Lifts a restriction: the person takes part in new waves and runs again.
pub async fn lift(store: &Store, asked: &Asked, who: &Who, version: i64) -> Result<(), Refused<Restriction>> {
    let mut change = store.change().await?;
    known::<Restriction>(&mut change, asked, who).await?;
    let now = change.restriction(who).await?.ok_or(Refused::Unknown)?;
    if now.version != version {
        return Err(Refused::stale(now));
    }
    let held = now.holds(&change.clock().today().to_string());
    change.drop_restriction(who).await?;
    if held {
        outdate(&mut change, who).await?;
    }
    change.log(&asked.caller, &who.id, &Privacy::Lifted { who }.into()).await?;
    change.commit().await?;
    Ok(())
}

/// Runs of waves that are not published and have this person are out of date.
async fn outdate(change: &mut Change, who: &Who) -> Result<(), Error> {
    for id in change.waves_naming(&who.id).await? {
        let wave = change.wave(&id).await?;
        if wave.is_some_and(|wave| wave.life < Life::Vastgesteld) {
            change.outdate(&id).await?;
        }
    }
    Ok(())
}

/// What a restriction leaves as it is: proposals of plans under review, and published placements that have not ended.
async fn points(store: &Store, who: &Who, today: &str) -> Result<Vec<Remark>, Refused> {
    let mut reading = store.read();
    let mut points = Vec::new();
    let about = |remark: Remark| Remark { about: Some(About::row(who.kind, &who.id)), ..remark };
    for wave in reading.live_waves().await?.into_iter().filter(|it| it.life.under_review()) {
        let Some(run) = &wave.current else { continue };
        if reading.proposes(run, who).await? {
            let text = format!(
                "Het voorstel van lichting {} heeft nog een plaatsing met {} {}; reken opnieuw (POST {}).",
                wave.id,
                who.kind.word(),
                who.id,
                path(&["lichtingen", &wave.id, "berekeningen"])
            );
            points.push(about(Remark::new(STILL_PROPOSED, "", text)));
        }
    }
    for placed in reading.placements_of(who, MOST).await?.into_iter().filter(|it| it.period.until.to_string().as_str() >= today) {
        let text = format!(
            "Een vastgestelde plaatsing op school {} loopt door tot en met {}; moet die ook eindigen, meld dan uitval.",
            placed.school, placed.period.until
        );
        points.push(about(Remark::new(STILL_PLACED, "", text)));
    }
    Ok(points)
}

/// A corrected row, with what follows from it.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// The row now.
    pub row: Row,
    /// Which keys are otherwise than before, as docs/format.md calls them; the values are not told apart.
    pub fields: Vec<String>,
    /// What follows it, and what does not.
    pub points: Vec<Remark>,
}

/// Keys of a row that are otherwise than before.
fn otherwise(was: &Row, now: &Row) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for (was, now) in [(&was.data, &now.data), (&was.person, &now.person), (&was.own, &now.own)] {
        let all = was.keys().chain(now.keys().filter(|it| !was.contains_key(*it)));
        keys.extend(all.filter(|key| was.get(*key) != now.get(*key)).cloned());
    }
    let columns = [("van", was.from != now.from), ("tot", was.until != now.until), ("toestand", was.standing != now.standing)];
    keys.extend(columns.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key.to_owned()));
    keys.sort();
    keys
}

/// Corrects the row of a person at their request: the log says which fields, and never what stood there or stands there now. The file of an
/// open wave follows for a candidate, so that its plan is out of date; what a published wave was made with stays, with a remark.
pub async fn correct(store: &Store, asked: &Asked, who: &Who, new: Row, version: i64, said: &Said) -> Result<Corrected, Refused<Row>> {
    let mut reading = store.read();
    let was = known::<Row>(&mut reading, asked, who).await?;
    // Files are read before the change: others change things meanwhile.
    let mut files = Vec::new();
    for id in reading.waves_naming(&who.id).await? {
        let Some(wave) = reading.wave(&id).await? else { continue };
        let turn = Turn::take().await?;
        let own = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
        let (person, row) = (who.clone(), new.typed(who.kind)?);
        if let Some(file) = turn.aside(move || follow(&own, &person, &row)).await?? {
            files.push((wave, file));
        }
    }
    let mut change = store.change().await?;
    let put = put_in(&mut change, asked, who.kind, new, (version, said)).await?;
    let fields = otherwise(&was, &put.row);
    let (mut points, mut waves, mut published) = (Vec::new(), Vec::new(), Vec::new());
    if fields.is_empty() {
        return Ok(Corrected { row: put.row, fields, points });
    }
    // What stands apart from files, or is no part of the format, changes no file.
    let apart = |key: &String| was.person.contains_key(key) || put.row.person.contains_key(key);
    if fields.iter().all(|it| apart(it) || ["toestand", "van", "tot"].contains(&it.as_str())) {
        files.clear();
    }
    for (read, file) in files {
        let id = read.id;
        let mut wave = change.wave(&id).await?.ok_or(Refused::Unknown)?;
        if (wave.life, &wave.input) != (read.life, &read.input) {
            return Err(Busy::Said("Een lichting met deze persoon verandert op dit moment; probeer het zo weer.").into());
        }
        let about = About { address: Some(path(&["lichtingen", &id])), ..About::row(who.kind, &who.id) };
        let remark = |code: &str, text: String| Remark { about: Some(about.clone()), ..Remark::new(code, "", text) };
        if wave.life >= Life::Vastgesteld {
            let on = change.clock().today().to_string();
            change.add_correction(&Correction { wave: id.clone(), who: who.clone(), fields: fields.clone(), on }).await?;
            points.push(remark(MADE_BEFORE, format!("Lichting {id} is vastgesteld met wat er eerder stond; dat staat er nu bij.")));
            published.push(id);
        } else if let Some(file) = file {
            let input = change.keep_input(&file).await?;
            change.log(&asked.caller, &id, &Deed::WaveChanged { was: &wave.input, input: &input }).await?;
            wave.input = input;
            change.put_wave(&mut wave).await?;
            points
                .push(remark(FOLLOWS, format!("Lichting {id} heeft nu de verbeterde gegevens; reken opnieuw als er al een voorstel was.")));
            waves.push(id);
        } else {
            let place = path(&["lichtingen", &id, "verversing"]);
            points.push(remark(
                TO_REFRESH,
                format!("Lichting {id} heeft nog de eerdere gegevens; vul haar opnieuw uit het register (POST {place})."),
            ));
        }
    }
    fulfil(&mut change, asked, Wish::Verbetering, who).await?;
    change.note_deed(asked.key(), &who.id).await?;
    let deed = Privacy::Corrected { who, fields: &fields, waves: &waves, published: &published };
    change.log(&asked.caller, &who.id, &deed.into()).await?;
    change.commit().await?;
    Ok(Corrected { row: put.row, fields, points })
}

/// What becomes of a wave's own file: nothing when it is not about the person or says the same already; the inner one is the file that
/// follows, which that of a coach does not by itself: what is left of hours is for filling again to say.
type Followed = Option<Option<Vec<u8>>>;

fn follow(own: &[u8], who: &Who, row: &format::Row) -> Result<Followed, Error> {
    let wrong = |refusal: Refusal| Error::unreadable("een lichting", &refusal);
    let mut file = WaveFile::read(own).map_err(wrong)?;
    match row {
        format::Row::Candidate(new) => {
            let Some(there) = file.candidates.iter_mut().find(|it| it.id == who.id) else { return Ok(None) };
            let mut new = new.clone();
            // Whose candidate somebody is in this wave is the wave's own.
            (new.current_coach, new.current_school) = (there.current_coach.clone(), there.current_school.clone());
            if *there == new {
                return Ok(None);
            }
            *there = new;
            Ok(Some(Some(file.write())))
        }
        _ => Ok(file.coaches.iter().any(|it| it.id == who.id && who.kind == Kind::Coach).then_some(None)),
    }
}
