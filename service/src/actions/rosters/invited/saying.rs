//! What somebody says: when they can be there, and to which meetings they come. What the plan that counts does otherwise makes its run out of
//! date.

use std::collections::BTreeSet;

use loket_instances::strict::problem::Problem;

use super::super::current;
use super::{Shown, way};
use crate::actions::{Asked, Busy, Refused, problem};
use crate::desk::roster::given::clashes;
use crate::desk::roster::next::day_of;
use crate::records::deed::Rostered;
use crate::records::invitation::{Availability, Away, Invitation, Reply, Told, Way};
use crate::store::Store;

/// What is said; what is not there stays as it was.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// When somebody can be there.
    pub availability: Option<Availability>,
    /// Half-days of own meetings, each with whether somebody comes.
    pub replies: Vec<(String, bool)>,
    /// In own words.
    pub note: Option<String>,
}

/// Says it for somebody, on the version that was seen.
///
/// # Errors
/// [`Refused::Unknown`] when it is another's; what is wrong with it; or that something else was said meanwhile.
pub async fn say(store: &Store, asked: &Asked, (roster, person): (&str, &str), version: i64, said: &Said) -> Result<Shown, Refused<Shown>> {
    let way = way(&asked.caller, person).ok_or(Refused::Unknown)?;
    put(store, asked, (roster, person), version, said, way).await
}

/// The same for whoever may.
pub(super) async fn put(
    store: &Store,
    asked: &Asked,
    (roster, person): (&str, &str),
    version: i64,
    said: &Said,
    way: Way,
) -> Result<Shown, Refused<Shown>> {
    // Somebody may decide in between: then it is held against what there is then.
    for _ in 0..20 {
        let mut reading = store.snapshot().await?;
        let seen = super::read(store, &mut reading, roster, person).await.map_err(unseen)?;
        let plan = current(&mut reading, &seen.roster).await?;
        drop(reading);
        if seen.invitation.version != version {
            return Err(Refused::stale(seen));
        }
        if seen.roster.until < store.clock().today().to_string() {
            return Err(Refused::not_now("Dit rooster is voorbij."));
        }
        let wrong = problems(&seen, said);
        if !wrong.is_empty() {
            return Err(wrong.into());
        }
        let told = Told { at: store.clock().now(), way, by: asked.caller.who().to_owned() };
        let new = after(&seen, said, told);
        let was: BTreeSet<_> = plan.iter().flat_map(|plan| clashes(plan, &seen.invitation)).collect();
        let otherwise = plan.iter().flat_map(|plan| clashes(plan, &new)).any(|at| !was.contains(&at));
        let mut change = store.change().await?;
        let mut now = change.roster(roster).await?.ok_or(Refused::Unknown)?;
        if now.version != seen.roster.version || change.roster_invitation(roster, person).await?.version != version {
            continue;
        }
        change.put_roster_invitation(&new).await?;
        // A run at work does not know it; one may be put in line any moment.
        let busy = change.roster_runs(roster, 0, 1).await?.0.iter().any(|run| !run.job.state.ended());
        if otherwise || busy {
            now.decisions += 1;
            change.put_roster(&mut now).await?;
        }
        let deed = Rostered::Said { person, way: new.told.as_ref().map_or(Way::Genoteerd, |it| it.way), otherwise };
        change.log(&asked.caller, roster, &deed.into()).await?;
        change.commit().await?;
        return super::read(store, &mut store.snapshot().await?, roster, person).await.map_err(unseen);
    }
    Err(Refused::Busy(Busy::Said("Er wordt nu te veel tegelijk besloten over dit rooster; probeer het zo weer.")))
}

/// A refusal to look, as one to say.
pub(super) fn unseen(refused: Refused) -> Refused<Shown> {
    match refused {
        Refused::Busy(busy) => Refused::Busy(busy),
        Refused::NotNow(what) => Refused::NotNow(what),
        _ => Refused::Unknown,
    }
}

/// The invitation with what is said now.
fn after(seen: &Shown, said: &Said, told: Told) -> Invitation {
    let mut new = seen.invitation.clone();
    if let Some(availability) = &said.availability {
        let mut given = availability.clone();
        given.away.sort();
        given.away.dedup();
        new.availability = Some(given);
    }
    for (moment, comes) in &said.replies {
        new.replies.retain(|it| it.moment != *moment);
        let met = seen.meetings.iter().map(|it| &it.meeting.meeting).find(|it| it.moment.to_string() == *moment);
        if let Some(met) = met {
            new.replies.push(Reply { moment: moment.clone(), time: met.time.clone(), location: met.location.clone(), comes: *comes });
        }
    }
    new.replies.sort();
    if let Some(note) = &said.note {
        new.note = Some(note.trim().to_owned()).filter(|it| !it.is_empty());
    }
    (new.told, new.version) = (Some(told), seen.invitation.version + 1);
    new
}

/// Everything that is wrong with what is said, with its place in the body.
fn problems(seen: &Shown, said: &Said) -> Vec<Problem> {
    let mut wrong = Vec::new();
    for (at, (moment, _)) in said.replies.iter().enumerate() {
        if !seen.meetings.iter().any(|it| it.meeting.meeting.moment.to_string() == *moment) {
            let what = format!("op {moment} is er geen afspraak");
            wrong.push(problem(
                "onbekende-verwijzing",
                &format!("/afspraken/{at}/dagdeel"),
                what,
                "noem het dagdeel van een eigen afspraak",
            ));
        }
    }
    let away = said.availability.iter().flat_map(|it| &it.away).enumerate();
    wrong.extend(away.flat_map(|(at, it)| period(at, it)));
    wrong
}

fn period(at: usize, it: &Away) -> Vec<Problem> {
    let mut wrong = Vec::new();
    for (key, day) in [("van", &it.from), ("tot", &it.until)] {
        if day_of(day).is_none() {
            let place = format!("/beschikbaar/afwezig/{at}/{key}");
            wrong.push(problem("datum", &place, format!("{day} is geen datum"), "schrijf een datum als 2026-09-14"));
        }
    }
    if wrong.is_empty() && it.until < it.from {
        let what = "deze periode eindigt voor zij begint";
        wrong.push(problem("periode", &format!("/beschikbaar/afwezig/{at}/tot"), what, "verbeter een van de dagen"));
    }
    wrong
}
