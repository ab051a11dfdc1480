//! Asking the three parties about placements, and reminding them.

use jiff::{Span, civil::Date};

use super::{Case, cases_in, grounded};
use crate::actions::{Asked, Clash, Refused};
use crate::desk::asking::{Party, Stance};
use crate::desk::fits;
use crate::records::address::path;
use crate::records::answer::{Answer, AskedAll};
use crate::records::deed::Answers;
use crate::records::mail::{MailKind, Message, Recipient, RecipientKind};
use crate::records::setting;
use crate::records::wave::Wave;
use crate::store::{Change, Store, ids};
use loket_solver::matching::facts::words::Word;

/// Nobody is asked for an answer within more days than this.
const LONGEST: i64 = 400;

/// Who is asked, about which placements, and by when.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// About these candidates; about every placement that is agreed to when it is empty.
    pub candidates: Vec<String>,
    /// These parties; all when it is empty.
    pub parties: Vec<Party>,
    /// The last day to answer, yyyy-mm-dd.
    pub by: Option<String>,
}

impl Wish {
    fn parties(&self) -> &[Party] {
        if self.parties.is_empty() { Party::ALL } else { &self.parties }
    }

    /// The last day to answer.
    fn day(&self, today: Date) -> Result<Option<String>, Refused> {
        let Some(by) = &self.by else { return Ok(None) };
        let last = today.saturating_add(Span::new().days(LONGEST));
        if *by < today.to_string() || *by > last.to_string() {
            let remedy = format!("kies een dag van {today} tot en met {last}");
            return Err(Refused::wrong("grens", "/voor", format!("{by} is voorbij, of te ver weg"), remedy));
        }
        Ok(Some(by.clone()))
    }
}

/// Asks the parties about placements that the intermediary agreed to. Who said yes or no about a placement as it stands is not asked again;
/// who was asked and did not answer yet gets another day, and another link.
///
/// # Errors
/// When a candidate that is named has no placement that is agreed to.
pub async fn ask(store: &Store, asked: &Asked, wave: &str, wish: &Wish) -> Result<AskedAll, Refused> {
    if let Some(done) = store.read().deed(asked.key()).await? {
        return Ok(done);
    }
    let today = store.clock().today();
    let named = wish.day(today)?;
    let (mut change, wave, run) = grounded(store, wave, || ()).await?;
    let days = change.setting(setting::REPLY_DAYS).await?;
    let by = named.unwrap_or_else(|| today.saturating_add(Span::new().days(days)).to_string());
    let cases = cases_in(&mut change, &wave, &run, today).await?;
    let chosen = chosen(&cases, &wish.candidates)?;
    let mut done = AskedAll { asked: 0, placements: 0, answered: 0, by: by.clone() };
    let this = ids::new();
    for case in chosen {
        let (mut parties, mut letters) = (Vec::new(), Vec::new());
        for party in wish.parties() {
            if matches!(case.stance(*party), Stance::Yes | Stance::No) {
                done.answered += 1;
                continue;
            }
            // Who was asked about another placement hears that it changed.
            let other = change.answer(&wave.id, &case.placing.candidate, *party).await?.is_some_and(|it| !it.is_about(&case.placing.place));
            let question = question(&mut change, asked, &wave, case, *party, &by).await?;
            change.put_answer(&question).await?;
            change.drop_personal_link(&wave.id, &case.placing.candidate, *party).await?;
            letters.push(letter(if other { MailKind::Gewijzigd } else { MailKind::Vraag }, &question));
            parties.push(party.code());
        }
        if !parties.is_empty() {
            done.asked += parties.len();
            done.placements += 1;
            let deed = Answers::Asked { candidate: &case.placing.candidate, parties, by: &by };
            change.log(&asked.caller, &wave.id, &deed.into()).await?;
        }
        post(&mut change, &this, &letters).await?;
    }
    change.note_deed(asked.key(), &done).await?;
    change.commit().await?;
    Ok(done)
}

/// The message that tells of a question: where it is answered, and nothing of it. A board has one list of everything that it is asked.
fn letter(kind: MailKind, question: &Answer) -> Message {
    let (wave, candidate, about) = (&question.wave, &question.candidate, &question.about);
    let own = path(&["lichtingen", wave, "antwoorden", candidate, question.party.code()]);
    match question.party {
        Party::Candidate => Message { kind, to: Recipient::candidate(candidate), about: own },
        Party::Coach => Message { kind, to: Recipient::coach(&about.coach), about: own },
        Party::Board => Message { kind, to: Recipient::board(&about.board), about: path(&["antwoorden"]) },
    }
}

