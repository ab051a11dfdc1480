//! Publishing a plan: seats and hours are checked again and the placements are kept, in one change.

use super::{Asked, Clash, Refused, answers, aside, notices, policies, problem, register};
use crate::desk::asking::{Party, Stance};
use crate::desk::fits::{self, Found, Wanted, fits};
use crate::desk::placing::Placing;
use crate::desk::plan::{Left, Plan};
use crate::desk::room::Period;
use crate::records::address::path;
use crate::records::answer::Forbidden;
use crate::records::deed::Deed;
use crate::records::placement::Placement;
use crate::records::publication::{Publication, Published};
use crate::records::register::{Kind, Standing};
use crate::records::setting;
use crate::records::wave::{Life, Wave};
use crate::store::{Change, Error, Session, Store};
use loket_solver::matching::facts::words::Word;

/// How a plan is published.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// A placement holds a seat for so many months.
    pub held_months: u32,
    /// Whether somebody confirmed that proposals nobody reviewed are published too.
    pub confirmed: bool,
}

/// Publishes the plan under review of a wave. It is refused while it does what a party refused; proposals that nobody reviewed ask one
/// confirmation.
pub async fn publish(store: &Store, asked: &Asked, id: &str, version: i64, terms: Terms) -> Result<Published, Refused<Wave>> {
    let no_plan = || Refused::not_now("Er is nog geen voorstel om vast te stellen; vraag eerst een berekening.");
    let mut reading = store.read();
    let wave = reading.wave(id).await?.ok_or(Refused::Unknown)?;
    if let Some(publication) = reading.deed(asked.key()).await? {
        return Ok(Published { wave, publication });
    }
    if wave.life >= Life::Vastgesteld {
        return Err(not_now(wave.life));
    }
    policies::noted(store, asked, &wave).await.map_err(|refused| refused.with_now(|()| wave.clone()))?;
    let before = wave.clone();
    let run = wave.current.ok_or_else(no_plan)?;
    let outcome = reading.result(&run).await?.ok_or_else(no_plan)?;
    let plan = aside(move || Plan::read(&outcome)).await??;
    answers::ground(store, id).await.map_err(|refused| refused.with_now(|()| before.clone()))?;
    let mut change = store.change().await?;
    let mut wave = change.wave(id).await?.ok_or(Refused::Unknown)?;
    if !wave.life.under_review() {
        return Err(not_now(wave.life));
    }
    if wave.version != version || wave.current.as_deref() != Some(&run) {
        return Err(Refused::stale(wave));
    }
    let today = change.clock().today();
    let refused = change.not_obeyed(&run, &today.to_string()).await?;
    if !refused.is_empty() {
        return Err(not_obeyed(id, &refused));
    }
    if change.run(&run).await?.is_none_or(|run| run.outdated) {
        let newest = change.runs(id, 0, 1).await?.0.into_iter().next();
        let without = newest.filter(|it| it.job.state.ended() && !it.planned());
        return Err(outdated(id, without.as_ref().and_then(|it| it.job.message.as_ref()).map(|it| it.text.as_str())));
    }
    policies::approved(&wave)?;
    let cases = answers::cases_in(&mut change, &wave, &run, today).await?;
    if change.setting(setting::PUBLICATION_WAITS).await? {
        all_answered(id, &cases)?;
    }
    let Found { clashes, notes } = fits_now(&mut change, asked, &wave, &plan.placements, terms.held_months).await?;
    if !clashes.is_empty() {
        return Err(full(clashes));
    }
    let unseen = cases.iter().filter(|it| !it.reviewed).count();
    if unseen > 0 && !terms.confirmed {
        return Err(unreviewed(unseen));
    }
    place(&mut change, asked, &wave, &plan).await?;
    wave.life = Life::Vastgesteld;
    change.put_wave(&mut wave).await?;
    let before = change.log_head().await?;
    let (placed, unplaced) = (plan.placements.len(), plan.unplaced.len());
    let policy = wave.policy.as_ref().map(|it| &it.named);
    let deed = Deed::WavePublished { run: &run, placed, unplaced, head: &before, notes: notes.len(), policy };
    let head = change.log(&asked.caller, id, &deed).await?;
    notices::published(&mut change, &head, id, &plan).await?;
    let publication = Publication { run, placed, unplaced, notes, head };
    change.note_deed(asked.key(), &publication).await?;
    change.commit().await?;
    Ok(Published { wave, publication })
}

/// Keeps the placements; who is placed no longer waits, and who is not waited one round more.
async fn place(change: &mut Change, asked: &Asked, wave: &Wave, plan: &Plan) -> Result<(), Error> {
    for Wanted { candidate, school, seat, bouw, coach, hours } in plan.placements.iter().cloned() {
        let standing = (candidate.clone(), Some(Standing::Geplaatst), 0);
        let (wave, from, until) = (wave.id.clone(), wave.from.clone(), wave.until.clone());
        change.add_placement(&Placement { wave, candidate, school, seat, bouw, coach, hours, from, until, ended: None }).await?;
        stand(change, asked, standing).await?;
    }
    for Left { candidate } in &plan.unplaced {
        stand(change, asked, (candidate.clone(), None, 1)).await?;
    }
    Ok(())
}

