//! Decisions about somebody's meeting: agreed with, locked, or forbidden; and taken back.

use loket_instances::scheduling::outcome::{BlockLine, OutcomeFile};
use loket_instances::scheduling::roster_file::RosterFile;
use loket_instances::strict::problem::Problem;
use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::codes::Kind;

use super::{current, rows};
use crate::actions::{Asked, Busy, Refused, Turn, problem};
use crate::desk::roster::next::{follows, moment, named_by, units};
use crate::records::deed::Rostered;
use crate::records::roster::{Because, Decided, Named, Roster, Said};
use crate::store::{Change, Error, Session, Store};

/// What is to be decided.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// About whom.
    pub unit: String,
    /// Of visits about which half-day.
    pub moment: Option<String>,
    /// What.
    pub said: Said,
    /// What is locked or forbidden; nothing is what the plan has now.
    pub named: Named,
    /// Why, of a rejection.
    pub because: Option<Because>,
    /// What is written beside it.
    pub note: Option<String>,
}

/// Decides. With a decision that the plan does not already do, its run is out of date. `version` is that of the decision there is, 0 for none yet.
pub async fn decide(store: &Store, asked: &Asked, id: &str, version: i64, wanted: Wanted) -> Result<Decided, Refused<Option<Decided>>> {
    // Somebody may decide in between: then it is held against what there is then.
    for _ in 0..20 {
        let turn = Turn::take().await?;
        let mut reading = store.snapshot().await?;
        if let Some(done) = reading.deed::<(String, Option<String>)>(asked.key()).await? {
            let all = reading.roster_decisions(id).await?;
            return all.into_iter().find(|it| (&it.unit, &it.moment) == (&done.0, &done.1)).ok_or(Refused::Unknown);
        }
        let roster = reading.roster(id).await?.ok_or(Refused::Unknown)?;
        let own = reading.input(&roster.input).await?.ok_or(Refused::Unknown)?;
        let plan = current(&mut reading, &roster).await?;
        drop(reading);
        let wanted = wanted.clone();
        let (wanted, wrong, followed) = turn
            .aside(move || {
                let own = rows(&own)?;
                let wanted = meant(wanted, own.kind, plan.as_ref());
                let at = wanted.moment.as_deref();
                let followed = plan.as_ref().is_some_and(|plan| follows(plan, &wanted.unit, at, wanted.said, &wanted.named));
                Ok::<_, Error>((wanted.clone(), problems(&own, &wanted), followed))
            })
            .await??;
        if !wrong.is_empty() {
            return Err(wrong.into());
        }
        if wanted.said == Said::Akkoord && !followed {
            return Err(Refused::not_now("Er is nog geen afspraak om akkoord mee te gaan."));
        }
        let mut change = store.change().await?;
        let mut now = change.roster(id).await?.ok_or(Refused::Unknown)?;
        let stands = standing(&mut change, id, &wanted.unit, wanted.moment.as_deref()).await?;
        if stands.as_ref().map_or(0, |it| it.step) != version {
            return Err(Refused::stale(stands));
        }
        if now.version == roster.version {
            let new = keep(&mut change, asked, &mut now, wanted, followed).await?;
            change.commit().await?;
            return Ok(new);
        }
    }
    Err(Refused::Busy(Busy::Said("Er wordt nu te veel tegelijk besloten over dit rooster; probeer het zo weer.")))
}

/// The decision that stands about somebody's meeting.
async fn standing(reading: &mut Session, id: &str, unit: &str, at: Option<&str>) -> Result<Option<Decided>, Error> {
    let all = reading.roster_decisions(id).await?;
    Ok(all.into_iter().find(|it| it.unit == unit && it.moment.as_deref() == at))
}

/// What is meant: only visits have more than one meeting of one person; who is not visited yet is so on the half-day that is locked; an offer
/// has its own location; and a lock or rejection that names nothing is of what the plan has now.
fn meant(mut wanted: Wanted, kind: Kind, plan: Option<&OutcomeFile>) -> Wanted {
    let visits = kind == Kind::Visits;
    wanted.moment = wanted.moment.or_else(|| wanted.named.moment.clone()).filter(|_| visits);
    if kind == Kind::Courses {
        wanted.named.location = None;
    }
    if wanted.said == Said::Akkoord {
        wanted.named = Named::default();
    } else if wanted.named.is_empty() {
        let here = |block: &&BlockLine| {
            let at = block.moment.map(|it| it.to_string());
            block.members.iter().any(|it| it.id == wanted.unit) && (wanted.moment.is_none() || wanted.moment == at)
        };
        let block = plan.and_then(|plan| plan.blocks.iter().find(here));
        wanted.named = block.map(|block| named_by(block, kind)).unwrap_or_default();
    }
    wanted
}

/// Writes the decision down.
async fn keep(change: &mut Change, asked: &Asked, roster: &mut Roster, wanted: Wanted, followed: bool) -> Result<Decided, Error> {
    roster.decisions += i64::from(!followed);
    change.put_roster(roster).await?;
    let new = Decided {
        unit: wanted.unit,
        moment: wanted.moment,
        said: wanted.said,
        named: wanted.named,
        because: wanted.because,
        note: wanted.note,
        followed,
        version: roster.decisions,
        step: roster.version,
        at: change.clock().now(),
        by: asked.caller.who().to_owned(),
    };
    change.put_roster_decision(&roster.id, &new).await?;
    let (moment, named, because) = (new.moment.as_deref(), &new.named, new.because);
    let deed = Rostered::Decided { unit: &new.unit, moment, said: new.said, named, because, followed };
    change.log(&asked.caller, &roster.id, &deed.into()).await?;
    change.note_deed(asked.key(), &(&new.unit, &new.moment)).await?;
    Ok(new)
}

