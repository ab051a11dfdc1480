//! What asks the intermediary for action: counted from what is kept, never kept itself.

use std::collections::BTreeMap;

use jiff::civil::Date;
use loket_solver::matching::facts::words::Word;

use super::answers::overview::Counts;
use super::{Refused, answers};
use crate::records::address::{path, segment};
use crate::records::attention::{Attention, Line};
use crate::records::mail::MailState;
use crate::records::policy::PolicyState;
use crate::records::run::Run;
use crate::records::wave::Wave;
use crate::store::attention::Counted;
use crate::store::outbox::Wanted;
use crate::store::{Session, Store};

/// Everything that asks for action, in the order in which it is told: what is late first. `drafts` says that nobody sends from here: what
/// waits is to be sent by hand.
///
/// # Errors
/// When the store could not do it.
pub async fn lines(store: &Store, drafts: bool) -> Result<Vec<Line>, Refused> {
    let waves = answers::ground_all(store).await?;
    let day = store.clock().today();
    let today = day.to_string();
    let mut reading = store.snapshot().await?;
    let runs = reading.runs_under_review().await?;
    let (unasked, publishable) = settled(&mut reading, &waves, &runs, day).await?;
    let mut all = of_waves(Attention::AnswersLate, late, reading.late_answers(&today).await?);
    all.extend(requests(&mut reading, &today, Attention::RequestsLate).await?);
    all.extend(of_waves(Attention::NoesNotObeyed, refused, reading.noes_not_obeyed(&today).await?));
    all.extend(of_waves(Attention::NoesAfterwards, refused, reading.noes_afterwards().await?));
    all.extend(of_waves(Attention::RunFailed, |wave| path(&["lichtingen", wave, "berekeningen"]), reading.failed_runs().await?));
    all.extend(messages(&mut reading, MailState::Mislukt, drafts).await?);
    all.extend(reading.coaches_without_room(&today).await?.into_iter().map(|(coach, count, day)| Line {
        what: Attention::CoachRoom,
        count,
        wave: None,
        day,
        place: format!("{}?geldt=true&coach={}", path(&["verboden"]), segment(&coach)),
    }));
    all.extend(of_waves(
        Attention::SeatsToConfirm,
        |wave| path(&["lichtingen", wave, "opvraag"]),
        reading.boards_to_confirm(&today).await?,
    ));
    all.extend(requests(&mut reading, &today, Attention::RequestsOpen).await?);
    all.extend(of_waves(Attention::RunReady, |wave| path(&["lichtingen", wave, "beoordelingen"]), reading.plans_to_review().await?));
    all.extend(of_waves(Attention::AgreedUnasked, unasked_place, unasked));
    all.extend(messages(&mut reading, MailState::Concept, drafts).await?);
    all.extend(outdated(runs, &waves));
    all.extend(of_waves(Attention::Publishable, |wave| path(&["lichtingen", wave]), publishable));
    Ok(all)
}

/// Messages that somebody has to see to; those about accounts are an administrator's.
async fn messages(reading: &mut Session, state: MailState, drafts: bool) -> Result<Option<Line>, Refused> {
    let wanted = Wanted { state: Some(state), kind: None, accounts: Some(false), drafts };
    let count = reading.mails(&wanted, 0, 0).await?.1;
    let what = if state == MailState::Concept { Attention::MessagesReady } else { Attention::MessagesFailed };
    let place = format!("{}?toestand={}", path(&["berichten"]), state.code());
    Ok((count > 0).then_some(Line { what, count, wave: None, day: None, place }))
}

/// What people asked about their own data and was not done, with the first last day.
async fn requests(reading: &mut Session, today: &str, what: Attention) -> Result<Option<Line>, Refused> {
    let found = reading.requests_not_done(today, what == Attention::RequestsLate).await?;
    let place = || format!("{}?open=true", path(&["privacyverzoeken"]));
    Ok(found.map(|(count, day)| Line { what, count, wave: None, day: Some(day), place: place() }))
}

/// By wave how many placements are agreed to with somebody still to be asked, and how many there are where every one has three times yes,
/// the plan does all that was decided, and the policy is approved.
async fn settled(
    reading: &mut Session,
    waves: &BTreeMap<String, Wave>,
    runs: &[Run],
    today: Date,
) -> Result<(Vec<Counted>, Vec<Counted>), Refused> {
    let (mut unasked, mut publishable) = (Vec::new(), Vec::new());
    for id in waves.keys() {
        let Some(wave) = reading.wave(id).await? else { continue };
        let Some(run) = wave.current.clone() else { continue };
        // Another plan came in since: it is told of the next time.
        if !reading.placings_known(&run).await? {
            continue;
        }
        let cases = answers::cases_in(reading, &wave, &run, today).await?;
        let counts = Counts::of(&cases);
        let told = |count: usize| (id.clone(), i64::try_from(count).unwrap_or(i64::MAX), None);
        if counts.to_ask > 0 {
            unasked.push(told(counts.to_ask));
        }
        let current = runs.iter().any(|it| it.wave == *id && it.job.id == run && !it.outdated);
        let approved = wave.policy.as_ref().is_none_or(|it| it.state == PolicyState::Goedgekeurd);
        if wave.life.under_review() && current && approved && !cases.is_empty() && counts.settled == cases.len() {
            publishable.push(told(cases.len()));
        }
    }
    Ok((unasked, publishable))
}

fn unasked_place(wave: &str) -> String {
    format!("{}?antwoord=niet-gevraagd", path(&["lichtingen", wave, "antwoorden"]))
}

/// A line for each wave that has some of it.
fn of_waves(what: Attention, place: fn(&str) -> String, counted: Vec<Counted>) -> Vec<Line> {
    let one = |(wave, count, day): Counted| Line { what, count, place: place(&wave), wave: Some(wave), day };
    counted.into_iter().map(one).collect()
}

fn late(wave: &str) -> String {
    format!("{}?antwoord=te-laat", path(&["lichtingen", wave, "antwoorden"]))
}

fn refused(wave: &str) -> String {
    format!("{}?antwoord=nee", path(&["lichtingen", wave, "antwoorden"]))
}

/// Plans under review that do not do everything that was decided.
fn outdated(runs: Vec<Run>, waves: &BTreeMap<String, Wave>) -> impl Iterator<Item = Line> {
    let late = runs.into_iter().filter(move |run| run.outdated && waves.contains_key(&run.wave));
    late.map(|run| Line {
        what: Attention::RunOutdated,
        count: 1,
        place: path(&["lichtingen", &run.wave, "berekeningen"]),
        wave: Some(run.wave),
        day: None,
    })
}
