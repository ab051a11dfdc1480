//! A wave as a row of a table: where it stands, how far it is, and what comes next.

use crate::pages::bar::Bar;
use crate::pages::days::{day, within};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::phase::phase;
use crate::pages::said::life;
use crate::records::overview::{Next, Overview, Replies};
use crate::records::wave::{Life, Wave};

/// A status: its class, icon and word.
pub(crate) struct Status {
    pub kind: &'static str,
    pub icon: &'static str,
    pub word: String,
}

impl Status {
    fn new(kind: &'static str, icon: &'static str, word: impl Into<String>) -> Self {
        Self { kind, icon, word: word.into() }
    }
}

/// A wave as the list shows it.
pub(crate) struct Row {
    pub place: String,
    pub name: String,
    pub about: String,
    pub stand: Status,
    pub placed: String,
    pub bar: Option<Bar>,
    pub decided: String,
    pub replies: Vec<Status>,
    pub next: String,
    pub action: &'static str,
    pub leads: String,
}

/// "opleiding, start 1 februari".
pub(crate) fn about(m: Messages, wave: &Wave) -> String {
    m.waves.about(phase(m, &wave.phase), within(m, &wave.from))
}

/// "1 februari 2027 tot en met 31 januari 2028".
pub(crate) fn period(m: Messages, wave: &Wave) -> String {
    m.waves.period(day(m, &wave.from), day(m, &wave.until))
}

/// Where a wave stands.
pub(crate) fn stand(m: Messages, it: &Overview) -> Status {
    if let Some(work) = &it.at_work {
        let word = if work.waits { m.waves.stand_waits() } else { m.waves.stand_works() };
        return Status::new("info", "klok", word);
    }
    let (kind, icon) = match it.wave.life {
        Life::Concept => ("quiet", "rondje"),
        Life::Ingediend | Life::Berekend | Life::InBeoordeling => ("info", "rondje"),
        Life::Vastgesteld => ("good", "slot"),
        Life::Gesloten => ("quiet", "slot"),
    };
    Status::new(kind, icon, life(m, it.wave.life))
}

/// How far the answers are.
pub(crate) fn replies(m: Messages, it: Replies) -> Vec<Status> {
    let all = [
        (it.yes, Status::new("good", "vink", m.waves.yes(it.yes))),
        (it.no, Status::new("bad", "kruis", m.waves.no(it.no))),
        (it.late, Status::new("bad", "letop", m.waves.late(it.late))),
        (it.asked, Status::new("", "klok", m.waves.asked(it.asked))),
    ];
    all.into_iter().filter(|(count, _)| *count > 0).map(|(_, told)| told).collect()
}

/// What comes next in a sentence, with what the link says and where it leads.
pub(crate) fn next(m: Messages, it: &Overview, today: &str) -> (String, &'static str, String) {
    let id = it.wave.id.as_str();
    match it.next(today) {
        Next::Submit => (m.waves.next_submit().into(), m.waves.do_submit(), paths::wave_check(id)),
        Next::Run => (m.waves.next_run().into(), m.waves.do_run(), paths::wave_runs(id)),
        Next::Follow => (m.waves.next_follow().into(), m.waves.do_follow(), paths::wave_runs(id)),
        Next::Review => (m.waves.next_review(it.candidates - it.decided), m.waves.do_review(), paths::wave_review(id)),
        Next::Again => (m.waves.next_again().into(), m.waves.do_run(), paths::wave_runs(id)),
        Next::Ask => (m.waves.next_ask().into(), m.waves.do_answers(), paths::wave_answers(id)),
        Next::Refused => (m.waves.next_refused(it.replies.no), m.waves.do_answers(), paths::wave_answers(id)),
        Next::Remind => (m.waves.next_remind(it.replies.late), m.waves.do_answers(), paths::wave_answers(id)),
        Next::Await => (m.waves.next_await(it.replies.asked), m.waves.do_answers(), paths::wave_answers(id)),
        Next::Publish => (m.waves.next_publish().into(), m.waves.do_publish(), paths::wave_publish(id)),
        Next::Close => (m.waves.next_close().into(), m.waves.do_close(), paths::wave_publish(id)),
        Next::Nothing => (m.waves.next_nothing().into(), m.waves.do_report(), paths::wave_report(id)),
    }
}

/// A wave as a row.
pub(crate) fn row(m: Messages, it: &Overview, today: &str) -> Row {
    let (next, action, leads) = next(m, it, today);
    let planned = it.placed.is_some();
    Row {
        place: paths::wave(&it.wave.id),
        name: it.wave.name.clone(),
        about: about(m, &it.wave),
        stand: stand(m, it),
        placed: it.placed.map(|placed| m.waves.of(placed, it.candidates)).unwrap_or_default(),
        bar: planned.then(|| Bar::of(it.decided, it.candidates)),
        decided: if planned { m.waves.of(it.decided, it.candidates) } else { m.waves.candidates(it.candidates) },
        replies: replies(m, it.replies),
        next,
        action,
        leads,
    }
}