/// Writes messages with their deed: of what was asked at once a board gets one, whatever the number; a candidate and a coach one for each
/// question, since each has a link of its own.
async fn post(change: &mut Change, deed: &str, letters: &[Message]) -> Result<(), crate::store::Error> {
    for letter in letters {
        let key = match letter.to.kind {
            RecipientKind::Bestuur => deed.to_owned(),
            RecipientKind::Account | RecipientKind::Kandidaat | RecipientKind::Coach => format!("{deed} {}", letter.about),
        };
        change.post(&key, letter).await?;
    }
    Ok(())
}

/// The placements that are asked about: those of these candidates, or every one that is under way.
fn chosen<'a>(cases: &'a [Case], candidates: &[String]) -> Result<Vec<&'a Case>, Refused> {
    if candidates.is_empty() {
        return Ok(cases.iter().filter(|it| it.goes()).collect());
    }
    let (mut found, mut points) = (Vec::new(), Vec::new());
    for (at, candidate) in candidates.iter().enumerate() {
        let place = format!("/kandidaten/{at}");
        match cases.iter().find(|it| it.placing.candidate == *candidate) {
            Some(case) if case.goes() => found.push(case),
            Some(_) => {
                let what = format!("over de plaats van {candidate} is nog geen akkoord, of zij is voorbij");
                points.push(fits::Clash::new("geen-akkoord", place, what, "geef eerst akkoord op het voorstel"));
            }
            None => {
                let what = format!("{candidate} heeft geen plaats in dit voorstel");
                points.push(fits::Clash::new("geen-plaats", place, what, "laat deze kandidaat weg"));
            }
        }
    }
    if points.is_empty() {
        return Ok(found);
    }
    let what = "Niet over elke plaats kan gevraagd worden; er is niets gevraagd.".to_owned();
    Err(Refused::Clash(Box::new(Clash { what, points, now: None, waves: Vec::new() })))
}

/// The question to a party as it is kept: a new round.
pub(super) async fn question(
    change: &mut Change,
    asked: &Asked,
    wave: &Wave,
    case: &Case,
    party: Party,
    by: &str,
) -> Result<Answer, crate::store::Error> {
    let before = change.answer(&wave.id, &case.placing.candidate, party).await?;
    Ok(Answer {
        wave: wave.id.clone(),
        candidate: case.placing.candidate.clone(),
        party,
        about: case.placing.place.clone(),
        round: before.as_ref().map_or(1, |it| it.round + 1),
        asked: change.clock().now(),
        asked_by: asked.caller.who().into(),
        by: by.into(),
        reminded: None,
        reminders: 0,
        said: None,
        reason: None,
        until: None,
        note: None,
        how: None,
        at: None,
        who: None,
        version: before.map_or(1, |it| it.version + 1),
    })
}

/// Reminds whoever was asked and did not answer yet, about these placements or about all. With another day when one is named.
///
/// # Errors
/// When a candidate that is named has no placement that is agreed to.
pub async fn remind(store: &Store, asked: &Asked, wave: &str, wish: &Wish) -> Result<AskedAll, Refused> {
    if let Some(done) = store.read().deed(asked.key()).await? {
        return Ok(done);
    }
    let today = store.clock().today();
    let by = wish.day(today)?;
    let (mut change, wave, run) = grounded(store, wave, || ()).await?;
    let cases = cases_in(&mut change, &wave, &run, today).await?;
    let mut done = AskedAll { asked: 0, placements: 0, answered: 0, by: by.clone().unwrap_or_default() };
    let this = ids::new();
    for case in chosen(&cases, &wish.candidates)? {
        let mut any = false;
        for party in wish.parties() {
            match case.stance(*party) {
                Stance::NotAsked => continue,
                Stance::Yes | Stance::No => {
                    done.answered += 1;
                    continue;
                }
                Stance::Asked | Stance::Late => {}
            }
            let Some(before) = case.answer(*party) else { continue };
            let mut reminded = before.clone();
            reminded.reminded = Some(change.clock().now());
            reminded.reminders += 1;
            reminded.version += 1;
            if let Some(by) = &by {
                reminded.by.clone_from(by);
            }
            change.put_answer(&reminded).await?;
            if done.by.is_empty() || reminded.by > done.by {
                done.by.clone_from(&reminded.by);
            }
            let deed = Answers::Reminded { candidate: &case.placing.candidate, party: party.code(), by: &reminded.by };
            change.log(&asked.caller, &wave.id, &deed.into()).await?;
            post(&mut change, &this, &[letter(MailKind::Herinnering, &reminded)]).await?;
            done.asked += 1;
            any = true;
        }
        done.placements += usize::from(any);
    }
    change.note_deed(asked.key(), &done).await?;
    change.commit().await?;
    Ok(done)
}
