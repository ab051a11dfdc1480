//! Stages of candidates: entered with a day, and stopped with a reason; who stopped stands so in the register, and nowhere else.

use super::{Asked, Refused, problem};
use crate::desk::days::{Doubts, of_period};
use crate::records::address::path;
use crate::records::deed::RegisterDeed;
use crate::records::history::Stands;
use crate::records::register::{Kind, Row, Standing};
use crate::records::stage::{Stage, StageRow, StopReason};
use crate::store::{Change, Error, Store};

/// A candidate's stages, and the row that they are of.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The row in the register.
    pub row: Row,
    /// Every stage, the first one first.
    pub stages: Vec<StageRow>,
}

/// A stage that somebody enters.
#[derive(Clone, Debug)]
pub struct Entered {
    /// Which.
    pub stage: Stage,
    /// Its first day.
    pub from: String,
    /// Why somebody stops.
    pub reason: Option<StopReason>,
    /// Whether what is unlikely was confirmed.
    pub confirmed: bool,
    /// Where the day and the stage stand in what was sent.
    pub at: (&'static str, &'static str),
}

/// The stages of a candidate.
pub async fn of(store: &Store, asked: &Asked, id: &str) -> Result<Staged, Refused> {
    let mut reading = store.read();
    let row = reading.register_row(Kind::Candidate, asked.caller.scope(), id).await?.ok_or(Refused::Unknown)?;
    Ok(Staged { row, stages: reading.stages(id).await? })
}

/// Notes the stage that a candidate entered, or corrects its day or reason: what was noted before stays. The same again changes nothing.
pub async fn enter(store: &Store, asked: &Asked, (id, version): (&str, i64), new: Entered) -> Result<Staged, Refused<Staged>> {
    let mut change = store.change().await?;
    let row = change.register_row(Kind::Candidate, asked.caller.scope(), id).await?.ok_or(Refused::Unknown)?;
    let stages = change.stages(id).await?;
    if row.version != version {
        return Err(Refused::stale(Staged { row, stages }));
    }
    let Entered { stage, from, reason, confirmed, at } = new;
    if (stage == Stage::Gestopt) != reason.is_some() {
        let (what, remedy) = match reason {
            None => ("wie stopt, stopt om een reden", "stuur reden mee, zo nodig onbekend"),
            Some(_) => ("een reden hoort alleen bij gestopt", "laat reden weg"),
        };
        return Err(vec![problem(if reason.is_none() { "ontbreekt" } else { "niet-samen" }, "/reden", what, remedy)].into());
    }
    if stages.last().is_some_and(|it| (it.stage, it.from.as_deref(), it.reason) == (stage, Some(&from), reason)) {
        return Ok(Staged { row, stages });
    }
    // The day of the stage before this one; a correction of the last one comes after what was before that.
    let before = stages.iter().rev().find(|it| it.stage != stage && it.from.is_some());
    if let Some(day) = before.and_then(|it| it.from.as_ref()).filter(|day| **day > from) {
        let what = format!("{from} ligt voor {day}, de eerste dag van de fase daarvoor");
        return Err(Refused::wrong("grens", at.0, what, "kies een latere dag"));
    }
    let mut doubts = Doubts::default();
    doubts.day(at.0, &from, change.clock().today(), of_period());
    if stage == Stage::Gestopt && row.standing != Some(Standing::Gestopt) {
        doubt(&mut doubts, at.1, Kind::Candidate, id, &change.standing_with(Kind::Candidate, id, &from).await?);
    }
    Refused::doubted(doubts, confirmed)?;
    let was = row.standing;
    let mut row = row;
    row.standing = Some(match (stage, was) {
        (Stage::Gestopt, _) => Standing::Gestopt,
        // Goes on: a place that was published and lasts is still there.
        (_, Some(Standing::Gestopt) | None) => {
            let today = change.clock().today().to_string();
            let placed = change.standing_with(Kind::Candidate, id, &today).await?.iter().any(|it| it.published);
            if placed { Standing::Geplaatst } else { Standing::Wacht }
        }
        (_, Some(stands)) => stands,
    });
    row.version += 1;
    change.put_register_row(Kind::Candidate, &row, asked.caller.who()).await?;
    change.add_stage(id, asked.caller.who(), (stage, &from), reason).await?;
    let was = stages.last().map(|it| it.stage);
    let deed = RegisterDeed::StageEntered { candidate: id, was, stage, from: &from, reason };
    change.log(&asked.caller, id, &deed.into()).await?;
    let stages = change.stages(id).await?;
    change.note_deed(asked.key(), &()).await?;
    change.commit().await?;
    Ok(Staged { row, stages })
}

/// Asks whether something is meant of which placements stand.
pub(super) fn doubt(doubts: &mut Doubts, pointer: &str, kind: Kind, id: &str, stands: &[Stands]) {
    for it in stands {
        let what = match it.published {
            true => format!("in lichting {} staan na die dag nog {} vastgestelde plaatsingen", it.wave, it.count),
            false => format!("het voorstel van lichting {} heeft nog {} plaatsingen hiermee", it.wave, it.count),
        };
        let instead = match kind {
            Kind::Board => "meld eerst de uitval van de scholen".to_owned(),
            Kind::School => format!("meld eerst de uitval (POST {})", path(&["scholen", id, "uitval"])),
            Kind::Coach => format!("meld eerst de uitval (POST {})", path(&["coaches", id, "uitval"])),
            Kind::Candidate => format!("meld eerst de uitval (POST {})", path(&["kandidaten", id, "uitval"])),
        };
        doubts.ask(pointer, what, &instead);
    }
}

/// Stages follow where a row of a candidate is put otherwise than by a stage: who is new has registered, who stopped has stopped since a
/// day, and who goes on is again where he was before.
pub(super) async fn follow(
    change: &mut Change,
    asked: &Asked,
    id: &str,
    (was, now): (Option<Standing>, Standing),
    (day, reason): (&str, StopReason),
) -> Result<(), Error> {
    let who = asked.caller.who();
    let today = change.clock().today().to_string();
    if was.is_none() {
        change.add_stage(id, who, (Stage::Aangemeld, &today), None).await?;
    }
    match (was, now) {
        (Some(Standing::Gestopt), Standing::Gestopt) => {}
        (_, Standing::Gestopt) => change.add_stage(id, who, (Stage::Gestopt, day), Some(reason)).await?,
        (Some(Standing::Gestopt), _) => {
            let before = change.stages(id).await?.into_iter().rev().find(|it| it.stage != Stage::Gestopt);
            let stage = before.map_or(Stage::Aangemeld, |it| it.stage);
            change.add_stage(id, who, (stage, &today), None).await?;
        }
        _ => {}
    }
    Ok(())
}
