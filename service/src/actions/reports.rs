//! "Ik val uit": reported by a coach about himself or by a board about its seats, and settled by an intermediary. A report changes no
//! placement: who takes it over starts a batch as ever.

use super::answers::{links, places};
use super::{Asked, Refused, problem};
use crate::access::{Caller, Role};
use crate::desk::asking::Party;
use crate::desk::days::{Doubts, of_event};
use crate::records::address::path;
use crate::records::deed::Coaching;
use crate::records::mail::{MailKind, Message, Recipient, RecipientKind};
use crate::records::register::Kind;
use crate::records::report::{Falling, Report, ReportKind, ReportReason, ReportState, Settled};
use crate::store::{Change, Store, ids};

/// Most open reports that are told.
const MOST: i64 = 100;

/// What somebody reports.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The coach, who may leave himself out.
    pub coach: Option<String>,
    /// The school and the seat group, of a board.
    pub seat: Option<(String, String)>,
    /// From which day on, yyyy-mm-dd.
    pub from: String,
    /// Why.
    pub reason: ReportReason,
    /// What is unlikely is meant.
    pub confirmed: bool,
}

/// What the wish is about, within what is the caller's.
async fn falling(change: &mut Change, asked: &Asked, wish: &Wish) -> Result<Falling, Refused> {
    let scope = asked.caller.scope();
    let (from, reason) = (wish.from.clone(), wish.reason);
    let coach = asked.caller.role() == Role::Coach;
    match (&wish.coach, &wish.seat) {
        (named, None) if coach => {
            let own = scope.coaches().unwrap_or_default();
            let id = match (named, own) {
                (Some(id), _) if scope.of_coach(id).is_some() => id.clone(),
                (None, [only]) => only.clone(),
                (None, _) => return Err(Refused::wrong("ontbreekt", "/coach", "u werkt voor meer coaches", "noem de coach")),
                (Some(_), _) => return Err(unknown("/coach", "deze coach")),
            };
            Ok(Falling { kind: ReportKind::Coach, id, seat: None, from, reason })
        }
        (None, Some((school, seat))) if !coach => {
            if change.register_row(Kind::School, scope, school).await?.is_none() {
                return Err(unknown("/school", "deze school"));
            }
            if change.seat_group(scope, school, seat).await?.is_empty() {
                return Err(unknown("/plek", "deze plek"));
            }
            Ok(Falling { kind: ReportKind::Plek, id: school.clone(), seat: Some(seat.clone()), from, reason })
        }
        _ if coach => Err(Refused::wrong("samen", "/school", "een coach meldt alleen zichzelf", "laat school en plek weg")),
        (Some(_), _) => {
            Err(Refused::wrong("samen", "/coach", "een bestuur meldt alleen een plek", "laat coach weg, en noem school en plek"))
        }
        (None, _) => Err(vec![
            problem("ontbreekt", "/school", "hier hoort de school", "noem de id van de school"),
            problem("ontbreekt", "/plek", "hier hoort de plek", "noem de id van de plekkengroep"),
        ]
        .into()),
    }
}

/// Somebody else's is told as what is not there.
fn unknown(pointer: &str, what: &str) -> Refused {
    Refused::wrong("onbekende-verwijzing", pointer, format!("{what} is er niet"), "verbeter de id")
}

/// Reports that somebody or something falls out. While a report of the same is open, it is that one.
///
/// # Errors
/// What is wrong with it.
pub async fn report(store: &Store, asked: &Asked, wish: &Wish) -> Result<Report, Refused> {
    if let Some(done) = store.read().deed::<String>(asked.key()).await? {
        return read(store, asked, &done).await;
    }
    let mut doubts = Doubts::default();
    doubts.day("/vanaf", &wish.from, store.clock().today(), of_event());
    Refused::doubted(doubts, wish.confirmed)?;
    let mut change = store.change().await?;
    let falling = falling(&mut change, asked, wish).await?;
    put(change, asked, falling).await
}

/// Keeps a report, with its line in the log and a message to every intermediary; the one that is open when it says the same.
async fn put(mut change: Change, asked: &Asked, falling: Falling) -> Result<Report, Refused> {
    if let Some(open) = change.open_report(&falling).await? {
        if open.falling == falling || asked.caller.role() == Role::Link {
            return Ok(open);
        }
        let what = "Hiervan staat al een melding open; de intermediair handelt die eerst af.";
        return Err(Refused::clash(what));
    }
    let made = Report {
        id: ids::new(),
        falling,
        by: asked.caller.who().into(),
        state: ReportState::Open,
        batch: None,
        not_needed: None,
        at: change.clock().now(),
        settled: None,
        version: 1,
    };
    change.add_report(&made).await?;
    let deed = change.log(&asked.caller, &made.id, &Coaching::DropoutReported { falling: &made.falling }.into()).await?;
    for account in change.accounts_with(Role::Intermediair).await? {
        let about = path(&["uitvalmeldingen", &made.id]);
        change.post(&deed, &Message { kind: MailKind::Uitval, to: Recipient::account(&account), about }).await?;
    }
    change.note_deed(asked.key(), &made.id).await?;
    change.commit().await?;
    Ok(made)
}

/// The reports of the caller's own that nobody saw to yet, the newest first.
///
/// # Errors
/// When the store could not do it.
pub async fn open(store: &Store, asked: &Asked) -> Result<Vec<Report>, Refused> {
    Ok(store.read().reports(asked.caller.scope(), Some(ReportState::Open), 0, MOST).await?.0)
}