/// Takes a decision back, on the version of it that was seen; the roster then.
pub async fn withdraw(
    store: &Store,
    asked: &Asked,
    id: &str,
    (unit, at): (&str, Option<&str>),
    version: i64,
) -> Result<Roster, Refused<Option<Decided>>> {
    let mut change = store.change().await?;
    let mut roster = change.roster(id).await?.ok_or(Refused::Unknown)?;
    let was = standing(&mut change, id, unit, at).await?.ok_or(Refused::Unknown)?;
    if was.step != version {
        return Err(Refused::stale(Some(was)));
    }
    change.drop_roster_decision(id, unit, at).await?;
    // What was locked or forbidden may be otherwise in the next plan.
    roster.decisions += i64::from(was.said != Said::Akkoord);
    change.put_roster(&mut roster).await?;
    change.log(&asked.caller, id, &Rostered::Withdrawn { unit, moment: at }.into()).await?;
    change.commit().await?;
    Ok(roster)
}

/// A rejection has its reason, and nothing else has one.
fn reasoned(wanted: &Wanted) -> Vec<Problem> {
    let rejects = wanted.said == Said::Afgewezen;
    let mut wrong = Vec::new();
    if rejects && wanted.because.is_none() {
        let words = Because::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
        wrong.push(problem("ontbreekt", "/reden", "bij afgewezen hoort een reden", format!("kies uit {words}")));
    }
    for (key, given) in [("/reden", wanted.because.is_some()), ("/toelichting", wanted.note.is_some())] {
        if given && !rejects {
            wrong.push(problem("niet-samen", key, "dit hoort alleen bij afgewezen", "laat het weg"));
        }
    }
    wrong
}

/// Everything that is wrong with a decision, with its place in the body.
fn problems(file: &RosterFile, wanted: &Wanted) -> Vec<Problem> {
    let mut wrong = reasoned(wanted);
    let mut add = |key: &str, what: String, remedy: &str| wrong.push(problem("onbekende-verwijzing", key, what, remedy));
    if !units(file).any(|it| it == wanted.unit) {
        add("/deelnemer", format!("{} staat niet in dit rooster", wanted.unit), "noem iemand uit het rooster");
    }
    let visits = file.kind == Kind::Visits;
    if visits && wanted.moment.as_deref().and_then(moment).is_none() {
        add("/dagdeel", "over welk bezoek dit gaat, staat er niet".into(), "noem het dagdeel van het bezoek, als 2026-09-07-o");
    }
    if wanted.said == Said::Akkoord {
        return wrong;
    }
    let named = &wanted.named;
    if named.is_empty() {
        add(
            "/gegevens",
            "er staat niet wat vast of verboden is".into(),
            "noem minstens één van dagdeel, locatie, reeks, aanbod en persoon",
        );
    }
    if visits && wanted.said == Said::Vast && named.moment.is_none() {
        add("/gegevens/dagdeel", "van een bezoek wordt een dagdeel vastgezet".into(), "noem het dagdeel");
    }
    if let Some(text) = &named.moment {
        match moment(text) {
            None => add("/gegevens/dagdeel", format!("{text} is geen dagdeel"), "schrijf een dagdeel als 2026-09-07-o"),
            Some(at) if at.day < file.calendar.from || at.day > file.calendar.to => {
                add("/gegevens/dagdeel", format!("{text} valt buiten dit rooster"), "kies een dagdeel binnen de periode");
            }
            Some(_) if matches!(file.kind, Kind::PeerGroups | Kind::Courses) => {
                add("/gegevens/dagdeel", "dit rooster heeft reeksen en geen losse dagdelen".into(), "noem een reeks");
            }
            Some(_) => {}
        }
    }
    let known = |list: Vec<&str>, id: &Option<String>| id.as_deref().is_none_or(|id| list.contains(&id));
    let locations = file.locations.iter().flatten().map(|row| row.id.as_str()).collect();
    if !known(locations, &named.location) {
        add("/gegevens/locatie", "deze locatie staat niet in dit rooster".into(), "kies een locatie uit het rooster");
    }
    if !known(file.people.iter().map(|row| row.id.as_str()).collect(), &named.person) {
        add("/gegevens/persoon", "deze persoon staat niet in dit rooster".into(), "kies iemand uit het rooster");
    }
    let offers = file.offers.iter().flatten().map(|row| row.id.as_str()).collect();
    if !known(offers, &named.offer) {
        add("/gegevens/aanbod", "dit aanbod staat niet in dit rooster".into(), "kies een aanbod uit het rooster");
    }
    if named.series.is_some() && !matches!(file.kind, Kind::PeerGroups | Kind::Courses) {
        add("/gegevens/reeks", "dit rooster heeft geen reeksen".into(), "laat reeks weg");
    }
    if visits && (named.location.is_some() || named.person.is_some()) {
        add("/gegevens", "van een bezoek staan plaats en coach al vast".into(), "noem alleen het dagdeel");
    }
    wrong
}
