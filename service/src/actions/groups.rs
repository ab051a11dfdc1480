//! Agreeing with several proposals at once: only where a sample of them was opened by who agrees.

use loket_instances::matching::wave_file::WaveFile;

use super::decisions::{NOT_NOW, NOTHING_YET, New, grounded, keep, turn};
use super::{Asked, Busy, Clash, Refused, Turn};
use crate::desk::cohort::{Filter, Member, before, members, open, sample, unopened};
use crate::desk::decision::Decision;
use crate::desk::plan::Plan;
use crate::records::deed::Review;
use crate::records::review::Part;
use crate::records::wave::Wave;
use crate::store::{Error, Session, Store, ids};
use serde::{Deserialize, Serialize};

const NOT_SEEN: &str = "Bekijk eerst de hele steekproef van deze groep; bij fouten staat wie nog niet bekeken is. Er is niets besloten.";
const NOBODY: &str = "In deze groep is niemand over wie nog besloten moet worden; er is niets veranderd.";

/// Whom somebody must look at before agreeing with a group.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The run whose proposals they are.
    pub run: String,
    /// Each with whether it was opened.
    pub drawn: Vec<(String, bool)>,
    /// How many proposals the filter means.
    pub members: usize,
    /// About how many of them nothing that stands was decided.
    pub open: usize,
}

/// A group that was agreed with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// The run whose proposals they are.
    pub run: String,
    /// Whose proposals were agreed with.
    pub agreed: Vec<String>,
    /// How many proposals that the filter means were left as they are, since something was decided about them.
    pub left: usize,
}

/// Whom somebody must look at before agreeing with a group.
pub async fn drawn(store: &Store, asked: &Asked, wave: &str, filter: &Filter) -> Result<Sample, Refused> {
    let (wave, run, all) = meant(store, wave, filter).await?;
    Ok(drawn_of(&mut store.snapshot().await?, asked, (&wave, &run), filter, &all, &store.clock().today().to_string()).await?)
}

async fn drawn_of(
    reading: &mut Session,
    asked: &Asked,
    (wave, run): (&Wave, &str),
    filter: &Filter,
    all: &[Member],
    today: &str,
) -> Result<Sample, Error> {
    let who = asked.caller.who();
    let decided = reading.decisions(&wave.id).await?;
    let among = before(filter, all.to_vec(), &decided, run, today);
    let seen = reading.opened_by(&wave.id, run, who).await?;
    let seen = |id: &str| seen.iter().any(|it| it.candidate == *id && it.parts.contains(&Part::Proposal));
    let drawn = sample(&among, &wave.id, run, who).into_iter().map(|id| (seen(&id), id)).map(|(seen, id)| (id, seen)).collect();
    Ok(Sample { run: run.to_owned(), drawn, members: among.len(), open: open(among, &decided, today).len() })
}

/// The wave, the run under review, and the proposals in its plan that a filter means.
async fn meant(store: &Store, id: &str, filter: &Filter) -> Result<(Wave, String, Vec<Member>), Refused> {
    let mut reading = store.read();
    let wave = reading.wave(id).await?.ok_or(Refused::Unknown)?;
    let run = wave.current.clone().ok_or_else(|| Refused::not_now(NOTHING_YET))?;
    let turn = Turn::take().await?;
    let outcome = reading.result(&run).await?.ok_or_else(|| Refused::not_now(NOTHING_YET))?;
    let file = reading.input(&wave.input).await?.ok_or(Refused::Unknown)?;
    let filter = filter.clone();
    let work = move || -> Result<Vec<Member>, Error> {
        let file = WaveFile::read(&file).map_err(|refusal| Error::unreadable("een lichting", &refusal))?;
        Ok(members(&filter, &Plan::read(&outcome)?, &file))
    };
    Ok((wave, run, turn.aside(work).await??))
}

/// Agrees with every proposal that a filter means and about which nothing that stands was decided.
pub async fn agree(store: &Store, asked: &Asked, wave: &str, filter: &Filter) -> Result<Group, Refused> {
    if let Some(group) = store.read().deed::<Group>(asked.key()).await? {
        return Ok(group);
    }
    for _ in 0..5 {
        let (seen, of, all) = meant(store, wave, filter).await?;
        let _turn = turn().await;
        let (mut change, input, run) = grounded(store, wave).await.map_err(|refused| refused.with_now(|_| ()))?;
        let mut wave = change.wave(wave).await?.ok_or(Refused::Unknown)?;
        if !wave.life.under_review() {
            return Err(Refused::not_now(NOT_NOW));
        }
        if (&run, &input) != (&of, &seen.input) {
            // Another plan or file came in this very moment.
            continue;
        }
        let today = change.clock().today().to_string();
        let found = drawn_of(&mut change, asked, (&wave, &run), filter, &all, &today).await?;
        let unseen: Vec<&String> = found.drawn.iter().filter(|(_, seen)| !seen).map(|(id, _)| id).collect();
        if !unseen.is_empty() {
            return Err(Refused::Clash(Box::new(Clash {
                what: NOT_SEEN.into(),
                points: unseen.into_iter().map(|id| unopened(id)).collect(),
                now: None,
                waves: Vec::new(),
            })));
        }
        let decided = change.decisions(&wave.id).await?;
        let among = before(filter, all, &decided, &run, &today);
        let whole = among.len();
        let among = open(among, &decided, &today);
        if among.is_empty() {
            return Err(Refused::not_now(NOBODY));
        }
        let mut group = Group { id: ids::new(), run: run.clone(), agreed: Vec::new(), left: whole - among.len() };
        for Member { candidate, spot } in among {
            let was = decided.iter().find(|it| it.candidate == candidate).cloned();
            let decision = Decision::Agreed(spot.clone());
            let new = New { candidate: &candidate, decision, proposal: Some(spot), run: &run, group: Some(&group.id) };
            keep(&mut change, asked, &mut wave, was, new).await?;
            group.agreed.push(candidate);
        }
        change.put_wave(&mut wave).await?;
        let deed = Review::GroupAgreed { group: &group.id, run: &run, filter, agreed: group.agreed.len(), seen: found.drawn.len() };
        change.log(&asked.caller, &wave.id, &deed.into()).await?;
        change.note_deed(asked.key(), &group).await?;
        change.commit().await?;
        return Ok(group);
    }
    Err(Refused::Busy(Busy::Said("Het voorstel verandert nu te vaak; probeer het zo weer.")))
}