/// A report.
///
/// # Errors
/// [`Refused::Unknown`] when there is none, or it is about another's.
pub async fn read(store: &Store, asked: &Asked, id: &str) -> Result<Report, Refused> {
    store.read().report(asked.caller.scope(), id).await?.ok_or(Refused::Unknown)
}

/// Says what was done with a report.
///
/// # Errors
/// That it was settled before, or that the batch is about something else.
pub async fn settle(store: &Store, asked: &Asked, id: &str, version: i64, settled: &Settled) -> Result<Report, Refused<Report>> {
    let mut reading = store.read();
    if reading.deed::<String>(asked.key()).await?.is_some() {
        return reading.report(asked.caller.scope(), id).await?.ok_or(Refused::Unknown);
    }
    drop(reading);
    let mut change = store.change().await?;
    let mut report = change.report(asked.caller.scope(), id).await?.ok_or(Refused::Unknown)?;
    if report.version != version {
        return Err(Refused::stale(report));
    }
    if report.state != ReportState::Open {
        return Err(Refused::not_now("Deze melding is al afgehandeld."));
    }
    match settled {
        Settled::NotNeeded(reason) => (report.state, report.not_needed) = (ReportState::NietNodig, Some(*reason)),
        Settled::Taken(batch) => {
            let of = &report.falling;
            let same = change
                .batch(batch)
                .await?
                .is_some_and(|it| it.cause.kind == of.kind.cause() && it.cause.id == of.id && it.cause.seat == of.seat);
            if !same {
                let what = "er is geen herberekening met deze id die over deze uitval gaat";
                return Err(Refused::wrong(
                    "onbekende-verwijzing",
                    "/herberekening",
                    what,
                    "vraag de herberekening eerst, en noem haar id",
                ));
            }
            (report.state, report.batch) = (ReportState::Overgenomen, Some(batch.clone()));
        }
    }
    (report.settled, report.version) = (Some(change.clock().now()), version + 1);
    change.settle_report(&report).await?;
    let deed = change.log(&asked.caller, id, &Coaching::DropoutSettled { who: report.falling.who(), settled }.into()).await?;
    let about = path(&["uitvalmeldingen", id, "afhandeling"]);
    let to = reporter(&report);
    // An account of a script has no address, and nobody fills one in.
    if to.kind != RecipientKind::Account || change.mail_address(&to).await?.is_some() {
        change.post(&deed, &Message { kind: MailKind::Uitval, to, about }).await?;
    }
    change.note_deed(asked.key(), &report.id).await?;
    change.commit().await?;
    Ok(report)
}

/// Who reported: an account, or by a personal link the person that it is about.
fn reporter(report: &Report) -> Recipient {
    let of = &report.falling;
    match of.kind {
        ReportKind::Kandidaat if report.by == Caller::link().who() => Recipient::candidate(&of.id),
        ReportKind::Coach if report.by == Caller::link().who() => Recipient::coach(&of.id),
        ReportKind::Kandidaat | ReportKind::Coach | ReportKind::Plek => Recipient::account(&report.by),
    }
}

/// What whoever has a personal link reports about himself.
#[derive(Clone, Debug)]
pub struct Own {
    /// From which day on, yyyy-mm-dd.
    pub from: String,
    /// Why.
    pub reason: ReportReason,
    /// What is unlikely is meant.
    pub confirmed: bool,
}

/// Who has a personal link: to a question, or to a published placement that is not over.
///
/// # Errors
/// [`Refused::Unknown`] when the link does not count, whatever is the matter with it.
pub async fn holder(store: &Store, told: &str) -> Result<(ReportKind, String), Refused> {
    if places::told_so(told) {
        let own = places::found(&mut store.read(), told, store.clock()).await?;
        let own = own.filter(|it| !it.placed.is_empty()).ok_or(Refused::Unknown)?;
        return Ok((kind_of(own.party)?, own.who));
    }
    let shown = links::shown(store, told).await?;
    let kind = kind_of(shown.answer.party)?;
    let placing = shown.case.placing;
    Ok((kind, if kind == ReportKind::Coach { placing.place.coach } else { placing.candidate }))
}

fn kind_of(party: Party) -> Result<ReportKind, Refused> {
    match party {
        Party::Candidate => Ok(ReportKind::Kandidaat),
        Party::Coach => Ok(ReportKind::Coach),
        Party::Board => Err(Refused::Unknown),
    }
}

/// "Ik val uit", by whoever has a personal link: a request to the intermediary, who calls first. The placement and the answer stay as they
/// are. While a report of the same person is open, it is that one.
///
/// # Errors
/// [`Refused::Unknown`] when the link does not count; a day that cannot be, or is unlikely and not confirmed.
pub async fn by_link(store: &Store, told: &str, own: &Own) -> Result<Report, Refused> {
    let (kind, id) = holder(store, told).await?;
    let asked = Asked { caller: Caller::link(), key: None };
    let mut doubts = Doubts::default();
    doubts.day("/vanaf", &own.from, store.clock().today(), of_event());
    Refused::doubted(doubts, own.confirmed)?;
    let falling = Falling { kind, id, seat: None, from: own.from.clone(), reason: own.reason };
    put(store.change().await?, &asked, falling).await
}