/// Where a candidate stands from now on, and how many rounds more were waited. Somebody whom the register does not know stands nowhere.
async fn stand(change: &mut Change, asked: &Asked, (id, standing, rounds): (String, Option<Standing>, i64)) -> Result<(), Error> {
    let Some(mut row) = change.register_row(Kind::Candidate, asked.caller.scope(), &id).await? else { return Ok(()) };
    row.standing = standing.or(row.standing);
    if rounds > 0 {
        row.wait(rounds);
    }
    row.version += 1;
    change.put_register_row(Kind::Candidate, &row, asked.caller.who()).await
}

/// Whether placements fit the register in the period of a wave, beside those of all other waves.
pub(super) async fn fits_now(reading: &mut Session, asked: &Asked, wave: &Wave, plan: &[Wanted], held_months: u32) -> Result<Found, Error> {
    let when = Period::read(Some(&wave.from), Some(&wave.until)).ok_or_else(|| Error::Corrupt("de periode van een lichting".into()))?;
    let mut known = register::known(reading, asked.caller.scope(), when).await?;
    known.placed.retain(|it| it.wave != wave.id);
    Ok(fits(&wave.id, plan, when, &known, held_months))
}

fn not_now(life: Life) -> Refused<Wave> {
    Refused::NotNow(format!("Een lichting die {} is, kan niet worden vastgesteld.", life.code()))
}

/// The plan under review is out of date; `without` is what was told of a newer run that has no plan.
fn outdated(wave: &str, without: Option<&str>) -> Refused<Wave> {
    let mut what = "Het voorstel is verouderd: er is iets besloten dat het niet volgt, of de invoer is veranderd.".to_owned();
    if let Some(why) = without {
        what.push_str(" De laatste berekening gaf geen ander voorstel. ");
        what.push_str(why);
    }
    let point = "het voorstel volgt niet alle besluiten, of niet de laatste invoer";
    let remedy = format!("reken opnieuw (POST {}) en stel dat voorstel vast", path(&["lichtingen", wave, "berekeningen"]));
    let points = vec![fits::Clash::new("verouderd", "", point, remedy)];
    Refused::Clash(Box::new(Clash { what, points, now: None, waves: Vec::new() }))
}

/// What somebody refused and the plan still does, each with who said no.
fn not_obeyed(wave: &str, refused: &[(Forbidden, Placing)]) -> Refused<Wave> {
    let what = match refused.len() {
        1 => "Over 1 plaats in dit voorstel is nee gezegd; bij fouten staat welke.".to_owned(),
        many => format!("Er is {many} keer nee gezegd over plaatsen in dit voorstel; bij fouten staat waarover."),
    };
    let remedy = format!("reken opnieuw (POST {}), of trek het verbod in", path(&["lichtingen", wave, "berekeningen"]));
    let point = |(ban, placing): &(Forbidden, Placing)| {
        let place = path(&["lichtingen", wave, "antwoorden", &placing.candidate, ban.party.code()]);
        let what = format!("{} zei nee over kandidaat {} op school {}", ban.party.code(), placing.candidate, placing.place.school);
        fits::Clash::new("nee-gezegd", place, what, &remedy)
    };
    let points = refused.iter().map(point).collect();
    Refused::Clash(Box::new(Clash { what, points, now: None, waves: Vec::new() }))
}

/// Every answer that was asked must be there where the setting says so.
fn all_answered(wave: &str, cases: &[answers::Case]) -> Result<(), Refused<Wave>> {
    let mut points = Vec::new();
    for case in cases {
        for party in Party::ALL.iter().filter(|party| matches!(case.stance(**party), Stance::Asked | Stance::Late)) {
            let place = path(&["lichtingen", wave, "antwoorden", &case.placing.candidate, party.code()]);
            let what = format!("het antwoord van {} over kandidaat {} is er nog niet", party.code(), case.placing.candidate);
            points.push(fits::Clash::new("antwoord-open", place, what, "wacht op het antwoord, of noteer het"));
        }
    }
    if points.is_empty() {
        return Ok(());
    }
    let what = format!("Vaststellen wacht hier op elk gevraagd antwoord; er ontbreken er {}.", points.len());
    Err(Refused::Clash(Box::new(Clash { what, points, now: None, waves: Vec::new() })))
}

/// So many proposals were decided about by nobody.
fn unreviewed(count: usize) -> Refused<Wave> {
    let what = match count {
        1 => "over 1 voorstel heeft niemand besloten".to_owned(),
        many => format!("over {many} voorstellen heeft niemand besloten"),
    };
    Refused::Unconfirmed(vec![problem("bevestigen", "/bevestigd", what, "besluit erover, of bevestig dat zij zo vastgesteld worden")])
}

fn full(points: Vec<fits::Clash>) -> Refused<Wave> {
    let what = match points.len() {
        1 => "Het voorstel past niet meer in het register; bij fouten staat wat.".to_owned(),
        many => format!("Het voorstel past op {many} punten niet meer in het register; bij fouten staan ze allemaal."),
    };
    Refused::Clash(Box::new(Clash { what, points, now: None, waves: Vec::new() }))
}
